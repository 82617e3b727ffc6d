"""What about a page looks as if it stood in for another one: its forms, its words, and where it says that it is.

None of that is certain alone, and a real page may have any of it. Two of them together are enough to refuse a page
(`certain`), one is enough to propose what a page says where it was known by another title (`refresh.proposals`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from ...grammar.urls import host_of
from ...model.extraction import CALLS_ITSELF_FRONT
from .html_page import Page
from .placeholder_titles import named, telling
from .titles import plain_words, same_words

# Words in a title or first heading as `plain_words` writes them; of a page that says much they say nothing.
_ENGLISH = (
    "error", "40[0-9]", "50[0-4]", "not found", "(can|could|cannot) ?(not|nt|t)? ?(be )?(found?|find|accessed|loaded)",
    "(not|no longer|isnt|arent) (available|accessible)", "unavailable", "no longer exists?", "does(nt| not) exist",
    "been (removed|deleted|blocked|suspended|disabled)", "(removed|deleted) by", "nothing (was )?(found|here)",
    "(get|got|are) lost", "oops", "whoops", "sorry", "(session|link|page) (has )?expired",
    "forbidden", "denied", "rejected", "blocked", "suspended", "over capacity", "too many requests",
    "sign ?(in|up)", "log ?(in|on)", "members only", "your privacy", "cookie consent",
    "captcha", "robot", "a bot", "human", "quick check", "verif(y|ying|ication)", "checking your",
    "unusual (traffic|activity)", "(site|under|down for|scheduled) maintenance", "maintenance mode", "back soon",
    "right back", "coming soon", "under construction", "for sale", "parked", "welcome to nginx",
    "default (web )?page", "test page",
)  # fmt: skip

_JAPANESE = (
    "エラー", "迷子", "(ページ|記事|コンテンツ|ファイル).{0,8}(ない|無い|なくな)", "見つかりません", "見つけられません",
    "(ござい|あり|存在し|表示でき|アクセスでき|ご利用いただけ)ません", "削除(され|しま)", "非公開",
    "(掲載|公開|提供|サービス)(を|は|が|期間)?.{0,6}終了", "メンテナンス", "停止(して|中|しま)", "工事中", "準備中",
    "制限され", "アクセス(確認|制限|拒否)", "ログイン", "サインイン", "会員(限定|専用|登録)",
    "(画像|人間|ロボット).{0,6}(認証|確認)", "お待ち(ください|下さい)", "申し訳", "ご迷惑",
    "ドメイン.{0,12}(取得|販売|売り)", "混(み合|雑)",
)  # fmt: skip

_WORDS = re.compile(rf"\b({'|'.join(_ENGLISH)})\b|{'|'.join(_JAPANESE)}")

_SAYS_LITTLE, _SAYS_NEXT_TO_NOTHING = 1_500, 300

_LANGUAGES = re.compile(r"[a-z]{2}(?:[-_][a-z]{2,4})?", re.IGNORECASE)

_INDEX = re.compile(r"(?:index|default|home|top|main)(?:\.[a-z]{2,5})?", re.IGNORECASE)

_LOGIN = re.compile(r"(?:log|sign)[-_]?(?:in|on)(?:\.[a-z]{2,6})?", re.IGNORECASE)

_SIGN_ON = re.compile(r"sso|saml2?|oauth2?|openid-connect|authorize|cas", re.IGNORECASE)


def doubts(page: Page, *, url: str, asked: str) -> tuple[str, ...]:
    """Return what is odd about a page that came from `url` when `asked` was, as clauses without a subject."""
    odd = {
        "leads to a log-in": _is_new(_SIGN_ON, url, asked),
        "leads to the front page of its site": _is_front(url) and not _is_front(asked) and url != asked,
        "has the title of a page that stands in for others": _is_titled_so(page, url),
    }
    if not page.is_article:
        short = page.signs.length < _SAYS_LITTLE
        odd |= {
            "asks for a password": page.signs.password and short,
            "asks whether its visitor is human": page.signs.captcha and short,
            "speaks of an error, a log-in or the like, and says little else": short and _has_words(page),
            "is hidden from search engines": is_hidden(page),
            CALLS_ITSELF_FRONT: not _is_front(url) and _calls_itself_front(page, url),
        }
    return tuple(clause for clause, is_so in odd.items() if is_so)


def certain(page: Page, names: Sequence[str], *, url: str) -> str | None:
    """Return why a page that says next to nothing stands in for another one, in words behind its address; else None.

    `names` are those of the site, which is all that many such pages have for a title.
    """
    signs = page.signs
    if signs.length > _SAYS_NEXT_TO_NOTHING:
        return None
    named = all(any(same_words(it, name) for name in (*names, host_of(url))) for it in titles_of(page))
    telling = named or _has_words(page)
    if signs.password and telling and not any(map(_LOGIN.fullmatch, _segments(url))):
        return "asks for a password instead of showing the page"
    if signs.captcha and telling:
        return "asks whether its visitor is human instead of showing the page"
    if is_hidden(page) and _has_words(page):
        return f"says {next(iter(titles_of(page)), '')!r}, next to nothing else, and hides from search engines"
    return None


def sent_away(asked: str, final: str) -> str | None:
    """Return why a redirect led away from a page, in words that follow its address; None where it did not.

    The front page of the same host in place of a deep address is how many services say that a page is gone.
    """
    if _is_new(_LOGIN, final, asked):
        return f"leads to a log-in, {final}, instead of the page"
    deep = [it for it in _segments(asked) if not (_INDEX.fullmatch(it) or _LANGUAGES.fullmatch(it))]
    if host_of(asked) == host_of(final) and _is_front(final) and len(deep) > 1:
        return f"leads to the front page, {final}, instead of the page"
    return None


def is_hidden(page: Page) -> bool:
    """Whether a page asks search engines to leave it out."""
    return any("noindex" in it.lower() or it.strip().lower() == "none" for it in page.texts("robots"))


def titles_of(page: Page) -> list[str]:
    """Return the titles that a page gives itself, as written."""
    return [it for it in (*page.texts("og:title"), *page.titles) if it.strip()]


def _has_words(page: Page) -> bool:
    return any(
        _WORDS.search(plain_words(it[:200])) for it in (*titles_of(page), *page.headings[:1], page.signs.heading)
    )


def _is_titled_so(page: Page, url: str) -> bool:
    """Whether a title or heading names an error, a log-in or the like, alone or beside the name of the site."""
    parts = [part for title in titles_of(page) for part in telling(title, sure=True)]
    return named([*parts, *page.headings[:1], page.signs.heading], url) is not None


def _calls_itself_front(page: Page, url: str) -> bool:
    own = page.canonical
    return own is not None and host_of(own) == host_of(url) and _is_front(own)


def _is_new(pattern: re.Pattern[str], url: str, asked: str) -> bool:
    """Whether a redirect led to an address of a kind that the one asked for is not of."""
    return any(map(pattern.fullmatch, _segments(url))) and not any(map(pattern.fullmatch, _segments(asked)))


def _is_front(url: str) -> bool:
    parts = urlsplit(url)
    own = [it for it in _segments(url) if not _INDEX.fullmatch(it)]
    return not parts.query and (not own or (len(own) == 1 and bool(_LANGUAGES.fullmatch(own[0]))))


def _segments(url: str) -> list[str]:
    return [it for it in urlsplit(url).path.split("/") if it]

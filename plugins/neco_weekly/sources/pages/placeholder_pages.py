"""Placeholder pages, which stand in for the one asked for: challenges, consent, logins, errors with status 200.

What they say is no data. Their titles are recognised as a whole, less the site's name: an article called "HTTP 404
の話" says more than such a title does, and a page that says when it was published is an article, whatever its title.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from ...grammar.urls import host_of
from .accounts import texts
from .adapters import adapter
from .html_page import Page
from .titles import parts_of, plain_words, without_site


def _any_of(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{it})" for it in patterns))


# Patterns of titles as `plain_words` writes them: lower case, without punctuation (`you're` is `youre`).
_CHALLENGE = _any_of(
    "just a moment", "attention required", "access denied", "access to this page has been denied",
    "(verifying|verify) (that )?you are (a )?human", "are you a (robot|human)", "human verification", "robot check",
    "bot verification", "checking your browser( before accessing .*)?", "please wait", "ddos guard",
    "security check(point)?", "vercel security checkpoint", "pardon our interruption", "making sure youre not a bot",
    "making sure you are not a bot", "one more step", "client challenge", "un instant", "un momento",
    "nur einen moment", "請稍候", "请稍候", "잠시만 기다리십시오", "(しばらく)?お待ち(ください|下さい)",
    "(sorry )?you have been blocked", "performing security verification", "loading", "読み込み中",
    "javascript is (not available|not enabled|disabled|required)", "(please )?(enable|turn on) javascript( .*)?",
    "you need to enable javascript to run this app", "(redirecting|リダイレクト)( ?中)?( to .*)?",
)  # fmt: skip

_CONSENT = _any_of(
    "before you continue( to (google|youtube).*)?", "(google|youtube) にアクセスする前に", "続行する前に",
    "bevor sie (fortfahren|zu (google|youtube) weitergehen)", "avant daccéder à (google|youtube)",
    "your privacy choices", "(cookie|privacy) (consent|settings)", "we value your privacy",
)  # fmt: skip

_LOGIN = _any_of(
    "(please )?(sign|log) ?in( to (your account|continue|github|x|twitter|linkedin|facebook|google|medium|notion))?",
    "log in or sign up", "sign ?up", "sign in google accounts", "linkedin login sign in",
    "(ログイン|サインイン)(ページ|画面)?",
)  # fmt: skip

_NO_PAGE = (
    "(sorry |oops |whoops )?(the |this |that |your )?(requested )?(page|file|content|article|post|url|video)"
    "( (you )?(requested|were looking for|are looking for))?"
    "( (was|is|could|can))?( ?(not|nt)|cannot) (be )?(found|available)( on this server)?",
    "(sorry )?(the |this )?(page|content|video) (does not exist|doesnt exist|no longer exists)",
    "(sorry )?(the |this )?(page|content|video) isnt available( right now)?",
    "(this )?page (couldnt|cant) be found",
    "(申し訳(ございません|ありません)(が)? ?)?"
    "((お探し|指定(され|し)|ご指定|要求され|リクエストされ|アクセス(しようと)?(され|し))?(の|た) ?)?"
    "(web ?)?(ページ|記事|ファイル|コンテンツ|url|動画|スライド) ?(は|が|を)? ?"
    "(見つかり|みつかり|見つけられ|見つけることができ|存在し|ござい|あり)ません(でした)?",
    "お探しのページは(移動または)?削除された可能性があります", "(この|お探しの)(ページ|記事)は(削除|移動)されました",
    "存在しないページ(です)?",
)  # fmt: skip

_SAYS_SO = _any_of(*_NO_PAGE)

_MISSING = _any_of(
    "((http )?(error |エラー ?)?404( error| ?エラー)? ?)?"
    rf"({_SAYS_SO.pattern}|not found|nothing (was )?found)( 404| 1)?",
    "(http )?(error |エラー ?)?404( error| ?エラー)?", "video unavailable",
)  # fmt: skip

_ERROR = _any_of(
    r"(http )?(error )?(40[13]|429|5\d\d)( error)?( (unauthorized|forbidden|too many requests|internal server error"
    r"|bad gateway|service (temporarily )?unavailable|gateway time ?out|error))?",
    "unauthorized", "forbidden", "too many requests", "internal server error", "bad gateway",
    "(service |site |temporarily |service temporarily )unavailable", "gateway time ?out", "application error",
    "an error (has )?occurred", "something went wrong", "(site |under |scheduled )maintenance",
    "(ただいま|只今|現在)?(サーバー?)?メンテナンス中(です)?", "(現在)?アクセスが集中して(います|おります)",
    "(システム|サーバー?)?エラー(が発生しました)?",
)  # fmt: skip

_KINDS = (
    (_CHALLENGE, "answers programs with {title!r} instead of the page"),
    (_CONSENT, "asks for consent with {title!r} instead of showing the page"),
    (_LOGIN, "asks to log in with {title!r} instead of showing the page"),
    (_MISSING, "says {title!r}: there is no such page, though the status is no error"),
    (_ERROR, "says {title!r}: an error, though the status is none"),
)

_GUARDS = ("Akamai", "Cloudflare", "Imperva", "Sucuri", "Vercel")

_LONGEST, _LONGEST_NAME = 200, 40

_STATUS = re.compile(r"(?:error )?[45]\d\d", re.ASCII | re.IGNORECASE)

_BAR = re.compile(r"[|｜·]| - ")

_LOGIN_PATHS = ("login", "signin", "sign-in", "sign_in", "log-in", "auth", "signup", "consent")

_CONSENT_HOSTS = ("consent.", "guce.", "accounts.google.", "login.microsoftonline.", "geo.captcha-delivery.")

# In the markup of challenges; a page about them has a description as well.
_MARKS = ("window._cf_chl_opt", "geo.captcha-delivery.com/captcha", "window.gokuProps", "Incapsula incident ID",
          "px-captcha", "/.within.website/x/cmd/anubis", "id=\"challenge-error-text\"")  # fmt: skip


def refusal(page: Page, *, text: str, url: str) -> str | None:
    """Return why a page that came from `url` is a placeholder page, in words that follow its address; None if not."""
    if page.is_article:
        return None
    titles = list(texts([*page.texts("og:title"), *page.titles]))
    described = page.texts("og:description", "twitter:description", "description")
    if not described and any(it in text for it in _MARKS):
        return _KINDS[0][1].format(title=next(iter(titles), "a challenge"))
    site = adapter(url)
    names = [*texts(page.texts("og:site_name", "application-name")), *_GUARDS, *(site.names if site else ())]
    if reason := _named([without_site(it, names, host=host_of(url)) for it in titles], url):
        return reason
    heading = _named(texts(page.headings), url)
    hidden = any("noindex" in it.lower() for it in page.texts("robots"))
    if hidden or heading or not described:
        parts = [part for it in titles for part in _telling(it, sure=bool(hidden or heading))]
        return _named(parts, url) or (heading if hidden else None)
    return None


def leads_astray(asked: str, final: str) -> str | None:
    """Return why a response is not from the site that was asked, in words that follow its address; None if it is."""
    was, now = host_of(asked), host_of(final)
    if was != now and now.startswith(_CONSENT_HOSTS):
        return f"leads programs to {now} instead of the page"
    return None


def _telling(title: str, *, sure: bool) -> list[str]:
    """Return the parts of a title that may name a placeholder page: the first of `Page not found | Some Company`.

    The company's name is unknown here. Where nothing else says that this is a placeholder page, only what could be no
    more than a name may stand beside the words.
    """
    first, *others = parts_of(title) or [""]
    if others and _STATUS.fullmatch(first):  # `404 - Page not found | Some Company`
        first, *others = others
    if not others or sure:
        return [first, *others[-1:]]
    if len(others) > 1 or len(others[0]) > _LONGEST_NAME:
        return []
    return [it for it in (first, *others) if _BAR.search(title) or _SAYS_SO.fullmatch(plain_words(it))]


def _named(titles: Iterable[str], url: str) -> str | None:
    is_login_page = any(it in urlsplit(url).path.lower() for it in _LOGIN_PATHS)
    for title in titles:
        words = plain_words(title[:_LONGEST])
        for pattern, reason in _KINDS:
            if pattern.fullmatch(words) and not (pattern is _LOGIN and is_login_page):
                return reason.format(title=title)
    return None

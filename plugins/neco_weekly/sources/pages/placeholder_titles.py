"""Titles and headings of pages that stand in for others: challenges, consent, logins, errors with status 200.

They are recognised as a whole, less the site's name: an article called "HTTP 404 の話" says more than such a title.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from .titles import parts_of, plain_words


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

# In Chinese a page stands before or behind what became of it.
_SORRY = "(很|非常)?(抱歉|对不起|對不起|哎呀|出错了|出錯了) ?"
_ASKED = (
    "(该|該|此|这个|這個|(您|你)?(所|要|想要|正在)?"
    "(访问|訪問|请求|請求|查找|寻找|尋找|浏览|瀏覽|查看|指定|打开|打開)(的)?)? ?的? ?"
)
_PAGE = "(页面|頁面|网页|網頁|页|頁|文章|内容|內容|文件|帖子|链接|連結)"
_GONE = (
    "(不存在|不见|不見|丢失|丟失|失效|删除|刪除|移除|下架|走丢|走丟|飞走|没有?找到|沒有?找到|未找到|找不到"
    "|无法(找到|访问|显示)|無法(找到|訪問|顯示))"
)
_NOT_FOUND = "(我们|我們)?(找不到|未找到|没有?找到|沒有?找到|无法找到|無法找到|未能找到) ?"

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
    f"({_SORRY})?{_ASKED}{_PAGE} ?(已经|已經|已)?(被)?{_GONE}(了|啦)?",
    f"({_SORRY})?{_NOT_FOUND}{_ASKED}{_PAGE}(了|啦)?",
    "(die )?seite (wurde )?nicht gefunden", "(cette )?page (est )?(non trouvée|introuvable)",
    "(la )?p[áa]gina no (fue )?(encontrada|existe)", "página não encontrada", "pagina non trovata",
    "(de )?pagina (is )?niet gevonden", "(эта )?страница не (найдена|существует)",
    "(요청하신 )?페이지를 찾을 수 없습니다",
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

_LONGEST, _LONGEST_NAME = 200, 40

_STATUS = re.compile(r"(?:error )?[45]\d\d", re.ASCII | re.IGNORECASE)

_BAR = re.compile(r"[|｜·]| - ")

_LOGIN_PATH = re.compile(r"(?<![a-z])(?:log[-_]?in|sign[-_]?(?:in|up)|o?auth2?|consent)(?![a-z])")


# In the markup of challenges; a page about them has a description as well.
_MARKS = ("window._cf_chl_opt", "geo.captcha-delivery.com/captcha", "window.gokuProps", "Incapsula incident ID",
          "px-captcha", "/.within.website/x/cmd/anubis", "id=\"challenge-error-text\"")  # fmt: skip

CHALLENGE = _KINDS[0][1]
"""Why a challenge is no page, with a place for its title."""


def has_mark(text: str) -> bool:
    """Whether the text of a page's HTML has the mark of a challenge."""
    return any(it in text for it in _MARKS)


def telling(title: str, *, sure: bool) -> list[str]:
    """Return the parts of a title that may name a placeholder page: the first of `Page not found | Some Company`.

    The company's name is unknown here. Where nothing else says that this is a placeholder page, only what could be no
    more than a name may stand beside the words.
    """
    first, *others = parts_of(title) or [""]
    if others and _STATUS.fullmatch(first):  # `404 - Page not found | Some Company`
        first, *others = others
    elif len(others) > 1:  # `Some Company | 404 - Page not found`
        others = [it for it in others if not _STATUS.fullmatch(it)] or others
    if not others or sure:
        return [first, *others[-1:]]
    if len(others) > 1 or len(others[0]) > _LONGEST_NAME:
        return []
    return [it for it in (first, *others) if _BAR.search(title) or _SAYS_SO.fullmatch(plain_words(it))]


def named(titles: Iterable[str], url: str) -> str | None:
    """Return why a page with one of these titles is none, in words that follow its address; None if none says so."""
    is_login_page = bool(_LOGIN_PATH.search(urlsplit(url).path.lower()))
    for title in titles:
        words = plain_words(title[:_LONGEST])
        for pattern, reason in _KINDS:
            if pattern.fullmatch(words) and not (pattern is _LOGIN and is_login_page):
                return reason.format(title=title)
    return None

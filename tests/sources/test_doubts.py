"""Pages that stand in for others by their forms, words and place, and real pages that have some of these."""

from __future__ import annotations

import pytest
from neco_weekly.model.errors import FailureCode, FetchError
from neco_weekly.model.extraction import Extraction
from neco_weekly.sources.pages.read import read_page

from .webpages import Web, answered, page

URL = "https://docs.neko.example/2022/08/page"
LONG = "<p>" + "名前空間はホストの ID と分けられます。" * 40 + "</p>"
NAV = "<header><a href=/>ホーム</a> <a href=/news>お知らせ</a></header>"
PASSWORD = "<form><input type=email><input type=password><button>OK</button></form>"
PROOF = '<form><div class="g-recaptcha" data-sitekey=k></div><button>OK</button></form>'
NOINDEX = "<meta name=robots content='noindex, nofollow'>"
ABOUT = "<meta name=description content='猫の会社です'>"

REFUSED = {
    "a log-in called as the site": f"<title>Neko</title><meta property=og:site_name content=Neko>{PASSWORD}",
    "a log-in called as the host": f"<title>docs.neko.example</title>{PASSWORD}",
    "a log-in that says so": f"<title>Sign in to Neko Wiki</title>{ABOUT}<h1>Welcome</h1>{PASSWORD}",
    "a log-in that says so below": f"<title>ネコ日報</title>{ABOUT}{NAV}<h3>会員限定の記事です</h3>{PASSWORD}",
    "a log-in among links": f"<title>Log in to Neko Wiki</title>{ABOUT}<aside>{LONG}</aside>{PASSWORD}",
    "a log-in without a title": f"<h1>ログインしてください</h1>{PASSWORD}",
    "a proof called Error": f"<title>Error</title><h4>Type the letters</h4>{PROOF}",
    "a proof on the site's name": f"<title>Neko</title><meta name=application-name content=Neko>{PROOF}",
    "a picture with letters": "<title>画像認証</title><form><img src=/captcha.php><input name=c></form>",
    "a widget outside a form": '<title>Quick check</title><div class="cf-turnstile"></div>',
    "a log-in below much beside it": f"<title>Sign in</title>{ABOUT}<nav>{LONG}</nav><footer>{LONG}</footer>{PASSWORD}",
    "a hidden error": f"<title>ネコ新聞</title>{ABOUT}{NOINDEX}{NAV}<h2>掲載期間が終了しました</h2>",
}
TAKEN = {
    "an article called Error": f"<title>Error</title><article><h1>Error</h1>{LONG}</article>",
    "an article called Login": f"<title>Login の歴史</title><article>{LONG}</article>{PASSWORD}",
    "an article about captchas": f"<title>CAPTCHA を試す</title><h1>CAPTCHA</h1>{LONG}{PROOF}",
    "its title as the site's name": f"<title>Pods</title><meta property=og:site_name content=Pods>{LONG}{PASSWORD}",
    "a log-in in the header": f"<title>Sign in, the docs</title><header>{PASSWORD}</header><p>See below.</p>",
    "a dialog to sign in": f"<title>Error handling</title><dialog>{PASSWORD}</dialog><p>Short.</p>",
    "a dialog of a framework": f"<title>Error handling</title><div class='modal fade'>{PASSWORD}</div><p>Short.</p>",
    "a dialog by its role": f"<title>Error handling</title><div role=dialog>{PASSWORD}</div><p>Short.</p>",
    "a form that waits": f"<title>Error handling</title><div style='display: none'>{PASSWORD}</div><p>Short.</p>",
    "a form for a message": "<title>Sorry? Contact us</title><form><input><input type=email><textarea></textarea>"
    '<div class="h-captcha"></div></form>',
    "a form for many things": "<title>Verify a domain</title><form><input><input><input type=tel><img src=/captcha>"
    "</form>",
    "a log-in without a word about it": f"<title>猫の飼い方</title><p>短い。</p>{PASSWORD}",
    "a hidden page": f"<title>下書きの話</title>{NOINDEX}<p>短い。</p>",
    "a hidden article": f"<title>Sorry, we are closed: a story</title>{NOINDEX}{LONG}",
    "an article that says so": f"<title>Error</title><meta property=og:type content=article>{PASSWORD}",
}  # fmt: skip


def outcome(html: str, url: str = URL) -> Extraction | FailureCode:
    try:
        return page(html, url=url)
    except FetchError as error:
        return error.reason


def test_two_signs_that_go_together_are_enough() -> None:
    found = {name: outcome(html) for name, html in REFUSED.items()}
    assert {name: it for name, it in found.items() if it is not FailureCode.STAND_IN} == {}


def test_a_real_page_may_have_any_of_these() -> None:
    found = {name: outcome(html) for name, html in TAKEN.items()}
    assert {name: it for name, it in found.items() if not isinstance(it, Extraction)} == {}


@pytest.mark.parametrize("path", ["login", "account/sign-in", "users/sign_in", "wiki/login.action"])
def test_a_log_in_that_was_asked_for_is_a_page(path: str) -> None:
    asked = f"https://docs.neko.example/{path}"
    assert isinstance(outcome(f"<title>Sign in to Neko</title>{PASSWORD}", asked), Extraction)


ERRORLIKE = "speaks of an error, a log-in or the like, and says little else"
TITLED = "has the title of a page that stands in for others"
FRONT = "calls itself the front page of its site"
DOUBTED = {
    "<title>Request Rejected</title>": ERRORLIKE,
    "<title>Neko</title><h2>Oops!</h2>": ERRORLIKE,
    "<title>Neko: we will be right back</title>": ERRORLIKE,
    "<title>neko.example is for sale</title>" + ABOUT: ERRORLIKE,
    "<title>このドメインは取得されています</title>": ERRORLIKE,
    "<title>そんなページはないよ</title>": ERRORLIKE,
    "<title>ネコ銀行</title><h1>ただいまサービスを停止しております</h1>": ERRORLIKE,
    f"<title>404 Not Found | Neko</title><meta property=og:type content=article>{LONG}": TITLED,
    f"<title>猫の部屋</title><meta property=og:type content=article><h1>Page not found</h1>{LONG}": TITLED,
    f"<title>猫</title><p>短い。</p>{PASSWORD}": "asks for a password",
    f"<title>猫</title><p>短い。</p>{PROOF}": "asks whether its visitor is human",
    f"<title>猫</title>{NOINDEX}{LONG}": "is hidden from search engines",
    f"<title>猫</title><link rel=canonical href=/>{LONG}": FRONT,
    f"<title>猫</title><link rel=canonical href='https://docs.neko.example/ja/'>{LONG}": FRONT,
    f"<title>猫</title><meta property=og:url content='https://docs.neko.example'>{LONG}": FRONT,
    f"<title>猫</title>{LONG}{PASSWORD}{PROOF}": "",
    f"<title>エラーが出たとき</title>{LONG}": "",
    f"<title>Sign in with Apple を試す</title>{LONG}": "",
    f"<title>猫</title><link rel=canonical href=/2022/08/page>{LONG}": "",
    f"<title>猫</title><link rel=canonical href='https://other.example/'>{LONG}": "",
    "<title>猫の飼い方</title><p>短い。</p>": "",
}


def test_what_is_odd_about_a_page_is_told() -> None:
    found = {html: page(html, url=URL).doubts for html in DOUBTED}
    wrong = {
        html: doubts for html, doubts in found.items() if doubts[:1] != ((DOUBTED[html],) if DOUBTED[html] else ())
    }
    assert wrong == {}


DEEP = "https://neko.example/slides/2022/kubernetes"
LED = [
    (DEEP, "https://neko.example/login?next=/slides", "leads to a log-in"),
    (DEEP, "https://id.neko.example/users/sign_in", "leads to a log-in"),
    (DEEP, "https://neko.example/wiki/login.action", "leads to a log-in"),
    (DEEP, "https://neko.example/", "leads to the front page"),
    (DEEP, "https://neko.example/ja/", "leads to the front page"),
    (DEEP, "https://neko.example/index.html", "leads to the front page"),
]
WENT = [
    ("https://neko.example/login", "https://neko.example/users/login"),
    ("https://neko.example/ja/index.html", "https://neko.example/ja/"),
    ("https://neko.example/docs", "https://neko.example/"),
    ("https://short.example/2022/x", "https://neko.example/"),
    (DEEP, "https://neko.example/2022/login-shell"),
    (DEEP, "https://neko.example/slides/kubernetes/"),
    (DEEP, "https://neko.example/?p=17"),
]


def test_a_redirect_to_a_log_in_or_to_the_front_page_is_no_page() -> None:
    wrong = {}
    for asked, final, reason in LED:
        with pytest.raises(FetchError) as caught:
            read_page(asked, Web({asked: answered("<title>猫</title>", url=final)}).get)
        if caught.value.reason is not FailureCode.STAND_IN or f"{asked} {reason}" not in str(caught.value):
            wrong[final] = str(caught.value)
    assert wrong == {}


def test_other_redirects_lead_to_the_page() -> None:
    for asked, final in WENT:
        read_page(asked, Web({asked: answered("<title>猫</title>", url=final)}).get)


@pytest.mark.parametrize(
    ("asked", "final", "doubt"),
    [
        ("https://neko.example/docs", "https://neko.example/", "leads to the front page of its site"),
        (DEEP, "https://id.neko.example/oauth2/authorize?client_id=x", "leads to a log-in"),
    ],
)
def test_a_redirect_that_may_be_right_is_a_doubt(asked: str, final: str, doubt: str) -> None:
    assert read_page(asked, Web({asked: answered("<title>猫</title>", url=final)}).get).doubts == (doubt,)

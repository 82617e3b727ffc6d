"""Pages that stand in for others, and pages that only look like them."""

from __future__ import annotations

import itertools
from contextlib import suppress

import pytest
from neco_weekly.model.errors import FetchError

from .webpages import linked, page


@pytest.mark.parametrize(
    "title",
    ["Just a moment...", "Just a moment…", "Attention Required! | Cloudflare", "Access Denied", "Are you a robot?",
     "Checking your browser before accessing example.jp", "DDoS-Guard", "Please Wait... | Cloudflare",
     "JavaScript is not available.", "You need to enable JavaScript to run this app.", "Loading…", "読み込み中...",
     "Redirecting...", "Redirecting to https://example.jp/", "Example | Just a moment...",
     "しばらくお待ちください...", "Making sure you're not a bot!", "Vercel Security Checkpoint"],
)  # fmt: skip
def test_a_challenge_is_no_page(title: str) -> None:
    with pytest.raises(FetchError, match=r"answers programs with .* instead of the page"):
        page(f"<title>{title}</title>")


def test_a_challenge_is_known_by_its_script() -> None:
    with pytest.raises(FetchError, match=r"answers programs with 'example\.jp' instead of the page"):
        page("<title>example.jp</title><script>window._cf_chl_opt={}</script>")


@pytest.mark.parametrize(
    "html",
    [
        "<title>Page not found</title>",
        "<title>404</title>",
        "<title>404 Not Found</title><center><h1>404 Not Found</h1></center>",
        "<title>Error 404 (Not Found)!!1</title>",
        "<title>404: This page could not be found.</title>",
        "<title>Page not found | Kubernetes</title><meta property=og:site_name content=Kubernetes>",
        "<title>404 - Page not found | Some Company</title>",
        "<title>Page not found – Some Company</title>",
        "<title>お探しのページは見つかりませんでした</title>",
        "<title>ページが見つかりません｜猫の部屋</title><meta name=description content=猫の部屋です>"
        "<h1>ページが見つかりません</h1>",
        "<title>指定されたページは存在しません</title>",
        "<title>株式会社ねこ</title><meta name=robots content=noindex><h1>お探しのページは見つかりません。</h1>",
        "<title>503 Service Temporarily Unavailable</title>",
        "<title>ただいまメンテナンス中です</title>",
        "<title>Before you continue to YouTube</title>",
        "<title>Sign in · GitHub</title>",
        "<title>ログイン</title>",
    ],
)
def test_a_page_that_stands_in_for_another_is_a_failure(html: str) -> None:
    with pytest.raises(FetchError, match=r"says|asks"):
        page(html)


MISSING = (
    "页面不存在", "找不到页面", "404 - 页面不存在", "頁面不存在", "找不到網頁", "很抱歉，您访问的页面不存在！",
    "该页面已被删除", "抱歉，找不到您要访问的页面", "抱歉,页面无法访问...", "404 未找到页面", "页面没找到",
    "网页走丢了", "没有找到此文章", "您所請求的網頁無法找到", "Seite nicht gefunden", "Page introuvable",
    "Página no encontrada", "Страница не найдена", "페이지를 찾을 수 없습니다", "404 - Page not found",
)  # fmt: skip
NAMED = ("{} - 猫之家", "{}", "猫之家 | {}")


def test_a_page_that_is_not_there_says_so_in_other_languages() -> None:
    kept = []
    for title, form in itertools.product(MISSING, NAMED):
        with suppress(FetchError):
            kept.append(page(f"<title>{form.format(title)}</title>").title.value)
    assert kept == []


@pytest.mark.parametrize(
    "title",
    [
        "页面不存在时怎么办", "找不到页面的原因", "Nginx 配置 404 页面不存在的跳转", "网页设计",
        "文件不存在错误的处理", "为什么页面无法访问", "猫之家 | 404 - 关于页面",
        "HTTP 404 の話", "404 Not Found – what it means", "404 Not Found とは", "Kubernetes 404 default backend",
        "Just a moment in time", "Attention is all you need", "Access denied errors explained",
        "「ファイルが見つかりません」を直す", "kubectl で error: not found が出たとき", "Sign in with Apple を試す",
        "Nginx 502 Bad Gateway を調べる", "Login Shell 入門", "Loading Docker images faster",
        "Redirecting ports with socat",
        "JavaScript is required reading", "Before you continue: read this", "エラーが発生しました、と言う前に",
    ],
)  # fmt: skip
def test_a_page_about_such_things_is_one(title: str) -> None:
    assert page(f"<title>{title}</title>").title.value == title


@pytest.mark.parametrize(
    "html",
    [
        "<title>Not Found</title><meta property=og:type content=article>",
        f"<title>Access Denied</title>{linked({'@type': 'BlogPosting', 'datePublished': '2022-08-26'})}",
        "<title>404 Not Found | 猫の部屋</title><meta name=description content=歌です><h1>404 Not Found について</h1>",
    ],
)
def test_an_article_may_be_called_anything(html: str) -> None:
    assert page(html).title.value


def test_a_login_that_was_asked_for_is_a_page() -> None:
    assert page("<title>Log in</title>", url="https://example.jp/login").title.value == "Log in"

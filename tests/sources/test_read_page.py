"""Reading a page: whom to ask besides it, where it leads, and what is no page."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from neco_weekly.model.errors import FetchError
from neco_weekly.model.extraction import Extraction, Found
from neco_weekly.sources.http import Response
from neco_weekly.sources.pages.read import read_page

from .webpages import Web, answered

URL = "https://example.jp/blog/2022/page.html"


class TestReading:
    def test_keeps_the_address_that_was_asked_for(self) -> None:
        moved = answered("<title>A title</title><meta property=og:image content=a.png>", url="https://moved.example/x/")
        assert read_page(URL, Web({URL: moved}).get) == Extraction(
            url=URL,
            title=Found("A title", "html"),
            site=Found("moved.example", "host"),
            images=(Found("https://moved.example/x/a.png", "og"),),
            icons=(Found("https://moved.example/favicon.ico", "host"),),
        )

    def test_asks_for_answered(self) -> None:
        web = Web({URL: "<title>A title</title>"})
        read_page(URL, web.get)
        assert [(address, headers["Accept"][:9]) for address, headers, _ in web.asked] == [(URL, "text/html")]

    def test_passes_errors_on(self) -> None:
        with pytest.raises(FetchError, match="answered 404") as caught:
            read_page(URL, Web({}).get)
        assert caught.value.gone

    def test_a_cut_page_counts_as_far_as_it_came(self) -> None:
        cut = replace(answered("<title>A title</title><meta property=og:descr"), complete=False)
        assert read_page(URL, Web({URL: cut}).get).title == Found("A title", "html")

    @pytest.mark.parametrize(
        ("content_type", "code"),
        [("application/pdf", "no-html"), ("text/plain", "no-html"), ("image/png", "no-html")],
    )
    def test_says_what_is_no_page(self, content_type: str, code: str) -> None:
        answer = Response(url=URL, status=200, headers={"content-type": content_type}, body=b"%PDF")
        with pytest.raises(FetchError, match=f"is no HTML page but {content_type}$") as caught:
            read_page(URL, Web({URL: answer}).get)
        assert caught.value.code == code

    def test_a_stand_in_is_told_from_an_unreadable_page(self) -> None:
        with pytest.raises(FetchError, match="Just a moment") as caught:
            read_page(URL, Web({URL: "<title>Just a moment...</title>"}).get)
        assert (caught.value.code, caught.value.gone) == ("stand-in", False)

    @pytest.mark.parametrize("host", ["consent.youtube.com", "accounts.google.com", "guce.yahoo.com"])
    def test_a_redirect_to_a_question_is_no_page(self, host: str) -> None:
        asked = answered("<title>Some title</title>", url=f"https://{host}/x")
        with pytest.raises(FetchError, match=f"leads programs to {host} instead of the page"):
            read_page(URL, Web({URL: asked}).get)

    def test_a_page_of_such_a_host_may_be_asked_for(self) -> None:
        url = "https://accounts.google.com/about"
        assert read_page(url, Web({url: "<title>About accounts</title>"}).get).title.value == "About accounts"


def sent_on(to: str, *, seconds: str = "0", more: str = "") -> str:
    return f"{more}<meta http-equiv=refresh content='{seconds}; url={to}'>"


class TestPagesThatSendTheirVisitorsOn:
    THERE = "https://example.jp/there"

    @pytest.mark.parametrize(
        "first",
        [
            sent_on("/there"),
            sent_on("https://example.jp/there", more="<title>Redirecting...</title>"),
            sent_on("/there", seconds="5"),
            "<META HTTP-EQUIV=Refresh CONTENT=\"1;URL='/there'\">",
            "<meta http-equiv=refresh content='0,/there'>",
            "<base href=https://example.jp/x/><meta http-equiv=refresh content='0; url=../there'>",
            "<noscript><meta http-equiv=refresh content='0; url=/there'></noscript>",
        ],
    )
    def test_are_followed(self, first: str) -> None:
        web = Web({URL: first, self.THERE: "<title>There</title>"})
        found = read_page(URL, web.get)
        assert (found.url, found.title.value) == (URL, "There")

    @pytest.mark.parametrize(
        "first",
        [
            sent_on("/there", seconds="6", more="<title>Here</title>"),
            sent_on("/there", more="<meta property=og:title content=Here>"),
            sent_on(URL, more="<title>Here</title>"),
            sent_on("javascript:alert(1)", more="<title>Here</title>"),
            "<title>Here</title><meta http-equiv=refresh content=300>",
            "<title>Here</title><noscript><meta http-equiv=refresh content='0; url=/there'></noscript>",
        ],
    )
    def test_are_not_followed(self, first: str) -> None:
        web = Web({URL: first})
        assert read_page(URL, web.get).title.value == "Here"
        assert web.addresses == [URL]

    def test_have_an_end(self) -> None:
        there, back = sent_on("/there", more="<title>x</title>"), sent_on(URL, more="<title>x</title>")
        web = Web({URL: there, self.THERE: back})
        with pytest.raises(FetchError, match="sends its visitors on more than 3 times"):
            read_page(URL, web.get)
        assert len(web.asked) == 3


class TestGitHub:
    """The API where there is a token; the rest is in the saved pages."""

    URL = "https://github.com/neko/box/issues/1"
    API = "https://api.github.com/repos/neko/box/issues/1"
    PAGE = "<title>Title · Issue #1 · neko/box · GitHub</title><meta property=og:image content=/i.png>"

    def test_what_the_api_says_is_no_html(self) -> None:
        web = Web({self.API: {"title": "Write It&#8217;s as <b>It</b>", "body": "See AT&amp;T"}, self.URL: self.PAGE})
        found = read_page(self.URL, web.get, token="secret")
        assert found.title.value.startswith("Write It&#8217;s as <b>It</b> ")
        assert found.description == Found("See AT&amp;T", "github")

    def test_without_a_token_the_api_is_not_asked(self) -> None:
        web = Web({self.URL: self.PAGE, self.API: {"title": "Of the API"}})
        assert read_page(self.URL, web.get).title == Found("Title · Issue #1 · neko/box", "html")
        assert web.addresses == [self.URL]

    def test_the_token_goes_to_the_api_alone(self) -> None:
        api = "https://ghe.example/api/v3"
        web = Web({self.URL: self.PAGE, f"{api}/repos/neko/box/issues/1": {"title": "Of the API", "body": "Text."}})
        found = read_page(self.URL, web.get, api=f"{api}/", token="secret")
        assert found.title == Found("Of the API · Issue #1 · neko/box", "github")
        assert found.image == Found("https://github.com/i.png", "og")
        assert [(it, headers.get("Authorization")) for it, headers, _ in web.asked] == [
            (f"{api}/repos/neko/box/issues/1", "Bearer secret"),
            (self.URL, None),
        ]

    def test_the_api_helps_where_the_page_does_not_answer(self) -> None:
        found = read_page(self.URL, Web({self.API: {"title": "T", "body": None}}).get, token="secret")
        assert (found.title.value, found.site, found.description) == (
            "T · Issue #1 · neko/box",
            Found("GitHub", "github"),
            None,
        )
        assert found.problems == (f"{self.URL} answered 404 Not Found",)

    @pytest.mark.parametrize("answer", [[], "text", 7, {"title": 7, "body": [], "created_at": {}}])
    def test_an_answer_of_another_shape_is_no_loss(self, answer: object) -> None:
        api = Response(url=self.API, status=200, body=json.dumps(answer).encode())
        found = read_page(self.URL, Web({self.API: api, self.URL: self.PAGE}).get, token="secret")
        assert found.title == Found("Title · Issue #1 · neko/box", "html")

    @pytest.mark.parametrize(
        ("path", "asked"),
        [
            ("neko/box", "neko/box"),
            ("neko/box.git", "neko/box"),
            ("neko/box/", "neko/box"),
            ("neko/box/tree/main/docs", "neko/box"),
            ("neko/box/pull/2/commits/0a1b", "neko/box/pulls/2"),
            ("neko/box/releases/tag/a%2Fv1.0", "neko/box/releases/tags/a%2Fv1.0"),
            ("neko/box/commit/0a1b", None),
            ("neko/box/issues?q=is%3Aopen", None),
            ("neko/box/issues/new", None),
            ("neko/box/wiki", None),
            ("neko", None),
            ("features/actions", None),
            ("orgs/neko/repositories", None),
            ("a%2F..%2F/b", None),
        ],
    )
    def test_what_the_api_is_asked(self, path: str, asked: str | None) -> None:
        url = f"https://github.com/{path}"
        web = Web({url: "<title>A title</title>"})
        read_page(url, web.get, token="secret")
        assert web.addresses[:-1] == ([f"https://api.github.com/repos/{asked}"] if asked else [])

    @pytest.mark.parametrize(
        ("body", "description"),
        [
            ("Text of **one** `line`.", "Text of one line."),
            ("<!-- template -->\n\n### What\n\nIt broke.\n\n### How\n\nBadly.", "It broke."),
            ("![image](https://x/y.png)\r\nSee [the docs](https://x) <br>now", "See the docs now"),
            ("/kind bug\n/sig node\n\nIt broke.", "It broke."),
            ("```go\nfunc main() {}\n```\nAfter the code.", "After the code."),
            ("- one\n* two\n+ three", "- one - two - three"),
            ("> quoted\n\n---\n\nanswer", "quoted answer"),
            ("* Fix it by @neko in https://github.com/neko/box/pull/1\n* More", "- Fix it - More"),
            ("snake_case and 2 * 3 * 4 stay", "snake_case and 2 * 3 * 4 stay"),
            ("日本語の説明です。", "日本語の説明です。"),
            ("# Only a heading", None),
            ("<!-- unclosed", None),
            ("", None),
        ],
    )
    def test_markdown_is_read_as_words(self, body: str, description: str | None) -> None:
        web = Web({self.API: {"title": "T", "body": body}, self.URL: self.PAGE})
        found = read_page(self.URL, web.get, token="secret").description
        assert (found and found.value) == description

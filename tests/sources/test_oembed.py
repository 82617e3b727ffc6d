"""oEmbed: whom to ask about an address, what counts of the answer, and answers that mean harm."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from neco_weekly.model.errors import FetchError, NecoError
from neco_weekly.model.extraction import Found
from neco_weekly.sources.http import Http, Policy, Response
from neco_weekly.sources.pages.oembed import Providers, built_in, load_providers
from neco_weekly.sources.pages.read import read_page

from .sites import Serve
from .webpages import Web

PAGE = "https://talks.example/watch?v=1&t=2"
ENDPOINT = "https://talks.example/oembed"
ASKED = f"{ENDPOINT}?url=https%3A%2F%2Ftalks.example%2Fwatch%3Fv%3D1%26t%3D2&format=json"


def table(tmp_path: Path, *endpoints: dict[str, Any], url: str = "https://talks.example/") -> Providers:
    file = tmp_path / "providers.json"
    file.write_text(json.dumps([{"provider_name": "Talks", "provider_url": url, "endpoints": list(endpoints)}]))
    return load_providers(file)


@pytest.fixture
def talks(tmp_path: Path) -> Providers:
    return table(tmp_path, {"schemes": ["https://talks.example/watch*"], "url": ENDPOINT})


class TestTheTable:
    @pytest.mark.parametrize(
        ("url", "asked"),
        [
            ("https://www.youtube.com/watch?v=a", "https://www.youtube.com/oembed"),
            ("http://youtube.com/watch?v=a", "https://www.youtube.com/oembed"),
            ("https://youtu.be/a?t=1", "https://www.youtube.com/oembed"),
            ("https://www.youtube.com/live/a", "https://www.youtube.com/oembed"),
            ("https://www.youtube.com/@kubernetescommunity", None),
            ("https://vimeo.com/1", "https://vimeo.com/api/oembed.json"),
            ("https://speakerdeck.com/a/b", "https://speakerdeck.com/oembed.json"),
            ("https://speakerdeck.com/a", None),
            ("https://www.slideshare.net/a/b", "https://www.slideshare.net/api/oembed/2"),
            ("https://www.docswell.com/s/a/b", "https://www.docswell.com/service/oembed"),
            ("https://x.com/a/status/1", "https://publish.x.com/oembed"),
            ("https://twitter.com/a/status/1", "https://publish.twitter.com/oembed"),
            ("https://bsky.app/profile/a/post/b", "https://embed.bsky.app/oembed"),
            ("https://evil.example/?https://www.youtube.com/watch?v=a", None),
            ("https://www.youtube.com.evil.example/watch?v=a", None),
            ("https://kubernetes.io/blog/", None),
        ],
    )
    def test_built_in(self, url: str, asked: str | None) -> None:
        endpoint = built_in().endpoint(url)
        assert (endpoint and endpoint.request(url).partition("?")[0]) == asked

    def test_a_question_quotes_the_address_without_its_fragment(self, talks: Providers) -> None:
        endpoint = talks.endpoint(f"{PAGE}#猫")
        assert endpoint
        assert endpoint.request(f"{PAGE}#猫") == ASKED

    def test_a_query_of_the_endpoint_stays(self, tmp_path: Path) -> None:
        providers = table(tmp_path, {"schemes": ["https://talks.example/*"], "url": f"{ENDPOINT}?key=a&format=jsonp"})
        endpoint = providers.endpoint("https://talks.example/x")
        assert endpoint
        assert endpoint.request("https://talks.example/x") == (
            f"{ENDPOINT}?key=a&format=jsonp&url=https%3A%2F%2Ftalks.example%2Fx"
        )

    def test_one_without_patterns_answers_for_its_own_host(self, tmp_path: Path) -> None:
        providers = table(tmp_path, {"url": ENDPOINT})
        assert providers.endpoint("https://talks.example/any")
        assert not providers.endpoint("https://other.example/any")

    def test_patterns_know_no_other_sign_than_the_star(self, tmp_path: Path) -> None:
        schemes = ["https://talks.example/[a]?x*", "spotify:*", 7, "https://*.talks.example/*"]
        providers = table(tmp_path, {"schemes": schemes, "url": ENDPOINT})
        assert providers.endpoint("https://talks.example/[a]?xyz")
        assert not providers.endpoint("https://talks.example/a?xyz")
        assert providers.endpoint("https://www.talks.example/")
        assert not providers.endpoint("https://talks.example/")

    def test_a_named_table_comes_before_the_built_in(self, tmp_path: Path) -> None:
        named = table(tmp_path, {"schemes": ["https://youtu.be/*"], "url": "https://mine.example/oembed"})
        endpoint = (named + built_in()).endpoint("https://youtu.be/a")
        assert endpoint
        assert endpoint.url == "https://mine.example/oembed"

    @pytest.mark.parametrize(
        ("text", "message"),
        [
            ("{", r"expected JSON like oembed\.com's providers\.json"),
            ("[" * 100_000, r"expected JSON like oembed\.com's providers\.json"),
            ("{}", "expected a list of providers"),
            ("[7]", r"\[0\]: expected an object"),
            ("[{}]", r"\[0\]\.endpoints: expected a list"),
            ('[{"endpoints": [7]}]', r"\[0\]\.endpoints\[0\]: expected an object"),
            ('[{"endpoints": [{"url": "file:///etc/passwd"}]}]', r"\[0\]\.endpoints\[0\]\.url: expected an http"),
        ],
    )
    def test_a_bad_table_is_one_sentence(self, tmp_path: Path, text: str, message: str) -> None:
        file = tmp_path / "providers.json"
        file.write_text(text)
        with pytest.raises(NecoError, match=message):
            load_providers(file)

    def test_no_table(self, tmp_path: Path) -> None:
        with pytest.raises(NecoError, match=r"cannot be read \(No such file or directory\)"):
            load_providers(tmp_path / "absent.json")


class TestAnswers:
    @pytest.mark.parametrize(
        ("answer", "field", "found"),
        [
            ({"title": "T"}, "title", "T"),
            ({"title": "Tom &amp; Jerry"}, "title", "Tom & Jerry"),
            ({"title": "A &amp;amp; B"}, "title", "A & B"),
            ({"title": "<b>T</b>\r\nSet-Cookie: x\0\u202e"}, "title", "T Set-Cookie: x"),
            ({"title": "T", "provider_name": "Talks &amp; more"}, "site", "Talks & more"),
            ({"title": "T", "thumbnail_url": "/t.png"}, "image", "https://talks.example/t.png"),
            ({"title": "T", "thumbnail_url": "//cdn.example/t.png"}, "image", "https://cdn.example/t.png"),
            (
                {"title": "T", "type": "photo", "url": "https://talks.example/p.png"},
                "image",
                "https://talks.example/p.png",
            ),
            ({"title": "T", "description": "D"}, "description", "D"),
        ],
    )
    def test_what_counts(self, talks: Providers, answer: object, field: str, found: str) -> None:
        web = Web({ASKED: answer, PAGE: "<title>The page</title>"})
        assert getattr(read_page(PAGE, web.get, providers=talks), field) == Found(found, "oembed")

    @pytest.mark.parametrize(
        "answer",
        [
            {"title": "T", "thumbnail_url": "javascript:alert(1)"},
            {"title": "T", "thumbnail_url": "data:image/png,x"},
            {"title": "T", "thumbnail_url": 7, "provider_name": [], "author_name": {}, "html": ["<script>"]},
            {"title": "T", "type": "link", "url": "https://talks.example/p.png"},
            {"title": "T", "html": "<p>no text of ours</p>"},
        ],
    )
    def test_what_does_not(self, talks: Providers, answer: object) -> None:
        found = read_page(PAGE, Web({ASKED: answer, PAGE: "<title>P</title>"}).get, providers=talks)
        assert (found.image, found.description, found.problems) == (None, None, ())
        assert found.site == Found("talks.example", "host")

    def test_a_picture_without_a_title_counts(self, talks: Providers) -> None:
        found = read_page(
            PAGE, Web({ASKED: {"thumbnail_url": "/t.png"}, PAGE: "<title>P</title>"}).get, providers=talks
        )
        assert (found.title, found.image) == (Found("P", "html"), Found("https://talks.example/t.png", "oembed"))

    def test_it_is_asked_for_json_of_some_size(self, talks: Providers) -> None:
        web = Web({ASKED: {"title": "T"}, PAGE: "<title>P</title>"})
        read_page(PAGE, web.get, providers=talks)
        assert web.asked[0] == (ASKED, {"Accept": "application/json"}, 500_000)

    @pytest.mark.parametrize(
        ("body", "complete"),
        [
            (b"<!DOCTYPE html><title>Sign in</title>", True),
            (b"", True),
            (b"[]", True),
            (b'"title"', True),
            (b"[" * 400_000, True),
            (b'{"a":' * 80_000, True),
            (b'{"title": "T"', True),
            (b'{"title": "T"}', False),
            (b'{"title": "\xff"}', True),
            (b'{"title": ' + b"9" * 100_000 + b"}", True),
        ],
        ids=[
            "HTML",
            "empty",
            "list",
            "text",
            "deep lists",
            "deep objects",
            "half",
            "cut",
            "broken UTF-8",
            "big number",
        ],
    )
    def test_no_answer_is_a_problem_and_the_page_counts(self, talks: Providers, body: bytes, complete: bool) -> None:
        answer = Response(url=ASKED, status=200, body=body, complete=complete)
        found = read_page(PAGE, Web({ASKED: answer, PAGE: "<title>P</title>"}).get, providers=talks)
        assert found.title == Found("P", "html")
        assert found.problems == (f"{ASKED} gave no oEmbed answer",)

    @pytest.mark.parametrize("answer", [{}, {"title": ""}, {"title": None}, {"title": 7}, {"error": "not found"}])
    def test_an_answer_that_says_nothing_is_a_problem(self, talks: Providers, answer: object) -> None:
        found = read_page(PAGE, Web({ASKED: answer, PAGE: "<title>P</title>"}).get, providers=talks)
        assert found.problems == (f"{ASKED} gave an oEmbed answer without a title",)

    def test_an_answer_that_points_back_to_itself_is_a_problem(self, talks: Providers) -> None:
        for answer in ({"title": "T", "thumbnail_url": ASKED}, {"title": "T", "type": "photo", "url": ASKED}):
            found = read_page(PAGE, Web({ASKED: answer, PAGE: "<title>P</title>"}).get, providers=talks)
            assert found.problems == (f"{ASKED} gave an oEmbed answer that points back to itself",)

    def test_it_helps_where_the_page_does_not_answer(self, talks: Providers) -> None:
        found = read_page(PAGE, Web({ASKED: {"title": "T"}}).get, providers=talks)
        assert (found.title, found.lang) == (Found("T", "oembed"), None)
        assert found.problems == (f"{PAGE} answered 404 Not Found",)

    def test_a_picture_alone_does_not_stand_for_a_page_that_is_gone(self, talks: Providers) -> None:
        with pytest.raises(FetchError, match="answered 404") as caught:
            read_page(PAGE, Web({ASKED: {"thumbnail_url": "/t.png"}}).get, providers=talks)
        assert caught.value.gone


def page_with(link: str, more: str = "") -> str:
    return f"<title>P</title><link rel=alternate type=application/json+oembed href='{link}'>{more}"


class TestDiscovery:
    URL = "https://blog.example/post"
    ANSWER = "https://blog.example/oembed?url=post"

    def test_the_page_names_its_answer(self) -> None:
        web = Web({self.URL: page_with("/oembed?url=post"), self.ANSWER: {"title": "T", "thumbnail_url": "/t.png"}})
        found = read_page(self.URL, web.get)
        assert (found.title, found.image) == (Found("T", "oembed"), Found("https://blog.example/t.png", "oembed"))

    def test_what_is_meant_for_cards_counts_more(self) -> None:
        og = "<meta property=og:title content=O>"
        web = Web({self.URL: page_with("/oembed?url=post", og), self.ANSWER: {"title": "T", "thumbnail_url": "/t.png"}})
        found = read_page(self.URL, web.get)
        assert (found.title, found.image) == (Found("O", "og"), Found("https://blog.example/t.png", "oembed"))

    def test_it_is_not_asked_where_it_adds_nothing(self) -> None:
        og = "<meta property=og:title content=O><meta property=og:image content=/o.png>"
        web = Web({self.URL: page_with("/oembed?url=post", og), self.ANSWER: {"title": "T"}})
        assert read_page(self.URL, web.get).title == Found("O", "og")
        assert web.addresses == [self.URL]

    @pytest.mark.parametrize(
        "link",
        [
            "<link rel=alternate type=text/xml+oembed href=/oembed>",
            "<link rel=alternate type=application/json href=/oembed>",
            "<link rel=stylesheet type=application/json+oembed href=/oembed>",
            "<link rel=alternate type=application/json+oembed href=javascript:x>",
            "<link rel=alternate type=application/json+oembed>",
        ],
    )
    def test_other_links_are_none(self, link: str) -> None:
        web = Web({self.URL: f"<title>P</title>{link}"})
        assert read_page(self.URL, web.get).problems == ()
        assert web.addresses == [self.URL]

    def test_one_that_is_the_page_itself_is_not_asked(self) -> None:
        web = Web({self.URL: page_with(f"{self.URL}#oembed")})
        found = read_page(self.URL, web.get)
        assert found.problems == (f"{self.URL} names itself as its oEmbed answer",)
        assert web.addresses == [self.URL]

    def test_one_that_is_gone_is_a_problem(self) -> None:
        found = read_page(self.URL, Web({self.URL: page_with("/oembed?url=post")}).get)
        assert found.title == Found("P", "html")
        assert found.problems == (f"{self.ANSWER} answered 404 Not Found",)

    def test_one_in_a_private_network_is_never_asked(self, serve: Serve) -> None:
        """The page may be read, as an option named its address, and leads nowhere else."""
        secret = serve(
            {"/oembed": (200, {"Content-Type": "application/json"}, b'{"title": "secret"}')}, host="127.0.0.2"
        )
        body = page_with(f"{secret.url}/oembed").encode()
        site = serve({"/": (200, {"Content-Type": "text/html"}, body)})
        with Http(Policy(timeout=120, retries=0, per_host_delay=0, trusted=(site.url,))) as http:
            found = read_page(f"{site.url}/", http.get)
        assert found.title == Found("P", "html")
        assert len(found.problems) == 1
        assert "127.0.0.2" in found.problems[0]
        assert secret.asked == []


class TestPosts:
    URL = "https://x.com/neko/status/1"
    ASKED = "https://publish.x.com/oembed?url=https%3A%2F%2Fx.com%2Fneko%2Fstatus%2F1&format=json"

    @pytest.mark.parametrize(
        ("html", "text"),
        [
            ("<blockquote><p>One<br>two &amp; <b>three</b></p>&mdash; N</blockquote>", "One two & three"),
            ("<p>Look <a href=x>pic.twitter.com/AbC</a></p>", "Look"),
            ("<p>Look https://t.co/AbC</p>", "Look"),
            ("<p>See https://t.co/AbC there</p>", "See https://t.co/AbC there"),
            ("<p>A<script>alert(1)</script></p>", "A"),
            ("<div>no paragraph</div>", None),
            ("", None),
            (7, None),
        ],
    )
    def test_text(self, html: object, text: str | None) -> None:
        answer = {"author_name": "Neko", "author_url": "https://x.com/neko", "html": html}
        found = read_page(self.URL, Web({self.ASKED: answer}).get)
        assert found.title == Found("Neko (@neko)", "oembed")
        assert found.description == (Found(text, "oembed") if text else None)

    def test_nothing_else_is_asked(self) -> None:
        web = Web({self.ASKED: {"author_name": "Neko"}, self.URL: "<title>X</title>"})
        assert read_page(self.URL, web.get).title == Found("Neko", "oembed")
        assert web.addresses == [self.ASKED]

    def test_one_that_was_deleted_is_gone(self) -> None:
        with pytest.raises(FetchError) as caught:
            read_page(self.URL, Web({self.URL: "<title>X</title>"}).get)
        assert caught.value.gone

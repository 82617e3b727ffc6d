"""Cookies of one chain of redirects: back to the host that set them, to nobody else, and gone with the chain."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from email.message import Message
from http.server import BaseHTTPRequestHandler

import pytest
import requests
from neco_weekly.model.errors import FetchError
from neco_weekly.sources.http import Http
from neco_weekly.sources.http.cookies import MOST_BYTES, Cookies, drop_unreadable_cookies
from neco_weekly.sources.http.web_address import WebAddress
from requests.cookies import MockRequest, MockResponse

from .sites import POLICY, Route, Serve, Site, answers

HERE = "http://a.example/"


def setting(*cookies: str, then: str = "") -> Callable[[BaseHTTPRequestHandler], None]:
    """A route that sets cookies and redirects, or without `then` shows a page."""
    status = f"302 Found\r\nLocation: {then}" if then else "200 OK"
    lines = "".join(f"\r\nSet-Cookie: {it}" for it in cookies)

    def route(asked: BaseHTTPRequestHandler) -> None:
        asked.wfile.write(f"HTTP/1.1 {status}{lines}\r\nContent-Length: 4\r\n\r\npage".encode("latin-1"))

    return route


def get(site: Site, host: str = "a.example") -> None:
    Http(POLICY, resolve=answers("127.0.0.1")).get(f"http://{host}:{site.port}/")


def brought(site: Site) -> list[tuple[str, str]]:
    """Each request's host and what cookies it brought."""
    return [(it.headers["host"].partition(":")[0], it.headers.get("cookie", "")) for it in site.asked]


class TestAChain:
    def test_brings_a_cookie_back_to_a_page_that_redirects_to_itself_until_then(self, serve: Serve) -> None:
        def page(asked: BaseHTTPRequestHandler) -> None:
            setting(*([] if "cookie" in asked.headers else ["seen=1"]), then="" if "cookie" in asked.headers else "/")(
                asked
            )

        site = serve({"/": page})
        response = Http(POLICY).get(site.url)
        assert (response.body, len(site.asked)) == (b"page", 2)

    def test_brings_cookies_to_the_host_that_set_them_and_to_no_other(self, serve: Serve) -> None:
        routes: dict[str, Route] = {}
        site = serve(routes)
        routes["/"] = setting("a=1; Path=/", then=f"http://b.example:{site.port}/login")
        routes["/login"] = setting("b=2; Path=/", then=f"http://a.example:{site.port}/back")
        routes["/back"] = setting("c=3; Path=/", then=f"http://sub.a.example:{site.port}/end")
        routes["/end"] = setting()
        get(site)
        assert brought(site) == [("a.example", ""), ("b.example", ""), ("a.example", "a=1"), ("sub.a.example", "")]

    @pytest.mark.parametrize(
        ("first", "second", "domain"),
        [
            ("a.example", "other.example", "other.example"),
            ("a.example", "b.a.example", "a.example"),
            ("b.a.example", "c.a.example", "a.example"),
            ("a.co.jp", "b.co.jp", "co.jp"),
            ("a.example", "b.example", ".example"),
            ("a.example", "b.example", ""),
            ("127.0.0.1", "localhost", "127.0.0.1"),
        ],
        ids=["another", "below", "beside", "public suffix", "top level", "none", "address"],
    )
    def test_heeds_no_domain_of_a_cookie_that_names_more(
        self, serve: Serve, first: str, second: str, domain: str
    ) -> None:
        routes: dict[str, Route] = {"/end": setting()}
        site = serve(routes)
        routes["/"] = setting(f"a=1; Domain={domain}; Path=/", then=f"http://{second}:{site.port}/end")
        get(site, first)
        assert brought(site) == [(first, ""), (second, "")]

    def test_brings_a_cookie_of_a_whole_domain_back_to_its_host(self, serve: Serve) -> None:
        site = serve({"/": setting("a=1; Domain=a.example; Path=/", then="/end"), "/end": setting()})
        get(site, "www.a.example")
        assert brought(site)[-1] == ("www.a.example", "a=1")

    def test_takes_another_port_for_another_host(self, serve: Serve) -> None:
        other = serve({"/": setting()})
        site = serve({"/": setting("a=1", then=other.url)})
        Http(POLICY).get(site.url)
        assert "cookie" not in other.asked[0].headers

    def test_leaves_nothing_for_the_next(self, serve: Serve) -> None:
        site = serve({"/": setting("a=1; Max-Age=9999999; Path=/", then="/end"), "/end": setting("b=2; Path=/")})
        with Http(POLICY) as http:
            http.get(site.url)
            http.get(site.url)
        assert [cookie for _, cookie in brought(site)] == ["", "a=1"] * 2

    def test_that_is_asked_again_after_trouble_brings_what_the_trouble_set(self, serve: Serve) -> None:
        def trouble(asked: BaseHTTPRequestHandler) -> None:
            asked.wfile.write(b"HTTP/1.1 503 Later\r\nSet-Cookie: a=1\r\nContent-Length: 0\r\n\r\n")

        site = serve({"/": trouble})
        with pytest.raises(FetchError, match="503"):
            Http(replace(POLICY, retries=1)).get(site.url)
        assert [cookie for _, cookie in brought(site)] == ["", "a=1"]

    def test_in_a_circle_that_sets_cookies_ends(self, serve: Serve) -> None:
        bomb = [f"{it}={'x' * 1000}" for it in range(60)]
        site = serve({f"/{it}": setting(f"hop{it}=1", *bomb, then=f"/{it + 1}") for it in range(9)})
        with pytest.raises(FetchError, match="redirects more than 5 times"):
            Http(POLICY).get(f"{site.url}/0")
        assert len(site.asked) == 6


def address(url: str) -> WebAddress:
    return WebAddress.parse(url)


def request_to(url: str) -> requests.PreparedRequest:
    prepared = requests.Request("GET", url).prepare()
    assert prepared.url == url
    return prepared


def sent_after(*cookies: str, to: str = HERE, set_by: str = HERE) -> str | None:
    """The Cookie header of a request to one address, after answers of another with one Set-Cookie header each."""
    jars, request = Cookies(), MockRequest(request_to(set_by))
    for cookie in cookies:
        answer = Message()
        answer["Set-Cookie"] = cookie
        drop_unreadable_cookies(answer)
        jars.of(address(set_by)).extract_cookies(MockResponse(answer), request)  # type: ignore[arg-type]
    request_back = request_to(to)
    request_back.prepare_cookies(jars.of(address(to)))
    return request_back.headers.get("Cookie")


class TestAJar:
    def test_gives_back_what_it_should_and_nothing_else(self) -> None:
        secure = HERE.replace("http:", "https:")
        table = {
            "as set": (sent_after("a=1"), "a=1"),
            "several": (sent_after("a=1", "b=2"), "a=1; b=2"),
            "the newest of a name": (sent_after("a=1", "a=2"), "a=2"),
            "taken back": (sent_after("a=1", "a=1; Max-Age=0"), None),
            "over": (sent_after("a=1; Expires=Thu, 01 Jan 1970 00:00:00 GMT"), None),
            "of another path": (sent_after("a=1; Path=/x"), None),
            "from the plain to TLS": (sent_after("a=1", to=secure), "a=1"),
            "under TLS": (sent_after("a=1", to=secure, set_by=secure), "a=1"),
            "from TLS to the plain": (sent_after("a=1", set_by=secure), None),
            "for TLS only, from TLS to the plain": (sent_after("a=1; Secure", set_by=secure), None),
            "from one port to another": (sent_after("a=1", to="http://a.example:8080/"), None),
            "from one name to another": (sent_after("a=1", to="http://b.a.example/"), None),
            "for somebody else": (sent_after("a=1; Domain=b.example"), None),
            "folded": (sent_after("a=1\r\n X-Evil: 1"), None),
            "with a control character": (sent_after("a=1\x00"), None),
            "not in ASCII": (sent_after("a=\xe7\x8c\xab"), None),
            "with a name not in ASCII": (sent_after("\xe7=1", "b=2"), "b=2"),
        }
        assert {name: it for name, it in table.items() if it[0] != it[1]} == {}

    def test_holds_no_more_than_a_request_can_carry(self) -> None:
        for bomb in (
            ["a=1", *(f"b{it}=x" for it in range(300))],
            ["a=1", *(f"b{it}={'x' * 3000}" for it in range(100))],
            ["a=1", f"b={'x' * 60_000}"],
            ["a=1", f"{'b' * 60_000}=x"],
        ):
            header = sent_after(*bomb) or ""
            assert header.startswith("a=1")
            assert len(header) <= MOST_BYTES

    def test_takes_a_cookie_again_that_nearly_fills_it(self) -> None:
        first, second = (f"{name}={'x' * (MOST_BYTES // 2 - 100)}" for name in "ab")
        assert sent_after(first, second, first + "y") == f"{first}y; {second}"

    def test_makes_nothing_of_garbage(self) -> None:
        chance = random.Random(16)
        signs = [
            "a",
            "=",
            ";",
            ",",
            '"',
            "\\",
            " ",
            "\t",
            "Expires",
            "Max-Age",
            "Domain",
            "Path",
            "Version",
            "Port",
            "9",
        ]
        for _ in range(800):
            sent_after("".join(chance.choices(signs, k=chance.randrange(1, 12))), "b=2")
        for long in (
            "a=1; Expires=" + "9 " * 2000,
            "a" + "; " * 2000,
            '"' * 4000,
            "a=1; Max-Age=" + "9" * 4000,
            "a=1; Max-Age=" + "9_9" * 99,
        ):
            sent_after(*[long] * 5)

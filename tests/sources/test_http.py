"""GET requests: what is sent, what comes back, where we let ourselves be led, and that everything ends."""

from __future__ import annotations

import gzip
import ipaddress
import socket
import ssl
import subprocess
import threading
import time
import zlib
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from neco_weekly import __version__
from neco_weekly.model import FetchError
from neco_weekly.sources.addresses import Address
from neco_weekly.sources.http import Http, Policy, StatusError

from .conftest import Route, Serve, Site

LOOPBACK = ipaddress.ip_network("127.0.0.0/8")
POLICY = Policy(timeout=5, retries=0, backoff=0.01, per_host_delay=0, connections_per_host=8, allow_private=(LOOPBACK,))
PAGE: Route = (200, {"Content-Type": "text/html"}, b"<title>A page</title>")


def answers(*addresses: str) -> Callable[[str, int], Sequence[Address]]:
    """A resolver that knows one answer to every name."""
    found = [ipaddress.ip_address(address) for address in addresses]
    return lambda _host, _port: found


def redirect(location: str, status: int = 302) -> Route:
    return (status, {"Location": location}, b"")


class TestAnswer:
    def test_has_url_status_headers_and_body(self, serve: Serve) -> None:
        site = serve({"/a?b=c": PAGE})
        response = Http(POLICY).get(f"{site.url}/a?b=c#part")
        assert (response.url, response.status, response.body) == (f"{site.url}/a?b=c", 200, b"<title>A page</title>")
        assert response.headers["content-type"] == "text/html"
        assert response.complete

    def test_says_who_asks_and_in_which_language(self, serve: Serve) -> None:
        site = serve({"/": PAGE})
        Http(POLICY).get(site.url)
        (asked,) = site.asked
        assert asked.headers["user-agent"].startswith(f"neco-weekly/{__version__} ")
        assert asked.headers["accept-language"] == "ja,en;q=0.8"
        assert asked.headers["accept-encoding"] == "gzip, deflate"
        assert asked.headers["host"] == f"127.0.0.1:{site.port}"

    def test_headers_of_the_caller_replace_ours(self, serve: Serve) -> None:
        site = serve({"/": PAGE})
        Http(POLICY).get(site.url, headers={"accept": "text/html", "X-More": "yes", "HOST": "elsewhere"})
        (asked,) = site.asked
        assert (asked.headers["accept"], asked.headers["x-more"]) == ("text/html", "yes")
        assert asked.headers["host"] == f"127.0.0.1:{site.port}"

    @pytest.mark.parametrize(
        ("written", "asked"),
        [
            ("/クラウド?q=猫", "/%E3%82%AF%E3%83%A9%E3%82%A6%E3%83%89?q=%E7%8C%AB"),
            ("/a b", "/a%20b"),
            ("/%E7%8c%ab?a=%26&b", "/%E7%8c%ab?a=%26&b"),
            ("", "/"),
            ("?q=1", "/?q=1"),
        ],
    )
    def test_addresses_are_asked_for_as_written_but_encoded(self, serve: Serve, written: str, asked: str) -> None:
        site = serve({asked: PAGE})
        assert Http(POLICY).get(site.url + written).url == site.url + asked

    def test_japanese_host_names_are_resolved_in_ascii(self, serve: Serve) -> None:
        site = serve({"/": PAGE})
        resolved: list[str] = []

        def resolver(host: str, _port: int) -> list[Address]:
            resolved.append(host)
            return [ipaddress.ip_address("127.0.0.1")]

        Http(POLICY, resolve=resolver).get(f"http://日本語.jp:{site.port}/")
        assert resolved == ["xn--wgv71a119e.jp"]
        assert site.asked[0].headers["host"] == f"xn--wgv71a119e.jp:{site.port}"

    @pytest.mark.parametrize(
        ("encoding", "body"),
        [
            ("gzip", gzip.compress(b"the text")),
            ("gzip", gzip.compress(b"the ") + gzip.compress(b"text")),
            ("deflate", zlib.compress(b"the text")),
        ],
        ids=["gzip", "two gzip members", "deflate"],
    )
    def test_compression_is_undone(self, serve: Serve, encoding: str, body: bytes) -> None:
        site = serve({"/": (200, {"Content-Encoding": encoding}, body)})
        assert Http(POLICY).get(site.url).body == b"the text"

    def test_chunks_are_joined(self, serve: Serve) -> None:
        def chunked(asked: BaseHTTPRequestHandler) -> None:
            asked.wfile.write(
                b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nthe \r\n4\r\ntext\r\n0\r\n\r\n"
            )

        response = Http(POLICY).get(serve({"/": chunked}).url)
        assert (response.body, response.complete) == (b"the text", True)

    @pytest.mark.parametrize("status", [403, 404, 410, 418, 451, 304, 300, 599])
    def test_other_statuses_are_errors_that_tell_them(self, serve: Serve, status: int) -> None:
        site = serve({"/": (status, {"X-Why": "because"}, b"")})
        with pytest.raises(StatusError, match=f"^{site.url}/ answered {status}") as caught:
            Http(POLICY).get(site.url)
        assert (caught.value.status, caught.value.headers["x-why"]) == (status, "because")
        assert caught.value.gone == (status in (404, 410))


class TestRedirects:
    @pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
    def test_are_followed(self, serve: Serve, status: int) -> None:
        site = serve({"/old": redirect("/new", status), "/new": PAGE})
        assert Http(POLICY).get(f"{site.url}/old").url == f"{site.url}/new"

    @pytest.mark.parametrize(
        ("location", "path"),
        [
            ("b", "/a/b"),
            ("../c?d#e", "/c?d"),
            ("?q", "/a/?q"),
            ("/%E7%8C%AB", "/%E7%8C%AB"),
            ("/猫".encode().decode("latin-1"), "/%E7%8C%AB"),
        ],
        ids=["relative", "upwards", "query", "encoded", "plain UTF-8"],
    )
    def test_may_be_written_in_many_ways(self, serve: Serve, location: str, path: str) -> None:
        site = serve({"/a/": redirect(location), path: PAGE})
        assert Http(POLICY).get(f"{site.url}/a/").url == site.url + path

    def test_end_after_five(self, serve: Serve) -> None:
        site = serve({f"/{n}": redirect(f"/{n - 1}") for n in range(1, 10)} | {"/0": PAGE})
        http = Http(POLICY)
        assert http.get(f"{site.url}/5").status == 200
        with pytest.raises(FetchError, match="redirects more than 5 times"):
            http.get(f"{site.url}/6")

    def test_in_a_circle_end(self, serve: Serve) -> None:
        site = serve({"/": redirect("/")})
        with pytest.raises(FetchError, match="redirects more than 5 times"):
            Http(POLICY).get(site.url)
        assert len(site.asked) == 6

    def test_without_an_address_are_an_answer(self, serve: Serve) -> None:
        with pytest.raises(StatusError, match="302 Found"):
            Http(POLICY).get(serve({"/": (302, {}, b"")}).url)

    def test_are_followed_without_their_body(self, serve: Serve) -> None:
        def silent(asked: BaseHTTPRequestHandler) -> None:
            asked.wfile.write(b"HTTP/1.1 302 Found\r\nLocation: /new\r\nContent-Length: 9\r\n\r\n")
            time.sleep(2)

        site = serve({"/": silent, "/new": PAGE})
        started = time.monotonic()
        assert Http(POLICY).get(site.url).status == 200
        assert time.monotonic() - started < 1

    @pytest.mark.parametrize(
        "location",
        ["file:///etc/passwd", "ftp://127.0.0.1/x", "javascript:alert(1)", "data:text/html,x", "http://["],
    )
    def test_lead_to_the_web_only(self, serve: Serve, location: str) -> None:
        with pytest.raises(FetchError, match=r"web address|nothing else is fetched"):
            Http(POLICY).get(serve({"/": redirect(location)}).url)

    def test_keep_secrets_at_their_origin(self, serve: Serve) -> None:
        other = serve({"/": PAGE})
        site = serve({"/": redirect("/again"), "/again": redirect(other.url)})
        secrets = {"Authorization": "Bearer s3cret", "cookie": "a=b", "Proxy-Authorization": "x", "X-Harmless": "yes"}
        Http(POLICY).get(site.url, headers=secrets)
        assert [asked.headers.get("authorization") for asked in site.asked] == ["Bearer s3cret"] * 2
        (asked,) = other.asked
        assert not {"authorization", "cookie", "proxy-authorization"} & asked.headers.keys()
        assert asked.headers["x-harmless"] == "yes"

    def test_do_not_bring_secrets_back(self, serve: Serve) -> None:
        routes: dict[str, Route] = {"/end": PAGE}
        site = serve(routes)
        other = serve({"/": redirect(f"{site.url}/end")})
        routes["/"] = redirect(other.url)
        Http(POLICY).get(site.url, headers={"Authorization": "Bearer s3cret"})
        assert "authorization" not in site.asked[-1].headers


class TestPrivateNetworks:
    @pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "127.1"])
    def test_are_refused(self, serve: Serve, host: str) -> None:
        site = serve({"/": PAGE})
        with pytest.raises(FetchError, match=r"is refused: .*127\.0\.0\.1 port .*--allow-private"):
            Http(replace(POLICY, allow_private=())).get(f"http://{host}:{site.port}/")
        assert site.asked == []

    @pytest.mark.parametrize("target", ["http://169.254.169.254/latest/", "http://10.0.0.1/", "http://[::1]/"])
    def test_are_refused_after_a_redirect(self, serve: Serve, target: str) -> None:
        with pytest.raises(FetchError, match="is refused"):
            Http(POLICY).get(serve({"/": redirect(target)}).url)

    @pytest.mark.parametrize("port", [22, 25, 8080])
    def test_public_hosts_are_refused_on_other_ports(self, port: int) -> None:
        with pytest.raises(FetchError, match=f"93.184.216.34 port {port} is not a public web address"):
            Http(POLICY, resolve=answers("93.184.216.34")).get(f"http://public.example:{port}/")

    def test_only_the_allowed_addresses_of_a_host_are_connected_to(self, serve: Serve) -> None:
        site = serve({"/": PAGE})
        http = Http(POLICY, resolve=answers("169.254.169.254", "10.0.0.1", "127.0.0.1"))
        assert http.get(f"http://mixed.example:{site.port}/").status == 200

    def test_the_address_that_was_checked_is_connected_to(self, serve: Serve) -> None:
        site = serve({"/": PAGE})
        asked: list[str] = []

        def rebinding(host: str, _port: int) -> list[Address]:
            asked.append(host)
            return [ipaddress.ip_address("127.0.0.1" if len(asked) == 1 else "10.0.0.1")]

        assert Http(POLICY, resolve=rebinding).get(f"http://rebinding.example:{site.port}/").status == 200
        assert asked == ["rebinding.example"]

    def test_every_request_is_checked_anew(self, serve: Serve) -> None:
        site = serve({"/": redirect("/again"), "/again": PAGE})
        found = iter(["127.0.0.1", "10.0.0.1"])
        http = Http(POLICY, resolve=lambda _host, _port: [ipaddress.ip_address(next(found))])
        with pytest.raises(FetchError, match=r"10\.0\.0\.1"):
            http.get(f"http://rebinding.example:{site.port}/")

    def test_an_address_given_by_an_option_is_trusted(self, serve: Serve) -> None:
        site = serve({"/api/x": PAGE})
        policy = replace(POLICY, allow_private=(), trusted=(f"{site.url}/api",))
        assert Http(policy).get(f"{site.url}/api/x").status == 200

    def test_trust_ends_at_another_port(self, serve: Serve) -> None:
        other = serve({"/": PAGE})
        site = serve({"/": redirect(other.url)})
        with pytest.raises(FetchError, match="is refused"):
            Http(replace(POLICY, allow_private=(), trusted=(site.url,))).get(site.url)
        assert other.asked == []

    def test_a_page_cannot_lead_to_an_address_that_was_trusted_for_something_else(self, serve: Serve) -> None:
        api = serve({"/": PAGE})
        page = serve({"/": redirect(f"http://api.example:{api.port}/")})
        policy = replace(
            POLICY, allow_private=(ipaddress.ip_network("127.0.0.1/32"),), trusted=(f"http://api.example:{api.port}",)
        )
        http = Http(policy, resolve=lambda host, _port: answers("::1" if host == "api.example" else "127.0.0.1")("", 0))
        with pytest.raises(FetchError, match=r"::1 port .* is not a public web address"):
            http.get(f"http://page.example:{page.port}/")

    def test_proxies_of_the_environment_are_not_asked(self, serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
        proxy, site = serve({}), serve({"/": PAGE})
        for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY"):
            monkeypatch.setenv(name, proxy.url)
        Http(POLICY).get(site.url)
        assert (len(site.asked), proxy.asked) == (1, [])

    def test_passwords_of_netrc_are_not_sent(
        self, serve: Serve, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (tmp_path / "netrc").write_text("machine 127.0.0.1 login me password s3cret\n")
        monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
        site = serve({"/": PAGE})
        Http(POLICY).get(site.url)
        assert "authorization" not in site.asked[0].headers


class TestAddress:
    @pytest.mark.parametrize(
        "url",
        ["", "page", "/page", "//host/page", "file:///etc/passwd", "ftp://host/", "http://", "http:///page",
         "http://[::1", "http://host:99999/", "http://ho st/", "http://host%00/", "http://-日本語-.jp/"],
    )  # fmt: skip
    def test_that_is_none_is_refused(self, url: str) -> None:
        with pytest.raises(FetchError, match=r"no web address|nothing else is fetched"):
            Http(POLICY, resolve=answers("127.0.0.1")).get(url)

    def test_with_a_password_is_refused_without_printing_it(self) -> None:
        with pytest.raises(FetchError, match="carries a user name or password") as caught:
            Http(POLICY).get("https://me:s3cret@host.example/")
        assert "s3cret" not in str(caught.value)

    def test_cannot_carry_headers(self, serve: Serve) -> None:
        site = serve({"/aX-Evil:%201": PAGE})
        Http(POLICY).get(f"{site.url}/a\r\nX-Evil: 1")
        assert "x-evil" not in site.asked[0].headers

    @pytest.mark.parametrize("value", ["a\r\nX-Evil: 1", "a\nb", "a\n b", "a\0b", "猫"])
    def test_a_header_cannot_carry_another(self, serve: Serve, value: str) -> None:
        site = serve({"/": PAGE})
        with pytest.raises(FetchError, match="the request header X-Mine holds a character"):
            Http(POLICY).get(site.url, headers={"X-Mine": value})
        assert site.asked == []


def drip(head: bytes, drops: bytes) -> Callable[[BaseHTTPRequestHandler], None]:
    """Write the head at once and then a drop every 20 ms, for longer than any test waits."""

    def route(asked: BaseHTTPRequestHandler) -> None:
        asked.wfile.write(head)
        for _ in range(500):
            asked.wfile.write(drops)
            asked.wfile.flush()
            time.sleep(0.02)

    return route


def endless(asked: BaseHTTPRequestHandler) -> None:
    asked.wfile.write(b"HTTP/1.0 200 OK\r\n\r\n")
    while True:
        asked.wfile.write(b"x" * 65536)


class TestEverythingEnds:
    POLICY = replace(POLICY, timeout=0.3, max_bytes=1000)

    def get(self, site: Site) -> tuple[bytes, bool]:
        started = time.monotonic()
        try:
            response = Http(self.POLICY).get(site.url)
        finally:
            assert time.monotonic() - started < 1.5
        return response.body, response.complete

    def test_an_endless_body(self, serve: Serve) -> None:
        assert self.get(serve({"/": endless})) == (b"x" * 1000, False)

    @pytest.mark.parametrize(("size", "complete"), [(999, True), (1000, True), (1001, False)])
    def test_a_body_of_just_the_limit(self, serve: Serve, size: int, complete: bool) -> None:
        site = serve({"/": (200, {}, b"x" * size)})
        assert self.get(site) == (b"x" * min(size, 1000), complete)

    def test_the_caller_may_set_the_limit(self, serve: Serve) -> None:
        assert len(Http(POLICY).get(serve({"/": endless}).url, max_bytes=77).body) == 77

    def test_a_gzip_bomb(self, serve: Serve) -> None:
        bomb = gzip.compress(b"\0" * 50_000_000)
        site = serve({"/": (200, {"Content-Encoding": "gzip"}, bomb)})
        assert self.get(site) == (b"\0" * 1000, False)

    def test_a_slow_drip(self, serve: Serve) -> None:
        body, complete = self.get(serve({"/": drip(b"HTTP/1.0 200 OK\r\n\r\n<title>A page</title>", b".")}))
        assert body.startswith(b"<title>A page</title>.")
        assert not complete

    def test_a_slow_drip_of_chunks(self, serve: Serve) -> None:
        head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n"
        body, complete = self.get(serve({"/": drip(head, b"1\r\n.\r\n")}))
        assert body.startswith(b"x.")
        assert not complete

    @pytest.mark.parametrize(
        "route",
        [
            drip(b"HTTP/1.0 200 OK\r\n", b"X-More: .\r\n"),
            drip(b"HTTP/1.0 200 OK\r\nX-Long: ", b"."),
            drip(b"", b"H"),
            drip(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"0"),
            lambda _: time.sleep(2),
            drip(b"HTTP/1.0 200 OK\r\n\r\n", b""),
        ],
        ids=["of headers", "of one header", "of the status line", "of a chunk's size", "silence", "no body"],
    )
    def test_a_slow_drip_before_the_body(self, serve: Serve, route: Route) -> None:
        with pytest.raises(FetchError, match=r"/ took longer than 0.3 s"):
            self.get(serve({"/": route}))

    def test_a_host_whose_first_address_is_dead(self, serve: Serve) -> None:
        site = serve({"/": PAGE})
        with socket.create_server(("127.0.0.2", site.port), backlog=0) as busy:
            fillers = [socket.socket() for _ in range(3)]
            for filler in fillers:  # a full queue: connecting takes for ever
                filler.setblocking(False)
                filler.connect_ex(busy.getsockname())
            http = Http(replace(POLICY, timeout=1), resolve=answers("127.0.0.2", "127.0.0.1"))
            assert http.get(f"http://two.example:{site.port}/").status == 200
            for filler in fillers:
                filler.close()


class TestBrokenAnswers:
    @pytest.mark.parametrize(
        "answer",
        [
            b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf",
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n64\r\nhalf",
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n",
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
            b"",
            b"SSH-2.0-OpenSSH_9 \x1b[31m\r\n\r\n",
            b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 200 + b"\r\n",
            b"HTTP/1.1 200 OK\r\nX: " + b"y" * 70_000 + b"\r\n\r\n",
        ],
        ids=[
            "cut",
            "cut in a chunk",
            "cut after a chunk",
            "no chunk",
            "nothing",
            "no HTTP",
            "200 headers",
            "long header",
        ],
    )
    def test_are_one_sentence_and_tried_again(self, serve: Serve, answer: bytes) -> None:
        def route(asked: BaseHTTPRequestHandler) -> None:
            asked.wfile.write(answer)

        site = serve({"/": route})
        with pytest.raises(FetchError, match=f"^{site.url}/: the connection failed: .") as caught:
            Http(replace(POLICY, retries=1)).get(site.url)
        assert str(caught.value).isprintable()
        assert len(site.asked) == 2

    def test_a_wrong_compression_is_not_tried_again(self, serve: Serve) -> None:
        site = serve({"/": (200, {"Content-Encoding": "gzip"}, b"plain text")})
        with pytest.raises(FetchError, match="is not compressed the way it says"):
            Http(replace(POLICY, retries=2)).get(site.url)
        assert len(site.asked) == 1

    def test_a_closed_port(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as server:
            port = server.getsockname()[1]
        with pytest.raises(FetchError, match=r"the connection failed: .*refused"):
            Http(POLICY).get(f"http://127.0.0.1:{port}/")

    def test_an_unknown_host_is_not_looked_up_again(self) -> None:
        asked: list[str] = []

        def unknown(host: str, _port: int) -> list[Address]:
            asked.append(host)
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

        with pytest.raises(FetchError, match=r"the host name no\.example cannot be resolved"):
            Http(replace(POLICY, retries=5), resolve=unknown).get("http://no.example/")
        assert asked == ["no.example"]

    def test_a_host_name_that_dns_cannot_hold(self) -> None:
        with pytest.raises(FetchError, match="cannot be resolved"):
            Http(POLICY).get(f"http://{'a' * 70}.example/")


def one_after_another(*routes: Route) -> Route:
    """A route that answers differently each time, the last one for ever."""
    left = list(routes)

    def route(asked: BaseHTTPRequestHandler) -> None:
        now = left.pop(0) if len(left) > 1 else left[0]
        assert isinstance(now, tuple)
        status, headers, body = now
        asked.send_response(status)
        for name, value in headers.items():
            asked.send_header(name, value)
        asked.end_headers()
        asked.wfile.write(body)

    return route


class TestRetries:
    @pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
    def test_trouble_that_passes(self, serve: Serve, status: int) -> None:
        trouble: Route = (status, {}, b"")
        site = serve({"/": one_after_another(trouble, trouble, PAGE)})
        assert Http(replace(POLICY, retries=2)).get(site.url).status == 200

    def test_trouble_that_stays(self, serve: Serve) -> None:
        site = serve({"/": (503, {}, b"")})
        with pytest.raises(StatusError, match="503 Service Unavailable") as caught:
            Http(replace(POLICY, retries=2)).get(site.url)
        assert (caught.value.status, caught.value.gone, len(site.asked)) == (503, False, 3)

    @pytest.mark.parametrize("status", [400, 401, 403, 404, 410])
    def test_a_definite_no_is_not_asked_again(self, serve: Serve, status: int) -> None:
        site = serve({"/": (status, {}, b"")})
        with pytest.raises(StatusError):
            Http(replace(POLICY, retries=2)).get(site.url)
        assert len(site.asked) == 1

    def test_wait_longer_each_time(self, serve: Serve) -> None:
        site = serve({"/": (503, {}, b"")})
        with pytest.raises(StatusError):
            Http(replace(POLICY, retries=2, backoff=0.1)).get(site.url)
        first, second, third = (asked.at for asked in site.asked)
        assert second - first >= 0.1
        assert third - second >= 0.2

    @pytest.mark.parametrize("moment", ["0", "Wed, 21 Oct 2015 07:28:00 GMT"], ids=["seconds", "date"])
    def test_retry_after_is_honoured(self, serve: Serve, moment: str) -> None:
        site = serve({"/": one_after_another((429, {"Retry-After": moment}, b""), PAGE)})
        assert Http(replace(POLICY, retries=1, backoff=60)).get(site.url).status == 200

    @pytest.mark.parametrize("moment", ["31", "86400", "9" * 400, "Wed, 21 Oct 2115 07:28:00 GMT"])
    def test_a_long_retry_after_is_not_waited_for(self, serve: Serve, moment: str) -> None:
        site = serve({"/": (503, {"Retry-After": moment}, b"")})
        with pytest.raises(StatusError):
            Http(replace(POLICY, retries=2)).get(site.url)
        assert len(site.asked) == 1

    @pytest.mark.parametrize("moment", ["soon", "-1", "", "²"])
    def test_a_retry_after_that_says_nothing(self, serve: Serve, moment: str) -> None:
        written = moment.encode().decode("latin-1")
        site = serve({"/": one_after_another((503, {"Retry-After": written}, b""), PAGE)})
        assert Http(replace(POLICY, retries=1)).get(site.url).status == 200

    def test_a_used_up_allowance_is_not_asked_again(self, serve: Serve) -> None:
        site = serve({"/": (429, {"X-RateLimit-Remaining": "0"}, b"")})
        with pytest.raises(StatusError):
            Http(replace(POLICY, retries=2)).get(site.url)
        assert len(site.asked) == 1


class TestPoliteness:
    def test_few_connections_at_once(self, serve: Serve) -> None:
        lock, now, most = threading.Lock(), 0, 0

        def slow(asked: BaseHTTPRequestHandler) -> None:
            nonlocal now, most
            with lock:
                now += 1
                most = max(most, now)
            time.sleep(0.05)
            with lock:
                now -= 1
            asked.wfile.write(b"HTTP/1.0 200 OK\r\n\r\n")

        site = serve({"/": slow})
        http = Http(replace(POLICY, connections_per_host=2))
        with ThreadPoolExecutor(8) as pool:
            list(pool.map(http.get, [site.url] * 8))
        assert most == 2

    def test_a_pause_between_two_starts(self, serve: Serve) -> None:
        site = serve({"/": PAGE})
        http = Http(replace(POLICY, per_host_delay=0.05))
        with ThreadPoolExecutor(4) as pool:
            list(pool.map(http.get, [site.url] * 4))
        moments = sorted(asked.at for asked in site.asked)
        assert moments[-1] - moments[0] > 0.13

    def test_hosts_do_not_wait_for_each_other(self, serve: Serve) -> None:
        site = serve({"/": PAGE})
        http = Http(replace(POLICY, per_host_delay=30), resolve=answers("127.0.0.1"))
        for name in ("a", "b", "c"):
            http.get(f"http://{name}.example:{site.port}/")
        assert len(site.asked) == 3

    def test_leaving_ends_the_waiting(self, serve: Serve) -> None:
        site = serve({"/": PAGE})
        with ThreadPoolExecutor(1) as pool:
            with Http(replace(POLICY, per_host_delay=30)) as http:
                http.get(site.url)
                waiting = pool.submit(http.get, site.url)
                time.sleep(0.05)
            with pytest.raises(FetchError, match="was not asked"):
                waiting.result(timeout=1)
        assert len(site.asked) == 1


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A key and a certificate for secure.example that nobody signed, in one file."""
    file = tmp_path_factory.mktemp("tls") / "secure.pem"
    subject = ["-subj", "/CN=secure.example", "-addext", "subjectAltName=DNS:secure.example"]
    key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", str(file)]
    try:
        command = ["openssl", "req", "-x509", "-days", "2", *key, *subject, "-out", f"{file}.crt"]
        subprocess.run(command, check=True, capture_output=True)
    except FileNotFoundError:
        pytest.skip("openssl, which makes the certificate, is not installed")
    file.write_bytes(file.read_bytes() + Path(f"{file}.crt").read_bytes())
    return file


class TestTls:
    @pytest.fixture
    def secure(self, serve: Serve, certificate: Path) -> Site:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(certificate)
        return serve({"/": PAGE, "/drip": drip(b"HTTP/1.0 200 OK\r\n\r\nx", b".")}, tls=context)

    @pytest.fixture
    def trusted(self, certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("SSL_CERT_FILE", f"{certificate}.crt")

    def get(self, url: str, policy: Policy = POLICY) -> tuple[bytes, bool]:
        response = Http(policy, resolve=answers("127.0.0.1")).get(url)
        return response.body, response.complete

    def test_a_certificate_that_nobody_signed(self, secure: Site) -> None:
        with pytest.raises(FetchError, match="the certificate cannot be trusted: self-signed certificate"):
            self.get(f"https://secure.example:{secure.port}/")
        assert secure.asked == []

    @pytest.mark.usefixtures("trusted")
    def test_the_name_is_checked_though_we_connect_to_an_address(self, secure: Site) -> None:
        assert self.get(f"https://secure.example:{secure.port}/") == (b"<title>A page</title>", True)
        assert self.get(f"https://SECURE.example.:{secure.port}/") == (b"<title>A page</title>", True)
        for name in ("other.example", "127.0.0.1"):
            with pytest.raises(FetchError, match=r"the certificate cannot be trusted: .*mismatch"):
                self.get(f"https://{name}:{secure.port}/")

    @pytest.mark.usefixtures("trusted")
    def test_a_slow_drip_ends(self, secure: Site) -> None:
        started = time.monotonic()
        _, complete = self.get(f"https://secure.example:{secure.port}/drip", replace(POLICY, timeout=0.5))
        assert not complete
        assert time.monotonic() - started < 1.5

    def test_a_handshake_that_never_ends(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as server:
            port = server.getsockname()[1]
            with pytest.raises(FetchError, match=r"took longer than 0.2 s"):
                self.get(f"https://127.0.0.1:{port}/", replace(POLICY, timeout=0.2))

    def test_plain_http_where_tls_is_expected(self, serve: Serve) -> None:
        with pytest.raises(FetchError, match="the connection failed"):
            self.get(f"https://127.0.0.1:{serve({}).port}/")

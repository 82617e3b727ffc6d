"""GET requests to hosts that are slow, endless or broken: everything ends, in one sentence."""

from __future__ import annotations

import gzip
import socket
import time
from dataclasses import replace
from http.server import BaseHTTPRequestHandler

import pytest
from neco_weekly.model import FetchError
from neco_weekly.sources.addresses import Address
from neco_weekly.sources.http import Http

from .sites import PAGE, POLICY, Route, Serve, Site, answers, drip, endless


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

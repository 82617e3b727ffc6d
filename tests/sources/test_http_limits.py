"""GET requests to hosts that are slow, endless or broken: everything ends, in one sentence."""

from __future__ import annotations

import gzip
import socket
import threading
from collections.abc import Sequence
from dataclasses import replace
from http.server import BaseHTTPRequestHandler

import pytest
from neco_weekly.model.errors import FetchError
from neco_weekly.sources.http import Http
from neco_weekly.sources.http.addresses import Address

from .clock import Clock
from .sites import PAGE, POLICY, Route, Serve, answers, drip, endless, silence

SMALL = replace(POLICY, max_bytes=1000)
CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"


class TestEverythingEnds:
    """None of these sites ends an answer by itself."""

    HASTY = replace(POLICY, timeout=0.3)

    def test_an_endless_body(self, serve: Serve) -> None:
        response = Http(SMALL).get(serve({"/": endless}).url)
        assert (response.body, response.complete) == (b"x" * 1000, False)

    @pytest.mark.parametrize(("size", "complete"), [(999, True), (1000, True), (1001, False)])
    def test_a_body_of_just_the_limit(self, serve: Serve, size: int, complete: bool) -> None:
        response = Http(SMALL).get(serve({"/": (200, {}, b"x" * size)}).url)
        assert (response.body, response.complete) == (b"x" * min(size, 1000), complete)

    def test_the_caller_may_set_the_limit(self, serve: Serve) -> None:
        assert len(Http(POLICY).get(serve({"/": endless}).url, max_bytes=77).body) == 77

    def test_a_gzip_bomb(self, serve: Serve) -> None:
        bomb = gzip.compress(b"\0" * 50_000_000)
        response = Http(SMALL).get(serve({"/": (200, {"Content-Encoding": "gzip"}, bomb)}).url)
        assert (response.body, response.complete) == (b"\0" * 1000, False)

    @pytest.mark.parametrize(
        ("route", "begins"),
        [
            (drip(b"HTTP/1.0 200 OK\r\n\r\n<title>A page</title>", b"."), b"<title>A page</title>."),
            (drip(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n", b"1\r\n.\r\n"), b"x."),
        ],
        ids=["of a body", "of chunks"],
    )
    def test_a_slow_drip(self, serve: Serve, route: Route, begins: bytes, clock: Clock) -> None:
        clock.tick = 1
        response = Http(replace(POLICY, timeout=40)).get(serve({"/": route}).url)
        assert response.body.startswith(begins)
        assert not response.complete

    @pytest.mark.parametrize(
        "route",
        [
            drip(b"HTTP/1.0 200 OK\r\n", b"X-More: .\r\n"),
            drip(b"HTTP/1.0 200 OK\r\nX-Long: ", b"."),
            drip(b"", b"H"),
            drip(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"0"),
            silence(),
            silence(b"HTTP/1.0 200 OK\r\n\r\n"),
        ],
        ids=["of headers", "of one header", "of the status line", "of a chunk's size", "silence", "no body"],
    )
    def test_a_slow_drip_before_the_body(self, serve: Serve, route: Route) -> None:
        with pytest.raises(FetchError, match=r"/ took longer than 0.3 s"):
            Http(self.HASTY).get(serve({"/": route}).url)

    def test_a_resolver_that_takes_for_ever(self) -> None:
        over = threading.Event()

        def slow(_host: str, _port: int) -> list[Address]:
            over.wait()
            raise OSError

        with pytest.raises(FetchError, match=r"the host name slow\.example cannot be resolved") as caught:
            Http(self.HASTY, resolve=slow).get("http://slow.example/")
        over.set()
        assert caught.value.code == "no-dns"

    def test_a_resolver_that_takes_its_time_takes_it_from_the_request(self, serve: Serve, clock: Clock) -> None:
        site = serve({"/": PAGE})

        def slow(host: str, port: int) -> Sequence[Address]:
            clock.pass_by(POLICY.timeout)
            return answers("127.0.0.1")(host, port)

        with pytest.raises(FetchError, match=r"took longer than 120 s"):
            Http(POLICY, resolve=slow).get(f"http://slow.example:{site.port}/")
        assert site.asked == []

    @pytest.mark.parametrize(
        "flood",
        [
            drip(b"HTTP/1.0 200 OK\r\n", b"X: " + b"y" * 60_000 + b"\r\n"),
            drip(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 10_000),
            drip(b"", b"HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" * 10_000),
            drip(CHUNKED, b"1;" + b"x" * 60_000 + b"\r\n.\r\n"),
            drip(CHUNKED + b"0\r\n", b"X: " + b"y" * 60_000 + b"\r\n"),
            drip(b"HTTP/1.0 200 OK\r\nContent-Encoding: gzip\r\n\r\n", gzip.compress(b"") * 1000),
        ],
        ids=[
            "of headers",
            "of answers to come",
            "of hints",
            "between chunks",
            "behind the body",
            "that unpacks to nothing",
        ],
    )
    def test_a_flood(self, serve: Serve, flood: Route) -> None:
        site = serve({"/": flood})
        with pytest.raises(FetchError, match=f"^{site.url}/ sends far more than an answer needs$") as caught:
            Http(replace(SMALL, retries=2)).get(site.url)
        assert (caught.value.code, len(site.asked)) == ("too-long", 1)

    def test_a_page_in_chunks_of_single_bytes_is_read(self, serve: Serve) -> None:
        text = b"<title>A page</title>" + b"." * 9_000

        def crumbs(asked: BaseHTTPRequestHandler) -> None:
            asked.wfile.write(CHUNKED + b"".join(b"1\r\n%c\r\n" % it for it in text) + b"0\r\n\r\n")

        assert Http(POLICY).get(serve({"/": crumbs}).url).body == text

    def test_a_host_whose_first_address_is_dead(self, serve: Serve) -> None:
        site = serve({"/": PAGE})
        with socket.create_server(("127.0.0.2", site.port), backlog=0) as busy:
            fillers = [socket.socket() for _ in range(3)]
            for filler in fillers:  # a full queue: connecting takes for ever
                filler.setblocking(False)
                filler.connect_ex(busy.getsockname())
            http = Http(replace(POLICY, timeout=4), resolve=answers("127.0.0.2", "127.0.0.1"))
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
            b"<title>HTTP/0.9</title>",
            b"HTTP/2 200\r\n\r\n",
            b"HTTP/1.1 OK\r\n\r\n",
            b"HTTP/1.1 99 Low\r\n\r\n",
            b"HTTP/1.1 200 OK\r\nContent-Length: 4, 5\r\n\r\ntext",
            CHUNKED + b"-4\r\ntext\r\n0\r\n\r\n",
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
            "HTTP/0.9",
            "HTTP/2",
            "no status",
            "a status of two digits",
            "two lengths",
            "a chunk of less than nothing",
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

        with pytest.raises(FetchError, match=r"the host name no\.example cannot be resolved") as caught:
            Http(replace(POLICY, retries=5), resolve=unknown).get("http://no.example/")
        assert (caught.value.code, asked) == ("dns", ["no.example"])

    @pytest.mark.parametrize(
        "trouble",
        [socket.gaierror(socket.EAI_AGAIN, "Try again"), socket.gaierror(socket.EAI_FAIL, "No"), OSError("No route")],
        ids=["try again", "failure", "no network"],
    )
    def test_a_resolver_in_trouble_says_nothing_of_the_host(self, trouble: OSError) -> None:
        def troubled(_host: str, _port: int) -> list[Address]:
            raise trouble

        with pytest.raises(FetchError, match="cannot be resolved") as caught:
            Http(POLICY, resolve=troubled).get("http://some.example/")
        assert caught.value.code == "no-dns"

    def test_a_host_name_that_dns_cannot_hold(self) -> None:
        with pytest.raises(FetchError, match="cannot be resolved"):
            Http(POLICY).get(f"http://{'a' * 70}.example/")

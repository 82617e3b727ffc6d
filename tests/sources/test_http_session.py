"""What requests would do by itself, and must not: read redirects, use the environment, keep connections."""

from __future__ import annotations

import socket
import threading
from http.server import BaseHTTPRequestHandler

import pytest
from neco_weekly.model.errors import FetchError
from neco_weekly.sources.http import Http, StatusError

from tests.sites import PATIENCE

from .sites import PAGE, POLICY, Serve, redirect


def test_a_redirect_whose_body_never_ends_is_followed(serve: Serve) -> None:
    def route(asked: BaseHTTPRequestHandler) -> None:
        asked.wfile.write(b"HTTP/1.1 302 Found\r\nLocation: /new\r\n\r\n")
        while True:
            asked.wfile.write(b"x" * 65536)

    assert Http(POLICY).get(serve({"/": route, "/new": PAGE}).url).status == 200


def test_a_redirect_in_bytes_that_are_no_utf_8_is_followed(serve: Serve) -> None:
    site = serve({"/": redirect("/caf\xe9"), "/caf%C3%A9": PAGE})
    assert Http(POLICY).get(site.url).url == f"{site.url}/caf%C3%A9"


@pytest.mark.parametrize("path", ["//a//b", "/a/../b", "/%7e%7E", "/a;b?c;d?e", "/?", "/'\"|^`"])
def test_a_path_is_asked_for_as_it_is_written(serve: Serve, path: str) -> None:
    site = serve({})
    with pytest.raises(StatusError, match="404"):
        Http(POLICY).get(site.url + path)
    written = {"/?": "/", "/'\"|^`": "/'%22%7C%5E%60"}.get(path, path)
    # The server of the tests takes a first double slash away.
    assert site.asked[0].path == written.replace("//a", "/a")


@pytest.mark.parametrize("name", ["REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "https_proxy", "all_proxy", "NETRC"])
def test_nothing_of_the_environment_is_used(serve: Serve, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    proxy, site = serve({}), serve({"/": PAGE})
    monkeypatch.setenv(name, proxy.url if name.endswith("proxy") else "/nowhere")
    assert Http(POLICY).get(site.url).status == 200
    with pytest.raises(FetchError, match=r"the connection failed: (?!.*nowhere)"):
        Http(POLICY).get(site.url.replace("http:", "https:"))
    assert proxy.asked == []


@pytest.mark.parametrize("status", [302, 404, 503])
def test_no_connection_stays_open(serve: Serve, status: int) -> None:
    """Not even while the next one is made: a keep-alive is for who asks twice, and no address is used twice."""
    closed = threading.Event()

    def first(asked: BaseHTTPRequestHandler) -> None:
        asked.wfile.write(f"HTTP/1.1 {status} X\r\nLocation: /end\r\nContent-Length: 0\r\n\r\n".encode())
        asked.rfile.read()
        closed.set()

    def end(asked: BaseHTTPRequestHandler) -> None:
        asked.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n%d" % closed.wait(PATIENCE))

    http, site = Http(POLICY), serve({"/": first, "/end": end})
    if status == 302:
        assert http.get(site.url).body == b"1"
        return
    with pytest.raises(StatusError):
        http.get(site.url)
    assert closed.wait(PATIENCE)


def in_trouble(url: str) -> None:
    try:
        raise TimeoutError
    except TimeoutError:
        Http(POLICY).get(url)


def test_a_failure_is_not_taken_for_what_its_caller_was_in_trouble_with() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    with pytest.raises(FetchError, match="refused") as caught:
        in_trouble(f"http://127.0.0.1:{port}/")
    assert caught.value.code == "connection"

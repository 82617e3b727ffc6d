"""Web sites on loopback, and the routes they are made of: honest, moved, slow and endless ones."""

from __future__ import annotations

import ipaddress
import ssl
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from socketserver import ThreadingTCPServer

from neco_weekly.sources.http import Policy
from neco_weekly.sources.http.addresses import Address

Handler = Callable[[BaseHTTPRequestHandler], None]

Route = Handler | tuple[int, Mapping[str, str], bytes]

Serve = Callable[..., "Site"]

LOOPBACK = ipaddress.ip_network("127.0.0.0/8")
POLICY = Policy(
    timeout=120, retries=0, backoff=0.01, per_host_delay=0, connections_per_host=8, allow_private=(LOOPBACK,)
)
"""A policy for tests: loopback is open, nothing is waited for, and a busy machine has time to answer."""

PAGE: Route = (200, {"Content-Type": "text/html"}, b"<title>A page</title>")


def _now() -> float:
    return time.monotonic()  # looked up each time, for a test may have set another clock


@dataclass(frozen=True)
class Asked:
    """A request that reached a site."""

    path: str
    headers: Mapping[str, str]
    at: float = field(default_factory=_now)


class Site:
    """A web site on loopback. A route is an answer, or a function that writes one; others answer 404."""

    def __init__(
        self, routes: Mapping[str, Route], *, host: str = "127.0.0.1", tls: ssl.SSLContext | None = None
    ) -> None:
        self.asked: list[Asked] = []
        self._server = _Server((host, 0), _handler(routes, self.asked))
        if tls:
            self._server.socket = tls.wrap_socket(self._server.socket, server_side=True, do_handshake_on_connect=False)
        self.port = int(self._server.server_address[1])
        self.url = f"{'https' if tls else 'http'}://{host}:{self.port}"
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


class _Server(ThreadingTCPServer):
    request_queue_size = 64
    daemon_threads = True
    block_on_close = False  # a hostile route may never end

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hung up is what many tests want."""


def _handler(routes: Mapping[str, Route], asked: list[Asked]) -> type[BaseHTTPRequestHandler]:
    class Routes(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(Asked(self.path, {name.lower(): value for name, value in self.headers.items()}))
            route = routes.get(self.path, (404, {}, b""))
            if not isinstance(route, tuple):
                route(self)
                return
            status, headers, body = route
            self.send_response(status)
            for name, value in {"Content-Length": str(len(body)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    return Routes


def redirect(location: str, status: int = 302) -> Route:
    return (status, {"Location": location}, b"")


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


def drip(head: bytes, drops: bytes, *, every: float = 0.02) -> Callable[[BaseHTTPRequestHandler], None]:
    """Write the head at once and then a drop after each pause, until the other side hangs up."""

    def route(asked: BaseHTTPRequestHandler) -> None:
        asked.wfile.write(head)
        while True:
            asked.wfile.write(drops)
            asked.wfile.flush()
            time.sleep(every)

    return route


def silence(head: bytes = b"") -> Callable[[BaseHTTPRequestHandler], None]:
    """Write the head and then nothing, until the other side hangs up."""

    def route(asked: BaseHTTPRequestHandler) -> None:
        asked.wfile.write(head)
        asked.rfile.read()

    return route


def endless(asked: BaseHTTPRequestHandler) -> None:
    asked.wfile.write(b"HTTP/1.0 200 OK\r\n\r\n")
    while True:
        asked.wfile.write(b"x" * 65536)


def answers(*addresses: str) -> Callable[[str, int], Sequence[Address]]:
    """A resolver that knows one answer to every name."""
    found = [ipaddress.ip_address(address) for address in addresses]
    return lambda _host, _port: found

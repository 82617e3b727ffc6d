"""The only module that opens a socket: GET requests that are polite, bounded, and never led into private networks.

Authors' links and the redirects behind them may point anywhere, so every connection goes to an address that was checked
just before: the name is resolved once, the addresses that may not be spoken to are left out, and the socket connects to
one of the rest. One connection carries one request; nothing is checked once and used twice.

This stands on urllib3's connection and response (HTTP, chunks, gzip) and the standard library's sockets and TLS. Looked
at and left: requests-hardened 1.3, which filters in a plain function with a switch for loopback alone and takes the
first address only, so a list of networks and a rule for ports would replace nearly all of it; and requests itself,
whose proxies, netrc, cookies and redirects would all have to be turned off again.

Proxies of the environment are not used: a proxy resolves the name itself and would connect where we must not.
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from http import HTTPStatus
from http.client import HTTPException
from typing import Any, Protocol, Self, cast

import certifi
from urllib3 import HTTPHeaderDict
from urllib3.connection import HTTPConnection
from urllib3.exceptions import DecodeError, HTTPError, ReadTimeoutError
from urllib3.response import HTTPResponse

from .. import __version__
from ..model import FetchError
from .addresses import Address, Network, may_connect
from .target import Target
from .turns import Turns, seconds_until_again
from .written import one_line, shortened

USER_AGENT = f"neco-weekly/{__version__} (link metadata for a newsletter)"
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_SECRETS = frozenset({"authorization", "cookie", "proxy-authorization"})
_OWN_HEADERS = {
    "Accept": "*/*",
    "Accept-Language": "ja,en;q=0.8",
    "Accept-Encoding": "gzip, deflate",
    "Connection": "close",
}
_CHUNK = 64 * 1024
# Answers of the resolver that there is no such host, or none with an address; all others are troubles of its own.
_NO_SUCH_HOST = frozenset(getattr(socket, name) for name in ("EAI_NONAME", "EAI_NODATA") if hasattr(socket, name))


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """How the outside is asked. Times are seconds, sizes bytes after decompression.

    `timeout` is the wall clock of one request from connecting to the last byte; only name resolution lies outside of
    it, with the limits of the system's resolver. `retries` are attempts after the first, `backoff` the wait before the
    first of them (it doubles), `longest_wait` the longest Retry-After that is waited for. `trusted` are addresses that
    an option named: their origins (scheme, host, port) may be private, `allow_private` are networks that may.
    """

    timeout: float = 15.0
    max_bytes: int = 2_000_000
    max_redirects: int = 5
    retries: int = 2
    backoff: float = 0.5
    longest_wait: float = 30.0
    per_host_delay: float = 0.5
    connections_per_host: int = 2
    allow_private: tuple[Network, ...] = ()
    trusted: tuple[str, ...] = ()
    user_agent: str = USER_AGENT


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """An answer. `url` is where it came from after redirects, the keys of `headers` are lower case.

    `complete` is False where `max_bytes` or the time ended the body: enough for a page's head, not for JSON.
    """

    url: str
    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    complete: bool = True


class StatusError(FetchError):
    """The final answer had a status outside 2xx; `headers` are its own, with lower-case keys."""

    def __init__(self, message: str, *, status: int, headers: Mapping[str, str]) -> None:
        super().__init__(message, status=status)
        self.headers = headers


class Get(Protocol):
    """What readers of the outside take: `Http.get`, or a function over saved answers."""

    def __call__(self, url: str, *, headers: Mapping[str, str] | None = None, max_bytes: int | None = None) -> Response:
        """Fetch an address; raises FetchError."""


Resolver = Callable[[str, int], Sequence[Address]]


def resolve(host: str, port: int) -> list[Address]:
    """Addresses of a host in the system's order; raises OSError or UnicodeError where it has none."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(ipaddress.ip_address(address[0]) for *_, address in found))


class Http:
    """GET requests of many threads under one policy. Leaving the context ends all waiting."""

    def __init__(self, policy: Policy | None = None, *, resolve: Resolver = resolve) -> None:
        self.policy = policy or Policy()
        self._resolve = resolve
        self._trusted = frozenset(Target.parse(url).origin for url in self.policy.trusted)
        self._turns = Turns(delay=self.policy.per_host_delay, at_once=self.policy.connections_per_host)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._turns.close()

    def get(self, url: str, *, headers: Mapping[str, str] | None = None, max_bytes: int | None = None) -> Response:
        """Fetch an http(s) address and what it redirects to; headers that carry secrets go to its own origin only.

        Raises:
            FetchError: anything but a 2xx answer, in one sentence; a StatusError where there was an answer.
        """
        target = first = Target.parse(url)
        sent = HTTPHeaderDict({"User-Agent": self.policy.user_agent, **_OWN_HEADERS})
        sent.update(_one_line_each(headers or {}))
        for _ in range(self.policy.max_redirects + 1):
            # A page must not lead us to an address that was trusted for something else.
            trusted = {first.origin, target.origin} <= self._trusted
            response = self._answer(target, sent, max_bytes or self.policy.max_bytes, trusted=trusted)
            if not _is_redirect(response.status, response.headers):
                return _accepted(response)
            following = target.follow(response.headers["location"])
            if following.origin != target.origin:
                sent = HTTPHeaderDict({name: sent[name] for name in sent if name.lower() not in _SECRETS})
            target = following
        raise FetchError(f"{first.url} redirects more than {self.policy.max_redirects} times", code="redirects")

    @cached_property
    def _tls(self) -> ssl.SSLContext:
        """Full verification, with the machine's certificates (SSL_CERT_FILE among them) and Mozilla's."""
        context = ssl.create_default_context()
        context.load_verify_locations(certifi.where())
        context.sslsocket_class = _TlsSocket
        return context

    def _answer(self, target: Target, headers: HTTPHeaderDict, limit: int, *, trusted: bool) -> Response:
        """The answer of one address, asked again while that may help."""
        attempt = 0
        while True:
            last, wait = attempt >= self.policy.retries, self.policy.backoff * 2**attempt
            try:
                with self._turns.turn(target.host):
                    response = self._exchange(target, headers, limit, trusted=trusted)
            except _ConnectionFailedError:
                if last:
                    raise
            else:
                again = seconds_until_again(response.status, response.headers, otherwise=wait)
                if last or again is None or again > self.policy.longest_wait:
                    return response
                wait = again
            self._turns.rest(target.host, wait)
            attempt += 1

    def _exchange(self, target: Target, headers: HTTPHeaderDict, limit: int, *, trusted: bool) -> Response:
        """One request and its answer, on a connection of its own."""
        addresses = self._addresses(target, trusted=trusted)
        tls = self._tls if target.scheme == "https" else None
        deadline = time.monotonic() + self.policy.timeout
        sent = HTTPHeaderDict(headers)
        sent["Host"] = target.netloc
        with (
            _explained(target, self.policy.timeout),
            closing(_Connection(target, addresses, tls=tls, deadline=deadline)) as connection,
        ):
            connection.request("GET", target.path, headers=sent, preload_content=False)
            with closing(connection.getresponse()) as answer:
                received = {name.lower(): answer.headers[name] for name in answer.headers}
                redirect = _is_redirect(answer.status, received)
                body, complete = (b"", True) if redirect else _read_body(answer, limit)
        return Response(url=target.url, status=answer.status, headers=received, body=body, complete=complete)

    def _addresses(self, target: Target, *, trusted: bool) -> list[Address]:
        """The addresses of the host that may be connected to, at least one."""
        try:
            found = self._resolve(target.host, target.port)
        except (OSError, UnicodeError) as error:
            code = "dns" if getattr(error, "errno", None) in _NO_SUCH_HOST else "no-dns"
            message = f"{target.url}: the host name {target.host} cannot be resolved"
            raise FetchError(message, code=code) from error
        allow = self.policy.allow_private
        usable = [it for it in found if trusted or may_connect(it, target.port, allow_private=allow)]
        if not usable:
            where = ", ".join(map(str, found)) or "no address"
            raise FetchError(
                f"{target.url} is refused: {where} port {target.port} is not a public web address; "
                "--allow-private names networks that may be spoken to",
                code="private-address",
            )
        return usable


class _Connection(HTTPConnection):
    """A connection to one of some checked addresses, over before `deadline` (of `time.monotonic`)."""

    def __init__(
        self, target: Target, addresses: Sequence[Address], *, tls: ssl.SSLContext | None, deadline: float
    ) -> None:
        super().__init__(target.host, target.port)
        self._addresses = addresses
        self._tls = tls
        self._deadline = deadline

    def connect(self) -> None:
        sock: _Socket | _TlsSocket = self._first_to_answer()
        if self._tls:
            # The address was chosen by us, the name that the certificate must hold was not.
            sock = cast(_TlsSocket, self._tls.wrap_socket(sock, server_hostname=self.host.rstrip(".")))
        sock.deadline = self._deadline
        self.sock = sock

    def _first_to_answer(self) -> _Socket:
        """Each address gets its share of the time that is left, so that a dead IPv6 does not eat all of it."""
        failure = OSError("no address")
        for tried, address in enumerate(self._addresses):
            sock = _Socket(socket.AF_INET6 if address.version == 6 else socket.AF_INET, socket.SOCK_STREAM)
            try:
                sock.settimeout(_seconds_left(self._deadline) / (len(self._addresses) - tried))
                sock.connect((str(address), self.port))
                sock.settimeout(_seconds_left(self._deadline))
            except OSError as error:
                sock.close()
                failure = error
            else:
                return sock
        raise failure


class _Socket(socket.socket):
    """A socket whose reading ends at `deadline`: a time-out of each read alone would start anew with every drop."""

    deadline: float

    def recv_into(self, *args: Any, **kwargs: Any) -> int:
        self.settimeout(_seconds_left(self.deadline))
        return super().recv_into(*args, **kwargs)


class _TlsSocket(ssl.SSLSocket):
    """The same under TLS; the handshake ends with the time-out that the plain socket had."""

    deadline: float

    def recv_into(self, *args: Any, **kwargs: Any) -> int:
        self.settimeout(_seconds_left(self.deadline))
        return super().recv_into(*args, **kwargs)


def _seconds_left(deadline: float) -> float:
    seconds = deadline - time.monotonic()
    if seconds <= 0:
        raise TimeoutError
    return seconds


class _ConnectionFailedError(FetchError):
    """Trouble on the way, worth another attempt."""


@contextmanager
def _explained(target: Target, timeout: float) -> Iterator[None]:
    """Turn what sockets, TLS and HTTP raise into one sentence."""
    try:
        yield
    except ssl.SSLCertVerificationError as error:
        message = f"{target.url}: the certificate cannot be trusted: {error.verify_message}"
        raise FetchError(message, code="certificate") from error
    except (TimeoutError, ReadTimeoutError) as error:
        raise FetchError(f"{target.url} took longer than {timeout:g} s", code="timeout") from error
    except DecodeError as error:
        message = f"{target.url}: the answer is not compressed the way it says"
        raise FetchError(message, code="compression") from error
    except (OSError, HTTPException, HTTPError) as error:
        reason = shortened(one_line(str(error.__cause__ or error)), 200)
        raise _ConnectionFailedError(f"{target.url}: the connection failed: {reason}", code="connection") from error


def _one_line_each(headers: Mapping[str, str]) -> Mapping[str, str]:
    """The same headers; http.client would let some line breaks pass, and with them a second header."""
    for name, value in headers.items():
        if not (value.isascii() and value.isprintable()):
            raise FetchError(f"the request header {name} holds a character that headers may not hold")
    return headers


def _read_body(answer: HTTPResponse, limit: int) -> tuple[bytes, bool]:
    """At most `limit` bytes, and whether that is all; what came before the time was over counts."""
    body = bytearray()
    while len(body) <= limit:
        try:
            chunk = answer.read1(min(_CHUNK, limit + 1 - len(body)))
        except ReadTimeoutError:
            if body:
                return bytes(body), False
            raise
        if not chunk:
            return bytes(body), True
        body += chunk
    return bytes(body[:limit]), False


def _is_redirect(status: int, headers: Mapping[str, str]) -> bool:
    return status in _REDIRECTS and "location" in headers


def _accepted(response: Response) -> Response:
    if 200 <= response.status < 300:
        return response
    phrase = next((f" {it.phrase}" for it in HTTPStatus if it == response.status), "")
    message = f"{response.url} answered {response.status}{phrase}"
    raise StatusError(message, status=response.status, headers=response.headers)

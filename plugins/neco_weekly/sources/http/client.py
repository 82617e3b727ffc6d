"""GET requests: what is sent, where redirects lead, what is asked again, and which responses are good."""

from __future__ import annotations

import json
import re
import ssl
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from http import HTTPStatus
from http.client import HTTPException
from typing import Protocol, Self

import certifi
from urllib3 import HTTPHeaderDict
from urllib3.exceptions import DecodeError, HTTPError, ReadTimeoutError
from urllib3.response import HTTPResponse

from ... import __version__
from ...model.errors import FailureCode, FetchError
from ...model.text import one_line, shortened
from .addresses import Address, Network, may_connect
from .connection import Allowance, Connection, TlsSocket, TooMuchError
from .lookup import Resolver, no_such_host, resolve, resolve_in_time
from .rate_limit import RateLimit, TimeBudget, seconds_until_again
from .web_address import WebAddress

_REDIRECTS = frozenset({301, 302, 303, 307, 308})

_SECRETS = frozenset({"authorization", "cookie", "proxy-authorization"})

_OWN_HEADERS = {
    "Accept": "*/*",
    "Accept-Language": "ja,en;q=0.8",
    "Accept-Encoding": "gzip, deflate",
    "Connection": "close",
}

_CHUNK = 64 * 1024

# Bytes beside the body: no site needs so many for its headers, or for the seams between chunks.
_MOST_OF_HEADERS, _MOST_OF_SEAMS = 300_000, 100_000

# Compressions that nobody asked for; other words in their place ("utf-8", "none") are mistakes and mean nothing.
_NOT_READ = frozenset({"br", "zstd", "compress", "x-compress"})

_PLAIN_ADDRESS = re.compile(r"https?://[!#-'*-:=?-~]+", re.ASCII)


def user_agent(site: str = "") -> str:
    """Return the User-Agent header: who asks, and for a site with an address, where to read who we are."""
    more = f"; +{site}" if _PLAIN_ADDRESS.fullmatch(site) else ""
    return f"neco-weekly/{__version__} (link metadata for a newsletter{more})"


USER_AGENT = user_agent()


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """The policy of GET requests. Times are seconds, sizes bytes after decompression.

    `timeout` is the wall clock of one request from looking up the name to the last byte. `retries` are attempts after
    the first, `backoff` the wait before the first of them (it doubles), `longest_wait` the longest Retry-After that is
    waited for. After `patience` no other attempt begins and no redirect is followed, so that one `get` takes no longer
    than `patience` and `timeout` together, while it has a place at its host. `trusted` are addresses that an option
    named: their origins (scheme, host, port) may be private, `allow_private` are networks that may.
    """

    timeout: float = 15.0
    max_bytes: int = 2_000_000
    max_redirects: int = 5
    retries: int = 2
    backoff: float = 0.5
    longest_wait: float = 30.0
    patience: float = 45.0
    per_host_delay: float = 0.5
    connections_per_host: int = 2
    allow_private: tuple[Network, ...] = ()
    trusted: tuple[str, ...] = ()
    user_agent: str = USER_AGENT


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """An HTTP response. `url` is where it came from after redirects, the keys of `headers` are lower case.

    `complete` is False where `max_bytes` or the time ended the body: enough for a page's head, not for JSON.
    """

    url: str
    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    complete: bool = True

    def json(self) -> object:
        """Return what the body says in JSON.

        Raises:
            FetchError: a body that was cut off by us, or is no JSON.
        """
        if not self.complete:
            raise FetchError(f"{self.url} is too long")
        try:
            return json.loads(self.body)
        except (ValueError, RecursionError) as error:
            raise FetchError(f"{self.url} answered no JSON") from error


class StatusError(FetchError):
    """The final response, from `url`, had a status outside 2xx; `headers` are the response's, with lower-case keys."""

    def __init__(self, message: str, *, status: int, headers: Mapping[str, str], url: str = "") -> None:
        super().__init__(message, status=status)
        self.headers = headers
        self.url = url


class Get(Protocol):
    """The function that readers of the outside take: `Http.get`, or a function over saved responses."""

    def __call__(self, url: str, *, headers: Mapping[str, str] | None = None, max_bytes: int | None = None) -> Response:
        """Return the HTTP response of an address.

        Raises:
            FetchError: there is no good response.
        """


class Http:
    """A client for GET requests of many threads under one policy. Leaving the context ends all waiting."""

    def __init__(self, policy: Policy | None = None, *, resolve: Resolver = resolve) -> None:
        self.policy = policy or Policy()
        self._resolve = resolve
        self._trusted = frozenset(WebAddress.parse(url).origin for url in self.policy.trusted)
        self._rate_limit = RateLimit(delay=self.policy.per_host_delay, at_once=self.policy.connections_per_host)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._rate_limit.close()

    def get(self, url: str, *, headers: Mapping[str, str] | None = None, max_bytes: int | None = None) -> Response:
        """Return the response of an http(s) address, after redirects; headers with secrets go to its own origin only.

        The body has at most `max_bytes` bytes, else the policy's number of them.

        Raises:
            FetchError: anything but a 2xx response, in one sentence; a StatusError where there was a response.
        """
        address = first = WebAddress.parse(url)
        sent = HTTPHeaderDict({"User-Agent": self.policy.user_agent, **_OWN_HEADERS})
        sent.update(_one_line_each(headers or {}))
        patience = TimeBudget(self.policy.patience)
        for _ in range(self.policy.max_redirects + 1):
            # A page must not lead us to an address that was trusted for something else.
            trusted = {first.origin, address.origin} <= self._trusted
            response = self._response(
                address, sent, max_bytes or self.policy.max_bytes, trusted=trusted, patience=patience
            )
            if not _is_redirect(response.status, response.headers):
                return _accepted(response)
            following = address.follow(response.headers["location"])
            if following.origin != address.origin:
                sent = HTTPHeaderDict({name: sent[name] for name in sent if name.lower() not in _SECRETS})
            if not patience.left:
                raise FetchError(f"{first.url} took too long to redirect to {following.url}", code=FailureCode.TIMEOUT)
            address = following
        raise FetchError(
            f"{first.url} redirects more than {self.policy.max_redirects} times", code=FailureCode.REDIRECTS
        )

    @cached_property
    def _tls(self) -> ssl.SSLContext:
        """Full verification of TLS, with the machine's certificates (SSL_CERT_FILE among them) and Mozilla's."""
        context = ssl.create_default_context()
        context.load_verify_locations(certifi.where())
        context.sslsocket_class = TlsSocket
        return context

    def _response(
        self, address: WebAddress, headers: HTTPHeaderDict, limit: int, *, trusted: bool, patience: TimeBudget
    ) -> Response:
        """Return the response of one address, asked again while that may help."""
        attempt = 0
        while True:
            last, wait = attempt >= self.policy.retries, self.policy.backoff * 2**attempt
            try:
                with self._rate_limit.place(address.host), patience.spent():
                    response = self._exchange(address, headers, limit, trusted=trusted)
            except _ConnectionFailedError:
                if last or wait > patience.left:
                    raise
            else:
                again = seconds_until_again(response.status, response.headers, otherwise=wait)
                if last or again is None or again > min(self.policy.longest_wait, patience.left):
                    return response
                wait = again
            patience.spend(wait)
            self._rate_limit.rest(address.host, wait)
            attempt += 1

    def _exchange(self, address: WebAddress, headers: HTTPHeaderDict, limit: int, *, trusted: bool) -> Response:
        """Send one request and return its response, on a connection of its own."""
        allowance = Allowance(time.monotonic() + self.policy.timeout, _MOST_OF_HEADERS)
        addresses = self._addresses(address, allowance.seconds_left, trusted=trusted)
        tls = self._tls if address.scheme == "https" else None
        sent = HTTPHeaderDict(headers)
        sent["Host"] = address.netloc
        with (
            _explained(address, self.policy.timeout),
            closing(Connection(address, addresses, tls=tls, allowance=allowance)) as connection,
        ):
            connection.request("GET", address.path, headers=sent, preload_content=False)
            with closing(connection.getresponse()) as raw:
                allowance.bytes_left = 2 * limit + _MOST_OF_SEAMS
                received = {name.lower(): raw.headers[name] for name in raw.headers}
                _check_compression(raw, address)
                body, complete = _read_body(raw, limit) if _is_good(raw.status) else (b"", True)
        return Response(url=address.url, status=raw.status, headers=received, body=body, complete=complete)

    def _addresses(self, address: WebAddress, seconds: float, *, trusted: bool) -> list[Address]:
        """Return the network addresses of a host that may be connected to, at least one."""
        try:
            found = resolve_in_time(self._resolve, address.host, address.port, seconds=seconds)
        except (OSError, UnicodeError) as error:
            code = FailureCode.DNS if no_such_host(error) else FailureCode.NO_DNS
            message = f"{address.url}: the host name {address.host} cannot be resolved"
            raise FetchError(message, code=code) from error
        allow = self.policy.allow_private
        usable = [it for it in found if trusted or may_connect(it, address.port, allow_private=allow)]
        if not usable:
            where = ", ".join(map(str, found)) or "no address"
            raise FetchError(
                f"{address.url} is refused: {where} port {address.port} is not a public web address; "
                "--allow-private names networks that may be spoken to",
                code=FailureCode.PRIVATE_ADDRESS,
            )
        return usable


class _ConnectionFailedError(FetchError):
    """The connection failed or broke, which is worth another attempt."""


@contextmanager
def _explained(address: WebAddress, timeout: float) -> Iterator[None]:
    """Raise what sockets, TLS and HTTP raise in the context as a FetchError of one sentence."""
    try:
        yield
    except ssl.SSLCertVerificationError as error:
        message = f"{address.url}: the certificate cannot be trusted: {error.verify_message}"
        raise FetchError(message, code=FailureCode.CERTIFICATE) from error
    except (TimeoutError, ReadTimeoutError) as error:
        raise FetchError(f"{address.url} took longer than {timeout:g} s", code=FailureCode.TIMEOUT) from error
    except TooMuchError as error:
        raise FetchError(f"{address.url} sends far more than an answer needs", code=FailureCode.TOO_LONG) from error
    except DecodeError as error:
        message = f"{address.url}: the answer is not compressed the way it says"
        raise FetchError(message, code=FailureCode.COMPRESSION) from error
    except (OSError, HTTPException, HTTPError) as error:
        reason = shortened(one_line(str(error.__cause__ or error)), 200)
        raise _ConnectionFailedError(
            f"{address.url}: the connection failed: {reason}", code=FailureCode.CONNECTION
        ) from error


def _one_line_each(headers: Mapping[str, str]) -> Mapping[str, str]:
    """Return request headers, refusing line breaks: http.client would let some pass, and with them a second header."""
    for name, value in headers.items():
        if not (value.isascii() and value.isprintable()):
            raise FetchError(f"the request header {name} holds a character that headers may not hold")
    return headers


def _check_compression(raw: HTTPResponse, address: WebAddress) -> None:
    """Refuse a response compressed in a way that could only be read where some package happens to be installed."""
    for name in raw.headers.get("content-encoding", "").lower().split(","):
        if name.strip() in _NOT_READ:
            raise FetchError(
                f"{address.url}: the answer is compressed in a way nobody asked for", code=FailureCode.COMPRESSION
            )


def _read_body(raw: HTTPResponse, limit: int) -> tuple[bytes, bool]:
    """Return at most `limit` bytes of a response's body, and whether that is all; what came in time counts."""
    body = bytearray()
    while len(body) <= limit:
        try:
            chunk = raw.read1(min(_CHUNK, limit + 1 - len(body)))
        except ReadTimeoutError:
            if body:
                return bytes(body), False
            raise
        if not chunk:
            return bytes(body), True
        body += chunk
    return bytes(body[:limit]), False


def _is_good(status: int) -> bool:
    return 200 <= status < 300


def _is_redirect(status: int, headers: Mapping[str, str]) -> bool:
    return status in _REDIRECTS and "location" in headers


def _accepted(response: Response) -> Response:
    if _is_good(response.status):
        return response
    phrase = next((f" {it.phrase}" for it in HTTPStatus if it == response.status), "")
    message = f"{response.url} answered {response.status}{phrase}"
    raise StatusError(message, status=response.status, headers=response.headers, url=response.url)

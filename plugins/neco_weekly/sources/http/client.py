"""GET requests: what is sent, where redirects lead, what is asked again, and which responses are good."""

from __future__ import annotations

import re
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property, partial
from http import HTTPStatus
from typing import Self

import certifi
from requests.models import REDIRECT_STATI
from requests.structures import CaseInsensitiveDict
from urllib3 import HTTPConnectionPool

from ... import __version__
from ...model.errors import FailureCode, FetchError
from .addresses import Address, Network, may_connect
from .body import CutOffError, check_compression, read_body
from .connection import Allowance, Guard, GuardedPool, GuardedTlsPool, TlsSocket
from .error_sentences import ConnectionFailedError, explained
from .lookup import Resolver, no_such_host, resolve, resolve_in_time
from .rate_limit import RateLimit, TimeBudget, seconds_until_again
from .response import Response, StatusError
from .session import Session
from .web_address import WebAddress

_SECRETS = frozenset({"authorization", "cookie", "proxy-authorization"})

_OWN_HEADERS = {
    "Accept": "*/*",
    "Accept-Language": "ja,en;q=0.8",
    "Accept-Encoding": "gzip, deflate",
    "Connection": "close",
}

# Bytes beside the body: no site needs so many for its headers, or for the seams between chunks.
_MOST_OF_HEADERS, _MOST_OF_SEAMS = 300_000, 100_000

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
        sent = CaseInsensitiveDict({"User-Agent": self.policy.user_agent, **_OWN_HEADERS})
        sent.update(_one_line_each(headers or {}))
        limit, patience = max_bytes or self.policy.max_bytes, TimeBudget(self.policy.patience)
        with Session(partial(self._open_pool, first=first, limit=limit)) as session:
            for _ in range(self.policy.max_redirects + 1):
                response = self._response(session, address, sent, limit, patience)
                if not _is_redirect(response.status, response.headers):
                    return _accepted(response)
                following = address.follow(response.headers["location"])
                if following.origin != address.origin:
                    sent = CaseInsensitiveDict({it: sent[it] for it in sent if it.lower() not in _SECRETS})
                if not patience.left:
                    message = f"{first.url} took too long to redirect to {following.url}"
                    raise FetchError(message, code=FailureCode.TIMEOUT)
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
        self, session: Session, address: WebAddress, headers: Mapping[str, str], limit: int, patience: TimeBudget
    ) -> Response:
        """Return the response of one address, asked again while that may help."""
        attempt = 0
        while True:
            last, wait = attempt >= self.policy.retries, self.policy.backoff * 2**attempt
            try:
                with self._rate_limit.place(address.host), patience.spent():
                    response = self._exchange(session, address, headers, limit)
            except ConnectionFailedError as failed:
                if last or wait > patience.left:
                    if failed.part:
                        return failed.part
                    raise
            else:
                again = seconds_until_again(response.status, response.headers, otherwise=wait)
                if last or again is None or again > min(self.policy.longest_wait, patience.left):
                    return response
                wait = again
            patience.spend(wait)
            self._rate_limit.rest(address.host, wait)
            attempt += 1

    def _exchange(self, session: Session, address: WebAddress, headers: Mapping[str, str], limit: int) -> Response:
        """Send one request and return its response."""
        timeout = self.policy.timeout
        with explained(address, timeout), session.asked(address, headers, timeout=timeout) as answer:
            check_compression(answer)
            received = {name.lower(): value for name, value in answer.headers.items()}
            response = Response(url=address.url, status=answer.status_code, headers=received)
            if not _is_good(response.status):
                return response
            try:
                body, complete = read_body(answer, limit)
            except CutOffError as cut:
                part = replace(response, body=cut.body, complete=False) if cut.holds_a_head else None
                raise ConnectionFailedError(address, cut, part=part) from cut
            return replace(response, body=body, complete=complete)

    def _open_pool(self, address: WebAddress, *, first: WebAddress, limit: int) -> HTTPConnectionPool:
        """Return a pool for one request to an address that `first` led to; its network addresses are checked here."""
        allowance = Allowance(time.monotonic() + self.policy.timeout, _MOST_OF_HEADERS)
        # A page must not lead us to an address that was trusted for something else.
        trusted = {first.origin, address.origin} <= self._trusted
        guard = Guard(
            addresses=self._addresses(address, allowance.seconds_left, trusted=trusted),
            path=address.path,
            allowance=allowance,
            body_bytes=2 * limit + _MOST_OF_SEAMS,
        )
        if address.scheme == "https":
            return GuardedTlsPool(address.host, address.port, guard=guard, ssl_context=self._tls)
        return GuardedPool(address.host, address.port, guard=guard)

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


def _one_line_each(headers: Mapping[str, str]) -> Mapping[str, str]:
    """Return request headers, refusing line breaks: http.client would let some pass, and with them a second header."""
    for name, value in headers.items():
        if not (value.isascii() and value.isprintable()):
            raise FetchError(f"the request header {name} holds a character that headers may not hold")
    return headers


def _is_good(status: int) -> bool:
    return 200 <= status < 300


def _is_redirect(status: int, headers: Mapping[str, str]) -> bool:
    return status in REDIRECT_STATI and "location" in headers


def _accepted(response: Response) -> Response:
    if _is_good(response.status):
        return response
    phrase = next((f" {it.phrase}" for it in HTTPStatus if it == response.status), "")
    message = f"{response.url} answered {response.status}{phrase}"
    raise StatusError(message, status=response.status, headers=response.headers, url=response.url)

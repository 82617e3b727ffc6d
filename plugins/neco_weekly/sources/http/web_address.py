"""A web address taken apart, ready to be asked for over HTTP."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import SplitResult, quote, urljoin, urlsplit

import idna

from ...model.errors import FailureCode, FetchError

_PORTS = {"http": 80, "https": 443}

_HOST = re.compile(r"[a-z0-9._-]+|[0-9a-f:.]+", re.ASCII)

# What may stand in a path or query as it is, `%` of an escape included (RFC 3986).
_SAFE = "/?:@!$&'()*+,;=~-._%"


@dataclass(frozen=True, slots=True)
class WebAddress:
    """An http(s) address: `host` in ASCII without brackets, `path` with its query, percent-encoded."""

    scheme: str
    host: str
    port: int
    path: str

    @classmethod
    def parse(cls, url: str) -> WebAddress:
        """Return a web address taken apart.

        Raises:
            FetchError: the address is none that can be fetched: another scheme, no host, or credentials in it.
        """
        try:
            parts = urlsplit(url)
            port, host = parts.port, _ascii_host(parts.hostname or "")
        except ValueError as error:
            raise FetchError(f"{url!r} is no web address", code=FailureCode.ADDRESS) from error
        if parts.scheme not in _PORTS or not host:
            raise FetchError(f"{url!r} is no http or https address; nothing else is fetched", code=FailureCode.ADDRESS)
        if "@" in parts.netloc:
            raise FetchError(
                f"the address of {host} carries a user name or password; write it without", code=FailureCode.ADDRESS
            )
        return cls(parts.scheme, host, _PORTS[parts.scheme] if port is None else port, _path(parts))

    @property
    def has_usual_port(self) -> bool:
        """Whether the address's port is the one that its scheme stands for."""
        return self.port == _PORTS[self.scheme]

    @property
    def netloc(self) -> str:
        """The address's host and, where it is not the scheme's own, port: the value of a Host header."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.has_usual_port else f"{host}:{self.port}"

    @property
    def origin(self) -> str:
        """The address's origin, that is scheme, host and port: what a secret may be sent back to."""
        return f"{self.scheme}://{self.netloc}"

    @property
    def url(self) -> str:
        """The whole web address, without a fragment."""
        return self.origin + self.path

    def follow(self, location: str) -> WebAddress:
        """Return the web address that a Location header leads to from here.

        http.client reads the header as Latin-1, though many servers send plain UTF-8.

        Raises:
            FetchError: the header holds no web address.
        """
        with suppress(UnicodeError):
            location = location.encode("latin-1").decode()
        try:
            return WebAddress.parse(urljoin(self.url, location))
        except ValueError as error:
            message = f"{self.url} redirects to {location!r}, which is no web address"
            raise FetchError(message, code=FailureCode.ADDRESS) from error


def _ascii_host(host: str) -> str:
    """Return a host's name as DNS knows the name (IDNA); a ValueError for what is no host name or address."""
    name = host if host.isascii() else idna.encode(host, uts46=True).decode()
    if name and not _HOST.fullmatch(name):
        raise ValueError(f"{host!r} is no host name")
    return name


def _path(parts: SplitResult) -> str:
    path = quote(parts.path or "/", safe=_SAFE)
    return f"{path}?{quote(parts.query, safe=_SAFE)}" if parts.query else path

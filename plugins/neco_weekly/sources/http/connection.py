"""Connections to one of some checked addresses, with an end to their time and to their bytes, in pools of urllib3."""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from http.client import HTTPException
from http.client import HTTPResponse as StandardResponse
from typing import Any, cast

from urllib3 import HTTPConnectionPool, HTTPResponse, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection

from .addresses import Address
from .cookies import drop_unreadable_cookies


class TooMuchError(Exception):
    """The other side of a connection sends more bytes than it may."""


@dataclass(slots=True)
class Allowance:
    """What a connection may still take: until when, of `time.monotonic`, and how many bytes as they come."""

    deadline: float
    bytes_left: int

    @property
    def seconds_left(self) -> float:
        """Seconds until the connection's deadline, more than 0.

        Raises:
            TimeoutError: the deadline is over.
        """
        seconds = self.deadline - time.monotonic()
        if seconds <= 0:
            raise TimeoutError
        return seconds

    def take(self, count: int) -> int:
        """Take a number of bytes from the connection's allowance, and return that number.

        Raises:
            TooMuchError: more bytes came than were left.
        """
        self.bytes_left -= count
        if self.bytes_left < 0:
            raise TooMuchError
        return count


class _HttpResponse(StandardResponse):
    """The final response, behind the informational ones (1xx, RFC 9110, 15.2); http.client passes over 100 alone."""

    def begin(self) -> None:
        super().begin()
        while self.status < HTTPStatus.OK and self.status != HTTPStatus.SWITCHING_PROTOCOLS:
            vars(self)["headers"] = None  # by which http.client knows that the response has not begun
            super().begin()
        drop_unreadable_cookies(self.headers)
        lengths = ",".join(self.headers.get_all("content-length", ()))
        if len({it.strip() for it in lengths.split(",")}) > 1:  # urllib3 refuses that as well, and forgets to close
            raise HTTPException("the answer has several lengths")


@dataclass(frozen=True, slots=True, kw_only=True)
class Guard:
    """What a connection is held to: the checked addresses it may be made to, the path it asks for, and its allowance.

    `body_bytes` are what the allowance holds once the headers are there.
    """

    addresses: Sequence[Address]
    path: str
    allowance: Allowance
    body_bytes: int


class GuardedPool(HTTPConnectionPool):
    """A pool whose connections are made to addresses that were checked; `guard` is an argument of its constructor."""


class GuardedTlsPool(HTTPSConnectionPool):
    """A pool of connections to checked addresses under TLS; `guard` and `ssl_context` are arguments."""


class _Guarded(HTTPConnection):
    """A connection to the first of the checked addresses that accepts one."""

    response_class = _HttpResponse

    def __init__(self, *args: Any, guard: Guard, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._guard = guard

    def putrequest(self, method: str, url: str, *args: Any, **kwargs: Any) -> None:
        # As the author wrote it: urllib3 spells escapes anew (%8c as %8C), which is another path to some servers.
        super().putrequest(method, self._guard.path, *args, **kwargs)

    def getresponse(self) -> HTTPResponse:  # type: ignore[override]  # urllib3's, as its own class says
        response = super().getresponse()
        self._guard.allowance.bytes_left = self._guard.body_bytes
        return response

    def connect(self) -> None:
        super().connect()
        # Under TLS this is another socket than `_new_conn` gave, for the handshake has the time-out of the plain one.
        cast("_Socket | TlsSocket", self.sock).allowance = self._guard.allowance

    def _new_conn(self) -> _Socket:
        """Return a socket to the first address that accepts one.

        Each address gets its share of the time that is left, so that a dead IPv6 address does not eat all of it.
        """
        failure, allowance = OSError("no address"), self._guard.allowance
        for tried, address in enumerate(self._guard.addresses):
            sock = _Socket(socket.AF_INET6 if address.version == 6 else socket.AF_INET, socket.SOCK_STREAM)
            try:
                sock.settimeout(allowance.seconds_left / (len(self._guard.addresses) - tried))
                sock.connect((str(address), self.port))
                sock.settimeout(allowance.seconds_left)
            except OSError as error:
                sock.close()
                failure = error
            else:
                return sock
        raise failure


class _GuardedTls(_Guarded, HTTPSConnection):
    """A connection under TLS to the first of the checked addresses that accepts one.

    The address was chosen by us, the name that the certificate must hold was not.
    """


GuardedPool.ConnectionCls = _Guarded
GuardedTlsPool.ConnectionCls = _GuardedTls


class _Socket(socket.socket):
    """A socket whose reading ends with its allowance: a time-out of each read alone would start anew every time."""

    allowance: Allowance

    def recv_into(self, *args: Any, **kwargs: Any) -> int:
        self.settimeout(self.allowance.seconds_left)
        return self.allowance.take(super().recv_into(*args, **kwargs))


class TlsSocket(ssl.SSLSocket):
    """A socket under TLS whose reading ends with its allowance; the handshake has the time-out of the plain socket."""

    allowance: Allowance

    def recv_into(self, *args: Any, **kwargs: Any) -> int:
        self.settimeout(self.allowance.seconds_left)
        return self.allowance.take(super().recv_into(*args, **kwargs))

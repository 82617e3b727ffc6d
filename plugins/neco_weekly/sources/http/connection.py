"""One HTTP connection to one of some checked addresses, with an end to its time and to its bytes."""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from http.client import HTTPException, HTTPResponse
from typing import Any, cast

from urllib3.connection import HTTPConnection

from .addresses import Address
from .web_address import WebAddress


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


class _HttpResponse(HTTPResponse):
    """The final response, behind the informational ones (1xx, RFC 9110, 15.2); http.client passes over 100 alone."""

    def begin(self) -> None:
        super().begin()
        while self.status < HTTPStatus.OK and self.status != HTTPStatus.SWITCHING_PROTOCOLS:
            vars(self)["headers"] = None  # by which http.client knows that the response has not begun
            super().begin()
        lengths = ",".join(self.headers.get_all("content-length", ()))
        if len({it.strip() for it in lengths.split(",")}) > 1:  # urllib3 refuses that as well, and forgets to close
            raise HTTPException("the answer has several lengths")


class Connection(HTTPConnection):
    """A connection to the first of the checked addresses that accepts one."""

    response_class = _HttpResponse

    def __init__(
        self, address: WebAddress, addresses: Sequence[Address], *, tls: ssl.SSLContext | None, allowance: Allowance
    ) -> None:
        super().__init__(address.host, address.port)
        self._addresses = addresses
        self._tls = tls
        self._allowance = allowance

    def connect(self) -> None:
        sock: _Socket | TlsSocket = self._first_to_answer()
        if self._tls:
            # The address was chosen by us, the name that the certificate must hold was not.
            sock = cast(TlsSocket, self._tls.wrap_socket(sock, server_hostname=self.host))
        sock.allowance = self._allowance
        self.sock = sock

    def _first_to_answer(self) -> _Socket:
        """Return a socket to the first address that accepts one.

        Each address gets its share of the time that is left, so that a dead IPv6 address does not eat all of it.
        """
        failure = OSError("no address")
        for tried, address in enumerate(self._addresses):
            sock = _Socket(socket.AF_INET6 if address.version == 6 else socket.AF_INET, socket.SOCK_STREAM)
            try:
                sock.settimeout(self._allowance.seconds_left / (len(self._addresses) - tried))
                sock.connect((str(address), self.port))
                sock.settimeout(self._allowance.seconds_left)
            except OSError as error:
                sock.close()
                failure = error
            else:
                return sock
        raise failure


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

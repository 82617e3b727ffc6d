"""The addresses of a host, in time: the system's resolver may take minutes, and cannot be stopped."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from threading import Thread

from .addresses import Address

Resolver = Callable[[str, int], Sequence[Address]]

# Answers of the resolver that there is no such host, or none with an address; all others are troubles of its own.
_NO_SUCH_HOST = frozenset(getattr(socket, name) for name in ("EAI_NONAME", "EAI_NODATA") if hasattr(socket, name))


def resolve(host: str, port: int) -> list[Address]:
    """Addresses of a host in the system's order; raises OSError or UnicodeError where it has none."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(ipaddress.ip_address(address[0]) for *_, address in found))


def resolve_in_time(resolve: Resolver, host: str, port: int, *, seconds: float) -> Sequence[Address]:
    """The same, or a TimeoutError (which is an OSError): whoever asks waits no longer, though the resolver may."""
    answer: Future[Sequence[Address]] = Future()

    def ask() -> None:
        try:
            answer.set_result(resolve(host, port))
        except BaseException as error:  # whatever it is, it is for the one who asked
            answer.set_exception(error)

    # No pool: its threads would have to come back before the program can end.
    Thread(target=ask, name=f"lookup of {host}", daemon=True).start()
    return answer.result(timeout=seconds)


def no_such_host(error: Exception) -> bool:
    """Whether the resolver said so, and not that it could not find out."""
    return getattr(error, "errno", None) in _NO_SUCH_HOST

"""The lookup of a host's addresses, in time: the system's resolver may take minutes, and cannot be stopped."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from threading import Thread

from .addresses import Address

Resolver = Callable[[str, int], Sequence[Address]]
"""A function from a host's name and a port to the host's network addresses, as `resolve`."""

# Errors of the resolver that say that there is no such host, or none with an address; all others are its own trouble.
_NO_SUCH_HOST = frozenset(getattr(socket, name) for name in ("EAI_NONAME", "EAI_NODATA") if hasattr(socket, name))


def resolve(host: str, port: int) -> list[Address]:
    """Return the addresses of a host in the order of the system's resolver.

    Raises:
        OSError: the host has no address, or the resolver could not find out.
        UnicodeError: the name is none that DNS can hold.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(ipaddress.ip_address(address[0]) for *_, address in found))


def resolve_in_time(resolve: Resolver, host: str, port: int, *, seconds: float) -> Sequence[Address]:
    """Return the addresses of a host as `resolve` finds them, within `seconds`; the lookup itself may go on after that.

    Raises:
        TimeoutError: the lookup took longer (a TimeoutError is an OSError).
        OSError, UnicodeError: as `resolve`.
    """
    addresses: Future[Sequence[Address]] = Future()

    def ask() -> None:
        try:
            addresses.set_result(resolve(host, port))
        except BaseException as error:  # any error is for the thread that waits
            addresses.set_exception(error)

    # No pool: a pool's threads would have to come back before the program can end.
    Thread(target=ask, name=f"lookup of {host}", daemon=True).start()
    return addresses.result(timeout=seconds)


def no_such_host(error: Exception) -> bool:
    """Whether an error of the resolver says that there is no such host, and not that it could not find out."""
    return getattr(error, "errno", None) in _NO_SUCH_HOST

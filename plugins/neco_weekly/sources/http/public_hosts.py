"""Which addresses are of the public web: they may be named to others, and not only asked by ourselves."""

from __future__ import annotations

import ipaddress
import re
from contextlib import suppress
from urllib.parse import parse_qsl, urlsplit

from ...model.errors import FetchError
from .addresses import WEB_PORTS, is_public
from .lookup import Resolver, resolve, resolve_in_time
from .web_address import WebAddress

_SECONDS = 10.0

# Names that no public DNS holds (RFC 6761, RFC 6762, RFC 8375, RFC 9476, ICANN's `.internal`), or that networks at home
# and at work use in their place.
_PRIVATE_ENDINGS = frozenset(
    "alt corp example home internal intranet invalid lan local localdomain localhost onion private test".split()
) | {"home.arpa"}


# Parameters with which an address opens what others may not see: a signature of a file in a cloud, a session.
_SECRET = re.compile(
    r"(?i:.*(?:token|secret|passw|signature|credential|api[-_]?key|access[-_]?key).*|sig|auth|pwd|sid|sessionid)"
)


def is_public_web(url: str, *, resolver: Resolver = resolve, may_be_gone: bool = False) -> bool:
    """Whether an address is of the public web: no credentials, a web port, a public name, only public addresses.

    Credentials are a user name, a password, and parameters of the query that are named like one. Every network address
    of the host must be public, whatever `--allow-private` lets the fetcher ask. With `may_be_gone` a host that has no
    address any more may have been public; its name must be.
    """
    try:
        address = WebAddress.parse(url)
    except FetchError:
        return False
    query = parse_qsl(urlsplit(url).query, keep_blank_values=True)
    if address.port not in WEB_PORTS or any(_SECRET.fullmatch(name) for name, _ in query):
        return False
    with suppress(ValueError):
        return is_public(ipaddress.ip_address(address.host))
    labels = address.host.rstrip(".").split(".")
    if len(labels) < 2 or {labels[-1], ".".join(labels[-2:])} & _PRIVATE_ENDINGS:
        return False
    try:
        found = resolve_in_time(resolver, address.host, address.port, seconds=_SECONDS)
    except (OSError, UnicodeError):
        return may_be_gone
    return bool(found) and all(map(is_public, found))

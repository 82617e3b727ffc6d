"""Which network addresses may be spoken to: public ones on web ports, and networks that an option named."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
"""A network address, of IPv4 or IPv6."""

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
"""A network, of IPv4 or IPv6."""

WEB_PORTS = frozenset({80, 443})
"""The ports of http and https."""

_NAT64 = ipaddress.ip_network("64:ff9b::/96")

_GLOBAL_UNICAST_6 = ipaddress.ip_network("2000::/3")

# Not globally reachable by the IANA registries, or relays into someone's IPv4 network, yet `is_global` in some of the
# Pythons we run on (CPython issue 113171).
_RELAYS_AND_LATECOMERS = tuple(
    ipaddress.ip_network(network)
    for network in ("192.0.0.0/24", "192.88.99.0/24", "2001::/23", "2002::/16", "3fff::/20")
)

# Public by its number, yet inside a machine of Azure, GitHub's runners among them, the address of that machine's host.
_WIRE_SERVER = ipaddress.ip_address("168.63.129.16")


def may_connect(address: Address, port: int, *, allow_private: Iterable[Network] = ()) -> bool:
    """Whether a network address may be connected to: inside `allow_private` on any port, else public and 80 or 443."""
    plain = _without_mapping(address)
    named = any(address in network or plain in network for network in allow_private)
    return named or (port in WEB_PORTS and is_public(address))


def is_public(address: Address) -> bool:
    """Whether a network address is a host of the public Internet, seen through IPv4-mapped and NAT64 forms.

    The registries are IANA's of special-purpose addresses (RFC 6890).
    """
    plain = _without_mapping(address)
    if plain != address:
        return is_public(plain)
    if isinstance(plain, ipaddress.IPv6Address) and plain not in _GLOBAL_UNICAST_6:
        return False
    if plain.is_multicast or not plain.is_global or plain == _WIRE_SERVER:
        return False
    return not any(plain in network for network in _RELAYS_AND_LATECOMERS)


def _without_mapping(address: Address) -> Address:
    if isinstance(address, ipaddress.IPv6Address):
        if address in _NAT64:
            return ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF)
        return address.ipv4_mapped or address
    return address

"""Which addresses may be connected to."""

from __future__ import annotations

import ipaddress

import pytest
from neco_weekly.sources.http.addresses import may_connect

PUBLIC = ["93.184.216.34", "8.8.8.8", "2606:4700:4700::1111", "::ffff:93.184.216.34", "64:ff9b::5db8:d822"]
NOT_PUBLIC = {
    "loopback": "127.0.0.1",
    "loopback, not the first": "127.8.8.8",
    "loopback 6": "::1",
    "loopback, mapped": "::ffff:127.0.0.1",
    "loopback, compatible": "::7f00:1",
    "loopback through NAT64": "64:ff9b::7f00:1",
    "this host": "0.0.0.0",
    "this host 6": "::",
    "private 10": "10.1.2.3",
    "private 172": "172.16.0.1",
    "private 192": "192.168.1.1",
    "private, mapped": "::ffff:10.0.0.1",
    "link-local, with the metadata of clouds": "169.254.169.254",
    "metadata through NAT64": "64:ff9b::a9fe:a9fe",
    "metadata, mapped": "::ffff:169.254.169.254",
    "metadata of AWS over 6": "fd00:ec2::254",
    "metadata of Alibaba": "100.100.100.200",
    "metadata of Oracle": "192.0.0.192",
    "metadata of Azure, by its number public": "168.63.129.16",
    "the same, mapped": "::ffff:168.63.129.16",
    "link-local 6": "fe80::1",
    "link-local 6 with a zone": "fe80::1%eth0",
    "loopback with a zone": "::1%lo",
    "site-local 6": "fec0::1",
    "unique local 6": "fd00::1",
    "carrier-grade NAT": "100.64.0.1",
    "multicast": "224.0.0.1",
    "multicast 6": "ff02::1",
    "multicast that is global": "ff0e::1",
    "multicast, mapped": "::ffff:224.0.0.1",
    "broadcast": "255.255.255.255",
    "reserved": "240.0.0.1",
    "protocol assignments": "192.0.0.8",
    "6to4 relay": "192.88.99.1",
    "6to4 of a private address": "2002:a00:1::1",
    "6to4 of loopback": "2002:7f00:1::",
    "Teredo": "2001:0:a00:1::1",
    "NAT64 for local use": "64:ff9b:1::a00:1",
    "documentation": "203.0.113.1",
    "documentation 6": "2001:db8::1",
    "documentation 6, new": "3fff::1",
    "segment routing": "5f00::1",
    "benchmarking": "198.18.0.1",
}


@pytest.mark.parametrize("address", PUBLIC)
@pytest.mark.parametrize(("port", "expected"), [(80, True), (443, True), (22, False), (8080, False), (0, False)])
def test_public_addresses_on_web_ports_only(address: str, port: int, expected: bool) -> None:
    assert may_connect(ipaddress.ip_address(address), port) is expected


@pytest.mark.parametrize("address", NOT_PUBLIC.values(), ids=NOT_PUBLIC)
def test_everything_else_is_refused(address: str) -> None:
    assert not may_connect(ipaddress.ip_address(address), 443)


@pytest.mark.parametrize(
    ("network", "address", "expected"),
    [
        ("127.0.0.0/8", "127.0.0.1", True),
        ("127.0.0.0/8", "::ffff:127.0.0.1", True),
        ("::1/128", "::1", True),
        ("fd00::/8", "fd12::1", True),
        ("fe80::/10", "fe80::1%eth0", True),
        ("168.63.129.16/32", "168.63.129.16", True),
        ("10.0.0.0/8", "192.168.1.1", False),
        ("10.0.0.0/8", "fd00::1", False),
    ],
)
def test_named_networks_are_open_on_any_port(network: str, address: str, expected: bool) -> None:
    allowed = (ipaddress.ip_network(network),)
    assert may_connect(ipaddress.ip_address(address), 8080, allow_private=allowed) is expected

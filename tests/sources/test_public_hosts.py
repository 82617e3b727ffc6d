"""Addresses that may be named to others: those of the public web, and nobody's secrets."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Sequence

from neco_weekly.sources.http.addresses import Address
from neco_weekly.sources.http.public_hosts import is_public_web

HOSTS = {
    "blog.neko.jp": ["93.184.215.14"],
    "xn--z7x.jp": ["2606:2800:21f:cb07:6820:80da:af6b:8b2c"],
    "inside.neko.jp": ["10.0.0.7"],
    "both.neko.jp": ["93.184.215.14", "192.168.1.2"],
    "meta.neko.jp": ["169.254.169.254"],
    "nothing.neko.jp": [],
}

PUBLIC = [
    "https://blog.neko.jp/a?b=1#c",
    "http://blog.neko.jp",
    "https://blog.neko.jp:443/",
    "https://猫.jp/",
    "https://8.8.8.8/",
]

ADDRESSES = {
    **dict.fromkeys(PUBLIC, True),
    "https://inside.neko.jp/": False,
    "https://both.neko.jp/": False,
    "https://meta.neko.jp/": False,
    "https://nothing.neko.jp/": False,
    "https://gone.neko.jp/": False,
    "https://blog.neko.jp:8080/": False,
    "https://user:word@blog.neko.jp/": False,
    "https://blog.neko.jp/a?X-Amz-Signature=0a1b": False,
    "https://blog.neko.jp/a?x=1&access_token=0a1b": False,
    "https://blog.neko.jp/a?sig=": False,
    "https://blog.neko.jp/a?design=1&secretary": False,
    "https://blog.neko.jp/a?design=1&signal=2": True,
    "http://127.0.0.1/": False,
    "http://10.1.2.3/": False,
    "http://[::1]/": False,
    "http://[::ffff:10.1.2.3]/": False,
    "http://2130706433/": False,
    "https://localhost/": False,
    "https://intranet/": False,
    "https://wiki.corp/": False,
    "https://wiki.internal./": False,
    "https://printer.local/": False,
    "https://box.home.arpa/": False,
    "https://service.onion/": False,
    "ftp://blog.neko.jp/": False,
    "javascript:alert(1)": False,
    "": False,
}


def resolver(host: str, port: int) -> Sequence[Address]:
    if host not in HOSTS:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
    return [ipaddress.ip_address(it) for it in HOSTS[host]]


def test_what_may_be_named_to_others() -> None:
    assert {url: is_public_web(url, resolver=resolver) for url in ADDRESSES} == ADDRESSES


def test_a_host_that_is_gone_may_have_been_public_and_one_that_is_private_is_so_still() -> None:
    expected = {**ADDRESSES, "https://gone.neko.jp/": True}
    assert {url: is_public_web(url, resolver=resolver, may_be_gone=True) for url in expected} == expected

"""Names that lead into private networks: at once, only the second time, only for pictures or oEmbed.

What the system's resolver says cannot be arranged in a test, so these cases call the fetcher where it takes a resolver.
"""

from __future__ import annotations

import ipaddress
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from neco_weekly.model.cards import PictureKind
from neco_weekly.model.errors import FetchError
from neco_weekly.sources.http import Http
from neco_weekly.sources.http.addresses import Address
from neco_weekly.sources.http.validator_cache import ValidatorCache
from neco_weekly.sources.pages.read import read_page
from neco_weekly.sources.pictures.fetch import fetch_picture

from tests.sources.sites import POLICY, Route, Serve, Site, redirect

PUBLIC = "127.0.0.1"
"""Stands for a public address: the only one that these tests allow."""
LOOPBACK_ALONE = replace(POLICY, allow_private=(ipaddress.ip_network(f"{PUBLIC}/32"),))


class Names:
    """A resolver: to each name its addresses, one request after another, the last ones for ever."""

    def __init__(self, **addresses: Sequence[str]) -> None:
        self._addresses = addresses
        self.asked: Counter[str] = Counter()

    def __call__(self, host: str, _port: int) -> list[Address]:
        name = host.partition(".")[0]
        told = self._addresses[name]
        self.asked[name] += 1
        return [ipaddress.ip_address(told[min(self.asked[name], len(told)) - 1])]


def html(*markup: str) -> Route:
    return (200, {"Content-Type": "text/html"}, "".join(markup).encode())


@pytest.fixture
def site(serve: Serve) -> Site:
    """One server behind all names."""
    routes: dict[str, Route] = {}
    opened = serve(routes)
    inner = f"http://inner.example:{opened.port}"
    routes |= {
        "/": html("<title>A title</title>"),
        "/redirect": redirect(inner),
        "/redirect-to-itself": redirect("/"),
        "/refresh": html(f"<meta http-equiv=refresh content='0; url={inner}/'>"),
        "/oembed": html(f"<title>A title</title><link rel=alternate type=application/json+oembed href={inner}/x>"),
    }
    return opened


def asked(site: Site) -> list[str]:
    return [it.path for it in site.asked]


@pytest.mark.parametrize("address", ["127.0.0.2", "10.0.0.1", "169.254.169.254", "::1", "::ffff:10.0.0.1", "fd00::1"])
def test_a_name_of_a_private_address_is_not_asked(address: str, site: Site) -> None:
    http = Http(LOOPBACK_ALONE, resolve=Names(page=[address]))
    with pytest.raises(FetchError, match="is refused") as caught:
        read_page(f"http://page.example:{site.port}/", http.get)
    assert (caught.value.code, site.asked) == ("private-address", [])


@pytest.mark.parametrize("path", ["/redirect", "/refresh"])
def test_a_name_that_a_page_leads_to_is_looked_up_too(path: str, site: Site) -> None:
    http = Http(LOOPBACK_ALONE, resolve=Names(page=[PUBLIC], inner=["10.0.0.1"]))
    with pytest.raises(FetchError, match=r"inner\.example.* is refused: 10\.0\.0\.1 "):
        read_page(f"http://page.example:{site.port}{path}", http.get)
    assert asked(site) == [path]


def test_a_name_of_oembed_is_looked_up_too(site: Site) -> None:
    http = Http(LOOPBACK_ALONE, resolve=Names(page=[PUBLIC], inner=["10.0.0.1"]))
    read = read_page(f"http://page.example:{site.port}/oembed", http.get)
    assert read.title.value == "A title"
    assert "is refused: 10.0.0.1 " in read.problems[0]
    assert asked(site) == ["/oembed"]


@pytest.mark.parametrize("kind", ["image", "icon"])
def test_a_name_of_a_picture_is_looked_up_too(kind: PictureKind, site: Site, tmp_path: Path) -> None:
    answers = ValidatorCache(Http(LOOPBACK_ALONE, resolve=Names(inner=["10.0.0.1"])).get, tmp_path)
    with pytest.raises(FetchError, match=r"is refused: 10\.0\.0\.1 "):
        fetch_picture(f"http://inner.example:{site.port}/x.png", kind, answers)
    assert site.asked == []


def test_a_name_that_changes_its_mind_is_checked_anew_with_each_hop(site: Site) -> None:
    """The first answer is public, so that a check passes, the second is what a careless client would connect to."""
    names = Names(page=[PUBLIC, "10.0.0.1"])
    with pytest.raises(FetchError, match=r"is refused: 10\.0\.0\.1 "):
        Http(LOOPBACK_ALONE, resolve=names).get(f"http://page.example:{site.port}/redirect-to-itself")
    assert asked(site) == ["/redirect-to-itself"]


def test_a_name_is_looked_up_once_for_each_connection(site: Site) -> None:
    names = Names(page=[PUBLIC, "10.0.0.1"])
    assert (
        read_page(f"http://page.example:{site.port}/", Http(LOOPBACK_ALONE, resolve=names).get).title.value == "A title"
    )
    assert names.asked == {"page": 1}


def test_an_attempt_after_a_failure_is_checked_anew(serve: Serve) -> None:
    site = serve({"/": (503, {}, b"")})
    names = Names(page=[PUBLIC, "10.0.0.1"])
    with pytest.raises(FetchError, match=r"is refused: 10\.0\.0\.1 "):
        Http(replace(LOOPBACK_ALONE, retries=2), resolve=names).get(f"http://page.example:{site.port}/")
    assert len(site.asked) == 1

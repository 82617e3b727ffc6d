"""Pages that lead elsewhere: in circles, into networks that were not named, to addresses that are none.

Only 127.0.0.2 is named by `--allow-private`. On 127.0.0.1 waits a site that nobody may ask.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pytest

from tests.hosts.test_cli_cards import picture
from tests.sources.sites import Route, Site, endless, redirect

from .runs import Case, Run, raw, refresh_cases, routes, slug

INNER = "http://INNER"
"""Stands in a route for the site that nobody may ask."""

IMAGE: Route = (200, {}, picture("tan", (64, 64)))


def html(*markup: str, title: str = "A title") -> Route:
    return (200, {"Content-Type": "text/html"}, f"<title>{title}</title>{''.join(markup)}".encode())


def meta_refresh(address: str) -> Route:
    return (200, {"Content-Type": "text/html"}, f"<meta http-equiv=refresh content='0; url={address}'>".encode())


def oembed(address: str) -> Route:
    return html(f"<link rel=alternate type=application/json+oembed href='{address}'>")


def answer(**fields: object) -> Route:
    return (200, {"Content-Type": "application/json"}, json.dumps({"version": "1.0", **fields}).encode())


def chain(length: int, end: Route) -> dict[str, Route]:
    """Redirects from /1 on, and what they lead to."""
    links: dict[str, Route] = {f"/{it}": redirect(str(it + 1)) for it in range(1, length)}
    return {**links, f"/{length}": end}


REFUSED = {
    "to the metadata of a cloud": "http://169.254.169.254/latest/meta-data/",
    "to metadata over IPv6": "http://[fd00:ec2::254]/",
    "to metadata of Azure": "http://168.63.129.16/machine",
    "to loopback that was not named": f"{INNER}/secret",
    "to loopback without its scheme": f"//{INNER.removeprefix('http://')}/secret",
    "to loopback as a number": f"{INNER}/secret".replace("INNER", "INNER-AS-A-NUMBER"),
    "to loopback in hexadecimal": f"{INNER}/secret".replace("INNER", "INNER-IN-HEXADECIMAL"),
    "to loopback in octal": f"{INNER}/secret".replace("INNER", "INNER-IN-OCTAL"),
    "to loopback in short": f"{INNER}/secret".replace("INNER", "INNER-IN-SHORT"),
    "to loopback, mapped": f"{INNER}/secret".replace("INNER", "INNER-MAPPED"),
    "to localhost": f"{INNER}/secret".replace("INNER", "INNER-BY-NAME"),
    "to loopback over IPv6": "http://[::1]/",
    "to this host": "http://0.0.0.0/",
    "to a private network": "http://10.0.0.1/",
    "to a private network through NAT64": "http://[64:ff9b::a00:1]/",
    "to another port of the public": "http://93.184.216.34:22/",
}
NO_ADDRESSES = {
    "to a file": "file:///etc/passwd",
    "to gopher": "gopher://127.0.0.2:70/_GET",
    "to FTP": "ftp://127.0.0.2/x",
    "to a script": "javascript:alert(1)",
    "to data": "data:text/html,<title>A title</title>",
    "to a link-local address with a zone": "http://[fe80::1%25eth0]/",
    "to a password": "http://me:s3cret@127.0.0.2/",
    "to half an address": "http://[",
    "to an unknown scheme in capitals": "SMB://127.0.0.2/share",
}
FAILURES = {
    "a redirect to itself": Case(page=redirect("a-redirect-to-itself"), code="redirects"),
    "a loop of two": Case(
        page=redirect("a-loop-of-two/b"), routes={"/b": redirect("../a-loop-of-two")}, code="redirects"
    ),
    "a chain of six redirects": Case(
        page=redirect("a-chain-of-six-redirects/1"), routes=chain(6, html()), code="redirects"
    ),
    "a loop of pages": Case(
        page=meta_refresh("a-loop-of-pages/b"), routes={"/b": meta_refresh("../a-loop-of-pages")}, code="redirects"
    ),
    "a page that leads to the metadata of a cloud": Case(
        page=meta_refresh("http://169.254.169.254/"), code="private-address"
    ),
    "a page that leads to loopback that was not named": Case(
        page=meta_refresh(f"{INNER}/secret"), code="private-address"
    ),
    **{f"a redirect {to}": Case(page=redirect(it), code="private-address") for to, it in REFUSED.items()},
    **{f"a redirect {to}": Case(page=redirect(it), code="address") for to, it in NO_ADDRESSES.items()},
}
CLEAN = {
    "a chain of five redirects": Case(page=redirect("a-chain-of-five-redirects/1"), routes=chain(5, html())),
    "a page that leads to a file": Case(
        page=html("<meta http-equiv=refresh content='0; url=file:///etc/passwd'>"),
    ),
    "another header in a redirect": Case(
        page=raw(b"HTTP/1.1 302 Found\r\nLocation: another-header-in-a-redirect/b\r X-Evil: 1\r\n\r\n"),
        routes={"/b%20X-Evil:%201": html(), "/b": html()},
    ),
    "an image in the metadata of a cloud": Case(
        page=html("<meta property=og:image content=http://169.254.169.254/latest/user-data>"),
        notes=("its image is not kept", "is refused"),
    ),
    "an image on loopback that was not named": Case(
        page=html(f"<meta property=og:image content={INNER}/image.png>"), notes=("its image is not kept", "is refused")
    ),
    "an image that redirects to loopback": Case(
        page=html("<meta property=og:image content=an-image-that-redirects-to-loopback/image.png>"),
        routes={"/image.png": redirect(f"{INNER}/image.png")},
        notes=("its image is not kept", "is refused"),
    ),
    "an image from a file": Case(page=html("<meta property=og:image content=file:///etc/passwd>")),
    "a base on loopback that was not named": Case(
        page=html(f"<base href={INNER}/><meta property=og:image content=image.png>"),
        notes=("its image is not kept", "is refused"),
    ),
    "an icon on loopback that was not named": Case(page=html(f"<link rel=icon href={INNER}/icon.png>")),
    "an icon that redirects to the metadata of a cloud": Case(
        page=html("<link rel=icon href=an-icon-that-redirects-to-the-metadata-of-a-cloud/icon.png>"),
        routes={"/icon.png": redirect("http://169.254.169.254/")},
    ),
    "a canonical address on loopback": Case(
        page=html(f"<link rel=canonical href={INNER}/secret><meta property=og:url content={INNER}/secret>")
    ),
    "oEmbed on loopback that was not named": Case(page=oembed(f"{INNER}/oembed"), notes=("is refused",)),
    "oEmbed that redirects to loopback": Case(
        page=oembed("oEmbed-that-redirects-to-loopback/oembed"),
        routes={"/oembed": redirect(f"{INNER}/oembed")},
        notes=("is refused",),
    ),
    "oEmbed that is the page": Case(page=oembed("oEmbed-that-is-the-page"), notes=("names itself",)),
    "oEmbed that redirects to the page": Case(
        page=oembed("oEmbed-that-redirects-to-the-page/oembed"),
        routes={"/oembed": redirect("../oEmbed-that-redirects-to-the-page")},
        notes=("gave no oEmbed answer",),
    ),
    "oEmbed in a loop": Case(
        page=oembed("oEmbed-in-a-loop/oembed"),
        routes={"/oembed": redirect("oembed")},
        notes=("redirects more than 5 times",),
    ),
    "oEmbed whose image is itself": Case(
        page=oembed("oEmbed-whose-image-is-itself/oembed"),
        routes={"/oembed": answer(type="photo", title="Evil", url="oembed")},
        notes=("points back to itself",),
    ),
    "oEmbed whose image is on loopback": Case(
        page=oembed("oEmbed-whose-image-is-on-loopback/oembed"),
        routes={"/oembed": answer(type="link", title="A title", thumbnail_url=f"{INNER}/image.png")},
        notes=("its image is not kept", "is refused"),
    ),
    "oEmbed without end": Case(
        page=oembed("oEmbed-without-end/oembed"), routes={"/oembed": endless}, notes=("gave no oEmbed answer",)
    ),
    "oEmbed that is deep": Case(
        page=oembed("oEmbed-that-is-deep/oembed"),
        routes={"/oembed": (200, {}, b'{"title":' + b"[" * 400_000)},
        notes=("gave no oEmbed answer",),
    ),
    "oEmbed with a program": Case(
        page=oembed("oEmbed-with-a-program/oembed"),
        routes={
            "/oembed": answer(
                type="rich", title="A title", html="<script>alert(1)</script>", thumbnail_url="javascript:alert(1)"
            )
        },
    ),
    "an image from the network that was named": Case(
        page=html("<meta property=og:image content=an-image-from-the-network-that-was-named/image.png>"),
        routes={"/image.png": IMAGE},
        image=True,
    ),
}
CASES = {**FAILURES, **CLEAN}


@dataclass(frozen=True)
class Sites:
    """The outer one, whose network was named, and the one on loopback."""

    outer: Site
    inner: Site


@pytest.fixture(scope="module")
def sites() -> Iterator[Sites]:
    inner = Site(
        {"/secret": html(title="Secret"), "/image.png": IMAGE, "/icon.png": IMAGE, "/oembed": answer(title="x")}
    )
    where = {
        "INNER-AS-A-NUMBER": f"2130706433:{inner.port}",
        "INNER-IN-HEXADECIMAL": f"0x7f.1:{inner.port}",
        "INNER-IN-OCTAL": f"0177.0.0.01:{inner.port}",
        "INNER-IN-SHORT": f"127.1:{inner.port}",
        "INNER-MAPPED": f"[::ffff:127.0.0.1]:{inner.port}",
        "INNER-BY-NAME": f"localhost:{inner.port}",
        "INNER": f"127.0.0.1:{inner.port}",
    }
    outer = Site({path: told(route, where) for path, route in routes(CASES).items()}, host="127.0.0.2")
    yield Sites(outer, inner)
    outer.close()
    inner.close()


def told(route: Route, where: Mapping[str, str]) -> Route:
    """The route, with what stands for the inner site replaced by its address."""
    if callable(route):
        return route
    status, headers, body = route
    for name, address in where.items():
        headers = {key: value.replace(name, address) for key, value in headers.items()}
        body = body.replace(name.encode(), address.encode())
    return status, headers, body


@pytest.fixture(scope="module")
def run(sites: Sites, tmp_path_factory: pytest.TempPathFactory) -> Run:
    return refresh_cases(tmp_path_factory.mktemp("hostile"), sites.outer.url, CASES, private="127.0.0.2/32")


@pytest.mark.parametrize("name", FAILURES)
def test_ends_as_a_counted_failure(name: str, run: Run, sites: Sites) -> None:
    run.expect_failure(f"{sites.outer.url}/{slug(name)}", FAILURES[name])


@pytest.mark.parametrize("name", CLEAN)
def test_ends_as_a_clean_card(name: str, run: Run, sites: Sites) -> None:
    run.expect_card(f"{sites.outer.url}/{slug(name)}", CLEAN[name])


@pytest.mark.usefixtures("run")
def test_nobody_asked_the_site_whose_network_was_not_named(sites: Sites) -> None:
    assert sites.inner.asked == []


@pytest.mark.usefixtures("run")
def test_no_header_was_smuggled_in(sites: Sites) -> None:
    assert len(sites.outer.asked) > len(CASES)
    assert not [asked for asked in sites.outer.asked if "x-evil" in asked.headers]


def test_no_password_is_printed(run: Run) -> None:
    assert "s3cret" not in run.out + run.error
    assert "s3cret" not in json.dumps(run.written)

"""Addresses of images and icons -> small pictures, from real answers on loopback."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest
from neco_weekly.model.cards import PictureKind
from neco_weekly.model.errors import FetchError
from neco_weekly.sources.http import Http, Policy
from neco_weekly.sources.http.validator_cache import ValidatorCache
from neco_weekly.sources.pictures.drawn_files import PictureError
from neco_weekly.sources.pictures.fetch import fetch_picture
from neco_weekly.sources.pictures.thumbnail import kept_picture
from PIL import Image

from tests.pdfs import RED, pdf

from .clock import Clock
from .sites import POLICY, Route, Serve, drip, redirect


def png(side: int = 64) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (side, side), "tan").save(file, "PNG")
    return file.getvalue()


def fetching(folder: Path, policy: Policy = POLICY) -> ValidatorCache:
    return ValidatorCache(Http(policy).get, folder)


@pytest.mark.parametrize(("kind", "name", "size"), [("image", "webp", (64, 64)), ("icon", "png", (32, 32))])
@pytest.mark.parametrize("content_type", ["image/png", "text/html", "application/octet-stream", ""])
def test_what_it_is_follows_from_its_content(
    kind: PictureKind, name: str, size: tuple[int, int], content_type: str, serve: Serve, tmp_path: Path
) -> None:
    site = serve({"/": (200, {"Content-Type": content_type}, png())})
    picture = fetch_picture(site.url, kind, fetching(tmp_path))
    assert (picture.name.rpartition(".")[2], (picture.width, picture.height)) == (name, size)
    assert site.asked[0].headers["accept"].startswith("image/")


def test_an_unchanged_picture_is_the_small_one_of_before(serve: Serve, tmp_path: Path) -> None:
    routes: dict[str, Route] = {"/": (200, {"ETag": '"one"'}, png())}
    site = serve(routes)
    before = fetch_picture(site.url, "image", fetching(tmp_path))
    routes["/"] = (304, {}, b"")
    assert fetch_picture(site.url, "image", fetching(tmp_path)) == before
    assert site.asked[1].headers["if-none-match"] == '"one"'


def test_an_image_and_an_icon_of_one_address_are_two_pictures(serve: Serve, tmp_path: Path) -> None:
    site = serve({"/": (200, {"ETag": '"one"'}, png())})
    answers = fetching(tmp_path)
    image, icon = fetch_picture(site.url, "image", answers), fetch_picture(site.url, "icon", answers)
    assert (image.width, icon.width) == (64, 32)
    assert [asked.headers.get("if-none-match") for asked in site.asked] == [None, None]


def test_a_pdf_may_be_longer_than_a_picture_for_cards_of_either_size(serve: Serve, tmp_path: Path) -> None:
    body = pdf(draws=RED + b" %" + b"x" * 3_000_000)
    site = serve({"/": (200, {}, body)})
    widths: dict[PictureKind, int] = {"image": 480, "large": 1200}
    assert {kind: fetch_picture(site.url, kind, fetching(tmp_path)).width for kind in widths} == widths


@pytest.mark.parametrize(("kind", "limit"), [("image", "3,000,000"), ("icon", "1,000,000")])
def test_one_that_is_too_long_is_refused(kind: PictureKind, limit: str, serve: Serve, tmp_path: Path) -> None:
    body = png() + bytes(int(limit.replace(",", "")) - len(png()))
    site = serve({"/whole": (200, {}, body), "/": (200, {"ETag": '"one"'}, body + b"\0")})
    assert fetch_picture(f"{site.url}/whole", kind, fetching(tmp_path)).width
    with pytest.raises(FetchError, match=f"^{site.url}: it has more than {limit} bytes$") as caught:
        fetch_picture(site.url, kind, fetching(tmp_path))
    assert caught.value.code == "too-long"
    assert list(tmp_path.iterdir()) == []


def test_one_that_drips_is_refused(serve: Serve, tmp_path: Path, clock: Clock) -> None:
    clock.tick = 1
    site = serve({"/": drip(b"HTTP/1.0 200 OK\r\n\r\n" + png(), b".")})
    with pytest.raises(FetchError, match=f"^{site.url}: it took too long$") as caught:
        fetch_picture(site.url, "image", fetching(tmp_path, replace(POLICY, timeout=40)))
    assert caught.value.code == "timeout"


def test_a_web_page_is_called_one_however_it_ended(serve: Serve, tmp_path: Path, clock: Clock) -> None:
    """Not a picture that took too long, after which no other candidate would be tried."""
    page = b"\n<!doctype html><html><head><title>x</title></head><body><p>Text"
    pages: dict[str, Route] = {
        "/off": (200, {"Content-Length": "9999"}, page),
        "/late": drip(b"HTTP/1.0 200 OK\r\n\r\n" + page, b"."),
        "/long": (200, {}, page + b" " * 3_000_001),
        "/ended": (200, {"Content-Length": "9999"}, page + b"</body></html>"),
    }
    site, told = serve(pages), {}
    for path in pages:
        clock.tick = int(path == "/late")
        with pytest.raises(FetchError) as caught:
            fetch_picture(f"{site.url}{path}", "image", fetching(tmp_path, replace(POLICY, timeout=40)))
        told[path] = (caught.value.code, str(caught.value))
    assert told == {path: ("no-picture", f"{site.url}{path}: this is no picture but a web page") for path in pages}


@pytest.mark.parametrize("kind", ["image", "icon"])
@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "transparent everywhere"),
        (b"<!doctype html><title>Not found</title>", "this is no .* picture"),
        (b"", "this is no .* picture"),
        (png()[:80], "damaged"),
    ],
)
def test_what_is_no_picture_is_refused_with_its_address(
    kind: PictureKind, body: bytes, reason: str, serve: Serve, tmp_path: Path
) -> None:
    site = serve({"/": (200, {"Content-Type": "image/png", "ETag": '"one"'}, body)})
    with pytest.raises(PictureError, match=f"^{site.url}: .*{reason}") as caught:
        fetch_picture(site.url, kind, fetching(tmp_path))
    assert caught.value.code == "no-picture"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("target", ["http://169.254.169.254/x.png", "http://10.0.0.1/", "http://[::1]/", "file:///x"])
def test_a_picture_leads_into_no_private_network(target: str, serve: Serve, tmp_path: Path) -> None:
    site = serve({"/": redirect(target)})
    for address in (site.url, target):
        with pytest.raises(FetchError) as caught:
            fetch_picture(address, "image", fetching(tmp_path))
        assert caught.value.code in ("private-address", "address")


@pytest.mark.parametrize("content", [b"", b"<script>alert(1)</script>", png()[:20]])
def test_what_was_kept_of_a_picture_may_be_damaged(content: bytes) -> None:
    with pytest.raises(PictureError, match="is damaged"):
        kept_picture(content)

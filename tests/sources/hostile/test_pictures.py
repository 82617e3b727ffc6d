"""Images and icons that mean harm: bombs, files that are two things at once, programs that call themselves pictures."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from PIL import Image

from tests.sources.sites import Site
from tests.sources.test_thumbnail import BOMBS, png, png_chunk

from .runs import Case, Later, Run, slug

PROGRAM = b"<script>alert(1)</script>"
Body = bytes | Callable[[], bytes]


def saved(written: str, **options: Any) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (64, 64), "tan").save(file, written, **options)
    return file.getvalue()


def sent(body: Body, content_type: str) -> Later:
    return Later(lambda: (200, {"Content-Type": content_type}, body if isinstance(body, bytes) else body()))


def image(name: str, body: Body, *, kept: bool = False) -> Case:
    """A page whose image is such a body."""
    markup = f"<title>A title</title><meta property=og:image content='{slug(name)}/picture.png'>"
    return Case(
        page=(200, {"Content-Type": "text/html"}, markup.encode()),
        routes={"/picture.png": sent(body, "image/png")},
        image=kept,
        notes=() if kept else ("its image is not kept",),
    )


def icon(name: str, body: Body, *, kept: bool = False) -> Case:
    """A page whose icon is such a body; one that is none is no loss, and no news."""
    markup = f"<title>A title</title><link rel=icon href='{slug(name)}/icon.ico'>"
    return Case(
        page=(200, {"Content-Type": "text/html"}, markup.encode()),
        routes={"/icon.ico": sent(body, "image/x-icon")},
        icon=kept,
    )


PNG = png(64, 64, zlib.compress((b"\0" + bytes(192)) * 64), png_chunk(b"tEXt", b"Comment\0" + PROGRAM))
REFUSED = {
    "an SVG that is called PNG": b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
    "a GIF that is JavaScript": b"GIF89a/*" + bytes(5) + b"*/=1;alert(1)//",
    "HTML with the sign of a PNG": b"\x89PNG\r\n\x1a\n<html>" + PROGRAM,
    "a PDF with a JPEG inside": b"%PDF-1.7\n" + saved("JPEG"),
    "PostScript": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 64 64\n(/etc/passwd) run\n%%EOF",
    "a web page": b"<!doctype html>" + PROGRAM,
    "gzip": b"\x1f\x8b\x08" + bytes(99),
    "nothing": b"",
}
BOTH = {
    "a PNG with a program in its text": PNG,
    "a PNG with HTML behind it": PNG + b"<html>" + PROGRAM,
    "a JPEG with a program in its comment": saved("JPEG", comment=PROGRAM),
    "a JPEG with a ZIP behind it": saved("JPEG") + b"PK\x03\x04" + PROGRAM + b"PK\x05\x06" + bytes(18),
    "a GIF with PHP behind it": saved("GIF") + b"<?php alert(1) ?>" + PROGRAM,
    "a WebP with a program in its XMP": saved("WEBP", xmp=PROGRAM),
}
UNREADABLE: dict[str, Body] = {**{name: partial(BOMBS.__getitem__, name) for name in BOMBS}, **REFUSED}
LEFT_OUT = {
    **{f"image: {name}": image(f"image: {name}", body) for name, body in UNREADABLE.items()},
    **{f"icon: {name}": icon(f"icon: {name}", body) for name, body in UNREADABLE.items()},
    "image: longer than any": image("image: longer than any", lambda: PNG + bytes(3_000_000)),
}
KEPT = {
    **{f"image: {name}": image(f"image: {name}", body, kept=True) for name, body in BOTH.items()},
    **{f"icon: {name}": icon(f"icon: {name}", body, kept=True) for name, body in BOTH.items()},
}
CASES = {**LEFT_OUT, **KEPT}


@pytest.mark.parametrize("name", CASES)
def test_ends_as_a_clean_card(name: str, run: Run, site: Site) -> None:
    run.expect_card(f"{site.url}/{slug(name)}", CASES[name])


def test_of_a_picture_nothing_but_its_pixels_is_kept(run: Run) -> None:
    kept = list((run.folder.docs / "assets/cards").iterdir())
    assert {it.suffix for it in kept} == {".webp", ".png"}
    for file in kept:
        assert b"alert" not in file.read_bytes()
        with Image.open(file) as picture:
            assert max(picture.size) <= 64
            assert not picture.info.keys() & {"comment", "exif", "xmp", "Comment", "icc_profile"}

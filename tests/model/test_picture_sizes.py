"""Sizes of pictures from the beginnings of files, as browsers draw them; whatever else is there has none."""

from __future__ import annotations

import io
import random
import struct
from typing import Any

import pytest
from neco_weekly.model.picture_sizes import picture_size
from PIL import Image

from tests.pictures import drawn


def size_of(content: bytes) -> tuple[int, int] | None:
    return picture_size(io.BytesIO(content))


def turned(orientation: int) -> Image.Exif:
    exif = Image.Exif()
    exif[0x0112] = orientation
    return exif


@pytest.mark.parametrize(
    ("written", "options"),
    [
        pytest.param("PNG", {}, id="PNG"),
        pytest.param("GIF", {}, id="GIF"),
        pytest.param("JPEG", {}, id="JPEG"),
        pytest.param("JPEG", {"progressive": True}, id="progressive JPEG"),
        pytest.param("JPEG", {"icc_profile": bytes(300_000)}, id="JPEG behind a long colour profile"),
        pytest.param("JPEG", {"comment": b"\xff\xc0" * 99}, id="JPEG with another frame in its comment"),
        pytest.param("WEBP", {}, id="WebP"),
        pytest.param("WEBP", {"lossless": True}, id="lossless WebP"),
        pytest.param("WEBP", {"exif": b"Exif\0\0"}, id="extended WebP"),
        pytest.param("AVIF", {}, id="AVIF"),
    ],
)
def test_every_format(written: str, options: dict[str, Any]) -> None:
    for size in ((1200, 630), (33, 1007), (1, 1)):
        assert size_of(drawn(*size, written, **options)) == size


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("order", ["little", "big"])
def test_a_photo_that_lies_on_its_side_is_as_wide_as_it_is_shown(orientation: int, order: str) -> None:
    exif = turned(orientation).tobytes()
    if order == "big":
        tiff = struct.pack(">2sHIHHHIHHI", b"MM", 42, 8, 1, 0x0112, 3, 1, orientation, 0, 0)
        exif = b"Exif\0\0" + tiff
    shown = (80, 100) if orientation > 4 else (100, 80)
    assert size_of(drawn(100, 80, "JPEG", exif=exif)) == shown


@pytest.mark.parametrize(
    ("attributes", "size"),
    [
        ("width='300' height='200'", (300, 200)),
        ('width="300px" height="199.6px" viewBox="0 0 3 2"', (300, 200)),
        ("width='300' viewBox='0 0 3 2'", (300, 200)),
        ("height='200' viewBox='-1 -1 3 2'", (300, 200)),
        ("viewBox='0 0 3 2'", None),
        ("width='100%' viewBox='0 0 3 2'", None),
        ("width='20em' height='10em'", None),
        ("width='300' height='100%' viewBox='0 0 3 2'", None),
        ("width='300' viewBox='0 0 0 2'", None),
        (f"width='300' viewBox='0 0 1 {'9' * 400}'", None),
        (f"height='300' viewBox='0 0 {'9' * 400} 1'", None),
        ("stroke-width='3' line-height='4'", None),
        ("", None),
    ],
)
def test_an_svg(attributes: str, size: tuple[int, int] | None) -> None:
    svg = f"\ufeff<?xml version='1.0'?>\n<!-- 猫 -->\n<svg xmlns='http://www.w3.org/2000/svg' {attributes}><g/></svg>"
    assert size_of(svg.encode()) == size


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"<!doctype html><p width=3 height=4>", id="a page"),
        pytest.param(b"%PDF-1.7", id="a PDF"),
        pytest.param(bytes(99), id="zeros"),
        pytest.param(b"\xff\xd8" + b"\xff\xe0\0\2" * 999, id="a JPEG of segments without end"),
        pytest.param(b"\xff\xd8\0\0\0\0\0", id="a JPEG without segments"),
        pytest.param(b"\xff\xd8\xff\xe1\xff\xffExif\0\0MM\0\x2a\xff\xff\xff\xff", id="Exif that points nowhere"),
        pytest.param(drawn(9, 9)[:16] + bytes(8), id="a PNG of no pixels"),
        pytest.param(b"\0\0\0\x1cftypavif" + bytes(99), id="an AVIF without a size"),
        pytest.param(b"RIFF\0\0\0\0WEBPALPH" + bytes(30), id="a WebP that begins otherwise"),
    ],
)
def test_what_has_no_size(content: bytes) -> None:
    assert size_of(content) is None


@pytest.mark.parametrize("written", ["PNG", "GIF", "JPEG", "WEBP", "AVIF"])
def test_damage_raises_nothing(written: str) -> None:
    whole, chance = drawn(40, 30, written), random.Random(1)
    for length in range(min(len(whole), 200)):
        size_of(whole[:length])
    for _ in range(300):
        damaged = bytearray(whole)
        for _ in range(3):
            damaged[chance.randrange(min(len(damaged), 400))] = chance.randrange(256)
        size_of(bytes(damaged))

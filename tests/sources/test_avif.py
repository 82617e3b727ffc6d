"""What an AVIF holds, read before anything is decoded."""

from __future__ import annotations

import io
import struct
from typing import Any

import pytest
from neco_weekly.sources.pictures.avif import coded_sizes, still_only
from PIL import Image


def avif(width: int = 100, height: int = 60, mode: str = "RGB", **options: Any) -> bytes:
    file = io.BytesIO()
    Image.linear_gradient("L").resize((width, height)).convert(mode).save(file, "AVIF", speed=10, **options)
    return file.getvalue()


def film() -> bytes:
    return avif(save_all=True, append_images=[Image.new("RGB", (100, 60), shade) for shade in ("red", "blue")])


def clear(width: int, height: int) -> bytes:
    picture = Image.new("RGBA", (width, height), (1, 2, 3, 4))
    file = io.BytesIO()
    picture.save(file, "AVIF", speed=10)
    return file.getvalue()


def changed(body: bytes, box: bytes, offset: int, content: bytes) -> bytes:
    """The file with other bytes at some place behind the name of a box."""
    place = body.index(box) + len(box) + offset
    return body[:place] + content + body[place + len(content) :]


@pytest.mark.parametrize(
    ("body", "sizes"),
    [
        pytest.param(avif(), [(100, 60)], id="one picture"),
        pytest.param(avif(1, 1), [(1, 1)], id="the smallest"),
        pytest.param(avif(4000, 300), [(4000, 300)], id="wide"),
        pytest.param(avif(301, 407, mode="L"), [(301, 407)], id="grey, odd"),
        pytest.param(avif(subsampling="4:4:4", quality=100), [(100, 60)], id="whole colours"),
        pytest.param(avif(600, 400, tile_rows=1, tile_cols=1, autotiling=False), [(600, 400)], id="tiles inside AV1"),
        pytest.param(clear(100, 60), [(100, 60), (100, 60)], id="with transparency"),
        pytest.param(avif(exif=Image.Exif().tobytes(), xmp=b"<x/>"), [(100, 60)], id="metadata are no pictures"),
        pytest.param(changed(avif(), b"ispe", 4, struct.pack(">II", 9, 9)), [(100, 60)], id="the container lies"),
        pytest.param(film(), [(128, 64)], id="a film's first frame may be as large as its number of bits"),
    ],
)
def test_sizes(body: bytes, sizes: list[tuple[int, int]]) -> None:
    assert list(coded_sizes(body)) == sizes


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(avif()[:-1], id="cut off"),
        pytest.param(avif()[:44], id="no items"),
        pytest.param(avif() + avif()[32:], id="two lists of items"),
        pytest.param(changed(avif(), b"iloc", 0, b"\x01"), id="places of another version"),
        pytest.param(changed(avif(), b"iloc", 12, b"\0\2"), id="in two pieces"),
        pytest.param(changed(avif(), b"iloc", 14, b"\xff" * 4), id="behind the end"),
        pytest.param(changed(avif(), b"infe", 0, b"\1"), id="items of an old form"),
        pytest.param(changed(avif(), b"iinf", -8, b"\0\0\0\1"), id="a box smaller than its own beginning"),
        pytest.param(changed(avif(), b"mdat", 0, b"\x08"), id="a unit without its size"),
        pytest.param(changed(avif(), b"mdat", 1, b"\xff" * 9), id="a size without an end"),
        pytest.param(changed(avif(), b"mdat", 0, b"\x32"), id="no sequence header"),
    ],
)
def test_forms_that_are_not_trusted(body: bytes) -> None:
    with pytest.raises((ValueError, IndexError)):
        list(coded_sizes(body))


def test_two_frames_in_one_picture_are_not_trusted() -> None:
    """Hidden frames would stay in memory until the shown one."""
    body = avif()
    start, length = struct.unpack_from(">II", body, body.index(b"iloc") + 4 + 14)
    units = body[start : start + length]
    more = b"".join([body, struct.pack(">I4s", 8 + 2 * length, b"mdat"), units, units])
    twice = changed(more, b"iloc", 14, struct.pack(">II", len(body) + 8, 2 * length))
    with pytest.raises(ValueError, match="not one frame"):
        list(coded_sizes(twice))


def test_the_still_of_a_film_decodes_alone() -> None:
    still = still_only(film())
    assert b"moov" not in still
    picture = Image.open(io.BytesIO(still))
    assert (getattr(picture, "n_frames", 0), picture.size) == (1, (100, 60))
    picture.load()


def test_a_still_is_left_as_it_is() -> None:
    assert still_only(avif()) == avif()

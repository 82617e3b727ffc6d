"""Pictures of issues: large enough to be read, short enough to be kept, and stills."""

from __future__ import annotations

import random

import pytest
from neco_weekly.hosts.publish.pictures import LARGEST
from neco_weekly.lock.pictures import Picture
from neco_weekly.sources.pictures.drawn_files import PictureError
from neco_weekly.sources.pictures.thumbnail import LONGEST_PICTURE, read_picture
from PIL import Image, ImageChops, ImageStat

from tests.pictures import drawn

from .test_thumbnail import BLUE, RED, corners, decoded, photo, plain, saved


def kept(body: bytes) -> Picture:
    return read_picture(body, kind="picture")


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        pytest.param((400, 300), (400, 300), id="small ones are not enlarged"),
        pytest.param((1600, 900), (1600, 900), id="as wide as may be"),
        pytest.param((3200, 1800), (1600, 900), id="a screen with small pixels"),
        pytest.param((800, 3000), (800, 3000), id="a long page stays to be read"),
        pytest.param((1000, 8000), (565, 4525), id="a very long page"),
        pytest.param((4000, 3000), (1600, 1200), id="a camera's"),
        pytest.param((160, 8), (160, 8), id="a badge"),
    ],
)
@pytest.mark.parametrize("written", ["JPEG", "PNG"])
def test_size(size: tuple[int, int], expected: tuple[int, int], written: str) -> None:
    assert decoded(kept(drawn(*size, written))).size == expected


@pytest.mark.parametrize("written", ["JPEG", "PNG", "GIF", "WEBP", "AVIF"])
def test_a_still_of_every_format_becomes_a_webp(written: str) -> None:
    picture = kept(saved(corners(), written))
    assert (picture.content[8:12], picture.width, picture.height) == (b"WEBP", 100, 60)


@pytest.mark.parametrize("written", ["GIF", "WEBP", "AVIF", "PNG"])
def test_an_animation_is_refused(written: str) -> None:
    body = saved(plain(), written, save_all=True, append_images=[plain(colour=BLUE)], duration=100)
    with pytest.raises(PictureError, match="the picture is an animation, and only stills are kept"):
        kept(body)


def test_a_jpeg_of_several_pictures_is_no_animation() -> None:
    assert kept(saved(plain(), "MPO", save_all=True, append_images=[plain(colour=RED)])).width == 100


@pytest.mark.parametrize(
    ("size", "reason"), [((1, 1), "1×1 pixels is too small"), ((300, 10), "300×10 pixels is too narrow")]
)
def test_what_shows_nothing_is_refused(size: tuple[int, int], reason: str) -> None:
    with pytest.raises(PictureError, match=reason):
        kept(drawn(*size))


def test_it_looks_the_same() -> None:
    picture = kept(saved(photo(1600, 900), "JPEG", quality=95))
    difference = ImageChops.difference(decoded(picture).convert("RGB"), photo(1600, 900))
    assert max(ImageStat.Stat(difference).mean) < 3


@pytest.mark.parametrize("mode", ["RGB", "RGBA"])
def test_even_noise_is_short_enough_to_be_published(mode: str) -> None:
    size = (1600, 1600)
    noise = Image.frombytes(mode, size, random.Random(1).randbytes(size[0] * size[1] * len(mode)))
    picture = kept(saved(noise, compress_level=0) if mode == "RGB" else saved(noise, "WEBP", quality=80, method=0))
    assert len(picture.content) <= LONGEST_PICTURE < LARGEST
    assert picture.width >= 480

"""Pictures of a hostile web: small and clean, or refused in one sentence, and never more than 150 MB of memory."""

from __future__ import annotations

import functools
import io
import random
import struct
import subprocess
import sys
import warnings
import zlib
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from neco_weekly.lock.pictures import Picture, is_picture_name
from neco_weekly.model.cards import PictureKind
from neco_weekly.model.errors import FetchError
from neco_weekly.sources.pictures.drawn_files import PictureError
from neco_weekly.sources.pictures.thumbnail import read_picture
from PIL import Image, ImageChops, ImageCms, ImageStat

from tests.once import Made
from tests.sites import PATIENCE

RED, GREEN, BLUE, WHITE = (255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 255)
FORMATS = ["JPEG", "PNG", "GIF", "WEBP", "AVIF"]
SUFFIXES = {"webp": "WEBP", "png": "PNG"}


def saved(picture: Image.Image, written: str = "PNG", **options: Any) -> bytes:
    file = io.BytesIO()
    picture.save(file, written, **options)
    return file.getvalue()


def plain(width: int = 100, height: int = 80, colour: Any = RED, mode: str = "RGB") -> Image.Image:
    return Image.new(mode, (width, height), colour)


def photo(width: int = 1200, height: int = 630) -> Image.Image:
    """Something with edges and soft changes, the same each time."""
    channels = [
        Image.linear_gradient("L"),
        Image.radial_gradient("L"),
        Image.effect_mandelbrot((256, 256), (-2, -1, 1, 1), 60),
    ]
    return Image.merge("RGB", [channel.resize((width, height)) for channel in channels])


def corners() -> Image.Image:
    """100×60: red above left, green above right, blue below left, white below right."""
    picture = plain(100, 60, WHITE)
    picture.paste(RED, (0, 0, 50, 30))
    picture.paste(GREEN, (50, 0, 100, 30))
    picture.paste(BLUE, (0, 30, 50, 60))
    return picture


def decoded(picture: Picture) -> Image.Image:
    image = Image.open(io.BytesIO(picture.content))
    assert image.format == SUFFIXES[picture.name.rpartition(".")[2]]
    assert image.size == (picture.width, picture.height)
    return image.convert("RGBA")


def colour_at(picture: Picture, x: float, y: float) -> tuple[int, ...]:
    image = decoded(picture)
    colour = image.getpixel((int(x * image.width), int(y * image.height)))
    assert isinstance(colour, tuple)
    return colour


def is_near(colour: tuple[int, ...], expected: tuple[int, ...], by: int = 12) -> bool:
    return all(abs(a - b) <= by for a, b in zip(colour, expected, strict=False))


def chunks(picture: Picture) -> set[bytes]:
    """The parts of a WebP or PNG file."""
    body, found, webp = picture.content, set(), picture.name.endswith(".webp")
    place = 12 if webp else 8
    while place < len(body):
        if webp:
            kind, size = struct.unpack_from("<4sI", body, place)
            place += 8 + size + size % 2
        else:
            size, kind = struct.unpack_from(">I4s", body, place)
            place += 12 + size
        found.add(kind)
    assert place == len(body)
    return found


def png_chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def png(width: int, height: int, pixels: bytes, *more: bytes, colour_type: int = 2) -> bytes:
    """A PNG as declared, whatever it then holds."""
    header = png_chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, colour_type, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + b"".join(more) + png_chunk(b"IDAT", pixels) + png_chunk(b"IEND", b"")


def with_bytes(body: bytes, place: int, content: bytes) -> bytes:
    return body[:place] + content + body[place + len(content) :]


def image_of(body: bytes) -> Picture:
    return read_picture(body, kind="image")


def icon_of(body: bytes) -> Picture:
    return read_picture(body, kind="icon")


class TestCardImages:
    @pytest.mark.parametrize("written", FORMATS)
    def test_every_format_becomes_a_webp(self, written: str) -> None:
        picture = image_of(saved(corners(), written))
        assert picture.content.startswith(b"RIFF")
        assert is_picture_name(picture.name)
        assert (picture.width, picture.height) == (100, 60)
        for x, y, colour in ((0.2, 0.2, RED), (0.8, 0.2, GREEN), (0.2, 0.8, BLUE), (0.8, 0.8, WHITE)):
            assert is_near(colour_at(picture, x, y), colour, by=25)

    @pytest.mark.parametrize(
        ("size", "expected"),
        [
            pytest.param((1200, 630), (480, 252), id="og:image"),
            pytest.param((480, 270), (480, 270), id="as wide as may be"),
            pytest.param((200, 100), (200, 100), id="small ones are not enlarged"),
            pytest.param((40, 40), (40, 40), id="the smallest"),
            pytest.param((600, 600), (480, 480), id="square"),
            pytest.param((600, 900), (320, 480), id="portrait"),
            pytest.param((400, 3000), (240, 480), id="very high: the upper part"),
            pytest.param((2000, 250), (480, 60), id="as narrow as may be"),
            pytest.param((4000, 3000), (480, 360), id="a camera's"),
        ],
    )
    @pytest.mark.parametrize("written", ["JPEG", "PNG"])
    def test_size(self, size: tuple[int, int], expected: tuple[int, int], written: str) -> None:
        picture = image_of(saved(plain(*size), written))
        assert decoded(picture).size == expected

    def test_that_of_a_large_card_is_as_wide_as_a_page(self) -> None:
        sizes = ((1200, 630), (1600, 840), (3000, 500), (300, 157), (900, 2000))
        kept = [read_picture(saved(plain(*size)), kind="large") for size in sizes]
        assert [(it.width, it.height) for it in kept] == [
            (1200, 630),
            (1200, 630),
            (1200, 200),
            (300, 157),
            (600, 1200),
        ]

    def test_of_a_very_high_picture_the_upper_part_is_kept(self) -> None:
        page = plain(100, 700, BLUE)
        page.paste(RED, (0, 0, 100, 200))
        assert is_near(colour_at(image_of(saved(page)), 0.5, 0.97), RED, by=25)

    def test_a_photo_is_small_and_looks_the_same(self) -> None:
        picture = image_of(saved(photo(), "JPEG", quality=90))
        assert len(picture.content) < 30_000
        expected = photo().resize((480, 252), Image.Resampling.LANCZOS)
        difference = ImageChops.difference(decoded(picture).convert("RGB"), expected)
        assert max(ImageStat.Stat(difference).mean) < 4

    @pytest.mark.parametrize(
        ("picture", "options", "expected"),
        [
            pytest.param(plain(colour=128, mode="L"), {}, (128, 128, 128, 255), id="grey"),
            pytest.param(plain(colour=1, mode="1"), {}, (255, 255, 255, 255), id="1 bit"),
            pytest.param(plain(colour=0, mode="1"), {"transparency": 255}, (0, 0, 0, 255), id="1 bit, the other clear"),
            pytest.param(plain(colour=128 << 8, mode="I;16"), {}, (128, 128, 128, 255), id="16 bits of grey"),
            pytest.param(plain(colour=(90, 128), mode="LA"), {}, (90, 90, 90, 128), id="grey, half clear"),
            pytest.param(plain(colour=(0, 0, 255, 128), mode="RGBA"), {}, (0, 0, 255, 128), id="half clear"),
            pytest.param(plain().convert("P"), {}, (255, 0, 0, 255), id="palette"),
            pytest.param(
                plain().convert("P"), {"transparency": bytes([128] * 256)}, (255, 0, 0, 128), id="clear palette"
            ),
            pytest.param(corners(), {"transparency": WHITE}, (255, 0, 0, 255), id="one clear colour"),
        ],
    )
    def test_kinds_of_pixels(self, picture: Image.Image, options: dict[str, Any], expected: tuple[int, ...]) -> None:
        assert is_near(colour_at(image_of(saved(picture, **options)), 0.2, 0.2), expected)

    def test_16_bits_of_colour(self) -> None:
        row = b"\0" + bytes.fromhex("ffff 0000 8080") * 50
        body = with_bytes(png(50, 50, zlib.compress(row * 50)), 24, b"\x10")
        body = with_bytes(body, 29, struct.pack(">I", zlib.crc32(body[12:29])))
        assert is_near(colour_at(image_of(body), 0.5, 0.5), (255, 0, 128))

    def test_cmyk(self) -> None:
        picture = image_of(saved(plain(mode="CMYK", colour=(0, 255, 255, 0)), "JPEG", quality=95))
        assert is_near(colour_at(picture, 0.5, 0.5), RED)

    def test_what_is_opaque_has_no_transparency(self) -> None:
        assert chunks(image_of(saved(plain().convert("RGBA")))) == {b"VP8 "}

    def test_an_animation_shows_its_first_frame(self) -> None:
        frames = [plain(colour=colour) for colour in (RED, GREEN, BLUE)]
        for written in ("GIF", "WEBP", "AVIF", "PNG"):
            body = saved(frames[0], written, save_all=True, append_images=frames[1:], duration=100)
            picture = image_of(body)
            assert is_near(colour_at(picture, 0.5, 0.5), RED), written
            assert not chunks(picture) & {b"ANIM", b"ANMF"}

    def test_a_jpeg_of_several_pictures(self) -> None:
        body = saved(plain(), "MPO", save_all=True, append_images=[plain(colour=BLUE)])
        assert is_near(colour_at(image_of(body), 0.5, 0.5), RED)

    def test_the_same_bytes_give_the_same_file(self) -> None:
        body = saved(photo(), "JPEG")
        one, other = image_of(body), image_of(body)
        assert one == other
        assert one.name == other.name

    def test_the_same_picture_in_two_files_is_one(self) -> None:
        assert image_of(saved(photo())) == image_of(saved(photo(), compress_level=1))


class TestIcons:
    @pytest.mark.parametrize("written", [*FORMATS, "BMP", "ICO"])
    def test_every_format_becomes_a_png_of_32(self, written: str) -> None:
        picture = icon_of(saved(plain(64, 64, BLUE), written))
        assert picture.content.startswith(b"\x89PNG")
        assert decoded(picture).size == (32, 32)
        assert chunks(picture) == {b"IHDR", b"IDAT", b"IEND"}
        assert is_near(colour_at(picture, 0.5, 0.5), (*BLUE, 255))

    @pytest.mark.parametrize(
        ("size", "drawn"),
        [
            pytest.param((512, 512), (0, 0, 32, 32), id="large"),
            pytest.param((32, 32), (0, 0, 32, 32), id="as it is"),
            pytest.param((16, 16), (0, 0, 32, 32), id="by a whole factor"),
            pytest.param((10, 10), (1, 1, 31, 31), id="by three"),
            pytest.param((24, 24), (4, 4, 28, 28), id="not enlarged blurrily"),
            pytest.param((64, 32), (0, 8, 32, 24), id="contained"),
            pytest.param((8, 16), (8, 0, 24, 32), id="high"),
        ],
    )
    def test_size(self, size: tuple[int, int], drawn: tuple[int, int, int, int]) -> None:
        assert decoded(icon_of(saved(plain(*size)))).getchannel("A").getbbox() == drawn

    def test_a_small_icon_stays_sharp(self) -> None:
        icon = plain(16, 16)
        icon.putpixel((3, 3), BLUE)
        colours = decoded(icon_of(saved(icon))).getcolors()
        assert colours
        assert {colour for _, colour in colours} == {(*RED, 255), (*BLUE, 255)}

    @pytest.mark.parametrize("bitmap", ["bmp", "png"])
    @pytest.mark.parametrize(
        ("sizes", "best"),
        [
            pytest.param([16, 32, 48, 256], 32, id="the one that fits"),
            pytest.param([16, 48, 256], 48, id="the next larger"),
            pytest.param([16, 24], 24, id="else the largest"),
        ],
    )
    def test_the_best_size_of_an_ico(self, sizes: list[int], best: int, bitmap: str) -> None:
        drawings = [plain(size, size, RED if size == best else BLUE, "RGB").convert("RGBA") for size in sizes]
        body = saved(
            drawings[-1],
            "ICO",
            sizes=[(size, size) for size in sizes],
            append_images=drawings[:-1],
            bitmap_format=bitmap,
        )
        assert is_near(colour_at(icon_of(body), 0.5, 0.5), RED)

    def test_a_transparent_ico_stays_transparent(self) -> None:
        icon = plain(32, 32, (0, 0, 0, 0), "RGBA")
        icon.paste((*RED, 255), (0, 0, 16, 32))
        picture = icon_of(saved(icon, "ICO", sizes=[(32, 32)], bitmap_format="bmp"))
        assert (colour_at(picture, 0.2, 0.5), colour_at(picture, 0.8, 0.5)[3]) == ((*RED, 255), 0)

    @pytest.mark.parametrize("written", ["BMP", "ICO"])
    def test_formats_of_icons_are_no_images(self, written: str) -> None:
        with pytest.raises(PictureError, match="no JPEG, PNG, GIF, WebP or AVIF"):
            image_of(saved(plain(), written))


class TestNothingElseSurvives:
    @staticmethod
    def metadata() -> dict[str, Any]:
        exif = Image.Exif()
        exif[0x010F] = "SecretCamera"
        exif.get_ifd(0x8825)[1] = "N"
        exif.get_ifd(0x8825)[2] = (35.0, 41.0, 22.0)
        profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
        return {
            "exif": exif.tobytes(),
            "icc_profile": profile,
            "xmp": b"<x:xmpmeta>SecretXmp</x:xmpmeta>",
            "comment": b"SecretComment",
        }

    @pytest.mark.parametrize("written", FORMATS)
    @pytest.mark.parametrize("kind", ["image", "icon", "picture"])
    def test_metadata_are_gone(self, written: str, kind: PictureKind) -> None:
        body = saved(plain(), written, **self.metadata())
        assert b"Secret" in body
        picture = read_picture(body, kind=kind)
        assert chunks(picture) == ({b"IHDR", b"IDAT", b"IEND"} if kind == "icon" else {b"VP8 "})
        assert b"Secret" not in picture.content
        assert not Image.open(io.BytesIO(picture.content)).getexif()

    @pytest.mark.parametrize("written", ["JPEG", "PNG", "WEBP", "AVIF"])
    @pytest.mark.parametrize("orientation", range(1, 9))
    def test_the_picture_stands_upright(self, orientation: int, written: str) -> None:
        lying = {
            2: Image.Transpose.FLIP_LEFT_RIGHT,
            3: Image.Transpose.ROTATE_180,
            4: Image.Transpose.FLIP_TOP_BOTTOM,
            5: Image.Transpose.TRANSPOSE,
            6: Image.Transpose.ROTATE_90,
            7: Image.Transpose.TRANSVERSE,
            8: Image.Transpose.ROTATE_270,
        }
        stored = corners().transpose(lying[orientation]) if orientation in lying else corners()
        exif = Image.Exif()
        exif[0x0112] = orientation
        picture = image_of(saved(stored, written, exif=exif.tobytes()))
        assert (picture.width, picture.height) == (100, 60)
        for x, y, colour in ((0.2, 0.2, RED), (0.8, 0.2, GREEN), (0.2, 0.8, BLUE)):
            assert is_near(colour_at(picture, x, y), colour, by=25)

    @pytest.mark.parametrize("written", FORMATS[:2] + FORMATS[3:])
    def test_colours_are_those_of_the_profile(self, written: str) -> None:
        """A profile in which red and green are exchanged."""
        profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
        profile = profile.replace(b"rXYZ", b"....").replace(b"gXYZ", b"rXYZ").replace(b"....", b"gXYZ")
        picture = image_of(saved(plain(colour=RED), written, icc_profile=profile))
        assert is_near(colour_at(picture, 0.5, 0.5), GREEN)

    @pytest.mark.parametrize(
        "profile",
        [
            pytest.param(b"nonsense", id="nonsense"),
            pytest.param(b"\0" * 2_000_000, id="huge"),
            pytest.param(ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes(), id="of other colours"),
        ],
    )
    def test_a_profile_that_makes_no_sense_counts_for_nothing(self, profile: bytes) -> None:
        picture = image_of(saved(plain(), "WEBP", icc_profile=profile))
        assert is_near(colour_at(picture, 0.5, 0.5), RED)

    def test_damaged_exif_is_neither_a_refusal_nor_a_warning(self) -> None:
        exif = Image.Exif()
        exif[0x010F] = "Camera" * 20
        whole = exif.tobytes()
        with warnings.catch_warnings(record=True) as told:
            warnings.simplefilter("always")
            for size in range(4, len(whole), 7):
                image_of(saved(plain(), "JPEG", exif=whole[:size]))
        assert not told

    @pytest.mark.parametrize(
        "behind",
        [
            pytest.param(b"<html><script>alert(1)</script>", id="html"),
            pytest.param(b"PK\x03\x04evil.jar" + b"PK\x05\x06" + bytes(18), id="zip"),
            pytest.param(b"\xff\xd8\xff\xe0<?php evil ?>", id="php"),
        ],
    )
    @pytest.mark.parametrize("written", ["JPEG", "PNG", "GIF", "WEBP"])
    def test_a_second_file_behind_the_picture_is_gone(self, written: str, behind: bytes) -> None:
        body = saved(corners(), written)
        assert image_of(body + behind) == image_of(body)

    def test_a_script_inside_a_png_is_gone(self) -> None:
        pixels = zlib.compress(b"".join(b"\0" + bytes(RED) * 50 for _ in range(50)))
        picture = image_of(png(50, 50, pixels, png_chunk(b"tEXt", b"Comment\0<script>alert(1)</script>")))
        assert b"script" not in picture.content


def gif_without_pixels() -> bytes:
    body = with_bytes(saved(plain(), "GIF"), 6, bytes(4))
    return with_bytes(body, body.index(b",", 13) + 5, bytes(4))


def svg(text: str) -> Any:
    return pytest.param(text.encode(), id=text[:20])


class TestRefused:
    @pytest.mark.parametrize(
        "body",
        [
            svg("<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
            svg("<?xml version='1.0'?><!DOCTYPE svg [<!ENTITY a 'b'>]><svg/>"),
            svg("\ufeff  <!-- a comment -->\n<SVG width='100'/>"),
            svg("<html><body><svg/></body></html>"),
        ],
    )
    def test_an_svg(self, body: bytes) -> None:
        reasons: dict[PictureKind, str] = {"image": "transparent|SVG", "icon": "transparent|SVG", "picture": "program"}
        for kind, reason in reasons.items():
            with pytest.raises(PictureError, match=reason):
                read_picture(body, kind=kind)

    @pytest.mark.parametrize(
        "body",
        [
            pytest.param(b"", id="nothing"),
            pytest.param(b"<!doctype html><title>Not found</title>", id="html"),
            pytest.param(b'{"error": "forbidden"}', id="json"),
            pytest.param(b"%PDF-1.7\n", id="pdf"),
            pytest.param(
                b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 99 99\n(/etc/passwd) run\n%%EOF", id="eps, a program"
            ),
            pytest.param(b"\x1f\x8b\x08\0\0\0\0\0", id="gzip"),
            pytest.param(saved(plain(), "TIFF"), id="tiff"),
            pytest.param(saved(plain(), "PPM"), id="ppm"),
            pytest.param(saved(plain(), "JPEG2000"), id="jpeg 2000"),
            pytest.param(b"\0\0\2\0\1\0" + saved(plain(32, 32), "ICO")[6:], id="cursor"),
            pytest.param(b"\0\0\1\0\0\0", id="ico without pictures"),
            pytest.param(b"\0\0\1\0\xff\xff" + bytes(16), id="ico of 65535 pictures"),
            pytest.param(b"GIF89a/*" + bytes(5) + b"*/=1;alert(1)", id="gif that is JavaScript"),
            pytest.param(b"RIFF\x24\0\0\0WEBPVP8 " + bytes(24), id="webp of nothing"),
            pytest.param(b"\0\0\0\x1cftypavif\0\0\0\0avifmif1miaf", id="avif of nothing"),
            pytest.param(png(0, 50, zlib.compress(b"")), id="no width"),
            pytest.param(gif_without_pixels(), id="gif without pixels"),
            pytest.param(png(50, 50, b"no zlib"), id="png of nonsense"),
            pytest.param(png(50, 50, zlib.compress(b"\0" * 99)), id="png with too few pixels"),
        ],
    )
    @pytest.mark.parametrize("kind", ["image", "icon"])
    def test_what_is_no_picture(self, body: bytes, kind: PictureKind) -> None:
        with pytest.raises(PictureError) as refused:
            read_picture(body, kind=kind)
        assert "\n" not in str(refused.value)
        assert isinstance(refused.value, FetchError)
        assert not refused.value.gone

    @pytest.mark.parametrize("written", FORMATS)
    @pytest.mark.parametrize("part", [0.1, 0.5, 0.9])
    def test_what_was_cut_off(self, written: str, part: float) -> None:
        body = saved(photo(400, 300), written)
        with pytest.raises(PictureError):
            image_of(body[: int(len(body) * part)])

    @pytest.mark.parametrize(
        ("kind", "size", "reason"),
        [
            ("image", (1, 1), "too small"),
            ("image", (39, 400), "too small"),
            ("image", (88, 31), "too small"),
            ("image", (900, 100), "too narrow"),
            ("image", (50, 5000), "too narrow"),
            ("icon", (1, 1), "too small"),
            ("icon", (300, 16), "too narrow"),
        ],
    )
    def test_what_is_not_worth_showing(self, kind: PictureKind, size: tuple[int, int], reason: str) -> None:
        with pytest.raises(PictureError, match=f"{size[0]}×{size[1]} pixels is {reason}"):
            read_picture(saved(plain(*size), "GIF"), kind=kind)

    @pytest.mark.parametrize("kind", ["image", "icon"])
    def test_what_cannot_be_seen(self, kind: PictureKind) -> None:
        with pytest.raises(PictureError, match="transparent everywhere"):
            read_picture(saved(plain(64, 64, (9, 9, 9, 0), "RGBA")), kind=kind)

    def test_anything_bent_is_a_picture_or_a_sentence(self) -> None:
        chance = random.Random(4)
        bodies = [saved(corners(), written, **TestNothingElseSurvives.metadata()) for written in FORMATS]
        bodies += [saved(plain(32, 32), "ICO", bitmap_format="bmp"), saved(plain(), "BMP")]
        for _ in range(40):
            for body in bodies:
                bent = bytearray(body)
                for _ in range(chance.choice((1, 3, 30))):
                    bent[chance.randrange(min(len(bent), chance.choice((60, 10_000))))] = chance.randrange(256)
                try:
                    picture = icon_of(bytes(bent))
                except PictureError:
                    continue
                assert chunks(picture) == {b"IHDR", b"IDAT", b"IEND"}


# --- bombs --------------------------------------------------------------------------------------------------------


def avif_that_hides(side: int, declared: int) -> bytes:
    """An AVIF whose container tells of a smaller picture than the one it holds; a decoder scales it down."""
    body = saved(plain(side, side), "AVIF", speed=10, quality=30)
    return with_bytes(body, body.index(b"ispe") + 8, struct.pack(">II", declared, declared))


def avif_film(frames: int) -> bytes:
    """An AVIF whose table of samples claims so many frames."""
    film = [plain(64, 64, colour) for colour in (RED, GREEN, BLUE)]
    body = saved(film[0], "AVIF", save_all=True, append_images=film[1:])
    return with_bytes(body, body.index(b"stsz") + 12, struct.pack(">I", frames))


def jpeg_declaring(width: int, height: int) -> bytes:
    body = saved(plain(), "JPEG")
    return with_bytes(body, body.index(b"\xff\xc0") + 5, struct.pack(">HH", height, width))


def jpeg_of_scans(count: int) -> bytes:
    body = saved(plain(3500, 3500, 7, "L"), "JPEG", progressive=True)
    return body[:-2] + body[body.rindex(b"\xff\xda") : -2] * count + body[-2:]


def gif_of_frames(count: int) -> bytes:
    body = saved(plain(), "GIF")
    frame = body[body.index(b",", 13) : -1]
    return body[:-1] + frame * count + b";"


def ico_declaring(width: int, height: int) -> bytes:
    body = saved(plain(32, 32), "ICO", sizes=[(32, 32)], bitmap_format="bmp")
    return with_bytes(body, 26, struct.pack("<II", width, height))


def dump(*parts: bytes) -> bytes:
    return png(50, 50, zlib.compress(b"".join(b"\0" + bytes(RED) * 50 for _ in range(50))), *parts)


def text_bomb() -> bytes:
    """A hundred texts of 1 MB, of which Python needs four bytes a character."""
    text = zlib.compress("🐈".encode() + b" " * 1_000_000)
    return dump(*(png_chunk(b"iTXt", b"k%d\0\1\0\0\0" % number + text) for number in range(100)))


@functools.cache
def zeros() -> bytes:
    return zlib.compress(bytes(100_000_000))


BOMBS = Made(
    {
        "png that declares 50000×50000": lambda: png(50_000, 50_000, zlib.compress(b"")),
        "png of 100 MB of zeros": lambda: png(50_000, 2_000, zeros(), colour_type=0),
        "jpeg that declares 65000×65000": lambda: jpeg_declaring(65_000, 65_000),
        "jpeg that declares 3600×3600": lambda: jpeg_declaring(3_600, 3_600),
        "jpeg of 200 scans": lambda: jpeg_of_scans(200),
        "gif that declares 65535×65535": lambda: with_bytes(saved(plain(), "GIF"), 6, b"\xff" * 4),
        "webp that declares 16384×16384": lambda: with_bytes(
            saved(plain(mode="RGBA"), "WEBP", exif=b"Exif\0\0"), 24, b"\xff\x3f\0" * 2
        ),
        "webp that declares 3000×3000": lambda: with_bytes(
            saved(plain(mode="RGBA"), "WEBP", exif=b"Exif\0\0"), 24, b"\xb7\x0b\0" * 2
        ),
        "avif that declares 60000×60000": lambda: avif_that_hides(64, 60_000),
        "avif that hides 6000×6000": lambda: avif_that_hides(6_000, 100),
        "bmp that declares 50000×50000": lambda: with_bytes(
            saved(plain(), "BMP"), 18, struct.pack("<ii", 50_000, 50_000)
        ),
        "ico that declares 20000×20000": lambda: ico_declaring(20_000, 20_000),
        "png with 100 MB of text": text_bomb,
        "png with a profile of 100 MB": lambda: dump(png_chunk(b"iCCP", b"p\0\0" + zeros())),
    }
)

CLEAN = Made(
    {
        "png with 100 MB behind its pixels": lambda: png(50, 50, zlib.compress(bytes(151 * 50) + bytes(100_000_000))),
        "png with 4 MB of metadata": lambda: dump(png_chunk(b"eXIf", bytes(4_000_000))),
        "jpeg of 80 scans": lambda: jpeg_of_scans(80),
        "gif of 50000 frames": lambda: gif_of_frames(50_000),
        "avif film of two thousand million frames": lambda: avif_film(2_000_000_000),
    }
)


def peak(tmp_path: Path, bodies: Mapping[str, bytes], *kinds: PictureKind, threads: int = 1) -> float:
    """Memory in MB that reading some pictures takes, above that of an interpreter that does nothing."""
    for number, body in enumerate(bodies.values()):
        (tmp_path / str(number)).write_bytes(body)
    program = """if True:
        import resource, sys
        from concurrent.futures import ThreadPoolExecutor
        from pathlib import Path

        def peak():
            unit = 1 if sys.platform == "darwin" else 1024
            return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1_000_000

        before = peak()
        from neco_weekly.sources.pictures.drawn_files import PictureError
        from neco_weekly.sources.pictures.thumbnail import read_picture

        def read(path):
            for kind in sys.argv[3:]:
                try:
                    read_picture(path.read_bytes(), kind=kind)
                except PictureError:
                    pass

        with ThreadPoolExecutor(int(sys.argv[2])) as pool:
            list(pool.map(read, Path(sys.argv[1]).iterdir()))
        print(peak() - before)
    """
    # The shell stands between: Linux hands the peak of the parent on to the program that takes its place.
    command = ["sh", "-c", '"$@"; exit $?', "sh", sys.executable, "-c", program, str(tmp_path), str(threads), *kinds]
    done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return float(done.stdout)


USES: dict[str, tuple[PictureKind, ...]] = {"of cards": ("image", "icon"), "of issues": ("picture",)}


class TestBombs:
    @pytest.mark.parametrize("name", BOMBS)
    def test_is_refused(self, name: str) -> None:
        for kind in ("image", "icon", "picture"):
            with pytest.raises(PictureError):
                read_picture(BOMBS[name], kind=kind)

    @pytest.mark.parametrize("name", CLEAN)
    def test_comes_out_clean(self, name: str) -> None:
        assert len(image_of(CLEAN[name]).content) < 1_000

    @pytest.mark.parametrize(
        ("name", "reason"),
        [
            ("png that declares 50000×50000", "more pixels than are read"),
            ("avif that hides 6000×6000", "6000×6000 pixels"),
            ("jpeg of 200 scans", "too many times"),
        ],
    )
    def test_the_reason(self, name: str, reason: str) -> None:
        with pytest.raises(PictureError, match=reason):
            image_of(BOMBS[name])

    def test_a_webp_of_more_pixels_than_its_decoder_can_afford(self) -> None:
        with pytest.raises(PictureError, match="2500×2400 pixels, and no more than 5,000,000 are read"):
            image_of(saved(plain(2500, 2400), "WEBP", method=0))

    def test_none_gets_memory_for_its_pixels(self, tmp_path: Path) -> None:
        refused = {name: body for name, body in BOMBS.items() if "declares" in name or "hides" in name}
        assert peak(tmp_path, refused, "image", "icon", "picture") < 40

    @pytest.mark.parametrize("kinds", USES.values(), ids=USES)
    def test_all_of_them_need_little(self, tmp_path: Path, kinds: tuple[PictureKind, ...]) -> None:
        assert peak(tmp_path, {**BOMBS, **CLEAN}, *kinds) < 150


def large(pixels: int, mode: str = "RGB", ratio: float = 4 / 3) -> Image.Image:
    height = int((pixels / ratio) ** 0.5)
    size = (int(height * ratio), height)
    picture = photo(512, 384).resize(size).convert(mode)
    if mode == "RGBA":
        picture.putalpha(Image.linear_gradient("L").resize(size))
    return picture


class TestMemory:
    @pytest.mark.parametrize(
        ("picture", "written", "options"),
        [
            pytest.param(lambda: large(12_490_000, "RGBA"), "PNG", {"compress_level": 1}, id="png"),
            pytest.param(
                lambda: large(12_490_000), "PNG", {"compress_level": 1, "transparency": RED}, id="one clear colour"
            ),
            pytest.param(
                lambda: large(12_490_000, "CMYK", 7.9), "JPEG", {"progressive": True, "subsampling": 0}, id="jpeg"
            ),
            pytest.param(lambda: large(12_490_000, "P"), "GIF", {"transparency": 3}, id="gif"),
            pytest.param(lambda: large(4_990_000, "RGBA"), "WEBP", {"method": 0}, id="webp"),
            pytest.param(lambda: large(4_990_000, "RGBA"), "AVIF", {"speed": 10, "subsampling": "4:4:4"}, id="avif"),
        ],
    )
    def test_the_largest_that_is_read_needs_less_than_150_mb(
        self, tmp_path: Path, picture: Any, written: str, options: dict[str, Any]
    ) -> None:
        body = saved(picture(), written, **options)
        assert image_of(body).width == 480
        needed = {use: peak(tmp_path, {"picture": body}, *kinds) for use, kinds in USES.items()}
        assert {use: it for use, it in needed.items() if it >= 150} == {}

    def test_many_threads_need_no_more_than_one(self, tmp_path: Path) -> None:
        body = saved(large(12_490_000, "RGBA"), compress_level=1)
        needed = {use: peak(tmp_path, dict.fromkeys("abcd", body), *kinds, threads=4) for use, kinds in USES.items()}
        assert {use: it for use, it in needed.items() if it >= 150} == {}

    def test_threads_do_not_disturb_each_other(self) -> None:
        bodies = [saved(plain(colour=(shade, 0, 0)), "JPEG") for shade in range(0, 255, 16)]
        before = list(warnings.filters)
        with ThreadPoolExecutor(4) as pool:
            assert list(pool.map(image_of, bodies)) == [image_of(body) for body in bodies]
        assert warnings.filters == before

"""Thumbnails: bytes of a picture from anywhere -> a small picture of our own, or a sentence why not.

What a picture is follows from its content, never from a name or a header. A picture is decoded and encoded again, so
nothing of the original file survives but what it shows: no metadata, no second file behind it, no script.

Decoders are the weak side of every program that reads foreign pictures, so they see no more than they must: the formats
of one table, and sizes that are known to fit before the first pixel gets its memory. One picture at a time is decoded
(`bounded_memory`), and needs less than 150 MB.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from io import BytesIO

from PIL import (
    AvifImagePlugin,
    BmpImagePlugin,
    IcoImagePlugin,
    Image,
    PngImagePlugin,
    UnidentifiedImageError,
)

from ...lock.pictures import Picture
from ...model.cards import PictureKind
from ...model.errors import FailureCode, FetchError
from ..bounded_memory import one_at_a_time
from .avif import coded_sizes, still_only
from .upright import upright_rgb


class PictureError(FetchError):
    """The bytes are no picture that is kept. The sentence follows well after an address and a colon."""

    def __init__(self, message: str) -> None:
        super().__init__(message, code=FailureCode.NO_PICTURE)


_MOST_PIXELS = {
    # What decoding costs, measured: bytes of memory a pixel, decoder and result and the copy for transparency together.
    "JPEG": 12_500_000,  # up to 8 as coefficients (progressive, CMYK); pixels come in a reduced size
    "MPO": 12_500_000,  # a JPEG with others behind it: stereo, HDR
    "PNG": 12_500_000,  # 8
    "GIF": 12_500_000,  # 9
    "WEBP": 5_000_000,  # 22: two frames of an animation even where there is one
    "AVIF": 5_000_000,  # 16, up to 24 with 10 or 12 bits
    "BMP": 1_000_000,  # 8, for icons only
    "DIB": 1_000_000,
}

_MOST_SCANS = 100  # of a progressive JPEG: each passes over the whole picture, and needs hardly a byte

IMAGE_SIDE, LARGE_SIDE, ICON_SIDE = 480, 1200, 32

PICTURE_WIDTH = 1600
"""The most pixels in a row of an issue's picture: twice the width of a page's text, for screens with small pixels."""

_PICTURE_PIXELS = (2_560_000, 1_280_000, 640_000, 230_400)
"""The most pixels of an issue's picture; each further number is for one whose file would be too long with those before.

With the last, even noise is short enough.
"""

LONGEST_PICTURE = 450_000
"""The most bytes of an issue's picture: fewer than a change of the lock may bring in one file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rule:
    """The rule for a kind of picture: Pillow's names of formats, names for people, least pixels of the shorter side.

    `narrowest` is how many times as long as the shorter side the longer one may be.
    """

    formats: tuple[str, ...]
    names: str
    smallest: int
    narrowest: int = 8


_IMAGE = _Rule(
    formats=("JPEG", "PNG", "GIF", "WEBP", "AVIF"), names="JPEG, PNG, GIF, WebP or AVIF picture", smallest=40
)

_RULES: dict[PictureKind, _Rule] = {
    "image": _IMAGE,
    "large": _IMAGE,
    "picture": replace(_IMAGE, smallest=8, narrowest=20),  # smaller ones show nothing, and are there to count readers
    "icon": _Rule(
        formats=("ICO", "PNG", "JPEG", "GIF", "WEBP", "AVIF", "BMP"),
        names="ICO, PNG, JPEG, GIF, WebP, AVIF or BMP picture",
        smallest=8,
    ),
}

# Pillow has these limits as variables of its modules and nowhere else. Nothing else in a refresh uses Pillow.
Image.MAX_IMAGE_PIXELS = max(_MOST_PIXELS.values())

PngImagePlugin.MAX_TEXT_MEMORY = 4 * PngImagePlugin.MAX_TEXT_CHUNK  # each character has up to four bytes

AvifImagePlugin.DEFAULT_MAX_THREADS = 1  # each thread has frames of its own


def read_picture(body: bytes, *, kind: PictureKind) -> Picture:
    """Return a picture as the site keeps it; equal bytes give equal results.

    A card's image becomes WebP within 480×480, that of a large card within 1200×1200, a site's icon PNG of 32×32, an
    issue's picture WebP of at most 1600 pixels in a row. Nothing is enlarged but an icon of at most half the size, by a
    whole factor. Of an image more than twice as high as wide the upper part is kept, of its animation the first frame,
    of an ICO the size that fits best.

    Raises:
        PictureError: not a picture, damaged, too large or too small to show, an SVG, or of an issue an animation.
    """
    if kind == "picture":
        return one_at_a_time(lambda: _as_short_webp(_small(body, kind)))
    image = one_at_a_time(lambda: _small(body, kind))
    return _as_png(image) if kind == "icon" else _as_webp(image)


def kept_picture(content: bytes) -> Picture:
    """Return a picture that `read_picture` made before, from its content alone.

    Raises:
        PictureError: the content is anything else.
    """
    try:
        with Image.open(BytesIO(content), formats=("WEBP", "PNG")) as picture:
            return Picture(content=content, width=picture.width, height=picture.height)
    except (OSError, SyntaxError, ValueError) as error:
        raise PictureError("what was kept of the picture is damaged; remove .cache and try again") from error


def _small(body: bytes, kind: PictureKind) -> Image.Image:
    """Return a picture in the size in which the site keeps it."""
    rule = _RULES[kind]
    if _is_svg(body):
        raise PictureError("an SVG is a program and not a picture; it is not kept")
    try:
        with _strict_about_bombs():
            picture = _opened(body, rule)
            if kind == "picture":
                return _issue_picture(picture, body)
            if kind == "icon":
                return _site_icon(picture)
            return _card_image(picture, LARGE_SIDE if kind == "large" else IMAGE_SIDE)
    except PictureError:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise PictureError("the picture declares more pixels than are read") from error
    except UnidentifiedImageError as error:
        raise PictureError(f"this is no {rule.names}, or its beginning is damaged") from error
    except Exception as error:  # decoders of foreign bytes raise whatever there is
        raise PictureError("the picture is damaged and cannot be decoded") from error


def _is_svg(body: bytes) -> bool:
    start = body[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return start.startswith(b"<") and b"<svg" in start


@contextmanager
def _strict_about_bombs() -> Iterator[None]:
    """Raise Pillow's warning of a decompression bomb as an error, and drop its others, such as of damaged metadata."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", module=r"PIL\.")
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        yield


# --- opening: nothing is decoded yet ------------------------------------------------------------------------------


def _opened(body: bytes, rule: _Rule) -> Image.Image:
    if "ICO" in rule.formats and body.startswith(b"\0\0\1\0"):
        return _best_of_ico(body, rule)
    if body[4:8] == b"ftyp":
        body = still_only(body)
        for size in coded_sizes(body):
            _check_pixels(size, "AVIF")
    picture = Image.open(BytesIO(body), formats=rule.formats)
    _check_size(picture, rule)
    if picture.format in ("JPEG", "MPO") and body.count(b"\xff\xda") > _MOST_SCANS:
        raise PictureError("the JPEG passes over its pixels too many times")
    return picture


def _best_of_ico(body: bytes, rule: _Rule) -> Image.Image:
    """Return the smallest picture of an ICO that fills an icon, else the largest; more colours come before fewer."""
    icon = IcoImagePlugin.IcoFile(BytesIO(body))
    best = min(
        range(len(icon.entry)),
        key=lambda it: (
            icon.entry[it].width < ICON_SIDE,
            abs(icon.entry[it].width - ICON_SIDE),
            -icon.entry[it].color_depth,
        ),
    )
    start = icon.entry[best].offset
    if body.startswith(b"\x89PNG", start):
        picture: Image.Image = Image.open(BytesIO(body[start:]), formats=("PNG",))
    else:
        width, height = BmpImagePlugin.DibImageFile(BytesIO(body[start:])).size
        _check_pixels((width, height), "DIB")  # Pillow decodes a bitmap at once, and the mask below
        picture = icon.frame(best)
    _check_size(picture, rule)
    return picture


def _check_size(picture: Image.Image, rule: _Rule) -> None:
    _check_pixels(picture.size, picture.format or "DIB")
    width, height = picture.size
    if min(width, height) < rule.smallest:
        raise PictureError(f"a picture of {width}×{height} pixels is too small to show")
    if max(width, height) > rule.narrowest * min(width, height):
        raise PictureError(f"a picture of {width}×{height} pixels is too narrow to show")


def _check_pixels(size: tuple[int, int], written: str) -> None:
    width, height = size
    if width * height > _MOST_PIXELS[written]:
        raise PictureError(
            f"the picture has {width}×{height} pixels, and no more than {_MOST_PIXELS[written]:,} are read"
        )


# --- drawing ------------------------------------------------------------------------------------------------------


def _card_image(picture: Image.Image, side: int) -> Image.Image:
    # A fifth more than in the end, so that text stays sharp; twice as much would take twice the time.
    image = _upright(picture, at_least=side * 6 // 5)
    if image.height > 2 * image.width:
        image = image.crop((0, 0, image.width, 2 * image.width))
    image.thumbnail((side, side), Image.Resampling.LANCZOS, reducing_gap=None)
    return image


def _issue_picture(picture: Image.Image, body: bytes) -> Image.Image:
    """Return an issue's picture as large as a page shows it; who writes of a film does not mean its first frame."""
    if (picture.format != "MPO" and getattr(picture, "is_animated", False)) or body[8:12] == b"avis":
        raise PictureError("the picture is an animation, and only stills are kept")
    enough = _PICTURE_PIXELS[0]
    image = upright_rgb(picture, lambda size: int((size[0] * size[1] / enough) ** 0.5))
    return _seen(_within(image, enough))


def _within(image: Image.Image, pixels: int) -> Image.Image:
    """Return an image of at most so many pixels, and so many in a row as an issue's picture has."""
    factor = min(1.0, PICTURE_WIDTH / image.width, (pixels / (image.width * image.height)) ** 0.5)
    if factor == 1:
        return image
    size = max(1, int(image.width * factor)), max(1, int(image.height * factor))
    return image.resize(size, Image.Resampling.LANCZOS)


def _site_icon(picture: Image.Image) -> Image.Image:
    icon = _upright(picture, at_least=2 * ICON_SIDE).convert("RGBA")
    icon.thumbnail((ICON_SIDE, ICON_SIDE), Image.Resampling.LANCZOS, reducing_gap=None)
    times = ICON_SIDE // max(icon.size)
    icon = icon.resize((icon.width * times, icon.height * times), Image.Resampling.NEAREST)
    square = Image.new("RGBA", (ICON_SIDE, ICON_SIDE))
    square.paste(icon, ((ICON_SIDE - icon.width) // 2, (ICON_SIDE - icon.height) // 2))
    return square


def _as_short_webp(image: Image.Image) -> Picture:
    """Return an issue's picture as WebP that is not too long: with fewer pixels, where it must be."""
    for pixels in _PICTURE_PIXELS:
        image = _within(image, pixels)
        kept = _as_webp(image, quality=80)  # more than a card's: letters in it are to be read
        if len(kept.content) <= LONGEST_PICTURE:
            return kept
    raise PictureError("the picture cannot be made short enough")


def _as_webp(image: Image.Image, *, quality: int = 75) -> Picture:
    file = BytesIO()
    # Method 2 of 6: the last tenth of the size would take five times as long.
    image.save(file, "WEBP", quality=quality, alpha_quality=75, method=2)
    return Picture(content=file.getvalue(), width=image.width, height=image.height)


def _as_png(image: Image.Image) -> Picture:
    file = BytesIO()
    image.save(file, "PNG", optimize=True)
    return Picture(content=file.getvalue(), width=image.width, height=image.height)


def _upright(picture: Image.Image, *, at_least: int) -> Image.Image:
    """Return a picture with no less than `at_least` pixels of the side that counts in the end."""
    return _seen(upright_rgb(picture, lambda size: min(max(size), 2 * min(size)) // at_least))


def _seen(image: Image.Image) -> Image.Image:
    """Return an image without transparency where nothing is transparent; a PictureError where everything is."""
    if image.mode != "RGBA":
        return image
    least, most = image.getchannel("A").getextrema()
    if most == 0:
        raise PictureError("the picture is transparent everywhere and shows nothing")
    return image.convert("RGB") if least == 255 else image

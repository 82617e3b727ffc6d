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
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from io import BytesIO

from PIL import (
    AvifImagePlugin,
    BmpImagePlugin,
    ExifTags,
    IcoImagePlugin,
    Image,
    ImageCms,
    PngImagePlugin,
    UnidentifiedImageError,
)

from ...lock.pictures import Picture
from ...model.cards import PictureKind
from ...model.errors import FailureCode, FetchError
from ..bounded_memory import one_at_a_time
from .avif import coded_sizes, still_only


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

_LONGEST_PROFILE = 1_000_000

_LONGEST_RATIO = 8

IMAGE_SIDE, ICON_SIDE = 480, 32


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rule:
    """The rule for a kind of picture: Pillow's names of formats, names for people, least pixels of the shorter side."""

    formats: tuple[str, ...]
    names: str
    smallest: int


_RULES: dict[PictureKind, _Rule] = {
    "image": _Rule(
        formats=("JPEG", "PNG", "GIF", "WEBP", "AVIF"), names="JPEG, PNG, GIF, WebP or AVIF picture", smallest=40
    ),
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
    """Return a card's image as WebP within 480×480, or a site's icon as PNG of 32×32; equal bytes give equal results.

    Nothing is enlarged but an icon of at most half the size, by a whole factor. Of a picture more than twice as high as
    wide the upper part is kept, of an animation the first frame, of an ICO the size that fits best.

    Raises:
        PictureError: not a picture, damaged, too large or too small to show, or an SVG.
    """
    image = one_at_a_time(lambda: _small(body, kind))
    return _as_webp(image) if kind == "image" else _as_png(image)


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
            return _card_image(picture) if kind == "image" else _site_icon(picture)
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
    if max(width, height) > _LONGEST_RATIO * min(width, height):
        raise PictureError(f"a picture of {width}×{height} pixels is too narrow to show")


def _check_pixels(size: tuple[int, int], written: str) -> None:
    width, height = size
    if width * height > _MOST_PIXELS[written]:
        raise PictureError(
            f"the picture has {width}×{height} pixels, and no more than {_MOST_PIXELS[written]:,} are read"
        )


# --- drawing ------------------------------------------------------------------------------------------------------


def _card_image(picture: Image.Image) -> Image.Image:
    # A fifth more than in the end, so that text stays sharp; twice as much would take twice the time.
    image = _upright_rgb(picture, at_least=IMAGE_SIDE * 6 // 5)
    if image.height > 2 * image.width:
        image = image.crop((0, 0, image.width, 2 * image.width))
    image.thumbnail((IMAGE_SIDE, IMAGE_SIDE), Image.Resampling.LANCZOS, reducing_gap=None)
    return image


def _site_icon(picture: Image.Image) -> Image.Image:
    icon = _upright_rgb(picture, at_least=2 * ICON_SIDE).convert("RGBA")
    icon.thumbnail((ICON_SIDE, ICON_SIDE), Image.Resampling.LANCZOS, reducing_gap=None)
    times = ICON_SIDE // max(icon.size)
    icon = icon.resize((icon.width * times, icon.height * times), Image.Resampling.NEAREST)
    square = Image.new("RGBA", (ICON_SIDE, ICON_SIDE))
    square.paste(icon, ((ICON_SIDE - icon.width) // 2, (ICON_SIDE - icon.height) // 2))
    return square


def _as_webp(image: Image.Image) -> Picture:
    file = BytesIO()
    # Method 2 of 6: the last tenth of the size would take five times as long.
    image.save(file, "WEBP", quality=75, alpha_quality=75, method=2)
    return Picture(content=file.getvalue(), width=image.width, height=image.height)


def _as_png(image: Image.Image) -> Picture:
    file = BytesIO()
    image.save(file, "PNG", optimize=True)
    return Picture(content=file.getvalue(), width=image.width, height=image.height)


def _upright_rgb(picture: Image.Image, *, at_least: int) -> Image.Image:
    """Return a picture as it is meant to be seen: upright, in sRGB, as RGB or RGBA, without metadata.

    The picture is reduced as early as can be, to no less than `at_least` pixels of the side that counts in the end.
    """
    size = picture.size
    factor = max(1, min(max(size), 2 * min(size)) // at_least)
    picture.draft(None, (size[0] // factor, size[1] // factor))  # a JPEG is decoded in a smaller size
    picture.load()
    profile, orientation = picture.info.get("icc_profile"), _orientation(picture)
    image = _with_whole_colours(picture)
    if image is not picture:
        picture.close()  # the picture's pixels take as much memory again
    factor = max(1, min(max(image.size), 2 * min(image.size)) // at_least)
    if factor > 1:
        image = image.reduce(factor)
    image = _in_srgb(image, profile)
    if orientation is not None:
        image = image.transpose(orientation)
    image.info.clear()
    return _seen(image)


_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


def _orientation(picture: Image.Image) -> Image.Transpose | None:
    with suppress(Exception):  # damaged metadata say nothing of the picture
        return _TURNS.get(picture.getexif().get(ExifTags.Base.Orientation, 1))
    return None


def _with_whole_colours(picture: Image.Image) -> Image.Image:
    """Return a picture as RGB, RGBA, L or CMYK, which can be scaled; a palette, single bits and 16 bits cannot."""
    if picture.mode == "I;16":  # Pillow's own way cuts all off that is over 255
        return Image.frombytes("L", picture.size, picture.tobytes()[1::2])
    if picture.has_transparency_data:
        return picture if picture.mode == "RGBA" else picture.convert("RGBA")
    return picture if picture.mode in ("RGB", "L", "CMYK") else picture.convert("RGB")


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Return an image in sRGB as RGB or RGBA; a colour profile that is damaged or of another kind is ignored."""
    mode = "RGBA" if image.mode == "RGBA" else "RGB"
    spaces = {"RGB": "RGB ", "RGBA": "RGB ", "L": "GRAY", "CMYK": "CMYK"}
    if profile and len(profile) <= _LONGEST_PROFILE:
        with suppress(ImageCms.PyCMSError, OSError, ValueError):
            written = ImageCms.ImageCmsProfile(BytesIO(profile))
            if written.profile.xcolor_space == spaces[image.mode]:
                srgb = ImageCms.createProfile("sRGB")
                return ImageCms.profileToProfile(image, written, srgb, outputMode=mode) or image.convert(mode)
    return image if image.mode == mode else image.convert(mode)


def _seen(image: Image.Image) -> Image.Image:
    """Return an image without transparency where nothing is transparent; a PictureError where everything is."""
    if image.mode != "RGBA":
        return image
    least, most = image.getchannel("A").getextrema()
    if most == 0:
        raise PictureError("the picture is transparent everywhere and shows nothing")
    return image.convert("RGB") if least == 255 else image

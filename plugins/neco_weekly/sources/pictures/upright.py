"""A decoded picture as it is meant to be seen: upright, in sRGB, without metadata, and small as early as can be."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from io import BytesIO

from PIL import ExifTags, Image, ImageCms

Reduction = Callable[[tuple[int, int]], int]
"""A function from a picture's size to how many times smaller it may become before it is scaled with care."""

_LONGEST_PROFILE = 1_000_000


def upright_rgb(picture: Image.Image, reduction: Reduction) -> Image.Image:
    """Return a picture as it is meant to be seen: upright, in sRGB, as RGB or RGBA, without metadata.

    The picture is reduced as early as can be, as often as `reduction` says of its size.
    """
    size = picture.size
    factor = max(1, reduction(size))
    picture.draft(None, (size[0] // factor, size[1] // factor))  # a JPEG is decoded in a smaller size
    picture.load()
    profile, orientation = picture.info.get("icc_profile"), _orientation(picture)
    image = _with_whole_colours(picture)
    if image is not picture:
        picture.close()  # the picture's pixels take as much memory again
    factor = max(1, reduction(image.size))
    if factor > 1:
        image = image.reduce(factor)
    image = _in_srgb(image, profile)
    if orientation is not None:
        image = image.transpose(orientation)
    image.info.clear()
    return image


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

"""Sizes of pictures in pixels, read from their beginnings: PNG, JPEG, GIF, WebP, AVIF and SVG. Nothing is decoded."""

from __future__ import annotations

import re
import struct
from collections.abc import Mapping
from contextlib import suppress
from typing import BinaryIO

Size = tuple[int, int]
"""Width and height in pixels, each at least 1."""

_BEGINNING = 32_768
"""The number of bytes of a file that are read; of a JPEG the headers of its segments, wherever these are."""

_MOST_SEGMENTS = 500
"""The number of segments of a JPEG that are looked at before its size: a colour profile may take a hundred."""


def picture_size(file: BinaryIO) -> Size | None:
    """Return the size in which a browser shows a picture by itself; None for what is no picture, or says no size.

    An SVG that has only a `viewBox` says none: it is as large as there is room.
    """
    head = file.read(_BEGINNING)
    with suppress(struct.error, IndexError, OSError):
        size = _size(head, file)
        return size if size and min(size) > 0 else None
    return None


def view_box(file: BinaryIO) -> Size | None:
    """Return the width and height of an SVG's `viewBox`, which give its ratio; None where there is none."""
    tag = _SVG.search(file.read(_BEGINNING).decode("utf-8", "replace"))
    box = _box(dict(_ATTRIBUTE.findall(tag[0]))) if tag else None
    return (max(1, round(box[0])), max(1, round(box[1]))) if box else None


def _size(head: bytes, file: BinaryIO) -> Size | None:
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return struct.unpack_from(">II", head, 16)
    if head.startswith((b"GIF87a", b"GIF89a")):
        return struct.unpack_from("<HH", head, 6)
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return _of_webp(head)
    if head.startswith(b"\xff\xd8"):
        return _of_jpeg(file)
    if head[4:12] in (b"ftypavif", b"ftypavis"):
        return _of_avif(head)
    return _of_svg(head.decode("utf-8", "replace"))


def _of_webp(head: bytes) -> Size | None:
    """Return the size in the first chunk (RFC 9649, 2.5 to 2.7)."""
    match head[12:16]:
        case b"VP8 ":
            width, height = struct.unpack_from("<HH", head, 26)
            return width & 0x3FFF, height & 0x3FFF
        case b"VP8L":
            (bits,) = struct.unpack_from("<I", head, 21)
            return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
        case b"VP8X":
            return int.from_bytes(head[24:27], "little") + 1, int.from_bytes(head[27:30], "little") + 1
    return None


# --- JPEG ---------------------------------------------------------------------------------------------------------

_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""The markers of segments with a size (ITU-T T.81, table B.1: start of frame)."""

_SIDEWAYS = range(5, 9)
"""The values of Exif's orientation in which width and height change places, as browsers draw it."""


def _of_jpeg(file: BinaryIO) -> Size | None:
    place, sideways = 2, False
    for _ in range(_MOST_SEGMENTS):
        file.seek(place)
        sign, marker, length = struct.unpack(">BBH", file.read(4))
        if sign != 0xFF:
            return None
        if marker in _FRAMES:
            height, width = struct.unpack_from(">xHH", file.read(5))
            return (height, width) if sideways else (width, height)
        if marker == 0xE1:
            sideways = sideways or _orientation(file.read(length - 2)) in _SIDEWAYS
        place += 1 if marker == 0xFF else 2 + length  # any number of 0xFF may fill the space before a marker
    return None


def _orientation(exif: bytes) -> int | None:
    """Return the orientation that an Exif segment tells (Exif 2.3, 4.6.4: tag 0x0112 of the first directory)."""
    order = {b"II": "<", b"MM": ">"}.get(exif[6:8]) if exif.startswith(b"Exif\0\0") else None
    if order is None:
        return None
    with suppress(struct.error):
        (directory,) = struct.unpack_from(f"{order}I", exif, 10)
        (count,) = struct.unpack_from(f"{order}H", exif, 6 + directory)
        for entry in range(count):
            tag, value = struct.unpack_from(f"{order}H6xH", exif, 8 + directory + 12 * entry)
            if tag == 0x0112:
                return int(value)
    return None


# --- AVIF and SVG -------------------------------------------------------------------------------------------------

_EXTENTS = re.compile(rb"\0\0\0\x14ispe\0{4}(.{4})(.{4})", re.DOTALL)

_TURN = re.compile(rb"\0\0\0\x09irot(.)", re.DOTALL)


def _of_avif(head: bytes) -> Size | None:
    """Return the largest size that a container's properties name: others are of tiles and of the transparency."""
    sizes = [(int.from_bytes(width), int.from_bytes(height)) for width, height in _EXTENTS.findall(head)]
    turn = _TURN.search(head)
    largest = max(sizes, default=None, key=lambda size: size[0] * size[1])
    return largest[::-1] if largest and turn and turn[1][0] & 1 else largest


_SVG = re.compile(r"<svg(?=[\s>])[^<>]*+>")

_ATTRIBUTE = re.compile(r"""\s(width|height|viewBox)\s*=\s*["']([^"']*)["']""")

_MOST_DIGITS = 30
"""The length of the longest number that says a size: some hundred digits are infinity to Python."""

_PIXELS = re.compile(r"\s*(\d{1,5}(?:\.\d+)?)(?:px)?\s*")


def _of_svg(text: str) -> Size | None:
    tag = _SVG.search(text)
    said = dict(_ATTRIBUTE.findall(tag[0])) if tag else {}
    width, height = (_PIXELS.fullmatch(said.get(name, "")) for name in ("width", "height"))
    if width and height:
        return round(float(width[1])), round(float(height[1]))
    box = _box(said)
    if box and width and "height" not in said:
        return round(float(width[1])), round(float(width[1]) * box[1] / box[0])
    if box and height and "width" not in said:
        return round(float(height[1]) * box[0] / box[1]), round(float(height[1]))
    return None


def _box(said: Mapping[str, str]) -> tuple[float, float] | None:
    written = re.findall(r"-?\d+(?:\.\d+)?", said.get("viewBox", ""))
    if len(written) != 4 or max(map(len, written)) > _MOST_DIGITS:
        return None
    _, _, width, height = map(float, written)
    return (width, height) if min(width, height) > 0 else None

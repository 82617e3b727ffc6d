"""The font of pictures for sharing, which lies in `vendor/`, and what of a text it can draw."""

from __future__ import annotations

import gzip
import re
import struct
import unicodedata
import zlib
from functools import cache
from importlib.resources import files

FONT = "vendor/noto-sans-jp/NotoSansJP_700Bold.ttf.gz"
"""The font in the package, packed; `scripts/vendor` makes it, cut to the signs of JIS X 0208 and code page 932."""

LONGEST = 400
"""The number of signs of a text that are looked at: more than a picture has room for."""


def packed_font() -> bytes:
    """Return the font as it lies in the package, which is enough to tell it from another."""
    return files("neco_weekly").joinpath(FONT).read_bytes()


@cache
def font_bytes() -> bytes:
    """Return the font, a TrueType file.

    Raises:
        OSError: it cannot be read, or is no packed file.
    """
    try:
        return gzip.decompress(packed_font())
    except (EOFError, zlib.error) as error:
        raise OSError(f"{FONT}: {error}") from error


@cache
def signs() -> frozenset[int]:
    """Return the code points for which the font has a glyph."""
    return frozenset(signs_of(font_bytes()))


def drawable(text: str) -> str:
    """Return a text in one line without the signs for which the font has no glyph: emoji, rare characters, controls.

    Nothing stands for them: a box says less than nothing.
    """
    kept = "".join(it for it in unicodedata.normalize("NFC", _SPACE.sub(_one_space, text)) if ord(it) in signs())
    return _SPACE.sub(_one_space, kept).strip()[:LONGEST]


_SPACE = re.compile(r"\s+")


def _one_space(run: re.Match[str]) -> str:
    return "\u3000" if "\u3000" in run[0] else " "


def signs_of(font: bytes) -> set[int]:
    """Return the code points for which a TrueType font has a glyph, by its character map of format 4.

    Raises:
        ValueError: the font has no such map.
    """
    (tables,) = struct.unpack_from(">H", font, 4)
    directory = (struct.unpack_from(">4sIII", font, 12 + 16 * it) for it in range(tables))
    start = next((offset for tag, _, offset, _ in directory if tag == b"cmap"), None)
    if start is None:
        raise ValueError("the font has no character map")
    (count,) = struct.unpack_from(">H", font, start + 2)
    for platform, encoding, offset in (struct.unpack_from(">HHI", font, start + 4 + 8 * it) for it in range(count)):
        if (platform, encoding) in ((0, 3), (3, 1)):
            return _mapped(font, start + offset)
    raise ValueError("the font has no character map of Unicode's basic plane")


def _mapped(font: bytes, start: int) -> set[int]:
    """Return the code points of a map of format 4 whose glyph is not 0, the one for what is missing.

    The form is that of OpenType 1.9, `cmap`, format 4: segments with an end, a start, a delta and a place in an array.
    """
    (doubled,) = struct.unpack_from(">H", font, start + 6)
    many = doubled // 2
    ends = struct.unpack_from(f">{many}H", font, start + 14)
    starts, deltas, places = (
        struct.unpack_from(f">{many}H", font, start + 16 + doubled * (1 + column)) for column in range(3)
    )
    found = set()
    for segment in range(many):
        for code in range(starts[segment], ends[segment] + 1):
            glyph = code
            if places[segment]:
                at = start + 16 + doubled * 3 + 2 * segment + places[segment] + 2 * (code - starts[segment])
                (glyph,) = struct.unpack_from(">H", font, at)
                if not glyph:
                    continue
            if (glyph + deltas[segment]) & 0xFFFF and code != 0xFFFF:
                found.add(code)
    return found

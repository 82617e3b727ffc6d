"""Cuts a font to what titles in Japanese are written with, so that a package can carry the font.

Kept are JIS X 0208, what Windows adds to that (code page 932: circled numbers, names such as 髙), half-width katakana,
ASCII and Latin-1 with the dashes of English. Layout tables and hints go: a title is set sign by sign, in large letters.
The same font gives the same bytes.
"""

from __future__ import annotations

import io
from collections.abc import Iterator

_ALONE = "–—‘’“”•…€™"
"""Signs of English prose that stand in none of the sets below."""

_NAMES = (0, 1, 2, 3, 4, 5, 6, 13, 14)
"""The rows of the font's table of names that stay: copyright, names, version, licence and its address."""

_DROPPED = ("BASE", "DSIG", "GDEF", "GPOS", "GSUB", "STAT", "VORG", "gasp", "meta", "vhea", "vmtx")
"""Tables of layout, of vertical lines and of screens with few dots."""


def wanted_signs() -> set[int]:
    """The code points that are kept, where the font has them."""
    return {
        *range(0x20, 0x7F),
        *range(0xA0, 0x100),
        *range(0xFF61, 0xFFA0),
        *map(ord, _ALONE),
        *_pairs("euc_jp"),
        *_pairs("cp932"),
    }


def _pairs(encoding: str) -> Iterator[int]:
    """The code points that an encoding writes as two bytes, but for those that every user gives a meaning."""
    for first in range(0x81, 0x100):
        for second in range(0x40, 0x100):
            try:
                sign = bytes((first, second)).decode(encoding)
            except UnicodeDecodeError:
                continue
            if len(sign) == 1 and not "\ue000" <= sign <= "\uf8ff":
                yield ord(sign)


def subset(font: bytes) -> bytes:
    """A TrueType font with the wanted signs alone."""
    from fontTools import subset as tools  # noqa: PLC0415 (only who makes a font has the package, not who checks one)
    from fontTools.ttLib import TTFont  # noqa: PLC0415

    options = tools.Options(
        layout_features=[], hinting=False, notdef_outline=False, name_IDs=list(_NAMES), name_languages=[0x409]
    )
    options.drop_tables += _DROPPED
    whole = TTFont(io.BytesIO(font), recalcTimestamp=False)
    cutter = tools.Subsetter(options)
    cutter.populate(unicodes=wanted_signs())
    cutter.subset(whole)
    out = io.BytesIO()
    whole.save(out, reorderTables=True)
    return out.getvalue()

"""The words of a picture for sharing -> a PNG of 1200 × 630 pixels, the size that most services show whole.

Two colours of the site's header carry it: ink and amber. Drawn are a box and our own font's letters; nothing is read
but the font. The same words give the same bytes, with the same versions of what draws.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from functools import cache
from typing import TYPE_CHECKING

from .breaks import japanese_phrases
from .card_font import drawable, font_bytes
from .fitting import GAP, LEADING, Fitted, Setter
from .social_card import HEIGHT, WIDTH, SocialCard

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageFont import FreeTypeFont

Colour = tuple[int, int, int]
"""Red, green and blue, each from 0 to 255."""

_INK: Colour = (0x20, 0x24, 0x2C)
_WHITE: Colour = (0xFF, 0xFF, 0xFF)
_AMBER: Colour = (0xF2, 0xC4, 0x64)
_QUIET: Colour = (0xC3, 0xC8, 0xD2)
_COLOURS = (_WHITE, _AMBER, _QUIET)

_SHADES = 64
"""The number of shades between the ink and each colour: a picture of 256 colours is a third of one with all."""

_LEFT, _ROOM = 88, 1024
_BAR = (_LEFT, 52, _LEFT + 56, 59)
_HEAD, _MIDDLE, _FOOT = 118, 332, 566
"""The base line of the site's name, the middle of the title's place, the base line of the last line."""

_TITLE_SIZES, _TITLE_HEIGHT = (84, 72, 64, 56, 48, 42), 338
_BRIEF_SIZES, _BRIEF_HEIGHT = (84, 72, 60, 48), 196
"""The sizes of a title, and the height of its place; and those of a title with a sentence below it."""

_SMALL, _ABOUT_HEIGHT, _BETWEEN = 34, 140, 24


def draw_card(card: SocialCard) -> bytes:
    """Return the picture as a PNG.

    Raises:
        ImportError: Pillow is missing, or was built without FreeType.
        OSError: the font cannot be read.
    """
    title, about = _set(card)
    layers = {colour: _Layer() for colour in _COLOURS}
    layers[_AMBER].pen.rectangle(_BAR, fill=255)
    layers[_QUIET].write_line(_HEAD, card.site)
    top = _MIDDLE - (title.height + (about.height + _BETWEEN if about.parts else 0)) / 2
    layers[_WHITE].write(top, title)
    layers[_QUIET].write(top + title.height + _BETWEEN, about)
    layers[_AMBER].write_line(_FOOT, card.foot)
    return _png(_joined([it.mask for it in layers.values()]))


def _set(card: SocialCard) -> tuple[Fitted, Fitted]:
    """Return the title and what stands below it, as they are set; a title without a sign is the site's name."""
    about = drawable(card.about)
    parts = [it for it in map(drawable, card.title) if it] or [drawable(card.site)]
    place = (_BRIEF_SIZES, _ROOM, _BRIEF_HEIGHT) if about else (_TITLE_SIZES, _ROOM, _TITLE_HEIGHT)
    title = _setter().fit(parts, *place)
    return title, _setter().fit([about], (_SMALL,), _ROOM, _ABOUT_HEIGHT) if about else Fitted(_SMALL, ())


class _Layer:
    """What is drawn in one colour, as how much of each dot is covered."""

    def __init__(self) -> None:
        from PIL import Image, ImageDraw  # noqa: PLC0415 (a build loads it only where something is to be drawn)

        self.mask = Image.new("L", (WIDTH, HEIGHT), 0)
        self.pen = ImageDraw.Draw(self.mask)

    def write(self, top: float, text: Fitted) -> None:
        """Write the lines of a text below each other."""
        for part in text.parts:
            for line in part:
                self._write(top + text.pixels * 1.03, text.pixels, line)
                top += text.pixels * LEADING
            top += text.pixels * GAP

    def write_line(self, base: float, text: str) -> None:
        """Write a small line, shortened where there is no room for all."""
        self._write(base, _SMALL, _setter().shortened(drawable(text), _ROOM / _SMALL))

    def _write(self, base: float, pixels: int, line: str) -> None:
        self.pen.text((_LEFT, round(base)), line, fill=255, font=_font(pixels), anchor="ls")


def _joined(masks: Sequence[Image]) -> Image:
    """Return what several layers show together: each has its own part of the palette, and 0 is the ink below."""
    from PIL import Image, ImageChops  # noqa: PLC0415

    joined = Image.new("L", (WIDTH, HEIGHT), 0)
    for place, mask in enumerate(masks):
        first = place * _SHADES
        shades = [first + it * (_SHADES - 1) // 255 if it * (_SHADES - 1) >= 255 else 0 for it in range(256)]
        joined = ImageChops.lighter(joined, mask.point(shades))
    joined.putpalette(list(_palette(_COLOURS)))
    return joined


def _palette(colours: Iterable[Colour]) -> Iterable[int]:
    """Yield for each colour the shades from the ink to it, red, green and blue of each."""
    for colour in colours:
        for step in range(_SHADES):
            yield from (ink + (part - ink) * step // (_SHADES - 1) for ink, part in zip(_INK, colour, strict=True))


def _png(picture: Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "PNG", compress_level=6)
    return out.getvalue()


@cache
def _setter() -> Setter:
    return Setter(_width, japanese_phrases())


def _width(text: str) -> float:
    return sum(map(_advance, text))


@cache
def _advance(sign: str) -> float:
    return _font(1000).getlength(sign) / 1000


@cache
def _font(pixels: int) -> FreeTypeFont:
    from PIL import ImageFont  # noqa: PLC0415

    return ImageFont.truetype(io.BytesIO(font_bytes()), pixels, layout_engine=ImageFont.Layout.BASIC)

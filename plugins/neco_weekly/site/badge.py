"""`badge/127.svg`: where a KEP stands, as a picture for pages elsewhere, and the line that puts it there.

A page elsewhere may be light or dark and says neither to a picture (https://www.w3.org/TR/SVG2/conform.html#secure-static-mode
has no styles of the page around), so a badge brings its own ground. What shipped has a filled field, and a dot that
fills as a feature grows up; what is only planned has a dashed, open one: the form tells them apart before the colour.
The text is drawn in a font that the reader has, made to fit: a picture may request nothing.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from typing import Literal

from ..display.phrases import planned_text, reached_text, standing_text
from ..display.words import Strings
from ..lock.kep_as_of import KepAsOf, Standing
from ..model.keps import Stage
from ..model.text import CONTROL, one_line
from .markdown_text import address_in_brackets

INK = {
    Stage.ALPHA: "#6a3da3",
    Stage.BETA: "#875000",
    Stage.STABLE: "#1a6a3a",
    Stage.DEPRECATED: "#67594c",
    Stage.DISABLED: "#67594c",
    Stage.REMOVED: "#a52c2c",
}
"""The ink of a stage on a light ground: the tokens of `assets/base.css`."""

ENDED_INK, UNKNOWN_INK, PLAN_INK = "#67594c", "#57606c", "#565d68"
"""The inks of a proposal that goes no further, of one of which nothing shipped, and of what is only planned."""

Shape = Literal["open", "half", "full", "struck", "none"]
"""What the dot of a field looks like: it fills from alpha to stable, and is struck through where something ended."""

_SHAPES: dict[Stage, Shape] = {Stage.ALPHA: "open", Stage.BETA: "half", Stage.STABLE: "full"}

_MARGIN, _DOT = 7, 13
"""Pixels on either side of a field's text, and those that a dot takes before it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A field of a badge: its text, where it begins and how wide it and its text are in pixels, its ink and its dot.

    `kind` is `name` for the KEP's number, `shipped`, `planned`, or `day` for the day as of which all that is so.
    """

    kind: Literal["name", "shipped", "planned", "day"]
    text: str
    x: int
    text_width: int
    ink: str = ""
    shape: Shape = "none"

    @property
    def text_x(self) -> int:
        """Where the text begins."""
        return self.x + _MARGIN + (_DOT if self.shape != "none" else 0)

    @property
    def width(self) -> int:
        """The width of the field with its margins."""
        return self.text_x - self.x + self.text_width + _MARGIN


@dataclass(frozen=True, slots=True, kw_only=True)
class Badge:
    """What a badge shows: `name` and `description` are for who cannot see it. `number` is the KEP's."""

    number: int
    name: str
    description: str
    parts: tuple[Part, ...]

    @property
    def width(self) -> int:
        """The width of the picture in pixels."""
        return self.parts[-1].x + self.parts[-1].width


def badge_of(kep: KepAsOf, day: dt.date | None, site_name: str, words: Strings) -> Badge:
    """Return the badge of a KEP as of today; `day` is the lock's, None where it has none."""
    number, title = kep.enhancement.number, one_line(kep.state.title)
    site = one_line(site_name) or "Neco Weekly"
    undated = words("badge.described_undated", title=title, site=site)
    return Badge(
        number=number,
        name=words("badge.title", number=number, standing=standing_text(kep.today, words)),
        description=words("badge.described", title=title, site=site, day=day) if day else undated,
        parts=tuple(_placed(number, kep.today, day, words)),
    )


def _placed(number: int, standing: Standing, day: dt.date | None, words: Strings) -> Iterator[Part]:
    """Yield the fields of a badge, each behind the one before."""
    x = 0
    for part in _parts(number, standing, day, words):
        placed = Part(kind=part.kind, text=part.text, x=x, text_width=part.text_width, ink=part.ink, shape=part.shape)
        yield placed
        x += placed.width


def _parts(number: int, standing: Standing, day: dt.date | None, words: Strings) -> Iterator[Part]:
    yield _part("name", f"KEP-{number}", 12)
    reached, planned, shipped = reached_text(standing, words), standing.planned, standing.shipped
    if standing.ended:
        yield _part("shipped", reached or "", 12, ENDED_INK, "struck")
    elif shipped:
        yield _part("shipped", reached or "", 12, INK[shipped.stage], _SHAPES.get(shipped.stage, "struck"))
    elif not planned:
        yield _part("shipped", words("stage.none"), 12, UNKNOWN_INK, "open")
    if planned:
        yield _part("planned", planned_text(planned, words), 12, PLAN_INK)
    if day:
        yield _part("day", day.isoformat(), 10, UNKNOWN_INK)


def _part(
    kind: Literal["name", "shipped", "planned", "day"], text: str, size: int, ink: str = "", shape: Shape = "none"
) -> Part:
    return Part(kind=kind, text=text, x=0, text_width=width_of(text, size), ink=ink, shape=shape)


def width_of(text: str, size: int) -> int:
    """Return about how wide a text is in a usual font of a size, in whole pixels; the font is made to fit that."""
    return round(sum(_width(letter) for letter in text) * size)


def _width(letter: str) -> float:
    """Return the width of a letter in parts of the font's size."""
    if unicodedata.east_asian_width(letter) in "WF":
        return 1.0
    return 0.34 if letter in "ijl.,:'|() " else 0.62


# --- elsewhere ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Embedding:
    """The lines that put a badge into a page elsewhere, where it leads to the KEP's page."""

    markdown: str
    html: str


def embedding(number: int, picture: str, page: str) -> Embedding:
    """Return the lines for a KEP; the addresses of picture and page are absolute.

    The words beside the picture name the KEP alone: what they said of its stage would stay when the picture changes.
    """
    name = f"KEP-{number}"
    return Embedding(
        markdown=f"[![{name}]({address_in_brackets(picture)})]({address_in_brackets(page)})",
        html=f'<a href="{_in_html(page)}"><img src="{_in_html(picture)}" alt="{name}" height="22"></a>',
    )


def _in_html(address: str) -> str:
    return escape(CONTROL.sub("", address).replace(" ", "%20"))

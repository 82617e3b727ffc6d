"""Whether a page shows the same before and after mends: a mend is done only where the drawn page proves it harmless.

The page is drawn twice, as a build draws it. What a mend is meant to change is made equal in both, outside of code and
comments: how a KEP is written, and tracking parameters. Everything else has to be the same, byte for byte: headings and
their anchors, references, links, cards, text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from html import unescape

from ...grammar.kep_references import find_text_references
from ...grammar.tracking import without_tracking
from .mends import Mend, mended

Drawn = tuple[str, tuple[str, ...]]
"""A page as HTML, and the anchors that links to it may name."""

Draw = Callable[[str], Drawn]
"""A function that draws a text."""

_EXACT = re.compile(r"<(?P<name>pre|code|script|style|svg|math)\b.*?</(?P=name)>|<!--.*?-->", re.DOTALL | re.IGNORECASE)

_TAG = re.compile(r"(<[^<>]*>)")

_ADDRESS = re.compile(r"[^\s<>\"'?]+\?[^\s<>\"']+")
"""A pattern for an address with parameters, also as a card shows one: without its scheme."""


_WIDE_END = re.compile(r"\[([^\[\]<>]+)\]\((<a href=\"[^\"<>]*\")>[^<>]*</a>）")
"""A pattern for a link that a full-width bracket was to end, as it is drawn: as text with its address as a link."""


def proven(text: str, mends: Sequence[Mend], draw: Draw) -> list[Mend]:
    """Return those mends of a text behind which the page shows the same, all together."""
    return _proven(text, [], list(mends), draw, _meant(draw(text))) if mends else []


def _proven(text: str, done: list[Mend], more: list[Mend], draw: Draw, wanted: Drawn) -> list[Mend]:
    """Return the mends that are done already, and those more that change nothing either: all, or by halves."""
    together = sorted([*done, *more], key=lambda it: it.start)
    if _meant(draw(mended(text, together))) == wanted:
        return together
    if len(more) == 1:
        return done
    half = len(more) // 2
    return _proven(text, _proven(text, done, more[:half], draw, wanted), more[half:], draw, wanted)


def _meant(drawn: Drawn) -> Drawn:
    html, anchors = drawn
    pieces, end = [], 0
    for exact in _EXACT.finditer(html):
        pieces += [_equal(html[end : exact.start()]), exact[0]]
        end = exact.end()
    return re.sub(r"\n+", "\n", "".join((*pieces, _equal(html[end:])))), anchors


def _equal(html: str) -> str:
    """Return HTML in which addresses have no tracking parameters, every KEP is written in one way, and links end."""
    html = _WIDE_END.sub(r"\2>\1</a>", html)
    parts = _TAG.split(_ADDRESS.sub(lambda match: without_tracking(unescape(match[0])), html))
    return "".join(part if place % 2 else _one_form(part) for place, part in enumerate(parts))


def _one_form(text: str) -> str:
    pieces, end = [], 0
    for found in find_text_references(text):
        pieces += [text[end : found.start], f"KEP-{found.number}"]
        end = found.end
    return "".join((*pieces, text[end:]))

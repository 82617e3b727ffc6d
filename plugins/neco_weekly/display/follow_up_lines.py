"""Lines at a section of an issue that later issues follow up or correct: no words of its author, and not searched.

They are put into pages that are drawn already, so that no processor reads them again: their text is no Markdown.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement, tostring

from ..model.text import shortened
from .elements import NOT_SEARCHED
from .words import Strings

SHOWN = 5
"""The number of follow-ups, and of corrections, of one section that are seen at once: the newest."""

LONGEST = 120
"""The number of letters of a line: of a later heading, or of a correction's first sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line that leads to a later issue: to its `address`, with its day and what it says. Its text is not escaped."""

    address: str
    day: dt.date
    said: str
    is_correction: bool


def follow_up_lines(lines: Iterable[Line], words: Strings) -> str:
    """Return the lines of one section as HTML, oldest first: corrections unmistakable, follow-ups quiet below them.

    Of many, the newest are seen, and the others behind something to open.
    """
    known = list(lines)
    corrections = [it for it in known if it.is_correction]
    others = [it for it in known if not it.is_correction]
    boxes = [*_bounded(corrections, "correction", words), *_bounded(others, "follow_up", words)]
    return "\n".join(tostring(it, encoding="unicode", method="html") for it in boxes)


def _bounded(lines: list[Line], kind: str, words: Strings) -> Iterable[Element]:
    hidden = lines[:-SHOWN]
    if hidden:
        more = Element("details", {"class": f"neco-later-more {_class(kind)}", NOT_SEARCHED: "1"})
        SubElement(more, "summary").text = words(f"{kind}.more", count=len(hidden))
        more.extend(_line(it, kind, words) for it in hidden)
        yield more
    yield from (_line(it, kind, words) for it in lines[-SHOWN:])


def _line(line: Line, kind: str, words: Strings) -> Element:
    box = Element("p", {"class": f"neco-later {_class(kind)}", NOT_SEARCHED: "1"})
    mark = SubElement(box, "strong" if line.is_correction else "span", {"class": "neco-later__mark"})
    mark.text, mark.tail = words(f"{kind}.mark"), " "
    link = SubElement(box, "a", {"href": line.address})
    link.text = words("follow_up.link", day=line.day, said=shortened(line.said, LONGEST))
    return box


def _class(kind: str) -> str:
    return f"neco-{kind.replace('_', '-')}"

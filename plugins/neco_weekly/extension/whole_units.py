"""What no end of a line may part: a reference with its badge and closing sign, short code, dates and options in cells.

Everything is said with elements and classes, for styles to hold together; the characters stay as they were written, so
that finding and copying them stays right. A word joiner would not do: it does not bind after an inline block.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from markdown.util import AtomicString

from ..display.elements import cut_out
from .sections import HEADINGS, INLINE

UNIT = "neco-unit"
"""The class of an element whose text stays on one line."""

LONG_CODE = "neco-long"
"""The class of code in a line that may be broken, since a phone has no room for it."""

LONGEST_CODE = 27
"""The number of characters of the longest code in a line that is never broken: 255 px of a phone's 328."""

LONGEST_OPTION = 14
"""The number of characters of the longest word with a hyphen in code in a cell that is never broken."""

CROWD = "neco-kep--crowd"
"""The class of the third reference of a paragraph and those after it, whose badges are quieter."""

_PARAGRAPHS = frozenset({"p", "li", "dd"})

_TOKEN = re.compile(r"\s*(?:KEP-|#)\d{1,5}\s*\Z")

_CLOSING = re.compile(r"[、。，．：；！？）」』】〕〉》｝］’”…‥,.:;!?)\]}]+")
"""Signs that begin no line, after https://www.w3.org/TR/jlreq/#characters_not_starting_a_line"""

_DATE = re.compile(r"\d{4}(?:-\d{1,2}-\d{1,2}|/\d{1,2}/\d{1,2}|年 ?\d{1,2} ?月 ?\d{1,2} ?日)|\d{1,2} ?月 ?\d{1,2} ?日")

_WORD = re.compile(r"\S+")


def keep_units_whole(root: Element) -> None:
    """Mark what no end of a line may part in a finished tree, once all references are drawn.

    Headings are left alone: what stands in them is cut and put in elsewhere, and they have room.
    """
    for element in list(root.iter()):
        if element.tag in ("td", "th"):
            _keep_dates_whole(element)
            _keep_options_whole(element)
        if element.tag == "pre" or element.tag in HEADINGS:
            continue
        for code in element.findall("code"):
            if len("".join(code.itertext())) > LONGEST_CODE:
                _add_class(code, LONG_CODE)
        if element.tag in _PARAGRAPHS:
            for reference in list(_references_in(element))[2:]:
                _add_class(reference, CROWD)
        if any(map(_is_reference, element)):
            _keep_references_whole(element)


def _keep_references_whole(parent: Element) -> None:
    children = list(parent)
    place = 0
    while place < len(children):
        group = list(_group(children, place))
        place += max(1, len(group))
        if group and (len(group) > 1 or _CLOSING.match(group[0].tail or "")):  # else the link is a unit by itself
            _wrap(parent, group)


def _group(children: list[Element], place: int) -> Iterator[Element]:
    """Yield what stands together at a place among the children: an author's short link and the references behind."""
    first = children[place]
    if not _is_reference(first):
        if first.tag != "a" or first.tail or not _TOKEN.match("".join(first.itertext())):
            return
        if place + 1 == len(children) or not _is_reference(children[place + 1]):
            return
    yield first
    for before, child in zip(children[place:], children[place + 1 :], strict=False):
        if before.tail or not _is_reference(child):
            return
        yield child


def _wrap(parent: Element, group: list[Element]) -> None:
    """Put elements that follow each other into one, with the closing signs behind the last."""
    position, last = list(parent).index(group[0]), group[-1]
    unit = Element("span", {"class": UNIT})
    tail = last.tail or ""
    closing = _CLOSING.match(tail)
    last.tail = _like(last.tail, closing[0]) if closing else None
    unit.tail = _like(tail, tail[closing.end() :]) if closing else tail
    for element in group:
        parent.remove(element)
        unit.append(element)
    parent.insert(position, unit)


def _references_in(block: Element) -> Iterator[Element]:
    """Yield the references in a block's own text, not in the blocks within it."""
    for child in block:
        if _is_reference(child):
            yield child
        elif child.tag in INLINE:
            yield from _references_in(child)


def _keep_dates_whole(cell: Element) -> None:
    for element in list(cell.iter()):
        if element.tag in ("code", "time"):
            continue
        if element.text and not isinstance(element.text, AtomicString):
            element.text, units = cut_out(element.text, _dates(element.text))
            for offset, unit in enumerate(units):
                element.insert(offset, unit)
        for child in list(element):
            if child.tail and not isinstance(child.tail, AtomicString):
                child.tail, units = cut_out(child.tail, _dates(child.tail))
                position = list(element).index(child) + 1
                for offset, unit in enumerate(units):
                    element.insert(position + offset, unit)


def _dates(text: str) -> list[tuple[int, int, Element]]:
    found = []
    for date in _DATE.finditer(text):
        unit = Element("span", {"class": UNIT})
        unit.text = AtomicString(date[0])
        found.append((date.start(), date.end(), unit))
    return found


def _keep_options_whole(cell: Element) -> None:
    """Keep short words of code such as `--dry-run` on one line: browsers end a line behind each hyphen."""
    for code in cell.iter("code"):
        text = code.text or ""
        if "-" not in text or len(code):
            continue
        units = []
        for word in _WORD.finditer(text):
            if "-" in word[0] and len(word[0]) <= LONGEST_OPTION:
                unit = Element("span", {"class": UNIT})
                unit.text = AtomicString(word[0])
                units.append((word.start(), word.end(), unit))
        before, elements = cut_out(text, units)
        code.text = AtomicString(before)
        for element in elements:
            element.tail = AtomicString(element.tail or "")
        code.extend(elements)


def _is_reference(element: Element) -> bool:
    names = (element.get("class") or "").split()
    return "neco-kep" in names and "neco-card__link" not in names


def _add_class(element: Element, name: str) -> None:
    element.set("class", f"{element.get('class', '')} {name}".strip())


def _like(model: str | None, text: str) -> str:
    """Return a text that is read again as Markdown only where the model is."""
    return AtomicString(text) if isinstance(model, AtomicString) else text

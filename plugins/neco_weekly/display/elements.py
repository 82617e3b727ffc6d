"""Small helpers for elements whose text Python-Markdown must not read again."""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree.ElementTree import Element, SubElement

from markdown.util import AtomicString


def add(parent: Element, tag: str, text: str, attributes: dict[str, str] | None = None) -> Element:
    """Add a last child to an element, with a text that Python-Markdown does not read again, and return the child."""
    child = SubElement(parent, tag, attributes or {})
    child.text = verbatim(text) if text else None
    return child


def cut_out(text: str, places: Iterable[tuple[int, int, Element]]) -> tuple[str, list[Element]]:
    """Return the text before the first of some places, and the elements there, each with the text behind as its tail.

    A place is a start, an end and the element that stands for the text between them; places are in order, none overlap.
    """
    elements: list[Element] = []
    before, end = text, 0
    for start, stop, element in places:
        if elements:
            elements[-1].tail = text[end:start]
        else:
            before = text[:start]
        elements.append(element)
        end = stop
    if elements:
        elements[-1].tail = text[end:]
    return before, elements


NOT_SEARCHED = "data-search-exclude"
"""The attribute of elements whose text is ours and not the author's; Material's search leaves them out as well."""


class RawText(AtomicString):
    """Text of HTML that a writer wrote: no Markdown is read in it, but references are, as on GitHub."""


def verbatim(text: str) -> AtomicString:
    """Return text that is drawn as written: `&lt;` stays these characters, where Python-Markdown would show `<`."""
    return AtomicString(text.replace("&", "&amp;"))

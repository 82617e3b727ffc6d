"""Small helpers for elements whose text Markdown must not read again."""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement

from markdown.util import AtomicString


def add(parent: Element, tag: str, text: str, attributes: dict[str, str] | None = None) -> Element:
    """A new last child with a text that Markdown does not read again."""
    child = SubElement(parent, tag, attributes or {})
    child.text = verbatim(text) if text else None
    return child


NOT_SEARCHED = "data-search-exclude"
"""Attribute of elements whose text is ours and not the author's; Material's search knows it too."""


def verbatim(text: str) -> AtomicString:
    """Text that is drawn as it is: Python-Markdown leaves an `&lt;` in it alone, as if its author had meant `<`."""
    return AtomicString(text.replace("&", "&amp;"))

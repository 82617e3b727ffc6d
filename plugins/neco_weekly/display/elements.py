"""Small helpers for elements whose text Python-Markdown must not read again."""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement

from markdown.util import AtomicString


def add(parent: Element, tag: str, text: str, attributes: dict[str, str] | None = None) -> Element:
    """Add a last child to an element, with a text that Python-Markdown does not read again, and return the child."""
    child = SubElement(parent, tag, attributes or {})
    child.text = verbatim(text) if text else None
    return child


NOT_SEARCHED = "data-search-exclude"
"""The attribute of elements whose text is ours and not the author's; Material's search leaves them out as well."""


class RawText(AtomicString):
    """Text of HTML that a writer wrote: no Markdown is read in it, but references are, as on GitHub."""


def verbatim(text: str) -> AtomicString:
    """Return text that is drawn as written: `&lt;` stays these characters, where Python-Markdown would show `<`."""
    return AtomicString(text.replace("&", "&amp;"))

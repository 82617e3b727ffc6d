"""The HTML that writers write, as elements: what stands between its tags is Markdown, as on GitHub.

CommonMark ends a block of HTML at an empty line, so that `<details>` and `</details>` are two blocks with Markdown
between them. They are read as one text in which each block of Markdown is a slot.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PageElement, PreformattedString
from markdown import Markdown

from ...display.elements import RawText
from ..page_context import PageContext
from ..parsable_html import parsable
from ..typography import join_wide
from .rules import DEEPEST, HTML

_SLOT = "neco-slot\N{START OF TEXT}"
"""The tag of a block of Markdown among raw HTML, which nobody can write: this character is in no page's text."""

_STASHED = frozenset({"script", "style", "textarea", "template", "xmp"})
"""Tags of elements whose text is no text of the page."""


def weave(md: Markdown, page: PageContext, parent: Element, depth: int) -> None:
    """Put elements in place of the raw HTML among an element's children, and those children into what holds them.

    `depth` is how many elements the parent lies in.
    """
    slots: list[Element] = []
    pieces: list[str] = []
    for child in list(parent):
        parent.remove(child)
        if child.tag == HTML:
            pieces.append(child.text or "")
        else:
            pieces.append(f'<{_SLOT} id="{len(slots)}"></{_SLOT}>\n')
            slots.append(child)
    soup = _read("".join(pieces))
    _Weaver(md=md, page=page, slots=slots, deepest=max(0, DEEPEST - depth)).fill(parent, soup)


def start_tag(written: str) -> Element:
    """Return the element that a start tag begins."""
    tag = _read(written).find(True)
    element = Element(tag.name if isinstance(tag, Tag) else "div")
    if isinstance(tag, Tag):
        _take_attributes(element, tag)
    return element


def _read(html: str) -> BeautifulSoup:
    whole = parsable(html)
    return BeautifulSoup(whole, "html.parser", multi_valued_attributes=None, on_duplicate_attribute="ignore")


def _take_attributes(element: Element, tag: Tag) -> None:
    """Give an element the attributes of a tag; `markdown` is a word to us and none for readers."""
    for name, value in tag.attrs.items():
        if name != "markdown" and _ATTRIBUTE.fullmatch(name):
            element.set(name, str(value))


_ATTRIBUTE = re.compile(r"[^\s\"'<>/=\x00-\x1f\x7f]+")

_NAME = re.compile(r"[a-z][a-z0-9:._-]*")


@dataclass(kw_only=True)
class _Weaver:
    """What puts elements in place of tags, iteratively: HTML may be nested deeper than Python calls functions."""

    md: Markdown
    page: PageContext
    slots: list[Element]
    deepest: int

    def fill(self, parent: Element, soup: Tag) -> None:
        stack: list[tuple[Iterator[PageElement], Element, bool]] = [(iter(soup.children), parent, False)]
        used: set[int] = set()
        while stack:
            nodes, element, verbatim = stack[-1]
            node = next(nodes, None)
            if node is None:
                stack.pop()
            elif not isinstance(node, Tag):
                self._text(element, node, verbatim=verbatim)
            elif node.name == _SLOT:
                place = int(str(node.get("id")))
                element.append(self.slots[place])
                used.add(place)
            elif node.name in _STASHED or not _NAME.fullmatch(node.name):
                self._append(element, self.md.htmlStash.store(str(node)))
            else:
                inner = self._begin(element, node, deep=len(stack) > self.deepest)
                stack.append((iter(node.children), inner, verbatim or node.name == "pre"))
        for place, slot in enumerate(self.slots):
            if place not in used:  # swallowed by a tag that holds no elements
                parent.append(slot)

    def _begin(self, element: Element, node: Tag, *, deep: bool) -> Element:
        if deep:
            self.page.complain_once("too-deep", str(DEEPEST))
            return element
        inner = SubElement(element, node.name)
        _take_attributes(inner, node)
        self.page.raw_html.add(inner)
        return inner

    def _text(self, element: Element, node: PageElement, *, verbatim: bool) -> None:
        if isinstance(node, PreformattedString):  # comments and declarations
            self._append(element, self.md.htmlStash.store(node.output_ready()))
        elif isinstance(node, NavigableString):
            text = str(node) if verbatim else join_wide(str(node))
            self._append(element, text.replace("&", "&amp;"))

    def _append(self, element: Element, text: str) -> None:
        if len(element):
            element[-1].tail = RawText((element[-1].tail or "") + text)
            self.page.raw_tails.add(element[-1])
        else:
            element.text = RawText((element.text or "") + text)

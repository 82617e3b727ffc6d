"""HTML inside a line: tags of elements are HTML, other words between angle brackets are words.

A tag is kept as Python-Markdown keeps raw HTML. When all inline patterns are done, elements are made of the tags that
belong together, so that pictures and links that are written as HTML are as those of Markdown to all that follows.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.inlinepatterns import HTML_RE, HtmlInlineProcessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import HTML_PLACEHOLDER, HTML_PLACEHOLDER_RE, AtomicString

from ...grammar.html_names import VOID, is_element, is_html_element
from ..page_context import CurrentPage
from .whole_text import Place

if TYPE_CHECKING:
    from ..page_context import PageContext

_NAME = re.compile(r"<(?P<end>/)?(?P<name>[A-Za-z][^\s/>]*)(?P<rest>[^>]*)")

_STAYS = frozenset("script style textarea title template xmp iframe noembed noframes noscript plaintext".split())
"""Names of elements that stay raw HTML, for their text is none of Markdown."""

_DEEPEST = 50
"""How many elements of tags may lie in each other; deeper ones stay raw HTML."""

_PLACEHOLDER = HTML_PLACEHOLDER.partition("%s")[0]
"""How the placeholder of each tag begins."""

_REFERENCE = re.compile(r"&(?=(?:#[0-9]+|#x[0-9a-f]+|[0-9a-z]+);)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """A tag inside a line, as it is written, with its name in small letters."""

    written: str
    name: str
    is_end: bool

    @property
    def is_void(self) -> bool:
        """Whether the tag is a whole element."""
        return self.name in VOID

    def element(self) -> Element:
        """Return the element that the tag begins; `markdown` is for Python-Markdown, and an empty `id` for nobody."""
        from bs4 import BeautifulSoup  # noqa: PLC0415 (a tenth of all imports, which a build of pages that are kept does without)

        soup = BeautifulSoup(self.written, "html.parser", multi_valued_attributes=None)
        found = soup.find(True) if "=" in self.written or " " in self.written else None
        named = {name: str(value) for name, value in found.attrs.items()} if found else {}
        kept = {name: _REFERENCE.sub("&amp;", value) for name, value in named.items() if (name, value) != ("id", "")}
        kept.pop("markdown", None)
        return Element(self.name, kept)


class Tags(HtmlInlineProcessor):
    """An inline pattern for HTML; `tags` are those of the page by their numbers in Python-Markdown's stash."""

    md: Markdown

    def __init__(self, md: Markdown, current: CurrentPage) -> None:
        super().__init__(HTML_RE, md)
        self.current = current
        self._page: PageContext | None = None
        self._tags: dict[int, Tag] = {}

    @property
    def tags(self) -> dict[int, Tag]:
        """The tags of the page, by their numbers in Python-Markdown's stash."""
        if self._page is not self.current.page:
            self._page, self._tags = self.current.page, {}
        return self._tags

    def handleMatch(  # type: ignore[override]  # noqa: N802 (Python-Markdown's name)
        self, m: re.Match[str], data: str
    ) -> Place:
        tag = _NAME.match(m[1])
        if tag and not self._is_html(tag):
            return None, None, None
        placeholder, start, end = super().handleMatch(m, data)
        number = self.md.htmlStash.html_counter - 1
        if tag and is_html_element(tag["name"]) and tag["name"].lower() not in _STAYS:
            written = str(self.md.htmlStash.rawHtmlBlocks[number])
            self.tags[number] = Tag(written=written, name=tag["name"].lower(), is_end=bool(tag["end"]))
        return placeholder, start, end

    def _is_html(self, tag: re.Match[str]) -> bool:
        """Whether a tag is one; names of no element of HTML itself need an attribute, or both tags of an element."""
        name = tag["name"]
        if is_html_element(name):
            return True
        other = f"<{name}" if tag["end"] else f"</{name}>"
        is_meant = "=" in tag["rest"] or self.current.page.locator.holds(other)
        if is_meant and (is_element(name) or "-" in name):
            return name.isascii()
        if is_meant and not tag["end"]:
            self.current.page.complain("unknown-tag", f"<{name}")
        return False


class ElementsOfTags(Treeprocessor):
    """A tree processor that makes elements of the tags that belong together in one element; others stay raw HTML."""

    def __init__(self, md: Markdown, current: CurrentPage, tags: Tags) -> None:
        super().__init__(md)
        self.current, self.tags = current, tags

    def run(self, root: Element) -> None:
        tags = self.tags.tags
        if not tags:
            return
        holders = [it for it in root.iter() if _holds_tag(it)]
        page = self.current.page
        for parent in holders:
            made = _rebuild(parent, _pieces(parent, tags))
            page.raw_links.update(it for it in made if it.tag == "a")
            page.raw_html.update(it for it in made if it.tag == "img")


def _holds_tag(parent: Element) -> bool:
    """Whether a text of an element itself may hold a tag."""
    if (text := parent.text) and _PLACEHOLDER in text and not isinstance(text, AtomicString):
        return True
    tails = (child.tail for child in parent)
    return any(it and _PLACEHOLDER in it and not isinstance(it, AtomicString) for it in tails)


Piece = str | Element | tuple[Tag, str]
"""A part of what an element holds: text, an element, or a tag with its placeholder."""


def _pieces(parent: Element, tags: dict[int, Tag]) -> list[Piece]:
    """Return what an element holds, in order, its children without their tails."""
    pieces: list[Piece] = []
    for part in (parent.text, *parent):
        if isinstance(part, Element):
            pieces.append(part)
            text, part.tail = part.tail, None
        else:
            text = part
        if not text or isinstance(text, AtomicString):
            pieces += [text] if text else []
            continue
        place = 0
        for found in HTML_PLACEHOLDER_RE.finditer(text):
            if tag := tags.get(int(found[1])):
                pieces += [text[place : found.start()], (tag, found[0])]
                place = found.end()
        pieces.append(text[place:])
    return pieces


def _paired(pieces: list[Piece]) -> set[int]:
    """Return the places of the tags that are elements: those that are void, and those of which both tags are there."""
    paired: set[int] = set()
    opened: list[tuple[str, int]] = []
    counts: dict[str, int] = {}
    for place, piece in enumerate(pieces):
        if not isinstance(piece, tuple):
            continue
        tag = piece[0]
        if tag.is_void:
            paired |= set() if tag.is_end else {place}
        elif not tag.is_end:
            opened.append((tag.name, place))
            counts[tag.name] = counts.get(tag.name, 0) + 1
        elif counts.get(tag.name):
            name = ""
            while name != tag.name:
                name, begin = opened.pop()
                counts[name] -= 1
            paired |= {begin, place} if len(opened) < _DEEPEST else set()
    return paired


def _rebuild(parent: Element, pieces: list[Piece]) -> list[Element]:
    """Let an element hold some pieces, with elements in place of paired tags; return the links and pictures."""
    paired = _paired(pieces)
    made: list[Element] = []
    parent.text = None
    for child in list(parent):
        parent.remove(child)
    holders = [parent]
    for place, piece in enumerate(pieces):
        if isinstance(piece, Element):
            holders[-1].append(_unlinked(piece) if any(it.tag == "a" for it in holders) else piece)
        elif isinstance(piece, str):
            _write(holders[-1], piece)
        elif place not in paired:
            _write(holders[-1], piece[1])
        elif piece[0].is_end:
            holders.pop()
        else:
            element = piece[0].element()
            holders[-1].append(element)
            holders += [] if piece[0].is_void else [element]
            made += [element] if element.tag in ("a", "img") else []
    return made


def _write(holder: Element, text: str) -> None:
    """Put a text behind all that an element holds; text that is not to be read again stays so."""
    if not text:
        return
    if len(holder):
        holder[-1].tail = holder[-1].tail + text if holder[-1].tail else text
    else:
        holder.text = holder.text + text if holder.text else text


def _unlinked(element: Element) -> Element:
    """Return an element inside of a link without links of its own: links do not nest."""
    for it in element.iter("a"):
        it.tag, it.attrib = "span", {}
    return element

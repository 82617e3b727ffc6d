"""What a page of an issue does that is no mistake of Markdown and still troubles its readers.

Headings that skip a level, pictures without alternative text, a link that comes again, a term in two spellings. Only
`neco check` tells of these.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from ..grammar.kep_references import UrlMeaning, read_url
from ..grammar.term_forms import differ, terms_in
from ..grammar.tracking import without_tracking
from ..grammar.urls import is_web_url, normal_url
from ..model.text import shortened
from .headings import TITLE_ANCHOR
from .page_context import PageContext
from .sections import CLOSED, HEADINGS, INLINE, NOT_WRITTEN, plain_text
from .stash import holds_placeholder, unescape

_LONGEST = 60

_ITEMS = frozenset({"p", "li", "dd"})

_REFERENCES = re.compile(
    r"参考|参照|関連|出典|文献|リンク|資料|\b(?:references?|links|resources|see also|sources)\b", re.IGNORECASE
)
"""A pattern for the title of a section that lists what the text has led to."""

_HASHES = re.compile(r" {0,3}#{1,6}(?=[ \t])")


def look_at_style(root: Element, page: PageContext) -> None:
    """Add a diagnostic to the page for each matter of style, and its links to the web with their lines.

    To be called before anything of ours is drawn.
    """
    _headings(root, page)
    page.locator.rewind()
    _images(root, page)
    page.locator.rewind()
    _Links(page).through(root)
    _Terms(page).through(root)
    page.locator.rewind()


def _ours(page: PageContext) -> set[int]:
    return {id(it) for box in (*page.card_lines, *page.generated) for it in box.iter()}


def _headings(root: Element, page: PageContext) -> None:
    """Tell of each heading that is more than one level below the heading before it, as the writer has marked them."""
    before, marked, lines = 0, "", page.written.split("\n")
    for heading in root.iter():
        if heading.tag not in HEADINGS:
            continue
        level, line = int(heading.tag[1]), _first_line(heading, page)
        marks = _marks(lines, line) or f"h{level}"
        if before and level > before + 1:
            shown = shortened(plain_text(heading, page.md.htmlStash.rawHtmlBlocks), _LONGEST)
            page.complain("heading-jump", shown, f"{marked} → {marks}", line)
        before, marked = level, marks


def _first_line(element: Element, page: PageContext) -> int | None:
    lines = page.lines.get(element)
    return lines[0] if lines else None


def _marks(lines: Sequence[str], line: int | None) -> str:
    """Return the marks with which a heading begins in the source; none where it is not written so."""
    return (_HASHES.match(lines[line - 1]) or [""])[0].strip() if line and line <= len(lines) else ""


def _images(root: Element, page: PageContext) -> None:
    """Tell of each picture without alternative text; one of HTML may have an empty one, which says it is decoration."""
    ours = _ours(page)
    for image in root.iter("img"):
        if id(image) in ours or image.get("class") in ("emojione", "gemoji", "twemoji"):
            continue
        alt = image.get("alt")
        if alt is None or not (alt.strip() or image in page.raw_html):
            written = next(iter(page.addresses.get(image, ())), image.get("src") or "")
            page.complain("image-without-alt", written, line=page.locator.find_image(written))


@dataclass
class _Links:
    """A walk through the links of a page, which tells of those that lead where another one has led before.

    Twice is a card, a link that is all of its block, as an item of a list, and one of the same words in a paragraph.
    That a text comes back to a page is no mistake; a heading may have a link and a card below, a table what it likes,
    and a section of references names again what stands above. `known` has the first line of each.
    """

    page: PageContext
    known: dict[tuple[str, str], int] = field(default_factory=dict)
    block: int = 0
    is_list: bool = False

    def through(self, element: Element) -> None:
        """Walk through an element."""
        if element.tag not in INLINE:
            self.block += 1
        with self.page.locator.within(self.page.lines.get(element)):
            for child in element:
                if child.tag in HEADINGS:
                    self.is_list = bool(_REFERENCES.search(plain_text(child, self.page.md.htmlStash.rawHtmlBlocks)))
                if line := self.page.card_lines.get(child):
                    self._note(line.url, "card", self.page.locator.find_card(line.written))
                elif child.tag == "a":
                    self._link(element, child)
                elif not NOT_WRITTEN.search(child.get("class") or ""):
                    self.through(child)

    def _link(self, parent: Element, link: Element) -> None:
        address = unescape(link.get("href") or "")
        text = plain_text(link, self.page.md.htmlStash.rawHtmlBlocks)
        if address and not holds_placeholder(address):
            all_of_it = len(parent) == 1 and not f"{parent.text or ''}{link.tail or ''}".strip()
            form = "item" if all_of_it and parent.tag in _ITEMS else f"{self.block} {text}"
            self._note(address, form, self.page.locator.find_link(address, text))

    def _note(self, address: str, form: str, line: int) -> None:
        """Note a link, which is twice there where another one of this form leads to the same place."""
        if not is_web_url(address):
            return
        self.page.web_links.append((address, line))
        if self.is_list or read_url(address).meaning is not UrlMeaning.OTHER:
            return  # a KEP is referred to as often as it is spoken of
        place = normal_url(without_tracking(address))
        if (before := self.known.setdefault((place, form), line)) < line:
            self.page.complain("repeated-link", address, str(line - before), line)


@dataclass
class _Terms:
    """A walk through the prose of a page, which tells once of each term that is spelt in another way than before."""

    page: PageContext
    spelt: dict[str, str] = field(default_factory=dict)
    told: set[str] = field(default_factory=set)
    written: list[str] = field(init=False)

    def __post_init__(self) -> None:
        self.written = self.page.written.split("\n")

    def through(self, root: Element) -> None:
        """Walk through a page's tree."""
        for text, lines in _prose(root, self.page, _ours(self.page), None):
            for word, form in terms_in(text):
                first = self.spelt.setdefault(form, word)
                if form not in self.told and differ(first, word):
                    self.told.add(form)
                    self.page.complain("term-in-two-ways", word, first, self._line(word, lines))

    def _line(self, word: str, lines: tuple[int, int] | None) -> int | None:
        """Return the line of the block that has a word, else the block's first."""
        if lines is None:
            return None
        written = self.written[lines[0] - 1 : lines[1]]
        return lines[0] + next((place for place, text in enumerate(written) if word in text), 0)


def _prose(
    element: Element, page: PageContext, ours: set[int], lines: tuple[int, int] | None
) -> Iterator[tuple[str, tuple[int, int] | None]]:
    """Yield the writer's own text with the lines of its block: no code, no words of a link, which are another's."""
    lines = page.lines.get(element, lines)
    is_prose = element.tag not in CLOSED and element.tag not in ("a", "blockquote") and id(element) not in ours
    if is_prose and element.get("id") != TITLE_ANCHOR and not NOT_WRITTEN.search(element.get("class") or ""):
        yield element.text or "", lines
        for child in element:
            yield from _prose(child, page, ours, lines)
            yield child.tail or "", lines

"""The prose of a page's tree: runs of text as readers see them, with marks where something else than text stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from markdown.util import AtomicString

from .page_context import PageContext
from .stash import prose_of_html, with_marks

HOLE, ESCAPED, EDGE = "\ufffc", "\ufffb", "\ufff9"
"""The marks in a run: of what is no prose (code, a picture, an address, a tag), of a character that the writer escaped,
and of the edge of an element in a sentence.
"""

_CLOSED = frozenset("code pre script style kbd samp math svg textarea img input iframe video audio object".split())

_SENTENCE = frozenset(
    "a abbr b bdi bdo cite del dfn em i ins label mark q s small span strong sub sup time u var".split()
)

_DRAWN = re.compile(r"(?:\A| )(?:arithmatex|mermaid|highlight|highlighttable|toc|headerlink|neco-[\w-]+)(?:\Z| )")
"""A pattern for the classes of what is drawn by a program: formulas, diagrams, code, contents, and what is ours."""


@dataclass(frozen=True, slots=True)
class Run:
    """A run of prose: text of one block between two others, line by line as in the source, and the block's tag.

    `lines` are the first and the last line of the block that is known to hold the run; None without one.
    """

    tag: str
    text: str
    lines: tuple[int, int] | None = None


def runs(root: Element, page: PageContext) -> Iterator[Run]:
    """Yield the runs of prose in a page's tree, in the order of the text; then those of raw HTML that is stashed."""
    reader = _Reader(page)
    reader.read(root, root.tag, None)
    yield from reader.found
    yield from _stashed_runs(page.md.htmlStash.rawHtmlBlocks)


class _Reader:
    """A reader of a tree, which collects its runs of prose."""

    def __init__(self, page: PageContext) -> None:
        self.found: list[Run] = []
        self._page = page
        self._ours = {*map(id, page.generated), *map(id, page.card_lines)}
        self._pieces: list[str] = []

    def read(self, element: Element, block: str, lines: tuple[int, int] | None) -> None:
        """Read an element, which stands in a block of this tag and these lines."""
        if element.tag == "br":
            self._pieces.append("\n")
        elif element.tag in _CLOSED or id(element) in self._ours or _DRAWN.search(element.get("class") or ""):
            self._pieces.append(HOLE)
        elif element.tag in _SENTENCE:
            self._pieces.append(EDGE)
            self._read_inside(element, block, lines)
            self._pieces.append(EDGE)
        else:
            self._end(block, lines)
            own = self._page.lines.get(element, lines)
            self._read_inside(element, str(element.tag), own)
            self._end(str(element.tag), own)

    def _read_inside(self, element: Element, block: str, lines: tuple[int, int] | None) -> None:
        raw = element in self._page.raw_html
        self._pieces.append(_shown(element.text, raw=raw))
        for child in element:
            self.read(child, block, lines)
            self._pieces.append(_shown(child.tail, raw=raw))

    def _end(self, block: str, lines: tuple[int, int] | None) -> None:
        text = "".join(self._pieces)
        self._pieces.clear()
        if text and not text.isspace():
            self.found.append(Run(block, text, lines))


def _shown(text: str | None, *, raw: bool) -> str:
    """Return a text with its marks; `raw` is that of HTML, whose atomic text is the writer's."""
    if not text:
        return ""
    if isinstance(text, AtomicString):
        return with_marks(text, ESCAPED, HOLE).replace("&amp;", "&") if raw else HOLE
    return with_marks(text, ESCAPED, HOLE)


def _stashed_runs(stashed: Sequence[object]) -> Iterator[Run]:
    for html in stashed:
        if isinstance(html, str) and (text := prose_of_html(html, HOLE)):
            yield Run("div", text)

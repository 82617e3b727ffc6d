"""Islands: the body of a generated page, taken out of the Markdown as one line of XHTML, put back as elements."""

from __future__ import annotations

import re
from collections.abc import Iterable
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.blockprocessors import BlockProcessor
from markdown.preprocessors import Preprocessor

from ..display.elements import verbatim
from .page_context import CurrentPage, PageContext

ISLAND, ISLAND_END = "@neco-page{", "}neco-page@"
"""The marks around the body of a generated page, which is one line of XHTML."""

_TAKEN_OUT = re.compile(r"@neco-page:(\d{1,9})@")


class TakeOutBodies(Preprocessor):
    """A preprocessor that takes bodies of generated pages out of the text before they are read as Markdown or HTML."""

    def __init__(self, md: Markdown, current: CurrentPage) -> None:
        super().__init__(md)
        self.current = current

    def run(self, lines: list[str]) -> list[str]:
        return [self._take_out(line) for line in lines]

    def _take_out(self, line: str) -> str:
        if not (line.startswith(ISLAND) and line.endswith(ISLAND_END)):
            return line
        bodies = self.current.page.bodies
        bodies.append(line[len(ISLAND) : -len(ISLAND_END)])
        return f"@neco-page:{len(bodies) - 1}@"


class GeneratedBody(BlockProcessor):
    """A block processor that puts the body of a generated page into the tree as elements.

    As elements, not as raw HTML, its headings get anchors and its `.md` links are resolved by every host. All its text
    is atomic: what was fetched is never read as Markdown.
    """

    PRIORITY = 110

    def __init__(self, parser: BlockParser, current: CurrentPage) -> None:
        super().__init__(parser)
        self.current = current

    def test(self, parent: Element, block: str) -> bool:
        match = _TAKEN_OUT.fullmatch(block.strip())
        return match is not None and int(match[1]) < len(self.current.page.bodies)

    def run(self, parent: Element, blocks: list[str]) -> None:
        parent.extend(body_elements(self.current.page, blocks.pop(0)))


def body_elements(page: PageContext, block: str) -> list[Element]:
    """Return the elements of the generated body that a block stands for; none for a block that stands for nothing."""
    match = _TAKEN_OUT.fullmatch(block.strip())
    if match is None or int(match[1]) >= len(page.bodies):
        return []
    found = list(_elements(page.bodies[int(match[1])]))
    for element in found:
        element.tail = None
        for part in element.iter():
            part.text = verbatim(part.text) if part.text else None
            part.tail = verbatim(part.tail) if part.tail else None
        page.generated.append(element)
    return found


def _elements(body: str) -> Iterable[Element]:
    """Return the elements of a generated body; what a person wrote between the marks, if no XHTML, is shown as text."""
    try:
        return ElementTree.fromstring(f"<div>{body}</div>")  # noqa: S314 (expat limits entity expansion)
    except ElementTree.ParseError:
        shown = Element("p")
        shown.text = f"{ISLAND}{body}{ISLAND_END}"
        return [shown]

"""Block processors, for what stands on lines of its own: link cards, Embedly's HTML, the body of a generated page."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.blockprocessors import BlockProcessor

from ..grammar.card_lines import CardLine, CardSyntaxError, begins_card, read_card_line
from .embedly import EmbedlyCards
from .islands import GeneratedBody
from .page_context import CurrentPage

_NO_BARE_CARDS = frozenset({"li", "blockquote", "td", "th", "dd", "dt", "p"})


class CardSplitter(BlockProcessor):
    """A block processor that gives every card line at the left margin, but a bare URL, a block of its own.

    So such a card ends a paragraph, list or quote.
    """

    PRIORITY = 95  # before code (80), lists (30-40) and quotes (20) take the whole block

    def __init__(self, parser: BlockParser, current: CurrentPage) -> None:
        super().__init__(parser)
        self.current = current

    def test(self, parent: Element, block: str) -> bool:
        if not self.current.page.takes_cards:
            return False
        lines = block.split("\n") if "[" in block else []
        return len(lines) > 1 and any(map(begins_card, lines))

    def run(self, parent: Element, blocks: list[str]) -> None:
        pieces: list[list[str]] = [[]]
        for line in blocks.pop(0).split("\n"):
            if begins_card(line):
                pieces += [[line], []]
            else:
                pieces[-1].append(line)
        blocks[:0] = ["\n".join(piece) for piece in pieces if piece]


class CardLines(BlockProcessor):
    """A block processor that draws the lines that ask for a card; the other lines of the block stay text.

    Runs after code (80), lists (30-40), quotes (20) and footnotes (17) and before references (15) and paragraphs (10),
    so that it never sees a line of theirs.
    """

    PRIORITY = 16.5

    def __init__(self, parser: BlockParser, current: CurrentPage) -> None:
        super().__init__(parser)
        self.current = current

    def test(self, parent: Element, block: str) -> bool:
        if not self.current.page.takes_cards:
            return False
        bare = takes_bare_cards(parent, in_note=self._in_note(parent))
        return any(card_of(line, bare=bare) for line in block.split("\n"))

    def run(self, parent: Element, blocks: list[str]) -> None:
        bare = takes_bare_cards(parent, in_note=self._in_note(parent))
        text: list[str] = []
        for line in blocks.pop(0).split("\n"):
            card = card_of(line, bare=bare)
            if card is None:
                text.append(line)
                continue
            self._paragraph(parent, text)
            parent.append(self.current.page.draw_card(card))
        self._paragraph(parent, text)

    def _in_note(self, parent: Element) -> bool:
        """Whether a block is of a footnote, which is read in a bare div."""
        return parent.tag == "div" and not parent.attrib and parent is not self.parser.root

    def _paragraph(self, parent: Element, lines: list[str]) -> None:
        if any(line.strip() for line in lines):
            self.parser.parseBlocks(parent, ["\n".join(lines)])
        lines.clear()


def takes_bare_cards(parent: Element, *, in_note: bool) -> bool:
    """Whether a bare URL is a card in an element: not in lists, quotes and tables, nor in footnotes."""
    return parent.tag not in _NO_BARE_CARDS and not in_note


def card_of(line: str, *, bare: bool) -> CardLine | None:
    """Return the card that a line asks for; a bare URL asks for one only with `bare`."""
    try:
        card = read_card_line(line)
    except CardSyntaxError:
        return None
    return None if card and card.bare and not bare else card


class BadCardLines(BlockProcessor):
    """A block processor that reports an `@[kind](…)` that cannot be read, and leaves the line to be drawn as text.

    Runs after references (15), which cut their definitions out of a block, so that no line is seen twice.
    """

    PRIORITY = 11

    def __init__(self, parser: BlockParser, current: CurrentPage) -> None:
        super().__init__(parser)
        self.current = current

    def test(self, parent: Element, block: str) -> bool:
        return "@[" in block and self.current.page.takes_cards

    def run(self, parent: Element, blocks: list[str]) -> bool:
        self.current.page.check_cards(blocks[0])
        return False


def register_blocks(md: Markdown, current: CurrentPage) -> None:
    """Register all our block processors with `md`."""
    parser = md.parser
    processors: list[BlockProcessor] = [
        GeneratedBody(parser, current),
        CardSplitter(parser, current),
        EmbedlyCards(parser, current),
        CardLines(parser, current),
        BadCardLines(parser, current),
    ]
    for processor in processors:
        kind = type(processor)
        parser.blockprocessors.register(processor, f"neco_{kind.__name__}", kind.PRIORITY)  # type: ignore[attr-defined]

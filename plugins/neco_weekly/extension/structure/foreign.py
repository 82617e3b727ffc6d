"""A rule that serves the block processors of other extensions, such as abbreviations or a site's own.

Such a processor is asked for each block, text up to an empty line, as Python-Markdown asks it
(https://python-markdown.github.io/extensions/api/, *Block Processors*). It runs on the blocks that are left in the
container, below an element of its own, and what it leaves over is read on.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.blockprocessors import BlockProcessor
from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock

OURS = frozenset(
    """
    empty indent code hashheader setextheader hr olist ulist quote reference paragraph
    table footnote deflist defindent admonition details tabbed markdown_block
    """.split()
)
"""Names of block processors whose blocks the grammar reads by itself."""


def add_foreign(md: Markdown, parser: MarkdownIt) -> None:
    """Add the rule to a parser, where the site has extensions with block processors of their own."""
    names: dict[str, BlockProcessor] = getattr(md.parser.blockprocessors, "_data")  # noqa: B009 (no public way to names)
    foreign = {id(it) for name, it in names.items() if name not in OURS and not name.startswith("neco_")}
    processors = [it for it in md.parser.blockprocessors if id(it) in foreign]  # in the order in which they are asked
    if processors:
        parser.block.ruler.before("code", "neco_foreign", _Serve(processors), {"alt": []})


class _Serve:
    """The rule. It ends no paragraph: Python-Markdown's processors see whole blocks, too."""

    def __init__(self, processors: Sequence[BlockProcessor]) -> None:
        self._processors = processors
        self._container: tuple[object, ...] = ()
        self._places: dict[int, int] = {}
        self._blocks: list[str] = []

    def __call__(self, state: StateBlock, start: int, end: int, silent: bool) -> bool:
        if silent or (state.tokens and state.tokens[-1].type == "definition"):
            return False  # what stands right below a definition is no block of its own
        place = self._place(state, start, end)
        parent = Element("div")
        return any(
            processor.test(parent, self._blocks[place]) and self._run(processor, state, parent, start, end)
            for processor in self._processors
        )

    def _run(self, processor: BlockProcessor, state: StateBlock, parent: Element, start: int, end: int) -> bool:
        place = self._place(state, start, end)
        left = self._blocks[place:]
        count, first = len(left), left[0]
        if processor.run(parent, left) is False and len(left) == count and left[0] == first:
            return False
        token = state.push("neco_foreign", "", 0)
        state.line = _line_reached(state, start, end, sum(block.count("\n") + 1 for block in left if block.strip()))
        token.map, token.meta = [start, state.line], {"elements": list(parent)}
        return True

    def _place(self, state: StateBlock, start: int, end: int) -> int:
        """Return the place among a container's blocks of that on a line. A container is cut into blocks once."""
        container = (state, end, state.blkIndent, state.level)
        if container != self._container or start not in self._places:
            found = list(_cut(state, start, end))
            self._container, self._blocks = container, [block for _, block in found]
            self._places = {line: place for place, (line, _) in enumerate(found)}
        return self._places[start]


def _cut(state: StateBlock, start: int, end: int) -> Iterator[tuple[int, str]]:
    """Yield the blocks between two lines of a container, each with its first line."""
    line = start
    while line < end and (state.isEmpty(line) or state.sCount[line] >= state.blkIndent):
        if state.isEmpty(line):
            line += 1
            continue
        behind = line
        while behind < end and not state.isEmpty(behind) and state.sCount[behind] >= state.blkIndent:
            behind += 1
        yield line, state.getLines(line, behind, state.blkIndent, False)
        line = behind


def _line_reached(state: StateBlock, start: int, end: int, left: int) -> int:
    """Return the line where the last lines of a container begin, as many as are left over; it lies behind `start`."""
    reached = end
    while left and reached > start + 1:
        reached -= 1
        left -= not state.isEmpty(reached)
    return reached

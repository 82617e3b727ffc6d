"""The rules of blocks: one table on top of CommonMark's, and the bounds of nesting."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.rules_block import (
    StateBlock,
    blockquote,
    fence,
    heading,
    hr,
    html_block,
    lheading,
    list_block,
    reference,
    table,
)
from markdown_it.rules_block.table import escapedSplit
from mdit_py_plugins.footnote.index import footnote_def

from ...grammar.card_lines import begins_card
from ...grammar.html_names import is_element, is_html_element
from ...model.text import shortened
from ..page_context import PageContext
from .first_signs import AtSign, Rule

DEEPEST = 50
"""The number of lists, quotes and boxes that are drawn inside each other; what is deeper is text of the deepest."""

HTML = "neco-html"
"""The tag of raw HTML in a tree, until it is woven with what stands around it."""

_ENDS_TEXT = ["paragraph", "reference", "blockquote"]

ENDS_ALL = [*_ENDS_TEXT, "list"]
"""What a block ends that may stand right below a line of text."""

_KEY = "neco"

_UNDERLINE = re.compile(r"^[ \t>]*(?:=+|-+)[ \t]*$", re.MULTILINE)
"""A pattern for what may be the line below a heading, CommonMark's setext heading."""

_DEFINITION = re.compile(r"^[ \t>]*:[ \t]", re.MULTILINE)
"""A pattern for the beginning of what may be a definition."""


@dataclass(kw_only=True)
class Chunk:
    """A text that is being read, of a page: its first line (from 1) in the page, and how deep its container lies.

    `signs` are those signs of the text that some rules need, `in_html` is whether the text is that of HTML with the
    attribute `markdown`, which alone is read inside of something. From the line `no_formula_from` on, no `$$` is
    closed any more. `formulas_of_quote` is how far the quote at work on was read for these: its first line, the line
    reached, whether a formula is open there. `in_vain` lines were looked through for end tags that are missing.
    """

    page: PageContext
    first_line: int = 1
    depth: int = 0
    signs: frozenset[str] = frozenset()
    in_html: bool = False
    no_formula_from: float = math.inf
    formulas_of_quote: tuple[int, int, bool] = (-1, -1, False)
    in_vain: int = 0

    @classmethod
    def begin(cls, page: PageContext, text: str, first_line: int = 1, depth: int = 0) -> Chunk:
        """Return a chunk of a page for a text of it."""
        signs = {"|"} if "|" in text else set()
        if _UNDERLINE.search(text):
            signs.add("_")
        if (": " in text or ":\t" in text) and _DEFINITION.search(text):
            signs.add(":")
        return cls(page=page, first_line=first_line, depth=depth, signs=frozenset(signs), in_html=depth > 0)

    @property
    def env(self) -> dict[str, object]:
        """The chunk as what markdown-it-py passes through to its rules."""
        return {_KEY: self}

    @staticmethod
    def of(state: StateBlock) -> Chunk:
        """Return the chunk that a rule is at work on."""
        chunk = state.env[_KEY]
        assert isinstance(chunk, Chunk)  # noqa: S101 (nobody else writes under our key)
        return chunk

    def line(self, line: int) -> int:
        """Return the line of the page (from 1) of a line of the chunk (from 0)."""
        return self.first_line + line


def within_bounds(rule: Rule) -> Rule:
    """Return a rule of a container that no longer fits where containers are nested as deep as they may be."""

    def bounded(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        chunk = Chunk.of(state)
        if chunk.depth >= DEEPEST:
            # A line that is indented less lies in a container around, and ends the text above it.
            inside = state.sCount[start] >= state.blkIndent
            fits = rule(state, start, end, True)
            if fits and inside:
                chunk.page.complain_once("too-deep", str(DEEPEST), line=chunk.line(start))
            return fits and silent and not inside
        if silent:
            return rule(state, start, end, True)
        chunk.depth += 1
        try:
            return rule(state, start, end, False)
        finally:
            chunk.depth -= 1

    return bounded


def where_there_is(signs: str, rule: Rule) -> Rule:
    """Return a rule that is asked only in texts with one of the signs; it looks at more than the line's first."""
    needed = frozenset(signs)

    def asked(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        return not needed.isdisjoint(Chunk.of(state).signs) and rule(state, start, end, silent)

    return asked


def line_at(state: StateBlock, line: int) -> str:
    """Return a line without the indentation and the marks of what it stands in."""
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]


_TAG = re.compile(r"<(?P<end>/?)(?P<name>[A-Za-z][^\s/>]*)(?P<more>\s)?")

_WHOLE = re.compile(r"<(?P<name>[A-Za-z][A-Za-z0-9-]*)(?:\s[^<>]*)?>.*</(?P=name)>\s*", re.IGNORECASE)

_ON_ITS_OWN = frozenset({"svg", "math"})


def _may_be_tag(line: str) -> bool:
    """Whether a line of raw HTML begins with a tag, not with a word such as `<namespace>` or `<image>`."""
    tag = _TAG.match(line)
    if tag is None or is_html_element(tag["name"]) or tag["name"].lower() in _ON_ITS_OWN:
        return True
    return bool(tag["end"] or tag["more"]) and (is_element(tag["name"]) or "-" in tag["name"])


def _html(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Raw HTML, but for a line that begins with a word between angle brackets that no element is called.

    In HTML with the attribute `markdown`, an element that ends in its line is all that is HTML.
    """
    if not (_may_be_tag(line_at(state, start)) and html_block(state, start, end, silent)):
        return False
    if not silent and Chunk.of(state).in_html and _WHOLE.fullmatch(line_at(state, start)):
        token = state.tokens[-1]
        token.content, token.map = state.getLines(start, start + 1, state.blkIndent, True), [start, start + 1]
        state.line = start + 1
    return True


def _card(state: StateBlock, start: int, _end: int, silent: bool) -> bool:
    """A line that asks for a card by more than its URL ends a paragraph, a list or a quote."""
    line = line_at(state, start).rstrip()
    if state.is_code_block(start) or not (begins_card(line) and Chunk.of(state).page.takes_cards):
        return False
    if not silent:
        state.push("neco_card", "", 0).map = [start, start + 1]
        state.tokens[-1].content = line
        state.line = start + 1
    return True


def _table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A table. Like GitHub, it shows no more cells in a row than its first row has; whose text is lost so is told."""
    below = start + 1  # that it looks like the line below a head is seen here at less cost than in the rule itself
    if below >= end or not state.src.startswith(("|", "-", ":"), state.bMarks[below] + state.tShift[below]):
        return False
    if not table(state, start, end, silent):
        return False
    if not silent:
        chunk, columns = Chunk.of(state), len(_cells(line_at(state, start)))
        for line in range(start + 2, state.line):
            if any(cell.strip() for cell in _cells(line_at(state, line))[columns:]):
                chunk.page.complain("lost-cells", shortened(line_at(state, line).strip(), 40), line=chunk.line(line))
    return True


def _cells(row: str) -> list[str]:
    cells = escapedSplit(row.strip())
    first, last = not cells[0], not cells[-1] and len(cells) > 1
    return cells[first : len(cells) - last]


_OPTIONS = {"maxNesting": 10 * DEEPEST, "tasklists": True, "alerts": True, "inline_definitions": True}


def parser() -> MarkdownIt:
    """Return the parser of blocks, to which rules of boxes and of other extensions are added.

    Links are not normalised: an address stays as it is written.
    """
    md = MarkdownIt("commonmark", _OPTIONS)
    md.enable("table")
    md.normalizeLink = str  # type: ignore[method-assign, assignment]
    md.validateLink = lambda url: True  # type: ignore[method-assign]
    ruler = md.block.ruler
    ruler.at("table", where_there_is("|", _table), {"alt": ["paragraph", "reference"]})
    ruler.at("lheading", where_there_is("_", lheading))
    ruler.at("fence", AtSign("`~", fence), {"alt": ENDS_ALL})
    ruler.at("blockquote", AtSign(">", within_bounds(blockquote)), {"alt": ENDS_ALL})
    ruler.at("hr", AtSign("*-_", hr), {"alt": ENDS_ALL})
    ruler.at("list", AtSign("*-+0123456789", within_bounds(list_block)), {"alt": _ENDS_TEXT})
    ruler.at("reference", AtSign("[", reference))
    ruler.at("html_block", AtSign("<", _html), {"alt": _ENDS_TEXT})
    ruler.at("heading", AtSign("#", heading), {"alt": _ENDS_TEXT})
    ruler.before(
        "reference", "footnote_def", AtSign("[", within_bounds(footnote_def)), {"alt": ["paragraph", "reference"]}
    )
    ruler.before("list", "neco_card", AtSign("[@", _card), {"alt": ENDS_ALL})
    return md

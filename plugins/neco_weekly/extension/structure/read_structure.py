"""The way in: blocks of pages of the grammar `github` are read here, those of other pages by Python-Markdown.

The text is read when snippets are put in and white space is normal, and before the hosts' preprocessors, which get a
text without code: an `id` in a code block is no anchor. What is read waits for Python-Markdown to ask for the tree.
"""

from __future__ import annotations

import gc
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from xml.etree.ElementTree import Element, ElementTree

from markdown import Markdown
from markdown.preprocessors import Preprocessor
from markdown_it.token import Token

from ..page_context import CurrentPage
from .boxes import add_boxes
from .definitions import add_definitions
from .fences import Fences
from .first_signs import ask_by_first_sign
from .footnotes import end_with_text, footnotes_of
from .foreign import add_foreign
from .markdown_html import add_markdown_html
from .rules import Chunk, parser
from .shown import shown_to_hosts, without_code
from .snippets import SnippetLines
from .tree import Tree

_NOTE = "\N{START OF TEXT}neco-note:%s\N{END OF TEXT}"

_NOTE_FOUND = re.compile("\N{START OF TEXT}neco-note:(.*)\N{END OF TEXT}", re.DOTALL)

_UNREADABLE = re.compile("[\x00\x02\x03\ud800-\udfff]")


class KeepTabs(Preprocessor):
    """A preprocessor that keeps the page's text before white space is made normal: that in code is the writer's."""

    def __init__(self, md: Markdown, structure: ReadStructure) -> None:
        super().__init__(md)
        self._structure = structure

    def run(self, lines: list[str]) -> list[str]:
        return self._structure.keep(lines)


class ReadStructure(Preprocessor):
    """A preprocessor that reads the blocks of a page, and stands in for Python-Markdown's parser of blocks there."""

    def __init__(self, md: Markdown, current: CurrentPage) -> None:
        super().__init__(md)
        self._markdown, self._current = md, current
        self._installed = False
        self._tokens: list[Token] | None = None
        self._chunk: Chunk | None = None
        self._line, self._depth = 1, 0
        self._kept: list[str] = []
        self._snippets = SnippetLines()
        self._blocks: Callable[[str, dict[str, object]], list[Token]] = lambda text, env: []
        self._fences: Fences | None = None

    # --- the page -------------------------------------------------------------------------------------------------

    def begin(self) -> None:
        """Begin a page: whatever was left of another one is forgotten."""
        if not self._installed:
            self._install()
        self._tokens, self._chunk = None, None
        self._line, self._depth = 1, 0
        self._snippets.begin()

    def keep(self, lines: list[str]) -> list[str]:
        """Keep the text into which snippets were put, and return it; note where its lines come from."""
        page = self._current.page
        self._kept, page.origins = self._snippets.taken_out(lines, page.source.split("\n"))
        return self._kept

    def run(self, lines: list[str]) -> list[str]:
        if self._current.page.grammar != "github":
            return lines
        text = _readable(_written(self._kept, lines))
        self._chunk = Chunk.begin(self._current.page, text)
        with no_collection():
            self._tokens = self._blocks(f"{text}\n", self._chunk.env)
        self._current.page.text = without_code(text, self._tokens)
        return shown_to_hosts(self._current.page.text).split("\n")

    # --- in place of Python-Markdown's parser ---------------------------------------------------------------------

    def _install(self) -> None:
        """Take the place of the parser of blocks. Its object stays: footnotes and others hold it."""
        self._installed = True
        known = parser()
        add_boxes(self._markdown, known)
        add_markdown_html(self._markdown, known)
        add_definitions(self._markdown, known)
        add_foreign(self._markdown, known)
        ask_by_first_sign(known)
        self._blocks = lambda text, env: known.block.parse(text, known, env, []) or []
        self._fences = Fences(self._markdown)
        footnotes_of(self._markdown, self._current.page.words("footnote.back"))
        self._snippets.watch(self._markdown)
        blocks: Any = self._markdown.parser
        blocks.parseDocument = self._where_ours(blocks.parseDocument, self._document)
        blocks.parseChunk = self._where_ours(blocks.parseChunk, self.read_chunk)
        blocks.parseBlocks = self._where_ours(blocks.parseBlocks, self._read_blocks)
        for name in ("fenced_code_block", "html_block"):
            if name in self._markdown.preprocessors:
                processor: Any = self._markdown.preprocessors[name]
                processor.run = self._where_ours(processor.run, lambda lines: lines)

    def _where_ours(self, theirs: Callable[..., Any], ours: Callable[..., Any]) -> Callable[..., Any]:
        """Return a function that calls ours on pages of the grammar `github` and theirs on others."""

        def either(*given: Any) -> Any:
            return (ours if self._current.page.grammar == "github" else theirs)(*given)

        return either

    def _document(self, lines: Sequence[str]) -> ElementTree:
        root = self._markdown.parser.root = Element(self._markdown.doc_tag)
        if self._tokens is not None and self._chunk is not None:
            with no_collection():
                self._draw(root, self._tokens, self._chunk)
                self._tokens = None  # thousands of objects, which whatever comes now need not go through
        else:  # a host that has thrown our preprocessor out
            self.read_chunk(root, "\n".join(lines))
        return ElementTree(root)

    def read_chunk(self, parent: Element, text: str, first_line: int | None = None) -> None:
        """Read a text below an element, as Python-Markdown's `parseChunk` does; by default in the line at work on."""
        if found := _NOTE_FOUND.fullmatch(text):
            parent.extend(self._current.page.notes.get(found[1], ()))
            end_with_text(parent)
            return
        if not text.strip():
            return
        before = self._line
        self._line = first_line or before
        chunk = Chunk.begin(self._current.page, text, self._line, self._depth)
        self._draw(parent, self._blocks(f"{text}\n", chunk.env), chunk)
        self._line = before

    def _read_blocks(self, parent: Element, blocks: list[str]) -> None:
        text = "\n\n".join(blocks)
        blocks.clear()
        self.read_chunk(parent, text)

    def _draw(self, parent: Element, tokens: Sequence[Token], chunk: Chunk) -> None:
        assert self._fences is not None  # noqa: S101 (made with the parser)
        tree = Tree(
            md=self._markdown,
            chunk=chunk,
            root=parent,
            fences=self._fences,
            read=self._deeper,
            note=self._note,
        )
        tree.build(tokens)

    def _deeper(self, parent: Element, text: str, first_line: int, depth: int) -> None:
        """Read a text inside a block that lies so many containers deep."""
        before, self._depth = self._depth, depth
        self.read_chunk(parent, text, first_line)
        self._depth = before

    def _note(self, label: str, element: Element) -> None:
        """Keep a footnote's elements until the extension for footnotes asks for them; the first definition counts."""
        notes = self._current.page.notes
        if label not in notes:
            notes[label] = element
            footnotes_of(self._markdown, "").setFootnote(label, _NOTE % label)


@contextmanager
def no_collection() -> Iterator[None]:
    """Have Python look for no cycles in the context.

    Tokens and elements have none, and each look goes through all of them: that was an eighth of the time of reading.
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


# --- the text -----------------------------------------------------------------------------------------------------


def _written(with_tabs: Sequence[str], lines: Sequence[str]) -> str:
    """Return the text with the white space of its writer, unless somebody has changed more than white space."""
    kept = "\n".join(with_tabs).replace("\r\n", "\n").replace("\r", "\n")
    text = "\n".join(lines)
    return kept if kept.strip("\n") == text.strip("\n") or kept.split() == text.split() else text


def _readable(text: str) -> str:
    """Return a text without what neither Python-Markdown nor a file can hold."""
    return _UNREADABLE.sub("\N{REPLACEMENT CHARACTER}", text).removeprefix("\ufeff")

"""Where things stand in an issue's text: its blocks with their lines, and what stands inside a line, with places.

The tree of a page has no places in the text. Who writes a text anew, such as an export, reads it here instead, by the
same rules of blocks, brackets and formulas, and changes only what must change.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

from markdown import Markdown
from markdown_it import MarkdownIt
from markdown_it.common.utils import normalizeReference
from markdown_it.token import Token

from ..display.words import load_strings
from ..grammar.card_lines import IN_BRACKETS, HatenaLink, read_hatena
from ..grammar.html_names import is_element
from ..grammar.urls import URL_IN_TEXT, is_web_url, trim_url
from ..lock.kep_as_of import KepsAsOf
from ..lock.store import Lock
from ..model.releases import load_releases
from .inline.brackets import Brackets, Definition, Target
from .inline.dollars import Dollars
from .page_context import CurrentPage
from .structure.boxes import add_boxes
from .structure.definitions import add_definitions
from .structure.rules import Chunk, parser

Kind = Literal["code", "formula", "link", "picture", "tag", "angle", "url", "hatena", "note"]
"""What a piece of a line is. `angle` is an address between angle brackets, `url` one that stands for itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A piece of a run of text that is more than text, between two places of the run.

    `text` is what stands between brackets, signs or angles; `target` that of a link or a picture, `hatena` the link of
    Hatena Blog's `[URL:title]`.
    """

    kind: Kind
    start: int
    end: int
    text: str = ""
    target: Target | None = None
    hatena: HatenaLink | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """A run of text that is read at once, and where each of its lines begins: in the run, and in the whole text."""

    text: str
    starts: list[int]
    places: list[int]

    def place(self, position: int) -> int:
        """Return the place in the whole text of a place in the run."""
        row = bisect_right(self.starts, position) - 1
        return self.places[row] + position - self.starts[row]

    def lines(self) -> Iterator[tuple[int, str]]:
        """Yield the lines of the run, each with its place in the run."""
        yield from zip(self.starts, self.text.split("\n"), strict=True)


class SourceBlocks:
    """The blocks of a text without front matter, as issues are read: tokens in order, and where their lines begin."""

    def __init__(self, text: str) -> None:
        self.text, self.lines = text, text.split("\n")
        self.starts = _line_starts(text)
        self._reader = _Reader()
        self.tokens = self._reader.read(text)
        self._taken: dict[int, int] = {}

    def run(self, token: Token) -> Run | None:
        """Return what an `inline` token holds with its places; None where its lines are not found in the text.

        Ask for the tokens in order: the cells of a table stand in one line.
        """
        first = token.map[0] if token.map else 0
        pieces, places = token.content.split("\n"), []
        for number, piece in enumerate(pieces):
            line = first + number
            column, written = self._found(line, piece) if line < len(self.lines) else (-1, piece)
            if column < 0:
                return None
            pieces[number] = written
            self._taken[line] = column + len(written)
            places.append(self.starts[line] + column)
        content = "\n".join(pieces)
        return Run(content, _line_starts(content), places)

    def _found(self, line: int, piece: str) -> tuple[int, str]:
        """Return the column of a piece of a line, and how it is written: in a table `|` has a backslash."""
        for written in dict.fromkeys((piece, piece.replace("|", "\\|"))):
            if (column := self.lines[line].find(written, self._taken.get(line, 0))) >= 0:
                return column, written
        return -1, piece

    def pieces(self, text: str) -> list[Piece]:
        """Return what in a run of text is more than text, in order; in a link, pictures are told apart alone."""
        return self._reader.pieces(text)


def _line_starts(text: str) -> list[int]:
    return [0, *(it.end() for it in re.finditer("\n", text))]


@lru_cache(maxsize=1)
def _grammar() -> tuple[MarkdownIt, CurrentPage, Dollars]:
    """Return a parser of blocks with all boxes of issues, the page it reports to, and the pattern of formulas."""
    md = Markdown(extensions=["admonition", "def_list", "pymdownx.details", "pymdownx.tabbed"])
    blocks = parser()
    add_boxes(md, blocks)
    add_definitions(md, blocks)
    current = CurrentPage(md, lambda: KepsAsOf(Lock(), load_releases()), load_strings("en"), issues_dir="", pages=True)
    return blocks, current, Dollars(md, current)


@dataclass
class _Reader:
    """What reads one text: its blocks, and what stands in a line by what the text defines for links."""

    references: dict[str, dict[str, str]] = field(default_factory=dict)

    def read(self, text: str) -> list[Token]:
        blocks, current, _ = _grammar()
        current.reset()
        env = Chunk.begin(current.page, text).env
        tokens = blocks.block.parse(f"{text}\n", blocks, env, []) or []
        found = env.get("references")
        self.references = found if isinstance(found, dict) else {}
        return tokens

    def _defined(self, label: str) -> Definition | None:
        found = self.references.get(normalizeReference(label))
        return (found["href"], found.get("title") or None) if found else None

    def pieces(self, text: str) -> list[Piece]:
        masked, found = _without_code(text)
        found += self._bracketed(masked, text)
        masked = _hidden(masked, found)
        for find in (self._formulas, _hatena_links, _notes, _tags, _urls):
            new = list(find(masked, text))
            found += new
            masked = _hidden(masked, [it for it in new if it.kind != "note"])
        return sorted(found, key=lambda it: (it.start, -it.end))

    def _bracketed(self, masked: str, text: str, begin: int = 0) -> Iterator[Piece]:
        """Yield the links and pictures of a text that stands at a place of the run, and the pictures in links."""
        for it in Brackets(masked, self._defined).read():
            inside = it.start + (2 if it.is_image else 1)
            behind = inside + len(it.text)
            yield Piece(
                kind="picture" if it.is_image else "link",
                start=begin + it.start,
                end=begin + it.target.end,
                text=text[inside:behind],
                target=it.target,
            )
            if not it.is_image and "![" in it.text:
                yield from self._bracketed(masked[inside:behind], text[inside:behind], begin + inside)

    def _formulas(self, masked: str, text: str) -> Iterator[Piece]:
        for it in _grammar()[2].find(masked) if "$" in masked else ():
            if masked[it.begin] == "$":
                yield Piece(kind="formula", start=it.begin, end=it.behind, text=text[it.begin : it.behind])


# --- inside a line ------------------------------------------------------------------------------------------------

_MASK = "\ue000"
"""What stands for a sign that means nothing by itself; from Unicode's area for private use."""

_CODE_OR_ESCAPE = re.compile(r"\\[!-/:-@\[-`{-~]|`+")

_TAG = re.compile(
    r"<(?P<address>(?i:https?)://[^\s<>]+)>|</?(?P<name>[A-Za-z][A-Za-z0-9-]*)(?=[\s/>])(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>"
)

_HATENA = re.compile(rf"\[{IN_BRACKETS}\]")

_URL = re.compile(URL_IN_TEXT)

_NOTE_SIGN = re.compile(r"\^?\[|\]")


def _hidden(masked: str, pieces: list[Piece]) -> str:
    """Return a text with signs that mean nothing in place of pieces; ends of lines stay."""
    parts, done = list[str](), 0
    for it in sorted(pieces, key=lambda it: it.start):
        start = max(done, it.start)
        if it.end > start:
            parts += [masked[done:start], re.sub(r"[^\n]", _MASK, masked[start : it.end])]
            done = it.end
    return "".join((*parts, masked[done:]))


def _without_code(text: str) -> tuple[str, list[Piece]]:
    """Return a text in which code and escaped signs mean nothing, and the code."""
    runs: dict[int, list[int]] = {}
    for it in reversed(list(re.finditer("`+", text))):
        runs.setdefault(len(it[0]), []).append(it.start())
    found, parts, done, place = list[Piece](), list[str](), 0, 0
    while sign := _CODE_OR_ESCAPE.search(text, place):
        start, place = sign.span()
        if sign[0][0] == "`":
            ends = runs.get(len(sign[0]), [])
            while ends and ends[-1] < place:
                ends.pop()
            if not ends:
                continue
            place = ends.pop() + len(sign[0])
            found.append(Piece(kind="code", start=start, end=place, text=text[start:place]))
        parts += [text[done:start], re.sub(r"[^\n]", _MASK, text[start:place])]
        done = place
    return "".join((*parts, text[done:])), found


def _hatena_links(masked: str, _text: str) -> Iterator[Piece]:
    for it in _HATENA.finditer(masked) if "://" in masked else ():
        if link := read_hatena(it["inside"]):
            yield Piece(kind="hatena", start=it.start(), end=it.end(), text=link.url, hatena=link)


def _notes(masked: str, text: str) -> Iterator[Piece]:
    """Yield the footnotes inside a line, `^[…]`; other pieces may stand in one."""
    depth = begin = 0
    for sign in _NOTE_SIGN.finditer(masked) if "^[" in masked else ():
        if depth == 0 and sign[0] == "^[":
            depth, begin = 1, sign.start()
        elif depth:
            depth += -1 if sign[0] == "]" else 1
            if depth == 0:
                yield Piece(kind="note", start=begin, end=sign.end(), text=text[begin + 2 : sign.start()])


def _tags(masked: str, text: str) -> Iterator[Piece]:
    for it in _TAG.finditer(masked):
        if it["address"]:
            yield Piece(kind="angle", start=it.start(), end=it.end(), text=it["address"])
        elif is_element(it["name"]):
            yield Piece(kind="tag", start=it.start(), end=it.end(), text=text[it.start() : it.end()])


def _urls(masked: str, _text: str) -> Iterator[Piece]:
    for it in _URL.finditer(masked) if "://" in masked else ():
        url = trim_url(it[1].partition(_MASK)[0])
        if is_web_url(url):
            yield Piece(kind="url", start=it.start(1), end=it.start(1) + len(url), text=url)

"""Where addresses of links and pictures stand in a Markdown text, so that some can be written anew and the rest stays.

Blocks are read by the grammar of issues: nothing in code is an address. Inside a line it is CommonMark's links
(https://spec.commonmark.org/0.31.2/#links) with Zenn's width behind a picture's address, and attributes of HTML.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from markdown_it.token import Token

from .source_spans import SourceBlocks

Kind = Literal["link", "picture"]
"""What an address is of. A film or a frame of HTML counts as a picture: the page shows it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenAddress:
    """An address, as it is written, between two places of a text; `line` counts from 1.

    `in_html`: it is an attribute's value, where `&amp;` is an `&`.
    """

    start: int
    end: int
    address: str
    kind: Kind
    line: int
    in_html: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkdownBlocks:
    """What a text has beside its addresses: whether a heading of the first level, and the lines (from 1) of code."""

    has_title: bool
    code_lines: frozenset[int]


def written_addresses(text: str) -> list[WrittenAddress]:
    """Return all addresses of a text without front matter, in order."""
    starts, lines = _line_starts(text), text.split("\n")
    taken: dict[int, int] = {}
    found: dict[int, WrittenAddress] = {}
    for token in SourceBlocks(text).tokens:
        if token.type not in _WITH_ADDRESSES or not token.map:
            continue
        run = _run(token, lines, taken)
        for start, end, kind, in_html in (_definitions if token.type == "definition" else _in_line)(run.text):
            line, column = run.place(start)
            place, address = starts[line] + column, run.text[start:end]
            if "\n" not in address and text.startswith(address, place):
                found[place] = WrittenAddress(
                    start=place, end=place + len(address), address=address, kind=kind, line=line + 1, in_html=in_html
                )
    return sorted(found.values(), key=lambda it: it.start)


def blocks_of(text: str) -> MarkdownBlocks:
    """Return what a text without front matter has of titles and code."""
    tokens = SourceBlocks(text).tokens
    code = (it.map for it in tokens if it.type in ("fence", "code_block") and it.map)
    return MarkdownBlocks(
        has_title=any(it.type == "heading_open" and it.tag == "h1" for it in tokens),
        code_lines=frozenset(line + 1 for first, last in code for line in range(first, last)),
    )


_WITH_ADDRESSES = frozenset({"inline", "html_block", "definition", "neco_card"})


def _line_starts(text: str) -> list[int]:
    starts = [0]
    starts += [it.end() for it in re.finditer("\n", text)]
    return starts


@dataclass(frozen=True, slots=True)
class _Run:
    """A run of text that is read at once: where its lines begin in it, and line and column of each on the page."""

    text: str
    starts: list[int]
    places: list[tuple[int, int]]

    def place(self, position: int) -> tuple[int, int]:
        """Return line (from 0) and column on the page of a place in the run."""
        row = bisect_right(self.starts, position) - 1
        line, column = self.places[row]
        return line, column + position - self.starts[row]


def _run(token: Token, lines: list[str], taken: dict[int, int]) -> _Run:
    """Return what a block has to read, empty where its lines cannot be found on the page.

    `taken` is how far each line has been read by blocks before, as of the cells of a table.
    """
    first, last = token.map or (0, 0)
    if token.type not in ("inline", "neco_card"):
        text = "\n".join(lines[first:last])
        return _Run(text, _line_starts(text), [(line, 0) for line in range(first, last)])
    places = []
    for line, piece in enumerate(token.content.split("\n"), first):
        column = lines[line].find(piece, taken.get(line, 0)) if line < len(lines) else -1
        if column < 0:
            return _Run("", [0], [])
        taken[line] = column + len(piece)
        places.append((line, column))
    return _Run(token.content, _line_starts(token.content), places)


# --- inside a line ------------------------------------------------------------------------------------------------

_SIGN = re.compile(r"\\.|`+|!\[|\[|\]|<!--|<(?=[A-Za-z])", re.DOTALL)

_DESTINATION = re.compile(
    r"\([ \t]*\n?[ \t]*(?:<(?P<angle>[^<>\n]*+)>|(?P<bare>(?:\\.|[^\s()\\<]|\((?:\\.|[^\s()\\])*+\))"
    r"(?:\\.|[^\s()\\]|\((?:\\.|[^\s()\\])*+\))*+))(?=\s*\)|\s+[\"'(]|[ \t]+=\d*x?\d*\s*\))"
)

_TAG = re.compile(r"<[A-Za-z][A-Za-z0-9-]*(?=[\s/>])(?:[^<>\"']|\"[^\"<]*+\"|'[^'<]*+')*+>")

_ATTRIBUTE = re.compile(
    r"(?<=[\s\"'])(?P<name>src|href|poster)\s*+=\s*+(?:\"(?P<double>[^\"]*+)\"|'(?P<single>[^']*+)'|(?P<bare>[^\s\"'<>=`]++))",
    re.IGNORECASE,
)

_DEFINED = re.compile(r"\]:[ \t]*\n?[ \t>]*(?:<(?P<angle>[^<>\n]*+)>|(?P<bare>\S++))")

_Found = tuple[int, int, Kind, bool]


def _definitions(text: str) -> Iterator[_Found]:
    for match in _DEFINED.finditer(text):
        yield *match.span("angle" if match["angle"] is not None else "bare"), "link", False


def _in_line(text: str) -> Iterator[_Found]:
    """Yield where addresses stand in a run of text: start, end, what of, and whether as an attribute of HTML."""
    runs, opened, position = _runs_of_backticks(text), list[Kind](), 0
    while sign := _SIGN.search(text, position):
        position, word = sign.end(), sign[0]
        if word.startswith("`"):
            ends = runs.get(len(word), [])
            while ends and ends[-1] < sign.end():
                ends.pop()
            position = ends.pop() + len(word) if ends else sign.end()
        elif word in ("[", "!["):
            opened.append("link" if word == "[" else "picture")
        elif word == "]" and opened:
            kind = opened.pop()
            if match := _DESTINATION.match(text, position):
                yield *match.span("angle" if match["angle"] is not None else "bare"), kind, False
                position = match.end()
        elif word == "<!--":
            end = text.find("-->", position)
            position = end + 3 if end >= 0 else len(text)
        elif word == "<" and (tag := _TAG.match(text, sign.start())):
            yield from _in_tag(text, tag)
            position = tag.end()


def _in_tag(text: str, tag: re.Match[str]) -> Iterator[_Found]:
    is_link = re.match(r"<a[\s>]", tag[0], re.IGNORECASE) is not None
    for match in _ATTRIBUTE.finditer(text, tag.start(), tag.end()):
        group = next(it for it in ("double", "single", "bare") if match[it] is not None)
        yield *match.span(group), "link" if is_link else "picture", True


def _runs_of_backticks(text: str) -> dict[int, list[int]]:
    """Return where runs of backticks of each length begin, the last ones first."""
    runs: dict[int, list[int]] = {}
    for run in re.finditer("`+", text):
        runs.setdefault(len(run[0]), []).append(run.start())
    return {length: places[::-1] for length, places in runs.items()}

"""What is left of Markdown's signs in the finished tree of a page: readers would see them as text.

Whatever the writer meant as markup and Python-Markdown did not take for markup stands in the tree as text. What the
writer escaped, wrote as code or as an address is meant, and no text of ours is looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal
from xml.etree.ElementTree import Element

from ..model.text import shortened
from .page_context import PageContext
from .prose import EDGE, ESCAPED, HOLE, Run, runs

Code = Literal["left-over-sign", "looks-like-markup"]
"""The code of a sign's diagnostic: a sign that nobody writes as text, or one that somebody might."""

LONGEST = 40
"""The number of characters of a line that a message shows from a sign on."""


@dataclass(frozen=True, slots=True)
class Sign:
    """A sign of Markdown: its name in the table of words, how it looks in a line of text, and how sure that is.

    `marks` are words of which a line with the sign holds at least one: a quick look. In blocks of the tags in `outside`
    it is no sign.
    """

    name: str
    marks: tuple[str, ...]
    pattern: re.Pattern[str]
    code: Code = "left-over-sign"
    outside: frozenset[str] = frozenset()


_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_LABELS = _HEADINGS | {"dt", "th", "caption", "figcaption", "summary"}
_CELLS = frozenset({"td", "th"})


_FOR_LINES = frozenset({"list", "quote", "table", "task"})
"""The names of signs that stand at each of several lines."""


def _sign(
    name: str, marks: str, pattern: str, code: Code = "left-over-sign", outside: frozenset[str] = frozenset()
) -> Sign:
    return Sign(name, tuple(marks.split(" ")), re.compile(pattern), code, outside)


SIGNS = (
    _sign("container", ":::", r"^[ \t]*:{3,}"),
    _sign("fence", "``` ~~~", r"^[ \t]*(?:```|~~~)"),
    _sign("strike", "~~", r"(?<!~)~~(?!~)[^~]+~~(?!~)"),
    _sign("strike", "~~", r"(?<![~\s])~~(?!~)|(?<!~)~~(?![~\s])", "looks-like-markup"),
    _sign("link", "](", rf"^(?![ \t]*@\[)[^{ESCAPED}]*?(?P<sign>!?\[[^\[\]]*\]\(|\]\()"),
    _sign("link", "![", r"!\[[^\[\]]*\]"),
    _sign("link", "]:", rf"^[ \t]*\[[^\[\]]+\]:[ \t]*<?(?:{EDGE}?{HOLE}|\.{{0,2}}/|#)"),
    _sign("link", "][", r"(?<![\w\]])\[[^\[\]]+\]\[[^\[\]]*\]", "looks-like-markup"),
    _sign("footnote", "[^", r"\[\^[^\[\]\s]+\]"),
    _sign("footnote", "^[", r"\^\[[^\[\]]+\]"),
    _sign("table", "|", r"^(?=[^|]*\|)(?=.*--)[|:\- \t]+$"),
    _sign("table", "|", r"^[ \t]*\|[^|]+\|.*\|[ \t]*$", "looks-like-markup"),
    _sign("bold", "**", r"(?<![*/A-Za-z0-9])\*{2,3}(?![*/])[^*]+(?<!/)\*{2,3}(?![*/A-Za-z0-9])"),
    _sign("bold", "__", r"(?<![A-Za-z0-9_/])__(?![A-Za-z0-9_]+__)[^_]+__(?![A-Za-z0-9_])"),
    _sign(
        "bold",
        "**",
        r"(?<![*/A-Za-z0-9])\*{2,3}(?=[^\s*/])|(?<=[^\s*/])\*{2,3}(?![*/A-Za-z0-9])",
        "looks-like-markup",
    ),
    _sign("width", "=", r"(?<=[ \t])=(?:\d{1,5}x\d{0,5}|x\d{1,5})(?=[ \t]*\))"),
    _sign("width", "=", r"(?<=[ \t])=(?:\d{2,5}x\d{0,5}|x\d{2,5})(?!\w)", "looks-like-markup"),
    _sign("math", "$$", r"(?<!\\)\$\$"),
    _sign("math", "\\", r"(?<!\\)\$(?=[^$]*\$)(?=[^$\\]*\\[A-Za-z])"),
    _sign("alert", "[!", r"\[!(?i:note|tip|important|warning|caution)\]"),
    _sign("task", "[", r"^[ \t]*(?:(?:[-*+]|\d{1,3}[.)])[ \t]+)?\[[ xX]\][ \t]+\S", outside=_CELLS),
    _sign("task", "[", r"^[ \t]*(?:[-*+]|\d{1,3}[.)])[ \t]+\[[ xX]\][ \t]+\S"),
    _sign("heading", "#", r"^[ \t]*#{2,6}(?![# \t])."),
    _sign("heading", "#", r"^[ \t]*#{1,6}[ \t]+\S"),
    _sign("heading", "#", r"^[ \t]*#(?=[^\W\d])(?![A-Za-z][\w-]*\s*$)[^#]*$", "looks-like-markup", _LABELS),
    _sign("box", "!!! ??? ===", r"^[ \t]*(?:!!!|\?\?\?\+?|===[!+]?)[ \t]+[a-z\"]"),
    _sign("list", "- * +", r"^[ \t]*[-*+][ \t]+[^\s\d|]", "looks-like-markup", _LABELS),
    _sign("list", "- * + . )", r"^[ \t]*(?:[-*+]|\d{1,3}[.)])[ \t]+[^\s|]", "looks-like-markup", _LABELS | _CELLS),
    _sign("quote", ">", r"^[ \t]*>[ \t]*[^\s\d=>]", "looks-like-markup", _LABELS | _CELLS),
    _sign("attributes", "{", r"(?<!\{)\{:?[ ]*[.#][A-Za-z][^{}]*\}(?!\})", "looks-like-markup"),
    _sign("code", "`", r"`", "looks-like-markup"),
)
"""All signs, as a line of text shows them. Of a name, the surer sign comes first: a line tells a name once.

Each pattern takes time in proportion to the line. Globs (`a/**`), powers (`2**3`), Python's names (`__init__`),
numbers behind `#` and a minus before a number in a table are no signs.
"""


_MAYBE = re.compile(
    r"^[ \t]*(?:[-*+#>|!?=:\[]|\d{1,3}[.)][ \t])|~~|\]\(|!\[|\]\[|\[\^|\^\[|\*\*|__|\||[ \t]=|\$|\[!|\{[:. #]|`",
    re.MULTILINE,
)
"""A pattern for what every sign has: most runs of prose have nothing of it, and need no look at each line."""


def complain_of_leftovers(root: Element, page: PageContext) -> None:
    """Add a diagnostic to the page for each sign that is left in the prose of its tree, in the order of the text.

    To be called before anything of ours is drawn into the tree, and before escaped characters are put back.
    """
    for run in runs(root, page):
        for found in leftovers(run):
            shown = found.line[found.place :].replace(EDGE, "").replace(ESCAPED, "\\").replace(HOLE, "…").strip()
            page.complain(found.sign.code, shortened(shown, LONGEST), found.sign.name, _line_of(found, run, page))


@dataclass(frozen=True, slots=True)
class Leftover:
    """A sign that is left, the line of prose that it is in, and its place in that line."""

    sign: Sign
    line: str
    place: int


def leftovers(run: Run) -> list[Leftover]:
    """Return the signs that are left in a run of prose: each name once in a line, what goes on for lines once."""
    if not _MAYBE.search(run.text):
        return []
    found: list[Leftover] = []
    begun: dict[str, int] = {}
    for line in run.text.split("\n"):
        for leftover in _in_line(line, run):
            sign, before = leftover.sign, begun.get(leftover.sign.name)
            if before is None or sign.name not in _FOR_LINES:
                begun[sign.name] = len(found)
                found.append(leftover)
            elif sign.code == "left-over-sign" != found[before].sign.code:
                found[before] = leftover
    return found


def _in_line(line: str, run: Run) -> Iterator[Leftover]:
    told: set[str] = set()
    for sign in SIGNS:
        if sign.name in told or run.tag in sign.outside or not any(mark in line for mark in sign.marks):
            continue
        if match := sign.pattern.search(line):
            told.add(sign.name)
            yield Leftover(sign, line, match.start("sign" if "sign" in sign.pattern.groupindex else 0))


def _line_of(found: Leftover, run: Run, page: PageContext) -> int:
    """Return the line of the page's source where a sign stands, known by its block and the words around it."""
    if run.lines and run.lines[0] == run.lines[1]:
        return run.lines[0]
    with page.locator.within(run.lines):
        line = page.locator.find_part(*_parts_at(found.line, found.place))
    return line or (run.lines[0] if run.lines else 1)


_BOUNDARY = re.compile(f"[{EDGE}{ESCAPED}{HOLE}]")

_AROUND = 60


def _parts_at(line: str, place: int) -> tuple[str, str]:
    """Return the text around a place of a line as it stands in the source, and its part that begins at the place."""
    before = _BOUNDARY.split(line[max(0, place - _AROUND) : place])[-1]
    behind = _BOUNDARY.split(line[place : place + _AROUND])[0]
    return (before + behind).strip(), behind.strip()

"""Marks that silence problems, `<!-- neco: ignore CODE, CODE -->`: where they stand, and what they leave of the text.

A mark behind the text of a line is about that line, and one on a line of its own about the next line that says
something. What stands in code is shown to readers, and is no mark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .comments import comment_places

_MARK = re.compile(r"<!--[ \t]*neco:[ \t]*ignore(?![\w-])[ \t:]*(?P<codes>[^\n<>]*?)[ \t]*-->")

_HINT = "neco:"

_BLANK = " \t>"

_NOTHING = "<!---->"
"""What stands in place of a mark on a line of its own: a comment as before, so that no block begins or ends."""


def ignored_in(text: str) -> tuple[tuple[int, str], ...]:
    """Return what the marks of a text say: a line (from 1) and a code each; the code is empty for a mark without one.

    A mark below which nothing stands is about its own line.
    """
    if _HINT not in text:
        return ()
    meant, found = _meant(text), []
    line, counted = 1, 0
    for start, _, mark in _marks(text):
        line, counted = line + text.count("\n", counted, start), start
        codes = re.split(r"[\s,、]+", mark["codes"]) if mark["codes"] else [""]
        found += [(meant[line - 1], code) for code in codes if code or len(codes) == 1]
    return tuple(found)


def without_marks(text: str) -> str:
    """Return a text without its marks: line for line the same, and with every block where it was."""
    if _HINT not in text:
        return text
    pieces, end = [], 0
    for start, stop, _ in _marks(text):
        before = text[end:start]
        is_alone = not text[text.rfind("\n", 0, start) + 1 : start].strip(_BLANK)
        goes_on = text[stop : _end_of_line(text, stop)].strip()
        pieces += [before, _NOTHING] if is_alone and not goes_on else [before if goes_on else before.rstrip(" \t")]
        end = stop
    return "".join((*pieces, text[end:]))


def _marks(text: str) -> Iterator[tuple[int, int, re.Match[str]]]:
    for start, stop in comment_places(text):
        if mark := _MARK.fullmatch(text, start, stop):
            yield start, stop, mark


def _meant(text: str) -> list[int]:
    """Return for each line the line (from 1) that a mark there is about: its own, or the next that says something."""
    lines = text.split("\n")
    meant, below = [*range(1, len(lines) + 1)], 0
    for number in range(len(lines), 0, -1):
        if _MARK.sub("", lines[number - 1]).strip(_BLANK):
            below = number
        meant[number - 1] = below or number
    return meant


def _end_of_line(text: str, place: int) -> int:
    end = text.find("\n", place)
    return len(text) if end < 0 else end

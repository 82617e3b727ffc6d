"""Mends as problems, each with its columns and with the line as it is better written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ...model.text import shortened
from ..problem_kinds import make_problem
from ..problems import Problem
from .mends import Mend, mended

_LONGEST = 120


def mend_problems(text: str, mends: Sequence[Mend], path: str, first_line: int) -> Iterator[Problem]:
    """Yield a problem for each mend of an issue's body, which begins at a line of the file at `path`.

    All mends of a line have one suggestion, the line with all of them.
    """
    for it in mends:
        begin = text.rfind("\n", 0, it.start) + 1
        end = text.find("\n", it.end)
        end = len(text) if end < 0 else end
        here = [
            replace(other, start=other.start - begin, end=other.end - begin)
            for other in mends
            if begin <= other.start and other.end <= end
        ]
        line = first_line + text.count("\n", 0, it.start)
        detail = f"KEP-{it.new[4:]}" if it.code == "kep-spelling" else shortened(it.new, _LONGEST)
        problem = make_problem(it.code, path, line, written=it.written, detail=detail)
        is_short = "\n" not in text[it.start : it.end]
        columns = (it.start - begin + 1, it.end - begin + 1) if is_short else None
        yield replace(problem, columns=columns, suggestion=mended(text[begin:end], here))

"""Problems that their writers do not want to hear of: those of a line by a mark, those of a site by its settings."""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Iterable, Iterator
from difflib import get_close_matches

from ..display.problem_words import Phrase
from .index import Index
from .problem_kinds import KINDS, make_problem
from .problems import Problem


def heard(problems: Iterable[Problem], index: Index, docs: str, ignored: Collection[str] = ()) -> list[Problem]:
    """Return the problems that neither a mark in their line silences, nor the codes that a site ignores."""
    lines = {(posixpath.join(docs, issue.path), line, code) for issue in index.issues for line, code in issue.ignored}
    return [it for it in problems if it.code not in ignored and (it.path, it.line, it.code) not in lines]


def unknown_codes(index: Index, docs: str) -> Iterator[Problem]:
    """Yield a problem for each code in the marks of issues that no problem has, and for each mark without a code."""
    for issue in index.issues:
        for line, code in issue.ignored:
            if code not in KINDS:
                yield unknown_code(code, posixpath.join(docs, issue.path), line)


def unknown_code(code: str, path: str, line: int) -> Problem:
    """Return the problem that something is to be silenced under a code that no problem has."""
    close = get_close_matches(code, KINDS, n=1)
    near = Phrase.of("problem.perhaps_code", code=close[0]) if close else ""
    return make_problem("unknown-code", path, line, written=code or "ignore", near=near)

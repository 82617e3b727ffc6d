"""Checks of what is public: issues that are held back, links to them, days to come, numbers given twice."""

from __future__ import annotations

import datetime as dt
import posixpath
from collections.abc import Callable, Iterator

from ..grammar.urls import site_path
from ..model.issues import Issue
from .index import Index
from .problems import Problem

Make = Callable[..., Problem]
"""A function from a code, a path, a line and words to a problem of that kind."""


def held_back_problems(index: Index, docs: str, make: Make) -> Iterator[Problem]:
    """Yield a problem for each issue that is held back."""
    for it in index.held_back:
        yield make(it.hold.code, posixpath.join(docs, it.path), it.hold.line, detail=it.hold.detail)


def publication_problems(index: Index, docs: str, today: dt.date | None, make: Make) -> Iterator[Problem]:
    """Yield the problems of issues that are not public, and of those that say when and as which they are."""
    yield from held_back_problems(index, docs, make)
    held = {it.path for it in index.held_back}
    numbers: dict[int, Issue] = {}
    for issue in reversed(index.issues):
        path = posixpath.join(docs, issue.path)
        for link, line in issue.links:
            if site_path(issue.path, link) in held:
                yield make("link-to-held-back", path, line, written=link)
        if today and issue.date and issue.date > today:
            yield make("future-date", path, 1, detail=issue.date.isoformat())
        if issue.own_number is not None and (first := numbers.setdefault(issue.own_number, issue)) is not issue:
            detail = f"{issue.own_number} is also that of {posixpath.join(docs, first.path)}"
            yield make("duplicate-issue-number", path, 1, detail=detail)

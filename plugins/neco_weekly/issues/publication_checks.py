"""Checks of what is public: issues that are held back, links to them, days to come, numbers given twice."""

from __future__ import annotations

import datetime as dt
import posixpath
from collections.abc import Iterator
from urllib.parse import urlsplit

from ..grammar.urls import site_path
from ..model.issues import Issue
from .index import Index
from .problem_kinds import make_problem
from .problems import Problem


def held_back_problems(index: Index, docs: str) -> Iterator[Problem]:
    """Yield a problem for each issue that is held back."""
    for it in index.held_back:
        yield make_problem(it.hold.code, posixpath.join(docs, it.path), it.hold.line, detail=it.hold.detail)


def publication_problems(index: Index, docs: str, today: dt.date | None) -> Iterator[Problem]:
    """Yield the problems of issues that are not public, and of those that say when and as which they are."""
    yield from held_back_problems(index, docs)
    held = {it.path for it in index.held_back}
    numbers: dict[int, Issue] = {}
    for issue in reversed(index.issues):
        path = posixpath.join(docs, issue.path)
        for link in issue.site_links:
            if held and not link.names_site and site_path(issue.path, urlsplit(link.address).path) in held:
                yield make_problem("link-to-held-back", path, link.line, written=link.address)
        if today and issue.date and issue.date > today:
            yield make_problem("future-date", path, 1, detail=issue.date.isoformat())
        if issue.own_number is not None and (first := numbers.setdefault(issue.own_number, issue)) is not issue:
            detail = f"{issue.own_number} is also that of {posixpath.join(docs, first.path)}"
            yield make_problem("duplicate-issue-number", path, 1, detail=detail)

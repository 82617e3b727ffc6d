"""Checks of the files of pictures: those that are large for a reader on the road."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator

from ..grammar.urls import picture_path
from .index import Index
from .problem_kinds import make_problem
from .problems import Problem

LARGEST = 500_000
"""The number of bytes from which on a picture is large: a second and more at 4 Mbit/s, twice a whole page of ours."""


def image_problems(index: Index, size_of: Callable[[str], int | None], docs: str) -> Iterator[Problem]:
    """Yield a problem for each large picture of an issue, once for each issue.

    `size_of` returns the number of bytes of a file by its path in the docs folder; None where there is none.
    """
    for issue in index.issues:
        told: set[str] = set()
        for address, line in issue.images:
            file = picture_path(issue.path, address)
            size = size_of(file) if file and file not in told else None
            if file and size is not None and size > LARGEST:
                told.add(file)
                path = posixpath.join(docs, issue.path)
                yield make_problem("large-image", path, line, written=address, size=f"{size // 1000:,}")

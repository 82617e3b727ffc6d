"""The archive: issues by year, newest first."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from ...model.issues import Issue


def by_year(issues: Sequence[Issue]) -> list[tuple[int | None, list[Issue]]]:
    """Return issues by year, newest first; issues without a date stand under None at the end."""
    dated = [(issue.date.year, issue) for issue in issues if issue.date]
    undated = [issue for issue in issues if not issue.date]
    years: list[tuple[int | None, list[Issue]]] = [
        (year, [issue for _, issue in same]) for year, same in itertools.groupby(dated, key=lambda it: it[0])
    ]
    return [*years, (None, undated)] if undated else years

"""The archive: issues by year and month, newest first."""

from __future__ import annotations

import datetime as dt
import itertools

from ...model.issues import Issue


def by_year(issues: tuple[Issue, ...]) -> list[tuple[int | None, list[tuple[int, list[Issue]]]]]:
    """Return issues by year, newest first, each with its months; issues without a date stand under None at the end."""
    dated = [issue for issue in issues if issue.date]
    undated = [issue for issue in issues if not issue.date]
    years: list[tuple[int | None, list[tuple[int, list[Issue]]]]] = [
        (year, [(month, list(same)) for month, same in itertools.groupby(of_year, key=_month)])
        for year, of_year in itertools.groupby(dated, key=lambda issue: _date(issue).year)
    ]
    return [*years, (None, [(0, undated)])] if undated else years


def _month(issue: Issue) -> int:
    return _date(issue).month


def _date(issue: Issue) -> dt.date:
    return issue.date or dt.date.min

"""The next issue of a series, from those that are there: its day, its number, its path, its title and front matter.

Nothing here asks the time or a disk. The team's own pattern of an issue is in `issue_template`.
"""

from __future__ import annotations

import datetime as dt
import itertools
from calendar import monthrange
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from statistics import median_low

from ...grammar.issue_series import Form, common_form, filled, form_of, form_of_path, has_number
from ...model.text import one_line
from .new_front_matter import draft_mark_of, new_front_matter
from .past_issue import FrontMatter, PastIssue

NEWEST = 6
"""How many of the newest issues say what the next one looks like."""

_GAPS = 4
"""How many of the newest gaps between issues make their rhythm."""

_WEEK = dt.timedelta(weeks=1)

_DAYS_OF_MONTH = 30.44
"""How many days a month has: 365.25 / 12."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NextIssue:
    """The next issue: `path` is relative to the docs folder, `number` None where issues have none.

    `has_heading`: the title stands above the body, and not in the front matter alone.
    """

    path: str
    date: dt.date
    number: int | None
    title: str
    front_matter: FrontMatter
    has_heading: bool

    def text(self, body: str = "") -> str:
        """Return the text of the issue's file, with a body below its title."""
        heading = f"# {self.title}\n" if self.has_heading else ""
        return f"{self.front_matter.text()}{heading}{chr(10) if heading and body else ''}{body}"


def next_day(days: Iterable[dt.date]) -> dt.date | None:
    """Return the day after the newest that keeps the rhythm of a series; None for no days, a week later for one.

    The rhythm is the median of the newest gaps, the lower of two, for a pause only lengthens a gap. Where most issues
    have one day of the week, or all one day of the month, so has the next.
    """
    newest = sorted(set(days), reverse=True)[: _GAPS + 1]
    if not newest:
        return None
    gaps = [one - other for one, other in itertools.pairwise(newest)]
    gap = median_low(gaps) if gaps else _WEEK
    if len(newest) > 2 and gap.days % 7 and len({it.day for it in newest}) == 1:
        return _months_later(newest[0], round(gap.days / _DAYS_OF_MONTH))
    expected = newest[0] + gap
    weekday, count = Counter(it.weekday() for it in newest).most_common(1)[0]
    if gap >= _WEEK and len(newest) > 2 and count * 2 > len(newest):
        expected += dt.timedelta(days=(weekday - expected.weekday() + 3) % 7 - 3)
    return max(expected, newest[0] + dt.timedelta(days=1))


def _months_later(day: dt.date, months: int) -> dt.date:
    """Return the same day of a later month; its last where it has no such day, as a February."""
    year, month = divmod(day.year * 12 + day.month - 1 + max(months, 1), 12)
    return dt.date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def next_issue(past: Iterable[PastIssue], date: dt.date, *, folder: str, title: str | None, unnamed: str) -> NextIssue:
    """Return the next issue of a series, on a day.

    `folder` is that of the issues, relative to the docs folder, `title` the writer's own, and `unnamed` the title where
    those of the newest issues have no day and no number in common.
    """
    every = sorted((it for it in past if it.date), key=_order, reverse=True)
    newest, number = every[:NEWEST], _next_number(every)
    by_form = common_form([form_of(it.title, it.date, it.number) for it in newest if it.title])
    title = one_line(title or "") or _filled(by_form, date, number) or unnamed
    path = _next_path([form_of_path(it.path, it.date, it.number) for it in newest], date, number, folder)
    draft = draft_mark_of(newest, every)
    front = new_front_matter(newest[:2], path=path, title=title, date=date, number=number, draft=draft)
    has_heading = "title" not in dict(front.entries) or bool(newest and newest[0].heading)
    return NextIssue(path=path, date=date, number=number, title=title, front_matter=front, has_heading=has_heading)


def _order(issue: PastIssue) -> tuple[dt.date, str]:
    return issue.date or dt.date.min, issue.path


def _next_number(newest_first: Sequence[PastIssue]) -> int | None:
    """Return the number after that of the newest issue; None where no issue gives itself one.

    An issue that names no number has the number after the issue before it, as in the index of all issues.
    """
    if all(it.number is None for it in newest_first):
        return None
    last = 0
    for issue in reversed(newest_first):
        last = issue.number if issue.number is not None else last + 1
    return last + 1


def _filled(form: Form | None, date: dt.date, number: int | None) -> str | None:
    if form is None or (number is None and has_number(form)):
        return None
    return filled(form, date, number or 0)


def _next_path(forms: Sequence[Form], date: dt.date, number: int | None, folder: str) -> str:
    """Return the path of the next issue: in the shape of the newest ones, else in folders by year and month."""
    if written := _filled(common_form(forms), date, number):
        return written if written.endswith(".md") else f"{written}.md"
    if not forms:
        return f"{folder}/{date:%Y/%m/%Y-%m-%d}.md"
    beside = PurePosixPath(filled(forms[0], date, number or 0)).parent
    return (beside / f"{date}.md").as_posix()

"""The schedule in `releases/release-1.N/README.md`: a table of what happens when, and a list of the days that matter.

Which column has the day, and whether a row begins with *Begin*, changes from release to release: a row is known by the
cell that says what happens, and its day is in another one.
"""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from ...model.keps import release_order
from ...model.release_facts import DayName, ReleaseFacts
from ...model.text import one_line, shortened
from .moments import names_a_day, read_deadline

_LINK = re.compile(r"\[([^\[\]]{0,300})\](?:\([^()\s]{0,500}\)|\[[^\[\]]{0,100}\])?")

_MARKS = re.compile(r"[*_`>]+")

_DASH = re.compile(r"\s[—–-]\s")

_LABELS: tuple[tuple[DayName, str], ...] = (
    ("enhancements_freeze", r"(?:begin )?(?:the )?enhancements? freeze"),
    ("code_freeze", r"(?:begin )?(?:the )?code freeze(?: (?:and|&) test freeze)?"),
    ("docs_freeze", r"(?:begin )?(?:the )?doc(?:ument(?:ation)?)?s? freeze"),
    ("planned", r"(?:kubernetes )?v?{release}(?:\.0)?(?: is)? released"),
)

_DEFINITION = re.compile(r"\s{0,3}\[[^\]]{1,100}\]:")

_LONGEST_LINE = 2_000


@dataclass(slots=True)
class Schedule:
    """What a README says: facts of its release, and sentences on what could not be read, each with its line."""

    facts: ReleaseFacts = field(default_factory=ReleaseFacts)
    complaints: list[tuple[int, str]] = field(default_factory=list)


def read_schedule(text: str, release: str, before: dt.date | None) -> Schedule:
    """Return the days that the README of a release (`v1.36`) names.

    Days without a year are the last ones `before` the day of the release, where that is known. Of several days for the
    same thing that of the table counts, which alone says the hour. So another one is told if it is more than a day off.
    """
    schedule, days = Schedule(), dict[DayName, dt.date]()
    unreadable: dict[DayName, tuple[int, str]] = {}
    for line, name, written in _rows(text, _labels(release)):
        deadline = read_deadline(written, before)
        said = f"{_called(name)}: {shortened(one_line(written), 120)!r}"
        if deadline.day is None:
            unreadable.setdefault(name, (line, f"{said} {deadline.complaint}"))
            continue
        if deadline.complaint:
            schedule.complaints.append((line, f"{said} {deadline.complaint}"))
        if abs(days.setdefault(name, deadline.day) - deadline.day) > dt.timedelta(days=1):
            schedule.complaints.append((line, f"{said} is not {days[name]}, which counts"))
    for name in ("enhancements_freeze", "code_freeze", "docs_freeze", "planned"):
        if name not in days and (name in unreadable or name != "docs_freeze"):
            missing = 1, f"{_called(name)}: no row names it in a form that is known"
            schedule.complaints.append(unreadable.get(name, missing))
    _leave_out_disorder(days, schedule)
    schedule.facts = ReleaseFacts.of(days)
    return schedule


def _called(name: DayName) -> str:
    return "release" if name == "planned" else name.replace("_", " ")


def _labels(release: str) -> dict[DayName, re.Pattern[str]]:
    number = re.escape(".".join(map(str, release_order(release))))
    return {
        name: re.compile(rf"{pattern.replace('{release}', number)}(?P<rest>\s*\(.*\))?") for name, pattern in _LABELS
    }


def _rows(text: str, labels: dict[DayName, re.Pattern[str]]) -> Iterator[tuple[int, DayName, str]]:
    """Yield line, name and written day of the rows that count: those of tables, then those of lists."""
    lines = [(number, line) for number, line in enumerate(text.split("\n"), 1) if _is_read(line)]
    for is_table in (True, False):
        for number, line in lines:
            cells = _cells(line) if line.lstrip().startswith("|") == is_table else []
            yield from ((number, name, written) for name, written in _meant(cells, labels))


def _is_read(line: str) -> bool:
    return len(line) <= _LONGEST_LINE and not _DEFINITION.match(line)


def _cells(line: str) -> list[str]:
    plain = _MARKS.sub("", _LINK.sub(r"\1", line))
    if line.lstrip().startswith("|"):
        return [" ".join(cell.split()) for cell in plain.strip().strip("|").split("|")]
    parts = [" ".join(part.strip(" :.-").split()) for part in _DASH.split(f" {plain} ")]
    if len(parts) == 1 and ": " in parts[0]:  # `Code Freeze: 17 March 2027`
        parts = [it.strip() for it in parts[0].split(": ", 1)]
    return parts


def _meant(cells: list[str], labels: dict[DayName, re.Pattern[str]]) -> Iterator[tuple[DayName, str]]:
    for place, cell in enumerate(cells):
        for name, pattern in labels.items():
            match = pattern.fullmatch(cell.lower())
            if match is None:
                continue
            others = cells[:place] + cells[place + 1 :]
            written = next((it for it in others if names_a_day(it)), None)
            rest = match["rest"] or ""
            if written is None and len(cells) > 1:
                written = " | ".join(filter(None, others))
            if written is not None:
                yield name, f"{written} {rest}".strip()


def _leave_out_disorder(days: dict[DayName, dt.date], schedule: Schedule) -> None:
    """Leave days out that cannot be: code freezes after enhancements, a release comes after both."""
    order: tuple[DayName, ...] = ("enhancements_freeze", "code_freeze", "planned")
    there = [name for name in order if name in days]
    for first, second in itertools.pairwise(there):
        if first in days and second in days and days[first] > days[second]:
            said = f"{_called(second)} {days[second]} is before {_called(first)} {days[first]}; neither is taken"
            schedule.complaints.append((1, said))
            del days[first], days[second]

"""Kubernetes releases and their days: a table in the package (`releases.csv`), which `mkdocs.yml` can extend.

Every day is one of Asia/Tokyo. `state` in the table is `out`, or `scheduled` for a day that is only planned.
`end_of_support` is that of `eol.yaml` in kubernetes/website, of releases that were not there yet that of their pages on
kubernetes.io; empty where neither was read.
"""

from __future__ import annotations

import bisect
import csv
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from importlib.resources import files

from .errors import NecoError
from .keps import parse_release, release_order


@dataclass(frozen=True, slots=True)
class Freezes:
    """The days (Asia/Tokyo) after which a release takes no more enhancements, and no more code for them."""

    enhancements: dt.date
    code: dt.date


@dataclass(frozen=True)
class Releases:
    """The days of Kubernetes releases (Asia/Tokyo) by normalised name, `v1.25`, and the freezes before them.

    `scheduled` are the releases whose day is only the release team's plan: such a day may pass, and the release is not
    out until a source confirms the day. `ends` are the days on which support ends, where known.
    """

    days: Mapping[str, dt.date]
    scheduled: frozenset[str] = frozenset()
    freezes: Mapping[str, Freezes] = field(default_factory=dict)
    ends: Mapping[str, dt.date] = field(default_factory=dict)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The names of all dated releases, oldest first."""
        return tuple(sorted(self.days, key=release_order))

    def day(self, release: str) -> dt.date | None:
        """Return the day of a release, or None where the release has none yet."""
        return self.days.get(release)

    def is_out(self, release: str, day: dt.date | None) -> bool:
        """Whether a release was out on a day; without a day, whether it is known to have come out at all."""
        released = self._out.get(release)
        return released is not None and (day is None or released <= day)

    def newest(self, day: dt.date) -> str | None:
        """Return the name of the newest release that was out on a day, None before the first."""
        place = bisect.bisect_right(self._sorted_days, day)
        return self._by_day[place - 1] if place else None

    def count_between(self, after: dt.date, until: dt.date) -> int:
        """Return how many releases came out after the day `after`, up to and including the day `until`."""
        return bisect.bisect_right(self._sorted_days, until) - bisect.bisect_right(self._sorted_days, after)

    def confirmed(self, days: Mapping[str, dt.date]) -> Releases:
        """Return these releases with those out that a source has seen come out, on the days that the source names."""
        if not days.keys() - self._out.keys():
            return self
        days = {name: day for name, day in days.items() if name not in self._out}
        return replace(self, days={**self.days, **days}, scheduled=self.scheduled - days.keys())

    @cached_property
    def out(self) -> Mapping[str, dt.date]:
        """The days of the releases that are known to have come out, in the order of the days."""
        return {name: self._out[name] for name in self._by_day}

    @cached_property
    def _out(self) -> Mapping[str, dt.date]:
        return {name: day for name, day in self.days.items() if name not in self.scheduled}

    @cached_property
    def _by_day(self) -> list[str]:
        return sorted(self._out, key=lambda name: (self._out[name], release_order(name)))

    @cached_property
    def _sorted_days(self) -> list[dt.date]:
        return [self._out[name] for name in self._by_day]


def load_releases(more: object = None) -> Releases:
    """Return the releases of the package's table with those of `mkdocs.yml` on top, such as `{"1.38": 2026-12-16}`.

    What `mkdocs.yml` names is a person's word: such a release is out from its day on.

    Raises:
        NecoError: an entry is no release or no day.
    """
    table = _table()
    if not more:
        return table
    days = _read(more)
    return replace(table, days={**table.days, **days}, scheduled=table.scheduled - days.keys())


@cache
def _table() -> Releases:
    text = files(__package__).joinpath("releases.csv").read_text(encoding="utf-8")
    rows = {f"v{row['version']}": row for row in csv.DictReader(text.splitlines())}
    return Releases(
        {name: dt.date.fromisoformat(row["released"]) for name, row in rows.items()},
        frozenset(name for name, row in rows.items() if row["state"] == "scheduled"),
        {
            name: Freezes(
                enhancements=dt.date.fromisoformat(row["enhancements_freeze"]),
                code=dt.date.fromisoformat(row["code_freeze"]),
            )
            for name, row in rows.items()
            if row["enhancements_freeze"]
        },
        {name: dt.date.fromisoformat(row["end_of_support"]) for name, row in rows.items() if row["end_of_support"]},
    )


def _read(more: object) -> Mapping[str, dt.date]:
    if not isinstance(more, Mapping):
        raise NecoError(f'releases: expected entries like "1.38": 2026-12-16 in mkdocs.yml, found {more!r}')
    days: dict[str, dt.date] = {}
    for written, day in more.items():
        # YAML reads an unquoted release 1.40 as the number 1.4.
        release = parse_release(written) if isinstance(written, str) else None
        if release is None:
            raise NecoError(f'releases: {written!r} in mkdocs.yml is not a release; write it in quotes, like "1.38"')
        days[release] = _day(release, day)
    return days


def _day(release: str, day: object) -> dt.date:
    try:
        return day if type(day) is dt.date else dt.date.fromisoformat(str(day))
    except ValueError:
        raise NecoError(f"releases: {release} in mkdocs.yml has no day like 2026-12-16, but {day!r}") from None

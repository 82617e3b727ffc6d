"""Kubernetes releases and their days: a table in the package (`releases.csv`), which `mkdocs.yml` can extend."""

from __future__ import annotations

import bisect
import csv
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files

from .errors import NecoError
from .keps import parse_release, release_order


@dataclass(frozen=True)
class Releases:
    """The days of Kubernetes releases by normalised name, `v1.25`. A day in the future is the release team's date."""

    days: Mapping[str, dt.date]

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The names of all dated releases, oldest first."""
        return tuple(sorted(self.days, key=release_order))

    def day(self, release: str) -> dt.date | None:
        """Return the day of a release, or None where the release has none yet."""
        return self.days.get(release)

    def is_out(self, release: str, day: dt.date | None) -> bool:
        """Whether a release was out on a day. Without a day, a release counts as out when the table has its day."""
        released = self.days.get(release)
        return released is not None and (day is None or released <= day)

    def count_between(self, after: dt.date, until: dt.date) -> int:
        """Return how many releases came out after the day `after`, up to and including the day `until`."""
        return bisect.bisect_right(self._sorted_days, until) - bisect.bisect_right(self._sorted_days, after)

    @cached_property
    def _sorted_days(self) -> list[dt.date]:
        return sorted(self.days.values())


def load_releases(more: object = None) -> Releases:
    """Return the releases of the package's table with those of `mkdocs.yml` on top, such as `{"1.38": 2026-12-16}`.

    Raises:
        NecoError: an entry is no release or no day.
    """
    return Releases({**_table(), **_read(more)}) if more else _releases()


@cache
def _releases() -> Releases:
    return Releases(_table())


@cache
def _table() -> Mapping[str, dt.date]:
    text = files(__package__).joinpath("releases.csv").read_text(encoding="utf-8")
    return {f"v{row['version']}": dt.date.fromisoformat(row["released"]) for row in csv.DictReader(text.splitlines())}


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

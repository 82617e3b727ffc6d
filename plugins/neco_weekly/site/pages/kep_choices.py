"""What the table of KEPs can be narrowed down to: by SIG, stage, status, release and year."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any, TypeVar

from ...issues.index import Index
from ...lock.kep_as_of import KepAsOf, Standing
from ...model.keps import Stage, Status, release_order
from .sigs import Sig

T = TypeVar("T")

NOTHING = "none"
"""The choice of the table of KEPs for those of which nothing shipped, as `stage.none` in the table of words."""


class KepChoices:
    """The choices of the table of some KEPs, those that have a page, on the day `now`."""

    def __init__(self, keps: Sequence[KepAsOf], index: Index, sigs: Mapping[str, Sig], now: dt.date) -> None:
        self._keps, self._index, self._sigs, self._now = keps, index, sigs, now

    @cached_property
    def counts(self) -> Mapping[str, Mapping[Any, int]]:
        """For each filter its values and how many KEPs fit each."""
        standings = [kep.today for kep in self._keps]
        releases = (release for kep in self._keps for release in self.shipped_in(kep))
        plans = (it.planned.release for it in standings if it.planned)
        years = (year for kep in self._keps for year in self.years_of(kep))
        return {
            "sig": {name: len(sig.owned) for name, sig in self._sigs.items()},
            "stage": _counted(map(stage_choice, standings), order=[*Stage, NOTHING].index),
            "status": _counted((kep.state.status for kep in self._keps), order=list(Status).index),
            "release": _newest_first(_counted(releases, order=release_order)),
            "planned": _newest_first(_counted(plans, order=release_order)),
            "year": dict(reversed(_counted(years, order=int).items())),
        }

    def shipped_in(self, kep: KepAsOf) -> list[str]:
        """Return every release with which a stage of a KEP shipped, in order."""
        found = {it.release for day, it in kep.shipping.entries if it.release and day <= self._now}
        return sorted(found, key=release_order)

    def stage_of(self, kep: KepAsOf) -> str:
        """Return the stage by which a KEP is found, empty for a proposal that ended."""
        return stage_choice(kep.today) or ""

    def changed(self, kep: KepAsOf) -> dt.date | None:
        """Return the day on which a KEP changed last: kep.yaml, or what shipped; None where nothing tells."""
        days = [record.date for record in kep.enhancement.history]
        days += [it.since for it in (kep.today.shipped,) if it and it.since]
        return max((day for day in days if day <= self._now), default=None)

    def newest_first(self, numbers: Iterable[int]) -> list[KepAsOf]:
        """Return the KEPs of some numbers by the day of their last change, the newest first; of one day by number."""
        ordered = [self._by_number[number] for number in sorted(numbers)]
        return sorted(ordered, key=lambda it: self.changed(it) or dt.date.min, reverse=True)

    @cached_property
    def _by_number(self) -> Mapping[int, KepAsOf]:
        return {kep.enhancement.number: kep for kep in self._keps}

    def years_of(self, kep: KepAsOf) -> list[int]:
        """Return the years in which a KEP was mentioned, oldest first."""
        return sorted({issue.date.year for issue, _ in self._index.by_kep[kep.enhancement.number] if issue.date})


def stage_choice(standing: Standing) -> str | None:
    """Return the stage by which a KEP is found; None for a proposal that ended, which is of no living stage."""
    if standing.ended:
        return None
    return standing.shipped.stage if standing.shipped else NOTHING


def _counted(values: Iterable[T | None], order: Callable[[T], Any]) -> dict[T, int]:
    """Return every value and how often there is one, in order."""
    counts = Counter(value for value in values if value is not None)
    return {value: counts[value] for value in sorted(counts, key=order)}


def _newest_first(counts: Mapping[str, int]) -> dict[str, int]:
    """Return counts by release, `1.36`, the newest release first."""
    return {release.removeprefix("v"): count for release, count in reversed(list(counts.items()))}

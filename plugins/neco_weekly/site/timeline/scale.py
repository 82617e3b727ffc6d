"""Where days and releases stand: from time to percent of the width."""

from __future__ import annotations

import bisect
import datetime as dt
import itertools
import math
from dataclasses import dataclass

from ...model.keps import release_order
from ...model.releases import Releases
from .life import FIRST_DAY, Life

_DAYS_PER_RELEASE = 122

_FEWEST_SLOTS = 3

_MARGIN, _AIR = 2.0, 0.35


@dataclass(frozen=True)
class Scale:
    """From days and releases to percent of the width. A slot is a release's minor version.

    `days` and `slots` are those of the dated releases; `first` and `last` are the slots between which it is drawn.
    """

    days: tuple[int, ...]
    slots: tuple[int, ...]
    first: float = 0
    last: float = 1

    def slot(self, day: dt.date) -> float:
        """Where a day lies between releases. Before the first release there is no place but its own."""
        number = day.toordinal()
        after = bisect.bisect_right(self.days, number)
        if after == 0:
            return self.slots[0]
        start, slot = self.days[after - 1], self.slots[after - 1]
        if after == len(self.days):
            return slot + (number - start) / _DAYS_PER_RELEASE
        return slot + (number - start) / (self.days[after] - start) * (self.slots[after] - slot)

    def x(self, slot: float) -> float:
        """Percent of the width, within the margins."""
        return round(_MARGIN + (100 - 2 * _MARGIN) * (slot - self.first) / (self.last - self.first), 2)

    def day(self, day: dt.date) -> float:
        return self.x(self.slot(day))

    def release(self, release: str) -> float:
        return self.x(_slot(release))

    @property
    def step(self) -> float:
        """Percent from one release to the next."""
        return self.x(self.first + 1) - self.x(self.first)


def _slot(release: str) -> int:
    return release_order(release)[1]


def scale_for(life: Life, releases: Releases) -> Scale:
    """A scale on which all of it has a place: from the release before the first until a little after the last."""
    dated = {"v1.0": FIRST_DAY} | dict(releases.days)
    names = sorted(dated, key=release_order)
    scale = Scale(tuple(dated[name].toordinal() for name in names), tuple(map(_slot, names)))
    plans = itertools.chain(*life.plans.values())
    places = [*map(scale.slot, life.days), *(_slot(plan) for plan in plans if plan)]
    last = max(places)
    first = max(0, min(math.floor(min(places)), math.ceil(last) - _FEWEST_SLOTS))
    return Scale(scale.days, scale.slots, first, max(last + _AIR, first + 1))

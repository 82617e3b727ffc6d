"""The scale of a timeline: where days and releases stand, from time to percent of the width."""

from __future__ import annotations

import bisect
import datetime as dt
import itertools
import math
from dataclasses import dataclass

from ...model.keps import release_order
from .life import FIRST_DAY, Life

_DAYS_PER_RELEASE = 122

_FEWEST_SLOTS = 3

_MARGIN, _AIR = 2.0, 0.35


@dataclass(frozen=True)
class Scale:
    """The scale from days and releases to percent of a timeline's width. A slot is a release's minor version.

    `days` (as ordinals) and `slots` are those of the dated releases; `first` and `last` are the slots between which the
    timeline is drawn.
    """

    days: tuple[int, ...]
    slots: tuple[int, ...]
    first: float = 0
    last: float = 1

    def slot(self, day: dt.date) -> float:
        """Return where a day lies between releases, as a slot; a day before the first release lies on that release."""
        number = day.toordinal()
        after = bisect.bisect_right(self.days, number)
        if after == 0:
            return self.slots[0]
        start, slot = self.days[after - 1], self.slots[after - 1]
        if after == len(self.days):
            return slot + (number - start) / _DAYS_PER_RELEASE
        return slot + (number - start) / (self.days[after] - start) * (self.slots[after] - slot)

    def x(self, slot: float) -> float:
        """Return where a slot stands, in percent of the width, within the margins."""
        return round(_MARGIN + (100 - 2 * _MARGIN) * (slot - self.first) / (self.last - self.first), 2)

    def day(self, day: dt.date) -> float:
        """Return where a day stands, in percent of the width."""
        return self.x(self.slot(day))

    def release(self, release: str) -> float:
        """Return where a release stands, in percent of the width."""
        return self.x(_slot(release))

    @property
    def step(self) -> float:
        """The distance from one release to the next, in percent of the width."""
        return self.x(self.first + 1) - self.x(self.first)


def _slot(release: str) -> int:
    return release_order(release)[1]


def scale_for(life: Life) -> Scale:
    """Return a scale on which all of a KEP's life has a place, with the release before and a little room behind."""
    dated = {"v1.0": FIRST_DAY} | dict(life.releases.days)
    names = sorted(dated, key=release_order)
    scale = Scale(tuple(dated[name].toordinal() for name in names), tuple(map(_slot, names)))
    planned = itertools.chain(*life.planned.values())
    places = [*map(scale.slot, life.days), *(_slot(release) for release in planned if release)]
    last = max(places)
    first = max(0, min(math.floor(min(places)), math.ceil(last) - _FEWEST_SLOTS))
    return Scale(scale.days, scale.slots, first, max(last + _AIR, first + 1))

"""A KEP as of a day: what was true on the day of the page that mentions the KEP, and what is true now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Literal, TypeVar

from ..model.history import releases_without_change, since
from ..model.keps import Enhancement, EnhancementState, Record, Status
from ..model.releases import Releases
from .store import Lock

T = TypeVar("T")

Movement = Literal["advanced", "closed", "moved", "same", "unknown"]
"""What became of a KEP since a day, as `issue.movement_<value>` in the table of words.

The KEP reached another stage, goes no further, has other planned releases, is the same, or was not recorded that day.
"""


@dataclass(frozen=True, kw_only=True)
class KepAsOf:
    """A KEP as of a day. `then` is the record of that day, None where nothing was recorded or there is no day.

    `now` is the record since which today's stage stands, `stale` the number of releases since the last change of an
    unfinished KEP that may have been left alone.
    """

    enhancement: Enhancement
    day: dt.date | None = None
    then: Record | None = None
    now: Record | None = None
    stale: int | None = None

    @property
    def state(self) -> EnhancementState:
        """Today's state of the KEP."""
        return self.enhancement.state

    @cached_property
    def before(self) -> EnhancementState | None:
        """The state of the KEP on the day, where a reader would see a difference from today's; else None."""
        state = self.then.state if self.then else None
        return state if state is not None and _seen(state) != _seen(self.state) else None

    @cached_property
    def movement(self) -> Movement:
        """What became of the KEP since the day."""
        if self.then is None or self.then.state is None:
            return "unknown"
        if self.before is None:
            return "same"
        if closed(self.state) != closed(self.before):
            return "closed" if closed(self.state) else "moved"
        return "moved" if self.state.stage == self.before.stage else "advanced"


def closed(state: EnhancementState) -> Status | None:
    """Return the status of a KEP that goes no further (deferred, rejected, withdrawn, replaced); None for others."""
    return state.status if state.status and state.status.is_closed else None


def _seen(state: EnhancementState) -> tuple[object, ...]:
    """Return what a badge shows of a KEP's state: stage, release, and the status of a closed proposal."""
    return state.stage, state.milestone, closed(state)


class KepsAsOf:
    """The KEPs of a lock as of any day; a site mentions the same KEPs again and again, so each is worked out once."""

    def __init__(self, lock: Lock, releases: Releases) -> None:
        self.lock, self.releases = lock, releases
        self._today: dict[int, KepAsOf | None] = {}
        self._memo: dict[Hashable, Any] = {}

    def of(self, number: int, day: dt.date | None = None) -> KepAsOf | None:
        """Return a KEP as of the end of a day, or of today without one; None if nothing is known of the number."""
        if number not in self._today:
            self._today[number] = self._look(number)
        today = self._today[number]
        if today is None or day is None:
            return today
        return self.once((number, day), lambda: replace(today, day=day, then=today.enhancement.at(day)))

    def once(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return what `make` makes of a KEP under this key, made the first time the key is asked for and then kept."""
        if key not in self._memo:
            self._memo[key] = make()
        made: T = self._memo[key]
        return made

    def _look(self, number: int) -> KepAsOf | None:
        enhancement = self.lock.enhancement(number)
        if enhancement is None:
            return None
        stale = releases_without_change(enhancement, self.releases, self.lock.as_of)
        return KepAsOf(enhancement=enhancement, stale=stale, now=since(enhancement))

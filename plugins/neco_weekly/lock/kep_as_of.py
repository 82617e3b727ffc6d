"""A KEP as of a day: what was so on the day of the page that mentions the KEP, and what is so now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field, replace
from typing import Any, Literal, TypeVar

from ..model.gates import FeatureGate
from ..model.history import releases_without_change, since
from ..model.keps import Enhancement, EnhancementState, Record, Status
from ..model.releases import Releases
from ..model.shipping import BY_HAND, Planned, Shipped, Shipping, planned_on, shipping_of
from .overrides import Override
from .store import Lock

T = TypeVar("T")

Movement = Literal["advanced", "closed", "moved", "same", "unknown"]
"""What became of a KEP since a day, as `issue.movement_<value>` in the table of words.

Another stage shipped, the proposal goes no further, the KEP moved otherwise, what shipped is the same, or nothing was
recorded that day. What was only planned since then is no movement.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where a KEP stands on a day: what had shipped, what was planned, and the status of a proposal that had ended."""

    shipped: Shipped | None = None
    planned: Planned | None = None
    ended: Status | None = None

    @property
    def seen(self) -> tuple[object, ...]:
        """What a badge shows: the stage that shipped with its release, else the planned one, and how it ended."""
        if self.shipped:
            return self.ended, self.shipped.stage, self.shipped.release
        return (self.ended, "planned", *self.plan)

    @property
    def plan(self) -> tuple[object, ...]:
        """The stage and the release that are planned; empty where nothing is."""
        return (self.planned.stage, self.planned.release) if self.planned else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class KepAsOf:
    """A KEP as of a day, and `today`. `record` is what kep.yaml said that day, None where nothing was recorded.

    `written` is what kep.yaml says today without a person's word on top, None where the person's is all there is.
    `gates` are all feature gates that the KEP ever named and a witness knows, `refused` the releases that the KEP was
    not let into after a freeze.
    `then` is where the KEP stood on the day, None without a day or where nothing tells. `now` is the record since which
    today's stage of kep.yaml stands, `stale` the number of releases since the last change of an unfinished KEP that may
    have been left alone.
    """

    enhancement: Enhancement
    written: EnhancementState | None = None
    shipping: Shipping = field(default_factory=Shipping)
    gates: tuple[FeatureGate, ...] = ()
    refused: frozenset[str] = frozenset()
    today: Standing = field(default_factory=Standing)
    day: dt.date | None = None
    record: Record | None = None
    then: Standing | None = None
    now: Record | None = None
    stale: int | None = None

    @property
    def state(self) -> EnhancementState:
        """What kep.yaml says today."""
        return self.enhancement.state

    @property
    def gate_names(self) -> tuple[str, ...]:
        """The names of today's gates: those that kep.yaml names, then those that a witness knows as not removed."""
        known = (gate.name for gate in self.gates if not gate.removed)
        return tuple(dict.fromkeys((*self.state.feature_gates, *known)))

    @property
    def before(self) -> Standing | None:
        """Where the KEP stood on the day, where a reader would see a difference from today; else None."""
        return self.then if self.then and self.then.seen != self.today.seen else None

    @property
    def movement(self) -> Movement:
        """What became of the KEP since the day."""
        if self.then is None:
            return "unknown"
        if self.today.ended != self.then.ended:
            return "closed" if self.today.ended else "moved"
        before, now = self.then.shipped, self.today.shipped
        if (before and (before.stage, before.release)) == (now and (now.stage, now.release)):
            return "same"
        return "advanced" if now and (before is None or before.stage is not now.stage) else "moved"

    @property
    def replanned(self) -> bool:
        """Whether something else is planned than on the day, and nothing came of the plan of that day yet."""
        return self.movement == "same" and self.then is not None and self.then.plan != self.today.plan


class KepsAsOf:
    """The KEPs of a lock as of any day; a site mentions the same KEPs again and again, so each is worked out once.

    `releases` are those given, with those out that the lock's sources have seen come out.
    """

    def __init__(self, lock: Lock, releases: Releases) -> None:
        self.lock, self.releases = lock, lock.dated(releases)
        self._today: dict[int, KepAsOf | None] = {}
        self._memo: dict[Hashable, Any] = {}

    def of(self, number: int, day: dt.date | None = None) -> KepAsOf | None:
        """Return a KEP as of the end of a day, or of today without one; None if nothing is known of the number."""
        if number not in self._today:
            self._today[number] = self._look(number)
        today = self._today[number]
        if today is None or day is None:
            return today
        return self.once((number, day), lambda: self._on(today, day))

    def once(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return what `make` makes of a KEP under this key, made the first time the key is asked for and then kept."""
        if key not in self._memo:
            self._memo[key] = make()
        made: T = self._memo[key]
        return made

    @property
    def now(self) -> dt.date:
        """The day that counts as today: the lock's; without one, every release that is known to be out is out."""
        return self.lock.as_of or dt.date.max

    def _look(self, number: int) -> KepAsOf | None:
        enhancement = self.lock.enhancement(number)
        if enhancement is None:
            return None
        # A person's word is not kep.yaml's: a stage from the one and a release from the other would make a third.
        fetched = self.lock.fetched.get(enhancement.number, enhancement)
        numbers = (enhancement.number, *self.lock.aliases_of(enhancement.number))
        refused = self.lock.known_releases.refusing(numbers)
        shipping = shipping_of(fetched, self.lock.gates, self.releases, refused)
        return KepAsOf(
            enhancement=enhancement,
            written=fetched.state if enhancement.number in self.lock.fetched else None,
            shipping=shipping,
            gates=self.lock.gates.of(enhancement.number),
            refused=refused,
            today=self._standing_today(enhancement, shipping),
            stale=releases_without_change(enhancement, self.releases, self.lock.as_of),
            now=since(enhancement),
        )

    def _standing_today(self, enhancement: Enhancement, shipping: Shipping) -> Standing:
        override = self.lock.overrides.get(enhancement.number)
        state, shipped = enhancement.state, shipping.on(self.now)
        if override and override.stage:
            shipped = self._by_hand(override, shipped, shipping)
        planned = planned_on(state, enhancement.source, shipped, self.releases, self.now)
        return Standing(shipped=shipped, planned=planned, ended=closed(state))

    def _by_hand(self, override: Override, told: Shipped | None, shipping: Shipping) -> Shipped | None:
        """Return what shipped by a person's word; where the person names a release that is not out, it is a plan."""
        release = override.latest_milestone
        if override.stage is None:
            return told
        if release and not self.releases.is_out(release, self.now):  # it is to come, so that only less had shipped
            before = (it for day, it in reversed(shipping.entries) if day <= self.now)
            return next((it for it in before if it.stage.order < override.stage.order), None)
        if told and told.stage is override.stage and release in (None, told.release):
            return told
        return Shipped(
            stage=override.stage,
            release=release,
            since=self.releases.day(release) if release else None,
            source=BY_HAND,
        )

    def _on(self, today: KepAsOf, day: dt.date) -> KepAsOf:
        record = today.enhancement.at(day)
        # Of the days after the lock's own nothing is known yet: a newer table of releases must not tell them apart.
        known = min(day, self.now)
        # Between two releases and two records a KEP stands where it stood: a thousand issues have few different ones.
        shipped = today.shipping.on(known)
        key = ("then", today.enhancement.number, record and record.source, self.releases.newest(known), shipped)
        then = self.once(key, lambda: self._then(shipped, record, known))
        return replace(today, day=day, record=record, then=then)

    def _then(self, shipped: Shipped | None, record: Record | None, day: dt.date) -> Standing | None:
        if record is None or record.state is None:
            return Standing(shipped=shipped) if shipped else None
        planned = planned_on(record.state, record.source, shipped, self.releases, day)
        return Standing(shipped=shipped, planned=planned, ended=closed(record.state))


def closed(state: EnhancementState) -> Status | None:
    """Return the status of a KEP that goes no further (deferred, rejected, withdrawn, replaced); None for others."""
    return state.status if state.status and state.status.is_closed else None

"""The releases of Kubernetes as the lock knows them on its day: rows, upgrades and setbacks of all KEPs of the source.

Pages, data and commands ask here, so that all of them tell the same; the lives of the KEPs are worked out once.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from functools import cached_property

from ..model.exceptions import ExceptionRequest, refused
from ..model.gate_ends import GateEnd, gate_ends
from ..model.gate_turns import GateTurn, gate_turns
from ..model.gates import Gates
from ..model.kep_events import Event, EventKind, newest_first, numbered
from ..model.keps import Stage, release_order
from ..model.official_lists import ListDifference, OfficialList, list_differences
from ..model.plan_events import plan_events
from ..model.release_changes import ReleaseChanges, changes_between
from ..model.release_events import exception_events, gate_setback_events, missed_events, shipped_events
from ..model.release_facts import DayName, ReleaseFacts, days_of, in_release_order
from ..model.release_rows import Life, ReleaseRows, has_rows, rows_of
from ..model.releases import Releases
from ..model.removed_apis import RemovedApi
from ..model.setbacks import SetbackRow, medians, setbacks
from .kep_as_of import KepAsOf, KepsAsOf
from .kep_at_releases import supported, told_shipping
from .store import Lock


def releases_of(keps_as_of: KepsAsOf, public: Collection[int] | None = None) -> ReleasesAsOf:
    """Return the releases as the lock of these KEPs knows them, worked out once for all who ask.

    `public` is that of `ReleasesAsOf`: of a lock with the others everybody may know all.
    """
    if not keps_as_of.lock.others:
        return ReleasesAsOf(keps_as_of, public)
    found: ReleasesAsOf = keps_as_of.once("releases", lambda: ReleasesAsOf(keps_as_of))
    return found


class ReleasesAsOf:
    """What is known of every release, with every KEP of the source, mentioned or not. Releases are named `v1.36`.

    A lock without the others holds KEPs only because some text mentions them, maybe one that is not public yet: then
    `public` are the numbers of those that may be told, and others do not count. Without it all count.
    """

    def __init__(self, keps_as_of: KepsAsOf, public: Collection[int] | None = None) -> None:
        lock = keps_as_of.lock
        self.knows_every_kep = bool(lock.others)
        """Whether the lock has KEPs that no issue mentions; else the rows of a release are those of mentioned ones."""
        self.keps = keps_as_of.once("with others", lambda: KepsAsOf(lock.with_others(), keps_as_of.releases))
        self._numbers = lock.all_numbers if lock.others or public is None else frozenset(public)
        self._rows: dict[str, ReleaseRows] = {}

    @property
    def lock(self) -> Lock:
        """The lock, in which KEPs that no issue mentions stand among the others."""
        return self.keps.lock

    @property
    def releases(self) -> Releases:
        """The days of the releases."""
        return self.keps.releases

    @property
    def gates(self) -> Gates:
        """The feature gates of all KEPs."""
        return self.lock.gates

    @property
    def now(self) -> dt.date:
        """The day that counts as today: the lock's (Asia/Tokyo)."""
        return self.keps.now

    @cached_property
    def lives(self) -> Mapping[int, Life]:
        """The lives of all KEPs, by number, in order."""
        found = ((number, self.keps.of(number)) for number in sorted(self._numbers))
        return {number: self.life_of(kep) for number, kep in found if kep}

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The releases that have a page, oldest first: those whose freeze is known, and those to come with a plan.

        Of a release whose freeze nobody knows it is not known what was planned for it. A release of which nothing but
        its days is known has no page: the list of all releases tells these.
        """
        planned = {it for life in self.lives.values() for it in life.enhancement.state.milestones.values()}
        to_come = {it for it in planned if not self.is_out(it) and self._is_ahead(it)}
        known = in_release_order({*self.releases.freezes, *to_come})
        return tuple(it for it in known if self._has_rows(it) or self.facts(it).exceptions or self.official(it))

    @cached_property
    def supported(self) -> tuple[str, ...]:
        """The releases that are out and whose support has not ended on the lock's day, oldest first.

        Of a release whose end nobody names, the rule counts that the newest three are supported.
        """
        return supported(self.releases, self.now)

    def is_out(self, release: str) -> bool:
        """Whether a release was out on the lock's day."""
        return self.releases.is_out(release, self.now)

    def _is_ahead(self, release: str) -> bool:
        """Whether a release is newer than all that are out: a plan for an older one that never came is a mistake."""
        newest = self.releases.newest(self.now)
        return newest is None or release_order(release) > release_order(newest)

    def facts(self, release: str) -> ReleaseFacts:
        """Return what fetched sources say of a release; empty facts where they say nothing."""
        return self.lock.known_releases.by_name.get(release, ReleaseFacts())

    def days(self, release: str) -> Mapping[DayName, dt.date | None]:
        """Return the days of a release, None for those that nobody names; that of the release itself may be a plan."""
        return days_of(release, self.facts(release), self.releases)

    def rows(self, release: str) -> ReleaseRows:
        """Return the rows of a release."""
        if release not in self._rows:
            official = self.official(release)
            lives = self.lives.values()
            self._rows[release] = rows_of(release, lives, self.gates, self.releases, self.now, official=official)
        return self._rows[release]

    def _has_rows(self, release: str) -> bool:
        """Whether a release has any row. Every build asks this of each release, and draws few of their pages again."""
        official, lives = self.official(release), self.lives.values()
        return has_rows(release, lives, self.gates, self.releases, self.now, official=official)

    def official(self, release: str) -> OfficialList | None:
        """Return the official list of a release, a person's word on top; None where there is none."""
        return self.lock.official(release)

    def differences(self, release: str) -> tuple[ListDifference, ...]:
        """Return how the official list of a release and ours differ; nothing where there is no list."""
        official = self.official(release)
        if official is None:
            return ()
        return list_differences(official, self.rows(release).shipped_numbers, self.lives)

    def exceptions(self, release: str) -> tuple[ExceptionRequest, ...] | None:
        """Return the exceptions asked for for a release, by freeze and day; None where nobody has read of any."""
        found = self.facts(release).exceptions
        return None if found is None else tuple(sorted(found, key=lambda it: it.order))

    def gates_tell_of(self, release: str) -> bool:
        """Whether any source of gates speaks of a release: of one that is not out none does."""
        through = self.gates.through
        reached = through is None or release_order(release) <= release_order(through)
        return bool(self.gates.by_name) and self.is_out(release) and reached

    def gate_ends(self, release: str) -> tuple[GateEnd, ...] | None:
        """Return the gates that a release deprecates or no longer has; None where no source of gates tells of it."""
        if not self.gates_tell_of(release):
            return None
        return tuple(it for it in gate_ends(self.gates, release) if not self.lives.keys().isdisjoint(it.keps))

    def gate_turns(self, release: str) -> tuple[GateTurn, ...] | None:
        """Return the gates that a release turned while their stage stayed; None where no source tells of it."""
        if not self.gates_tell_of(release):
            return None
        return tuple(it for it in gate_turns(self.gates, release) if not self.lives.keys().isdisjoint(it.keps))

    def removed_apis(self, release: str) -> tuple[RemovedApi, ...] | None:
        """Return the APIs that a release no longer serves; None where nobody knows.

        That is where the guide was never read, or names none and was read before the release came out.
        """
        guide, day = self.lock.known_releases.removed_apis, self.releases.day(release)
        if guide is None:
            return None
        found = tuple(it for it in guide.removals if it.release == release)
        was_out = day is not None and self.is_out(release) and day <= guide.date
        return found if found or was_out else None

    def changes(self, old: str, new: str) -> ReleaseChanges:
        """Return what changes from one release to a newer one; ValueError where the second is not newer."""
        return changes_between(old, new, self.lives.values(), self.gates, self.releases, self.now)

    @cached_property
    def setbacks(self) -> tuple[SetbackRow, ...]:
        """All that went back or was moved again and again, the newest release first; of gates of KEPs that count."""
        found = setbacks(self.lives.values(), self.gates)
        return tuple(it for it in found if not it.keps or any(number in self.lives for number in it.keps))

    @cached_property
    def medians(self) -> Mapping[tuple[str, Stage], float]:
        """How many releases the KEPs of a SIG were of a stage before they went on, the median."""
        return medians(self.lives.values(), self.releases, self.now)

    @cached_property
    def events(self) -> tuple[Event, ...]:
        """All that happened to KEPs until the lock's day, the newest first, each with an id of its own."""
        until_now = sorted((it for it in self._events() if it.day <= self.now), key=lambda it: it.day)
        return newest_first(numbered(until_now))

    @cached_property
    def events_by_kep(self) -> Mapping[int, list[Event]]:
        """All that happened to each KEP, the newest first."""
        found: dict[int, list[Event]] = {}
        for event in self.events:
            for number in event.keps:
                found.setdefault(number, []).append(event)
        return found

    def _events(self) -> Iterator[Event]:
        back: set[tuple[int, dt.date]] = set()
        for life in self.lives.values():
            yield from plan_events(life, self.releases)
            for event in shipped_events(life, self.releases):
                if event.kind is EventKind.SETBACK:
                    back.add((event.number, event.day))
                yield event
        for event in gate_setback_events(self.setbacks, back, self.releases):
            yield replace(event, keps=tuple(it for it in event.keps if it in self.lives))
        for release in self.releases.freezes:
            yield from missed_events(self.rows(release), self.releases.day(release))
        for release, facts in self.lock.known_releases.by_name.items():
            named = (replace(it, kep=self.lock.canonical(it.kep)) for it in facts.exceptions or ())
            yield from exception_events(release, (it for it in named if it.kep in self.lives))

    def refusal(self, release: str, number: int) -> ExceptionRequest | None:
        """Return the request that kept a KEP, by any of its numbers, out of a release; None where there is none."""
        asked = [it for it in self.facts(release).exceptions or () if it.freeze != "docs"]
        numbers = (number, *self.lock.aliases_of(number))
        return next(filter(None, (refused(asked, it) for it in numbers)), None)

    def life_of(self, kep: KepAsOf) -> Life:
        """Return the life of a KEP, whether or not the lives of all were worked out."""
        shipping = told_shipping(kep, self.now)
        return Life(enhancement=kep.enhancement, gates=kep.gates, shipping=shipping, refused=kep.refused)

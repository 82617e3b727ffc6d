"""A digest of what happened in a time: each event once, in one section or counted among the rest.

KEPs that issues mention come first, whatever happened to them; of the others what a weekly note may want. Where it is
known what an earlier lock knew, a digest also has what happened before its time and was learned only now, so that the
digests of one week after another lose nothing and tell nothing twice.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from .kep_events import Event, EventKind
from .keps import release_order
from .releases import Releases


class DigestSection(StrEnum):
    """A section of a digest, in their order; the values are keys of the table of words."""

    COVERED = "covered"
    SHIPPED = "shipped"
    MOVES = "moves"
    SLIPS = "slips"
    EXCEPTIONS = "exceptions"
    NEW = "new"
    LATE = "late"


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """What happened after the day `since`, up to and including the day `until` (Asia/Tokyo).

    `coming` is the release that was next on the last day, `released` are those that came out. In `sections` events
    stand newest first; `rest` are those that are only counted.
    """

    since: dt.date
    until: dt.date
    coming: str | None = None
    released: tuple[str, ...] = ()
    sections: Mapping[DigestSection, tuple[Event, ...]] = field(default_factory=dict)
    rest: tuple[Event, ...] = ()

    def of(self, section: DigestSection) -> tuple[Event, ...]:
        """Return the events of a section."""
        return self.sections.get(section, ())

    @property
    def events(self) -> Iterator[Event]:
        """All events of the digest, each once."""
        for section in DigestSection:
            yield from self.of(section)
        yield from self.rest


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownBefore:
    """What a lock knew before, up to `day`: the ids of its events, and the numbers of its KEPs.

    `had_witnesses`: it had all sources of feature gates that there are now. What is new because a source was read for
    the first time was not learned late: a digest would be flooded.
    """

    day: dt.date
    ids: frozenset[str]
    keps: frozenset[int]
    had_witnesses: bool = True


def digest_of(
    events: Iterable[Event],
    releases: Releases,
    *,
    since: dt.date,
    until: dt.date,
    covered: Collection[int] = (),
    before: KnownBefore | None = None,
) -> Digest:
    """Return the digest of a time from all events that are known; `covered` are the KEPs that issues mention.

    With `before`, what a lock of the day `since` knew, what that lacked is told, too, and what it had is not.
    """
    coming = coming_release(releases, until)
    events = tuple(events)
    born = {it.number for it in events if it.kind is EventKind.NEW and it.day > since}
    if before:  # of a KEP that is new nobody could know before what had come of it
        before = replace(before, keps=before.keps | born)
    late = min(since, before.day) if before else since
    sections: dict[DigestSection, list[Event]] = {}
    rest: list[Event] = []
    for event in events:
        if _is_told(event, since, until, before):
            section = _section(event, coming, late, covered)
            (rest if section is None else sections.setdefault(section, [])).append(event)
    return Digest(
        since=since,
        until=until,
        coming=coming,
        released=tuple(name for name, day in releases.out.items() if since < day <= until),
        sections={section: tuple(found) for section, found in sections.items()},
        rest=tuple(rest),
    )


def _is_told(event: Event, since: dt.date, until: dt.date, before: KnownBefore | None) -> bool:
    if event.day > until or (before and event.id in before.ids):
        return False
    if event.day > since:
        return True
    if before is None or (event.category == "shipped" and not before.had_witnesses):
        return False
    return bool(event.keps) and before.keps.issuperset(event.keps)


def _section(event: Event, coming: str | None, late: dt.date, covered: Collection[int]) -> DigestSection | None:
    """Return the section that an event stands in; None for one that is only counted."""
    if any(number in covered for number in event.keps):
        return DigestSection.COVERED
    if event.kind in _SECTIONS:
        return DigestSection.LATE if event.day <= late else _SECTIONS[event.kind]
    is_move = event.kind is EventKind.PLAN and event.is_ahead and event.release == coming
    return DigestSection.MOVES if is_move else None


_SECTIONS = {
    EventKind.SHIPPED: DigestSection.SHIPPED,
    EventKind.DEFAULT: DigestSection.SHIPPED,
    EventKind.SETBACK: DigestSection.SHIPPED,
    EventKind.SLIPPED: DigestSection.SLIPS,
    EventKind.MISSED: DigestSection.SLIPS,
    EventKind.ASKED: DigestSection.EXCEPTIONS,
    EventKind.DECIDED: DigestSection.EXCEPTIONS,
    EventKind.NEW: DigestSection.NEW,
}


def coming_release(releases: Releases, day: dt.date) -> str | None:
    """Return the release that comes next after a day: the one after the newest that was out; None before the first."""
    newest = releases.newest(day)
    if newest is None:
        return None
    later = (it for it in releases.names if release_order(it) > release_order(newest))
    major, minor = release_order(newest)
    return next(later, f"v{major}.{minor + 1}")

"""The digest of a time: which events it tells, where, and that one after another loses nothing and repeats nothing."""

from __future__ import annotations

import datetime as dt
from typing import Any

from neco_weekly.model.digest import Digest, DigestSection, KnownBefore, coming_release, digest_of
from neco_weekly.model.kep_events import Event, EventKind
from neco_weekly.model.keps import Stage
from neco_weekly.model.releases import Releases, load_releases

RELEASES = load_releases()
SINCE, UNTIL = dt.date(2026, 4, 17), dt.date(2026, 4, 24)
"""The week in which v1.36 came out (2026-04-22)."""


def event(kind: EventKind, number: int = 1, day: str = "2026-04-20", **facts: Any) -> Event:
    keps = facts.pop("keps", (number,))
    return Event(id=f"kep/{number}/{kind}/{day}", day=dt.date.fromisoformat(day), kind=kind, keps=keps, **facts)


def digest(*events: Event, **asked: Any) -> Digest:
    return digest_of(events, RELEASES, **{"since": SINCE, "until": UNTIL, **asked})


NEXT: dict[str, Any] = {"stage": Stage.BETA, "release": "v1.37", "is_ahead": True}

PLACES = {
    "shipped": event(EventKind.SHIPPED),
    "a default": event(EventKind.DEFAULT),
    "a setback": event(EventKind.SETBACK),
    "a setback of a gate alone": event(EventKind.SETBACK, keps=()),
    "a slip": event(EventKind.SLIPPED, **NEXT),
    "missed": event(EventKind.MISSED),
    "asked": event(EventKind.ASKED),
    "decided": event(EventKind.DECIDED),
    "new": event(EventKind.NEW, **NEXT),
    "a move into the coming release": event(EventKind.PLAN, **NEXT),
    "a plan for a later one": event(EventKind.PLAN, release="v1.38", is_ahead=True),
    "what kep.yaml tells of the past": event(EventKind.PLAN, release="v1.36"),
    "status": event(EventKind.STATUS),
    "again": event(EventKind.AGAIN, **NEXT),
    "a milestone": event(EventKind.MILESTONE, **NEXT),
    "other": event(EventKind.OTHER),
    "gone": event(EventKind.GONE),
    "back": event(EventKind.BACK),
}

EXPECTED = {
    DigestSection.SHIPPED: ["shipped", "a default", "a setback", "a setback of a gate alone"],
    DigestSection.SLIPS: ["a slip", "missed"],
    DigestSection.EXCEPTIONS: ["asked", "decided"],
    DigestSection.NEW: ["new"],
    DigestSection.MOVES: ["a move into the coming release"],
}


def test_each_kind_has_its_section_and_all_else_is_counted() -> None:
    found = {name: next(iter(digest(it).sections), None) for name, it in PLACES.items()}
    told = {section: [name for name, it in found.items() if it is section] for section in EXPECTED}
    assert told == EXPECTED
    assert all(len(digest(it).rest) == (found[name] is None) for name, it in PLACES.items())
    assert {it.kind for it in PLACES.values()} == set(EventKind)


def test_whatever_happened_to_what_issues_mention_comes_first() -> None:
    told = (next(iter(digest(it, covered=(1,)).sections), None) for it in PLACES.values() if it.keps)
    assert set(told) == {DigestSection.COVERED}
    shared = event(EventKind.SETBACK, keps=(2, 1))
    assert digest(shared, covered=(1,)).of(DigestSection.COVERED) == (shared,)


def test_since_is_exclusive_until_inclusive() -> None:
    days = ("2026-04-17", "2026-04-18", "2026-04-24", "2026-04-25")
    found = digest(*(event(EventKind.NEW, day=day) for day in days))
    assert [it.day.isoformat() for it in found.events] == ["2026-04-18", "2026-04-24"]


def known(
    *events: Event, had_witnesses: bool = True, keps: frozenset[int] = frozenset({1}), day: dt.date = SINCE
) -> KnownBefore:
    return KnownBefore(day=day, ids=frozenset(it.id for it in events), keps=keps, had_witnesses=had_witnesses)


LATE, PAST_PLAN = event(EventKind.SHIPPED, day="2025-12-17"), event(EventKind.STATUS, day="2026-04-10")


def test_what_was_learned_only_now_is_told_once() -> None:
    assert list(digest(LATE, PAST_PLAN).events) == []
    found = digest(LATE, PAST_PLAN, before=known())
    assert (found.of(DigestSection.LATE), found.rest) == ((LATE,), (PAST_PLAN,))
    assert digest(LATE, before=known(), covered=(1,)).of(DigestSection.COVERED) == (LATE,)
    assert list(digest(LATE, PAST_PLAN, before=known(LATE, PAST_PLAN)).events) == []


def test_what_had_come_of_a_kep_that_is_new_is_told() -> None:
    """A proposal that takes over a feature of another one."""
    found = digest(LATE, PLACES["new"], before=known(keps=frozenset()))
    assert set(found.events) == {LATE, PLACES["new"]}


def test_what_no_lock_could_know_yet_is_not_late() -> None:
    """The lock of the day on which the last issue came out may have been older than the issue."""
    found = digest(event(EventKind.NEW, day="2026-04-16"), before=known(day=dt.date(2026, 4, 10)))
    assert list(found.sections) == [DigestSection.NEW]


def test_what_an_earlier_digest_told_is_not_told_again_on_a_later_day() -> None:
    """The day of an observation may move when the source's own history is read."""
    assert list(digest(PLACES["new"], before=known(PLACES["new"])).events) == []


def test_a_source_that_is_read_for_the_first_time_floods_no_digest() -> None:
    assert list(digest(LATE, before=known(keps=frozenset())).events) == []
    assert list(digest(LATE, before=known(had_witnesses=False)).events) == []
    assert list(digest(event(EventKind.SETBACK, keps=(), day="2025-12-17"), before=known()).events) == []
    assert list(digest(PAST_PLAN, before=known(had_witnesses=False)).events) == [PAST_PLAN]


def test_the_coming_release() -> None:
    names = {day: coming_release(RELEASES, dt.date.fromisoformat(day)) for day in ("2026-04-21", "2026-04-22")}
    assert names == {"2026-04-21": "v1.36", "2026-04-22": "v1.37"}
    assert coming_release(Releases({"v1.36": dt.date(2026, 4, 22)}), UNTIL) == "v1.37"
    assert coming_release(Releases({}), UNTIL) is None
    assert digest().released == ("v1.36",)
    day = dt.date(2026, 4, 22)
    assert [it.released for it in (digest(until=day), digest(since=day))] == [("v1.36",), ()]
    assert digest(until=dt.date(2026, 4, 21)).released == ()

"""A year of weekly refreshes: no change is lost, none is told twice, and no id comes back or lies in the future."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest
from neco_weekly.hosts.cli.digest_text import known_before
from neco_weekly.lock.kep_as_of import KepsAsOf
from neco_weekly.lock.releases_as_of import ReleasesAsOf
from neco_weekly.lock.store import load_lock
from neco_weekly.model.digest import digest_of
from neco_weekly.model.history import changes
from neco_weekly.model.releases import load_releases

from tests.sites import PROJECT
from tests.weekly import WEEK, weekly_locks

RELEASES = load_releases()


@pytest.fixture(scope="module")
def year() -> list[ReleasesAsOf]:
    """The locks of 53 weeks with the KEPs that issues mention, and their events; `scripts/bench digest` has all."""
    whole = load_lock(PROJECT / "docs/_metadata")
    locks = weekly_locks(replace(whole, others={}), RELEASES)
    return [ReleasesAsOf(KepsAsOf(it, RELEASES)) for it in locks]


def test_no_event_lies_in_the_future_and_no_id_comes_back(year: list[ReleasesAsOf]) -> None:
    seen: set[str] = set()
    before: set[str] = set()
    for week in year:
        ids = {it.id for it in week.events}
        assert len(ids) == len(week.events)
        assert max(it.day for it in week.events) <= week.now
        assert not (ids - before) & (seen - before)
        before, seen = ids, seen | ids


def test_the_plans_are_the_changes_of_history(year: list[ReleasesAsOf]) -> None:
    lock, events = year[-1].lock, year[-1].events
    plans = {(it.number, it.day, it.pull) for it in events if it.source}
    history = [(kep.number, it) for kep in lock.fetched.values() for it in changes(kep) if not it.record.gap]
    told = {(number, it.record.date, it.record.source.pull) for number, it in history if not it.record.observed}
    assert told <= plans
    assert sum(bool(it.source) for it in events) >= len(told) > 200


def test_digests_of_one_week_after_another_lose_nothing_and_tell_nothing_twice(
    year: list[ReleasesAsOf],
) -> None:
    told: list[str] = []
    for before, week in itertools.pairwise(year):
        since = week.now - WEEK
        known = known_before(before, since, week.lock)
        found = digest_of(week.events, week.releases, since=since, until=week.now, before=known)
        told += [it.id for it in found.events]
    first, last = year[0], year[-1]
    assert len(set(told)) == len(told) > 100
    assert {it.id for it in last.events if it.day > first.now} <= set(told)
    assert {it.id for it in last.events} - {it.id for it in first.events} <= set(told)

"""Locks as they were at the end of earlier weeks, cut from one of today: each day's sources said what they say now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import replace

from neco_weekly.lock.store import Lock
from neco_weekly.model.exceptions import ExceptionRequest
from neco_weekly.model.gates import FeatureGate, GateRecord, Gates, WitnessKind
from neco_weekly.model.history import with_history
from neco_weekly.model.keps import Enhancement, release_order
from neco_weekly.model.releases import Releases

WEEK = dt.timedelta(days=7)


def weekly_locks(lock: Lock, releases: Releases, weeks: int = 52) -> Iterator[Lock]:
    """Yield the locks of the ends of so many weeks and of the day before them, oldest first, the last of them today's.

    Sources and releases speak for the day of each lock and no later.
    """
    assert lock.as_of
    for ago in range(weeks, -1, -1):
        yield lock_on(lock, lock.as_of - ago * WEEK, releases)


def lock_on(lock: Lock, day: dt.date, releases: Releases) -> Lock:
    """Return a lock as it was at the end of a day."""
    known = lock.known_releases
    facts = {name: replace(it, exceptions=_asked(it.exceptions, day)) for name, it in known.by_name.items()}
    return replace(
        lock,
        as_of=day,
        fetched=_cut(lock.fetched, day),
        others=_cut({number: lock.others[number] for number in lock.others}, day),
        gates=_gates(lock.gates, day, releases),
        known_releases=replace(
            known, by_name=facts, sources={kind: min(it, day) for kind, it in known.sources.items()}
        ),
    )


def _cut(keps: Mapping[int, Enhancement], day: dt.date) -> dict[int, Enhancement]:
    found = {}
    for number, it in keps.items():
        records = tuple(record for record in it.history if record.date <= day)
        if any(record.state for record in records):
            found[number] = with_history(it, records)
    return found


def _asked(requests: tuple[ExceptionRequest, ...] | None, day: dt.date) -> tuple[ExceptionRequest, ...] | None:
    """Requests that were asked for by a day; what was decided later is pending."""
    if requests is None:
        return None
    asked = [it for it in requests if (it.requested or it.reviewed or day) <= day]
    return tuple(
        it if it.reviewed is None or it.reviewed <= day else replace(it, decision="pending", reviewed=None)
        for it in asked
    )


def _gates(gates: Gates, day: dt.date, releases: Releases) -> Gates:
    newest = releases.newest(day)
    found = {name: gate for name, it in gates.by_name.items() if (gate := _gate(it, day, releases)).records}
    sources = {
        kind: replace(it, date=min(it.date, day), through=min(filter(None, (it.through, newest)), key=release_order))
        for kind, it in gates.sources.items()
    }
    return Gates(by_name=found, sources=sources).with_ends()


def _gate(gate: FeatureGate, day: dt.date, releases: Releases) -> FeatureGate:
    records: dict[WitnessKind, GateRecord] = {}
    for kind, it in gate.records.items():
        stages = tuple(stage for stage in it.stages if releases.is_out(stage.since, day))
        if stages:
            gone = it.removed and bool(stages[-1].until) and releases.is_out(str(stages[-1].until), day)
            records[kind] = replace(it, stages=stages, removed=gone)
    return replace(gate, records=records)

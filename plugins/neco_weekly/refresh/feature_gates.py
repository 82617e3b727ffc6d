"""The refresh of feature gates: what two witnesses say of the gates that the lock's KEPs ever named."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial

from ..display.phrases import gate_stage_text, witness_name
from ..display.words import load_strings
from ..lock.store import Lock
from ..model.gates import FeatureGate, GateRecord, Gates, GateSnapshot, GateSource, WitnessKind
from ..model.history import gate_names
from ..model.keps import Snapshot, release_order
from ..model.releases import Releases
from .asking import ask
from .plan import Fetchers
from .report import Failure, Report

_ENGLISH = load_strings("en")


def refresh_gates(lock: Lock, keps: Snapshot | None, fetchers: Fetchers, report: Report) -> Lock:
    """Return the lock with what the witnesses say of the gates that its KEPs ever named.

    `keps` is the reading of all KEPs, by which a gate is joined with every KEP that ever named the gate. Failures keep
    what was known, and so does a witness that no longer names a gate.

    Raises:
        NecoError: a source of gates is none.
    """
    today, releases = fetchers.today(), lock.dated(fetchers.releases)
    lists = partial(fetchers.feature_lists, releases) if fetchers.feature_lists else None
    answers = [ask(fetchers.gates, "feature gates", report), ask(lists, "feature lists", report)]
    snapshots = [answer for answer in answers if answer]
    released = {**lock.released, **_unknown_releases(snapshots, releases, today)}
    releases = releases.confirmed(released)
    joined = _joined(lock, keps)
    gates = {name: _gate(name, joined[name], lock.gates, snapshots, report) for name in _wanted(lock, snapshots)}
    sources = dict(lock.gates.sources)
    for snapshot in snapshots:
        sources[snapshot.kind] = _source(snapshot, lock, gates, releases)
    new = Gates(by_name=gates, sources=sources).with_ends()
    report.notes += [*_irregular(snapshots, gates), *_disagreements(new, releases, today)]
    if (new, released) == (lock.gates, lock.released):
        return lock
    report.changes += _changes(lock, new, released)
    return replace(lock, gates=new, released=released)


def _unknown_releases(snapshots: Iterable[GateSnapshot], releases: Releases, today: dt.date) -> dict[str, dt.date]:
    """Return the releases that a witness has seen come out, and that nothing else says are out.

    A day once known stays, and a tag of a day to come proves nothing.
    """
    seen = {name: day for it in snapshots for name, day in it.released.items() if day <= today}
    return {name: seen[name] for name in sorted(seen, key=release_order) if not releases.is_out(name, None)}


def _joined(lock: Lock, keps: Snapshot | None) -> Mapping[str, Collection[int]]:
    """Return the KEPs that ever named a gate, by the gate's name, of all KEPs that are known anywhere."""
    joined: dict[str, set[int]] = defaultdict(set)
    for name, gate in lock.gates.by_name.items():
        joined[name].update(gate.keps)
    everywhere = [*lock.fetched.values(), *(keps.enhancements.values() if keps else ())]
    for kep in everywhere:
        for name in gate_names(kep):
            joined[name].add(lock.canonical(kep.number))
    return joined


def _wanted(lock: Lock, snapshots: Iterable[GateSnapshot]) -> list[str]:
    """Return the names of the gates that belong into the lock: those of its KEPs that anybody knows, in order."""
    known = set(lock.gates.by_name).union(*(snapshot.gates for snapshot in snapshots))
    return sorted(known & {name for kep in lock.fetched.values() for name in gate_names(kep)})


def _gate(
    name: str, keps: Collection[int], known: Gates, snapshots: Iterable[GateSnapshot], report: Report
) -> FeatureGate:
    old = known.by_name.get(name)
    records: dict[WitnessKind, GateRecord] = dict(old.records) if old else {}
    for snapshot in snapshots:
        before = records.get(snapshot.kind)
        if name in snapshot.gates:
            records[snapshot.kind] = _newer(before, snapshot.gates[name])
        elif before and not before.removed:
            report.failures.append(Failure.gate_gone(name, witness_name(snapshot.kind, _ENGLISH)))
    return FeatureGate(name=name, keps=tuple(sorted(keps)), records=records)


def _newer(before: GateRecord | None, read: GateRecord) -> GateRecord:
    """Return the new reading of a gate, or the one before where both say the same: another day alone is no change."""
    if before is None:
        return read
    date = min(before.date, read.date) if (before.stages, before.removed) == (read.stages, read.removed) else read.date
    return replace(read, date=date)


def _source(snapshot: GateSnapshot, lock: Lock, gates: Mapping[str, FeatureGate], releases: Releases) -> GateSource:
    """Return how far a witness speaks; its day moves only with what it says, or with a release."""
    through = snapshot.through or releases.newest(snapshot.date)
    before = lock.gates.sources.get(snapshot.kind)
    same = all(
        gate.records.get(snapshot.kind) == (lock.gates.by_name[name].records.get(snapshot.kind))
        for name, gate in gates.items()
        if name in lock.gates.by_name
    )
    if before and same and before.through == through and gates.keys() == lock.gates.by_name.keys():
        return before
    return GateSource(date=snapshot.date, through=through)


def _irregular(snapshots: Iterable[GateSnapshot], gates: Collection[str]) -> Iterator[str]:
    """Yield what could not be used as it is: of the gates that are kept, and of whole lists."""
    for snapshot in snapshots:
        for place, why in snapshot.irregular.items():
            name = place.rpartition("/")[2].removesuffix(".md")
            if name in gates or name.endswith(".yaml"):
                yield f"{witness_name(snapshot.kind, _ENGLISH)}, {place}: {why}"


def _disagreements(gates: Gates, releases: Releases, today: dt.date) -> Iterator[str]:
    """Yield in words where the witnesses disagree."""
    out = [name for name in releases.names if releases.is_out(name, today)]
    for gate in gates.by_name.values():
        for it in gate.disagreements(out):
            when = it.since if it.since == it.until else f"{it.since} to {it.until}"
            said = [
                f"{gate_stage_text(stage, _ENGLISH)} in {witness_name(kind, _ENGLISH)}"
                for kind, stage in it.said.items()
            ]
            yield f"feature gate {gate.name}, {when}: {'; '.join(said)}"


def _changes(lock: Lock, gates: Gates, released: Mapping[str, dt.date]) -> Iterator[str]:
    for name in (it for it in released if it not in lock.released):
        yield f"{name} came out on {released[name]}"
    before = lock.gates.by_name
    new = [name for name in gates.by_name if name not in before]
    if new:
        yield f"feature gates: {len(new)} new" if len(new) > _NAMED else f"feature gates: new {', '.join(new)}"
    for name in sorted(gates.by_name.keys() & before.keys()):
        if gates.by_name[name].stages != before[name].stages:
            yield f"feature gate {name}: {_told(gates.by_name[name])}"
        elif gates.by_name[name] != before[name]:
            yield f"feature gate {name}: its record was corrected"
    if gates.by_name.keys() == before.keys() and all(gates.by_name[name] == before[name] for name in before):
        for kind, source in gates.sources.items():
            if source != lock.gates.sources.get(kind):
                yield f"feature gates: {witness_name(kind, _ENGLISH)} speaks for {source.through or 'no release'} now"


_NAMED = 8


def _told(gate: FeatureGate) -> str:
    if not gate.stages:
        return "nothing is known any more"
    last = gate.stages[-1]
    return f"{gate_stage_text(last, _ENGLISH)} since {last.since}"

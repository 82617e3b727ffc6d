"""An enhancement over time: what changed, what was true on a day, and which source's word counts.

Which source wins, and why (also told to readers in `docs/guide/`):

1. A person's word in `overrides.yml` stands on top of everything, for today only.
2. The git history of kep.yaml is dated to the day and complete, so for the time it covers it replaces what was merely
   seen on some day. A recorded state that git no longer has (rewritten upstream, a shallow clone) stays.
3. `keps.json` has the same files without their past: what it says is appended, dated to the day it was seen.
4. A GitHub issue counts for numbers without a kep.yaml only.

The last record of the history is today's state. What another source says differently today is kept as a claim.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from .keps import Claim, Enhancement, EnhancementState, Record, Snapshot, Source, Stage, Status
from .releases import Releases

STALE_AFTER = 4
"""An unfinished KEP that did not change for more releases than this may have been left alone."""

_UNFINISHED_STAGES = frozenset({None, Stage.ALPHA, Stage.BETA})

_TEXTS = ("stage", "status", "title", "sig", "latest_milestone")


# --- what changed -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One field that two states disagree about. `field` is named as in Claim, or `path` for a moved file."""

    field: str
    before: str | None
    after: str | None


def differences(before: EnhancementState, after: EnhancementState) -> Iterator[Difference]:
    """What is different, the stage first; the same words written differently are no difference."""
    for name in _TEXTS:
        yield from _difference(name, getattr(before, name), getattr(after, name))
    for stage in Stage:
        yield from _difference(f"milestones.{stage}", before.milestones.get(stage), after.milestones.get(stage))
    yield from _difference("feature_gates", _listed(before.feature_gates), _listed(after.feature_gates))


def _difference(name: str, before: str | None, after: str | None) -> Iterator[Difference]:
    if before != after:
        yield Difference(field=name, before=before, after=after)


def _listed(gates: Sequence[str]) -> str | None:
    return ", ".join(gates) or None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A record and how it differs from what was known before it; the first has nothing to differ from."""

    record: Record
    first: bool = False
    differences: tuple[Difference, ...] = ()


def changes(enhancement: Enhancement) -> Iterator[Change]:
    """The history as changes, oldest first. Records that only write the same words differently are left out."""
    state, path = None, None
    for record in enhancement.history:
        if record.state is None:
            yield Change(record=record)
            continue
        found = tuple(differences(state, record.state)) if state else ()
        if state and path != record.source.path:
            found = (*found, Difference(field="path", before=path, after=record.source.path))
        if state is None or found:
            yield Change(record=record, first=state is None, differences=found)
        state, path = record.state, record.source.path


def since(enhancement: Enhancement) -> Record | None:
    """The record since which today's stage stands, without a gap or another stage in between."""
    found = None
    for record in reversed(enhancement.history):
        if record.state is None or record.state.stage != enhancement.state.stage:
            break
        found = record
    return found


def planned_releases(enhancement: Enhancement, stage: Stage) -> tuple[str | None, ...]:
    """The releases in which a stage was planned, one after the other; None where a plan was taken away."""
    states = [*(record.state for record in enhancement.history if record.state), enhancement.state]
    named = [release for release, _ in groupby(state.milestones.get(stage) for state in states)]
    return tuple(named if named[0] else named[1:])


def releases_without_change(enhancement: Enhancement, releases: Releases, day: dt.date | None) -> int | None:
    """For an unfinished KEP that may be stale: how many releases came out since it last changed; else None."""
    state = enhancement.state
    finished = state.status is Status.IMPLEMENTED or (state.status and state.status.is_closed)
    if finished or state.stage not in _UNFINISHED_STAGES:
        return None
    last = max((change.record.date for change in changes(enhancement)), default=enhancement.source.date)
    if last is None or day is None:
        return None
    count = releases.count_between(last, day)
    return count if count > STALE_AFTER else None


# --- which word counts --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """An enhancement after a new reading. `lost` counts recorded states that the source no longer has."""

    enhancement: Enhancement
    lost: int = 0


def join(known: Enhancement | None, read: Enhancement, snapshot: Snapshot | None = None) -> Joined:
    """Bring what is known and a new reading together: nothing that was recorded is lost.

    `snapshot` is the git reading that `read` belongs to; without one it is an observation of today.
    """
    if known is None:
        return Joined(enhancement=with_history(read, records_of(read)))
    if snapshot is None:
        return Joined(enhancement=_observed(known, read))
    records, lost = _reread(records_of(known), records_of(read), snapshot)
    return Joined(enhancement=with_history(read, records), lost=lost)


def records_of(enhancement: Enhancement) -> tuple[Record, ...]:
    """The history; where none was kept, what is known today is what was seen on the day of its source."""
    if enhancement.history or enhancement.source.date is None:
        return enhancement.history
    return (Record(state=enhancement.state, source=enhancement.source, observed=True),)


def with_history(enhancement: Enhancement, records: Sequence[Record]) -> Enhancement:
    """The enhancement with these records; its state and source are those of the last one that has a state."""
    for record in reversed(records):
        if record.state is not None:
            return replace(enhancement, state=record.state, source=record.source, history=tuple(records))
    return replace(enhancement, history=tuple(records))


def same_but_for_commits(one: Enhancement, other: Enhancement) -> bool:
    """Whether two readings say the same on the same days: another commit id alone is no change."""
    return _without_commits(one) == _without_commits(other)


def _without_commits(enhancement: Enhancement) -> Enhancement:
    records = tuple(replace(record, source=replace(record.source, commit=None)) for record in records_of(enhancement))
    return replace(enhancement, source=replace(enhancement.source, commit=None), history=records)


def _observed(known: Enhancement, read: Enhancement) -> Enhancement:
    """What is known, with an observation that says something else. One of an earlier day has nothing to add."""
    records, seen = records_of(known), records_of(read)
    if not records or not seen:
        return with_history(read, (*records, *seen))
    last, new = records[-1], seen[0]
    if new.date < last.date and last.source.kind != "github-issue":
        return known
    if _agree(last, new):
        return with_history(known if known.source.kind == "git" else read, records)
    day = max(last.date, new.date)  # an issue tells when it was changed, in whatever way
    return with_history(read, (*records, replace(new, source=replace(new.source, date=day))))


def _reread(known: Sequence[Record], read: Sequence[Record], snapshot: Snapshot) -> tuple[tuple[Record, ...], int]:
    """The records of git, with those that are known from before it or from after it, and those it has lost."""
    exact = [record for record in read if not record.observed]
    first = exact[0].date if exact else dt.date.max
    kept: list[Record] = []
    lost = 0
    for record in known:
        if record.observed or record.source.kind != "git" or record.gap == "unreadable":
            if record.date < first or record.date > snapshot.date:
                kept.append(record)
        elif not any(_of_one_commit(it, record) for it in read):
            kept.append(record)
            lost += (snapshot.since or dt.date.min) <= record.date <= snapshot.date and not _unreadable(read, record)
    new = [record for record in read if not _covered(kept, record)]
    records = list(_folded(sorted([*kept, *new], key=lambda record: record.date)))
    if lost and records[-1].date <= snapshot.date and not _agree(records[-1], read[-1]):
        records.append(_today(known[-1], read[-1], snapshot.date))
    return tuple(records), lost


def _of_one_commit(one: Record, other: Record) -> bool:
    """Whether two records are of one commit: a filtered copy has other ids, and a later commit may move the day."""
    if one.gap == "unreadable":
        return False
    if one.source.pull and one.source.pull == other.source.pull:
        return one.date == other.date or _agree(one, other)
    return one.date == other.date and _agree(one, other)


def _unreadable(read: Sequence[Record], record: Record) -> bool:
    """Whether a partial clone cannot tell what was true on the day of a known record."""
    before = [it for it in read if it.date <= record.date]
    return bool(before) and before[-1].gap == "unreadable"


def _today(known: Record, read: Record, day: dt.date) -> Record:
    """What git says where its own history no longer leads there: seen on the day on which that was noticed."""
    if known.observed and _agree(known, read):
        return known
    return replace(read, source=replace(read.source, date=day), observed=True)


def _covered(kept: Sequence[Record], record: Record) -> bool:
    """Whether it is known better: what a shallow clone says where it ends, or what a partial one cannot read."""
    before = [it for it in kept if it.date <= record.date]
    if record.gap == "unreadable":
        return bool(before) and before[-1].date == record.date and before[-1].state is not None
    return record.observed and bool(before) and _agree(before[-1], record)


def _folded(records: Sequence[Record]) -> Iterator[Record]:
    last: Record | None = None
    for record in records:
        if last is None or (last.state, last.gap, last.source.path) != (record.state, record.gap, record.source.path):
            yield record
            last = record


def _agree(one: Record, other: Record) -> bool:
    """Whether two records say the same; sources of different kinds may write it differently."""
    if one.state is None or other.state is None:
        return one.gap == other.gap and one.state is other.state
    if one.source.kind == other.source.kind:
        return one.state == other.state and one.source.path == other.source.path
    return not any(differences(one.state, other.state))


def still_claimed(counts: EnhancementState, claimed: Iterable[Claim]) -> tuple[Claim, ...]:
    """Of some claims those that contradict what counts now."""
    return tuple(claim for claim in claimed if value_of(counts, claim.field) not in (None, claim.value))


def value_of(state: EnhancementState, field: str) -> str | None:
    """A field of a state by the name that claims and differences have for it."""
    name, _, stage = field.partition(".")
    value = state.milestones.get(Stage(stage)) if stage else getattr(state, name)
    return _listed(value) if isinstance(value, tuple) else value


def claims(counts: EnhancementState, other: EnhancementState, source: Source) -> tuple[Claim, ...]:
    """What another source says differently from the one that counts, of the fields of which both say something."""
    return tuple(
        Claim(field=it.field, value=it.after, source=source)
        for it in differences(counts, other)
        if it.before is not None and it.after is not None
    )

"""An enhancement over time: what changed, what was true on a day, and which source's word counts.

Which source wins, and why (readers find the same rules in `docs/guide/`):

1. A person's word in `overrides.yml` stands on top of everything, for today only.
2. The git history of kep.yaml is dated to the day and complete, so for the time it covers it replaces what was merely
   seen on some day. A recorded state that git no longer has (rewritten upstream, a shallow clone) stays.
3. `keps.json` of kubernetes.dev has the same kep.yaml files without their past: what they say is appended, dated to the
   day on which the list was read.
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
"""The number of releases without a change after which an unfinished KEP may have been left alone (is stale)."""

_UNFINISHED_STAGES = frozenset({None, Stage.ALPHA, Stage.BETA})

_TEXTS = ("stage", "status", "title", "sig", "latest_milestone")


# --- what changed -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One field in which two states of a KEP differ. `field` is named as in Claim, or `path` for a moved file."""

    field: str
    before: str | None
    after: str | None


def differences(before: EnhancementState, after: EnhancementState) -> Iterator[Difference]:
    """Yield the fields in which two states of a KEP differ, the stage first; `raw` spellings are not compared."""
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
    """A record of a KEP's history and how the record differs from the one before; the `first` differs from nothing."""

    record: Record
    first: bool = False
    differences: tuple[Difference, ...] = ()


def changes(enhancement: Enhancement) -> Iterator[Change]:
    """Yield the changes in a KEP's history, oldest first; a record that only respells the state is no change."""
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


def gate_names(enhancement: Enhancement) -> tuple[str, ...]:
    """Return the names of all feature gates that a KEP's kep.yaml ever named, those of today first."""
    states = [enhancement.state, *(record.state for record in reversed(enhancement.history) if record.state)]
    return tuple(dict.fromkeys(name for state in states for name in state.feature_gates))


def since(enhancement: Enhancement) -> Record | None:
    """Return the record since which today's stage of a KEP stands, without a gap or another stage in between."""
    found = None
    for record in reversed(enhancement.history):
        if record.state is None or record.state.stage != enhancement.state.stage:
            break
        found = record
    return found


def planned_releases(enhancement: Enhancement, stage: Stage) -> tuple[str | None, ...]:
    """Return the releases in which a KEP's stage was planned, one after the other; None where the date was withdrawn.

    A release that stays planned from record to record counts once; what was empty before the first one is left out.
    """
    states = [*(record.state for record in enhancement.history if record.state), enhancement.state]
    named = [release for release, _ in groupby(state.milestones.get(stage) for state in states)]
    return tuple(named if named[0] else named[1:])


def releases_without_change(enhancement: Enhancement, releases: Releases, day: dt.date | None) -> int | None:
    """Return how many releases came out since an unfinished KEP last changed, if that makes the KEP stale; else None.

    None also stands for a finished KEP and for one whose last change, or the day of the question, has no date.
    """
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
    """An enhancement after a new reading of a source. `lost` counts recorded states that the source no longer has."""

    enhancement: Enhancement
    lost: int = 0


def join(known: Enhancement | None, read: Enhancement, snapshot: Snapshot | None = None) -> Joined:
    """Join a known enhancement with a new reading of a source: nothing that was recorded is lost.

    `snapshot` is the git reading that `read` belongs to; without a snapshot, `read` is an observation of today.
    """
    if known is None:
        return Joined(enhancement=with_history(read, records_of(read)))
    read = _with_known_summary(read, known)
    if snapshot is None:
        return Joined(enhancement=_observed(known, read))
    records, lost = _reread(records_of(known), records_of(read), snapshot)
    return Joined(enhancement=with_history(read, records), lost=lost)


def records_of(enhancement: Enhancement) -> tuple[Record, ...]:
    """Return the records of a KEP's history, oldest first.

    Where no history was kept, the only record is today's state, as observed on the day of the enhancement's source.
    """
    if enhancement.history or enhancement.source.date is None:
        return enhancement.history
    return (Record(state=enhancement.state, source=enhancement.source, observed=True),)


def with_history(enhancement: Enhancement, records: Sequence[Record]) -> Enhancement:
    """Return an enhancement with these records; state and source become those of the last record that has a state."""
    for record in reversed(records):
        if record.state is not None:
            return replace(enhancement, state=record.state, source=record.source, history=tuple(records))
    return replace(enhancement, history=tuple(records))


def _with_known_summary(read: Enhancement, known: Enhancement) -> Enhancement:
    """Return a reading with the summary that is known where it has none, or the same text: a day alone is no change."""
    same = read.summary is None or (known.summary is not None and known.summary.text == read.summary.text)
    return replace(read, summary=known.summary) if same else read


def same_but_for_commits(one: Enhancement, other: Enhancement) -> bool:
    """Whether two readings of a KEP say the same on the same days: another commit id alone is no change."""
    return _without_commits(one) == _without_commits(other)


def _without_commits(enhancement: Enhancement) -> Enhancement:
    records = tuple(replace(record, source=replace(record.source, commit=None)) for record in records_of(enhancement))
    return replace(enhancement, source=replace(enhancement.source, commit=None), history=records)


def _observed(known: Enhancement, read: Enhancement) -> Enhancement:
    """Return a known enhancement with an observation that says something else; one of an earlier day adds nothing."""
    records, seen = records_of(known), records_of(read)
    if not records or not seen:
        return with_history(read, (*records, *seen))
    last, new = records[-1], seen[0]
    if new.date < last.date and last.source.kind != "github-issue":
        return known
    if _agree(last, new):
        return with_history(known if known.source.kind == "git" else read, records)
    day = max(last.date, new.date)  # a GitHub issue has the day of its last change, of whatever kind
    return with_history(read, (*records, replace(new, source=replace(new.source, date=day))))


def _reread(known: Sequence[Record], read: Sequence[Record], snapshot: Snapshot) -> tuple[tuple[Record, ...], int]:
    """Return git's records merged with the known ones that git cannot have, and the count of lost records.

    Known records stay if they are from before git's first record, from after its newest, or no longer in git (lost).
    """
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
    """Whether two records are of one commit.

    Commit ids do not decide: a filtered copy of a repository has other ids, and a later commit may move the day.
    """
    if one.gap == "unreadable":
        return False
    if one.source.pull and one.source.pull == other.source.pull:
        return one.date == other.date or _agree(one, other)
    return one.date == other.date and _agree(one, other)


def _unreadable(read: Sequence[Record], record: Record) -> bool:
    """Whether a partial clone cannot say what was true on the day of a known record."""
    before = [it for it in read if it.date <= record.date]
    return bool(before) and before[-1].gap == "unreadable"


def _today(known: Record, read: Record, day: dt.date) -> Record:
    """Return a record of today's state for a KEP whose git history was rewritten, as observed on the snapshot's day."""
    if known.observed and _agree(known, read):
        return known
    return replace(read, source=replace(read.source, date=day), observed=True)


def _covered(kept: Sequence[Record], record: Record) -> bool:
    """Whether a known record covers one from git: where a shallow clone ends, or a partial clone cannot read."""
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
    """Whether two records say the same; sources of different kinds may write the same state differently."""
    if one.state is None or other.state is None:
        return one.gap == other.gap and one.state is other.state
    if one.source.kind == other.source.kind:
        return one.state == other.state and one.source.path == other.source.path
    return not any(differences(one.state, other.state))


def still_claimed(counts: EnhancementState, claimed: Iterable[Claim]) -> tuple[Claim, ...]:
    """Return those of some claims that contradict the state that counts now."""
    return tuple(claim for claim in claimed if value_of(counts, claim.field) not in (None, claim.value))


def value_of(state: EnhancementState, field: str) -> str | None:
    """Return the value of a state's field by the name that claims and differences have for the field.

    `milestones.<stage>` names the milestone of one stage. Feature gates come as one text, joined with commas.
    """
    name, _, stage = field.partition(".")
    value = state.milestones.get(Stage(stage)) if stage else getattr(state, name)
    return _listed(value) if isinstance(value, tuple) else value


def claims(counts: EnhancementState, other: EnhancementState, source: Source) -> tuple[Claim, ...]:
    """Return as claims what another source's state says differently from the state that counts.

    Fields that only one of the two states fills are no contradiction and make no claim.
    """
    return tuple(
        Claim(field=it.field, value=it.after, source=source)
        for it in differences(counts, other)
        if it.before is not None and it.after is not None
    )

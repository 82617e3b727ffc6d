"""What shipped of a KEP, and what is only planned: two facts, of which neither is told as the other.

kep.yaml's `stage` is the target of the release in progress, written months before, and slips are often written late or
never. So what shipped is told by today's milestones whose release was out, and by feature gates where they are known:

1. One gate that no other KEP ever named, and no other gate: the gate decides, for all releases that a witness covers.
2. Several gates, or shared ones, tell of parts. A milestone that any of them confirms stands. Else the first of the
   KEP's own gates counts where that was earlier than the milestone, or where no gate is shared; and a stage that
   kep.yaml does not claim was reached when all of the KEP's own gates had.
3. No gate: a milestone counts when kep.yaml's stage has come as far, and the proposal is more than provisional; for a
   closed proposal, and for one whose file was deleted, only when the release came out before the end. Where there is no
   milestone at all, the stage of an implemented proposal shipped with a release that nobody recorded.

What is planned on a day is what kep.yaml said on that day of releases that were not out. How often each rule is right
was measured: `docs/decisions/0022-shipped-and-planned.md`.
"""

from __future__ import annotations

import bisect
import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from .gates import FeatureGate, Gates
from .keps import Enhancement, EnhancementState, Source, Stage, Status, release_order
from .releases import Releases

MATURING = (Stage.ALPHA, Stage.BETA, Stage.STABLE)
"""The stages in which an enhancement grows up; the others are ways in which one ends."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShippedSource:
    """Who says that a stage shipped: a gate by its name, a milestone by its place in kep.yaml, or a person.

    `day` is the day (Asia/Tokyo) since which the source says so.
    """

    kind: Literal["gate", "milestone", "override"]
    name: str
    day: dt.date | None = None


BY_HAND = ShippedSource(kind="override", name="overrides.yml")
"""The source of what a person says in `overrides.yml`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shipped:
    """The stage that a KEP had in the newest release of a day, and `since`, the day of the release it came with.

    `default` is whether the stage's gates are on by default in that newest release; None where they differ or none is
    known. `release` and `since` are None where nobody says with which release the stage came: a person's word that
    names none, or an old kep.yaml that is implemented and has no milestones.
    """

    stage: Stage
    release: str | None
    since: dt.date | None
    source: ShippedSource
    default: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A stage that was, or is, to come with a release that is not out, and the source that says so."""

    stage: Stage
    release: str
    source: Source


@dataclass(frozen=True, slots=True)
class Shipping:
    """All that ever shipped of a KEP, oldest first: each from its day on until the next one's."""

    entries: tuple[tuple[dt.date, Shipped], ...] = ()

    def on(self, day: dt.date | None) -> Shipped | None:
        """Return what had shipped by the end of a day (Asia/Tokyo); None before the first, and without a day."""
        place = bisect.bisect_right(self.entries, day, key=lambda entry: entry[0]) if day else 0
        return self.entries[place - 1][1] if place else None

    def reached(self, stage: Stage) -> Shipped | None:
        """Return how a stage shipped; None where it did not, or another stage came with the same release."""
        return next((shipped for _, shipped in self.entries if shipped.stage is stage), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reached:
    """A stage that was reached with a release, and who says so."""

    stage: Stage
    release: str
    source: ShippedSource

    @property
    def order(self) -> tuple[int, int]:
        return release_order(self.release)


def shipping_of(enhancement: Enhancement, known: Gates, releases: Releases, refused: Collection[str] = ()) -> Shipping:
    """Return all that ever shipped of a KEP, by today's milestones and by the gates that the KEP ever named.

    A milestone whose release `refused` the KEP after a freeze is a plan that failed, whatever kep.yaml still says.
    """
    gates = known.of(enhancement.number)
    claimed = {stage: it for stage, it in _claimed(enhancement, releases).items() if it.release not in refused}
    own = [gate for gate in gates if len(gate.keps) == 1 and _maturing(gate)]
    if len(gates) == 1 and own:
        reached = _by_own_gate(own[0], claimed, known.through)
    elif gates:
        reached = _in_order(_by_several_gates(gates, own, claimed))
    elif claimed:
        reached = _in_order(claimed.values())
    else:
        return Shipping(tuple(_without_release(enhancement)))
    out = [it for it in reached if releases.is_out(it.release, None)]
    return Shipping(tuple(_entries(out, gates, releases, known.through)))


def planned_on(
    state: EnhancementState | None, source: Source, shipped: Shipped | None, releases: Releases, day: dt.date | None
) -> Planned | None:
    """Return what was planned for a KEP on a day, by what kep.yaml said then; None for a proposal that was closed.

    That is the stage kep.yaml names where its release was not out, else the next one of its milestones. A plan whose
    release is out is none any more, whether the stage came with the release or not.
    """
    if state is None or (state.status and state.status.is_closed):
        return None
    reached = shipped.stage.order if shipped else -1
    ahead = {
        stage: release
        for stage, release in _named(state).items()
        if stage.order > reached and not (day is not None and releases.is_out(release, day))
    }
    if not ahead:
        return None
    stage = state.stage if state.stage in ahead else min(ahead, key=lambda it: (release_order(ahead[it]), it.order))
    return Planned(stage=stage, release=ahead[stage], source=source)


def _named(state: EnhancementState) -> Mapping[Stage, str]:
    """Return the release that a kep.yaml names for each stage; the latest milestone is that of its stage."""
    if state.stage and state.latest_milestone and state.stage not in state.milestones:
        return {**state.milestones, state.stage: state.latest_milestone}
    return state.milestones


# --- by milestones ------------------------------------------------------------------------------------------------


def _claimed(enhancement: Enhancement, releases: Releases) -> Mapping[Stage, _Reached]:
    """Return the stages that today's kep.yaml claims to have been reached, each with its release."""
    state = enhancement.state
    status, until = _last_worked_on(enhancement)
    if status is Status.PROVISIONAL:
        return {}
    furthest = state.stage or (Stage.STABLE if status is Status.IMPLEMENTED else None)
    if furthest is None:
        return {}
    return {
        stage: _Reached(stage=stage, release=release, source=_milestone(enhancement, stage))
        for stage, release in _named(state).items()
        if stage.order <= furthest.order and releases.is_out(release, until)
    }


def _without_release(enhancement: Enhancement) -> Iterator[tuple[dt.date, Shipped]]:
    """Yield the stage of an implemented proposal without milestones, from the day on which kep.yaml said both first."""
    state, since = enhancement.state, enhancement.source.date
    if state.status is not Status.IMPLEMENTED or state.stage is None or _named(state):
        return
    for record in reversed(enhancement.history):
        if record.state is None or (record.state.status, record.state.stage) != (state.status, state.stage):
            break
        since = record.date
    source = ShippedSource(kind="milestone", name="stage", day=since)
    yield since or dt.date.min, Shipped(stage=state.stage, release=None, since=None, source=source)


def _milestone(enhancement: Enhancement, stage: Stage) -> ShippedSource:
    if enhancement.source.kind == "override":
        return BY_HAND
    name = f"milestone.{stage}" if stage in enhancement.state.milestones else "latest-milestone"
    return ShippedSource(kind="milestone", name=name, day=enhancement.source.date)


def _last_worked_on(enhancement: Enhancement) -> tuple[Status | None, dt.date | None]:
    """Return the last status of a proposal while it was open, and the day on which that ended; None: it is open.

    A kep.yaml that was deleted claims nothing of what came out later.
    """
    status, last = enhancement.state.status, enhancement.history[-1] if enhancement.history else None
    if not (status and status.is_closed):
        return status, last.date if last and last.gap == "deleted" else None
    until = enhancement.source.date
    for record in reversed(enhancement.history):
        if record.state and not (record.state.status and record.state.status.is_closed):
            return record.state.status, until
        until = record.date
    return None, until


def _in_order(reached: Iterable[_Reached]) -> list[_Reached]:
    """Return what was reached in the order of a life: of two stages that came with one release the later counts."""
    return sorted(reached, key=lambda it: it.stage.order)


# --- by gates -----------------------------------------------------------------------------------------------------


def _maturing(gate: FeatureGate) -> bool:
    """Whether a gate grows up as an enhancement does: one that was only ever deprecated is a way back, no feature.

    A stage of which only the record begins is no sign of that: version 1.0 of the feature list stands for all before.
    """
    return any(it.stage in MATURING and not it.earlier for it in gate.stages)


def _by_gate(gate: FeatureGate, stage: Stage, release: str) -> _Reached:
    days = [said.date for said in gate.records.values()]
    source = ShippedSource(kind="gate", name=gate.name, day=max(days, default=None))
    return _Reached(stage=stage, release=release, source=source)


def _by_own_gate(gate: FeatureGate, claimed: Mapping[Stage, _Reached], through: str | None) -> list[_Reached]:
    """Return what one gate says; releases that no witness covers, and how a feature ended, are kep.yaml's to say."""
    found: list[_Reached] = []
    for it in (it for it in gate.stages if not it.earlier):
        if not found or found[-1].stage is not it.stage:
            found.append(_by_gate(gate, it.stage, it.since))
    last = found[-1]
    for stage, claim in claimed.items():
        uncovered = through is not None and claim.order > release_order(through)
        ending = stage not in MATURING and claim.order >= last.order
        if stage.order > last.stage.order and (uncovered or ending):
            found.append(claim)
    return found


def _by_several_gates(
    gates: Sequence[FeatureGate], own: Sequence[FeatureGate], claimed: Mapping[Stage, _Reached]
) -> Iterator[_Reached]:
    for stage in Stage:
        claim = claimed.get(stage)
        firsts = {gate.name: first for gate in gates for first in _firsts(gate, stage)}
        confirming = [gate for gate in (*own, *gates) if claim and claim.release in _firsts(gate, stage)]
        if claim and confirming:
            yield _by_gate(confirming[0], stage, claim.release)
            continue
        reached = [_by_gate(gate, stage, firsts[gate.name]) for gate in own if gate.name in firsts]
        decided = _decided(claim, sorted(reached, key=lambda it: it.order), own, shared=len(own) < len(gates))
        if decided:
            yield decided


def _firsts(gate: FeatureGate, stage: Stage) -> frozenset[str]:
    """Return the first release of a gate's stage by each witness: where they disagree, either confirms a milestone."""
    said = (it.stages for it in gate.records.values())
    first = (next((it.since for it in stages if it.stage is stage and not it.earlier), None) for stages in said)
    return frozenset(it for it in first if it)


def _decided(
    claim: _Reached | None, reached: Sequence[_Reached], own: Sequence[FeatureGate], *, shared: bool
) -> _Reached | None:
    """Return how a stage was reached that no gate confirms, from what the KEP's own gates say, the earliest first."""
    if not reached or (claim and claim.stage not in MATURING):
        return claim
    if claim is None:
        return reached[-1] if len(reached) == len(own) and not shared and reached[-1].stage in MATURING else None
    return reached[0] if reached[0].order < claim.order or not shared else claim


# --- over time ----------------------------------------------------------------------------------------------------


def _entries(
    reached: Sequence[_Reached], gates: Sequence[FeatureGate], releases: Releases, through: str | None
) -> Iterator[tuple[dt.date, Shipped]]:
    """Yield each stage, and each change of what its gates are by default, from the day of its release on.

    Of a stage that came after the last release `through` which a witness speaks, no gate can tell the default.
    """
    days = releases.out
    last: Shipped | None = None
    for name in days:
        here = [it for it in reached if it.order <= release_order(name)]
        if not here:
            continue
        stage, release = here[-1].stage, here[-1].release
        covered = through is None or release_order(release) <= release_order(through)
        shipped = Shipped(
            stage=stage,
            release=release,
            since=days[release],
            source=here[-1].source,
            default=_default(gates, stage, name) if covered else None,
        )
        if shipped != last:
            yield days[name], shipped
            last = shipped


def _default(gates: Iterable[FeatureGate], stage: Stage, release: str) -> bool | None:
    """Return whether the gates that are of a stage in a release are on by default; None where they differ."""
    found = {it.default for gate in gates if (it := gate.at(release)) and it.stage is stage}
    return next(iter(found)) if len(found) == 1 else None

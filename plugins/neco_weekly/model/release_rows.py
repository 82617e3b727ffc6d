"""The rows of a release: what came with it, how sure that is, and what became of what was planned at its freeze.

What shipped is for `shipping` to say. A gate, an official list or a person makes that *confirmed*; kep.yaml alone lets
us *expect* it. What was planned is what kep.yaml said at the end of the day of the enhancements freeze: the stage whose
milestone and whose latest milestone are the release, of a proposal that is neither provisional nor closed. Where the
stage's milestone is an earlier release, or the stage had come with one, the plan is a continuation: "beta again".

Before a release is out nothing of it has shipped, whatever a file says. See `docs/decisions/0042-rows-of-a-release.md`.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Literal

from .gates import FeatureGate, Gates, GateStage
from .keps import Enhancement, Record, Source, Stage, release_order
from .official_lists import OfficialList
from .release_plans import ReleasePlan, left_at, named_release, planned_by, today_of
from .releases import Releases
from .shipping import Shipped, ShippedSource, Shipping


class Outcome(StrEnum):
    """What became of a KEP in a release; the values are keys of the table of words."""

    SHIPPED = "shipped"
    PLANNED = "planned"
    SLIPPED = "slipped"
    WITHDRAWN = "withdrawn"
    UNKNOWN = "unknown"
    AGAIN = "again"


Witness = Literal["gate", "official", "override", "milestone"]
"""Who says that a stage came with a release: a gate, an official list, a person, or kep.yaml's milestone."""

Confidence = Literal["confirmed", "expected"]
"""How sure it is that a stage came with a release: somebody saw it, or kep.yaml says so and nobody looked."""

Reason = Literal["exception-refused", "proposal-closed", "file-deleted"]
"""Why a plan failed, where a source says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Life:
    """All that the rows of any release ask of a KEP: its records, its gates, and what shipped of it.

    `refused` are the releases that the KEP was not let into after a freeze.
    """

    enhancement: Enhancement
    gates: tuple[FeatureGate, ...]
    shipping: Shipping
    refused: Collection[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class GateCell:
    """A gate's stage in one release; None: the gate was not there."""

    name: str
    stage: GateStage | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseRow:
    """A KEP in a release.

    `plan` is what was planned at the freeze (before the freeze: what is planned), None where nothing was or nobody
    knows the freeze. `moved_to` is the release that a slipped stage came with, or is planned for today, None where
    no source names one. `reason` is None where no source says why. `source` says that the plan was left. `gates` have
    their stages in the release, as far as a witness speaks of it.
    """

    number: int
    stage: Stage
    outcome: Outcome
    plan: ReleasePlan | None = None
    shipped: Shipped | None = None
    witnesses: tuple[Witness, ...] = ()
    moved_to: str | None = None
    reason: Reason | None = None
    source: Source | ShippedSource | None = None
    gates: tuple[GateCell, ...] = ()

    @property
    def confidence(self) -> Confidence | None:
        """How sure it is that this shipped; None for what did not."""
        if self.outcome is not Outcome.SHIPPED:
            return None
        return "expected" if set(self.witnesses) <= {"milestone"} else "confirmed"

    @property
    def default(self) -> bool | None:
        """Whether what shipped is on by default; None where that is not known."""
        return self.shipped.default if self.shipped else None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseRows:
    """The rows of a release by number, on the day `as_of`; `freeze` is None where it is to come, or nobody knows it."""

    release: str
    as_of: dt.date
    is_out: bool
    freeze: dt.date | None
    rows: tuple[ReleaseRow, ...]

    def of(self, *outcomes: Outcome, stage: Stage | None = None) -> tuple[ReleaseRow, ...]:
        """Return the rows with some of these outcomes, of one stage or of all."""
        return tuple(it for it in self.rows if it.outcome in outcomes and stage in (None, it.stage))

    @property
    def totals(self) -> Mapping[tuple[Stage, Outcome], int]:
        """How many rows there are of each stage and outcome; 0 for those that there are none of."""
        return Counter((it.stage, it.outcome) for it in self.rows)

    @property
    def planned_at_freeze(self) -> Mapping[Stage, int]:
        """How many KEPs were planned for each stage at the freeze, without continuations."""
        return Counter(it.plan.stage for it in self.rows if it.plan and it.outcome is not Outcome.AGAIN)

    @property
    def shipped_numbers(self) -> Mapping[Stage, tuple[int, ...]]:
        """The numbers of what shipped, by stage."""
        return {stage: tuple(it.number for it in self.of(Outcome.SHIPPED, stage=stage)) for stage in Stage}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cycle:
    """A release as its rows need it: its day is None where it is not out, and `covered` whether a gate tells of it."""

    release: str
    as_of: dt.date
    is_out: bool
    freeze: dt.date | None
    covered: bool
    official: OfficialList | None


def rows_of(
    release: str,
    lives: Iterable[Life],
    gates: Gates,
    releases: Releases,
    as_of: dt.date,
    *,
    official: OfficialList | None = None,
) -> ReleaseRows:
    """Return the rows of a release (`v1.36`) as they are known on a day (Asia/Tokyo)."""
    cycle = _cycle_of(release, gates, releases, as_of, official)
    rows = tuple(row for life in lives if (row := _row(life, cycle)))
    return ReleaseRows(release=release, as_of=as_of, is_out=cycle.is_out, freeze=cycle.freeze, rows=rows)


def has_rows(
    release: str,
    lives: Iterable[Life],
    gates: Gates,
    releases: Releases,
    as_of: dt.date,
    *,
    official: OfficialList | None = None,
) -> bool:
    """Whether `rows_of` the same would have any row: known with the first."""
    cycle = _cycle_of(release, gates, releases, as_of, official)
    return any(_row(life, cycle) for life in lives)


def _cycle_of(release: str, gates: Gates, releases: Releases, as_of: dt.date, official: OfficialList | None) -> _Cycle:
    known, through = releases.freezes.get(release), gates.through
    return _Cycle(
        release=release,
        as_of=as_of,
        is_out=releases.is_out(release, as_of),
        freeze=known.enhancements if known and known.enhancements <= as_of else None,
        covered=through is None or release_order(release) <= release_order(through),
        official=official,
    )


def failed_plans(life: Life, gates: Gates, releases: Releases, as_of: dt.date) -> Iterator[tuple[str, ReleaseRow]]:
    """Yield the plans of a KEP that did not ship, each with its release, the newest first."""
    for release in sorted(releases.freezes, key=release_order, reverse=True):
        found = rows_of(release, (life,), gates, releases, as_of)
        yield from ((release, row) for row in found.of(Outcome.SLIPPED, Outcome.WITHDRAWN, Outcome.UNKNOWN))


def _row(life: Life, cycle: _Cycle) -> ReleaseRow | None:
    plan = _plan_of(life, cycle)
    if row := _shipped_row(life, plan, cycle):
        return row
    if plan is None:
        return None
    row = ReleaseRow(
        number=life.enhancement.number,
        stage=plan.stage,
        outcome=Outcome.AGAIN,
        plan=plan,
        gates=_cells(life, cycle),
    )
    if plan.again or _came_before(life, plan.stage, cycle.release):
        return row
    return _fate(life, row, plan, cycle)


def _cells(life: Life, cycle: _Cycle) -> tuple[GateCell, ...]:
    if not (cycle.covered and cycle.is_out):
        return ()
    return tuple(GateCell(name=gate.name, stage=gate.at(cycle.release)) for gate in life.gates)


# --- shipped ------------------------------------------------------------------------------------------------------


def _shipped_row(life: Life, plan: ReleasePlan | None, cycle: _Cycle) -> ReleaseRow | None:
    """Return the row of a KEP of which something came with the release."""
    number = life.enhancement.number
    shipped = next((it for _, it in life.shipping.entries if it.release == cycle.release), None)
    if shipped is None or not cycle.is_out:
        return None
    witnesses = tuple(_witnesses(number, shipped, cycle.official))
    return ReleaseRow(
        number=number,
        stage=shipped.stage,
        outcome=Outcome.SHIPPED,
        plan=plan,
        shipped=shipped,
        witnesses=witnesses,
        gates=_cells(life, cycle),
    )


def _witnesses(number: int, shipped: Shipped, official: OfficialList | None) -> Iterator[Witness]:
    yield shipped.source.kind
    if official and official.names(number, shipped.stage):
        yield "official"


def _came_before(life: Life, stage: Stage, release: str) -> bool:
    """Whether a stage, or a later one, had come with an earlier release, or nobody knows with which."""
    return any(
        shipped.stage.order >= stage.order
        and (shipped.release is None or release_order(shipped.release) < release_order(release))
        for _, shipped in life.shipping.entries
    )


# --- planned ------------------------------------------------------------------------------------------------------


def _plan_of(life: Life, cycle: _Cycle) -> ReleasePlan | None:
    """Return what was planned at the freeze; where that is to come, or not known of a release to come, what is today.

    A KEP that was planned for a release only after its freeze is planned for as long as that is not out.
    """
    record = life.enhancement.at(cycle.freeze) if cycle.freeze else None
    plan = planned_by(record, cycle.release) if record else None
    if plan or cycle.is_out:
        return plan
    return planned_by(today_of(life.enhancement), cycle.release, ahead=cycle.freeze is None)


# --- what became of a plan ----------------------------------------------------------------------------------------


def _fate(life: Life, row: ReleaseRow, plan: ReleasePlan, cycle: _Cycle) -> ReleaseRow:
    """Return the row of a plan that did not ship, or not yet."""
    today, left = today_of(life.enhancement), left_at(life.enhancement, plan, cycle.release, cycle.freeze)
    later = _came_later(life, plan.stage, cycle.release) if cycle.is_out else None
    if later is None and (closed := _end(life.enhancement, today)):
        return replace(row, outcome=Outcome.WITHDRAWN, reason=closed, source=left or today.source)
    named = later.release if later else named_release(today.state, plan.stage)
    reason: Reason | None = "exception-refused" if cycle.release in life.refused else None
    if named and release_order(named) > release_order(cycle.release):
        source = left or (later.source if later else today.source)
        return replace(row, outcome=Outcome.SLIPPED, moved_to=named, reason=reason, source=source)
    if reason:
        return replace(row, outcome=Outcome.SLIPPED, reason=reason, source=left)
    if not cycle.is_out and planned_by(today, cycle.release, ahead=cycle.freeze is None):
        return replace(row, outcome=Outcome.PLANNED, source=today.source)
    return replace(row, outcome=Outcome.UNKNOWN, source=left)


def _came_later(life: Life, stage: Stage, release: str) -> Shipped | None:
    """Return the first that shipped after a release and is of a stage at least."""
    return next(
        (
            shipped
            for _, shipped in life.shipping.entries
            if shipped.stage.order >= stage.order
            and shipped.release is not None
            and release_order(shipped.release) > release_order(release)
        ),
        None,
    )


def _end(enhancement: Enhancement, today: Record) -> Reason | None:
    if today.state is None:
        return "file-deleted" if today.gap == "deleted" else None
    status = enhancement.state.status
    return "proposal-closed" if status and status.is_closed else None

"""What went back, and what stands still: stages and defaults taken back, gates removed early, milestones moved.

How long a KEP stands still is told beside the median of its SIG, which is no median below five KEPs.
"""

from __future__ import annotations

import datetime as dt
import itertools
import statistics
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from .gate_ends import are_gone
from .gates import FeatureGate, Gates, GateStage
from .history import planned_releases
from .keps import Stage, release_order
from .release_rows import Life
from .releases import Releases
from .shipping import MATURING

FEWEST = 5
"""The number of KEPs from which on a median says anything of a SIG."""

MOVES = 2
"""How often a milestone was moved to a later release before that is worth a line."""


class Setback(StrEnum):
    """How a feature went back, or did not go on; the values are keys of the table of words."""

    STAGE_BACK = "stage-back"
    DEFAULT_BACK = "default-back"
    GATE_GONE = "gate-gone"
    MOVED = "moved"


@dataclass(frozen=True, slots=True, kw_only=True)
class SetbackRow:
    """A setback of a gate or a KEP.

    Of a gate `keps` are all that named the gate, maybe none; `before` and `after` its stages, `release` the first
    release in which that was so, and `again` the first in which the gate was as far as before. Of a milestone
    `releases` are those in which the stage `before` was planned, one after the other, and `release` the last of them.
    """

    kind: Setback
    keps: tuple[int, ...]
    release: str
    gate: str | None = None
    before: Stage | None = None
    after: Stage | None = None
    again: str | None = None
    releases: tuple[str, ...] = ()

    @property
    def moves(self) -> int:
        """How often a milestone was moved to a later release."""
        return sum(release_order(one) < release_order(other) for one, other in itertools.pairwise(self.releases))


def setbacks(lives: Iterable[Life], gates: Gates) -> tuple[SetbackRow, ...]:
    """Return all that went back or was moved again and again, the newest release first."""
    by_gates = (row for name in sorted(gates.by_name) for row in _of_gate(gates.by_name[name], gates))
    found = [*by_gates, *(row for life in lives for row in _of_kep(life))]
    return tuple(sorted(found, key=_newest_first))


def _newest_first(row: SetbackRow) -> tuple[int, int, Setback, tuple[int, ...], str]:
    major, minor = release_order(row.release)
    return -major, -minor, row.kind, row.keps, row.gate or ""


def _of_gate(gate: FeatureGate, gates: Gates) -> Iterator[SetbackRow]:
    for place, (before, after) in enumerate(itertools.pairwise(gate.stages)):
        if (kind := _back(before, after)) is not None:
            again = (it.since for it in gate.stages[place + 2 :] if _is_back(before, it))
            yield SetbackRow(
                kind=kind,
                keps=gate.keps,
                release=after.since,
                gate=gate.name,
                before=before.stage,
                after=after.stage,
                again=next(again, None),
            )
    if gate.gone and gate.stages[-1].stage in MATURING and not _goes_on(gate, gate.gone, gates):
        last = gate.stages[-1].stage
        yield SetbackRow(kind=Setback.GATE_GONE, keps=gate.keps, release=gate.gone, gate=gate.name, before=last)


def _goes_on(gate: FeatureGate, release: str, gates: Gates) -> bool:
    """Whether a feature whose gate a release no longer has is stable, or has another gate: most such gates are renamed.

    UserNamespacesStatelessPodsSupport of KEP-127 became UserNamespacesSupport with the release that removed the former.
    """
    others = (it for number in gate.keps for it in gates.of(number))
    return any(it.first(Stage.STABLE) or it.at(release) for it in (gate, *others))


def _back(before: GateStage, after: GateStage) -> Setback | None:
    """Return how one stage of a gate goes back behind the one before, if it does; an end is no way back."""
    if not {before.stage, after.stage} <= set(MATURING):
        return None
    if after.stage.order < before.stage.order:
        return Setback.STAGE_BACK
    return Setback.DEFAULT_BACK if before.default is True and after.default is False else None


def _is_back(before: GateStage, later: GateStage) -> bool:
    """Whether a later stage of a gate is as far as the one that was left."""
    return later.stage in MATURING and later.stage.order >= before.stage.order and later.default is before.default


def _of_kep(life: Life) -> Iterator[SetbackRow]:
    """Yield the stages of a KEP whose milestone was moved to a later release twice and more."""
    for stage in MATURING:
        planned = tuple(it for it in planned_releases(life.enhancement, stage) if it)
        if planned:
            keps = (life.enhancement.number,)
            row = SetbackRow(kind=Setback.MOVED, keps=keps, release=planned[-1], before=stage, releases=planned)
            if row.moves >= MOVES:
                yield row


# --- what became of a moved milestone -----------------------------------------------------------------------------


Ending = Literal["reached", "planned", "missed", "dropped", "cleared"]
"""What became of a moved milestone.

The stage came, its last release is not out, came out without it, the proposal was closed before, or kep.yaml names no
release any more.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedTo:
    """What became of a milestone that was moved, and the release which that is told of.

    Of a stage that came it is the release with which it did, None where nobody says with which.
    """

    ending: Ending
    release: str | None


def moved_to(row: SetbackRow, life: Life, releases: Releases, day: dt.date) -> MovedTo:
    """Return what became by the end of a day of a milestone that was moved, of the KEP with this life."""
    state = life.enhancement.state
    arrived = (it for since, it in life.shipping.entries if since <= day and _is_as_far(it.stage, row.before))
    if came := next(arrived, None):
        return MovedTo(ending="reached", release=came.release)
    if state.status and state.status.is_closed:
        return MovedTo(ending="dropped", release=row.release)
    if row.before and not state.milestones.get(row.before):
        return MovedTo(ending="cleared", release=None)
    return MovedTo(ending="missed" if releases.is_out(row.release, day) else "planned", release=row.release)


def _is_as_far(stage: Stage, wanted: Stage | None) -> bool:
    return stage in MATURING and wanted is not None and stage.order >= wanted.order


# --- how long in a stage ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How long a KEP has been of its stage: since which release, and in how many, that one included."""

    stage: Stage
    since: str
    releases: int


def standing(life: Life, releases: Releases, day: dt.date) -> Standing | None:
    """Return how long a KEP has been alpha or beta by the end of a day.

    None for one that is neither, whose proposal is closed or lost its file, or whose gates are gone: it stands no more.
    What was gone and came back stands since then.
    """
    shipped = life.shipping.on(day)
    if shipped is None or shipped.stage not in (Stage.ALPHA, Stage.BETA) or _is_over(life):
        return None
    if shipped.release is None or shipped.since is None:
        return None
    later = [it for it in releases.names if releases.is_out(it, day) and releases.days[it] > shipped.since]
    here = (it for it in reversed((shipped.release, *later)))
    stood = list(itertools.takewhile(lambda release: not are_gone(life.gates, release), here))
    return Standing(stage=shipped.stage, since=stood[-1], releases=len(stood)) if stood else None


def _is_over(life: Life) -> bool:
    """Whether a proposal goes no further, or its file is not there to say."""
    status = life.enhancement.state.status
    return any(record.gap for record in life.enhancement.history[-1:]) or bool(status and status.is_closed)


def medians(lives: Iterable[Life], releases: Releases, day: dt.date) -> Mapping[tuple[str, Stage], float]:
    """Return how many releases the KEPs of each SIG were alpha, or beta, before they went on; half of them took longer.

    A SIG of fewer than five such KEPs has no median, and a KEP that still stands there counts for none.
    """
    found: dict[tuple[str, Stage], list[int]] = defaultdict(list)
    for life in lives:
        sig = life.enhancement.state.sig
        for stage, count in _lengths(life, releases, day):
            if sig:
                found[sig, stage].append(count)
    return {key: statistics.median(counts) for key, counts in found.items() if len(counts) >= FEWEST}


def _lengths(life: Life, releases: Releases, day: dt.date) -> Iterator[tuple[Stage, int]]:
    """Yield the stages that a KEP has left for a later one, each with the number of releases that it was of them."""
    firsts = [(stage, [it.since for _, it in life.shipping.entries if it.stage is stage]) for stage in MATURING]
    reached = [(stage, days[0]) for stage, days in firsts if days and days[0] and days[0] <= day]
    for (stage, since), (_, until) in itertools.pairwise(reached):
        if since < until:
            yield stage, releases.count_between(since, until)

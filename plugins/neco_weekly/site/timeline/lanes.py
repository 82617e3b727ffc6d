"""The lanes of a timeline: what was planned for each stage, and what became of the plans."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...lock.kep_as_of import closed
from ...model.keps import Stage, release_order
from .life import Arrival, Life
from .scale import Scale
from .values import COLUMN, LINE, Lane, Outcome, Plan, PlanState, Step


def lanes(life: Life, scale: Scale) -> Iterator[Lane]:
    """Yield the lanes of stages, one below the other: lines of words in the column, and beside the first the marks."""
    text = 0.0
    for stage in Stage:
        arrival = life.arrival(stage)
        if stage not in life.planned and not (arrival and arrival[1].release):
            continue
        lane = _lane(stage, arrival, life, scale, text)
        yield lane
        text = lane.bottom + 1.9


def _lane(stage: Stage, arrival: Arrival | None, life: Life, scale: Scale, text: float) -> Lane:
    named = life.planned.get(stage, ())
    plans = [_plan(release, arrival, life, scale) if release else None for release in named]
    result = outcome(life, stage)
    told = next((plan for plan in reversed(plans) if plan), None)
    if arrival:
        release = arrival[1].release
        told = Plan(release=release, state="reached", x=scale.release(release)) if release else None
    lines = tuple(_lines(_steps(plans, told, result), result))
    return Lane(
        stage=stage,
        outcome=result,
        plan=told,
        day=life.releases.day(told.release) if told else arrival and arrival[0],
        x=told.x if told else scale.day(arrival[0] if arrival else life.as_of),
        others=tuple(plan for plan in dict.fromkeys(plans) if plan and plan != told),
        lines=lines,
        text=round(text, 2),
        track=round(text - LINE / 4, 2),
    )


def outcome(life: Life, stage: Stage) -> Outcome:
    """Return what became of a stage's milestone.

    A stage is *reached* when a release had it, whatever kep.yaml named. Else what a proposal had not reached when it
    was withdrawn, rejected, deferred or replaced is *dropped*; *cleared* is a milestone that kep.yaml no longer names;
    any other is *planned* until its release is out, and *missed* from then on.
    """
    if life.arrival(stage):
        return "reached"
    last = (life.planned.get(stage) or (None,))[-1]
    if last is None:
        return "cleared"
    if closed(life.kep.state):
        return "dropped"
    return "missed" if life.is_out(last) else "planned"


def _plan(release: str, arrival: Arrival | None, life: Life, scale: Scale) -> Plan:
    return Plan(release=release, state=_state(release, arrival, life), x=scale.release(release))


def _state(release: str, arrival: Arrival | None, life: Life) -> PlanState:
    """Return what became of a planned release; none has failed for sure where nobody says with which a stage came."""
    if not life.is_out(release):
        return "ahead"
    if arrival is None:
        return "failed"
    came = arrival[1].release
    if came is None or release_order(came) < release_order(release):
        return "overtaken"
    return "reached" if came == release else "failed"


# --- words --------------------------------------------------------------------------------------------------------


def _steps(plans: Sequence[Plan | None], told: Plan | None, result: Outcome) -> Iterator[Step]:
    """Yield plans as steps, and the outcome as the last one, which tells of the last plan where that is its release."""
    elsewhere = result == "reached" and (not plans or plans[-1] != told)
    before = plans if elsewhere else plans[:-1]
    for place, (plan, until) in enumerate(_runs(before)):
        yield Step(plan=plan, until=until, lead="→ " if place else "")
    yield Step(plan=told, lead="" if not before else "· " if elsewhere else "→ ", final=True)


def _runs(plans: Sequence[Plan | None]) -> list[tuple[Plan | None, str | None]]:
    """Return plans, each with None, but those that failed release after release as the first with the last of them."""
    runs: list[tuple[Plan | None, str | None]] = []
    for plan in plans:
        first, until = runs[-1] if runs else (None, None)
        if first and plan and first.state == plan.state == "failed" and _is_next(until or first.release, plan.release):
            runs[-1] = (first, plan.release)
        else:
            runs.append((plan, None))
    return runs


def _is_next(before: str, release: str) -> bool:
    (major, minor), order = release_order(before)[:2], release_order(release)[:2]
    return order == (major, minor + 1)


_LEAD, _NONE, _RUN = 1.4, 1.0, 3.1
_OF_PLAN = {"reached": 2.6, "overtaken": 2.6, "failed": 3.7, "ahead": 6.8}
_OF_OUTCOME = {"reached": 8.1, "planned": 6.8, "missed": 8.6, "dropped": 10.2, "cleared": 5.2}
_RELEASE_UNKNOWN = 10.2


def _lines(steps: Iterator[Step], result: Outcome) -> Iterator[tuple[Step, ...]]:
    """Yield steps as they break into lines of the column."""
    line: list[Step] = []
    room = COLUMN
    for step in steps:
        needed = _width(step, result)
        if needed > room and line:
            yield tuple(line)
            line, room = [], COLUMN
        line.append(step)
        room -= needed
    yield tuple(line)


def _width(step: Step, result: Outcome) -> float:
    """Return the width of a step in em, in the longer of both languages."""
    lead = _LEAD if step.lead else 0
    if step.final:
        return lead + (_OF_OUTCOME[result] if step.plan else _RELEASE_UNKNOWN)
    return lead + (_OF_PLAN[step.plan.state] if step.plan else _NONE) + (_RUN if step.until else 0)

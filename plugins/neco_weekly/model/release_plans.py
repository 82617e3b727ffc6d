"""What kep.yaml plans for a release: the stage in progress, on a day, and when a plan was left.

A plan for a release is the stage whose milestone and whose latest milestone are that release, of a proposal that is
neither provisional nor closed; where the stage's milestone is an earlier release the plan is a continuation. Measured
within three KEPs a stage of what release posts name, at the enhancements freeze.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from .keps import Enhancement, EnhancementState, Record, Source, Stage, Status, release_order


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleasePlan:
    """What kep.yaml planned for a release: a stage, or with `again` that a stage of before goes on."""

    stage: Stage
    source: Source
    again: bool = False


def today_of(enhancement: Enhancement) -> Record:
    """Return today's state as a record: a person's word is on top of it, and the file may be gone."""
    last = enhancement.history[-1] if enhancement.history else None
    if last and last.state is None:
        return last
    return Record(state=enhancement.state, source=enhancement.source)


def planned_by(record: Record, release: str, *, ahead: bool = False) -> ReleasePlan | None:
    """Return what a record plans for a release; with `ahead` each milestone is a plan, whatever is in progress."""
    state = record.state
    if state is None or not _is_alive(state):
        return None
    if state.stage and state.latest_milestone == release:
        milestone = state.milestones.get(state.stage, release)
        if release_order(milestone) <= release_order(release):
            return ReleasePlan(stage=state.stage, source=record.source, again=milestone != release)
    stages = [stage for stage, milestone in state.milestones.items() if milestone == release] if ahead else []
    return ReleasePlan(stage=max(stages, key=lambda it: it.order), source=record.source) if stages else None


def _is_alive(state: EnhancementState) -> bool:
    return state.status is None or not (state.status is Status.PROVISIONAL or state.status.is_closed)


def named_release(state: EnhancementState | None, stage: Stage) -> str | None:
    """Return the release that a kep.yaml names for a stage."""
    if state is None:
        return None
    return state.milestones.get(stage) or (state.latest_milestone if state.stage is stage else None)


def left_at(enhancement: Enhancement, plan: ReleasePlan, release: str, freeze: dt.date | None) -> Source | None:
    """Return the first record after the freeze that no longer plans what was planned then; None where there is none."""
    if freeze is None:
        return None
    after = (it for it in enhancement.history if it.date > freeze)
    left = (it for it in after if (now := planned_by(it, release)) is None or now.stage is not plan.stage)
    return next((it.source for it in left), None)

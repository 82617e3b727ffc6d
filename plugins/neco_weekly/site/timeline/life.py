"""What is to be drawn of a KEP, before it has places, and what became of its milestones."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from ...model.history import planned_releases
from ...model.keps import Enhancement, Record, Stage, Status
from ...model.releases import Releases
from .values import IssueMark, Outcome

FIRST_DAY = dt.date(2015, 7, 21)
"""Of Kubernetes 1.0: nothing is drawn before it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Life:
    """What is to be drawn, before it has places. `plans` are the releases named for a stage, None for "no longer"."""

    enhancement: Enhancement
    history: tuple[Record, ...]
    plans: Mapping[Stage, tuple[str | None, ...]]
    created: dt.date | None
    issues: tuple[IssueMark, ...]
    as_of: dt.date

    @property
    def days(self) -> list[dt.date]:
        days = [self.as_of, *(record.date for record in self.history), *(issue.date for issue in self.issues)]
        return [*days, self.created] if self.created else days


def read_life(enhancement: Enhancement, issues: Iterable[IssueMark], as_of: dt.date | None) -> Life | None:
    """What is to be drawn, or None where nothing is. A creation after `as_of` is a slip of the pen."""
    history = tuple(record for record in enhancement.history if record.source.date)
    named = {stage: found for stage in Stage if (found := planned_releases(enhancement, stage))}
    created = enhancement.details.day("created")
    if not (history or named or created):
        return None
    life = Life(
        enhancement=enhancement,
        history=history,
        plans=named,
        created=created,
        issues=tuple(sorted(issues, key=lambda issue: issue.date)),
        as_of=as_of or enhancement.source.date or FIRST_DAY,
    )
    if as_of is None:
        life = replace(life, as_of=max(life.days))
    return replace(life, created=None) if created and created > life.as_of else life


def outcome(enhancement: Enhancement, stage: Stage, releases: Releases, as_of: dt.date) -> Outcome:
    """What became of a stage's milestone, as far as kep.yaml tells.

    It is *reached* when its release is out and the enhancement's stage is this one or a later one. The release alone
    says nothing, because plans of many KEPs were never kept up to date; nor does the stage, which is written months
    before the release. Two things stop the clock: a proposal that is only provisional has reached nothing, however old
    its milestones; and what it had not reached when it was withdrawn, rejected, deferred or replaced is *dropped*. Else
    a milestone is *planned* until its release is out and *missed* from then on; *cleared* is one that kep.yaml no
    longer names.
    """
    release = enhancement.state.milestones.get(stage)
    if release is None:
        return "cleared"
    status, until = _last_worked_on(enhancement, as_of)
    said = enhancement.state.stage
    if said and said.order >= stage.order and status is not Status.PROVISIONAL and releases.is_out(release, until):
        return "reached"
    if _is_closed(enhancement.state.status):
        return "dropped"
    return "missed" if releases.is_out(release, as_of) else "planned"


def _last_worked_on(enhancement: Enhancement, as_of: dt.date) -> tuple[Status | None, dt.date]:
    """The last status of the proposal while it was open, as far as known, and the day on which that ended."""
    status, until = enhancement.state.status, as_of
    if not _is_closed(status):
        return status, until
    for record in reversed(enhancement.history):
        if record.state and not _is_closed(record.state.status):
            return record.state.status, until
        until = record.date
    return None, until


def _is_closed(status: Status | None) -> bool:
    return status is not None and status.is_closed

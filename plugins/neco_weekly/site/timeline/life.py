"""A KEP's life: what a timeline is to draw, before anything has a place, and what became of the milestones."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from ...model.history import planned_releases
from ...model.keps import Enhancement, Record, Stage, Status
from ...model.releases import Releases
from .values import IssueMark, Outcome

FIRST_DAY = dt.date(2015, 7, 21)
"""The day of Kubernetes 1.0, before which nothing is drawn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Life:
    """A KEP's life, as a timeline is to draw it; `planned` are the planned releases of each stage.

    Planned releases stand one after the other, None where a date was withdrawn.
    """

    enhancement: Enhancement
    history: tuple[Record, ...]
    planned: Mapping[Stage, tuple[str | None, ...]]
    created: dt.date | None
    issues: tuple[IssueMark, ...]
    as_of: dt.date

    @property
    def days(self) -> list[dt.date]:
        """All days that the timeline has to show."""
        days = [self.as_of, *(record.date for record in self.history), *(issue.date for issue in self.issues)]
        return [*days, self.created] if self.created else days


def read_life(enhancement: Enhancement, issues: Iterable[IssueMark], as_of: dt.date | None) -> Life | None:
    """Return a KEP's life, or None where nothing is to be drawn. A creation after `as_of` is a slip of the pen."""
    history = tuple(record for record in enhancement.history if record.source.date)
    named = {stage: found for stage in Stage if (found := planned_releases(enhancement, stage))}
    created = enhancement.details.day("created")
    if not (history or named or created):
        return None
    life = Life(
        enhancement=enhancement,
        history=history,
        planned=named,
        created=created,
        issues=tuple(sorted(issues, key=lambda issue: issue.date)),
        as_of=as_of or enhancement.source.date or FIRST_DAY,
    )
    if as_of is None:
        life = replace(life, as_of=max(life.days))
    return replace(life, created=None) if created and created > life.as_of else life


def outcome(enhancement: Enhancement, stage: Stage, releases: Releases, as_of: dt.date) -> Outcome:
    """Return what became of a stage's milestone, as far as kep.yaml says.

    A milestone is *reached* when its release is out and the enhancement's stage is this one or a later one. The release
    alone says nothing, because milestones of many KEPs were never kept up to date; nor does the stage, which is written
    months before the release. Two things stop the clock: a proposal that is only provisional has reached nothing,
    however old its milestones; and what a proposal had not reached when it was withdrawn, rejected, deferred or
    replaced is *dropped*. Else a milestone is *planned* until its release is out and *missed* from then on; *cleared*
    is one that kep.yaml no longer names.
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
    """Return the last status of a proposal while it was open, as far as known, and the day on which that ended."""
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

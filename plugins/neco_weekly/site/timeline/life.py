"""A KEP's life: what a timeline is to draw, before anything has a place: what shipped, and what was planned."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from ...lock.kep_as_of import KepAsOf, closed
from ...model.history import planned_releases
from ...model.keps import Record, Stage, Status, release_order
from ...model.releases import Releases
from ...model.shipping import Shipped
from .values import ExceptionMark, IssueMark

FIRST_DAY = dt.date(2015, 7, 21)
"""The day of Kubernetes 1.0, before which nothing is drawn."""

Arrival = tuple[dt.date, Shipped]
"""A stage that came, and the day: that of its release, or where nobody says which, the first on which it is told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Life:
    """A KEP's life, as a timeline is to draw it: what `shipped` until `as_of`, and the `planned` releases of stages.

    Planned releases stand one after the other, None where a date was withdrawn.
    """

    kep: KepAsOf
    history: tuple[Record, ...]
    shipped: tuple[Arrival, ...] = ()
    planned: Mapping[Stage, tuple[str | None, ...]]
    created: dt.date | None
    issues: tuple[IssueMark, ...]
    exceptions: tuple[ExceptionMark, ...] = ()
    releases: Releases
    as_of: dt.date

    @property
    def days(self) -> list[dt.date]:
        """All days that the timeline has to show."""
        days = [self.as_of, *(record.date for record in self.history), *(issue.date for issue in self.issues)]
        days += [it.date for it in self.exceptions]
        return [*days, *(day for day, _ in self.shipped), *([self.created] if self.created else [])]

    def is_out(self, release: str) -> bool:
        """Whether a release is out; what a timeline says of any other is planned."""
        return self.releases.is_out(release, self.as_of)

    def arrival(self, stage: Stage) -> Arrival | None:
        """Return how a stage came, None where it did not.

        A stage that kep.yaml says it has had, with a release that a later stage came with or before, came with that.
        """
        own = next((arrival for arrival in self.shipped if arrival[1].stage is stage), None)
        said, release = self.kep.state.stage, self.kep.state.milestones.get(stage)
        if own or said is None or said.order < stage.order or release is None or not self.is_out(release):
            return own
        for day, later in self.shipped:
            passed = later.release and release_order(later.release) <= release_order(release)
            if later.stage.order > stage.order and passed:
                return day, later
        return None

    def closings(self) -> Iterator[tuple[dt.date, Status | None]]:
        """Yield each day since which a proposal goes no further, with its status; None where it was opened again."""
        last, enhancement = None, self.kep.enhancement
        said = [(record.date, record.state) for record in self.history if record.state]
        # A person's word on top is for today; without one, today's state is that of the last record.
        by_hand = self.kep.written is not None and self.kep.written != enhancement.state
        today = self.as_of if by_hand else enhancement.source.date or self.as_of
        for day, state in [*said, (today, enhancement.state)]:
            status = closed(state)
            if status is not last:
                yield day, status
            last = status


def read_life(
    kep: KepAsOf,
    issues: Iterable[IssueMark],
    releases: Releases,
    as_of: dt.date | None,
    exceptions: Iterable[ExceptionMark] = (),
) -> Life | None:
    """Return a KEP's life, or None where nothing is to be drawn.

    A creation or an exception after `as_of` is a slip of the pen, and so is an exception before there were releases.
    """
    enhancement = kep.enhancement
    history = tuple(record for record in enhancement.history if record.source.date)
    named = {stage: found for stage in Stage if (found := tuple(_planned(kep, stage)))}
    created = enhancement.details.day("created")
    if not (history or named or created or any(it.release for _, it in kep.shipping.entries)):
        return None
    life = Life(
        kep=kep,
        history=history,
        planned=named,
        created=created,
        issues=tuple(sorted(issues, key=lambda issue: issue.date)),
        releases=releases,
        as_of=as_of or enhancement.source.date or FIRST_DAY,
    )
    if as_of is None:
        life = replace(life, as_of=max(*life.days, *(day for day, _ in kep.shipping.entries)))
    created = None if created and created > life.as_of else created
    asked = tuple(it for it in sorted(exceptions, key=lambda it: it.date) if FIRST_DAY <= it.date <= life.as_of)
    return replace(life, created=created, exceptions=asked, shipped=tuple(_shipped(kep, life.as_of)))


def _planned(kep: KepAsOf, stage: Stage) -> Iterator[str | None]:
    """Yield the releases that kep.yaml named for a stage; the plan of today may stand in `latest-milestone` alone."""
    named = planned_releases(replace(kep.enhancement, state=kep.written or kep.state), stage)
    yield from named
    plan = kep.today.planned
    if plan and plan.stage is stage and plan.release != (named or (None,))[-1]:
        yield plan.release


def _shipped(kep: KepAsOf, as_of: dt.date) -> Iterator[Arrival]:
    """Yield what shipped until a day, with a person's word on top; what has no day is known from the last one on."""
    told = kep.today.shipped
    by_hand = told if told and told.source.kind == "override" else None
    until = (by_hand.since if by_hand else None) or as_of
    # Where a person says that a stage is only planned, neither that nor more has shipped.
    planned = kep.today.planned.stage.order if kep.today.planned and kep.shipping.on(as_of) != told else None
    for day, shipped in kep.shipping.entries:
        slipped = planned is not None and shipped.stage.order >= planned
        if day <= as_of and not slipped and not (by_hand and day >= until):
            yield day if day >= FIRST_DAY else as_of, shipped
    if by_hand:
        yield until, by_hand

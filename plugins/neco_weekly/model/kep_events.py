"""What happened to KEPs, as dated events: what feeds, the digest, the page of changes and data tell, each thing once.

An event's id says what the event is about and the state reached (`kep/127/plan/beta/v1.36`), never a day, a commit or
an address: another reading of the same history, a rebuild or a moved site makes no new id. What is reached a second
time has a number behind (`…/v1.36/2`). An event has its own day, and none is after the day that is known.

Plans are told from the records of kep.yaml, each record once (`plan_events`); what shipped from the releases.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Literal

from .exceptions import ExceptionRequest, Freeze
from .history import Difference
from .keps import Source, Stage


class EventKind(StrEnum):
    """What happened; the values are keys of the table of words."""

    NEW = "new"
    PLAN = "plan"
    AGAIN = "again"
    MILESTONE = "milestone"
    STATUS = "status"
    SLIPPED = "slipped"
    GONE = "gone"
    BACK = "back"
    OTHER = "other"
    ASKED = "exception-asked"
    DECIDED = "exception-decided"
    SHIPPED = "shipped"
    DEFAULT = "default"
    SETBACK = "setback"
    MISSED = "missed"

    @property
    def category(self) -> Category:
        """Whether an event of this kind is of plans, or of what shipped."""
        return "shipped" if self in _OF_RELEASES else "plan"


Category = Literal["plan", "shipped"]
"""What an event is of: what is planned (kep.yaml, exceptions), or what came, or did not come, with a release."""

_OF_RELEASES = frozenset({EventKind.SHIPPED, EventKind.DEFAULT, EventKind.SETBACK, EventKind.MISSED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened to a KEP, or to a gate of KEPs, on a day (Asia/Tokyo).

    `stage` and `release` are the state reached: what is planned, what came, what was asked for. Of a slip the release
    is the one that the stage goes to (None: none is named), and `missed` the one that it should have come with; *again*
    is work on a stage of before in a later release. `is_ahead`: the release was not out on the day, so that kep.yaml
    told a plan, and not what had shipped. `differences` are those of kep.yaml, before and after. `before` and
    `default` are of what shipped: the stage in the release before (None: nothing was), and whether the gates are on by
    default. `gate` names the gate of a setback that no KEP's own life shows. `source` has the pull request, if any.
    """

    id: str
    day: dt.date
    kind: EventKind
    keps: tuple[int, ...]
    stage: Stage | None = None
    release: str | None = None
    is_ahead: bool = False
    missed: str | None = None
    before: Stage | None = None
    default: bool | None = None
    gate: str | None = None
    differences: tuple[Difference, ...] = ()
    request: ExceptionRequest | None = None
    source: Source | None = None

    @property
    def number(self) -> int:
        """The KEP that the event is about; of a gate of several the first, of a gate of none 0."""
        return self.keps[0] if self.keps else 0

    @property
    def category(self) -> Category:
        """Whether the event is of plans, or of what shipped."""
        return self.kind.category

    @property
    def pull(self) -> int | None:
        """The pull request of kubernetes/enhancements with which this happened."""
        return self.source.pull if self.source else None

    @property
    def freeze(self) -> Freeze | None:
        """The freeze after which an exception is asked for."""
        return self.request.freeze if self.request else None


def numbered(events: Iterable[Event]) -> Iterator[Event]:
    """Yield events, given oldest first, with a number behind each id that was there before."""
    seen: Counter[str] = Counter()
    for event in events:
        seen[event.id] += 1
        yield replace(event, id=f"{event.id}/{seen[event.id]}") if seen[event.id] > 1 else event


def newest_first(events: Iterable[Event]) -> tuple[Event, ...]:
    """Return events, the newest first; those of one day by number and id, so that the order is always the same."""
    return tuple(sorted(events, key=lambda it: (-it.day.toordinal(), it.number, it.id)))

"""The timeline as values: its rows, what stands in them and where."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from ...model.exceptions import Decision
from ...model.keps import Stage, Status

NARROWEST = 27
"""The width in em that every timeline fits into: a phone of 360 px at 12 px a letter."""

WIDTHS = (NARROWEST, 30, 33, 36, 40, 44, 48, 54, 60)
"""The widths in em at which more labels are shown; `timeline.css` has the same."""

COLUMN = 11.0
"""The width in em of the column of labels, left of everything that has a place in time; `timeline.css` has the same."""


def plot(width: float) -> float:
    """Return the width in em that a drawing of a width has beside the column: percents are of that."""
    return width - COLUMN


LINE = 1.4
"""The distance in em from one line of words to the next."""

Outcome = Literal["reached", "planned", "missed", "dropped", "cleared"]
"""What became of a stage's milestone.

The stage came with a release, its release is not out, its release came out without it, the proposal was closed before,
or kep.yaml names no release any more.
"""

PlanState = Literal["reached", "failed", "overtaken", "ahead"]
"""What became of a single planned release.

The stage came with it, it came out without the stage, it came out when the stage had already come, or it is not out.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueMark:
    """An issue of ours that mentions the KEP."""

    date: dt.date
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExceptionMark:
    """An exception from a freeze that was asked for, in words, and the day by which it stands."""

    date: dt.date
    text: str
    decision: Decision


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A part of the band: the stage that the newest releases had from one day until another.

    *unreleased* is time before the first stage came, *unrecorded* time of which nothing tells whether a stage had come,
    *closed* that of a proposal that went no further, `stage` the one that had come by then. `since` is None where
    nothing tells when it began. `x` and `width` are percent of the drawing's width.
    """

    kind: Literal["unrecorded", "unreleased", "stage", "closed"]
    since: dt.date | None
    until: dt.date
    x: float
    width: float
    stage: Stage | None = None
    status: Status | None = None
    shows: int | None = None

    @property
    def middle(self) -> float:
        """The middle of the span, in percent of the width."""
        return round(self.x + self.width / 2, 2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A release that was planned for a stage, or with which the stage came, and its place in percent of the width."""

    release: str
    state: PlanState
    x: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A step in the words of a lane: a planned release, None where a date was withdrawn, or last the outcome.

    `lead` stands before it: an arrow to what was planned next, a dot before an outcome that was not the last plan.
    `until` is the last of several releases in a row that came out without the stage, of which `plan` is the first.
    """

    plan: Plan | None
    until: str | None = None
    lead: Literal["", "→ ", "· "] = ""
    final: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """The lane of one stage: the releases planned for it, one after the other, and what became of them.

    `plan` is the release that the outcome tells of: the one with which the stage came, else the last one planned; None
    where the stage came and nobody says with which. `day` is that of the release, or of the stage, None where there is
    none yet, and `x` its place. `others` are the other planned releases, each once. `lines` are the words below the
    stage's own, as they break into lines of the column. `text` and `track` are heights in em below the first lane's
    stage: of this one's, and of the marks beside it.
    """

    stage: Stage
    outcome: Outcome
    plan: Plan | None
    day: dt.date | None
    x: float
    others: tuple[Plan, ...]
    lines: tuple[tuple[Step, ...], ...]
    text: float
    track: float

    @property
    def steps(self) -> tuple[Step, ...]:
        """The steps of the lane's words, in order."""
        return tuple(step for line in self.lines for step in line)

    @property
    def bottom(self) -> float:
        """The height in em, from where `text` counts, of the last line of words."""
        return self.text + LINE * len(self.lines)

    @property
    def reach(self) -> tuple[float, float]:
        """The first and the last place of the lane's releases, in percent of the width."""
        places = [self.x, *(plan.x for plan in self.others)]
        return min(places), max(places)


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueSpot:
    """A mark for one issue, or for several that would overlap."""

    x: float
    issues: tuple[IssueMark, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExceptionSpot:
    """A mark for one exception that was asked for, or for several that would overlap."""

    x: float
    asked: tuple[ExceptionMark, ...]

    @property
    def shape(self) -> Literal["approved", "refused", "open"]:
        """What was decided: of several the same, or *open*, which also stands for what nobody knows."""
        shapes = {_SHAPES.get(it.decision) for it in self.asked}
        return (shapes.pop() if len(shapes) == 1 else None) or "open"


_SHAPES: Mapping[Decision, Literal["approved", "refused"]] = {
    "approved": "approved",
    "rejected": "refused",
    "removed": "refused",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A label on the axis, a release or a year; a text of None stands for "no date yet".

    `planned` is whether it names a release that is not out.
    """

    x: float
    text: str | None
    dated: bool = True
    planned: bool = False
    shows: int | None = NARROWEST

    @property
    def anchor(self) -> Literal["start", "middle", "end"]:
        """How the label's words stand to their place, so that nothing leaves the drawing (SVG's `text-anchor`)."""
        return "start" if self.x < 4 else "end" if self.x > 96 else "middle"


EventKind = Literal["created", "span", "milestone", "exception", "issue", "today"]
"""The kinds of events of a timeline."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """An event of a timeline: one thing that is drawn, for readers who listen."""

    x: float
    kind: EventKind
    item: Span | Lane | ExceptionMark | IssueMark | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """A timeline: its rows from the top, and the height of each in em; `events` is all of it in order of places."""

    name: str
    as_of: dt.date
    today: float
    today_anchor: Literal["start", "end"]
    header_lines: Literal[1, 2]
    created: dt.date | None
    created_at: float
    spans: tuple[Span, ...]
    lanes: tuple[Lane, ...]
    exceptions: tuple[ExceptionSpot, ...]
    spots: tuple[IssueSpot, ...]
    ticks: tuple[Label, ...]
    years: tuple[Label, ...]
    events: tuple[Event, ...]

    @property
    def marks_creation(self) -> bool:
        """Whether the creation has a mark on the band: not where a stage had shipped, whose word may stand there."""
        covered = any(it.kind == "stage" and it.x < self.created_at < it.x + it.width for it in self.spans)
        return self.created is not None and not covered

    @property
    def issue_count(self) -> int:
        """The number of issues on the timeline."""
        return sum(len(spot.issues) for spot in self.spots)

    @property
    def exception_count(self) -> int:
        """The number of exceptions on the timeline."""
        return sum(len(spot.asked) for spot in self.exceptions)

    @property
    def band(self) -> float:
        """The top of the band, in em from the top."""
        return round(0.1 + 1.4 * self.header_lines, 2)

    @property
    def below_band(self) -> float:
        """The line of the first milestone's words, in em from the top."""
        return round(self.band + 3.1, 2)

    @property
    def below_lanes(self) -> float:
        """The line of the words beside exceptions, in em from the top."""
        return round(self.lanes_end + 1.6, 2)

    @property
    def lanes_end(self) -> float:
        """Where the lanes end, and with them the lines of years and of today, in em from the top."""
        return round(self.below_band + self.lanes[-1].bottom + 0.3 if self.lanes else self.band + 1.8, 2)

    @property
    def below_exceptions(self) -> float:
        """The line of the words beside our issues, in em from the top."""
        return round(self.below_lanes + (_height(self.exceptions) + 1 if self.exceptions else 0), 2)

    @property
    def axis(self) -> float:
        """The line of the axis, in em from the top."""
        if self.spots:
            return round(self.below_exceptions + _height(self.spots), 2)
        return round(self.below_lanes + (_height(self.exceptions) if self.exceptions else -1), 2)

    @property
    def height(self) -> float:
        """The height of the timeline, in em."""
        return round(self.axis + 3, 2)


def _height(spots: Sequence[IssueSpot] | Sequence[ExceptionSpot]) -> float:
    """Return the height in em of a row of marks below their middle; a mark that several share has its number below."""
    shared = any(len(it.issues if isinstance(it, IssueSpot) else it.asked) > 1 for it in spots)
    return 1.9 if shared else 1.0

"""The timeline as values: its rows, what stands in them and where."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from ...model.keps import Gap, Stage, Status

NARROWEST = 27
"""The width in em that every timeline fits into: a phone of 360 px at 12 px a letter."""

WIDTHS = (NARROWEST, 36, 48, 60)
"""The widths in em at which more labels are shown; `timeline.css` has the same."""

Outcome = Literal["reached", "planned", "missed", "dropped", "cleared"]
"""What became of a milestone; each value is also `timeline.outcome_<value>` in the table of words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueMark:
    """An issue of ours that mentions the KEP."""

    date: dt.date
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A part of the band: what kep.yaml said from one day until another, or why kep.yaml says nothing.

    `status` is set where the proposal is closed, and `gap` where no single file had its number. `x` and `width` are
    percent of the drawing's width.
    """

    kind: Literal["unrecorded", "stage", "unstaged", "closed", "gap"]
    since: dt.date | None
    until: dt.date
    x: float
    width: float
    stage: Stage | None = None
    status: Status | None = None
    gap: Gap | None = None
    shows: int | None = None

    @property
    def middle(self) -> float:
        """The middle of the span, in percent of the width."""
        return round(self.x + self.width / 2, 2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """The lane of one stage's milestone: its planned releases in order, None where a date was withdrawn.

    `lines` are these as they break into lines. `x` is the place of the last release named, `ghosts` are the places of
    releases named before. `day` is that of the release, None while the release has none. `text` and `track` are heights
    in em below the words of the first lane.
    """

    stage: Stage
    planned: tuple[str | None, ...]
    outcome: Outcome
    release: str
    day: dt.date | None
    x: float
    ghosts: tuple[float, ...]
    lines: tuple[tuple[str | None, ...], ...]
    text: float
    track: float

    @property
    def reach(self) -> tuple[float, float]:
        """The first and the last place of the lane's releases, in percent of the width."""
        return min(self.x, *self.ghosts), max(self.x, *self.ghosts)


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueSpot:
    """A mark for one issue, or for several that would overlap."""

    x: float
    issues: tuple[IssueMark, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A label on the axis, a release or a year; a text of None stands for "no date yet"."""

    x: float
    text: str | None
    dated: bool = True
    shows: int | None = NARROWEST

    @property
    def anchor(self) -> Literal["start", "middle", "end"]:
        """How the label's words stand to their place, so that nothing leaves the drawing (SVG's `text-anchor`)."""
        return "start" if self.x < 4 else "end" if self.x > 96 else "middle"


EventKind = Literal["created", "span", "milestone", "issue", "today"]
"""The kinds of events of a timeline."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """An event of a timeline: one thing that is drawn, for readers who listen."""

    x: float
    kind: EventKind
    item: Span | Lane | IssueMark | None = None


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
    spots: tuple[IssueSpot, ...]
    ticks: tuple[Label, ...]
    years: tuple[Label, ...]
    dated_until: float
    events: tuple[Event, ...]

    @property
    def issue_count(self) -> int:
        """The number of issues on the timeline."""
        return sum(len(spot.issues) for spot in self.spots)

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
        """The line of the words above our issues, in em from the top."""
        return round(self.below_band + (self.lanes[-1].track + 2.1 if self.lanes else 0), 2)

    @property
    def axis(self) -> float:
        """The line of the axis, in em from the top; a mark that several issues share has their number below."""
        shared = any(len(spot.issues) > 1 for spot in self.spots)
        return round(self.below_lanes + (2.8 if shared else 2.0 if self.spots else -0.4), 2)

    @property
    def height(self) -> float:
        """The height of the timeline, in em."""
        return round(self.axis + 3, 2)

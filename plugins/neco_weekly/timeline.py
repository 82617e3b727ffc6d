"""A KEP's life over Kubernetes releases, as values to draw: where each mark stands and what it says.

Across, releases stand at equal distances and days between them, in percent of the drawing's width: one drawing serves a
phone, a desk and paper. Down, and for the width of words, the unit is the drawing's own font size (em). What has no
room on a narrow drawing carries in `shows` the least width, in em, from which it is shown.
"""

from __future__ import annotations

import bisect
import datetime as dt
import functools
import itertools
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from .model import Enhancement, EnhancementState, Gap, Record, Stage, Status, release_order
from .releases import Releases

NARROWEST = 27
"""Width in em that everything fits into: a phone of 360 px at 12 px a letter."""
WIDTHS = (NARROWEST, 36, 48, 60)
"""The widths at which more labels are shown; `timeline.css` asks for the same."""

Outcome = Literal["reached", "planned", "missed", "dropped", "cleared"]
"""What became of a milestone; each is also `timeline.outcome_<value>` in the table of words."""

_CLOSED = frozenset({Status.DEFERRED, Status.REJECTED, Status.WITHDRAWN, Status.REPLACED})
_FIRST_DAY = dt.date(2015, 7, 21)
_DAYS_PER_RELEASE = 122
_FEWEST_SLOTS = 3
_MARGIN, _AIR = 2.0, 0.35


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueMark:
    """One issue of ours that mentions the KEP."""

    date: dt.date
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A part of the band: what kep.yaml said from one day until another, or why it says nothing.

    `status` is set where the proposal is closed, and `gap` where no single file had its number.
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
        return round(self.x + self.width / 2, 2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """The milestone of one stage: its plans in the order they were made, None where one was taken away.

    `lines` are the plans as they break into lines. `x` is the place of the last release named, `ghosts` are those of
    the releases named before. `day` is that of the release, None while it has none. `text` and `track` are heights
    below the words of the first lane.
    """

    stage: Stage
    plans: tuple[str | None, ...]
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
        """From the first place to the last."""
        return min(self.x, *self.ghosts), max(self.x, *self.ghosts)


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueSpot:
    """A mark for one issue, or for several that would overlap."""

    x: float
    issues: tuple[IssueMark, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """Words on the axis: a release, a year; None stands for "no date yet"."""

    x: float
    text: str | None
    dated: bool = True
    shows: int | None = NARROWEST

    @property
    def anchor(self) -> Literal["start", "middle", "end"]:
        """How the words stand to their place, so that nothing leaves the drawing."""
        return "start" if self.x < 4 else "end" if self.x > 96 else "middle"


EventKind = Literal["created", "span", "milestone", "issue", "today"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One thing that is drawn, for those who listen."""

    x: float
    kind: EventKind
    item: Span | Lane | IssueMark | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """A drawing: its rows from the top, and the height of each. `events` is all of it, in the order of the places."""

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
        return sum(len(spot.issues) for spot in self.spots)

    @property
    def band(self) -> float:
        return round(0.1 + 1.4 * self.header_lines, 2)

    @property
    def below_band(self) -> float:
        """The line of the first milestone's words."""
        return round(self.band + 3.1, 2)

    @property
    def below_lanes(self) -> float:
        """The line of the words above our issues."""
        return round(self.below_band + (self.lanes[-1].track + 2.1 if self.lanes else 0), 2)

    @property
    def axis(self) -> float:
        """The axis. A mark that several issues share has their number under it."""
        shared = any(len(spot.issues) > 1 for spot in self.spots)
        return round(self.below_lanes + (2.8 if shared else 2.0 if self.spots else -0.4), 2)

    @property
    def height(self) -> float:
        return round(self.axis + 3, 2)


def timeline(
    enhancement: Enhancement, issues: Sequence[IssueMark], releases: Releases, as_of: dt.date | None
) -> Timeline | None:
    """The drawing of an enhancement with our issues on it, or None where there is nothing to draw.

    `as_of` is the day up to which the sources speak; without it, the newest day in what is given.
    """
    life = _life(enhancement, issues, as_of)
    return _drawing(life, releases, _scale(life, releases)) if life else None


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
    if enhancement.state.status in _CLOSED:
        return "dropped"
    return "missed" if releases.is_out(release, as_of) else "planned"


def _last_worked_on(enhancement: Enhancement, as_of: dt.date) -> tuple[Status | None, dt.date]:
    """The last status of the proposal while it was open, as far as known, and the day on which that ended."""
    status, until = enhancement.state.status, as_of
    if status not in _CLOSED:
        return status, until
    for record in reversed(enhancement.history):
        if record.state and record.state.status not in _CLOSED:
            return record.state.status, until
        until = record.date
    return None, until


# --- what is drawn ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class _Life:
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


def _life(enhancement: Enhancement, issues: Iterable[IssueMark], as_of: dt.date | None) -> _Life | None:
    history = tuple(record for record in enhancement.history if record.source.date)
    plans = _plans(history, enhancement.state)
    created = enhancement.details.created
    if not (history or plans or created):
        return None
    life = _Life(
        enhancement=enhancement,
        history=history,
        plans=plans,
        created=created,
        issues=tuple(sorted(issues, key=lambda issue: issue.date)),
        as_of=as_of or enhancement.source.date or _FIRST_DAY,
    )
    if as_of is None:
        life = replace(life, as_of=max(life.days))
    return replace(life, created=None) if created and created > life.as_of else life


def _plans(history: Iterable[Record], state: EnhancementState) -> dict[Stage, tuple[str | None, ...]]:
    """For each stage that ever had a milestone the releases named for it, one after the other."""
    states = [*(record.state for record in history if record.state), state]
    named: dict[Stage, tuple[str | None, ...]] = {}
    for stage in Stage:
        releases = [release for release, _ in itertools.groupby(said.milestones.get(stage) for said in states)]
        if any(releases):
            named[stage] = tuple(releases if releases[0] else releases[1:])
    return named


_LETTER, _RELEASE, _ARROW, _OUTCOME = 0.6, 2.6, 1.5, 6.6


def _lines(stage: Stage, plans: Sequence[str | None]) -> tuple[tuple[str | None, ...], ...]:
    """Plans as they break into lines of the narrowest drawing, after the stage's word and before the outcome's."""
    lines: list[list[str | None]] = [[]]
    room = NARROWEST - _LETTER * (len(stage) + 2)
    for place, plan in enumerate(plans, start=1):
        needed = _RELEASE + (_OUTCOME if place == len(plans) else _ARROW)
        if needed > room and lines[-1]:
            lines.append([])
            room = NARROWEST - _LETTER * 2
        lines[-1].append(plan)
        room -= _RELEASE + _ARROW
    return tuple(map(tuple, lines))


# --- places -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Scale:
    """From days and releases to percent of the width. A slot is a release's minor version.

    `days` and `slots` are those of the dated releases; `first` and `last` are the slots between which it is drawn.
    """

    days: tuple[int, ...]
    slots: tuple[int, ...]
    first: float = 0
    last: float = 1

    def slot(self, day: dt.date) -> float:
        """Where a day lies between releases. Before the first release there is no place but its own."""
        number = day.toordinal()
        after = bisect.bisect_right(self.days, number)
        if after == 0:
            return self.slots[0]
        start, slot = self.days[after - 1], self.slots[after - 1]
        if after == len(self.days):
            return slot + (number - start) / _DAYS_PER_RELEASE
        return slot + (number - start) / (self.days[after] - start) * (self.slots[after] - slot)

    def x(self, slot: float) -> float:
        """Percent of the width, within the margins."""
        return round(_MARGIN + (100 - 2 * _MARGIN) * (slot - self.first) / (self.last - self.first), 2)

    def day(self, day: dt.date) -> float:
        return self.x(self.slot(day))

    def release(self, release: str) -> float:
        return self.x(_slot(release))

    @property
    def step(self) -> float:
        """Percent from one release to the next."""
        return self.x(self.first + 1) - self.x(self.first)


def _slot(release: str) -> int:
    return release_order(release)[1]


def _scale(life: _Life, releases: Releases) -> Scale:
    """A scale on which all of it has a place: from the release before the first until a little after the last."""
    dated = {"v1.0": _FIRST_DAY} | dict(releases.days)
    names = sorted(dated, key=release_order)
    scale = Scale(tuple(dated[name].toordinal() for name in names), tuple(map(_slot, names)))
    plans = itertools.chain(*life.plans.values())
    places = [*map(scale.slot, life.days), *(_slot(plan) for plan in plans if plan)]
    last = max(places)
    first = max(0, min(math.floor(min(places)), math.ceil(last) - _FEWEST_SLOTS))
    return Scale(scale.days, scale.slots, first, max(last + _AIR, first + 1))


def _drawing(life: _Life, releases: Releases, scale: Scale) -> Timeline:
    today = scale.day(life.as_of)
    anchor, header_lines = _header(today, life.created)
    spans = tuple(_spans(life, scale))
    lanes = tuple(_lanes(life, releases, scale))
    ticks = tuple(_ticks(life.as_of, releases, scale))
    return Timeline(
        name=life.enhancement.name,
        as_of=life.as_of,
        today=today,
        today_anchor=anchor,
        header_lines=header_lines,
        created=life.created,
        created_at=scale.day(life.created) if life.created else 0,
        spans=spans,
        lanes=lanes,
        spots=tuple(_spots(life.issues, scale)),
        ticks=ticks,
        years=tuple(_years(ticks, releases)),
        dated_until=max(0, min(scale.x(scale.slots[-1]), 100)),
        events=_events(life, [*spans, *lanes, *life.issues], scale),
    )


_CREATED, _TODAY = 10.2, 8.8


def _header(today: float, created: dt.date | None) -> tuple[Literal["start", "end"], Literal[1, 2]]:
    """How the words of today stand to its line, and how many lines they and those of the creation need.

    The creation's begin at the left, and both have to fit into the narrowest drawing.
    """
    place, taken = today * NARROWEST / 100, _CREATED if created else 0
    if place - _TODAY >= taken:
        return "end", 1
    if place + _TODAY <= NARROWEST:
        return "start", 1 if place >= taken else 2
    return "end", 2


def _spans(life: _Life, scale: Scale) -> Iterator[Span]:
    """The band: the time that is not recorded, then each stage for as long as it was said."""
    first = life.history[0].date if life.history else life.as_of
    start = scale.day(life.created) if life.created else scale.x(scale.first)
    if start < scale.day(first):
        yield _span(Span(kind="unrecorded", since=life.created, until=first, x=start, width=scale.day(first) - start))
    runs = [(said, next(records).date) for said, records in itertools.groupby(life.history, key=_said)]
    ends = [*(since for _, since in runs), life.as_of][1:]
    for (said, since), until in zip(runs, ends, strict=True):
        x = scale.day(since)
        yield _span(replace(said, since=since, until=until, x=x, width=scale.day(until) - x))


def _said(record: Record) -> Span:
    """What a record says to the band, without its time: equal for records that say the same."""
    unplaced = functools.partial(Span, since=None, until=dt.date.max, x=0, width=0)
    state = record.state
    if state is None:
        return unplaced(kind="gap", gap=record.gap)
    if state.status in _CLOSED:
        return unplaced(kind="closed", status=state.status, stage=state.stage)
    return unplaced(kind="stage" if state.stage else "unstaged", stage=state.stage)


_SPAN_WORDS = {"unrecorded": 6.6, "stage": 0, "unstaged": 4.5, "closed": 6, "gap": 7}


def _span(span: Span) -> Span:
    """The span with room for its words looked for."""
    words = (_SPAN_WORDS[span.kind] or _LETTER * len(span.stage or "")) + 0.8
    shows = next((width for width in WIDTHS if words * 100 <= span.width * width), None)
    return replace(span, width=round(max(span.width, 0), 2), shows=shows)


def _lanes(life: _Life, releases: Releases, scale: Scale) -> Iterator[Lane]:
    """The milestones one below the other: lines of words, then the track, whose marks need room above and below."""
    text = 0.0
    for stage, named in life.plans.items():
        *earlier, last = [release for release in named if release]
        lines = _lines(stage, named)
        track = text + 1.4 * len(lines) - 0.5
        yield Lane(
            stage=stage,
            plans=named,
            outcome=outcome(life.enhancement, stage, releases, life.as_of),
            release=last,
            day=releases.day(last),
            x=scale.release(last),
            ghosts=tuple(scale.release(release) for release in dict.fromkeys(earlier) if release != last),
            lines=lines,
            text=round(text, 2),
            track=round(track, 2),
        )
        text = track + 2.2


_SPOT = 1.25
"""Width in em of an issue's mark."""


def _spots(issues: Iterable[IssueMark], scale: Scale) -> Iterator[IssueSpot]:
    """Marks for issues; those that would overlap on the narrowest drawing share one, in their middle."""
    groups: list[list[IssueMark]] = []
    for issue in issues:
        if groups and scale.day(issue.date) - scale.day(groups[-1][0].date) < _SPOT * 100 / NARROWEST:
            groups[-1].append(issue)
        else:
            groups.append([issue])
    for group in groups:
        middle = (scale.day(group[0].date) + scale.day(group[-1].date)) / 2
        yield IssueSpot(x=round(middle, 2), issues=tuple(group))


_TICK, _YEAR = 2.6, 2.9


def _ticks(as_of: dt.date, releases: Releases, scale: Scale) -> Iterator[Label]:
    """A tick for every release. On narrower drawings every second, fourth, … has its name, the newest one always."""
    newest = math.floor(scale.slot(as_of))
    steps = {width: 2 ** max(0, math.ceil(math.log2(_TICK * 100 / (scale.step * width)))) for width in WIDTHS}
    for slot in range(math.ceil(scale.first), math.floor(scale.last) + 1):
        shows = next((width for width, step in steps.items() if (slot - newest) % step == 0), None)
        yield Label(x=scale.x(slot), text=f"1.{slot}", dated=f"v1.{slot}" in releases.days, shows=shows)


def _years(ticks: Sequence[Label], releases: Releases) -> Iterator[Label]:
    """Under the first release of each year its year, under the first after all dated ones None; the last go first."""
    years: dict[str | None, Label] = {}
    dated_until = max((tick.x for tick in ticks if tick.dated), default=0)
    for tick in ticks:
        day = releases.day(f"v{tick.text}")
        if day or tick.x > dated_until:
            year = str(day.year) if day else None
            years.setdefault(year, replace(tick, text=year))
    shown: list[Label] = []
    for label in reversed(years.values()):
        clear = itertools.takewhile(functools.partial(_is_clear, label, shown), reversed(WIDTHS))
        shown.append(replace(label, shows=min(clear, default=None)))
        yield shown[-1]


def _is_clear(label: Label, others: Iterable[Label], width: int) -> bool:
    """Whether the words touch none of those that are shown at a width."""
    return all(
        abs(label.x - other.x) * width >= _YEAR * 100 for other in others if other.shows and other.shows <= width
    )


def _events(life: _Life, items: Iterable[Span | Lane | IssueMark], scale: Scale) -> tuple[Event, ...]:
    """What is drawn for those who listen, in order; a milestone says itself what it was planned for before."""
    events = [Event(x=scale.day(life.created), kind="created")] if life.created else []
    for item in items:
        match item:
            case Span():
                events.append(Event(x=item.x, kind="span", item=item))
            case Lane():
                events.append(Event(x=item.x, kind="milestone", item=item))
            case IssueMark():
                events.append(Event(x=scale.day(item.date), kind="issue", item=item))
    return tuple(sorted([*events, Event(x=scale.day(life.as_of), kind="today")], key=lambda event: event.x))

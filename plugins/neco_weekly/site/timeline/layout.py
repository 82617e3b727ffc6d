"""The layout of a timeline: a KEP's life on a scale -> the drawing, row by row."""

from __future__ import annotations

import datetime as dt
import functools
import itertools
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Literal

from ...model.keps import Enhancement, Record, Stage
from ...model.releases import Releases
from .life import Life, outcome, read_life
from .scale import Scale, scale_for
from .values import NARROWEST, WIDTHS, Event, IssueMark, IssueSpot, Label, Lane, Span, Timeline


def timeline(
    enhancement: Enhancement, issues: Sequence[IssueMark], releases: Releases, as_of: dt.date | None
) -> Timeline | None:
    """Return the timeline of an enhancement with the issues that mention the KEP, or None where nothing is to be drawn.

    `as_of` is the day up to which the sources speak; without it, the newest day in what is given.
    """
    life = read_life(enhancement, issues, as_of)
    return _drawing(life, releases, scale_for(life, releases)) if life else None


def _drawing(life: Life, releases: Releases, scale: Scale) -> Timeline:
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
    """Return how the words of today stand to their line, and how many lines they and the words of the creation need.

    The words of the creation begin at the left, and both have to fit into the narrowest drawing.
    """
    place, taken = today * NARROWEST / 100, _CREATED if created else 0
    if place - _TODAY >= taken:
        return "end", 1
    if place + _TODAY <= NARROWEST:
        return "start", 1 if place >= taken else 2
    return "end", 2


def _spans(life: Life, scale: Scale) -> Iterator[Span]:
    """Yield the spans of the band: the time that is not recorded, then each stage for as long as it was said."""
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
    """Return the span of a record without its time: equal for records that say the same to the band."""
    unplaced = functools.partial(Span, since=None, until=dt.date.max, x=0, width=0)
    state = record.state
    if state is None:
        return unplaced(kind="gap", gap=record.gap)
    if state.status and state.status.is_closed:
        return unplaced(kind="closed", status=state.status, stage=state.stage)
    return unplaced(kind="stage" if state.stage else "unstaged", stage=state.stage)


_SPAN_WORDS = {"unrecorded": 6.6, "stage": 0, "unstaged": 4.5, "closed": 6, "gap": 7}


def _span(span: Span) -> Span:
    """Return a span with the least width of the drawing at which its words have room."""
    words = (_SPAN_WORDS[span.kind] or _LETTER * len(span.stage or "")) + 0.8
    shows = next((width for width in WIDTHS if words * 100 <= span.width * width), None)
    return replace(span, width=round(max(span.width, 0), 2), shows=shows)


def _lanes(life: Life, releases: Releases, scale: Scale) -> Iterator[Lane]:
    """Yield the lanes of milestones, one below the other: lines of words, then the track with its marks."""
    text = 0.0
    for stage, named in life.planned.items():
        *earlier, last = [release for release in named if release]
        lines = _lines(stage, named)
        track = text + 1.4 * len(lines) - 0.5
        yield Lane(
            stage=stage,
            planned=named,
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
"""The width in em of an issue's mark."""


def _spots(issues: Iterable[IssueMark], scale: Scale) -> Iterator[IssueSpot]:
    """Yield marks for issues; issues that would overlap on the narrowest drawing share a mark, in their middle."""
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
    """Yield a tick for every release; on narrow drawings every second, fourth, … is named, the newest always."""
    newest = math.floor(scale.slot(as_of))
    steps = {width: 2 ** max(0, math.ceil(math.log2(_TICK * 100 / (scale.step * width)))) for width in WIDTHS}
    for slot in range(math.ceil(scale.first), math.floor(scale.last) + 1):
        shows = next((width for width, step in steps.items() if (slot - newest) % step == 0), None)
        yield Label(x=scale.x(slot), text=f"1.{slot}", dated=f"v1.{slot}" in releases.days, shows=shows)


def _years(ticks: Sequence[Label], releases: Releases) -> Iterator[Label]:
    """Yield labels of years under the first release of each, with None under the first release after all dated ones.

    The last come first: where labels would touch, earlier ones are left out.
    """
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
    """Whether a label touches none of those that are shown at a width of the drawing."""
    return all(
        abs(label.x - other.x) * width >= _YEAR * 100 for other in others if other.shows and other.shows <= width
    )


def _events(life: Life, items: Iterable[Span | Lane | IssueMark], scale: Scale) -> tuple[Event, ...]:
    """Return all that is drawn as events in order, for readers who listen.

    A milestone's own event says the releases for which it was planned before.
    """
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


_LETTER, _RELEASE, _ARROW, _OUTCOME = 0.6, 2.6, 1.5, 6.6


def _lines(stage: Stage, planned: Sequence[str | None]) -> tuple[tuple[str | None, ...], ...]:
    """Return planned releases as they break into lines of the narrowest drawing.

    The stage's word stands before them, the outcome's behind.
    """
    lines: list[list[str | None]] = [[]]
    room = NARROWEST - _LETTER * (len(stage) + 2)
    for place, plan in enumerate(planned, start=1):
        needed = _RELEASE + (_OUTCOME if place == len(planned) else _ARROW)
        if needed > room and lines[-1]:
            lines.append([])
            room = NARROWEST - _LETTER * 2
        lines[-1].append(plan)
        room -= _RELEASE + _ARROW
    return tuple(map(tuple, lines))

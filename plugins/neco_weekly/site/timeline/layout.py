"""The layout of a timeline: a KEP's life on a scale -> the drawing, row by row."""

from __future__ import annotations

import datetime as dt
import functools
import itertools
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Literal, TypeVar

from ...lock.kep_as_of import KepAsOf
from ...model.releases import Releases
from .band import spans
from .lanes import lanes
from .life import Life, read_life
from .scale import Scale, scale_for
from .values import (
    NARROWEST,
    WIDTHS,
    Event,
    ExceptionMark,
    ExceptionSpot,
    IssueMark,
    IssueSpot,
    Label,
    Lane,
    Span,
    Timeline,
    plot,
)


def timeline(
    kep: KepAsOf,
    issues: Sequence[IssueMark],
    releases: Releases,
    as_of: dt.date | None,
    exceptions: Iterable[ExceptionMark] = (),
) -> Timeline | None:
    """Return the timeline of a KEP with the issues that mention it, or None where nothing is to be drawn.

    `as_of` is the day up to which the sources speak; without it, the newest day in what is given. `exceptions` are
    those from freezes that were asked for.
    """
    life = read_life(kep, issues, releases, as_of, exceptions)
    return _drawing(life, scale_for(life)) if life else None


def _drawing(life: Life, scale: Scale) -> Timeline:
    today = scale.day(life.as_of)
    anchor, header_lines = _header(today, life.created)
    band, rows = tuple(spans(life, scale)), tuple(lanes(life, scale))
    ticks = tuple(_ticks(life, scale))
    return Timeline(
        name=life.kep.enhancement.name,
        as_of=life.as_of,
        today=today,
        today_anchor=anchor,
        header_lines=header_lines,
        created=life.created,
        created_at=scale.day(life.created) if life.created else 0,
        spans=band,
        lanes=rows,
        exceptions=tuple(ExceptionSpot(x=x, asked=asked) for x, asked in _shared(life.exceptions, scale)),
        spots=tuple(IssueSpot(x=x, issues=issues) for x, issues in _shared(life.issues, scale)),
        ticks=ticks,
        years=tuple(_years(ticks, life.releases)),
        events=_events(life, [*band, *rows, *life.exceptions, *life.issues], scale),
    )


_TODAY = 8.8


def _header(today: float, created: dt.date | None) -> tuple[Literal["start", "end"], Literal[1, 2]]:
    """Return how the words of today stand to their line, and how many lines they and the words of the creation need.

    The words of the creation stand in the column, of which those of today may take a little on the narrowest drawing.
    """
    room = plot(NARROWEST)
    place = today * room / 100
    if place >= _TODAY:
        return "end", 1
    if place + _TODAY <= room:
        return "start", 1
    return "end", 2 if created else 1


_SPOT = 1.25
"""The width in em of the mark of an issue or an exception."""

_NEAREST = 0.9
"""The distance in em below which the places of two marks would touch."""

M = TypeVar("M", IssueMark, ExceptionMark)


def _shared(marks: Iterable[M], scale: Scale) -> Iterator[tuple[float, tuple[M, ...]]]:
    """Yield the places of marks; those that would overlap on the narrowest drawing share one, in their middle."""
    groups: list[list[M]] = []
    for it in marks:
        if groups and scale.day(it.date) - scale.day(groups[-1][0].date) < _SPOT * 100 / plot(NARROWEST):
            groups[-1].append(it)
        else:
            groups.append([it])
    placed: list[list[M]] = []
    for group in groups:  # that may stand right behind the middle of the one before
        if placed and _middle(group, scale) - _middle(placed[-1], scale) < _NEAREST * 100 / plot(NARROWEST):
            placed[-1].extend(group)
        else:
            placed.append(group)
    for group in placed:
        yield round(_middle(group, scale), 2), tuple(group)


def _middle(group: Sequence[M], scale: Scale) -> float:
    return (scale.day(group[0].date) + scale.day(group[-1].date)) / 2


_TICK, _YEAR = 2.6, 2.9


def _ticks(life: Life, scale: Scale) -> Iterator[Label]:
    """Yield a tick for every release; on narrow drawings every second, fourth, … is named, the newest always."""
    newest = math.floor(scale.slot(life.as_of))
    steps = {width: 2 ** max(0, math.ceil(math.log2(_TICK * 100 / (scale.step * plot(width))))) for width in WIDTHS}
    for slot in range(math.ceil(scale.first), math.floor(scale.last) + 1):
        shows = next((width for width, step in steps.items() if (slot - newest) % step == 0), None)
        release = f"v1.{slot}"
        dated, planned = release in life.releases.days, not life.is_out(release)
        yield Label(x=scale.x(slot), text=f"1.{slot}", dated=dated, planned=planned, shows=shows)


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
            years.setdefault(year, replace(tick, text=year, planned=False))
    shown: list[Label] = []
    for label in reversed(years.values()):
        clear = itertools.takewhile(functools.partial(_is_clear, label, shown), reversed(WIDTHS))
        shown.append(replace(label, shows=min(clear, default=None)))
        yield shown[-1]


def _is_clear(label: Label, others: Iterable[Label], width: int) -> bool:
    """Whether a label touches none of those that are shown at a width of the drawing."""
    return all(
        abs(label.x - other.x) * plot(width) >= _YEAR * 100 for other in others if other.shows and other.shows <= width
    )


def _events(life: Life, items: Iterable[Span | Lane | ExceptionMark | IssueMark], scale: Scale) -> tuple[Event, ...]:
    """Return all that is drawn as events in order, for readers who listen.

    A stage's own event says the releases for which it was planned before.
    """
    events = [Event(x=scale.day(life.created), kind="created")] if life.created else []
    for item in items:
        match item:
            case Span():
                events.append(Event(x=item.x, kind="span", item=item))
            case Lane():
                events.append(Event(x=item.x, kind="milestone", item=item))
            case ExceptionMark():
                events.append(Event(x=scale.day(item.date), kind="exception", item=item))
            case IssueMark():
                events.append(Event(x=scale.day(item.date), kind="issue", item=item))
    return tuple(sorted([*events, Event(x=scale.day(life.as_of), kind="today")], key=lambda event: event.x))

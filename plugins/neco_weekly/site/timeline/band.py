"""The band of a timeline: the stage that the newest releases had, from one day until another."""

from __future__ import annotations

import datetime as dt
import functools
import itertools
from collections.abc import Iterator
from dataclasses import replace

from .life import Life
from .scale import Scale
from .values import WIDTHS, Span, plot


def spans(life: Life, scale: Scale) -> Iterator[Span]:
    """Yield the spans of the band: the time before anything was released, then each stage from its release on.

    kep.yaml tells one thing only: since when a proposal goes no further.
    """
    said = functools.partial(_said, life)
    runs = [(span, next(days)) for span, days in itertools.groupby(_turns(life), key=said)]
    ends = [*(since for _, since in runs if since), life.as_of][-len(runs) :]
    for (span, since), until in zip(runs, ends, strict=True):
        x = scale.day(since) if since else scale.x(scale.first)
        yield _with_words(replace(span, since=since, until=until, x=x, width=scale.day(until) - x))


def _turns(life: Life) -> list[dt.date | None]:
    """Return the days on which a span may begin, oldest first; the first is None where nothing tells."""
    days = {day for day, _ in [*life.shipped, *life.closings()]} | {record.date for record in life.history[:1]}
    begun = sorted(day for day in days | {life.created} if day and day <= life.as_of)
    if not begun or (life.created is None and _begins_unrecorded(life)):
        return [None, *begun]
    return [*begun]


def _said(life: Life, day: dt.date | None) -> Span:
    """Return the span that a day lies in, without its time: equal for days that say the same to the band."""
    shipped = [it for since, it in life.shipped if day and since <= day]
    statuses = [status for since, status in life.closings() if day and since <= day]
    stage, status = shipped[-1].stage if shipped else None, statuses[-1] if statuses else None
    span = Span(kind="stage", since=None, until=life.as_of, x=0, width=0, stage=stage, status=status)
    if status:
        return replace(span, kind="closed")
    if stage:
        return span
    return replace(span, kind="unrecorded" if _begins_unrecorded(life) else "unreleased")


def _begins_unrecorded(life: Life) -> bool:
    """Whether nobody says with which release the first stage came, and so nothing tells what was out before."""
    return bool(life.shipped) and life.shipped[0][1].release is None


_LETTER, _AROUND = 0.48, 0.3
_WORDS = {"unrecorded": 6.6, "unreleased": 6, "stage": 0, "closed": 5.6}


def _with_words(span: Span) -> Span:
    """Return a span with the least width of the drawing at which its words have room."""
    words = _WORDS[span.kind] + _LETTER * len(span.stage or "") + _AROUND
    shows = next((width for width in WIDTHS if words * 100 <= span.width * plot(width)), None)
    return replace(span, width=round(max(span.width, 0), 2), shows=shows)

"""What moved among KEPs, each move from a state to another: on the home, and at the end of an issue."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from itertools import islice, takewhile

from ...display.phrases import field_value, planned_text, shipped_text, stage_word
from ...display.words import Strings
from ...lock.releases_as_of import ReleasesAsOf
from ...model.kep_events import Event, EventKind
from ...model.keps import Stage, Status
from ...model.shipping import Planned, Shipped


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A KEP that moved `before` → `after` on a day. `stage` is what shipped; without it only a plan is another."""

    number: int
    before: str
    after: str
    day: str
    stage: Stage | None = None
    is_planned: bool = False


def first_moves(releases: ReleasesAsOf, keps: Collection[int], words: Strings, most: int) -> tuple[Move, ...]:
    """Return the newest moves, newest first, of each of the KEPs the newest alone.

    What is planned leads from what had shipped on its day: an earlier plan in that place would be read as a fact.
    """
    newest: dict[int, Move] = {}
    for event in releases.events:
        for number in event.keps:
            if number in keps and number not in newest and (found := _move(event, number, words)):
                newest[number] = _from_shipped(found, releases.lives[number].shipping.on(event.day), words)
        if len(newest) >= most:
            break
    return tuple(islice(newest.values(), most))


def _from_shipped(move: Move, shipped: Shipped | None, words: Strings) -> Move:
    if not move.is_planned:
        return move
    return replace(move, before=shipped_text(shipped, words) if shipped else words("stage.none"))


def moves_since(day: dt.date, events: Iterable[Event], keps: Collection[int], words: Strings) -> tuple[Move, ...]:
    """Return all moves of the KEPs since a day that are no plans, newest first: what shipped, and proposals that ended.

    `events` are given newest first.
    """
    later = takewhile(lambda it: it.day > day, events)
    found = (_move(event, number, words) for event in later for number in event.keps if number in keps)
    return tuple(it for it in found if it and not it.is_planned)


def _move(event: Event, number: int, words: Strings) -> Move | None:
    """Return the move that an event tells of; None for one that leads from nothing to anything."""
    day = event.day.isoformat()
    if event.kind is EventKind.SHIPPED and event.stage and event.stage is not event.before:
        before = stage_word(event.before, words) if event.before else words("stage.none")
        after = " ".join(filter(None, (stage_word(event.stage, words), event.release)))
        return Move(number=number, before=before, after=after, day=day, stage=event.stage)
    if event.kind is EventKind.PLAN and event.is_ahead and event.stage and event.release and event.source:
        after = planned_text(Planned(stage=event.stage, release=event.release, source=event.source), words)
        return Move(number=number, before="", after=after, day=day, is_planned=True)
    ended = next((it for it in event.differences if it.field == "status" and it.after in _ENDS), None)
    if event.kind is EventKind.STATUS and ended:
        before, after = (field_value("status", it, words) for it in (ended.before, ended.after))
        return Move(number=number, before=before, after=after, day=day)
    return None


_ENDS = frozenset(it.value for it in Status if it.is_closed)

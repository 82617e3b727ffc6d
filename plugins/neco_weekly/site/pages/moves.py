"""What moved among KEPs, each move from one state to another: on the home, and at the end of an issue."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from ...display.event_words import plan_before
from ...display.phrases import field_value, planned_text, stage_word
from ...display.words import Strings
from ...model.kep_events import Event, EventKind
from ...model.keps import Stage
from ...model.shipping import Planned


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A KEP that moved `before` → `after` on a day. `stage` is what shipped; without it only a plan is another."""

    number: int
    before: str
    after: str
    day: str
    stage: Stage | None = None
    is_planned: bool = False


def moves_of(events: Iterable[Event], keps: Collection[int], words: Strings) -> Iterator[Move]:
    """Yield the moves among events, given newest first, of KEPs out of `keps`: of each the newest alone."""
    seen: set[int] = set()
    for event in events:
        number = next((it for it in event.keps if it in keps and it not in seen), None)
        if number is not None and (found := _move(event, number, words)):
            seen.add(number)
            yield found


def first_moves(events: Iterable[Event], keps: Collection[int], words: Strings, most: int) -> tuple[Move, ...]:
    """Return the newest moves, at most so many."""
    return tuple(islice(moves_of(events, keps, words), most))


def _move(event: Event, number: int, words: Strings) -> Move | None:
    """Return the move that an event tells of; None for one that goes from nothing to anything."""
    day = event.day.isoformat()
    if event.kind is EventKind.SHIPPED and event.stage and event.stage is not event.before:
        before = stage_word(event.before, words) if event.before else words("stage.none")
        after = " ".join(filter(None, (stage_word(event.stage, words), event.release)))
        return Move(number=number, before=before, after=after, day=day, stage=event.stage)
    if event.kind is EventKind.PLAN and event.is_ahead and event.stage and event.release:
        after = planned_text(Planned(stage=event.stage, release=event.release, source=event.source), words)
        return Move(number=number, before=plan_before(event, words), after=after, day=day, is_planned=True)
    if event.kind is EventKind.STATUS:
        changed = next((it for it in event.differences if it.field == "status" and it.after), None)
        if changed:
            before = field_value("status", changed.before, words)
            after = field_value("status", changed.after, words)
            return Move(number=number, before=before, after=after, day=day)
    return None

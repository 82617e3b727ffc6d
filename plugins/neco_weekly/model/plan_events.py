"""Events of a KEP's plans: each record of kep.yaml that changes anything is one event, told by its greatest news.

A proposal that is closed, or open again, comes before its stage; the stage in progress and its release before other
milestones, those before the status, and all before words. A record that leaves, after the freeze, what was planned for
a release then is a slip, unless the stage came with the release after all. What is merely seen for the first time
(an API without a past, the end of a shallow clone) is no new KEP: nobody knows since when it is there.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace

from .history import Difference, differences
from .kep_events import Event, EventKind
from .keps import EnhancementState, Record, Stage, Status, release_order
from .release_plans import named_release, planned_by
from .release_rows import Life
from .releases import Releases

NONE = "none"
"""What an id says of a state that has no stage, or of a stage that has no release."""


def plan_events(life: Life, releases: Releases) -> Iterator[Event]:
    """Yield the events of a KEP's records, oldest first; a record that only respells the state, or has no day, is none.

    A gap in which several files have the number, or in which a file cannot be read, is skipped: the states around it
    are compared.
    """
    for event in _of_records(life, releases):
        is_ahead = event.release is not None and not releases.is_out(event.release, event.day)
        yield replace(event, is_ahead=is_ahead)


def _of_records(life: Life, releases: Releases) -> Iterator[Event]:
    about = f"kep/{life.enhancement.number}"
    last: Record | None = None
    gone = False
    for record in life.enhancement.history:
        if record.state is None:
            if record.gap == "deleted" and last:
                gone = True
                yield from _dated(life, record, EventKind.GONE, f"{about}/gone")
            continue
        if last is None or last.state is None:
            if not record.observed:
                yield from _dated(life, record, EventKind.NEW, f"{about}/new")
        elif found := _differences(last, record):
            yield from (_with_slip(it, life, last, record, releases) for it in _changed(life, record, found))
        elif gone:
            yield from _dated(life, record, EventKind.BACK, f"{about}/back")
        last, gone = record, False


def _dated(
    life: Life, record: Record, kind: EventKind, reached: str, found: Sequence[Difference] = ()
) -> Iterator[Event]:
    """Yield the event of a record, if the record has a day."""
    state = record.state
    if record.source.date:
        yield Event(
            id=reached,
            day=record.source.date,
            kind=kind,
            keps=(life.enhancement.number,),
            stage=state.stage if state else None,
            release=state.milestone if state else None,
            differences=tuple(found),
            source=record.source,
        )


def _differences(before: Record, after: Record) -> tuple[Difference, ...]:
    if before.state is None or after.state is None:
        return ()
    found = tuple(differences(before.state, after.state))
    if before.source.path != after.source.path:
        return (*found, Difference(field="path", before=before.source.path, after=after.source.path))
    return found


def _changed(life: Life, record: Record, found: Sequence[Difference]) -> Iterator[Event]:
    state = record.state
    if state is None:
        return
    kind, reached = _news(state, {it.field: it for it in found})
    for event in _dated(life, record, kind, f"kep/{life.enhancement.number}/{reached}", found):
        if kind is EventKind.AGAIN:
            yield replace(event, release=state.latest_milestone)
        elif kind is EventKind.MILESTONE:
            stage = Stage(reached.split("/")[1])
            yield replace(event, stage=stage, release=state.milestones.get(stage))
        else:
            yield event


def _news(state: EnhancementState, found: dict[str, Difference]) -> tuple[EventKind, str]:
    """Return the kind of the greatest of some differences, and the state reached as the end of an id."""
    status = found.get("status")
    if status and any(it and Status(it).is_closed for it in (status.before, status.after)):
        return EventKind.STATUS, f"status/{status.after or NONE}"
    if "stage" in found or f"milestones.{state.stage}" in found:
        return EventKind.PLAN, f"plan/{state.stage or NONE}/{state.milestone or NONE}"
    if "latest_milestone" in found:
        kind = EventKind.PLAN if state.latest_milestone == state.milestone else EventKind.AGAIN
        return kind, f"{kind}/{state.stage or NONE}/{state.latest_milestone or NONE}"
    if moved := next((stage for stage in Stage if f"milestones.{stage}" in found), None):
        return EventKind.MILESTONE, f"milestone/{moved}/{state.milestones.get(moved, NONE)}"
    if status:
        return EventKind.STATUS, f"status/{status.after or NONE}"
    first = next(iter(found.values()))
    return EventKind.OTHER, f"{first.field}/{_digest(first.after)}"


def _digest(text: str | None) -> str:
    """Return a short word for a text of which an id can have no more: a title may be anything."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12] if text else NONE


# --- slips --------------------------------------------------------------------------------------------------------


def _with_slip(event: Event, life: Life, before: Record, after: Record, releases: Releases) -> Event:
    """Return the event of a record as a slip, where the record leaves what was planned at a release's freeze."""
    release = before.state.latest_milestone if before.state else None
    if release is None or event.kind is EventKind.STATUS or release not in releases.freezes:
        return event
    freeze = releases.freezes[release].enhancements
    at_freeze = life.enhancement.at(freeze)
    plan = planned_by(at_freeze, release) if at_freeze else None
    still = planned_by(before, release)
    if plan is None or plan.again or still is None or still.stage is not plan.stage or after.date <= freeze:
        return event
    to = named_release(after.state, plan.stage)
    came = life.shipping.reached(plan.stage)
    if (to and release_order(to) <= release_order(release)) or (came and came.release == release):
        return event
    return replace(event, kind=EventKind.SLIPPED, stage=plan.stage, release=to, missed=release)

"""What happened to a KEP in words, without the KEP's name: one line for feeds, pages, digests and data alike.

What was only planned on the event's day says so; what kep.yaml wrote down later is told as written.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ..model.history import Difference
from ..model.kep_events import Event, EventKind
from .phrases import default_text, field_name, field_value, stage_word
from .words import Strings


def event_text(event: Event, words: Strings) -> str:
    """Return what happened, plain text: `planned: stable v1.38 (before: beta v1.36)`. Words of files may be in it."""
    return _TOLD.get(event.kind, _plain)(event, words)


def _plain(event: Event, words: Strings) -> str:
    return words(f"change.{event.kind}")


def _new(event: Event, words: Strings) -> str:
    is_planned = event.stage and event.release and event.is_ahead
    return words("change.new_planned", **_reached(event, words)) if is_planned else words("change.new")


def _plan(event: Event, words: Strings) -> str:
    if event.release and event.stage:
        told = words("change.planned" if event.is_ahead else "change.written", **_reached(event, words))
    elif event.stage:
        told = words("change.planned_stage", stage=stage_word(event.stage, words))
    else:
        told = words("change.planned_nothing")
    return _with_before(told, _plan_before(event, words), words)


def _plan_before(event: Event, words: Strings) -> str:
    """Return the stage and the release before, of those that changed."""
    found = {it.field: it for it in event.differences}
    stage, release = found.get("stage"), found.get(f"milestones.{event.stage}")
    if stage is None:
        return (release and release.before) or ""
    earlier = found.get(f"milestones.{stage.before}") or found.get("latest_milestone")
    named = earlier.before if earlier else None
    return " ".join(filter(None, (field_value("stage", stage.before, words), named)))


def _again(event: Event, words: Strings) -> str:
    key = "change.again" if event.is_ahead else "change.again_written"
    return words(key, stage=stage_word(event.stage, words), release=event.release or "—")


def _milestone(event: Event, words: Strings) -> str:
    key = "change.milestone" if event.release else "change.milestone_gone"
    moved = next((it for it in event.differences if it.field == f"milestones.{event.stage}"), None)
    return _with_before(words(key, **_reached(event, words)), (moved and moved.before) or "", words)


def _status(event: Event, words: Strings) -> str:
    changed = next((it for it in event.differences if it.field == "status"), None)
    if changed is None or changed.after is None:
        return words("change.status_gone")
    before = field_value("status", changed.before, words) if changed.before else ""
    return _with_before(words("change.status", status=field_value("status", changed.after, words)), before, words)


def _slipped(event: Event, words: Strings) -> str:
    key = "slipped_somewhere" if event.release is None else "slipped" if event.is_ahead else "slipped_came"
    return words(f"change.{key}", missed=event.missed, **_reached(event, words))


def _other(event: Event, words: Strings) -> str:
    changed = event.differences[0] if event.differences else Difference(field="title", before=None, after=None)
    told = words(
        "change.other",
        field=field_name(changed.field, words),
        after=field_value(changed.field, changed.after, words),
    )
    return _with_before(told, changed.before or "", words)


def _exception(event: Event, words: Strings) -> str:
    decision = "asked" if event.kind is EventKind.ASKED or event.request is None else event.request.decision
    freeze = words(f"exception.freeze_{event.freeze or 'other'}")
    return words(f"change.exception-{decision}", release=event.release, freeze=freeze)


def _shipped(event: Event, words: Strings) -> str:
    if event.default is None:
        return words("change.shipped", **_reached(event, words))
    return words("change.shipped_default", default=default_text(event.default, words), **_reached(event, words))


def _default(event: Event, words: Strings) -> str:
    return words("change.default", **_reached(event, words))


def _setback(event: Event, words: Strings) -> str:
    is_default = event.stage is event.before
    told = {"before": stage_word(event.before, words), "gate": event.gate, **_reached(event, words)}
    if event.gate is None:
        return words("change.default_back" if is_default else "change.setback", **told)
    key = "gate_gone" if event.stage is None else "gate_default_back" if is_default else "gate_back"
    return words(f"change.{key}", **told)


def _missed(event: Event, words: Strings) -> str:
    return words("change.missed", missed=event.missed, stage=stage_word(event.stage, words))


def _reached(event: Event, words: Strings) -> dict[str, str]:
    return {"stage": stage_word(event.stage, words), "release": event.release or "—"}


def _with_before(told: str, before: str, words: Strings) -> str:
    return words("change.before", told=told, before=before) if before else told


_TOLD: Mapping[EventKind, Callable[[Event, Strings], str]] = {
    EventKind.NEW: _new,
    EventKind.PLAN: _plan,
    EventKind.AGAIN: _again,
    EventKind.MILESTONE: _milestone,
    EventKind.STATUS: _status,
    EventKind.SLIPPED: _slipped,
    EventKind.OTHER: _other,
    EventKind.ASKED: _exception,
    EventKind.DECIDED: _exception,
    EventKind.SHIPPED: _shipped,
    EventKind.DEFAULT: _default,
    EventKind.SETBACK: _setback,
    EventKind.MISSED: _missed,
}

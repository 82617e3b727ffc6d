"""One state of an enhancement as JSON, and its source: validated when read, canonical when written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, cast, get_args

from ..model.keps import EnhancementState, Source, SourceKind, Stage, Status
from . import json_values as read

SOURCE_KINDS = get_args(SourceKind)
"""What a source may be called in the lock."""

_STAGES, _STATUSES = tuple(Stage), tuple(Status)

_SOURCE_FIELDS = frozenset("kind date path pull commit".split())


def _milestones(document: Mapping[str, Any], name: str) -> dict[Stage, str]:
    if document.get(name) is None:
        return {}
    return read.table(document, name, lambda key, item: (Stage(read.choice(key, _STAGES)), read.release(item)))


def _raw(document: Mapping[str, Any], name: str) -> dict[str, str]:
    if document.get(name) is None:
        return {}
    return read.table(document, name, lambda key, item: (key, read.text(item)))


@dataclass(frozen=True, slots=True, kw_only=True)
class StateField:
    """How a field of a KEP's state is read from an object that may lack the field, and written; None is left out."""

    read: Callable[[Mapping[str, Any], str], Any]
    write: Callable[[EnhancementState], Any]


def optional(reader: Callable[[Any], object]) -> Callable[[Mapping[str, Any], str], object]:
    """Return a reader of a field that gives None where an object lacks the field."""
    return lambda document, name: read.optional(document, name, reader)


STATE_FIELDS: Mapping[str, StateField] = {
    "title": StateField(
        read=lambda document, name: read.optional(document, name, read.text) or "",
        write=lambda state: state.title or None,
    ),
    "sig": StateField(read=optional(read.text), write=lambda state: state.sig),
    "status": StateField(
        read=optional(lambda word: Status(read.choice(word, _STATUSES))), write=lambda state: state.status
    ),
    "stage": StateField(read=optional(lambda word: Stage(read.choice(word, _STAGES))), write=lambda state: state.stage),
    "latest_milestone": StateField(read=optional(read.release), write=lambda state: state.latest_milestone),
    "milestones": StateField(
        read=_milestones,
        write=lambda state: {it: state.milestones[it] for it in Stage if it in state.milestones} or None,
    ),
    "feature_gates": StateField(
        read=lambda document, name: read.optional(document, name, read.texts) or (),
        write=lambda state: list(state.feature_gates) or None,
    ),
    "raw": StateField(read=_raw, write=lambda state: dict(sorted(state.raw.items())) or None),
}
"""The fields of a KEP's state, in the order of `keps.json`."""


def state_to_dict(state: EnhancementState) -> dict[str, Any]:
    """Return all fields of a KEP's state as JSON values; an empty field stands as None."""
    return {name: field_.write(state) for name, field_ in STATE_FIELDS.items()}


def read_source(value: Any) -> Source:
    """Return the source of a fact from its JSON.

    Raises:
        WrongError: the JSON is no source; the place in the message begins at `.source`.
    """
    try:
        document = read.fields(value, _SOURCE_FIELDS)
        return Source(
            kind=cast(SourceKind, read.required(document, "kind", lambda word: read.choice(word, SOURCE_KINDS))),
            date=read.optional(document, "date", read.date),
            path=read.optional(document, "path", read.text),
            pull=read.optional(document, "pull", read.integer),
            commit=read.optional(document, "commit", read.text),
        )
    except read.WrongError as wrong:
        raise wrong.inside(".source") from None


def source_to_dict(source: Source) -> dict[str, Any]:
    """Return the source of a fact as JSON, empty fields left out."""
    return read.without_empty(
        {
            "kind": source.kind,
            "date": source.date.isoformat() if source.date else None,
            "path": source.path,
            "pull": source.pull,
            "commit": source.commit,
        }
    )

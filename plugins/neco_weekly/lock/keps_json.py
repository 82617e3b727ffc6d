"""`keps.json` of the lock: enhancements, each as of today and as of the time before every change.

An enhancement's `history` has the newest change first. Each entry has its day and what `was` before it, so that today's
state stands at the top, a change of the lock reads like what happened, and nothing is written twice.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, cast, get_args

from ..model.kep_fields import DETAILS, STATE, DetailKind
from ..model.keps import (
    Absence,
    Claim,
    Details,
    DetailValue,
    Enhancement,
    EnhancementState,
    Gap,
    Record,
    Reference,
    Source,
    SourceKind,
    Stage,
    Status,
)
from . import json_values as read

SCHEMA = 2
"""The schema version of `keps.json` that this program writes; a newer one is refused. Version 1 had no history."""

_TABLES = frozenset({"schema", "as_of", "keps", "missing", "irregular"})


@dataclass(frozen=True, slots=True, kw_only=True)
class KepsDocument:
    """What `keps.json` holds: enhancements by KEP number, and `as_of`, the newest day that a source speaks for.

    `missing` are numbers found nowhere, `irregular` files that could not be used, each with a sentence saying why.
    """

    as_of: dt.date | None = None
    keps: Mapping[int, Enhancement] = field(default_factory=dict)
    missing: Mapping[int, Absence] = field(default_factory=dict)
    irregular: Mapping[str, str] = field(default_factory=dict)


def read_keps(path: Path) -> KepsDocument:
    """Return what `keps.json` holds; a file that does not exist holds nothing.

    Raises:
        NecoError: the file is damaged, wrongly edited, or of a newer schema.
    """
    document = read.read_document(path, schema=SCHEMA)
    with read.naming(path):
        read.fields(document, _TABLES)
        missing = read.table(document, "missing", lambda key, value: (_number(key), read.choice(value, _ABSENCES)))
        return KepsDocument(
            as_of=read.optional(document, "as_of", read.date),
            keps=read.table(document, "keps", lambda key, value: (n := _number(key), enhancement_from_dict(n, value))),
            missing=cast("dict[int, Absence]", missing),
            irregular=read.table(document, "irregular", lambda key, value: (read.text(key), read.text(value))),
        )


def keps_text(document: KepsDocument) -> str:
    """Return the canonical text of `keps.json`, sorted by KEP number."""
    return read.to_text(
        {
            "schema": SCHEMA,
            "as_of": document.as_of.isoformat() if document.as_of else None,
            "keps": {str(number): enhancement_to_dict(document.keps[number]) for number in sorted(document.keps)},
            "missing": {str(number): document.missing[number] for number in sorted(document.missing)},
            **read.without_empty({"irregular": dict(sorted(document.irregular.items()))}),
        }
    )


_ABSENCES, _GAPS, _KINDS = get_args(Absence), get_args(Gap), get_args(SourceKind)

_STAGES, _STATUSES = tuple(Stage), tuple(Status)


def _number(key: str) -> int:
    if not (key.isascii() and key.isdecimal() and key[0] != "0" and len(key) <= 5):
        raise read.WrongError("expected a KEP number from 1 to 99999")
    return int(key)


# --- states -------------------------------------------------------------------------------------------------------


def _milestones(document: Mapping[str, Any], name: str) -> dict[Stage, str]:
    if document.get(name) is None:
        return {}
    return read.table(document, name, lambda key, item: (Stage(read.choice(key, _STAGES)), read.release(item)))


def _raw(document: Mapping[str, Any], name: str) -> dict[str, str]:
    if document.get(name) is None:
        return {}
    return read.table(document, name, lambda key, item: (key, read.text(item)))


@dataclass(frozen=True, slots=True, kw_only=True)
class _StateField:
    """How a field of a KEP's state is read from an object that may lack the field, and written; None is left out."""

    read: Callable[[Mapping[str, Any], str], Any]
    write: Callable[[EnhancementState], Any]


def _optional(reader: Callable[[Any], object]) -> Callable[[Mapping[str, Any], str], object]:
    return lambda document, name: read.optional(document, name, reader)


_STATE: Mapping[str, _StateField] = {
    "title": _StateField(
        read=lambda document, name: read.optional(document, name, read.text) or "",
        write=lambda state: state.title or None,
    ),
    "sig": _StateField(read=_optional(read.text), write=lambda state: state.sig),
    "status": _StateField(
        read=_optional(lambda word: Status(read.choice(word, _STATUSES))), write=lambda state: state.status
    ),
    "stage": _StateField(
        read=_optional(lambda word: Stage(read.choice(word, _STAGES))), write=lambda state: state.stage
    ),
    "latest_milestone": _StateField(read=_optional(read.release), write=lambda state: state.latest_milestone),
    "milestones": _StateField(
        read=_milestones,
        write=lambda state: {it: state.milestones[it] for it in Stage if it in state.milestones} or None,
    ),
    "feature_gates": _StateField(
        read=lambda document, name: read.optional(document, name, read.texts) or (),
        write=lambda state: list(state.feature_gates) or None,
    ),
    "raw": _StateField(read=_raw, write=lambda state: dict(sorted(state.raw.items())) or None),
}
"""The fields of a KEP's state, in the order of `keps.json`."""


def _state_to_dict(state: EnhancementState) -> dict[str, Any]:
    """Return all fields of a KEP's state as JSON values; an empty field stands as None."""
    return {name: field_.write(state) for name, field_ in _STATE.items()}


# --- enhancements -------------------------------------------------------------------------------------------------


_SOURCE_FIELDS = frozenset("kind date path pull commit".split())

_ENHANCEMENT_FIELDS = frozenset({*_STATE, *(row.name for row in DETAILS), "claims", "source", "history"})

_ENTRY_FIELDS = frozenset("kind date pull commit observed gap was".split())

_BEFORE_FIELDS = frozenset({*_STATE, "path"})

_CLAIMED = (*(row.name for row in STATE if row.name != "milestones"), *(f"milestones.{it}" for it in Stage))


def enhancement_from_dict(number: int, value: Any) -> Enhancement:
    """Return the enhancement of a JSON object that `enhancement_to_dict` made; raises WrongError for another value."""
    document = read.fields(value, _ENHANCEMENT_FIELDS)
    state = EnhancementState(**{name: field_.read(document, name) for name, field_ in _STATE.items()})
    state = state if state.title else replace(state, title=f"KEP-{number}")
    source = _source(document.get("source"))
    return Enhancement(
        number=number,
        state=state,
        source=source,
        history=_history(document, state, source),
        details=Details.of(**{row.name: _DETAILS[row.kind].read(document, row.name) for row in DETAILS}),
        claims=read.items(document, "claims", _claim),
    )


def enhancement_to_dict(enhancement: Enhancement) -> dict[str, Any]:
    """Return an enhancement as a JSON object of the lock, without its number; empty fields are left out."""
    return read.without_empty(
        {
            **_state_to_dict(enhancement.state),
            **details_to_dict(enhancement.details),
            "claims": [_claim_to_dict(claim) for claim in enhancement.claims],
            "source": _source_to_dict(enhancement.source),
            "history": list(_history_to_list(enhancement)),
        }
    )


def _source(value: Any) -> Source:
    try:
        document = read.fields(value, _SOURCE_FIELDS)
        return Source(
            kind=cast(SourceKind, read.required(document, "kind", lambda word: read.choice(word, _KINDS))),
            date=read.optional(document, "date", read.date),
            path=read.optional(document, "path", read.text),
            pull=read.optional(document, "pull", read.integer),
            commit=read.optional(document, "commit", read.text),
        )
    except read.WrongError as wrong:
        raise wrong.inside(".source") from None


def _source_to_dict(source: Source) -> dict[str, Any]:
    return read.without_empty(
        {
            "kind": source.kind,
            "date": source.date.isoformat() if source.date else None,
            "path": source.path,
            "pull": source.pull,
            "commit": source.commit,
        }
    )


def details_to_dict(details: Details) -> dict[str, Any]:
    """Return the details of an enhancement as a JSON object; empty details are left out."""
    kinds = {row.name: row.kind for row in DETAILS}
    return {name: _DETAILS[kinds[name]].write(value) for name, value in details.values.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Detail:
    """How a KEP's detail of one kind is read from an object that may lack the detail, and how written."""

    read: Callable[[Mapping[str, Any], str], DetailValue | None]
    write: Callable[[Any], Any]


def _reference(value: Any) -> Reference:
    document = read.fields(value, frozenset({"text", "kep", "url"}))
    return Reference(
        text=read.optional(document, "text", read.text) or "",
        kep=read.optional(document, "kep", read.integer),
        url=read.optional(document, "url", read.url),
    )


def _reference_to_dict(reference: Reference) -> dict[str, Any]:
    return read.without_empty({"kep": reference.kep, "url": reference.url, "text": reference.text})


_DETAILS: Mapping[DetailKind, _Detail] = {
    "texts": _Detail(read=lambda document, name: read.optional(document, name, read.texts), write=list),
    "sigs": _Detail(read=lambda document, name: read.optional(document, name, read.texts), write=list),
    "day": _Detail(read=lambda document, name: read.optional(document, name, read.date), write=dt.date.isoformat),
    "references": _Detail(
        read=lambda document, name: read.items(document, name, _reference),
        write=lambda references: [_reference_to_dict(it) for it in references],
    ),
}


def _claim(value: Any) -> Claim:
    document = read.fields(value, frozenset({"field", "value", "source"}))
    return Claim(
        field=read.required(document, "field", lambda name: read.choice(name, _CLAIMED)),
        value=read.required(document, "value", read.text),
        source=_source(document.get("source")),
    )


def _claim_to_dict(claim: Claim) -> dict[str, Any]:
    return {"field": claim.field, "value": claim.value, "source": _source_to_dict(claim.source)}


# --- history ------------------------------------------------------------------------------------------------------


def _history(document: Mapping[str, Any], state: EnhancementState, source: Source) -> tuple[Record, ...]:
    """Return the records of a KEP's history, oldest first, by undoing one change after the other from today's state."""
    records: list[Record] = []
    after: EnhancementState = state
    path, later = source.path, dt.date.max

    def read_entry(value: Any) -> None:
        nonlocal after, path, later
        entry = read.fields(value, _ENTRY_FIELDS)
        day = read.required(entry, "date", read.date)
        if day > later:
            raise read.WrongError(f"{day} is later than the change above it", ".date")
        records.append(_record(entry, day, after, path, source))
        changed = read.optional(entry, "was", _was) or {}
        path = changed.pop("path", path)
        after = replace(after, **changed) if changed else after
        later = day

    read.items(document, "history", read_entry)
    return tuple(reversed(records))


def _was(value: Any) -> dict[str, Any]:
    """Return what the fields of a KEP's state were before a change, `path` among them."""
    was = read.fields(value, _BEFORE_FIELDS)
    readers = {**{name: field_.read for name, field_ in _STATE.items()}, "path": _optional(read.text)}
    return {name: readers[name](was, name) for name in was}


def _record(
    entry: Mapping[str, Any], day: dt.date, state: EnhancementState, path: str | None, newest: Source
) -> Record:
    gap = read.optional(entry, "gap", lambda word: cast(Gap, read.choice(word, _GAPS)))
    kind = read.optional(entry, "kind", lambda word: cast(SourceKind, read.choice(word, _KINDS)))
    return Record(
        state=None if gap else state,
        gap=gap,
        observed=read.optional(entry, "observed", read.flag) or False,
        source=Source(
            kind=kind or newest.kind,
            date=day,
            path=None if gap else path,
            pull=read.optional(entry, "pull", read.integer),
            commit=read.optional(entry, "commit", read.text),
        ),
    )


def _history_to_list(enhancement: Enhancement) -> Iterator[dict[str, Any]]:
    """Yield a KEP's history as JSON, newest first; around a gap, the record before is compared with the one after."""
    after = {**_state_to_dict(enhancement.state), "path": enhancement.source.path}
    newest_first = list(reversed(enhancement.history))
    for record, before in zip(newest_first, [*newest_first[1:], None], strict=False):
        was = {} if before is None or before.state is None else _difference(before, after)
        after = after | was
        yield {**_entry(record, enhancement.source), **({"was": was} if was else {})}


def _difference(before: Record, after: Mapping[str, Any]) -> dict[str, Any]:
    if before.state is None:
        return {}
    earlier = {**_state_to_dict(before.state), "path": before.source.path}
    return {name: value for name, value in earlier.items() if value != after[name]}


def _entry(record: Record, newest: Source) -> dict[str, Any]:
    return read.without_empty(
        {
            "date": record.date.isoformat(),
            "kind": record.source.kind if record.source.kind != newest.kind else None,
            "pull": record.source.pull,
            "commit": record.source.commit,
            "observed": record.observed or None,
            "gap": record.gap,
        }
    )

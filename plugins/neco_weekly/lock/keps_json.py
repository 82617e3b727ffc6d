"""`keps.json`: enhancements, each as it is today and as it was before every change.

An enhancement's `history` has the newest change first. Each entry tells its day and what `was` before it, so that
today's state stands at the top, a change of the lock reads like what happened, and nothing is written twice.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, cast, get_args

from ..model.keps import (
    Absence,
    Claim,
    Details,
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
"""The version this program writes; it reads no newer one. The first had no history."""

_TABLES = frozenset({"schema", "as_of", "keps", "missing", "irregular"})


@dataclass(frozen=True, slots=True, kw_only=True)
class KepsDocument:
    """What `keps.json` holds.

    `missing` are numbers that were looked for and found nowhere, `irregular` files of the source that could not be
    used, each with a sentence saying why.
    """

    as_of: dt.date | None = None
    keps: Mapping[int, Enhancement] = field(default_factory=dict)
    missing: Mapping[int, Absence] = field(default_factory=dict)
    irregular: Mapping[str, str] = field(default_factory=dict)


def read_keps(path: Path) -> KepsDocument:
    """Read `keps.json`; no file is an empty one. Raises NecoError."""
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
    """The canonical text of `keps.json`."""
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


def _plain(reader: Callable[[Any], object]) -> Callable[[Mapping[str, Any], str], object]:
    return lambda document, name: read.optional(document, name, reader)


_STATE: Mapping[str, Callable[[Mapping[str, Any], str], Any]] = {
    "title": lambda document, name: read.optional(document, name, read.text) or "",
    "sig": _plain(read.text),
    "status": _plain(lambda word: Status(read.choice(word, _STATUSES))),
    "stage": _plain(lambda word: Stage(read.choice(word, _STAGES))),
    "latest_milestone": _plain(read.release),
    "milestones": _milestones,
    "feature_gates": lambda document, name: read.optional(document, name, read.texts) or (),
    "raw": _raw,
}
"""For each field of a state, how it is read."""


def _state_to_dict(state: EnhancementState) -> dict[str, Any]:
    """All fields; what is empty stands as None."""
    return {
        "title": state.title or None,
        "sig": state.sig,
        "status": state.status,
        "stage": state.stage,
        "latest_milestone": state.latest_milestone,
        "milestones": {stage: state.milestones[stage] for stage in Stage if stage in state.milestones} or None,
        "feature_gates": list(state.feature_gates) or None,
        "raw": dict(sorted(state.raw.items())) or None,
    }


# --- enhancements -------------------------------------------------------------------------------------------------


_SOURCE_FIELDS = frozenset("kind date path pull commit".split())

_DETAILS_FIELDS = frozenset("authors participating_sigs created see_also replaces superseded_by".split())

_ENHANCEMENT_FIELDS = frozenset({*_STATE, *_DETAILS_FIELDS, "claims", "source", "history"})

_ENTRY_FIELDS = frozenset("kind date pull commit observed gap was".split())

_BEFORE_FIELDS = frozenset({*_STATE, "path"})

_CLAIMED = (*"title sig status stage latest_milestone feature_gates".split(), *(f"milestones.{it}" for it in Stage))


def enhancement_from_dict(number: int, value: Any) -> Enhancement:
    """An enhancement from what `enhancement_to_dict` makes of it; raises ValueError where it is something else."""
    document = read.fields(value, _ENHANCEMENT_FIELDS)
    state = EnhancementState(**{name: reader(document, name) for name, reader in _STATE.items()})
    state = state if state.title else replace(state, title=f"KEP-{number}")
    source = _source(document.get("source"))
    return Enhancement(
        number=number,
        state=state,
        source=source,
        history=_history(document, state, source),
        details=_details(document) if not _DETAILS_FIELDS.isdisjoint(document) else Details(),
        claims=read.items(document, "claims", _claim),
    )


def enhancement_to_dict(enhancement: Enhancement) -> dict[str, Any]:
    """An enhancement as the lock writes it, without its number; empty fields are left out."""
    return read.without_empty(
        {
            **_state_to_dict(enhancement.state),
            **_details_to_dict(enhancement.details),
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


def _details(document: Mapping[str, Any]) -> Details:
    return Details(
        authors=read.optional(document, "authors", read.texts) or (),
        participating_sigs=read.optional(document, "participating_sigs", read.texts) or (),
        created=read.optional(document, "created", read.date),
        see_also=read.items(document, "see_also", _reference),
        replaces=read.items(document, "replaces", _reference),
        superseded_by=read.items(document, "superseded_by", _reference),
    )


def _details_to_dict(details: Details) -> dict[str, Any]:
    return {
        "authors": list(details.authors),
        "participating_sigs": list(details.participating_sigs),
        "created": details.created.isoformat() if details.created else None,
        "see_also": [_reference_to_dict(reference) for reference in details.see_also],
        "replaces": [_reference_to_dict(reference) for reference in details.replaces],
        "superseded_by": [_reference_to_dict(reference) for reference in details.superseded_by],
    }


def _reference(value: Any) -> Reference:
    document = read.fields(value, frozenset({"text", "kep", "url"}))
    return Reference(
        text=read.optional(document, "text", read.text) or "",
        kep=read.optional(document, "kep", read.integer),
        url=read.optional(document, "url", read.url),
    )


def _reference_to_dict(reference: Reference) -> dict[str, Any]:
    return read.without_empty({"kep": reference.kep, "url": reference.url, "text": reference.text})


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
    """The records, oldest first, by undoing one change after the other."""
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
    """What the fields were before a change, `path` among them."""
    was = read.fields(value, _BEFORE_FIELDS)
    readers = {**_STATE, "path": _plain(read.text)}
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
    """Entries, newest first. A gap changes nothing: what was before it is compared with what came after it."""
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

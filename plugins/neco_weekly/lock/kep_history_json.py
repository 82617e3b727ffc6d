"""The history of an enhancement as JSON: newest first, each entry with its day and what `was` before it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, cast, get_args

from ..model.keps import Enhancement, EnhancementState, Gap, Record, Source, SourceKind
from . import json_values as read
from .kep_state_json import SOURCE_KINDS, STATE_FIELDS, optional, state_to_dict

_GAPS = get_args(Gap)

_ENTRY_FIELDS = frozenset("kind date pull commit observed gap was".split())

_BEFORE_FIELDS = frozenset({*STATE_FIELDS, "path"})


def read_history(document: Mapping[str, Any], state: EnhancementState, source: Source) -> tuple[Record, ...]:
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
    readers = {**{name: field_.read for name, field_ in STATE_FIELDS.items()}, "path": optional(read.text)}
    return {name: readers[name](was, name) for name in was}


def _record(
    entry: Mapping[str, Any], day: dt.date, state: EnhancementState, path: str | None, newest: Source
) -> Record:
    gap = read.optional(entry, "gap", lambda word: cast(Gap, read.choice(word, _GAPS)))
    kind = read.optional(entry, "kind", lambda word: cast(SourceKind, read.choice(word, SOURCE_KINDS)))
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


def history_to_list(enhancement: Enhancement) -> Iterator[dict[str, Any]]:
    """Yield a KEP's history as JSON, newest first; around a gap, the record before is compared with the one after."""
    after = {**state_to_dict(enhancement.state), "path": enhancement.source.path}
    newest_first = list(reversed(enhancement.history))
    for record, before in zip(newest_first, [*newest_first[1:], None], strict=False):
        was = {} if before is None else _difference(before, after)
        after = after | was
        yield {**_entry(record, enhancement.source), **({"was": was} if was else {})}


def _difference(before: Record, after: Mapping[str, Any]) -> dict[str, Any]:
    if before.state is None:
        return {}
    earlier = {**state_to_dict(before.state), "path": before.source.path}
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

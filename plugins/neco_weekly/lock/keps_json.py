"""`keps.json` of the lock: enhancements, each as of today and as of the time before every change.

An enhancement's `history` has the newest change first. Each entry has its day and what `was` before it, so that today's
state stands at the top, a change of the lock reads like what happened, and nothing is written twice.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, cast, get_args

from ..model.gates import Gates
from ..model.kep_fields import DETAILS, STATE, DetailKind
from ..model.keps import (
    Absence,
    Claim,
    Details,
    DetailValue,
    Enhancement,
    EnhancementState,
    Reference,
    Stage,
    Summary,
    release_order,
)
from . import json_values as read
from .gates_json import gates_to_dict, read_gates
from .json_documents import naming, read_document, to_text
from .kep_history_json import history_to_list, read_history
from .kep_state_json import STATE_FIELDS, read_source, source_to_dict, state_to_dict

SCHEMA = 4
"""The schema version of `keps.json` that this program writes; a newer one is refused, older ones are read.

Version 1 had no history, version 2 no feature gates, no releases and no pull requests, version 3 no summaries.
"""

_TABLES = frozenset("schema as_of keps missing irregular gate_sources gates released pulls".split())


@dataclass(frozen=True, slots=True, kw_only=True)
class KepsDocument:
    """What `keps.json` holds: enhancements by KEP number, feature gates, and `as_of`, the day that it speaks for.

    `missing` are numbers found nowhere, `irregular` files that could not be used, each with a sentence saying why.
    `released` are the days of releases that a source has seen come out. `pulls` has for pull requests that issues
    mention the numbers of the KEPs that each has changed, sorted.
    """

    as_of: dt.date | None = None
    keps: Mapping[int, Enhancement] = field(default_factory=dict)
    missing: Mapping[int, Absence] = field(default_factory=dict)
    irregular: Mapping[str, str] = field(default_factory=dict)
    gates: Gates = field(default_factory=Gates)
    released: Mapping[str, dt.date] = field(default_factory=dict)
    pulls: Mapping[int, tuple[int, ...]] = field(default_factory=dict)


def read_keps(path: Path) -> KepsDocument:
    """Return what `keps.json` holds; a file that does not exist holds nothing.

    Raises:
        NecoError: the file is damaged, wrongly edited, or of a newer schema.
    """
    document = read_document(path, schema=SCHEMA)
    with naming(path):
        return keps_from_dict(document)


def keps_from_dict(document: Mapping[str, Any]) -> KepsDocument:
    """Return what a JSON object says that `keps_to_dict` made; raises WrongError for another one."""
    read.fields(document, _TABLES)
    missing = read.table(document, "missing", lambda key, value: (number_of(key), read.choice(value, _ABSENCES)))
    return KepsDocument(
        as_of=read.optional(document, "as_of", read.date),
        keps=read.table(document, "keps", lambda key, value: (n := number_of(key), enhancement_from_dict(n, value))),
        missing=cast("dict[int, Absence]", missing),
        irregular=read.table(document, "irregular", lambda key, value: (read.text(key), read.text(value))),
        gates=read_gates(document),
        released=read.table(document, "released", lambda key, value: (read.release(key), read.date(value))),
        pulls=read.table(document, "pulls", _pull),
    )


def keps_text(document: KepsDocument) -> str:
    """Return the canonical text of `keps.json`, sorted by KEP number."""
    return to_text(keps_to_dict(document))


def keps_to_dict(document: KepsDocument) -> dict[str, Any]:
    """Return what `keps.json` holds as a JSON object, sorted by KEP number."""
    return {
        "schema": SCHEMA,
        "as_of": document.as_of.isoformat() if document.as_of else None,
        "keps": {str(number): enhancement_to_dict(document.keps[number]) for number in sorted(document.keps)},
        "missing": {str(number): document.missing[number] for number in sorted(document.missing)},
        **read.without_empty({"irregular": dict(sorted(document.irregular.items()))}),
        **gates_to_dict(document.gates),
        **read.without_empty({"released": _released_to_dict(document.released)}),
        **read.without_empty({"pulls": {str(pull): list(keps) for pull, keps in sorted(document.pulls.items())}}),
    }


def _released_to_dict(released: Mapping[str, dt.date]) -> dict[str, str]:
    return {release: released[release].isoformat() for release in sorted(released, key=release_order)}


_ABSENCES = get_args(Absence)


def number_of(key: str) -> int:
    """Return the number of a KEP that is a key of a table; raises WrongError for any other key."""
    if not (key.isascii() and key.isdecimal() and key[0] != "0" and len(key) <= 5):
        raise read.WrongError("expected a KEP number from 1 to 99999")
    return int(key)


def _pull(key: str, value: Any) -> tuple[int, tuple[int, ...]]:
    """Return a pull request with the KEPs that it changed; its number is of the same row as that of a KEP's issue."""
    return number_of(key), tuple(sorted(set(read.numbers(value))))


# --- enhancements -------------------------------------------------------------------------------------------------


ENHANCEMENT_FIELDS = frozenset(
    {*STATE_FIELDS, *(row.name for row in DETAILS), "summary", "claims", "source", "history"}
)
"""The fields that an enhancement may have in the lock."""

_CLAIMED = (*(row.name for row in STATE if row.name != "milestones"), *(f"milestones.{it}" for it in Stage))


def enhancement_from_dict(number: int, value: Any) -> Enhancement:
    """Return the enhancement of a JSON object that `enhancement_to_dict` made; raises WrongError for another value."""
    document = read.fields(value, ENHANCEMENT_FIELDS)
    state = EnhancementState(**{name: field_.read(document, name) for name, field_ in STATE_FIELDS.items()})
    state = state if state.title else replace(state, title=f"KEP-{number}")
    source = read_source(document.get("source"))
    return Enhancement(
        number=number,
        state=state,
        source=source,
        history=read_history(document, state, source),
        details=Details.of(**{row.name: _DETAILS[row.kind].read(document, row.name) for row in DETAILS}),
        summary=read.optional(document, "summary", _summary),
        claims=read.items(document, "claims", _claim),
    )


def enhancement_to_dict(enhancement: Enhancement) -> dict[str, Any]:
    """Return an enhancement as a JSON object of the lock, without its number; empty fields are left out."""
    return read.without_empty(
        {
            **state_to_dict(enhancement.state),
            **details_to_dict(enhancement.details),
            "summary": summary_to_dict(enhancement.summary),
            "claims": [_claim_to_dict(claim) for claim in enhancement.claims],
            "source": source_to_dict(enhancement.source),
            "history": list(history_to_list(enhancement)),
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


def _summary(value: Any) -> Summary:
    document = read.fields(value, frozenset({"text", "path", "date"}))
    return Summary(
        text=read.required(document, "text", read.text),
        path=read.required(document, "path", read.text),
        date=read.optional(document, "date", read.date),
    )


def summary_to_dict(summary: Summary | None) -> dict[str, Any] | None:
    """Return a summary as a JSON object; None where there is none."""
    if summary is None:
        return None
    day = summary.date.isoformat() if summary.date else None
    return read.without_empty({"text": summary.text, "path": summary.path, "date": day})


def _claim(value: Any) -> Claim:
    document = read.fields(value, frozenset({"field", "value", "source"}))
    return Claim(
        field=read.required(document, "field", lambda name: read.choice(name, _CLAIMED)),
        value=read.required(document, "value", read.text),
        source=read_source(document.get("source")),
    )


def _claim_to_dict(claim: Claim) -> dict[str, Any]:
    return {"field": claim.field, "value": claim.value, "source": source_to_dict(claim.source)}

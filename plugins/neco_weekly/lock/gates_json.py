"""Feature gates as JSON of the lock: validated when read, canonical when written.

A gate has the numbers of `keps` that ever named it, and under each witness's name what that witness says:
`{"keps": [127], "website": {"date", "path", "removed", "stages": [{"stage", "default", "locked", "since", "until"}]}}`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, cast

from ..model.gates import WITNESSES, FeatureGate, GateRecord, Gates, GateSource, GateStage, WitnessKind
from ..model.keps import Stage
from . import json_values as read

_NAME = re.compile(r"[A-Za-z0-9]{1,100}", re.ASCII)

_STAGE_FIELDS = frozenset("stage default locked since until earlier".split())

_RECORD_FIELDS = frozenset("date path stages removed".split())


def read_gates(document: Mapping[str, Any]) -> Gates:
    """Return the gates and the sources of gates in a document; a document without any, as of schema 2, has none."""
    return Gates(
        by_name=read.table(document, "gates", lambda name, value: (_name(name), _gate(name, value))),
        sources=read.table(document, "gate_sources", lambda kind, value: (_kind(kind), _source(value))),
    ).with_ends()


def gates_to_dict(gates: Gates) -> dict[str, Any]:
    """Return the gates and their sources as two tables of a document, sorted by name; empty tables are left out."""
    return read.without_empty(
        {
            "gate_sources": {kind: _source_to_dict(gates.sources[kind]) for kind in sorted(gates.sources)},
            "gates": {name: gate_to_dict(gates.by_name[name]) for name in sorted(gates.by_name)},
        }
    )


def gate_to_dict(gate: FeatureGate) -> dict[str, Any]:
    """Return a gate as JSON, without its name."""
    return {
        "keps": list(gate.keps),
        **{kind: _record_to_dict(gate.records[kind]) for kind in WITNESSES if kind in gate.records},
    }


def stage_to_dict(stage: GateStage) -> dict[str, Any]:
    """Return a stage of a gate as JSON; what nobody says, and what is as usual, is left out."""
    return {
        name: value
        for name, value in (
            ("stage", stage.stage),
            ("default", stage.default),
            ("locked", stage.locked or None),
            ("since", stage.since),
            ("until", stage.until),
            ("earlier", stage.earlier or None),
        )
        if value is not None
    }


def _name(name: str) -> str:
    if not _NAME.fullmatch(name):
        raise read.WrongError("expected the name of a feature gate")
    return name


def _kind(kind: str) -> WitnessKind:
    return cast(WitnessKind, read.choice(kind, WITNESSES))


def _gate(name: str, value: Any) -> FeatureGate:
    document = read.fields(value, frozenset({"keps", *WITNESSES}))
    said = {kind: read.optional(document, kind, _record) for kind in WITNESSES}
    return FeatureGate(
        name=name,
        keps=read.items(document, "keps", read.positive),
        records={kind: it for kind, it in said.items() if it},
    )


def _record(value: Any) -> GateRecord:
    document = read.fields(value, _RECORD_FIELDS)
    return GateRecord(
        date=read.required(document, "date", read.date),
        path=read.required(document, "path", read.text),
        stages=read.items(document, "stages", _stage),
        removed=read.optional(document, "removed", read.flag) or False,
    )


def _stage(value: Any) -> GateStage:
    document = read.fields(value, _STAGE_FIELDS)
    return GateStage(
        stage=read.required(document, "stage", lambda word: Stage(read.choice(word, tuple(Stage)))),
        since=read.required(document, "since", read.release),
        until=read.optional(document, "until", read.release),
        default=read.optional(document, "default", read.flag),
        locked=read.optional(document, "locked", read.flag) or False,
        earlier=read.optional(document, "earlier", read.flag) or False,
    )


def _record_to_dict(said: GateRecord) -> dict[str, Any]:
    return read.without_empty(
        {
            "date": said.date.isoformat(),
            "path": said.path,
            "removed": said.removed or None,
            "stages": [stage_to_dict(stage) for stage in said.stages],
        }
    )


def _source(value: Any) -> GateSource:
    document = read.fields(value, frozenset({"date", "through"}))
    return GateSource(
        date=read.required(document, "date", read.date), through=read.optional(document, "through", read.release)
    )


def _source_to_dict(source: GateSource) -> dict[str, Any]:
    return read.without_empty({"date": source.date.isoformat(), "through": source.through})

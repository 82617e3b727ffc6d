"""A KEP as the JSON that `neco kep --json` prints."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ...lock.gates_json import gate_to_dict
from ...lock.keps_json import details_to_dict, summary_to_dict
from ...lock.shipping_json import standing_to_dict
from ...model.exceptions import ExceptionRequest
from ...model.gates import FeatureGate
from ...model.kep_fields import DETAILS
from ...model.keps import EnhancementState, Record, Source, Stage
from ...model.release_rows import ReleaseRow
from .known_kep import KnownKep, iso

_ALWAYS = (Stage.ALPHA, Stage.BETA, Stage.STABLE)


def kep_document(known: KnownKep) -> dict[str, Any]:
    """Return a KEP as of a day, or as of today with its history and mentions, as a JSON object."""
    enhancement, (state, source) = known.enhancement, known.said
    document = {
        "number": enhancement.number,
        "title": state.title,
        "sig": state.sig,
        "status": state.status,
        "stage": state.stage,
        "latest_milestone": state.latest_milestone,
        "milestones": _milestones(state),
        "feature_gates": list(state.feature_gates),
        "at": iso(known.day or known.as_of),
        "source": _source_document(source),
        "raw": dict(state.raw),
        **standing_to_dict(known.standing),
        "gates": {gate.name: gate_to_dict(gate) for gate in known.found.gates},
    }
    return document | (_today_document(known) if known.day is None else {})


def _today_document(known: KnownKep) -> dict[str, Any]:
    """Return what is told of a KEP as of today only; `exceptions` is null where no file of them was ever read."""
    enhancement, details = known.enhancement, details_to_dict(known.enhancement.details)
    asked = [_exception_document(release, request) for release, request in known.exceptions]
    return {
        **{row.name: details.get(row.name, None if row.kind == "day" else []) for row in DETAILS},
        "summary": summary_to_dict(enhancement.summary),
        "releases_without_change": known.found.stale,
        "claims": [
            {"field": it.field, "value": it.value, "source": _source_document(it.source)} for it in enhancement.claims
        ],
        "exceptions": asked if known.knows_exceptions else None,
        "failed_plans": [_failed_document(release, row) for release, row, _ in known.failed],
        "history": [_record_document(record) for record in enhancement.history],
        "mentions": [
            {"issue": iso(issue.date) or issue.path, "heading": mention.heading.text if mention.heading else None}
            for issue, mentions in known.issues
            for mention in mentions
        ],
    }


def gap_document(known: KnownKep) -> dict[str, Any] | None:
    """Return a gap in the record of a KEP as a JSON object; None where there is no gap on the day, or today."""
    record = known.record
    if record is None or record.gap is None:
        return None
    return {"number": known.number, "at": iso(known.day or known.as_of), "gap": record.gap}


def gate_document(gate: FeatureGate, keps: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """Return a gate of several KEPs with the documents of these KEPs as a JSON object."""
    return {"gate": {"name": gate.name, **gate_to_dict(gate)}, "keps": list(keps)}


def _milestones(state: EnhancementState) -> dict[str, str | None]:
    return {stage: state.milestones.get(stage) for stage in Stage if stage in _ALWAYS or stage in state.milestones}


def _exception_document(release: str, request: ExceptionRequest) -> dict[str, Any]:
    return {
        "release": release,
        "freeze": request.freeze,
        "decision": request.decision,
        "requested": iso(request.requested),
        "reviewed": iso(request.reviewed),
        "thread": request.thread,
    }


def _failed_document(release: str, row: ReleaseRow) -> dict[str, Any]:
    return {
        "release": release,
        "stage": row.stage,
        "outcome": row.outcome,
        "moved_to": row.moved_to,
        "reason": row.reason,
    }


def _source_document(source: Source) -> dict[str, Any]:
    return {
        "kind": source.kind,
        "commit": source.commit,
        "path": source.path,
        "date": iso(source.date),
        "pull": source.pull,
    }


def _record_document(record: Record) -> dict[str, Any]:
    about = {"date": iso(record.date), "pull": record.source.pull, "path": record.source.path}
    if record.state is None:
        return {**about, "gap": record.gap}
    state = record.state
    return {
        **about,
        "status": state.status,
        "stage": state.stage,
        "latest_milestone": state.latest_milestone,
        "milestones": _milestones(state),
        "title": state.title,
        "sig": state.sig,
        "feature_gates": list(state.feature_gates),
        "observed": record.observed,
    }

"""What shipped and what is planned as JSON, as `api/` and `neco kep --json` have it; derived, and never in the lock."""

from __future__ import annotations

from typing import Any

from ..model.shipping import Planned, Shipped, ShippedSource
from .kep_as_of import Standing
from .kep_state_json import source_to_dict


def standing_to_dict(standing: Standing) -> dict[str, Any]:
    """Return `{"shipped": …, "planned": …}` for a day; null where there is none."""
    return {
        "shipped": shipped_to_dict(standing.shipped) if standing.shipped else None,
        "planned": planned_to_dict(standing.planned) if standing.planned else None,
    }


def shipped_to_dict(shipped: Shipped) -> dict[str, Any]:
    """Return `{"stage", "release", "since", "default", "source": {"kind", "name", "day"}}`."""
    return {
        "stage": shipped.stage,
        "release": shipped.release,
        "since": shipped.since.isoformat() if shipped.since else None,
        "default": shipped.default,
        "source": shipped_source_to_dict(shipped.source),
    }


def shipped_source_to_dict(source: ShippedSource) -> dict[str, Any]:
    """Return `{"kind", "name", "day"}`."""
    return {"kind": source.kind, "name": source.name, "day": source.day.isoformat() if source.day else None}


def planned_to_dict(planned: Planned) -> dict[str, Any]:
    """Return `{"stage", "release", "source"}`; the source is that of the record that holds the plan."""
    return {"stage": planned.stage, "release": planned.release, "source": source_to_dict(planned.source)}

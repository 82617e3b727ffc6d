"""Data for machines on releases of Kubernetes, `api/releases/1.36.json`, a file for each release that has a page.

`null` stands for what nobody knows, an empty list for what somebody knows to be none. `api/releases.schema.json`, the
JSON Schema of these files, says what each field means.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from importlib.resources import files
from typing import Any

from ...lock.kep_state_json import source_to_dict
from ...lock.releases_as_of import ReleasesAsOf
from ...lock.shipping_json import shipped_source_to_dict, shipped_to_dict
from ...model.exceptions import ExceptionRequest
from ...model.gate_ends import GateEnd
from ...model.gates import GateStage
from ...model.keps import Source, Stage, issue_url
from ...model.official_lists import ListDifference, OfficialList
from ...model.paths import RELEASE_PAGE
from ...model.release_plans import ReleasePlan
from ...model.release_rows import Outcome, ReleaseRow, ReleaseRows
from ...model.removed_apis import RemovedApi
from ...model.shipping import ShippedSource
from ..files import GeneratedPage
from .data import AddressOf, Coverage, as_json

SCHEMA = "api/releases.schema.json"
"""The path of the JSON Schema of the files, from the site's root."""


def release_data(releases: ReleasesAsOf, coverage: Coverage, address_of: AddressOf) -> Iterator[GeneratedPage]:
    """Yield the file of each release that has a page, and their JSON Schema where there is any."""
    told = _Told(releases, coverage)
    for release in releases.names:
        url = address_of(RELEASE_PAGE.format(release=release.removeprefix("v")))
        yield as_json(data_path(release), {"release": release, "url": url, **told.of(release)})
    if releases.names:
        schema = files("neco_weekly.site").joinpath("schemas/releases.schema.json").read_text(encoding="utf-8")
        yield GeneratedPage(path=SCHEMA, content=schema)


def data_path(release: str) -> str:
    """Return the path of a release's file from the site's root."""
    return f"api/releases/{release.removeprefix('v')}.json"


class _Told:
    """What is told of releases. What is the same of a KEP in each of them is made once."""

    def __init__(self, releases: ReleasesAsOf, coverage: Coverage) -> None:
        self._releases, self._coverage = releases, coverage
        self._keps: dict[int, Mapping[str, Any]] = {}

    def of(self, release: str) -> dict[str, Any]:
        """Return what is told of a release."""
        releases = self._releases
        rows, gates_told = releases.rows(release), releases.gates_tell_of(release)
        requests, official = releases.exceptions(release), releases.official(release)
        ends = releases.gate_ends(release)
        drawn = [(it.outcome, self._row(it, gates_told=gates_told)) for it in rows.rows]
        return {
            "as_of": releases.lock.as_of and releases.lock.as_of.isoformat(),
            "is_out": rows.is_out,
            "days": self._days(release),
            "knows_every_kep": releases.knows_every_kep,
            "gates_until": releases.gates.through,
            "rows": [row for outcome, row in drawn if outcome is not Outcome.AGAIN],
            "continuations": [row for outcome, row in drawn if outcome is Outcome.AGAIN],
            "totals": _totals(rows),
            "planned_at_freeze": dict(rows.planned_at_freeze) if rows.freeze else None,
            "exceptions": None if requests is None else [self._request(it) for it in requests],
            "official": official and _official(official, releases.differences(release)),
            "removed_apis": self._removed_apis(release),
            "gate_ends": None if ends is None else [_gate_end(it) for it in ends],
        }

    def _days(self, release: str) -> dict[str, Any]:
        """Return the days, each with whether it is past for the lock; that of a release is when that is out."""
        is_out, now = self._releases.is_out(release), self._releases.lock.as_of
        found: dict[str, Any] = {}
        for name, day in self._releases.days(release).items():
            if name == "release" or now is None:  # without a day of the lock's own, what lies before a release is past
                past = is_out and name != "end_of_support"
            else:
                past = day is not None and day <= now
            found[name] = day and {"day": day.isoformat(), "kind": "past" if past else "planned"}
        return found

    def _removed_apis(self, release: str) -> dict[str, Any] | None:
        guide, removed = self._releases.lock.known_releases.removed_apis, self._releases.removed_apis(release)
        if guide is None or removed is None:
            return None
        removals, unread = [_removed_api(it) for it in removed], guide.unread(release)
        return {"date": guide.date.isoformat(), "removals": removals, "unread": unread}

    def _row(self, row: ReleaseRow, *, gates_told: bool) -> dict[str, Any]:
        return {
            **self._kep(row.number),
            "stage": row.stage,
            "outcome": row.outcome,
            "confidence": row.confidence,
            "witnesses": row.witnesses,
            "plan": row.plan and _plan(row.plan),
            "shipped": row.shipped and shipped_to_dict(row.shipped),
            "moved_to": row.moved_to,
            "reason": row.reason,
            "source": row.source and _source(row.source),
            "gates": [{"name": it.name, **_gate_stage(it.stage)} for it in row.gates] if gates_told else None,
        }

    def _kep(self, number: int) -> Mapping[str, Any]:
        """Return what is told of a KEP in each release; only a KEP that issues mention has a page."""
        if number not in self._keps:
            life = self._releases.lives.get(number)
            state = life.enhancement.state if life else None
            self._keps[number] = {
                "number": number,
                "title": state and state.title,
                "sig": state and state.sig,
                "enhancement": issue_url(number),
                **self._coverage.of(number),
            }
        return self._keps[number]

    def _request(self, request: ExceptionRequest) -> dict[str, Any]:
        """Return a request, under the number of the KEP that the written one stands for."""
        return {
            **self._kep(self._releases.lock.canonical(request.kep)),
            "written_title": request.title or None,
            "freeze": request.freeze,
            "decision": request.decision,
            "requested": _day(request.requested),
            "reviewed": _day(request.reviewed),
            "thread": request.thread,
            "raw": dict(request.raw),
        }


def _day(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


def _plan(plan: ReleasePlan) -> dict[str, Any]:
    return {"stage": plan.stage, "again": plan.again, "source": source_to_dict(plan.source)}


def _source(source: Source | ShippedSource) -> dict[str, Any]:
    return source_to_dict(source) if isinstance(source, Source) else shipped_source_to_dict(source)


def _gate_stage(stage: GateStage | None) -> dict[str, Any]:
    """Return a gate's stage; null, the gate is not there."""
    return {"stage": stage and stage.stage, "default": stage and stage.default}


def _totals(rows: ReleaseRows) -> Mapping[Stage, Mapping[Outcome, int]]:
    """Return how many rows there are of each stage and outcome; of what is not named there are none."""
    counts = rows.totals
    found = {stage: {it: count for it in Outcome if (count := counts[stage, it])} for stage in Stage}
    return {stage: outcomes for stage, outcomes in found.items() if outcomes}


def _official(official: OfficialList, differences: tuple[ListDifference, ...]) -> dict[str, Any]:
    return {
        "source": official.source,
        "date": _day(official.date),
        "stages": dict(official.stages),
        "claimed": dict(official.claimed),
        "differences": [
            {
                "stage": it.stage,
                "only_official": it.only_official,
                "only_ours": it.only_ours,
                "unknown": it.unknown,
                "uncounted": it.uncounted,
            }
            for it in differences
        ],
    }


def _removed_api(removed: RemovedApi) -> dict[str, Any]:
    return {
        "kinds": removed.kinds,
        "versions": removed.versions,
        "replacements": [{"name": it.name, "since": it.since} for it in removed.replacements],
        "anchor": removed.anchor,
    }


def _gate_end(end: GateEnd) -> dict[str, Any]:
    """Return a gate that a release deprecates or no longer has, with its stage before."""
    return {
        "name": end.name,
        "keps": end.keps,
        "is_gone": end.is_gone,
        "is_routine": end.is_routine,
        "before": end.last and _gate_stage(end.last),
    }

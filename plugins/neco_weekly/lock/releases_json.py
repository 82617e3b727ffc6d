"""`releases.json`: what fetched sources say of Kubernetes releases: days, exceptions, official lists, removed APIs.

Every value is checked when the lock is loaded: a hundred requests take a millisecond.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from pathlib import Path
from typing import Any, cast

from ..model.exceptions import DECISIONS, FREEZES, Decision, ExceptionRequest, Freeze
from ..model.keps import parse_release
from ..model.release_facts import (
    DAY_NAMES,
    RELEASE_SOURCES,
    KnownReleases,
    ReleaseFacts,
    ReleaseSource,
    in_release_order,
)
from . import json_values as read
from .json_documents import naming, read_document, to_text
from .official_json import official_to_dict, read_official, read_removals, removals_to_dict

SCHEMA = 1
"""The schema version of `releases.json` that this program writes; a newer one is refused."""

_TABLES = frozenset({"schema", "sources", "releases", "removed_apis"})

_FIELDS = frozenset({*DAY_NAMES, "exceptions", "official"})

_REQUEST = frozenset(it.name for it in fields(ExceptionRequest))


def read_releases(path: Path) -> KnownReleases:
    """Return the content of `releases.json`; a file that does not exist holds nothing.

    Raises:
        NecoError: the file is damaged, wrongly edited, or of a newer schema.
    """
    document = read_document(path, schema=SCHEMA)
    with naming(path):
        return releases_from_dict(document)


def releases_text(known: KnownReleases) -> str:
    """Return the canonical text of `releases.json`, the oldest release first."""
    return to_text({"schema": SCHEMA, **releases_to_dict(known)})


def releases_to_dict(known: KnownReleases) -> dict[str, Any]:
    """Return what `releases.json` holds as a JSON object; a release is named without its `v`."""
    by_name = known.by_name
    removals = {"removed_apis": removals_to_dict(known.removed_apis)} if known.removed_apis else {}
    return {
        "sources": {kind: known.sources[kind].isoformat() for kind in RELEASE_SOURCES if kind in known.sources},
        "releases": {name.removeprefix("v"): _facts_to_dict(by_name[name]) for name in in_release_order(by_name)},
        **removals,
    }


def releases_from_dict(document: Mapping[str, Any]) -> KnownReleases:
    """Return what a JSON object says that `releases_to_dict` made; raises WrongError for another one."""
    read.fields(document, _TABLES)
    sources = read.table(document, "sources", lambda kind, day: (read.choice(kind, RELEASE_SOURCES), read.date(day)))
    by_name = read.table(document, "releases", lambda name, value: (_name(name), _facts(value)))
    if len(by_name) < len(document.get("releases", {})):
        raise read.WrongError("holds a release twice", ".releases")
    return KnownReleases(
        by_name=by_name,
        sources=cast("dict[ReleaseSource, Any]", sources),
        removed_apis=read.optional(document, "removed_apis", read_removals),
    )


# --- reading ---------------------------------------------------------------------------------------------------------


def _name(written: str) -> str:
    release = parse_release(written)
    if release is None:
        raise read.WrongError("expected a release like 1.36")
    return release


def _facts(value: Any) -> ReleaseFacts:
    document = read.fields(value, _FIELDS)
    days = {name: day for name in DAY_NAMES if (day := read.optional(document, name, read.date))}
    has_exceptions = document.get("exceptions") is not None
    return replace(
        ReleaseFacts.of(days),
        exceptions=read.items(document, "exceptions", _request) if has_exceptions else None,
        official=read.optional(document, "official", read_official),
    )


def _request(value: Any) -> ExceptionRequest:
    document = read.fields(value, _REQUEST)
    raw = read.table(document, "raw", lambda name, written: (name, read.text(written)))
    return ExceptionRequest(
        kep=read.required(document, "kep", read.positive),
        freeze=cast("Freeze", read.required(document, "freeze", lambda it: read.choice(it, FREEZES))),
        decision=cast("Decision", read.required(document, "decision", lambda it: read.choice(it, DECISIONS))),
        title=read.optional(document, "title", read.text) or "",
        requested=read.optional(document, "requested", read.date),
        reviewed=read.optional(document, "reviewed", read.date),
        thread=read.optional(document, "thread", read.url),
        raw=tuple(sorted(raw.items())),
    )


# --- writing ---------------------------------------------------------------------------------------------------------


def _facts_to_dict(facts: ReleaseFacts) -> dict[str, Any]:
    document: dict[str, Any] = {name: day.isoformat() for name, day in facts.days()}
    if facts.exceptions is not None:  # an empty list says that nobody asked
        document["exceptions"] = [_request_to_dict(it) for it in sorted(facts.exceptions, key=lambda it: it.order)]
    if facts.official:
        document["official"] = official_to_dict(facts.official)
    return document


def _request_to_dict(request: ExceptionRequest) -> dict[str, Any]:
    return read.without_empty(
        {
            "kep": request.kep,
            "freeze": request.freeze,
            "decision": request.decision,
            "title": request.title,
            "requested": request.requested and request.requested.isoformat(),
            "reviewed": request.reviewed and request.reviewed.isoformat(),
            "thread": request.thread,
            "raw": dict(request.raw),
        }
    )

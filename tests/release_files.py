"""A lock that knows of v1.36 all that one can, and the files `api/releases/*.json` of a lock, held to their schema."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from typing import Any

from jsonschema import Draft202012Validator
from neco_weekly.display.words import load_strings
from neco_weekly.issues.index import build_index
from neco_weekly.lock.kep_as_of import KepsAsOf
from neco_weekly.lock.store import Lock
from neco_weekly.model.exceptions import ExceptionRequest
from neco_weekly.model.gates import FeatureGate, GateRecord, Gates, GateSource, GateStage
from neco_weekly.model.issues import Heading, Issue, Mention
from neco_weekly.model.official_lists import OfficialList
from neco_weekly.model.release_facts import KnownReleases, ReleaseFacts
from neco_weekly.model.releases import load_releases
from neco_weekly.model.removed_apis import ApiReplacement, DeprecationGuide, RemovedApi
from neco_weekly.site.pages import Site

from tests.histories import ALPHA, BETA, enhancement, record, state

NOW = dt.date(2026, 5, 10)
"""A day after v1.36 (2026-04-22) and before the freeze of v1.37 (2026-06-17)."""

ISSUE = Issue(
    path="issues/2026-02-20.md",
    title="Weekly",
    date=dt.date(2026, 2, 20),
    number=None,
    mentions=(Mention(kep=127, written="", heading=Heading(text="節", anchor="a"), paragraph=""),),
)
MENTION = {"issue": "2026-02-20", "heading": "節", "url": "issues/2026-02-20/#a"}

CAME = enhancement(record("2026-01-10", state(BETA, alpha="v1.34", beta="v1.36"), pull=5847))
SLIPPED = enhancement(
    record("2026-01-10", state(ALPHA, alpha="v1.36", title="Nap")),
    record("2026-03-10", state(ALPHA, alpha="v1.37", title="Nap"), pull=5848),
    number=128,
)
AGAIN = enhancement(record("2026-01-10", state(BETA, latest="v1.36", beta="v1.33")), number=129)

OFF = GateStage(stage=ALPHA, since="v1.34", until="v1.35", default=False)
ON = GateStage(stage=BETA, since="v1.36", default=True)
GATE = FeatureGate(
    name="Userns", keps=(127,), records={"website": GateRecord(date=NOW, path="Userns.md", stages=(OFF, ON))}
)
GATES = Gates(by_name={"Userns": GATE}, sources={"website": GateSource(date=NOW, through="v1.36")}).with_ends()

LIST = OfficialList(stages={BETA: (127, 5109)}, claimed={BETA: 3}, source="https://kubernetes.io/x/", date=NOW)

REQUEST = ExceptionRequest(
    kep=128,
    freeze="code",
    decision="rejected",
    title="The nap",
    requested=dt.date(2026, 3, 1),
    thread="https://groups.example.com/g/a",
)

GUIDE = DeprecationGuide(
    date=NOW,
    removals=(
        RemovedApi(
            release="v1.36",
            kinds=("Bed",),
            versions=("sleep/v1beta1",),
            replacements=(ApiReplacement(name="sleep/v1", since="v1.33"),),
            anchor="bed-v136",
        ),
    ),
)

LOCK = Lock(
    as_of=NOW,
    fetched={127: CAME},
    others={128: SLIPPED, 129: AGAIN},
    gates=GATES,
    known_releases=KnownReleases(
        by_name={"v1.36": ReleaseFacts(exceptions=(REQUEST,), official=LIST)}, removed_apis=GUIDE
    ),
)


def files(lock: Lock) -> dict[str, Any]:
    site = Site(build_index([ISSUE]), KepsAsOf(lock, load_releases()), load_strings("ja"))
    return {it.path: json.loads(it.content) for it in site.data() if it.path.startswith("api/releases")}


def release(lock: Lock = LOCK, name: str = "1.36") -> Any:
    """The file of a release, which is what the schema says."""
    found = files(lock)
    document = found[f"api/releases/{name}.json"]
    assert wrong(document, found["api/releases.schema.json"]) == []
    return document


def wrong(document: object, schema: Mapping[str, Any]) -> list[str]:
    """What of a document is not as a schema says, fields of which the schema says nothing among that."""
    found = Draft202012Validator(_closed(schema)).iter_errors(document)
    return [f"{it.json_path}: {it.message[:200]}" for it in found]


def _closed(schema: Any, name: str = "") -> Any:
    """A schema that lets in no other fields; `kep` is but a part of others."""
    if isinstance(schema, list):
        return [_closed(it) for it in schema]
    if not isinstance(schema, dict):
        return schema
    inner = {key: _closed(value, key) for key, value in schema.items()}
    return {**inner, "unevaluatedProperties": False} if "required" in inner and name != "kep" else inner


def told(document: Any) -> dict[int, str]:
    """Each row in a line: `beta shipped confirmed`."""
    rows = (*document["rows"], *document["continuations"])
    fields = ("stage", "outcome", "moved_to", "confidence", "reason")
    return {it["number"]: " ".join(it[field] for field in fields if it[field]) for it in rows}

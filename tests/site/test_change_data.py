"""`api/changes.json`: what happened lately, that the schema says so, and that it stays small."""

from __future__ import annotations

import datetime as dt
import gzip
import json
from dataclasses import replace
from typing import Any

from jsonschema import Draft202012Validator
from neco_weekly.display.words import load_strings
from neco_weekly.grammar.topics_file import TopicsFile
from neco_weekly.issues.index import build_index
from neco_weekly.lock.kep_as_of import KepsAsOf
from neco_weekly.lock.store import Lock, load_lock
from neco_weekly.model.issues import TopicMention
from neco_weekly.model.kep_events import EventKind
from neco_weekly.model.keps import Stage
from neco_weekly.model.releases import load_releases
from neco_weekly.model.topics import Topic
from neco_weekly.model.versions import Version
from neco_weekly.model.watched import Release, WatchedRepository
from neco_weekly.site.pages import Site
from neco_weekly.site.pages.change_data import MOST

from tests.gate_lines import gate, gates
from tests.histories import ALPHA, BETA, enhancement, record, state
from tests.release_files import ISSUE, LOCK, wrong
from tests.sites import PROJECT

NAP = Topic(slug="nap", name="Nap", repo="example/nap")
NAMED = replace(ISSUE, topic_mentions=(TopicMention(topic="nap", written="Nap", heading=None, line=1, by="name"),))


def release(tag: str, day: str) -> Release:
    version = Version.parse(tag)
    assert version
    return Release(tag=tag, day=dt.date.fromisoformat(day), version=version)


WATCHED = WatchedRepository(
    name="example/nap",
    releases=(release("v1.1.0", "2026-05-01"), release("v1.0.1", "2026-04-01"), release("v1.0.0", "2024-04-01")),
)


def files(lock: Lock) -> dict[str, Any]:
    site = Site(build_index([NAMED]), KepsAsOf(lock, load_releases()), load_strings("en"))
    return {it.path: json.loads(it.content) for it in site.data() if it.path.startswith("api/changes")}


def document(lock: Lock) -> Any:
    found = files(lock)
    assert wrong(found["api/changes.json"], found["api/changes.schema.json"]) == []
    return found["api/changes.json"]


def test_the_schema_is_one_and_names_every_field_kind_and_stage() -> None:
    schema = files(LOCK)["api/changes.schema.json"]
    Draft202012Validator.check_schema(schema)
    assert set(schema["required"]) == set(schema["properties"])
    change = schema["$defs"]["change"]["properties"]
    assert (change["kind"]["enum"], change["stage"]["enum"]) == (list(EventKind), list(Stage))


def test_what_happened_newest_first() -> None:
    found = document(LOCK)
    assert (found["generated"], found["since"]) == ("2026-05-10", "2025-05-09")
    assert [f"{it['day']} {it['id']}: {it['text']}" for it in found["changes"]][:5] == [
        "2026-04-22 kep/127/shipped/beta/v1.36: beta in v1.36, on by default",
        "2026-03-10 kep/128/plan/alpha/v1.37: alpha slipped from v1.36, now planned for v1.37",
        "2026-03-01 kep/128/exception/v1.36/code/rejected: exception from the code freeze of v1.36 rejected",
        "2026-01-10 kep/127/new: new KEP, planned: beta v1.36",
        "2026-01-10 kep/128/new: new KEP, planned: alpha v1.36",
    ]
    slip = next(it for it in found["changes"] if it["kind"] == "slipped")
    assert slip == {
        "id": "kep/128/plan/alpha/v1.37",
        "day": "2026-03-10",
        "kind": "slipped",
        "keps": [128],
        "stage": "alpha",
        "release": "v1.37",
        "missed": "v1.36",
        "pull": 5848,
        "text": "alpha slipped from v1.36, now planned for v1.37",
    }
    assert found["keps"]["127"] == {"title": "Support User Namespaces", "sig": "sig-node", "url": "keps/127/"}
    assert found["keps"]["128"] == {"title": "Nap", "sig": "sig-node", "url": None}


def test_projects_of_topics_and_issues() -> None:
    lock = replace(LOCK, topics=TopicsFile(topics=(NAP,)), watched={"example/nap": WATCHED})
    found = document(lock)
    assert found["pages"] == {"keps": [127], "sigs": ["sig-node"], "topics": ["nap"]}
    assert [f"{it['day']} {it['id']} {it['text']}" for it in found["releases"]] == [
        "2026-05-01 topic/nap/v1.1.0 Nap v1.1.0",
        "2026-04-01 topic/nap/v1.0.1 Nap v1.0.1",
    ]
    assert found["releases"][0]["url"] == "https://github.com/example/nap/releases/tag/v1.1.0"
    assert found["issues"] == [
        {
            "day": "2026-02-20",
            "title": "Weekly",
            "url": "issues/2026-02-20/",
            "keps": [127],
            "sigs": ["sig-node"],
            "topics": ["nap"],
        }
    ]


def test_an_issue_names_sigs_of_keps_to_which_nothing_happened() -> None:
    """Else who follows a SIG would not be told of an issue about one of its KEPs."""
    kep = enhancement(record("2020-01-10", state(BETA, sig="sig-apps")))
    found = document(Lock(as_of=LOCK.as_of, fetched={127: kep}))
    assert (found["changes"], found["keps"]) == ([], {})
    assert found["issues"][0]["sigs"] == ["sig-apps"]


def test_a_lock_without_a_day_has_no_file() -> None:
    assert files(replace(LOCK, as_of=None)) == {}


def test_of_a_day_of_which_not_all_is_told_nothing_is() -> None:
    """A first reading of a source may find more than a browser likes to load."""
    before, after = record("2026-04-01", state(ALPHA)), record("2026-05-02", state(BETA))
    keps = {number: enhancement(before, after, number=number) for number in range(1, MOST + 1)}
    late = enhancement(before, record("2026-05-03", state(BETA)), number=MOST + 1)
    found = document(Lock(as_of=LOCK.as_of, others={**keps, late.number: late}))
    assert (found["since"], [it["day"] for it in found["changes"]]) == ("2026-05-02", ["2026-05-03"])


def test_hidden_keps_of_a_gate_stay_hidden() -> None:
    """A lock without the others may hold a KEP for an issue that is not public yet."""
    hidden = enhancement(record("2026-01-10", state(ALPHA)), number=130)
    back = gates(gate("Nap", "beta 1.30-1.34 on", "beta 1.35 off", keps=(127, 130)))
    found = document(Lock(as_of=LOCK.as_of, fetched={127: LOCK.fetched[127], 130: hidden}, gates=back))
    assert "gate/Nap/default-back/v1.35" in [it["id"] for it in found["changes"]]
    assert {number for it in found["changes"] for number in it["keps"]} == {127}
    assert list(found["keps"]) == ["127"]


def test_a_year_of_all_keps_is_a_file_that_a_browser_can_load() -> None:
    found = document(load_lock(PROJECT / "docs/_metadata"))
    assert len(found["changes"]) > 300
    assert len(gzip.compress(json.dumps(found, ensure_ascii=False).encode())) < 40_000

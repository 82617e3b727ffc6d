"""`api/releases/1.36.json`: what is known of a release, and that the schema says so."""

from __future__ import annotations

from jsonschema import Draft202012Validator
from neco_weekly.lock.store import load_lock

from tests.release_files import LOCK, MENTION, files, release, wrong
from tests.sites import PROJECT


def test_the_schema_is_one_and_names_every_field() -> None:
    schema = files(LOCK)["api/releases.schema.json"]
    Draft202012Validator.check_schema(schema)
    assert set(schema["required"]) == set(schema["properties"])
    assert wrong({**release(), "more": 1}, schema) == [
        "$: Unevaluated properties are not allowed ('more' was unexpected)"
    ]


def test_a_release_and_its_days() -> None:
    document = release()
    assert (document["release"], document["url"], document["as_of"]) == ("v1.36", "releases/1.36/", "2026-05-10")
    assert (document["is_out"], document["knows_every_kep"], document["gates_until"]) == (True, True, "v1.36")
    assert document["days"] == {
        "enhancements_freeze": {"day": "2026-02-12", "kind": "past"},
        "code_freeze": {"day": "2026-03-19", "kind": "past"},
        "docs_freeze": None,
        "release": {"day": "2026-04-22", "kind": "past"},
        "end_of_support": {"day": "2027-06-28", "kind": "planned"},
    }
    assert {"url": "releases/1.37/", "is_out": False}.items() <= release(name="1.37").items()
    assert release(name="1.37")["days"]["enhancements_freeze"] == {"day": "2026-06-17", "kind": "planned"}


def test_a_kep_that_came() -> None:
    (row,) = (it for it in release()["rows"] if it["number"] == 127)
    assert row == {
        "number": 127,
        "title": "Support User Namespaces",
        "sig": "sig-node",
        "enhancement": "https://github.com/kubernetes/enhancements/issues/127",
        "url": "keps/127/",
        "mentions": [MENTION],
        "stage": "beta",
        "outcome": "shipped",
        "confidence": "confirmed",
        "witnesses": ["gate", "official"],
        "plan": {
            "stage": "beta",
            "again": False,
            "source": {"kind": "git", "date": "2026-01-10", "path": "keps/sig-node/127-x/kep.yaml", "pull": 5847},
        },
        "shipped": {
            "stage": "beta",
            "release": "v1.36",
            "since": "2026-04-22",
            "default": True,
            "source": {"kind": "gate", "name": "Userns", "day": "2026-05-10"},
        },
        "moved_to": None,
        "reason": None,
        "source": None,
        "gates": [{"name": "Userns", "stage": "beta", "default": True}],
    }


def test_a_plan_that_failed_is_of_a_kep_without_a_page() -> None:
    document = release()
    (row,) = (it for it in document["rows"] if it["number"] == 128)
    assert (row["url"], row["mentions"], row["shipped"], row["confidence"]) == (None, [], None, None)
    assert (row["outcome"], row["moved_to"], row["reason"]) == ("slipped", "v1.37", "exception-refused")
    assert (row["source"]["pull"], row["gates"]) == (5848, [])
    assert [[it["number"] for it in document[name]] for name in ("rows", "continuations")] == [[127, 128], [129]]
    assert document["totals"] == {"alpha": {"slipped": 1}, "beta": {"shipped": 1, "again": 1}}
    assert document["planned_at_freeze"] == {"alpha": 1, "beta": 1}


def test_what_other_sources_say() -> None:
    document = release()
    (request,) = document["exceptions"]
    assert {it: request[it] for it in ("number", "title", "written_title", "decision", "reviewed", "raw")} == {
        "number": 128,
        "title": "Nap",
        "written_title": "The nap",
        "decision": "rejected",
        "reviewed": None,
        "raw": {},
    }
    assert document["official"]["stages"] == {"beta": [127, 5109]}
    assert document["official"]["differences"] == [
        {"stage": "beta", "only_official": [], "only_ours": [], "unknown": [5109], "uncounted": 1}
    ]
    assert document["removed_apis"] == {
        "date": "2026-05-10",
        "removals": [
            {
                "kinds": ["Bed"],
                "versions": ["sleep/v1beta1"],
                "replacements": [{"name": "sleep/v1", "since": "v1.33"}],
                "anchor": "bed-v136",
            }
        ],
        "unread": [],
    }
    assert document["gate_ends"] == []


def test_samples_show_every_exception_and_are_as_the_schema_says() -> None:
    """All 116 requests made for v1.25 to v1.36; one release of each age is held to the schema, which is slow."""
    lock = load_lock(PROJECT / "docs/_metadata")
    found = files(lock)
    schema = found.pop("api/releases.schema.json")
    ages = [f"api/releases/{it}.json" for it in ("1.20", "1.36", "1.37", "1.40")]
    assert {path: it for path in ages if (it := wrong(found[path], schema))} == {}
    shown = {it["release"]: len(it["exceptions"]) for it in found.values() if it["exceptions"] is not None}
    by_name = lock.known_releases.by_name
    assert shown == {name: len(it.exceptions) for name, it in by_name.items() if it.exceptions is not None}
    assert (len(shown), sum(shown.values())) == (12, 116)

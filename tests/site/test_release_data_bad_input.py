"""`api/releases/1.36.json` of bad input: what nobody knows is null, and no plan is told as shipped."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from neco_weekly.lock.store import Lock
from neco_weekly.model.gates import FeatureGate, GateRecord, Gates, GateSource
from neco_weekly.model.keps import Enhancement, Status
from neco_weekly.model.official_lists import OfficialList
from neco_weekly.model.release_facts import KnownReleases, ReleaseFacts

from tests.histories import BETA, STABLE, enhancement, record, state
from tests.lock_fixture import HOSTILE
from tests.release_files import CAME, GATE, GATES, GUIDE, NOW, OFF, REQUEST, SLIPPED, files, release, told


def seen(document: Any) -> dict[str, Any]:
    """What a document tells, in short: fields as they are, rows and days in a line each, gates and requests by KEP."""
    rows = (*document["rows"], *document["continuations"])
    return {
        **document,
        "rows": told(document),
        "days": {name: f"{it['day']} {it['kind']}" for name, it in document["days"].items() if it},
        "gates": {it["number"]: it["gates"] for it in rows},
        "exceptions": {it["number"]: f"{it['decision']} {it['raw']}" for it in document["exceptions"] or ()},
        "official": document["official"] and document["official"]["differences"],
    }


def lock(*keps: Enhancement, known: KnownReleases | None = None, **said: Any) -> Lock:
    return Lock(as_of=NOW, others={it.number: it for it in keps}, known_releases=known or KnownReleases(), **said)


def facts(**said: Any) -> KnownReleases:
    return KnownReleases(by_name={"v1.36": ReleaseFacts(**said)})


NOTHING: dict[str, Any] = {"exceptions": {}, "official": None, "removed_apis": None, "gate_ends": None}

WITHOUT_NOW = {
    "enhancements_freeze": "2026-02-12 past",
    "code_freeze": "2026-03-19 past",
    "release": "2026-04-22 past",
    "end_of_support": "2027-06-28 planned",
}

LEFT = record("2026-03-01", state(BETA, beta="v1.37"))
PLANNED, BACK = (record(day, state(BETA, beta="v1.36")) for day in ("2026-01-10", "2026-04-01"))

ENDING = Gates(
    by_name={"Userns": replace(GATE, records={"website": GateRecord(date=NOW, path="Userns.md", stages=(OFF,))})},
    sources={"website": GateSource(date=dt.date(2026, 4, 21), through="v1.35")},
).with_ends()
"""Gates as they were known before v1.36."""

SHARED = replace(GATE, keps=(127, 128))

UNKNOWN_KEP = replace(REQUEST, kep=9999, decision="unknown", raw=(("decision", "aproved"),))

CASES: dict[str, tuple[Lock, str, dict[str, Any]]] = {
    "a release without days": (
        lock(enhancement(record("2026-01-10", state(BETA, beta="v1.36", stable="v1.40")))),
        "1.40",
        {**NOTHING, "days": {}, "rows": {127: "stable planned"}, "planned_at_freeze": None, "is_out": False},
    ),
    "a release two cycles ahead, whose KEP says that it is done": (
        lock(
            enhancement(record("2026-01-10", state(STABLE, Status.IMPLEMENTED, stable="v1.38"))),
            gates=Gates(by_name={"Userns": GATE}),  # of which nobody says how far they reach
        ),
        "1.38",
        {**NOTHING, "rows": {127: "stable planned"}, "gates": {127: None}},
    ),
    "a release whose planned day has passed, but nobody has seen it come out": (
        lock(
            enhancement(record("2026-01-10", state(BETA, beta="v1.38"))),
            known=KnownReleases(by_name={"v1.38": ReleaseFacts(planned=dt.date(2026, 5, 1))}),
        ),
        "1.38",
        {"is_out": False, "days": {"release": "2026-05-01 planned"}, "rows": {127: "beta planned"}},
    ),
    "a KEP that left and came back": (
        lock(enhancement(PLANNED, LEFT, BACK)),
        "1.36",
        {"rows": {127: "beta shipped expected"}},
    ),
    "a KEP whose file went and came back": (
        lock(enhancement(PLANNED, record("2026-03-01", "deleted"), BACK)),
        "1.36",
        {"rows": {127: "beta shipped expected"}},
    ),
    "a KEP whose file went": (
        lock(enhancement(PLANNED, record("2026-03-01", "deleted"))),
        "1.36",
        {"rows": {127: "beta withdrawn file-deleted"}},
    ),
    "two KEPs with one gate": (
        lock(CAME, enhancement(PLANNED, number=128), gates=replace(GATES, by_name={"Userns": SHARED})),
        "1.36",
        {
            "rows": dict.fromkeys((127, 128), "beta shipped confirmed"),
            "gates": {it: [{"name": "Userns", "stage": "beta", "default": True}] for it in (127, 128)},
        },
    ),
    "an official list of a number that nobody knows": (
        lock(CAME, known=facts(official=OfficialList(stages={BETA: (9999,)}, source="x.md"))),
        "1.36",
        {
            "rows": {127: "beta shipped expected"},
            "official": [{"stage": "beta", "only_official": [], "only_ours": [127], "unknown": [9999], "uncounted": 0}],
        },
    ),
    "an official list that names nothing": (
        lock(CAME, known=facts(official=OfficialList(stages={}, source="x.md"))),
        "1.36",
        {"rows": {127: "beta shipped expected"}, "official": []},
    ),
    "a misspelt decision refuses nothing, and is told as it was written": (
        lock(CAME, known=facts(exceptions=(replace(UNKNOWN_KEP, kep=127),))),
        "1.36",
        {"rows": {127: "beta shipped expected"}, "exceptions": {127: "unknown {'decision': 'aproved'}"}},
    ),
    "a rejected request is never told as shipped": (
        lock(CAME, known=facts(exceptions=(replace(REQUEST, kep=127),))),
        "1.36",
        {"rows": {127: "beta slipped exception-refused"}, "totals": {"beta": {"slipped": 1}}},
    ),
    "an exception for a KEP that nobody knows, and for an alias": (
        lock(CAME, known=facts(exceptions=(UNKNOWN_KEP, replace(REQUEST, kep=5127))), aliases={5127: 127}),
        "1.36",
        {"exceptions": {9999: "unknown {'decision': 'aproved'}", 127: "rejected {}"}},
    ),
    "a source that is half there: it has no day, and nobody asked for an exception": (
        lock(CAME, known=facts(exceptions=())),
        "1.36",
        {"exceptions": {}, "planned_at_freeze": {"beta": 1}},
    ),
    "a guide that was read before the release": (
        lock(CAME, known=KnownReleases(removed_apis=replace(GUIDE, date=dt.date(2026, 4, 21), removals=()))),
        "1.36",
        {"removed_apis": None},
    ),
    "a guide that was read after the release": (
        lock(CAME, known=KnownReleases(removed_apis=replace(GUIDE, removals=()))),
        "1.36",
        {"removed_apis": {"date": "2026-05-10", "removals": [], "unread": []}},
    ),
    "a guide of which a section could not be read": (
        lock(
            CAME,
            known=KnownReleases(
                removed_apis=replace(GUIDE, removals=(), irregular=(("v1.36 Bed", "why"), ("v1.25 Nap", "why")))
            ),
        ),
        "1.36",
        {"removed_apis": {"date": "2026-05-10", "removals": [], "unread": ["v1.36 Bed"]}},
    ),
    "gates that end before the release": (
        lock(CAME, gates=ENDING),
        "1.36",
        {"gates": {127: None}, "gate_ends": None, "rows": {127: "beta shipped expected"}},
    ),
    "a lock of an older schema: without the KEPs that nobody mentions, gates, days": (
        Lock(as_of=NOW, fetched={127: CAME, 128: SLIPPED}),
        "1.36",
        {**NOTHING, "knows_every_kep": False, "rows": {127: "beta shipped expected"}, "gates": {127: None}},
    ),
    "a lock without a day": (
        replace(lock(CAME, known=facts(end_of_support=dt.date(2027, 6, 28))), as_of=None),
        "1.36",
        {"as_of": None, "is_out": True, "rows": {127: "beta shipped expected"}, "days": WITHOUT_NOW},
    ),
    "a hostile title is text": (
        lock(enhancement(record("2026-01-10", state(BETA, beta="v1.36", title=HOSTILE)))),
        "1.36",
        {"rows": {127: "beta shipped expected"}},
    ),
}


def test_what_is_told_of_bad_input() -> None:
    found = {name: seen(release(lock, number)) for name, (lock, number, _) in CASES.items()}
    expected = {name: expected for name, (_, _, expected) in CASES.items()}
    assert {name: {key: found[name][key] for key in it} for name, it in expected.items()} == expected


def test_no_file_of_a_source_is_null_and_an_empty_one_a_list() -> None:
    assert release(lock(CAME, known=facts(docs_freeze=NOW)))["exceptions"] is None
    assert release(lock(CAME, known=facts(exceptions=())))["exceptions"] == []


def test_without_any_kep_there_is_no_file() -> None:
    assert files(Lock(as_of=NOW)) == {}


ENDS = {"Userns": 127, "Nap": 128}

ASKED = facts(exceptions=(REQUEST,))


def test_a_kep_that_only_a_draft_mentions_is_told_of_by_sources_alone() -> None:
    """A lock without the others has it, and its gate, because of the draft."""
    gone = GateRecord(date=NOW, path="Nap.md", stages=(OFF,), removed=True)
    gates = Gates(
        by_name={name: FeatureGate(name=name, keps=(kep,), records={"website": gone}) for name, kep in ENDS.items()},
        sources={"website": GateSource(date=NOW, through="v1.36")},
    ).with_ends()
    document = release(Lock(as_of=NOW, fetched={127: CAME, 128: SLIPPED}, gates=gates, known_releases=ASKED))
    assert [it["name"] for it in document["gate_ends"]] == ["Userns"]
    assert [(it["number"], it["title"], it["written_title"]) for it in document["exceptions"]] == [
        (128, None, "The nap")
    ]

"""`keps.json`, the public list of all KEPs, with the dirt that kep.yaml files bring into it."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest
from neco_weekly.model.errors import FetchError
from neco_weekly.model.keps import (
    Details,
    Enhancement,
    EnhancementState,
    Record,
    Reference,
    Snapshot,
    Source,
    Stage,
    Status,
)
from neco_weekly.sources.http import Http, Response
from neco_weekly.sources.keps.public_list import KEPS_JSON, read_keps_json

from .sites import POLICY, Serve

TODAY = dt.date(2026, 7, 24)
PATH = "keps/sig-node/127-user-namespaces"
ENTRY: dict[str, Any] = {
    "name": "127-user-namespaces",
    "path": PATH,
    "title": "Support User Namespaces",
    "kepNumber": "127",
    "authors": ["@rata"],
    "owningSig": "sig-node",
    "participatingSigs": ["sig-security"],
    "status": "implementable",
    "stage": "beta",
    "latestMilestone": "v1.35",
    "milestone": {"alpha": "v1.25", "beta": "1.30", "stable": ""},
    "featureGates": [{"name": "UserNamespacesSupport", "components": ["kubelet"]}],
    "seeAlso": ["/keps/sig-node/7-other"],
    "replaces": None,
    "supersededBy": [],
    "creationDate": "2016-02-04",
    "lastUpdated": "2025-30-01",
}


@dataclass
class Bucket:
    """The bucket with one answer; it remembers what it was asked."""

    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)
    complete: bool = True
    asked: list[str] = field(default_factory=list)

    def __call__(self, url: str, *, headers: Mapping[str, str] | None = None, max_bytes: int | None = None) -> Response:
        self.asked.append(url)
        return Response(url=url, status=200, headers=self.headers, body=self.body, complete=self.complete)


def bucket(*entries: object, **headers: str) -> Bucket:
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    return Bucket(json.dumps(entries).encode(), headers=names)


def read(*entries: object, **headers: str) -> Snapshot:
    return read_keps_json(bucket(*entries, **headers), today=lambda: TODAY)


def entry(number: object = "127", **changes: object) -> dict[str, Any]:
    return {**ENTRY, "kepNumber": number, **changes}


def test_an_entry() -> None:
    state = EnhancementState(
        title="Support User Namespaces",
        sig="sig-node",
        status=Status.IMPLEMENTABLE,
        stage=Stage.BETA,
        latest_milestone="v1.35",
        milestones={Stage.ALPHA: "v1.25", Stage.BETA: "v1.30"},
        feature_gates=("UserNamespacesSupport",),
    )
    source = Source(kind="keps-json", date=TODAY, path=f"{PATH}/kep.yaml")
    details = Details.of(
        authors=("@rata",),
        participating_sigs=("sig-security",),
        created=dt.date(2016, 2, 4),
        see_also=(Reference(kep=7),),
    )
    found = read(ENTRY, entry("7", path="keps/sig-node/7-other"))
    assert (found.date, found.kind, found.since, found.irregular) == (TODAY, "keps-json", None, {})
    assert found.enhancements[127] == Enhancement(
        number=127,
        state=state,
        source=source,
        history=(Record(state=state, source=source, observed=True),),
        details=details,
    )


def test_the_usual_list_is_asked_for_once() -> None:
    asked = bucket(ENTRY)
    read_keps_json(asked, today=lambda: TODAY)
    assert asked.asked == [KEPS_JSON]


@pytest.mark.parametrize("written", ["127", 127, "0127", " 127 "])
def test_numbers_are_texts_or_numbers(written: object) -> None:
    assert list(read(entry(written)).enhancements) == [127]


@pytest.mark.parametrize(
    ("written", "why"),
    [
        (None, "it has no kep-number"),
        ("", "it has no kep-number"),
        ("NNNN", "its kep-number is 'NNNN'"),
        ("0000", "its kep-number is '0000'"),
        (0, "its kep-number is '0'"),
        (1.5, "its kep-number is '1.5'"),
        (True, "its kep-number is 'True'"),
        (["127"], "its kep-number is '127, 128'"),
        ({"a": 1}, "it has no kep-number"),
    ],
    ids=repr,
)
def test_an_entry_without_a_number_is_irregular(written: object, why: str) -> None:
    if isinstance(written, list):
        written = [*written, "128"]
    found = read(entry("7", path="keps/x/7-y"), entry(written))
    assert (list(found.enhancements), found.irregular) == ([7], {PATH: why})


DIRT = {
    "other words": ({"status": "Implementable", "stage": "GA"}, {"status": "implementable", "stage": "stable"}),
    "no words": ({"status": "a|b", "stage": None}, {"status": None, "stage": None}),
    "numbers for releases": ({"latestMilestone": 1.25}, {"latest_milestone": "v1.25"}),
    "placeholders": (
        {"latestMilestone": "0.0", "milestone": {"alpha": "TBD"}},
        {"latest_milestone": None, "milestones": {}},
    ),
    "milestones that are none": ({"milestone": None}, {"milestones": {}}),
    "milestones that are text": ({"milestone": "v1.25"}, {"milestones": {}}),
    "gates by name": ({"featureGates": ["A", {"name": "B"}, {"components": []}, None]}, {"feature_gates": ("A", "B")}),
    "no gates": ({"featureGates": None}, {"feature_gates": ()}),
    "the template's title": ({"title": "KEP Template"}, {"title": "User namespaces"}),
    "an odd SIG": ({"owningSig": "../../etc"}, {"sig": None}),
    "hidden characters": ({"title": "a\u202eb\ud83d\x02"}, {"title": "ab"}),
    "lists for texts": ({"title": ["A", "B"], "owningSig": {}}, {"title": "A, B", "sig": None}),
}


@pytest.mark.parametrize(("changes", "expected"), DIRT.values(), ids=DIRT)
def test_dirt_costs_no_kep(changes: dict[str, object], expected: dict[str, object]) -> None:
    state = read(entry(**changes)).enhancements[127].state
    assert {name: getattr(state, name) for name in expected} == expected


@pytest.mark.parametrize(
    ("written", "path"),
    [
        (PATH, f"{PATH}/kep.yaml"),
        (f"/{PATH}/", f"{PATH}/kep.yaml"),
        (f"{PATH}/kep.yaml", f"{PATH}/kep.yaml"),
        ("elsewhere", None),
        ("", None),
        (None, None),
        (7, None),
    ],
)
def test_the_path_is_that_of_the_file(written: object, path: str | None) -> None:
    assert read(entry(path=written)).enhancements[127].source.path == path


def test_what_is_no_entry_is_left_out() -> None:
    assert list(read(ENTRY, None, "x", 7, ["127"], {}).enhancements) == [127]


def test_of_several_entries_the_one_that_is_not_replaced_answers() -> None:
    other = entry(path="keps/sig-x/127-y", status="superseded", title="Other")
    assert read(ENTRY, other).enhancements[127].state.title == "Support User Namespaces"
    assert read(other, ENTRY).enhancements[127].state.title == "Support User Namespaces"


@pytest.mark.parametrize("status", ["implemented", "replaced"])
def test_several_entries_that_could_answer_are_ambiguous(status: str) -> None:
    twice = [entry(path=f"keps/x/127-{name}", status=status) for name in "ab"]
    found = read(*twice, entry("7"))
    assert list(found.enhancements) == [7]
    assert found.irregular == {"KEP-127": "KEP-127 is ambiguous"}


def test_one_replaced_entry_answers() -> None:
    assert read(entry(status="replaced")).enhancements[127].state.status is Status.REPLACED


# --- its day ------------------------------------------------------------------------------------------------------

MADE, ANSWERED = "Wed, 22 Jul 2026 15:00:00 GMT", "Thu, 23 Jul 2026 14:59:59 GMT"


@pytest.mark.parametrize(
    ("headers", "day"),
    [
        pytest.param({"last_modified": MADE, "date": ANSWERED}, dt.date(2026, 7, 23), id="when the list was made"),
        pytest.param({"date": ANSWERED}, dt.date(2026, 7, 23), id="when it was sent"),
        pytest.param({"last_modified": "soon", "date": ANSWERED}, dt.date(2026, 7, 23), id="made at no time"),
        pytest.param({"date": "Thu, 32 Jul 2026 14:59:59 GMT"}, TODAY, id="sent at no time"),
        pytest.param({}, TODAY, id="today"),
    ],
)
def test_its_day(headers: dict[str, str], day: dt.date) -> None:
    found = read(ENTRY, **headers)
    assert (found.date, found.enhancements[127].source.date) == (day, day)


# --- no list ------------------------------------------------------------------------------------------------------

WHOLE = json.dumps([ENTRY]).encode()


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        pytest.param(Bucket(b""), "answered no JSON", id="nothing"),
        pytest.param(Bucket(b"<html>"), "answered no JSON", id="a page"),
        pytest.param(Bucket(WHOLE[:-20]), "answered no JSON", id="cut by the server"),
        pytest.param(Bucket(WHOLE, complete=False), "is too long", id="cut by us"),
        pytest.param(Bucket(b"[" * 100_000), "answered no JSON", id="nested too deeply"),
        pytest.param(Bucket(b"\xff\xfe"), "answered no JSON", id="no text"),
        pytest.param(Bucket(b"{}"), "is no list of KEPs", id="an object"),
        pytest.param(Bucket(b"[]"), "is no list of KEPs", id="an empty list"),
        pytest.param(bucket(entry("NNNN")), "is no list of KEPs", id="no KEP in it"),
        pytest.param(bucket(entry(), entry()), None, id="only an ambiguous one"),
    ],
)
def test_what_is_no_list_is_no_answer(answer: Bucket, message: str | None) -> None:
    if message is None:
        assert read_keps_json(answer, today=lambda: TODAY).enhancements == {}
        return
    with pytest.raises(FetchError) as error:
        read_keps_json(answer, today=lambda: TODAY)
    assert str(error.value) == f"{KEPS_JSON} {message}"


def test_over_the_network(serve: Serve) -> None:
    site = serve({"/keps.json": (200, {"Last-Modified": MADE, "Content-Type": "application/json"}, WHOLE)})
    found = read_keps_json(Http(POLICY).get, url=f"{site.url}/keps.json", today=lambda: TODAY)
    assert (list(found.enhancements), found.date) == ([127], dt.date(2026, 7, 23))


def test_an_answer_that_breaks_off_is_none(serve: Serve) -> None:
    site = serve({"/keps.json": (200, {"Content-Length": str(len(WHOLE) + 100)}, WHOLE[:-1])})
    with pytest.raises(FetchError):
        read_keps_json(Http(POLICY).get, url=f"{site.url}/keps.json", today=lambda: TODAY)

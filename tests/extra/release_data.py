"""`api/releases/*.json` of every KEP and every gate: its stable rows against the posts, its gates against the data."""

from __future__ import annotations

import datetime as dt
import json
import random
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from neco_weekly.display.words import load_strings
from neco_weekly.issues.index import build_index
from neco_weekly.lock.kep_as_of import KepsAsOf
from neco_weekly.lock.store import Lock
from neco_weekly.model.gates import Gates, GateSnapshot
from neco_weekly.model.keps import Enhancement, Stage
from neco_weekly.model.official_lists import OfficialList
from neco_weekly.model.release_facts import KnownReleases, ReleaseFacts
from neco_weekly.site.pages import Site

from tests.extra.shipped import POSTS, RELEASES, gates, keps, posts, read
from tests.release_files import wrong

__all__ = ["gates", "keps", "posts", "read"]  # fixtures

DAY = dt.date(2026, 7, 22)
PAIRS = 200
"""How many pairs of a gate and a release are drawn."""

Files = Mapping[str, Any]


def files(keps: Mapping[int, Enhancement], gates: Gates, official: Mapping[str, OfficialList]) -> Files:
    """The file of each release, by its name, of a site that mentions nothing."""
    by_name = {name: ReleaseFacts(official=it) for name, it in official.items()}
    lock = Lock(as_of=DAY, others=keps, gates=gates, known_releases=KnownReleases(by_name=by_name))
    site = Site(build_index([]), KepsAsOf(lock, RELEASES), load_strings("en"))
    found = {it.path: json.loads(it.content) for it in site.data()}
    schema = found.pop("api/releases.schema.json")
    documents = {it["release"]: it for path, it in found.items() if path.startswith("api/releases/")}
    assert {name: it for name, document in documents.items() if (it := wrong(document, schema))} == {}
    return documents


@pytest.fixture(scope="module")
def without_posts(keps: Mapping[int, Enhancement], gates: Gates) -> Files:
    return files(keps, gates, {})


@pytest.fixture(scope="module")
def with_posts(keps: Mapping[int, Enhancement], gates: Gates, posts: Mapping[str, OfficialList]) -> Files:
    return files(keps, gates, posts)


def stable(document: Any) -> Iterator[Any]:
    yield from (row for row in document["rows"] if (row["stage"], row["outcome"]) == ("stable", "shipped"))


def source(row: Any) -> str:
    """Who counts most of the witnesses that a stage came."""
    known = ("official", "gate", "override", "milestone")
    return next(it for it in known if it in row["witnesses"])


def test_what_is_confirmed_and_expected_by_source(without_posts: Files, posts: Mapping[str, OfficialList]) -> None:
    right: dict[str, list[bool]] = defaultdict(list)
    for release in POSTS:
        named = posts[release].stages[Stage.STABLE]
        for row in stable(without_posts[release]):
            right[f"{row['confidence']}, {source(row)}"].append(row["number"] in named)
    shares = {name: (sum(found), len(found)) for name, found in sorted(right.items())}
    print(shares)
    assert shares.keys() == {"confirmed, gate", "expected, milestone"}
    assert shares["confirmed, gate"][0] / shares["confirmed, gate"][1] >= 0.95  # 67 of 70
    assert shares["expected, milestone"][0] / shares["expected, milestone"][1] >= 0.8  # 20 of 24


def test_official_lists_confirm_and_their_differences_are_named(
    with_posts: Files, without_posts: Files, posts: Mapping[str, OfficialList]
) -> None:
    for release in POSTS:
        rows, official = list(stable(with_posts[release])), with_posts[release]["official"]
        assert [it["number"] for it in rows] == [it["number"] for it in stable(without_posts[release])]
        named, ours = set(posts[release].stages[Stage.STABLE]), {it["number"] for it in rows}
        assert {it["number"] for it in rows if "official" in it["witnesses"]} == named & ours
        assert all(it["confidence"] == "confirmed" for it in rows if it["number"] in named)
        told = [(set(it["only_official"]), set(it["only_ours"])) for it in official["differences"]]
        assert told == ([(named - ours, ours - named)] if named != ours else [])


def test_drawn_pairs_of_gate_and_release_are_those_of_the_gate_data(without_posts: Files, read: GateSnapshot) -> None:
    cells = [
        (name, gate)
        for name, document in without_posts.items()
        for row in (*document["rows"], *document["continuations"])
        for gate in row["gates"] or ()
    ]
    wrong = []
    for release, cell in random.Random(18).sample(cells, PAIRS):
        said = [it for it in read.gates[cell["name"]].stages if it.covers(release)]
        wanted = (said[-1].stage, said[-1].default) if said else (None, None)
        if (cell["stage"], cell["default"]) != wanted:
            wrong.append((cell, release, wanted))
    assert wrong == []

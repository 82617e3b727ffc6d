"""The rows of v1.30 to v1.35 against what release posts call stable, by source; their gates against the gate data."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Mapping

import pytest
from neco_weekly.model.gates import Gates, GateSnapshot
from neco_weekly.model.keps import Enhancement, Stage, release_order
from neco_weekly.model.official_lists import OfficialList
from neco_weekly.model.release_rows import Life, Outcome, ReleaseRow, ReleaseRows, rows_of

from tests.extra.shipped import POSTS, RELEASES, UNTIL, gates, keps, posts, read
from tests.lives import lives_of

__all__ = ["gates", "keps", "posts", "read"]  # fixtures

PAIRS = 200
"""How many pairs of a gate and a release are drawn."""


@pytest.fixture(scope="module")
def lives(keps: Mapping[int, Enhancement], gates: Gates) -> tuple[Life, ...]:
    return lives_of(keps.values(), gates, RELEASES)


@pytest.fixture(scope="module")
def rows(lives: tuple[Life, ...], gates: Gates) -> Mapping[str, ReleaseRows]:
    return {it: rows_of(it, lives, gates, RELEASES, UNTIL) for it in POSTS}


def stable(rows: ReleaseRows) -> tuple[ReleaseRow, ...]:
    return rows.of(Outcome.SHIPPED, stage=Stage.STABLE)


def test_what_is_confirmed_and_expected_is_what_the_posts_say(
    rows: Mapping[str, ReleaseRows], posts: Mapping[str, OfficialList]
) -> None:
    right: dict[str | None, list[bool]] = defaultdict(list)
    for release in POSTS:
        for row in stable(rows[release]):
            right[row.confidence].append(posts[release].names(row.number, Stage.STABLE))
    named = sum(map(len, right.values()))
    agreed = sum(map(sum, right.values()))
    listed = sum(len(it.stages[Stage.STABLE]) for it in posts.values())
    print({name: (sum(found), len(found)) for name, found in right.items()}, listed)
    assert sum(right["confirmed"]) / len(right["confirmed"]) >= 0.95
    assert sum(right["expected"]) / len(right["expected"]) >= 0.8
    assert agreed / named >= 0.92
    assert agreed / listed >= 0.9


def test_an_official_list_confirms_what_it_names(
    lives: tuple[Life, ...], gates: Gates, rows: Mapping[str, ReleaseRows], posts: Mapping[str, OfficialList]
) -> None:
    for release in POSTS:
        found = rows_of(release, lives, gates, RELEASES, UNTIL, official=posts[release])
        assert [it.number for it in stable(found)] == [it.number for it in stable(rows[release])]
        unsure = [it.number for it in stable(found) if it.confidence == "expected"]
        assert not [it for it in unsure if posts[release].names(it, Stage.STABLE)]


def test_drawn_pairs_of_gate_and_release_are_those_of_the_gate_data(
    lives: tuple[Life, ...], gates: Gates, read: GateSnapshot
) -> None:
    names = [it for it in RELEASES.names if (1, 20) <= release_order(it) <= (1, 35)]
    cells = [
        (it, cell) for it in names for row in rows_of(it, lives, gates, RELEASES, UNTIL).rows for cell in row.gates
    ]
    wrong = []
    for release, cell in random.Random(18).sample(cells, PAIRS):
        said = [it for it in read.gates[cell.name].stages if it.covers(release)]
        wanted = (said[-1].stage, said[-1].default) if said else None
        if (cell.stage and (cell.stage.stage, cell.stage.default)) != wanted:
            wrong.append((cell.name, release, cell.stage, wanted))
    assert not wrong

"""Every query of `queries.toml`, answered by the engine over the sample site: how often the answer is the first."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.site.search.node import run_node
from tests.site.search.queries import Query, load_queries, load_synonyms
from tests.site.search.sections import PageSection, written
from tests.site.search.shard_files import search_files

ANSWERS = Path(__file__).with_name("engine") / "answers.mjs"
QUERIES = load_queries()

FLOORS = {
    "exact-headings": (100, 100),
    "compounds": (96, 100),
    "parts-of-words": (93, 100),
    "katakana-variants": (94, 100),
    "widths": (100, 100),
    "case": (100, 100),
    "kep-numbers": (100, 100),
    "english-stems": (95, 100),
    "mixed-script": (91, 100),
    "identifiers": (97, 100),
    "infixes": (93, 100),
    "typos": (96, 100),
    "synonyms": (90, 96),
    "questions": (95, 100),
    "several-words": (96, 100),
    "within-an-issue": (90, 100),
    "hiragana": (93, 100),
    "release-numbers": (100, 100),
    "cards": (95, 100),
    "filters": (100, 100),
}
"""Of each category at least so many per cent are answered by the first page, and by one of the first five."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Answered:
    """A query, which of the pages found shows the first of its targets (0: none), and how many are found."""

    query: Query
    place: int
    pages: int


@pytest.fixture(scope="module")
def answered(site_folder: Path, sections: list[PageSection]) -> list[Answered]:
    files = search_files(site_folder, written(sections), load_synonyms())
    asked = {"manifest": files.manifest, "shards": list(files.shards.values()), "queries": [it.text for it in QUERIES]}
    run = run_node(ANSWERS, stdin=json.dumps(asked))
    assert run.returncode == 0, run.stderr
    answers = json.loads(run.stdout)["answers"]
    return [_answered(query, answer["groups"]) for query, answer in zip(QUERIES, answers, strict=True)]


def _answered(query: Query, groups: list[list[str]]) -> Answered:
    targets = {str(target) for target in query.targets}
    places = [place for place, shown in enumerate(groups, start=1) if not targets.isdisjoint(shown)]
    return Answered(query=query, place=min(places, default=0), pages=len(groups))


def _per_cent(answered: Sequence[Answered], among: int) -> float:
    return 100 * sum(1 <= it.place <= among for it in answered) / len(answered)


def test_every_category_with_answers_has_a_floor() -> None:
    assert {query.category for query in QUERIES if query.targets} == set(FLOORS)


@pytest.mark.parametrize("category", FLOORS)
def test_a_category_is_answered(category: str, answered: list[Answered]) -> None:
    them = [it for it in answered if it.query.category == category]
    late = [f"{it.query.text} ({it.place})" for it in them if it.place != 1]
    first, among_five = FLOORS[category]
    assert _per_cent(them, 1) >= first, late
    assert _per_cent(them, 5) >= among_five, late


def test_hand_written_queries_are_answered(answered: list[Answered]) -> None:
    them = [it for it in answered if it.query.targets and it.query.category != "synonyms"]
    assert len(them) >= 120
    assert _per_cent(them, 1) >= 97
    assert [it.query.text for it in them if not 1 <= it.place <= 5] == []


def test_no_query_with_an_answer_finds_nothing(answered: list[Answered]) -> None:
    assert [it.query.text for it in answered if it.query.targets and not it.pages] == []


def test_a_query_without_an_answer_finds_nothing(answered: list[Answered]) -> None:
    assert [it.query.text for it in answered if not it.query.targets and it.pages] == []

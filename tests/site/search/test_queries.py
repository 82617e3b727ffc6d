"""The query set is fair: every target is there, has what was asked for, and no query asks for what is nowhere."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.site.search import known_items
from tests.site.search.queries import Query, load_queries, load_synonyms
from tests.site.search.sections import PageSection, Place

QUERIES = load_queries()
SYNONYMS = load_synonyms()

AT_LEAST = {
    "exact-headings": 20,
    "compounds": 20,
    "parts-of-words": 10,
    "katakana-variants": 15,
    "widths": 10,
    "case": 10,
    "kep-numbers": 40,
    "english-stems": 15,
    "mixed-script": 15,
    "identifiers": 20,
    "infixes": 10,
    "typos": 20,
    "synonyms": 20,
    "questions": 15,
    "several-words": 15,
    "within-an-issue": 10,
    "hiragana": 10,
    "release-numbers": 10,
    "cards": 15,
    "filters": 10,
    "nothing": 10,
}
"""The categories and how many queries each has at least, so that a percentage of one means something."""

WORD_FOR_WORD = [
    "compounds",
    "parts-of-words",
    "widths",
    "case",
    "identifiers",
    "infixes",
    "several-words",
    "release-numbers",
    "cards",
]
"""Where every word of a query stands at its targets, width, case and long vowels aside."""

ISSUES = ("2022-09-02", "2024-05-10", "2025-09-05", "2025-12-05", "2026-05-08", "2026-06-05", "2026-07-10")


def named(*categories: str) -> list[Query]:
    return [query for query in QUERIES if query.category in categories]


def folded(text: str) -> str:
    """Text without what nobody means by it: the same as between known items, and the form of a KEP's number."""
    return re.sub(r"kep-?#?(?=\d)", "#", re.sub("(?<=[ァ-ヺ])-", "", known_items.folded(text)))


class Words:
    """What stands at each place of the site; at a KEP's page all that stands on it."""

    def __init__(self, sections: Iterable[PageSection]) -> None:
        self.headings: dict[Place, str] = {}
        self._words: dict[Place, str] = {}
        for section in sections:
            self.headings[section.place] = section.heading
            on_kep_page = section.place.page.startswith("keps/")
            place = Place(page=section.place.page) if on_kep_page else section.place
            self._words[place] = self._words.get(place, "") + f"\n{folded(section.heading)}\n{folded(section.text)}"

    def at(self, place: Place) -> str:
        return self._words[place]

    def places_with(self, word: str) -> list[Place]:
        return [place for place, words in self._words.items() if folded(word) in words]


@pytest.fixture(scope="module")
def words(sections: list[PageSection]) -> Words:
    return Words(sections)


# --- the set as a whole -------------------------------------------------------------------------------------------


def test_there_are_these_categories() -> None:
    assert {query.category for query in QUERIES} == set(AT_LEAST)


@pytest.mark.parametrize(("category", "count"), AT_LEAST.items(), ids=AT_LEAST)
def test_a_category_has_enough_queries(category: str, count: int) -> None:
    assert len(named(category)) >= count


def test_no_query_is_asked_twice() -> None:
    assert [text for text, count in Counter(query.text for query in QUERIES).items() if count > 1] == []


def test_only_one_category_has_no_answers() -> None:
    assert {query.category for query in QUERIES if not query.targets} == {"nothing"}
    assert [query.text for query in named("nothing") if query.targets] == []


@pytest.mark.parametrize("issue", ISSUES)
def test_every_issue_is_asked_about(issue: str) -> None:
    asked = [query for query in QUERIES if any(issue in target.page for target in query.targets)]
    assert len(asked) >= len(QUERIES) / len(ISSUES) / 2


def test_most_queries_have_one_answer_or_two() -> None:
    counts = [len(query.targets) for query in QUERIES if query.targets]
    assert sum(count <= 2 for count in counts) >= 0.8 * len(counts)
    assert max(counts) <= 5


def test_a_target_without_a_place_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "queries.toml"
    file.write_text('[places]\nhere = "a/#b"\n[queries.some]\nx = ["here", "a/"]\n', encoding="utf-8")
    (query,) = load_queries(file)
    assert query == Query(text="x", category="some", targets=(Place(page="a/", anchor="b"), Place(page="a/")))
    file.write_text('[places]\n[queries.some]\nx = ["there"]\n', encoding="utf-8")
    with pytest.raises(ValueError, match="'there' is no place"):
        load_queries(file)


# --- every query --------------------------------------------------------------------------------------------------


def test_every_target_is_in_the_site(words: Words) -> None:
    assert [(query.text, str(it)) for query in QUERIES for it in query.targets if it not in words.headings] == []


def test_an_exact_heading_is_that_of_its_targets_and_of_no_other(words: Words) -> None:
    places: dict[str, set[Place]] = {}
    for place, heading in words.headings.items():
        places.setdefault(heading, set()).add(place)
    queries = named("exact-headings")
    assert {query.text: places.get(query.text) for query in queries} == {it.text: set(it.targets) for it in queries}


def test_every_word_stands_at_every_target(words: Words) -> None:
    missing = [
        (query.text, str(target), word)
        for query in named(*WORD_FOR_WORD)
        for target in query.targets
        for word in query.text.split()
        if folded(word) not in words.at(target)
    ]
    assert missing == []


def test_neither_the_section_nor_the_top_of_its_page_has_all_words_but_both_have(words: Words) -> None:
    otherwise = []
    for query in named("within-an-issue"):
        asked = {folded(word) for word in query.text.split()}
        for target in query.targets:
            there, top = ({word for word in asked if word in words.at(it)} for it in (target, Place(page=target.page)))
            if there | top != asked or asked in (there, top):
                otherwise.append((query.text, str(target)))
    assert otherwise == []


def test_a_kep_is_asked_by_the_number_of_its_page() -> None:
    assert [query.text for query in named("kep-numbers") if query.targets != (page_of_number(query.text),)] == []


def page_of_number(text: str) -> Place:
    number = re.findall(r"\d+", unicodedata.normalize("NFKC", text))[-1]
    return Place(page=f"keps/{int(number)}/")


def test_a_typo_is_no_spelling_of_the_site(words: Words) -> None:
    assert [query.text for query in named("typos") if all(map(words.places_with, query.text.split()))] == []


def test_what_is_not_found_is_not_there(words: Words) -> None:
    there = [(word, words.places_with(word)) for query in named("nothing") for word in query.text.split()]
    assert [(word, list(map(str, places))) for word, places in there if places] == []


def test_a_width_is_another_than_usual() -> None:
    assert [it.text for it in named("widths") if unicodedata.normalize("NFKC", it.text) == it.text] == []


def test_hiragana_is_nowhere_as_it_is_typed(words: Words) -> None:
    assert [query.text for query in named("hiragana") if words.places_with(query.text)] == []


# --- synonyms -----------------------------------------------------------------------------------------------------


def test_the_table_of_synonyms_has_groups_of_different_words() -> None:
    every = Counter(folded(word) for group in SYNONYMS for word in group)
    assert len(SYNONYMS) >= 20
    assert [group for group in SYNONYMS if len(group) < 2] == []
    assert [word for word, count in every.items() if count > 1] == []


def test_a_synonym_leads_where_another_word_of_its_group_stands(words: Words) -> None:
    elsewhere = []
    for query in named("synonyms"):
        asked = [(word, group) for group in SYNONYMS for word in group if folded(word) in folded(query.text)]
        for target in query.targets:
            there = words.at(target)
            if not any(folded(word) not in there and any(folded(it) in there for it in group) for word, group in asked):
                elsewhere.append((query.text, str(target)))
    assert elsewhere == []

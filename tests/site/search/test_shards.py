"""The index of the sample site, field by field: every page of it, cut as readers see it, in files they can wait for."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable
from typing import Any

import pytest

from tests.searched import FOLDER, SearchIndex, search_index
from tests.site.search.sections import PageSection, written
from tests.sites import Built, built_sample


@pytest.fixture(scope="module")
def built() -> Built:
    return built_sample()


@pytest.fixture(scope="module")
def index(built: Built) -> SearchIndex:
    return search_index(built)


Test = Callable[[Any], bool]


def matches(pattern: str) -> Test:
    return lambda value: isinstance(value, str) and re.fullmatch(pattern, value) is not None


def listed(test: Test) -> Test:
    return lambda value: isinstance(value, list) and bool(value) and all(map(test, value))


def number(value: Any) -> bool:
    return type(value) is int and value > 0


TEXT = matches(r"\S+(?: \S+)*")  # one line, single spaces, nothing at its ends
RELEASE, SIG, STAGE = (
    matches(r"v1\.\d{1,2}"),
    matches("sig-[a-z-]+"),
    matches("alpha|beta|stable|deprecated|disabled|removed"),
)
KEP = {
    "title": TEXT,
    "sig": SIG,
    "stage": STAGE,
    "milestone": RELEASE,
    "plan": lambda value: value.keys() == {"stage", "release"} and STAGE(value["stage"]) and RELEASE(value["release"]),
    "ended": matches("deferred|rejected|withdrawn|replaced"),
    "gates": listed(matches(r"\w+")),
}
PAGE = {
    "u": matches(r"(?:[\w%.-]+/)*"),
    "t": TEXT,
    "d": matches(r"\d{4}-\d\d-\d\d"),
    "n": number,
    "k": matches("issue|kep|sig|topic|page"),
    "e": lambda value: not wrong(value, {"n": number, **KEP}),
    "s": lambda value: isinstance(value, list) and bool(value),
}
SECTION = {
    "a": matches(r"\S*"),
    "h": TEXT,
    "l": matches("[1-6]"),
    "x": TEXT,
    "c": listed(matches(r"[^\n]+\n[\w.-]+(?:\n[^\n]+)*")),
    "q": listed(number),
    "o": listed(matches("[a-z0-9]+(?:-[a-z0-9]+)*")),
}
ALWAYS = {"u", "t", "k", "s", "a"}


def wrong(found: dict[str, Any], fields: dict[str, Test]) -> list[tuple[str, Any]]:
    """Fields that are not as they should be: unknown, missing, or of another form."""
    missing = [(name, None) for name in ALWAYS & fields.keys() if name not in found]
    return missing + [(name, value) for name, value in found.items() if name not in fields or not fields[name](value)]


def test_every_field_is_of_its_form(index: SearchIndex) -> None:
    fields = {**SECTION, "l": lambda value: type(value) is int and 1 <= value <= 6}
    assert [it for page in index.pages for it in wrong(page, PAGE)] == []
    assert [it for page in index.pages for section in page["s"] for it in wrong(section, fields)] == []
    assert [it for shard in index.shards.values() for kep in shard["keps"].values() for it in wrong(kep, KEP)] == []


def test_every_field_is_in_use(index: SearchIndex) -> None:
    assert {name for page in index.pages for name in page} == PAGE.keys()
    assert {name for page in index.pages for section in page["s"] for name in section} == SECTION.keys()
    assert {name for shard in index.shards.values() for kep in shard["keps"].values() for name in kep} == KEP.keys()


def test_shards_and_their_list_belong_together(index: SearchIndex, built: Built) -> None:
    assert index.listed.keys() == {"version", "shards", "synonyms", "facets", "latest"}
    assert [entry["name"] for entry in index.listed["shards"]] == ["2026", "keps", "pages", "2025", "2024", "2022"]
    for entry in index.listed["shards"]:
        content, shard = (built.site / FOLDER / entry["file"]).read_bytes(), index.shards[entry["name"]]
        assert shard.keys() == {"version", "name", "pages", "keps"}
        assert (shard["version"], shard["name"]) == (index.listed["version"], entry["name"]) == (1, entry["name"])
        assert entry["bytes"] == len(gzip.compress(content, 6)) < 250_000
        assert entry["sections"] == sum(len(page["s"]) for page in shard["pages"])
        assert re.fullmatch(rf"{entry['name']}\.[0-9a-f]{{8}}\.json", entry["file"])


def test_the_list_tells_of_the_last_issues_what_a_reader_sees_before_typing(index: SearchIndex) -> None:
    issues = sorted((page for page in index.pages if page["k"] == "issue"), key=lambda it: it["d"], reverse=True)
    latest = index.listed["latest"]
    assert [(it["location"], it["title"], it["day"]) for it in latest] == [
        (page["u"], page["t"], page["d"]) for page in issues[:5]
    ]
    for told, page in zip(latest, issues, strict=False):
        assert told.keys() == {"location", "title", "day", "headings", "keps"}
        said = [section["h"] for section in page["s"][1:] if "x" in section or "c" in section]
        assert told["headings"] == said[:3]
        mentioned = dict.fromkeys(number for section in page["s"] for number in section.get("q", ()))
        assert told["keps"] == list(mentioned)[:3]


def test_a_page_is_in_the_shard_of_its_year(index: SearchIndex) -> None:
    for name, shard in index.shards.items():
        kinds = {page["k"] for page in shard["pages"]}
        assert kinds == {"keps": {"kep", "sig", "topic", "page"}, "pages": {"page"}}.get(name, {"issue"})
        days = [page["d"] for page in shard["pages"] if "d" in page]
        assert days == sorted(days, reverse=True)
        assert {day[:4] for day in days} <= {name}


def test_a_shard_knows_every_kep_that_it_mentions(index: SearchIndex) -> None:
    known = {str(page["e"]["n"]): page["e"] for page in index.pages if "e" in page}
    assert len(known) > 40
    for shard in index.shards.values():
        mentioned = {str(it) for page in shard["pages"] for section in page["s"] for it in section.get("q", ())}
        assert shard["keps"] == {n: {k: v for k, v in known[n].items() if k != "n"} for n in mentioned & known.keys()}


def test_the_pages_own_section_comes_first_and_has_no_heading(index: SearchIndex) -> None:
    for page in index.pages:
        own, *below = page["s"]
        assert own["a"] == ""
        assert own.keys().isdisjoint({"h", "l"})
        assert all(section["a"] and section["h"] and section["l"] for section in below)
        assert len({section["a"] for section in page["s"]}) == len(page["s"])


def test_numbers_of_a_heading_come_before_those_below_it(index: SearchIndex) -> None:
    about = [section for page in index.pages for section in page["s"] if re.match(r"#\d+", section.get("h", ""))]
    assert len(about) > 15
    for section in about:
        in_heading = [int(it) for it in re.findall(r"#(\d+)", section["h"])]
        assert section["q"][: len(in_heading)] == in_heading


def test_the_index_has_what_readers_see_and_where_they_see_it(index: SearchIndex, sections: list[PageSection]) -> None:
    """Read from the pages by other means: nothing is lost, and nothing is under another heading."""
    found = index.sections()
    compared = [it for it in written(sections) if it.place.page]
    assert len(compared) > 100
    for section in compared:
        known = found[str(section.place)]
        page = index.page(section.place.page)
        heading = known.get("h", page["t"] if not section.place.anchor else "")
        assert heading == section.heading, str(section.place)
        cards = known.get("c", [])
        if not any(card.startswith("KEP-") for card in cards):  # on which stands what we know of the KEP
            words = " ".join([known.get("x", ""), *cards]).split()
            assert [word for word in section.text.split() if word not in words] == [], str(section.place)


def test_every_place_is_there(index: SearchIndex, sections: list[PageSection]) -> None:
    there = {str(section.place) for section in sections}
    assert index.sections().keys() - there == set()

"""No page, file or feed of the sample site names a release that is not out without saying that it is planned.

What an author writes is the author's own. All else is ours: badges, lists, cards, tables, timelines, data, search.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString
from neco_weekly.model.releases import load_releases

from tests.sites import Built, built_sample

RELEASES = load_releases()
RELEASE = re.compile(r"v?1\.\d\d(?![\d.])")

AUTHORS = (
    ".neco-quote, .neco-issue__topics, .neco-latest__summary, .neco-mentions__issue > a, .neco-odd, .neco-links,"
    " .neco-card__title, title"
)
"""What quotes an author's words on our pages."""

DRAWN = ".neco-kep, .neco-issue-keps, .neco-card__facts"
"""What is ours on an author's pages."""
ADDRESS = ".neco-paper"
"""Where a page stands: its address, which says nothing of what is there."""


@pytest.fixture(scope="module")
def site() -> Built:
    return built_sample()


@pytest.fixture(scope="module")
def as_of(site: Built) -> dt.date:
    return dt.date.fromisoformat(json.loads(site.text("api/keps.json"))["generated"])


def is_to_come(text: str, as_of: dt.date) -> bool:
    named = (f"v{found[0].removeprefix('v')}" for found in RELEASE.finditer(text))
    return any(not RELEASES.is_out(release, as_of) for release in named)


@pytest.fixture(scope="module")
def ours(site: Built) -> list[tuple[str, Tag]]:
    """The parts of pages that the program has drawn, each with the page's path."""
    return list(drawn(site))


def drawn(site: Built) -> Iterator[tuple[str, Tag]]:
    for path in sorted(site.paths("**/*.html")):
        article = site.page(path).select_one("article")
        if article is None:
            continue
        if path.startswith(("issues/20", "guide/")):
            yield from ((path, part) for part in article.select(DRAWN))
        else:
            yield path, article


def texts(part: Tag) -> Iterator[NavigableString]:
    authors = {id(it) for quote in part.select(f"{AUTHORS}, {ADDRESS}") for it in quote.find_all(string=True)}
    yield from (text for text in part.find_all(string=True) if id(text) not in authors)


def is_marked(text: NavigableString) -> bool:
    """Whether words stand in the form for plans, or are a choice or a description, which have words alone."""
    return text.find_parent(class_="neco-planned") is not None or "予定" in text


def test_the_sample_has_plans_to_draw(ours: list[tuple[str, Tag]]) -> None:
    planned = [part for _, part in ours if part.select(".neco-planned")]
    assert len(planned) > 40


def test_what_is_drawn_of_a_release_to_come_says_that_it_is_planned(
    ours: list[tuple[str, Tag]], as_of: dt.date
) -> None:
    found = [
        (path, str(text))
        for path, part in ours
        for text in texts(part)
        if is_to_come(text, as_of) and not is_marked(text)
    ]
    assert found == []


def test_so_do_the_lines_of_details(ours: list[tuple[str, Tag]], as_of: dt.date) -> None:
    lines = [
        (path, line)
        for path, part in ours
        for entry in part.select("[data-more]")
        for line in str(entry["data-more"]).split("\n")
    ]
    assert lines
    assert [(path, line) for path, line in lines if is_to_come(line, as_of) and "予定" not in line] == []


def shipped(document: Any) -> Iterator[dict[str, Any]]:
    """Everything in a JSON document that is said to have shipped."""
    if isinstance(document, dict):
        told = document.get("shipped")
        if isinstance(told, dict) and "release" in told:  # totals of a release only count
            yield told
        for value in document.values():
            yield from shipped(value)
    elif isinstance(document, list):
        for item in document:
            yield from shipped(item)


def test_data_calls_nothing_shipped_that_is_not_out(site: Built, as_of: dt.date) -> None:
    paths = [it for it in site.paths("api/**/*.json") if not it.endswith(".schema.json")]
    found = [it for path in paths for it in shipped(json.loads(site.text(path)))]
    assert len(found) > 100
    assert [it for it in found if it["release"] and not RELEASES.is_out(it["release"], as_of)] == []
    assert [it for it in found if it["since"] and it["since"] > as_of.isoformat()] == []


def test_badges_name_a_release_to_come_only_as_planned(site: Built, as_of: dt.date) -> None:
    badges = [BeautifulSoup(site.text(path), "xml") for path in site.paths("badge/*.svg")]
    named = [it.text for badge in badges for it in badge.find_all("text") if is_to_come(it.text, as_of)]
    assert len(named) > 40
    assert [it for it in named if not it.startswith("予定 ")] == []


def test_search_calls_nothing_shipped_that_is_not_out(site: Built, as_of: dt.date) -> None:
    shards = [json.loads(site.text(path)) for path in site.paths("search/**/*.json")]
    keps = [kep for shard in shards for kep in shard.get("keps", {}).values()]
    assert len(keps) > 40
    assert [kep for kep in keps if is_to_come(kep.get("milestone", ""), as_of)] == []


def test_the_feed_names_no_release_of_its_own_accord(site: Built, as_of: dt.date) -> None:
    feed = BeautifulSoup(site.text("feed.xml"), "xml")
    assert [it.text for it in feed.select("category, link, id") if is_to_come(it.text, as_of)] == []
    for content in feed.find_all(["content", "description", "summary"]):
        html = BeautifulSoup(content.text, "html.parser")
        assert html.select(".neco-kep, .neco-issue-keps") == [], "badges stay out of the feed"

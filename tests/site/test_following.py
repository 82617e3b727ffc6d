"""What a reader follows: stars on pages, the page of them, and that visits tell what history has."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from neco_weekly.display.words import load_strings
from neco_weekly.grammar.topics_file import TopicsFile
from neco_weekly.issues.index import build_index
from neco_weekly.lock.kep_as_of import KepsAsOf
from neco_weekly.lock.store import Lock
from neco_weekly.model.paths import FOLLOWING_PAGE
from neco_weekly.model.releases import load_releases
from neco_weekly.site.following import LIST, STARS, WORDS, following_script
from neco_weekly.site.needed_scripts import needed_scripts
from neco_weekly.site.pages import Site

from tests.release_files import LOCK
from tests.site.followed import replay
from tests.site.search.node import run_node
from tests.site.test_change_data import NAMED, NAP, WATCHED
from tests.sites import PROJECT

KNOWN = ("kep/127/shipped/beta/v1.36", "kep/127/new", "kep/127/shipped/alpha/v1.34")
SCRIPT = Path(__file__).parent / "scripts" / "replayed-following.mjs"


def pages(lock: Lock, *, has_feeds: bool = True) -> dict[str, BeautifulSoup]:
    site = Site(build_index([NAMED]), KepsAsOf(lock, load_releases()), load_strings("en"), has_feeds=has_feeds)
    return {it.path: BeautifulSoup(it.body, "html.parser") for it in site.pages("Weekly")}


@pytest.mark.parametrize("missed", [0, 4])
def test_of_ten_refreshes_each_visit_lists_what_history_added(missed: int) -> None:
    """The first of all, where some were missed, lists what these added together."""
    told = replay()
    assert len(told.keps) == 5
    asked = {
        "stars": {f"kep/{it}": told.known(it) for it in told.keps},
        "day": told.documents[0]["generated"],
        "documents": told.documents[missed:],
    }
    run = run_node(SCRIPT, stdin=json.dumps(asked))
    assert run.stderr == ""
    first, *found = json.loads(run.stdout)
    assert frozenset(first) == frozenset[str]().union(*told.history[:missed])
    assert [frozenset(it) for it in found] == list(told.history[missed:])
    assert len(first) + sum(map(len, found)) == sum(map(len, told.history)) > 0


def test_keps_sigs_and_topics_have_a_place_for_a_star_and_nothing_else_has() -> None:
    found = pages(replace(LOCK, topics=TopicsFile(topics=(NAP,)), watched={"example/nap": WATCHED}))
    stars = {
        path: (*(place.get(f"data-{it}", "") for it in ("neco-follow", "name", "known")), place.a["href"])
        for path, page in found.items()
        for place in page.select("p.neco-follow")
        if place.a
    }
    assert stars == {
        "keps/127.md": ("kep/127", "KEP-127: Support User Namespaces", " ".join(KNOWN), "../following/index.md"),
        "sigs/sig-node.md": ("sig/sig-node", "sig-node", "", "../following/index.md"),
        "topics/nap.md": ("topic/nap", "Nap", "", "../following/index.md"),
    }
    assert {path for path, page in found.items() if LIST in needed_scripts(str(page))} == {FOLLOWING_PAGE}
    assert {path for path, page in found.items() if STARS in needed_scripts(str(page))} == stars.keys()


@pytest.mark.parametrize("has_feeds", [True, False])
def test_without_script_the_page_tells_of_feeds(has_feeds: bool) -> None:
    page = pages(LOCK, has_feeds=has_feeds)[FOLLOWING_PAGE]
    hrefs = [it["href"] for it in page.select("a")]
    assert ("../feeds.opml" in hrefs, "../changes.xml" in hrefs) == (has_feeds, has_feeds)
    assert ("This site has no feeds yet." in page.get_text()) is not has_feeds
    assert "need JavaScript" in page.get_text()


def test_feed_lines_lead_to_the_page() -> None:
    found = pages(LOCK)
    lines = {path: page.select_one(".neco-feeds") for path, page in found.items()}
    assert all(it.find("a", string="Following") for it in lines.values() if it)
    assert "keps/127.md" in {path for path, it in lines.items() if it}


def test_without_a_day_of_the_lock_there_is_nothing_to_follow() -> None:
    found = pages(replace(LOCK, as_of=None))
    assert [path for path, page in found.items() if {STARS, LIST} & {*needed_scripts(str(page))}] == []


def test_a_script_says_the_day_and_words_that_are_filled_in_the_browser() -> None:
    script = following_script(LIST, "run()", LOCK.as_of, load_strings("en"))
    head, _, rest = script.content.partition(";\n")
    told = json.loads(head.removeprefix("globalThis.necoFollowing="))
    assert (told["day"], told["words"]["stop"], rest) == ("2026-05-10", "Stop following {name}", "run()")


def test_a_script_has_the_words_that_it_says() -> None:
    folder = PROJECT / "plugins/neco_weekly/site/assets/following"
    for script, modules in ((STARS, ["star.js"]), (LIST, ["main.js", "list.js"])):
        text = "".join((folder / name).read_text(encoding="utf-8") for name in modules)
        used = set(re.findall(r'said\("(\w+)"', text)) | set(re.findall(r'[?:] "(\w+)"', text))
        assert used - {"status", "alert", "button"} <= set(WORDS[script]), script
        assert set(WORDS[script]) - used <= {"kep", "sig", "topic"}, script

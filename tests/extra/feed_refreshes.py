"""A year of weekly refreshes of every KEP, through feedparser: readers are told of what happened, and of that once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import urljoin

import pytest
from neco_weekly.display.words import load_strings
from neco_weekly.issues.index import build_index
from neco_weekly.lock.kep_as_of import KepsAsOf
from neco_weekly.lock.store import Lock
from neco_weekly.model.issues import Issue, Mention
from neco_weekly.model.keps import Enhancement, Snapshot
from neco_weekly.model.releases import load_releases
from neco_weekly.site.feeds.change_entries import RECENT, RELEASE_FOR
from neco_weekly.site.feeds.feed_values import identifier
from neco_weekly.site.feeds.site_feeds import Publication, SiteFeeds
from neco_weekly.site.pages import Site
from neco_weekly.sources.keps.repository import open_repository

from tests.extra.shared import BUNDLE
from tests.feed_rules import broken_rules, read
from tests.sources.git_finds import cloned

LAST, WEEKS = dt.date(2026, 7, 23), 52
WATCHED = ("changes.xml", "changes-plans.xml", "changes-shipped.xml", "keps/127/feed.xml", "sigs/sig-node/feed.xml")
OF_CHANGES = WATCHED[:3]


@pytest.fixture(scope="module")
def history(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    clone = cloned(BUNDLE, tmp_path_factory.mktemp("bundle") / "keps.git")
    return open_repository(str(clone), cache_dir=tmp_path_factory.mktemp("cache")).snapshot()


def site_on(day: dt.date, history: Snapshot, written: dt.date) -> Site:
    """The site with the lock of a refresh on a day, whose one issue names every KEP of the year's end."""
    known = {number: kep for number, it in history.enhancements.items() if (kep := _until(it, day))}
    mentions = tuple(Mention(kep=number, written=f"KEP-{number}") for number in history.enhancements)
    issue = Issue(path="issues/a.md", title="号", date=written, number=1, mentions=mentions)
    keps = KepsAsOf(Lock(as_of=day, fetched=known), load_releases())
    return Site(build_index([issue]), keps, load_strings("ja"), has_feeds=True)


def _until(kep: Enhancement, day: dt.date) -> Enhancement | None:
    history = tuple(it for it in kep.history if it.date <= day)
    states = [it for it in history if it.state]
    if not states or states[-1].state is None:
        return None
    return replace(kep, state=states[-1].state, source=states[-1].source, history=history)


def feeds_of(site: Site, url: str = "https://neco.test/") -> dict[str, str]:
    about = Publication(url=url, name="Neco", description="", language="ja", find=lambda path: urljoin(url, path))
    return {it.path: it.content for it in SiteFeeds(site, about).files([])}


def refreshes(history: Snapshot) -> Iterator[tuple[dt.date, Site, dict[str, str]]]:
    written = LAST - dt.timedelta(weeks=WEEKS + 1)
    for week in range(WEEKS + 1):
        day = LAST - dt.timedelta(weeks=WEEKS - week)
        site = site_on(day, history, written)
        yield day, site, feeds_of(site)


def test_new_entries_are_what_happened_each_once_and_none_is_of_a_day_to_come(history: Snapshot) -> None:
    """But for what is learned when it is old: that a stage came with a release half a year ago is no news."""
    told: dict[str, set[str]] = {path: set() for path in WATCHED}
    there: dict[str, set[str]] = {path: set() for path in WATCHED}
    known: set[str] | None = None
    wrong, counts = [], []
    for day, site, feeds in refreshes(history):
        happened = {it.id: it for it in site.releases.events}
        for path in WATCHED:
            wrong += [f"{day} {path}: {it}" for it in broken_rules(feeds[path])]
            entries = read(feeds[path]).entries
            ids = {it.id for it in entries}
            wrong += [
                f"{day} {path}: {it.title} is of {it.published}" for it in entries if it.published[:10] > str(day)
            ]
            wrong += [f"{day} {path}: {it} returns" for it in (ids - there[path]) & told[path]]
            new = ids - told[path]
            told[path], there[path] = told[path] | ids, ids
            if path == "changes.xml" and known is not None:
                counts.append(len(new))
                late = {"plan": RECENT, "shipped": RELEASE_FOR}
                new_to_us = ((it, happened[it]) for it in happened.keys() - known)
                recent = {name for name, it in new_to_us if it.day > day - late[it.category]}
                wrong += [] if new == {identifier("event", it) for it in recent} else [f"{day}: {recent}"]
        known = (known or set()) | happened.keys()
    assert (wrong, sum(counts) > 300) == ([], True)


def test_an_address_a_rebuild_and_every_other_kep_make_no_new_entry(history: Snapshot) -> None:
    site = site_on(LAST, history, LAST)
    here, there = feeds_of(site), feeds_of(site_on(LAST, history, LAST), "https://other.test/weekly/")
    for path in OF_CHANGES:
        assert [it.id for it in read(here[path]).entries] == [it.id for it in read(there[path]).entries]


def test_every_feed_of_every_kep_is_read(history: Snapshot, tmp_path: Path) -> None:
    feeds = feeds_of(site_on(LAST, history, LAST))
    texts = {path: text for path, text in feeds.items() if path.endswith(".xml")}
    assert len(texts) > 650
    assert [(path, found) for path, text in texts.items() if (found := broken_rules(text))] == []
    for text in texts.values():
        read(text)

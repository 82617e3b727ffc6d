"""Five KEPs and what ten weekly refreshes tell of them, cut from the lock of this site: what a reader follows there."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from neco_weekly.display.words import load_strings
from neco_weekly.issues.index import build_index
from neco_weekly.lock.kep_as_of import KepsAsOf
from neco_weekly.lock.store import Lock, load_lock
from neco_weekly.model.issues import Issue, Mention
from neco_weekly.model.releases import load_releases
from neco_weekly.site.pages import Site
from neco_weekly.site.pages.change_data import SPAN, change_data

from tests.sites import PROJECT
from tests.weekly import weekly_locks

REFRESHES = 10


@dataclass(frozen=True)
class Replay:
    """`documents` are api/changes.json before and after each refresh; `history` is what each of these added, as ids."""

    keps: tuple[int, ...]
    documents: tuple[dict[str, Any], ...]
    history: tuple[frozenset[str], ...]

    def known(self, number: int) -> list[str]:
        """The ids of what had happened to a KEP before all refreshes, as its page has them."""
        return [it["id"] for it in self.documents[0]["changes"] if number in it["keps"]]


@cache
def replay() -> Replay:
    """The refreshes up to today's, and the five KEPs to which most happened."""
    lock = replace(load_lock(PROJECT / "docs/_metadata"), others={})  # those of its issues are enough
    sites = [_site(lock) for lock in weekly_locks(lock, load_releases(), REFRESHES)]
    documents = tuple(_document(it) for it in sites)
    added, known = [], {it.id for it in sites[0].releases.events}
    for site in sites[1:]:
        assert site.lock.as_of
        since = site.lock.as_of - SPAN
        added.append([it for it in site.releases.events if it.id not in known and it.day > since])
        known |= {it.id for it in added[-1]}
    counts = Counter(number for events in added for it in events for number in it.keps)
    by_count = (number for number, _ in counts.most_common())
    keps = tuple(dict.fromkeys((*by_count, *lock.fetched)))[:5]
    mine = (frozenset(it.id for it in events if not set(keps).isdisjoint(it.keps)) for events in added)
    return Replay(keps, documents, tuple(mine))


def _site(lock: Lock) -> Site:
    """The site with one issue from long ago that names every KEP."""
    mentions = tuple(Mention(kep=it, written=f"KEP-{it}") for it in lock.fetched)
    issue = Issue(path="issues/a.md", title="号", date=dt.date(2020, 1, 3), number=1, mentions=mentions)
    return Site(build_index([issue]), KepsAsOf(lock, load_releases()), load_strings("ja"))


def _document(site: Site) -> dict[str, Any]:
    pages = {"keps": site.kep_numbers, "sigs": (), "topics": ()}
    file, _ = change_data(site.index, site.releases, site.topics, pages, str, site.words)
    document: dict[str, Any] = json.loads(file.content)
    return document

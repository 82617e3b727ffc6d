"""Copies of pages as they were when an issue linked to them: found near the issue's day, or asked for in time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from ..display.card_words import day_of_copy
from ..grammar.kep_references import UrlMeaning, read_url
from ..grammar.urls import normal_url
from ..issues.index import Index
from ..lock.store import Lock
from ..model.cards import NEAR_COPY, Card
from ..model.errors import FetchError
from .report import Report

MOST_QUESTIONS, MOST_REQUESTS = 200, 50
"""The number of links in one run whose copy is looked for, and of those that the archive is asked to keep."""

_MOST_FAILURES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Archivist:
    """The archive, as plain callables that raise FetchError when they fail.

    `may_name` says whether an address may be told to others at all, `near` finds the address of the copy made closest
    to a day. `keep` asks for a page to be kept and returns the copy's address where that is known at once; None where
    nothing is to be asked for.
    """

    may_name: Callable[[str], bool]
    near: Callable[[str, dt.date], str | None]
    keep: Callable[[str], str | None] | None = None


@dataclass(frozen=True, slots=True)
class Cited:
    """A link of issues, as its author wrote it, and the day of the first issue that has it."""

    url: str
    day: dt.date


def cited_links(index: Index, *, only: Iterable[str] = (), own: str = "") -> tuple[Cited, ...]:
    """Return the links of dated public issues, the newest first, of `only` some where these are named.

    Links to the site itself (`own` is its address) and to KEPs are none: what they say is ours, or in the lock.
    """
    wanted = {normal_url(url) for url in only}
    home = normal_url(own) if own else None
    found = [
        Cited(places[0][1][0].url, min(days))
        for url, places in index.by_card.items()
        if (days := [issue.date for issue, _ in places if issue.date])
        and (not wanted or url in wanted)
        and not (home and url.startswith(home))
        and read_url(url).meaning is not UrlMeaning.KEP
    ]
    return tuple(sorted(found, key=lambda it: (it.day, it.url), reverse=True))


def keep_copies(lock: Lock, links: Iterable[Cited], archivist: Archivist, report: Report, today: dt.date) -> Lock:
    """Return the lock with copies of living pages that have none yet, near the days of their issues.

    A page of a new link without such a copy is asked to be kept. Changes, and what was refused, go into the report.
    """
    cards = dict(lock.cards)
    for url, copy in _Round(archivist, report, today).copies(lock, links):
        cards[url] = replace(cards[url], archive=copy)
        report.changes.append(f"{url}: archived at {copy}")
    return lock if cards == lock.cards else replace(lock, cards=cards)


class _Round:
    """One round of questions to an archive, which ends when the archive has had enough."""

    def __init__(self, archivist: Archivist, report: Report, today: dt.date) -> None:
        self._archivist, self._report, self._today = archivist, report, today
        self._requests, self._failures, self._may_keep = 0, 0, archivist.keep is not None

    def copies(self, lock: Lock, links: Iterable[Cited]) -> Iterator[tuple[str, str]]:
        """Yield the normal URL of a link and the address of its copy."""
        questions = 0
        for link in links:
            card = lock.card(link.url)
            if card is None or not _lacks_copy(card) or not self._archivist.may_name(link.url):
                continue
            questions += 1
            if questions > MOST_QUESTIONS or self._failures >= _MOST_FAILURES:
                return
            copy = self._copy(link)
            if copy:
                yield card.url, copy

    def _copy(self, link: Cited) -> str | None:
        try:
            copy = self._archivist.near(link.url, link.day)
        except FetchError as error:
            self._failed(link, "no archive was asked", error)
            return None
        if is_near(copy, link.day) or self._today - link.day > NEAR_COPY:
            return copy
        return self._kept(link)  # an older copy is taken when the link is no longer new

    def _kept(self, link: Cited) -> str | None:
        if self._archivist.keep is None or not self._may_keep:
            return None
        if self._requests == MOST_REQUESTS:
            self._may_keep = False
            note = f"the archive was asked to keep {MOST_REQUESTS} pages; the next refresh asks for more"
            self._report.notes.append(note)
            return None
        self._requests += 1
        try:
            copy = self._archivist.keep(link.url)
        except FetchError as error:
            self._failed(link, "is not archived", error)
            return None
        if copy is None:
            self._report.notes.append(f"{link.url}: the archive was asked to keep it, and has named no copy yet")
        return copy

    def _failed(self, link: Cited, what: str, error: FetchError) -> None:
        """Note a failure. Whoever answers 429 wants no more requests, and who fails again and again can take none."""
        self._report.notes.append(f"{link.url}: {what}: {error}")
        self._failures = _MOST_FAILURES if error.status == 429 else self._failures + 1
        if self._failures >= _MOST_FAILURES:
            self._report.notes.append("the archive is not asked any more in this refresh; the next one goes on")


def is_near(copy: str | None, day: dt.date) -> bool:
    """Whether a copy is of what the author of a day's issue saw; one whose address tells no day is taken for it."""
    if copy is None:
        return False
    of = day_of_copy(copy)
    return of is None or abs(of - day) <= NEAR_COPY


def _lacks_copy(card: Card) -> bool:
    """Whether a card is of a living page of which no copy is known."""
    return card.title is not None and card.failures is None and card.archive is None

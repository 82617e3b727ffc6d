"""Merging what a refresh found into a lock that has changed meanwhile: while a preview fetches, others may write."""

from __future__ import annotations

from dataclasses import replace

from ..grammar.urls import normal_url
from ..lock.other_keps_json import without_numbers
from ..lock.store import Lock
from .plan import Plan, unknown


def merge_answers(lock: Lock, plan: Plan, refreshed: Lock) -> Lock:
    """Return the lock with what a refresh of an earlier lock has found for a plan and this lock still does not know.

    What could not be fetched stays as it is. Its failures are not counted: a writer who mistypes an address, and tries
    the address again and again, says nothing of the page.
    """
    left = unknown(plan, lock)
    pulls = {pull: refreshed.pulls[pull] for pull in left.pulls if pull in refreshed.pulls}
    reached = {kep for keps in pulls.values() for kep in keps} - lock.numbers
    fetched = {number: refreshed.fetched[number] for number in (*left.keps, *reached) if number in refreshed.fetched}
    missing = {number: refreshed.missing[number] for number in left.keps if number in refreshed.missing}
    found = {url: refreshed.cards.get(url) for url in map(normal_url, left.cards)}
    cards = {url: card for url, card in found.items() if card is not None and card.failures is None}
    copies = {url: refreshed.pictures.get(url) for url in map(normal_url, left.pictures)}
    pictures = {url: copy for url, copy in copies.items() if copy is not None and copy.failures is None}
    if fetched or missing or pulls:
        days = [day for day in (lock.as_of, refreshed.as_of) if day is not None]
        lock = replace(
            lock,
            as_of=max(days, default=None),
            fetched={**lock.fetched, **fetched},
            others=without_numbers(lock.others, fetched),
            missing={**lock.missing, **missing},
            irregular=refreshed.irregular,
            pulls={**lock.pulls, **pulls},
        )
    if cards or pictures:
        lock = replace(lock, cards={**lock.cards, **cards}, pictures={**lock.pictures, **pictures})
    return lock


def without_failures(base: Lock, refreshed: Lock) -> Lock:
    """Return a refreshed lock whose cards and pictures that could not be fetched are as they were in the lock `base`.

    A build counts no failures: builds on three days would make the link of a mistyped address dead.
    """
    cards = {url: it if it.failures is None else base.cards.get(url) for url, it in refreshed.cards.items()}
    pictures = {url: it if it.failures is None else base.pictures.get(url) for url, it in refreshed.pictures.items()}
    return replace(
        refreshed,
        cards={url: card for url, card in cards.items() if card},
        pictures={url: picture for url, picture in pictures.items() if picture},
    )

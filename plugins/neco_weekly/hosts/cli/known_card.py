"""A link's page beside what a project knows of the link: what a refresh would make of it, and what was so then."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from ...model.extraction import Extraction
from ...model.github import GitHubFacts, Standing
from ...refresh.proposals import says, suspicion
from .card_authors import Said, Written


@dataclass(frozen=True, slots=True, kw_only=True)
class NoPage:
    """A page that could not be read, or that stands in for another one, and why, in a sentence."""

    url: str
    problem: str


def facts_beside(page: Extraction | NoPage, said: Said) -> GitHubFacts | None:
    """Return what is known of a thing of GitHub: what is so today, with what the lock knows of the past."""
    known = said.known.github if said.known else None
    fresh = page.github if isinstance(page, Extraction) else None
    return fresh.joined(known) if fresh else known


def standings(page: Extraction | NoPage, said: Said) -> Iterator[tuple[Written, dt.date, Standing]]:
    """Yield where a thing of GitHub stood on the day of each issue with its link, the newest issue first."""
    facts = facts_beside(page, said)
    for place in said.places:
        if facts and place.day and (then := facts.on(place.day)):
            yield place, place.day, then


def would_propose(page: Extraction | NoPage, said: Said) -> str | None:
    """Return why a refresh would keep the card and propose what the page says: a clause without a subject, or None."""
    if isinstance(page, NoPage) or said.known is None:
        return None
    standing = said.known.proposed
    if standing and standing.decision == "accept" and says(standing, page):
        return None
    return suspicion(said.known, page)

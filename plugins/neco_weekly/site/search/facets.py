"""Facets, what a search can be narrowed down to: years, SIGs, stages, releases, plans, topics, sites of the pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from ...model.issues import Section
from ...model.keps import Stage, release_order
from .page import Facts, SearchedPage

MOST_SITES = 50
"""The number of sites that the search offers, those with the most cards."""


@dataclass(frozen=True, slots=True)
class Facets:
    """The facets of the pages that were noted on their way into the index."""

    years: set[int] = field(default_factory=set)
    keps: Counter[int] = field(default_factory=Counter)
    topics: Counter[str] = field(default_factory=Counter)
    sites: Counter[str] = field(default_factory=Counter)

    def note(self, page: SearchedPage, sections: Sequence[Section]) -> None:
        """Take note of a page with its sections."""
        if page.day:
            self.years.add(page.day.year)
        for section in sections:
            self.keps.update(section.keps)
            self.topics.update(section.topics)
            self.sites.update(card.split("\n")[1] for card in section.cards)

    def values(self, facts: Callable[[int], Facts | None]) -> Mapping[str, list[str]]:
        """Return the values of each facet.

        Years and releases come newest first, releases that are planned in the order in which they are to come, SIGs,
        topics and sites the most frequent first.
        """
        known = {number: found for number in self.keps if (found := facts(number))}
        sigs: Counter[str] = Counter()
        for number, found in known.items():
            sigs[found.get("sig", "")] += self.keps[number]
        stages = {found["stage"] for found in known.values() if "stage" in found}
        releases = {found["milestone"] for found in known.values() if "milestone" in found}
        plans = {found["plan"]["release"] for found in known.values() if "plan" in found}
        return {
            "year": [str(year) for year in sorted(self.years, reverse=True)],
            "sig": _ranked(sigs),
            "stage": sorted(stages, key=list(Stage).index),
            "release": [it.removeprefix("v") for it in sorted(releases, key=release_order, reverse=True)],
            "planned": [it.removeprefix("v") for it in sorted(plans, key=release_order)],
            "topic": _ranked(self.topics),
            "site": _ranked(self.sites)[:MOST_SITES],
        }


def _ranked(counts: Counter[str]) -> list[str]:
    return sorted(filter(None, counts), key=lambda name: (-counts[name], name))

"""The title by which readers know an issue: its author's, or its topics where that says only when it came out.

With it go the first words of the issue, by which lists tell of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from ..display.words import Strings
from ..grammar.issue_news import count_within, rest_of_title, title_of_topics, width_of
from ..model.issues import Issue
from ..model.text import shortened, whole_sentences

FEWEST, MOST = 80, 240
"""How many characters of its own an issue shows at least in a list, where it has as many, and at most."""

WIDEST = 120
"""The width of what an issue shows in a list, in full-width characters: three lines of forty."""

LINE = 58
"""The width of what an earlier issue shows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Headline:
    """The title of an issue, and the line `above` it: its author's title, where the topics stand in its place."""

    title: str
    above: str = ""

    @property
    def size(self) -> str:
        """How long the title is, for its size: `short`, `long` or `longest`: on a phone each has three lines."""
        width = width_of(self.title)
        return "short" if width <= 36 else "long" if width <= 45 else "longest"


@dataclass(frozen=True)
class Headlines:
    """The headlines of all issues of a site of this name.

    What the titles of several have in common but for numbers is the name of the series, whatever the site is called.
    """

    issues: Iterable[Issue]
    site_name: str
    words: Strings

    def of(self, issue: Issue) -> Headline:
        """Return the headline of an issue."""
        rest = rest_of_title(issue.title, self.site_name)
        if rest and not self._is_series(issue.title, rest):
            return Headline(title=issue.title)
        topics = title_of_topics([it.text for it in issue.news], self.words("site.and"))
        return Headline(title=topics, above=issue.title) if topics else Headline(title=issue.title)

    def _is_series(self, title: str, rest: str) -> bool:
        return any(it.isdigit() for it in title) and self._rests[rest] > 1

    @cached_property
    def _rests(self) -> Counter[str]:
        titles = (it.title for it in self.issues if any(sign.isdigit() for sign in it.title))
        return Counter(rest_of_title(it, self.site_name) for it in titles)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An issue as a list tells of it: its headline, and what it says in a few of its own words."""

    issue: Issue
    headline: Headline
    lead: str

    @property
    def line(self) -> str:
        """The lead, cut to a line."""
        return shortened(self.lead, _longest(self.lead, LINE))


def told(issues: Iterable[Issue], headlines: Headlines) -> Iterator[Told]:
    """Yield issues as lists tell of them."""
    return (Told(issue=it, headline=headlines.of(it), lead=lead_of(it)) for it in issues)


def lead_of(issue: Issue) -> str:
    """Return the first words of an issue for a list: its description, and where that is short its first paragraph.

    Whole sentences, unless these would be fewer than 80 characters of more; no wider than three lines.
    """
    text = issue.description
    if len(text) < FEWEST and issue.opening:
        text = f"{text}{'' if text.endswith('。') else ' '}{issue.opening}".strip()
    limit = max(FEWEST, _longest(text, WIDEST))
    lead = whole_sentences(text, limit)
    return lead if len(lead) >= min(FEWEST, len(text)) else shortened(text, limit)


def _longest(text: str, width: float) -> int:
    """Return how many characters of a text, at most 240, are no wider than a width."""
    return count_within(text[:MOST], width)

"""What the page of all links shows: every card there ever was, each web page once, by year and by site."""

from __future__ import annotations

import datetime as dt
import itertools
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from ...display.card_facts import facts_in_short
from ...display.card_words import Shown, archive_name, languages, readable, site_of
from ...display.github_cards import standing_text
from ...display.words import Strings
from ...grammar.urls import host_of
from ...issues.index import Index
from ...lock.store import Lock
from ...model.cards import Card, CardPicture, CardRule, CardText
from ...model.days import day_in
from ...model.issues import CardMention, Issue
from ...model.paths import LINKS_PAGE
from .templates import DeferredPage

TOP_SITES = 8
"""The number of sites named above the list of links, those that were linked most often."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place of a card: an issue, and the heading that the card stands under; None under the issue's own title."""

    issue: Issue
    card: CardMention
    heading: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """A copy of a page: the copy's address and name."""

    url: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedLink:
    """A web page with all places of its cards, newest first. `url` is the address as the newest of them has it.

    `language` is that of the title where different from the site's. `standing` is where a thing of GitHub stands today,
    `facts` what else a list says of the page; `hidden` is what its newest author, or people for its host, hide of it.
    """

    url: str
    title: str
    language: str | None
    host: str
    page: Card
    copy: Copy | None
    places: tuple[Place, ...]
    standing: str = ""
    facts: tuple[str, ...] = ()
    hidden: frozenset[str] = frozenset()

    @property
    def years(self) -> tuple[int, ...]:
        """The years of the issues with the link, newest first; an issue without a date has none."""
        return tuple(dict.fromkeys(place.issue.date.year for place in self.places if place.issue.date))

    @property
    def year(self) -> int | None:
        """The year under which the list has the link, or None."""
        return next(iter(self.years), None)

    @property
    def site(self) -> str | None:
        """The name of the page's site, where that says more than the host and the title."""
        name = None if "site" in self.hidden else site_of(self.page.site, self.host, self.title)
        return name if name and name.lower() != self.host else None

    @property
    def published(self) -> dt.date | None:
        """The day on which the page says that it was published."""
        return None if "date" in self.hidden else day_in(self.page.published or "")

    @property
    def icon(self) -> CardPicture | None:
        """The icon of the page's site, where that is not hidden."""
        return None if "site" in self.hidden else self.page.icon


@dataclass(frozen=True)
class PublishedLinks:
    """All links, in the order of the newest issues, and what one may look for among them."""

    links: Sequence[PublishedLink]

    @cached_property
    def by_year(self) -> Sequence[tuple[int | None, list[PublishedLink]]]:
        """The links by year, newest first, each under the year of its newest issue; None at the end for no date."""
        return [(year, list(same)) for year, same in itertools.groupby(self.links, key=lambda link: link.year)]

    @cached_property
    def years(self) -> Mapping[int, int]:
        """The years, newest first, with the number of links that the issues of each year have."""
        counts = Counter(year for link in self.links for year in link.years)
        return {year: counts[year] for year in sorted(counts, reverse=True)}

    @cached_property
    def sites(self) -> Mapping[str, int]:
        """The hosts by name, with the number of their links."""
        counts = Counter(link.host for link in self.links)
        return {host: counts[host] for host in sorted(counts)}

    @cached_property
    def top_sites(self) -> Mapping[str, int]:
        """The hosts with the most links, of those that have several; at most `TOP_SITES`."""
        ranked = sorted(self.sites, key=lambda host: (-self.sites[host], host))
        return {host: self.sites[host] for host in ranked[:TOP_SITES] if self.sites[host] > 1}

    @cached_property
    def dead(self) -> int:
        """The number of links that lead nowhere any more."""
        return sum(link.page.is_dead for link in self.links)


def links_page(index: Index, lock: Lock, words: Strings, draw: Callable[..., str]) -> DeferredPage:
    """Return the page of all links, with every web page that a card led to; `draw` takes a template and a path."""

    def drawn() -> str:
        return draw("links.html", LINKS_PAGE, found=published_links(index, lock, words))

    return DeferredPage(path=LINKS_PAGE, title=words("links.title"), draw=drawn)


def published_links(index: Index, lock: Lock, words: Strings) -> PublishedLinks:
    """Return every web page that has a card in an issue; cards of KEPs are left out, for KEPs have pages of ours."""
    known = ((found, lock.cards.get(url) or Card(url=url)) for url, found in index.by_card.items())
    return PublishedLinks([_link(found, page, lock.card_rule(page.url), words) for found, page in known])


def _link(
    found: Iterable[tuple[Issue, tuple[CardMention, ...]]], page: Card, rule: CardRule, words: Strings
) -> PublishedLink:
    cards = [(issue, card) for issue, of_issue in found for card in of_issue]
    texts = [card.text for _, card in cards]
    url = cards[0][1].url
    title = Shown.of(url, _said(texts), page).title
    newest = next((text for text in texts if text != CardText()), CardText())
    return PublishedLink(
        url=url,
        title=title or readable(url),
        language=languages(page, words).get(title or ""),
        host=host_of(url),
        page=page,
        copy=_copy(texts, page, words),
        places=tuple(_places(cards)),
        standing=standing_text(page.github.today, words) if page.github else "",
        facts=facts_in_short(page, words),
        hidden=frozenset((*newest.hidden, *rule.hidden)),
    )


def _copy(texts: Sequence[CardText], page: Card, words: Strings) -> Copy | None:
    """Return the copy of a page that an author names, the newest first; else that of a page that is gone."""
    by_author = next((text.archive for text in texts if text.archive), None)
    url = by_author or (page.archive if page.is_dead else None)
    return Copy(url=url, name=archive_name(url, words)) if url else None


def _places(cards: Iterable[tuple[Issue, CardMention]]) -> Iterator[Place]:
    """Yield the places of a page's cards, one for each heading of an issue, however many cards stand there."""
    seen: set[tuple[str, str]] = set()
    for issue, card in cards:
        place = (issue.path, card.heading.anchor if card.heading else "")
        if place not in seen:
            seen.add(place)
            heading = card.heading.text if card.heading and card.heading.text != issue.title else None
            yield Place(issue=issue, card=card, heading=heading)


def _said(texts: Sequence[CardText]) -> CardText:
    """Return what authors said of a page, the newest first; what Embedly captured only where nobody said anything."""
    by_author = (text for text in texts if text.title and text.origin == "author")
    return next(by_author, None) or next((text for text in texts if text.title), texts[0])

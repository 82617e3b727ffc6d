"""All feeds of a site: of issues, of what happened to KEPs, of each KEP, SIG and topic, and the list of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urljoin

from markupsafe import Markup

from ...model.kep_events import Category as EventCategory
from ...model.kep_events import Event
from ...model.paths import CHANGES_PAGE, KEP_PAGE, SIG_PAGE, TAG_PAGE, TOPIC_PAGE
from ..files import GeneratedPage
from ..pages import Site
from . import feed_places as places
from .atom_feed import AtomWriter
from .change_entries import ChangeEntries, link_to, told
from .feed_values import Entry, Feed, identifier
from .issue_entries import issue_key
from .json_feed import feed_schema, json_feed
from .mention_entries import MentionEntries
from .opml import Outline, opml

_FEWEST = 10
"""The number of plans from long ago that the feed of a KEP has at most."""

_YEAR = dt.timedelta(days=366)
"""The time for which what shipped of a KEP stays in the KEP's own feed."""

_LAST_MENTIONS = 3
"""The number of issues that an entry names as those that last wrote of its KEP."""

_NOTHING_YET = dt.date(1970, 1, 1)
"""The day of a feed without entries in a site of which no day is known."""


_About = tuple[str, str, str, Iterable[Entry]]
"""A feed before it is written: its path, that of the page that it goes with, its title (that of the site: empty), and
its entries."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """How a site is known to those who subscribe. `find` returns the whole address of the file of a path, or None.

    `url` is the address of the site, which ends with a slash.
    """

    url: str
    name: str
    description: str
    language: str
    find: Callable[[str], str | None]


class SiteFeeds:
    """The feeds of a site that has an address."""

    def __init__(self, site: Site, publication: Publication) -> None:
        self._site, self._publication, self._words = site, publication, site.words
        self._atom = AtomWriter()
        self._mentions = MentionEntries(site.words, self._address, lambda it: issue_key(it, site.issues_dir))
        self._changes = ChangeEntries(
            site.words, site.keps_as_of.releases, self._name_of, self._page_of, self._last_mentions
        )

    def files(self, issues: Sequence[Entry]) -> Iterator[GeneratedPage]:
        """Yield all feeds and the list of them; `issues` are the entries of the newest ones."""
        of_issues = self._feed(places.JSON_ISSUES_FEED, "index.md", "", issues)
        yield GeneratedPage(path=places.JSON_ISSUES_FEED, content=json_feed(of_issues))
        yield feed_schema()
        for path, page, title, entries in self._atom_feeds(issues):
            yield GeneratedPage(path=path, content=self._atom.write(self._feed(path, page, title, entries)))
        yield GeneratedPage(path=places.LIST_OF_FEEDS, content=self._list())

    def _atom_feeds(self, issues: Sequence[Entry]) -> Iterator[_About]:
        yield places.ISSUES_FEED, "index.md", "", issues
        yield from self._of_changes()
        yield from self._of_keps()
        yield from self._of_sigs()
        yield from self._of_topics()
        yield from self._of_tags(issues)

    def _address(self, path: str) -> str:
        return self._publication.find(path) or urljoin(self._publication.url, path)

    def _page_of(self, number: int) -> str | None:
        return self._publication.find(KEP_PAGE.format(number=number))

    def _feed(self, path: str, page: str, title: str, entries: Iterable[Entry]) -> Feed:
        about = self._publication
        return Feed(
            id=identifier("feed", about.name, path),
            url=self._address(path),
            page=self._address(page),
            title=f"{title} – {about.name}" if title else about.name,
            subtitle="" if title else about.description,
            language=about.language,
            author=about.name,
            empty_since=self._site.lock.as_of or _NOTHING_YET,
            entries=tuple(sorted(entries, key=lambda it: it.last, reverse=True)) if title else tuple(entries),
        )

    # --- which feeds ----------------------------------------------------------------------------------------------

    def _of_changes(self) -> Iterator[_About]:
        wanted: tuple[tuple[str, str, EventCategory | None], ...] = (
            (places.CHANGES_FEED, "changes", None),
            (places.PLANS_FEED, "plans", "plan"),
            (places.SHIPPED_FEED, "shipped", "shipped"),
        )
        for path, name, category in wanted:
            found = (it for it in self._covered if category in (None, it.category))
            yield path, CHANGES_PAGE, self._words(f"feeds.{name}"), self._events(found)

    def _of_keps(self) -> Iterator[_About]:
        now, by_kep = self._site.releases.now, self._site.releases.events_by_kep
        for number in self._site.kep_numbers:
            events = self._changes.of(told(by_kep.get(number, ()), now, newest=_FEWEST, shipped_for=_YEAR))
            mentions = self._mentions.of("kep", str(number), f"KEP-{number}", self._site.index.by_kep[number])
            title = self._name_of(number)
            yield places.KEP_FEED.format(number=number), KEP_PAGE.format(number=number), title, [*events, *mentions]

    def _of_sigs(self) -> Iterator[_About]:
        for name, sig in self._site.sigs.items():
            owned = frozenset(sig.owned)
            events = self._events(it for it in self._covered if not owned.isdisjoint(it.keps))
            mentions = self._mentions.of_sig(name, sig.issues, self._link_to)
            yield places.SIG_FEED.format(sig=name), SIG_PAGE.format(sig=name), name, [*events, *mentions]

    def _of_topics(self) -> Iterator[_About]:
        topics, as_of = self._site.topics, self._site.releases.now
        for slug, row in topics.rows.items():
            name, repository = row.topic.name, topics.repository(row.topic)
            mentions = self._mentions.of("topic", slug, name, self._site.topic_index.mentions[slug])
            releases = self._mentions.of_releases(name, repository, as_of) if repository else ()
            yield places.TOPIC_FEED.format(slug=slug), TOPIC_PAGE.format(slug=slug), name, [*mentions, *releases]

    def _of_tags(self, issues: Iterable[Entry]) -> Iterator[_About]:
        """Yield the feeds of tags: issues that the site's own feed has are whole in them, older ones in a line."""
        whole = {it.id: it for it in issues}
        for slug, tag in self._site.tags.items():
            found = (self._mentions.of_issue(it) for it in tag.issues if it.date)
            entries = [whole.get(it.id, it) for it in found]
            title = self._words("tag.title", name=tag.name)
            yield places.TAG_FEED.format(name=slug), TAG_PAGE.format(name=slug), title, entries

    def _list(self) -> str:
        """Return the list of all feeds: those of the site first, then those of KEPs, SIGs and topics."""
        words, name = self._words, self._publication.name
        groups: dict[str, list[Outline]] = {name: []}
        names = {
            "keps": words("kep.index_title"),
            "sigs": words("sig.index_title"),
            "topics": words("topic.index_title"),
            "tags": words("tag.index_title"),
        }
        seen: set[str] = set()
        for page, found in self._site.feeds.items():
            group = groups.setdefault(names[page.partition("/")[0]] if len(found) == 1 else name, [])
            for place in found:
                if place.path not in seen:
                    seen.add(place.path)
                    url = self._address(place.path)
                    group.append(Outline(title=place.title, url=url, page=self._address(page)))
        return opml(name, groups)

    # --- what they tell -------------------------------------------------------------------------------------------

    def _events(self, found: Iterable[Event]) -> Iterator[Entry]:
        return self._changes.of(told(tuple(found), self._site.releases.now))

    @cached_property
    def _covered(self) -> tuple[Event, ...]:
        """What happened to KEPs that issues mention, newest first."""
        pages = frozenset(self._site.kep_numbers)
        return tuple(it for it in self._site.releases.events if not pages.isdisjoint(it.keps))

    def _name_of(self, number: int) -> str:
        kep = self._site.keps_as_of.of(number)
        return f"KEP-{number}: {kep.state.title}" if kep else f"KEP-{number}"

    def _link_to(self, number: int) -> Markup:
        return link_to((self._name_of(number), self._address(KEP_PAGE.format(number=number))))

    def _last_mentions(self, number: int) -> list[tuple[str, str]]:
        found = self._site.index.by_kep.get(number, ())[:_LAST_MENTIONS]
        return [(issue.title, self._address(issue.path)) for issue, _ in found]

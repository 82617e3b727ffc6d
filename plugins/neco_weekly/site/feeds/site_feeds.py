"""All feeds of a site: of issues, of what happened to KEPs, of each KEP, SIG and topic, and the list of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from urllib.parse import urljoin

from markupsafe import Markup

from ...model.kep_events import Category as EventCategory
from ...model.kep_events import Event
from ...model.paths import CHANGES_PAGE, KEP_PAGE, SIG_PAGE, TAG_PAGE, TOPIC_PAGE
from ...model.topics import Topic
from ..files import GeneratedPage
from ..pages import Site
from ..pages.appearances import words_around
from ..pages.sigs import Sig
from ..pages.tags import Tag
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


@dataclass(frozen=True, slots=True, kw_only=True)
class DeferredFeed:
    """A feed that is not written yet, its file at `path`.

    `quoted` yields what it quotes that is not of the site itself: words around mentions, and issues as they are drawn.
    """

    path: str
    write: Callable[[], str]
    quoted: Callable[[], Iterable[str]] = tuple

    def file(self) -> GeneratedPage:
        """Return the feed, written."""
        return GeneratedPage(path=self.path, content=self.write())


@dataclass(frozen=True, slots=True, kw_only=True)
class _About:
    """What a feed is about: the page that it goes with, its title (that of the site: empty), its entries."""

    path: str
    page: str
    title: str
    entries: Callable[[], Iterable[Entry]]
    quoted: Callable[[], Iterable[str]] = tuple


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
        return (it.file() for it in self.deferred(lambda: issues))

    def deferred(
        self, issues: Callable[[], Sequence[Entry]], quoted: Callable[[], Iterable[str]] = tuple
    ) -> Iterator[DeferredFeed]:
        """Yield all feeds and the list of them, not written yet, in the order of `files`.

        `issues` returns the entries of the newest ones, which are made of what `quoted` yields.
        """
        newest = _About(path=places.JSON_ISSUES_FEED, page="index.md", title="", entries=issues, quoted=quoted)
        yield DeferredFeed(path=newest.path, write=lambda: json_feed(self._feed(newest)), quoted=quoted)
        schema = feed_schema()
        yield DeferredFeed(path=schema.path, write=lambda: schema.content)
        for about in self._atom_feeds(replace(newest, path=places.ISSUES_FEED)):
            yield DeferredFeed(path=about.path, write=partial(self._written, about), quoted=about.quoted)
        yield DeferredFeed(path=places.LIST_OF_FEEDS, write=self._list)

    def _written(self, about: _About) -> str:
        return self._atom.write(self._feed(about))

    def _atom_feeds(self, issues: _About) -> Iterator[_About]:
        yield issues
        yield from self._of_changes()
        yield from self._of_keps()
        yield from self._of_sigs()
        yield from self._of_topics()
        yield from self._of_tags(issues)

    def _address(self, path: str) -> str:
        return self._publication.find(path) or urljoin(self._publication.url, path)

    def _page_of(self, number: int) -> str | None:
        return self._publication.find(KEP_PAGE.format(number=number))

    def _feed(self, it: _About) -> Feed:
        about, entries = self._publication, it.entries()
        return Feed(
            id=identifier("feed", about.name, it.path),
            url=self._address(it.path),
            page=self._address(it.page),
            title=f"{it.title} – {about.name}" if it.title else about.name,
            subtitle="" if it.title else about.description,
            language=about.language,
            author=about.name,
            empty_since=self._site.lock.as_of or _NOTHING_YET,
            entries=tuple(sorted(entries, key=lambda it: it.last, reverse=True)) if it.title else tuple(entries),
        )

    # --- which feeds ----------------------------------------------------------------------------------------------

    def _of_changes(self) -> Iterator[_About]:
        wanted: tuple[tuple[str, str, EventCategory | None], ...] = (
            (places.CHANGES_FEED, "changes", None),
            (places.PLANS_FEED, "plans", "plan"),
            (places.SHIPPED_FEED, "shipped", "shipped"),
        )
        for path, name, category in wanted:
            entries = partial(self._of_category, category)
            yield _About(path=path, page=CHANGES_PAGE, title=self._words(f"feeds.{name}"), entries=entries)

    def _of_category(self, category: EventCategory | None) -> Iterator[Entry]:
        return self._events(it for it in self._covered if category in (None, it.category))

    def _of_keps(self) -> Iterator[_About]:
        for number in self._site.kep_numbers:
            yield _About(
                path=places.KEP_FEED.format(number=number),
                page=KEP_PAGE.format(number=number),
                title=self._name_of(number),
                entries=partial(self._of_kep, number),
                quoted=partial(words_around, self._site.index.by_kep[number]),
            )

    def _of_kep(self, number: int) -> Iterator[Entry]:
        now, found = self._site.releases.now, self._site.releases.events_by_kep.get(number, ())
        yield from self._changes.of(told(found, now, newest=_FEWEST, shipped_for=_YEAR))
        yield from self._mentions.of("kep", str(number), f"KEP-{number}", self._site.index.by_kep[number])

    def _of_sigs(self) -> Iterator[_About]:
        for name, sig in self._site.sigs.items():
            path, page = places.SIG_FEED.format(sig=name), SIG_PAGE.format(sig=name)
            yield _About(path=path, page=page, title=name, entries=partial(self._of_sig, name, sig))

    def _of_sig(self, name: str, sig: Sig) -> Iterator[Entry]:
        owned = frozenset(sig.owned)
        yield from self._events(it for it in self._covered if not owned.isdisjoint(it.keps))
        yield from self._mentions.of_sig(name, sig.issues, self._link_to)

    def _of_topics(self) -> Iterator[_About]:
        for slug, row in self._site.topics.rows.items():
            yield _About(
                path=places.TOPIC_FEED.format(slug=slug),
                page=TOPIC_PAGE.format(slug=slug),
                title=row.topic.name,
                entries=partial(self._of_topic, slug, row.topic),
                quoted=partial(words_around, self._site.topic_index.mentions[slug]),
            )

    def _of_topic(self, slug: str, topic: Topic) -> Iterator[Entry]:
        repository = self._site.topics.repository(topic)
        yield from self._mentions.of("topic", slug, topic.name, self._site.topic_index.mentions[slug])
        if repository:
            yield from self._mentions.of_releases(topic.name, repository, self._site.releases.now)

    def _of_tags(self, issues: _About) -> Iterator[_About]:
        """Yield the feeds of tags: issues that the site's own feed has are whole in them, older ones in a line."""
        for slug, tag in self._site.tags.items():
            yield replace(
                issues,
                path=places.TAG_FEED.format(name=slug),
                page=TAG_PAGE.format(name=slug),
                title=self._words("tag.title", name=tag.name),
                entries=partial(self._of_tag, tag, issues),
            )

    def _of_tag(self, tag: Tag, issues: _About) -> Iterator[Entry]:
        whole = {it.id: it for it in issues.entries()}
        found = (self._mentions.of_issue(it) for it in tag.issues if it.date)
        return (whole.get(it.id, it) for it in found)

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

"""What the pages of topics show: what a topic is, the releases reported of it, what was written, what goes with it."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import quote

from ...grammar.name_table import folded_name
from ...issues.topic_index import TopicIndex
from ...lock.store import Lock
from ...model.issues import Issue, ReportedRelease, TopicMention
from ...model.keps import Link
from ...model.topics import KINDS, Topic, TopicKind
from ...model.watched import Release, WatchedRepository, releases_between
from .about import About, own_words
from .appearances import Appearance, appearance

TOGETHER = 8
"""The number of KEPs, and of topics, that are shown as those that occur with a topic."""

_NEWEST = 100
"""Of so many issues that name a topic, the newest, it is counted what occurs with the topic."""

_IN_SECTION = 4
"""What it counts to be named under the same heading, where to be named in the same issue counts 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedVersion:
    """A release that issues reported: its version as the newest of them writes it, and each place that reports it.

    `release` is what the lock knows of it: its tag and its day.
    """

    version: str
    release: Release | None
    places: tuple[tuple[Issue, ReportedRelease], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicRow:
    """A row of the table of topics: a topic, the issues that name it, and the mention that is its last."""

    topic: Topic
    issues: tuple[Issue, ...]
    last: TopicMention
    current: Release | None

    @property
    def years(self) -> list[int]:
        """The years in which the topic was named, oldest first."""
        return sorted({issue.date.year for issue in self.issues if issue.date})


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicView:
    """The view of a topic, all of its page. `together` are slugs of topics; `records` tell of a vulnerability."""

    topic: Topic
    about: About | None
    repository: WatchedRepository | None
    current: Release | None
    reported: tuple[ReportedVersion, ...]
    appearances: tuple[Appearance, ...]
    mentions: tuple[tuple[Issue, TopicMention], ...]
    keps: tuple[int, ...]
    together: tuple[str, ...]
    see_also: tuple[str, ...]
    records: tuple[Link, ...]


class TopicViews:
    """The views of all topics that have a page: those that issues name, by the `index` of topics."""

    def __init__(self, index: TopicIndex, lock: Lock, keps: Sequence[int]) -> None:
        self.index, self._lock, self._keps = index, lock, frozenset(keps)
        self._sections: dict[str, Mapping[str, frozenset[int | str]]] = {}
        self._with: dict[str, tuple[tuple[int, ...], tuple[str, ...]]] = {}

    @cached_property
    def rows(self) -> Mapping[str, TopicRow]:
        """The rows of the table of topics, by slug: by kind, and in each by name."""
        found = [self.index.topics[slug] for slug in self.index.mentions]
        ordered = sorted(found, key=lambda it: (KINDS.index(it.kind), it.name.casefold(), it.slug))
        return {it.slug: self._row(it) for it in ordered}

    @cached_property
    def kinds(self) -> Mapping[TopicKind, int]:
        """The kinds of topics that have a page, and how many there are of each."""
        counts = Counter(row.topic.kind for row in self.rows.values())
        return {kind: counts[kind] for kind in KINDS if counts[kind]}

    @cached_property
    def years(self) -> Mapping[int, int]:
        """The years in which topics were named, newest first, and how many were."""
        counts = Counter(year for row in self.rows.values() for year in row.years)
        return {year: counts[year] for year in sorted(counts, reverse=True)}

    def view(self, slug: str) -> TopicView:
        """Return the view of one topic.

        Raises:
            KeyError: there is no such topic, or no issue names it.
        """
        topic, found = self.index.topics[slug], self.index.mentions[slug]
        if slug not in self._with:  # a view is asked for by a page and by the data
            self._with[slug] = self._together(slug)
        keps, together = self._with[slug]
        return TopicView(
            topic=topic,
            about=own_words(topic.summary) if topic.summary else None,
            repository=self.repository(topic),
            current=self.current(topic),
            reported=tuple(self._reported(topic)),
            appearances=tuple(appearance(issue, mentions) for issue, mentions in found),
            mentions=tuple((issue, it) for issue, mentions in found for it in mentions),
            keps=keps,
            together=together,
            see_also=tuple(it for it in topic.see_also if it in self.rows),
            records=tuple(_records(topic)),
        )

    def categories(self, issue: Issue) -> Iterator[tuple[str, str]]:
        """Yield what an issue is about, for a feed: of topics and KEPs with a page a word for programs and a name."""
        yield from ((slug, self.index.topics[slug].name) for slug in self.index.by_issue[issue.path])
        yield from ((f"kep-{number}", f"KEP-{number}") for number in issue.keps if number in self._keps)

    def repository(self, topic: Topic) -> WatchedRepository | None:
        """Return what the lock knows of a topic's repository."""
        return self._lock.repository(topic.repo) if topic.repo else None

    def current(self, topic: Topic) -> Release | None:
        """Return the release of a topic's project that is current on the lock's day, None where none is known."""
        known = self.repository(topic)
        return known.current(self._lock.as_of) if known else None

    def _row(self, topic: Topic) -> TopicRow:
        found = self.index.mentions[topic.slug]
        issues = tuple(issue for issue, _ in found)
        return TopicRow(topic=topic, issues=issues, last=found[0][1][0], current=self.current(topic))

    # --- releases -------------------------------------------------------------------------------------------------

    def _reported(self, topic: Topic) -> Iterator[ReportedVersion]:
        """Yield the releases of a topic that issues reported, those of the newest issues first."""
        places: dict[object, list[tuple[Issue, ReportedRelease]]] = {}
        for issue, reported in self.index.releases.get(topic.slug, ()):
            for it in sorted(reported, key=lambda it: it.order, reverse=True):
                places.setdefault(it.order, []).append((issue, it))
        known = self.repository(topic)
        for found in places.values():
            version = found[0][1].version
            since = releases_between(known, version) if known else None
            yield ReportedVersion(version=version, release=since.reported if since else None, places=tuple(found))

    # --- what goes with it ----------------------------------------------------------------------------------------

    def _together(self, slug: str) -> tuple[tuple[int, ...], tuple[str, ...]]:
        """Return the KEPs and the topics that occur with a topic, those that do most often first."""
        counts: Counter[int | str] = Counter()
        for issue, mentions in self.index.mentions[slug][:_NEWEST]:
            sections = self._named(issue)
            counts.update(frozenset().union(*sections.values()))
            for anchor in {_anchor(it) for it in mentions}:
                counts.update(dict.fromkeys(sections.get(anchor, ()), _IN_SECTION))
        keps = (it for it in counts if isinstance(it, int) and it in self._keps)
        topics = (it for it in counts if isinstance(it, str) and it != slug)
        rank = lambda key: (-counts[key], str(key))  # noqa: E731 (of both)
        return tuple(heapq.nsmallest(TOGETHER, keps, rank)), tuple(heapq.nsmallest(TOGETHER, topics, rank))

    def _named(self, issue: Issue) -> Mapping[str, frozenset[int | str]]:
        """Return the KEPs and topics that each section of an issue names, by its anchor."""
        if issue.path not in self._sections:
            named: dict[str, set[int | str]] = {}
            for mention in issue.mentions:
                named.setdefault(_anchor(mention), set()).add(mention.kep)
            for it in issue.topic_mentions:
                if slug := self.index.slug_of(it):
                    named.setdefault(_anchor(it), set()).add(slug)
            self._sections[issue.path] = {anchor: frozenset(found) for anchor, found in named.items()}
        return self._sections[issue.path]


def spellings(topic: Topic) -> Iterator[str]:
    """Yield other spellings of a topic's names, by which search finds its page: `argocd` and `argo-cd` of `Argo CD`."""
    texts = " ".join(filter(None, (*topic.names, topic.repo))).casefold()
    for spelling in dict.fromkeys((topic.slug, *map(folded_name, topic.names))):
        if spelling not in texts:
            yield spelling


def release_url(repository: str, release: Release) -> str:
    """Return the address of a release's page on GitHub, of the repository `owner/name`."""
    return f"https://github.com/{repository}/releases/tag/{quote(release.tag, safe='')}"


def _anchor(it: object) -> str:
    heading = getattr(it, "heading", None)
    return heading.anchor if heading else ""


def _records(topic: Topic) -> Iterator[Link]:
    """Yield where a vulnerability is on record (https://www.cve.org), unless its sources say so."""
    number = topic.name.upper()
    url = f"https://www.cve.org/CVERecord?id={quote(number)}"
    if topic.kind == "vulnerability" and number.startswith("CVE-") and all(it.url != url for it in topic.sources):
        yield Link(title=number, url=url)

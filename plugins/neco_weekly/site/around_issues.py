"""What stands around an issue's text, put into its drawn page: topics, releases of today, related issues.

All of that follows from other issues and from the lock, and so changes without the issue.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import quote

from ..display.topic_lines import NamedLink, ReleaseNow, issue_topics, related_issues, releases_now
from ..display.words import Strings
from ..grammar.name_table import folded_name
from ..issues.related import Related, RelatedIssues
from ..model.issues import Issue, ReportedRelease
from ..model.paths import TOPIC_PAGE
from ..model.topics import Topic
from ..model.watched import SinceThen, WatchedRepository, releases_between
from .page_places import Places, put_in
from .pages import Site

Address = Callable[[str], str]
"""A function from the path of a page of the site to its address, as seen from the issue."""

_LIST_OF_KEPS = re.compile(r'<nav\b[^>]*\bclass="neco-issue-keps"')

_MOST_RELEASES = 8
"""The number of projects of which one line says what is current."""


@dataclass(frozen=True)
class AroundIssues:
    """What stands around the issues of a site. `tells_now`: sections that report a release say which is current."""

    site: Site
    tells_now: bool = True

    def around(self, issue: Issue, html: str, address: Address) -> str:
        """Return the HTML of an issue's page with its topics below the title, and related issues at its end."""
        topics, related = self.topics(issue, address), self.related(issue, address)
        if topics:
            place = _end_of_keps(html)
            html = put_in(html, {Places(html).of("") if place is None else place: topics})
        html = self.with_releases(issue, html, address)
        return put_in(html, {len(html): related}) if related else html

    def with_releases(self, issue: Issue, html: str, address: Address) -> str:
        """Return the HTML of an issue's page with a line at each section that reports releases, of what is current."""
        lines = self._releases(issue, address)
        if not lines:
            return html
        places = Places(html)
        added: dict[int, str] = {}
        for anchor, line in lines.items():
            added[places.of(anchor)] = added.get(places.of(anchor), "") + line
        return put_in(html, added)

    def topics(self, issue: Issue, address: Address) -> str:
        """Return the line of an issue's topics, as HTML; empty without any."""
        found = [self._topic(slug, address) for slug in self._ranked(issue)]
        return issue_topics(found, self._words) if found else ""

    def related(self, issue: Issue, address: Address) -> str:
        """Return the list of issues that are related to one, as HTML; empty without any."""
        found = [self._related_link(it, address) for it in self._related.of(issue.path)]
        return related_issues(found, self._words) if found else ""

    @property
    def _words(self) -> Strings:
        return self.site.words

    # --- topics -------------------------------------------------------------------------------------------------------

    def _ranked(self, issue: Issue) -> list[str]:
        """Return the slugs of the topics of an issue, those of most sections first, else in the order of its text.

        A draft may name topics that have no page.
        """
        slugs = (self.site.topic_index.slug_of(it) for it in issue.topic_mentions)
        counts = Counter(slug for slug in slugs if slug in self.site.topics.rows)
        return [slug for slug, _ in counts.most_common() if slug]

    def _topic(self, slug: str, address: Address) -> NamedLink:
        return NamedLink(name=self.site.topic_index.topics[slug].name, address=address(TOPIC_PAGE.format(slug=slug)))

    # --- related issues -----------------------------------------------------------------------------------------------

    @cached_property
    def _related(self) -> RelatedIssues:
        return RelatedIssues(index=self.site.index, topics=self.site.topic_index, sig_of=self._sig_of)

    def _sig_of(self, number: int) -> str | None:
        kep = self.site.keps_as_of.of(number)
        return kep.state.sig if kep else None

    def _related_link(self, it: Related, address: Address) -> NamedLink:
        issue, topics = it.issue, self.site.topic_index.topics
        named = (*(topics[slug].name for slug in it.topics), *(f"KEP-{number}" for number in it.keps))
        title = self.site.headlines.of(issue).title if self.site.design else issue.title
        day = str(issue.date) if issue.date and str(issue.date) not in title else ""
        return NamedLink(name=title, address=address(issue.path), day=day, shared=named or it.sigs)

    # --- releases -----------------------------------------------------------------------------------------------------

    def _releases(self, issue: Issue, address: Address) -> Mapping[str, str]:
        """Return for each section that reports releases, by its anchor, the line that says what is current."""
        under: dict[str, dict[str, list[ReportedRelease]]] = {}
        for it in issue.releases if self.tells_now else ():
            under.setdefault(it.heading.anchor if it.heading else "", {}).setdefault(it.topic, []).append(it)
        lines: dict[str, str] = {}
        for anchor, projects in under.items():
            found = [now for reported in projects.values() for now in self._now(reported, address)]
            if found:
                lines[anchor] = releases_now(found[:_MOST_RELEASES], self._words)
        return lines

    def _now(self, reported: list[ReportedRelease], address: Address) -> Iterator[ReleaseNow]:
        """Yield what is current of the project of which a section reports releases.

        It is seen from the newest of those that the heading names, else of those to which the section links.
        """
        slug = self.site.topic_index.slug_of(reported[0])
        topic = self.site.topic_index.topics[slug] if slug else None
        repository = self.site.lock.repository((topic.repo or "") if topic else reported[0].topic)
        newest = max(reported, key=lambda it: (_is_in_heading(it), it.order))
        since = releases_between(repository, newest.version, self.site.lock.as_of) if repository else None
        if repository is None or since is None:
            return
        name = topic.name if topic else repository.name.partition("/")[2]
        has_page = slug in self.site.topics.rows
        releases = f"https://github.com/{quote(repository.name)}/releases"
        yield ReleaseNow(
            name=name,
            version=since.current.tag,
            address=address(TOPIC_PAGE.format(slug=slug)) if has_page else releases,
            page_label=self._words("now.page") if has_page else self._words("now.releases"),
            lines=tuple(self._details(newest, since)),
            shows_name=not _is_named(newest, topic, repository),
            is_same=not since.newer,
        )

    def _details(self, reported: ReportedRelease, since: SinceThen) -> Iterator[str]:
        """Yield the lines of the details: the reported release, the current one, and how many lie between."""
        words, known = self._words, since.reported
        day = words("now.since", day=known.day) if known else ""
        yield words("now.reported", version=reported.version, day=day).rstrip()
        yield words("now.is_current", version=since.current.tag, day=since.current.day)
        if since.newer:
            count = since.between
            yield words("now.at_least", count=count) if since.is_least else words("now.between", count=count)
        if self.site.lock.as_of:
            yield words("now.source", day=self.site.lock.as_of)


def _end_of_keps(html: str) -> int | None:
    """Return the place below the list of an issue's KEPs, None where the page has none."""
    keps = _LIST_OF_KEPS.search(html)
    end = html.find("</nav>", keps.end()) if keps else -1
    return end + len("</nav>") if end >= 0 else None


def _is_in_heading(reported: ReportedRelease) -> bool:
    return reported.heading is not None and reported.version.lstrip("vV") in reported.heading.text


def _is_named(reported: ReportedRelease, topic: Topic | None, repository: WatchedRepository) -> bool:
    """Whether the heading above a reported release says of which project the release is."""
    names = topic.names if topic else (repository.name.partition("/")[2],)
    heading = folded_name(reported.heading.text) if reported.heading else ""
    return any(folded_name(name) in heading for name in names)

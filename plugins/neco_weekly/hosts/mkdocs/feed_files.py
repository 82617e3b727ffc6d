"""The feeds of a build: their files, and what every page says to feed readers of where they are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, partial
from html import escape
from urllib.parse import urljoin

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File
from mkdocs.structure.pages import Page

from ...model.issues import Issue
from ...site.feeds.feed_places import ISSUES_FEED, JSON_ISSUES_FEED, feed_paths
from ...site.feeds.feed_values import Category, Entry
from ...site.feeds.issue_entries import in_feed, issue_entry, issue_key
from ...site.feeds.site_feeds import DeferredFeed, Publication, SiteFeeds
from .build import Build
from .kept_drawings import Wanted
from .setup import Setup


def add_feeds(setup: Setup, build: Build, config: MkDocsConfig, corrected: Mapping[str, dt.date]) -> None:
    """Add the feeds of a site that has an address and an issue with a date; else none.

    `corrected` is the day of the last correction of each issue that a later one corrects, by its path.
    """
    written: set[str] = set()
    if build.site.feeds:
        about = _publication(setup, build, config)
        issues = _Issues(build, config, corrected)
        feeds = list(SiteFeeds(build.site, about).deferred(issues.entries, issues.drawn))
        wanted = [Wanted(name=f"feed {it.path}", own=it.quoted(), draw=partial(_written, it)) for it in feeds]
        for feed, [text] in zip(feeds, build.drawings.each(wanted), strict=True):
            written.add(feed.path)
            build.files.put(feed.path, text)
    build.files.remove_empty(it for it in feed_paths(build.drawn.first.feeds) if it not in written)


def _written(feed: DeferredFeed) -> Sequence[str]:
    return [feed.write()]


def _publication(setup: Setup, build: Build, config: MkDocsConfig) -> Publication:
    @cache  # a KEP's page is asked for by each of its entries
    def find(path: str) -> str | None:
        file = build.files.find(path)
        return urljoin(str(config.site_url), file.url) if file else None

    return Publication(
        url=str(config.site_url),
        name=config.site_name,
        description=config.site_description or "",
        language=str(config.theme.get("language") or setup.settings.locale),
        find=find,
    )


@dataclass(frozen=True)
class _Issues:
    """The issues of the feeds of a build, as their pages have them."""

    build: Build
    config: MkDocsConfig
    corrected: Mapping[str, dt.date]

    def drawn(self) -> Iterator[str]:
        """Yield all that the entries are made of beside what the site says."""
        for issue, page in self._pages:
            yield from (issue.path, self._url(page), str(self.corrected.get(issue.path)), page.content or "")

    def entries(self) -> list[Entry]:
        """Return the issues as entries, made once for all feeds."""
        return self._entries

    @cached_property
    def _entries(self) -> list[Entry]:
        return [
            issue_entry(
                issue,
                page.content or "",
                self._url(page),
                key=issue_key(issue, self.build.settings.issues),
                categories=_categories(self.build, issue),
                updated=self.corrected.get(issue.path),
            )
            for issue, page in self._pages
        ]

    def _url(self, page: Page) -> str:
        return page.canonical_url or urljoin(str(self.config.site_url), page.url)

    @cached_property
    def _pages(self) -> list[tuple[Issue, Page]]:
        dated = [it for it in self.build.index.issues if it.date]
        found = ((it, self.build.files.page(it.path)) for it in in_feed(dated, self.corrected))
        return [(issue, page) for issue, page in found if page is not None]


def _categories(build: Build, issue: Issue) -> Iterator[Category]:
    return (Category(term=term, label=label) for term, label in build.site.topics.categories(issue))


def relation_of(file: File) -> str:
    """Return the relation of a page to another form of it, as HTML has it: a list of words, in this case of one.

    Material's script looks beside the address of each `link[rel=alternate]` for the map of a site in another language.
    But for the root there is none, and each page would ask for it in vain. A value with a space it does not look at.
    """
    return "alternate " if "/" in file.url else "alternate"


def told_of_feeds(html: str, build: Build, page: Page, config: MkDocsConfig) -> str:
    """Return the HTML of a page with an element for each feed that the page tells of, and for those of the issues.

    Elements are put behind the title, whatever the theme: some name no feed, and Material only that of another plugin.
    """
    by_page = build.site.feeds
    own = by_page.get(build.files.stands_for(page.file.src_uri), ())
    everywhere = (it for it in by_page.get("index.md", ()) if it.path in (ISSUES_FEED, JSON_ISSUES_FEED))
    elements = []
    for place in dict.fromkeys((*own, *everywhere)):
        if file := build.files.find(place.path):
            title = escape(f"{place.title} – {config.site_name}")
            address = escape(file.url_relative_to(page.file))
            relation = relation_of(file)
            elements.append(f'<link rel="{relation}" type="{place.media_type}" title="{title}" href="{address}">')
    return html.replace("</title>", "</title>" + "".join(elements), 1) if elements else html

"""Every generated page and file of a site."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import Any

from markupsafe import Markup

from ...display.release_states import release_states
from ...display.words import Strings
from ...issues.index import Index
from ...issues.topic_index import IsWritten, TopicIndex, build_topic_index
from ...lock.kep_as_of import KepsAsOf
from ...lock.releases_as_of import ReleasesAsOf, releases_of
from ...model.issues import HeldBack, Issue
from ...model.kep_fields import details_of_kinds
from ...model.keps import Enhancement
from ...model.paths import FOLLOWING_PAGE, KEP_PAGE, RELEASES_PAGE, TOPIC_PAGE, TOPICS_PAGE
from ..calendar import release_calendar
from ..feeds.feed_places import FeedPlace, feeds_by_page
from ..files import GeneratedPage
from ..headlines import Headlines
from ..llms import llms_text
from ..own_paths import OwnPage, directory_address, with_own_paths
from . import templates
from .appearances import words_around
from .archive import by_year
from .badge_files import Badges
from .change_data import Pages, change_data
from .change_views import ChangeViews, changes_page
from .data import AddressOf, Coverage, MarkdownOf, data
from .home import MOVES, home_of, ways_in
from .kep import KepViews, words_for_search
from .kep_choices import KepChoices
from .links import links_page
from .moves import first_moves
from .odd_files import odd_files_pages
from .page_marks import ARCHIVE_MARK, HOME_MARK, with_marks_filled
from .release import ReleaseViews
from .release_data import release_data
from .setback_views import Setbacks, setbacks_page
from .sigs import Sig, sig_pages, sig_table, sigs
from .site_facts import SiteFacts
from .tags import Tag, tag_pages, tags_of_issues
from .templates import DeferredPage
from .topic import TopicViews, release_url, spellings
from .upgrade import UpgradeViews
from .upgrade_data import changes_data
from .upgrade_pages import upgrade_pages


@dataclass(frozen=True)
class Site(SiteFacts):
    """The site: draws everything that is generated. `issues_dir` is relative to the docs folder.

    `index` may hold candidates, which the lock decides. `drafts` are issues that are not public, which a preview lists
    on its home. `is_written` knows of the pages that writers have written in the places of ours. `has_feeds`: the host
    makes feeds, of which pages tell. `name` is the site's, `absolute` a function from a path to the whole address of
    there; None where the site has no address. `design`: it has our design, of which the home is a part;
    `has_tags`: tags of issues have pages.
    """

    index: Index
    keps_as_of: KepsAsOf
    words: Strings
    issues_dir: str = "issues"
    drafts: tuple[HeldBack, ...] = ()
    is_written: IsWritten = lambda path: False
    has_feeds: bool = False
    name: str = ""
    absolute: AddressOf | None = None
    design: bool = False
    has_tags: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "index", self.index.decided(self.lock))

    # --- pages ----------------------------------------------------------------------------------------------------

    def pages(self, site_name: str, description: str = "") -> Iterator[GeneratedPage]:
        """Return all generated Markdown pages, drawn; a host leaves out those that a writer has written."""
        return (page.page() for page in self.deferred_pages(site_name, description))

    def deferred_pages(self, site_name: str, description: str = "") -> Iterator[DeferredPage]:
        """Yield all generated Markdown pages, not drawn yet, in the order of `pages`."""
        yield self._home_page(site_name, description)
        yield self._archive_page()
        yield self._kep_table()
        yield sig_table(self._draw, self.words)
        yield self._topic_table()
        yield self._release_table()
        yield links_page(self.index, self.lock, self.words, self._draw)
        yield setbacks_page(self._draw, self.words)
        yield changes_page(self._draw, self.words)
        yield self._following_page()
        yield from odd_files_pages(self.lock, self._draw, self.words)
        yield from map(self.kep_page, self.kep_numbers)
        yield from sig_pages(self.sigs, self._draw)
        yield from map(self._alias_page, self.aliases)
        yield from map(self._topic_page, self.topics.rows)
        yield from map(self._release_page, self.release_views.paths)
        yield from upgrade_pages(self.upgrades, self.words, self._draw)
        yield from tag_pages(self.tags, self.headlines, self._draw, self.words)

    def files_for(self, own_page: OwnPage, site_name: str, description: str = "") -> Iterator[GeneratedPage]:
        """Yield every file for a host that only draws Markdown: generated pages, writers' pages filled in, data."""
        pages = list(self.deferred_pages(site_name, description))
        own = {page.path: found for page in pages if (found := own_page(page.path))}
        elsewhere = {path: place for path, (place, _) in own.items() if place != path}
        for page in (it.page() for it in pages if it.path not in own):
            yield replace(page, content=with_own_paths(page.content, page.path, elsewhere))
        for path, text in own.values():
            if (filled := self.fill(path, text)) != text:
                yield GeneratedPage(path=path, content=with_own_paths(filled, path, elsewhere))
        yield from self.data()
        yield from self.badges.files()
        yield llms_text(self.index.issues, site_name, description, self.absolute or directory_address, self.words)
        yield release_calendar(self.keps_as_of, self.words)

    @cached_property
    def kep_numbers(self) -> tuple[int, ...]:
        """The numbers of KEPs that have a page: those mentioned of which something is known."""
        return tuple(number for number in self.index.by_kep if self.lock.enhancement(number))

    @cached_property
    def aliases(self) -> Mapping[int, int]:
        """The numbers that lead to the page of a KEP, each with the KEP's own number."""
        aliases = self.lock.aliases
        return {number: aliases[number] for number in sorted(aliases) if aliases[number] in self.kep_numbers}

    @cached_property
    def sigs(self) -> Mapping[str, Sig]:
        """The SIGs that have a page, by name: those that own a KEP that has a page."""
        return sigs(self._keps, self.index)

    @cached_property
    def releases(self) -> ReleasesAsOf:
        """The releases of Kubernetes, with every KEP of the source."""
        return releases_of(self.keps_as_of, self.kep_numbers)

    @cached_property
    def release_views(self) -> ReleaseViews:
        """The views of the releases of Kubernetes."""
        return ReleaseViews(self.releases, self.index, self.kep_numbers)

    @cached_property
    def setbacks(self) -> Setbacks:
        """What went back, and what stands still, of every KEP of the source."""
        return Setbacks(self.releases, self.index, self.words)

    @cached_property
    def changes(self) -> ChangeViews:
        """What happened to the KEPs that have a page."""
        return ChangeViews(self.releases, self.kep_numbers, self.words)

    @cached_property
    def upgrades(self) -> UpgradeViews:
        """The upgrades from one release to another, those that have a page and those to choose."""
        return UpgradeViews(self.releases, self.index, self.kep_numbers, self.words, alone=not self.lock.others)

    @cached_property
    def topic_index(self) -> TopicIndex:
        """The index of topics."""
        return build_topic_index(self.index, self.lock.topics.topics, self.is_written)

    @cached_property
    def topics(self) -> TopicViews:
        """The topics that have a page, those that issues name."""
        return TopicViews(self.topic_index, self.lock, self.kep_numbers)

    @cached_property
    def feeds(self) -> Mapping[str, tuple[FeedPlace, ...]]:
        """The feeds that each page tells of, by its path: none without an issue that has a date."""
        if not (self.has_feeds and self.index.issues and self.index.issues[0].date):
            return {}
        topics = {slug: row.topic.name for slug, row in self.topics.rows.items()}
        tags, keps = {slug: tag.name for slug, tag in self.tags.items()}, self.kep_numbers
        return feeds_by_page(self.words, self.issues_dir, keps=keps, sigs=self.sigs, topics=topics, tags=tags)

    def kep_page(self, number: int) -> DeferredPage:
        """Return the page of one KEP: what is known, how that came to be so, and every mention, newest first."""
        kep, path = self.kep(number), KEP_PAGE.format(number=number)
        title, draw = f"{kep.enhancement.name}: {kep.state.title}", partial(self._draw_kep, path, number)
        quoted = partial(words_around, self.index.by_kep.get(number, ()))
        words, around = words_for_search(kep, self.lock, self.words), (tuple(self.sigs), self.feeds.get(path, ()))
        follows_from = partial(self._views.follows_from, number, self.title, around)
        return DeferredPage(path=path, title=title, words=words, draw=draw, quoted=quoted, follows_from=follows_from)

    def _draw_kep(self, path: str, number: int) -> str:
        view, found = self._views.view(number), self.index.by_kep[number]
        values = {"view": view, "mention_count": sum(len(mentions) for _, mentions in found)}
        return self._draw("kep.html", path, kep=view.enhancement, details=details_of_kinds, **values)

    def _alias_page(self, alias: int) -> DeferredPage:
        """Return the page of an alias, which says of which KEP and leads there."""
        path = KEP_PAGE.format(number=alias)
        draw = partial(self._draw, "alias.html", path, alias=alias, kep=self.kep(self.aliases[alias]).enhancement)
        return DeferredPage(path=path, title=f"KEP-{alias}", draw=draw)

    def _kep_table(self) -> DeferredPage:
        """Return the page with the table of all KEPs that have a page."""
        path, title, draw = "keps/index.md", self.words("kep.index_title"), partial(self._draw, "kep_table.html")
        return DeferredPage(
            path=path, title=title, draw=lambda: draw(path, rows=self.choices.newest_first(self.kep_numbers))
        )

    def _topic_page(self, slug: str) -> DeferredPage:
        """Return the page of one topic: what it is, what was reported and written of it, and what it occurs with."""
        topic, path = self.topic_index.topics[slug], TOPIC_PAGE.format(slug=slug)
        facts = (*topic.aliases, self.words(f"topic.kind_{topic.kind}"), topic.repo, *spellings(topic))
        draw, quoted = partial(self._draw_topic, path, slug), partial(words_around, self.topic_index.mentions[slug])
        return DeferredPage(path=path, title=topic.name, words=" ".join(filter(None, facts)), draw=draw, quoted=quoted)

    def _draw_topic(self, path: str, slug: str) -> str:
        return self._draw("topic.html", path, view=self.topics.view(slug), topics=self.topics, release_url=release_url)

    def _topic_table(self) -> DeferredPage:
        """Return the page with the table of all topics that have a page."""
        draw = partial(self._draw, "topic_table.html", TOPICS_PAGE, topics=self.topics)
        return DeferredPage(path=TOPICS_PAGE, title=self.words("topic.index_title"), draw=draw)

    def _release_page(self, name: str) -> DeferredPage:
        """Return the page of one release: its days, what came with it and what did not, and what we wrote of that."""
        path, key = self.release_views.paths[name], "title" if self.is_out(name) else "title_planned"
        title = self.words(f"release_page.{key}", release=name)
        draw = partial(self._draw_release, path, name, title)
        return DeferredPage(path=path, title=title, words=f"{title} {name.removeprefix('v')}", draw=draw)

    def _draw_release(self, path: str, name: str, title: str) -> str:
        views = self.release_views
        return self._draw("release.html", path, title=title, view=views.view(name), views=views)

    def _release_table(self) -> DeferredPage:
        """Return the page with the list of all releases."""
        draw = partial(self._draw, "release_table.html", RELEASES_PAGE)
        title = self.words("release_page.index_title")
        return DeferredPage(path=RELEASES_PAGE, title=title, draw=lambda: draw(views=self.release_views))

    def _following_page(self) -> DeferredPage:
        """Return the page of what a reader follows, which tells of feeds where no script fills it."""
        draw = partial(self._draw, "following.html", FOLLOWING_PAGE)
        return DeferredPage(path=FOLLOWING_PAGE, title=self.words("follow.title"), draw=draw)

    def _archive_page(self) -> DeferredPage:
        """Return the page of all issues by year and month."""
        path, title = f"{self.issues_dir}/index.md", self.words("site.archive")
        heading = partial(self._draw, "heading.html", path, title=title)
        return DeferredPage(path=path, title=title, draw=lambda: heading() + self._archive(path))

    def _home_page(self, site_name: str, description: str) -> DeferredPage:
        """Return the home page of a site whose writer has none."""
        path = "index.md"
        heading = partial(self._draw, "heading.html", path, title=site_name, description=description)
        words = f"{site_name} {description}"
        return DeferredPage(path=path, title=site_name, words=words, draw=lambda: heading() + self._home(path))

    def fill(self, path: str, text: str) -> str:
        """Return the text of a writer's own page with what its marks ask for in their places."""
        drawing = {HOME_MARK: self._home, ARCHIVE_MARK: self._archive}
        return with_marks_filled(text, lambda mark: templates.island(drawing[mark](path)))

    def data(
        self, address_of: AddressOf = directory_address, markdown_of: MarkdownOf = lambda path: None
    ) -> Iterator[GeneratedPage]:
        """Yield the machine-readable files under `api/`. Addresses are relative to the site's root."""
        coverage = Coverage(self.index, self.kep_numbers, address_of)
        yield from data(self.index, self.releases, coverage, self.topics, address_of, markdown_of)
        yield from release_data(self.releases, coverage, address_of)
        pages: Pages = {"keps": self.kep_numbers, "sigs": tuple(self.sigs), "topics": tuple(self.topics.rows)}
        yield from change_data(self.index, self.releases, self.topics, pages, address_of, self.words)
        yield from changes_data(self.upgrades, address_of)

    @cached_property
    def badges(self) -> Badges:
        """The badges of KEPs, for pages elsewhere."""
        return Badges(self.releases, self.name, self.absolute, self.words)

    # --- what templates ask for -----------------------------------------------------------------------------------

    def release_states(self, number: int) -> str:
        """Return what a KEP is in each release that readers may run, for the script; empty for an unknown number.

        KEPs that no issue mentions are known too, for the rows of a release.
        """
        keps = self.keps_as_of if number in self.kep_numbers else self.releases.keps
        kep = keps.of(number)
        return release_states(kep, keps) if kep else ""

    @cached_property
    def choices(self) -> KepChoices:
        """What the table of KEPs can be narrowed down to."""
        keps = [self.kep(number) for number in self.kep_numbers]
        return KepChoices(keps, self.index, self.sigs, self.keps_as_of.now)

    @cached_property
    def tags(self) -> Mapping[str, Tag]:
        """The tags that have a page, by their names in addresses."""
        return tags_of_issues(self.index.issues) if self.has_tags else {}

    @cached_property
    def headlines(self) -> Headlines:
        """The titles by which readers know the issues."""
        return Headlines(self.index.issues, self.name, self.words)

    def title(self, issue: Issue) -> str:
        """Return how lists call an issue: by topics where its title only tells its day; a draft is called one."""
        return self._titles[issue.path]

    @cached_property
    def _titles(self) -> Mapping[str, str]:
        called = {it.path: self.headlines.of(it).title if self.design else it.title for it in self.index.read}
        return called | {it.path: f"{self.words('held.mark')} {called[it.path]}" for it in self.index.drafts}

    def _home(self, path: str) -> str:
        feeds = self.feeds.get("index.md", ())
        if not self.design:
            return self._draw("home.html", path, feeds=feeds)
        moves = first_moves(self.releases, self.kep_numbers, self.words, MOVES)
        released = {name: path for name, path in self.release_views.paths.items() if self.is_out(name)}
        ways = ways_in(released, self.topics.rows, self.sigs, self.tags, self.index.issues, self.issues_dir)
        home = home_of(self.index.issues, self.headlines, moves, ways)
        return self._draw("home_design.html", path, feeds=feeds, home=home)

    def _archive(self, path: str) -> str:
        return self._draw("archive.html", path, years=by_year(self.index.issues))

    @cached_property
    def _keps(self) -> list[Enhancement]:
        return [self.kep(number).enhancement for number in self.kep_numbers]

    @cached_property
    def _views(self) -> KepViews:
        return KepViews(self.index, self.keps_as_of, self.kep_numbers, self.words)

    def _draw(self, template: str, path: str, **values: Any) -> str:
        values.setdefault("feeds", self.feeds.get(path, ()))
        chip = partial(self._chip, posixpath.dirname(path))
        return templates.draw(
            template, path, self.words, site=self, index=self.index, lock=self.lock, chip=chip, **values
        )

    def _chip(self, folder: str, number: int) -> Markup:
        """Return a KEP in a list on a page of a folder: drawn once, though hundreds of pages have the same."""
        path = f"{folder}/index.md"
        draw = partial(templates.draw, "kep_chip.html", path, self.words, number=number, kep=self.kep(number))
        return Markup(self.keps_as_of.once(("chip", folder, number, self.words.locale), draw))  # noqa: S704 (a template)

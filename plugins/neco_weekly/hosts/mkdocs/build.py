"""One build: the issues are rendered and read, and every page that follows from what they mention is added."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urljoin

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page

from ...issues.checks import check
from ...issues.file_name_checks import file_name_problems
from ...issues.index import Index, build_index
from ...issues.problems import Problem, in_order, in_words
from ...model.days import day_of_build
from ...model.issues import Issue
from ...model.paths import KEP_PAGE, LINKS_PAGE
from ...site.feed import NEWEST, Entry, Feed, atom
from ...site.files import GeneratedPage
from ...site.pages import Site
from ...site.pages.templates import DeferredPage
from .pages import DrawnPage
from .reader import Reader
from .setup import Setup, as_plugin_errors


@dataclass(frozen=True, kw_only=True)
class Build:
    """What one build has read, with candidates for mentions that the lock has not decided.

    `drafts` are issues that are held back, read only where a preview draws them.
    """

    site: Site
    issues: tuple[Issue, ...]
    drafts: tuple[Issue, ...]
    problems: tuple[Problem, ...]

    @property
    def index(self) -> Index:
        """The index of the published issues."""
        return self.site.index

    @property
    def index_with_drafts(self) -> Index:
        """The index of all issues that were read, drafts and candidates among them."""
        return build_index([*self.issues, *self.drafts])


def begin_build(setup: Setup, config: MkDocsConfig, files: Files, *, is_preview: bool) -> Build:
    """Render and read the issues, add the generated pages, and look for problems; return what was read.

    A generated page whose existence follows from the issues is there, empty, while they are rendered, so that a link to
    the page leads somewhere. A preview shows what is held back, too.

    Raises:
        PluginError: SOURCE_DATE_EPOCH is no time.
    """
    site_files = _SiteFiles(files, config)
    site_files.add(setup.assets)
    provisional = [KEP_PAGE.format(number=number) for number in (*setup.lock.numbers, *setup.lock.aliases)]
    provisional += [*setup.index_pages, LINKS_PAGE]
    site_files.add(GeneratedPage(path=path, content="") for path in provisional)
    setup.beside.begin(config, files)
    with as_plugin_errors():
        today = day_of_build(os.environ)
    reader = Reader(setup, config, files, today)
    with as_plugin_errors():
        index = build_index(*reader.read(is_preview=is_preview))
    problems = _problems(setup, index, files, today)
    shown = index.held_back if is_preview else ()
    site = Site(index, setup.keps_as_of, setup.words, setup.settings.issues, drafts=shown)
    site_files.add_deferred(site.deferred_pages(config.site_name, config.site_description or ""), setup.index_pages)
    site_files.remove_empty(provisional)
    site_files.add(site.data(lambda path: _url(files, path)))
    return Build(site=site, issues=index.issues, drafts=tuple(reader.drafts), problems=problems)


def _problems(setup: Setup, index: Index, files: Files, today: dt.date) -> tuple[Problem, ...]:
    """Return the problems of the settings and the issues, in the site's language."""
    found = check(
        index,
        setup.lock,
        lambda path: path in files.src_uris,
        setup.docs,
        today=today,
        beside=setup.beside.take,
    )
    paths = (it.src_uri for it in files if it.generated_by is None)
    names = file_name_problems(paths, setup.settings.issues, setup.docs)
    return tuple(in_words(it, setup.words) for it in (*setup.problems, *in_order([*found, *names])))


def add_feed(setup: Setup, build: Build, config: MkDocsConfig, files: Files, path: str) -> bool:
    """Add the feed of the newest issues; return False where the site has no address, or no issue with a date."""
    entries = list(_feed_entries(build.index, config, files)) if config.site_url else []
    if not entries:
        return False
    about = Feed(
        url=str(config.site_url),
        title=config.site_name,
        subtitle=config.site_description or "",
        language=str(config.theme.get("language") or setup.settings.locale),
    )
    _SiteFiles(files, config).put(path, atom(about, entries))
    return True


def _feed_entries(index: Index, config: MkDocsConfig, files: Files) -> Iterator[Entry]:
    dated = [issue for issue in index.issues if issue.date]
    for issue in dated[:NEWEST]:
        page = page_of(files, issue.path)
        if page is not None and issue.date is not None:
            url = page.canonical_url or urljoin(str(config.site_url), page.url)
            yield Entry(url=url, title=issue.title, date=issue.date, html=page.content or "", summary=issue.summary)


def page_of(files: Files, path: str) -> Page | None:
    """Return the page that MkDocs makes of a file, or None if the site has no such page."""
    file = files.src_uris.get(path)
    return file.page if file is not None else None


def _url(files: Files, path: str) -> str:
    file = files.src_uris.get(path)
    return file.url if file is not None else path


@dataclass(frozen=True)
class _SiteFiles:
    """The files of a build, to which ours are added. A writer's own page stays."""

    files: Files
    config: MkDocsConfig

    def add(self, pages: Iterable[GeneratedPage]) -> None:
        """Add files to the build, or give those that were provisional their content."""
        for page in pages:
            self.put(page.path, page.content)

    def add_deferred(self, pages: Iterable[DeferredPage], index_pages: tuple[str, ...]) -> None:
        """Add generated pages. Those of the navigation are Markdown; the others are drawn when MkDocs renders them.

        So is the page of all links, which may have thousands: as Markdown it took five times as long.
        """
        addresses: dict[tuple[str, str], str] = {}
        for page in pages:
            if page.path in index_pages:
                self.put(page.path, page.page().content)
            elif file := self.put(page.path, page.front_matter):
                if page.path != LINKS_PAGE:
                    file.inclusion = InclusionLevel.NOT_IN_NAV
                DrawnPage(page, file, self.config, addresses)

    def put(self, path: str, content: str) -> File | None:
        """Give a file of the build this content and return the file; None where it is a writer's."""
        file = self.files.src_uris.get(path)
        if file is None:
            file = File.generated(self.config, path, content="")
            self.files.append(file)
        elif file.generated_by is None or file.content_string:
            return None
        if path.endswith(".md"):
            file.content_string = content
        else:  # data waits until it is written: text with one Japanese letter takes twice as much memory as its bytes
            file.content_bytes = content.encode()
        return file

    def remove_empty(self, paths: Iterable[str]) -> None:
        """Remove pages of ours that were provisional and got no content."""
        for path in paths:
            file = self.files.src_uris.get(path)
            if file is not None and file.generated_by is not None and file.content_string == "":
                self.files.remove(file)

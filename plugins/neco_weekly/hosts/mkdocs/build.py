"""One build: the issues are rendered and read, and every page that follows from what they mention is added."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Container, Iterable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from urllib.parse import urljoin

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel

from ...grammar.issue_files import is_issue
from ...issues.checks import problems_of_all, text_problems
from ...issues.file_name_checks import file_name_problems
from ...issues.index import Index, build_index
from ...issues.link_checks import links_to, topic_pages_in
from ...issues.problem_kinds import make_problem
from ...issues.problems import Problem, in_order, in_words
from ...issues.silenced import unknown_codes
from ...issues.topic_checks import topic_problems
from ...lock.store import TOPICS_FILE
from ...model.days import day_of_build
from ...model.issues import Issue
from ...model.paths import LINKS_PAGE
from ...site.feeds.feed_places import feed_paths
from ...site.files import GeneratedPage
from ...site.pages import Site
from ...site.pages.templates import DeferredPage
from ..issues_folder import folder_problems
from ..settings import Settings
from .drawn_ahead import DrawnAhead
from .kept_drawings import KeptDrawings
from .languages import has_languages
from .page_cache import digest
from .pages import DrawnPage, PageSource, TextPage
from .public_issues import PublicIssues
from .reader import Reader
from .setup import Setup, as_plugin_errors, root_of_site
from .site_as_drawn import SiteAsDrawn
from .site_files import SiteFiles, digest_of_places
from .site_key import SiteKey


@dataclass(frozen=True, kw_only=True)
class Build:
    """What one build has read, and the files of the build. `drawn` is the site, with what other plugins add to issues.

    `drafts` are issues that are held back, read only where a preview draws them. `source` is where generated pages get
    what they show, `reader` reads an issue once more.
    """

    settings: Settings
    reader: Reader
    drawn: SiteAsDrawn
    files: SiteFiles
    source: PageSource
    drafts: tuple[Issue, ...]
    problems: tuple[Problem, ...]

    @property
    def drawings(self) -> KeptDrawings:
        """What was drawn of the site, now or in a build before."""
        return self.source.drawings

    @property
    def site(self) -> Site:
        """The site, as far as it is known what is drawn."""
        return self.drawn.site

    @property
    def index(self) -> Index:
        """The index of the published issues."""
        return self.site.index

    @property
    def index_with_drafts(self) -> Index:
        """The index of all issues that were read, drafts and candidates among them."""
        return build_index([*self.drawn.issues, *self.drafts])

    def is_ours_to_read(self, file: File) -> bool:
        """Whether a page may have what only our writers write, such as diagrams: an issue, or where all pages may."""
        return self.settings.all_pages or self.files.is_ours(file) or is_issue(file.src_uri, self.settings.issues)

    def fill(self, path: str, text: str) -> str:
        """Return the text of a writer's own page with what its marks ask for in their places."""
        return self.files.with_own_paths(self.drawn.fill(path, text), path)

    def fill_again(self, path: str) -> str:
        """Return the text of a writer's page that was filled before, with what its marks ask for now."""
        return self.files.with_own_paths(self.drawn.fill_again(path), path)

    def text_of(self, path: str) -> str | None:
        """Return the text of a generated page that is Markdown; None for a page that is drawn otherwise."""
        page = self.files.page(path)
        if page is None or isinstance(page, DrawnPage) or not self.files.is_ours(page.file):
            return None
        wanted = self.drawn.page(path)
        if wanted is None:
            return None
        [text] = self.drawings.texts(f"text {path}", wanted.quoted(), lambda: [wanted.page().content])
        return self.files.with_own_paths(text, path)


@dataclass(frozen=True, kw_only=True)
class Before:
    """What a build has done before other plugins have looked at its files: files of ours, and issues held back."""

    ours: tuple[File, ...]
    public: PublicIssues


_WANT_PAGES_AT_ONCE = ("redirects", "literate-nav")
"""Plugins that look for pages, ours among them, as soon as they see the files of a build."""

_TAKES_ALL_IN_ITS_FOLDER = "blog"
"""The plugin that takes each page of its folder for a post, and reads its file."""


def prepare_build(setup: Setup, config: MkDocsConfig, files: Files, *, is_preview: bool) -> Before:
    """Take issues that are not public out of the build, before a plugin makes pages of them; return what was done.

    Ours are there from the beginning only for plugins that look for pages: others ask each page for its file.
    """
    public = PublicIssues(setup, _today())
    public.hold_back(files, is_preview=is_preview)
    site_files = SiteFiles(files, config, setup.output)
    if any(name in config.plugins for name in _WANT_PAGES_AT_ONCE) and not has_languages(config):
        has_blog = any(_TAKES_ALL_IN_ITS_FOLDER in name for name in config.plugins)
        places = [it for it in setup.provisional_pages if not (has_blog and it == setup.index_pages[1])]
        site_files.add(GeneratedPage(path=path, content="") for path in places)
    return Before(ours=tuple(site_files.ours), public=public)


def begin_build(setup: Setup, config: MkDocsConfig, files: Files, before: Before, *, is_preview: bool) -> Build:
    """Render and read the issues, add the generated pages, and look for problems; return what was read.

    A generated page whose existence follows from the issues is there, empty, while they are rendered, so that a link to
    the page leads somewhere. A preview shows what is held back, too.

    Raises:
        PluginError: SOURCE_DATE_EPOCH is no time.
    """
    site_files, today = SiteFiles(files, config, setup.output, before.ours, setup.remembered), before.public.today
    site_files.add(setup.assets)
    provisional = [*setup.provisional_pages]
    setup.beside.begin(config, files)
    setup.kep_places.begin(site_files.find)
    reader = Reader(setup, config, files, before.public)
    with as_plugin_errors():
        index = build_index(*reader.read(is_preview=is_preview, expect=partial(_expect, site_files, provisional)))
    site = _site(setup, replace(index, drafts=tuple(reader.drafts)), site_files, is_preview=is_preview)
    site_files.add(GeneratedPage(path=path, content="") for path in feed_paths(site.feeds))  # to which pages link
    drawn = SiteAsDrawn(site, index, reader.scan_results, (config.site_name, config.site_description or ""))
    root = root_of_site(config, is_preview=is_preview)
    nowhere = {it for it in provisional if it not in drawn.pages and not site_files.is_written(it)}
    build = Build(
        settings=setup.settings,
        reader=reader,
        drawn=drawn,
        files=site_files,
        source=_source(setup, reader, drawn, site_files, root),
        drafts=tuple(reader.drafts),
        problems=_problems(setup, reader, index, site_files, nowhere, today),
    )
    add_pages(setup, build, drawn.pages.values())
    site_files.remove_empty(provisional)
    setup.kep_places.begin(site_files.find, lambda number: _add_kep_page(setup, build, number))
    return build


def _site(setup: Setup, index: Index, site_files: SiteFiles, *, is_preview: bool) -> Site:
    """Return the site that is drawn from issues as they are written."""
    config = site_files.config
    root = root_of_site(config, is_preview=is_preview)
    return Site(
        index,
        setup.keps_as_of,
        setup.words,
        setup.settings.issues,
        drafts=index.held_back if is_preview else (),
        is_written=site_files.is_written,
        has_feeds=bool(config.site_url),
        name=config.site_name,
        design=setup.settings.design,
        has_tags=setup.settings.design and not any("tags" in name for name in config.plugins),
        absolute=(lambda path: urljoin(root, site_files.url(path))) if root else None,
    )


def _source(setup: Setup, reader: Reader, drawn: SiteAsDrawn, site_files: SiteFiles, root: str) -> PageSource:
    config, files = site_files.config, site_files.files
    key = SiteKey(setup=setup, config=config, files=files, drawn=drawn, digests=reader.digests, root=root)

    def draws() -> list[tuple[File, Callable[[], object]]]:
        pages = ((file, file.page) for file in files.documentation_pages())
        return [(file, page.texts) for file, page in pages if isinstance(page, DrawnPage)]

    ahead = DrawnAhead(draws=draws, entries=setup.kept, workers=setup.workers)
    drawings = KeptDrawings(setup.kept, key, key.of_settings, key.of_issue, setup.workers)
    return PageSource(drawn.page, site_files.find, drawings, ahead, reader.configuration)


def _expect(site_files: SiteFiles, provisional: list[str], texts: Iterable[str]) -> None:
    """Add pages that may be generated, with those of topics to which texts link: of these, only all issues say more."""
    provisional += sorted(topic_pages_in(texts).difference(provisional))
    site_files.add(GeneratedPage(path=path, content="") for path in provisional)


def _today() -> dt.date:
    with as_plugin_errors():
        return day_of_build(os.environ)


def add_pages(setup: Setup, build: Build, pages: Iterable[DeferredPage]) -> list[File]:
    """Add generated pages to the build and return their files; each is drawn when MkDocs renders it.

    Those of the navigation are Markdown. The others are not, nor is the page of all links, which may have thousands: as
    Markdown it took five times as long.
    """
    added = []
    for page in pages:
        file = build.files.put(page.path, page.front_matter)
        if file is None:
            continue
        added.append(file)
        if page.path in setup.index_pages:
            TextPage(file, build.files.config, build.source)
        else:
            if page.path != LINKS_PAGE:
                file.inclusion = InclusionLevel.NOT_IN_NAV
            DrawnPage(page, file, build.files.config, build.source)
    return added


def _add_kep_page(setup: Setup, build: Build, number: int) -> File | None:
    """Add the page of a KEP that an issue names in what another plugin has put there, and return the page's file."""
    page = build.drawn.first.kep_page(number)
    return next(iter(add_pages(setup, build, [page])), None)


def _problems(
    setup: Setup, reader: Reader, index: Index, site_files: SiteFiles, nowhere: Container[str], today: dt.date
) -> tuple[Problem, ...]:
    """Return the problems of the settings and the issues, in the site's language.

    `nowhere` are pages to which links of issues could be followed, and which the site does not have after all.
    """
    issues, files = setup.settings.issues, site_files.files
    topics = topic_problems(setup.lock.topics, (setup.metadata / TOPICS_FILE).as_posix(), site_files.is_written)
    places = digest_of_places(files)
    texts = [it for issue in index.issues for it in _text_problems(setup, reader, issue, site_files, places)]
    others = problems_of_all(
        index,
        setup.lock,
        lambda path: path in files.src_uris,
        setup.docs,
        today=today,
        beside=setup.beside.take,
    )
    names = file_name_problems((it.src_uri for it in files if it.generated_by is None), issues, setup.docs)
    said = in_order([*texts, *others, *names, *topics, *links_to(nowhere, index, setup.docs)])
    folder = [] if index.issues or index.held_back else folder_problems(setup.config_file, Path(setup.docs), issues)
    addressless = [] if site_files.config.site_url else [make_problem("no-feeds", setup.config_file.as_posix(), 1)]
    unknown = unknown_codes(index, setup.docs)
    return tuple(in_words(it, setup.words) for it in (*setup.problems, *folder, *addressless, *unknown, *said))


def _text_problems(setup: Setup, reader: Reader, issue: Issue, site_files: SiteFiles, places: bytes) -> list[Problem]:
    """Return the problems of an issue's own text; `places` is a digest of which files there are.

    Of an issue that has none it is kept that it has none.
    """
    there, written = site_files.files.src_uris, reader.written.get(issue.path)

    def look() -> list[Problem]:
        return list(text_problems(issue, setup.lock, there.__contains__, setup.docs))

    if not setup.lock_digest or not written:
        return look()
    name, key = f"sound {issue.path}", digest([written, setup.lock_digest, places, setup.docs])
    if setup.kept.has(name, key):
        return []
    found = setup.remembered(("problems", issue.path), key, look)
    if not found:
        setup.kept.put(name, key, [])
    return found

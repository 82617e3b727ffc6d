"""The MkDocs host: gives the extension its lock, adds the generated pages, logs problems as warnings.

Every issue is rendered once, before MkDocs asks: what it mentions decides which pages exist. MkDocs then finds it done.
"""

from __future__ import annotations

import logging
import os
import pickle
import posixpath
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from importlib.resources import files as package_files
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import unquote, urljoin, urlsplit

from jinja2 import Environment
from mkdocs.config import config_options as option
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

from ...display.words import load_strings
from ...extension.python_markdown import NecoWeeklyExtension
from ...grammar.issue_files import Parts, is_draft, is_issue, read_issue_text, take_apart
from ...issues.checks import check
from ...issues.index import build_index, make_issue
from ...issues.problems import Problem
from ...lock.kep_as_of import KepsAsOf
from ...lock.store import load_lock
from ...model.errors import NecoError
from ...model.issues import Issue, ScanResult
from ...model.paths import KEP_PAGE, LINKS_PAGE, SIG_PAGE
from ...model.program import program_digest
from ...model.releases import load_releases
from ...site.feed import FEED, NEWEST, Entry, Feed, atom
from ...site.files import GeneratedPage
from ...site.pages import Site
from ...site.pages.templates import Draft
from ..preview import Mentioned, Preview
from .page_cache import PageCache, digest
from .pages import CachedPage, DrawnPage
from .search import search_for
from .serving import take_turns

log = get_plugin_logger("neco-weekly")

EXTENSION = "neco_weekly"

STYLES = ("neco.css", "card.css", "timeline.css", "filter.css", "kep.css", "links.css", "search.css")
"""Joined into one file, in this order."""

SCRIPTS = ("popover.js", "filter.js")

UNCACHED_EXTENSIONS = frozenset({"pymdownx.snippets", "markdown_include.include", "markdown_exec"})
"""Extensions that read other files: what they draw does not follow from a page's text."""


class NecoWeeklyConfig(Config):
    """`plugins: [neco-weekly: {…}]`. Every option has a default."""

    issues = option.Type(str, default="issues")
    locale = option.Type(str, default="")
    cache = option.Type(bool, default=True)
    cache_dir = option.Type(str, default=".cache/neco-weekly")


class NecoWeeklyPlugin(BasePlugin[NecoWeeklyConfig]):
    """Translates between MkDocs and the package; each hook translates, calls, translates back."""

    preview: ClassVar[Preview | None] = None
    """Set by `neco serve --fetch` in the MkDocs that it starts: whom to tell what the issues mention."""

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Replace the extension's name by an instance that shares our lock and tells us what it finds."""
        config_file = Path(config.config_file_path or "mkdocs.yml")
        root = Path(os.path.relpath(config_file.parent))  # messages name files as the author does
        options = dict(config.mdx_configs.pop(EXTENSION, {}))
        self.config.locale = self.config.locale or _locale_of(config)
        self.docs = Path(os.path.relpath(config.docs_dir)).as_posix()
        self.scan_result = ScanResult()
        self.search = search_for(config, _asset_text)
        self.metadata = root / options.get("metadata", "docs/_metadata")
        with _sentences():
            self.words = load_strings(self.config.locale)
            self.lock = load_lock(self.metadata)
        options |= {"issues": self.config.issues, "locale": self.config.locale}
        with _sentences():
            extension = NecoWeeklyExtension(lock=self.lock, report=self._keep, **options)
            self.keps_as_of = extension.keps_as_of or KepsAsOf(self.lock, load_releases())
        others = [other for other in config.markdown_extensions if not _is_ours(other)]
        config.markdown_extensions = [*others, extension]  # type: ignore[list-item]  # MkDocs takes instances too
        cached = self.config.cache and not UNCACHED_EXTENSIONS.intersection(map(str, config.markdown_extensions))
        self.cache_folder = root / self.config.cache_dir / "pages" if cached else None
        styles = _asset("neco.css", "\n".join(map(_asset_text, STYLES)))
        scripts = [_asset(name, _asset_text(name)) for name in SCRIPTS]
        if script := self.search.script(self.words):
            scripts.append(_asset("search.js", script))
        self.assets = [styles, *scripts]
        if config.theme.name == "material":  # before its own templates, behind those of the site
            config.theme.dirs.insert(1 if config.theme.custom_dir else 0, str(package_files(__package__) / "theme"))
        config.extra_css.insert(0, styles.path)  # those of the site come later, and win
        config.extra_javascript[:0] = [_deferred(script.path) for script in scripts]
        return config

    def _keep(self, scan_result: ScanResult) -> None:
        self.scan_result = scan_result

    def _take(self) -> ScanResult:
        found, self.scan_result = self.scan_result, ScanResult()
        return found

    @event_priority(-50)
    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Render the issues, then add every page that follows from what they mention."""
        self._add(files, config, self.assets)
        provisional = [GeneratedPage(path=KEP_PAGE.format(number=number), content="") for number in self.lock.numbers]
        provisional += [GeneratedPage(path=path, content="") for path in (*self._index_pages(), LINKS_PAGE)]
        self._add(files, config, provisional)
        releases = sorted(self.keps_as_of.releases.days.items())
        configuration = _configuration(config, {**self.config, "releases": releases})
        folder = self.cache_folder if configuration else None
        self.cache = PageCache(folder, configuration or b"", self.keps_as_of, lambda *link: _target(files, *link))
        with _sentences():
            self.index = build_index(self._read_issues(files, config))
        self.site = Site(self.index, self.keps_as_of, self.words, self.config.issues)
        self._report(check(self.index, self.lock, lambda path: path in files.src_uris, self.docs))
        self._add_drafts(files, config, self.site.drafts(config.site_name, config.site_description or ""))
        for page in provisional:
            file = files.src_uris.get(page.path)
            if file is not None and file.generated_by is not None and file.content_string == "":
                files.remove(file)
        self._add(files, config, self.site.data(lambda path: _url(files, path)))
        return files

    def _index_pages(self) -> tuple[str, ...]:
        return ("index.md", f"{self.config.issues}/index.md", "keps/index.md", "sigs/index.md")

    def _add(self, files: Files, config: MkDocsConfig, pages: Iterable[GeneratedPage]) -> None:
        """Add files, or give those that were provisional their content. A writer's own page stays."""
        for page in pages:
            self._put(files, config, page.path, page.content)

    def _add_drafts(self, files: Files, config: MkDocsConfig, drafts: Iterable[Draft]) -> None:
        """Add generated pages. Those of the navigation are Markdown; the others are drawn when MkDocs renders them.

        So is the page of all links, which may have thousands: as Markdown it took five times as long.
        """
        targets: dict[tuple[str, str], str] = {}
        for draft in drafts:
            if draft.path in self._index_pages():
                self._put(files, config, draft.path, draft.page().content)
            elif file := self._put(files, config, draft.path, draft.front_matter):
                if draft.path != LINKS_PAGE:
                    file.inclusion = InclusionLevel.NOT_IN_NAV
                DrawnPage(draft, file, config, targets)

    def _put(self, files: Files, config: MkDocsConfig, path: str, content: str) -> File | None:
        """The file that has this content now; None where it is a writer's."""
        file = files.src_uris.get(path)
        if file is None:
            file = File.generated(config, path, content=content)
            files.append(file)
        elif file.generated_by is None or file.content_string:
            return None
        file.content_string = content
        return file

    def _read_issues(self, files: Files, config: MkDocsConfig) -> list[Issue]:
        found = []
        self.drafts: list[Issue] = []
        for file in [file for file in files.documentation_pages() if is_issue(file.src_uri, self.config.issues)]:
            shown = posixpath.join(self.docs, file.src_uri)
            text = read_issue_text(Path(file.abs_src_path), shown) if file.abs_src_path else file.content_string
            parts = take_apart(text)
            if is_draft(parts.meta):
                file.inclusion = InclusionLevel.DRAFT
                if self.preview:  # which draws it
                    self.drafts.append(self._read_issue(file, parts, config, files))
                continue
            file.inclusion = InclusionLevel.NOT_IN_NAV
            found.append(self._read_issue(file, parts, config, files))
        return found

    def _read_issue(self, file: File, parts: Parts, config: MkDocsConfig, files: Files) -> Issue:
        page = CachedPage(file, config, self.cache, self._take)
        page.read_source(config)
        page.render(config, files)
        return make_issue(file.src_uri, parts, page.scan_result)

    def _report(self, problems: Iterable[Problem]) -> None:
        for problem in problems:
            log.log(logging.WARNING if problem.severity == "warning" else logging.INFO, str(problem))

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Give issues and KEP pages their place: they are not in the drawn tree, so that a page's cost stays."""
        archive, table, sig_table = (_page_of(files, path) for path in self._index_pages()[1:])
        pages = [_page_of(files, issue.path) for issue in self.index.issues]
        for page, newer, older in zip(pages, [None, *pages], [*pages[1:], None], strict=False):
            if page is not None:
                page.parent, page.previous_page, page.next_page = archive, older, newer  # type: ignore[assignment]
        below = [(table, KEP_PAGE.format(number=number)) for number in self.site.kep_numbers]
        below += [(sig_table, SIG_PAGE.format(sig=name)) for name in self.site.sigs]
        for parent, path in below:
            page = _page_of(files, path)
            if page is not None:
                page.parent = parent  # type: ignore[assignment]
        for title, path in _titled(config.nav):
            page = _page_of(files, path)
            if isinstance(page, CachedPage | DrawnPage):
                page.title = title  # MkDocs forgets it where the page is there already
        self._date_pages(files)
        return nav

    def _date_pages(self, files: Files) -> None:
        """For the sitemap: a page is as new as the lock or its issue, whichever is newer; the clock says nothing."""
        dates = {issue.path: issue.date for issue in self.index.issues}
        for file in files.documentation_pages():
            newest = max(filter(None, (dates.get(file.src_uri), self.lock.as_of)), default=None)
            if file.page is not None and newest is not None:
                file.page.update_date = newest.isoformat()

    def on_page_markdown(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Put what is generated where a writer's own page asks for it."""
        return self.site.fill(page.file.src_uri, markdown)

    @event_priority(-100)
    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Write what is made of rendered pages: the index of search, and the feed where the site has an address."""
        self.search.read(files, self.site, config)
        entries = list(self._feed_entries(config, files)) if config.site_url else []
        if entries:
            language = str(config.theme.get("language") or self.config.locale)
            about = Feed(
                url=str(config.site_url),
                title=config.site_name,
                subtitle=config.site_description or "",
                language=language,
            )
            self._put(files, config, FEED, atom(about, entries))
            env.globals["neco_feed"] = FEED
        return env

    def _feed_entries(self, config: MkDocsConfig, files: Files) -> Iterator[Entry]:
        dated = [issue for issue in self.index.issues if issue.date]
        for issue in dated[:NEWEST]:
            page = _page_of(files, issue.path)
            if page is not None and issue.date is not None:
                url = page.canonical_url or urljoin(str(config.site_url), page.url)
                yield Entry(url=url, title=issue.title, date=issue.date, html=page.content or "")

    @event_priority(100)
    def on_page_context(
        self, context: TemplateContext, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Tell search of the page before the search plugin reads it."""
        self.search.pass_on(page)
        return context

    @event_priority(100)
    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """Let the page find what it searches in."""
        return self.search.drawn(output)

    @event_priority(100)
    def on_post_template(self, output_content: str, *, template_name: str, config: MkDocsConfig) -> str:
        """The same for the page of errors."""
        return self.search.drawn(output_content) if template_name.endswith(".html") else output_content

    @event_priority(-100)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Leave the index that the site's search reads."""
        self.search.finish(config)
        if self.preview:
            self.preview.tell(Mentioned.by(build_index([*self.index.issues, *self.drafts])))

    def on_serve(
        self, server: LiveReloadServer, /, *, config: MkDocsConfig, builder: Callable[..., object]
    ) -> LiveReloadServer:
        """Let `neco serve --fetch` write between two builds."""
        if self.preview:
            take_turns(server, self.preview.turn, Path(config.docs_dir), self.metadata.absolute())
        return server


@contextmanager
def _sentences() -> Iterator[None]:
    """Our errors are sentences for the person at the terminal: MkDocs prints a PluginError as it is."""
    try:
        yield
    except NecoError as error:
        raise PluginError(str(error)) from error


def _asset_text(name: str) -> str:
    return package_files("neco_weekly.site").joinpath("assets", name).read_text(encoding="utf-8")


def _asset(name: str, text: str) -> GeneratedPage:
    """A file of the site whose name changes with its content: a browser may keep it for ever."""
    return GeneratedPage.named_by_content(f"assets/{name}", text)


def _deferred(path: str) -> option.ExtraScriptValue:
    script = option.ExtraScriptValue(path)
    script.defer = True
    return script


def _is_ours(extension: object) -> bool:
    return extension == EXTENSION or isinstance(extension, NecoWeeklyExtension)


def _locale_of(config: MkDocsConfig) -> str:
    language = str(config.theme.get("language") or "ja")
    return "en" if language.startswith("en") else "ja"


def _titled(nav: Any) -> Iterator[tuple[str, str]]:
    """Titles and paths of the pages that `nav` in `mkdocs.yml` gives a title."""
    for item in nav if isinstance(nav, list) else []:
        for title, value in item.items() if isinstance(item, dict) else ():
            if isinstance(value, str):
                yield str(title), value
            else:
                yield from _titled(value)


def _page_of(files: Files, path: str) -> Page | None:
    file = files.src_uris.get(path)
    return file.page if file is not None else None


def _target(files: Files, path: str, link: str) -> str | None:
    """Where a relative link on a page leads to."""
    target = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(urlsplit(link).path)))
    file = files.src_uris.get(target)
    return file.url if file is not None and file.inclusion.is_included() else None


def _url(files: Files, path: str) -> str:
    file = files.src_uris.get(path)
    return file.url if file is not None else path


def _program() -> list[object]:
    """What draws: this package, and the versions of all packages."""
    installed = sorted(item.name for folder in sys.path for item in Path(folder or ".").glob("*.dist-info"))
    return [installed, program_digest()]


def _name(extension: object) -> str:
    return extension if isinstance(extension, str) else type(extension).__qualname__


def _configuration(config: MkDocsConfig, options: dict[str, Any]) -> bytes | None:
    """Digest of everything but text, links and lock that decides how a page is rendered; None if nothing can tell."""
    try:
        extension_options = pickle.dumps(config.mdx_configs)
    except (pickle.PicklingError, TypeError, AttributeError):  # an object that only lives in this process
        return None
    return digest(
        [
            _program(),
            [_name(extension) for extension in config.markdown_extensions],
            extension_options,
            options,
            (config.use_directory_urls, config.validation),
        ]
    )

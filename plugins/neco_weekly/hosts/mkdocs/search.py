"""What the site's search looks through: in Material's interface our own index, in any other that of MkDocs."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any, Protocol

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from ...display.words import Strings
from ...grammar.issue_dates import issue_date
from ...lock.store import Lock
from ...model.issues import Issue, Section
from ...model.paths import KEP_PAGE, SIG_PAGE, TOPIC_PAGE
from ...model.pull_requests import keps_of
from ...site.files import GeneratedPage
from ...site.search import (
    REACH,
    STUB,
    SearchedPage,
    Shard,
    asked_of_search,
    entries,
    interface_words,
    program_file,
    search_files,
    sections_of_html,
    with_entries,
    with_worker,
    without_marks,
    worker_address,
)
from .kept_drawings import KeptDrawings, digest_of
from .laid_down_page import is_rendered
from .languages import language_of
from .pages import CachedPage, DrawnPage
from .site_as_drawn import SiteAsDrawn
from .site_output import SiteOutput


class Search(Protocol):
    """The search of one build, with a method for each hook of the plugin in the order of the hooks."""

    def script(self, words: Strings) -> str:
        """Return what the search box does, as JavaScript for every page; empty where the theme does everything."""

    def read(
        self, files: Files, drawn: SiteAsDrawn, config: MkDocsConfig, drawings: KeptDrawings, output: SiteOutput
    ) -> None:
        """Read all pages, which are rendered by now while none is drawn."""

    def pass_on(self, page: Page) -> None:
        """Take note of a page that is about to be read by the search plugin."""

    def drawn(self, html: str) -> str:
        """Return the HTML of a drawn page as it is to be written."""

    @property
    def key(self) -> Sequence[str]:
        """What `drawn` puts into a page; to be asked for when all pages are read."""

    def finish(self, config: MkDocsConfig, output: SiteOutput) -> None:
        """Finish the index, when the search plugin has written its own."""


def search_for(config: MkDocsConfig, asset: Callable[[str], str]) -> Search:
    """Return our own search where Material's plugin draws the search box, else the search of MkDocs.

    `asset` returns the text of an asset of the package.
    """
    from_a_disk = is_on(config, "material/offline")  # where nothing can be fetched
    return OwnSearch(asset) if is_on(config, "material/search") and not from_a_disk else HostsSearch()


def is_on(config: MkDocsConfig, plugin: str) -> bool:
    """Return whether a plugin is there and not turned off."""
    return plugin in config.plugins and bool(config.plugins[plugin].config.enabled)


class OwnSearch:
    """Our own search: its index is written when all pages are read, and before one is drawn.

    Nothing is left to the search plugin.
    """

    def __init__(self, asset: Callable[[str], str]) -> None:
        self._script = asset("search.js")
        self._worker = program_file("worker", asset("search-worker.js"))
        self._engine = program_file("engine", asset("search-engine.js"))
        self._reach = GeneratedPage.named_by_content("assets/reach.js", REACH)  # every page loads it, like its styles
        self._address = ""

    def script(self, words: Strings) -> str:
        """Return the script of the search box, with the words first, so that pages need not carry them."""
        return interface_words(words) + self._script

    def read(
        self, files: Files, drawn: SiteAsDrawn, config: MkDocsConfig, drawings: KeptDrawings, output: SiteOutput
    ) -> None:
        """Write the index of all pages; each language of a site has its own, beside its pages."""
        site, prefix = drawn.site, language_of(config).prefix
        searched, by_url = list(_searched(files, drawn)), dict[str, list[object]]()
        for it in searched:
            by_url.setdefault(it[1], []).append(it)
        keep = partial(_kept_shards, drawings, by_url)
        draw = partial(search_files, _pages(files, drawn), site.keps_as_of, site.lock.synonyms, keep)
        index = _with_known_list(drawings, searched, draw)
        for file in chain((self._worker, self._engine), index):
            output.put(replace(file, path=f"{prefix}{file.path}"), config.site_dir)
        output.put(self._reach, config.site_dir)
        self._address = f"{prefix}{worker_address(self._worker, self._engine)}"
        _keep_pages_from(config.plugins["material/search"], config)

    def pass_on(self, page: Page) -> None:
        """Take out of a page what only a search reads there, as the search plugin would."""
        page.content = without_marks(page.content or "")

    def drawn(self, html: str) -> str:
        """Return the HTML of a page with our worker in it, not by a template: a site's own `main.html` would win."""
        return with_worker(html, self._address, self._reach.path)

    @property
    def key(self) -> Sequence[str]:
        """The addresses of what our search loads."""
        return self._address, self._reach.path

    def finish(self, config: MkDocsConfig, output: SiteOutput) -> None:
        """Write an empty index of MkDocs, which the theme fetches with every page."""
        output.put(GeneratedPage(path="search/search_index.json", content=STUB), config.site_dir)


class HostsSearch:
    """The search of MkDocs: the words of our pages are added to its index, for they are known and need no parsing."""

    def __init__(self) -> None:
        self._entries: list[dict[str, Any]] = []
        self._left_out: set[str] = set()
        self._leads: dict[str, str] = {}
        self._pages: list[Page] = []

    def script(self, words: Strings) -> str:
        """Return no script: the search box is the theme's."""
        return ""

    def read(
        self, files: Files, drawn: SiteAsDrawn, config: MkDocsConfig, drawings: KeptDrawings, output: SiteOutput
    ) -> None:
        """Take note of the leads of issues, and of the pages, which are looked at with the first one that is drawn."""
        self._leads = {issue.path: issue.description for issue in drawn.site.index.issues}
        self._pages = [file.page for file in files.documentation_pages() if file.page]

    def pass_on(self, page: Page) -> None:
        """Keep the words of all pages of ours, and exclude these from the search plugin.

        What a page says of itself is read with its neighbours, too: so it is the same whichever of them is drawn first.
        """
        pages, self._pages = self._pages, []
        for it in pages:
            self._take(it)

    def _take(self, page: Page) -> None:
        asked = asked_of_search(page.meta)
        if isinstance(page, CachedPage | DrawnPage) and not asked.exclude:
            sections = _led(page.sections, self._leads.get(page.file.src_uri, ""))
            self._entries += entries(page.url, str(page.title), sections, tags=asked.tags, boost=asked.boost)
            _exclude(page)
        elif asked.exclude:
            self._left_out.add(page.url)
            _exclude(page)

    def drawn(self, html: str) -> str:
        """Return the HTML of a page as the theme draws the page."""
        return html

    @property
    def key(self) -> Sequence[str]:
        """Nothing: the search is the theme's."""
        return ()

    def finish(self, config: MkDocsConfig, output: SiteOutput) -> None:
        """Add our entries to the index that the search plugin has written."""
        path = Path(config.site_dir, "search", "search_index.json")
        if path.is_file():
            pieces = with_entries(path.read_text(encoding="utf-8"), self._entries, without=self._left_out)
            with path.open("w", encoding="utf-8") as file:
                file.writelines(pieces)


# --- pages --------------------------------------------------------------------------------------------------------


def _pages(files: Files, drawn: SiteAsDrawn) -> Iterator[SearchedPage]:
    """Yield every page of the site that wants to be found, in the site's order."""
    site = drawn.site
    issues = {issue.path: issue for issue in site.index.issues}
    keps = {KEP_PAGE.format(number=number): number for number in site.kep_numbers}
    sigs = {SIG_PAGE.format(sig=name) for name in site.sigs}
    topics = {TOPIC_PAGE.format(slug=slug): slug for slug in site.topics.rows}
    for file in files.documentation_pages():
        page, path = file.page, file.src_uri
        if page is None or not is_rendered(page) or (asked := asked_of_search(page.meta)).exclude:
            continue
        found = SearchedPage(
            url=page.url,
            title=str(page.title),
            read=partial(_sections, page, drawn, site.lock),
            generated=isinstance(page, DrawnPage),
            tags=asked.tags,
            boost=asked.boost,
        )
        if issue := issues.get(path):
            read = partial(_of_issue, issue, page, drawn)
            yield replace(found, kind="issue", day=issue.date, number=issue.number, read=read)
        elif number := keps.get(path):
            yield replace(found, kind="kep", kep=number, read=partial(_about, number, page, drawn, site.lock))
        elif slug := topics.get(path):
            yield replace(found, kind="topic", read=partial(_about_topic, slug, page, drawn))
        else:
            yield replace(found, kind="sig" if path in sigs else "page", day=issue_date(page.meta, path, ""))


def _searched(files: Files, drawn: SiteAsDrawn) -> Iterator[tuple[Any, ...]]:
    """Yield all that the index is made of beside what the site says: how pages are called, what is written on them."""
    for file in files.documentation_pages():
        page, path = file.page, file.src_uri
        if page is not None and is_rendered(page) and not (asked := asked_of_search(page.meta)).exclude:
            day = issue_date(page.meta, path, "")
            yield path, page.url, str(page.title), day, asked, type(page).__name__, _written_on(page, drawn)


def _kept_shards(
    drawings: KeptDrawings,
    searched: Mapping[str, object],
    name: str,
    pages: Sequence[SearchedPage],
    cut: Callable[[], Iterable[Shard]],
) -> Iterator[Shard]:
    """Yield the shards of some pages, cut only where the site is another, or what is written on one of these pages."""
    own = [searched[page.url] for page in pages]
    texts = drawings.texts(f"shards {name}", own, lambda: list(chain.from_iterable(map(_told, cut()))))
    for told, text in zip(texts[::2], texts[1::2], strict=True):
        yield Shard(text=text, **json.loads(told))


def _with_known_list(
    drawings: KeptDrawings, searched: Iterable[object], draw: Callable[..., Iterable[GeneratedPage]]
) -> Sequence[GeneratedPage]:
    """Return the files of the index, of which the shards are kept apart from their list."""
    made: list[GeneratedPage] = []

    def listed() -> list[str]:
        made.extend(draw())
        return [made[-1].content]

    [text] = drawings.texts("search", searched, listed)
    return made or list(draw(listed=text))


def _told(shard: Shard) -> tuple[str, str]:
    return json.dumps({"name": shard.name, "size": shard.size, "sections": shard.sections}), shard.text


def _written_on(page: Page, drawn: SiteAsDrawn) -> object:
    """Return what the sections of a page follow from; of a page of ours that is the site."""
    if isinstance(page, DrawnPage | CachedPage):
        return None if isinstance(page, DrawnPage) else page.sections_key
    read = drawn.read(page.file.src_uri)
    return digest_of(page.content or "") if read is None else read.sections


def _sections(page: Page, drawn: SiteAsDrawn, lock: Lock) -> Sequence[Section]:
    """Return the sections of a page: of an issue what was read there, also where another plugin has made its page."""
    if isinstance(page, CachedPage | DrawnPage):
        found = page.sections
    elif (read := drawn.read(page.file.src_uri)) is not None:
        found = read.sections
    else:
        return sections_of_html(page.content or "")
    return [replace(it, keps=_all_numbers(it, lock)) for it in found]


def _all_numbers(section: Section, lock: Lock) -> tuple[int, ...]:
    """Return the numbers of the KEPs of a section; the KEP that an alias stands for is found beside the alias."""
    numbers = keps_of(section, lock.pulls)
    return tuple(dict.fromkeys(it for number in numbers for it in (lock.canonical(number), number)))


def _about(number: int, page: Page, drawn: SiteAsDrawn, lock: Lock) -> Sequence[Section]:
    """Return the sections of a page about a KEP, which is mentioned there, by all its numbers, before any other."""
    own, *below = _sections(page, drawn, lock)
    return (replace(own, keps=tuple(dict.fromkeys((number, *lock.aliases_of(number), *own.keps)))), *below)


def _of_issue(issue: Issue, page: Page, drawn: SiteAsDrawn) -> Sequence[Section]:
    """Return the sections of an issue with the topics that each names; those above all headings are the page's own."""
    found, index = _led(_sections(page, drawn, drawn.site.lock), issue.description), drawn.site.topic_index
    anchors = {section.anchor for section in found}
    named: dict[str, dict[str, None]] = {}
    for it in issue.topic_mentions:
        anchor = it.heading.anchor if it.heading else ""
        if slug := index.slug_of(it):
            named.setdefault(anchor if anchor in anchors else "", {})[slug] = None
    return [replace(it, topics=tuple(named[it.anchor])) if it.anchor in named else it for it in found]


def _led(sections: Sequence[Section], lead: str) -> Sequence[Section]:
    """Return the sections of an issue, the page's own of which begins with the lead, as the page does."""
    if not sections or not lead or lead in sections[0].text:
        return sections
    own, *below = sections
    return (replace(own, text=f"{lead} {own.text}".strip()), *below)


def _about_topic(slug: str, page: Page, drawn: SiteAsDrawn) -> Sequence[Section]:
    """Return the sections of a page about a topic, which is named there."""
    own, *below = _sections(page, drawn, drawn.site.lock)
    return (replace(own, topics=(slug,)), *below)


def _keep_pages_from(plugin: object, config: MkDocsConfig) -> None:
    """Have the search plugin read no page: parsing one for an index that nobody asks for costs more than drawing it."""
    hooks = config.plugins.events["page_context"]
    hooks[:] = [it for it in hooks if getattr(it, "__self__", None) is not plugin]


def _exclude(page: Page) -> None:
    """Keep a page from the search plugin, which reads `exclude` alone."""
    page.meta["search"] = {"exclude": True}

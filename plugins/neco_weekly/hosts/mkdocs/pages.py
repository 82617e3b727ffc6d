"""Pages that are rendered once: MkDocs' own `Page` with the work done before MkDocs asks for it."""

from __future__ import annotations

import json
import logging
import posixpath
import re
from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from html import escape
from typing import Any
from urllib.parse import unquote

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents

from ...grammar.front_matter import Parts
from ...grammar.front_matter_values import tags_of, written_description, written_title
from ...model.issues import ScanResult, Section
from ...site.own_paths import MARKDOWN_LINK
from ...site.pages.templates import DeferredPage
from .drawn_ahead import DrawnAhead
from .kept_drawings import KeptDrawings
from .laid_down_page import LaidDownPage
from .page_cache import PageCache, RenderedPage, digest
from .site_files import digest_of_places


@dataclass(frozen=True, slots=True)
class PageSource:
    """Where generated pages get what they show: `page` returns a page by its path, `find` the file at a path.

    `drawings` are those of builds before, `ahead` those that workers make, `configuration` is what decides how Markdown
    is converted; None where nobody can say. `addresses` are addresses of pages as seen from a folder, kept because
    hundreds of pages link to the same destinations.
    """

    page: Callable[[str], DeferredPage | None]
    find: Callable[[str], File | None]
    drawings: KeptDrawings
    ahead: DrawnAhead
    configuration: bytes | None = None
    addresses: dict[tuple[str, str], str] = field(default_factory=dict)


class DrawnPage(LaidDownPage):
    """A generated page whose body needs no Markdown: only its links are resolved.

    `leads_to` is the relative address to which a browser goes on by itself; empty where readers are to stay.
    """

    def __init__(self, page: DeferredPage, file: File, config: MkDocsConfig, source: PageSource) -> None:
        super().__init__(None, file, config)
        self._source = source
        self.sections = (Section(anchor="", title=page.title, text=page.words),)
        self.leads_to = ""

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Draw the page's body, resolve its `.md` links and list its headings."""
        self._source.ahead.reach(self.file)
        listed, self.content, *_ = self.texts()
        links = [(level, anchor, title) for level, anchor, title in json.loads(listed)]
        self.toc = _contents(_nested([AnchorLink(title, anchor, level) for level, anchor, title in links]))
        self.present_anchor_ids = {anchor for _, anchor, _ in links}

    def texts(self) -> Sequence[str]:
        """Return the page's headings, as JSON `[[level, anchor, title]]`, and its body with addresses of the site.

        Behind these are the links of the body, as JSON: to paths as seen from the page's source, with their addresses.
        """
        page, name = self._source.page(self.file.src_uri), f"page {self.file.dest_uri}"
        if page is None:
            return self._source.drawings.texts(name, (), lambda: self._drawn(""))
        return self._source.drawings.page(name, page, lambda: self._drawn(page.draw()), self._leads_there)

    def _drawn(self, text: str) -> list[str]:
        self._source.ahead.made()
        led: dict[str, str] = {}

        def resolved(match: re.Match[str]) -> str:
            led[match[1]] = self._address(match[1])
            return f'href="{led[match[1]]}{match[2]}"'

        body = MARKDOWN_LINK.sub(resolved, text)
        links = [(int(level), anchor, _TAG.sub("", title)) for level, anchor, title in _HEADING.findall(body)]
        return [json.dumps(links, ensure_ascii=False), body, json.dumps(led, ensure_ascii=False)]

    def _leads_there(self, led: str) -> bool:
        return all(self._address(path) == address for path, address in json.loads(led).items())

    def _address(self, path: str) -> str:
        key = posixpath.dirname(self.file.src_uri), path
        addresses = self._source.addresses
        if key not in addresses:
            destination = self._source.find(posixpath.normpath(posixpath.join(key[0], unquote(path))))
            addresses[key] = destination.url_relative_to(self.file) if destination else path
        return addresses[key]


class TextPage(LaidDownPage):
    """A generated page whose text is Markdown, converted only where its text or anything of the site is another."""

    def __init__(self, file: File, config: MkDocsConfig, source: PageSource) -> None:
        super().__init__(None, file, config)
        self._source = source

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Convert the page's Markdown as MkDocs does, or take what that gave before."""
        kept, key = self._source.drawings.entries, self._key(files)
        name = f"rendered {self.file.dest_uri}"
        if key and (known := kept.get(name, key)):
            _restore(self, json.loads(known[0]), files)
            return
        count = len(files)
        with _Listener() as warned:
            super().render(config, files)
        # A page that warns must warn again, and one that adds a file to the site must add it again.
        if key and not warned.records and len(files) == count:
            kept.put(name, key, [json.dumps(_dumped(self), ensure_ascii=False)])

    def _key(self, files: Files) -> bytes | None:
        site, configuration = self._source.drawings.key(), self._source.configuration
        if site is None or configuration is None:
            return None
        return digest([site, configuration, digest_of_places(files), self.markdown, self.meta])


def led_on(html: str, page: Page) -> str:
    """Return the HTML of a page, with an element that leads on to another page where that is wanted."""
    if not isinstance(page, DrawnPage) or not page.leads_to:
        return html
    element = f'<meta http-equiv="refresh" content="0; url={escape(page.leads_to)}">'
    return html.replace("<title", f"{element}<title", 1)


_HEADING = re.compile(r'<h([1-6]) id="([^"]+)">(.*?)</h\1>')

_TAG = re.compile(r"<[^>]*>")


def _contents(entries: list[AnchorLink]) -> TableOfContents:
    """Return the table of contents of a page; the first entry is the active one, as MkDocs has it."""
    if entries:
        entries[0].active = True  # type: ignore[attr-defined]  # as in MkDocs' own `get_toc`
    return TableOfContents(entries)


def _nested(links: list[AnchorLink]) -> list[AnchorLink]:
    """Return headings as a tree, each below the one it belongs to."""
    top: list[AnchorLink] = []
    above: list[AnchorLink] = []
    for link in links:
        while above and above[-1].level >= link.level:
            above.pop()
        (above[-1].children if above else top).append(link)
        above.append(link)
    return top


TakeScanResult = Callable[[], ScanResult]
"""A function that returns the scan result since the last call; an empty one where the extension read nothing."""


class LastScan:
    """The scan result of the page that the extension converted last, until somebody takes that result."""

    def __init__(self) -> None:
        self._scan_result = ScanResult()

    def keep(self, scan_result: ScanResult) -> None:
        """Keep a scan result in place of the one before."""
        self._scan_result = scan_result

    def take(self) -> ScanResult:
        """Return the scan result, and keep an empty one for whoever asks next."""
        found, self._scan_result = self._scan_result, ScanResult()
        return found


class CachedPage(LaidDownPage):
    """A page that is rendered once for one text, and not at all if the page cache knows it.

    With `is_watched`, it is rendered whenever MkDocs asks: another plugin looks on.
    """

    def __init__(
        self,
        file: File,
        config: MkDocsConfig,
        cache: PageCache,
        take_scan_result: TakeScanResult,
        parts: Callable[[File, str | None], Parts],
        *,
        is_watched: bool = False,
    ) -> None:
        """Make the page of a file; `parts` returns those of the file, or of the text that another plugin gives it."""
        super().__init__(None, file, config)
        self._parts = parts
        self._cache, self._take_scan_result, self._is_watched = cache, take_scan_result, is_watched
        self._rendered: str | None = None
        self.scan_result = ScanResult()

    @property
    def sections(self) -> tuple[Section, ...]:
        """The sections of the page, for search."""
        return self.scan_result.sections

    @property
    def sections_key(self) -> object:
        """What the page's sections follow from; the sections themselves where the page cache does not know the page."""
        return self._cache.keys.get(self.file.src_uri) or self.sections

    def read_source(self, config: MkDocsConfig) -> None:
        """Read the page's text and front matter as we do: MkDocs knows no TOML, and sets no bounds to YAML."""
        source = config.plugins.on_page_read_source(page=self, config=config)
        parts = self._parts(self.file, source)
        self.markdown, self.meta = parts.body, _meta(parts)

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Convert the page's Markdown as MkDocs does, unless that was done before for the same text."""
        text = self.markdown or ""
        if self._rendered == text and not self._is_watched:
            self._rendered = text  # MkDocs has read the text a second time: one copy is enough
            return
        known = self._cache.get(self.file.src_uri, text, self._about)
        if known:
            self._restore(known, files)
        else:
            self._convert(text, config, files)
        self._rendered = text

    def name(self, title: str) -> None:
        """Give the page a title where MkDocs would show the file's name: it looks for a heading in the first place."""
        if not (self._title_from_render or self.meta.get("title")):
            self.title = escape(title, quote=False)  # as a title of a heading is, for themes print both as they are

    def _convert(self, text: str, config: MkDocsConfig, files: Files) -> None:
        self._take_scan_result()  # Python-Markdown does not convert an empty text: what is there is another page's
        with _Listener() as warned:
            super().render(config, files)
        self.scan_result = self._take_scan_result()
        if not warned.records:
            self._cache.put(self.file.src_uri, text, self._dump(), self._about)

    @property
    def _about(self) -> str:
        """The page's front matter as a key for the page cache: the issue's title, day and grammar follow from that."""
        return repr(sorted(self.meta.items()))

    def _dump(self) -> RenderedPage:
        return RenderedPage(**_dumped(self), scan_result=self.scan_result)

    def _restore(self, known: RenderedPage, files: Files) -> None:
        _restore(self, {name: getattr(known, name) for name in known.__slots__}, files)
        self.scan_result = known.scan_result


def _dumped(page: Page) -> dict[str, Any]:
    """Return what MkDocs knows of a page once its Markdown is rendered, as JSON values."""
    return {
        "content": page.content or "",
        "toc": [_toc_entry(entry) for entry in page.toc],
        "title": page._title_from_render,
        "anchors": sorted(page.present_anchor_ids or ()),
        "links_to_anchors": {file.src_uri: links for file, links in (page.links_to_anchors or {}).items()},
    }


def _restore(page: Page, known: Mapping[str, Any], files: Files) -> None:
    """Give a page what is known of it."""
    page.content = known["content"]
    page.toc = _contents([_anchor_link(entry) for entry in known["toc"]])
    page._title_from_render = known["title"]
    page.present_anchor_ids = set(known["anchors"])
    found = ((files.src_uris.get(path), links) for path, links in known["links_to_anchors"].items())
    page.links_to_anchors = {file: dict(links) for file, links in found if file is not None}


def _meta(parts: Parts) -> dict[str, Any]:
    """Return front matter as themes and plugins read it: a title and a description are text, and topics are tags."""
    meta = deepcopy(dict(parts.meta))  # a plugin may change what it finds there, and the parts are remembered
    for key, text in (("title", written_title(meta)), ("description", written_description(meta))):
        meta.pop(key, None)
        if text:
            meta[key] = text
    if tags := tags_of(meta):
        meta["tags"] = tags
    return meta


class _Listener(logging.Handler):
    """A handler that collects what MkDocs logs while a page is rendered."""

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)

    def __enter__(self) -> _Listener:
        logging.getLogger("mkdocs").addHandler(self)
        return self

    def __exit__(self, *_: object) -> None:
        logging.getLogger("mkdocs").removeHandler(self)


def _toc_entry(entry: AnchorLink) -> list[Any]:
    return [entry.title, entry.id, entry.level, [_toc_entry(child) for child in entry.children]]


def _anchor_link(entry: list[Any]) -> AnchorLink:
    title, anchor, level, children = entry
    link = AnchorLink(title, anchor, level)
    link.children = [_anchor_link(child) for child in children]
    return link

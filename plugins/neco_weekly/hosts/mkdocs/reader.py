"""The issues of a build: which of them are public, and what each says; rendered once."""

from __future__ import annotations

import datetime as dt
import posixpath
from collections.abc import Iterator
from html import escape
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel

from ...display.phrases import held_text
from ...extension.picture_files import measured
from ...grammar.front_matter import Parts, take_apart
from ...grammar.issue_files import UnreadableTextError, is_issue, read_issue_text
from ...grammar.urls import is_rooted, picture_path, site_path
from ...issues.index import held_back, make_issue, unreadable
from ...model.issues import HeldBack, Issue
from .page_cache import PageCache
from .pages import CachedPage
from .setup import Setup, configuration_digest


class Reader:
    """A reader of the issues of a build, which renders each once. `drafts` are those held back that it has rendered."""

    def __init__(self, setup: Setup, config: MkDocsConfig, files: Files, today: dt.date) -> None:
        self._setup, self._config, self._files, self._today = setup, config, files, today
        configuration = configuration_digest(config, setup.settings)
        folder = setup.cache_folder if configuration else None
        self._cache = PageCache(folder, configuration or b"", setup.keps_as_of, self._address_of, self._picture)
        self.drafts: list[Issue] = []

    def read(self, *, is_preview: bool) -> tuple[list[Issue], list[HeldBack]]:
        """Return the public issues, and those that are held back, which only a preview renders.

        Which are public is known before any is rendered: a link between two issues follows from that.
        """
        looked_at = [(file, *self._look_at(file)) for file in self._issue_files()]
        for file, _, held in looked_at:
            file.inclusion = _inclusion(held, is_preview=is_preview)
        issues = [self._read(file, parts) for file, parts, held in looked_at if not held]
        for file, parts, held in looked_at:
            if held and file.inclusion.is_included():
                self.drafts.append(self._read_draft(file, parts, held))
        return issues, [held for _, _, held in looked_at if held]

    def _issue_files(self) -> Iterator[File]:
        return (it for it in self._files.documentation_pages() if is_issue(it.src_uri, self._setup.settings.issues))

    def _look_at(self, file: File) -> tuple[Parts, HeldBack | None]:
        shown = posixpath.join(self._setup.docs, file.src_uri)
        try:
            text = read_issue_text(Path(file.abs_src_path), shown) if file.abs_src_path else file.content_string
        except UnreadableTextError as error:
            return Parts(body=""), unreadable(file.src_uri, error)
        parts = take_apart(text)
        return parts, held_back(file.src_uri, parts, self._today)

    def _read(self, file: File, parts: Parts) -> Issue:
        page = CachedPage(file, self._config, self._cache, self._setup.last_scan.take)
        page.read_source(self._config)
        page.render(self._config, self._files)
        issue = make_issue(file.src_uri, parts, page.scan_result)
        page.name(issue.title)
        return issue

    def _read_draft(self, file: File, parts: Parts, held: HeldBack) -> Issue:
        """Return an issue that only a preview shows; its page begins with the reason."""
        issue, words = self._read(file, parts), self._setup.words
        if file.page is not None:
            mark, reason = escape(words("held.mark")), escape(held_text(held.hold, words))
            note = f'<p class="neco-held" data-search-exclude><strong>{mark}</strong> {reason}</p>'
            file.page.content = f"{note}\n{file.page.content}"
        return issue

    def _address_of(self, path: str, link: str) -> str | None:
        """Return the address of the destination of a relative link on a page, or None."""
        file = self._files.src_uris.get(site_path(path, link))
        return file.url if file is not None and file.inclusion.is_included() else None

    def _picture(self, page: str, address: str) -> object:
        """Return all of a picture's file that shows on a page: where it lies, and how large it is; None without one."""
        path = picture_path(page, address)
        if path is None:
            return None
        if path not in self._files.src_uris and is_rooted(address):
            path = self._setup.beside.take(path) or path
        file = self._files.src_uris.get(path)
        if file is None or not file.inclusion.is_included():
            return None
        return file.url, measured(Path(file.abs_src_path)) if file.abs_src_path else None


def _inclusion(held: HeldBack | None, *, is_preview: bool) -> InclusionLevel:
    """Return where an issue's file may go: everywhere but into the navigation, or nowhere."""
    if held is None or (is_preview and held.is_readable):
        return InclusionLevel.NOT_IN_NAV
    return InclusionLevel.EXCLUDED

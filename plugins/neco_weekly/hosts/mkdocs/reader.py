"""The issues of a build: which of them are public, and what each says; rendered once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from html import escape
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from ...display.phrases import held_text
from ...extension.picture_files import measured, ratio_of
from ...grammar.front_matter import Parts
from ...grammar.urls import is_rooted, picture_path, site_path
from ...issues.index import make_issue
from ...issues.issue_digest import issue_digest
from ...issues.outline import Outline, outline_of
from ...model.issues import HeldBack, Issue, ScanResult
from .drawn_ahead import HandedRow
from .page_cache import PageCache, Surroundings, digest
from .pages import CachedPage
from .public_issues import PublicIssues
from .render_key import brought_by_plugins, configuration_digest
from .setup import Setup
from .site_files import digest_of_places
from .workers import Workers, is_of

Expect = Callable[[Iterable[str]], None]
"""A function that gets the texts of issues before they are rendered."""


class Reader:
    """A reader of the issues of a build, which renders each once.

    `drafts` are those held back that it has rendered, `configuration` is what decides how, None where nobody can say.
    By path, `scan_results` are what it has read in each, `digests` tell whether the site draws something else of one
    than before, and `written` whether anything is written there that was not.
    """

    def __init__(self, setup: Setup, config: MkDocsConfig, files: Files, public: PublicIssues) -> None:
        self._setup, self._config, self._files, self._public = setup, config, files, public
        configuration = configuration_digest(config, setup.settings)
        self._is_watched = brought_by_plugins(config)
        folder = setup.cache_folder if configuration and not self._is_watched else None
        self.configuration = configuration if folder else None
        around = Surroundings(setup.kept, self._surroundings)
        kept = (folder, configuration or b"", setup.keps_as_of)
        self._cache = PageCache(*kept, self._address_of, self._picture, around, setup.remembered)
        self._around: tuple[int, bytes] | None = None
        self.drafts: list[Issue] = []
        self.scan_results: dict[str, ScanResult] = {}
        self.digests: dict[str, str] = {}
        self.written: dict[str, bytes] = {}

    def read(self, *, is_preview: bool, expect: Expect = lambda texts: None) -> tuple[list[Issue], list[HeldBack]]:
        """Return the public issues, and those that are held back, which only a preview renders.

        Which are public is known before any is rendered: a link between two issues follows from that. `expect` gets the
        texts of all that will be rendered, before the first one is.
        """
        looked_at = self._public.hold_back(self._files, is_preview=is_preview)
        expect(parts.body for _, parts, held in looked_at if not held or is_preview)
        self._around = len(self._files), digest_of_places(self._files)
        issues = self._read_all([(file, parts) for file, parts, held in looked_at if not held])
        for file, parts, held in looked_at:
            if held and file.inclusion.is_included():
                self.drafts.append(self._read_draft(file, parts, held))
        return issues, [held for _, _, held in looked_at if held]

    def _read_all(self, public: Sequence[tuple[File, Parts]]) -> list[Issue]:
        """Return what issues say; workers render some of them into the page cache."""
        has_help = self._cache.keeps and _may_be_read_twice(self._config)
        workers = self._setup.workers if has_help else Workers(0)
        row = HandedRow(workers, self._setup.kept, len(public), lambda place: self._keep(*public[place]))
        issues = []
        try:
            for place, (file, parts) in enumerate(public):
                row.reach(place)
                count = self._cache.count
                issues.append(self._read(file, parts))
                if self._cache.count > count:
                    row.made()
        finally:
            row.end()
        return issues

    def _keep(self, file: File, parts: Parts) -> None:
        """Have the page cache know an issue, and nobody else, for a worker has no other use for that."""
        self._read(file, parts)
        file.page = None
        self.scan_results.clear()

    def _read(self, file: File, parts: Parts) -> Issue:
        """Return what an issue says; where another plugin has made the issue's page, that stays the one of the site."""
        theirs = file.page
        take = self._setup.last_scan.take
        page = CachedPage(file, self._config, self._cache, take, self._public.parts, is_watched=self._is_watched)
        page.read_source(self._config)
        page.render(self._config, self._files)
        self.scan_results[file.src_uri] = page.scan_result
        issue, self.digests[file.src_uri] = self._issue(file.src_uri, parts, page.scan_result)
        page.name(issue.title)
        self._setup.remembered.lay_down(page)
        if theirs is not None:
            file.page = theirs
        return issue

    def read_again(self, file: File, expect: Expect, *, was_held: bool) -> Issue | None:
        """Return what an issue says by now, its page rendered anew; None where it is held back by now, or no more.

        To be called for an issue that was read before. `expect` gets its text before it is rendered.
        """
        parts, held = self._public.look_at(file)
        if bool(held) != was_held or (held and not held.is_readable):
            return None
        expect([parts.body])
        self._around = None  # files have come since all were read
        return self._read_draft(file, parts, held) if held else self._read(file, parts)

    def _issue(self, path: str, parts: Parts, found: ScanResult) -> tuple[Issue, str]:
        """Return an issue and its digest; the digest and the outline are kept beside the page that it is read from."""
        kept, name = self._setup.kept, f"issue {path}"
        if (page := self._cache.keys.get(path)) is None:
            issue = make_issue(path, parts, found)
            return issue, issue_digest(issue)

        def make() -> tuple[Issue, str, Outline]:
            told = kept.get(name, key)
            outline = Outline.read(told[1]) if told else outline_of(found, parts.body)
            issue = make_issue(path, parts, found, outline)
            return issue, told[0] if told else issue_digest(issue), outline

        key = self.written[path] = digest([page, parts.body, replace(parts, body="")])
        issue, said, outline = self._setup.remembered(("issue", path), key, make)
        if not kept.has(name, key):
            kept.put(name, key, [said, outline.told()])
        return issue, said

    def _read_draft(self, file: File, parts: Parts, held: HeldBack) -> Issue:
        """Return an issue that only a preview shows; its page begins with the reason."""
        issue, words = self._read(file, parts), self._setup.words
        if isinstance(file.page, CachedPage):
            mark, reason = escape(words("held.mark")), escape(held_text(held.hold, words))
            note = f'<p class="neco-held" data-search-exclude><strong>{mark}</strong> {reason}</p>'
            file.page.content = f"{note}\n{file.page.content}"
        return issue

    def _address_of(self, path: str, link: str) -> str | None:
        """Return the address of the destination of a relative link on a page, as seen from the page, or None."""
        file, own = self._files.src_uris.get(site_path(path, link)), self._files.src_uris.get(path)
        return file.url_relative_to(own) if file and own and file.inclusion.is_included() else None

    def _surroundings(self) -> bytes | None:
        """Return a digest of the lock and of where all files are, as long as no page has brought a picture with it."""
        if self._around is None or self._around[0] != len(self._files) or not self._setup.lock_digest:
            return None
        return digest([self._setup.lock_digest, self._around[1]])

    def _picture(self, page: str, address: str) -> object:
        """Return all of a picture's file that shows on a page: where it lies, and how large it is; None without one."""
        path = picture_path(page, address)
        if path is None:
            return None
        if path not in self._files.src_uris and is_rooted(address):
            path = self._setup.beside.take(path) or path
        file, own = self._files.src_uris.get(path), self._files.src_uris.get(page)
        if file is None or own is None or not file.inclusion.is_included():
            return None
        lies = Path(file.abs_src_path) if file.abs_src_path else None
        return file.url_relative_to(own), lies and (measured(lies) or ratio_of(lies))


def _may_be_read_twice(config: MkDocsConfig) -> bool:
    """Whether nobody but us is asked for the text of a page, and might count how often."""
    return all(is_of(it, "neco_weekly") for it in config.plugins.events["page_read_source"])

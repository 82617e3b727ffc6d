"""What links of issues may lead to, for a command: files of the docs folder, and pages that a build would generate."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cached_property
from html import unescape

from ...display.words import load_strings
from ...grammar.front_matter import take_apart
from ...issues.index import Index
from ...issues.scan import Scanner
from ...lock.kep_as_of import KepsAsOf
from ...lock.store import Lock
from ...site.pages import Site
from ...site.pages.page_marks import ARCHIVE_MARK, HOME_MARK
from ...site.pages.templates import DeferredPage
from ..project import Project

_ID = re.compile(r'\sid="([^"]+)"')


class LinkTargets:
    """The pages and files of a project. A page is read or drawn only when a link names a place of it."""

    def __init__(self, project: Project, index: Index, lock: Lock) -> None:
        self._project, self._index, self._lock = project, index, lock
        self._anchors: dict[str, Iterable[str] | None] = {
            issue.path: frozenset(issue.anchors) for issue in index.issues
        }

    @cached_property
    def held_back(self) -> frozenset[str]:
        """Paths of issues that are not published."""
        return frozenset(self._project.issue_paths()) - {issue.path for issue in self._index.issues}

    def has(self, path: str) -> bool:
        """Whether the site has a file, or a page written or generated, at a path."""
        return not path.startswith("..") and ((self._project.docs / path).is_file() or path in self._generated)

    def anchors(self, path: str) -> Iterable[str] | None:
        """Return the places of a page that a link may name; None for what is no page, or is filled by a build.

        Raises:
            NecoError: a page cannot be read.
        """
        if path not in self._anchors:
            self._anchors[path] = self._anchors_of(path)
        return self._anchors[path]

    def _anchors_of(self, path: str) -> Iterable[str] | None:
        text = self._project.own_page(path) if path.endswith(".md") else None
        if text is not None:
            filled = HOME_MARK in text or ARCHIVE_MARK in text
            return None if filled else frozenset(self._scanner.scan(take_apart(text).body).anchors)
        page = self._generated.get(path)
        return frozenset(map(unescape, _ID.findall(page.draw()))) if page else None

    @cached_property
    def _scanner(self) -> Scanner:
        return self._project.scanner(self._project.grammar_of_others)

    @cached_property
    def _generated(self) -> Mapping[str, DeferredPage]:
        project = self._project
        keps_as_of = KepsAsOf(self._lock, project.releases)
        words, is_written = load_strings(project.locale), project.is_written
        site = Site(self._index, keps_as_of, words, project.issues, is_written=is_written)
        pages = site.deferred_pages(project.site_name, project.site_description)
        return {page.path: page for page in pages if not project.is_written(page.path)}

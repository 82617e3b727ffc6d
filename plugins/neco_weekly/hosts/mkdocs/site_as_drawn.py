"""The site of a build: what its issues say, first as they are written, then as other plugins have them drawn.

Which pages there are is decided before a page is drawn, from the issues' own texts. Another plugin may put text into an
issue afterwards. Ours are drawn behind the issues, and so say what was drawn there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ...issues.index import Index, build_index, with_scan_result
from ...model.issues import Issue, ScanResult
from ...site.pages import Site
from ...site.pages.templates import DeferredPage

_SHOWN = (
    "title",
    "mentions",
    "cards",
    "pulls",
    "site_links",
    "anchors",
    "corrections",
    "sections",
    "topic_mentions",
    "releases",
)


class SiteAsDrawn:
    """The site of one build. `first` is the site as its issues are written, `version` counts how often it was another.

    `changed` are the paths of the issues that say something else than they did in the first place, `written` the issues
    as they are written.
    """

    def __init__(self, first: Site, index: Index, scan_results: Mapping[str, ScanResult], heading: tuple[str, str]):
        """Begin with a site whose `index` has its issues as they are written; `heading` are its name and description.

        `scan_results` are what was read in the issues, by path.
        """
        self.first, self.version, self.written = first, 0, index.issues
        self.changed: dict[str, ScanResult] = {}
        self._site, self._heading, self._held_back = first, heading, index.held_back
        self._issues: dict[str, Issue] = {it.path: it for it in index.issues}
        self._scan_results = dict(scan_results)
        self._is_current = True
        self._pages: dict[str, DeferredPage] = {}
        self._drawn: dict[str, int] = {}
        self._written: dict[str, str] = {}

    @property
    def site(self) -> Site:
        """The site as far as it is known what is drawn."""
        if not self._is_current:
            index = build_index(self._issues.values(), self._held_back, self.first.index.drafts)
            self._site = replace(self.first, index=index)
            self._is_current, self._pages = True, {}
        return self._site

    @property
    def issues(self) -> tuple[Issue, ...]:
        """The published issues, with what the lock has not decided."""
        return tuple(self._issues.values())

    @property
    def pages(self) -> Mapping[str, DeferredPage]:
        """All generated pages by their paths."""
        site = self.site
        if not self._pages:
            self._pages = {page.path: page for page in site.deferred_pages(*self._heading)}
        return self._pages

    def page(self, path: str) -> DeferredPage | None:
        """Return the page of a path, to be drawn now; None where the site has no such page, or has it no more."""
        self._drawn[path] = self.version
        return self.pages.get(path)

    def fill(self, path: str, text: str) -> str:
        """Return the text of a writer's own page with what its marks ask for in their places."""
        filled = self.site.fill(path, text)
        if filled != text:
            self._drawn[path], self._written[path] = self.version, text
        return filled

    def fill_again(self, path: str) -> str:
        """Return the text of a writer's page that was filled before, with what its marks ask for now."""
        return self.fill(path, self._written[path])

    @property
    def outdated(self) -> list[str]:
        """The paths of pages that were drawn while the site was another."""
        return [path for path, version in self._drawn.items() if version != self.version]

    def note(self, path: str, scan_result: ScanResult) -> None:
        """Take note of what was read in an issue when MkDocs drew it, behind all other plugins."""
        issue, before = self._issues.get(path), self._scan_results.get(path)
        if issue is None or before is None or scan_result is before or _shown(scan_result) == _shown(before):
            return
        self._scan_results[path] = self.changed[path] = scan_result
        self._issues[path] = with_scan_result(issue, scan_result)
        self._is_another()

    def read(self, path: str) -> ScanResult | None:
        """Return what was read in an issue, as far as it is known what is drawn; None for a page that is none."""
        return self._scan_results.get(path)

    def leave_out(self, path: str) -> None:
        """Take an issue out of the site that another plugin keeps from readers."""
        if self._issues.pop(path, None) is not None:
            self._is_another()

    def _is_another(self) -> None:
        self._is_current, self.version = False, self.version + 1


def _shown(found: ScanResult) -> list[Any]:
    return [getattr(found, name) for name in _SHOWN]

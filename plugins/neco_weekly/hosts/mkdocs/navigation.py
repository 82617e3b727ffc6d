"""The places of generated pages and issues around the navigation: parents, neighbours, titles, days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure import StructureItem
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation, Section
from mkdocs.structure.pages import Page

from ...model.paths import (
    CHANGES_PAGE,
    COMPARE_PAGE,
    FOLLOWING_PAGE,
    KEP_PAGE,
    SETBACKS_PAGE,
    SIG_PAGE,
    TAGS_PAGE,
    TOPIC_PAGE,
)
from ...site.pages.upgrade_pages import upgrade_path
from .build import Build
from .pages import CachedPage, DrawnPage, TextPage
from .setup import Setup


def place_pages(setup: Setup, build: Build, config: MkDocsConfig) -> None:
    """Give pages their parents, neighbours and titles, without a place in the drawn navigation.

    With issues and KEP pages in the navigation, each page would cost more to draw the more there are.
    """
    archive, table, sig_table, topic_table, release_table = (build.files.page(it) for it in setup.index_pages[1:])
    _place_in_order(archive, [build.files.page(issue.path) for issue in build.index.issues])
    releases = [build.files.page(path) for path in build.site.release_views.paths.values()]
    _place_in_order(release_table, releases[::-1])
    below = [(table, KEP_PAGE.format(number=number)) for number in build.site.kep_numbers]
    below += [(table, KEP_PAGE.format(number=number)) for number in build.site.aliases]
    below += [(sig_table, SIG_PAGE.format(sig=name)) for name in build.site.sigs]
    below += [(topic_table, TOPIC_PAGE.format(slug=slug)) for slug in build.site.topics.rows]
    below += [(archive, it) for it in (TAGS_PAGE, *(tag.path for tag in build.site.tags.values()))]
    compare = build.files.page(COMPARE_PAGE)
    below += [(compare, upgrade_path(*pair)) for pair in build.site.upgrades.pairs]
    below += [(release_table, it) for it in (COMPARE_PAGE, SETBACKS_PAGE)]
    below += [(table, it) for it in (CHANGES_PAGE, FOLLOWING_PAGE)]
    for parent, path in below:
        page = build.files.page(path)
        if page is not None:
            page.parent = parent  # type: ignore[assignment]
    _lead_on(build)
    for title, path in _titled(config.nav):
        page = build.files.page(path)
        if isinstance(page, CachedPage | DrawnPage | TextPage):
            page.title = title  # MkDocs forgets a title of `nav` where the page is there already


def _place_in_order(parent: Page | None, pages: list[Page | None]) -> None:
    """Put pages, the newest first, below a page, each beside its neighbours."""
    for page, newer, older in zip(pages, [None, *pages], [*pages[1:], None], strict=False):
        if page is not None:
            page.parent, page.previous_page, page.next_page = parent, older, newer  # type: ignore[assignment]


def _lead_on(build: Build) -> None:
    """Let the page of each alias lead on to that of the KEP; search engines are told of the KEP's page alone."""
    for alias, number in build.site.aliases.items():
        page, target = (build.files.page(KEP_PAGE.format(number=it)) for it in (alias, number))
        if isinstance(page, DrawnPage) and target is not None:
            page.leads_to, page.canonical_url = target.file.url_relative_to(page.file), target.canonical_url
            page.is_link = True  # by which MkDocs leaves it out of the sitemap


_FIRST_DAY, _LAST_DAY = dt.date(1970, 1, 2), dt.date(2106, 2, 1)
"""The days between which the time of a compressed sitemap can lie (RFC 1952, 2.3.1)."""


def leave_out_held_back(nav: Navigation, build: Build) -> None:
    """Take issues that are held back out of the navigation, in which `nav` of `mkdocs.yml` may name them."""
    held = {it.path for it in build.index.held_back}
    gone = [page for page in nav.pages if page.file.src_uri in held and page.file.inclusion.is_excluded()]
    if not gone:
        return
    nav.items = _without(nav.items, gone)
    nav.pages = [page for page in nav.pages if page not in gone]
    for page, before, behind in zip(nav.pages, [None, *nav.pages], [*nav.pages[1:], None], strict=False):
        page.previous_page, page.next_page = before, behind


def leave_out_excluded(build: Build) -> None:
    """Take issues out of the site that another plugin keeps from readers, as a blog does with posts of the future."""
    for issue in build.index.issues:
        file = build.files.find(issue.path)
        if file is None or file.inclusion.is_excluded():
            build.drawn.leave_out(issue.path)


def _without(items: list[StructureItem], gone: list[Page]) -> list[StructureItem]:
    kept = [item for item in items if item not in gone]
    for item in kept:
        if isinstance(item, Section):
            item.children = _without(item.children, gone)
    return [item for item in kept if not isinstance(item, Section) or item.children]


def date_pages(setup: Setup, build: Build, files: Files) -> None:
    """Give pages their day for the sitemap: the lock's or the issue's, whichever is newer; the clock says nothing."""
    dates = {issue.path: issue.date for issue in build.index.issues}
    for file in files.documentation_pages():
        newest = max(filter(None, (dates.get(file.src_uri), setup.lock.as_of)), default=None)
        if file.page is not None and newest is not None:
            file.page.update_date = min(max(newest, _FIRST_DAY), _LAST_DAY).isoformat()


def _titled(nav: Any) -> Iterator[tuple[str, str]]:
    """Yield titles and paths of the pages that `nav` in `mkdocs.yml` gives a title."""
    for item in nav if isinstance(nav, list) else []:
        for title, value in item.items() if isinstance(item, dict) else ():
            if isinstance(value, str):
                yield str(title), value
            else:
                yield from _titled(value)

"""KEP references in a finished tree: drawn where they stand, listed under the issue's title, reported to the host."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor

from ..display.issue_keps import issue_keps
from ..grammar.urls import is_site_link
from ..model.issues import ScanResult, Section
from .page_context import CurrentPage, PageContext
from .page_walk import PageWalk
from .sections import anchor_of, sections, with_keps
from .typography import join_lines

Report = Callable[[ScanResult], None]
"""A function that takes the scan result of each page."""


class References(Treeprocessor):
    """A tree processor that walks once through the finished tree of a page, and reports the scan result."""

    def __init__(self, md: Markdown, current: CurrentPage, report: Report | None) -> None:
        super().__init__(md)
        self.current, self.report = current, report

    def run(self, root: Element) -> None:
        page = self.current.page
        page.locator.rewind()
        join_lines(root)
        found = self._sections(root, page) if self.report else ()
        walk = PageWalk(md=self.md, page=page)
        walk.through(root)
        if page.is_issue and walk.mentions:
            _list_keps(root, walk)
        if self.report:
            self.report(_scan_result(root, walk, found))

    def _sections(self, root: Element, page: PageContext) -> tuple[Section, ...]:
        """Return the page's sections as the author wrote them: before anything is drawn."""
        with page.titles.shown():
            said = {box: page.said(line) for box, line in page.card_lines.items()}
            return sections(root, self.md.htmlStash.rawHtmlBlocks, said)


def _list_keps(root: Element, walk: PageWalk) -> None:
    page, title = walk.page, walk.title[0] if walk.title else None
    numbers = dict.fromkeys(page.canonical(mention.kep) for mention in walk.mentions)
    nav = issue_keps(numbers, page.keps_as_of, page.day, page.address, page.words)
    root.insert(list(root).index(title) + 1 if title in list(root) else 0, nav)


def _scan_result(root: Element, walk: PageWalk, found: tuple[Section, ...]) -> ScanResult:
    return ScanResult(
        title=walk.title[1] if walk.title else "",
        mentions=tuple(walk.paragraphs.around(walk.mentions)),
        cards=tuple(walk.cards),
        images=tuple(walk.images),
        diagnostics=tuple(walk.page.diagnostics),
        sections=with_keps(found, walk.mentions, anchor_of(walk.title[0]) if walk.title else ""),
        links=tuple(dict.fromkeys([*filter(is_site_link, _addresses(root)), *walk.page.pictures])),
    )


def _addresses(root: Element) -> Iterator[str]:
    for element in root.iter():
        if element.tag in ("a", "img"):
            yield element.get("href" if element.tag == "a" else "src", "")


class GiveBack(Treeprocessor):
    """A tree processor that gives what we added to a page's heading its words back."""

    def __init__(self, md: Markdown, current: CurrentPage) -> None:
        super().__init__(md)
        self.current = current

    def run(self, root: Element) -> None:
        page = self.current.page
        page.titles.show()
        for parked in page.parked:
            parked.element.text = parked.text
            parked.element.extend(parked.children)

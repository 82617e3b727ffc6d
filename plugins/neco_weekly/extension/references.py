"""KEP references in a finished tree: drawn where they stand, listed under the issue's title, reported to the host."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor

from ..display.issue_keps import issue_keps
from ..grammar.urls import is_site_link
from ..model.issues import Mention, Place, PullMention, ScanResult, Section
from .abbreviations import whole_references
from .corrections import find_corrections
from .heading_badges import tell_since
from .leftovers import complain_of_leftovers
from .page_context import CurrentPage, PageContext
from .page_walk import PageWalk
from .sections import anchor_of, sections, with_keps
from .site_links import LinkWalk, anchors
from .style import look_at_style
from .topic_walk import TopicsFound, find_topics
from .typography import join_lines
from .whole_units import keep_units_whole

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
        leads = LinkWalk(page=page, blocks=find_corrections(root, page.written) if page.takes_cards else {})
        if self.report:
            _look_through(root, page, leads)
        corrections = leads.corrections
        if not page.is_of_others:
            join_lines(root)
        whole_references(root)
        found = self._sections(root, page) if self.report else ()
        topics = self._topics(root, page)
        walk = PageWalk(md=self.md, page=page)
        walk.through(root)
        mentions, pulls = _apart(walk.paragraphs.around(walk.mentions))
        if not page.is_of_others:
            keep_units_whole(root)
        if page.is_issue and walk.mentions:
            # The lock is loaded only where it is needed.
            _list_keps(root, walk, page.lock.decided(mentions, pulls))
            tell_since(root, page, walk.sections)
        if self.report:
            scanned = replace(
                _scan_result(root, walk, found),
                mentions=mentions,
                pulls=pulls,
                topic_mentions=topics.mentions,
                releases=topics.releases,
                site_links=tuple(leads.links),
                corrections=corrections,
            )
            self.report(_with_own_lines(scanned, page.origins) if page.origins else scanned)

    def _topics(self, root: Element, page: PageContext) -> TopicsFound:
        """Return what an issue says of topics, where somebody asks or wants to see it."""
        if not page.may_be_issue or not (self.report or page.links_topics):
            return TopicsFound()
        found = find_topics(root, page)
        page.locator.rewind()
        return found

    def _sections(self, root: Element, page: PageContext) -> tuple[Section, ...]:
        """Return the page's sections as the author wrote them: before anything is drawn."""
        with page.titles.shown():
            said = {box: page.said(line) for box, line in page.card_lines.items()}
            return sections(root, self.md.htmlStash.rawHtmlBlocks, said)


def _look_through(root: Element, page: PageContext, leads: LinkWalk) -> None:
    """Note what is only told: signs that are left, links to the site, and where somebody checks an issue, its style."""
    if page.scanned():
        look_at_style(root, page)
    complain_of_leftovers(root, page)
    page.locator.rewind()
    leads.through(root)
    page.locator.rewind()


def _apart(
    found: Iterable[Mention | PullMention],
) -> tuple[tuple[Mention, ...], tuple[PullMention, ...]]:
    """Return the mentions of KEPs and the links to pull requests, each of these with its place among the mentions."""
    mentions: list[Mention] = []
    pulls: list[PullMention] = []
    for it in found:
        if isinstance(it, Mention):
            mentions.append(it)
        else:
            pulls.append(replace(it, before=len(mentions)))
    return tuple(mentions), tuple(pulls)


def _list_keps(root: Element, walk: PageWalk, mentions: Iterable[Mention]) -> None:
    numbers = dict.fromkeys(mention.kep for mention in mentions)
    if not numbers:
        return
    page, title = walk.page, walk.title[0] if walk.title else None
    nav = issue_keps(numbers, page.keps_as_of, page.day, page.address, page.words)
    root.insert(list(root).index(title) + 1 if title in list(root) else 0, nav)


def _scan_result(root: Element, walk: PageWalk, found: tuple[Section, ...]) -> ScanResult:
    return ScanResult(
        title=walk.title[1] if walk.title else "",
        cards=tuple(walk.cards),
        images=tuple(walk.images),
        diagnostics=tuple(walk.page.diagnostics),
        sections=with_keps(found, walk.drawn, anchor_of(walk.title[0]) if walk.title else ""),
        links=tuple(dict.fromkeys([*filter(is_site_link, _addresses(root)), *walk.page.pictures])),
        anchors=anchors(root, walk.page),
        web_links=tuple(walk.page.web_links),
    )


def _with_own_lines(found: ScanResult, origins: Sequence[Place]) -> ScanResult:
    """Return a scan result in whose text snippets were put in, with the lines of the page or of a diagnostic's snippet.

    What a page mentions stands where the page puts a snippet in; what is wrong stands in the snippet.
    """

    def own(line: int) -> int:
        return origins[min(line, len(origins)) - 1].own

    places = [origins[min(it.line, len(origins)) - 1] for it in found.diagnostics]
    return replace(
        found,
        mentions=tuple(replace(it, line=own(it.line)) for it in found.mentions),
        pulls=tuple(replace(it, line=own(it.line)) for it in found.pulls),
        cards=tuple(replace(it, line=own(it.line)) for it in found.cards),
        images=tuple((source, own(line)) for source, line in found.images),
        web_links=tuple((address, own(line)) for address, line in found.web_links),
        topic_mentions=tuple(replace(it, line=own(it.line)) for it in found.topic_mentions),
        releases=tuple(replace(it, line=own(it.line)) for it in found.releases),
        site_links=tuple(replace(it, line=own(it.line)) for it in found.site_links),
        corrections=tuple(replace(it, line=own(it.line)) for it in found.corrections),
        diagnostics=tuple(
            replace(it, line=place.line, file=place.file) for it, place in zip(found.diagnostics, places, strict=True)
        ),
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

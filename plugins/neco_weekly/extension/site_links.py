"""Links of a page to pages, files and places of the same site, with their lines, and the places that a page has."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from ..grammar.urls import own_route
from ..model.issues import Correction, Heading, SiteLink
from .corrections import FoundCorrection, is_correction_box
from .page_context import PageContext
from .sections import HEADINGS, NOT_WRITTEN, anchor_of, plain_text
from .stash import holds_placeholder, unescape

_ANCHOR_IN_HTML = re.compile(r"""<[A-Za-z][^<>]*?\s(?:id|name)\s*=\s*(?:"([^"<>]+)"|'([^'<>]+)'|([^\s"'<>=]+))""")


def anchors(root: Element, page: PageContext) -> tuple[str, ...]:
    """Return the places of a page that a link may name: ids of headings, footnotes and raw HTML, each once."""
    names = [
        element.get("id") or element.get("name") or ""
        for element in root.iter()
        if "id" in element.attrib or element.tag == "a"
    ]
    for html in page.md.htmlStash.rawHtmlBlocks:
        if isinstance(html, str) and "=" in html:
            names += ["".join(match) for match in _ANCHOR_IN_HTML.findall(html)]
    return tuple(dict.fromkeys(unescape(name) for name in names if name))


@dataclass(kw_only=True)
class LinkWalk:
    """A walk through one page that notes the writer's links to the own site, and what corrects another issue.

    `blocks` are those that correct something, numbered from 0, and `found` what is known of each. `heading` is the one
    above the place that the walk has reached, `inside` are the corrections around that place. A link that names no host
    and one that names that of the site are both the site's.
    """

    page: PageContext
    blocks: Mapping[Element, int]
    links: list[SiteLink] = field(default_factory=list)
    found: list[FoundCorrection] = field(default_factory=list)
    heading: Element | None = None
    inside: list[int] = field(default_factory=list)

    def through(self, root: Element) -> None:
        """Walk through a page's tree, before anything of ours is drawn into it."""
        self._walk(root, {*map(id, self.page.generated)})

    @property
    def corrections(self) -> tuple[Correction, ...]:
        """The corrections of the page, in the order of the text."""
        raw_html = self.page.md.htmlStash.rawHtmlBlocks
        return tuple(it.correction(raw_html, self._heading_of(it.heading)) for it in self.found)

    def _walk(self, element: Element, ours: set[int]) -> None:
        for child in element:
            if id(child) in ours or NOT_WRITTEN.search(child.get("class") or ""):
                continue
            if child.tag in HEADINGS:
                self.heading = child
            if line := self.page.card_lines.get(child):
                self._note(line.url, self.page.locator.find_card(line.written))
            elif child.tag == "a":
                self._link(child)
            elif child in self.blocks:
                self._correction(child, ours)
            else:
                self._walk(child, ours)

    def _correction(self, block: Element, ours: set[int]) -> None:
        """Note a block that corrects something, and walk through what is in it."""
        first = self.page.lines.get(block, (0, 0))[0]
        found = FoundCorrection(block=block, is_box=is_correction_box(block), heading=self.heading, line=first)
        self.found.append(found)
        self.inside.append(len(self.found) - 1)
        self._walk(block, ours)
        self.inside.pop()

    def _link(self, link: Element) -> None:
        address = link.get("href") or ""
        if holds_placeholder(address):  # an obfuscated address of mail holds placeholders
            return
        if link in self.page.titles:
            self._note(address, self.page.locator.find_title(address))
        elif own_route(address, self.page.site_url) is not None:
            shown = plain_text(link, self.page.md.htmlStash.rawHtmlBlocks)
            self._note(address, self.page.locator.find_link(address, shown))

    def _note(self, address: str, line: int) -> None:
        route = own_route(address, self.page.site_url)
        if route is None:
            return
        correction = self.inside[-1] if self.inside else None
        if correction is not None and not self.found[correction].line:
            self.found[correction].line = line
        heading = self._heading_of(self.heading)
        self.links.append(SiteLink(address=address, route=route, line=line, heading=heading, correction=correction))

    def _heading_of(self, heading: Element | None) -> Heading | None:
        if heading is None:
            return None
        text = plain_text(heading, self.page.md.htmlStash.rawHtmlBlocks)
        return Heading(text=text, anchor=anchor_of(heading))

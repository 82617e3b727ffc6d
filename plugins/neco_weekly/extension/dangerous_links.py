"""Links of an issue that no reader should follow: such that run a program, and such to a host that looks like another.

The first are drawn as text, as GitHub does; the second stay, for they may be meant. Both are told.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from html import unescape as entities_read
from html.parser import HTMLParser
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor

from ..grammar.lookalike_hosts import looks_like, shown_host
from ..model.text import shortened
from .page_context import CurrentPage, PageContext
from .parsable_html import parsable
from .sections import plain_text
from .stash import is_highlighted, shown_html, unescape

_LONGEST = 60

_RUNS = re.compile(r"(?:javascript|vbscript|data):", re.IGNORECASE)

_IGNORED = re.compile(r"[\x00-\x20\x7f]+")
"""What browsers ignore before a scheme and inside of it (URL Standard, 4.4)."""

_MEANT = re.compile(r"<(?:a|area)\b", re.IGNORECASE)


class DangerousLinks(Treeprocessor):
    """A tree processor that takes the address of links that run a program, and tells of hosts that look like others."""

    def __init__(self, md: Markdown, current: CurrentPage) -> None:
        super().__init__(md)
        self.current = current

    def run(self, root: Element) -> None:
        page = self.current.page
        if page.issue_file is None:
            return
        page.locator.rewind()
        ours = {id(it) for box in (*page.card_lines, *page.generated) for it in box.iter("a")}
        for link in [it for it in root.iter("a") if id(it) not in ours]:
            text = partial(plain_text, link, self.md.htmlStash.rawHtmlBlocks)
            if _told(page, unescape(link.get("href") or ""), text):
                link.tag, link.attrib = "span", {}
        for address in self._stashed(root):
            _told(page, address, lambda: "")
        page.locator.rewind()
        for line in page.card_lines.values():
            if like := looks_like(line.url):
                page.complain("lookalike-host", shown_host(line.url), like, page.locator.find_card(line.written))

    def _stashed(self, root: Element) -> Iterator[str]:
        """Yield the addresses of links in HTML that was taken out; most pages have none."""
        taken_out = self.md.htmlStash.rawHtmlBlocks
        meant = {it for it in taken_out if isinstance(it, str) and not is_highlighted(it) and _MEANT.search(it)}
        for html in shown_html(root, taken_out) if meant else ():
            if html in meant:
                parser = _Links()
                parser.feed(parsable(html))
                parser.close()
                yield from parser.found


def runs_a_program(address: str) -> bool:
    """Whether a browser would run or draw what an address itself holds."""
    return _RUNS.match(_IGNORED.sub("", entities_read(address))) is not None


def _told(page: PageContext, address: str, text: Callable[[], str]) -> bool:
    """Tell of a dangerous address; return True for one that runs a program. `text` is what the link shows."""
    if runs_a_program(address):
        shown = shortened(" ".join(address.split()), _LONGEST)
        page.complain("unsafe-link", shown, line=page.locator.find_link(address, text()))
        return True
    if like := looks_like(entities_read(address)):
        page.complain("lookalike-host", shown_host(address), like, page.locator.find_link(address, text()))
    return False


class _Links(HTMLParser):
    """A parser that notes the addresses of links."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("a", "area"):
            self.found += [value for name, value in attrs if name == "href" and value]

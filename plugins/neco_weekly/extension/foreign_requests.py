"""What a page makes readers' browsers ask of other hosts beside pictures: frames, scripts, styles, films, sound."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor

from ..grammar.urls import web_address
from .page_context import CurrentPage
from .parsable_html import parsable
from .stash import is_highlighted, shown_html, unescape

_ASKING: Mapping[str, tuple[str, ...]] = {
    "iframe": ("src",),
    "frame": ("src",),
    "embed": ("src",),
    "object": ("data",),
    "script": ("src",),
    "link": ("href",),
    "video": ("src", "poster"),
    "audio": ("src",),
    "source": ("src",),
    "track": ("src",),
    "input": ("src",),
    "image": ("href", "xlink:href"),
}
"""The attributes by which elements ask for something as soon as the page is shown (HTML, 4.2.4, 4.8 and 4.12.1)."""

_READ = frozenset({*_ASKING, "style"})

_MEANT = re.compile(rf"<(?:{'|'.join(_ASKING)})\b|\burl\(|@import", re.IGNORECASE)

_IN_STYLE = re.compile(r"""(?:\burl\(\s*|@import\s+)["']?((?:https?:)?//[^\s"')]+)""", re.IGNORECASE)


class ForeignRequests(Treeprocessor):
    """A tree processor that names what a page asks of other hosts, in its elements and in HTML that was taken out."""

    def __init__(self, md: Markdown, current: CurrentPage) -> None:
        super().__init__(md)
        self.current = current

    def run(self, root: Element) -> None:
        page = self.current.page
        if page.grammar != "github":
            return
        asking = [it for it in root.iter() if it.tag in _READ or it.get("style")]
        ours = {id(it) for box in (*page.card_lines, *page.generated) for it in box.iter()} if asking else set()
        elements = [(str(it.tag), it.attrib, it.text or "") for it in asking if id(it) not in ours]
        stashed = self._stashed(root)
        for found in (elements, [tag for html in stashed for tag in _tags(html)]):
            page.locator.rewind()
            for tag, attributes, text in found:
                for address in _addresses(tag, attributes, text):
                    line = page.locator.find_image(address)
                    host = urlsplit(web_address(address) or "").hostname or ""
                    page.complain("foreign-request", f"<{tag}>", host, line)

    def _stashed(self, root: Element) -> list[str]:
        """Return the HTML that was taken out and may ask for something; most pages have none."""
        taken_out = self.md.htmlStash.rawHtmlBlocks
        meant = {it for it in taken_out if isinstance(it, str) and not is_highlighted(it) and _MEANT.search(it)}
        return [it for it in shown_html(root, taken_out) if it in meant] if meant else []


Tag = tuple[str, Mapping[str, str], str]
"""A tag's name, its attributes, and the text inside where that is a style sheet."""


def _addresses(tag: str, attributes: Mapping[str, str], text: str) -> Iterator[str]:
    """Yield the addresses of other hosts that an element asks, as written."""
    if tag == "link" and "stylesheet" not in attributes.get("rel", "").lower():
        return
    written = [attributes.get(name, "") for name in _ASKING.get(tag, ())]
    written += _IN_STYLE.findall(attributes.get("style", ""))
    if tag == "style":
        written += _IN_STYLE.findall(text)
    yield from dict.fromkeys(address for address in map(unescape, written) if web_address(address))


def _tags(html: str) -> list[Tag]:
    parser = _Tags()
    parser.feed(parsable(html))
    parser.close()
    return parser.found


class _Tags(HTMLParser):
    """A parser that notes all start tags; what stands in comments is none."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[Tag] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in reversed(attrs)}, ""))

    def handle_data(self, data: str) -> None:
        if self.found and self.found[-1][0] == "style":
            tag, attributes, before = self.found[-1]
            self.found[-1] = (tag, attributes, before + data)

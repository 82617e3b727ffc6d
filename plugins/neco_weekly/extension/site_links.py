"""Links of a page to pages, files and places of the same site, with their lines, and the places that a page has."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

from .page_context import PageContext
from .sections import NOT_WRITTEN, plain_text
from .stash import holds_placeholder, unescape

_ANCHOR_IN_HTML = re.compile(r"""<[A-Za-z][^<>]*?\s(?:id|name)\s*=\s*(?:"([^"<>]+)"|'([^'<>]+)'|([^\s"'<>=]+))""")


def site_links(root: Element, page: PageContext) -> tuple[tuple[str, int], ...]:
    """Return the writer's links that name no host, as they are written, each with its line, in the order of the text.

    To be called before anything of ours is drawn into the tree.
    """
    ours = {*map(id, page.generated), *map(id, page.card_lines)}
    raw_html = page.md.htmlStash.rawHtmlBlocks
    found = ((link, link.get("href") or "") for link in _links(root, ours))
    return tuple(
        (address, page.locator.find_link(address, plain_text(link, raw_html)))
        for link, address in found
        if _is_of_site(address)
    )


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


def _links(element: Element, ours: set[int]) -> Iterator[Element]:
    for child in element:
        if id(child) in ours or NOT_WRITTEN.search(child.get("class") or ""):
            continue
        if child.tag == "a":
            yield child
        else:
            yield from _links(child, ours)


def _is_of_site(address: str) -> bool:
    if not address or holds_placeholder(address):  # an obfuscated address of mail holds placeholders
        return False
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return not parts.scheme and not parts.netloc and not address.startswith("\\")

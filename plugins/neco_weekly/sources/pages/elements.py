"""HTML -> a tree of elements, and how its texts read; bounded in time and memory, whatever the HTML is.

lxml reads 2 MB in a tenth of a second, where bs4 over lxml takes two and more. lxml is given UTF-8 of a text that we
decoded, and the name of that encoding, or it would believe what the page says of itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count, islice

from lxml import etree

from ...model.text import one_line

_SHORTEST_PARAGRAPH, _LONGEST_TEXT = 40, 20_000

# How many elements of a kind are looked at: beyond that a page says nothing more about itself.
_SOME, _MANY, _MOST_WALKED = 300, 3_000, 30_000

_PLACES = etree.XPath("//main | //article | //*[@role='main']")

# Ids of the place of a page's text, on pages without `main` and `article`.
_CONTENT_IDS = frozenset("article bodycontent content entry main main-content maincontent".split())

_CONTENT_CLASSES = frozenset(
    "article-body article-content articletext entry-content markdown-body post-body post-content".split()
)

_BESIDE = frozenset({"nav", "footer", "aside", "form", "figcaption", "dialog"})

_UNREAD = frozenset({"script", "style", "template", "noscript", "svg", "rt", "rp"})

# A tag as browsers read it; for many attributes libxml2 needs the square of their number.
_TAG = re.compile(r"<[a-z](?:[^=>]++|=\s*+(?:\"[^\"]*+\"|'[^']*+')?+)*+", re.IGNORECASE)

# Browsers read on after these end tags, libxml2 does not.
_END = re.compile(r"</(?:html|body)(?=[\s/>])[^>]{0,99}+>", re.IGNORECASE)

_ATTRIBUTE = re.compile(r"[^\s/=]+(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|\S*))?")

_NO_DISPLAY = re.compile(r"display\s*:\s*none", re.IGNORECASE)

_LONG_TAG, _MOST_ATTRIBUTES = 10_000, 500

_MOST_TAGS = 60_000  # each takes a quarter of a kB and more; a real page of 2 MB has fewer

Element = etree._Element  # the type has no public name


def parse_html(text: str) -> Element:
    """Return the element tree of an HTML text; any text has one."""
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    tags = count()
    tamed = _TAG.sub(lambda tag: _tame(tag) if next(tags) < _MOST_TAGS else "", _END.sub("", text.replace("\0", "")))
    body = tamed.encode("utf-8", errors="replace")
    root = etree.fromstring(body, parser) if body.strip() else None
    return etree.Element("html") if root is None else root


def inner_text(tag: Element) -> str:
    """Return the text of an element as a reader sees the text."""
    return "".join(_texts(tag)) if len(tag) else (tag.text or "")


def documents_own(root: Element, name: str) -> Iterator[Element]:
    """Yield the elements of a name that are no part of an `svg` drawing, nor of a `noscript`."""
    return (tag for tag in islice(root.iter(name), _MANY) if next(tag.iterancestors("svg", "noscript"), None) is None)


def first_paragraph(root: Element) -> str | None:
    """Return a page's first paragraph that is long enough to say something, or None."""
    written = (one_line(inner_text(it)) for it in islice(_paragraphs(root), _SOME))
    return next((text for text in written if len(text) >= _SHORTEST_PARAGRAPH), None)


def text_places(root: Element) -> Iterator[Element]:
    """Yield the elements that hold a page's text: its first articles, by their elements or by usual names."""
    for place in islice(_PLACES(root) or _places_by_name(root), 3):
        if not any(is_beside(it) for it in (place, *place.iterancestors())):
            yield place


def _tame(tag: re.Match[str]) -> str:
    """Return an HTML tag, or nothing in its place where it has more attributes than anybody needs."""
    written = tag[0]
    if len(written) < _LONG_TAG or next(islice(_ATTRIBUTE.finditer(written), _MOST_ATTRIBUTES, None), None) is None:
        return written
    return ""


def _texts(tag: Element) -> Iterator[str]:
    walk, length = etree.iterwalk(tag, events=("start", "end")), 0
    for event, element in islice(walk, _MANY):
        text = element.text if event == "start" else element.tail if element is not tag else None
        if event == "start" and element is not tag and _is_unread(element):
            walk.skip_subtree()
            text = None
        yield text or ""
        length += len(text or "")
        if length > _LONGEST_TEXT:
            return


def _paragraphs(root: Element) -> Iterator[Element]:
    """Yield the paragraphs of a page's first articles, in order, without what stands beside the text."""
    for place in text_places(root):
        walk = etree.iterwalk(place, events=("start",))
        for _, tag in islice(walk, _MOST_WALKED):
            if is_beside(tag):
                walk.skip_subtree()
            elif tag.tag == "p":
                yield tag


def _places_by_name(root: Element) -> Iterator[Element]:
    for tag in islice(root.iter("div", "section", "td"), _MOST_WALKED):
        classes = (tag.get("class") or "").lower().split()
        named = (tag.get("id") or "").lower() in _CONTENT_IDS or not _CONTENT_CLASSES.isdisjoint(classes)
        if named or tag.get("itemprop") == "articleBody":
            yield tag


def is_hidden(tag: Element) -> bool:
    """Whether an element is not shown, by its own attributes."""
    if "hidden" in tag.attrib or tag.get("aria-hidden") == "true":
        return True
    return _NO_DISPLAY.search(tag.get("style") or "") is not None


def is_beside(tag: Element) -> bool:
    """Whether an element is no part of the text around it, or is not shown."""
    return tag.tag in _BESIDE or is_hidden(tag)


def _is_unread(tag: Element) -> bool:
    """Whether readers skip an element in the text around it; a `sup` with a link is the number of a footnote."""
    return tag.tag in _UNREAD or (tag.tag == "sup" and tag.find("a") is not None)

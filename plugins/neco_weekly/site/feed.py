"""The newest issues as an Atom feed (RFC 4287), whole, as a feed reader can show them: no styles, scripts or boxes.

What a site can look up is left out where a feed cannot: cards are links with their titles, the list of an issue's KEPs
and the anchors of headings are gone, addresses are absolute.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urljoin
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from lxml import etree
from lxml.html import HtmlElement, fragment_fromstring

from ..model.days import beginning_of

FEED = "feed.xml"
"""The path of the feed, from the site's root."""

NEWEST = 20
"""The number of issues in a feed: for a weekly note a few months, and no more than a phone likes to load."""

_ATOM = "http://www.w3.org/2005/Atom"


_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")

# The first heading is the entry's title.
_GONE = etree.XPath(
    "./h1[1] | .//script | .//style | .//iframe | .//object | .//embed | .//form | .//link | .//meta"
    " | .//*[contains(concat(' ', @class, ' '), ' neco-issue-keps ')]"
    " | .//*[contains(concat(' ', @class, ' '), ' headerlink ')]"
    " | .//*[contains(concat(' ', @class, ' '), ' neco-hidden ')]"
)

_CARDS = etree.XPath(".//*[contains(concat(' ', @class, ' '), ' neco-card ')]")

_KEPT_ATTRIBUTES = frozenset(
    "href src alt title width height lang dir colspan rowspan start cite datetime id type checked".split()
)

_SAFE_SCHEMES = ("http://", "https://", "mailto:")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An entry of the feed: an issue with the HTML of its page, and a line on what it is about. `url` is absolute."""

    url: str
    title: str
    date: dt.date
    html: str
    summary: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """What distinguishes a feed from others. `url` is the site's own address and ends with a slash."""

    url: str
    title: str
    subtitle: str
    language: str


def atom(feed: Feed, entries: Iterable[Entry]) -> str:
    """Return the text of the Atom feed; entries come newest first, and there is at least one."""
    newest = list(entries)
    root = Element("feed", {"xmlns": _ATOM, "xml:lang": feed.language})
    _add(root, "title", feed.title)
    if feed.subtitle:
        _add(root, "subtitle", feed.subtitle)
    _add(root, "id", feed.url)
    SubElement(root, "link", {"rel": "alternate", "type": "text/html", "href": feed.url})
    SubElement(root, "link", {"rel": "self", "type": "application/atom+xml", "href": urljoin(feed.url, FEED)})
    _add(root, "updated", beginning_of(max(entry.date for entry in newest)).isoformat())
    _add(SubElement(root, "author"), "name", feed.title)
    for entry in newest:
        _add_entry(root, entry)
    indent(root, "")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{tostring(root, encoding="unicode")}\n'


def _add_entry(root: Element, entry: Entry) -> None:
    element = SubElement(root, "entry")
    day = beginning_of(entry.date).isoformat()
    _add(element, "title", entry.title)
    _add(element, "id", entry.url)
    SubElement(element, "link", {"rel": "alternate", "type": "text/html", "href": entry.url})
    _add(element, "published", day)
    _add(element, "updated", day)
    if entry.summary:
        _add(element, "summary", entry.summary)
    _add(element, "content", plain_html(entry.html, url=entry.url)).set("type", "html")


def _add(parent: Element, tag: str, text: str) -> Element:
    child = SubElement(parent, tag)
    child.text = _NOT_IN_XML.sub("", text)
    return child


def plain_html(html: str, *, url: str) -> str:
    """Return the HTML of a page as HTML that stands on its own, with relative addresses made absolute from `url`."""
    root = fragment_fromstring(_NOT_IN_XML.sub("", html), create_parent="div")
    for element in _GONE(root):
        element.drop_tree()
    for card in _CARDS(root):
        _make_link(card)
    for element in root.iter(etree.Element):
        _clean(element, url)
    parts = (etree.tostring(child, encoding="unicode", method="html") for child in root)
    return f"{root.text or ''}{''.join(parts)}".strip()


def _make_link(card: HtmlElement) -> None:
    """Make the element of a card a paragraph that is a link with the card's title."""
    link = card.find(".//a[@href]")
    if link is None:
        card.drop_tree()
        return
    text, address = " ".join(link.text_content().split()), link.get("href") or ""
    for child in list(card):
        card.remove(child)
    card.tag, card.text = "p", None
    etree.SubElement(card, "a", {"href": address}).text = text


def _clean(element: HtmlElement, url: str) -> None:
    """Remove from an element what styles and scripts of the site were for, and make its addresses absolute."""
    for name in list(element.attrib):
        if name not in _KEPT_ATTRIBUTES:
            del element.attrib[name]
    for name in ("href", "src"):
        if name in element.attrib:
            address = urljoin(url, element.get(name))
            if address.startswith(_SAFE_SCHEMES):
                element.set(name, address)
            else:
                del element.attrib[name]

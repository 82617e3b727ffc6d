"""The newest issues as an Atom feed (RFC 4287), whole, as a feed reader can show them: no styles, scripts or boxes.

What a site can look up is left out where a feed cannot: cards are links with their titles, the list of an issue's KEPs,
its follow-ups and the anchors of headings are gone, addresses are absolute. Many feed readers draw no MathML and drop
what can be pressed: a formula is what its author wrote, a task has a sign, and tabs stand one below the other.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from urllib.parse import urljoin
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from lxml import etree
from lxml.html import HtmlElement, fragment_fromstring

from ..model.days import beginning_of
from ..model.issues import Issue

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
    " | .//*[contains(concat(' ', @class, ' '), ' neco-follow-up ')]"
)

_CARDS = etree.XPath(".//*[contains(concat(' ', @class, ' '), ' neco-card ')]")

_FORMULAS = etree.XPath(".//math")
_TEX = etree.XPath("string(.//annotation[@encoding='application/x-tex'])")
_TASKS = etree.XPath(".//input[@type='checkbox']")
_FILE_NAMES = etree.XPath(".//span[contains(concat(' ', @class, ' '), ' filename ')]")
_TABS = etree.XPath(".//div[contains(concat(' ', @class, ' '), ' tabbed-set ')]")
_TAB_NAMES = etree.XPath("./div[@class='tabbed-labels']")
_TAB_BLOCKS = etree.XPath("./div[@class='tabbed-content']/div")

_KEPT_ATTRIBUTES = frozenset("href src alt title width height lang dir colspan rowspan start cite datetime id".split())

_SAFE_SCHEMES = ("http://", "https://", "mailto:")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An entry of the feed: an issue with the HTML of its page, and a line on what it is about. `url` is absolute.

    `updated` is the day on which a later issue has corrected this one. `categories` are the KEPs and topics that it
    names, each a word for programs and one for readers.
    """

    url: str
    title: str
    date: dt.date
    html: str
    summary: str = ""
    updated: dt.date | None = None
    categories: tuple[tuple[str, str], ...] = ()

    @property
    def last(self) -> dt.date:
        """The day on which the entry became what it is."""
        return self.updated or self.date


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """What distinguishes a feed from others. `url` is the site's own address and ends with a slash."""

    url: str
    title: str
    subtitle: str
    language: str


def in_feed(dated: Sequence[Issue], corrected: Mapping[str, dt.date]) -> list[Issue]:
    """Return the issues of a feed: the newest, and older ones that one of these corrects, of which as many at most.

    `dated` come newest first; `corrected` has the day of the last correction of an issue, by its path. So a correction
    reaches readers also where the entry of the corrected issue has left the feed.
    """
    newest = list(dated[:NEWEST])
    since = newest[-1].date if newest else None
    later = (it for it in dated[NEWEST:] if since and it.path in corrected and corrected[it.path] >= since)
    return newest + list(islice(later, NEWEST))


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
    _add(root, "updated", beginning_of(max(entry.last for entry in newest)).isoformat())
    _add(SubElement(root, "author"), "name", feed.title)
    for entry in newest:
        _add_entry(root, entry)
    indent(root, "")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{tostring(root, encoding="unicode")}\n'


def _add_entry(root: Element, entry: Entry) -> None:
    element = SubElement(root, "entry")
    _add(element, "title", entry.title)
    _add(element, "id", entry.url)
    SubElement(element, "link", {"rel": "alternate", "type": "text/html", "href": entry.url})
    _add(element, "published", beginning_of(entry.date).isoformat())
    _add(element, "updated", beginning_of(entry.last).isoformat())
    for term, label in entry.categories:
        SubElement(element, "category", {"term": term, "label": _NOT_IN_XML.sub("", label)})
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
    for formula in _FORMULAS(root):
        _make_source(formula)
    for task in _TASKS(root):
        _put_text(task, "☐" if task.get("checked") is None else "☑")
    for tabs in _TABS(root):
        _make_headings(tabs)
    for name in _FILE_NAMES(root):
        name.tag = "p"
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


def _make_source(formula: HtmlElement) -> None:
    """Make a formula the TeX it is drawn of, which is a paragraph where the formula stands on its own."""
    tex, tail = _TEX(formula) or formula.text_content(), formula.tail
    block = formula.get("display") == "block"
    formula.clear()
    formula.tag, formula.tail = ("p" if block else "code"), tail
    (etree.SubElement(formula, "code") if block else formula).text = tex


def _put_text(element: HtmlElement, text: str) -> None:
    """Put a text in the place of an element."""
    element.tail = text + (element.tail or "")
    element.drop_tree()


def _make_headings(tabs: HtmlElement) -> None:
    """Put the names of tabs above what they show, and take away what switches between the tabs."""
    names = [name.text_content() for labels in _TAB_NAMES(tabs) for name in labels]
    for block, name in zip(_TAB_BLOCKS(tabs), names, strict=False):
        heading = etree.Element("p")
        etree.SubElement(heading, "strong").text = name
        block.addprevious(heading)
    for gone in (*tabs.findall("input"), *_TAB_NAMES(tabs)):
        gone.drop_tree()


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

"""A feed -> Atom (RFC 4287)."""

from __future__ import annotations

import datetime as dt
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from ...model.days import beginning_of
from ...model.text import one_line
from .feed_values import Entry, Feed
from .plain_html import in_xml

ATOM = "application/atom+xml"
"""The media type of Atom."""

_NAMESPACE = "http://www.w3.org/2005/Atom"
_END = "</feed>"


class AtomWriter:
    """A writer of the Atom feeds of one build: an entry that stands in several feeds is written once."""

    def __init__(self) -> None:
        self._written: dict[Entry, str] = {}

    def write(self, feed: Feed) -> str:
        """Return the text of a feed."""
        root = Element("feed", {"xmlns": _NAMESPACE, "xml:lang": feed.language})
        _add(root, "title", one_line(feed.title) or feed.page)
        if feed.subtitle:
            _add(root, "subtitle", one_line(feed.subtitle))
        _add(root, "id", feed.id)
        _link(root, "alternate", "text/html", feed.page)
        _link(root, "self", ATOM, feed.url)
        _add(root, "updated", _moment(feed.updated))
        _add(SubElement(root, "author"), "name", one_line(feed.author) or feed.page)
        entries = "\n".join(map(self._entry, feed.entries))
        head = _text(root).removesuffix(_END)
        return f'<?xml version="1.0" encoding="utf-8"?>\n{head}{entries}\n{_END}\n'

    def _entry(self, entry: Entry) -> str:
        if entry not in self._written:
            self._written[entry] = _text(_element(entry))
        return self._written[entry]


def _element(entry: Entry) -> Element:
    element = Element("entry")
    _add(element, "title", one_line(entry.title) or entry.url)
    _add(element, "id", entry.id)
    _link(element, "alternate", "text/html", entry.url)
    _add(element, "published", _moment(entry.date))
    _add(element, "updated", _moment(entry.last))
    for it in entry.categories:
        SubElement(element, "category", {"term": it.term, "label": one_line(it.label)})
    if entry.summary:
        _add(element, "summary", one_line(entry.summary))
    _add(element, "content", entry.html).set("type", "html")
    return element


def _add(parent: Element, tag: str, text: str) -> Element:
    child = SubElement(parent, tag)
    child.text = in_xml(text)
    return child


def _link(parent: Element, rel: str, media_type: str, href: str) -> None:
    SubElement(parent, "link", {"rel": rel, "type": media_type, "href": href})


def _moment(day: dt.date) -> str:
    return beginning_of(day).isoformat()


def _text(element: Element) -> str:
    indent(element, "")
    return tostring(element, encoding="unicode")

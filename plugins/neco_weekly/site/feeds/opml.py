"""Feeds -> an OPML 2.0 list (http://opml.org/spec2.opml), from which feed readers subscribe to all at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from ...model.text import one_line

OPML = "text/x-opml"
"""The media type of OPML, which nobody has registered and everybody uses."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """A line of the list: the title of a feed, its address, and that of the page that it goes with."""

    title: str
    url: str
    page: str


def opml(title: str, groups: Mapping[str, Iterable[Outline]]) -> str:
    """Return the text of a list of feeds, by group; a group without feeds is left out.

    Its `type` is `rss` for Atom, too, as the specification has it. The list has no day: one would change with nothing
    in it.
    """
    root = Element("opml", {"version": "2.0"})
    SubElement(SubElement(root, "head"), "title").text = one_line(title)
    body = SubElement(root, "body")
    for name, outlines in groups.items():
        found = [_attributes(it) for it in outlines]
        if found:
            group = SubElement(body, "outline", {"text": one_line(name), "title": one_line(name)})
            for attributes in found:
                SubElement(group, "outline", attributes)
    indent(root, "")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{tostring(root, encoding="unicode")}\n'


def _attributes(it: Outline) -> dict[str, str]:
    title = one_line(it.title) or it.url
    return {"text": title, "title": title, "type": "rss", "xmlUrl": it.url, "htmlUrl": it.page}

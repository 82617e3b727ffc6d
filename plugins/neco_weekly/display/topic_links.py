"""A mention of a topic as a link: the author's own words, which lead quietly to the topic's page."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from .elements import verbatim


def topic_link(written: str, slug: str, address: str) -> Element:
    """Return the link of a mention; `address` leads to the topic's page, `written` are the author's words."""
    link = Element("a", {"class": "neco-topic", "data-topic": slug, "href": address})
    link.text = verbatim(written)
    return link

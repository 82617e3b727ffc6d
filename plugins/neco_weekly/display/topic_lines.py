"""What stands around an issue's text about topics: its topics, what is current of releases it reported, related issues.

This is put into pages that are drawn already, so that no processor reads it again: its text is no Markdown.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement, tostring

from .elements import NOT_SEARCHED
from .words import Strings

SHOWN = 12
"""The number of topics of an issue that are seen at once."""

MOST_SHARED = 4
"""The number of things that an issue is told to share with another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedLink:
    """A link with what it shows, and words in a quieter voice behind that; no text is escaped."""

    name: str
    address: str
    day: str = ""
    shared: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseNow:
    """Which release of a project is current, where an issue reported one: `lines` are the details of that.

    `shows_name`: nothing above says of which project. `is_same`: the reported release is still the current one.
    `page_label` says where the `address` leads.
    """

    name: str
    version: str
    address: str
    page_label: str
    lines: tuple[str, ...]
    shows_name: bool = False
    is_same: bool = False


def issue_topics(topics: Sequence[NamedLink], words: Strings) -> str:
    """Return the topics of an issue as one line of links, as HTML; of many, the first are seen and others opened."""
    nav = Element("nav", {"class": "neco-issue-topics", "aria-label": words("topic.in_issue"), NOT_SEARCHED: "1"})
    SubElement(nav, "span", {"class": "neco-issue-topics__label"}).text = words("topic.label")
    _links(nav, topics[:SHOWN])
    if topics[SHOWN:]:
        more = SubElement(nav, "details")
        SubElement(more, "summary").text = words("topic.more", count=len(topics) - SHOWN)
        _links(more, topics[SHOWN:])
    return _html(nav)


def _links(parent: Element, links: Iterable[NamedLink]) -> None:
    entries = SubElement(parent, "ul")
    for it in links:
        SubElement(SubElement(entries, "li"), "a", {"href": it.address}).text = it.name


def releases_now(found: Iterable[ReleaseNow], words: Strings) -> str:
    """Return the line below a heading that says what is current of the releases reported there, as HTML."""
    line = Element("p", {"class": "neco-releases-now", NOT_SEARCHED: "1"})
    for it in found:
        link = SubElement(line, "a", {"class": "neco-release", "href": it.address})
        link.set("data-title", words("now.title", name=it.name))
        link.set("data-more", "\n".join(it.lines))
        link.set("data-page-label", it.page_label)
        name = SubElement(link, "span", {} if it.shows_name else {"class": "neco-hidden"})
        name.text = words("now.of_topic", name=it.name)
        name.tail = words(f"now.{'still' if it.is_same else 'current'}", version=it.version)
        link.tail = " "
    return _html(line)


def related_issues(found: Iterable[NamedLink], words: Strings) -> str:
    """Return the list of related issues at an issue's end, each with what both are about, as HTML."""
    box = Element("section", {"class": "neco-related", "aria-label": words("shared.title"), NOT_SEARCHED: "1"})
    SubElement(box, "p", {"class": "neco-related__title"}).text = words("shared.title")
    entries = SubElement(box, "ul", {"class": "neco-issues"})
    for it in found:
        entry = SubElement(entries, "li", {"class": "neco-issue"})
        if it.day:
            SubElement(entry, "time", {"datetime": it.day}).text = it.day
        link = SubElement(entry, "a", {"href": it.address})
        link.text, link.tail = it.name, " "
        shown = [*it.shared[:MOST_SHARED]]
        if rest := len(it.shared) - len(shown):
            shown.append(words("shared.more", count=rest))
        reason = SubElement(entry, "span", {"class": "neco-issue__topics"})
        reason.text = words("shared.reason", things=words("site.and").join(shown))
    return _html(box)


def _html(element: Element) -> str:
    return tostring(element, encoding="unicode", method="html")

"""What RFC 4287 wants of an Atom feed, as rules that name each offender, and a feed as a reader's library reads it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element, fromstring

import feedparser

_NS = "{http://www.w3.org/2005/Atom}"
_IRI = re.compile(r"^[a-z][a-z0-9+.-]*:[^\s<>\"{}|\\^`]+$", re.IGNORECASE)
_MOMENT = re.compile(r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$")
_ONE = ("id", "title", "updated")
_AT_MOST_ONE = ("published", "content", "summary", "rights", "subtitle", "generator", "icon", "logo")


def read(text: str) -> Any:
    """A feed as feedparser reads it, which must find nothing wrong: `bozo` is its word for what is."""
    found = feedparser.parse(text.encode())
    assert (found.bozo, found.get("bozo_exception"), found.version) == (False, None, "atom10")
    return found


def broken_rules(text: str) -> list[str]:
    """Each rule of RFC 4287 that a feed breaks, with the section that has the rule."""
    root = fromstring(text)
    entries = root.findall(f"{_NS}entry")
    found = [*_of_any("feed", root), *_of_feed(root, entries)]
    for place, entry in enumerate(entries):
        found += [*_of_any(f"entry {place}", entry), *_of_entry(f"entry {place}", entry, root)]
    return found


def _of_any(name: str, owner: Element) -> Iterator[str]:
    for tag in _ONE:
        if (count := len(owner.findall(f"{_NS}{tag}"))) != 1:
            yield f"{name}: {count} {tag} (4.1.1, 4.1.2)"
    for tag in _AT_MOST_ONE:
        if (count := len(owner.findall(f"{_NS}{tag}"))) > 1:
            yield f"{name}: {count} {tag} (4.1.1, 4.1.2)"
    if not _IRI.match(_text(owner, "id")):
        yield f"{name}: the id is no IRI: {_text(owner, 'id')} (4.2.6)"
    yield from (f"{name}: {tag} is no moment (3.3)" for tag in ("updated", "published") if not _is_moment(owner, tag))
    links = [it.attrib for it in owner.findall(f"{_NS}link")]
    yield from (f"{name}: the link {it} leads nowhere (4.2.7)" for it in links if not _IRI.match(it.get("href", "")))
    alternate = [(it.get("type"), it.get("hreflang")) for it in links if it.get("rel", "alternate") == "alternate"]
    if len(alternate) != len(set(alternate)):
        yield f"{name}: two alternate links of one kind (4.1.1, 4.1.2)"
    categories = owner.findall(f"{_NS}category")
    yield from (f"{name}: a category without a term (4.2.2)" for it in categories if not it.get("term"))
    yield from (
        f"{name}: {it.tag} says nothing" for it in owner if it.tag == f"{_NS}title" and not (it.text or "").strip()
    )


def _of_feed(root: Element, entries: list[Element]) -> Iterator[str]:
    if root.tag != f"{_NS}feed":
        yield f"the document is {root.tag} (4.1.1)"
    if not any(it.get("rel") == "self" for it in root.findall(f"{_NS}link")):
        yield "the feed does not say where it is (4.1.1)"
    ids = [_text(it, "id") for it in entries]
    yield from (f"two entries are {it} (4.1.1)" for it in sorted({it for it in ids if ids.count(it) > 1}))
    if any(_moment(it, "updated") > _moment(root, "updated") for it in entries):
        yield "an entry is newer than the feed (4.2.15)"


def _of_entry(name: str, entry: Element, root: Element) -> Iterator[str]:
    if entry.find(f"{_NS}author/{_NS}name") is None and root.find(f"{_NS}author/{_NS}name") is None:
        yield f"{name}: nobody has written it (4.1.2)"
    content = entry.find(f"{_NS}content")
    if content is None or content.get("type") != "html":
        yield f"{name}: the content is no HTML (4.1.3)"
    if content is None and not any(it.get("rel") == "alternate" for it in entry.findall(f"{_NS}link")):
        yield f"{name}: neither content nor a link (4.1.2)"
    if _moment(entry, "published") > _moment(entry, "updated"):
        yield f"{name}: updated before it was published (4.2.9)"


def _text(owner: Element, tag: str) -> str:
    return owner.findtext(f"{_NS}{tag}") or ""


def _is_moment(owner: Element, tag: str) -> bool:
    text = owner.findtext(f"{_NS}{tag}")
    return text is None or bool(_MOMENT.match(text))


def _moment(owner: Element, tag: str) -> dt.datetime:
    text = owner.findtext(f"{_NS}{tag}")
    return dt.datetime.fromisoformat(text if text and _MOMENT.match(text) else "1970-01-01T00:00:00Z")

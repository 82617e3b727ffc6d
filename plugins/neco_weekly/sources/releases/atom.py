"""Reading a feed of releases: Atom (RFC 4287) as GitHub writes it, and as others may who write in its place.

Of an entry only two things are taken: the tag, from the end of its link or its id, and the day. Neither titles nor
texts are, so that nothing of them can come anywhere. A feed that declares a document type is refused: Atom needs none,
and entities are what XML bombs are made of.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from urllib.parse import unquote

from lxml import etree

from ...model.days import day_in
from ...model.errors import FailureCode, FetchError
from ...model.text import counted, one_line, shortened
from ...model.watched import Release, newest_first

_MOST_ENTRIES = 1000
"""The number of entries that are read of a feed; GitHub's has ten, those of other servers have all."""

_FIRST_DAY = dt.date(1990, 1, 1)
"""A release of a day before this is one of a clock that was never set."""

_LATER = dt.timedelta(days=1)
"""How far a day may lie in the future: servers' clocks may be wrong, and their zones others than Tokyo's."""

_LINK = re.compile(r"/(?:releases/tag|tree)/(?P<tag>[^?#]+)")

_ID = re.compile(r"tag:[^/]*:Repository/\d+/(?P<tag>.+)", re.DOTALL)

_SHOWN = 60


@dataclass(slots=True)
class _Reading:
    """What was read of a feed: releases by tag, the first of each, and what of the rest is worth a word."""

    releases: dict[str, Release] = field(default_factory=dict)
    future: list[str] = field(default_factory=list)
    undated: list[str] = field(default_factory=list)


def read_atom(body: bytes, *, url: str, today: dt.date) -> tuple[tuple[Release, ...], tuple[str, ...]]:
    """Return the releases of a feed, newest first, and sentences without a subject about those that were not taken.

    Raises:
        FetchError: the bytes are no feed of Atom.
    """
    reading, entries = _Reading(), 0
    for entry in _children(_feed(body, url), "entry"):
        entries += 1
        if entries <= _MOST_ENTRIES:
            _read(entry, reading, today)
    return newest_first(_without_moving(reading.releases.values())), tuple(_notes(reading, entries))


def _feed(body: bytes, url: str) -> etree._Element:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        message = shortened(one_line(str(error)), _SHOWN)
        raise FetchError(f"{url} is no feed of releases ({message})", code=FailureCode.UNREADABLE) from error
    if root.getroottree().docinfo.doctype or root.getroottree().docinfo.internalDTD is not None:
        raise FetchError(f"{url} declares a document type, which no feed needs", code=FailureCode.UNREADABLE)
    if _name(root) != "feed":
        raise FetchError(f"{url} is no feed of releases but <{shortened(_name(root), _SHOWN)}>")
    return root


def _read(entry: etree._Element, reading: _Reading, today: dt.date) -> None:
    tag = _tag(entry)
    if tag is None or tag in reading.releases:
        return
    day = _day(entry)
    release = Release.of(tag, day or today)
    if release is None:
        return
    if day is None or day < _FIRST_DAY:
        reading.undated.append(tag)
    elif day > today + _LATER:
        reading.future.append(f"{tag} ({day})")
    else:
        reading.releases[tag] = release


def _without_moving(releases: Collection[Release]) -> Iterator[Release]:
    """Yield releases without tags of one number beside longer ones: `v4` is moved to each release of v4.x.y."""
    full = {it.version.family for it in releases if not it.version.is_short}
    return (it for it in releases if not it.version.is_short or it.version.family not in full)


def _tag(entry: etree._Element) -> str | None:
    """Return the tag that an entry is about: of its link to the release, else the end of its id."""
    links = (it.get("href") or "" for it in _children(entry, "link") if it.get("rel") in (None, "alternate"))
    for link in links:
        if found := _LINK.search(link):
            return unquote(found["tag"]).strip("/")
    found = _ID.fullmatch(_text(entry, "id"))
    return found["tag"] if found else None


def _day(entry: etree._Element) -> dt.date | None:
    return day_in(_text(entry, "published")) or day_in(_text(entry, "updated"))


def _notes(reading: _Reading, entries: int) -> Iterator[str]:
    if entries > _MOST_ENTRIES:
        yield f"names {entries:,} releases, of which the first {_MOST_ENTRIES:,} were read"
    if reading.future:
        yield f"dates into the future, and that is not taken: {_some(reading.future)}"
    if reading.undated:
        yield f"says no day that can be, and that is not taken: {_some(reading.undated)}"


def _some(tags: list[str]) -> str:
    return tags[0] if len(tags) == 1 else f"{tags[0]} and {counted(len(tags) - 1, 'other')}"


# --- XML -------------------------------------------------------------------------------------------------------------


def _children(element: etree._Element, name: str) -> Iterator[etree._Element]:
    """Yield the children of a name in whatever namespace: some feeds forget Atom's."""
    return (it for it in element if _name(it) == name)


def _name(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _text(entry: etree._Element, name: str) -> str:
    return next(("".join(it.itertext(with_tail=False)) for it in _children(entry, name)), "").strip()

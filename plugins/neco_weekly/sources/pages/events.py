"""When and where the event is that a page is about: JSON-LD, hCalendar (connpass), and the pages of sched.com.

The types are schema.org's (https://schema.org/Event), the classes those of https://microformats.org/wiki/hcalendar. A
page with several events is a list and about none of them.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from itertools import islice
from typing import Any

from ...model.cards import Event
from .accounts import texts
from .dates import iso_8601
from .elements import Element, inner_text
from .json_ld import decoded, objects
from .json_ld_subject import Node, types_of

_NO_MEETING = frozenset({"PublicationEvent", "BroadcastEvent", "SaleEvent"})

_TIME = re.compile(r"(?<![\d:])(\d{1,2}):(\d\d)(?![\d:])(?: ?([ap])\.?m)?", re.ASCII | re.IGNORECASE)

_DAY = re.compile(
    r"\d{4}[-/.年]\s?\d{1,2}[-/.月]\s?\d{1,2}日?|[A-Z][a-z]{2,8} \d{1,2},? \d{4}|\d{1,2} [A-Z][a-z]{2,8} \d{4}",
)

_LONGEST_PLACE, _LONGEST_TEXT, _MOST = 150, 500, 3_000

_HIDDEN_DATE, _SCHED = "value-title", "sched-event-details-timeandplace"


def read_event(root: Element, scripts: Iterable[str], text: str) -> Event | None:
    """Return the one event that a page is about, or None; `text` is the page's HTML."""
    found = _linked([it for it in scripts if "startDate" in it])
    if found is None and "dtstart" in text:
        found = _calendar(root)
    return _sched(root) if found is None and _SCHED in text else found


# --- JSON-LD ------------------------------------------------------------------------------------------------------


def _linked(scripts: list[str]) -> Event | None:
    events = [it for it in objects(scripts) if _is_event(it)] if scripts else []
    distinct = {(str(it.get("name")), str(it.get("startDate"))): it for it in events}
    if len(distinct) != 1:
        return None
    (node,) = distinct.values()
    start, end = (_moment(node.get(key)) for key in ("startDate", "endDate"))
    if start is None:
        return None
    place, online = _place(node.get("location"))
    online = online or "Offline" not in str(node.get("eventAttendanceMode", "Offline"))
    return Event(start=start, end=end if end and end >= start else None, place=place, online=online)


def _is_event(node: Node) -> bool:
    named = types_of(node)
    return not named & _NO_MEETING and any(it.endswith("Event") or it in ("Festival", "Hackathon") for it in named)


def _moment(written: Any) -> str | None:
    """Return a day or time in ISO 8601 that Python reads; None for anything else."""
    found = iso_8601(written) if isinstance(written, str) else None
    with suppress(ValueError):
        if found:
            dt.datetime.fromisoformat(found)
            return found
    return None


def _place(written: Any) -> tuple[str | None, bool]:
    """Return the name of an event's place, and whether the event is held online."""
    places = written[:5] if isinstance(written, list) else [written]
    online = any(isinstance(it, dict) and "VirtualLocation" in types_of(it) for it in places)
    return next(_named(it for it in places if not _is_virtual(it)), None), online


def _is_virtual(place: Any) -> bool:
    return isinstance(place, dict) and "VirtualLocation" in types_of(place)


def _named(places: Iterable[Any]) -> Iterator[str]:
    for place in places:
        said = [place]
        if isinstance(place, Mapping):
            address = place.get("address")
            parts = [address.get(key) for key in _ADDRESS] if isinstance(address, Mapping) else [address]
            said = [place.get("name"), *parts]
        for text in texts(decoded(it) for it in said if isinstance(it, str)):
            if "://" not in text and len(text) <= _LONGEST_PLACE:
                yield text


_ADDRESS = ("streetAddress", "addressLocality", "addressRegion")


# --- classes of elements ------------------------------------------------------------------------------------------


def _calendar(root: Element) -> Event | None:
    """Return the event that a page marks by the classes of hCalendar, as connpass does."""
    starts, ends = (list(islice(_of_class(root, name), 5)) for name in ("dtstart", "dtend"))
    moments = {it for tag in starts if (it := _written_moment(_value(tag), None))}
    if len(moments) != 1:
        return None
    start = moments.pop()
    end = next((it for tag in ends if (it := _written_moment(_value(tag), start[:10]))), None)
    names = [_line(inner_text(tag)) for name in ("place_name", "location", "adr") for tag in _of_class(root, name)]
    place = next((it for it in names if it and it not in _ONLINE), None)
    end = end if end and end >= start else None
    return Event(start=start, end=end, place=place, online=not _ONLINE.isdisjoint(names))


_ONLINE = frozenset({"オンライン", "online", "Online"})


def _sched(root: Element) -> Event | None:
    """Return the session of a sched.com page: a line with day and times, and a link with the room."""
    block = next(_of_class(root, _SCHED), None)
    if block is None:
        return None
    written = _line(block.text or "")
    start = _written_moment(written or "", None)
    if start is None or written is None:
        return None
    until = re.split(r" [-–] ", written, maxsplit=1)[-1]
    end = _written_moment(until, start[:10])
    room = next((_line(inner_text(link)) for link in block.iter("a")), None)
    return Event(start=start, end=end if end and end > start else None, place=room)


def _of_class(root: Element, name: str) -> Iterator[Element]:
    found = root.iterfind(".//*[@class]")
    return (tag for tag in found if name in (tag.get("class") or "").split())


def _value(tag: Element) -> str:
    """Return what an element of hCalendar says: in an attribute for programs, else in its text."""
    for it in islice(tag.iter(), 20):
        if it.get("datetime") or _HIDDEN_DATE in (it.get("class") or ""):
            return it.get("datetime") or it.get("title") or ""
    return tag.get("title") or inner_text(tag)


def _line(text: str) -> str | None:
    found = next(texts([text]), None)
    return found if found and len(found) <= _LONGEST_PLACE else None


def _written_moment(text: str, day: str | None) -> str | None:
    """Return a day, with its time where there is one, as people write them; `day` is that of a time without any."""
    line = next(texts([text[:_LONGEST_TEXT]]), "")
    moment = _moment(line)
    if moment and "T" in moment:
        return moment
    written = _DAY.search(line)
    date = iso_8601(written[0]) if written else day
    time = _TIME.search(line, written.end() if written else 0)
    if not date or time is None:
        return date if written else None
    hour = int(time[1]) % 12 + 12 * (time[3].lower() == "p") if time[3] else int(time[1])
    return f"{date[:10]}T{hour:02}:{time[2]}" if hour < 24 and int(time[2]) < 60 else date[:10]

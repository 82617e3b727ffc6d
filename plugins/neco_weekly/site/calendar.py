"""`releases.ics`: freezes, releases and ends of support of Kubernetes as a calendar (RFC 5545) to subscribe to.

An event keeps its identifier when its day moves, so that a reader's calendar moves the event instead of adding one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from ..display.words import Strings
from ..lock.kep_as_of import KepsAsOf
from ..lock.store import Lock
from ..model.keps import release_order
from ..model.release_facts import ReleaseFacts, days_of
from ..model.releases import Releases
from .files import GeneratedPage

CALENDAR = "releases.ics"
"""The path of the calendar, from the site's root."""

_LONGEST_LINE = 75
"""The octets of a line without its end (RFC 5545, 3.1)."""

_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": ""})
"""What stands for a character in a text (RFC 5545, 3.3.11)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A day of a release. `kind` is a word of the table `calendar`, `sure` whether the day is more than a plan."""

    release: str
    kind: str
    day: dt.date
    sure: bool


def release_calendar(keps_as_of: KepsAsOf, words: Strings) -> GeneratedPage:
    """Return the calendar of the releases since the first one whose freezes are known.

    It follows from the lock alone, the time of its making too (`DTSTAMP`): so two builds make the same bytes.
    """
    lock, releases = keps_as_of.lock, keps_as_of.releases
    stamp = f"{_stamp(lock, releases):%Y%m%d}T000000Z"
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Neco Weekly//releases.ics//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{escaped(words('calendar.name'))}",
    ]
    for event in sorted(_events(lock, releases), key=lambda it: (it.day, release_order(it.release), it.kind)):
        lines += _lines(event, stamp, words)
    lines.append("END:VCALENDAR")
    return GeneratedPage(path=CALENDAR, content="".join(f"{folded(line)}\r\n" for line in lines))


def escaped(text: str) -> str:
    """Return a text as a value of type TEXT (RFC 5545, 3.3.11)."""
    return text.translate(_ESCAPES)


def folded(line: str) -> str:
    """Return a content line broken into lines of at most 75 octets, no character broken (RFC 5545, 3.1)."""
    if len(line.encode()) <= _LONGEST_LINE:
        return line
    parts, length = [""], 0
    for character in line:
        size = len(character.encode())
        if length + size > _LONGEST_LINE:
            parts.append(" ")
            length = 1
        parts[-1] += character
        length += size
    return "\r\n".join(parts)


def _stamp(lock: Lock, releases: Releases) -> dt.date:
    """Return the newest day that anything in the lock speaks for, without a lock that of the newest known release."""
    days = [*lock.known_releases.sources.values(), *([lock.as_of] if lock.as_of else [])]
    out = (day for name, day in releases.days.items() if releases.is_out(name, None))
    return max(days) if days else max(out, default=dt.date(2015, 7, 21))


def _events(lock: Lock, releases: Releases) -> Iterator[Event]:
    first = min(map(release_order, releases.freezes), default=(0, 0))
    today = _stamp(lock, releases)
    by_name = lock.known_releases.by_name
    named = sorted({*releases.names, *by_name}, key=release_order)
    for name in (it for it in named if release_order(it) >= first):
        days = days_of(name, by_name.get(name, ReleaseFacts()), releases)
        is_out = releases.is_out(name, None)
        for kind, day in days.items():
            if day:
                yield Event(release=name, kind=kind, day=day, sure=is_out or (kind != "release" and day <= today))


def _lines(event: Event, stamp: str, words: Strings) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:kubernetes-{event.release}-{event.kind.replace('_', '-')}@neco-weekly"
    yield f"DTSTAMP:{stamp}"
    yield f"DTSTART;VALUE=DATE:{event.day:%Y%m%d}"
    yield f"SUMMARY:{escaped(words(f'calendar.{event.kind}', release=event.release))}"
    if not event.sure:
        yield f"DESCRIPTION:{escaped(words('calendar.planned'))}"
    yield f"STATUS:{'CONFIRMED' if event.sure else 'TENTATIVE'}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"

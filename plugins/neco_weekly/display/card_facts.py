"""The line of facts on a card: what file a link leads to, or when and where an event is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import suppress
from xml.etree.ElementTree import Element

from ..model.cards import Card, Event, LinkedFile
from ..model.days import TOKYO
from .elements import NOT_SEARCHED, verbatim
from .words import Strings

_UNITS = ("kB", "MB", "GB", "TB")

_SEPARATOR = " · "


def facts_line(page: Card, words: Strings) -> Element | None:
    """Return the line of facts of a page's card, None where nothing of that kind is known."""
    parts = [*(_of_event(page.event, words) if page.event else ()), *(_of_file(page.file, words) if page.file else ())]
    if not parts:
        return None
    line = Element("p", {"class": "neco-card__facts", NOT_SEARCHED: "1"})
    for part in parts[:-1]:
        part.tail = verbatim(_SEPARATOR)
    line.extend(parts)
    return line


def size_in_words(size: int) -> str:
    """Return a number of bytes as people read it, `340 kB` or `1.2 MB`, in powers of a thousand."""
    if size < 1000:
        return f"{size} B"
    amount = float(size)
    for unit in _UNITS:
        amount /= 1000
        if amount < 999.5 or unit == _UNITS[-1]:
            break
    return f"{amount:.0f} {unit}" if amount >= 9.95 else f"{amount:.1f} {unit}"


def time_in_words(event: Event) -> str:
    """Return when an event is: `2026-12-05 19:00–21:30`, on several days `2026-12-05 – 2026-12-06`.

    A time is that of the event's place, as written; one in UTC alone says nothing of a place and is told in Tokyo's.
    """
    start, end = _moment(event.start), _moment(event.end) if event.end else None
    days = days_in_words(event)
    if days != _day(start) or not isinstance(start, dt.datetime):
        return days
    until = f"–{end:%H:%M}" if isinstance(end, dt.datetime) and end.time() > start.time() else ""
    return f"{days} {start:%H:%M}{until}{' JST' if event.start.endswith('Z') else ''}"


def days_in_words(event: Event) -> str:
    """Return the day of an event, of one on several days the first and the last."""
    first = _day(_moment(event.start))
    last = _day(_moment(event.end)) if event.end else first
    return first if last == first else f"{first} – {last}"


def facts_in_short(page: Card, words: Strings) -> tuple[str, ...]:
    """Return what a list says of a link that leads to a file or an event: the day, the kind, the number of pages."""
    facts = [words("card.event", days=days_in_words(page.event))] if page.event else []
    if page.file:
        facts.append(kind_in_words(page.file, words))
        facts += [words("card.pages", count=page.file.pages)] if page.file.pages else []
    return tuple(facts)


def kind_in_words(file: LinkedFile, words: Strings) -> str:
    """Return the kind of a file as people name it: `PDF`, `テキスト`."""
    return words("card.text") if file.kind in ("txt", "text") else file.kind.upper()


def _of_event(event: Event, words: Strings) -> Iterator[Element]:
    when = Element("time", {"datetime": event.start})
    when.text = verbatim(time_in_words(event))
    yield when
    if event.place:
        yield _said(event.place)
    if event.online:
        yield _said(words("card.online"))


def _of_file(file: LinkedFile, words: Strings) -> Iterator[Element]:
    yield _said(kind_in_words(file, words))
    if file.pages:
        yield _said(words("card.pages", count=file.pages))
    if file.size:
        yield _said(size_in_words(file.size))
    if file.author:
        yield _said(file.author)


def _said(text: str) -> Element:
    part = Element("span", {"dir": "auto"})
    part.text = verbatim(text)
    return part


def _moment(written: str) -> dt.date | dt.datetime:
    if "T" not in written:
        return dt.date.fromisoformat(written[:10])
    moment = dt.datetime.fromisoformat(written)
    with suppress(OverflowError):  # the last hours of the calendar
        return moment.astimezone(TOKYO) if written.endswith("Z") else moment
    return moment


def _day(moment: dt.date | dt.datetime) -> str:
    return (moment.date() if isinstance(moment, dt.datetime) else moment).isoformat()

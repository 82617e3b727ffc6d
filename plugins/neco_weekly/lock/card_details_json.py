"""The parts of a card's entry in `cards.json` that say what kind of thing a link leads to: a file, an event."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from ..model.cards import Event, LinkedFile
from . import json_values as read

_KIND = re.compile(r"[a-z0-9][a-z0-9+-]{0,15}", re.ASCII)


def linked_file(value: Any) -> LinkedFile:
    """Return the file that a JSON object describes; raises WrongError for another one."""
    document = read.fields(value, frozenset({"kind", "size", "pages", "author"}))
    return LinkedFile(
        kind=read.required(document, "kind", _kind),
        size=read.optional(document, "size", read.positive),
        pages=read.optional(document, "pages", read.positive),
        author=read.optional(document, "author", read.text),
    )


def linked_file_to_dict(file: LinkedFile | None) -> dict[str, Any]:
    """Return a file as a JSON object, an empty one for none."""
    if file is None:
        return {}
    return read.without_empty({"kind": file.kind, "size": file.size, "pages": file.pages, "author": file.author})


def event(value: Any) -> Event:
    """Return the event that a JSON object describes; raises WrongError for another one."""
    document = read.fields(value, frozenset({"start", "end", "place", "online"}))
    return Event(
        start=read.required(document, "start", _moment),
        end=read.optional(document, "end", _moment),
        place=read.optional(document, "place", read.text),
        online=read.optional(document, "online", read.flag) or False,
    )


def event_to_dict(it: Event | None) -> dict[str, Any]:
    """Return an event as a JSON object, an empty one for none."""
    if it is None:
        return {}
    return read.without_empty({"start": it.start, "end": it.end, "place": it.place, "online": it.online or None})


def _kind(value: Any) -> str:
    kind = read.text(value)
    if not _KIND.fullmatch(kind):
        raise read.WrongError(f"expected a short word such as pdf, found {read.shown(value)}")
    return kind


def _moment(value: Any) -> str:
    written = read.text(value)
    try:
        dt.datetime.fromisoformat(written)
    except ValueError:
        raise read.WrongError(f"expected a day or a time of ISO 8601, found {read.shown(value)}") from None
    return written

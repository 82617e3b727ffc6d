"""The last issues, which the open search shows before anything is typed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from ...model.issues import Section
from .page import SearchedPage

MOST, MOST_HEADINGS = 5, 3
"""The number of issues that are shown, and that of headings and of KEPs that are told of each."""


@dataclass(frozen=True, slots=True)
class Latest:
    """The last issues among the pages that were noted on their way into the index."""

    issues: list[tuple[SearchedPage, Sequence[Section]]] = field(default_factory=list)

    def note(self, page: SearchedPage, sections: Sequence[Section]) -> None:
        """Take note of a page with its sections."""
        if page.kind == "issue":
            self.issues.append((page, sections))
            self.issues.sort(key=lambda it: it[0].day or dt.date.min, reverse=True)
            del self.issues[MOST:]

    def values(self) -> list[dict[str, Any]]:
        """Return the issues, the newest first, each `{"location", "title", "day", "headings", "keps"}`.

        The headings are those under which something is written. An issue without a day has an empty one.
        """
        return [_value(page, sections) for page, sections in self.issues]


def _value(page: SearchedPage, sections: Sequence[Section]) -> dict[str, Any]:
    headings = [it.title for it in sections[1:] if it.title and (it.text or it.cards)]
    keps = dict.fromkeys(number for it in sections for number in it.keps)
    return {
        "location": page.url,
        "title": (sections[0].title if sections else "") or page.title,
        "day": page.day.isoformat() if page.day else "",
        "headings": headings[:MOST_HEADINGS],
        "keps": list(keps)[:MOST_HEADINGS],
    }

"""What the sections of an issue say in short. It follows from the body alone, so that it may be kept beside a page."""

from __future__ import annotations

import json
from dataclasses import dataclass

from ..grammar.ignore_marks import ignored_in
from ..grammar.issue_news import news_of
from ..grammar.issue_titles import topics_of
from ..grammar.reading_time import minutes_to_read
from ..model.issues import Heading, ScanResult
from ..model.text import shortened

_LONGEST_OPENING = 400
"""The number of characters of an issue's first words that lists may show."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """The outline of an issue's body; the fields are those of `Issue`, but that lines count from 1 in the body."""

    topics: tuple[str, ...]
    headings: tuple[str, ...]
    news: tuple[Heading, ...]
    opening: str
    minutes: int
    ignored: tuple[tuple[int, str], ...]

    def told(self) -> str:
        """Return the outline as JSON, for `read`."""
        news = [(it.text, it.anchor) for it in self.news]
        fields = (self.topics, self.headings, news, self.opening, self.minutes, self.ignored)
        return json.dumps(fields, ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def read(cls, text: str) -> Outline:
        """Return the outline that was told.

        Raises:
            ValueError, TypeError: it is none.
        """
        topics, headings, news, opening, minutes, ignored = json.loads(text)
        return cls(
            topics=tuple(topics),
            headings=tuple(headings),
            news=tuple(Heading(text=text, anchor=anchor) for text, anchor in news),
            opening=opening,
            minutes=minutes,
            ignored=tuple((line, code) for line, code in ignored),
        )


def outline_of(found: ScanResult, body: str) -> Outline:
    """Return the outline of an issue's body and what was read there."""
    return Outline(
        topics=topics_of(found.sections),
        headings=tuple(it.title for it in found.sections if it.level > 1),
        news=news_of(found.sections),
        opening=shortened(next((it.text for it in found.sections if it.text), ""), _LONGEST_OPENING),
        minutes=minutes_to_read(" ".join(it.text for it in found.sections), body),
        ignored=tuple(ignored_in(body)),
    )

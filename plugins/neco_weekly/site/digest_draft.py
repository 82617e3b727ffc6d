"""A digest of what happened, as Markdown of which each line can be pasted into an issue, and as a JSON object.

A line names a KEP, what happened, the pull requests, and where earlier issues wrote of the KEP.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from ..display.event_words import event_text
from ..display.words import Strings
from ..issues.index import Index
from ..lock.releases_as_of import ReleasesAsOf
from ..model.digest import Digest, DigestSection
from ..model.issues import Issue, Mention
from ..model.kep_events import Event
from ..model.keps import Stage, issue_url
from ..model.news import RepositoryNews
from .issue_links import best_heading
from .markdown_text import as_markdown
from .news_draft import news_document, news_markdown

PULLS = "https://github.com/kubernetes/enhancements/pull"
"""The address below which the pull requests are with which plans change."""

LinkTo = Callable[[Issue, Sequence[Mention], int], str]
"""A function that returns a Markdown link to where an issue wrote of a KEP."""

MOST_ISSUES = 3
"""The most earlier issues that a line names, the newest."""

_STAGES = (*(Stage.STABLE, Stage.BETA, Stage.ALPHA), *(Stage.DEPRECATED, Stage.DISABLED, Stage.REMOVED), None)

Lines = list[tuple[str, list[tuple[Event, ...]]]]
"""Groups of a section: a title, empty where the section has but one group, and for each line its events of one KEP."""


@dataclass(frozen=True, kw_only=True)
class DigestDraft:
    """A digest in words. `news` are releases of watched projects, `names` what people call these."""

    digest: Digest
    releases: ReleasesAsOf
    index: Index
    words: Strings
    link_to: LinkTo
    news: Sequence[RepositoryNews] = ()
    names: dict[str, str] = field(default_factory=dict)

    # --- Markdown -------------------------------------------------------------------------------------------------

    def markdown(self, level: int = 2) -> str:
        """Return the digest as Markdown, its sections below headings of this level; a quiet time says so."""
        return "\n\n".join(self._parts("#" * level)) + "\n"

    def _parts(self, mark: str) -> Iterator[str]:
        days = {"since": self.digest.since, "until": self.digest.until}
        if not any(True for _ in self.digest.events) and not self.news:
            yield self.words("digest.quiet", **days)
            return
        yield self.words("digest.about", **days)
        yield from (self._released(it) for it in self.digest.released)
        for section in DigestSection:
            if self.digest.of(section):
                yield f"{mark} {self._title(section)}"
                yield from self._section(section, f"{mark}#")
        if self.news:
            yield f"{mark} {self.words('digest.projects')}"
            told = news_markdown(self.news, self.names, self.words, **days).rstrip("\n")
            yield re.sub("^### ", f"{mark}# ", told, flags=re.MULTILINE)
        if self.digest.rest:
            yield self.words("digest.rest", count=len(self.digest.rest))

    def _title(self, section: DigestSection) -> str:
        names = self.digest.released or (self.digest.coming or "",)
        release = self.digest.coming if section is DigestSection.MOVES else self.words("site.and").join(names)
        return self.words(f"digest.{section}", release=release)

    def _released(self, release: str) -> str:
        """Return the sentence on a release that came out in the time, with how much came with it."""
        rows = self.releases.rows(release).shipped_numbers
        counts = ((self.words(f"stage.{it}"), len(rows[it])) for it in _STAGES if it and rows[it])
        told = self.words("news.between").join(
            self.words("digest.count", stage=it, count=count) for it, count in counts
        )
        day = self.releases.releases.day(release)
        return self.words("digest.released" if told else "digest.released_alone", release=release, day=day, counts=told)

    def _section(self, section: DigestSection, mark: str) -> Iterator[str]:
        for title, lines in self._grouped(section):
            if title:
                yield f"{mark} {as_markdown(title)}"
            yield "\n".join(f"- {self._line(events)}" for events in lines)

    def _line(self, events: tuple[Event, ...]) -> str:
        """Return what happened to a KEP, or to a gate of none, in one line."""
        told = self.words("site.and").join(as_markdown(event_text(it, self.words)) for it in events)
        pulls = dict.fromkeys(it.pull for it in events if it.pull)
        parts = [
            f"{self._named(events[0])}{told}",
            " ".join(f"[#{it}]({PULLS}/{it})" for it in pulls),
            self._earlier(events[0].number),
        ]
        return " ".join(filter(None, parts))

    def _named(self, event: Event) -> str:
        keps = [f"[KEP-{number}]({issue_url(number)})" for number in event.keps]
        if len(keps) == 1 and (title := self._title_of(event.number)):
            keps = [f"{keps[0]} {as_markdown(title)}"]
        return f"{self.words('site.and').join(keps)}: " if keps else ""

    def _earlier(self, number: int) -> str:
        found = self.index.by_kep.get(number, ())
        if not found:
            return ""
        links = (self.link_to(issue, mentions, number) for issue, mentions in found[:MOST_ISSUES])
        told, more = self.words("news.between").join(links), len(found) - MOST_ISSUES
        return self.words("digest.before_more" if more > 0 else "digest.before", links=told, count=more)

    # --- groups ---------------------------------------------------------------------------------------------------

    def _grouped(self, section: DigestSection) -> Lines:
        events = self.digest.of(section)
        if section in (DigestSection.MOVES, DigestSection.SHIPPED):
            groups: Iterable[tuple[str, list[Event]]] = [
                (self.words(f"stage.{stage}") if stage else "", [it for it in events if it.stage is stage])
                for stage in _STAGES
            ]
        elif section is DigestSection.NEW:
            by_sig = sorted(events, key=self._sig_of)
            groups = [(sig, list(found)) for sig, found in itertools.groupby(by_sig, key=self._sig_of)]
        else:
            groups = [("", list(events))]
        return [(title, _by_kep(found)) for title, found in groups if found]

    def _sig_of(self, event: Event) -> str:
        life = self.releases.lives.get(event.number)
        return (life and life.enhancement.state.sig) or self.words("digest.no_sig")

    def _title_of(self, number: int) -> str:
        life = self.releases.lives.get(number)
        return life.enhancement.state.title if life else ""

    # --- JSON -----------------------------------------------------------------------------------------------------

    def document(self) -> dict[str, Any]:
        """Return the digest as a JSON object: the sections that it has, each a list of KEPs with what happened."""
        digest = self.digest
        sections = {it: [self._kep(events) for events in _by_kep(digest.of(it))] for it in DigestSection}
        news = news_document(self.news, self.names, since=digest.since, until=digest.until)
        return {
            "since": digest.since.isoformat(),
            "until": digest.until.isoformat(),
            "coming": digest.coming,
            "released": list(digest.released),
            **{it: found for it, found in sections.items() if found},
            "projects": news["projects"],
            "rest": len(digest.rest),
        }

    def _kep(self, events: tuple[Event, ...]) -> dict[str, Any]:
        number = events[0].number
        life = self.releases.lives.get(number)
        changes = [
            {
                "id": it.id,
                "day": it.day.isoformat(),
                "kind": it.kind,
                "text": event_text(it, self.words),
                "pull": it.pull,
            }
            for it in events
        ]
        return {
            "keps": list(events[0].keps),
            "title": self._title_of(number) or None,
            "sig": life and life.enhancement.state.sig,
            "changes": changes,
            "mentions": [_mention(issue, found, number) for issue, found in self.index.by_kep.get(number, ())],
        }


def _mention(issue: Issue, mentions: Sequence[Mention], number: int) -> dict[str, str | None]:
    heading = best_heading(issue, mentions, number)
    return {
        "path": issue.path,
        "day": issue.date.isoformat() if issue.date else None,
        "heading": heading.text if heading else None,
    }


def _by_kep(events: Iterable[Event]) -> list[tuple[Event, ...]]:
    """Return events by what they are about, in the order of numbers; of one KEP in the order in which they happened."""
    ordered = sorted(events, key=lambda it: (it.keps or (0,), it.day))
    return [tuple(found) for _, found in itertools.groupby(ordered, key=lambda it: it.keps or it.id)]

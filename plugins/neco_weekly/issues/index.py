"""The index: issues and their mentions, looked at by KEP and by card; one for drawing, checking and fetching."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import PurePosixPath
from typing import Self, TypeVar

from ..grammar.alias_addresses import ALIASES, aliases_of
from ..grammar.front_matter import Parts
from ..grammar.front_matter_values import authors_of, key_form, places_of, tags_of, written_description, written_title
from ..grammar.ignore_marks import without_marks
from ..grammar.issue_dates import issue_date, issue_number
from ..grammar.issue_files import UnreadableTextError
from ..grammar.publication import why_held_back
from ..grammar.urls import normal_url, web_address
from ..lock.store import Lock
from ..model.issues import (
    CardMention,
    Correction,
    Diagnostic,
    HeldBack,
    Hold,
    Issue,
    Mention,
    PullMention,
    ReportedRelease,
    ScanResult,
    SiteLink,
    TopicMention,
)
from ..model.text import one_line
from .outline import Outline, outline_of

T = TypeVar("T", Mention, PullMention, CardMention, Diagnostic, SiteLink, Correction, TopicMention, ReportedRelease)

K = TypeVar("K", bound=Hashable)


_HEADING = re.compile(r"^#[ \t]++(.*[^ \t#\n])", re.MULTILINE)


_WITH_LINES = ("mentions", "cards", "pulls", "site_links", "corrections", "topic_mentions", "releases")
"""What an issue has of its body's scan result but for the lines, which are those of its file."""


def make_issue(path: str, parts: Parts, scan_result: ScanResult, outline: Outline | None = None) -> Issue:
    """Return an issue from its file's parts and its body's scan result; lines become those of the file.

    `outline` is that of the body, where it is known.
    """
    offset, outline = parts.body_line - 1, outline or outline_of(scan_result, parts.body)
    title = one_line(scan_result.title) or written_title(parts.meta) or PurePosixPath(path).stem
    number = issue_number(parts.meta, title, parts.body)
    return Issue(
        path=path,
        title=title,
        date=issue_date(parts.meta, path, title),
        number=number,
        own_number=number,
        images=tuple((source, line + offset) for source, line in scan_result.images),
        diagnostics=_diagnostics(parts, scan_result, offset),
        anchors=scan_result.anchors,
        web_links=tuple((address, line + offset) for address, line in scan_result.web_links),
        topics=outline.topics,
        description=written_description(parts.meta),
        headings=outline.headings,
        news=outline.news,
        opening=outline.opening,
        minutes=outline.minutes,
        **{name: _shifted(getattr(scan_result, name), offset) for name in _WITH_LINES},
        tags=tuple(tags_of(parts.meta)),
        authors=tuple(authors_of(parts.meta)),
        also=tuple(places_of(parts.meta)),
        aliases=tuple((it, parts.key_lines.get(key_form(ALIASES), 1)) for it in aliases_of(parts.meta)),
        ignored=tuple((line + offset, code) for line, code in outline.ignored),
    )


def _diagnostics(parts: Parts, scan_result: ScanResult, offset: int) -> tuple[Diagnostic, ...]:
    """Return what is wrong with an issue's front matter, then with its body; lines of snippets stay theirs."""
    own = tuple(it for it in scan_result.diagnostics if not it.file)
    diagnostics = (*_shifted(own, offset), *(it for it in scan_result.diagnostics if it.file))
    if parts.flaw:
        diagnostics = (
            Diagnostic(code=parts.flaw, written="", detail=parts.flaw_detail, line=parts.flaw_line),
            *diagnostics,
        )
    return (
        *(Diagnostic(code="credentials-in-address", written=it, line=line) for it, line in parts.credentials),
        *diagnostics,
    )


def with_scan_result(issue: Issue, scan_result: ScanResult) -> Issue:
    """Return an issue that says what was read in the text that is drawn; its problems stay those of its file."""
    outline = outline_of(scan_result, "")
    return replace(
        issue,
        title=one_line(scan_result.title) or issue.title,
        mentions=scan_result.mentions,
        cards=scan_result.cards,
        pulls=scan_result.pulls,
        site_links=scan_result.site_links,
        anchors=scan_result.anchors,
        corrections=scan_result.corrections,
        topics=outline.topics,
        headings=outline.headings,
        topic_mentions=scan_result.topic_mentions,
        releases=scan_result.releases,
        news=outline.news,
        opening=outline.opening,
    )


def held_back(path: str, parts: Parts, today: dt.date) -> HeldBack | None:
    """Return an issue that is not public on the day `today`, and why; None for one that is."""
    hold = why_held_back(parts, today)
    if hold is None:
        return None
    heading = _HEADING.search(without_marks(parts.body))
    title = written_title(parts.meta) or (heading and one_line(heading[1])) or PurePosixPath(path).stem
    return HeldBack(path=path, title=title, hold=hold)


def unreadable(path: str, error: UnreadableTextError) -> HeldBack:
    """Return an issue that is not public because its file is no text."""
    hold = Hold(code="unreadable-issue", detail=error.what, line=error.line)
    return HeldBack(path=path, title=PurePosixPath(path).stem, hold=hold, is_readable=False)


def _shifted(found: tuple[T, ...], offset: int) -> tuple[T, ...]:
    return tuple(replace(item, line=item.line + offset) for item in found) if offset else found


@dataclass(frozen=True)
class Index:
    """All issues, newest first; those without a date last. An issue that names no number is numbered by its date.

    `held_back` are those that are not public: nothing but a problem and a preview may say that they are there.
    `drafts` are those of them of which a preview draws the text: what they mention has its page there, and they are in
    no list of issues.
    """

    issues: tuple[Issue, ...]
    held_back: tuple[HeldBack, ...] = ()
    drafts: tuple[Issue, ...] = ()

    @property
    def read(self) -> tuple[Issue, ...]:
        """All issues whose mentions count: drafts, which are to be the newest, before the others."""
        return (*self.drafts, *self.issues)

    def decided(self, lock: Lock) -> Self:
        """Return the index with the KEPs that its mentions mean by what the lock knows; before, it has what is written.

        Links to pull requests are then among the mentions. What is decided once stays so.
        """
        issues, drafts = (tuple(_decided(it, lock) for it in found) for found in (self.issues, self.drafts))
        return type(self)(issues, self.held_back, drafts)

    @cached_property
    def by_kep(self) -> Mapping[int, tuple[tuple[Issue, tuple[Mention, ...]], ...]]:
        """For each KEP the issues that mention it, newest first, with its mentions there in the order of the text."""
        table = self._grouped(lambda issue: ((mention.kep, mention) for mention in issue.mentions))
        return {kep: table[kep] for kep in sorted(table)}

    @cached_property
    def by_card(self) -> Mapping[str, tuple[tuple[Issue, tuple[CardMention, ...]], ...]]:
        """For each web page with a card, by normal URL, the issues with the card, newest first, and each card there.

        Pages of the newest issues come first.
        """
        return self._grouped(lambda issue: ((normal_url(card.url), card) for card in issue.cards))

    @cached_property
    def card_urls(self) -> tuple[str, ...]:
        """The addresses of all cards, each page once, in the order in which the newest issues bring them."""
        return tuple(found[0][1][0].url for found in self.by_card.values())

    @cached_property
    def picture_urls(self) -> tuple[str, ...]:
        """The addresses of all pictures of other hosts, each once, those of the newest issues first."""
        urls = (web_address(address) for issue in self.issues for address, _ in issue.images)
        return tuple(dict.fromkeys(normal_url(url) for url in urls if url))

    @cached_property
    def pulls(self) -> tuple[int, ...]:
        """The numbers of all pull requests of kubernetes/enhancements that issues link to, sorted."""
        return tuple(sorted({link.pull for issue in self.issues for link in issue.pulls}))

    def _grouped(
        self, keyed: Callable[[Issue], Iterable[tuple[K, T]]]
    ) -> dict[K, tuple[tuple[Issue, tuple[T, ...]], ...]]:
        """Return mentions by key: for each key the issues that mention it, newest first, with their mentions of it."""
        table: dict[K, list[tuple[Issue, tuple[T, ...]]]] = {}
        for issue in self.read:
            here: dict[K, list[T]] = {}
            for key, item in keyed(issue):
                here.setdefault(key, []).append(item)
            for key, items in here.items():
                table.setdefault(key, []).append((issue, tuple(items)))
        return {key: tuple(found) for key, found in table.items()}


def _decided(issue: Issue, lock: Lock) -> Issue:
    mentions = lock.decided(issue.mentions, issue.pulls)
    if mentions == issue.mentions and not issue.pulls:
        return issue  # as nearly all are: none is kept twice
    return replace(issue, mentions=mentions, pulls=())


def build_index(issues: Iterable[Issue], held: Iterable[HeldBack] = (), drafts: Iterable[Issue] = ()) -> Index:
    """Return the index of issues: brought into order, and those that name no number given one."""
    known = list(issues)
    dated = sorted((issue for issue in known if issue.date), key=lambda issue: (issue.date, issue.path))
    undated = sorted((issue for issue in known if not issue.date), key=lambda issue: issue.path)
    return Index((*reversed(_numbered(dated)), *undated), tuple(sorted(held, key=lambda it: it.path)), tuple(drafts))


def _numbered(oldest_first: list[Issue]) -> list[Issue]:
    """Return issues with a number each: one that names none has the number after the issue before it."""
    numbered: list[Issue] = []
    last = 0
    for issue in oldest_first:
        last = issue.number if issue.number is not None else last + 1
        numbered.append(replace(issue, number=last))
    return numbered

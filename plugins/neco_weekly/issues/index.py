"""The index: issues and their mentions, looked at by KEP and by card; one for drawing, checking and fetching."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from types import MappingProxyType
from typing import TypeVar

from ..grammar.front_matter import Parts
from ..grammar.issue_dates import issue_date, issue_number
from ..grammar.urls import normal_url
from ..model.issues import CardMention, Diagnostic, Issue, Mention, ScanResult
from ..model.text import one_line

T = TypeVar("T", Mention, CardMention, Diagnostic)

K = TypeVar("K", bound=Hashable)


_NO_ALIASES: Mapping[int, int] = MappingProxyType({})


def make_issue(path: str, parts: Parts, scan_result: ScanResult, aliases: Mapping[int, int] = _NO_ALIASES) -> Issue:
    """Return an issue from its file's parts and its body's scan result.

    Lines become those of the file, and mentions of an alias those of the KEP that the lock's `aliases` have for it.
    """
    offset = parts.body_line - 1
    mentions = (replace(it, kep=aliases.get(it.kep, it.kep)) for it in scan_result.mentions)
    title = one_line(str(parts.meta.get("title") or scan_result.title or path))
    diagnostics = _shifted(scan_result.diagnostics, offset)
    if parts.flaw:
        diagnostics = (
            Diagnostic(code=parts.flaw, written="", detail=parts.flaw_detail, line=parts.flaw_line),
            *diagnostics,
        )
    return Issue(
        path=path,
        title=title,
        date=issue_date(parts.meta, path, title),
        number=issue_number(parts.meta, title, parts.body),
        mentions=_shifted(tuple(mentions), offset),
        cards=_shifted(scan_result.cards, offset),
        images=tuple((source, line + offset) for source, line in scan_result.images),
        diagnostics=diagnostics,
    )


def _shifted(found: tuple[T, ...], offset: int) -> tuple[T, ...]:
    return tuple(replace(item, line=item.line + offset) for item in found) if offset else found


@dataclass(frozen=True)
class Index:
    """All issues, newest first; those without a date last. An issue that names no number is numbered by its date."""

    issues: tuple[Issue, ...]

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

    def _grouped(
        self, keyed: Callable[[Issue], Iterable[tuple[K, T]]]
    ) -> dict[K, tuple[tuple[Issue, tuple[T, ...]], ...]]:
        """Return mentions by key: for each key the issues that mention it, newest first, with their mentions of it."""
        table: dict[K, list[tuple[Issue, tuple[T, ...]]]] = {}
        for issue in self.issues:
            here: dict[K, list[T]] = {}
            for key, item in keyed(issue):
                here.setdefault(key, []).append(item)
            for key, items in here.items():
                table.setdefault(key, []).append((issue, tuple(items)))
        return {key: tuple(found) for key, found in table.items()}


def build_index(issues: Iterable[Issue]) -> Index:
    """Return the index of issues: brought into order, and those that name no number given one."""
    known = list(issues)
    dated = sorted((issue for issue in known if issue.date), key=lambda issue: (issue.date, issue.path))
    undated = sorted((issue for issue in known if not issue.date), key=lambda issue: issue.path)
    return Index((*reversed(_numbered(dated)), *undated))


def _numbered(oldest_first: list[Issue]) -> list[Issue]:
    """Return issues with a number each: one that names none has the number after the issue before it."""
    numbered: list[Issue] = []
    last = 0
    for issue in oldest_first:
        last = issue.number if issue.number is not None else last + 1
        numbered.append(replace(issue, number=last))
    return numbered

"""Issues and their mentions, looked at from every side. Built the same way for drawing, checking and fetching."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeVar

from .issues import Parts, issue_date, issue_number
from .model import CardMention, Findings, Issue, Mention, Slip
from .syntax import normal_url, one_line

T = TypeVar("T", Mention, CardMention, Slip)


def make_issue(path: str, parts: Parts, findings: Findings) -> Issue:
    """An issue from its file's parts and what its body mentions; lines become those of the file."""
    offset = parts.body_line - 1
    title = one_line(str(parts.meta.get("title") or findings.title or path))
    slips = _shifted(findings.slips, offset)
    if parts.flaw:
        slips = (Slip(code=parts.flaw, written="", detail=parts.flaw_detail, line=parts.flaw_line), *slips)
    return Issue(
        path=path,
        title=title,
        date=issue_date(parts.meta, path, title),
        number=issue_number(parts.meta, title, parts.body),
        mentions=_shifted(findings.mentions, offset),
        cards=_shifted(findings.cards, offset),
        images=tuple((source, line + offset) for source, line in findings.images),
        slips=slips,
    )


def _shifted(found: tuple[T, ...], offset: int) -> tuple[T, ...]:
    return tuple(replace(item, line=item.line + offset) for item in found) if offset else found


@dataclass(frozen=True)
class Index:
    """All issues, newest first; those without a date last. Numbers that no issue names follow from the dates."""

    issues: tuple[Issue, ...]

    @cached_property
    def by_kep(self) -> Mapping[int, tuple[tuple[Issue, tuple[Mention, ...]], ...]]:
        """For each KEP the issues that mention it, newest first, with its mentions there in the order of the text."""
        table: dict[int, list[tuple[Issue, tuple[Mention, ...]]]] = {}
        for issue in self.issues:
            mentions: dict[int, list[Mention]] = {}
            for mention in issue.mentions:
                mentions.setdefault(mention.kep, []).append(mention)
            for kep, found in mentions.items():
                table.setdefault(kep, []).append((issue, tuple(found)))
        return {kep: tuple(table[kep]) for kep in sorted(table)}

    @cached_property
    def card_urls(self) -> tuple[str, ...]:
        """Addresses of all cards, each page once, in the order in which the newest issues bring them."""
        first: dict[str, str] = {}
        for issue in self.issues:
            for card in issue.cards:
                first.setdefault(normal_url(card.url), card.url)
        return tuple(first.values())


def build_index(issues: Iterable[Issue]) -> Index:
    """Bring issues into order and give a number to those that name none."""
    known = list(issues)
    dated = sorted((issue for issue in known if issue.date), key=lambda issue: (issue.date, issue.path))
    undated = sorted((issue for issue in known if not issue.date), key=lambda issue: issue.path)
    return Index((*reversed(_numbered(dated)), *undated))


def _numbered(oldest_first: list[Issue]) -> list[Issue]:
    """An issue that names no number is one after the issue before it."""
    numbered: list[Issue] = []
    last = 0
    for issue in oldest_first:
        last = issue.number if issue.number is not None else last + 1
        numbered.append(replace(issue, number=last))
    return numbered

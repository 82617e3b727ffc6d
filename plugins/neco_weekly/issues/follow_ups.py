"""What later issues say of earlier ones: follow-ups and corrections, found from the links between issues.

A link leads to the section that it names. Without a place, or with one that is gone, it leads to the section that has
most in common with the linking one, else to the head of the issue.
"""

from __future__ import annotations

import datetime as dt
import posixpath
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from ..display.problem_words import Phrase
from ..model.issues import Correction, Heading, Issue, SiteLink
from .index import Index
from .link_checks import is_gone, missing_anchor, target_of
from .problem_kinds import make_problem
from .problems import Problem

SectionKeys = Mapping[str, Counter[Hashable]]
"""How often each section of an issue, by its anchor, mentions each thing that sections may have in common."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """What a later issue says of a section of an earlier one.

    `anchor` is the earlier issue's place, empty for its head. `path`, `day` and `heading` are of the later issue: where
    its section is and what it is called, by the issue's title where the section has no heading. A correction has with
    `said` its first sentence, in the place of the heading, and is `is_correction`.
    """

    anchor: str
    path: str
    day: dt.date
    heading: Heading
    is_correction: bool = False


def follow_ups(index: Index) -> Mapping[str, tuple[FollowUp, ...]]:
    """Return what later issues say of each issue, by the earlier one's path, oldest first.

    Only issues with a day follow up or are followed up. One section gives one follow-up of a section; what a correction
    links to is no follow-up besides.
    """
    links = _Links(index)
    found: dict[str, dict[FollowUp, None]] = {}
    for issue in sorted((it for it in index.issues if it.date), key=lambda it: (it.date, it.path)):
        for target, it in links.of(issue):
            found.setdefault(target, {})[it] = None
    return {path: tuple(later) for path, later in found.items()}


def corrected_days(found: Mapping[str, Iterable[FollowUp]]) -> Mapping[str, dt.date]:
    """Return the day of the last correction of each issue that one corrects, by the corrected one's path."""
    days = {path: [it.day for it in later if it.is_correction] for path, later in found.items()}
    return {path: max(corrected) for path, corrected in days.items() if corrected}


def follow_up_problems(index: Index, docs: str) -> Iterator[Problem]:
    """Yield the problems of links to earlier issues whose place is gone, and of boxes that correct nothing."""
    links = _Links(index)
    for issue in index.issues:
        path = posixpath.join(docs, issue.path)
        for it in issue.site_links:
            earlier = links.earlier(issue, it)
            if earlier and is_gone(anchor := _anchor(it), earlier.path, links):
                yield missing_anchor(it, anchor, earlier.path, links, (path, docs))
        first = links.first_of_corrections(issue)
        for place, correction in enumerate(issue.corrections):
            if correction.is_box and not (place in first and links.earlier(issue, first[place])):
                why = Phrase("follow_up.not_earlier") if place in first else Phrase("follow_up.no_issue")
                yield make_problem("correction-of-nothing", path, correction.line, detail=why)


def section_keys(issue: Issue) -> SectionKeys:
    """Return what the sections of an issue mention; what stands above all of them is no section."""
    found: dict[str, Counter[Hashable]] = {}
    for heading, key in _mentioned(issue):
        if heading and heading.text != issue.title:
            found.setdefault(heading.anchor, Counter())[key] += 1
    return found


def _mentioned(issue: Issue) -> Iterator[tuple[Heading | None, Hashable]]:
    """Yield all that an issue mentions and sections may have in common, each with its heading."""
    yield from ((it.heading, it.kep) for it in issue.mentions)
    yield from ((it.heading, it.topic) for it in issue.topic_mentions)


def _anchor(link: SiteLink) -> str:
    return unquote(urlsplit(link.route).fragment)


class _Links:
    """The links between the issues of an index, which are what such links may lead to."""

    held_back: frozenset[str] = frozenset()

    def __init__(self, index: Index) -> None:
        self._issues = {issue.path: issue for issue in index.issues}
        self._anchors: dict[str, frozenset[str]] = {}
        self._keys: dict[str, SectionKeys] = {}

    def has(self, path: str) -> bool:
        """Whether there is an issue at a path."""
        return path in self._issues

    def anchors(self, path: str) -> frozenset[str]:
        """Return the places of an issue."""
        if path not in self._anchors:
            self._anchors[path] = frozenset(self._issues[path].anchors)
        return self._anchors[path]

    def issue(self, page: Issue, link: SiteLink) -> Issue | None:
        """Return the issue that a link of another leads to, which may be the page itself; None where it is none."""
        target = target_of(page.path, urlsplit(link.route), self)
        return self._issues.get(target) if target else None

    def earlier(self, page: Issue, link: SiteLink) -> Issue | None:
        """Return the issue of an earlier day that a link leads to; None where it does not."""
        target = self.issue(page, link)
        return target if target and target.date and page.date and target.date < page.date else None

    def first_of_corrections(self, page: Issue) -> Mapping[int, SiteLink]:
        """Return the link that says what each correction of an issue corrects: its first one to an issue."""
        found: dict[int, SiteLink] = {}
        for link in page.site_links:
            if link.correction is not None and link.correction not in found and self.issue(page, link):
                found[link.correction] = link
        return found

    def of(self, page: Issue) -> Iterator[tuple[str, FollowUp]]:
        """Yield what a dated issue says of earlier ones, with the path of each."""
        first = self.first_of_corrections(page)
        lead = [(it, target) for it in page.site_links if (target := self.earlier(page, it))]
        named = {(it.heading, target.path) for it, target in lead if self._names_place(it, target)}
        corrected = set()
        for it, target in lead:
            place = self._place(page, it, target)
            if it.correction is not None and first.get(it.correction) is it:
                corrected.add((it.heading, target.path, place))
                yield target.path, _correction(page, page.corrections[it.correction], place)
        for it, target in lead:
            place = self._place(page, it, target)
            is_named = self._names_place(it, target) or (it.heading, target.path) not in named
            if is_named and (it.heading, target.path, place) not in corrected:
                yield target.path, _follow_up(page, it, place)

    def _names_place(self, link: SiteLink, target: Issue) -> bool:
        anchor = _anchor(link)
        return bool(anchor) and anchor in self.anchors(target.path)

    def _place(self, page: Issue, link: SiteLink, target: Issue) -> str:
        """Return the place of an earlier issue that a link is about; empty for its head."""
        if self._names_place(link, target):
            return _anchor(link)
        wanted = self._keys_of(page).get(link.heading.anchor, Counter()) if link.heading else Counter()
        best, place = (0, 0), ""
        for anchor, keys in self._keys_of(target).items() if wanted else ():
            shared = [count for key, count in keys.items() if key in wanted]
            if (len(shared), sum(shared)) > best:
                best, place = (len(shared), sum(shared)), anchor
        return place

    def _keys_of(self, issue: Issue) -> SectionKeys:
        if issue.path not in self._keys:
            self._keys[issue.path] = section_keys(issue)
        return self._keys[issue.path]


def _follow_up(page: Issue, link: SiteLink, place: str) -> FollowUp:
    assert page.date is not None  # noqa: S101 (only dated issues follow up)
    heading = link.heading
    if heading is None or not heading.text or heading.text == page.title:
        heading = Heading(text=page.title, anchor="")
    return FollowUp(anchor=place, path=page.path, day=page.date, heading=heading)


def _correction(page: Issue, correction: Correction, place: str) -> FollowUp:
    assert page.date is not None  # noqa: S101 (only dated issues correct)
    said = Heading(text=correction.said or page.title, anchor=correction.anchor)
    return FollowUp(anchor=place, path=page.path, day=page.date, heading=said, is_correction=True)

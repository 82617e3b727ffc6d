"""What the page of a release shows: days, rows by stage, what did not come, what we wrote, and what nobody knows."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal, TypeVar

from ...issues.index import Index
from ...lock.releases_as_of import ReleasesAsOf
from ...model.exceptions import ExceptionRequest
from ...model.gate_ends import GateEnd
from ...model.gate_turns import GateTurn
from ...model.gates import GateStage
from ...model.issues import Issue, Mention
from ...model.keps import Enhancement, Stage, release_order
from ...model.official_lists import ListDifference, OfficialList
from ...model.paths import KEP_PAGE, RELEASE_PAGE
from ...model.release_facts import DayName, in_release_order
from ...model.release_rows import Outcome, ReleaseRow, ReleaseRows
from ...model.removed_apis import RemovedApi
from ...model.shipping import MATURING
from ...model.text import opening_sentence

G = TypeVar("G", GateTurn, GateEnd)

STAGES = (Stage.STABLE, Stage.BETA, Stage.ALPHA, Stage.DEPRECATED, Stage.DISABLED, Stage.REMOVED)
"""All stages in the order in which a page of a release tells them: what is ready first."""

FAILED = (Outcome.SLIPPED, Outcome.WITHDRAWN, Outcome.UNKNOWN)
"""The outcomes of plans that did not ship."""

_LONGEST_SUMMARY = 240
"""The most characters of a summary's first sentence."""

_ISSUES, _HEADINGS = 3, 2
"""The number of our issues, the newest, that are named beside a KEP, and of headings of each: its own page has all."""

_ALL_ISSUES = 120
"""The number of issues that are named beside all KEPs of a page together, where each has one at least."""

ReleaseState = Literal["planned", "supported", "ended"]
"""Whether a release is out, and whether it is still supported; the values are keys of the table of words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseDay:
    """A day of a release, None where nobody names it; `is_plan` where that day has not come, or nobody saw it come."""

    name: DayName
    day: dt.date | None
    is_plan: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Covered:
    """What an issue wrote of a KEP: a mention under each heading, in the order of the text."""

    issue: Issue
    mentions: tuple[Mention, ...]

    def heading(self, mention: Mention) -> str | None:
        """Return the heading above a mention, None where that is the issue's own title."""
        heading = mention.heading.text if mention.heading else None
        return None if heading == self.issue.title else heading


@dataclass(frozen=True, slots=True, kw_only=True)
class RowView:
    """A row as a page shows it. `path` is that of the KEP's page, None where there is none.

    `gates` have their stages in the release, None for one that was not there; where no witness speaks of the release,
    `named` are the names of the gates alone. `came` is whether what slipped came with the release it moved to,
    `request` the refused exception that tells why it slipped. `covered` are the newest issues, `more` counts others.
    """

    row: ReleaseRow
    kep: Enhancement
    path: str | None
    about: str
    gates: tuple[tuple[str, GateStage | None], ...] = ()
    named: tuple[str, ...] = ()
    came: bool = False
    request: ExceptionRequest | None = None
    covered: tuple[Covered, ...] = ()
    more: int = 0

    @property
    def matures(self) -> bool:
        """Whether the row is of a stage in which a feature grows up, so that its default matters."""
        return self.row.stage in MATURING


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseTotals:
    """How many KEPs of a stage came (or are planned), were planned at the freeze, did not come, or go on."""

    stage: Stage
    came: int
    planned: int | None
    failed: int
    again: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseView:
    """All of a release's page. What is None is not known; `left` are the days until a release that is to come.

    `parts` are the rows of what came with the release, or before that of what is planned for it, by stage.
    """

    name: str
    state: ReleaseState
    before: str | None
    after: str | None
    days: tuple[ReleaseDay, ...]
    left: int | None
    issues: tuple[Issue, ...] | None
    rows: ReleaseRows
    totals: tuple[ReleaseTotals, ...]
    parts: tuple[tuple[Stage, tuple[RowView, ...]], ...]
    failed: tuple[RowView, ...]
    again: tuple[RowView, ...]
    gate_turns: tuple[GateTurn, ...] | None
    gate_ends: tuple[GateEnd, ...] | None
    removed: tuple[RemovedApi, ...] | None
    exceptions: tuple[ExceptionRequest, ...] | None
    official: OfficialList | None
    differences: tuple[ListDifference, ...]

    @property
    def day(self) -> dt.date | None:
        """The day of the release."""
        return next(it.day for it in self.days if it.name == "release")

    @property
    def gates_are_known(self) -> bool:
        """Whether a witness of feature gates speaks of the release."""
        return self.gate_ends is not None

    @property
    def covered(self) -> int:
        """How many of the rows in `parts` our issues wrote of."""
        return sum(bool(it.covered) for _, rows in self.parts for it in rows)

    @property
    def count(self) -> int:
        """The number of rows in `parts`."""
        return sum(len(rows) for _, rows in self.parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseEntry:
    """A release in the list of all releases; `totals` is None for one without a page, and `issues` as in its view."""

    name: str
    state: ReleaseState
    day: dt.date | None
    end: ReleaseDay
    totals: Mapping[Stage, int] | None
    issues: tuple[Issue, ...] | None


class ReleaseViews:
    """The views of all releases; `pages` are the numbers of the KEPs that have a page."""

    def __init__(self, releases: ReleasesAsOf, index: Index, pages: Collection[int]) -> None:
        self.releases, self._index, self._pages = releases, index, frozenset(pages)

    @cached_property
    def paths(self) -> Mapping[str, str]:
        """The paths of the pages of releases, by name, oldest first."""
        return {it: release_path(it) for it in self.releases.names}

    @cached_property
    def entries(self) -> tuple[ReleaseEntry, ...]:
        """The list of all releases, the newest first."""
        names = in_release_order({*self.releases.releases.names, *self.releases.names})
        return tuple(self._entry(it) for it in reversed(names))

    def view(self, name: str) -> ReleaseView:
        """Return the view of a release that has a page."""
        rows, now, days = self.releases.rows(name), self.releases.now, self._days(name)
        planned = next(it.day for it in days if it.name == "release")
        dated = now != dt.date.max and planned is not None and not rows.is_out
        told = [it for it in rows.rows if it.outcome in (Outcome.SHIPPED, Outcome.PLANNED)]
        by_stage = {stage: tuple(self._row(it, rows) for it in told if it.stage is stage) for stage in STAGES}
        names = self.releases.names
        place = names.index(name)
        return ReleaseView(
            name=name,
            state=self._state(name),
            before=names[place - 1] if place else None,
            after=names[place + 1] if place + 1 < len(names) else None,
            days=days,
            left=(planned - now).days if dated and planned else None,
            issues=self._issues(name),
            rows=rows,
            totals=tuple(_totals(rows)),
            parts=tuple((stage, found) for stage, found in by_stage.items() if found),
            failed=tuple(self._row(it, rows) for it in _by_stage(rows.of(*FAILED))),
            again=tuple(self._row(it, rows) for it in _by_stage(rows.of(Outcome.AGAIN))),
            gate_turns=self._public(self.releases.gate_turns(name)),
            gate_ends=self._public(self.releases.gate_ends(name)),
            removed=self.releases.removed_apis(name),
            exceptions=self.releases.exceptions(name),
            official=self.releases.official(name),
            differences=self.releases.differences(name),
        )

    def kep(self, number: int) -> Enhancement | None:
        """Return a KEP by any of its numbers, None for one that nobody knows."""
        life = self.releases.lives.get(self.releases.lock.canonical(number))
        return life.enhancement if life else None

    def kep_path(self, number: int) -> str | None:
        """Return the path of a KEP's page by any of the KEP's numbers, None where there is none."""
        number = self.releases.lock.canonical(number)
        return KEP_PAGE.format(number=number) if number in self._pages else None

    # --- days and issues ------------------------------------------------------------------------------------------

    def _entry(self, name: str) -> ReleaseEntry:
        rows = self.releases.rows(name) if name in self.paths else None
        came = Outcome.SHIPPED if self.releases.is_out(name) else Outcome.PLANNED
        totals = {stage: count for stage in STAGES if rows and (count := rows.totals[stage, came])}
        days = self._days(name)
        return ReleaseEntry(
            name=name,
            state=self._state(name),
            day=next(it.day for it in days if it.name == "release"),
            end=next(it for it in days if it.name == "end_of_support"),
            totals=totals if rows else None,
            issues=self._issues(name),
        )

    def _state(self, name: str) -> ReleaseState:
        if not self.releases.is_out(name):
            return "planned"
        return "supported" if name in self.releases.supported else "ended"

    def _days(self, name: str) -> tuple[ReleaseDay, ...]:
        is_out, now = self.releases.is_out(name), self.releases.now
        found = []
        for it, day in self.releases.days(name).items():
            if it == "release" or self.releases.lock.as_of is None:  # then what lies before a release is past
                is_plan = not is_out or it == "end_of_support"
            else:
                is_plan = day is not None and day > now
            found.append(ReleaseDay(name=it, day=day, is_plan=is_plan))
        return tuple(found)

    def _issues(self, name: str) -> tuple[Issue, ...] | None:
        """Return the issues from the day after the release before until the release; None: that is not known yet."""
        major, minor = release_order(name)
        before, is_out = f"v{major}.{minor - 1}", self.releases.is_out(name)
        begin = self.releases.releases.day(before) if self.releases.is_out(before) else None
        end = self.releases.releases.day(name) if is_out else dt.date.max
        if begin is None or end is None:
            return None
        return tuple(it for it in self._index.issues if it.date and begin < it.date <= end)

    # --- rows -----------------------------------------------------------------------------------------------------

    def _row(self, row: ReleaseRow, rows: ReleaseRows) -> RowView:
        life = self.releases.lives[row.number]
        mentioned = sum(it.number in self._index.by_kep for it in rows.rows)
        issues = max(1, min(_ISSUES, _ALL_ISSUES // max(1, mentioned)))
        kep = life.enhancement
        cells = [it for it in row.gates if it.stage] or row.gates
        gates = tuple((it.name, it.stage) for it in cells)
        known = (it.name for it in life.gates if not it.removed)
        return RowView(
            row=row,
            kep=kep,
            path=self.kep_path(row.number),
            about=opening_sentence(kep.summary.text, _LONGEST_SUMMARY) if kep.summary else "",
            gates=gates,
            named=() if gates else tuple(dict.fromkeys((*kep.state.feature_gates, *known))),
            came=any(
                it.release == row.moved_to and it.stage.order >= row.stage.order for _, it in life.shipping.entries
            ),
            request=self.releases.refusal(rows.release, row.number) if row.reason == "exception-refused" else None,
            covered=tuple(itertools.islice(self._covered(row.number), issues)),
            more=max(0, len(self._index.by_kep.get(row.number, ())) - issues),
        )

    def _covered(self, number: int) -> Iterator[Covered]:
        for issue, mentions in self._index.by_kep.get(number, ()):
            by_heading = {mention.heading: mention for mention in reversed(mentions)}
            first = sorted(by_heading.values(), key=lambda it: it.line)
            yield Covered(issue=issue, mentions=tuple(first[:_HEADINGS]))

    # --- what ends ------------------------------------------------------------------------------------------------

    def _public(self, gates: tuple[G, ...] | None) -> tuple[G, ...] | None:
        """Return gates each with those of its KEPs that may be told; None stays so."""
        if gates is None:
            return None
        return tuple(replace(gate, keps=tuple(it for it in gate.keps if self.kep(it))) for gate in gates)


def release_path(name: str) -> str:
    """Return the path of the page of a release `v1.36`."""
    return RELEASE_PAGE.format(release=name.removeprefix("v"))


def _by_stage(rows: Iterable[ReleaseRow]) -> list[ReleaseRow]:
    return sorted(rows, key=lambda it: (STAGES.index(it.stage), it.number))


def _totals(rows: ReleaseRows) -> Iterator[ReleaseTotals]:
    """Yield the totals of the stages in which features grow up, and of others that occur."""
    came = Outcome.SHIPPED if rows.is_out else Outcome.PLANNED
    for stage in STAGES:
        found = ReleaseTotals(
            stage=stage,
            came=rows.totals[stage, came],
            planned=rows.planned_at_freeze[stage] if rows.freeze else None,
            failed=sum(rows.totals[stage, it] for it in FAILED),
            again=rows.totals[stage, Outcome.AGAIN],
        )
        if stage in STAGES[:3] or found.came or found.planned or found.failed or found.again:
            yield found

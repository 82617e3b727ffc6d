"""A draft of an issue on a release of Kubernetes: a heading for each KEP, by stage, with what is known of it.

What shipped, what did not, and what only goes on stand apart; before a release is out everything is planned.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from ..display.words import Strings
from ..grammar.kep_headings import KepHeading
from ..issues.index import Index
from ..lock.releases_as_of import ReleasesAsOf
from ..model.errors import NecoError
from ..model.keps import Stage, release_order
from ..model.release_rows import Outcome, ReleaseRow, ReleaseRows
from .draft_facts import DraftFacts
from .markdown_text import as_comment

STAGES = (Stage.STABLE, Stage.BETA, Stage.ALPHA, Stage.DEPRECATED, Stage.DISABLED, Stage.REMOVED)
"""All stages in the order of the draft: what is ready first."""


def check_release(release: str, releases: ReleasesAsOf) -> None:
    """Refuse a release that nothing can be drafted of.

    Raises:
        NecoError: the lock is empty, nobody knows the release, or no KEP came with it or is planned for it.
    """
    if not releases.lives:
        raise NecoError("the lock knows no KEP; run `neco refresh`, then draft the issue")
    if releases.rows(release).rows:
        return
    known = [it for it in releases.names if releases.rows(it).rows]
    span = f"; known are {known[0]} to {known[-1]}" if known else ""
    if releases.releases.day(release) or release in releases.releases.freezes:
        raise NecoError(f"no KEP of the lock came with {release} or was planned for it{span}")
    raise NecoError(
        f"{release} is a release that nobody knows: no source names its day, no KEP is planned for it{span}"
    )


@dataclass(frozen=True, kw_only=True)
class ReleaseDraft:
    """The draft of an issue on a release; `heading` is how the team writes the heading of a KEP."""

    release: str
    releases: ReleasesAsOf
    facts: DraftFacts
    heading: KepHeading
    words: Strings

    @classmethod
    def of(
        cls, release: str, releases: ReleasesAsOf, index: Index, path: str, heading: KepHeading, words: Strings
    ) -> ReleaseDraft:
        """Return the draft of an issue at `path`, relative to the docs folder; `index` has the issues before it."""
        facts = DraftFacts(release=release, releases=releases, index=index, path=path, words=words)
        return cls(release=release, releases=releases, facts=facts, heading=heading, words=words)

    @property
    def rows(self) -> ReleaseRows:
        """The rows of the release."""
        return self.releases.rows(self.release)

    def markdown(self) -> str:
        """Return the body of the draft, below the title of the issue."""
        parts = [as_comment(self._about()), self._opening()]
        for title, rows in self._sections():
            parts.append(f"## {title}")
            parts += [part for row in rows for part in self._kep(row)]
        return "\n\n".join(parts) + "\n"

    def document(self) -> dict[str, Any]:
        """Return what the draft holds as a JSON object."""
        rows = [row for _, found in self._sections() for row in found]
        keps = [
            {"number": it.number, "stage": it.stage, "outcome": it.outcome, "confidence": it.confidence} for it in rows
        ]
        return {"release": self.release, "released": self.rows.is_out, "keps": keps}

    # --- what is drafted ----------------------------------------------------------------------------------------------

    def _sections(self) -> Iterator[tuple[str, Sequence[ReleaseRow]]]:
        """Yield the sections that have any KEP, each with its title."""
        words, rows = self.words, self.rows
        outcome, prefix = (Outcome.SHIPPED, "now") if rows.is_out else (Outcome.PLANNED, "will")
        sections = [(words(f"draft.{prefix}_{stage}"), rows.of(outcome, stage=stage)) for stage in STAGES]
        failed = words("draft.failed" if rows.is_out else "draft.left", release=self.release)
        sections += [
            (failed, rows.of(Outcome.SLIPPED, Outcome.WITHDRAWN)),
            (words("draft.unknown", release=self.release), rows.of(Outcome.UNKNOWN)),
            (words("draft.again" if rows.is_out else "draft.again_planned"), rows.of(Outcome.AGAIN)),
        ]
        yield from ((title, sorted(found, key=_order)) for title, found in sections if found)

    def _kep(self, row: ReleaseRow) -> Iterator[str]:
        yield self.heading.markdown(row.number, self.facts.title(row))
        yield as_comment(self.facts.for_writer(row))
        if items := [f"- {it}" for it in self.facts.for_reader(row)]:
            yield "\n".join(items)

    # --- what is said of the release ------------------------------------------------------------------------------

    def _opening(self) -> str:
        """Return the sentence with which the issue begins: a release is out, or planned as of the lock's day."""
        words, day, now = self.words, self.releases.releases.day(self.release), self.releases.now
        told = {"release": self.release} | ({"day": self._day(day)} if day else {})
        if self.rows.is_out:
            return words("draft.out" if day else "draft.out_undated", **told)
        if day is None:
            return words("draft.planned_undated", now=self._day(now), **told)
        return words("draft.planned" if day > now else "draft.overdue", now=self._day(now), **told)

    def _day(self, day: dt.date) -> str:
        return self.words("draft.day", year=day.year, month=day.month, date=day.day)

    def _about(self) -> Iterator[str]:
        """Yield the lines of the comment above all: whose facts these are, and what no source says."""
        words, release = self.words, self.release
        yield words(
            "draft.made", release=release.removeprefix("v"), day=self.releases.lock.as_of or words("draft.undated")
        )
        yield words("draft.legend" if self.rows.is_out else "draft.legend_planned")
        yield self._days()
        if not self.releases.knows_every_kep:
            yield words("draft.only_mentioned")
        if self.rows.freeze is None:
            told = "to_come" if release in self.releases.releases.freezes else "unknown"
            yield words("draft.no_freeze" if self.rows.is_out else f"draft.freeze_{told}")
        if self.rows.is_out:
            yield from self._unknown_gates()
            yield from self._official()
        if self.releases.facts(release).exceptions is None:
            yield words("draft.no_exceptions")

    def _days(self) -> str:
        freezes, day = self.releases.releases.freezes.get(self.release), self.releases.releases.day(self.release)
        names = {
            "draft.day_enhancements": freezes and freezes.enhancements,
            "draft.day_code": freezes and freezes.code,
            "draft.day_release" if self.rows.is_out else "draft.day_planned": day,
        }
        told = [self.words(name, day=it) for name, it in names.items() if it]
        return (
            self.words("draft.days", days=self.words("news.between").join(told))
            if told
            else self.words("draft.no_days")
        )

    def _unknown_gates(self) -> Iterator[str]:
        through = self.releases.gates.through
        if not self.releases.gates.sources:
            yield self.words("draft.no_gates")
        elif through and release_order(through) < release_order(self.release):
            yield self.words("draft.gates_through", through=through, release=self.release)

    def _official(self) -> Iterator[str]:
        official = self.releases.official(self.release)
        if official is None:
            yield self.words("draft.no_official")
            return
        yield self.words("draft.official", source=official.source)
        for it in self.releases.differences(self.release):
            stage = self.words(f"stage.{it.stage}")
            if numbers := (*it.only_official, *it.unknown):
                yield self.words("draft.only_official", stage=stage, keps=self._named(numbers))
            if it.only_ours:
                yield self.words("draft.only_ours", stage=stage, keps=self._named(it.only_ours))

    def _named(self, numbers: Sequence[int]) -> str:
        return self.words("news.between").join(f"KEP-{it}" for it in numbers)


def _order(row: ReleaseRow) -> tuple[bool, int, int]:
    """Return the key by which KEPs stand in a section: what is confirmed first, then by stage and number."""
    return row.confidence == "expected", STAGES.index(row.stage), row.number

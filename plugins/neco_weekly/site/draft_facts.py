"""What a drafted release issue says of a KEP: lines of the comment below its heading, and of the list readers may see.

In the comment is what a writer has to know and no reader should see: how sure a thing is, why something slipped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from ..display.phrases import default_text
from ..display.row_words import row_reason, row_standing
from ..display.words import Strings
from ..issues.index import Index
from ..lock.releases_as_of import ReleasesAsOf
from ..model.gates import FeatureGate, GateStage
from ..model.keps import release_order
from ..model.release_rows import Life, Outcome, ReleaseRow
from ..model.text import whole_sentences
from .issue_links import earlier_headings, earlier_links
from .markdown_text import as_markdown

_LONGEST_SUMMARY = 240
"""The most characters of a summary's first sentences."""

_GATE = re.compile(r"\w+", re.ASCII)


@dataclass(frozen=True, kw_only=True)
class DraftFacts:
    """What is known of the KEPs of a release, in words, for an issue at `path` (relative to the docs folder)."""

    release: str
    releases: ReleasesAsOf
    index: Index
    path: str
    words: Strings

    def title(self, row: ReleaseRow) -> str:
        """Return a KEP's title as Markdown."""
        return as_markdown(self._life(row).enhancement.state.title)

    def for_writer(self, row: ReleaseRow) -> Iterator[str]:
        """Yield the lines of the comment: how sure, why, whose, which gates, what it is about, where we wrote of it."""
        words, enhancement = self.words, self._life(row).enhancement
        yield row_standing(row, words)
        yield from self._reason(row)
        yield from self._plan(row)
        yield words("draft.sig", sig=enhancement.state.sig or words("draft.no_sig"))
        yield from self._gates(row)
        if enhancement.summary:
            yield words("draft.summary", text=whole_sentences(enhancement.summary.text, _LONGEST_SUMMARY))
        mentions = list(earlier_headings(self.index, row.number, words))
        yield from mentions or [words("draft.never")]

    def for_reader(self, row: ReleaseRow) -> Iterator[str]:
        """Yield the items of the list that may stay: defaults that a gate tells, and links to our issues."""
        for cell in row.gates if row.outcome is Outcome.SHIPPED else ():
            if cell.stage and cell.stage.default is not None and _GATE.fullmatch(cell.name):
                default = default_text(cell.stage.default, self.words, locked=cell.stage.locked)
                yield self.words("draft.show_gate", name=cell.name, default=default)
        if links := list(earlier_links(self.index, row.number, self.path, self.words)):
            yield self.words("draft.show_before", links=self.words("news.between").join(links))

    # --- how it stands ----------------------------------------------------------------------------------------------

    def _reason(self, row: ReleaseRow) -> Iterator[str]:
        if row.outcome in (Outcome.SLIPPED, Outcome.WITHDRAWN):
            request, status = self.releases.refusal(self.release, row.number), self._life(row).enhancement.state.status
            yield row_reason(row, self.release, request, status, self.words)

    def _plan(self, row: ReleaseRow) -> Iterator[str]:
        """Yield what was planned at the freeze of what shipped, where the freeze is known."""
        if row.outcome is not Outcome.SHIPPED or self.releases.rows(self.release).freeze is None:
            return
        if row.plan is None:
            yield self.words("draft.unplanned")
        elif row.plan.stage is row.stage and not row.plan.again:
            yield self.words("draft.as_planned")
        else:
            yield self.words("draft.planned_other", stage=self.words(f"stage.{row.plan.stage}"))

    # --- gates and issues -------------------------------------------------------------------------------------------

    def _gates(self, row: ReleaseRow) -> Iterator[str]:
        """Yield what each gate is in the release; where no witness speaks of that, in the newest that one speaks of."""
        words, life = self.words, self._life(row)
        told = {cell.name: self._gate_told(cell.stage) for cell in row.gates}
        if not told:
            known = {it.name: it for it in life.gates if not it.removed}
            told = {it: self._gate_before(known.get(it)) for it in (*life.enhancement.state.feature_gates, *known)}
        for name, default in told.items():
            yield words("draft.gate", name=name, told=default)
        if not told:
            yield words("draft.no_gate")

    def _gate_told(self, stage: GateStage | None) -> str:
        if stage is None:
            return self.words("draft.gate_gone")
        if stage.default is None:
            return self.words("draft.default_unknown")
        default = default_text(stage.default, self.words, locked=stage.locked)
        return self.words("draft.gate_default", stage=self.words(f"stage.{stage.stage}"), default=default)

    def _gate_before(self, gate: FeatureGate | None) -> str:
        through = self.releases.gates.through
        stage = gate.at(through) if gate and through and release_order(through) < release_order(self.release) else None
        if stage is None:
            return self.words("draft.default_unknown")
        return self.words("draft.default_before", release=through, told=self._gate_told(stage))

    def _life(self, row: ReleaseRow) -> Life:
        return self._lives[row.number]

    @cached_property
    def _lives(self) -> Mapping[int, Life]:
        return self.releases.lives

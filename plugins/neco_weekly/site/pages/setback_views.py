"""What the page of setbacks shows, and what a KEP's page says of its own: what went back, and what stands still."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial

from ...display.setback_words import ending_text, gate_text, moved_text, standing_line
from ...display.words import Strings
from ...issues.index import Index
from ...lock.releases_as_of import ReleasesAsOf
from ...model.issues import Issue, Mention
from ...model.keps import Enhancement, Stage
from ...model.paths import SETBACKS_PAGE
from ...model.setbacks import Setback, SetbackRow, moved_to, standing
from .appearances import appearance
from .templates import DeferredPage

MANY = 60
"""From how many rows on that issues have covered each names one heading only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Covered:
    """A heading under which an issue mentions a KEP, with a mention to link to; None for the issue's own title."""

    issue: Issue
    mention: Mention
    heading: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SetbackView:
    """A row of the page: a setback, the KEPs that it is of, their gates, and what we wrote of them, newest first.

    `told` is a sentence, `ending` what became of a milestone that was moved, empty where its release is to come.
    """

    row: SetbackRow
    told: str
    keps: tuple[Enhancement, ...]
    gates: tuple[str, ...]
    ending: str
    covered: tuple[Covered, ...]

    @property
    def sigs(self) -> tuple[str, ...]:
        """The SIGs that own the KEPs, each once."""
        return tuple(dict.fromkeys(it.state.sig for it in self.keps if it.state.sig))


@dataclass(frozen=True, slots=True, kw_only=True)
class SetbackGroup:
    """The setbacks of one kind, the newest release first; `by_release` are those of milestones by the last release."""

    kind: Setback
    views: tuple[SetbackView, ...]

    @property
    def by_release(self) -> Iterator[tuple[str | None, Sequence[SetbackView]]]:
        """Yield the rows by release; in one part without a release where each row says its own."""
        if self.kind is not Setback.MOVED:
            yield None, self.views
            return
        for release, views in itertools.groupby(self.views, key=lambda it: it.row.release):
            yield release, tuple(views)


class Setbacks:
    """All setbacks of a site's KEPs, in its words, and how long each KEP stands still."""

    def __init__(self, releases: ReleasesAsOf, index: Index, words: Strings) -> None:
        self._releases, self._index, self._words = releases, index, words

    @cached_property
    def groups(self) -> tuple[SetbackGroup, ...]:
        """The setbacks by kind, those that there are."""
        views = [self._view(it) for it in self._releases.setbacks]
        by_kind = {kind: tuple(it for it in views if it.row.kind is kind) for kind in Setback}
        return tuple(SetbackGroup(kind=kind, views=found) for kind, found in by_kind.items() if found)

    @property
    def views(self) -> list[SetbackView]:
        """All setbacks, by kind."""
        return [view for group in self.groups for view in group.views]

    @property
    def sigs(self) -> Mapping[str, int]:
        """The SIGs whose KEPs have a setback, by name, and how many."""
        counts = Counter(sig for view in self.views for sig in view.sigs)
        return {sig: counts[sig] for sig in sorted(counts)}

    @property
    def stages(self) -> Mapping[str, int]:
        """The stages that went back or were moved, in order, and how many."""
        counts = Counter(view.row.before for view in self.views)
        return {stage: counts[stage] for stage in Stage if counts[stage]}

    @property
    def shown(self) -> int:
        """How many headings of issues a row names; fewer where many rows have some, for the page stays below 120 kB."""
        return 2 if self.covered <= MANY else 1

    @property
    def covered(self) -> int:
        """How many setbacks are of KEPs that issues mention."""
        return sum(bool(view.covered) for view in self.views)

    @property
    def has_gates(self) -> bool:
        """Whether any witness of feature gates was read, without which nobody knows what became of gates."""
        return bool(self._releases.gates.sources)

    @property
    def has_keps(self) -> bool:
        """Whether any KEP is known."""
        return bool(self._releases.lives)

    def of(self, number: int) -> list[str]:
        """Return a sentence on each setback of a KEP, the newest release first."""
        return [self._told(row) for row in self._by_kep.get(number, ())]

    def standing_of(self, number: int) -> str | None:
        """Return how long a KEP stands still, in words; None for one that does not."""
        life = self._releases.lives.get(number)
        stands = standing(life, self._releases.releases, self._releases.now) if life else None
        if life is None or stands is None:
            return None
        sig = life.enhancement.state.sig
        median = self._releases.medians.get((sig, stands.stage)) if sig else None
        return standing_line(stands, sig, median, self._words)

    @cached_property
    def _by_kep(self) -> Mapping[int, list[SetbackRow]]:
        found: dict[int, list[SetbackRow]] = {}
        for row in self._releases.setbacks:
            for number in row.keps:
                found.setdefault(number, []).append(row)
        return found

    def _told(self, row: SetbackRow) -> str:
        if row.kind is Setback.MOVED:
            return moved_text(row, self._ending(row), self._words)
        return gate_text(row, self._words, self._releases.is_out)

    def _ending(self, row: SetbackRow) -> str:
        """Return what became of a milestone that was moved; empty for a gate, and while the release is to come."""
        life = self._releases.lives.get(row.keps[0]) if row.kind is Setback.MOVED else None
        if life is None:
            return ""
        became = moved_to(row, life, self._releases.releases, self._releases.now)
        return ending_text(row, became, life.enhancement.state, self._words)

    def _view(self, row: SetbackRow) -> SetbackView:
        lives = [life for number in row.keps if (life := self._releases.lives.get(number))]
        of_keps = (name for life in lives for name in life.enhancement.state.feature_gates)
        return SetbackView(
            row=row,
            told=self._told(row),
            keps=tuple(life.enhancement for life in lives),
            gates=(row.gate,) if row.gate else tuple(of_keps),
            ending=self._ending(row),
            covered=tuple(_covered(row.keps, self._index)),
        )


def setbacks_page(draw: Callable[..., str], words: Strings) -> DeferredPage:
    """Return the page of all setbacks, which `draw` draws of a template and the page's path."""
    return DeferredPage(
        path=SETBACKS_PAGE, title=words("setback.title"), draw=partial(draw, "setbacks.html", SETBACKS_PAGE)
    )


def _covered(keps: Iterable[int], index: Index) -> Iterator[Covered]:
    """Yield the headings under which issues mention KEPs, the newest issue first, each once."""
    found = [(issue, mentions) for number in keps for issue, mentions in index.by_kep.get(number, ())]
    seen = set()
    for issue, mentions in sorted(found, key=lambda it: str(it[0].date or ""), reverse=True):
        for passage in appearance(issue, mentions).passages:
            mention = passage.mention
            if isinstance(mention, Mention) and (key := (issue.path, mention.heading)) not in seen:
                seen.add(key)
                yield Covered(issue=issue, mention=mention, heading=passage.heading)

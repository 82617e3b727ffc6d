"""What a KEP's page shows beside its facts: history in words, oddities, mentions in our issues, related KEPs."""

from __future__ import annotations

import datetime as dt
import itertools
import posixpath
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from ...display.phrases import standing_text
from ...display.words import Strings
from ...issues.index import Index
from ...lock.kep_as_of import KepAsOf, KepsAsOf
from ...lock.store import Lock
from ...model.exceptions import ExceptionRequest
from ...model.gates import Disagreement, FeatureGate
from ...model.history import Change, changes, planned_releases
from ...model.issues import Issue, Mention
from ...model.kep_fields import details_of_kinds
from ...model.keps import Enhancement, EnhancementState, Stage
from ...model.releases import Releases
from ..timeline import IssueMark, Timeline, timeline
from .about import About, about, since
from .appearances import Appearance, appearance
from .kep_releases import ReleaseTable, release_table
from .slips import Slip, exception_marks, exceptions_of, slips

RELATED = 8
"""The number of KEPs of one kind of relation that are shown."""

RECENT = 5
"""The number of changes that are shown at once; older ones are there for those who ask."""


Reason = Literal["yaml", "spelling", "no_value", "no_release", "template_title", "number", "sig"]
"""Why something in kep.yaml is not taken as written; each value is also `odd.<value>` in the table of words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Oddity:
    """Something in kep.yaml that was not taken as written. `field` is kep.yaml's own name for the field."""

    field: str
    written: str
    reason: Reason
    taken: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Milestone:
    """A stage of a KEP with the release that kep.yaml names for it today, and all that it ever named, oldest first."""

    stage: Stage
    release: str | None
    planned: tuple[str | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GateView:
    """A feature gate that the KEP ever named: who else named it, its stages, and where its witnesses disagree.

    `listed` is whether kep.yaml names the gate today; `gate` is None for one that no witness knows.
    """

    name: str
    gate: FeatureGate | None
    listed: bool
    shared_with: tuple[int, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Related:
    """Numbers of related KEPs that have a page: linked from or to the KEP, in the same issues, of the same SIG."""

    linked: tuple[int, ...] = ()
    together: tuple[int, ...] = ()
    same_sig: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class KepView:
    """The view of a KEP: everything on the KEP's page. `since` is the day since which the KEP stands where it does."""

    kep: KepAsOf
    about: About | None
    since: dt.date | None
    timeline: Timeline | None
    milestones: tuple[Milestone, ...]
    gates: tuple[GateView, ...]
    history: tuple[Change, ...]
    oddities: tuple[Oddity, ...]
    appearances: tuple[Appearance, ...]
    related: Related
    exceptions: tuple[tuple[str, ExceptionRequest], ...] = ()
    slips: tuple[Slip, ...] = ()
    release_table: ReleaseTable | None = None
    recent: int = RECENT

    @property
    def enhancement(self) -> Enhancement:
        """The enhancement of the KEP that the page is about."""
        return self.kep.enhancement


class KepViews:
    """The views of all KEPs that have a page; what they have in common is worked out once."""

    def __init__(self, index: Index, keps_as_of: KepsAsOf, numbers: Sequence[int], words: Strings) -> None:
        self._index, self._keps_as_of, self._numbers, self._words = index, keps_as_of, numbers, words

    def view(self, number: int) -> KepView:
        """Return the view of one KEP.

        Raises:
            KeyError: nothing is known of the KEP, or no issue mentions it.
        """
        kep = self._kep(number)
        found = self._index.by_kep[number]
        marks = [IssueMark(date=issue.date, title=issue.title) for issue, _ in found if issue.date]
        requests = exceptions_of(self._keps_as_of.lock, number)
        asked = exception_marks(requests, self._words)
        drawn = timeline(kep, marks, self._releases, self._keps_as_of.lock.as_of, asked)
        return KepView(
            kep=kep,
            about=about(kep.enhancement),
            since=since(kep),
            timeline=drawn,
            exceptions=requests,
            slips=tuple(slips(kep.enhancement, drawn, requests, self._releases)),
            milestones=tuple(_milestones(kep)),
            gates=tuple(_gates(kep, self._keps_as_of)),
            history=tuple(reversed(list(changes(kep.enhancement)))),
            oddities=tuple(oddities(kep.enhancement)),
            appearances=tuple(self._appearance(number, issue, mentions) for issue, mentions in found),
            related=self.related(number),
            release_table=release_table(kep, self._keps_as_of),
        )

    @property
    def _releases(self) -> Releases:
        return self._keps_as_of.releases

    def _kep(self, number: int) -> KepAsOf:
        kep = self._keps_as_of.of(number)
        if kep is None:
            raise KeyError(number)
        return kep

    def _appearance(self, number: int, issue: Issue, mentions: Sequence[Mention]) -> Appearance:
        kep = self._keps_as_of.of(number, issue.date)
        then = kep.then if kep else None
        return appearance(issue, mentions, then)

    # --- relations ------------------------------------------------------------------------------------------------

    def follows_from(
        self, number: int, title: Callable[[Issue], str], around: object, digest_of: Callable[[Issue], str]
    ) -> Iterator[object]:
        """Yield what a KEP's page shows that does not follow from the lock: of issues, and of which KEPs have a page.

        `title` is how lists call an issue, `digest_of` returns a digest of what the site draws of one, `around` is what
        the site adds.
        """
        yield around
        found = self._index.by_kep.get(number, ())
        yield [(issue.path, title(issue), digest_of(issue)) for issue, _ in found]
        yield self.related(number)
        yield [it for it in self._referred(self._kep(number).enhancement) if it in self._pages]
        if not self._keps_as_of.lock.others:  # then of releases no more is known than of the KEPs that have a page
            yield self._numbers

    def related(self, number: int) -> Related:
        """Return the KEPs that are related to a KEP."""
        enhancement = self._kep(number).enhancement
        linked = {*self._referred(enhancement), *self._linking.get(number, ())}
        together = Counter(
            itertools.chain.from_iterable(self._keps[issue.path] for issue, _ in self._index.by_kep[number])
        )
        ranked = sorted(sorted(together), key=together.__getitem__, reverse=True)
        return Related(
            linked=self._with_page(number, sorted(linked)),
            together=self._with_page(number, ranked),
            same_sig=self._with_page(number, self._by_sig.get(enhancement.state.sig or "", ())),
        )

    def _with_page(self, number: int, numbers: Sequence[int]) -> tuple[int, ...]:
        there = (it for it in numbers if it != number and it in self._pages)
        return tuple(itertools.islice(there, RELATED))

    def _referred(self, enhancement: Enhancement) -> Iterator[int]:
        """Return the KEPs that a KEP refers to, by whichever of their numbers."""
        return map(self._keps_as_of.lock.canonical, _kep_numbers(enhancement))

    @cached_property
    def _keps(self) -> Mapping[str, tuple[int, ...]]:
        """The KEPs of each issue, by the issue's path."""
        return {issue.path: issue.keps for issue in self._index.read}

    @cached_property
    def _pages(self) -> frozenset[int]:
        return frozenset(self._numbers)

    @cached_property
    def _linking(self) -> Mapping[int, list[int]]:
        """For each KEP the KEPs that refer to it."""
        linking: dict[int, list[int]] = {}
        for number in self._numbers:
            for other in self._referred(self._kep(number).enhancement):
                linking.setdefault(other, []).append(number)
        return linking

    @cached_property
    def _by_sig(self) -> Mapping[str, list[int]]:
        """For each SIG its KEPs, those that were mentioned last first."""
        by_sig: dict[str, list[int]] = {}
        newest = sorted(self._numbers, key=self._last_mention, reverse=True)
        for number in newest:
            by_sig.setdefault(self._kep(number).state.sig or "", []).append(number)
        return by_sig

    def _last_mention(self, number: int) -> str:
        date = self._index.by_kep[number][0][0].date
        return date.isoformat() if date else ""


def _kep_numbers(enhancement: Enhancement) -> Iterator[int]:
    for row in details_of_kinds("references"):
        yield from (it.kep for it in enhancement.details.references(row.name) if it.kep)


def _milestones(kep: KepAsOf) -> Iterator[Milestone]:
    written = replace(kep.enhancement, state=kep.written or kep.state)
    for stage in Stage:
        release, found = written.state.milestones.get(stage), planned_releases(written, stage)
        if release or found:
            yield Milestone(stage=stage, release=release, planned=found if len(found) > 1 else ())


def _gates(kep: KepAsOf, keps_as_of: KepsAsOf) -> Iterator[GateView]:
    """Yield the gates that kep.yaml names today, then those that it named before, as far as a witness knows them."""
    known, today = {gate.name: gate for gate in kep.gates}, kep.state.feature_gates
    out = [it for it in keps_as_of.releases.names if keps_as_of.releases.is_out(it, keps_as_of.now)]
    for name in [*today, *(it for it in known if it not in today)]:
        gate = known.get(name)
        yield GateView(
            name=name,
            gate=gate,
            listed=name in today,
            shared_with=tuple(it for it in gate.keps if it != kep.enhancement.number) if gate else (),
            disagreements=tuple(gate.disagreements(out)) if gate else (),
        )


# --- oddities -----------------------------------------------------------------------------------------------------


_FOLDER_NUMBER = re.compile(r"0{0,99}(\d{1,9})-", re.ASCII)


def oddities(enhancement: Enhancement) -> Iterator[Oddity]:
    """Yield what today's kep.yaml has written otherwise than it is taken, and why."""
    state, path = enhancement.state, enhancement.source.path
    for name, written in state.raw.items():
        if judge := _JUDGES.get(name) or _JUDGES.get(name.partition(".")[0]):
            yield judge(name, written, state)
    folder = _FOLDER_NUMBER.match(posixpath.basename(posixpath.dirname(path))) if path else None
    if folder and int(folder[1]) != enhancement.number:
        yield Oddity(field="kep-number", written=folder[0].rstrip("-"), reason="number", taken=str(enhancement.number))


def _word(name: str, written: str, state: EnhancementState) -> Oddity:
    taken = state.status if name == "status" else state.stage
    return Oddity(field=name, written=written, reason="spelling" if taken else "no_value", taken=taken)


_JUDGES: Mapping[str, Callable[[str, str, EnhancementState], Oddity]] = {
    "kep.yaml": lambda name, written, state: Oddity(field=name, written=written, reason="yaml"),
    "status": _word,
    "stage": _word,
    "title": lambda name, written, state: Oddity(
        field=name, written=written, reason="template_title", taken=state.title
    ),
    "owning-sig": lambda name, written, state: Oddity(field=name, written=written, reason="sig", taken=state.sig),
    "latest-milestone": lambda name, written, state: Oddity(field=name, written=written, reason="no_release"),
    "milestone": lambda name, written, state: Oddity(field=name, written=written, reason="no_release"),
}


def words_for_search(kep: KepAsOf, lock: Lock, words: Strings) -> str:
    """Return the words by which search finds a KEP's page, beside the page's title: its gates of today too."""
    state, enhancement = kep.state, kep.enhancement
    others = (f"KEP-{it}" for it in lock.aliases_of(enhancement.number))
    standing = standing_text(kep.today, words)
    facts = (standing, state.status, state.sig, *kep.gate_names, *others, enhancement.note)
    return " ".join(fact for fact in facts if fact)

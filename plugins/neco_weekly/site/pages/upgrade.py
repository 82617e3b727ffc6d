"""What upgrade pages show: what changes from one release to a newer one, as texts and links.

`compare/*.js` shows the same of any two releases, from `upgrade_data`; a test compares both.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from ...display.words import Strings
from ...issues.index import Index
from ...lock.releases_as_of import ReleasesAsOf
from ...model.gate_ends import GateEnd, gate_ends
from ...model.gates import FeatureGate
from ...model.keps import parse_release, release_order
from ...model.release_changes import KepChange, NetChange, ReleaseChanges, jumps, lived, released_between
from ...model.release_rows import Life
from ...model.removed_apis import DeprecationGuide, RemovedApi, removed_between
from ...model.shipping import Shipped
from .upgrade_places import Place, Places
from .upgrade_words import change_text, gate_text, owner_text, passing_text, stage_text, summary_text


@dataclass(frozen=True, slots=True, kw_only=True)
class UpgradeRow:
    """A KEP that changes. `gates` are names with their defaults, empty where no witness knows a gate of the KEP.

    `passing` says what it was in between, `more` how many headings stand in issues beside `places`.
    """

    number: int
    title: str
    owner: str
    change: str
    gates: tuple[tuple[str, str], ...]
    passing: tuple[str, ...]
    places: tuple[Place, ...]
    more: int


@dataclass(frozen=True, slots=True, kw_only=True)
class UpgradeView:
    """The page of an upgrade. `kinds` holds the rows of each net change that there is.

    `gates_until` is the newest release that gates tell of, None where there is no record of any; `is_told` whether that
    is the new one or later. `ends` are gates that go, each with its release. `late` is the first release that came out
    after the guide to APIs was read, and `unread` are sections of the guide.
    """

    old: str
    new: str
    said: str
    kinds: Mapping[NetChange, tuple[UpgradeRow, ...]]
    passed: tuple[UpgradeRow, ...]
    gates_until: str | None
    is_told: bool
    ends: tuple[tuple[str, GateEnd], ...]
    guide: DeprecationGuide | None
    removed: tuple[RemovedApi, ...]
    unread: tuple[str, ...]
    late: str | None

    @property
    def told_until(self) -> str | None:
        """The newest release after the old one that gates tell of; None where they tell of none."""
        if self.is_told or self.gates_until is None:
            return self.new if self.is_told else None
        return self.gates_until if release_order(self.gates_until) > release_order(self.old) else None

    @property
    def told_ends(self) -> tuple[tuple[str, GateEnd], ...]:
        """The gates that go for another reason than that their feature stays."""
        return tuple(it for it in self.ends if not it[1].is_routine)

    @property
    def routine_ends(self) -> tuple[tuple[str, GateEnd], ...]:
        """The gates that go because their feature stays."""
        return tuple(it for it in self.ends if it[1].is_routine)


class UpgradeViews:
    """The upgrades between releases that have a page.

    `places` are our headings on KEPs, `only_mentioned` (`alone`) is whether no others are known than issues mention.
    """

    def __init__(
        self,
        releases: ReleasesAsOf,
        index: Index,
        own: tuple[int, ...],
        words: Strings,
        *,
        alone: bool = False,
    ) -> None:
        self.releases, self.words, self.only_mentioned = releases, words, alone
        self.places = Places(index, own)

    @cached_property
    def to_choose(self) -> tuple[str, ...]:
        """The releases between which a reader may choose, oldest first: those that have a page and are out.

        Where nothing is known of any KEP there are none: a page would tell of no change.
        """
        if not self.releases.lives:
            return ()
        return tuple(it for it in self.releases.names if self.releases.is_out(it))

    @property
    def has_pages(self) -> bool:
        """Whether there are two releases to compare."""
        return len(self.to_choose) > 1

    @cached_property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """The pairs of releases that have a page of their own, older first."""
        known = self.releases
        found = jumps(known.releases, known.supported, known.now)
        return tuple((old, new) for old, new in found if {old, new} <= set(self.to_choose))

    @cached_property
    def pairs_into(self) -> Mapping[str, tuple[str, ...]]:
        """The older releases of the pairs that have a page, by the release that they lead to, the newest first."""
        newest_first = dict.fromkeys(new for _, new in reversed(self.pairs))
        return {new: tuple(one for one, other in self.pairs if other == new) for new in newest_first}

    def before(self, release: str) -> str | None:
        """Return the release before one that a reader may choose."""
        place = self.to_choose.index(release)
        return self.to_choose[place - 1] if place else None

    @cached_property
    def steps(self) -> Mapping[str, int]:
        """The places of all releases that are out, from the first one to choose on."""
        if not self.to_choose:
            return {}
        known = self.releases
        found = released_between(self.to_choose[0], self.to_choose[-1], known.releases, known.now)
        return {name: place for place, (name, _) in enumerate(found)}

    @cached_property
    def gates_until(self) -> str | None:
        """The newest of those releases that a witness of gates speaks of; None where none does."""
        through = self.releases.gates.through
        told = [it for it in self.steps if through and release_order(it) <= release_order(through)]
        return told[-1] if told else None

    def is_told(self, release: str) -> bool:
        """Whether a witness of gates speaks of a release."""
        return self.gates_until is not None and self.steps[release] <= self.steps[self.gates_until]

    # --- a page ---------------------------------------------------------------------------------------------------

    def view(self, old: str, new: str) -> UpgradeView:
        """Return what the page of a pair of releases shows."""
        changes = self.releases.changes(old, new)
        found = [(kind, changes.of(kind)) for kind in NetChange]
        guide = self.releases.lock.known_releases.removed_apis
        return UpgradeView(
            old=old,
            new=new,
            said=summary_text(changes, self.words),
            kinds={kind: tuple(self._row(it, changes) for it in rows) for kind, rows in found if rows},
            passed=tuple(self._row(it, changes) for it in changes.passed),
            gates_until=self.gates_until,
            is_told=self.is_told(new),
            ends=tuple(self._ends(old, new)),
            guide=guide,
            removed=removed_between(guide.removals, old, new) if guide else (),
            unread=tuple(it for it, release in self.unread if self._is_between(release, old, new)),
            late=next((it for it in self.late if self._is_between(it, old, new)), None),
        )

    def _is_between(self, release: str, old: str, new: str) -> bool:
        return release_order(old) < release_order(release) <= release_order(new)

    @cached_property
    def late(self) -> tuple[str, ...]:
        """The releases that came out after the guide to APIs was read."""
        guide, days = self.releases.lock.known_releases.removed_apis, self.releases.releases.days
        return tuple(it for it in self.steps if guide and days[it] > guide.date)

    @cached_property
    def unread(self) -> tuple[tuple[str, str], ...]:
        """The sections of the guide to APIs that could not be read, each with its release, where it says one."""
        guide = self.releases.lock.known_releases.removed_apis
        found = ((place, parse_release(place.split()[0])) for place, _ in (guide.irregular if guide else ()))
        return tuple((place, release) for place, release in found if release)

    def ends_of(self, release: str) -> tuple[GateEnd, ...]:
        """Return the gates that go with a release, as far as that is known, with those of their KEPs that may be told.

        A gate of which no KEP may be told is left out: an issue that is not public yet may be why the lock has it.
        """
        found = gate_ends(self.releases.gates, release) if self.is_told(release) else ()
        told = ((it, self.told(it.keps)) for it in found)
        return tuple(replace(it, keps=keps) for it, keps in told if keps or not it.keps)

    def told(self, keps: Iterable[int]) -> tuple[int, ...]:
        """Return those of some KEPs that may be told."""
        return tuple(it for it in keps if it in self.releases.lives)

    def _ends(self, old: str, new: str) -> Iterator[tuple[str, GateEnd]]:
        for release, place in self.steps.items():
            if self.steps[old] < place <= self.steps[new]:
                yield from ((release, it) for it in self.ends_of(release))

    def _row(self, change: KepChange, changes: ReleaseChanges) -> UpgradeRow:
        life, words = self.releases.lives[change.number], self.words
        state = life.enhancement.state
        before, after = (stage_text(it, words) for it in (change.before, change.after))
        places, more = self.places.of(change.number)
        return UpgradeRow(
            number=change.number,
            title=state.title,
            owner=owner_text(change.number, state.sig, words),
            change=change_text(before, after, words),
            gates=tuple(self._gates(life, changes.old, changes.new)),
            passing=tuple(passing_text(release, it, words) for release, it in change.passing),
            places=places,
            more=more,
        )

    # --- gates ----------------------------------------------------------------------------------------------------

    def _gates(self, life: Life, old: str, new: str) -> Iterator[tuple[str, str]]:
        """Yield the names of a KEP's gates in two releases, each with its default before and after."""
        for gate in life.gates:
            if any(gate.at(self._told(it)) for it in (old, new)):
                before, after = (self._default(life, gate, it) for it in (old, new))
                yield gate.name, change_text(before, after, self.words)

    def _told(self, release: str) -> str:
        """Return a release that gates tell of, the newest one in the place of a later one."""
        return release if self.is_told(release) or self.gates_until is None else self.gates_until

    def _default(self, life: Life, gate: FeatureGate, release: str) -> str:
        """Return a gate's default: in a later release than any gate tells of it is not known where the stage is new."""
        told = self._told(release)
        text = gate_text(gate.at(told), self.words)
        if told == release:
            return text
        then, now = (self.shipped(life, it) for it in (told, release))
        if then is None or now is None or then.stage is not now.stage:
            return self.words("upgrade.unknown")
        return self.words("upgrade.at", text=text, release=told)

    def shipped(self, life: Life, release: str) -> Shipped | None:
        """Return what a KEP was in a release that is out."""
        return lived(life, release, self.releases.releases.days[release])

"""Feature gates as frozen values: what each witness says of a gate's stages, and what the witnesses say together.

Two witnesses know gates (facts on both: `docs/decisions/0022-shipped-and-planned.md`). The website's pages are written
by people; the feature list is printed from the programs themselves at each release, but reaches back only as far as
the list was kept. So for the releases that both speak of the list counts, and the pages fill what lies before.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Literal, get_args

from .keps import Stage, release_order

WitnessKind = Literal["website", "feature-list"]
"""The sources of feature gates.

`website` are the pages of kubernetes/website, `feature-list` is the list that kubernetes/kubernetes keeps of the gates
of its programs, at release tags.
"""

WITNESSES: tuple[WitnessKind, ...] = get_args(WitnessKind)
"""The kinds of witnesses, the one that counts less first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GateStage:
    """A gate's stage from one release (`v1.30`) until another, both included; `until` is None while it lasts.

    `default` is whether the gate is on unless somebody says otherwise, None where the witness does not say; `locked`
    whether nobody can. `earlier`: the witness's record only begins with `since`, so the stage may be older.
    """

    stage: Stage
    since: str
    until: str | None = None
    default: bool | None = None
    locked: bool = False
    earlier: bool = False

    def covers(self, release: str) -> bool:
        """Whether the gate was of this stage in a release."""
        place = release_order(release)
        return release_order(self.since) <= place and (self.until is None or place <= release_order(self.until))


@dataclass(frozen=True, slots=True, kw_only=True)
class GateRecord:
    """What one witness says of a gate: its stages, oldest first, and whether the programs no longer have the gate.

    `date` is the day (Asia/Tokyo) of the source's last change of that, `path` the file, with the tag where the file was
    read at one: `v1.35.0:test/…`.
    """

    date: dt.date
    path: str
    stages: tuple[GateStage, ...] = ()
    removed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Disagreement:
    """Releases from `since` until `until`, both included, in which the witnesses say different things of a gate.

    None in `said` stands for a witness that knows no such gate in these releases.
    """

    since: str
    until: str
    said: Mapping[WitnessKind, GateStage | None]


@dataclass(frozen=True, kw_only=True)
class FeatureGate:
    """A feature gate: the numbers of all KEPs that ever named the gate, and what each witness says.

    `through` is the newest release that each witness speaks of, where that is known: a stage that a witness does not
    end lasted until then, and what came later is for others to say.
    """

    name: str
    keps: tuple[int, ...] = ()
    records: Mapping[WitnessKind, GateRecord] = field(default_factory=dict)
    through: Mapping[WitnessKind, str] = field(default_factory=dict, compare=False)

    @cached_property
    def stages(self) -> tuple[GateStage, ...]:
        """The gate's stages by all witnesses together, oldest first; the feature list counts where it speaks."""
        listed, written = (self._said_by(kind) for kind in ("feature-list", "website"))
        exact = [stage for stage in listed if not stage.earlier]
        if not written or not exact:
            return written or listed
        first, last = exact[0].since, self.through.get("feature-list")
        before = _within(written, until=_next(first, -1)) if release_order(first) > (1, 0) else ()
        after = [it for it in written if last and release_order(it.since) > release_order(last)]
        spoken = _within(exact, until=_next(after[0].since, -1)) if after else exact
        return tuple(_folded([*before, *spoken, *after]))

    @property
    def removed(self) -> bool:
        """Whether the programs no longer have the gate, as far as a witness says."""
        return any(said.removed for said in self.records.values())

    @property
    def gone(self) -> str | None:
        """The first release without the gate; None while there is one, and where nobody says when that ended."""
        until = self.stages[-1].until if self.removed and self.stages else None
        return _next(until, 1) if until else None

    def at(self, release: str) -> GateStage | None:
        """Return the gate's stage in a release; None before its first release and after its removal."""
        return next((stage for stage in reversed(self.stages) if stage.covers(release)), None)

    def is_told(self, release: str) -> bool:
        """Whether a witness that knows the gate speaks of a release: of later ones nobody knows what the gate is."""
        return any(self._speaks(kind, release) for kind in self.records)

    def first(self, stage: Stage) -> str | None:
        """Return the first release in which the gate was of a stage; None where it never was."""
        return next((it.since for it in self.stages if it.stage is stage), None)

    def disagreements(self, releases: Iterable[str]) -> Iterator[Disagreement]:
        """Yield where the witnesses disagree, over the given releases in order.

        Silence of the feature list before its record is no disagreement, and neither is a default that one leaves open.
        """
        if len(self.records) < len(WITNESSES):
            return
        both = [it for it in releases if all(self._speaks(kind, it) for kind in WITNESSES)]
        cells = ((it, {kind: self._cell(kind, it) for kind in WITNESSES}) for it in both)
        differing = [(it, said) for it, said in cells if not self._agree(it, said)]
        for said, group in itertools.groupby(differing, key=lambda cell: cell[1]):
            found = [release for release, _ in group]
            yield Disagreement(since=found[0], until=found[-1], said=said)

    def _said_by(self, kind: WitnessKind) -> tuple[GateStage, ...]:
        said = self.records.get(kind)
        return said.stages if said else ()

    def _speaks(self, kind: WitnessKind, release: str) -> bool:
        last = self.through.get(kind)
        return last is None or release_order(release) <= release_order(last)

    def _cell(self, kind: WitnessKind, release: str) -> GateStage | None:
        return next((stage for stage in reversed(self._said_by(kind)) if stage.covers(release)), None)

    def _agree(self, release: str, said: Mapping[WitnessKind, GateStage | None]) -> bool:
        one, other = (said[kind] for kind in WITNESSES)
        if one is None or other is None:
            # Gone from the programs, and "stable until v1.32" on the page, are the same; so is what was never recorded.
            begun = any(it is not None and it.earlier for it in (one, other))
            return begun or one is other or self._begins_later(one is None, release) or self._is_over(release)
        same_default = one.default == other.default or None in (one.default, other.default)
        return (one.stage is other.stage and same_default) or one.earlier or other.earlier

    def _begins_later(self, website: bool, release: str) -> bool:
        """Whether the record of the silent witness begins after a release, as one of a list that was kept late may."""
        stages = self._said_by("website" if website else "feature-list")
        return not website and bool(stages) and release_order(release) < release_order(stages[0].since)

    def _is_over(self, release: str) -> bool:
        """Whether one of the witnesses says that the gate was gone in a release."""
        ends = [said.stages[-1] for said in self.records.values() if said.stages]
        return any(it.until is not None and release_order(it.until) < release_order(release) for it in ends)


def _within(stages: Iterable[GateStage], since: str = "v1.0", until: str | None = None) -> Iterator[GateStage]:
    """Yield the parts of stages that lie between two releases, both included."""
    for stage in stages:
        start = max(stage.since, since, key=release_order)
        ends = [it for it in (stage.until, until) if it]
        end = min(ends, key=release_order, default=None)
        if end is None or release_order(start) <= release_order(end):
            yield replace(stage, since=start, until=end)


def _next(release: str, step: int) -> str:
    """Return the release so many minor versions away, at least v1.0."""
    major, minor = release_order(release)
    return f"v{major}.{max(minor + step, 0)}"


def _folded(stages: Iterable[GateStage]) -> Iterator[GateStage]:
    """Yield stages with those joined that say the same, one right after the other."""
    last: GateStage | None = None
    for stage in stages:
        if last and (last.stage, last.default, last.locked) == (stage.stage, stage.default, stage.locked):
            last = replace(last, until=stage.until)
            continue
        if last:
            yield last
        last = stage
    if last:
        yield last


@dataclass(frozen=True, slots=True, kw_only=True)
class GateSource:
    """How far a witness speaks: its newest day (Asia/Tokyo), and the newest release that was out on that day."""

    date: dt.date
    through: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GateSnapshot:
    """All gates that a witness knows, by name, on a day.

    `irregular` maps files, or gates of a list, that could not be used as they are to a sentence saying why. `released`
    are the days (Asia/Tokyo) of the releases that the witness proves to be out, by normalised name: a tag is proof.
    `through` is the newest release that the witness speaks of, None where that follows from its date.
    `since`: the source knows no change before that day, so what is of that day may be older (None: it knows all).
    """

    kind: WitnessKind
    date: dt.date
    gates: Mapping[str, GateRecord]
    irregular: Mapping[str, str] = field(default_factory=dict)
    released: Mapping[str, dt.date] = field(default_factory=dict)
    since: dt.date | None = None
    through: str | None = None


@dataclass(frozen=True, kw_only=True)
class Gates:
    """The gates that are known, by name, and how far each witness speaks."""

    by_name: Mapping[str, FeatureGate] = field(default_factory=dict)
    sources: Mapping[WitnessKind, GateSource] = field(default_factory=dict)

    @cached_property
    def _by_kep(self) -> Mapping[int, tuple[FeatureGate, ...]]:
        found: dict[int, list[FeatureGate]] = {}
        for name in sorted(self.by_name):
            for number in self.by_name[name].keps:
                found.setdefault(number, []).append(self.by_name[name])
        return {number: tuple(gates) for number, gates in found.items()}

    def of(self, number: int) -> tuple[FeatureGate, ...]:
        """Return the gates that a KEP ever named and a witness knows, by name."""
        return self._by_kep.get(number, ())

    @property
    def through(self) -> str | None:
        """The newest release that a witness speaks of: later releases no gate can tell."""
        return max(self.ends.values(), key=release_order, default=None)

    @cached_property
    def ends(self) -> Mapping[WitnessKind, str]:
        """The newest release that each witness speaks of, where there is one."""
        return {kind: source.through for kind, source in self.sources.items() if source.through}

    def with_ends(self) -> Gates:
        """Return these gates, each knowing how far the witnesses speak."""
        known = {name: replace(gate, through=self.ends) for name, gate in self.by_name.items()}
        return replace(self, by_name=known)

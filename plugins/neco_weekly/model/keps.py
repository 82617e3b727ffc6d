"""The nouns of the newsletter: frozen values that everything else passes around."""

from __future__ import annotations

import bisect
import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Literal

from .kep_fields import DETAILS


class Stage(StrEnum):
    """Stage of an enhancement, in the order of its life.

    The values are those of `stage` in kep.yaml; each is also the CSS modifier `neco-kep--<value>`
    and the key `stage.<value>` in the table of words.
    """

    ALPHA = "alpha"
    BETA = "beta"
    STABLE = "stable"
    DEPRECATED = "deprecated"
    DISABLED = "disabled"
    REMOVED = "removed"

    @property
    def order(self) -> int:
        """Position in an enhancement's life, for sorting."""
        return list(Stage).index(self)

    @classmethod
    def parse(cls, written: object) -> Stage | None:
        """Normalise what a kep.yaml says; None for anything that names no single stage."""
        text = written.strip().lower() if isinstance(written, str) else ""
        return cls(text) if text in set(cls) else _STAGE_ALIASES.get(text)


_STAGE_ALIASES = {"ga": Stage.STABLE, "alpha (deprecated)": Stage.DEPRECATED}


class Status(StrEnum):
    """Status of the proposal itself, as kep.yaml's `status` names it."""

    PROVISIONAL = "provisional"
    IMPLEMENTABLE = "implementable"
    IMPLEMENTED = "implemented"
    DEFERRED = "deferred"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    REPLACED = "replaced"

    @property
    def is_closed(self) -> bool:
        """Whether the proposal goes no further, whatever stage it had reached."""
        return self in (Status.DEFERRED, Status.REJECTED, Status.WITHDRAWN, Status.REPLACED)

    @classmethod
    def parse(cls, written: object) -> Status | None:
        """Normalise what a kep.yaml says; None for anything that names no single status."""
        text = written.strip().lower() if isinstance(written, str) else ""
        return cls(text) if text in set(cls) else _STATUS_ALIASES.get(text)


_STATUS_ALIASES = {
    "implementeable": Status.IMPLEMENTABLE,
    "imlpemented": Status.IMPLEMENTED,
    "implemented (alpha)": Status.IMPLEMENTED,
    "superseded": Status.REPLACED,
    "removed": Status.WITHDRAWN,
}

_RELEASE = re.compile(r"v?(?P<major>1)\.(?P<minor>\d{1,2})", re.ASCII)


def parse_release(written: object) -> str | None:
    """Normalise a milestone: `1.25` and `v1.25` are `v1.25`; placeholders (`TBD`, `0.0`, `v1.yy`) are None.

    YAML reads an unquoted `1.25` as a float, so `1.30` must reach this as text: load without float resolution.
    """
    match = _RELEASE.fullmatch(str(written).strip()) if isinstance(written, str | float) else None
    return f"v{match['major']}.{int(match['minor'])}" if match else None


def release_order(release: str) -> tuple[int, int]:
    """Sort key of a normalised release: `v1.9` before `v1.10`."""
    match = _RELEASE.fullmatch(release)
    if match is None:
        raise ValueError(f"{release!r} is not a release like v1.25")
    return int(match["major"]), int(match["minor"])


SourceKind = Literal["git", "keps-json", "github-issue", "override"]

EMPTY: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a fact about an enhancement was read, and from which day on it holds.

    `date` is the day (Asia/Tokyo) on which the source changed it, or where the source does not tell, the day on which
    it was read. `commit` is set only when the repository is kubernetes/enhancements on GitHub itself, because only then
    can a reader follow it.
    """

    kind: SourceKind
    date: dt.date | None = None
    path: str | None = None
    pull: int | None = None
    commit: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link that a person added by hand."""

    title: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EnhancementState:
    """What a kep.yaml said at one time, normalised; `raw` keeps the written form of what was not taken as it was."""

    title: str
    sig: str | None = None
    status: Status | None = None
    stage: Stage | None = None
    latest_milestone: str | None = None
    milestones: Mapping[Stage, str] = field(default_factory=dict)
    feature_gates: tuple[str, ...] = ()
    raw: Mapping[str, str] = field(default_factory=dict)

    @property
    def milestone(self) -> str | None:
        """The release in which the stage was (or is to be) reached, else the latest milestone."""
        reached = self.milestones.get(self.stage) if self.stage else None
        return reached or self.latest_milestone


Gap = Literal["deleted", "ambiguous", "unreadable"]
"""Why a time of an enhancement's history has no state.

No file has its number, several have it, or the file is not in a partial clone.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What a source said of an enhancement from `source.date` on, until the next record; a gap has no state.

    `observed`: the source tells only what it says on that day, not since when (an API, the end of a shallow clone).
    """

    source: Source
    state: EnhancementState | None = None
    gap: Gap | None = None
    observed: bool = False

    @property
    def date(self) -> dt.date:
        """The day from which it holds."""
        return self.source.date or dt.date.min


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """Something a kep.yaml refers to: another KEP, a page of the web, or words that lead nowhere."""

    text: str = ""
    kep: int | None = None
    url: str | None = None


DetailValue = tuple[str, ...] | dt.date | tuple[Reference, ...]
"""The value of a detail: texts or SIGs, a day, references."""


@dataclass(frozen=True, slots=True)
class Details:
    """What a kep.yaml says today that is not followed over time, by the names of `kep_fields.DETAILS`.

    What is empty is absent, and the others stand in the order of the table, so that equal details look alike.
    """

    values: Mapping[str, DetailValue] = field(default_factory=dict)

    @classmethod
    def of(cls, **values: DetailValue | None) -> Details:
        """Details by name; raises ValueError for a name that the table does not have."""
        if unknown := values.keys() - {row.name for row in DETAILS}:
            raise ValueError(f"{sorted(unknown)[0]} is no field of a KEP")
        return cls({row.name: value for row in DETAILS if (value := values.get(row.name))})

    def texts(self, name: str) -> tuple[str, ...]:
        """The texts, or the SIGs, of a field."""
        return tuple(it for it in self._listed(name) if isinstance(it, str))

    def references(self, name: str) -> tuple[Reference, ...]:
        """The references of a field."""
        return tuple(it for it in self._listed(name) if isinstance(it, Reference))

    def day(self, name: str) -> dt.date | None:
        """The day of a field."""
        value = self.values.get(name)
        return value if isinstance(value, dt.date) else None

    def _listed(self, name: str) -> tuple[object, ...]:
        value = self.values.get(name, ())
        return value if isinstance(value, tuple) else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What another source says of one field today, where it contradicts the one that counts.

    `field` is a name of EnhancementState, or `milestones.<stage>`.
    """

    field: str
    value: str
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Enhancement:
    """A KEP by its number: its state today, where that is known from, and the states before it, oldest first."""

    number: int
    state: EnhancementState
    source: Source
    history: tuple[Record, ...] = ()
    details: Details = field(default_factory=Details)
    claims: tuple[Claim, ...] = ()
    note: str | None = None
    links: tuple[Link, ...] = ()

    @property
    def name(self) -> str:
        """`KEP-127`, the way the field writes it."""
        return f"KEP-{self.number}"

    @property
    def issue_url(self) -> str:
        """The discussion on GitHub; also the canonical address where no site of ours exists."""
        return f"https://github.com/kubernetes/enhancements/issues/{self.number}"

    def at(self, day: dt.date) -> Record | None:
        """What was known at the end of a day (Asia/Tokyo); None before the first record."""
        place = bisect.bisect_right(self.history, day, key=lambda record: record.date)
        return self.history[place - 1] if place else None


Absence = Literal["not-found", "pull-request"]
"""Why a number is no KEP: nobody has it, or it is a pull request of kubernetes/enhancements."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """All enhancements that a source knows, each with its history as far as the source tells it.

    `date` is the day (Asia/Tokyo) it speaks for: that of the newest commit, or the day of the answer. `irregular` maps
    paths of kep.yaml files that could not be used to a sentence saying why. `since`: before that day the source knows
    nothing, so an earlier state that is already known stays (None: it tells all there ever was).
    """

    date: dt.date
    enhancements: Mapping[int, Enhancement]
    irregular: Mapping[str, str] = field(default_factory=dict)
    since: dt.date | None = None
    kind: Literal["git", "keps-json"] = "git"

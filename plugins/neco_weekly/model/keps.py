"""KEPs as frozen values: an enhancement, its state, stage and status, records of its history, sources, details."""

from __future__ import annotations

import bisect
import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType
from typing import Literal

from .kep_fields import DETAILS


class Stage(StrEnum):
    """The stage of an enhancement, in the order of an enhancement's life.

    The values are those of `stage` in kep.yaml; each is also a value of the attribute `data-stage` and the
    key `stage.<value>` in the table of words.
    """

    ALPHA = "alpha"
    BETA = "beta"
    STABLE = "stable"
    DEPRECATED = "deprecated"
    DISABLED = "disabled"
    REMOVED = "removed"

    @property
    def order(self) -> int:
        """The position of a stage in an enhancement's life, from 0, for sorting."""
        return _ORDER[self]

    @classmethod
    def parse(cls, written: object) -> Stage | None:
        """Return the stage that a kep.yaml's `stage` names, in any case or spelling in use; None for anything else."""
        text = written.strip().lower() if isinstance(written, str) else ""
        return cls(text) if text in set(cls) else _STAGE_ALIASES.get(text)


_ORDER = {stage: place for place, stage in enumerate(Stage)}

_STAGE_ALIASES = {"ga": Stage.STABLE, "alpha (deprecated)": Stage.DEPRECATED}


class Status(StrEnum):
    """The status of the proposal itself, as kep.yaml's `status` names the status."""

    PROVISIONAL = "provisional"
    IMPLEMENTABLE = "implementable"
    IMPLEMENTED = "implemented"
    DEFERRED = "deferred"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    REPLACED = "replaced"

    @property
    def is_closed(self) -> bool:
        """Whether a proposal of this status goes no further, whatever stage the enhancement had reached."""
        return self in (Status.DEFERRED, Status.REJECTED, Status.WITHDRAWN, Status.REPLACED)

    @classmethod
    def parse(cls, written: object) -> Status | None:
        """Return the status that a kep.yaml's `status` names, in any case or spelling in use; None for others."""
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
    """Return a milestone as a release: `1.25` and `v1.25` give `v1.25`; placeholders (`TBD`, `0.0`, `v1.yy`) give None.

    YAML reads an unquoted `1.25` as a float, so `1.30` must reach this function as text: load without float resolution.
    """
    match = _RELEASE.fullmatch(str(written).strip()) if isinstance(written, str | float) else None
    return f"v{match['major']}.{int(match['minor'])}" if match else None


@lru_cache(maxsize=1024)  # a site compares a few dozen releases a hundred thousand times
def release_order(release: str) -> tuple[int, int]:
    """Return the sort key of a normalised release, `(major, minor)`: `v1.9` comes before `v1.10`.

    Raises:
        ValueError: the text is no release such as `v1.25`.
    """
    match = _RELEASE.fullmatch(release)
    if match is None:
        raise ValueError(f"{release!r} is not a release like v1.25")
    return int(match["major"]), int(match["minor"])


SourceKind = Literal["git", "keps-json", "github-issue", "override"]
"""The kinds of sources that say something of a KEP; `history` says which of them counts."""

EMPTY: Mapping[str, str] = MappingProxyType({})
"""A read-only mapping that holds nothing, for defaults."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The source of a fact about an enhancement: where the fact was read, and from which day on the fact holds.

    `date` is the day (Asia/Tokyo) on which the source changed the fact, or where the source does not say, the day on
    which the fact was read. `commit` is set only when the repository is kubernetes/enhancements on GitHub itself,
    because only then can a reader follow the commit.
    """

    kind: SourceKind
    date: dt.date | None = None
    path: str | None = None
    pull: int | None = None
    commit: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link that a person added to a KEP by hand, in `overrides.yml`."""

    title: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EnhancementState:
    """The state of an enhancement: what its kep.yaml said at one time, normalised.

    `raw` keeps the written form of fields that were not taken as written.
    """

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
        """The release in which the enhancement's stage was (or is to be) reached, else the latest milestone."""
        reached = self.milestones.get(self.stage) if self.stage else None
        return reached or self.latest_milestone


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What a KEP is about: the beginning of a README, as plain text, the README's path, and the day of its change."""

    text: str
    path: str
    date: dt.date | None = None


Gap = Literal["deleted", "ambiguous", "unreadable"]
"""Why there is no state for some time of an enhancement's history.

No file has the KEP's number, several have it, or the file is not in a partial clone.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What a source said of an enhancement from `source.date` on, until the next record; a gap has no state.

    `observed`: the source says only what is true on that day, not since when (an API, the end of a shallow clone).
    """

    source: Source
    state: EnhancementState | None = None
    gap: Gap | None = None
    observed: bool = False

    @property
    def date(self) -> dt.date:
        """The day from which on the record holds."""
        return self.source.date or dt.date.min


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """What a kep.yaml refers to in `see-also` and the like: another KEP, a web page, or words that lead nowhere."""

    text: str = ""
    kep: int | None = None
    url: str | None = None


DetailValue = tuple[str, ...] | dt.date | tuple[Reference, ...]
"""The value of a KEP's detail: texts or SIGs, a day, or references."""


@dataclass(frozen=True, slots=True)
class Details:
    """The details of a KEP: what its kep.yaml says today that is not followed over time.

    `values` is keyed by the names of `kep_fields.DETAILS`. Empty details are absent, and the others stand in the order
    of that table, so that equal details look alike.
    """

    values: Mapping[str, DetailValue] = field(default_factory=dict)

    @classmethod
    def of(cls, **values: DetailValue | None) -> Details:
        """Return a KEP's details from values by name.

        Raises:
            ValueError: a name is not in `kep_fields.DETAILS`.
        """
        if unknown := values.keys() - {row.name for row in DETAILS}:
            raise ValueError(f"{sorted(unknown)[0]} is no field of a KEP")
        return cls({row.name: value for row in DETAILS if (value := values.get(row.name))})

    def texts(self, name: str) -> tuple[str, ...]:
        """Return the texts, or the SIGs, of the detail with this name; empty where the KEP has none."""
        return tuple(it for it in self._listed(name) if isinstance(it, str))

    def references(self, name: str) -> tuple[Reference, ...]:
        """Return the references of the detail with this name; empty where the KEP has none."""
        return tuple(it for it in self._listed(name) if isinstance(it, Reference))

    def day(self, name: str) -> dt.date | None:
        """Return the day of the detail with this name; None where the KEP has none."""
        value = self.values.get(name)
        return value if isinstance(value, dt.date) else None

    def _listed(self, name: str) -> tuple[object, ...]:
        value = self.values.get(name, ())
        return value if isinstance(value, tuple) else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What another source says of one field of a KEP today, where that contradicts the source that counts.

    `field` is a name of EnhancementState, or `milestones.<stage>`.
    """

    field: str
    value: str
    source: Source


def issue_url(number: int) -> str:
    """Return the address of a KEP's issue on GitHub."""
    return f"https://github.com/kubernetes/enhancements/issues/{number}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Enhancement:
    """A KEP by its number: today's state, the source of that state, and the records before it, oldest first.

    `summary` is what its README says that it is; `about`, `note` and `links` are a person's words, of which the first
    says the same in the site's language.
    """

    number: int
    state: EnhancementState
    source: Source
    history: tuple[Record, ...] = ()
    details: Details = field(default_factory=Details)
    summary: Summary | None = None
    claims: tuple[Claim, ...] = ()
    note: str | None = None
    about: str | None = None
    links: tuple[Link, ...] = ()

    @property
    def name(self) -> str:
        """The KEP's name as the Kubernetes project writes it, `KEP-127`."""
        return f"KEP-{self.number}"

    @property
    def issue_url(self) -> str:
        """The address of the KEP's issue on GitHub; also the KEP's canonical address where no site of ours exists."""
        return issue_url(self.number)

    def at(self, day: dt.date) -> Record | None:
        """Return the record of the KEP that held at the end of a day (Asia/Tokyo); None before the first record."""
        place = bisect.bisect_right(self.history, day, key=lambda record: record.date)
        return self.history[place - 1] if place else None


Absence = Literal["not-found", "pull-request"]
"""Why a number is no KEP: no KEP has that number, or it is a pull request of kubernetes/enhancements."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """All enhancements that a source knows, each with its history as far as the source has one.

    `date` is the day (Asia/Tokyo) the snapshot speaks for: that of the newest commit, or the day of the response.
    `irregular` maps paths of kep.yaml files that could not be used to a sentence saying why. `since`: before that day
    the source knows nothing, so an earlier state that is already known stays (None: the source knows the whole past).
    `pulls` has for each merged pull request that changed files of KEPs the numbers of these KEPs, sorted.
    """

    date: dt.date
    enhancements: Mapping[int, Enhancement]
    irregular: Mapping[str, str] = field(default_factory=dict)
    since: dt.date | None = None
    kind: Literal["git", "keps-json"] = "git"
    pulls: Mapping[int, tuple[int, ...]] = field(default_factory=dict)

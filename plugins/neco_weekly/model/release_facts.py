"""What fetched sources say of Kubernetes releases: their days, and the exceptions that were asked for.

All days are of Asia/Tokyo. A source may be half there: what it does not say stays as another said it before.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from functools import cached_property
from typing import Literal, get_args

from .exceptions import ExceptionRequest, refused
from .keps import release_order
from .official_lists import OfficialList
from .releases import Freezes, Releases
from .removed_apis import DeprecationGuide

ReleaseSource = Literal["sig-release", "website"]
"""The sources of releases: kubernetes/sig-release (plans, exceptions) and kubernetes/website (what came out)."""

RELEASE_SOURCES: tuple[ReleaseSource, ...] = get_args(ReleaseSource)
"""All sources of releases."""

DayName = Literal["enhancements_freeze", "code_freeze", "docs_freeze", "planned", "release", "end_of_support"]
"""The days of a release, by the names of their fields."""

DAY_NAMES: tuple[DayName, ...] = get_args(DayName)
"""All days of a release, in their order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseFacts:
    """What is known of a release: its days, and the exceptions asked for before it.

    `planned` is the day that the release team planned, `release` the one that the website names. `exceptions` is None
    where no file of exceptions was ever read, so that nothing is known of any. `official` is what the release's post
    lists, None where none was read.
    """

    enhancements_freeze: dt.date | None = None
    code_freeze: dt.date | None = None
    docs_freeze: dt.date | None = None
    planned: dt.date | None = None
    release: dt.date | None = None
    end_of_support: dt.date | None = None
    exceptions: tuple[ExceptionRequest, ...] | None = None
    official: OfficialList | None = None

    @classmethod
    def of(cls, days: Mapping[DayName, dt.date]) -> ReleaseFacts:
        """Return facts that are days only."""
        return cls(
            enhancements_freeze=days.get("enhancements_freeze"),
            code_freeze=days.get("code_freeze"),
            docs_freeze=days.get("docs_freeze"),
            planned=days.get("planned"),
            release=days.get("release"),
            end_of_support=days.get("end_of_support"),
        )

    def on_top_of(self, known: ReleaseFacts | None) -> ReleaseFacts:
        """Return these facts with what was known where they say nothing."""
        if known is None:
            return self
        said = {it.name: value for it in fields(self) if (value := getattr(self, it.name)) is not None}
        return replace(known, **said)

    def days(self) -> Iterator[tuple[DayName, dt.date]]:
        """Yield the days that are known, by name."""
        for name in DAY_NAMES:
            if day := getattr(self, name):
                yield name, day


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseReading:
    """One reading of a source: what it says of releases, on the day of its newest commit.

    `irregular` are sentences on what could not be read, each with file and line; `partial` are releases of which a
    request for an exception may be among that.
    """

    kind: ReleaseSource
    date: dt.date
    releases: Mapping[str, ReleaseFacts] = field(default_factory=dict)
    irregular: tuple[str, ...] = ()
    partial: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True)
class KnownReleases:
    """What the lock holds of releases, by name (`v1.36`), and the day that each source speaks for.

    `removed_apis` are what releases no longer serve; None where the guide was never read, so that nothing is known.
    """

    by_name: Mapping[str, ReleaseFacts] = field(default_factory=dict)
    sources: Mapping[ReleaseSource, dt.date] = field(default_factory=dict)
    removed_apis: DeprecationGuide | None = None

    def exceptions_of(self, keps: Collection[int]) -> tuple[tuple[str, ExceptionRequest], ...]:
        """Return the exceptions asked for for a KEP, which is known by numbers, each with its release, newest first."""
        by_release = [it for kep in keps for it in self._requests.get(kep, {}).items()]
        found = [(name, it) for name, requests in by_release for it in requests]
        return tuple(sorted(found, key=lambda it: (release_order(it[0]), it[1].order), reverse=True))

    def refusing(self, keps: Collection[int]) -> frozenset[str]:
        """Return the releases that did not let a KEP in, which is known by numbers: its last request was refused.

        An exception from the freeze of documentation is about documentation alone.
        """
        asked = [(kep, name, it) for kep in keps for name, it in self._requests.get(kep, {}).items()]
        return frozenset(name for kep, name, it in asked if refused((one for one in it if one.freeze != "docs"), kep))

    @cached_property
    def _requests(self) -> Mapping[int, Mapping[str, Sequence[ExceptionRequest]]]:
        """The requests by number and release: few KEPs ever asked, and a build looks at all of them."""
        found: dict[int, dict[str, list[ExceptionRequest]]] = {}
        for name, facts in self.by_name.items():
            for request in facts.exceptions or ():
                found.setdefault(request.kep, {}).setdefault(name, []).append(request)
        return found

    def applied_to(self, releases: Releases) -> Releases:
        """Return releases with the days that the sources name.

        A release that is known to be out keeps its day, which a person looked at, and so does one that `mkdocs.yml`
        names. Of others the website's day counts, and a release is out when that day has come for the website; else the
        release team's plan.
        """
        if not self.by_name:
            return releases
        spoke = self.sources.get("website")
        days, scheduled = dict(releases.days), set(releases.scheduled)
        for name, facts in self.by_name.items():
            day = facts.release or facts.planned
            if day and (name not in days or name in releases.scheduled):
                days[name] = day
                is_out = facts.release is not None and spoke is not None and facts.release <= spoke
                (scheduled.discard if is_out else scheduled.add)(name)
        ends = {name: facts.end_of_support for name, facts in self.by_name.items() if facts.end_of_support}
        return replace(
            releases,
            days=days,
            scheduled=frozenset(scheduled),
            freezes={**releases.freezes, **dict(self._freezes(releases))},
            ends={**releases.ends, **ends},
        )

    def _freezes(self, releases: Releases) -> Iterator[tuple[str, Freezes]]:
        for name, facts in self.by_name.items():
            known = releases.freezes.get(name)
            enhancements = facts.enhancements_freeze or (known and known.enhancements)
            code = facts.code_freeze or (known and known.code)
            if enhancements and code:
                yield name, Freezes(enhancements=enhancements, code=code)


def days_of(release: str, facts: ReleaseFacts, releases: Releases) -> Mapping[DayName, dt.date | None]:
    """Return the days of a release in their order, None for those that nobody names."""
    freezes = releases.freezes.get(release)
    return {
        "enhancements_freeze": facts.enhancements_freeze or (freezes.enhancements if freezes else None),
        "code_freeze": facts.code_freeze or (freezes.code if freezes else None),
        "docs_freeze": facts.docs_freeze,
        "release": releases.day(release),
        "end_of_support": releases.ends.get(release),
    }


def in_release_order(names: Iterable[str]) -> list[str]:
    """Return names of releases, oldest first."""
    return sorted(names, key=release_order)

"""Watched repositories: the releases of projects, with their days, as a refresh read them from `releases.atom`.

A release is known by its tag and its day, and by nothing else: titles of releases repeat the tag, or are whatever
somebody wrote there.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from .cards import DEAD_AFTER, Failures
from .versions import Version, line_of, own_families


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """A release of a project: its tag, which names a `version`, and the day in Tokyo on which it came out."""

    tag: str
    day: dt.date
    version: Version

    @classmethod
    def of(cls, tag: str, day: dt.date) -> Release | None:
        """Return the release of a tag, None where that names no version."""
        version = Version.parse(tag)
        return cls(tag=tag, day=day, version=version) if version else None


@dataclass(frozen=True, kw_only=True)
class WatchedRepository:
    """What is known of a watched repository: its `name` (`owner/name`) as written, its releases, newest first.

    `moved_to` is the repository that its address led to at the last refresh, where that is another one. `failures`
    counts the days in a row on which there was no such repository, as those of cards do.
    """

    name: str
    releases: tuple[Release, ...] = ()
    moved_to: str | None = None
    failures: Failures | None = None

    @property
    def is_dead(self) -> bool:
        """Whether it was said on enough days (`DEAD_AFTER`) that there is no such repository."""
        return self.failures is not None and self.failures.gone >= DEAD_AFTER

    @cached_property
    def own_releases(self) -> tuple[Release, ...]:
        """The releases of the project itself, not of other things that its repository tags; newest first."""
        own = own_families((it.version.family for it in self.releases), self.name)
        return tuple(it for it in self.releases if it.version.family in own)

    def line(self, family: str) -> str:
        """Return the name of the line of versions that a family is of, "" for the project itself."""
        return line_of(family, self.name)

    def current(self, on: dt.date | None = None) -> Release | None:
        """Return the highest version of the project that is out, as of a day or of all that is known; None without one.

        It need not be the newest release: patches of older versions come out later.
        """
        out = (it for it in self.own_releases if not it.version.is_prerelease and (on is None or it.day <= on))
        return max(out, key=lambda it: it.version.order, default=None)

    @cached_property
    def by_tag(self) -> Mapping[str, Release]:
        """The releases by their tags in lower case."""
        return {it.tag.lower(): it for it in self.releases}


def newest_first(releases: Iterable[Release]) -> tuple[Release, ...]:
    """Return releases by their days, the newest first, those of a day by their versions."""
    ordered = sorted(releases, key=lambda it: (it.version.order, it.tag), reverse=True)
    return tuple(sorted(ordered, key=lambda it: it.day, reverse=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseFeed:
    """What a repository's feed of releases says; `moved_to` is the repository that its address led to, if another.

    `notes` are sentences without a subject about entries that were not taken.
    """

    releases: tuple[Release, ...] = ()
    moved_to: str | None = None
    notes: tuple[str, ...] = ()


# --- what a feed adds -----------------------------------------------------------------------------------------------


def with_feed(known: WatchedRepository, feed: ReleaseFeed) -> WatchedRepository:
    """Return a repository with what its feed says today.

    A day that is known stays, for feeds date a release anew when somebody edits its text. Of what else the repository
    tags only the project itself is taken (`own_families`). Of versions before a release only the newest stays, and only
    until the release, or a newer one, is out.
    """
    every = {it.tag: it for it in (*feed.releases, *known.releases)}
    own = own_families((it.version.family for it in every.values()), known.name)
    kept = [it for it in every.values() if it.version.family in own or it in known.releases]
    return replace(known, releases=newest_first(_without_passed(kept)), moved_to=feed.moved_to, failures=None)


def _without_passed(releases: Sequence[Release]) -> Iterator[Release]:
    """Yield releases without the versions before a release that something newer has taken the place of."""
    newest: dict[str, tuple[object, ...]] = {}
    last: dict[tuple[str, tuple[int, ...]], tuple[object, ...]] = {}
    for it in releases:
        family, order = it.version.family, it.version.order
        if it.version.is_prerelease:
            last[family, it.version.numbers] = max(order, last.get((family, it.version.numbers), ()))
        else:
            newest[family] = max(order, newest.get(family, ()))
    for it in releases:
        family, order = it.version.family, it.version.order
        is_last = order == last.get((family, it.version.numbers)) and order > newest.get(family, ())
        if is_last or not it.version.is_prerelease:
            yield it


# --- then and now ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class SinceThen:
    """What came out of a project since a release that somebody reported.

    `current` is the highest version that is out; `reported` the release that was reported, None where the lock does not
    know its day. `newer` are the releases after that, the current one among them; with `is_least` there may be more,
    for the lock begins later.
    """

    current: Release
    reported: Release | None
    newer: int
    is_least: bool

    @property
    def between(self) -> int:
        """The number of releases that lie between the reported one and the current one."""
        return max(self.newer - 1, 0)


def releases_between(repository: WatchedRepository, tag: str, on: dt.date | None = None) -> SinceThen | None:
    """Return what came out of a project after a release reported as `tag`, as of a day or of all that is known.

    Compared are versions, and only those of what the tag is a version of: `helm-chart-4.5.2` is followed by charts. A
    tag without a word is of the project itself. Versions before a release do not count. None where the tag names no
    version, or one that is newer than all that is known.
    """
    version = Version.parse(tag)
    line = _line_of(repository, version) if version else ()
    out = [it for it in line if on is None or it.day <= on]
    if version is None or not out:
        return None
    current = max(out, key=lambda it: it.version.order)
    if current.version < version:
        return None
    exact = repository.by_tag.get(tag.lower())
    reported = exact or next((it for it in line if it.version.order == version.order), None)
    return SinceThen(
        current=current,
        reported=reported,
        newer=sum(version < it.version for it in out),
        is_least=not any(not version < it.version for it in out),
    )


def _line_of(repository: WatchedRepository, version: Version) -> Sequence[Release]:
    """Return the releases that follow each other with a version among them, without those before a release."""
    family = repository.line(version.family)
    finals = [it for it in repository.releases if not it.version.is_prerelease]
    lines = {repository.line(it.version.family) for it in repository.own_releases}
    if family not in lines and not family and len(lines) == 1:
        family = next(iter(lines))  # the only thing that the repository tags, as `jq-1.7`
    return [it for it in finals if repository.line(it.version.family) == family]

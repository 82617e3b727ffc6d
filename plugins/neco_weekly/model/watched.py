"""Watched repositories: the releases of projects, with their days, as a refresh read them from `releases.atom`.

A release is known by its tag and its day, and by nothing else: titles of releases repeat the tag, or are whatever
somebody wrote there.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from .cards import DEAD_AFTER, Failures
from .versions import Version, own_families


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

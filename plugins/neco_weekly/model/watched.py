"""Watched repositories: the releases of projects, with their days, as a refresh read them from `releases.atom`."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from .cards import DEAD_AFTER, Failures
from .versions import Version, own_families


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """A release: its tag, the day in Tokyo on which it came out, its title where that says more than the tag."""

    tag: str
    day: dt.date
    title: str | None = None

    @property
    def version(self) -> Version:
        """The version in the tag; only tags that have one become releases (`lock.topics_json` refuses others)."""
        version = Version.parse(self.tag)
        if version is None:
            raise ValueError(f"{self.tag!r} names no version")
        return version


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchedRepository:
    """What is known of a repository that is watched, `owner/name` as written: its releases, newest first.

    `moved_to` is the repository that its address led to at the last refresh, where that is another one. `failures`
    counts the days in a row on which it could not be read, as those of cards do.
    """

    name: str
    releases: tuple[Release, ...] = ()
    moved_to: str | None = None
    failures: Failures | None = field(default=None)

    @property
    def is_gone(self) -> bool:
        """Whether the repository is said to be gone on so many days that nobody need look again."""
        return self.failures is not None and self.failures.gone >= DEAD_AFTER

    @property
    def own_families(self) -> frozenset[str]:
        """The families of versions that are the project itself, not another thing that its repository tags."""
        return own_families((it.version.family for it in self.releases), self.name)

    def release(self, tag: str) -> Release | None:
        """Return the release of a tag, in whatever case it is written; None where none is known."""
        return next((it for it in self.releases if it.tag.casefold() == tag.casefold()), None)

"""Versions of the Kubernetes API that a release no longer serves, each with what stands in for it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from .keps import release_order


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiReplacement:
    """What to move to: a version of the API (`batch/v1`) with its first release if that is known, or a feature."""

    name: str
    since: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RemovedApi:
    """Versions of a kind's API (`batch/v1beta1` of `CronJob`) that a release (`v1.25`) no longer serves.

    `kinds` are as the guide names them: one kind, or several that share a group. `replacements` is empty where nothing
    stands in for the API. `anchor` is the place in the guide.
    """

    release: str
    kinds: tuple[str, ...]
    versions: tuple[str, ...]
    replacements: tuple[ApiReplacement, ...] = ()
    anchor: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeprecationGuide:
    """All removals that the guide tells of, the newest release first, and the day (Asia/Tokyo) of its last change.

    `irregular` are sections that could not be read, each by its heading with a sentence saying why.
    """

    date: dt.date
    removals: tuple[RemovedApi, ...]
    irregular: tuple[tuple[str, str], ...] = ()

    def unread(self, release: str) -> tuple[str, ...]:
        """Return the sections of a release (`v1.36`) that could not be read, so that there may be more removals."""
        return tuple(place for place, _ in self.irregular if place.partition(" ")[0] == release)


def removed_between(removals: Iterable[RemovedApi], old: str, new: str) -> tuple[RemovedApi, ...]:
    """Return what is no longer served after an upgrade from one release to another, by release, as the guide has it."""
    first, last = release_order(old), release_order(new)
    found = (it for it in removals if first < release_order(it.release) <= last)
    return tuple(sorted(found, key=lambda it: release_order(it.release)))

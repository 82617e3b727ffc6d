"""News of watched repositories: what came out in a time, and what of that is worth a heading.

A new minor or major version is; patches are told beside, and versions before a release not at all: the release they
lead to will be told.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .versions import Step
from .watched import Release, WatchedRepository, newest_first


@dataclass(frozen=True, slots=True, kw_only=True)
class RepositoryNews:
    """What came out of a repository: releases with a new minor or major version, and patches, the newest first each.

    `steps` says of each of the `headlines` which of the two it is.
    """

    repository: WatchedRepository
    headlines: tuple[Release, ...] = ()
    steps: tuple[Step, ...] = ()
    patches: tuple[Release, ...] = ()


def news_of(
    repositories: Iterable[WatchedRepository], *, since: dt.date, until: dt.date | None = None
) -> tuple[RepositoryNews, ...]:
    """Return what came out after the day `since`, up to and including `until`, in the order of repositories' names.

    Repositories of which nothing came out are left out, and those that are watched under their new name, too.
    """
    named = {it.name.lower(): it for it in repositories}
    there = [named[it] for it in sorted(named) if (named[it].moved_to or "").lower() not in named]
    found = (_news(it, since, until or dt.date.max) for it in there)
    return tuple(it for it in found if it.headlines or it.patches)


def _news(repository: WatchedRepository, since: dt.date, until: dt.date) -> RepositoryNews:
    lines: dict[str, list[Release]] = {}
    for it in repository.own_releases:
        if not it.version.is_prerelease:
            lines.setdefault(repository.line(it.version.family), []).append(it)
    came = [(it, step_of(it, line)) for line in lines.values() for it in _each_once(line) if since < it.day <= until]
    steps = {it.tag: step for it, step in came}
    told = newest_first(it for it, step in came if step != "patch")
    return RepositoryNews(
        repository=repository,
        headlines=told,
        steps=tuple(steps[it.tag] for it in told),
        patches=newest_first(it for it, step in came if step == "patch"),
    )


def step_of(release: Release, line: Sequence[Release]) -> Step:
    """Return what a release is against the one before it in the order of versions, among those that are known.

    Some projects begin a line with .1. But where a feed begins in the middle of a line, v1.13.5 comes after v1.12.9 or
    after nothing, and is no news: there its own numbers tell.
    """
    version, own = release.version, release.version.step
    if own == "patch" and version.numbers[2] != 1:
        return own  # most are: nothing else need be looked at
    order = version.order
    older = [it for it in line if it.version.order < order]
    if all(it.day >= release.day for it in older):
        return own
    return version.step_from(max(older, key=lambda it: it.version.order).version)


def _each_once(releases: Iterable[Release]) -> Iterable[Release]:
    """Return releases without those that are another's under a second tag, as `1.2.0` beside `v1.2.0`."""
    return {it.version.order: it for it in releases}.values()

"""The refresh of what Kubernetes announces: official lists of release posts, and APIs that releases no longer serve."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial

from ..lock.kep_as_of import KepsAsOf
from ..lock.releases_as_of import ReleasesAsOf
from ..lock.store import Lock
from ..model.errors import NecoError
from ..model.official_lists import ListDifference, ReleasePost
from ..model.release_facts import ReleaseFacts
from ..model.releases import Releases
from ..model.text import counted, shortened
from .asking import ask
from .plan import Fetchers, Plan, Tick
from .report import Report


def refresh_announcements(lock: Lock, plan: Plan, fetchers: Fetchers, report: Report, tick: Tick) -> Lock:
    """Return the lock with what is planned to be read of announcements.

    The report names where the list of a post and ours differ. A list stands beside ours and changes nothing of that.

    Raises:
        NecoError: a post is no release post.
    """
    if plan.releases:
        lock = _with_removed_apis(lock, fetchers, report)
    for address in plan.posts:
        post = ask(partial(fetchers.post, address) if fetchers.post else None, "release post", report)
        if post:
            before = lock.known_releases.by_name.get(post.release)
            lock = _with(lock, post)
            if before is None or before.official != post.official:
                report.changes += _changes(post)
            report.notes += _differences(lock, post.release, fetchers)
        tick(address)
    return lock


def _with(lock: Lock, post: ReleasePost) -> Lock:
    known = lock.known_releases
    facts = replace(known.by_name.get(post.release, ReleaseFacts()), official=post.official)
    return replace(lock, known_releases=replace(known, by_name={**known.by_name, post.release: facts}))


def _changes(post: ReleasePost) -> Iterator[str]:
    for stage, numbers in post.official.stages.items():
        yield f"{post.release}: {counted(len(numbers), 'KEP')} {stage} by {post.official.source}"


def _differences(lock: Lock, release: str, fetchers: Fetchers) -> Iterator[str]:
    """Yield a sentence for each way in which the official list of a release and the rows that pages show differ."""
    for found in ReleasesAsOf(KepsAsOf(lock, fetchers.releases)).differences(release):
        yield from (f"{release}, {found.stage}: {sentence}" for sentence in _sentences(found))


def _sentences(found: ListDifference) -> Iterator[str]:
    if found.uncounted:
        what = "more than it names" if found.uncounted > 0 else "fewer than it names"
        yield f"the official list counts {abs(found.uncounted)} {what}"
    named = (
        (found.unknown, "the official list has what the lock does not know"),
        (found.only_official, "only the official list has"),
        (found.only_ours, "the official list does not have"),
    )
    yield from (f"{what}: {_listed(numbers)}" for numbers, what in named if numbers)


def _listed(numbers: Iterable[int]) -> str:
    return shortened(", ".join(f"KEP-{it}" for it in numbers), 300)


def _with_removed_apis(lock: Lock, fetchers: Fetchers, report: Report) -> Lock:
    """Return the lock with the APIs that releases no longer serve.

    A day alone is no change, unless a release came out meanwhile: of that the guide of before knew nothing. A
    repository that was named for the days of releases may have no guide: that is told, and what was known stays.
    """
    known = lock.known_releases
    try:
        guide = ask(fetchers.removed_apis, "removed APIs", report)
    except NecoError as error:
        report.notes.append(str(error))
        return lock
    if guide is None:
        return lock
    report.notes += [f"removed APIs, {place}: {why}" for place, why in guide.irregular]
    before, releases = known.removed_apis, lock.dated(fetchers.releases)
    if before and replace(before, date=guide.date) == guide and _same_release(before.date, guide.date, releases):
        return lock
    new = sum(it not in (before.removals if before else ()) for it in guide.removals)
    report.changes.append(f"removed APIs: {new} new or changed in the deprecation guide of {guide.date}")
    return replace(lock, known_releases=replace(known, removed_apis=guide))


def _same_release(one: dt.date, other: dt.date, releases: Releases) -> bool:
    return releases.newest(one) == releases.newest(other)

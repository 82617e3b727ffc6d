"""The refresh of Kubernetes releases: their days and exceptions, what two sources say on top of what was known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from ..lock.store import Lock
from ..model.exceptions import ExceptionRequest
from ..model.release_facts import KnownReleases, ReleaseFacts, ReleaseReading, in_release_order
from ..model.releases import Releases
from ..model.text import counted
from .asking import ask
from .plan import Fetchers
from .report import Report

_CALLED = {"planned": "planned release", "release": "release", "end_of_support": "end of support"}


def refresh_releases(lock: Lock, fetchers: Fetchers, report: Report) -> Lock:
    """Return the lock with what the sources say of Kubernetes releases today.

    A day that a source no longer names stays, and so does what only one of two sources that could be read tells. The
    day of a source moves only with what that says, so that a refresh without news changes nothing.

    Raises:
        NecoError: a source that was named is none.
    """
    releases = lock.dated(fetchers.releases)
    team = partial(fetchers.sig_release, releases) if fetchers.sig_release else None
    answers = [
        ask(team, "schedules of releases", report),
        ask(fetchers.release_days, "days of releases", report),
    ]
    known = lock.known_releases
    for reading in filter(None, answers):
        known = _with(known, reading)
        report.notes += reading.irregular
    if known == lock.known_releases:
        return lock
    new = replace(lock, known_releases=known)
    report.changes += _changes(lock.known_releases, known)
    report.notes += _contradictions(known, fetchers.releases)
    return new


def _with(known: KnownReleases, reading: ReleaseReading) -> KnownReleases:
    """Return what was known with a reading on top."""
    by_name = dict(known.by_name)
    for name, facts in reading.releases.items():
        before = by_name.get(name)
        if facts != ReleaseFacts():
            taken = _keeping(facts, before) if name in reading.partial else facts
            by_name[name] = taken.on_top_of(before)
    if by_name == known.by_name:
        return known
    by_name = {name: by_name[name] for name in in_release_order(by_name)}
    days = {**known.sources, reading.kind: reading.date}
    return replace(known, by_name=by_name, sources=days)


def _keeping(facts: ReleaseFacts, before: ReleaseFacts | None) -> ReleaseFacts:
    """Return facts from a file that could be read in part only, with what was known of other KEPs' requests.

    Of a file that was read whole a request goes when it goes there: its number may have been wrong.
    """
    if before is None or not before.exceptions or facts.exceptions is None:
        return facts
    named = {(it.kep, it.freeze) for it in facts.exceptions}
    kept = [it for it in before.exceptions if (it.kep, it.freeze) not in named]
    return replace(facts, exceptions=tuple(sorted((*facts.exceptions, *kept), key=lambda it: it.order)))


def _changes(before: KnownReleases, after: KnownReleases) -> Iterator[str]:
    for name, facts in after.by_name.items():
        old = before.by_name.get(name) or ReleaseFacts()
        for day_name, day in facts.days():
            was = getattr(old, day_name)
            if was != day:
                moved = f" (before: {was})" if was else ""
                yield f"{name}: {_CALLED.get(day_name, day_name.replace('_', ' '))} {day}{moved}"
        yield from _new_requests(name, old.exceptions or (), facts.exceptions or ())


_NAMED = 3


def _new_requests(
    name: str, before: tuple[ExceptionRequest, ...], after: tuple[ExceptionRequest, ...]
) -> Iterator[str]:
    new = [it for it in after if it not in before]
    for it in new if len(new) <= _NAMED else ():
        yield f"{name}: KEP-{it.kep} asked for an exception from the {it.freeze} freeze: {it.decision}"
    if len(new) > _NAMED:
        refused = sum(it.is_refused for it in new)
        yield f"{name}: {counted(len(new), 'exception')} asked for, {refused} of them refused"


def _contradictions(known: KnownReleases, releases: Releases) -> Iterator[str]:
    """Yield a sentence for each release that is out by our own table on another day than the website's."""
    for name, facts in known.by_name.items():
        ours = releases.day(name)
        if facts.release and ours and releases.is_out(name, None) and facts.release != ours:
            yield f"{name}: the website says that it came out on {facts.release}; {ours} of our table counts"

"""The day of the lock, and what shipped since the day before: a release comes out without a change in any file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

from ..display.phrases import shipped_text
from ..display.words import load_strings
from ..lock.kep_as_of import KepsAsOf
from ..lock.store import Lock
from ..model.keps import Snapshot
from ..model.releases import Releases
from ..model.shipping import Shipped
from .plan import Fetchers
from .report import Report

_ENGLISH = load_strings("en")


def on_its_day(before: Lock, after: Lock, keps: Snapshot | None, fetchers: Fetchers, report: Report) -> Lock:
    """Return a refreshed lock with its day, and report what shipped since the day of the lock before.

    The day is the newest of the sources' days and of the newest release that was out by the day of the refresh. It
    moves when anything changed, or when a release came out since; nothing else makes a refresh non-empty.
    """
    releases = fetchers.releases.confirmed(after.released)
    release_day = _newest_release_day(releases, fetchers.today())
    if after is before and not (before.as_of and release_day and release_day > before.as_of):
        return before
    days = [
        before.as_of,
        release_day if after.fetched else None,
        keps.date if keps and after is not before else None,
        *(kep.source.date for kep in after.fetched.values()),
        *(source.date for source in after.gates.sources.values()),
    ]
    new = replace(after, as_of=max((day for day in days if day is not None), default=None))
    report.changes += _shipped_since(before, new, fetchers.releases)
    return new


def _newest_release_day(releases: Releases, today: dt.date) -> dt.date | None:
    newest = releases.newest(today)
    return releases.day(newest) if newest else None


def _shipped_since(before: Lock, after: Lock, releases: Releases) -> Iterator[str]:
    """Yield what shipped of the KEPs that both locks know, and what is known otherwise of what had shipped before."""
    then, now = KepsAsOf(before, releases), KepsAsOf(after, releases)
    for number in sorted(before.fetched.keys() & after.fetched.keys()):
        old, new = then.of(number), now.of(number)
        if old is None or new is None or _key(old.today.shipped) == _key(new.today.shipped):
            continue
        if news := _news(old.today.shipped, new.today.shipped, before.as_of):
            yield f"{new.enhancement.name}: {news}"


def _key(shipped: Shipped | None) -> tuple[object, ...]:
    return (shipped.stage, shipped.release) if shipped else ()


def _news(old: Shipped | None, new: Shipped | None, since: dt.date | None) -> str:
    """Return in words what shipped since a day, `stable in v1.36`, or what is told otherwise than before."""
    if new and new.release and new.since and since and new.since > since:
        return f"{_ENGLISH(f'stage.{new.stage}')} in {new.release}"
    before, now = (shipped_text(it, _ENGLISH) if it else "nothing" for it in (old, new))
    return f"released stage: {before} → {now}"

"""The day of the lock, and what shipped since the day before: a release comes out without a change in any file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

from ..display.phrases import shipped_text
from ..display.words import load_strings
from ..lock.kep_as_of import KepsAsOf
from ..lock.store import Lock
from ..model.days import OUTDATED_AFTER
from ..model.keps import Snapshot
from ..model.releases import Releases
from ..model.shipping import Shipped
from .plan import Fetchers
from .report import Report

_ENGLISH = load_strings("en")


def on_its_day(
    before: Lock, after: Lock, keps: Snapshot | None, fetchers: Fetchers, report: Report, *, whole: bool
) -> Lock:
    """Return a refreshed lock with its day, and report what shipped since the day of the lock before.

    The day is the newest of the sources' days and of the newest release that was out by the day of the refresh. It
    moves when anything changed, when a release came out since, or after three quiet weeks; nothing else makes a refresh
    non-empty. Only a refresh that read the `whole` lock's KEPs again goes past a release: a plan that was not read
    again since is no proof that the release brought what was planned.
    """
    today, releases = fetchers.today(), after.dated(fetchers.releases)
    came_out = _came_out(releases, before.as_of, today)
    overdue = whole and not came_out and _is_overdue(before.as_of, keps, today)
    if after is before and not overdue and not (came_out and whole and before.as_of):
        return before
    days = [
        *(came_out[-1:] if after.fetched else ()),
        keps.date if keps and (overdue or after is not before) else None,
        *(kep.source.date for kep in after.fetched.values()),
        *(source.date for source in after.gates.sources.values()),
    ]
    newest = max((min(day, today) for day in days if day is not None), default=None)
    if newest and before.as_of:
        bound = newest if whole or not came_out else came_out[0] - dt.timedelta(days=1)
        newest = max(before.as_of, min(newest, bound))
    new = replace(after, as_of=newest or before.as_of)
    report.changes += _shipped_since(before, new, fetchers.releases)
    return new


def _came_out(releases: Releases, since: dt.date | None, until: dt.date) -> list[dt.date]:
    """Return the days on which releases came out after a day, until another, oldest first."""
    days = {day for name in releases.names if (day := releases.day(name)) and releases.is_out(name, until)}
    return sorted(day for day in days if since is None or day > since)


def _shipped_since(before: Lock, after: Lock, releases: Releases) -> Iterator[str]:
    """Yield what shipped of the KEPs that both locks know, and what is known otherwise of what had shipped before."""
    then, now = KepsAsOf(before, releases), KepsAsOf(after, releases)
    for number in sorted((before.fetched.keys() & after.fetched.keys()) - after.aliases.keys()):
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


def _is_overdue(as_of: dt.date | None, keps: Snapshot | None, today: dt.date) -> bool:
    """Whether the source says today what it said weeks ago: that is news, or the lock would be taken for an old one."""
    return bool(as_of and keps and min(keps.date, today) - as_of >= OUTDATED_AFTER)

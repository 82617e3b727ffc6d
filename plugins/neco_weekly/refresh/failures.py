"""Counting failures to fetch a page or picture: by distinct days, and no further than a decision needs.

The lock is read as a diff, so a failure that says nothing new writes nothing: of those that may pass only the first in
a row is noted, of those that say that there is no such page one a day is counted until the link is dead. A day is one
in Tokyo: three runs in a minute are one witness.
"""

from __future__ import annotations

import datetime as dt

from ..model.cards import DEAD_AFTER, Card, Failures, RemotePicture
from ..model.errors import FailureCode, FetchError, NecoError
from ..model.watched import WatchedRepository


def one_more_failure(
    old: Card | RemotePicture | WatchedRepository, error: NecoError, today: dt.date, *, unreachable: bool = False
) -> Failures | None:
    """Return the failures in a row of what is fetched with one more, or those of before where it says nothing new.

    With `unreachable`, that is while no host is reachable, a host that does not exist counts as no page that is gone.
    """
    code = error.code if isinstance(error, FetchError) else FailureCode.UNREADABLE.value
    is_gone = isinstance(error, FetchError) and error.gone and not (unreachable and code == FailureCode.DNS)
    known = old.failures
    if known is None:
        return Failures(count=1, gone=int(is_gone), last=code, date=today)
    if not is_gone or old.is_dead or (known.gone and known.date == today):
        return known
    return Failures(count=known.count + 1, gone=known.gone + 1, last=code, date=today)


def row_of(failures: Failures | None, today: dt.date) -> str:
    """Return how long a page that is not dead has failed, in words that follow what went wrong today."""
    if failures is None:
        return ""
    if failures.gone > 1:
        return f"; so on {failures.gone} days, and dead after {DEAD_AFTER}"
    return f"; no good answer since {failures.date}" if failures.date < today else ""

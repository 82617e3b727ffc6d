"""The refresh of pictures that issues show from other hosts: a copy of each, and on how many days there was none."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from ..grammar.urls import normal_url
from ..lock.store import Lock
from ..model.cards import CardPicture, RemotePicture
from ..model.errors import NecoError
from .at_once import UNNAMED, UNREACHED, fetch_all, is_our_own_trouble
from .failures import one_more_failure, row_of
from .plan import Fetchers, Tick
from .report import Failure, Report


def refresh_pictures(lock: Lock, urls: Sequence[str], fetchers: Fetchers, report: Report, tick: Tick) -> Lock:
    """Return the lock with copies of the pictures at these addresses; one that cannot be fetched keeps its copy.

    Failures in a row are counted as those of cards are; changes and failures go into the report.
    """
    pictures, today = dict(lock.pictures), fetchers.today()
    results = list(fetch_all(urls, lambda url: fetchers.picture(url, "picture"), tick))
    unreachable, offline = is_our_own_trouble(results, UNREACHED), is_our_own_trouble(results, UNNAMED)
    for url, fetched in results:
        key = normal_url(url)
        old = pictures.get(key, RemotePicture(url=key))
        if isinstance(fetched, NecoError):
            if not offline:
                failures = one_more_failure(old, fetched, today, unreachable=unreachable)
                old = pictures[key] = replace(old, failures=failures)
            report.failures.append(_failure(url, fetched, old, today))
            continue
        report.responses += 1
        pictures[key] = new = _merged(old, fetched, today)
        if new.copy != old.copy:
            size = f"{fetched.width}×{fetched.height}"
            report.changes.append(f"{url}: {'another' if old.copy else 'new:'} copy of the picture, {size} pixels")
    report.failures.sort(key=lambda failure: failure.what)
    return lock if pictures == lock.pictures else replace(lock, pictures=pictures)


def _merged(old: RemotePicture, fetched: CardPicture, today: dt.date) -> RemotePicture:
    copy = replace(fetched, url=old.url)
    return replace(old, copy=copy, failures=None, fetched=old.fetched if copy == old.copy else today)


def _failure(url: str, error: NecoError, picture: RemotePicture, today: dt.date) -> Failure:
    failure = Failure.of(url, error)
    row = "; it is gone" if picture.is_dead else row_of(picture.failures, today)
    end = "; the copy of before stays" if picture.copy else ""
    return replace(failure, message=f"{failure.message}{row}{end}")

"""The refresh of watched repositories: what their feeds say today on top of the releases that were known."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from threading import Event

from ..lock.store import Lock
from ..model.cards import Failures
from ..model.errors import FailureCode, FetchError, NecoError
from ..model.text import counted
from ..model.watched import Release, ReleaseFeed, WatchedRepository, with_feed
from .at_once import UNREACHED, fetch_all
from .failures import one_more_failure
from .plan import Fetchers, Tick
from .report import Failure, Report

_SLOW_DOWN = (429, 503)
"""Statuses by which a server asks for patience (RFC 6585, 4; RFC 9110, 15.6.4): it is asked nothing more for now."""

Answer = tuple[str, ReleaseFeed | NecoError]
"""A repository with what was read of it, or the failure."""

_NAMED = 3
"""The releases of a repository that a line of the report names; of others it says how many."""


def refresh_watched(lock: Lock, names: Sequence[str], fetchers: Fetchers, report: Report, tick: Tick) -> Lock:
    """Return the lock with what the feeds of repositories, each `owner/name`, say today.

    One that could not be read keeps its releases. That there is no such repository is counted by days, as for cards;
    a failure that may pass is told in the report alone, and told once where the server asks for patience.
    """
    watched, today = dict(lock.watched), fetchers.today()
    answers = list(fetch_all(names, _reader(fetchers.release_feed), tick)) if fetchers.release_feed else []
    results = _without_repetitions(answers)
    for name, answer in results:
        known = _known(watched, name)
        if isinstance(answer, NecoError):
            new = replace(known, failures=_failures(known, answer, today))
            if new != known:
                watched[name.lower()] = new
            report.failures.append(_failure(name, answer, new))
            continue
        report.responses += 1
        watched[name.lower()] = new = with_feed(known, answer)
        _forget_old_names(watched, new, names)
        report.changes += _changes(known, new, is_new=name.lower() not in lock.watched)
        report.notes += _notes(known, answer)
    if len(results) < len(answers):
        left = counted(len(answers) - len(results), "feed")
        report.notes.append(f"the server asks for patience: {left} of releases are left for another day")
    return lock if watched == lock.watched else replace(lock, watched=watched)


def _known(watched: Mapping[str, WatchedRepository], name: str) -> WatchedRepository:
    """Return what is known of a repository; under a new name that is what was known under the old one."""
    known = watched.get(name.lower())
    if known is None:
        before = (it for it in watched.values() if it.moved_to and it.moved_to.lower() == name.lower())
        known = WatchedRepository(name=name, releases=next((it.releases for it in before), ()))
    return known


def _forget_old_names(watched: dict[str, WatchedRepository], new: WatchedRepository, names: Sequence[str]) -> None:
    """Remove what is known of a repository under names that nobody watches any more."""
    wanted = {name.lower() for name in names}
    for key, it in list(watched.items()):
        if it.moved_to and it.moved_to.lower() == new.name.lower() and key not in wanted:
            del watched[key]


def _reader(read: Callable[[str], ReleaseFeed]) -> Callable[[str], ReleaseFeed]:
    """Return the reader of a feed, which asks nobody any more once the server has asked for patience."""
    patience = Event()

    def fetch(name: str) -> ReleaseFeed:
        if patience.is_set():
            raise FetchError(f"{name} was not asked for its releases", code=FailureCode.STOPPED)
        try:
            return read(name)
        except FetchError as error:
            if error.status in _SLOW_DOWN:
                patience.set()
            raise

    return fetch


def _without_repetitions(answers: Sequence[Answer]) -> list[Answer]:
    """Return the answers with one that asks for patience, and without what else was therefore not fetched."""
    slow = [name for name, it in answers if isinstance(it, FetchError) and it.status in _SLOW_DOWN]
    stopped = [name for name, it in answers if isinstance(it, FetchError) and it.reason is FailureCode.STOPPED]
    left = {*slow[1:], *stopped}
    return [(name, it) for name, it in answers if name not in left]


# --- failures -------------------------------------------------------------------------------------------------------


def _failures(known: WatchedRepository, error: NecoError, today: dt.date) -> Failures | None:
    """Return the days on which there was no such repository, with today where the server says so."""
    is_gone = isinstance(error, FetchError) and error.gone and error.reason not in UNREACHED
    return one_more_failure(known, error, today) if is_gone else known.failures


def _failure(name: str, error: NecoError, repository: WatchedRepository) -> Failure:
    failure = Failure.of(name, error)
    kept = "its releases stay" if repository.releases else "nothing is known of it"
    gone = f"; there is no such repository any more, correct `repo` in topics.yml; {kept}" if repository.is_dead else ""
    return replace(failure, message=f"{failure.message}{gone}")


# --- the report -----------------------------------------------------------------------------------------------------


def _changes(known: WatchedRepository, new: WatchedRepository, *, is_new: bool) -> Iterator[str]:
    """Yield what came out of a repository in one line, the newest first: `stern/stern: v1.22.0 (2022-09-20)`."""
    before = {it.tag for it in known.releases}
    came = [it for it in new.releases if it.tag not in before]
    if is_new:
        yield f"{new.name}: is watched now{'; ' if new.releases else ', and has no release'}{_some(new.releases)}"
    elif came:
        yield f"{new.name}: {_some(came)}"
    elif known.failures and not new.failures:
        yield f"{new.name}: can be read again"
    if new.moved_to and new.moved_to != known.moved_to:
        yield f"{new.name}: has moved to {new.moved_to}"


def _some(releases: Sequence[Release]) -> str:
    """Return the first of some releases by name, and how many more there are."""
    named = ", ".join(f"{it.tag} ({it.day})" for it in releases[:_NAMED])
    return f"{named} and {len(releases) - _NAMED} more" if len(releases) > _NAMED else named


def _notes(known: WatchedRepository, feed: ReleaseFeed) -> Iterator[str]:
    """Yield what a person should know of a feed that was read: it has only the newest releases."""
    yield from (f"{known.name}: its feed {note}" for note in feed.notes)
    if known.own_releases and feed.releases and not any(it.tag.lower() in known.by_tag for it in feed.releases):
        newest, oldest = known.own_releases[0], feed.releases[-1]
        between = f"{newest.tag} ({newest.day}) and {oldest.tag} ({oldest.day})"
        yield f"{known.name}: its feed is too short to tell what came out between {between}"
    if feed.moved_to:
        yield f"{known.name}: its address leads to {feed.moved_to}; write that as `repo` in topics.yml"

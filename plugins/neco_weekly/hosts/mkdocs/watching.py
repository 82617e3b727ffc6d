"""What is changed on the disk while a preview runs: found by looks, as soon as the system tells of an event.

An event only says that it is time to look: what was changed is the difference between two looks. So reading a file is
no change, a file that an editor replaces is one, and nothing is lost where events are. Where events do not come at all,
as on some shared folders, looks follow each other. See `docs/decisions/0065-save-to-page.md`.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkstemp
from typing import Any

from watchdog.events import (
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers.api import BaseObserver

POLLING = 0.5
"""Seconds between two looks where no event has come yet, as MkDocs has it."""

WITH_EVENTS = 5.0
"""Seconds between two looks where events come: a link's other end brings none, and a system may lose some."""

_SETTLED = 0.03
"""Seconds without an event after which a writer is done: an editor writes, renames and sets rights at once."""

_MOST_UNSETTLED = 50
"""The number of times that settling begins anew: a program that never stops must not hold up a save for ever."""

_READING = frozenset({"opened", "closed_no_write"})
"""Events that change nothing."""

_CHANGING: list[type[FileSystemEvent]] = [
    FileCreatedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileDeletedEvent,
    FileClosedEvent,
    DirCreatedEvent,
    DirMovedEvent,
    DirDeletedEvent,
]
"""What the system is asked to tell: a file that was closed was written before."""

State = tuple[int, int, int]
"""What tells one content of a file from another: nanoseconds of its change, its size, its number on the disk."""


@dataclass(frozen=True, slots=True)
class Root:
    """A file or folder that is watched, and who is told; one is equal to itself alone."""

    path: str
    handler: FileSystemEventHandler
    recursive: bool


class Watcher:
    """The observer of MkDocs' server, with what `LiveReloadServer` asks of one by watchdog's public methods.

    `before` is the observer in whose place this one is: what was scheduled there is still watched there. `has_news`:
    something was changed since the last `take`, `brings_events`: one has come.
    """

    def __init__(self, before: BaseObserver | None, events: Callable[[], BaseObserver] | None, *, every: float) -> None:
        """Begin without anything to watch. `events` makes an observer of the system's events; None: there are none.

        `every` is the number of seconds between two looks where events come.
        """
        self._before, self._every = before, every
        self._roots: dict[int, Root] = {}
        self._seen: dict[str, State] = {}
        self._told: dict[str, State] = {}
        self._lock, self._bell = threading.RLock(), threading.Event()
        self._ended = False
        self.brings_events = self.has_news = False
        self._events = _Events(events, self._heard) if events else None
        self._thread = threading.Thread(target=self._watch, daemon=True)

    # --- what the server asks of its observer -------------------------------------------------------------------------

    def schedule(self, handler: FileSystemEventHandler, path: str, *, recursive: bool = False) -> object:
        """Watch a file or folder from now on, and return what `unschedule` takes."""
        root = Root(path, handler, recursive)
        with self._lock:
            self._roots[id(root)] = root
            found = dict(_states(path, recursive=recursive))
            self._seen |= found
            self._told |= found
        if self._events:
            self._events.add(path)
        return root

    def unschedule(self, watch: Any) -> None:
        """Watch something no more."""
        if id(watch) not in self._roots:
            if self._before is not None:
                self._before.unschedule(watch)
            return
        with self._lock:
            del self._roots[id(watch)]
            left = self._look()
            self._seen = {path: state for path, state in self._seen.items() if path in left}
            self._told = {path: state for path, state in self._told.items() if path in left}

    def start(self) -> None:
        """Begin to look."""
        if self._before is not None and self.watches_others:
            self._before.start()
        self._thread.start()
        if self._events:
            self._events.start()

    def stop(self) -> None:
        """Look no more."""
        self._ended = True
        self._bell.set()
        if self._events:
            self._events.stop()
        if self._before is not None and self._before.is_alive():
            self._before.stop()

    def join(self, timeout: float | None = None) -> None:
        """Wait for the end after `stop`."""
        if self._thread.is_alive():
            self._thread.join(timeout)

    def is_alive(self) -> bool:
        """Whether somebody looks."""
        return self._thread.is_alive()

    # --- what builds ask ------------------------------------------------------------------------------------------

    def take(self) -> tuple[str, ...]:
        """Return the paths of all that was changed, came or went since the last time, sorted."""
        with self._lock:
            now = self._look()
            changed = _changed(self._seen, now)
            self._seen = self._told = now
            self.has_news = False
        return changed

    @property
    def watches_others(self) -> bool:
        """Whether the observer of before watches something, of which it tells the server by itself."""
        return self._before is not None and bool(self._before.emitters)

    # --- looks ----------------------------------------------------------------------------------------------------

    def _heard(self) -> None:
        self.brings_events = True
        self._bell.set()

    def _watch(self) -> None:
        while not self._ended:
            self._bell.wait(self._every if self.brings_events else min(POLLING, self._every))
            self._settle()
            if not self._ended:
                self._tell()

    def _settle(self) -> None:
        for _ in range(_MOST_UNSETTLED):
            if self._ended or not self._bell.is_set():
                return
            self._bell.clear()
            self._bell.wait(_SETTLED)

    def _tell(self) -> None:
        """Look, and tell those who watch that there is something new, once for each state."""
        with self._lock:
            now = self._look()
            if now == self._told:
                return
            self._told = now
            changed = _changed(self._seen, now)
            roots = list(self._roots.values())
            self.has_news = bool(changed)
        for path in changed[:1]:  # the server builds whatever it is
            for root in roots[:1]:
                root.handler.dispatch(FileModifiedEvent(path))

    def _look(self) -> dict[str, State]:
        return {
            path: state for root in self._roots.values() for path, state in _states(root.path, recursive=root.recursive)
        }


class _Events:
    """The system's events, as a bell. Where a system has none, or no more, it stays silent."""

    def __init__(self, make: Callable[[], BaseObserver], ring: Callable[[], None]) -> None:
        self._handler = _Bell(ring)
        self._folders: set[str] = set()
        self._observer: BaseObserver | None = None
        with suppress(Exception):  # whatever the module of a platform says where it cannot be used
            self._observer = make()

    def add(self, path: str) -> None:
        """Hear of a file or folder from now on. Of a file that an editor replaces, its folder hears."""
        is_folder = Path(path).is_dir()
        folder = path if is_folder else str(Path(path).parent)
        if self._observer is None or folder in self._folders:
            return
        self._folders.add(folder)
        with suppress(Exception):  # the system has no room for so many
            _schedule(self._observer, self._handler, folder, recursive=is_folder)

    def start(self) -> None:
        """Begin, and let a file come and go, whose event says that events come here at all."""
        if self._observer is None:
            return
        try:
            self._observer.start()
        except Exception:  # as above: then there are looks alone
            self._observer = None
            return
        for folder in self._folders:
            with suppress(OSError):  # a folder in which nobody may write
                number, name = mkstemp(prefix=".neco-probe-", dir=folder)
                os.close(number)
                Path(name).unlink()

    def stop(self) -> None:
        """Hear of nothing any more."""
        if self._observer is not None and self._observer.is_alive():
            self._observer.stop()


class _Bell(FileSystemEventHandler):
    def __init__(self, ring: Callable[[], None]) -> None:
        self._ring = ring

    def on_any_event(self, event: FileSystemEvent) -> None:
        if event.event_type not in _READING:
            self._ring()


def _schedule(observer: BaseObserver, bell: _Bell, folder: str, *, recursive: bool) -> None:
    try:  # what is not asked for costs nothing: a build opens every file
        observer.schedule(bell, folder, recursive=recursive, event_filter=_CHANGING)
    except TypeError:  # watchdog before 5
        observer.schedule(bell, folder, recursive=recursive)


def _changed(before: Mapping[str, State], now: Mapping[str, State]) -> tuple[str, ...]:
    """Return the paths that differ between two looks, sorted."""
    if before == now:
        return ()
    return tuple(sorted(path for path in before.keys() | now.keys() if before.get(path) != now.get(path)))


def _states(path: str, *, recursive: bool, above: tuple[State, ...] = ()) -> Iterator[tuple[str, State]]:
    """Yield the files at or below a path with their states; what is hidden, or an editor's copy, is no file of ours.

    Links to folders are followed, as MkDocs follows them; `above` keeps one that leads back from being followed.
    """
    try:
        with os.scandir(path) as entries:
            found = sorted(entries, key=lambda it: it.name)
    except NotADirectoryError:
        with suppress(OSError):
            yield path, _state(Path(path).stat())
        return
    except OSError:
        return
    for entry in found if recursive or not above else ():
        with suppress(OSError):
            if entry.name.startswith(".") or entry.name.endswith("~"):
                continue
            state = _state(entry.stat())
            if not entry.is_dir():
                yield entry.path, state
            elif recursive and (place := (0, 0, state[2])) not in above:
                yield from _states(entry.path, recursive=True, above=(*above, place))


def _state(found: os.stat_result) -> State:
    return found.st_mtime_ns, found.st_size, found.st_ino

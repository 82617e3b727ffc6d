"""Worker processes of a build: they do the last things of a row while the build does the first, until they meet.

A worker is a copy of the build's own process. What it makes lies in the cache folder, where the build finds it when it
comes to that thing: so a site is the same with workers and without, and what a worker leaves undone costs only time.
See `docs/decisions/0069-workers.md`.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from multiprocessing.process import BaseProcess
from pathlib import Path

from mkdocs.exceptions import PluginError

VARIABLE = "NECO_WORKERS"
"""The environment variable with the number of processes that build a site, the build's own among them."""

MOST = 4
"""How many processes build a site at most where nobody has said a number: each has memory of its own."""

_WORTH_IT = 16
"""How many things a build makes before it takes it that most of a row are to be made: a worker is quick, not free."""

_PATIENCE = 60.0
"""Seconds after which the build makes itself what a worker was to make beside it."""

_FORK = multiprocessing.get_context("fork" if hasattr(os, "fork") else None)

_THREADS = Path("/proc/self/task")
"""The folder in which Linux lists the threads of a process, those of libraries among them."""


def workers_wanted(environ: Mapping[str, str]) -> int:
    """Return how many workers a build may have beside its own process: none where a copy of it would not be safe.

    Raises:
        PluginError: the variable is no number of processes.
    """
    text = environ.get(VARIABLE, "").strip()
    if text and not (text.isascii() and text.isdigit() and 1 <= int(text) <= 64):
        raise PluginError(f"{VARIABLE} is {text!r}; set it to the number of processes that build, from 1 to 64.")
    if not hasattr(os, "fork") or sys.platform == "darwin":  # whose system libraries do not survive a copy
        return 0
    return (int(text) if text else min(MOST, _cores())) - 1


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def is_of(hook: object, *packages: str) -> bool:
    """Whether a plugin's hook is from one of these packages, by their dotted names."""
    module = getattr(hook, "__module__", None) or ""
    return any(f"{module}.".startswith(f"{it}.") for it in packages)


class Row:
    """A row of `count` things, of which workers do the last by `do`, which gets the place of one.

    A row begins without workers. They come once the build had to make some things itself: where all that a row needs is
    in the cache folder, there is nothing to help with. `begin` is called then. `leave` is called in each worker before
    anything else, to let go of what only one process may write.
    """

    def __init__(
        self,
        count: int,
        do: Callable[[int], object],
        leave: Callable[[], None],
        begin: Callable[[], None] = lambda: None,
        *,
        workers: int,
    ) -> None:
        self._do, self._leave, self._before, self._wanted, self._made = do, leave, begin, workers, 0
        self._ends = _ends_of(count) if workers and count > _WORTH_IT else None
        self._workers: list[BaseProcess] = []

    def reach(self, place: int) -> None:
        """Say that the build comes to a thing: no worker begins with that any more, nor with one before it."""
        if self._ends and self._ends.reach(place):
            self.end()

    def made(self) -> None:
        """Say that a thing was not in the cache folder, so that the build has made it."""
        self._made += 1
        if self._made == _WORTH_IT and self._ends and self._ends.left > _WORTH_IT and _is_alone():
            self._begin(self._ends)

    def _begin(self, ends: _Ends) -> None:
        self._before()
        gc.freeze()  # to look for garbage in what all processes have would be to copy it, in the build as in a worker
        with suppress(OSError):  # a machine without room for another process builds without
            for _ in range(min(self._wanted, ends.left // _WORTH_IT)):
                worker = _FORK.Process(target=_work, args=(ends, self._do, self._leave, os.getpid()), daemon=True)
                worker.start()
                self._workers.append(worker)

    def end(self) -> None:
        """End the workers, whatever they are at: what is half written is in no file of the cache folder."""
        for worker in self._workers:
            worker.kill()
        for worker in self._workers:
            worker.join()
        if self._workers:
            gc.unfreeze()
        self._workers, self._ends = [], None


class Workers:
    """The workers that a build may have, `count` at once beside its own process."""

    def __init__(self, count: int) -> None:
        self._count, self._busy = count, 0
        self._rows: list[Row] = []

    def row(
        self,
        count: int,
        do: Callable[[int], object],
        leave: Callable[[], None],
        begin: Callable[[], None] = lambda: None,
    ) -> Row:
        """Return a row of things, as `Row` has it."""
        row = Row(count, do, leave, begin, workers=self._count - self._busy)
        self._rows.append(row)
        return row

    @contextmanager
    def beside(self, do: Callable[[], object], leave: Callable[[], None]) -> Iterator[Callable[[], object]]:
        """Have a worker do one thing while the context does something else; what is yielded waits until it is done.

        It began before the build would, so to wait for it is sooner than to do the thing again.
        """
        worker, ends = None, _ends_of(1) if self._count > self._busy and _is_alone() else None
        if ends:
            gc.freeze()
            worker = _FORK.Process(target=_work, args=(ends, lambda _: do(), leave, os.getpid()), daemon=True)
            with suppress(OSError):
                worker.start()
            self._busy += 1
        try:
            yield lambda: worker.join(_PATIENCE) if worker and worker.pid else None
        finally:
            if worker:
                if worker.pid:
                    worker.kill()
                    worker.join()
                gc.unfreeze()
                self._busy -= 1

    def end(self) -> None:
        """End the workers of all rows."""
        for row in self._rows:
            row.end()


def _ends_of(count: int) -> _Ends | None:
    with suppress(OSError, ImportError):  # a machine without memory that processes share
        return _Ends(count)
    return None


class _Ends:
    """The two ends of what is left of a row, which all its processes see: where the build is, and the workers."""

    def __init__(self, count: int) -> None:
        self._front, self._back, self._count = _FORK.Value("q", -1), _FORK.Value("q", count), count

    def reach(self, place: int) -> bool:
        """Take note of where the build is, and return whether that is the last thing of all."""
        self._front.get_obj().value = place  # no lock: a worker that was killed may have it
        return place == self._count - 1

    @property
    def left(self) -> int:
        return int(self._back.value - self._front.value - 1)

    def take(self) -> int | None:
        """Take the last thing that nobody has taken; None where the build is there already."""
        with self._back:
            if self._back.value - 1 <= self._front.get_obj().value:
                return None
            self._back.value -= 1
            return int(self._back.value)


def _is_alone() -> bool:
    """Whether this process has one thread: the others would not be in a copy of it, but what they hold locked would."""
    with suppress(OSError):
        return len(list(_THREADS.iterdir())) == 1
    return threading.active_count() == 1


def _work(ends: _Ends, do: Callable[[int], object], leave: Callable[[], None], build: int) -> None:
    """Do the last things of a row in a worker, until it meets the build, or the build is no more.

    Nothing is told here: what goes wrong in a worker goes wrong again in the build, which tells of it.
    """
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for told in (1, 2):
        os.dup2(nowhere, told)
    leave()
    while (place := ends.take()) is not None and os.getppid() == build:
        with suppress(Exception, SystemExit):
            do(place)

"""What a program does with files, one operation after the other, so that something can happen before each of them.

Python tells each operation by an audit event (https://docs.python.org/3/library/audit_events.html). Run as a program,
this one kills or interrupts `neco`, or a build, before each operation that changes a file, in a fork of its own, and
prints what that left.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any

from mkdocs.__main__ import cli as mkdocs
from neco_weekly.hosts.cli import main
from neco_weekly.lock.store import load_lock_as_it_is
from neco_weekly.model.errors import NecoError

CHANGING = frozenset("os.rename os.remove os.mkdir os.rmdir os.chmod os.link os.symlink os.utime shutil.rmtree".split())

READING = frozenset("open os.listdir os.scandir".split())


@dataclass
class Operations:
    """Calls `before` with the number (from 1) and the name of each operation that changes a file below a folder."""

    root: Path
    before: Callable[[int, str], None]
    reads: bool = False
    count: int = 0
    on: bool = True
    names: list[str] = field(default_factory=list)

    def hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        if not self.on or not (event in CHANGING or (self.reads and event in READING) or _writes(event, arguments)):
            return
        path = arguments[0]
        if not isinstance(path, str | os.PathLike) or self.root not in Path.cwd().joinpath(path).parents:
            return
        self.count += 1
        self.names.append(name := f"{event} {path}")
        self.on = False
        try:
            self.before(self.count, name)
        finally:
            self.on = True


def _writes(event: str, arguments: tuple[Any, ...]) -> bool:
    return event == "open" and isinstance(arguments[2], int) and bool(arguments[2] & (os.O_WRONLY | os.O_RDWR))


_listening: list[Operations] = []


def _hook(event: str, arguments: tuple[Any, ...]) -> None:
    for it in _listening:
        it.hear(event, arguments)


@contextlib.contextmanager
def watched(operations: Operations) -> Iterator[Operations]:
    """Watch the operations of this process; an audit hook stays for the life of a process, so there is one for all."""
    if not _installed:
        sys.addaudithook(_hook)
        _installed.append(True)
    _listening.append(operations)
    try:
        yield operations
    finally:
        _listening.remove(operations)


_installed: list[bool] = []


# --- kills --------------------------------------------------------------------------------------------------------


def _nothing() -> None:
    """What most runs do at their end."""


def _in_a_fork(
    root: Path,
    arguments: Sequence[str],
    die_before: int | None,
    sign: int = signal.SIGKILL,
    at_its_end: Callable[[], object] = _nothing,
) -> int:
    """Run `neco` in a fork, to which a signal is sent; return how it ended as `os.waitpid` tells it."""
    child = os.fork()
    if child:
        return os.waitpid(child, 0)[1]
    try:
        os.chdir(root)
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, 1)
        os.dup2(null, 2)
        sys.argv = ["neco", *arguments]
        with watched(Operations(root, lambda number, _: os.kill(os.getpid(), sign) if number == die_before else None)):
            mkdocs(arguments, prog_name="mkdocs") if arguments[0] == "build" else main()
    except SystemExit as end:
        at_its_end()
        os._exit(int(end.code or 0))
    finally:
        os._exit(99)


def _in_a_first_fork(root: Path, arguments: Sequence[str]) -> int:
    """Run `neco` to its end in a fork, and import here what it has imported: each later fork would do so for itself."""
    told = root.with_name(f"{root.name}-modules")
    status = _in_a_fork(root, arguments, None, at_its_end=lambda: told.write_text("\n".join(sys.modules)))
    for name in told.read_text().split() if told.exists() else []:
        with contextlib.suppress(ImportError):  # some are made while a program runs
            import_module(name)
    return status


def _files(root: Path) -> list[str]:
    return sorted(it.relative_to(root).as_posix() for it in root.rglob("*") if ".git/" not in f"{it.as_posix()}/")


def _is_damaged(root: Path) -> bool:
    try:
        load_lock_as_it_is(root / "docs/_metadata")
    except NecoError:
        return True
    return False


def _fresh(pristine: Path, place: Path) -> Path:
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(pristine, place, symlinks=True)
    return place


def kills(pristine: Path, place: Path, arguments: Sequence[str], every: int = 1) -> dict[str, Any]:
    """Return how often `neco` was killed, whether the lock was damaged once, and what the next run left behind.

    It is killed before each operation whose number `every` divides. `wrong` are files whose content is another one than
    after a run that nobody killed.
    """
    whole = _in_a_first_fork(_fresh(pristine, place), arguments)
    expected, contents, number, damaged = _files(place), _written(place), 0, 0
    left: dict[int, list[str]] = {}
    wrong: dict[int, list[str]] = {}
    while True:
        number += every
        ended = _in_a_fork(_fresh(pristine, place), arguments, number)
        if not os.WIFSIGNALED(ended):
            return {"status": whole, "kills": number // every - 1, "damaged": damaged, "left": left, "wrong": wrong}
        damaged += _is_damaged(place)
        _in_a_fork(place, arguments, None)
        if (found := _files(place)) != expected:
            left[number] = sorted(set(found) ^ set(expected))
        elif (now := _written(place)) != contents:
            wrong[number] = [name for name, content in contents.items() if now.get(name) != content]


def interrupts(pristine: Path, place: Path, arguments: Sequence[str]) -> dict[str, Any]:
    """Return how often Ctrl-C ended `neco`, how often it came too late, and where it told less than the truth."""
    too_late, wrong, number = 0, [], 0
    _in_a_first_fork(_fresh(pristine, place), arguments)
    while True:
        number += 1
        status = os.waitstatus_to_exitcode(_in_a_fork(_fresh(pristine, place), arguments, number, signal.SIGINT))
        changed = _contents(place / "docs") != _contents(pristine / "docs")
        if changed is not (status == 0):
            wrong.append((number, status))
        too_late += status == 0
        if too_late > 30:  # what is still written belongs to the cache, and then to nothing
            return {"ended": number - too_late, "wrong": wrong}


def _written(place: Path) -> dict[str, bytes]:
    """What a run has written for people, below the folder: caches and clones differ by the day."""
    return {name: content for name, content in _contents(place).items() if not name.startswith(".cache/")}


def _contents(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in _files(folder) if (folder / name).is_file()}


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell may have made us deaf to it
    way, _, every = sys.argv[1].partition(":")
    given = (Path(sys.argv[2]), Path(sys.argv[3]), sys.argv[4:])
    print(json.dumps(interrupts(*given) if way == "interrupts" else kills(*given, int(every or 1))))

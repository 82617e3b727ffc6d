"""What several tests read and none changes: made once in a run, by whichever worker needs it first."""

from __future__ import annotations

import atexit
import fcntl
import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

NAME = "NECO_TESTS_OF_THIS_RUN"
"""The variable that tells workers the folder which their run keeps such things in."""


def folder_of_this_run() -> Path:
    """The first process of a run makes it and takes it away when it ends, so that nothing outlives the run."""
    if NAME not in os.environ:
        os.environ[NAME] = tempfile.mkdtemp(prefix="neco-tests-")
        atexit.register(shutil.rmtree, os.environ[NAME], ignore_errors=True)
    return Path(os.environ[NAME])


def made_once(key: bytes | str, make: Callable[[Path], object]) -> Path:
    """The folder that `make` has filled under this key: now, earlier, or in another worker that is waited for."""
    name = hashlib.sha256(key if isinstance(key, bytes) else key.encode()).hexdigest()
    folder = folder_of_this_run() / name
    with Path(f"{folder}.lock").open("a+", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        lock.seek(0)
        if not lock.read():  # a maker that failed has left only a part, which goes
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            make(folder)
            lock.write("made")
    return folder


class Made(Mapping[str, bytes]):
    """Contents that are made when somebody looks at them, and kept: every worker imports all tests, few need these."""

    def __init__(self, makers: Mapping[str, Callable[[], bytes]]) -> None:
        self._makers = makers
        self._made: dict[str, bytes] = {}

    def __getitem__(self, name: str) -> bytes:
        if name not in self._made:
            self._made[name] = self._makers[name]()
        return self._made[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._makers)

    def __len__(self) -> int:
        return len(self._makers)


def digest_of(folder: Path) -> bytes:
    """Two folders with the same files have the same digest."""
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        name, content = path.relative_to(folder).as_posix().encode(), path.read_bytes()
        digest.update(b"%d %d " % (len(name), len(content)) + name + content)
    return digest.digest()

"""Many new files at once: all of them come to be or none, and nothing that is there is touched.

They are written into a folder beside their places, on the same disk, and put into place only when all are whole. What a
full disk or a person stops before that leaves nothing; what stops it while they are put into place takes them away.
"""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from ..model.errors import NecoError
from .folder_locks import try_lock
from .whole_files import ChangedError

_PREFIX = ".neco-import-"

_ABANDONED_AFTER = 24 * 3600

_NO_LINKS_HERE = {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EMLINK, errno.ENOSYS}
"""What file systems say that have no second names of a file."""


@dataclass(slots=True)
class Stage:
    """A folder below which all places lie, and a folder in it for what is written, by the paths of their places."""

    folder: Path
    work: Path
    _paths: list[str] = field(default_factory=list)
    _placed: list[Path] = field(default_factory=list)
    _made: list[Path] = field(default_factory=list)

    def write(self, path: str, content: bytes) -> None:
        """Write a file for a path below the folder, with slashes.

        Raises:
            NecoError: a link leads out of the folder there.
            OSError: the disk is full or read-only.
        """
        self._check_inside(self.folder / path)
        with (self.work / str(len(self._paths))).open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        self._paths.append(path)

    def put_in_place(self) -> None:
        """Put all files into their places, and make the folders above them.

        Raises:
            ChangedError: something has come to be in one of the places; it stays, and nothing else is there.
            OSError: the disk is full or read-only; nothing is there.
        """
        try:
            for number, path in enumerate(self._paths):
                place = self.folder / path
                self._make_folder(place.parent)
                _put_new(self.work / str(number), place)
                self._placed.append(place)
        except BaseException:
            self._take_away()
            raise
        self.end()

    def end(self) -> None:
        """Remove what is left of what was written; what cannot be removed is swept another time."""
        with suppress(OSError):
            if self.work.exists():
                shutil.rmtree(self.work, ignore_errors=True)

    def _check_inside(self, place: Path) -> None:
        there = next(it for it in place.parents if os.path.lexists(it))
        if not Path(os.path.realpath(there)).is_relative_to(os.path.realpath(self.folder)):
            raise NecoError(f"{there}: leads out of {self.folder}; remove that link, or name another folder")

    def _make_folder(self, folder: Path) -> None:
        missing = [it for it in (folder, *folder.parents) if not it.exists()]
        for it in reversed(missing):
            it.mkdir()
            self._made.append(it)

    def _take_away(self) -> None:
        for place in self._placed:
            with suppress(OSError):
                place.unlink()
        for folder in reversed(self._made):
            with suppress(OSError):
                folder.rmdir()


@contextmanager
def staged(folder: Path) -> Iterator[Stage]:
    """Give a stage for new files below a folder, which is there; what is left of it goes, whatever happens.

    Raises:
        OSError: the folder cannot be written.
    """
    _sweep(folder)
    work = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=folder))
    descriptor = os.open(work, os.O_RDONLY)
    stage = Stage(folder, work)
    try:
        try_lock(descriptor)
        yield stage
    finally:
        os.close(descriptor)
        stage.end()


def _put_new(written: Path, place: Path) -> None:
    """Give a file its place, in one step, only where there is nothing."""
    written.chmod(0o644)
    try:
        os.link(written, place)
    except FileExistsError as error:
        raise ChangedError from error
    except OSError as error:
        if error.errno not in _NO_LINKS_HERE:
            raise
        if os.path.lexists(place):
            raise ChangedError from error
        written.rename(place)


def _sweep(folder: Path) -> None:
    """Remove the stages whose writers are dead."""
    for work in folder.glob(f"{_PREFIX}*"):
        with suppress(OSError):
            descriptor = os.open(work, os.O_RDONLY)
            try:
                free = try_lock(descriptor)
                if free is None:
                    free = time.time() - work.stat().st_mtime > _ABANDONED_AFTER
            finally:
                os.close(descriptor)
            if free:
                shutil.rmtree(work, ignore_errors=True)

"""Files that are written whole or not at all: whoever reads one sees the old content, or all of the new.

Each file is written under a temporary name beside its place and then renamed, which replaces a file in one step (POSIX,
rename). Two processes that write at once do not meet: the last one's file stays. A temporary file is locked by its
writer: so the next run can tell one that a dead process left from one that is being written, and sweeps the former.
"""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
import time
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO

from .folder_locks import CAN_LOCK, try_lock

_SUFFIX = ".neco"

_TEMPORARY = re.compile(r"\..+\.[a-z0-9_]{8}\.neco", re.ASCII | re.DOTALL)
"""The names of temporary files: a dot, the name of the file to come, eight characters of `tempfile`, our suffix."""

_ABANDONED_AFTER = 24 * 3600
"""Seconds after which a temporary file is nobody's, where no lock can tell."""


class ChangedError(Exception):
    """A file is not what it was when it was read, so what was made from it is not written."""


def write_whole(path: Path, content: str | bytes) -> None:
    """Write one file and the folders above it, whole or not at all; text is written as UTF-8 with the line ends it has.

    A crash of the machine itself may leave half of it: for what can be made again.

    Raises:
        OSError: the disk is full or read-only; what was there before is still there.
    """
    write_together({path: content}, durable=False)


def write_together(
    contents: Mapping[Path, str | bytes],
    *,
    durable: bool = True,
    instead_of: Mapping[Path, bytes | None] | None = None,
) -> None:
    """Write several files as `write_whole` does: none is in its place before all are written.

    With `durable` the content is on the disk before a file is there, so that not even a crash leaves half of it. With
    `instead_of` a file is replaced only while it holds these bytes (None: while there is none).

    Raises:
        ChangedError: a file holds something else by now; it and those after it in `contents` stay.
        OSError: the disk is full or read-only; what was there before is still there.
    """
    written: dict[Path, _Temporary] = {}
    try:
        for path, content in contents.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            _sweep_once(path.parent.absolute())
            written[path] = _write_beside(path, content.encode() if isinstance(content, str) else content, durable)
        for path, temporary in written.items():
            if instead_of is not None and bytes_of(path) != instead_of[path]:
                raise ChangedError
            _put_in_place(temporary, path)
    finally:
        for temporary in written.values():
            temporary.discard()


def write_over(contents: Mapping[Path, str | bytes], read: Mapping[Path, bytes | None]) -> None:
    """Write files of people, as `write_together` does, as long as each still holds what was read (None: nothing).

    Raises:
        ChangedError: somebody has written a file meanwhile; it and those after it stay.
        OSError: the disk is full or read-only; what was there before is still there.
    """
    write_together(contents, instead_of=read)


class GrowingFile:
    """A file that is written piece by piece, and is in its place when all of it is there; before, the old one is.

    Whoever begins one ends it, by `finish` or by `discard`.
    """

    def __init__(self, path: Path) -> None:
        """Begin a file at a path, and make the folders above it.

        Raises:
            OSError: the disk is full or read-only.
        """
        path.parent.mkdir(parents=True, exist_ok=True)
        _sweep_once(path.parent.absolute())
        self._path, self._temporary = path, _new_beside(path)

    def write(self, piece: bytes) -> None:
        """Write the next piece.

        Raises:
            OSError: the disk is full.
        """
        self._temporary.file.write(piece)

    def finish(self, path: Path | None = None) -> None:
        """Put the file into its place, or into another one in the same folder.

        What was there may not be open, where files that are open cannot be replaced.

        Raises:
            OSError: the disk is full or read-only; what was there before is still there.
        """
        try:
            self._temporary.file.flush()
            self._temporary.open_to_all()
            _put_in_place(self._temporary, path or self._path)
        finally:
            self.discard()

    def discard(self) -> None:
        """Remove what is written of a file that is not finished."""
        self._temporary.discard()


def write_new(path: Path, content: str) -> None:
    """Write a file where there is none, and the folders above it, whole or not at all, as `write_together` does.

    Raises:
        ChangedError: something is there, if only a link that leads nowhere, and stays.
        OSError: the disk is full or read-only.
    """
    if path.is_symlink() or path.exists():
        raise ChangedError
    write_together({path: content}, instead_of={path: None})


def bytes_of(path: Path) -> bytes | None:
    """Return what a file holds, or None if there is no such file.

    Raises:
        OSError: the file cannot be read.
    """
    with suppress(FileNotFoundError):
        return path.read_bytes()
    return None


def digest_of_files(paths: Iterable[Path], most: int) -> str:
    """Return one SHA-256, in hexadecimal, of what files hold, in this order; one that cannot be read is absent.

    Of each file so many bytes count at `most`: it may be a device without end.
    """
    collected = hashlib.sha256()
    for path in paths:
        own, left = hashlib.sha256(), most
        with suppress(OSError), path.open("rb") as file:
            own.update(b"there")
            while left > 0 and (piece := file.read(min(left, _PIECE))):
                own.update(piece)
                left -= len(piece)
        collected.update(own.digest())
    return collected.hexdigest()


_PIECE = 1 << 20
"""The number of bytes that are read at once."""


def sweep(folder: Path) -> None:
    """Remove the temporary files in a folder whose writers are dead; what cannot be removed stays."""
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if _TEMPORARY.fullmatch(entry.name) and entry.is_file(follow_symlinks=False):
                _remove_if_dead(Path(entry.path))


@lru_cache(maxsize=4096)
def _sweep_once(folder: Path) -> None:
    """Sweep a folder the first time that this process writes there."""
    sweep(folder)


def _remove_if_dead(temporary: Path) -> None:
    with suppress(OSError), temporary.open("rb") as file:
        free = try_lock(file.fileno())
        if free is None:
            free = time.time() - temporary.stat().st_mtime > _ABANDONED_AFTER
        if free:
            temporary.unlink(missing_ok=True)


@dataclass(frozen=True, slots=True)
class _Temporary:
    """A temporary file, open and locked: closing the file frees the lock."""

    path: Path
    file: BinaryIO

    def open_to_all(self) -> None:
        """Let everybody read the file: mkstemp makes files for their owner alone."""
        self.path.chmod(0o644)

    def discard(self) -> None:
        """Close the file and remove it, unless it has been renamed; what cannot be removed is swept another time."""
        with suppress(OSError):  # a full disk may tell so only now
            self.file.close()
        with suppress(OSError):
            self.path.unlink(missing_ok=True)


def _write_beside(path: Path, content: bytes, durable: bool) -> _Temporary:
    temporary = _new_beside(path)
    try:
        temporary.file.write(content)
        temporary.file.flush()
        if durable:
            os.fsync(temporary.file.fileno())
        temporary.open_to_all()
    except BaseException:
        temporary.discard()
        raise
    return temporary


def _put_in_place(temporary: _Temporary, path: Path) -> None:
    if not CAN_LOCK:
        temporary.file.close()  # Windows renames no open file
    temporary.path.replace(path)


def _new_beside(path: Path) -> _Temporary:
    while True:
        descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=_SUFFIX, dir=path.parent)
        temporary = _Temporary(Path(name), os.fdopen(descriptor, "wb"))
        try_lock(descriptor)
        if os.fstat(descriptor).st_nlink:
            return temporary
        temporary.file.close()  # swept by another process in the moment before it was locked

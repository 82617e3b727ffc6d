"""Advisory locks on folders and files: who writes there asks first, and the kernel frees what a dead process held.

A folder itself is what is locked (flock of Linux, macOS and the BSDs): there is no lock file that could be left behind,
published or committed. Nobody else is kept out: an editor and git write when they like.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

try:
    import fcntl
except ImportError:  # on Windows; what stands on the disk is still read again before it is replaced
    fcntl = None  # type: ignore[assignment]

CAN_LOCK = fcntl is not None
"""Whether this system has such locks at all."""

_NO_LOCKS_HERE = {errno.EBADF, errno.EINVAL, errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP}
"""What file systems say that have no such locks, or as NFS none on folders."""


@contextmanager
def only_writer(folder: Path) -> Iterator[bool]:
    """Wait until no other process, and no other thread, is the writer of a folder, and be that.

    A folder that does not exist is made, and goes again if nothing was put into it. Where a file system has no locks
    nobody waits, and what the context gives is False.

    Raises:
        OSError: the folder cannot be made or opened.
    """
    made = not folder.exists()
    descriptor, locked = _locked_folder(folder)
    try:
        yield locked
    finally:
        if made:
            with suppress(OSError):  # something is in it, as it should be
                folder.rmdir()
        os.close(descriptor)


def try_lock(descriptor: int) -> bool | None:
    """Lock an open file until it is closed; return False if another has it, None where there are no such locks."""
    if not CAN_LOCK:
        return None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return None
    return True


def _locked_folder(folder: Path) -> tuple[int, bool]:
    """Return a descriptor of the folder, locked until it is closed, and whether there are such locks."""
    while True:
        folder.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            locked = _wait_for(descriptor)
            if _is_still(descriptor, folder):
                return descriptor, locked
        except BaseException:
            os.close(descriptor)
            raise
        os.close(descriptor)


def _wait_for(descriptor: int) -> bool:
    if not CAN_LOCK:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
    except OSError as error:
        if error.errno not in _NO_LOCKS_HERE:
            raise
        return False
    return True


def _is_still(descriptor: int, folder: Path) -> bool:
    """Whether the folder is still the one that was opened: git and others take folders away and make new ones."""
    with suppress(FileNotFoundError):
        return os.path.samestat(os.fstat(descriptor), folder.stat())
    return False

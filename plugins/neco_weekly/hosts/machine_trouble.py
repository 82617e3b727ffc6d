"""What a machine refuses, as one sentence for a person: a full disk, a folder that is closed, too little memory."""

from __future__ import annotations

import errno
import os
from pathlib import Path

_REMEDIES = {
    errno.ENOSPC: "make room on the disk",
    errno.EDQUOT: "make room on the disk",
    errno.EFBIG: "make it smaller",
    errno.EACCES: "give yourself the right to read and write it",
    errno.EPERM: "give yourself the right to read and write it",
    errno.EROFS: "choose a place that can be written to",
    errno.ELOOP: "remove the link that leads to itself",
    errno.ENOENT: "put it back, or correct what names it",
    errno.ENOTDIR: "make it a folder",
    errno.EISDIR: "make it a file",
    errno.EEXIST: "remove what is there",
    errno.ENOTEMPTY: "remove what is there",
    errno.ENAMETOOLONG: "give it a shorter name",
    errno.EMFILE: "let the system open more files at once",
    errno.ENFILE: "let the system open more files at once",
    errno.ENOMEM: "close other programs",
    errno.EIO: "check the disk",
    errno.EBUSY: "end what uses it",
    errno.ETXTBSY: "end what uses it",
}
"""What to do about the numbers with which a system refuses something of a file (POSIX, <errno.h>)."""


def machine_trouble(error: BaseException, place: str) -> str | None:
    """Return what went wrong, where, and what to do about that; None where an error is not the machine's.

    `place` is what was worked on, for errors that name no file: a full disk does not say which file is too much.
    """
    if isinstance(error, MemoryError):
        return f"{_shown(place)}: there is not enough memory; close other programs, or give the machine more"
    if not isinstance(error, OSError) or error.errno not in _REMEDIES:
        return None
    named = error.filename if isinstance(error.filename, str) else place
    return f"{_shown(named)}: {os.strerror(error.errno)}; {_REMEDIES[error.errno]}"


def _shown(place: str) -> str:
    """Return a path as a person in the working folder would write it."""
    if not Path(place).is_absolute():
        return place
    relative = os.path.relpath(place)
    return place if relative.startswith(os.pardir) else relative

"""A pack: a change of the lock as a folder that travels from the job that fetches to the job that writes.

The reader trusts nothing in the pack: the writer may have been taken over by a page that it read.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from ...model.errors import NecoError
from .change import GONE, Change, LockFiles
from .pictures import NOTHING_DONE

PATCH_FILE, REMOVED_FILE, REPORT_FILE, FILES_FOLDER = "lock.patch", "removed.txt", "report.md", "files"

LONGEST = 100_000_000
"""The most bytes of a pack's file with text; the lock of ten years of issues has about 10 MB."""


def write_pack(lock: LockFiles, change: Change, folder: Path) -> None:
    """Write a change of the lock as a pack for `read_pack`; below `files/` is every new or different file, for people.

    Raises:
        NecoError: the folder has something in it, or the change would be refused.
    """
    if folder.exists() and any(folder.iterdir()):
        raise NecoError(f"{folder} is not empty; name a new folder")
    for path, mode in lock.difference("HEAD", lock.tree("HEAD", change)).items():
        if mode != GONE:
            copy = folder / FILES_FOLDER / path
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(lock.git.folder / path, copy)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / PATCH_FILE).write_bytes(change.patch)
    (folder / REMOVED_FILE).write_text("".join(f"{name}\n" for name in change.removed), encoding="utf-8")
    (folder / REPORT_FILE).write_text(change.report, encoding="utf-8")


def read_pack(lock: LockFiles, folder: Path) -> Change:
    """Return the change of the lock that `write_pack` wrote; what it holds is for `LockFiles.tree` to judge.

    Raises:
        NecoError: the folder is no pack.
    """
    pictures = folder / FILES_FOLDER / lock.pictures
    try:
        return Change(
            patch=_content(folder / PATCH_FILE),
            added=tuple(sorted(pictures.iterdir())) if pictures.exists() else (),
            removed=tuple(_content(folder / REMOVED_FILE).decode().splitlines()),
            report=_content(folder / REPORT_FILE).decode(),
        )
    except (OSError, UnicodeDecodeError) as error:
        raise NecoError(f"{folder} is not what `neco publish pack` wrote: {error}") from error


def _content(path: Path) -> bytes:
    """Return the bytes of a pack's file, which is no link: a link could lead to a secret, and the report be public."""
    if path.is_symlink() or path.stat().st_size > LONGEST:
        raise NecoError(f"{path} is a link or has more than {LONGEST:,} bytes; {NOTHING_DONE}")
    return path.read_bytes()

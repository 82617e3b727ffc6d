"""The pictures of cards as files: small pictures, named by their content, written, listed and removed in one folder.

A name is the digest of the content, so the same picture of two pages is one file, a file never changes, and what no
card names may go. Files of any other name are not ours and stay.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Collection, Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from ..model.errors import NecoError
from .whole_files import write_whole

_NAME = re.compile(r"[0-9a-f]{20}\.(?:png|webp)", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture of a card as the site keeps it: WebP or PNG, made by us. Width and height are pixels of the file."""

    content: bytes
    width: int
    height: int

    @property
    def name(self) -> str:
        """The picture's file name: `<20 hex digits of the SHA-256 of the content>.webp` or `.png`."""
        suffix = "webp" if self.content[8:12] == b"WEBP" else "png"
        return f"{hashlib.sha256(self.content).hexdigest()[:20]}.{suffix}"


def is_picture_name(name: str) -> bool:
    """Whether a file name may be that of a card's picture; such a name never leads out of a folder."""
    return _NAME.fullmatch(name) is not None


def unused_names(present: Iterable[str], named: Collection[str]) -> list[str]:
    """Return those file names of pictures that no card names, sorted; files of other names are not ours."""
    return sorted(name for name in present if is_picture_name(name) and name not in named)


# --- files --------------------------------------------------------------------------------------------------------


def save_picture(picture: Picture, folder: Path) -> bool:
    """Write a card's picture under its name, whole or not at all; return True if the picture was not there yet.

    Raises:
        NecoError: the folder is a link, or the disk is full or read-only; nothing half-written stays.
    """
    _refuse_link(folder)
    path = folder / picture.name
    if _holds(path, picture.content):
        return False
    try:
        write_whole(path, picture.content)  # a picture that a crash loses is written again by the next refresh
    except OSError as error:
        raise NecoError(f"{path}: cannot write the picture ({error.strerror}); nothing of it was kept") from error
    return True


def unused_pictures(folder: Path, named: Collection[str]) -> list[str]:
    """Return the names of the pictures in the folder that no card names, sorted; a missing folder has none.

    Raises:
        NecoError: the folder is a link, or cannot be read.
    """
    _refuse_link(folder)
    try:
        with os.scandir(folder) as entries:
            return unused_names([it.name for it in entries if it.is_file(follow_symlinks=False)], named)
    except FileNotFoundError:
        return []
    except OSError as error:
        raise NecoError(f"{folder}: the pictures cannot be listed ({error.strerror})") from error


def remove_pictures(folder: Path, names: Iterable[str]) -> None:
    """Remove pictures of cards by their file names; one that is gone already is no trouble.

    Raises:
        NecoError: a name is none of ours, the folder is a link, or a file cannot be removed.
    """
    _refuse_link(folder)
    for name in names:
        if not is_picture_name(name):
            raise NecoError(f"{name!r} is not the name of a card's picture; it was not removed")
        try:
            (folder / name).unlink(missing_ok=True)
        except OSError as error:
            raise NecoError(f"{folder / name}: cannot be removed ({error.strerror})") from error


def _refuse_link(folder: Path) -> None:
    """Refuse a picture folder that is a link: writing and removing must not happen in another folder."""
    if folder.is_symlink():
        raise NecoError(f"{folder}: is a link to another place; make it a folder")


def _holds(path: Path, content: bytes) -> bool:
    """Whether a file holds exactly this picture; a damaged file, or a link in its place, does not."""
    with suppress(OSError):
        return not path.is_symlink() and path.stat().st_size == len(content) and path.read_bytes() == content
    return False

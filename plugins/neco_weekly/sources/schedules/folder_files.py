"""The files of a folder in a git repository, as far as they are here and not too long."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ..repositories import FILE_MODES, GitRepository

MAX_BYTES = 256_000
"""The size in bytes of the largest file that is read; the largest real one has less than a tenth of that."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FolderFiles:
    """The texts of files by path, and why some that are there could not be read."""

    texts: dict[str, str] = field(default_factory=dict)
    irregular: list[str] = field(default_factory=list)


def read_folder(repository: GitRepository, newest: str, folder: str, pattern: re.Pattern[str]) -> FolderFiles:
    """Return the files below a folder of a commit whose path matches a pattern whole; links are none.

    Nothing is fetched: what a partial clone lacks is told. Bytes that are no UTF-8 become replacement characters.

    Raises:
        NecoError: the repository cannot be read.
    """
    found = FolderFiles()
    listed = repository.read("ls-tree", "-r", "-z", "--full-tree", newest, "--", f"{folder}/")
    blobs: dict[str, str] = {}
    for line in filter(None, listed.decode(errors="replace").split("\0")):
        head, _, path = line.partition("\t")
        mode, _, blob = head.split()
        if mode in FILE_MODES and pattern.fullmatch(path):
            blobs[path] = blob
    if not blobs:
        return found
    missing = repository.missing_below(f"{newest}:{folder}")
    sizes = repository.sizes(blob for blob in blobs.values() if blob not in missing)
    contents = repository.contents(blob for blob, size in sizes.items() if size <= MAX_BYTES)
    for path, blob in sorted(blobs.items()):
        if blob in contents:
            found.texts[path] = contents[blob].decode(errors="replace").removeprefix("\ufeff").replace("\r\n", "\n")
        else:
            found.irregular.append(f"{path}: its content is not in this partial clone, or far too long")
    return found

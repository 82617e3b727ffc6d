"""A digest of the program itself, for caches: what another version of the program has cached must not be used."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

_DECIDES = frozenset({".py", ".html", ".toml", ".csv", ".json"})
"""Suffixes of the files that decide what is read and drawn; styles, scripts and pictures are only passed on."""


@cache
def program_digest() -> str:
    """Return the SHA-256, in hexadecimal, of all files of this package that decide what it reads and draws.

    The digest is of all files and not of some, although a cache then begins anew more often than it must: a list of the
    files that matter is out of date one day, and nobody notices.
    """
    package = Path(__file__).parents[1]
    files = sorted(path for path in package.rglob("*") if path.suffix in _DECIDES)
    collected = hashlib.sha256()
    for path in files:
        collected.update(f"{path.relative_to(package).as_posix()}\0".encode())
        collected.update(path.read_bytes())
        collected.update(b"\0")
    return collected.hexdigest()

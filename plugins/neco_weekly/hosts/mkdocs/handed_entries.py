"""Entries that workers hand over to a build: each worker has a file of its own, to which it only adds.

A file for each entry would cost more than it takes to draw most of them.
"""

from __future__ import annotations

import json
import os
import zlib
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

_LENGTH = 8
"""The bytes before an entry: the length of what is told of it, behind which its texts follow."""


@dataclass(frozen=True, slots=True)
class Handed:
    """Texts of these sizes in bytes, one behind the other, that follow from a key; `check` is their check sum."""

    key: str
    sizes: list[int]
    check: int
    file: BinaryIO
    start: int

    def content(self) -> bytes | None:
        """Return the texts; None where they are damaged."""
        with suppress(OSError):
            content = os.pread(self.file.fileno(), sum(self.sizes), self.start)
            if zlib.crc32(content) == self.check:
                return content
        return None


@dataclass
class HandedEntries:
    """What workers and their build share in a folder."""

    folder: Path
    _own: BinaryIO | None = None
    _files: dict[str, tuple[BinaryIO, int]] = field(default_factory=dict)
    _found: dict[str, Handed] = field(default_factory=dict)

    def give(self, name: str, key: str, pieces: Sequence[bytes]) -> None:
        """Hand an entry over, in a worker. A full disk only costs speed."""
        content = b"".join(pieces)
        told = json.dumps([name, key, list(map(len, pieces)), zlib.crc32(content)]).encode()
        with suppress(OSError):
            self._own = self._own or (self.folder / str(os.getpid())).open("ab", buffering=0)
            self._own.write(b"".join((len(told).to_bytes(_LENGTH, "big"), told, content)))

    def find(self, name: str) -> Handed | None:
        """Return an entry that a worker has handed over by now."""
        if name not in self._found:
            with suppress(OSError):
                for path in self.folder.iterdir():
                    self._found.update(self._added(path))
        return self._found.get(name)

    def _added(self, path: Path) -> Iterator[tuple[str, Handed]]:
        """Yield what was added to the file of a worker since the last time; what is half written comes later."""
        if path.name not in self._files:
            self._files[path.name] = path.open("rb"), 0
        file, start = self._files[path.name]
        size = os.fstat(file.fileno()).st_size
        with suppress(ValueError, TypeError):  # a damaged file ends here
            while start + _LENGTH <= size:
                told = start + _LENGTH
                texts = told + int.from_bytes(os.pread(file.fileno(), _LENGTH, start), "big")
                if texts > size:
                    break
                name, key, sizes, check = json.loads(os.pread(file.fileno(), texts - told, told))
                if texts + sum(sizes) > size:
                    break
                yield name, Handed(key, sizes, check, file, texts)
                start = texts + sum(sizes)
        self._files[path.name] = file, start

    def close(self) -> None:
        """Close all files."""
        for file in filter(None, (self._own, *(file for file, _ in self._files.values()))):
            file.close()
        self._files, self._found = {}, {}

"""Entries that are kept between builds in one file, each a few texts under a name and a key of what they follow from.

It is one file, for hundreds of small ones take longer to open than to read. New entries go into its successor as they
come, so that none waits in memory, and `save` takes over those of before that were asked for. Two builds at once have a
successor each, and the last one's stays. Each entry has a check sum: what is damaged is no entry.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from ...lock.whole_files import GrowingFile, write_whole

_END = b"neco-kept-1\n"
"""What the file ends with, behind the list of entries and its length: a file that was cut off does not."""

_LENGTH, _CHECK = 8, 4
"""The bytes of the length of the list of entries, and of its check sum."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """Where an entry lies in its file: texts of these sizes in bytes, one behind the other from `start`."""

    key: str
    start: int
    sizes: list[int]
    check: int


class KeptEntries:
    """The entries of a file; without a path nothing is kept. They end with `save` or `close`."""

    def __init__(self, path: Path | None) -> None:
        self._path, self._is_open, self._is_full = path, False, False
        self._old: BinaryIO | None = None
        self._known: dict[str, _Entry] = {}
        self._asked: set[str] = set()
        self._new: dict[str, _Entry] = {}
        self._next: GrowingFile | None = None
        self._size = 0
        self._handed: Path | None = None
        self._is_worker = False
        self._left: object = None

    def _open(self) -> None:
        self._is_open = True
        with suppress(OSError, ValueError):
            if self._path is not None:
                self._old = self._path.open("rb")
                self._known = _list_in(self._old)

    def get(self, name: str, key: bytes) -> list[str] | None:
        """Return the texts of an entry; None where there is none, or where they follow from something else."""
        if not self._is_open:
            self._open()
        entry = self._known.get(name)
        content = self._content(entry) if entry and entry.key == key.hex() else None
        if entry is None or content is None:
            return self._handed_over(name, key)
        self._asked.add(name)
        return list(_texts(content, entry.sizes))

    def has(self, name: str, key: bytes) -> bool:
        """Whether there is an entry, which then stays; somebody knows what it says."""
        if not self._is_open:
            self._open()
        entry = self._new.get(name) or self._known.get(name)
        if entry is None or entry.key != key.hex():
            return False
        self._asked.add(name)
        return True

    def put(self, name: str, key: bytes, texts: Sequence[str]) -> None:
        """Keep the texts of an entry. A full disk only costs speed: then nothing new is kept."""
        pieces = [it.encode("utf-8", "surrogatepass") for it in texts]
        if self._is_worker:
            self._give(name, key, pieces)
            return
        self._new.pop(name, None)
        self._write(name, key.hex(), list(map(len, pieces)), b"".join(pieces))

    def save(self) -> None:
        """Put the successor into its place, where anything is new, with what was asked for of the entries of before."""
        if self._new:
            for name in self._asked.difference(self._new):
                entry = self._known[name]
                if (content := self._content(entry)) is not None:
                    self._write(name, entry.key, entry.sizes, content)
            self._finish()
        self.close()

    def close(self) -> None:
        """End without keeping anything new."""
        if self._old is not None:
            self._old.close()
        if self._next is not None:
            self._next.discard()
        self._path, self._old, self._next = None, None, None
        self._known, self._new = {}, {}

    def hand_over(self, folder: Path | None) -> None:
        """Look for what workers have made in a folder, too; None: no more."""
        self._handed = folder

    def leave(self) -> None:
        """Write no entry any more, in a worker: what is new is handed over instead, where there is a folder for that.

        Both files are still open in the process that keeps, and have one place of reading for both processes. They are
        not closed here, which would write what the worker has of the successor a second time.
        """
        self._is_worker, self._left = True, (self._old, self._next)
        if self._old is not None:
            self._open()
        self._left = self._old, self._next
        self._path, self._old, self._next, self._is_open = None, None, None, True
        self._known, self._new = {}, {}

    def _give(self, name: str, key: bytes, pieces: Sequence[bytes]) -> None:
        if self._handed is not None:
            head = json.dumps([name, key.hex(), list(map(len, pieces))]).encode()
            with suppress(OSError):
                write_whole(_place_in(self._handed, name), with_check(b"\n".join((head, b"".join(pieces)))))

    def _handed_over(self, name: str, key: bytes) -> list[str] | None:
        """Return the texts of an entry that a worker has made, which is now one of ours; None where none has."""
        if self._handed is None or self._is_worker:
            return None
        with suppress(OSError, ValueError):
            head, _, content = checked(_place_in(self._handed, name).read_bytes()).partition(b"\n")
            given, for_key, sizes = json.loads(head)
            if (given, for_key) == (name, key.hex()):
                self._new.pop(name, None)
                self._write(name, for_key, sizes, content)
                return list(_texts(content, sizes))
        return None

    def _content(self, entry: _Entry) -> bytes | None:
        if self._old is None:
            return None
        with suppress(OSError, ValueError, OverflowError):
            self._old.seek(entry.start)
            content = self._old.read(sum(entry.sizes))
            if len(content) == sum(entry.sizes) and zlib.crc32(content) == entry.check:
                return content
        return None

    def _write(self, name: str, key: str, sizes: list[int], content: bytes) -> None:
        """Write an entry into the successor; where that fails, into none from then on."""
        if self._path is None or self._is_full:
            return
        try:
            self._next = self._next or GrowingFile(self._path)
            self._next.write(content)
        except OSError:
            self._give_up()
        else:
            self._new[name] = _Entry(key, self._size, sizes, zlib.crc32(content))
            self._size += len(content)

    def _finish(self) -> None:
        found = {name: [it.key, it.start, it.sizes, it.check] for name, it in self._new.items()}
        listed = json.dumps(found, separators=(",", ":")).encode()
        if self._old is not None:
            self._old.close()
        if self._next is not None:
            with suppress(OSError):
                length, check = len(listed).to_bytes(_LENGTH, "big"), zlib.crc32(listed).to_bytes(_CHECK, "big")
                self._next.write(listed + length + check + _END)
                self._next.finish()

    def _give_up(self) -> None:
        if self._next is not None:
            self._next.discard()
        self._is_full, self._next, self._new = True, None, {}


def _place_in(folder: Path, name: str) -> Path:
    return folder / hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _list_in(file: BinaryIO) -> dict[str, _Entry]:
    """Return the entries of a file by their names.

    Raises:
        OSError, ValueError: it is too short for a file of entries, or cannot be read.
    """
    size, behind = file.seek(0, 2), _LENGTH + _CHECK + len(_END)
    file.seek(size - behind)
    end = file.read()
    length, check = (int.from_bytes(it, "big") for it in (end[:_LENGTH], end[_LENGTH : _LENGTH + _CHECK]))
    if not end.endswith(_END) or length > size - behind:
        return {}
    file.seek(size - behind - length)
    listed = file.read(length)
    return {name: _Entry(*it) for name, it in json.loads(listed).items()} if zlib.crc32(listed) == check else {}


def _texts(content: bytes, sizes: Sequence[int]) -> Iterator[str]:
    start = 0
    for size in sizes:
        yield content[start : start + size].decode("utf-8", "surrogatepass")
        start += size


def with_check(content: bytes) -> bytes:
    """Return what a file of its own keeps, behind a check sum."""
    return zlib.crc32(content).to_bytes(_CHECK, "big") + content


def checked(content: bytes) -> bytes:
    """Return what `with_check` was given.

    Raises:
        ValueError: the file was cut off, or has been damaged otherwise.
    """
    check, kept = content[:_CHECK], content[_CHECK:]
    if int.from_bytes(check, "big") != zlib.crc32(kept):
        raise ValueError("a damaged file")
    return kept

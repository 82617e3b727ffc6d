"""Entries that are kept between builds, each a few texts under a name and a key of what they follow from.

They lie in one file, for hundreds of small ones take longer to open than to read, and in a second one what is new since
that was written, so that a small change writes no large file. New entries go into a successor as they come, so that
none waits in memory, and `save` takes over those of before that were asked for. Two builds at once have a successor
each, and the last one's stays. Each entry has a check sum: what is damaged is no entry.
"""

from __future__ import annotations

import json
import os
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from ...lock.whole_files import GrowingFile
from .handed_entries import HandedEntries

_END = b"neco-kept-1\n"
"""What the file ends with, behind the list of entries and its length: a file that was cut off does not."""

_LENGTH, _CHECK = 8, 4
"""The bytes of the length of the list of entries, and of its check sum."""


_SMALL = 1_000_000
"""The bytes of a file that is written as a whole each time."""

_SHARE = 4
"""The part of the large file (one in so many) that the second one may have, and that may be out of date."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """Where an entry lies in its file: texts of these sizes in bytes, one behind the other from `start`."""

    key: str
    start: int
    sizes: list[int]
    check: int

    @property
    def size(self) -> int:
        """The bytes of all texts together."""
        return sum(self.sizes)


@dataclass(frozen=True, slots=True)
class _Layer:
    """A file of entries that is open. Reading at a place of it needs no place of reading, which workers would share."""

    file: BinaryIO
    entries: dict[str, _Entry]

    def content(self, entry: _Entry) -> bytes | None:
        """Return the texts of an entry, one behind the other; None where they are damaged."""
        with suppress(OSError, ValueError, OverflowError):
            content = _read_at(self.file, entry.start, entry.size)
            if len(content) == entry.size and zlib.crc32(content) == entry.check:
                return content
        return None


def _read_at(file: BinaryIO, start: int, size: int) -> bytes:
    if hasattr(os, "pread"):  # not on Windows, where there are no workers
        return os.pread(file.fileno(), size, start)
    file.seek(start)
    return file.read(size)


class KeptEntries:
    """The entries of a file and of the one beside it; without a path nothing is kept. They end with `save` or `close`.

    The newest layer comes first.
    """

    def __init__(self, path: Path | None) -> None:
        self._path, self._is_open, self._is_full = path, False, False
        self._layers: tuple[_Layer, ...] = ()
        self._asked: dict[str, tuple[_Layer, _Entry]] = {}
        self._new: dict[str, _Entry] = {}
        self._next: GrowingFile | None = None
        self._size = 0
        self._handed: HandedEntries | None = None
        self._is_worker = False

    def _open(self) -> None:
        self._is_open = True
        if self._path is not None:
            found = (_layer_in(path) for path in (_beside(self._path), self._path))
            self._layers = tuple(it for it in found if it)

    def _find(self, name: str, key: bytes) -> tuple[_Layer, _Entry] | None:
        if not self._is_open:
            self._open()
        for layer in self._layers:
            entry = layer.entries.get(name)
            if entry is not None and entry.key == key.hex():
                return layer, entry
        return None

    def get(self, name: str, key: bytes) -> list[str] | None:
        """Return the texts of an entry; None where there is none, or where they follow from something else."""
        found = self._find(name, key)
        content = found[0].content(found[1]) if found else None
        if found is None or content is None:
            return self._handed_over(name, key)
        self._asked[name] = found
        return list(_texts(content, found[1].sizes))

    def has(self, name: str, key: bytes) -> bool:
        """Whether there is an entry, which then stays; somebody knows what it says."""
        new = self._new.get(name)
        if new is not None:
            return new.key == key.hex()
        found = self._find(name, key)
        if found is not None:
            self._asked[name] = found
        return found is not None

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
            stays = {name: it for name, it in self._asked.items() if name not in self._new}
            base = self._base_for(stays)
            for name, (layer, entry) in stays.items():
                if layer is not base and (content := layer.content(entry)) is not None:
                    self._write(name, entry.key, entry.sizes, content)
            self._finish(is_whole=base is None)
        self.close()

    def _base_for(self, stays: Mapping[str, tuple[_Layer, _Entry]]) -> _Layer | None:
        """Return the large file where that is to stay; None where all is to be written as one."""
        base = self._layers[-1] if self._layers else None
        if base is None or base.file.name != str(self._path):
            return None
        size = sum(it.size for it in base.entries.values())
        current = sum(entry.size for layer, entry in stays.values() if layer is base)
        others = self._size + sum(entry.size for layer, entry in stays.values() if layer is not base)
        is_fit = size > _SMALL and others * _SHARE < size and (size - current) * _SHARE < size
        return base if is_fit else None

    def close(self) -> None:
        """End without keeping anything new."""
        self._close_layers()
        self.hand_over(None)
        if self._next is not None:
            self._next.discard()
        self._path, self._next = None, None
        self._asked, self._new = {}, {}

    def _close_layers(self) -> None:
        for layer in self._layers:
            layer.file.close()
        self._layers = ()

    def hand_over(self, folder: Path | None) -> None:
        """Look for what workers have made in a folder, too; None: no more."""
        if self._handed is not None:
            self._handed.close()
        self._handed = HandedEntries(folder) if folder else None

    @property
    def is_handed_over(self) -> bool:
        """Whether workers hand entries over."""
        return self._handed is not None

    def leave(self) -> None:
        """Write no entry any more, in a worker: what is new is handed over instead, where there is a folder for that.

        The successor stays as it is: to close it here would write what this process has of it a second time.
        """
        self._is_worker = True

    def _give(self, name: str, key: bytes, pieces: Sequence[bytes]) -> None:
        if self._handed is not None:
            self._handed.give(name, key.hex(), pieces)

    def _handed_over(self, name: str, key: bytes) -> list[str] | None:
        """Return the texts of an entry that a worker has made, which is now one of ours; None where none has."""
        if self._handed is None or self._is_worker:
            return None
        found = self._handed.find(name)
        content = found.content() if found and found.key == key.hex() else None
        if found is None or content is None:
            return None
        self._new.pop(name, None)
        self._write(name, found.key, found.sizes, content)
        return list(_texts(content, found.sizes))

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

    def _finish(self, *, is_whole: bool) -> None:
        found = {name: [it.key, it.start, it.sizes, it.check] for name, it in self._new.items()}
        listed = json.dumps(found, separators=(",", ":")).encode()
        self._close_layers()
        if self._next is not None and self._path is not None:
            beside = _beside(self._path)
            with suppress(OSError):
                length, check = len(listed).to_bytes(_LENGTH, "big"), zlib.crc32(listed).to_bytes(_CHECK, "big")
                self._next.write(listed + length + check + _END)
                self._next.finish(self._path if is_whole else beside)
                if is_whole:
                    beside.unlink(missing_ok=True)

    def _give_up(self) -> None:
        if self._next is not None:
            self._next.discard()
        self._is_full, self._next, self._new = True, None, {}


def _beside(path: Path) -> Path:
    return path.with_name(f"{path.name}-new")


def _layer_in(path: Path) -> _Layer | None:
    with suppress(OSError):
        file = path.open("rb")
        try:
            return _Layer(file, _list_in(file))
        except (OSError, ValueError, TypeError):
            file.close()
    return None


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

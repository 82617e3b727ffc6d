"""What was read from a repository, kept until there are new commits: reading takes a second, the cache a blink.

A cache, never a source: a damaged file is no file, and a full disk only costs time.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from ...lock.keps_json import enhancement_from_dict, enhancement_to_dict
from ...lock.whole_files import write_whole
from ...model.errors import NecoError
from ...model.keps import Enhancement, Snapshot
from ...model.program import program_digest

_KEPT = 8
"""The number of readings of other repositories and older commits that stay in the cache."""


@dataclass(frozen=True)
class HistoryCache:
    """The cached reading of one repository in one state, which `key` names."""

    folder: Path
    key: str

    def snapshot(self, read: Callable[[], Snapshot]) -> Snapshot:
        """Return all KEPs of a repository, from the cache if they are there, else from `read`."""
        if self._document:
            with suppress(NecoError, ValueError, KeyError, TypeError, AttributeError):
                return _snapshot(self._document)
        return self._fresh(read)

    def enhancement(self, number: int, read: Callable[[], Snapshot]) -> tuple[dt.date, Enhancement | None]:
        """Return the day of the reading and one KEP, None if there never was one, without looking at other KEPs."""
        if self._document:
            with suppress(NecoError, ValueError, KeyError, TypeError, AttributeError):
                found = self._document["keps"].get(str(number))
                day = dt.date.fromisoformat(self._document["date"])
                return day, enhancement_from_dict(number, found) if found else None
        snapshot = self._fresh(read)
        return snapshot.date, snapshot.enhancements.get(number)

    @cached_property
    def _document(self) -> Mapping[str, Any] | None:
        with suppress(OSError, ValueError, RecursionError):
            document = json.loads(self._file.read_bytes())
            return document if isinstance(document, dict) else None
        return None

    @property
    def _file(self) -> Path:
        name = hashlib.sha256(f"{program_digest()} {self.key}".encode()).hexdigest()[:24]
        return self.folder / f"history-{name}.json"

    def _fresh(self, read: Callable[[], Snapshot]) -> Snapshot:
        snapshot = read()
        with suppress(OSError):
            known = sorted(self.folder.glob("history-*.json"), key=lambda file: file.stat().st_mtime)
            for old in known[: 1 - _KEPT]:
                old.unlink(missing_ok=True)
            write_whole(self._file, json.dumps(_to_dict(snapshot), ensure_ascii=False))
        return snapshot


def _snapshot(document: Mapping[str, Any]) -> Snapshot:
    since = document["since"]
    return Snapshot(
        date=dt.date.fromisoformat(document["date"]),
        since=dt.date.fromisoformat(since) if since else None,
        enhancements={int(key): enhancement_from_dict(int(key), value) for key, value in document["keps"].items()},
        irregular=document["irregular"],
        pulls={int(pull): tuple(keps) for pull, keps in document["pulls"].items()},
    )


def _to_dict(snapshot: Snapshot) -> dict[str, Any]:
    return {
        "date": snapshot.date.isoformat(),
        "since": snapshot.since.isoformat() if snapshot.since else None,
        "irregular": dict(snapshot.irregular),
        "pulls": {str(pull): keps for pull, keps in snapshot.pulls.items()},
        "keps": {str(number): enhancement_to_dict(it) for number, it in snapshot.enhancements.items()},
    }

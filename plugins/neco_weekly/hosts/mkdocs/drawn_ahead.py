"""Generated pages that workers draw ahead of the build, which hand what they have drawn over in a folder."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from mkdocs.structure.files import File

from .kept_entries import KeptEntries
from .workers import Row, Workers


@dataclass(kw_only=True)
class DrawnAhead:
    """The drawings of some pages, one after the other, of which workers make those that come last.

    `draws` returns by a page's file, in the order in which the build comes to them, what draws that page into the
    `entries`. It is asked once.
    """

    draws: Callable[[], Sequence[tuple[File, Callable[[], object]]]]
    entries: KeptEntries
    workers: Workers
    _row: Row | None = None
    _places: dict[str, int] = field(default_factory=dict)
    _folder: tempfile.TemporaryDirectory[str] | None = None

    def reach(self, file: File) -> None:
        """Say that the build comes to the page of a file."""
        row = self._row or self._begin()
        row.reach(self._places.get(file.src_uri, -1))

    def made(self) -> None:
        """Say that the build draws a page itself."""
        if self._row:
            self._row.made()

    def end(self) -> None:
        """End the workers, and forget what nobody has asked for."""
        if self._row:
            self._row.end()
        if self._folder:
            self.entries.hand_over(None)
            self._folder.cleanup()
            self._folder = None

    def _begin(self) -> Row:
        draws = self.draws()
        self._places = {file.src_uri: place for place, (file, _) in enumerate(draws)}

        def begin() -> None:
            self._folder = tempfile.TemporaryDirectory(prefix="neco-", ignore_cleanup_errors=True)
            self.entries.hand_over(Path(self._folder.name))

        self._row = self.workers.row(len(draws), lambda place: draws[place][1](), self.entries.leave, begin)
        return self._row

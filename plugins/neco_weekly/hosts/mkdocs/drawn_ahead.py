"""What workers draw ahead of the build: they hand it over in a folder."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from mkdocs.structure.files import File

from .kept_entries import KeptEntries
from .workers import Workers


class HandedRow:
    """A row of drawings, of which workers make those that come last into the entries."""

    def __init__(self, workers: Workers, entries: KeptEntries, count: int, draw: Callable[[int], object]) -> None:
        """Begin with none drawn; `draw` gets the place of one."""
        self._entries, self._shared = entries, ExitStack()
        self._row = workers.row(count, draw, entries.leave, self._begin)
        self.reach, self.made = self._row.reach, self._row.made

    def _begin(self) -> None:
        self._shared.enter_context(handed_over(self._entries))

    def end(self) -> None:
        """End the workers, and forget what nobody has asked for."""
        self._row.end()
        self._shared.close()


@contextmanager
def handed_over(entries: KeptEntries) -> Iterator[None]:
    """Let workers that begin in the context hand entries over."""
    if entries.is_handed_over:  # there are workers already
        yield
        return
    with tempfile.TemporaryDirectory(prefix="neco-", ignore_cleanup_errors=True) as folder:
        entries.hand_over(Path(folder))
        try:
            yield
        finally:
            entries.hand_over(None)


@dataclass(kw_only=True)
class DrawnAhead:
    """The drawings of some pages, one after the other, of which workers make those that come last.

    `draws` returns by a page's file, in the order in which the build comes to them, what draws that page into the
    `entries`. It is asked once.
    """

    draws: Callable[[], Sequence[tuple[File, Callable[[], object]]]]
    entries: KeptEntries
    workers: Workers
    _row: HandedRow | None = None
    _places: dict[str, int] = field(default_factory=dict)

    def reach(self, file: File) -> None:
        """Say that the build comes to the page of a file."""
        if self._row is None:
            draws = self.draws()
            self._places = {file.src_uri: place for place, (file, _) in enumerate(draws)}
            self._row = HandedRow(self.workers, self.entries, len(draws), lambda place: draws[place][1]())
        self._row.reach(self._places.get(file.src_uri, -1))

    def made(self) -> None:
        """Say that the build draws a page itself."""
        if self._row:
            self._row.made()

    def end(self) -> None:
        """End the workers, and forget what nobody has asked for."""
        if self._row:
            self._row.end()

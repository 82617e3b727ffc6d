"""The size and the lines in which a title fills its place: as large as may be, and lines of like length.

Widths are in sizes of the letters (em), so that a text is measured once for all sizes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from .breaks import Phrases, letters, pieces

Measure = Callable[[str], float]
"""A function from a text to its width in em."""

LEADING = 1.34
"""The distance of the lines of a title, in em."""

GAP = 0.36
"""What stands between two parts of a title beside that, in em."""

_EVEN = 0.1
"""How near to the narrowest width the lines of a part are made even, in em."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """A text as it is set: letters of a size in pixels, and the lines of each of its parts."""

    pixels: int
    parts: tuple[tuple[str, ...], ...]

    @property
    def height(self) -> float:
        """The height of all lines, in pixels."""
        return self.pixels * (LEADING * sum(map(len, self.parts)) + GAP * max(len(self.parts) - 1, 0))


@dataclass(frozen=True, slots=True)
class _Piece:
    """What stays on one line: its width, and that without the spaces at its end, which is what a line's last needs."""

    text: str
    width: float
    seen: float


class Setter:
    """Sets texts into a place of a width and a height in pixels."""

    def __init__(self, measure: Measure, phrases: Phrases | None) -> None:
        self._measure, self._phrases = measure, phrases

    def fit(self, parts: Sequence[str], sizes: Sequence[int], width: int, height: int) -> Fitted:
        """Return texts at the first of the sizes (the largest stands first) at which all have room.

        Where none has, at the last, as far as there is room; the end says that there was more.
        """
        broken = [list(map(self._piece, pieces(part, self._phrases))) for part in parts]
        for pixels in sizes:
            found = Fitted(pixels, tuple(tuple(self._balanced(part, width / pixels)) for part in broken))
            if found.height <= height:
                return found
        return self._cut(found, width, height)

    def shortened(self, line: str, room: float) -> str:
        """Return a line that is no wider than this; what is cut ends with `…`."""
        while self._measure(line) > room and len(line) > 1:
            line = f"{line.rstrip('…')[:-1].rstrip()}…"
        return line

    def _piece(self, text: str) -> _Piece:
        return _Piece(text, self._measure(text), self._measure(text.rstrip()))

    def _balanced(self, part: Sequence[_Piece], room: float) -> list[str]:
        """Return the lines of a text in as few as may be, and then as even as may be."""
        lines = self._filled(part, room)
        narrow, wide = max(room / 2, max((it.seen for it in part), default=0)), room
        while wide - narrow > _EVEN and len(lines) > 1:
            middle = (narrow + wide) / 2
            tried = self._filled(part, middle)
            if len(tried) > len(lines):
                narrow = middle
            else:
                lines, wide = tried, middle
        return lines

    def _filled(self, part: Iterable[_Piece], room: float) -> list[str]:
        """Return the lines of a text, each as full as may be; a piece that is longer than a line is broken anywhere."""
        lines, used = [""], 0.0
        for piece in part:
            whole = [piece] if piece.seen <= room else map(self._piece, letters(piece.text))
            for it in whole:
                if used + it.seen > room and lines[-1]:
                    lines.append("")
                    used = 0.0
                lines[-1] += it.text
                used += it.width
        return [it.rstrip() for it in lines if it.strip()]

    def _cut(self, found: Fitted, width: int, height: int) -> Fitted:
        """Return a text without the last lines, for which there is no room."""
        parts = [list(it) for it in found.parts]
        while found.height > height and sum(map(len, parts)) > 1:
            parts[-1].pop()
            parts = [it for it in parts if it]
            found = Fitted(found.pixels, tuple(map(tuple, parts)))
        parts[-1][-1] = self.shortened(f"{parts[-1][-1]}…", width / found.pixels)
        return Fitted(found.pixels, tuple(map(tuple, parts)))

"""Changes of a text by places: all that nobody changes stays byte for byte as its author wrote it."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Edit:
    """A part of a text, from `start` to `end`, and what stands there instead.

    One that `swallows` takes with it all edits that begin inside of it, whoever made them first. What is put in at its
    very beginning stands before it, but for a line that goes as a whole, `is_line`.
    """

    start: int
    end: int
    new: str
    swallows: bool = False
    is_line: bool = False


@dataclass(slots=True)
class Edits:
    """Changes of one text. At one place those made first stand first."""

    text: str
    _edits: list[Edit] = field(default_factory=list)

    def replace(self, start: int, end: int, new: str, *, swallows: bool = False) -> None:
        """Put a text in place of another one."""
        if swallows or self.text[start:end] != new:
            self._edits.append(Edit(start, end, new, swallows))

    def insert(self, place: int, new: str) -> None:
        """Put a text between two characters."""
        if new:
            self._edits.append(Edit(place, place, new))

    def delete(self, start: int, end: int) -> None:
        """Take a part of the text away, with all that was changed in it."""
        self.replace(start, end, "", swallows=True)

    def delete_lines(self, start: int, end: int) -> None:
        """Take whole lines away, with all that was changed in them and put before them."""
        self._edits.append(Edit(start, end, "", swallows=True, is_line=True))

    def applied(self) -> str:
        """Return the text with all changes; of two that meet, the one that begins first is made."""
        parts, done = [], 0
        for edit in sorted(self._left(), key=lambda it: (it.start, it.end > it.start)):
            if edit.start < done:
                continue
            parts += [self.text[done : edit.start], edit.new]
            done = edit.end
        return "".join((*parts, self.text[done:]))

    def _left(self) -> list[Edit]:
        """Return the edits that no other one swallows."""
        large = sorted((it for it in self._edits if it.swallows), key=lambda it: (it.start, -it.end))
        outer: list[Edit] = []
        for it in large:
            if not outer or it.start >= outer[-1].end:
                outer.append(it)
        starts = [it.start for it in outer]
        left = list(outer)
        for edit in self._edits:
            around = bisect_right(starts, edit.start) - 1
            if not edit.swallows and not (around >= 0 and _is_swallowed(edit, outer[around])):
                left.append(edit)
        return left


def _is_swallowed(edit: Edit, large: Edit) -> bool:
    is_before = edit.start == edit.end == large.start and not large.is_line
    return edit.start < large.end and not is_before

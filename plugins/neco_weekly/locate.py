"""Lines of things found in a tree: Python-Markdown forgets them, so they are looked up in the source, in order."""

from __future__ import annotations

import re
from bisect import bisect_right

_HIDDEN = re.compile(
    r"^ {0,3}(?P<fence>`{3,}|~{3,})[^\n]*\n.*?(?:^ {0,3}(?P=fence)[`~]*[ \t]*$|\Z)"
    r"|<!--.*?(?:-->|\Z)"
    r"|(?P<ticks>`+)(?!`)[^\n]*?(?<!`)(?P=ticks)(?!`)",
    re.MULTILINE | re.DOTALL,
)


class Locator:
    """Finds lines (from 1) of written words. Questions come in the order of the text: each begins where the last ended.

    Code and comments are no place for a reference and are passed over.
    """

    def __init__(self, source: str) -> None:
        self._source = _HIDDEN.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), source)
        self._starts = [0, *(match.end() for match in re.finditer("\n", self._source))]
        self._position = 0

    def rewind(self) -> None:
        """Begin again at the top."""
        self._position = 0

    def find(self, written: str) -> int:
        """Line of the next place where `written` stands by itself; 1 if it is nowhere."""
        place = self._next(written)
        if place is None and "#" in written:
            place = self._next(written.replace("#", "\\#"))
        return self._line(place)

    def find_link(self, url: str, text: str) -> int:
        """Line of the next link to `url`; a definition `[name]: url` is not the place, there the text tells."""
        place = self._next(url, unless_after=("]: ", "]:"))
        return self._line(self._next(text) if place is None else place)

    def _next(self, written: str, unless_after: tuple[str, ...] = ()) -> int | None:
        """Where `written` stands next. Footnotes are drawn at the end but may stand anywhere: then the first place."""
        if not written.strip():
            return None
        place = self._search(written, self._position, unless_after)
        if place is None:
            return self._search(written, 0, unless_after)
        self._position = place + len(written)
        return place

    def _search(self, written: str, start: int, unless_after: tuple[str, ...]) -> int | None:
        place = self._source.find(written, start)
        while place >= 0:
            end = place + len(written)
            alone = not (_joins(self._source[place - 1 : place]) or _joins(self._source[end : end + 1]))
            if alone and not self._source[max(0, place - 3) : place].endswith(unless_after or ("\0",)):
                return place
            place = self._source.find(written, place + 1)
        return None

    def _line(self, place: int | None) -> int:
        return 1 if place is None else bisect_right(self._starts, place)


def _joins(character: str) -> bool:
    """Whether a character beside a word makes it part of a longer one."""
    return character.isascii() and character.isalnum()

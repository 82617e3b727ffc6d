"""An issue's file with mends in it: every byte that no mend is about stays, byte order mark and ends of lines too."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass
from difflib import unified_diff

from ...grammar.front_matter import take_apart
from .mends import Mend, mended
from .proof import Draw, proven

_MARK = b"\xef\xbb\xbf"

_MOST_ROUNDS = 5
"""How often what is mended is looked at again: a mend may uncover another one, as in a card that was HTML."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MendedFile:
    """A file before and after its mends, of which there are `count`."""

    before: bytes
    after: bytes
    count: int

    def diff(self, path: str) -> str:
        """Return the mends as a unified diff, with the ends of lines that the file has."""
        before, after = (_lines(it.decode("utf-8")) for it in (self.before, self.after))
        return "".join(
            line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
            for line in unified_diff(before, after, f"a/{path}", f"b/{path}")
        )


def mend_file(data: bytes, mends_of: Callable[[str], list[Mend]], draw: Draw) -> MendedFile:
    """Return a file with all mends of its body that leave the page as it is.

    Raises:
        UnicodeDecodeError: the file is not UTF-8.
    """
    written, count = data, 0
    for _ in range(_MOST_ROUNDS):
        text = _text_of(written)
        body = take_apart(text.replace("\r\n", "\n").replace("\r", "\n")).body
        mends = proven(body, mends_of(body), draw)
        if not mends:
            break
        count += len(mends)
        written = _put_in(written, text, body, mends)
    return MendedFile(before=data, after=written, count=count)


def _put_in(data: bytes, text: str, body: str, mends: list[Mend]) -> bytes:
    """Return a file's bytes with mends, whose places are those of its body, where each line ends with a line feed."""
    ends = [place for place in range(len(text) - 1) if text[place : place + 2] == "\r\n"] if "\r\n" in text else []
    narrow = [place - number for number, place in enumerate(ends)]
    offset = len(text) - len(ends) - len(body)

    def wide(place: int) -> int:
        return place + offset + bisect_left(narrow, place + offset)

    moved = [Mend(start=wide(it.start), end=wide(it.end), new=it.new, code=it.code, written=it.written) for it in mends]
    mark = _MARK if data.startswith(_MARK) else b""
    return mark + mended(text, moved).encode()


def _text_of(data: bytes) -> str:
    return data.removeprefix(_MARK).decode("utf-8")


def _lines(text: str) -> list[str]:
    pieces = text.split("\n")
    return [f"{it}\n" for it in pieces[:-1]] + ([pieces[-1]] if pieces[-1] else [])

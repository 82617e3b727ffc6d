"""The locator: lines of things found in a tree, which Python-Markdown forgets, looked up in the source, in order."""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from ..grammar.card_lines import KINDS

_FENCE = re.compile(r"[ \t>]*+(?P<fence>`{3,}+|~{3,}+)[^`]*+")

_FENCE_END = re.compile(r"[ \t>]*+(?P<fence>`{3,}+|~{3,}+)[ \t]*")

_HIDDEN = re.compile(r"<!--.*?(?:-->|\Z)|(?<![\\`])(?P<ticks>`++)[^\n]*?(?<!`)(?P=ticks)(?!`)", re.DOTALL)

_FOOTNOTE = re.compile(r"^ {0,3}\[\^[^\]\n]+\]:.*(?:\n.+|\n+(?: {4}|\t).*)*", re.MULTILINE)

_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()>#+.!-])")

Fits = Callable[[str, str], bool]
"""A function from the text before and behind a place to whether the place is what a search looks for."""

_FAR = 300
"""The number of characters of a line that are looked at before and behind a place."""


class Locator:
    """A locator, which finds lines (from 1) of words, in the order of the text: each search begins after the last.

    Code and comments are no place for a reference and are passed over. Footnotes are drawn at the end of the page but
    stand anywhere, so they have an order of their own. What is drawn in another way than it is written is at line 1.
    """

    def __init__(self, source: str) -> None:
        shown = _ESCAPE.sub(r"\1", _HIDDEN.sub(lambda match: " " + _lines(match[0]), without_fences(source)))
        between, notes = _FOOTNOTE.split(shown), [*_FOOTNOTE.findall(shown), ""]
        self._texts = (
            _Text("".join(text + _lines(note) for text, note in zip(between, notes, strict=True))),
            _Text("".join(_lines(text) + note for text, note in zip(between, notes, strict=True))),
        )
        self._held = False
        self._block: tuple[int, int] | None = None

    @contextmanager
    def within(self, lines: tuple[int, int] | None) -> Iterator[None]:
        """Let searches in the context begin in a block, whose first and last line are given, and prefer its lines.

        A block that is drawn elsewhere than it is written, as a footnote, is found all the same. Without lines the
        block around counts.
        """
        before = self._block
        if lines:
            self._block = lines
            for text in self._texts:
                start, end = text.span(*lines)
                if not start <= text.position <= end:
                    text.position = text.reached = start
        yield
        self._block = before

    def rewind(self) -> None:
        """Begin again at the top of the page."""
        for text in self._texts:
            text.position = text.reached = 0

    @contextmanager
    def one_thing(self) -> Iterator[None]:
        """Let all searches in the context begin at one place: they concern one thing, as a link's text and address."""
        self._held = True
        yield
        self._held = False
        for text in self._texts:
            text.position = text.reached

    def holds(self, written: str) -> bool:
        """Whether some words stand anywhere outside of code and comments."""
        return any(text.find(written, lambda before, behind: True) is not None for text in self._texts)

    def find(self, written: str) -> int:
        """Return the line of the next place where `written` stands by itself."""
        return self._next((written, _is_word)) or 1

    def find_name(self, written: str) -> int:
        """Return the line of the next place of the block around that has a name, which marks may touch, else its first.

        Without a block the page is looked through.
        """
        if self._block is None:
            return self._next((written, _is_name)) or 1
        asked: list[tuple[str, Fits]] = [(form, _is_name) for form in _forms(written)]
        return self._in_block(self._block, asked) or self._block[0]

    def find_link(self, url: str, text: str) -> int:
        """Return the line of the next link to `url`; one defined elsewhere, `[text][name]`, is known by its text."""
        return self._next((url, _is_link), (text, _is_text_of_link)) or self._next((text, _is_word)) or 1

    def find_image(self, source: str) -> int:
        """Return the line of the next picture that has this address."""
        return self._next((source, _is_image)) or 1

    def find_card(self, written: str) -> int:
        """Return the line of the next card whose address is written like this, as a URL or as an id."""
        return self._next((written, _is_card)) or self._next((written, _is_address)) or 1

    def find_title(self, url: str) -> int:
        """Return the line of the next link that asks for the title of the page at `url`."""
        return self._next((url, _is_title)) or 1

    def find_part(self, *parts: str) -> int | None:
        """Return the line of the next place with the first of these parts of a line that stands anywhere."""
        found = (self._next((part, lambda before, behind: True)) for part in parts)
        return next((line for line in found if line), None)

    def _next(self, *questions: tuple[str, Fits]) -> int | None:
        """Return the line of the next place with one of the words, else of the first place passed; None without one."""
        asked = [(form, fits) for written, fits in questions if written.strip() for form in _forms(written)]
        if self._block and (line := self._in_block(self._block, asked)):
            return line
        for text in self._texts:
            if (line := self._first(text, asked, text.position)) is not None:
                return line
        for text in self._texts:
            for form, fits in asked:
                if (passed := text.find(form, fits)) is not None:
                    return text.line(passed)
        return None

    def _in_block(self, lines: tuple[int, int], asked: list[tuple[str, Fits]]) -> int | None:
        """Return the line of the next place of a block with one of the words, else of the first of these passed."""
        for text in self._texts:
            start, stop = text.span(*lines)
            if (line := self._first(text, asked, max(start, text.position), stop)) is not None:
                return line
            if (passed := min(text.all(asked, start, stop), default=None)) is not None:
                return text.line(passed)
        return None

    def _first(self, text: _Text, asked: list[tuple[str, Fits]], start: int, stop: int | None = None) -> int | None:
        """Return the line of the first place with one of the words, and go on to that place."""
        first, end = stop, None
        for form, fits in asked:
            place = text.find(form, fits, start, first)
            if place is not None:
                first, end = place, place + len(form)
        if first is None or end is None:
            return None
        text.reached = max(text.reached, end)
        text.position = text.position if self._held else text.reached
        return text.line(first)


class _Text:
    """A text that is searched from top to bottom: the next search begins at `position`."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts = [0, *(match.end() for match in re.finditer("\n", text)), len(text) + 1]
        self.position = self.reached = 0

    def find(self, written: str, fits: Fits, start: int = 0, stop: int | None = None) -> int | None:
        """Return the first place of a written word from `start` that fits, before `stop`; None without such a place."""
        place = self._text.find(written, start, stop)
        while place >= 0:
            end = place + len(written)
            begin = max(self._starts[self.line(place) - 1], place - _FAR)
            line_end = self._starts[self.line(end)] - 1
            if fits(self._text[begin:place], self._text[end : min(line_end, end + _FAR)]):
                return place
            place = self._text.find(written, place + 1, stop)
        return None

    def all(self, asked: list[tuple[str, Fits]], start: int, stop: int) -> list[int]:
        """Return the first place of each word between two places."""
        found = (self.find(form, fits, start, stop) for form, fits in asked)
        return [place for place in found if place is not None]

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Return the places where lines (from 1) begin and end."""
        count = len(self._starts) - 1
        return self._starts[min(first, count) - 1], self._starts[min(last, count)] - 1

    def line(self, place: int) -> int:
        """Return the line (from 1) of a place in the text."""
        return bisect_right(self._starts, place)


# --- what stands around a place -----------------------------------------------------------------------------------


_WORD_BEFORE = re.compile(r"[A-Za-z0-9_-]\Z|(?:\A|[^0-9])/\Z")

_WORD_AFTER = re.compile(r"[A-Za-z0-9_-]|\.[0-9]")

_LETTER = re.compile(r"[A-Za-z0-9]")

_ADDRESS_BEFORE = re.compile(r"[A-Za-z0-9_./=%-]\Z")

_ADDRESS_AFTER = re.compile(r"[.,:;!?'*_~]*(?:[^\W_]|[/#&=%+@$(-])")

_DEFINITION_BEFORE = re.compile(r" {0,3}\[[^\]]*\]:\s*<?\Z")

_IMAGE_BEFORE = re.compile(r"""[(<"'=]\s*\Z|\]:\s*\Z""")

_CARD_BEFORE = re.compile(
    rf"""[\s>*+:.)\d-]*(?:\[\^[^\]]*\]:\s*)?(?:@\[(?:{"|".join(KINDS)})\]\(\s*<?|\[)\Z|.*\bhref=["']?\Z"""
)

_HATENA_AFTER = re.compile(r":(?:embed|title)(?=[]:=])")

_EMBED_AFTER = re.compile(r":embed(?=[]:])")

_TITLE_AFTER = re.compile(r":title(?==?\]|:)")


def _is_word(before: str, behind: str) -> bool:
    return not (_WORD_BEFORE.search(before[-2:]) or _WORD_AFTER.match(behind))


def _is_name(before: str, behind: str) -> bool:
    return not (_LETTER.match(before[-1:]) or _LETTER.match(behind))


def _is_address(before: str, behind: str) -> bool:
    if before.endswith("[") and _HATENA_AFTER.match(behind):
        return True
    return not (_ADDRESS_BEFORE.search(before[-1:]) or _ADDRESS_AFTER.match(behind))


def _is_link(before: str, behind: str) -> bool:
    return _is_address(before, behind) and not _DEFINITION_BEFORE.match(before)


def _is_text_of_link(before: str, behind: str) -> bool:
    return before.endswith("[") and behind.startswith("]") and not behind.startswith(("](", "]:"))


def _is_image(before: str, behind: str) -> bool:
    return _is_address(before[-1:].replace("=", ""), behind) and _IMAGE_BEFORE.search(before) is not None


def _is_card(before: str, behind: str) -> bool:
    alone = before.strip(" \t") in ("", "<") and behind.strip(" \t") in ("", ">")
    whole = _EMBED_AFTER.match(behind) if before.endswith("[") else _is_address(before, behind)
    return alone or (bool(whole) and _CARD_BEFORE.match(before) is not None)


def _is_title(before: str, behind: str) -> bool:
    return before.endswith("[") and _TITLE_AFTER.match(behind) is not None


def _forms(written: str) -> list[str]:
    """Return the forms in which words may be written: in pasted HTML, `&` is an entity."""
    return list(dict.fromkeys((written, html.escape(written, quote=False))))


# --- what is no place for anything --------------------------------------------------------------------------------


def without_fences(source: str) -> str:
    """Return a text with its fenced code left empty; a fence that is not closed by the same fence is none."""
    lines = source.split("\n")
    ends: dict[str, list[int]] = {}
    for number, line in enumerate(lines):
        if match := _FENCE_END.fullmatch(line):
            ends.setdefault(match["fence"], []).append(number)
    number = 0
    while number < len(lines):
        match = _FENCE.fullmatch(lines[number])
        later = ends.get(match["fence"], []) if match else []
        nearest = bisect_right(later, number)
        if nearest < len(later):
            lines[number : later[nearest] + 1] = [""] * (later[nearest] + 1 - number)
            number = later[nearest]
        number += 1
    return "\n".join(lines)


def _lines(text: str) -> str:
    return "\n" * text.count("\n")

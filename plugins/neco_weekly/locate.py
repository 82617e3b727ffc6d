"""Lines of things found in a tree: Python-Markdown forgets them, so they are looked up in the source, in order."""

from __future__ import annotations

import html
import itertools
import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

_HIDDEN = re.compile(
    r"^[ \t>]*+(?P<fence>`{3,}+|~{3,}+)[^\n`]*+\n.*?(?:^[ \t>]*+(?P=fence)[`~]*+[ \t]*$|\Z)"
    r"|<!--.*?(?:-->|\Z)"
    r"|(?<![\\`])(?P<ticks>`++)[^\n]*?(?<!`)(?P=ticks)(?!`)",
    re.MULTILINE | re.DOTALL,
)
_FOOTNOTE = re.compile(r"^ {0,3}\[\^[^\]\n]+\]:.*(?:\n.+|\n+(?: {4}|\t).*)*", re.MULTILINE)
_FAR = 300
"""How much of a long line is looked at before a place."""
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()>#+.!-])")

_WORD_BEFORE = re.compile(r"[A-Za-z0-9_-]\Z|(?:\A|[^0-9])/\Z")
_WORD_AFTER = re.compile(r"[A-Za-z0-9_-]|\.[0-9]")
_ADDRESS_BEFORE = re.compile(r"[A-Za-z0-9_./=%-]\Z")
_ADDRESS_AFTER = re.compile(r"[.,:;!?'*_~]*(?:[^\W_]|[/#&=%+@$(-])")
_DEFINITION_BEFORE = re.compile(r" {0,3}\[[^\]]*\]:\s*<?\Z")
_CARD_BEFORE = re.compile(r"""(?:[\s>*+:.)\d-]*(?:\[\^[^\]]*\]:\s*)?(?:<|@\[card\]\(\s*<?)?|.*\bhref=["']?)\Z""")

Fits = Callable[[str, str, int], bool]
"""Told what stands on the line before a place, the text, and the end of the place: whether it is what is looked for."""


class Locator:
    """Finds lines (from 1) of written words. Questions come in the order of the text: each begins where the last ended.

    Code and comments are no place for a reference and are passed over. Footnotes are drawn at the end of the page but
    stand anywhere, so they have an order of their own. What is drawn in another way than it is written is at line 1.
    """

    def __init__(self, source: str) -> None:
        shown = _ESCAPE.sub(r"\1", _HIDDEN.sub(lambda match: " " + _lines(match[0]), source))
        between, notes = _FOOTNOTE.split(shown), [*_FOOTNOTE.findall(shown), ""]
        self._texts = (
            _Text("".join(text + _lines(note) for text, note in zip(between, notes, strict=True))),
            _Text("".join(_lines(text) + note for text, note in zip(between, notes, strict=True))),
        )
        self._held = False

    def rewind(self) -> None:
        """Begin again at the top."""
        for text in self._texts:
            text.position = text.reached = 0

    @contextmanager
    def one_thing(self) -> Iterator[None]:
        """All questions inside are about one thing, as a link's text and address: each begins where the first did."""
        self._held = True
        yield
        self._held = False
        for text in self._texts:
            text.position = text.reached

    def find(self, written: str) -> int:
        """Line of the next place where `written` stands by itself."""
        return self._next(written, _is_word) or 1

    def find_link(self, url: str, text: str) -> int:
        """Line of the next link to `url`; a definition `[name]: url` is not the place, there the text tells."""
        return self._next(url, _is_link) or self._next(text, _is_word) or 1

    def find_image(self, source: str) -> int:
        """Line of the next picture that has this address."""
        return self._next(source, _is_address) or 1

    def find_card(self, url: str) -> int:
        """Line of the next card of `url`."""
        return self._next(url, _is_card) or self._next(url, _is_address) or 1

    def _next(self, written: str, fits: Fits) -> int | None:
        """The next place, else the first of those that were passed."""
        if not written.strip():
            return None
        ways: list[tuple[_Text, str]] = list(itertools.product(self._texts, _forms(written)))
        for text, form in ways:
            if (place := text.find(form, text.position, fits)) is not None:
                text.reached = place + len(form)
                text.position = text.position if self._held else text.reached
                return text.line(place)
        for text, form in ways:
            if (place := text.find(form, 0, fits)) is not None:
                return text.line(place)
        return None


class _Text:
    """A text that is read from top to bottom: the next question begins at `position`."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts = [0, *(match.end() for match in re.finditer("\n", text))]
        self.position = self.reached = 0

    def find(self, written: str, start: int, fits: Fits) -> int | None:
        """The first place from `start` at which `written` is not part of something longer."""
        place = self._text.find(written, start)
        while place >= 0:
            line = max(self._starts[self.line(place) - 1], place - _FAR)
            if fits(self._text[line:place], self._text, place + len(written)):
                return place
            place = self._text.find(written, place + 1)
        return None

    def line(self, place: int) -> int:
        return bisect_right(self._starts, place)


def _is_word(before: str, text: str, end: int) -> bool:
    return not (_WORD_BEFORE.search(before[-2:]) or _WORD_AFTER.match(text, end))


def _is_address(before: str, text: str, end: int) -> bool:
    return not (_ADDRESS_BEFORE.search(before[-1:]) or _ADDRESS_AFTER.match(text, end))


def _is_link(before: str, text: str, end: int) -> bool:
    return _is_address(before, text, end) and not _DEFINITION_BEFORE.match(before)


def _is_card(before: str, text: str, end: int) -> bool:
    return _is_address(before, text, end) and _CARD_BEFORE.match(before) is not None


def _forms(written: str) -> Iterable[str]:
    """How a thing may be written: in pasted HTML, `&` is an entity."""
    return dict.fromkeys((written, html.escape(written, quote=False)))


def _lines(text: str) -> str:
    return "\n" * text.count("\n")

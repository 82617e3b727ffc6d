"""The author's words around each mention: its paragraph or its table's row, or for one in a heading what follows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import TypeVar
from xml.etree.ElementTree import Element

from ..model.issues import Mention, PullMention, TopicMention
from ..model.text import sentence_ends
from .sections import HEADINGS

T = TypeVar("T", bound=Mention | PullMention | TopicMention)

LONGEST = 240
"""The number of characters of a paragraph that are kept around a mention."""

CELLS = " · "
"""What stands between the cells of a row that is quoted."""

_BEFORE = LONGEST // 3

_BLOCKS = frozenset({"p", "li", "td", "dd"})


class Paragraphs:
    """The paragraphs around mentions, collected while a tree is walked, before anything is drawn into them."""

    def __init__(self, text_of: Callable[[Element], str]) -> None:
        self._text_of = text_of
        self._block: Element | None = None
        self._row = ""
        self._texts: dict[int, str] = {}
        self._waiting: list[Element] = []
        self._noted: list[tuple[Element | None, str]] = []

    def enter(self, block: Element) -> None:
        """Go on to a block of the page's text."""
        self._block = block
        if block.tag == "tr":  # a cell alone says nothing; later, badges would be part of the others' text
            self._row = CELLS.join(filter(None, map(self._text_of, block)))
        if block.tag in HEADINGS:
            self._waiting = [heading for heading in self._waiting if heading.tag < block.tag]
        elif block.tag in _BLOCKS and self._waiting and (text := self._text(block)):
            for heading in self._waiting:
                self._texts[id(heading)] = text
            self._waiting.clear()

    def note(self, written: str, *, on_its_own: bool = False) -> None:
        """Note a mention at this place; one on a line of its own has no words around it."""
        block = None if on_its_own else self._block
        if block is not None and id(block) not in self._texts:
            if block.tag in HEADINGS:
                self._waiting.append(block)
            self._texts[id(block)] = self._text(block) if block.tag in _BLOCKS else ""
        self._noted.append((block, written))

    def _text(self, block: Element) -> str:
        return self._row if block.tag == "td" else self._text_of(block)

    def around(self, mentions: Iterable[T]) -> Iterator[T]:
        """Yield the mentions, in the order in which they were noted, each with its paragraph."""
        for mention, (block, written) in zip(mentions, self._noted, strict=True):
            text = self._texts.get(id(block), "")
            yield replace(mention, paragraph=excerpt(text, written)) if text else mention


def excerpt(text: str, words: str) -> str:
    """Return at most `LONGEST` characters of a text around some words in it, with `…` where something was left out.

    These are whole sentences, that of the words and what follows it, then what stands before; only a sentence that is
    too long itself is cut.
    """
    if len(text) <= LONGEST:
        return text
    place = max(0, text.find(words))
    start, end = _sentences_around(text, place)
    if end - start > LONGEST:
        start = max(0, min(place - _BEFORE, len(text) - LONGEST))
        end = start + LONGEST
    return f"{'…' if start else ''}{text[start:end].strip()}{'…' if end < len(text) else ''}"


def _sentences_around(text: str, place: int) -> tuple[int, int]:
    """Return where whole sentences around a place begin and end, as many as there is room for; at least its own."""
    borders = [0, *sentence_ends(text)]
    if borders[-1] < len(text):
        borders.append(len(text))
    last = next((at for at, end in enumerate(borders) if end > place), len(borders) - 1)
    first = last - 1
    while last + 1 < len(borders) and borders[last + 1] - borders[first] <= LONGEST:
        last += 1
    while first > 0 and borders[last] - borders[first - 1] <= LONGEST:
        first -= 1
    return borders[first], borders[last]

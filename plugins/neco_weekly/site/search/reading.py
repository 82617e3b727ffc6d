"""A page's HTML -> its sections: for pages that others draw, which have no scan result.

What we draw into them, badges and cards, is read as the tree of an issue is: only what people wrote is prose.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from lxml.etree import HTMLParser

from ...display.card_words import said
from ...display.elements import NOT_SEARCHED
from ...extension.sections import HEADINGS
from ...grammar.kep_references import kep_number
from ...model.issues import Section
from ...model.text import CONTROL

_INLINE = frozenset(
    "a abbr b bdi bdo cite code data del dfn em font i ins kbd label mark q rp rt ruby s samp small span strong sub sup"
    " time tt u var wbr".split()
)

_PASSED_OVER = frozenset("button head iframe noscript object script style sup svg template textarea".split())

_NOT_WRITTEN = frozenset({"footnote-backref", "headerlink", "linenodiv", "linenos"})

_CARD_PARTS = {"neco-card__link": "title", "neco-card__text": "description", "neco-card__site": "site"}


def sections_of_html(html: str) -> tuple[Section, ...]:
    """Return the sections of a page's HTML in order, the page's own first; broken HTML is read as browsers mend it."""
    target: Any = _Reader()  # the stubs ask for methods that lxml does without
    parser = HTMLParser(target=target)
    parser.feed(f"<div>{CONTROL.sub(' ', html)}")  # an element, because nothing at all is no document
    found: list[_Found] = parser.close()
    return tuple(it.section() for it in found if not it.excluded)


@dataclass(slots=True, kw_only=True)
class _Found:
    """A section of a page while its HTML is read."""

    anchor: str = ""
    level: int = 0
    excluded: bool = False
    title: list[str] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    keps: dict[int, None] = field(default_factory=dict)
    cards: list[str] = field(default_factory=list)

    def section(self) -> Section:
        return Section(
            anchor=self.anchor,
            title=_words(self.title),
            text=_words(self.text),
            level=self.level,
            keps=tuple(self.keps),
            cards=tuple(self.cards),
        )


@dataclass(slots=True, kw_only=True)
class _Card:
    """A card while its HTML is read; `depth` is how many elements are open around the card."""

    url: str
    depth: int
    of_kep: bool
    title: list[str] = field(default_factory=list)
    description: list[str] = field(default_factory=list)
    site: list[str] = field(default_factory=list)

    def said(self) -> str:
        site = None if self.of_kep else _words(self.site)
        return said(self.url, _words(self.title), _words(self.description), site)


class _Reader:
    """A parser target that collects sections from elements and text (https://lxml.de/parsing.html, parser target).

    For each open element the reader has the list that its words go to: None where they are not searched, `_PROSE` for
    the text of the section that is the last one by then.
    """

    def __init__(self) -> None:
        self.found = [_Found()]
        self._into: list[list[str] | None] = [_PROSE]
        self._card: _Card | None = None

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Read the beginning of an element."""
        into = self._into[-1]
        classes = frozenset(attributes.get("class", "").split())
        if into is not None:
            self._note_kep(attributes, classes)
            into = self._place(tag, attributes, classes, into)
        if into is not None and tag not in _INLINE:
            self.data(" ")
        self._into.append(into)

    def end(self, tag: str) -> None:
        """Read the end of an element."""
        self._into.pop()
        if self._card and self._card.depth == len(self._into):
            self.found[-1].cards.append(self._card.said())
            self._card = None
        if tag not in _INLINE:
            self.data(" ")

    def data(self, text: str) -> None:
        """Read text between tags."""
        into = self._into[-1]
        if into is not None:
            (self.found[-1].text if into is _PROSE else into).append(text)

    def close(self) -> list[_Found]:
        """Return the sections that were found."""
        return self.found

    def _note_kep(self, attributes: Mapping[str, str], classes: frozenset[str]) -> None:
        digits = attributes.get("data-kep", "")
        if "neco-kep" in classes and digits.isascii() and digits.isdecimal() and (number := kep_number(digits)):
            self.found[-1].keps[number] = None

    def _place(
        self, tag: str, attributes: Mapping[str, str], classes: frozenset[str], into: list[str]
    ) -> list[str] | None:
        """Return the list for the words of an element in one whose words go `into`; None if they are not searched."""
        if tag in HEADINGS and attributes.get("id"):
            return self._begin(tag, attributes)
        if tag in _PASSED_OVER or NOT_SEARCHED in attributes or classes & _NOT_WRITTEN:
            return None
        if self._card:
            part = next((_CARD_PARTS[name] for name in classes & _CARD_PARTS.keys()), None)
            place: list[str] = getattr(self._card, part) if part else into
            return place
        if "neco-card" in classes and attributes.get("data-url"):
            of_kep = "neco-card--kep" in classes
            self._card = _Card(url=attributes["data-url"], depth=len(self._into), of_kep=of_kep)
            return []  # words that belong to no part are ours
        return into

    def _begin(self, tag: str, attributes: Mapping[str, str]) -> list[str]:
        """Begin a section at a heading, or the page's own section's title; return the list for the heading's words."""
        level, first = int(tag[1]), self.found[0]
        if level == 1 and len(self.found) == 1 and not first.title:
            first.level = level
            return first.title
        excluded = NOT_SEARCHED in attributes
        self.found.append(_Found(anchor=attributes["id"], level=level, excluded=excluded))
        return self.found[-1].title


_PROSE: list[str] = []
"""A list that stands for the text of the section that is the last one."""


def _words(pieces: list[str]) -> str:
    return " ".join("".join(pieces).split())

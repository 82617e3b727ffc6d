"""The sections of a page: its words, cut at its headings, which search looks through.

Taken from the tree before a reference is drawn, so that only what people wrote is found, and once for each rendering.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.util import AtomicString

from ..display.elements import NOT_SEARCHED
from ..model.issues import Mention, PullMention, Section
from .stash import readable_text, unescape

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
"""The tags of headings."""

CLOSED = frozenset({"code", "pre", "script", "style", "kbd", "samp", "math", "svg"})
"""Tags of elements whose text is no prose."""

INLINE = frozenset("em strong del ins mark sub sup span abbr q u i b s".split())
"""Tags of elements that are part of the sentence around them."""

NOT_WRITTEN = re.compile(r"(?:\A| )(?:toc|headerlink|footnote-ref|footnote-backref)(?:\Z| )")
"""A pattern for the classes of links that extensions of Python-Markdown draw."""

_BLOCKS = frozenset("p li td th dt dd div blockquote pre tr br".split())


def sections(root: Element, raw_html: Sequence[object], cards: Mapping[Element, str]) -> tuple[Section, ...]:
    """Return the sections of a page in order; the first is the page's own, before any heading or under the title.

    `raw_html` is Python-Markdown's stash, where code blocks and raw HTML are while the tree is worked on; `cards` has
    for each element that is a card the text by which search finds the card.
    """
    found = [_Found()]
    for part in _parts(root, cards):
        if isinstance(part, str):
            found[-1].pieces.append(part)
        elif part in cards:
            found[-1].cards.append(cards[part])
        elif part.tag == "h1" and len(found) == 1 and not found[0].title:
            found[0].title, found[0].level = plain_text(part, raw_html), 1
        elif anchor := anchor_of(part):
            title, excluded = plain_text(part, raw_html), part.get(NOT_SEARCHED) is not None
            found.append(_Found(anchor=anchor, title=title, level=int(part.tag[1]), excluded=excluded))
        else:
            found[-1].pieces.append(f" {plain_text(part, raw_html)} ")
    return tuple(it.section(_words(it.pieces, raw_html)) for it in found if not it.excluded)


@dataclass(slots=True, kw_only=True)
class _Found:
    """A section of a page while its words are collected."""

    anchor: str = ""
    title: str = ""
    level: int = 0
    excluded: bool = False
    pieces: list[str] = field(default_factory=list)
    cards: list[str] = field(default_factory=list)

    def section(self, text: str) -> Section:
        return Section(anchor=self.anchor, title=self.title, text=text, level=self.level, cards=tuple(self.cards))


def with_keps(found: Iterable[Section], mentions: Iterable[Mention | PullMention], own: str) -> tuple[Section, ...]:
    """Return sections with the numbers of the KEPs, and of the pull requests, that each mentions.

    `own` is the anchor of the page's title.
    """
    known = list(found)
    has_place = any(section.anchor == own for section in known)  # a title that stands below other headings
    keps: dict[str, dict[int, None]] = {}
    pulls: dict[str, dict[int, None]] = {}
    for mention in mentions:
        anchor = mention.heading.anchor if mention.heading else ""
        place = "" if anchor == own and not has_place else anchor
        if isinstance(mention, Mention):
            keps.setdefault(place, {})[mention.kep] = None
        else:
            pulls.setdefault(place, {})[mention.pull] = None
    return tuple(
        replace(it, keps=tuple(keps.get(it.anchor, ())), pulls=tuple(pulls.get(it.anchor, ()))) for it in known
    )


def _parts(element: Element, cards: Mapping[Element, str]) -> Iterator[str | Element]:
    """Yield headings and cards of a page, and the text between them."""
    yield _own_text(element)
    for child in element:
        if child.tag in HEADINGS:
            yield child
        elif child in cards:
            yield child
            yield " "
        elif child.get(NOT_SEARCHED) is None and not _is_footnote(child):
            yield from _parts(child, cards)
            if child.tag in _BLOCKS or element.tag == "div":
                yield " "
        yield child.tail or ""


def _is_footnote(element: Element) -> bool:
    """Whether an element is the number of a footnote, and not what its author wrote as `<sup>`."""
    return element.tag == "sup" and (element.get("id") or "").startswith("fnref")


def _is_silent(element: Element) -> bool:
    """Whether an element is beside the words around it: the number of a footnote, the TeX of a formula."""
    return element.tag == "annotation" or _is_footnote(element)


def _own_text(element: Element) -> str:
    """Return an element's text before its first child; atomic text (code, and what we draw) is unescaped."""
    text = element.text or ""
    return (
        text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&") if isinstance(text, AtomicString) else text
    )


def _words(parts: list[str], raw_html: Sequence[object]) -> str:
    return " ".join(readable_text("".join(parts), raw_html).split())


def is_contents(element: Element, md: Markdown) -> bool:
    """Whether an element is the table of contents that `[TOC]` asked for, which repeats headings."""
    if element.tag != "div" or "toc" not in md.treeprocessors:
        return False
    return element.get("class") == getattr(md.treeprocessors["toc"], "toc_class", None)


def anchor_of(heading: Element) -> str:
    """Return the anchor of a heading in the built page; empty if the heading has none."""
    return unescape(heading.get("id") or "")


def plain_text(element: Element, raw_html: Sequence[object], without: frozenset[str] = frozenset()) -> str:
    """Return the author's words in an element, white space folded: no permalinks, no cards, no tags in `without`."""
    return _words(list(_texts(element, without)), raw_html)


def _texts(element: Element, without: frozenset[str]) -> Iterator[str]:
    yield _own_text(element)
    for child in element:
        classes = child.get("class") or ""
        if classes.startswith("neco-card"):
            yield " "
        elif classes != "headerlink" and child.tag not in without and not _is_silent(child):
            yield from _texts(child, without)
        yield child.tail or ""

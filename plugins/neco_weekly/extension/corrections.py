"""Corrections of what an earlier issue says: boxes `:::correction`, and paragraphs that begin with 「訂正：」.

A correction has a place of its own, to which the corrected section leads.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

from ..display.elements import add
from ..display.words import Strings
from ..grammar.issue_dates import issue_date
from ..model.issues import Correction, Heading
from ..model.text import first_sentence
from .sections import plain_text

ANCHOR = "neco-correction-{number}"
"""The anchor of a correction, numbered from 1 on its page."""

_MARK = re.compile(r"\A\s*(?:訂正|[Cc]orrects|[Cc]orrection)\s*[:：]")
"""A pattern for how a paragraph begins that corrects what it links to first."""

_LONGEST = 120
"""The number of letters of a correction's first sentence that the corrected issue shows."""


def correction_title(rest: str, words: Strings) -> Element:
    """Return the title of a box with what stands behind `:::correction`: words, or an address alone as a link."""
    title = Element("p", {"class": "admonition-title"})
    if rest and _ADDRESS.fullmatch(rest):
        add(title, "span", words("correction.before"))
        day = issue_date({}, urlsplit(rest).path, "")
        add(title, "a", words("correction.of_day", day=day) if day else words("correction.place"), {"href": rest})
    elif rest:
        title.text = f"{words('correction.before')}{rest}"
    else:
        title.text = words("correction.mark")
    return title


_ADDRESS = re.compile(r"(?:[^\s\[\]()]*[/#]|[^\s\[\]()]+\.md)[^\s\[\]()]*")
"""A pattern for a title that is an address: `../08/2022-08-26.md#a`."""


def is_correction_box(element: Element) -> bool:
    """Whether an element is a box of corrections, written as `:::correction` or as `!!! correction`."""
    return element.tag == "div" and {"admonition", "correction"} <= set((element.get("class") or "").split())


def _beginning(block: Element) -> str:
    """Return the first words of a block, also where they are strong, as in `**訂正**：`."""
    text = block.text or ""
    if text.strip() or not len(block) or block[0].tag not in ("strong", "em"):
        return text
    return f"{text}{block[0].text or ''}{block[0].tail or ''}"


@dataclass(kw_only=True, slots=True)
class FoundCorrection:
    """A correction in a tree. `line` is 0 until one is known."""

    block: Element
    is_box: bool
    heading: Element | None
    line: int

    def correction(self, raw_html: Sequence[object], heading: Heading | None) -> Correction:
        """Return the correction, whose block has its place already."""
        words = _MARK.sub("", self._words(raw_html))
        return Correction(
            said=first_sentence(words.strip(), _LONGEST),
            anchor=self.block.get("id") or "",
            line=self.line or 1,
            heading=heading,
            is_box=self.is_box,
        )

    def _words(self, raw_html: Sequence[object]) -> str:
        """Return the words of the correction, without title, boxes in it, and a first paragraph that is but a link."""
        if not self.is_box:
            return plain_text(self.block, raw_html)
        said = [it for it in self.block if it.get("class") != "admonition-title" and not is_correction_box(it)]
        told = [plain_text(it, raw_html) for it in said]
        if len(told) > 1 and len(said[0]) == 1 and plain_text(said[0][0], raw_html) == told[0]:
            del told[0]
        return " ".join(filter(None, told)) or plain_text(self.block, raw_html)


def find_corrections(root: Element, text: str) -> dict[Element, int]:
    """Return the blocks of a page that correct something, numbered from 0, and give each its place.

    `text` is what is written on the page. In a box of corrections only another box is one of its own.
    """
    if "訂正" not in text and "orrect" not in text:  # as on nearly all pages
        return {}
    boxes = [it for it in root.iter("div") if is_correction_box(it)]
    inside = {part for box in boxes for part in box.iter()}
    blocks = [it for it in root.iter() if (it in inside and is_correction_box(it)) or _begins(it, inside)]
    for number, block in enumerate(blocks, 1):
        if not block.get("id"):
            block.set("id", ANCHOR.format(number=number))
    return {block: number for number, block in enumerate(blocks)}


def _begins(element: Element, inside: set[Element]) -> bool:
    """Whether an element is a paragraph, or an item of a list, that begins with a word for a correction."""
    return element.tag in ("p", "li") and element not in inside and _MARK.match(_beginning(element)) is not None

"""The line below a heading that says what shipped since of the KEPs of its section, in one sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable
from xml.etree.ElementTree import Element

from ..lock.kep_as_of import KepAsOf
from .elements import NOT_SEARCHED, cut_out, verbatim
from .phrases import reached_text
from .words import Strings

MOST = 4
"""The number of KEPs of which the sentence tells; of more it says how many."""


def section_since(keps: Iterable[tuple[int, KepAsOf]], words: Strings) -> Element | None:
    """Return the sentence for KEPs as of the issue's day; None where nothing shipped of any of them since."""
    told = [(number, kep) for number, kep in keps if shipped_since(kep)]
    if not told:
        return None
    parts = [_part(number, kep, words) for number, kep in told[:MOST]]
    if more := len(told) - len(parts):
        parts.append(words("since.more", count=more))
    line = Element("p", {"class": "neco-since", NOT_SEARCHED: "1"})
    sentence = words("since.sentence", parts=words("site.and").join(parts))
    names = ((it.start(), it.end(), _name(it[0])) for it in _NAME.finditer(sentence))
    text, elements = cut_out(sentence, names)
    line.text = verbatim(text)
    for it in elements:
        it.tail = verbatim(it.tail or "")
    line.extend(elements)
    return line


_NAME = re.compile(r"KEP-\d+")


def _name(text: str) -> Element:
    """Return an element around a KEP's name, in which no line ends."""
    element = Element("span", {"class": "neco-unbroken"})
    element.text = verbatim(text)
    return element


def shipped_since(kep: KepAsOf) -> bool:
    """Whether something else of a KEP has shipped now than had on the day of the page."""
    shipped = kep.today.shipped
    return kep.then is not None and shipped is not None and kep.movement in ("advanced", "moved")


def _part(number: int, kep: KepAsOf, words: Strings) -> str:
    then = kep.then and kep.then.shipped and reached_text(kep.then, words)
    return words("since.part", number=number, then=then or words("stage.none"), now=reached_text(kep.today, words))

"""Abbreviations that a page explains (`*[KEP]: …`), where they are the beginning of a KEP reference.

The extension `abbr` has put each into an element of its own before references are read, so that `KEP-127` were none.
"""

from __future__ import annotations

from xml.etree.ElementTree import Element

from ..grammar.kep_references import find_text_references, may_hold_reference
from .stash import with_hashes


def whole_references(root: Element) -> None:
    """Put the first word of every KEP reference back into the text that the reference goes on in."""
    if root.find(".//abbr") is None:
        return
    for parent in list(root.iter()):
        for child in [it for it in parent if it.tag == "abbr" and not len(it)]:
            if _begins_reference(child.text or "", child.tail or ""):
                _dissolve(parent, child)


def _begins_reference(word: str, behind: str) -> bool:
    if not behind[:1].strip("\n") or not may_hold_reference(word):
        return False
    first = next(find_text_references(with_hashes(word + behind)), None)
    return first is not None and first.start == 0 and first.end > len(word)


def _dissolve(parent: Element, child: Element) -> None:
    place, text = list(parent).index(child), str(child.text) + (child.tail or "")
    if place:
        before = parent[place - 1]
        before.tail = (before.tail or "") + text
    else:
        parent.text = (parent.text or "") + text
    parent.remove(child)

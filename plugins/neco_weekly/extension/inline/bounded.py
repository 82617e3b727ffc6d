"""The bounds of what stands inside a line: emphasis in emphasis and the like, of which nobody writes more than a few.

Everything that walks through the tree calls itself for each level, and Python calls no more than so many functions.
"""

from __future__ import annotations

from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor

from ..page_context import CurrentPage

DEEPEST = 50
"""The number of elements inside a line that are drawn inside each other; what is deeper is text of the deepest."""

_INLINE = frozenset(
    "a abbr b bdi bdo cite del dfn em i ins label mark q s small span strong sub sup time u var".split()
)


class BoundedNesting(Treeprocessor):
    """A tree processor that makes text of what is nested too deep inside a line."""

    def __init__(self, md: Markdown, current: CurrentPage) -> None:
        super().__init__(md)
        self.current = current

    def run(self, root: Element) -> None:
        if self.current.page.grammar != "github":
            return
        holders = [it for it in root.iter() if it.tag in _INLINE and len(it)]
        seen: set[Element] = set()
        for holder in holders:  # of which there are few
            if holder not in seen:
                self._bound(holder, seen)

    def _bound(self, holder: Element, seen: set[Element]) -> None:
        """Make text of what lies too deep in an element that is in no other one inside a line."""
        waiting = [(holder, 1)]
        for element, depth in waiting:
            seen.add(element)
            if depth == DEEPEST and len(element):
                element.text = "".join(element.itertext())
                element[:] = []
                self.current.page.complain_once("too-deep", str(DEEPEST))
            waiting += [(child, depth + 1) for child in element]

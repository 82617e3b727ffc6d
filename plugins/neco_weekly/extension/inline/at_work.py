"""The inline patterns that are at work on a page: those of its grammar, as a list.

Python-Markdown asks every pattern about every text, and looks each up in its registry by its number. On pages of the
grammar `github` a third of them are at rest.
"""

from __future__ import annotations

from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.inlinepatterns import Pattern
from markdown.treeprocessors import InlineProcessor as InlineTreeprocessor
from markdown.treeprocessors import Treeprocessor

from ..page_context import CurrentPage
from .whole_text import ByGrammar, Nothing


class PatternsAtWork(Treeprocessor):
    """A tree processor that lets Python-Markdown's own one for lines ask only the patterns of the page's grammar."""

    def __init__(self, md: Markdown, current: CurrentPage) -> None:
        super().__init__(md)
        self.current = current

    def run(self, root: Element) -> None:
        lines: Any = self.md.treeprocessors["inline"]
        if isinstance(lines, InlineTreeprocessor):
            asked: Any = self._at_work() if self.current.page.grammar == "github" else self.md.inlinePatterns
            lines.inlinePatterns = asked

    def _at_work(self) -> list[Pattern]:
        ours = (it.ours if isinstance(it, ByGrammar) else it for it in self.md.inlinePatterns)
        return [it for it in ours if not isinstance(it, Nothing)]

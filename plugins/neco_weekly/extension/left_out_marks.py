"""Marks that silence problems of a line, left out before anything is read: no reader has use for them."""

from __future__ import annotations

from markdown import Markdown
from markdown.preprocessors import Preprocessor

from ..grammar.ignore_marks import without_marks
from .page_context import CurrentPage


class LeaveOutMarks(Preprocessor):
    """A preprocessor that takes `<!-- neco: ignore … -->` out of a page, once snippets are put in."""

    def __init__(self, md: Markdown, current: CurrentPage) -> None:
        super().__init__(md)
        self.current = current

    def run(self, lines: list[str]) -> list[str]:
        text = "\n".join(lines)
        if (left := without_marks(text)) == text:
            return lines
        self.current.page.source = without_marks(self.current.page.source)
        return left.split("\n")

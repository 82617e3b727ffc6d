"""What code has swallowed: a fence inside of fenced code, headings and lists in indented code."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor

from ..model.text import shortened
from .page_context import CurrentPage, PageContext

_FENCE = re.compile(r"[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*(?P<fence>`{3,}|~{3,})[ \t]*(?P<info>[^`\n]*)")

_JAPANESE = "[\u3040-\u30ff\u3400-\u9fff]"

_PROSE_IN_CODE = re.compile(rf"[ \t]*(?:#{{2,6}}|[-*+]|\d{{1,3}}[.)])[ \t]+[^#`]*{_JAPANESE}")
"""A pattern for a heading or an item of a list in Japanese; with one `#` alone a comment of code looks so, too."""


class CodeBlocks(Treeprocessor):
    """A tree processor that reports what code has swallowed, before code is highlighted and stashed away."""

    def __init__(self, md: Markdown, current: CurrentPage, *, reports: bool) -> None:
        super().__init__(md)
        self.current, self.reports = current, reports

    def run(self, root: Element) -> None:
        if self.reports:
            complain_of_fences(self.current.page)
            complain_of_indented(root, self.current.page)


def complain_of_fences(page: PageContext) -> None:
    """Report each fence with an info string inside of the code of another: the other was meant to be closed before."""
    for line, written, opening in _nested_fences(page.source.split("\n")):
        page.complain("fence-in-code", shortened(written, 40), str(opening), line)


def complain_of_indented(root: Element, page: PageContext) -> None:
    """Report the first line of each indented code that is a heading or an item in Japanese."""
    for block in root.iter("pre"):
        code = block.find("code")
        text = code.text if code is not None and code.text else ""
        found = next(filter(_PROSE_IN_CODE.match, text.split("\n")), None)
        if found is not None:
            written = found.strip()
            page.complain("prose-in-code", shortened(written, 40), line=page.locator.find_part(written))


def _nested_fences(lines: list[str]) -> Iterator[tuple[int, str, int]]:
    """Yield the first fence with an info string in each fenced code: its line, its text, and the line of the other."""
    fence, opening, told = "", 0, False
    for number, line in enumerate(lines, 1):
        match = _FENCE.fullmatch(line) if "```" in line or "~~~" in line else None
        if match is None:
            continue
        found, info = match["fence"], match["info"].strip()
        if not fence:
            fence, opening, told = found, number, False
        elif found[0] == fence[0] and len(found) >= len(fence):
            if not info:
                fence = ""
            elif not told:
                yield number, line.strip(), opening
                told = True

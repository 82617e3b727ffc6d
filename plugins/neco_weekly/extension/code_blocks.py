"""What code has swallowed: the beginning of other code in a fence, headings and lists in code that is indented."""

from __future__ import annotations

import re

from ..model.text import shortened
from .page_context import PageContext

_FENCE = re.compile(r"[ \t]*+(?P<fence>`{3,}+|~{3,}+)[ \t]*+[^`\s][^`]*+")

_JAPANESE = "[\u3040-\u30ff\u3400-\u9fff]"

_PROSE_IN_CODE = re.compile(rf"[ \t]*+(?:#{{2,6}}|[-*+]|\d{{1,3}}[.)])[ \t]++[^#`]*{_JAPANESE}")
"""A pattern for a heading or an item of a list in Japanese; with one `#` alone a comment of code looks so, too."""

_LONGEST = 40


def complain_of_fence(page: PageContext, code: str, marks: str, line: int) -> None:
    """Report the first line of a fence's code that begins a fence, which means that this one was not closed before.

    A fence in the code has an info string and at least the fence's own `marks`. `line` is where the fence begins.
    """
    for number, text in enumerate(code.split("\n") if marks in code else (), line + 1):
        found = _FENCE.fullmatch(text)
        if found and found["fence"].startswith(marks):
            page.complain("fence-in-code", shortened(text.strip(), _LONGEST), str(line), number)
            return


def complain_of_indented(page: PageContext, code: str, line: int) -> None:
    """Report the first line of indented code that is a heading or an item in Japanese; `line` is the code's first."""
    for number, text in enumerate(code.split("\n"), line):
        if _PROSE_IN_CODE.match(text):
            page.complain("prose-in-code", shortened(text.strip(), _LONGEST), line=number)
            return

"""Marks in writers' pages, in place of which lists are drawn: alone on a line, and not in code that shows them."""

from __future__ import annotations

import re
from collections.abc import Callable

HOME_MARK = "<!-- neco:home -->"
"""The mark in a writer's page in place of which the home's lists are drawn."""

ARCHIVE_MARK = "<!-- neco:archive -->"
"""The mark in a writer's page in place of which the list of all issues is drawn."""

_FENCE = re.compile(r"[ >]*(`{3,}|~{3,})")


def with_marks_filled(text: str, draw: Callable[[str], str]) -> str:
    """Return a page's text with what `draw` gives for each mark in the mark's place."""
    if HOME_MARK not in text and ARCHIVE_MARK not in text:
        return text
    lines = text.split("\n")
    fence = ""
    for place, line in enumerate(lines):
        mark, found = line.strip(), _FENCE.match(line)
        if fence:
            fence = "" if found and found[1].startswith(fence) and not line.strip(f"> {fence[0]}\t\r") else fence
        elif found:
            fence = found[1]
        elif mark in (HOME_MARK, ARCHIVE_MARK) and not line.startswith("    "):
            lines[place] = draw(mark)
    return "\n".join(lines)

"""Something more in a draft: put behind the writer's text, with everything else left as it is, byte by byte."""

from __future__ import annotations

import re

_COMMENT_AT_END = re.compile(r"(?m)^<!--(?:(?!-->)[\s\S])*+-->\s*\Z")
"""A comment that ends a text, such as the digest that `neco new` puts there: what is added stands above it."""


def with_addition(text: str, block: str) -> tuple[str, int]:
    """Return the text of an issue's file with a block of Markdown behind what is written, and the block's line.

    The block stands between empty lines, and above comments that end the text. Ends of lines are those of the text.
    """
    end = "\r\n" if "\r\n" in text else "\n"
    place = len(text)
    while found := _COMMENT_AT_END.search(text[:place]):
        place = found.start()
    before, behind = text[:place].rstrip("\r\n"), text[place:].lstrip("\r\n")
    added = block.strip("\n").replace("\n", end)
    parts = [it for it in (before, added, behind.rstrip("\r\n")) if it]
    return (end * 2).join(parts) + end, before.count("\n") + 3 if before else 1

"""Something more in a draft: put behind the writer's text, with everything else left as it is, byte by byte."""

from __future__ import annotations

import re

DIGEST = "neco digest"
"""The words with which a comment begins that `neco new` puts at the end: what is added stands above it."""

_DIGEST_AT_END = re.compile(rf"^<!-- {DIGEST}\r?\n(?:(?!-->)[\s\S])*+-->\s*\Z", re.MULTILINE)


def with_addition(text: str, block: str) -> tuple[str, int]:
    """Return the text of an issue's file with a block of Markdown behind what is written, and the block's line.

    The block stands between empty lines, and above the digest that ends the text. Ends of lines are those of the text.
    """
    end = "\r\n" if "\r\n" in text else "\n"
    found = _DIGEST_AT_END.search(text)
    place = found.start() if found else len(text)
    before, behind = text[:place].rstrip("\r\n"), text[place:].lstrip("\r\n")
    added = block.strip("\n").replace("\n", end)
    parts = [it for it in (before, added, behind.rstrip("\r\n")) if it]
    return (end * 2).join(parts) + end, before.count("\n") + 3 if before else 1

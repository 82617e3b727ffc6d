"""Something more in a draft: put behind the writer's text, with everything else left as it is, byte by byte."""

from __future__ import annotations

import re

DIGEST = "neco digest"
"""The words with which a comment begins that `neco new` puts at the end: what is added stands above it."""

_BEGINS_DIGEST = re.compile(rf"^<!-- {DIGEST}\r?\n", re.MULTILINE)
_END = "-->"


def with_addition(text: str, block: str) -> tuple[str, int]:
    """Return the text of an issue's file with a block of Markdown behind what is written, and the block's line.

    The block stands between empty lines, and above the digest that ends the text. Ends of lines are those of the text.
    """
    end = "\r\n" if "\r\n" in text else "\n"
    place = _digest_at_end(text)
    before, behind = text[:place].rstrip("\r\n"), text[place:].lstrip("\r\n")
    added = block.strip("\n").replace("\n", end)
    parts = [it for it in (before, added, behind.rstrip("\r\n")) if it]
    return (end * 2).join(parts) + end, before.count("\n") + 3 if before else 1


def _digest_at_end(text: str) -> int:
    """Return where the digest that ends a text begins; where none does, the text's length.

    Looked for from the end: reading on from each beginning would take a text of many the square of its length.
    """
    whole = text.rstrip()
    if not whole.endswith(_END):
        return len(text)
    last = len(whole) - len(_END)
    before = whole.rfind(_END, 0, last)
    found = _BEGINS_DIGEST.search(text, before + len(_END) if before >= 0 else 0, last)
    return found.start() if found else len(text)

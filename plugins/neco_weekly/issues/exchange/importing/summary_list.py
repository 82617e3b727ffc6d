"""SUMMARY.md, the list of a book's pages.

Source: https://honkit.netlify.app/structure (Summary).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ....extension.written_addresses import written_addresses
from ....grammar.front_matter import take_apart
from ....model.text import one_line


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A page that is listed: its path as written, from the list's folder, its title there, and the line (from 1)."""

    path: str
    title: str
    line: int


_TITLE = re.compile(r"\[((?:\\.|[^\[\]\\]|\[[^\[\]]*\])*)\]\([ \t]*<?\Z")


def listed_in(text: str) -> Iterator[Entry]:
    """Yield the pages that a SUMMARY.md lists, in order."""
    parts = take_apart(text)
    for it in written_addresses(parts.body):
        if it.kind == "link" and it.address and not it.address.startswith("#"):
            before = parts.body[max(0, parts.body.rfind("\n", 0, it.start)) : it.start]
            title = re.sub(r"\\(.)", r"\1", found[1]) if (found := _TITLE.search(before)) else ""
            yield Entry(path=it.address, title=one_line(title.strip("*_` ")), line=it.line + parts.body_line - 1)

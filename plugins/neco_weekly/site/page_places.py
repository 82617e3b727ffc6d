"""The places of a drawn page where something can be put in: behind its headings, at its anchors, at its end.

Pages are kept between builds by what they themselves say. What other issues say of them is put in behind that, so that
a new issue makes no old one to be drawn again.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from html import unescape

_PARTS = re.compile(
    r"<!--.*?(?:-->|\Z)"
    r"|<(?P<hidden>script|style|textarea|svg|math)\b.*?(?:</(?P=hidden)>|\Z)"
    r"|<(?P<end>/?)(?P<tag>[A-Za-z][A-Za-z0-9-]*)(?P<attributes>(?:[^<>\"']|\"[^\"]*+\"|'[^']*+')*+)>",
    re.DOTALL | re.IGNORECASE,
)
"""A pattern for a tag, and for what holds text that looks like tags."""

_ID = re.compile(r"""(?:^|\s)(?:id|name)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)

_HEADING = re.compile(r"h[1-6]", re.IGNORECASE)


def put_in(html: str, added: Mapping[int, str]) -> str:
    """Return the HTML of a page with pieces of HTML at places of it."""
    pieces, last = [], 0
    for place in sorted(added):
        pieces += [html[last:place], f"\n{added[place]}" if place else f"{added[place]}\n"]
        last = place
    return "".join([*pieces, html[last:]])


def with_script(html: str, address: str, *, is_late: bool = False) -> str:
    """Return a page that loads a script which other pages do not need, whose address is relative to the page.

    The script stands after the text and inside the part of the page that instant navigation exchanges, which runs the
    scripts there; and before the theme's own script, which loads a mermaid of its own if it finds none. With `is_late`
    it runs after that.
    """
    tag = f'<script src="{address}"{" defer" if is_late else ""}></script>'
    for end in ("</article>", "</body>"):
        before, found, after = html.rpartition(end)
        if found:
            return f"{before}{tag}{found}{after}"
    return html + tag


class Places:
    """The places of a page: behind its headings, and where each of its anchors is. 0 is the beginning of the page."""

    def __init__(self, html: str) -> None:
        self._headings: list[int] = []
        self._behind: list[int] = []
        self._anchors: dict[str, int] = {}
        self._head = 0
        in_summary = False
        for part in _PARTS.finditer(html):
            tag, is_end = (part["tag"] or "").lower(), bool(part["end"])
            if not is_end:
                self._note_anchor(part)
            if tag == "summary":
                in_summary = not is_end
            elif _HEADING.fullmatch(tag) and not is_end:
                self._headings.append(part.start())
            if len(self._behind) < len(self._headings) and is_end and not in_summary:
                self._close(tag, part.end())

    def of(self, anchor: str) -> int:
        """Return the place behind the heading of the section that an anchor names or lies in, else of the page."""
        where = self._anchors.get(anchor)
        number = bisect_right(self._headings, where) if where is not None else 0
        return self._behind[number - 1] if 0 < number <= len(self._behind) else self._head

    def _note_anchor(self, part: re.Match[str]) -> None:
        found = _ID.search(part["attributes"] or "")
        if found:
            self._anchors.setdefault(unescape(next(filter(None, found.groups()), "")), part.start())

    def _close(self, tag: str, end: int) -> None:
        """Note where a heading ends: behind what it stands in that is pressed as a whole."""
        if tag == "summary" or _HEADING.fullmatch(tag):
            self._behind += [end] * (len(self._headings) - len(self._behind))
            if tag == "h1" and not self._head:
                self._head = end

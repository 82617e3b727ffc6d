"""Marks in HTML that only a search reads."""

from __future__ import annotations

import re

_MARK = re.compile(r'data-search-[a-z]+="[^"]+"')
_BEGIN = "data-search-"


def without_marks(html: str) -> str:
    """Return HTML without the attributes that only a search reads; what looks like one in a text stays."""
    pieces, end, begin = [], 0, html.find(_BEGIN)
    while begin >= 0:  # a search for a text that pages seldom have is ten times as fast as one for a pattern
        mark = _MARK.match(html, begin)
        if mark and html.rfind("<", 0, begin) > html.rfind(">", 0, begin):
            pieces.append(html[end : begin - html[begin - 1].isspace()])
            end = mark.end()
        begin = html.find(_BEGIN, mark.end() if mark else begin + 1)
    return "".join((*pieces, html[end:])) if pieces else html

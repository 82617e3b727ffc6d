"""Raw HTML of writers in a form that Python's parser of HTML reads to the end, and in one way through."""

from __future__ import annotations

import re

_UNKNOWN_SECTION = re.compile(
    r"<!\[(?!(?:temp|cdata|ignore|include|rcdata|if|else|endif)(?![-_.a-z0-9]))", re.IGNORECASE | re.ASCII
)
"""A pattern for marked sections that `_markupbase` of Python does not know: it raises AssertionError for them."""

_ENDS = (("<!--", "-->"), ("<![", "]>"), ("<", ">"))
"""What ends each kind of markup. Where no end follows, `html.parser` looks for it anew at each beginning."""


def parsable(html: str) -> str:
    """Return HTML whose every `<` that begins nothing whole is text; to a browser the rest says what it said."""
    for begin, end in _ENDS:
        last = html.rfind(end)
        closed = last + len(end) if last >= 0 else 0
        if begin in html[closed:]:
            html = html[:closed] + html[closed:].replace(begin, f"&lt;{begin[1:]}")
    return _UNKNOWN_SECTION.sub("&lt;![", html)

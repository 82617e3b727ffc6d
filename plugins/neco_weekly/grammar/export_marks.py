"""Marks in an exported issue around what we have added to the author's text, so that an import leaves it out.

What stands between two marks are the words of a badge: they go stale, and the site draws them anew. Each mark is a
comment of HTML on one line, which Zenn, Qiita, Hatena Blog and GitHub show nobody.
"""

from __future__ import annotations

import re

BEGIN, END = "<!-- neco:badge -->", "<!-- /neco:badge -->"

_ALONE = re.compile(
    rf"\n[ \t>]*\n[ \t>]*{re.escape(BEGIN)}[^\n]*?{re.escape(END)}[ \t]*(?=\n|\Z)"
    rf"|{re.escape(BEGIN)}[^\n]*?{re.escape(END)}"
)
"""A pattern for marked words, and the empty line above where they have a line of their own."""


def marked(words: str) -> str:
    """Return words of ours between marks; nothing in them ends the comment or the line."""
    return f"{BEGIN}{' '.join(words.replace('<!--', '').replace('-->', '').split())}{END}"


def without_marked(text: str) -> str:
    """Return a text of Markdown without what stands between marks."""
    return _ALONE.sub("", text) if BEGIN in text else text

"""Python-Markdown's placeholders: what it has taken out of a text while the text and its tree are worked on.

Raw HTML, code, escaped characters and some entities stand as `STX … ETX` until the very end. All that knows how these
look is here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import unescape as unescape_entities

from markdown import Markdown
from markdown.util import HTML_PLACEHOLDER_RE

_STASHED = re.compile(r"\x02wzxhzdk:(\d+)\x03")


_RAW_LINK = re.compile(r"<(?P<end>/)?a(?![^\s>])", re.IGNORECASE)


def open_raw_link(md: Markdown, text: str, *, open_before: bool = False) -> bool:
    """Whether a link that is written as HTML, which Python-Markdown stashes away, is open at the end of a text."""
    stash = md.htmlStash.rawHtmlBlocks
    tags = (_RAW_LINK.match(str(stash[int(found[1])])) for found in HTML_PLACEHOLDER_RE.finditer(text))
    return [open_before, *(tag["end"] is None for tag in tags if tag)][-1]


_STASHED_HTML = re.compile(r"\x02wzxhzdk:(\d+)\x03")

_ESCAPED = re.compile(r"\x02(\d+)\x03")

_PLACEHOLDER = re.compile(r"\x02[^\x02\x03]*\x03")  # such as the arrow that leads back from a footnote

_INLINE_TAG = re.compile(r"</?(?:span|code|a|em|strong|b|i|small|kbd)\b[^>]*>", re.IGNORECASE)

_TAG = re.compile(r"<!--.*?-->|<(script|style)\b.*?</\1>|<[^>]*>", re.DOTALL | re.IGNORECASE)


def _text_of(raw_html: Sequence[object], number: int) -> str:
    html = raw_html[number] if number < len(raw_html) else ""
    return unescape_entities(_TAG.sub(" ", _INLINE_TAG.sub("", html))) if isinstance(html, str) else ""


def unescape(text: str) -> str:
    """Text as its author sees it: Python-Markdown keeps escaped characters as numbers until the very end."""
    return _ESCAPED.sub(lambda match: chr(int(match[1])), text).replace("\x02amp\x03", "&")

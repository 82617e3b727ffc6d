"""Foreign text in a draft that a person goes on writing: text stays text, whatever Markdown would make of it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..model.text import one_line

_MARKUP = re.compile(
    r"[\\`*_\[\]<>#|~$^{}@]|=(?==)|:(?=[\w+-]+:)|(?<=:)/(?=/)|(?<=www)\.",
    re.IGNORECASE,
)
"""Signs that mean something to Markdown, or to an extension that a site may have; CommonMark lets any be escaped."""

_ENTITY = re.compile(r"&(?=\\?#?\w+;)")

_END_OF_COMMENT = re.compile(r"-(?=-!?>)|<(?=!--)")
"""What ends a comment, and what begins one in it: https://html.spec.whatwg.org/multipage/syntax.html#comments."""


def as_markdown(text: str) -> str:
    """Return a text as Markdown that shows it: no emphasis, code, link, tag, attribute, formula or address in it."""
    return _ENTITY.sub("&amp;", _MARKUP.sub(r"\\\g<0>", one_line(text)))


def as_comment(lines: Iterable[str]) -> str:
    """Return lines as a comment of HTML, which nothing in them ends."""
    safe = (_END_OF_COMMENT.sub(r"\g<0> ", one_line(line)) for line in lines)
    return "\n".join(("<!--", *safe, "-->"))

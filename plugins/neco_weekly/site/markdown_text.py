"""Foreign text in a draft that a person goes on writing: text stays text, whatever Markdown would make of it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..model.text import one_line

_MARKUP = re.compile(r"[\\`*_\[\]<>#&|~$^{}]|(?<=:)/(?=/)|(?<=www)\.", re.IGNORECASE)

_END_OF_COMMENT = re.compile(r"-(?=-!?>)|<(?=!--)")
"""What ends a comment, and what begins one in it: https://html.spec.whatwg.org/multipage/syntax.html#comments."""


def as_markdown(text: str) -> str:
    """Return a text as Markdown that shows it: no emphasis, code, link, tag, attribute, formula or address in it."""
    return _MARKUP.sub(r"\\\g<0>", one_line(text))


def as_comment(lines: Iterable[str]) -> str:
    """Return lines as a comment of HTML, which nothing in them ends."""
    safe = (_END_OF_COMMENT.sub(r"\g<0> ", one_line(line)) for line in lines)
    return "\n".join(("<!--", *safe, "-->"))

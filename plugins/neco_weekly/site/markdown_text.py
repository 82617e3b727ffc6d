"""Foreign text in a draft that a person goes on writing: text stays text, whatever Markdown would make of it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..model.text import CONTROL, one_line

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


def address_in_brackets(address: str) -> str:
    """Return an address as it stands in a link of Markdown: nothing in it ends the link."""
    safe = CONTROL.sub("", address).replace(" ", "%20")
    return safe.translate({ord(it): f"%{ord(it):02X}" for it in "()<>\\"})


def as_comment(lines: Iterable[str], name: str = "") -> str:
    """Return lines as a comment of HTML, which nothing in them ends; behind its first sign stands a name."""
    safe = (_END_OF_COMMENT.sub(r"\g<0> ", one_line(line)) for line in lines)
    return "\n".join((f"<!-- {name}".rstrip(), *safe, "-->"))

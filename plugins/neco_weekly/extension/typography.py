"""Japanese text across the ends of lines: writers break lines after a sentence, browsers draw the break as a gap.

Chromium and Firefox keep a space for a line break between two Japanese characters, although CSS Text allows to drop it
(https://www.w3.org/TR/css-text-4/#line-break-transform), and no style can change that. So the break goes.
"""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from markdown.util import AtomicString

_WIDE = r"[\u3000-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uffef]"

_BREAK = re.compile(f"\n(?<={_WIDE}\n)(?={_WIDE})")  # begins with what is rare: a tenth of the time

_ENDS_WIDE = re.compile(f"{_WIDE}\n\\Z")

_BEGINS_WIDE = re.compile(f"\\A\n{_WIDE}")

_IS_WIDE = re.compile(_WIDE)

_VERBATIM = frozenset({"pre", "code", "script", "style", "textarea", "kbd", "samp"})


def join_wide(text: str) -> str:
    """Return a text without the line breaks between two full-width characters."""
    return _BREAK.sub("", text)


def join_lines(element: Element) -> None:
    """Drop line breaks between two full-width characters in an element, also where an inline element begins or ends."""
    if element.tag in _VERBATIM:
        return
    element.text = _joined(element.text)
    before: Element | None = None
    for child in element:
        join_lines(child)
        child.tail = _joined(child.tail)
        _join_before(element, before, child)
        if child.tail and _BEGINS_WIDE.match(child.tail) and _IS_WIDE.match("".join(child.itertext())[-1:]):
            child.tail = child.tail[1:]
        before = child


def _join_before(parent: Element, before: Element | None, child: Element) -> None:
    text = parent.text if before is None else before.tail
    if not text or not _ENDS_WIDE.search(text) or not _IS_WIDE.match("".join(child.itertext())):
        return
    if before is None:
        parent.text = text[:-1]
    else:
        before.tail = text[:-1]


def _joined(text: str | None) -> str | None:
    return text if not text or "\n" not in text or isinstance(text, AtomicString) else _BREAK.sub("", text)

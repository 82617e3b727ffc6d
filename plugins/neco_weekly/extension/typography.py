"""Japanese text across the ends of lines: writers break lines after a sentence, browsers draw the break as a gap.

So goes the break between two full-width characters, and that after a full stop, comma or bracket of full width, which
ends in white space of its own. Blanks that a writer typed stay.

Chromium and Firefox keep a space for a line break between two Japanese characters, although CSS Text allows to drop it
(https://www.w3.org/TR/css-text-4/#line-break-transform), and no style can change that. So the break goes.
"""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from markdown.util import AtomicString

_WIDE = r"[\u3000-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uffef]"

# These have white space of their own, whatever stands beside them: a gap beside that would be a hole.
_CLOSING = r"[\u3001\u3002\uff01\uff0c\uff0e\uff1a\uff1b\uff1f\u3009\u300b\u300d\u300f\u3011\u3015\uff09\uff3d\uff5d]"
_OPENING = r"[\u3008\u300a\u300c\u300e\u3010\u3014\uff08\uff3b\uff5b]"

_BREAK = re.compile(  # each begins with what is rare: a tenth of the time
    rf"\n(?<={_WIDE}\n)(?={_WIDE})|\n(?<={_CLOSING}\n)(?=\w)|\n(?={_OPENING})(?<=\S\n)"
)

_VERBATIM = frozenset({"pre", "code", "script", "style", "textarea", "kbd", "samp"})


def join_wide(text: str) -> str:
    """Return a text without the line breaks that would be drawn as gaps."""
    return _BREAK.sub("", text)


def join_lines(element: Element) -> None:
    """Drop line breaks that would be drawn as gaps in an element, also where an inline element begins or ends."""
    if element.tag in _VERBATIM:
        return
    element.text = _joined(element.text)
    before: Element | None = None
    for child in element:
        join_lines(child)
        child.tail = _joined(child.tail)
        _join_before(element, before, child)
        if child.tail and child.tail[0] == "\n" and _is_gap("".join(child.itertext())[-1:], child.tail[1:2]):
            child.tail = child.tail[1:]
        before = child


def _join_before(parent: Element, before: Element | None, child: Element) -> None:
    text = parent.text if before is None else before.tail
    if not text or text[-1] != "\n" or not _is_gap(text[-2:-1], "".join(child.itertext())[:1]):
        return
    if before is None:
        parent.text = text[:-1]
    else:
        before.tail = text[:-1]


def _is_gap(before: str, after: str) -> bool:
    """Whether a line break between two characters would be drawn as a gap; either is empty where there is none."""
    return bool(before and after and _BREAK.search(f"{before}\n{after}"))


def _joined(text: str | None) -> str | None:
    return text if not text or "\n" not in text or isinstance(text, AtomicString) else _BREAK.sub("", text)

"""Footnotes inside a line, `^[…]`: each becomes one of Python-Markdown's own footnotes, whose reference stands there.

They are read before anything else inside a line, while the footnotes of the page are still being gathered; what is
between backticks or behind a backslash is therefore passed over here.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Mapping
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from ..page_context import CurrentPage

_SIGN = re.compile(r"\\.|`++|\^?\[|\]", re.DOTALL)

_LABEL = re.compile(r"\[\^([^\[\]]*)\]")


class Notes(Treeprocessor):
    """A tree processor for footnotes inside a line; without Python-Markdown's footnotes, they stay text."""

    def __init__(self, md: Markdown, current: CurrentPage) -> None:
        super().__init__(md)
        self.current = current

    def run(self, root: Element) -> None:
        if self.current.page.grammar != "github" or "footnote" not in self.md.inlinePatterns:
            return
        pattern: Any = self.md.inlinePatterns["footnote"]
        pattern.compiled_re = _LABEL  # its own runs to the end of the text from every `[^`
        extension = pattern.footnotes
        for name, text in list(extension.footnotes.items()):
            extension.footnotes[name] = self._with_references(text, extension)
        if self.current.page.text is None or "^[" in self.current.page.text:
            self._write_references(root, extension)
        if extension.footnotes and not extension.getConfig("USE_DEFINITION_ORDER"):
            for name in in_order_of_reading("".join(root.itertext()), extension.footnotes):
                extension.footnotes.move_to_end(name)

    def _write_references(self, root: Element, extension: Any) -> None:
        for element in [*root.iter(), *(it for note in self.current.page.notes.values() for it in note.iter())]:
            if element.tag not in ("pre", "code"):
                element.text = self._with_references(element.text, extension)
            element.tail = self._with_references(element.tail, extension)

    def _with_references(self, text: str | None, extension: Any) -> Any:
        if text is None or "^[" not in text or isinstance(text, AtomicString):
            return text
        written, notes = with_references(text, len(extension.footnotes))
        for name, note in notes.items():
            extension.setFootnote(name, note)
        return written


def in_order_of_reading(text: str, notes: Mapping[str, str]) -> list[str]:
    """Return the names of footnotes as a reader meets them: in the text, then in the footnotes that are read there.

    Python-Markdown numbers those that only other footnotes name by the order of these, which is that of definition.
    """
    names = dict.fromkeys(name for name in _LABEL.findall(text) if name in notes)
    waiting = deque(names)
    while waiting:
        inner = [name for name in _LABEL.findall(notes[waiting.popleft()]) if name in notes and name not in names]
        names |= dict.fromkeys(inner)
        waiting += dict.fromkeys(inner)
    return [*names, *(name for name in notes if name not in names)]


def with_references(text: str, count: int) -> tuple[str, dict[str, str]]:
    """Return a text with `[^name]` in place of footnotes inside a line, and these footnotes by their names.

    Names are of numbers behind `count`. A footnote may hold others, which have references in its own text.
    """
    pieces: list[str] = []
    opened: list[int] = []
    notes: dict[str, str] = {}
    ends = _closing_ticks(text)
    place = 0
    while sign := _SIGN.search(text, place):
        end = ends.get(sign.start(), sign.end()) if sign[0].startswith("`") else sign.end()
        pieces += [text[place : sign.start()], text[sign.start() : end]]
        place = end
        if sign[0] in ("[", "^["):
            opened.append(len(pieces) - 1)
        elif sign[0] == "]" and opened:
            begin = opened.pop()
            note = "".join(pieces[begin + 1 : -1]) if pieces[begin] == "^[" else ""
            if note.strip():
                name = f"inline-{count + len(notes) + 1}"
                notes[name] = " ".join(note.split())
                pieces[begin:] = [f"[^{name}]"]
    return "".join([*pieces, text[place:]]), notes


def _closing_ticks(text: str) -> dict[int, int]:
    """Return where each piece of code ends that begins in a text, by its beginning."""
    waiting: dict[int, int] = {}
    ends: dict[int, int] = {}
    runs = [(run.start(), run.end()) for run in re.finditer("`+", text)]
    for start, end in reversed(runs):
        if end - start in waiting:
            ends[start] = waiting[end - start]
        waiting[end - start] = end
    return ends

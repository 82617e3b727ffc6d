"""Inline patterns that read a text once and as a whole, and those that are at work only in one grammar.

Python-Markdown asks a pattern for its first match, replaces that by a placeholder, and asks again from there on
(https://python-markdown.github.io/extensions/api/, *Inline Processors*). What depends on all signs of a text, as
brackets do, would be read anew for each match, which grows with the square of the text.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.inlinepatterns import InlineProcessor

from ..page_context import CurrentPage

Place = tuple[Element | str | None, int | None, int | None]
"""What an inline pattern returns for a match: what stands for the match, and where the match begins and ends."""


@dataclass(frozen=True, slots=True)
class Found:
    """A part of a text, and what stands for that part: an element, or text in which no Markdown is read any more.

    Python-Markdown takes such a part where it expects a match of a regular expression, and asks for its `end`.
    """

    begin: int
    behind: int
    node: Element | str

    def end(self, group: int = 0) -> int:
        """Return the place behind the part."""
        return self.behind


class WholeText(InlineProcessor):
    """An inline pattern that reads a text once; texts without the `sign` hold nothing for the pattern."""

    def __init__(self, sign: str, md: Markdown) -> None:
        super().__init__(re.escape(sign), md)
        self.sign = sign
        self._waiting: deque[Found] = deque()
        self._length = 0

    def find(self, text: str) -> Iterable[Found]:
        """Return the parts of a text that the pattern replaces, in order; none may lie in another one."""
        raise NotImplementedError

    def getCompiledRegExp(self) -> Any:  # noqa: N802 (Python-Markdown's name)
        return self

    def finditer(self, text: str, start: int = 0) -> Iterator[Found]:
        """Yield the parts that are left; Python-Markdown begins a text at 0, and has replaced only what is before."""
        if start == 0:
            self._waiting, self._length = deque(self.find(text) if self.sign in text else ()), len(text)
        while self._waiting:
            found, moved = self._waiting.popleft(), len(text) - self._length
            yield replace(found, begin=found.begin + moved, behind=found.behind + moved)

    def handleMatch(  # type: ignore[override]  # noqa: N802 (Python-Markdown's name)
        self, m: Any, data: str
    ) -> Place:
        return m.node, m.begin, m.behind


class Nothing(WholeText):
    """An inline pattern in place of another one, whose work is done elsewhere."""

    def find(self, text: str) -> Iterable[Found]:
        return ()


class ByGrammar(InlineProcessor):
    """An inline pattern that is ours on pages of the grammar `github`, and Python-Markdown's own on all others.

    On those, too, a text with more than `MANY` times the `sign` is read by ours, if the work of theirs grows with the
    square of these.
    """

    MANY = 1000

    def __init__(self, md: Markdown, current: CurrentPage, ours: InlineProcessor, theirs: Any, sign: str = "") -> None:
        super().__init__("", md)
        self.current, self.ours, self.theirs, self.sign = current, ours, theirs, sign
        self._reading: Any = theirs

    def getCompiledRegExp(self) -> Any:  # noqa: N802 (Python-Markdown's name)
        return self

    def finditer(self, text: str, start: int = 0) -> Iterator[Any]:
        """Return the matches in a text, of the pattern that reads the page."""
        is_ours = self.current.page.grammar == "github" or (self.sign and text.count(self.sign) > self.MANY)
        self._reading = self.ours if is_ours else self.theirs
        found: Iterator[Any] = self._reading.getCompiledRegExp().finditer(text, start)
        return found

    def handleMatch(  # type: ignore[override]  # noqa: N802 (Python-Markdown's name)
        self, m: Any, data: str
    ) -> Place:
        place: Place = self._reading.handleMatch(m, data)
        return place

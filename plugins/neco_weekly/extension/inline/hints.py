"""What a writer may have meant otherwise, inside a line: `#127` alone is no reference to a KEP."""

from __future__ import annotations

import re
from typing import Any

from markdown import Markdown
from markdown.inlinepatterns import InlineProcessor
from markdown.util import INLINE_PLACEHOLDER_RE

from ..page_context import CurrentPage
from .whole_text import Place


class BareNumbers(InlineProcessor):
    """An inline pattern that changes nothing: it names numbers such as `#127` where a paragraph's line begins."""

    md: Markdown

    def __init__(self, md: Markdown, current: CurrentPage) -> None:
        super().__init__(r"(?:\A|(?<=\n))[ ]{0,3}(#[1-9][0-9]{0,4})(?![0-9A-Za-z_-])", md)
        self.current = current

    def handleMatch(  # type: ignore[override]  # noqa: N802 (Python-Markdown's name)
        self, m: re.Match[str], data: str
    ) -> Place:
        inline: Any = self.md.treeprocessors["inline"]
        if inline.ancestors[-1:] == ["p"] and not INLINE_PLACEHOLDER_RE.match(data, m.end()):
            self.current.page.complain("bare-number", m[1])
        return None, None, None

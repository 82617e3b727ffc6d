r"""Math between dollar signs, as Zenn and GitHub read it: `$…$` in a line, `$$…$$` as a formula that stands out.

Sources: https://zenn.dev/zenn/articles/markdown-guide and GitHub's *Writing mathematical expressions*, which also has
code between dollar signs. So that prices stay prices, there is no white space beside the signs inside, and behind the
second one neither a digit nor, other than at Zenn, a letter: `$HOME/$USER` are two variables.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.util import ETX, INLINE_PLACEHOLDER_RE, STX

from ..math import MathError, math_element, math_error
from ..page_context import CurrentPage
from ..stash import stashed_node
from .whole_text import Found, WholeText

_DOLLAR = f"{STX}{ord('$')}{ETX}"

_SIGN = re.compile(r"\\.|\$\$?", re.DOTALL)

_NO_END = re.compile(r"[0-9A-Za-z_]")


class Dollars(WholeText):
    r"""An inline pattern for math, and for `\$`; at rest where the site has another extension for math."""

    md: Markdown

    def __init__(self, md: Markdown, current: CurrentPage) -> None:
        super().__init__("$", md)
        self.current = current

    def find(self, text: str) -> Iterator[Found]:
        if "arithmatex-inline" in self.md.inlinePatterns:
            return
        opened: dict[str, int] = {}
        for sign in _SIGN.finditer(text):
            begin, end = sign.span()
            if sign[0] == r"\$":
                yield Found(begin, end, _DOLLAR)
                opened.clear()
            elif sign[0] in opened and (element := self._closed(text, opened[sign[0]], sign)) is not None:
                yield Found(opened[sign[0]], end, element)
                opened.clear()
            elif sign[0] in ("$", "$$") and (sign[0] == "$$" or not text[end : end + 1].isspace()):
                opened[sign[0]] = begin

    def _closed(self, text: str, begin: int, sign: re.Match[str]) -> Element | None:
        """Return the formula between two signs, of which the first begins at `begin`; None if the second ends none."""
        tex = text[begin + len(sign[0]) : sign.start()]
        display = sign[0] == "$$"
        if not display and (tex[-1:].isspace() or _NO_END.match(text, sign.end())):
            return None
        if STX in tex and (tex := self._code(tex)) == "":
            return None
        return self._drawn(tex.strip(), display=display) if tex.strip() else None

    def _code(self, placeholder: str) -> str:
        """Return what is written as code; empty for a text that is anything more or else than one piece of code."""
        match = INLINE_PLACEHOLDER_RE.fullmatch(placeholder)
        node = stashed_node(self.md, match[1]) if match else None
        return unescape(node.text or "") if isinstance(node, Element) and node.tag == "code" else ""

    def _drawn(self, tex: str, *, display: bool) -> Element:
        """Return a formula in a `span`: `math` is a block to Python-Markdown, which puts white space around blocks."""
        span = Element("span", {"class": "neco-math"})
        try:
            span.append(math_element(tex, display=display))
            return span
        except MathError as error:
            self.current.page.complain("bad-math", tex, str(error))
            return math_error(tex)

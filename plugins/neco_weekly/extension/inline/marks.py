"""Small signs inside a line: `~~deleted~~`, ends of lines that are kept, `:tada:`, characters behind a backslash."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.inlinepatterns import InlineProcessor
from markdown.util import ETX, STX

from ..page_context import CurrentPage
from .whole_text import Found, Place, WholeText


class Deleted(WholeText):
    """An inline pattern for `~~deleted~~`, as GitHub has it: two tildes, and no white space inside of them."""

    def __init__(self, md: Markdown) -> None:
        super().__init__("~~", md)

    def find(self, text: str) -> Iterator[Found]:
        begin: re.Match[str] | None = None
        for tildes in _TILDES.finditer(text):
            if begin and not text[tildes.start() - 1].isspace():
                element = Element("del")
                element.text = text[begin.end() : tildes.start()]
                yield Found(begin.start(), tildes.end(), element)
                begin = None
            elif begin is None and not text[tildes.end() : tildes.end() + 1].isspace():
                begin = tildes


_TILDES = re.compile(r"(?<!~)~~(?!~)")


class EndsOfLines(InlineProcessor):
    r"""An inline pattern for ends of lines that are breaks: behind a `\`, and all where the page keeps them.

    An attribute list on a line of its own belongs to the paragraph, so that the end of the line before is none.
    """

    def __init__(self, md: Markdown, current: CurrentPage) -> None:
        super().__init__(r"(\\|(?<![ \t])[ \t]*+)\n[ \t]*+(?=[^\s{]|\{(?!:?[ ]*[^}\n ][^\n]*\}[ ]*\Z))", md)
        self.current = current

    def handleMatch(  # type: ignore[override]  # noqa: N802 (Python-Markdown's name)
        self, m: re.Match[str], data: str
    ) -> Place:
        if m[1] != "\\" and (m.start() == 0 or not self.current.page.breaks):
            return None, None, None
        return Element("br"), m.start(), m.end()


class Emoji(InlineProcessor):
    """An inline pattern for `:tada:`, drawn as the character; a name that GitHub does not know stays text.

    It is at rest where the site has another extension for them.
    """

    md: Markdown

    def __init__(self, md: Markdown) -> None:
        super().__init__(r"(?<![A-Za-z0-9_:]):(?:[a-z0-9_]++|[+-]1):(?![A-Za-z0-9_])", md)

    def handleMatch(  # type: ignore[override]  # noqa: N802 (Python-Markdown's name)
        self, m: re.Match[str], data: str
    ) -> Place:
        character = None if "emoji" in self.md.inlinePatterns else emoji_of(m[0])
        return (character, m.start(), m.end()) if character else (None, None, None)


def emoji_of(name: str) -> str | None:
    """Return the character of one of GitHub's names, `:tada:`; None for a name that has none."""
    return _characters().get(name)


@cache
def _characters() -> Mapping[str, str]:
    """Return the characters of GitHub's names, `:tada:`; names of GitHub's own pictures have none."""
    from pymdownx import gemoji_db  # noqa: PLC0415 (a table of 2,000 names, which few pages need)

    known = {name: it.get("unicode_alt", it["unicode"]) for name, it in gemoji_db.emoji.items() if "unicode" in it}
    known |= {alias: known[name] for alias, name in gemoji_db.aliases.items() if name in known}
    return {name: "".join(chr(int(code, 16)) for code in codes.split("-")) for name, codes in known.items()}


class Escapes(InlineProcessor):
    r"""An inline pattern for a backslash before the signs that Python-Markdown does not let be escaped, as in `\~`.

    CommonMark has all of ASCII's (https://spec.commonmark.org/0.31.2/#backslash-escapes).
    """

    def __init__(self, md: Markdown) -> None:
        super().__init__(r"\\([\"$%&',/:;<=?@^|~])", md)

    def handleMatch(  # type: ignore[override]  # noqa: N802 (Python-Markdown's name)
        self, m: re.Match[str], data: str
    ) -> Place:
        return f"{STX}{ord(m[1])}{ETX}", m.start(), m.end()

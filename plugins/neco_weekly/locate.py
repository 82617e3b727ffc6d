"""Lines of things found in a tree: Python-Markdown forgets them, so they are looked up in the source, in order."""

from __future__ import annotations

import re

_HIDDEN = re.compile(
    r"^ {0,3}(?P<fence>`{3,}|~{3,})[^\n]*\n.*?(?:^ {0,3}(?P=fence)[`~]*[ \t]*$|\Z)"
    r"|<!--.*?(?:-->|\Z)"
    r"|(?P<ticks>`+)(?!`)[^\n]*?(?<!`)(?P=ticks)(?!`)",
    re.MULTILINE | re.DOTALL,
)


class Locator:
    """Finds lines (from 1) of written words. Questions come in the order of the text, so each begins where the last ended.

    Code and comments are no place for a reference and are passed over.
    """

    def __init__(self, source: str) -> None:
        self._source = _HIDDEN.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), source)
        self._position = 0

    def rewind(self) -> None:
        """Begin again at the top."""
        self._position = 0

    def find(self, written: str) -> int:
        """Line of the next place where `written` stands by itself; 1 if it is nowhere."""
        return self._next(re.escape(written).replace(r"\#", r"\\?\#")) or 1

    def find_link(self, url: str, text: str) -> int:
        """Line of the next link to `url`; a definition `[name]: url` is not the place, there the text tells."""
        return self._next(rf"(?<!\]: )(?<!\]:){re.escape(url)}") or self._next(re.escape(text)) or 1

    def _next(self, pattern: str) -> int | None:
        if pattern in ("", r"\ "):
            return None
        by_itself = re.compile(rf"(?<![A-Za-z0-9]){pattern}(?![A-Za-z0-9])")
        match = by_itself.search(self._source, self._position)
        if match:
            self._position = match.end()
        else:  # footnotes are drawn at the end of the page but may stand anywhere
            match = by_itself.search(self._source)
        return self._source.count("\n", 0, match.start()) + 1 if match else None

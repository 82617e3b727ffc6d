"""Where lines come from that `pymdownx.snippets` puts into a page: the snippet's own file and line.

Each line that is read from a file carries a mark until all snippets are put in. See
https://facelessuser.github.io/pymdown-extensions/extensions/snippets/.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from markdown import Markdown

from ...model.issues import Place

_SIGN = "-8<-"
"""What every line holds that puts a snippet in; such lines are left alone, for snippets may be nested."""

_MARK = "\N{START OF TEXT}neco-line:%d\N{END OF TEXT}"

_MARKED = re.compile(_MARK.replace("%d", "([0-9]+)") + r"\Z")


class SnippetLines:
    """The lines that were read from files while a page's snippets were put in."""

    def __init__(self) -> None:
        self._read: list[tuple[str, int]] = []

    def begin(self) -> None:
        """Begin a page."""
        self._read.clear()

    def watch(self, md: Markdown) -> None:
        """Mark the lines that the site's snippets are read from."""
        if "snippet" in md.preprocessors:
            snippets: Any = md.preprocessors["snippet"]
            snippets.read_lines = self._marking(snippets.read_lines)

    def _marking(self, read: Callable[[str], list[str]]) -> Callable[[str], list[str]]:
        def marked(path: str) -> list[str]:
            return [self._mark(os.path.relpath(path), number, line) for number, line in enumerate(read(path), 1)]

        return marked

    def _mark(self, path: str, number: int, line: str) -> str:
        if _SIGN in line:
            return line
        self._read.append((path, number))
        return line + _MARK % (len(self._read) - 1)

    def taken_out(self, lines: Sequence[str], source: Sequence[str]) -> tuple[list[str], list[Place]]:
        """Return lines without marks, and where each comes from: a snippet, or a line of the page's own source.

        There is no place for any line where no snippet was put in.
        """
        if not self._read:
            return list(lines), []
        return [_MARKED.sub("", line) for line in lines], list(self._places(lines, source))

    def _places(self, lines: Sequence[str], source: Sequence[str]) -> Iterator[Place]:
        own = 0
        for line in lines:
            if found := _MARKED.search(line):
                path, number = self._read[int(found[1])]
                yield Place(file=path, line=number, own=own + 1)
                continue
            own = next((it + 1 for it in range(own, len(source)) if source[it] == line), own)
            yield Place(line=max(own, 1), own=max(own, 1))

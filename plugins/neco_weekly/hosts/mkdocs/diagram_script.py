"""Diagrams of a build: pages that have one load our script, and a site that has none gets no file for them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from ...display.words import Strings
from ...site.files import GeneratedPage
from ...site.mermaid import diagram_files


class Diagrams:
    """The files that draw the diagrams of one build."""

    def __init__(self, script: str, drawing: str, words: Strings) -> None:
        self._script, self._drawing, self._words = script, drawing, words

    def files(self) -> Iterator[GeneratedPage]:
        """Yield all files, the script that pages load first: megabytes, which nobody needs twice."""
        return diagram_files(self._script, self._drawing, self._words)

    @cached_property
    def address(self) -> str:
        """The address of the script from the site's root."""
        return next(self.files()).path

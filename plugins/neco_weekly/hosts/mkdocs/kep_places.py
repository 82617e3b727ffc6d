"""Where the pages of KEPs and topics lie in the build that is at work, as pages that link to them ask."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from mkdocs.structure.files import File

from ...model.paths import KEP_PAGE, TOPIC_PAGE

Find = Callable[[str], File | None]
"""A function from the path of a generated page to the file that is drawn there."""

Make = Callable[[int], File | None]
"""A function that adds the page of a KEP to the build and returns the page's file."""


class KepPlaces:
    """The places of the pages of KEPs and topics, which are those of one build after the other."""

    def __init__(self) -> None:
        self._find: Find = lambda path: None
        self._make: Make = lambda number: None

    def begin(self, find: Find, make: Make = lambda number: None) -> None:
        """Look for pages with `find` from now on, and let `make` add one that an issue asks for."""
        self._find, self._make = find, make

    @property
    def for_extension(self) -> dict[str, Any]:
        """What our extension asks for the places of pages."""
        return {"kep_page": self.path_of, "topic_page": self.path_of_topic}

    def path_of(self, number: int, *, for_issue: bool) -> str | None:
        """Return the path of a KEP's page, None without one. For an issue there is one as soon as the issue asks."""
        file = self._find(KEP_PAGE.format(number=number))
        if file is None and for_issue:
            file = self._make(number)
        return file.src_uri if file is not None else None

    def path_of_topic(self, slug: str) -> str | None:
        """Return the path of a topic's page, None without one."""
        file = self._find(TOPIC_PAGE.format(slug=slug))
        return file.src_uri if file is not None else None

"""What a preview remembers from one build for the next: what was read in texts that are the same by now.

Nothing here decides whether that is so. Each entry has what it follows from, and is compared with what is there now; of
each file there is one entry. What is equal in two builds is one object in memory.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from .build_memory import Shelf
from .compiled_templates import CompiledTemplates
from .laid_down_page import LaidDownPage

T = TypeVar("T")


class Remembered:
    """The memory of a preview; outside of one, nothing is remembered. `templates` are the theme's, as compiled.

    `shelf` is where the pages of the build under way have what they say.
    """

    def __init__(self, *, is_on: bool) -> None:
        self.templates = CompiledTemplates(is_on=is_on)
        self.is_on = is_on
        self.shelf: Shelf | None = None
        self._entries: dict[Hashable, tuple[Any, Any]] = {}

    def begin(self) -> None:
        """Begin a build: what its pages say has a shelf of its own, which goes with the pages."""
        self.shelf = Shelf() if self.is_on else None

    def lay_down(self, page: object) -> None:
        """Lay down what a page says that is drawn, or is to be drawn when all pages are read."""
        if self.shelf and isinstance(page, LaidDownPage):
            page.lay_down(self.shelf)

    def __call__(self, name: Hashable, key: object, make: Callable[[], T]) -> T:
        """Return what follows from `key`, made anew only where that is another than the last time for this name."""
        entry = self._entries.get(name)
        if entry is not None and entry[0] == key:
            known: T = entry[1]
            return known
        made = make()
        if self.is_on:
            self._entries[name] = key, made
        return made

    def same(self, name: Hashable, value: T) -> T:
        """Return the value of the last time for this name, where that is equal."""
        return self(name, value, lambda: value)

"""A page of a preview, whose content is on the disk until somebody asks for it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from mkdocs.structure.pages import Page

from .build_memory import Shelf


class LaidDownPage(Page):
    """A page of ours; in a preview what it says is laid down while nobody looks at it, and kept after the build."""

    _read_content: Callable[[], str] | None = None

    def lay_down(self, shelf: Shelf) -> None:
        """Lay down what the page says, as long as there is room for it."""
        content = vars(self).get("content")
        if content:
            with suppress(OSError):
                self._read_content = shelf.put(content)
                del self.content

    @property
    def is_rendered(self) -> bool:
        """Whether the page says anything yet."""
        return self._read_content is not None or vars(self).get("content") is not None

    def __getattr__(self, name: str) -> str:
        if name != "content" or self._read_content is None:
            raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
        return self._read_content()


def is_rendered(page: Page | None) -> bool:
    """Whether a page says anything yet, without a look at what is on the disk."""
    return page.is_rendered if isinstance(page, LaidDownPage) else page is not None and page.content is not None

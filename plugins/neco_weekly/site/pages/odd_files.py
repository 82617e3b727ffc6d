"""The page for editors of files of kubernetes/enhancements that could not be used as they are."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from ...display.words import Strings
from ...lock.store import Lock
from .templates import DeferredPage

ODD_FILES_PAGE = "odd-files/index.md"
"""The place of the page, to which pages of KEPs with oddities lead, and no list for readers."""


def odd_files_pages(lock: Lock, draw: Callable[..., str], words: Strings) -> Iterator[DeferredPage]:
    """Yield the page, where the lock has such files; `draw` draws it of a template and the page's path."""
    if lock.irregular:
        drawn = partial(draw, "odd_files.html", ODD_FILES_PAGE)
        yield DeferredPage(path=ODD_FILES_PAGE, title=words("odd.files"), draw=drawn)

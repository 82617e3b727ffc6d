"""Files that imported pages name: which of them come into the site, and why others do not."""

from __future__ import annotations

import posixpath
from pathlib import PurePosixPath

from ....grammar.urls import PICTURE_NAMES
from .material import Material
from .own_addresses import OUTSIDE

LARGEST = 20_000_000
"""The number of bytes that a picture or a file may have."""

_OTHERS = (".pdf", ".mp4", ".webm", ".mov", ".mp3", ".m4a", ".zip", ".gz", ".csv", ".txt", ".json", ".yaml", ".yml")
"""The ends of names of other files that a page may have beside it: nothing that a browser runs as a page."""

_BESIDE = "beside"

MARKDOWN = (".md", ".markdown", ".mdown", ".mkd", ".mkdn")
"""The ends of names that people give Markdown, in small letters."""


class CarriedFiles:
    """The files of a source that its pages name, each below one folder of the site at the path that it has there.

    Paths begin in the root of the pages; what lies beside that has a folder of its own. `taken` has their paths in the
    site, with those in the source.
    """

    def __init__(self, material: Material, root: str, folder: str) -> None:
        self._material, self._root, self._folder = material, f"{root}/" if root else "", folder
        self.taken: dict[str, str] = {}

    def take(self, path: str) -> str | None:
        """Return the path in the site of a file of the source; None where it does not come into the site."""
        if not self._may_be_taken(path):
            return None
        below = path.removeprefix(self._root) if path.startswith(self._root) else posixpath.join(_BESIDE, path)
        target = posixpath.join(self._folder, below)
        self.taken[target] = path
        return target

    def why_not(self, path: str) -> str:
        """Return in words why a file does not come into the site."""
        if path == OUTSIDE:
            return "leads out of the source, where nothing is read"
        for place, what in self._material.passed_over.items():
            if path == place or path.startswith(f"{place}/"):
                return f"leads to {what}, which is not followed"
        if path not in self._material.files:
            return "leads to nothing in the source"
        if path.lower().endswith(MARKDOWN):
            return "leads to a page that is not imported"
        if self._material.files[path] > LARGEST:
            return f"leads to a file of {self._material.files[path]:,} bytes, more than the {LARGEST:,} that are taken"
        return "leads to a file of a kind that is not taken into a site"

    def left(self, pages: set[str]) -> tuple[str, ...]:
        """Return the files of the source that are neither pages nor named by one."""
        named = {*self.taken.values(), *pages}
        return tuple(sorted(it for it in self._material.files if it not in named))

    def _may_be_taken(self, path: str) -> bool:
        hidden = any(part.startswith(".") for part in PurePosixPath(path).parts)
        size = self._material.files.get(path)
        return not hidden and size is not None and size <= LARGEST and path.lower().endswith((*PICTURE_NAMES, *_OTHERS))

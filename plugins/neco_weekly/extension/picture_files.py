"""Pictures as files: which file of the project a picture's address means, and how large its picture is."""

from __future__ import annotations

from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from ..grammar.urls import PICTURE_NAMES
from ..model.picture_sizes import Size, picture_size, view_box


def find_beside(root: Path, docs: Path, path: str) -> Path | None:
    """Return the picture of a project that `/…` means beside the docs folder: `/images/a.png` where Zenn has pictures.

    `path` is that address without its first slash; `root` is the folder of `mkdocs.yml`. None where there is no such
    picture, where it is hidden, or where a link leads out of the project.
    """
    parts = path.split("/")
    if not path.lower().endswith(PICTURE_NAMES) or any(part.startswith(".") for part in parts):
        return None
    with suppress(OSError, ValueError, RuntimeError):  # a name with NUL, or a link that leads to itself
        file = (root / path).resolve(strict=True)
        if file.is_file() and file.is_relative_to(root.resolve()):
            return docs / file.relative_to(docs.resolve()) if file.is_relative_to(docs.resolve()) else root / path
    return None


def measured(file: Path) -> Size | None:
    """Return the size of a picture in a file; None where there is no file, or no picture whose size can be read."""
    with suppress(OSError, ValueError):
        status = file.stat()
        return _measured(file, status.st_mtime_ns, status.st_size)
    return None


def ratio_of(file: Path) -> Size | None:
    """Return the width and height of the `viewBox` of an SVG, which is as large as its page has it; else None."""
    if file.suffix.lower() != ".svg":
        return None
    with suppress(OSError, ValueError), file.open("rb") as opened:
        return view_box(opened)
    return None


@lru_cache(maxsize=4096)
def _measured(file: Path, _changed: int, _length: int) -> Size | None:
    """Return the size of a picture, read once for each state of its file."""
    with file.open("rb") as opened:
        return picture_size(opened)

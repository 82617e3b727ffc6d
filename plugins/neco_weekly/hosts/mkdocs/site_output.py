"""What we write into the folder of a site ourselves: a file that is as in the last site is taken from there.

Most files of a build are as they were. A second name for a file costs a fraction of what a new one does, and tools that
publish what is newer than before see its old time.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import cast

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File

from ...site.files import GeneratedPage

_READ = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)


class SiteOutput:
    """The folder of a site while it is built, and that of the last site, where it is known."""

    def __init__(self) -> None:
        self._site = self._last = ""
        self._mode: int | None = None

    def begin(self, folders: tuple[Path, Path] | None) -> None:
        """Begin a build: into which folder, and where the last site is; None where there is none."""
        self._site, self._last = (f"{it}{os.sep}" for it in folders) if folders else ("", "")
        self._mode = None

    def write(self, path: str, content: bytes) -> None:
        """Write a file at an absolute path in the site, in the place of any that is there; its folder is made.

        Raises:
            OSError: the file cannot be written.
        """
        last = self._last + path.removeprefix(self._site) if self._last and path.startswith(self._site) else ""
        if last and self._mode is not None and _is_as_new(last, content, self._mode) and _is_linked(last, path):
            return
        _put(path, partial(_write, path, content))
        if self._mode is None:  # by the first file of a build it is known who may read one
            self._mode = stat.S_IMODE(Path(path).stat().st_mode)

    def put(self, file: GeneratedPage, site_dir: str) -> None:
        """Write a file of which MkDocs does not know.

        Raises:
            OSError: the file cannot be written.
        """
        self.write(str(Path(site_dir, file.path)), file.content.encode())


class OwnFile(File):
    """A file of a build that we have added, with its content in memory."""

    output: SiteOutput

    @classmethod
    def new(cls, config: MkDocsConfig, path: str, output: SiteOutput) -> File:
        """Return a file that is empty yet, as if it lay at a path in the docs folder."""
        file = cast(OwnFile, cls.generated(config, path, content=""))
        file.output = output
        return file

    def copy_file(self, dirty: bool = False) -> None:
        """Write the file, as MkDocs asks for all that are no pages."""
        self.output.write(self.abs_dest_path, self.content_bytes)


def _is_as_new(path: str, content: bytes, mode: int) -> bool:
    """Whether a file has this content and mode, and no other name: with one it would be somebody else's, too."""
    try:
        descriptor = os.open(path, _READ)
    except OSError:  # not there, or a link to elsewhere
        return False
    try:
        about = os.fstat(descriptor)
        is_alone = about.st_mode == stat.S_IFREG | mode and about.st_nlink == 1 and about.st_size == len(content)
        return is_alone and os.read(descriptor, len(content) + 1) == content
    except OSError:
        return False
    finally:
        os.close(descriptor)


def _is_linked(last: str, path: str) -> bool:
    """Give a file a second name, where the disk allows that."""
    try:
        _put(path, partial(Path(path).hardlink_to, last))
    except OSError:
        return False
    return True


def _write(path: str, content: bytes) -> None:
    with Path(path).open("xb") as file:  # never into a file of the last site that has a name here
        file.write(content)


def _put(path: str, make: Callable[[], None]) -> None:
    """Make a file that has its folder, and nothing in its place."""
    try:
        make()
    except FileNotFoundError:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        make()
    except FileExistsError:
        Path(path).unlink()
        make()

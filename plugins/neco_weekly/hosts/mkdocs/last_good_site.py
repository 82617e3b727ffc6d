"""The site as the last build that succeeded left it: it is there again after a build that fails.

MkDocs empties the site's folder when a build begins. Here what lies in it is moved into the cache folder first, which
takes no longer for a large site, and moved back when the build fails, or is interrupted. Hidden files, which MkDocs
leaves alone, stay where they are.
"""

from __future__ import annotations

import atexit
import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from .setup import Setup

FOLDER = "last-site"
"""The folder of last sites in the cache folder."""

_MOVED, _REPLACED = "last-good", "replaced"
"""The folders that hold the last site while a build is under way, and until the program ends when it succeeded."""


def last_good_site(setup: Setup, site_dir: str) -> LastGoodSite | None:
    """Return what lies in the folder of the site, kept for the time of a build; None for a site without a cache."""
    site, cache = Path(site_dir).absolute(), (setup.config_file.parent / setup.settings.cache_dir).absolute()
    if not setup.settings.cache or cache.is_relative_to(site):
        return None
    name = hashlib.sha256(os.fsencode(site)).hexdigest()[:8]  # a cache may serve sites in several folders
    return LastGoodSite(site, cache / FOLDER / name)


class LastGood:
    """The last site through the builds of a program, of which one may run within another: a plugin's, by language."""

    def __init__(self) -> None:
        self._kept: LastGoodSite | None = None
        self._depth = 0

    def begin(self) -> None:
        """Begin a build: nothing that comes now is about the one before."""
        if not self._depth:
            self.end()

    def keep(self, setup: Setup, site_dir: str) -> None:
        """Keep what lies in the folder of the site, which MkDocs empties now; within another build that is kept."""
        self._depth += 1
        if self._depth == 1:
            self._kept = last_good_site(setup, site_dir)

    @property
    def folders(self) -> tuple[Path, Path] | None:
        """The folder of the site that is built, and where the last one is meanwhile; None where that is nowhere."""
        return self._kept.folders if self._kept else None

    def succeed(self) -> None:
        """Take note that a build has written all; a strict one may still be refused."""
        self._depth = max(self._depth - 1, 0)
        if self._kept and not self._depth:
            self._kept.succeed()

    def fail(self) -> None:
        """Put the last site back in the place of what was written."""
        self._depth = 0
        if self._kept:
            self._kept.fail()

    def end(self) -> None:
        """Remove the site before the last one, now that nothing can fail any more."""
        if self._kept:
            self._kept.end()
        self._kept, self._depth = None, 0


class LastGoodSite:
    """The last site of one folder, kept in a folder for it alone, on the same disk."""

    def __init__(self, site: Path, place: Path) -> None:
        """Begin a build: what lies in the folder of the site is kept until the build has ended.

        Where it cannot be moved it stays, and MkDocs empties the folder as ever.
        """
        self._site, self._moved, self._replaced = site, place / _MOVED, place / _REPLACED
        self._is_kept = False
        with suppress(OSError):
            self._begin()
        atexit.register(self.end)  # Ctrl-C is no error of which plugins are told

    @property
    def folders(self) -> tuple[Path, Path] | None:
        """The folder of the site, and where the last one is until the new one is whole; None where there was none."""
        return (self._site, self._moved) if self._is_kept else None

    def succeed(self) -> None:
        """Take note that the new site is whole; a strict build may still refuse it."""
        with suppress(OSError):
            _discard(self._replaced)
            self._moved.rename(self._replaced)

    def fail(self) -> None:
        """Put the last site back in the place of what was written."""
        kept = self._moved if self._moved.exists() else self._replaced
        if self._is_kept and kept.exists():
            with suppress(OSError):
                for path in _shown(self._site):
                    _remove(path)
                _move(kept, self._site)
                _discard(kept)
        self._is_kept = False
        self._sweep()

    def end(self) -> None:
        """End the build: of one that has not succeeded nothing stays, of one that has the last site goes."""
        atexit.unregister(self.end)
        if self._is_kept and self._moved.exists():
            self.fail()
        _discard(self._replaced)
        self._is_kept = False
        self._sweep()

    def _sweep(self) -> None:
        """Remove the folders in the cache when they are empty: another build may have its last site there."""
        with suppress(OSError):
            self._moved.parent.rmdir()
            self._moved.parent.parent.rmdir()

    def _begin(self) -> None:
        if self._site.is_symlink() or not self._site.is_dir():
            return
        if self._moved.exists():  # the build before was killed: what it has written is no site
            self._is_kept = True
            return
        _discard(self._replaced)
        self._moved.mkdir(parents=True)
        self._is_kept = True
        try:
            _move(self._site, self._moved)
        except OSError:  # another disk, or a file that is held: all goes back, and the build goes on without
            _move(self._moved, self._site)
            self._is_kept = False
            raise
        finally:
            if not self._is_kept:
                _discard(self._moved)


def _shown(folder: Path) -> Iterator[Path]:
    """Yield what lies in a folder and is not hidden."""
    return (it for it in sorted(folder.iterdir()) if not it.name.startswith("."))


def _move(source: Path, target: Path) -> None:
    target.mkdir(parents=True, exist_ok=True)
    for path in _shown(source):
        path.rename(target / path.name)


def _discard(folder: Path) -> None:
    """Remove a folder of the cache; what cannot be removed goes another time."""
    with suppress(OSError):
        shutil.rmtree(folder)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink()

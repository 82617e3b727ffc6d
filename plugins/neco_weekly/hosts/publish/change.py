"""A change of the lock: what a refresh changed in the work tree, and that as a tree of git."""

from __future__ import annotations

import posixpath
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ...lock.pictures import is_picture_name
from ...model.errors import NecoError
from .git import Git
from .pictures import NOTHING_DONE, insist_on_pictures

GONE = "000000"
"""The mode of a path that is no longer there, in git's raw differences."""

_ORDINARY = "100644"

_PATCH = ("--patch", "--binary", "--full-index", "--no-renames", "--no-ext-diff", "--no-textconv")

_NO_BLOB = "0" * 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A change of the lock (false where nothing changed), and the refresh's report in Markdown.

    `patch` is that of the lock's text, as `git apply` takes it. Pictures are no text: `added` are files that hold new
    ones, `removed` the names of those that went.
    """

    patch: bytes
    added: tuple[Path, ...] = ()
    removed: tuple[str, ...] = ()
    report: str = ""

    def __bool__(self) -> bool:
        return bool(self.patch or self.added or self.removed)


@dataclass(frozen=True, slots=True, kw_only=True)
class LockFiles:
    """The files of a repository's lock, relative to its top: those with text, and the folder with pictures."""

    git: Git
    texts: Sequence[str]
    pictures: str

    def changed(self, report: str) -> Change:
        """Return the change of the lock from the last commit to the work tree, new files included."""
        with _own_index() as index:
            self.git.run("read-tree", "HEAD", index=index)
            listing = ("ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", *self.texts, self.pictures)
            files = self.git.run(*listing, index=index)
            self.git.run("update-index", "-z", "--add", "--remove", "--stdin", stdin=files, index=index)
            patch = self.git.run("diff-index", "--cached", *_PATCH, "HEAD", "--", *self.texts, index=index)
            raw = self.git.run("diff-index", "--cached", "-z", "--no-renames", "HEAD", "--", self.pictures, index=index)
        modes = {path: mode for path, mode in _modes(raw).items() if self.holds(path)}
        return Change(
            patch=patch,
            added=tuple(self.git.folder / path for path, mode in modes.items() if mode != GONE),
            removed=tuple(posixpath.basename(path) for path, mode in modes.items() if mode == GONE),
            report=report,
        )

    def tree(self, onto: str, change: Change) -> str:
        """Return the tree of the commit `onto` with a change of the lock on top.

        Raises:
            PublishError: the patch does not fit there.
            NecoError: the change holds anything but text of the lock and pictures, as ordinary files.
        """
        insist_on_pictures(change.added, change.removed)
        with _own_index() as index:
            self.git.run("read-tree", onto, index=index)
            if change.patch:
                self.git.run("apply", "--cached", "--whitespace=nowarn", stdin=change.patch, index=index)
            entries = "".join(f"{entry}\0" for entry in self._entries(change))
            self.git.run("update-index", "-z", "--index-info", stdin=entries.encode(), index=index)
            tree = self.git.text("write-tree", index=index)
        pictures = (*(path.name for path in change.added), *change.removed)
        own = {*self.texts, *map(self._path, pictures)}
        for path, mode in self.difference(onto, tree).items():
            if path not in own or mode not in {_ORDINARY, GONE}:
                raise NecoError(f"the change holds {path}, which is no ordinary file of the lock; {NOTHING_DONE}")
        return tree

    def _entries(self, change: Change) -> Iterator[str]:
        """Yield the entries of git's index for a change's pictures; those that are new are put into the repository."""
        paths = "".join(f"{path.absolute()}\n" for path in change.added).encode()
        written = self.git.run("hash-object", "-w", "--no-filters", "--stdin-paths", stdin=paths).decode().split()
        for path, blob in zip(change.added, written, strict=True):
            yield f"{_ORDINARY} {blob}\t{self._path(path.name)}"
        for name in change.removed:
            yield f"0 {_NO_BLOB}\t{self._path(name)}"

    def difference(self, before: str, after: str) -> Mapping[str, str]:
        """Return the paths that differ between two trees or commits, with the mode that git gives them afterwards."""
        return _modes(self.git.run("diff-tree", "-r", "-z", "--no-renames", before, after))

    def holds(self, path: str) -> bool:
        """Whether a path belongs to the lock."""
        folder, _, name = path.rpartition("/")
        return path in self.texts or (folder == self.pictures and is_picture_name(name))

    def _path(self, name: str) -> str:
        return f"{self.pictures}/{name}"


def _modes(raw: bytes) -> dict[str, str]:
    """Return the paths of a raw difference of git, each with its mode afterwards."""
    words = raw.decode(errors="surrogateescape").split("\0")
    return {path: entry.split(" ")[1] for entry, path in zip(words[::2], words[1::2], strict=False)}


@contextmanager
def _own_index() -> Iterator[Path]:
    """Make a place for an index of git: the repository's own may hold what somebody staged."""
    with tempfile.TemporaryDirectory(prefix="neco-index-") as folder:
        yield Path(folder) / "index"

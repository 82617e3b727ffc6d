"""What a refresh changed in the lock: as a patch, as a folder that travels between jobs, as a tree of git."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ..model import NecoError
from .git import Git

PATCH_FILE, REPORT_FILE, FILES_FOLDER = "lock.patch", "report.md", "files"

_PATCH = ("--patch", "--binary", "--full-index", "--no-renames", "--no-ext-diff", "--no-textconv")
_ORDINARY, _GONE = "100644", "000000"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A difference of the lock as `git apply` takes it (empty: nothing changed), and its report in Markdown."""

    patch: bytes
    report: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LockFiles:
    """The lock of a repository: files, and folders with all that is in them, relative to its top."""

    git: Git
    paths: Sequence[str]

    def changed(self) -> bytes:
        """The patch from the last commit to the work tree, new files included."""
        with _own_index() as index:
            self.git.run("read-tree", "HEAD", index=index)
            listing = ("ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", *self.paths)
            files = self.git.run(*listing, index=index)
            self.git.run("update-index", "-z", "--add", "--remove", "--stdin", stdin=files, index=index)
            return self.git.run("diff-index", "--cached", *_PATCH, "HEAD", index=index)

    def tree(self, onto: str, patch: bytes) -> str:
        """The tree of a commit with a patch on top.

        Raises:
            PublishError: the patch does not fit there.
            NecoError: it changes anything but ordinary files of the lock.
        """
        with _own_index() as index:
            self.git.run("read-tree", onto, index=index)
            self.git.run("apply", "--cached", "--whitespace=nowarn", stdin=patch, index=index)
            tree = self.git.text("write-tree", index=index)
        for path, mode in self.difference(onto, tree).items():
            if not self.holds(path) or mode not in {_ORDINARY, _GONE}:
                raise NecoError(f"the change holds {path}, which is no file of the lock; nothing was published")
        return tree

    def difference(self, before: str, after: str) -> Mapping[str, str]:
        """Paths that differ between two trees or commits, with the mode that git gives them afterwards."""
        listing = self.git.run("diff-tree", "-r", "-z", "--no-renames", before, after)
        words = listing.decode(errors="surrogateescape").split("\0")
        return {path: entry.split(" ")[1] for entry, path in zip(words[::2], words[1::2], strict=False)}

    def holds(self, path: str) -> bool:
        """Whether a path belongs to the lock."""
        return any(path == known or path.startswith(f"{known}/") for known in self.paths)


def write_pack(lock: LockFiles, change: Change, folder: Path) -> None:
    """Write the patch and the report, for `read_pack`, and each new or different file below `files/`, for people."""
    if folder.exists() and any(folder.iterdir()):
        raise NecoError(f"{folder} is not empty; name a new folder")
    for path, mode in lock.difference("HEAD", lock.tree("HEAD", change.patch)).items():
        if mode != _GONE:
            copy = folder / FILES_FOLDER / path
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(lock.git.folder / path, copy)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / PATCH_FILE).write_bytes(change.patch)
    (folder / REPORT_FILE).write_text(change.report, encoding="utf-8")


def read_pack(folder: Path) -> Change:
    """What `write_pack` wrote; raises NecoError for anything else."""
    try:
        report = (folder / REPORT_FILE).read_text(encoding="utf-8")
        return Change(patch=(folder / PATCH_FILE).read_bytes(), report=report)
    except (OSError, UnicodeDecodeError) as error:
        raise NecoError(f"{folder} is not what scripts/publish pack wrote: {error}") from error


@contextmanager
def _own_index() -> Iterator[Path]:
    """A place for an index: the repository's own may hold what somebody staged."""
    with tempfile.TemporaryDirectory(prefix="neco-index-") as folder:
        yield Path(folder) / "index"

"""Git repositories that are read: from an address to a place on this machine, and what git says of it there.

Only first parents are history: the commits of a pull request are older than the day on which that was merged.
"""

from __future__ import annotations

import datetime as dt
import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from ..model.days import moment_at
from ..model.errors import NecoError
from . import git
from .clones import CloneKind, clone_of_bundle, clone_of_url, missing_below

_URL = re.compile(r"(https?|ssh|file)://[^\s-].*|[\w.][\w.-]*@[\w.][\w.-]*:.+", re.ASCII)

_CREDENTIALS = re.compile(r"(?<=//)[^/\s]*@")

FILE_MODES = ("100644", "100755")
"""The modes of files in git's trees: links and folders have others."""

_LOG = ("log", *"-z --first-parent -m --raw --no-abbrev --no-renames --encoding=UTF-8".split(), "--format=%H %s")


def without_credentials(address: str) -> str:
    """Return the address of a repository as messages may show it: without user name and password."""
    return _CREDENTIALS.sub("", address)


@dataclass(frozen=True, slots=True, kw_only=True)
class RepositoryKind:
    """A kind of repository that is read, in the words of messages, and what clones of it hold.

    `upstream` is the usual address, `holds` what the repository is read for (`KEPs`), `option` names another one.
    """

    upstream: str
    holds: str
    option: str
    clones: CloneKind

    def open(self, address: str, *, cache_dir: Path) -> GitRepository:
        """Return a repository of this kind, ready to be read: a URL, a bundle, a bare clone or a work tree.

        URLs and bundles become clones in `cache_dir`, brought up to date now; a repository on this machine is read in
        place, at its HEAD, and never written to.

        Raises:
            FetchError: a URL could not be cloned or fetched.
            NecoError: there is nothing to read; in one sentence what, where, and what to do.
        """
        cache_dir = cache_dir.absolute()
        if _URL.fullmatch(address):
            name = without_credentials(address)
            git_dir = clone_of_url(address, kind=self.clones, shown=name, cache_dir=cache_dir)
            return GitRepository(name=name, git_dir=git_dir, origin=address, kind=self)
        # `--upload-pack=…` would be an option to git, `ext::…` a command to run.
        if not address or address.startswith("-") or "::" in address or "://" in address:
            raise NecoError(
                f"{address!r} is no source of {self.holds}; "
                "give an https, ssh or file URL, or the path of a clone or bundle"
            )
        return self.open_path(Path(address), cache_dir=cache_dir)

    def open_path(self, path: Path, *, cache_dir: Path) -> GitRepository:
        """Return a repository of this kind on this machine, ready to be read: a bundle, a bare clone or a work tree.

        Raises:
            NecoError: there is nothing to read; in one sentence what, where, and what to do.
        """
        if path.is_file():
            git_dir = clone_of_bundle(path, kind=self.clones, cache_dir=cache_dir.absolute())
            return GitRepository(name=str(path), git_dir=git_dir, kind=self)
        if not path.exists():
            raise NecoError(f"{path} does not exist; {self.option} takes a URL, or the path of a clone or bundle")
        git_dir = (path / ".git" if (path / ".git").exists() else path).absolute()
        try:
            git.read(git_dir, "rev-parse", "--git-dir")
        except git.GitError as error:
            hint = f"{self.option} takes a clone of {self.upstream}"
            raise NecoError(f"{path} cannot be read: {error}; {hint}") from error
        origin = ""
        with suppress(git.GitError):
            origin = git.read(git_dir, "config", "--get", "remote.origin.url").decode(errors="replace").strip()
        return GitRepository(name=str(path), git_dir=git_dir, origin=origin, kind=self)


@dataclass(frozen=True, slots=True, kw_only=True)
class LogEntry:
    """A commit of a log: id, subject, and for each path that was changed the blob that is a file there, else None."""

    commit: str
    subject: str
    changes: tuple[tuple[str, str | None], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GitRepository:
    """A repository on this machine. `name` is for messages, `origin` the address that it was cloned from, if any.

    Nothing is fetched by reading: what a partial clone lacks stays away.
    """

    name: str
    git_dir: Path
    kind: RepositoryKind
    origin: str = ""

    def read(self, *arguments: str, stdin: bytes = b"") -> bytes:
        """Return the output of a git command that only reads.

        Raises:
            NecoError: git failed or took too long.
        """
        try:
            return git.read(self.git_dir, *arguments, stdin=stdin)
        except git.GitError as error:
            raise NecoError(f"{self.name} cannot be read in {self.git_dir}: {error}") from error

    def newest_commit(self) -> str:
        """Return the id of the commit that the repository is read at.

        Raises:
            NecoError: the repository has no commits.
        """
        try:
            return git.newest_commit(self.git_dir)
        except git.GitError as error:
            raise NecoError(f"{self.name} cannot be read: {error}; {self.kind.option} names another source") from error

    def ends(self) -> frozenset[str]:
        """Return the commits at which a shallow clone ends; their parents were never fetched."""
        # The list of ends of a linked work tree lies where its repository is.
        shallow = self.read("rev-parse", "--path-format=absolute", "--git-path", "shallow").decode().rstrip("\n")
        with suppress(OSError):
            return frozenset(Path(shallow).read_text(encoding="ascii").split())
        return frozenset()

    def moments(self, newest: str) -> dict[str, dt.date]:
        """Return for each first-parent commit the day from which it, or one after it, is the newest commit of its day.

        `git rev-list --before` takes the first commit of the chain that is old enough. So a commit that is dated later
        than one after it counts from the day of that one.
        """
        output = self.read("rev-list", "--first-parent", "--timestamp", newest).decode()
        moments: dict[str, dt.date] = {}
        earliest = sys.maxsize
        for line in output.splitlines():
            timestamp, commit = line.split()
            earliest = min(earliest, int(timestamp))
            moments[commit] = moment_at(earliest).date()
        return moments

    def log(self, newest: str, pattern: str) -> list[LogEntry]:
        """Return the first-parent commits that changed a path of a pattern, newest first."""
        return list(_log_entries(self.read(*_LOG, newest, "--", pattern).decode(errors="replace")))

    def missing_below(self, *trees: str) -> frozenset[str]:
        """Return the ids of the blobs below trees (`HEAD:docs`) that a partial clone lacks."""
        return missing_below(self.git_dir, *trees)

    def objects(self) -> frozenset[str]:
        """Return the ids of all objects that are here."""
        listed = self.read("cat-file", "--batch-all-objects", "--batch-check=%(objectname)")
        return frozenset(listed.decode().split())

    def sizes(self, blobs: Iterable[str]) -> dict[str, int]:
        """Return the sizes of blobs in bytes; all must be here, for git gives up at one that a partial clone lacks."""
        output = self._of_each(blobs, "--batch-check=%(objectname) %(objectsize)").decode()
        return {blob: int(size) for blob, size in map(str.split, output.splitlines())}

    def contents(self, blobs: Iterable[str]) -> dict[str, bytes]:
        """Return the contents of blobs; all must be here, for git gives up at one that a partial clone lacks."""
        return dict(_batch(self._of_each(blobs, "--batch")))

    def _of_each(self, blobs: Iterable[str], what: str) -> bytes:
        wanted = "".join(f"{blob}\n" for blob in dict.fromkeys(blobs)).encode()
        return self.read("cat-file", what, stdin=wanted) if wanted else b""


def _log_entries(output: str) -> Iterator[LogEntry]:
    """Yield the commits of `git log -z --raw`."""
    tokens = (token.lstrip("\n") for token in output.split("\0"))
    head, changes = "", list[tuple[str, str | None]]()
    for token in filter(None, tokens):
        if not token.startswith(":"):
            if head:
                yield _log_entry(head, changes)
            head, changes = token, []
        elif head:
            _, mode, _, blob, _ = token.split()
            changes.append((next(tokens), blob if mode in FILE_MODES else None))
    if head:
        yield _log_entry(head, changes)


def _log_entry(head: str, changes: Iterable[tuple[str, str | None]]) -> LogEntry:
    commit, _, subject = head.partition(" ")
    return LogEntry(commit=commit, subject=subject, changes=tuple(changes))


def _batch(output: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield the blobs of `git cat-file --batch`: `<id> <kind> <size>`, a line break, that many bytes, a line break."""
    start = 0
    while start < len(output):
        header, _, _ = output[start : start + 200].partition(b"\n")
        blob, _, size = header.decode().split()
        start += len(header) + 1
        yield blob, output[start : start + int(size)]
        start += int(size) + 1

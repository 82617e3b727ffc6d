"""A git repository of kubernetes/enhancements: every KEP's state today, with the day and pull request it is from.

`git log --follow` is no help: kep.yaml files are copies of one template, so it walks from one KEP into another. Only
first parents are history: the commits of a pull request are older than the day it was merged.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from ..model import Enhancement, NecoError, Snapshot, Source, Status
from . import git
from .clones import clone_of_bundle, clone_of_url
from .kep_file import IrregularError, parse_kep_file
from .tokyo import moment_at

UPSTREAM = "https://github.com/kubernetes/enhancements.git"

_URL = re.compile(r"(https?|ssh|file)://[^\s-].*|[\w.][\w.-]*@[\w.][\w.-]*:.+", re.ASCII)
_UPSTREAM = re.compile(r"(https?://|ssh://)?([^/@]*@)?github\.com[:/]kubernetes/enhancements(\.git)?/?", re.I)
_CREDENTIALS = re.compile(r"(?<=//)[^/\s]*@")
_PULL = re.compile(r"Merge pull request #(\d+) from ", re.ASCII)
_TEMPLATE = "keps/NNNN-kep-template/kep.yaml"
_FILE_MODES = ("100644 ", "100755 ")
_LOG = ("log", *"-z --first-parent -m --raw --no-renames --encoding=UTF-8".split())
_HEADER = "--format=%H %ct %s"


def open_repository(source: str | None, *, cache_dir: Path) -> KepRepository:
    """Make a source ready to be read: a URL (None: upstream's), a bundle, a bare clone or a work tree.

    URLs and bundles become clones in `cache_dir`, brought up to date now; a repository on this machine is read where it
    is, at its HEAD, and never written to.

    Raises:
        FetchError: a URL could not be cloned or fetched.
        NecoError: there is nothing to read; in one sentence what, where, and what to do.
    """
    address, cache_dir = UPSTREAM if source is None else source, cache_dir.absolute()
    if _URL.fullmatch(address):
        name = without_credentials(address)
        git_dir = clone_of_url(address, shown=name, cache_dir=cache_dir)
        return KepRepository(name=name, git_dir=git_dir, is_upstream=_UPSTREAM.fullmatch(address) is not None)
    # `--upload-pack=…` would be an option to git, `ext::…` a command to run.
    if not address or address.startswith("-") or "::" in address or "://" in address:
        raise NecoError(
            f"{address!r} is no source of KEPs; give an https, ssh or file URL, or the path of a clone or bundle"
        )
    path = Path(address)
    if path.is_file():
        return KepRepository(name=address, git_dir=clone_of_bundle(path, cache_dir=cache_dir))
    return _in_place(path)


def without_credentials(address: str) -> str:
    """The address as messages may show it."""
    return _CREDENTIALS.sub("", address)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Change:
    """The newest first-parent commit that changed a file."""

    commit: str
    date: dt.date
    pull: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class KepRepository:
    """A repository that is ready to be read. `name` is for messages, `is_upstream` whether GitHub shows its commits."""

    name: str
    git_dir: Path
    is_upstream: bool = False

    def snapshot(self) -> Snapshot:
        """Every KEP at the newest commit. Nothing is fetched: a file that a partial clone lacks is irregular.

        Raises:
            NecoError: the repository cannot be read, has no commits, or no kep.yaml that can be used.
        """
        newest = self._newest_commit()
        files = self._kep_files(newest.commit)
        contents = self._contents(newest.commit, files.values())
        changes = self._changes(newest.commit)
        read: dict[str, Enhancement] = {}
        irregular: dict[str, str] = {}
        for path, blob in files.items():
            try:
                read[path] = self._enhancement(path, contents.get(blob), changes.get(path))
            except IrregularError as error:
                irregular[path] = str(error)
        enhancements, ambiguous = _by_number(read)
        if not enhancements:
            why = next((f" ({path}: {reason})" for path, reason in irregular.items()), "")
            raise NecoError(f"{self.name} has no keps/**/kep.yaml that can be used{why}; --source names another source")
        return Snapshot(date=newest.date, enhancements=enhancements, irregular=irregular | ambiguous)

    def _newest_commit(self) -> _Change:
        try:
            commit = git.newest_commit(self.git_dir)
        except git.GitError as error:
            raise NecoError(f"{self.name} cannot be read: {error}; --source names another source") from error
        return _change(self._read("log", "-1", _HEADER, commit, "--").decode(errors="replace"))

    def _kep_files(self, commit: str) -> dict[str, str]:
        """Blob ids of all kep.yaml by path; symbolic links and submodules are none."""
        listing = self._read("ls-tree", "-r", "-z", commit, "--", "keps/").decode(errors="replace")
        entries = (entry.split("\t", 1) for entry in listing.split("\0") if entry)
        return {
            path: about.split()[2]
            for about, path in entries
            if path.endswith("/kep.yaml") and path != _TEMPLATE and about.startswith(_FILE_MODES)
        }

    def _contents(self, commit: str, blobs: Iterable[str]) -> dict[str, bytes]:
        """Contents by blob id. cat-file gives up at the first blob that is missing, so those are found out before."""
        wanted = list(dict.fromkeys(blobs))
        if not wanted:
            return {}
        listing = self._read("rev-list", "--objects", "--no-walk", "--missing=print", f"{commit}:keps").decode()
        missing = {line[1:] for line in listing.splitlines() if line.startswith("?")}
        there = "".join(f"{blob}\n" for blob in wanted if blob not in missing)
        return dict(_batch(self._read("cat-file", "--batch", stdin=there.encode())))

    def _changes(self, commit: str) -> dict[str, _Change | None]:
        """The newest change of every path, in the order of history: dates of commits are not monotonic."""
        output = self._read(*_LOG, _HEADER, commit, "--", "keps/*kep.yaml").decode(errors="replace")
        change: _Change | None = None
        changes: dict[str, _Change | None] = {}
        tokens = (token.lstrip("\n") for token in output.split("\0"))
        for token in filter(None, tokens):
            if token.startswith(":"):
                changes.setdefault(next(tokens), change)
            else:
                change = _change(token)
        return changes

    def _enhancement(self, path: str, content: bytes | None, change: _Change | None) -> Enhancement:
        if content is None:
            raise IrregularError("its content is not in this partial clone")
        file = parse_kep_file(content, path=path)
        source = Source(
            kind="git",
            path=path,
            date=change.date if change else None,
            pull=change.pull if change else None,
            commit=change.commit if change and self.is_upstream else None,
        )
        return Enhancement(number=file.number, state=file.state, source=source)

    def _read(self, *arguments: str, stdin: bytes = b"") -> bytes:
        try:
            return git.read(self.git_dir, *arguments, stdin=stdin)
        except git.GitError as error:
            raise NecoError(f"{self.name} cannot be read in {self.git_dir}: {error}") from error


def _in_place(path: Path) -> KepRepository:
    if not path.exists():
        raise NecoError(f"{path} does not exist; --source takes a URL, or the path of a clone or bundle")
    git_dir = (path / ".git" if (path / ".git").exists() else path).absolute()
    try:
        git.read(git_dir, "rev-parse", "--git-dir")
    except git.GitError as error:
        raise NecoError(f"{path} cannot be read: {error}; --source takes a clone of {UPSTREAM}") from error
    try:
        origin = git.read(git_dir, "config", "--get", "remote.origin.url").decode(errors="replace").strip()
    except git.GitError:
        origin = ""
    return KepRepository(name=str(path), git_dir=git_dir, is_upstream=_UPSTREAM.fullmatch(origin) is not None)


def _change(header: str) -> _Change:
    """Read what `_HEADER` prints."""
    commit, timestamp, subject = header.split(" ", 2)
    pull = _PULL.match(subject)
    return _Change(commit=commit, date=moment_at(int(timestamp)).date(), pull=int(pull[1]) if pull else None)


def _batch(output: bytes) -> Iterator[tuple[str, bytes]]:
    """Take `cat-file --batch` apart: `<id> <kind> <size>`, a line break, that many bytes, a line break."""
    start = 0
    while start < len(output):
        header, _, _ = output[start : start + 200].partition(b"\n")
        blob, _, size = header.decode().split()
        start += len(header) + 1
        yield blob, output[start : start + int(size)]
        start += int(size) + 1


def _by_number(read: Mapping[str, Enhancement]) -> tuple[dict[int, Enhancement], dict[str, str]]:
    """One enhancement for each number, and why some paths have none: of several files the one not replaced answers."""
    paths: dict[int, list[str]] = defaultdict(list)
    for path, enhancement in read.items():
        paths[enhancement.number].append(path)
    enhancements: dict[int, Enhancement] = {}
    ambiguous: dict[str, str] = {}
    for number, several in paths.items():
        alive = [path for path in several if len(several) == 1 or read[path].state.status is not Status.REPLACED]
        if len(alive) == 1:
            enhancements[number] = read[alive[0]]
        else:
            ambiguous |= {path: f"KEP-{number} is ambiguous: {', '.join(several)}" for path in several}
    return enhancements, ambiguous

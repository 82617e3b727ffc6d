"""A git repository of kubernetes/enhancements: every KEP's states, each with its day and pull request.

`git log --follow` is no help: kep.yaml files are copies of one template, so it walks from one KEP into another. Only
first parents are history: the commits of a pull request are older than the day on which that was merged.
"""

from __future__ import annotations

import datetime as dt
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from ...model.days import moment_at
from ...model.errors import NecoError
from ...model.keps import Enhancement, Snapshot
from .. import git
from .cache import HistoryCache
from .clones import clone_of_bundle, clone_of_url
from .history import Commit, read_histories

UPSTREAM = "https://github.com/kubernetes/enhancements.git"

_URL = re.compile(r"(https?|ssh|file)://[^\s-].*|[\w.][\w.-]*@[\w.][\w.-]*:.+", re.ASCII)

_UPSTREAM = re.compile(r"(https?://|ssh://)?([^/@]*@)?github\.com[:/]kubernetes/enhancements(\.git)?/?", re.I)

_CREDENTIALS = re.compile(r"(?<=//)[^/\s]*@")

_PULL = re.compile(r"Merge pull request #(?P<merged>\d+) from |.*\(#(?P<squashed>\d+)\)\s*\Z", re.ASCII)
"""The subject of a commit that GitHub makes of a pull request, by a merge or by a squash."""

_FOLDER = "keps/"

_TEMPLATE = "keps/NNNN-kep-template/kep.yaml"

_FILE_MODES = ("100644", "100755")

_LOG = ("log", *"-z --first-parent -m --raw --no-abbrev --no-renames --encoding=UTF-8".split())

_HEADER = "--format=%H %s"


def open_repository(source: str | None, *, cache_dir: Path) -> KepRepository:
    """Return a repository of KEPs, ready to be read: a URL (None: upstream's), a bundle, a bare clone or a work tree.

    URLs and bundles become clones in `cache_dir`, brought up to date now; a repository on this machine is read in
    place, at its HEAD, and never written to.

    Raises:
        FetchError: a URL could not be cloned or fetched.
        NecoError: there is nothing to read; in one sentence what, where, and what to do.
    """
    address, cache_dir = UPSTREAM if source is None else source, cache_dir.absolute()
    if _URL.fullmatch(address):
        name = without_credentials(address)
        git_dir = clone_of_url(address, shown=name, cache_dir=cache_dir)
        return KepRepository(
            name=name, git_dir=git_dir, cache_dir=cache_dir, is_upstream=_UPSTREAM.fullmatch(address) is not None
        )
    # `--upload-pack=…` would be an option to git, `ext::…` a command to run.
    if not address or address.startswith("-") or "::" in address or "://" in address:
        raise NecoError(
            f"{address!r} is no source of KEPs; give an https, ssh or file URL, or the path of a clone or bundle"
        )
    path = Path(address)
    if path.is_file():
        return KepRepository(name=address, git_dir=clone_of_bundle(path, cache_dir=cache_dir), cache_dir=cache_dir)
    return _in_place(path, cache_dir)


def without_credentials(address: str) -> str:
    """Return the address of a repository as messages may show it: without user name and password."""
    return _CREDENTIALS.sub("", address)


@dataclass(frozen=True, slots=True, kw_only=True)
class KepRepository:
    """A repository of KEPs, ready to be read. `name` is for messages, `is_upstream` whether GitHub shows its commits.

    What was read is kept in `cache_dir` until there are new commits.
    """

    name: str
    git_dir: Path
    cache_dir: Path
    is_upstream: bool = False

    def snapshot(self) -> Snapshot:
        """Return every KEP there ever was, with its history. Nothing is fetched: what a partial clone lacks is a gap.

        Raises:
            NecoError: the repository cannot be read, has no commits, or no kep.yaml that can be used.
        """
        return HistoryCache(self.cache_dir, self._key()).snapshot(self._read_snapshot)

    def enhancement(self, number: int) -> tuple[dt.date, Enhancement | None]:
        """Return the newest commit's day, and one KEP with its history, None if there never was one.

        Raises:
            NecoError: as `snapshot`.
        """
        return HistoryCache(self.cache_dir, self._key()).enhancement(number, self._read_snapshot)

    def _key(self) -> str:
        """Return what a reading of the repository depends on: newest commit, ends of the clone, is it upstream's."""
        try:
            commit = git.newest_commit(self.git_dir)
        except git.GitError as error:
            raise NecoError(f"{self.name} cannot be read: {error}; --source names another source") from error
        return f"{commit} {','.join(sorted(self._ends()))} {self.is_upstream}"

    def _ends(self) -> frozenset[str]:
        """Return the commits at which a shallow clone ends; their parents were never fetched."""
        # The list of ends of a linked work tree lies where its repository is.
        shallow = self._read("rev-parse", "--path-format=absolute", "--git-path", "shallow").decode().rstrip("\n")
        with suppress(OSError):
            return frozenset(Path(shallow).read_text(encoding="ascii").split())
        return frozenset()

    def _read_snapshot(self) -> Snapshot:
        newest = git.newest_commit(self.git_dir)
        moments = self._moments(newest)
        commits = list(self._commits(newest, moments))
        contents = self._contents(blob for commit in commits for _, blob in commit.changes if blob)
        histories = read_histories(commits, contents)
        if not any(it.history[-1].state for it in histories.enhancements.values()):
            why = next((f" ({path}: {reason})" for path, reason in histories.irregular.items()), "")
            raise NecoError(f"{self.name} has no keps/**/kep.yaml that can be used{why}; --source names another source")
        since = min(moments.values()) if any(commit.observed for commit in commits) else None
        return Snapshot(
            date=moments[newest],
            enhancements=histories.enhancements,
            irregular=histories.irregular,
            since=since,
            pulls=histories.pulls,
        )

    def _moments(self, newest: str) -> dict[str, dt.date]:
        """Return for each first-parent commit the day from which it, or one after it, is the newest commit of its day.

        `git rev-list --before` takes the first commit of the chain that is old enough. So a commit that is dated later
        than one after it counts from the day of that one.
        """
        output = self._read("rev-list", "--first-parent", "--timestamp", newest).decode()
        moments: dict[str, dt.date] = {}
        earliest = sys.maxsize
        for line in output.splitlines():
            timestamp, commit = line.split()
            earliest = min(earliest, int(timestamp))
            moments[commit] = moment_at(earliest).date()
        return moments

    def _commits(self, newest: str, moments: Mapping[str, dt.date]) -> Iterator[Commit]:
        """Yield the commits that changed anything below `keps/`, oldest first. Only trees are read for it, no files."""
        ends = self._ends()
        output = self._read(*_LOG, "--reverse", _HEADER, newest, "--", _FOLDER).decode(errors="replace")
        for commit, subject, changes in _log_entries(output):
            found = _PULL.match(subject)
            pull = found["merged"] or found["squashed"] if found else None
            yield Commit(
                id=commit if self.is_upstream else None,
                date=moments[commit],
                pull=int(pull) if pull else None,
                changes=tuple(it for it in changes if it[0].endswith("/kep.yaml") and it[0] != _TEMPLATE),
                paths=tuple(path.removeprefix(_FOLDER) for path, _ in changes),
                observed=commit in ends,
            )

    def _contents(self, blobs: Iterable[str]) -> dict[str, bytes]:
        """Return contents by blob id, of blobs that are here: at one that a partial clone lacks, git would give up."""
        here = set(self._read("cat-file", "--batch-all-objects", "--batch-check=%(objectname)").decode().split())
        wanted = "".join(f"{blob}\n" for blob in dict.fromkeys(blobs) if blob in here)
        return dict(_batch(self._read("cat-file", "--batch", stdin=wanted.encode()))) if wanted else {}

    def _read(self, *arguments: str, stdin: bytes = b"") -> bytes:
        try:
            return git.read(self.git_dir, *arguments, stdin=stdin)
        except git.GitError as error:
            raise NecoError(f"{self.name} cannot be read in {self.git_dir}: {error}") from error


def _in_place(path: Path, cache_dir: Path) -> KepRepository:
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
    return KepRepository(
        name=str(path),
        git_dir=git_dir,
        cache_dir=cache_dir,
        is_upstream=_UPSTREAM.fullmatch(origin) is not None,
    )


def _log_entries(output: str) -> Iterator[tuple[str, str, list[tuple[str, str | None]]]]:
    """Yield the commits of `git log -z --raw`, their subjects, and for each path the blob that is a file now."""
    tokens = (token.lstrip("\n") for token in output.split("\0"))
    entry: tuple[str, str, list[tuple[str, str | None]]] | None = None
    for token in filter(None, tokens):
        if not token.startswith(":"):
            if entry:
                yield entry
            commit, _, subject = token.partition(" ")
            entry = commit, subject, []
        elif entry:
            _, mode, _, blob, _ = token.split()
            entry[2].append((next(tokens), blob if mode in _FILE_MODES else None))
    if entry:
        yield entry


def _batch(output: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield the blobs of `git cat-file --batch`: `<id> <kind> <size>`, a line break, that many bytes, a line break."""
    start = 0
    while start < len(output):
        header, _, _ = output[start : start + 200].partition(b"\n")
        blob, _, size = header.decode().split()
        start += len(header) + 1
        yield blob, output[start : start + int(size)]
        start += int(size) + 1

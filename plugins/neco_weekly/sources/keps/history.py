"""The history of all kep.yaml files -> every KEP's history, by the rules of kubernetes/enhancements' own data.

A KEP is its `kep-number` field, never its folder: folders are renamed, numbers move from file to file, and one number
may stand in several files, of which the one that is not `replaced` counts.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from ...model.history import with_history
from ...model.keps import Enhancement, EnhancementState, Gap, Record, Source, Status
from .details import Folders, read_details
from .kep_yaml import IrregularError, KepFile, parse_kep_file


@dataclass(frozen=True, slots=True, kw_only=True)
class Commit:
    """A first-parent commit and what it changed: for each path the blob that is there now, None where there is none.

    `changes` are those of kep.yaml files, `paths` all that were changed below `keps/`, without that prefix. `date` is
    the day from which its tree is the newest one: commits of a chain may bear dates that are not in order. `observed`:
    a shallow clone ends at this commit, so its tree may be older than its date.
    """

    id: str | None
    date: dt.date
    pull: int | None = None
    changes: tuple[tuple[str, str | None], ...] = ()
    paths: tuple[str, ...] = ()
    observed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Histories:
    """The histories of all KEPs there ever were, and why some of today's files are no KEP, by path.

    `pulls` are the KEPs that a pull request changed, by its number.
    """

    enhancements: Mapping[int, Enhancement] = field(default_factory=dict)
    irregular: Mapping[str, str] = field(default_factory=dict)
    pulls: Mapping[int, tuple[int, ...]] = field(default_factory=dict)


def read_histories(commits: Iterable[Commit], contents: Mapping[str, bytes]) -> Histories:
    """Return the histories of all KEPs, by following the commits, oldest first.

    `contents` are those of the blobs; a blob that is missing there is irregular. Consecutive records differ in what the
    file says or in where the file is. A number whose file is gone, or that several files share, has a gap from that day
    on; today's state is the last one there was.
    """
    tree = _Tree(contents)
    histories: dict[int, list[Record]] = defaultdict(list)
    paths: dict[int, set[str]] = defaultdict(set)
    for commit in commits:
        # Where a shallow clone ends, a commit looks as if it had added every file there is.
        if commit.pull and not commit.observed:
            paths[commit.pull].update(commit.paths)
        for number in tree.apply(commit.changes):
            record = tree.record(number, commit)
            if not histories[number] or not _same(histories[number][-1], record):
                histories[number].append(record)
    known = {number: records for number, records in histories.items() if any(record.state for record in records)}
    enhancements = {number: tree.enhancement(number, records) for number, records in sorted(known.items())}
    pulls = {pull: keps for pull in sorted(paths) if (keps := tree.keps_of(paths[pull]) & known.keys())}
    return Histories(
        enhancements=enhancements,
        irregular=dict(sorted(tree.irregular())),
        pulls={pull: tuple(sorted(keps)) for pull, keps in pulls.items()},
    )


def _same(before: Record, after: Record) -> bool:
    return (before.state, before.gap, before.source.path) == (after.state, after.gap, after.source.path)


_REVIEW = re.compile(r"prod-readiness/(?:[^/]+/)?0*(?P<number>[1-9]\d{0,4})\.yaml", re.ASCII)
"""The file with the reviewers of a KEP, which lies outside of the KEP's folder."""


def _reviewed(path: str) -> int | None:
    found = _REVIEW.fullmatch(path)
    return int(found["number"]) if found else None


class _Tree:
    """The kep.yaml files in the tree of one commit, by KEP number."""

    def __init__(self, contents: Mapping[str, bytes]) -> None:
        self._contents = contents
        self._files: dict[str, KepFile] = {}
        self._complaints: dict[str, str] = {}
        self._paths: dict[int, set[str]] = defaultdict(set)
        self._unreadable: dict[str, int] = {}
        self._parsed: dict[tuple[str, str], KepFile | str] = {}
        self._folders: dict[str, int] = {}
        self._fields: dict[int, Mapping[str, object]] = {}

    def apply(self, changes: Iterable[tuple[str, str | None]]) -> set[int]:
        """Go on to the next commit's tree, and return the KEP numbers whose files changed."""
        touched: set[int] = set()
        for path, blob in changes:
            before = self._files.pop(path, None)
            number = before.number if before else self._unreadable.pop(path, 0)
            self._complaints.pop(path, None)
            self._paths[number].discard(path)
            touched |= {number, self._put(path, blob, number)}
        return touched - {0}

    def _put(self, path: str, blob: str | None, number_before: int) -> int:
        if blob is None:
            return 0
        file = self._parse(path, blob)
        if isinstance(file, str):
            self._complaints[path] = file
            if blob not in self._contents and number_before:
                self._unreadable[path] = number_before
            return 0
        self._files[path] = file
        self._paths[file.number].add(path)
        self._folders[path.removeprefix("keps/").rpartition("/")[0]] = file.number
        return file.number

    def _parse(self, path: str, blob: str) -> KepFile | str:
        """Return a kep.yaml file, or why it is none; a reverted change brings back the same content under its path."""
        if (path, blob) not in self._parsed:
            try:
                self._parsed[path, blob] = self._read(path, blob)
            except IrregularError as error:
                self._parsed[path, blob] = str(error)
        return self._parsed[path, blob]

    def _read(self, path: str, blob: str) -> KepFile:
        if blob not in self._contents:
            raise IrregularError("its content is not in this partial clone")
        return parse_kep_file(self._contents[blob], path=path)

    def record(self, number: int, commit: Commit) -> Record:
        """Return what the tree of a commit says of a KEP number, as a record of the KEP's history."""
        path, gap = self._path_of(number)
        source = Source(kind="git", date=commit.date, path=path, pull=commit.pull, commit=commit.id)
        file = self._files[path] if path else None
        if file:
            self._fields[number] = file.fields
        return Record(source=source, state=file.state if file else None, gap=gap, observed=commit.observed)

    def _path_of(self, number: int) -> tuple[str | None, Gap | None]:
        paths = self._paths[number]
        if len(paths) > 1:
            paths = {path for path in paths if self._files[path].state.status is not Status.REPLACED}
        if len(paths) == 1:
            return next(iter(paths)), None
        if self._paths[number]:
            return None, "ambiguous"
        return None, "unreadable" if number in self._unreadable.values() else "deleted"

    def enhancement(self, number: int, records: list[Record]) -> Enhancement:
        """Return a KEP with its records, its last state, and the details of its last file."""
        details = read_details(self._fields[number], Folders(self._folders), number=number)
        empty = Enhancement(number=number, state=EnhancementState(title=""), source=Source(kind="git"), details=details)
        return with_history(empty, records)

    def keps_of(self, paths: Iterable[str]) -> set[int]:
        """Return the KEPs that paths below `keps/` belong to; templates and the old numbering belong to none.

        Folders that became a KEP's only later, or whose number was corrected, count with their last number: a request
        that begins a proposal may come without a kep.yaml.
        """
        folders = Folders(self._folders)
        found = (_reviewed(path) or folders.kep_in(path) for path in paths)
        return {number for number in found if number}

    def irregular(self) -> Iterator[tuple[str, str]]:
        """Yield paths of today's files that could not be used, with why; also files that share a KEP number."""
        yield from self._complaints.items()
        for number, paths in self._paths.items():
            if len(paths) > 1:
                _, gap = self._path_of(number)
                what = "is ambiguous" if gap else "stands in several files, of which one is not replaced"
                for path in paths:
                    yield path, f"KEP-{number} {what}: {', '.join(sorted(paths))}"

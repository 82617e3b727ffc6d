"""A git repository of kubernetes/enhancements: every KEP's states, each with its day and pull request.

`git log --follow` is no help: kep.yaml files are copies of one template, so it walks from one KEP into another.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from ...model.errors import NecoError
from ...model.keps import Enhancement, Snapshot
from ..clones import CloneKind
from ..repositories import GitRepository, LogEntry, RepositoryKind, without_credentials
from .cache import HistoryCache
from .history import Commit, read_histories
from .summaries import README, Readme, readme_of, with_summaries

__all__ = ["UPSTREAM", "KepRepository", "open_repository", "without_credentials"]

UPSTREAM = "https://github.com/kubernetes/enhancements.git"

# Every kep.yaml is smaller than 4 kB, nearly every README larger. With `blob:none` git would fetch blob by blob.
# Of READMEs only those of today are wanted, and they come in one fetch of their own.
_KIND = RepositoryKind(
    upstream=UPSTREAM,
    holds="KEPs",
    option="--source",
    clones=CloneKind(prefix="keps", filter="blob:limit=4k", files=README),
)

_UPSTREAM = re.compile(r"(https?://|ssh://)?([^/@]*@)?github\.com[:/]kubernetes/enhancements(\.git)?/?", re.I)

_PULL = re.compile(r"Merge pull request #(?P<merged>\d+) from |.*\(#(?P<squashed>\d+)\)\s*\Z", re.ASCII)
"""The subject of a commit that GitHub makes of a pull request, by a merge or by a squash."""

_FOLDER = "keps/"

_TEMPLATE = "keps/NNNN-kep-template/kep.yaml"


def open_repository(source: str | None, *, cache_dir: Path) -> KepRepository:
    """Return a repository of KEPs, ready to be read: a URL (None: upstream's), a bundle, a bare clone or a work tree.

    URLs and bundles become clones in `cache_dir`, brought up to date now; a repository on this machine is read in
    place, at its HEAD, and never written to.

    Raises:
        FetchError: a URL could not be cloned or fetched.
        NecoError: there is nothing to read; in one sentence what, where, and what to do.
    """
    repository = _KIND.open(UPSTREAM if source is None else source, cache_dir=cache_dir)
    return KepRepository(repository=repository, cache_dir=cache_dir.absolute())


@dataclass(frozen=True, slots=True, kw_only=True)
class KepRepository:
    """A repository of KEPs, ready to be read. What was read is kept in `cache_dir` until there are new commits."""

    repository: GitRepository
    cache_dir: Path

    @property
    def git_dir(self) -> Path:
        """The git directory of the repository on this machine."""
        return self.repository.git_dir

    @property
    def is_upstream(self) -> bool:
        """Whether GitHub shows the repository's commits at kubernetes/enhancements."""
        return _UPSTREAM.fullmatch(self.repository.origin) is not None

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
        """Return what a reading of the repository depends on: newest commit, what the clone lacks, is it upstream's."""
        commit, lacking = self.repository.newest_commit(), 0
        with suppress(NecoError):  # that there is no such folder is said when the repository is read
            lacking = len(self.repository.missing_below(f"{commit}:{_FOLDER.rstrip('/')}"))
        return f"{commit} {','.join(sorted(self.repository.ends()))} {lacking} {self.is_upstream}"

    def _read_snapshot(self) -> Snapshot:
        newest = self.repository.newest_commit()
        moments = self.repository.moments(newest)
        log = self.repository.log(newest, _FOLDER)
        commits, here = list(self._commits(log, moments)), self.repository.objects()
        contents = self.repository.contents(
            blob for commit in commits for _, blob in commit.changes if blob and blob in here
        )
        histories = read_histories(commits, contents)
        if not any(it.history[-1].state for it in histories.enhancements.values()):
            why = next((f" ({path}: {reason})" for path, reason in histories.irregular.items()), "")
            name = self.repository.name
            raise NecoError(f"{name} has no keps/**/kep.yaml that can be used{why}; --source names another source")
        since = min(moments.values()) if any(commit.observed for commit in commits) else None
        return Snapshot(
            date=moments[newest],
            enhancements=self._with_summaries(histories.enhancements, log, moments, here),
            irregular=histories.irregular,
            since=since,
            pulls=histories.pulls,
        )

    def _with_summaries(
        self,
        enhancements: Mapping[int, Enhancement],
        log: Iterable[LogEntry],
        moments: Mapping[str, dt.date],
        here: frozenset[str],
    ) -> Mapping[int, Enhancement]:
        """Return KEPs with what the READMEs say that are here; a log has the newest change first."""
        readmes: dict[str, Readme | None] = {}
        for entry in log:
            for path, blob in entry.changes:
                if path.endswith(f"/{README}"):
                    readmes.setdefault(path, Readme(blob=blob, date=moments[entry.commit]) if blob in here else None)
        wanted = (beside for it in enhancements.values() if (beside := readme_of(it)))
        found = {path: readme for path in wanted if (readme := readmes.get(path))}
        return with_summaries(enhancements, found, self.repository.contents(it.blob for it in found.values()))

    def _commits(self, log: Sequence[LogEntry], moments: Mapping[str, dt.date]) -> Iterator[Commit]:
        """Yield the commits that changed anything below `keps/`, oldest first. Only trees are read for it, no files."""
        ends = self.repository.ends()
        for entry in reversed(log):
            found = _PULL.match(entry.subject)
            pull = found["merged"] or found["squashed"] if found else None
            yield Commit(
                id=entry.commit if self.is_upstream else None,
                date=moments[entry.commit],
                pull=int(pull) if pull else None,
                changes=tuple(it for it in entry.changes if it[0].endswith("/kep.yaml") and it[0] != _TEMPLATE),
                paths=tuple(path.removeprefix(_FOLDER) for path, _ in entry.changes),
                observed=entry.commit in ends,
            )

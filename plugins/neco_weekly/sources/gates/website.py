"""A git repository of kubernetes/website: the page of every feature gate, each with the day of its last change.

The repository has 760 MB. Of the usual address only the newest commit is fetched, and in it only the folder of gates:
a few megabytes. Such a clone knows no day but its commit's.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from ...model.errors import NecoError
from ...model.gates import GateRecord, GateSnapshot
from ...model.text import one_line, shortened
from ..clones import CloneKind
from ..repositories import FILE_MODES, GitRepository, RepositoryKind
from .gate_page import MAX_BYTES, GatePage, parse_gate_page
from .stage_entries import UnusableError, joined

UPSTREAM = "https://github.com/kubernetes/website.git"
"""The repository that is read where nobody names another one."""

FOLDER = "content/en/docs/reference/command-line-tools-reference/feature-gates"
"""The folder of the pages of gates in kubernetes/website."""

_KIND = RepositoryKind(
    upstream=UPSTREAM,
    holds="feature gates",
    option="--gates",
    clones=CloneKind(prefix="gates", filter="blob:none", folder=FOLDER),
)

_FILE = re.compile(r"[\w.-]{1,100}\.md", re.ASCII)


def open_gates(source: str | None, *, cache_dir: Path) -> GateRepository:
    """Return a repository of the website, ready to be read: URL (None: upstream's), bundle, bare clone or work tree.

    URLs and bundles become clones in `cache_dir`, brought up to date now; a repository on this machine is read in
    place, at its HEAD, and never written to.

    Raises:
        FetchError: a URL could not be cloned or fetched.
        NecoError: there is nothing to read; in one sentence what, where, and what to do.
    """
    return GateRepository(_KIND.open(UPSTREAM if source is None else source, cache_dir=cache_dir))


@dataclass(frozen=True, slots=True)
class GateRepository:
    """A repository of the website's pages of feature gates, ready to be read."""

    repository: GitRepository

    @property
    def git_dir(self) -> Path:
        """The git directory of the repository on this machine."""
        return self.repository.git_dir

    def snapshot(self) -> GateSnapshot:
        """Return every gate that has a page at the newest commit. Nothing is fetched: a page that is not here is told.

        The day of a gate is that of the newest first-parent commit that changed the gate's page.

        Raises:
            NecoError: the repository cannot be read, has no commits, or no page of a gate that can be used.
        """
        newest = self.repository.newest_commit()
        pages, irregular = self._pages(newest)
        chosen = dict(_one_each(pages, irregular))
        if not chosen:
            why = next((f" ({path}: {reason})" for path, reason in irregular.items()), "")
            name = self.repository.name
            raise NecoError(f"{name} has no feature-gates/*.md that can be used{why}; --gates names another source")
        moments = self.repository.moments(newest)
        days, since = self._days(newest, moments)
        gates = {
            name: GateRecord(date=days.get(path, moments[newest]), path=path, stages=page.stages, removed=page.removed)
            for name, (path, page) in sorted(chosen.items())
        }
        return GateSnapshot(
            kind="website", date=moments[newest], gates=gates, irregular=dict(sorted(irregular.items())), since=since
        )

    def _pages(self, newest: str) -> tuple[dict[str, GatePage], dict[str, str]]:
        """Return the pages of gates by path, and why some files are none."""
        files, irregular = dict(self._files(newest)), dict[str, str]()
        here = self._here(newest, files)
        pages: dict[str, GatePage] = {}
        for path, blob in files.items():
            try:
                page = parse_gate_page(here[blob], file_name=PurePosixPath(path).stem) if blob in here else None
            except UnusableError as error:
                irregular[path] = str(error)
                continue
            if blob not in here:
                irregular[path] = "its content is not in this partial clone, or far too long"
            elif page:
                pages[path] = page
                if page.complaints:
                    irregular[path] = joined(page.complaints)
        return pages, irregular

    def _files(self, newest: str) -> Iterator[tuple[str, str]]:
        """Yield path and blob of each file that may be a page of a gate; links and folders are none."""
        listed = self.repository.read("ls-tree", "-z", "--full-tree", newest, "--", f"{FOLDER}/")
        for line in filter(None, listed.decode(errors="replace").split("\0")):
            (mode, _, blob), path = line.partition("\t")[0].split(), line.partition("\t")[2]
            if mode in FILE_MODES and _FILE.fullmatch(PurePosixPath(path).name):
                yield path, blob

    def _here(self, newest: str, files: Mapping[str, str]) -> Mapping[str, bytes]:
        """Return contents by blob, of blobs that are here and not too long."""
        if not files:
            return {}
        missing = self.repository.missing_below(f"{newest}:{FOLDER}")
        sizes = self.repository.sizes(blob for blob in files.values() if blob not in missing)
        return self.repository.contents(blob for blob, size in sizes.items() if size <= MAX_BYTES)

    def _days(self, newest: str, moments: Mapping[str, dt.date]) -> tuple[dict[str, dt.date], dt.date | None]:
        """Return the day of each path's newest change, and the day at which a shallow clone begins to know."""
        days: dict[str, dt.date] = {}
        for entry in self.repository.log(newest, f"{FOLDER}/"):
            for path, _ in entry.changes:
                days.setdefault(path, moments[entry.commit])
        shallow = self.repository.ends() & moments.keys()
        return days, min((moments[commit] for commit in shallow), default=None)


def _one_each(pages: Mapping[str, GatePage], irregular: dict[str, str]) -> Iterator[tuple[str, tuple[str, GatePage]]]:
    """Yield each gate's name with its page: of several pages with one title that in the file of that name."""
    named: dict[str, list[str]] = defaultdict(list)
    for path, page in pages.items():
        named[page.name].append(path)
    for name, paths in named.items():
        own = [path for path in paths if len(paths) == 1 or PurePosixPath(path).stem == name]
        if len(paths) > 1:
            what = f"of which {own[0]} counts" if own else "of which none has its name"
            files = shortened(", ".join(sorted(paths)), 500)
            irregular |= dict.fromkeys(paths, one_line(f"{name} is the title of several files, {what}: {files}"))
        if own:
            yield name, (own[0], pages[own[0]])

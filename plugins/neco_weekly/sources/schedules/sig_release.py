"""A git repository of kubernetes/sig-release: the schedule of every release, and the exceptions asked for."""

from __future__ import annotations

import re
from pathlib import Path

from ...model.errors import NecoError
from ...model.keps import parse_release, release_order
from ...model.release_facts import ReleaseFacts, ReleaseReading
from ...model.releases import Releases
from ..clones import CloneKind
from ..repositories import RepositoryKind
from .exceptions_file import read_exceptions
from .folder_files import read_folder
from .freeze_table import read_schedule

UPSTREAM = "https://github.com/kubernetes/sig-release.git"
"""The repository that is read where nobody names another one."""

FOLDER = "releases"
"""The folder of releases in kubernetes/sig-release."""

FIRST_SCHEDULE, FIRST_EXCEPTIONS = (1, 20), (1, 25)
"""The first releases whose files are read: older ones have other forms, and do not say after which freeze was asked."""

_FILES = re.compile(rf"{FOLDER}/release-(?P<release>\d+\.\d+)/(?:README\.md|exceptions\.ya?ml)", re.ASCII)

_KIND = RepositoryKind(
    upstream=UPSTREAM,
    holds="schedules of releases",
    option="--sig-release",
    clones=CloneKind(prefix="sig-release", filter="blob:none", folder=FOLDER, files=_FILES),
)


def read_sig_release(source: str | None, releases: Releases, *, cache_dir: Path) -> ReleaseReading:
    """Return what the release team says: URL (None: upstream's), bundle, bare clone or work tree.

    `releases` are those that are known: by them a day without a year is read.

    Raises:
        FetchError: a URL could not be cloned or fetched.
        NecoError: there is nothing to read; in one sentence what, where, and what to do.
    """
    repository = _KIND.open(UPSTREAM if source is None else source, cache_dir=cache_dir)
    newest = repository.newest_commit()
    files = read_folder(repository, newest, FOLDER, _FILES)
    irregular, found = list(files.irregular), dict[str, ReleaseFacts]()
    partial = set[str]()
    for path, text in files.texts.items():
        match = _FILES.fullmatch(path)
        release = parse_release(match["release"]) if match else None
        if release is None or release_order(release) < FIRST_SCHEDULE:
            continue
        facts, complaints, is_whole = _read(path, text, release, releases)
        found[release] = facts.on_top_of(found.get(release))
        irregular += [f"{path}:{line}: {said}" for line, said in complaints]
        if not is_whole:
            partial.add(release)
    if not any(facts != ReleaseFacts() for facts in found.values()):
        why = f" ({irregular[0]})" if irregular else ""
        raise NecoError(f"{repository.name} has no {FOLDER}/release-1.N{why}; --sig-release names another source")
    return ReleaseReading(
        kind="sig-release",
        date=repository.moments(newest)[newest],
        releases=found,
        irregular=tuple(irregular),
        partial=frozenset(partial),
    )


def _read(path: str, text: str, release: str, releases: Releases) -> tuple[ReleaseFacts, list[tuple[int, str]], bool]:
    """Return what a file says of its release, what could not be read of it, and whether no request was left out."""
    if path.endswith(".md"):
        schedule = read_schedule(text, release, releases.day(release))
        return schedule.facts, schedule.complaints, True
    if release_order(release) < FIRST_EXCEPTIONS:
        return ReleaseFacts(), [], True
    requests = read_exceptions(text)
    return ReleaseFacts(exceptions=tuple(requests.found)), requests.complaints, requests.is_whole

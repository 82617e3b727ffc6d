"""The feature lists of kubernetes/kubernetes at its release tags `v1.N.0`, over HTTP or from a repository.

The list of the newest release speaks for all before it. From an older list comes what is gone since: a gate that newer
lists lack was in the programs until the last release whose list has it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from email.utils import parsedate_to_datetime
from pathlib import Path

from ...model.days import TOKYO, moment_at
from ...model.days import today as today_in_tokyo
from ...model.errors import FetchError, NecoError
from ...model.gates import GateRecord, GateSnapshot, GateStage
from ...model.keps import release_order
from ...model.releases import Releases
from ..clones import CloneKind
from ..http import Get, Response
from ..repositories import FILE_MODES, GitRepository, RepositoryKind
from .feature_list import MAX_BYTES, FeatureList, parse_feature_list
from .stage_entries import UnusableError

FEATURE_LISTS = "https://raw.githubusercontent.com/kubernetes/kubernetes"
"""The address below which the files of kubernetes/kubernetes lie, by tag."""

PATH = "test/compatibility_lifecycle/reference/versioned_feature_list.yaml"
"""The file with the feature list in kubernetes/kubernetes, where it has been since v1.33."""

_FOLDER = PATH.rpartition("/")[0]

_FIRST = 33

_GONE = frozenset({404, 410})

_TAG = re.compile(r"(v1\.(?:0|[1-9]\d?))\.0", re.ASCII)

_KIND = RepositoryKind(
    upstream="https://github.com/kubernetes/kubernetes.git",
    holds="feature lists",
    option="--feature-lists",
    clones=CloneKind(prefix="feature-lists", filter="blob:none"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _ReleaseList:
    """The feature list of a release, and the day on which that came out."""

    release: str
    day: dt.date
    listed: FeatureList

    @property
    def path(self) -> str:
        return f"{self.release}.0:{PATH}"


def read_feature_lists(
    get: Get, releases: Releases, *, base: str = FEATURE_LISTS, today: Callable[[], dt.date] = today_in_tokyo
) -> GateSnapshot:
    """Return what the feature lists below an address say, each one small file: `<base>/v1.33.0/test/…`.

    They are asked for release by release, from the first that has one to the one after the newest that is known, until
    one is not there. A list that is there proves its release to be out: on the day that `releases` has, at the latest
    on that of the answer, for the day of a tag is not in the answer; a server's clock may be ahead of `today`.

    Raises:
        FetchError: a list could not be fetched, is none, or there is none at all.
    """
    newest = max((release_order(name)[1] for name in releases.names), default=_FIRST)
    lists: list[_ReleaseList] = []
    for minor in range(_FIRST, max(newest + 1, _FIRST) + 1):
        release = f"v1.{minor}"
        try:
            response = get(f"{base.rstrip('/')}/{release}.0/{PATH}", max_bytes=MAX_BYTES)
        except FetchError as error:
            if error.status not in _GONE:
                raise
            if not lists:
                raise FetchError(f"{error}; --feature-lists names another source", status=error.status) from error
            break
        answered = min(_day(response) or today(), today())
        day = min(releases.day(release) or answered, answered)
        lists.append(_ReleaseList(release=release, day=day, listed=_list_of(response, release)))
    return _snapshot(lists, {it.release: it.day for it in lists}, {})


def read_feature_lists_of(
    path: Path, *, cache_dir: Path, today: Callable[[], dt.date] = today_in_tokyo
) -> GateSnapshot:
    """Return what the feature lists in a repository of kubernetes/kubernetes say: a bundle, bare clone or work tree.

    The day of a release is that of its tag, of which the repository must have those of the releases: `v1.33.0`. A tag
    of a day after `today` is no release.

    Raises:
        NecoError: there is nothing to read; in one sentence what, where, and what to do.
    """
    repository = _KIND.open_path(path, cache_dir=cache_dir)
    released = dict(_released(repository, today()))
    blobs = {release: blob for release in released if (blob := _blob(repository, f"{release}.0"))}
    here = _here(repository, blobs)
    lists: list[_ReleaseList] = []
    irregular: dict[str, str] = {}
    for release, blob in blobs.items():
        try:
            if blob not in here:
                raise UnusableError("its content is not in this partial clone, or far too long")
            listed = parse_feature_list(here[blob], release=release)
        except UnusableError as error:
            irregular[f"{release}.0:{PATH}"] = str(error)
            continue
        lists.append(_ReleaseList(release=release, day=released[release], listed=listed))
    if not lists:
        why = next((f" ({path}: {reason})" for path, reason in irregular.items()), "")
        raise NecoError(
            f"{repository.name} has no tag v1.N.0 with a feature list{why}; --feature-lists names another source"
        )
    return _snapshot(lists, released, irregular)


def _snapshot(
    lists: Sequence[_ReleaseList], released: Mapping[str, dt.date], irregular: Mapping[str, str]
) -> GateSnapshot:
    """Return what lists say together, the oldest first."""
    newest = lists[-1]
    last: dict[str, _ReleaseList] = {}
    for one in lists:
        last |= dict.fromkeys((*one.listed.gates, *one.listed.irregular), one)
    gates = {name: _record(name, one, newest) for name, one in sorted(last.items()) if name in one.listed.gates}
    told = {name: why for name, one in sorted(last.items()) if (why := one.listed.irregular.get(name))}
    return GateSnapshot(
        kind="feature-list",
        date=newest.day,
        gates=gates,
        irregular={**irregular, **told},
        released=released,
        through=newest.release,
    )


def _record(name: str, one: _ReleaseList, newest: _ReleaseList) -> GateRecord:
    stages: tuple[GateStage, ...] = one.listed.gates[name]
    if one is not newest:
        stages = (*stages[:-1], replace(stages[-1], until=one.release))
    return GateRecord(date=one.day, path=one.path, stages=stages, removed=one is not newest)


# --- over HTTP ----------------------------------------------------------------------------------------------------


def _list_of(response: Response, release: str) -> FeatureList:
    if not response.complete:
        raise FetchError(f"{response.url} is too long")
    try:
        return parse_feature_list(response.body, release=release)
    except UnusableError as error:
        raise FetchError(f"{response.url} is no feature list: {error}") from error


def _day(response: Response) -> dt.date | None:
    with suppress(ValueError, KeyError, OverflowError):
        return parsedate_to_datetime(response.headers["date"]).astimezone(TOKYO).date()
    return None


# --- from a repository --------------------------------------------------------------------------------------------


def _released(repository: GitRepository, today: dt.date) -> Iterator[tuple[str, dt.date]]:
    """Yield the releases that have a tag of today or before, oldest first, each with the tag's day."""
    listed = repository.read("for-each-ref", "--format=%(refname:strip=2) %(creatordate:unix)", "refs/tags/v1.*.0")
    tags = (line.split(" ") for line in listed.decode(errors="replace").splitlines())
    days = {match[1]: moment for tag, moment in tags if moment and (match := _TAG.fullmatch(tag))}
    for release in sorted(days, key=release_order):
        with suppress(ValueError):  # a year that Python cannot hold
            if (day := moment_at(int(days[release])).date()) <= today:
                yield release, day


def _blob(repository: GitRepository, tag: str) -> str | None:
    """Return the blob of the feature list at a tag, if there is one."""
    listed = repository.read("ls-tree", "--full-tree", f"refs/tags/{tag}", "--", PATH).decode()
    mode, _, blob = listed.split()[:3] if listed else ("", "", "")
    return blob if mode in FILE_MODES else None


def _here(repository: GitRepository, blobs: Mapping[str, str]) -> Mapping[str, bytes]:
    """Return contents by blob, of blobs that are here and not too long."""
    missing = repository.missing_below(*(f"refs/tags/{release}.0:{_FOLDER}" for release in blobs)) if blobs else ()
    sizes = repository.sizes(blob for blob in blobs.values() if blob not in missing)
    return repository.contents(blob for blob, size in sizes.items() if size <= MAX_BYTES)

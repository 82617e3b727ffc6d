"""Bare clones of repositories and bundles in our cache folder: never half a clone, never a broken one.

A clone is made under a temporary name and renamed when it is whole, so an interrupted one cannot pose as complete. One
process at a time makes clones or brings them up to date; others wait, and find what it has fetched.
Where only one folder of today is wanted, its files come in one fetch, and the clone turns to a newer commit after that.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import tempfile
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from ..lock.folder_locks import only_writer
from ..model.errors import FetchError, NecoError
from . import git

_BUNDLE_SIGNATURES = (b"# v2 git bundle\n", b"# v3 git bundle\n")

_UNFINISHED = "unfinished-"

_ABANDONED_AFTER = 24 * 3600.0

_NEWEST, _FETCHED = "refs/heads/newest", "refs/heads/fetched"


@dataclass(frozen=True, slots=True, kw_only=True)
class CloneKind:
    """What the clones of one upstream hold, and how the names of their folders begin.

    `filter` is git's word for the blobs that are fetched with the commits. With a `folder`, a clone has nothing of the
    past: the newest commit, and in it the content of that folder's files only; with `paths` of those whose path from
    the root matches the pattern whole. `files` is a name whose files of the newest commit are wanted whatever the
    filter leaves out. An empty `folder` is the root.
    """

    prefix: str
    filter: str
    folder: str | None = None
    files: str | None = None
    paths: re.Pattern[str] | None = None


def clone_of_url(url: str, *, kind: CloneKind, shown: str, cache_dir: Path) -> Path:
    """Return the cached partial clone of a repository, at the newest commit of its default branch.

    `shown` is the URL as messages may show it. A clone that is there stays whatever happens.

    Raises:
        FetchError: the repository could not be cloned or brought up to date.
        NecoError: the cache folder cannot be written to.
    """
    clone = cache_dir / f"{kind.prefix}-{_digest(url.encode())}.git"
    try:
        with _alone(cache_dir):
            if _is_sound(clone, url):
                _fetch(clone, kind)
            else:
                with _workplace(cache_dir) as work:
                    _put(_first_clone(url, work / "clone.git", kind), clone, work)
    except git.GitError as error:
        raise FetchError(f"{shown} could not be fetched: {error}; check the address and the network") from error
    return clone


def clone_of_bundle(bundle: Path, *, kind: CloneKind, cache_dir: Path) -> Path:
    """Return the cached clone of a git bundle, made anew when the file's content has changed.

    Raises:
        NecoError: the file is no bundle, or cannot be read or cloned.
    """
    try:
        with bundle.open("rb") as file:
            if not file.read(16).startswith(_BUNDLE_SIGNATURES):
                raise NecoError(f"{bundle} is neither a git repository nor a git bundle")
            file.seek(0)
            content = hashlib.file_digest(file, "sha256").hexdigest()[:16]
    except OSError as error:
        raise NecoError(f"{bundle} cannot be read: {error.strerror}") from error
    place = _digest(str(bundle.resolve()).encode())
    clone = cache_dir / f"{kind.prefix}-{place}-{content}.git"
    with _alone(cache_dir):
        if _is_sound(clone):
            return clone
        with _workplace(cache_dir) as work:
            try:
                git.write("clone", "--quiet", "--bare", "--template=", "--", str(bundle), str(work / "clone.git"))
            except git.GitError as error:
                raise NecoError(f"the bundle {bundle} cannot be cloned: {error}") from error
            for outdated in cache_dir.glob(f"{kind.prefix}-{place}-*.git"):
                outdated.rename(work / outdated.name)
            _put(work / "clone.git", clone, work)
    return clone


def missing_below(git_dir: Path, *trees: str) -> frozenset[str]:
    """Return the ids of the blobs below trees (`HEAD:docs`) that a partial clone lacks; nothing is fetched.

    Raises:
        GitError: there is no such tree.
    """
    listed = git.read(git_dir, "rev-list", "--objects", "--missing=print", *trees).decode(errors="replace")
    return frozenset(line[1:] for line in listed.splitlines() if line.startswith("?"))


def _first_clone(url: str, clone: Path, kind: CloneKind) -> Path:
    """Make a clone as `git clone` does, with one ref that follows the default branch even when that is renamed."""
    git.write("init", "--quiet", "--bare", "--template=", "--initial-branch=newest", str(clone))
    git.write(f"--git-dir={clone}", "config", "remote.origin.url", url)
    git.write(
        f"--git-dir={clone}", "config", "remote.origin.fetch", f"+HEAD:{_NEWEST if kind.folder is None else _FETCHED}"
    )
    _fetch(clone, kind)
    return clone


def _fetch(clone: Path, kind: CloneKind) -> None:
    depth = () if kind.folder is None else ("--depth=1",)
    _git_fetch(clone, *depth, f"--filter={kind.filter}", "origin")
    if kind.folder is not None:
        _fetch_folder(clone, kind.folder, kind.paths)
        # Only now: a reader of the clone never meets a commit whose files are still to come.
        git.write(f"--git-dir={clone}", "update-ref", _NEWEST, _FETCHED)
    if kind.files:
        with suppress(git.GitError):  # an extra: the next refresh asks again for those that are missing
            _fetch_files(clone, kind.files)


def _fetch_folder(clone: Path, folder: str, files: re.Pattern[str] | None) -> None:
    """Fetch the files below a folder in one request, as git itself does for a sparse checkout.

    Without a negotiation: git would look for a blob that was asked for among the commits, and give up.
    """
    tree = f"{_FETCHED}:{folder}"
    if folder and not git.read(clone, "ls-tree", "-d", _FETCHED, "--", folder):
        return
    missing = missing_below(clone, tree)
    _fetch_blobs(clone, missing & _blobs_of(clone, folder, files) if files else missing)


def _fetch_files(clone: Path, name: str) -> None:
    """Fetch the files of the newest commit that have a name and are not here, in one request."""
    listed = git.read(clone, "ls-tree", "-r", "-z", _NEWEST).decode(errors="replace").split("\0")
    entries = (entry.partition("\t") for entry in listed)
    named = {what.split()[2] for what, _, path in entries if path.endswith(f"/{name}")}
    _fetch_blobs(clone, named & missing_below(clone, f"{_NEWEST}^{{tree}}"))


def _fetch_blobs(clone: Path, blobs: Collection[str]) -> None:
    if blobs:
        wanted = "".join(f"{blob}\n" for blob in sorted(blobs)).encode()
        settings = "-c", "fetch.negotiationAlgorithm=noop"
        _git_fetch(clone, "--filter=blob:none", "--stdin", "origin", settings=settings, stdin=wanted)


def _blobs_of(clone: Path, folder: str, files: re.Pattern[str]) -> frozenset[str]:
    """Return the ids of the blobs below a folder whose path from the root matches a pattern whole."""
    below = ("--", f"{folder}/") if folder else ()
    listed = git.read(clone, "ls-tree", "-r", "-z", "--full-tree", _FETCHED, *below)
    entries = (line.partition("\t") for line in listed.decode(errors="replace").split("\0") if line)
    return frozenset(head.split()[2] for head, _, path in entries if files.fullmatch(path))


def _git_fetch(clone: Path, *arguments: str, settings: tuple[str, ...] = (), stdin: bytes = b"") -> None:
    quietly = "fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "--recurse-submodules=no"
    git.write(*settings, f"--git-dir={clone}", *quietly, *arguments, stdin=stdin)


def _is_sound(clone: Path, origin: str | None = None) -> bool:
    """Whether a clone is there, its commits and trees can be read, and it knows where it comes from."""
    try:
        commit = _some_commit(clone)
        git.read(clone, "rev-list", "--first-parent", "--count", commit)
        git.read(clone, "ls-tree", "-r", commit)
        known = git.read(clone, "config", "--get", "remote.origin.url").decode(errors="replace").strip()
    except git.GitError:
        return False
    return origin in (None, known)


def _some_commit(clone: Path) -> str:
    """Return the newest commit, or where there are only tags, as in a bundle of releases, that of one of them."""
    try:
        return git.newest_commit(clone)
    except git.GitError:
        if tagged := git.read(clone, "rev-list", "--tags", "--max-count=1").decode().strip():
            return tagged
        raise


@contextmanager
def _alone(cache_dir: Path) -> Iterator[None]:
    """Be the only process that works on clones, and remove the folders that killed processes have left.

    Raises:
        NecoError: the cache folder cannot be written to.
    """
    try:
        with only_writer(cache_dir) as alone:
            for old in cache_dir.glob(f"{_UNFINISHED}*"):
                if alone or time.time() - old.stat().st_mtime > _ABANDONED_AFTER:
                    shutil.rmtree(old, ignore_errors=True)
            yield
    except OSError as error:
        raise NecoError(f"the cache folder {cache_dir} cannot be written to: {error.strerror}") from error


@contextmanager
def _workplace(cache_dir: Path) -> Iterator[Path]:
    """Make a folder beside the clones, gone afterwards; what cannot be removed is left for the next process."""
    folder = Path(tempfile.mkdtemp(prefix=_UNFINISHED, dir=cache_dir))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _put(new: Path, clone: Path, work: Path) -> None:
    """Give a finished clone its name, in the place of a broken one; another process may have been quicker."""
    if _is_sound(clone):
        return
    if clone.exists():
        clone.rename(work / "broken.git")
    new.rename(clone)


def _digest(text: bytes) -> str:
    return hashlib.sha256(text).hexdigest()[:16]

"""What an import reads: a folder, or a git repository at its newest commit, as the files of a source.

A folder's links are not followed, and of a repository nothing is checked out: neither its hooks nor its filters run.
"""

from __future__ import annotations

import datetime as dt
import os
import re
import stat
from collections.abc import Iterator, Mapping
from functools import cached_property, partial
from itertools import accumulate
from pathlib import Path

from ...issues.exchange.importing.carried_files import MARKDOWN
from ...issues.exchange.importing.material import LONGEST, Material
from ...model.errors import NecoError
from ...model.text import one_line
from ...sources.clones import CloneKind
from ...sources.repositories import FILE_MODES, GitRepository, RepositoryKind

_AT_ONCE = 64_000_000
"""The number of bytes of pages that are read at once."""

_MOST_FILES = 100_000

_NOT_READ = ("node_modules", "_book", "_site", "vendor/bundle")
"""Folders of what programs have made or fetched: packages, and sites that HonKit and Jekyll have built."""

_READ = re.compile(rf"(?!(?:.*/)?(?:\.|(?:{'|'.join(map(re.escape, _NOT_READ))})/))[^/].*", re.DOTALL)
"""A pattern for paths of files that are read: nothing hidden, and nothing in those folders."""

_KIND = RepositoryKind(
    upstream="the repository",
    holds="issues",
    option="the argument",
    clones=CloneKind(prefix="import", filter="blob:none", folder="", paths=_READ),
)

_LINK, _OTHER = "a link", "no ordinary file"

_KINDS = {"120000": _LINK, "160000": "a repository inside of the repository"}
"""What modes of git's trees mean that are neither files nor folders."""


def open_source(source: str, *, cache_dir: Path, own: Path) -> Material:
    """Return the files of a source: a folder, a bare clone, a bundle, or a git URL, of which a clone is kept.

    `own` is the folder of the site's issues, which is not read where it lies in the source.

    Raises:
        FetchError: a URL could not be cloned.
        NecoError: there is nothing to read; in one sentence what, where, and what to do.
    """
    path = Path(source)
    if path.is_dir() and not _is_bare(path):
        return _of_folder(path, own)
    if not path.exists() and "://" not in source and "@" not in source:
        raise NecoError(f"{source}: does not exist; name a folder, a git URL, or a bare clone")
    return _of_repository(_KIND.open(source, cache_dir=cache_dir))


def first_days(source: str, *, cache_dir: Path) -> Mapping[str, dt.date]:
    """Return the day in Tokyo on which each file of a source came into its repository.

    Raises:
        NecoError: the source has no history: it is no repository, or one of which only the newest commit was fetched.
    """
    path = Path(source)
    if not path.exists():
        raise NecoError(
            f"{source}: only its newest commit is fetched; clone it, and name the clone with --date-from-commits"
        )
    if path.is_dir() and not ((path / ".git").exists() or _is_bare(path)):
        raise NecoError(f"{source}: is no git repository, so that no commit tells a day; leave out --date-from-commits")
    repository = _KIND.open_path(path, cache_dir=cache_dir)
    newest = repository.newest_commit()
    moments = repository.moments(newest)
    return {path: moments[it.commit] for it in repository.log(newest, ".") for path, blob in it.changes if blob}


def _is_bare(path: Path) -> bool:
    return (path / "HEAD").is_file() and (path / "objects").is_dir()


# --- folders ------------------------------------------------------------------------------------------------------


def _of_folder(root: Path, own: Path) -> Material:
    files: dict[str, int] = {}
    passed_over: dict[str, str] = {}
    for path, kind, size in _entries(root, Path(os.path.realpath(own))):
        if kind is None and _is_printable(path):
            files[path] = size
        else:
            passed_over[_printable(path)] = kind or "a file whose name cannot be shown"
        if len(files) > _MOST_FILES:
            raise NecoError(f"{root}: has more than {_MOST_FILES:,} files; name the folder of the issues alone")
    return Material(name=str(root), files=files, read=partial(_read, root), passed_over=passed_over)


def _entries(root: Path, own: Path) -> Iterator[tuple[str, str | None, int]]:
    """Yield paths below a folder, with what each is if that is no file, and its size."""
    pending = [root]
    while pending:
        folder = pending.pop()
        try:
            entries = sorted(os.scandir(folder), key=lambda it: it.name)
        except OSError as error:
            raise NecoError(f"{folder}: cannot be read ({error.strerror}); give yourself the right to") from error
        for entry in entries:
            path = Path(entry.path).relative_to(root).as_posix()
            is_folder = entry.is_dir(follow_symlinks=False)
            if not _READ.fullmatch(f"{path}/" if is_folder else path):
                continue
            if entry.is_symlink():
                yield path, _LINK, 0
            elif is_folder:
                if Path(os.path.realpath(entry.path)) != own:
                    pending.append(Path(entry.path))
            else:
                is_file = entry.is_file(follow_symlinks=False)
                yield path, None if is_file else _OTHER, entry.stat(follow_symlinks=False).st_size if is_file else 0


def _read(root: Path, path: str) -> bytes:
    """Return the bytes of a file; one that has become a link or a pipe since is not opened, or not read.

    Raises:
        NecoError: it cannot be read.
    """
    place = root / path
    try:
        descriptor = os.open(place, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
        with os.fdopen(descriptor, "rb") as file:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise NecoError(f"{place}: is no ordinary file any more; run this again")
            return file.read()
    except OSError as error:
        raise NecoError(
            f"{place}: cannot be read ({error.strerror}); give yourself the right to, or remove it"
        ) from error


# --- repositories -------------------------------------------------------------------------------------------------


def _of_repository(repository: GitRepository) -> Material:
    commit = repository.newest_commit()
    listed = repository.read("ls-tree", "-r", "-z", "--full-tree", commit).decode(errors="surrogateescape")
    blobs: dict[str, str] = {}
    passed_over: dict[str, str] = {}
    for line in filter(None, listed.split("\0")):
        head, _, path = line.partition("\t")
        mode, _, blob = head.split()
        if not _READ.fullmatch(path):
            continue
        if mode in FILE_MODES and _is_printable(path):
            blobs[path] = blob
        else:
            passed_over[_printable(path)] = _KINDS.get(mode, "a file whose name cannot be shown")
    if len(blobs) > _MOST_FILES:
        raise NecoError(f"{repository.name}: has more than {_MOST_FILES:,} files; import a folder of it")
    missing = repository.missing_below(f"{commit}^{{tree}}")
    here = {path: blob for path, blob in blobs.items() if blob not in missing}
    sizes = repository.sizes(here.values())
    passed_over |= dict.fromkeys(blobs.keys() - here.keys(), "a file that the clone lacks")
    return Material(
        name=repository.name,
        files={path: sizes[blob] for path, blob in here.items()},
        read=_Blobs(repository, here, sizes).read,
        passed_over=passed_over,
    )


class _Blobs:
    """The files of a repository: pages are read all at once, for git takes as long to begin as to read a hundred."""

    def __init__(self, repository: GitRepository, blobs: Mapping[str, str], sizes: Mapping[str, int]) -> None:
        self._repository, self._blobs, self._sizes = repository, blobs, sizes

    def read(self, path: str) -> bytes:
        """Return the bytes of a file.

        Raises:
            NecoError: git failed or took too long.
        """
        blob = self._blobs[path]
        known = self._pages if path.lower().endswith(MARKDOWN) else {}
        return known[blob] if blob in known else self._repository.contents([blob])[blob]

    @cached_property
    def _pages(self) -> dict[str, bytes]:
        pages = {blob for path, blob in self._blobs.items() if path.lower().endswith(MARKDOWN)}
        short = [blob for blob in sorted(pages) if self._sizes[blob] <= LONGEST]
        within = accumulate(self._sizes[blob] for blob in short)
        return self._repository.contents([blob for blob, all_ in zip(short, within, strict=True) if all_ <= _AT_ONCE])


def _is_printable(path: str) -> bool:
    return one_line(path.replace(" ", "")) == path.replace(" ", "")


def _printable(path: str) -> str:
    return one_line(path.encode("utf-8", "backslashreplace").decode())

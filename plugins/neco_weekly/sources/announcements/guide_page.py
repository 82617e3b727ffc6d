"""The page of the guide to deprecated APIs in a git repository of kubernetes/website."""

from __future__ import annotations

from pathlib import Path

from ...model.errors import NecoError
from ...model.removed_apis import DeprecationGuide
from ..clones import CloneKind
from ..repositories import FILE_MODES, GitRepository, RepositoryKind
from .guide import read_guide

UPSTREAM = "https://github.com/kubernetes/website.git"
"""The repository that is read where nobody names another one."""

FOLDER = "content/en/docs/reference/using-api"
"""The folder of the guide in kubernetes/website."""

PATH = f"{FOLDER}/deprecation-guide.md"
"""The file of the guide."""

MAX_BYTES = 500_000
"""The size in bytes of the largest guide that is read; the real one has 22,000."""

_KIND = RepositoryKind(
    upstream=UPSTREAM,
    holds="a guide to deprecated APIs",
    option="--release-days",
    clones=CloneKind(prefix="guide", filter="blob:none", folder=FOLDER),
)


def read_guide_page(source: str | None, *, cache_dir: Path) -> DeprecationGuide:
    """Return what the guide says: URL (None: upstream's), bundle, bare clone or work tree.

    Its day is that of the newest commit: the page says what is so until then.

    Raises:
        FetchError: a URL could not be cloned or fetched.
        NecoError: there is no guide, or it tells of no removal; in one sentence what, where, and what to do.
    """
    repository = _KIND.open(UPSTREAM if source is None else source, cache_dir=cache_dir)
    newest = repository.newest_commit()
    said = read_guide(_text(repository, newest))
    if not said.removals:
        raise NecoError(f"{repository.name}: {PATH} tells of no API that was removed; name another source")
    return DeprecationGuide(
        date=repository.moments(newest)[newest], removals=tuple(said.removals), irregular=tuple(said.irregular)
    )


def _text(repository: GitRepository, newest: str) -> str:
    listed = repository.read("ls-tree", "-z", "--full-tree", newest, "--", PATH).decode(errors="replace")
    head, _, path = listed.partition("\0")[0].partition("\t")
    mode, _, blob = head.split() if head else ("", "", "")
    if path != PATH or mode not in FILE_MODES:
        raise NecoError(f"{repository.name} has no {PATH}; name another source")
    missing = repository.missing_below(f"{newest}:{FOLDER}")
    if blob in missing or repository.sizes([blob])[blob] > MAX_BYTES:
        raise NecoError(f"{repository.name}: {PATH} is not in this partial clone, or far too long; name another source")
    return repository.contents([blob])[blob].decode(errors="replace").replace("\r\n", "\n")

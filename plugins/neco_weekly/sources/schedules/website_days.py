"""A git repository of kubernetes/website: when releases came out, and until when they are supported."""

from __future__ import annotations

import re
from pathlib import Path

from ...model.errors import NecoError
from ...model.release_facts import ReleaseReading
from ..clones import CloneKind
from ..repositories import RepositoryKind
from .folder_files import read_folder
from .release_files import joined, read_eol_file, read_schedule_file

UPSTREAM = "https://github.com/kubernetes/website.git"
"""The repository that is read where nobody names another one."""

FOLDER = "data/releases"
"""The folder of the days in kubernetes/website."""

_FILES = re.compile(rf"{FOLDER}/(?:schedule|eol)\.ya?ml", re.ASCII)

_KIND = RepositoryKind(
    upstream=UPSTREAM,
    holds="days of releases",
    option="--release-days",
    clones=CloneKind(prefix="days", filter="blob:none", folder=FOLDER, files=_FILES),
)

_READERS = {"schedule": read_schedule_file, "eol": read_eol_file}


def read_website(source: str | None, *, cache_dir: Path) -> ReleaseReading:
    """Return what the website says: URL (None: upstream's), bundle, bare clone or work tree.

    Of two files one may be missing or broken: that is told, and the other one is read.

    Raises:
        FetchError: a URL could not be cloned or fetched.
        NecoError: there is nothing to read; in one sentence what, where, and what to do.
    """
    repository = _KIND.open(UPSTREAM if source is None else source, cache_dir=cache_dir)
    newest = repository.newest_commit()
    files = read_folder(repository, newest, FOLDER, _FILES)
    irregular, found = list(files.irregular), {}
    for name, read in _READERS.items():
        path, text = next(((it, text) for it, text in files.texts.items() if Path(it).stem == name), ("", None))
        if text is None:
            irregular.append(f"{FOLDER}/{name}.yaml: there is no such file that can be read")
            continue
        file = read(text)
        found[name] = file.releases
        irregular += [f"{path}:{line}: {said}" for line, said in file.complaints]
    if not any(found.values()):
        why = f" ({irregular[0]})" if irregular else ""
        raise NecoError(f"{repository.name} has no days of releases{why}; --release-days names another source")
    return ReleaseReading(
        kind="website",
        date=repository.moments(newest)[newest],
        releases=joined(found.get("schedule", {}), found.get("eol", {})),
        irregular=tuple(irregular),
    )

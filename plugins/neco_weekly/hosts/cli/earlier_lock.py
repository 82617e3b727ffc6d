"""The lock as it was on an earlier day, from the history of the site's git repository, where there is one."""

from __future__ import annotations

import datetime as dt
import tempfile
from contextlib import suppress
from pathlib import Path

from ...lock.store import LOCK_FILES, Lock, load_lock_as_it_is
from ...model.days import beginning_of
from ...model.errors import NecoError
from ..project import Project
from ..publish.git import Git


def lock_known_on(project: Project, day: dt.date) -> Lock | None:
    """Return the lock that was committed last by the end of a day (Asia/Tokyo).

    None where nobody can say: without a repository, a commit from before the end of that day, or a lock in it that
    this program can read.
    """
    if not project.metadata.is_dir():
        return None
    git = Git(folder=project.metadata)
    with suppress(NecoError), tempfile.TemporaryDirectory(prefix="neco-lock-") as folder:
        end = beginning_of(day + dt.timedelta(days=1)) - dt.timedelta(seconds=1)
        commit = git.text("rev-list", "-1", "--first-parent", f"--before={end.isoformat()}", "HEAD", "--", ".")
        found = set(git.text("ls-tree", "--name-only", commit, ".").splitlines()) if commit else set()
        for name in found & set(LOCK_FILES):
            Path(folder, name).write_bytes(git.run("show", f"{commit}:./{name}"))
        lock = load_lock_as_it_is(Path(folder))
        return lock if lock.as_of else None
    return None

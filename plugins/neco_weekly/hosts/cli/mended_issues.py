"""The mends of a project's issues: as problems, as a diff, and written."""

from __future__ import annotations

import os
import stat
from collections.abc import Collection, Iterator
from functools import partial
from pathlib import Path

from ...grammar.front_matter import Parts, take_apart
from ...grammar.issue_files import IssueFile, UnreadableTextError, read_issue_text
from ...issues.mending.mend_problems import mend_problems
from ...issues.mending.mended_files import MendedFile, mend_file
from ...issues.mending.mends import mends_of
from ...issues.mending.proof import Drawn
from ...issues.problems import Problem
from ...issues.scan import Scanner
from ...lock.kep_as_of import KepsAsOf
from ...lock.store import Lock
from ...lock.whole_files import ChangedError, write_over
from ...model.errors import NecoError
from ..project import Project


def mended_files(project: Project, lock: Lock, chosen: Collection[str]) -> dict[Path, MendedFile]:
    """Return the issues of some paths (relative to the docs folder) that have something to mend, drafts among them."""
    scanner = project.scanner(project.grammar, keps_as_of=KepsAsOf(lock, project.releases))
    found: dict[Path, MendedFile] = {}
    for path, parts in _readable(project, chosen):
        file = project.docs / path
        draw = partial(_draw, scanner, IssueFile(path=path, meta=parts.meta))
        mended = mend_file(file.read_bytes(), partial(mends_of, lock=lock, ignored=project.ignored), draw)
        if mended.count:
            found[file] = mended
    return found


def write_mended(mended: dict[Path, MendedFile]) -> None:
    """Write the mends of all files, each whole or not at all; of none where one cannot be written.

    Raises:
        NecoError: a file cannot be written, or somebody has changed it in between.
    """
    real = {Path(os.path.realpath(path)): it for path, it in mended.items()}
    try:
        modes = {path: stat.S_IMODE(path.stat().st_mode) for path in real}
        write_over({path: it.after for path, it in real.items()}, {path: it.before for path, it in real.items()})
        for path, mode in modes.items():
            path.chmod(mode)
    except ChangedError as error:
        raise NecoError("an issue was saved while it was mended; run the command again") from error
    except OSError as error:
        raise NecoError(f"{error.filename}: cannot be written ({error.strerror}); nothing was mended") from error


def problems_to_mend(project: Project, lock: Lock, chosen: Collection[str]) -> Iterator[Problem]:
    """Yield a problem for each place that may be mended; only a mend itself proves that the page stays the same."""
    for path, parts in _readable(project, chosen):
        mends = mends_of(parts.body, lock, project.ignored)
        yield from mend_problems(parts.body, mends, (project.docs / path).as_posix(), parts.body_line)


def _readable(project: Project, chosen: Collection[str]) -> Iterator[tuple[str, Parts]]:
    for path in project.issue_paths():
        if path not in chosen:
            continue
        file = project.docs / path
        try:
            parts = take_apart(read_issue_text(file, file.as_posix()))
        except UnreadableTextError:
            continue  # which the check itself tells
        if parts.flaw != "broken-front-matter":
            yield path, parts


def _draw(scanner: Scanner, file: IssueFile, text: str) -> Drawn:
    html, found = scanner.draw(text, file)
    return html, found.anchors

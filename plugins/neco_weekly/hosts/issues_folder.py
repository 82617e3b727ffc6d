"""The folder of the issues: what is wrong where none are found there, and which folder may have been meant."""

from __future__ import annotations

import os
from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path, PurePosixPath

from ..grammar.issue_files import is_issue
from ..grammar.yaml_files import line_of
from ..issues.problem_kinds import make_problem
from ..issues.problems import Problem
from ..model.options import OPTIONS
from .settings import EXTENSION, PLUGIN

_PLACES = (("plugins", PLUGIN), ("markdown_extensions", EXTENSION))


def folder_problems(config_file: Path, docs: Path, issues: str) -> list[Problem]:
    """Return the problem of a folder that holds no issue: which folder was looked in, and the nearest that holds pages.

    `config_file` and `docs` are paths as the author sees them. A site that has not begun yet, in the folder that nobody
    has named, is told so and no more.
    """
    if any(is_issue(path, issues) for path in _pages(docs)):
        return []
    near = _nearest(issues, docs)
    shown = (docs / issues).as_posix()
    lines = (line_of(config_file, *place, "issues") for place in _PLACES)
    line = next(filter(None, lines), 1)
    unnamed = "no-issues-yet" if issues == OPTIONS["issues"].default else "no-issues"
    code, near = ("other-issues-folder", near) if near else (unnamed, docs.as_posix())
    return [make_problem(code, config_file.as_posix(), line, written=shown, near=near)]


def _pages(docs: Path) -> Iterator[str]:
    """Yield the paths of all Markdown files below the docs folder, relative to that, but for hidden ones."""
    for folder, below, names in os.walk(docs):
        below[:] = sorted(name for name in below if not name.startswith((".", "_")))
        for name in sorted(names):
            if name.endswith(".md"):
                yield Path(folder, name).relative_to(docs).as_posix()


def _nearest(issues: str, docs: Path) -> str:
    """Return the folder with pages whose name is nearest to one that was written; the empty string without one."""
    folders = dict.fromkeys(
        str(folder) for path in _pages(docs) for folder in PurePosixPath(path).parents if is_issue(path, str(folder))
    )
    folders.pop(".", None)
    by_name = {folder.casefold(): folder for folder in folders}
    parts = PurePosixPath(issues.casefold()).parts
    for begin in range(len(parts)):  # `docs/issues` is meant from the folder of mkdocs.yml
        if found := by_name.get("/".join(parts[begin:])):
            return found
    by_end = {PurePosixPath(folder).name.casefold(): folder for folder in reversed(folders)}
    for names, name in ((by_name, issues.casefold()), (by_end, parts[-1])):
        if close := get_close_matches(name, names, n=1):
            return names[close[0]]
    return ""

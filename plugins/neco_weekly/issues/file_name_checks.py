"""Checks of file names: pages that are no issues by the end of their name, and names that differ in case alone."""

from __future__ import annotations

import posixpath
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from .problem_kinds import make_problem
from .problems import Problem

MARKDOWN = frozenset({".md", ".markdown", ".mdown", ".mkdn", ".mkd"})
"""The ends of names that people give Markdown, in small letters; an issue's is `.md` as it stands here."""


def file_name_problems(paths: Iterable[str], issues_dir: str, docs: str) -> Iterator[Problem]:
    """Yield the problems of file names. Paths are relative to the docs folder, which `docs` names in messages.

    Names are alike where a file system that keeps no case, or another form of the same letters, takes them for one
    (macOS, Windows): there only one of the two files can be checked out.
    """
    folder, seen = PurePosixPath(issues_dir), dict[str, str]()
    for path in sorted(set(paths)):
        if any(part.startswith(".") for part in path.split("/")):  # hidden: no matter of a site
            continue
        pure, shown = PurePosixPath(path), posixpath.join(docs, path)
        if folder in pure.parents and pure.suffix != ".md" and pure.suffix.lower() in MARKDOWN:
            yield make_problem("no-issue-by-name", shown, 1, written=pure.name, detail=f"{pure.stem}.md")
        first = seen.setdefault(unicodedata.normalize("NFC", path).casefold(), path)
        if first != path:
            yield make_problem("names-differ-in-case", shown, 1, written=shown, detail=posixpath.join(docs, first))

"""Where old addresses of issues lie among the files of a project, for a command: what a build would not draw."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from urllib.parse import unquote

from ...issues.alias_checks import PageAlias, folders_of, in_the_way_of, sorted_out
from ...issues.index import Index
from ...issues.problems import Problem
from ...site.own_paths import directory_address
from ..project import Project


def alias_problems(project: Project, index: Index) -> list[Problem]:
    """Return what is wrong with the old addresses of issues; pages that only a build makes are not known here."""
    aliases = [
        PageAlias(path=issue.path, alias=alias, line=line)
        for issue in sorted(index.issues, key=lambda it: it.path)
        for alias, line in issue.aliases
    ]
    if not aliases:
        return []
    places = frozenset(_places(project))
    folders = folders_of(places)
    _, problems = sorted_out(
        aliases, lambda place: in_the_way_of(place, places.__contains__, folders.__contains__), project.docs.as_posix()
    )
    return problems


def _places(project: Project) -> Iterator[str]:
    for path in project.file_paths():
        if not path.endswith(".md"):
            yield path
        elif project.without_endings:
            yield posixpath.join(unquote(directory_address(path)), "index.html")
        else:
            yield f"{path.removesuffix('.md')}.html"

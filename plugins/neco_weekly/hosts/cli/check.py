"""`neco check`: problems in the issues, with file and line; what is safe is mended."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from ...display.github_text import annotation
from ...display.words import Strings, load_strings
from ...extension.picture_files import find_beside
from ...issues.checks import check as find_problems
from ...issues.file_name_checks import file_name_problems
from ...issues.image_checks import image_problems
from ...issues.index import Index
from ...issues.link_checks import check_links
from ...issues.problems import Problem, in_order, in_words
from ...issues.silenced import heard, unknown_codes
from ...issues.stage_checks import stage_problems
from ...issues.topic_checks import topic_problems
from ...lock.kep_as_of import KepsAsOf
from ...lock.store import TOPICS_FILE, Lock, load_lock
from ...model.days import day_of_build
from ..project import Project, load_project
from .external_links import Asking, external_options, problems_outside
from .link_targets import LinkTargets
from .mended_issues import mended_files, problems_to_mend, write_mended
from .old_places import alias_problems
from .printing import PROBLEMS, print_json, tell


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path, exists=True))
@click.option("--format", "style", type=click.Choice(["text", "json", "github"]), default="text", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Print the problems as JSON, as --format json does.")
@click.option("--fix", is_flag=True, help="Mend what is safe to mend; readers see the same.")
@click.option("--diff", is_flag=True, help="Print what --fix would change, and write nothing.")
@external_options
@click.pass_context
def check(
    context: click.Context,
    paths: tuple[Path, ...],
    style: str,
    as_json: bool,
    fix: bool,
    diff: bool,
    asking: Asking | None,
) -> None:
    """Find problems in the issues, with file and line. Exits with 1 if there is a warning, or with --diff a mend."""
    checked = Checked(project := load_project(), load_lock(project.metadata), paths)
    words = load_strings(project.locale)
    if diff:
        context.exit(PROBLEMS if _print_diff(checked) else 0)
    if fix:
        _mend(checked)
    style = "json" if as_json else style
    wanted = [in_words(it, words) for it in checked.problems(asking, with_mends=style == "github")]
    _PRINTERS[style](wanted, words)
    if any(problem.severity == "warning" for problem in wanted):
        context.exit(PROBLEMS)


@dataclass(frozen=True, slots=True)
class Checked:
    """A project with its lock, of which only what lies at `paths` is to be told; without paths all."""

    project: Project
    lock: Lock
    paths: tuple[Path, ...] = ()

    def problems(self, asking: Asking | None, *, with_mends: bool) -> list[Problem]:
        """Return all problems, those with whole lines of settings first; with `asking`, other sites are asked."""
        project, lock, docs = self.project, self.lock, self.project.docs.as_posix()
        index = project.read_index()
        found = [
            *_in_issues(project, index, lock),
            *check_links(index, LinkTargets(project, index, lock), docs),
            *stage_problems(index.decided(lock), KepsAsOf(lock, project.releases), docs),
            *image_problems(index, lambda path: _size(project.docs / path), docs),
            *file_name_problems(project.file_paths(), project.issues, docs),
            *alias_problems(project, index),
            *topic_problems(lock.topics, (project.metadata / TOPICS_FILE).as_posix(), project.is_written),
            *unknown_codes(index, docs),
            *(problems_to_mend(project, lock, self.issue_paths) if with_mends else ()),
            *(problems_outside(project, self._told(index), docs, asking) if asking else ()),
        ]
        problems = [*project.problems, *project.folder_problems(), *in_order(found)]
        return [it for it in heard(problems, index, docs, project.ignored) if self._is_wanted(Path(it.path))]

    @property
    def issue_paths(self) -> set[str]:
        """The paths of the issues to look at, relative to the docs folder."""
        return {it for it in self.project.issue_paths() if self._is_wanted(self.project.docs / it)}

    def _told(self, index: Index) -> Index:
        chosen = self.issue_paths
        return Index(tuple(it for it in index.issues if it.path in chosen))

    def _is_wanted(self, path: Path) -> bool:
        return not self.paths or _is_under(path, self.paths)


def _in_issues(project: Project, index: Index, lock: Lock) -> list[Problem]:
    return find_problems(
        index,
        lock,
        lambda path: not path.startswith("../") and (project.docs / path).is_file(),
        project.docs.as_posix(),
        today=day_of_build(os.environ),
        beside=lambda path: find_beside(project.root, project.docs, path),
        style=True,
    )


def _size(file: Path) -> int | None:
    try:
        return file.stat().st_size
    except (OSError, ValueError):
        return None


def _is_under(path: Path, folders: tuple[Path, ...]) -> bool:
    place = Path(os.path.realpath(path))  # unlike `Path.resolve`, this takes a link that leads to itself as it is
    return any(place.is_relative_to(os.path.realpath(folder)) for folder in folders)


# --- mending ------------------------------------------------------------------------------------------------------


def _print_diff(checked: Checked) -> bool:
    """Print what would be mended as a unified diff; return whether there is anything."""
    mended = mended_files(checked.project, checked.lock, checked.issue_paths)
    for path, it in mended.items():
        click.echo(it.diff(path.as_posix()), nl=False)
    return bool(mended)


def _mend(checked: Checked) -> None:
    """Mend the issues, and say how many places of each."""
    mended = mended_files(checked.project, checked.lock, checked.issue_paths)
    write_mended(mended)
    for path, it in mended.items():
        tell(f"{path.as_posix()}: {it.count} mended")


# --- printing -----------------------------------------------------------------------------------------------------


def _print_text(problems: Sequence[Problem], words: Strings) -> None:
    for problem in problems:
        click.echo(f"{problem}" if problem.severity == "warning" else f"{problem}{words('problem.info')}")
    warnings = sum(problem.severity == "warning" for problem in problems)
    click.echo(words("problem.count", warnings=warnings, infos=len(problems) - warnings), err=True)


def _print_github(problems: Sequence[Problem], _words: Strings) -> None:
    """Print problems as annotations of their lines, for a workflow of GitHub, with the line as it is better written.

    GitHub shows ten of a level, so what is only better written comes last.
    """
    for problem in sorted(problems, key=lambda it: it.suggestion is not None):
        level = "warning" if problem.severity == "warning" else "notice"
        said = problem.said if problem.suggestion is None else f"{problem.said}\n\n{problem.suggestion}"
        where = dict(_columns(problem))
        click.echo(annotation(level, said, file=problem.path, line=problem.line, **where, title=problem.code))


def _columns(problem: Problem) -> Iterator[tuple[str, int]]:
    if problem.columns:
        yield "col", problem.columns[0]
        yield "endColumn", problem.columns[1]


_PRINTERS: dict[str, Callable[[Sequence[Problem], Strings], None]] = {
    "text": _print_text,
    "json": lambda problems, words: print_json([problem.document for problem in problems]),
    "github": _print_github,
}

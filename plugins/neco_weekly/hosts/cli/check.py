"""`neco check`: problems in the issues, with file and line."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path

import click

from ...display.github_text import annotation
from ...display.words import Strings, load_strings
from ...extension.picture_files import find_beside
from ...issues.checks import check as find_problems
from ...issues.file_name_checks import file_name_problems
from ...issues.index import Index
from ...issues.link_checks import check_links
from ...issues.problems import Problem, in_order, in_words
from ...issues.topic_checks import topic_problems
from ...lock.store import TOPICS_FILE, Lock, load_lock
from ...model.days import day_of_build
from ..project import Project, load_project
from .link_targets import LinkTargets
from .old_places import alias_problems
from .printing import PROBLEMS, print_json


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path, exists=True))
@click.option("--format", "style", type=click.Choice(["text", "json", "github"]), default="text", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Print the problems as JSON, as --format json does.")
@click.pass_context
def check(context: click.Context, paths: tuple[Path, ...], style: str, as_json: bool) -> None:
    """Find problems in the issues, with file and line. Exits with 1 if there is a warning."""
    project = load_project()
    lock = load_lock(project.metadata)
    index, docs = project.read_index(), project.docs.as_posix()
    found = [
        *_in_issues(project, index, lock),
        *check_links(index, LinkTargets(project, index, lock), docs),
        *file_name_problems(project.file_paths(), project.issues, docs),
        *alias_problems(project, index),
        *topic_problems(lock.topics, (project.metadata / TOPICS_FILE).as_posix(), project.is_written),
    ]
    problems = [*project.problems, *project.folder_problems(), *in_order(found)]
    words = load_strings(project.locale)
    wanted = [in_words(it, words) for it in problems if not paths or _is_under(Path(it.path), paths)]
    _PRINTERS["json" if as_json else style](wanted, words)
    if any(problem.severity == "warning" for problem in wanted):
        context.exit(PROBLEMS)


def _in_issues(project: Project, index: Index, lock: Lock) -> list[Problem]:
    return find_problems(
        index,
        lock,
        lambda path: not path.startswith("../") and (project.docs / path).is_file(),
        project.docs.as_posix(),
        today=day_of_build(os.environ),
        beside=lambda path: find_beside(project.root, project.docs, path),
    )


def _is_under(path: Path, folders: tuple[Path, ...]) -> bool:
    place = Path(os.path.realpath(path))  # unlike `Path.resolve`, this takes a link that leads to itself as it is
    return any(place.is_relative_to(os.path.realpath(folder)) for folder in folders)


def _print_text(problems: Sequence[Problem], words: Strings) -> None:
    for problem in problems:
        click.echo(f"{problem}" if problem.severity == "warning" else f"{problem}{words('problem.info')}")
    warnings = sum(problem.severity == "warning" for problem in problems)
    click.echo(words("problem.count", warnings=warnings, infos=len(problems) - warnings), err=True)


def _print_github(problems: Sequence[Problem], _words: Strings) -> None:
    """Print problems as annotations of their lines, for a workflow of GitHub."""
    for problem in problems:
        level = "warning" if problem.severity == "warning" else "notice"
        click.echo(annotation(level, problem.said, file=problem.path, line=problem.line, title=problem.code))


_PRINTERS: dict[str, Callable[[Sequence[Problem], Strings], None]] = {
    "text": _print_text,
    "json": lambda problems, words: print_json([problem.document for problem in problems]),
    "github": _print_github,
}

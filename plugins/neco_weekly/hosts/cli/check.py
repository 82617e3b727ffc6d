"""`neco check`: problems in the issues, with file and line."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path

import click

from ...display.github_text import annotation
from ...issues.checks import check as find_problems
from ...issues.problems import Problem
from ...lock.store import load_lock
from ...model.days import day_of_build
from ...model.text import counted
from ..project import load_project
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
    problems = [
        *project.problems,
        *find_problems(
            project.read_index(),
            lock,
            lambda path: (project.docs / path).is_file(),
            project.docs.as_posix(),
            today=day_of_build(os.environ),
        ),
    ]
    wanted = [problem for problem in problems if not paths or _is_under(Path(problem.path), paths)]
    _PRINTERS["json" if as_json else style](wanted)
    if any(problem.severity == "warning" for problem in wanted):
        context.exit(PROBLEMS)


def _is_under(path: Path, folders: tuple[Path, ...]) -> bool:
    return any(path.resolve().is_relative_to(folder.resolve()) for folder in folders)


def _print_text(problems: Sequence[Problem]) -> None:
    for problem in problems:
        click.echo(f"{problem}" if problem.severity == "warning" else f"{problem} (information)")
    warnings = sum(problem.severity == "warning" for problem in problems)
    click.echo(f"{counted(warnings, 'problem')}, {len(problems) - warnings} to know.", err=True)


def _print_github(problems: Sequence[Problem]) -> None:
    """Print problems as annotations of their lines, for a workflow of GitHub."""
    for problem in problems:
        level = "warning" if problem.severity == "warning" else "notice"
        message = f"{problem.message}; {problem.hint}"
        click.echo(annotation(level, message, file=problem.path, line=problem.line, title=problem.code))


_PRINTERS: dict[str, Callable[[Sequence[Problem]], None]] = {
    "text": _print_text,
    "json": lambda problems: print_json([asdict(problem) for problem in problems]),
    "github": _print_github,
}

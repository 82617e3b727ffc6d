"""The site in whose folder a command was started."""

from __future__ import annotations

from pathlib import Path

import click

from ...issues.checks import make_problem
from ...issues.index import Index
from ...issues.publication_checks import held_back_problems
from ..project import Project, load_project


def open_project(config_file: Path = Path("mkdocs.yml")) -> Project:
    """Return the project of `mkdocs.yml`; problems of its settings are printed to stderr.

    Raises:
        NecoError: there is no project here, or its settings cannot be read.
    """
    project = load_project(config_file)
    for problem in project.problems:
        click.echo(f"Warning: {problem}", err=True)
    return project


def read_issues(project: Project) -> Index:
    """Return the index of a project's issues; what holds one back that nobody may have meant is printed to stderr.

    Raises:
        NecoError: the issues cannot be read at all.
    """
    index = project.read_index()
    for problem in held_back_problems(index, project.docs.as_posix(), make_problem):
        if problem.severity == "warning":
            click.echo(f"Warning: {problem}", err=True)
    return index

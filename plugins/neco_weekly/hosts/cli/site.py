"""The site in whose folder a command was started."""

from __future__ import annotations

from pathlib import Path

import click

from ...display.words import load_strings
from ...issues.problems import in_words
from ..project import Project, load_project


def open_project(config_file: Path = Path("mkdocs.yml")) -> Project:
    """Return the project of `mkdocs.yml`; problems of its settings are printed to stderr.

    Raises:
        NecoError: there is no project here, or its settings cannot be read.
    """
    project = load_project(config_file)
    for problem in project.problems:
        click.echo(f"Warning: {in_words(problem, load_strings(project.locale))}", err=True)
    return project

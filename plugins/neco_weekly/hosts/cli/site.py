"""The site in whose folder a command was started."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import click

from ...display.words import load_strings
from ...grammar.issue_files import UnreadableTextError, read_issue_text
from ...issues.exchange.past_issue import PastIssue
from ...issues.index import Index
from ...issues.problems import Problem, in_words
from ...issues.publication_checks import held_back_problems
from ...issues.topic_checks import topic_problems
from ...lock.store import TOPICS_FILE, Lock, load_lock
from ..project import Project, load_project


def open_project(config_file: Path = Path("mkdocs.yml")) -> Project:
    """Return the project of `mkdocs.yml`; warnings about its settings are printed to stderr.

    Raises:
        NecoError: there is no project here, or its settings cannot be read.
    """
    project = load_project(config_file)
    for problem in project.problems:
        if problem.severity == "warning":
            _warn(problem, project)
    return project


def read_issues(project: Project) -> Index:
    """Return the index of a project's issues; what holds one back, or all, that nobody may have meant goes to stderr.

    Raises:
        NecoError: the issues cannot be read at all.
    """
    index = project.read_index()
    for problem in (*project.folder_problems(), *held_back_problems(index, project.docs.as_posix())):
        if problem.severity == "warning":
            _warn(problem, project)
    return index


def past_issues(project: Project) -> list[PastIssue]:
    """Return all issues of a project, public or not; of a file that cannot be read its path tells the day."""
    return [_past_issue(project, path) for path in project.issue_paths()]


def _past_issue(project: Project, path: str) -> PastIssue:
    with suppress(UnreadableTextError):
        return PastIssue.of(path, read_issue_text(project.docs / path, path))
    return PastIssue.of(path, "")


def load_lock_of(project: Project) -> Lock:
    """Return the lock of a project; mistakes in `topics.yml`, which cost nothing else, are printed to stderr.

    Raises:
        NecoError: the lock is damaged.
    """
    lock = load_lock(project.metadata)
    for problem in topic_problems(lock.topics, (project.metadata / TOPICS_FILE).as_posix(), lambda _: False):
        _warn(problem, project)
    return lock


def _warn(problem: Problem, project: Project) -> None:
    click.echo(f"Warning: {in_words(problem, load_strings(project.locale))}", err=True)

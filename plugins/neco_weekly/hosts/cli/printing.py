"""What commands print and write: JSON on stdout, files."""

from __future__ import annotations

import json
from pathlib import Path

import click

from ...lock.whole_files import write_whole
from ...model.errors import NecoError

PROBLEMS = 1
"""The exit status of a command that found problems."""


def print_json(document: object) -> None:
    """Print a result as JSON, for machines."""
    click.echo(json.dumps(document, ensure_ascii=False, indent=2))


def tell(line: str) -> None:
    """Print a line of progress to stderr."""
    click.echo(line, err=True)


def write(path: Path, text: str) -> None:
    """Write a file and the folders above it.

    Raises:
        NecoError: the file cannot be written.
    """
    try:
        write_whole(path, text)
    except OSError as error:
        raise NecoError(f"{path}: cannot be written ({error.strerror}); choose another place") from error

"""What commands print and write."""

from __future__ import annotations

import json
from pathlib import Path

import click

from ...lock.whole_files import write_whole
from ...model.errors import NecoError

PROBLEMS = 1
"""Exit status where problems were found."""


def print_json(document: object) -> None:
    """A result for machines."""
    click.echo(json.dumps(document, ensure_ascii=False, indent=2))


def write(path: Path, text: str) -> None:
    """Write a file and the folders above it; raises NecoError."""
    try:
        write_whole(path, text)
    except OSError as error:
        raise NecoError(f"{path}: cannot be written ({error.strerror}); choose another place") from error

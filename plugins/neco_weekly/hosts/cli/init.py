"""`neco init`: a new site in a folder, or what a site of MkDocs that is there still needs."""

from __future__ import annotations

import os
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import click

from ...model.days import day_of_build
from ...model.errors import NecoError
from ...model.text import one_line
from ..starter.new_files import REQUIRED
from ..starter.start import Begun, start
from .printing import print_json

FROM_A_FILE = (
    f"{REQUIRED} names neco-weekly as package indexes have it, and here it was installed from a file: until an index "
    "has it, commit the wheel and name its path there"
)
"""What is told whose workflows would look in vain for what was installed here."""


@click.command()
@click.argument("folder", default=".", type=click.Path(path_type=Path), metavar="[DIR]")
@click.option("--github", is_flag=True, help="Write the workflows too, which build, refresh and publish on GitHub.")
@click.option("--name", help="The site's name; by default that of the folder.")
@click.option("--locale", type=click.Choice(["ja", "en"]), default="ja", show_default=True, help="The site's language.")
@click.option("--json", "as_json", is_flag=True, help="Print what was written and left as JSON.")
def init(folder: Path, github: bool, name: str | None, locale: str, as_json: bool) -> None:
    """Begin a site in DIR, an empty folder or a site of MkDocs; by default here. Nothing that is there is changed."""
    if folder.exists() and not folder.is_dir():
        raise NecoError(f"{folder}: is a file; name a folder")
    name = one_line(name or folder.resolve().name) or "Weekly"
    begun = start(folder, name=name, locale=locale, day=day_of_build(os.environ), github=github)
    if as_json:
        print_json(begun.document)
    else:
        _tell(begun, folder)


def _tell(begun: Begun, folder: Path) -> None:
    for path in begun.written:
        click.echo(f"wrote {path}")
    for path in begun.left:
        click.echo(f"left  {path}, which was there")
    if REQUIRED in begun.written and _is_from_a_file():
        click.echo(f"note  {FROM_A_FILE}")
    for path, lines in begun.add.items():
        click.echo(f"\nAdd to {path}:\n\n{lines}", nl=False)
    here = "" if folder.resolve() == Path.cwd() else f"cd {folder} && "
    first = "put these lines in, then " if begun.add else ""
    click.echo(f"\nNext: {first}{here}neco serve", err=True)


def _is_from_a_file() -> bool:
    """Whether this package was installed from a file or folder (https://peps.python.org/pep-0610/)."""
    try:
        return distribution("neco-weekly").read_text("direct_url.json") is not None
    except PackageNotFoundError:
        return True

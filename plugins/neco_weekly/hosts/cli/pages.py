"""`neco pages`: the generated pages as Markdown, for hosts without MkDocs plugins."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import urljoin

import click

from ...display.words import load_strings
from ...lock.kep_as_of import KepsAsOf
from ...lock.store import load_lock
from ...model.errors import NecoError
from ...model.text import counted
from ...site.pages import Site, directory_address
from ..settings import root_of
from .printing import print_json, write
from .site import open_project, read_issues


@click.command()
@click.option("--write", "folder", required=True, type=click.Path(path_type=Path, file_okay=False), metavar="DIR")
@click.option("--json", "as_json", is_flag=True, help="Print the written paths as JSON.")
def pages(folder: Path, as_json: bool) -> None:
    """Write the generated pages as Markdown, for hosts without MkDocs plugins."""
    project = open_project()
    if os.path.realpath(folder) == os.path.realpath(project.docs):
        raise NecoError(f"{folder}: is where people write, and their pages stay as they are; name a copy of it")
    lock = load_lock(project.metadata)
    keps_as_of = KepsAsOf(lock, project.releases)
    words, is_written = load_strings(project.locale), project.is_written
    root = root_of(project.site_url)
    site = Site(
        read_issues(project),
        keps_as_of,
        words,
        project.issues,
        is_written=is_written,
        name=project.site_name,
        absolute=(lambda path: urljoin(root, directory_address(path))) if root else None,
    )
    written = []
    for page in site.files_for(project.own_page_at, project.site_name, project.site_description):
        write(folder / page.path, page.content)
        written.append(page.path)
    if as_json:
        print_json(written)
    else:
        click.echo(f"{counted(len(written), 'file')} written to {folder}.")

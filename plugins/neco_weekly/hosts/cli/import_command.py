"""`neco import`: issues from elsewhere, a book of HonKit, articles of Zenn or posts of Jekyll."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from ...grammar.front_matter import take_apart
from ...grammar.issue_files import IssueFile, is_issue
from ...issues.exchange.importing.honkit_book import import_honkit
from ...issues.exchange.importing.jekyll_posts import import_jekyll
from ...issues.exchange.importing.material import Destination, Import, Material
from ...issues.exchange.importing.zenn_articles import import_zenn
from ...issues.scan import Scanner
from ...model.errors import NecoError
from ...model.issues import ScanResult
from ..project import Project
from .import_report import Report
from .import_source import first_days, open_source
from .import_writing import write_import
from .printing import PROBLEMS, print_json
from .site import open_project

_Convert = Callable[[Material, Destination], Import]

_FROM: dict[str, tuple[_Convert, str]] = {
    "honkit": (
        import_honkit,
        """Bring in a book of HonKit or GitBook: the pages of its SUMMARY.md, or else all Markdown of its folders.

        Its README becomes `about.md` in the docs folder. The old address of each page is kept as an alias.
        """,
    ),
    "zenn": (import_zenn, "Bring in a repository of Zenn: its articles, with the pictures that they show."),
    "jekyll": (
        import_jekyll,
        """Bring in the posts of a blog of Jekyll, each as the issue of the day in its file's name.

        Tags of Liquid that cannot be converted stay, and are told. The old address of each post is kept as an alias.
        """,
    ),
}


@click.group()
def bring_in() -> None:
    """Bring in issues from elsewhere, with their pictures, links and old addresses.

    SRC is a folder, a git URL, or a bare clone on this machine. Links of file systems are not followed, and hidden
    files and `node_modules` are not read. What is there in the site already stays as it is, and is told where it says
    something else: a second run brings only what is new. Exits with 1 where something is left for a person.
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """What a person has asked for on the command line."""

    source: str
    dest: Path | None
    dated: bool
    dry: bool
    as_json: bool
    cache_dir: Path | None


_OPTIONS = (
    click.argument("source", metavar="SRC"),
    click.option("--dest", type=click.Path(path_type=Path), help="Folder for the issues; by default docs/issues."),
    click.option(
        "--date-from-commits", "dated", is_flag=True, help="Give an issue without a day that of its first commit."
    ),
    click.option("--dry-run", "dry", is_flag=True, help="Tell what would be imported, and write nothing."),
    click.option("--json", "as_json", is_flag=True, help="Print the report as JSON."),
    click.option("--cache-dir", type=click.Path(path_type=Path, file_okay=False), help="Where clones are kept."),
)


def _add(kind: str, convert: _Convert, text: str) -> None:
    """Add a command for a kind of source."""

    def command(**given: Any) -> None:
        if _bring(convert, _Asked(**given)):
            click.get_current_context().exit(PROBLEMS)

    for option in reversed(_OPTIONS):
        command = option(command)
    bring_in.command(kind, help=text)(command)


def _bring(convert: _Convert, asked: _Asked) -> bool:
    """Bring in what was asked for and tell of it; return whether something is left for a person."""
    project = open_project()
    folder, cache = _below_docs(project, asked.dest or project.docs / project.issues), asked.cache_dir or project.cache
    days = first_days(asked.source, cache_dir=cache) if asked.dated else {}
    material = open_source(asked.source, cache_dir=cache, own=project.docs / folder)
    to = Destination(folder=folder, issues=project.issues, scan=_scan_of(project), days=days.get)
    found = convert(material, to)
    written = write_import(found, material, project.docs, dry=asked.dry)
    docs = project.docs.as_posix()
    report = Report(found=found, written=written, material=material, docs=docs, issues=project.issues, dry=asked.dry)
    if asked.as_json:
        print_json(report.document)
    else:
        click.echo("\n".join(report.lines()))
    return bool(report.remarks)


def _below_docs(project: Project, dest: Path) -> str:
    """Return a folder as a path from the docs folder.

    Raises:
        NecoError: it is none below the folder of the issues, or something else is there.
    """
    path = Path(os.path.normpath(dest.absolute()))
    issues = Path(os.path.normpath((project.docs / project.issues).absolute()))
    if not path.is_relative_to(issues):
        raise NecoError(f"{dest}: is not in {(project.docs / project.issues).as_posix()}, where the site's issues are")
    if path.exists() and not path.is_dir():
        raise NecoError(f"{dest}: is a file; name a folder")
    if not project.docs.is_dir():
        raise NecoError(f"{project.docs}: does not exist; run `neco init` first")
    return path.relative_to(os.path.normpath(project.docs.absolute())).as_posix()


def _scan_of(project: Project) -> Callable[[str, str], ScanResult | None]:
    """Return a function that reads the text of an issue at a path as the site does."""
    scanners: list[Scanner] = []

    def scan(path: str, text: str) -> ScanResult | None:
        if not is_issue(path, project.issues):
            return None
        if not scanners:  # only where a link names a heading
            scanners.append(project.scanner(project.grammar))
        parts = take_apart(text)
        return scanners[0].scan(parts.body, IssueFile(path=path, meta=parts.meta))

    return scan


for _kind, (_convert, _text) in _FROM.items():
    _add(_kind, _convert, _text)

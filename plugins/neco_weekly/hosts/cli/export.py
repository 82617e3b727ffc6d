"""`neco export`: an issue for Zenn, Qiita, Hatena Blog, GitHub or mail, with its pictures; nothing is overwritten."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from ...lock.whole_files import ChangedError, write_over
from ...model.errors import NecoError
from ...site.export.also_places import also_lines, with_place
from ...site.export.article_front_matter import SLUG
from ...site.export.export_values import Exported
from ...site.export.markdown_export import export_markdown
from .arguments import Address
from .export_reading import IssueRead, read_for_export
from .export_writing import write_export
from .printing import PROBLEMS, print_json, tell
from .site import open_project

TARGETS = ("zenn", "hatena", "qiita", "email", "markdown")
"""The names of all targets."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _ExportOptions:
    target: str
    issue: str
    out: Path | None
    slug: str | None
    draft: bool
    force: bool
    strict: bool
    record: str | None
    as_json: bool


@click.command()
@click.argument("target", type=click.Choice(TARGETS))
@click.argument("issue")
@click.option("--out", type=click.Path(path_type=Path), help="The folder to write into; by default export/TARGET.")
@click.option("--slug", help="The file's name; by default that of the issue, for Zenn made to fit its rules.")
@click.option(
    "--draft", is_flag=True, help="Export an issue that is not public; where it can, it says that it is none."
)
@click.option("--force", is_flag=True, help="Overwrite what was exported before.")
@click.option("--strict", is_flag=True, help="Exit with 1 where something of the issue is lost.")
@click.option("--record", type=Address(), help="Export nothing, but write this address into the issue's `also`.")
@click.option("--json", "as_json", is_flag=True, help="Print files and remarks as JSON.")
@click.pass_context
def export(context: click.Context, /, **options: Any) -> None:
    """Write ISSUE, a path or a day, for a TARGET: in its own form, with the pictures that go with it.

    Printed are the paths of the files; what the target cannot say goes to stderr, with file and line. Comments and
    issues that are not public stay at home. Behind a reference to a KEP stands what is known of it, between marks by
    which an import leaves that out again.

    --record URL: when the issue is published there, the site's page of it says so.
    """
    asked, project = _ExportOptions(**options), open_project()
    read = read_for_export(project, asked.issue, draft=asked.draft or asked.record is not None)
    if asked.record:
        _record(read, asked.record)
        return
    if project.grammar != "github":
        tell(f"{project.config_file.as_posix()}: has another `grammar`; an export reads issues as GitHub's Markdown")
    exported = _exported(read, asked.target, asked.slug)
    written = write_export(exported, asked.out or Path("export", asked.target), force=asked.force)
    _print(exported, written, read.file, asked)
    if asked.strict and any(it.is_lost for it in exported.remarks):
        context.exit(PROBLEMS)


_NAME = re.compile(r"[a-z0-9_-]{1,50}")


def _exported(read: IssueRead, target: str, slug: str | None) -> Exported:
    """Return an issue as a target has it.

    Raises:
        NecoError: the target does not take the name, or lacks something.
    """
    if slug is not None and not (SLUG if target == "zenn" else _NAME).fullmatch(slug):
        least = 12 if target == "zenn" else 1
        raise NecoError(f"--slug {slug}: is no name; write {least} to 50 of the signs a to z, 0 to 9, - and _")
    if target == "email":
        return read.mail(slug or "").exported()
    return export_markdown(read.issue, target, read.outside.around(), name=slug or "")


def _print(exported: Exported, written: list[Path], file: Path, asked: _ExportOptions) -> None:
    shown = file.as_posix()
    if asked.as_json:
        remarks = [{"path": shown, "line": it.line, "what": it.what, "lost": it.is_lost} for it in exported.remarks]
        print_json({"target": asked.target, "files": [it.as_posix() for it in written], "remarks": remarks})
        return
    for it in exported.remarks:
        tell(f"{shown}:{it.line}: {it.what}")
    for path in written:
        click.echo(path.as_posix())
    tell(f"Where it is published, `neco export {asked.target} {asked.issue} --record URL` writes into the issue.")


def _record(read: IssueRead, address: str) -> None:
    """Write an address into an issue's front matter.

    Raises:
        NecoError: the front matter cannot be changed by a program, or the file not be written.
    """
    new, shown = with_place(read.text, address), read.file.as_posix()
    if new is None:
        lines = "; ".join(it.strip() for it in also_lines([*read.issue.also, address]).splitlines())
        raise NecoError(f"{shown}:1: front matter of this form is yours to change; write there: {lines}")
    if new == read.text:
        tell(f"{shown}: names {address} already.")
        return
    old = read.file.read_bytes()
    written = new.replace("\n", "\r\n") if b"\r\n" in old else new
    try:
        write_over({read.file: written}, {read.file: old})
    except ChangedError as error:
        raise NecoError(f"{shown}: was changed meanwhile and stays as it is; record the address again") from error
    except OSError as error:
        raise NecoError(f"{shown}: cannot be written ({error.strerror}); make it a file that can be written") from error
    click.echo(shown)

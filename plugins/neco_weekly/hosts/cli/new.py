"""`neco new`: the file of the next issue after the team's pattern, maybe with a draft; nothing is overwritten."""

from __future__ import annotations

import datetime as dt
import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import click

from ...display.words import load_strings
from ...grammar.issue_files import read_issue_text
from ...grammar.kep_headings import heading_form
from ...issues.exchange.issue_template import IssueTemplate, issue_text
from ...issues.exchange.next_issue import NextIssue, next_day, next_issue
from ...issues.exchange.past_issue import PastIssue
from ...issues.index import Index
from ...lock.folder_locks import only_writer
from ...lock.kep_as_of import KepsAsOf
from ...lock.releases_as_of import ReleasesAsOf
from ...lock.store import Lock
from ...lock.whole_files import ChangedError, write_new
from ...model.days import day_of_build
from ...model.errors import NecoError
from ...model.text import counted
from ...site.release_draft import ReleaseDraft, check_release
from ..project import Project
from ..starter.new_files import TEMPLATE
from .arguments import Day, ReleaseType
from .new_digest import digest_comment
from .printing import print_json
from .site import load_lock_of, open_project, past_issues, read_issues


@dataclass(frozen=True, slots=True, kw_only=True)
class _Draft:
    """What a draft on a release says: its body, and what is told of that beside the issue in JSON.

    `unknown` is how many of its KEPs no issue has mentioned, so that they have no page yet.
    """

    body: str = ""
    document: dict[str, Any]
    unknown: int = 0


@click.command()
@click.option("--date", type=Day(), help="The issue's day; by default the next in the rhythm of the newest issues.")
@click.option("--title", help="The issue's title; by default that of the newest issues with the next day and number.")
@click.option("--release", type=ReleaseType(), help="Draft an issue on this release of Kubernetes: 1.36.")
@click.option("--digest/--no-digest", default=True, help="Put what happened since the last issue into a comment.")
@click.option("--json", "as_json", is_flag=True, help="Print path, date, number and title as JSON.")
def new(date: dt.date | None, title: str | None, release: str | None, digest: bool, as_json: bool) -> None:
    """Write the file of the next issue, in the folder, with the title and the front matter that the newest ones have.

    Printed is the path of the file. A file that is there is never overwritten. The text is that of the team's pattern,
    _templates/issue.md in the docs folder, where there is one.

    --release: the draft has a heading for each KEP of the release, by stage, with what is known of the KEP in a
    comment; what was planned and did not come stands apart. The lock tells: run `neco refresh` before.
    """
    project = open_project()
    past = past_issues(project)
    days = [it.date for it in past if it.date]
    day = date or next_day(days) or day_of_build(os.environ)
    unnamed = load_strings(project.locale)("draft.title", site=project.site_name, day=day).strip()
    issue = next_issue(past, day, folder=project.issues, title=title, unnamed=unnamed)
    _refuse_second(past, issue, project)
    lock, read = load_lock_of(project), cache(lambda: read_issues(project))
    draft = _draft(release, issue, past, project, lock, read()) if release else _Draft(document={})
    comment = digest_comment(project, lock, read(), issue.path) if digest and past and lock.as_of else ""
    path = project.docs / issue.path
    _write_new(path, _text(project, issue, named=title is not None, digest=comment, draft=draft.body))
    if date is None:
        _tell_of_past_day(issue.date, days)
    if draft.unknown:
        keps = counted(draft.unknown, "KEP")
        click.echo(
            f"The site has no page yet for {keps} of the draft: run `neco refresh` when it is written.", err=True
        )
    if not as_json:
        click.echo(path)
        return
    told = {"path": path.as_posix(), "date": issue.date.isoformat(), "number": issue.number, "title": issue.title}
    print_json(told | draft.document)


def _refuse_second(past: list[PastIssue], issue: NextIssue, project: Project) -> None:
    """Refuse an issue of a day that has one.

    Raises:
        NecoError: there is an issue of that day.
    """
    for it in past:
        if it.date == issue.date:
            where = (project.docs / it.path).as_posix()
            raise NecoError(f"{where}: is the issue of {issue.date}; write there, or name another day with --date")


def _text(project: Project, issue: NextIssue, *, named: bool, digest: str, draft: str) -> str:
    """Return the text of the issue, after the team's pattern where there is one.

    Raises:
        NecoError: the pattern cannot be read or drawn.
    """
    file = project.docs / TEMPLATE
    if not file.exists():
        return issue.text("\n".join(it if it.endswith("\n") else f"{it}\n" for it in (draft, digest) if it))
    template = IssueTemplate(text=read_issue_text(file, file.as_posix()), path=file.as_posix())
    return issue_text(template, issue, named=named, digest=digest, draft=draft)


def _draft(release: str, issue: NextIssue, past: list[PastIssue], project: Project, lock: Lock, index: Index) -> _Draft:
    """Return the draft on a release, from the lock and all issues.

    Raises:
        NecoError: nothing can be drafted of the release, or the issues cannot be read.
    """
    releases = ReleasesAsOf(KepsAsOf(lock, project.releases))
    check_release(release, releases)
    newest = sorted((it for it in past if it.date), key=lambda it: str(it.date), reverse=True)
    draft = ReleaseDraft.of(
        release,
        releases,
        index.decided(lock),
        issue.path,
        heading_form(it.parts.body for it in newest),
        load_strings(project.locale),
    )
    unknown = sum(it.number not in lock.numbers for it in draft.rows.rows)
    return _Draft(body=draft.markdown(), document=draft.document(), unknown=unknown)


def _write_new(path: Path, text: str) -> None:
    """Write a file where there is none.

    Raises:
        NecoError: there is something in its place, or it cannot be written.
    """
    try:
        with only_writer(path.parent):
            write_new(path, text)
    except ChangedError as error:
        what = f"{path.as_posix()}: is there already and stays as it is; name another day with --date"
        raise NecoError(what) from error
    except OSError as error:
        raise NecoError(f"{path.as_posix()}: cannot be written ({error.strerror}); choose another day") from error


def _tell_of_past_day(day: dt.date, days: list[dt.date]) -> None:
    """Print to stderr that the rhythm of the issues leads to a day that has passed, and to which day it leads next."""
    today, coming = day_of_build(os.environ), day
    while coming < today:
        days.append(coming)
        coming = next_day(days) or today
    if coming != day:
        click.echo(f"{day} has passed; for the next day in the rhythm of the issues write --date {coming}.", err=True)

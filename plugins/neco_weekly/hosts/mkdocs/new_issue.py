"""The link with which writers begin the next issue, at the end of the list of all issues."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from ...grammar.issue_files import UnreadableTextError, read_issue_text
from ...issues.exchange.issue_template import IssueTemplate, issue_text
from ...issues.exchange.next_issue import NEWEST, next_day, next_issue
from ...issues.exchange.past_issue import PastIssue
from ...model.errors import NecoError
from ...model.issues import Issue
from ...site.new_issue_link import NewIssueLink
from ..starter.new_files import TEMPLATE
from .build import Build
from .setup import Setup


def offer_new_issue(setup: Setup, build: Build, site_name: str) -> None:
    """Put the link behind the list of all issues, where pages are edited on GitHub; drafts have no part in it."""
    archive, dated = build.files.page(f"{setup.settings.issues}/index.md"), [it for it in build.index.issues if it.date]
    if archive is None or archive.content is None or not dated or 'class="neco-archive-year"' not in archive.content:
        return
    newest = build.files.page(dated[0].path)
    if newest is None or not newest.edit_url:
        return
    with suppress(NecoError):  # `neco new` says what is wrong with the team's pattern
        if link := _link(setup, dated, newest.edit_url, site_name):
            archive.content += link.html(setup.words)


def _link(setup: Setup, dated: list[Issue], edit_url: str, site_name: str) -> NewIssueLink | None:
    days = [it.date for it in dated if it.date]
    day = next_day(days)
    if day is None:
        return None
    past = [_past(setup, it, is_read=place < NEWEST) for place, it in enumerate(dated)]
    unnamed = setup.words("draft.title", site=site_name, day=day).strip()
    issue = next_issue(past, day, folder=setup.settings.issues, title=None, unnamed=unnamed)
    file = Path(setup.docs, TEMPLATE)
    text = issue.text()
    if file.is_file():
        text = issue_text(IssueTemplate(text=read_issue_text(file, TEMPLATE), path=TEMPLATE), issue)
    return NewIssueLink.of(edit_url, dated[0].path, issue.path, text, number=issue.number, days=days)


def _past(setup: Setup, issue: Issue, *, is_read: bool) -> PastIssue:
    """Return an issue as the next one follows from it; older ones only tell their day and number."""
    text = ""
    if is_read:
        with suppress(UnreadableTextError):
            text = read_issue_text(Path(setup.docs, issue.path), issue.path)
    found = PastIssue.of(issue.path, text)
    return found if text else replace(found, title=issue.title, date=issue.date, number=issue.own_number)

"""What an export reads: one issue of the project, as its file has it and as its page is drawn."""

from __future__ import annotations

import datetime as dt
import os
from dataclasses import dataclass
from pathlib import Path

from markdown import Markdown

from ...display.words import load_strings
from ...extension.python_markdown import NecoWeeklyExtension
from ...grammar.front_matter import Parts, take_apart
from ...grammar.front_matter_values import written_title
from ...grammar.issue_files import IssueFile, is_issue, read_issue_text
from ...grammar.line_ends import keeps_line_ends
from ...grammar.publication import why_held_back
from ...issues.index import make_issue
from ...lock.kep_as_of import KepsAsOf
from ...model.days import day_of_build
from ...model.errors import NecoError
from ...model.issues import Issue, ScanResult
from ...site.export.email_page import Mail
from ...site.export.export_values import IssueToExport
from ...site.export.public_text import public_text
from ..issue_outside import IssueOutside
from ..project import Project
from .site import load_lock_of

_NEVER = ("broken-front-matter", "empty-issue")
"""Why an issue may be held back that nobody can want to have exported."""


@dataclass(frozen=True, kw_only=True)
class IssueRead:
    """An issue that was read: its `file` and `text`, its page as drawn, and what an export takes of both."""

    file: Path
    text: str
    html: str
    issue: IssueToExport
    outside: IssueOutside

    def mail(self, name: str) -> Mail:
        """Return the issue as a mail to be, in a file of this name.

        Raises:
            NecoError: the site has no address.
        """
        address = self.outside.site_address(self.issue.path)
        if address is None:
            config = self.outside.project.config_file.as_posix()
            raise NecoError(
                f"{config}: has no `site_url`, where the pictures and links of a mail lead; add the site's address"
            )
        return Mail(
            issue=self.issue,
            html=self.html,
            address=address,
            around=self.outside.around(),
            words=load_strings(self.outside.project.locale),
            kep_address=self.outside.kep_address,
            picture_address=self.outside.site_address,
            name=name,
        )


def read_for_export(project: Project, named: str, *, draft: bool) -> IssueRead:
    """Return the issue that is named by a path or a day; with `draft` it need not be public.

    Raises:
        NecoError: there is no such issue, it is not public, or it cannot be read.
    """
    path = _path_of(project, named)
    file = project.docs / path
    text = read_issue_text(file, file.as_posix())
    parts, today = take_apart(text), day_of_build(os.environ)
    is_public = _check_public(parts, today, file, draft=draft)
    keps_as_of = KepsAsOf(load_lock_of(project), project.releases)
    html, issue = _drawn(project, keps_as_of, path, parts)
    body, line_of = public_text(parts.body, parts.body_line, shown=html.count("&lt;!--"))
    exported = IssueToExport(
        path=path,
        title=issue.title,
        body=body,
        line_of=line_of,
        written_title=written_title(parts.meta),
        date=issue.date,
        tags=issue.tags,
        also=issue.also,
        meta=parts.meta,
        is_public=is_public,
        keeps_breaks=keeps_line_ends(parts.meta),
        extensions=frozenset(project.extensions),
        correction=load_strings(project.locale)("correction.mark"),
        site_name=project.site_name,
    )
    outside = IssueOutside(project=project, keps_as_of=keps_as_of, path=path, day=issue.date, today=today)
    return IssueRead(file=file, text=text, html=html, issue=exported, outside=outside)


def _check_public(parts: Parts, today: dt.date, file: Path, *, draft: bool) -> bool:
    """Return whether an issue is public; with `draft` it need not be.

    Raises:
        NecoError: it is not, or cannot be read.
    """
    hold = why_held_back(parts, today)
    if hold and (hold.code in _NEVER or not draft):
        why = " ".join(filter(None, (hold.code.replace("-", " "), hold.detail and f"({hold.detail})")))
        what = "correct it" if hold.code in _NEVER else "publish it, or export it as a draft with --draft"
        raise NecoError(f"{file.as_posix()}:{hold.line}: is not public, {why}; {what}")
    return hold is None


def _path_of(project: Project, named: str) -> str:
    """Return the path in the docs folder of the issue that is named by a path, from here or from there, or by a day."""
    known = list(project.issue_paths())
    with_day = [it for it in known if Path(it).stem == named]
    for path in (*_below(project.docs, Path(named)), Path(named).as_posix()):
        if path in known:
            return path
    if len(with_day) == 1:
        return with_day[0]
    if Path(named).is_file() and not any(is_issue(it, project.issues) for it in _below(project.docs, Path(named))):
        raise NecoError(f"{named}: is no issue of {(project.docs / project.issues).as_posix()}; name one of these")
    raise NecoError(f"{named}: there is no such issue; name the path of its file, or its day as 2026-07-10")


def _below(docs: Path, path: Path) -> list[str]:
    absolute, folder = path.absolute(), docs.absolute()
    return [absolute.relative_to(folder).as_posix()] if absolute.is_relative_to(folder) else []


def _drawn(project: Project, keps_as_of: KepsAsOf, path: str, parts: Parts) -> tuple[str, Issue]:
    """Return the HTML of an issue as its page draws it, and what is found in it."""
    found: list[ScanResult] = []
    ours = NecoWeeklyExtension(
        keps_as_of=keps_as_of,
        report=found.append,
        site_url=project.site_url,
        grammar=project.grammar,
        locale=project.locale,
    )
    ours.scanned = IssueFile(path=path, meta=parts.meta)
    try:
        md = Markdown(
            extensions=[*project.extensions, ours],
            extension_configs={name: dict(config) for name, config in project.extension_configs.items()},
        )
    except (ImportError, AttributeError, KeyError, TypeError, ValueError) as error:
        raise NecoError(f"markdown_extensions: {error}; correct it in mkdocs.yml, or install it") from error
    html = md.convert(parts.body)
    return html, make_issue(path, parts, found[-1] if found else ScanResult())

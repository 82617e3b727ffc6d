"""What follows from other pages, put into those of issues when all are rendered: follow-ups, topics, related issues."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from mkdocs.structure.pages import Page

from ...issues.follow_ups import FollowUp, follow_ups
from ...model.issues import Issue
from ...site.around_issues import AroundIssues
from ...site.issue_front import IssueFront
from ...site.later_lines import Address, with_later_lines
from .build import Build
from .design import dress_issue
from .kept_drawings import Wanted, digest_of
from .laid_down_page import is_rendered
from .setup import Setup

Later = Mapping[str, tuple[FollowUp, ...]]
"""What later issues say of each issue, by the earlier one's path, oldest first."""


def show_later(setup: Setup, build: Build, only: str = "") -> Later:
    """Put a line for each follow-up and correction into the page of the issue that it is about; return all of them.

    The page cache keeps pages without these lines, for they follow from other pages. With `only` the page of that path
    alone gets them.
    """
    later = follow_ups(build.index)
    for path, found in later.items():
        page = build.files.page(path) if only in ("", path) else None
        if page is not None and is_rendered(page):
            page.content = with_later_lines(page.content or "", found, _addresses(build, page), setup.words)
    return later


def show_topics(setup: Setup, build: Build, only: str = "") -> None:
    """Put into each page of an issue its topics, what is current of releases it reports, and related issues.

    In our design these have their places in the issue's end, and the page has a head. With `only` the page of that path
    alone gets them.
    """
    around, front = AroundIssues(build.site, tells_now=setup.settings.now), IssueFront(build.site)
    issues = (it for it in (*build.index.issues, *build.drafts) if only in ("", it.path))
    found = [(it, page) for it in issues if (page := build.files.page(it.path)) and is_rendered(page)]
    wanted = [
        Wanted(
            name=f"around {issue.path}",
            own=[page.file.dest_uri, page.edit_url, digest_of(page.content or "")],
            draw=partial(_drawn, build, around, front, issue, page),
        )
        for issue, page in found
    ]
    for (issue, page), [text] in zip(found, build.drawings.each(wanted), strict=True):
        page.content = text
        if setup.settings.design:
            dress_issue(page, front.site.headlines.of(issue).title)


def _drawn(build: Build, around: AroundIssues, front: IssueFront, issue: Issue, page: Page) -> list[str]:
    """Return the page of an issue with what stands around its text."""
    html, address = page.content or "", partial(_address, build, page)
    if not build.settings.design:
        return [around.around(issue, html, address)]
    html = around.with_releases(issue, html, address)
    topics, related = around.topics(issue, address), around.related(issue, address)
    return [front.dressed(issue, html, address, edit_url=page.edit_url or "", topics=topics, related=related)]


def _addresses(build: Build, page: Page) -> Address:
    """Return a function that returns the address of a later section as seen from a page."""

    def address(it: FollowUp) -> str:
        anchor = f"#{it.heading.anchor}" if it.heading.anchor else ""
        return f"{_address(build, page, it.path)}{anchor}"

    return address


def _address(build: Build, page: Page, path: str) -> str:
    """Return the address of the page at a path as seen from another; the path itself where there is no such page."""
    file = build.files.find(path)
    return file.url_relative_to(page.file) if file else path

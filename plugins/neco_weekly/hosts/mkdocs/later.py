"""What later issues say of earlier ones, put into the pages of these when all pages are rendered."""

from __future__ import annotations

from collections.abc import Mapping

from mkdocs.structure.pages import Page

from ...issues.follow_ups import FollowUp, follow_ups
from ...site.later_lines import Address, with_later_lines
from .build import Build
from .setup import Setup

Later = Mapping[str, tuple[FollowUp, ...]]
"""What later issues say of each issue, by the earlier one's path, oldest first."""


def show_later(setup: Setup, build: Build) -> Later:
    """Put a line for each follow-up and correction into the page of the issue that it is about; return all of them.

    The page cache keeps pages without these lines, for they follow from other pages.
    """
    later = follow_ups(build.index)
    for path, found in later.items():
        page = build.files.page(path)
        if page is not None and page.content is not None:
            page.content = with_later_lines(page.content, found, _addresses(build, page), setup.words)
    return later


def _addresses(build: Build, page: Page) -> Address:
    """Return a function that returns the address of a later section as seen from a page."""

    def address(it: FollowUp) -> str:
        file = build.files.find(it.path)
        anchor = f"#{it.heading.anchor}" if it.heading.anchor else ""
        return f"{file.url_relative_to(page.file) if file else it.path}{anchor}"

    return address

"""What our design does to pages that MkDocs and its theme draw: which parts of the theme's page these do without."""

from __future__ import annotations

from html import escape

from mkdocs.structure.pages import Page

from ...grammar.issue_files import is_issue
from ...site.foreign_texts import with_language
from ...site.issue_front import with_list_beside
from .build import Build
from .setup import Setup

_NOT_ON_HOME = ("navigation", "toc", "footer")
"""Parts of Material's page that the home does without, as `hide` of a page's front matter names them."""


def design_pages(setup: Setup, build: Build) -> None:
    """Leave out on the home what belongs to pages in a row; nothing without our design."""
    home = build.files.page("index.md")
    if setup.settings.design and home is not None and _is_front(home):
        hide(home, *_NOT_ON_HOME)


def dress_issue(page: Page, title: str) -> None:
    """Give the page of an issue the title by which readers know it; neighbours and editing stand at its end."""
    page.title = escape(title, quote=False)  # as a title of a heading is, for themes print both as they are
    page.meta.pop("title", None)
    page.edit_url = None
    hide(page, "footer")


def hide(page: Page, *parts: str) -> None:
    """Have the theme leave parts of a page out, beside those that its writer named."""
    written = page.meta.get("hide")
    own = written if isinstance(written, list) else []
    page.meta["hide"] = [*own, *(it for it in parts if it not in own)]


def _is_front(home: Page) -> bool:
    return 'class="neco-home"' in (home.content or "")


def with_design(html: str, setup: Setup, page: Page) -> str:
    """Return a page, as the theme made it, in the language that its writer names; without our design the page as it is.

    An issue has its KEPs in the right column.
    """
    if not setup.settings.design:
        return html
    html = with_language(html, page.meta.get("lang"), setup.words.locale)
    return with_list_beside(html) if is_issue(page.file.src_uri, setup.settings.issues) else html

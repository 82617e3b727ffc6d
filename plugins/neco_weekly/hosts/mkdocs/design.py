"""What our design does to pages that MkDocs and its theme draw: the home has neither contents nor neighbours."""

from __future__ import annotations

from mkdocs.structure.pages import Page

from .build import Build
from .setup import Setup

_NOT_ON_HOME = ("navigation", "toc", "footer")
"""Parts of Material's page that the home does without, as `hide` of a page's front matter names them."""


def design_pages(setup: Setup, build: Build) -> None:
    """Leave out on the home what belongs to pages in a row; nothing without our design."""
    home = build.files.page("index.md")
    if setup.settings.design and home is not None and _is_front(home):
        hide(home, *_NOT_ON_HOME)


def hide(page: Page, *parts: str) -> None:
    """Have the theme leave parts of a page out, beside those that its writer named."""
    written = page.meta.get("hide")
    own = written if isinstance(written, list) else []
    page.meta["hide"] = [*own, *(it for it in parts if it not in own)]


def _is_front(home: Page) -> bool:
    return 'class="neco-home"' in (home.content or "")

"""The style sheets of a build: one file that every page loads, and beside it one with what else the page needs.

Where the theme exchanges what is in a page instead of loading another one, all sheets are in the one file: a sheet that
came behind the text would move it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.utils import get_relative_url

from ...site.files import GeneratedPage
from ...site.needed_styles import common_sheets, groups, needed_sheets
from ...site.styles import squeezed
from .policies import is_instant

COMMON, OF_PAGE = "assets/neco.css", "assets/neco-page.css"


class PageStyles:
    """The style sheets of one build; `asset` returns the text of an asset of the package, `common` is of every page."""

    def __init__(self, config: MkDocsConfig, asset: Callable[[str], str], *, design: bool) -> None:
        self._asset, self._design, self._is_whole = asset, design, is_instant(config)
        sheets = common_sheets(design=design)
        if self._is_whole:
            sheets += tuple(it for group in groups(design=design) for it in group.sheets)
        self.common = self._joined(COMMON, sheets)
        self._link = re.compile(rf"<link\b[^<>]*{re.escape(self.common.path)}[^<>]*>")
        self._files: dict[tuple[str, ...], GeneratedPage] = {}

    def needed(self, html: str, *, is_written: bool) -> Sequence[str]:
        """Return the names of the sheets that a page needs; `is_written` is whether it has a text of a writer."""
        return () if self._is_whole else tuple(needed_sheets(html, design=self._design, is_written=is_written))

    def drawn(self, html: str, url: str, sheets: Sequence[str]) -> str:
        """Return the HTML of a page with a link to the file of these sheets, behind the link to the common ones.

        `url` is the page's address from the site's root.
        """
        path = self.file_of(sheets).path
        if common := self._link.search(html):
            link = common[0].replace(self.common.path, path)
            return f"{html[: common.end()]}{link}{html[common.end() :]}"
        before, head, after = html.partition("</head>")  # another plugin has joined the site's sheets
        return f'{before}<link rel="stylesheet" href="{get_relative_url(path, url)}">{head}{after}' if head else html

    def file_of(self, sheets: Sequence[str]) -> GeneratedPage:
        """Return the file of some sheets."""
        names = tuple(sheets)
        if names not in self._files:
            self._files[names] = self._joined(OF_PAGE, names)
        return self._files[names]

    def _joined(self, path: str, sheets: tuple[str, ...]) -> GeneratedPage:
        text = "\n".join(self._asset(f"{name}.css") for name in sheets)
        return GeneratedPage.named_by_content(path, squeezed(text))

"""The style sheets of a build: one file that every page loads, and beside it one with what else the page needs.

Where the theme exchanges what is in a page instead of loading another one, all sheets are in the one file: a sheet that
came behind the text would move it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.utils import get_relative_url, write_file

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
        self._written: dict[tuple[str, ...], str] = {}

    def drawn(self, html: str, url: str, config: MkDocsConfig, *, is_written: bool) -> str:
        """Return the HTML of a page with a link to what it needs beside the common sheets, behind the link to these.

        `url` is the page's address from the site's root, `is_written` whether it has a text of a writer. The file is
        written with the first page that needs these sheets.
        """
        needed = () if self._is_whole else tuple(needed_sheets(html, design=self._design, is_written=is_written))
        if not needed:
            return html
        path = self._written.get(needed) or self._write(needed, config)
        if common := self._link.search(html):
            link = common[0].replace(self.common.path, path)
            return f"{html[: common.end()]}{link}{html[common.end() :]}"
        before, head, after = html.partition("</head>")  # another plugin has joined the site's sheets
        return f'{before}<link rel="stylesheet" href="{get_relative_url(path, url)}">{head}{after}' if head else html

    def _write(self, sheets: tuple[str, ...], config: MkDocsConfig) -> str:
        file = self._joined(OF_PAGE, sheets)
        write_file(file.content.encode(), str(Path(config.site_dir, file.path)))
        self._written[sheets] = file.path
        return file.path

    def _joined(self, path: str, sheets: tuple[str, ...]) -> GeneratedPage:
        text = "\n".join(self._asset(f"{name}.css") for name in sheets)
        return GeneratedPage.named_by_content(path, squeezed(text))

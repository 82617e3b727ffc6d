"""Diagrams of a build: pages that have one load our script, and a site that has none gets no file for them."""

from __future__ import annotations

from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.utils import get_relative_url, write_file

from ...display.words import Strings
from ...site.mermaid import diagram_files, has_diagram
from ...site.page_places import with_script


class Diagrams:
    """The diagrams of one build, with a method for each hook of the plugin in the order of the hooks."""

    def __init__(self, script: str, drawing: str, words: Strings) -> None:
        self._script, self._drawing, self._words = script, drawing, words
        self._address = ""

    def drawn(self, html: str, url: str, config: MkDocsConfig) -> str:
        """Return the HTML of a page as it is to be written; `url` is the page's address from the site's root.

        With the first diagram of the site, the files that draw it are written.
        """
        if not has_diagram(html):
            return html
        self._address = self._address or self._write(config)
        return with_script(html, get_relative_url(self._address, url))

    def _write(self, config: MkDocsConfig) -> str:
        """Write all files, and return the address of the script from the site's root."""
        script, *library = diagram_files(self._script, self._drawing, self._words)
        for file in (script, *library):
            write_file(file.content.encode(), str(Path(config.site_dir, file.path)))
        return script.path

"""The reader's own release in a build: pages that say something of it load our script, others do not."""

from __future__ import annotations

from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.utils import get_relative_url, write_file

from ...display.words import Strings
from ...lock.kep_as_of import KepsAsOf
from ...site.my_release import release_script, says_release, with_release_script
from .policies import is_instant


class MyRelease:
    """The script of one build, written with the first page that needs it."""

    def __init__(self, script: str, keps_as_of: KepsAsOf, words: Strings) -> None:
        self._script, self._keps_as_of, self._words = script, keps_as_of, words
        self._address = ""

    def drawn(self, html: str, url: str, config: MkDocsConfig) -> str:
        """Return the HTML of a page as it is to be written; `url` is the page's address from the site's root."""
        if not says_release(html):
            return html
        self._address = self._address or self._write(config)
        return with_release_script(html, get_relative_url(self._address, url), is_instant=is_instant(config))

    def _write(self, config: MkDocsConfig) -> str:
        script = release_script(self._script, self._keps_as_of, self._words)
        write_file(script.content.encode(), str(Path(config.site_dir, script.path)))
        return script.path

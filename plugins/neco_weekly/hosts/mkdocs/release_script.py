"""The reader's own release in a build: pages that say something of it load our script, others do not."""

from __future__ import annotations

from functools import cached_property

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.utils import get_relative_url

from ...display.words import Strings
from ...lock.kep_as_of import KepsAsOf
from ...site.files import GeneratedPage
from ...site.my_release import release_script, with_release_script
from .policies import is_instant


class MyRelease:
    """The script of one build."""

    def __init__(self, script: str, keps_as_of: KepsAsOf, words: Strings) -> None:
        self._script, self._keps_as_of, self._words = script, keps_as_of, words

    @cached_property
    def file(self) -> GeneratedPage:
        """The script as a file of the site."""
        return release_script(self._script, self._keps_as_of, self._words)

    def drawn(self, html: str, url: str, config: MkDocsConfig) -> str:
        """Return the HTML of a page that loads the script; `url` is the page's address from the site's root."""
        return with_release_script(html, get_relative_url(self.file.path, url), is_instant=is_instant(config))

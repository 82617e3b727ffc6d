"""The scan: Markdown text -> ScanResult, by running the extension, so that reading and drawing have one grammar."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from markdown import Markdown

from ..extension.python_markdown import NecoWeeklyExtension
from ..grammar.issue_files import IssueFile
from ..grammar.topics_file import TopicsFile
from ..lock.kep_as_of import KepsAsOf
from ..lock.store import Lock
from ..model.issues import ScanResult
from ..model.releases import load_releases

DEFAULT_EXTENSIONS: tuple[str, ...] = ("toc", "tables", "fenced_code")
"""The Markdown extensions that MkDocs always has."""


class Scanner:
    """A scanner of many texts: one Markdown instance with the host's extensions, so that anchors are those of the site.

    `extensions` and `configs` are Python-Markdown's, without ours. Of the lock a text only needs the names of `topics`;
    who wants to see the page as it is drawn gives `keps_as_of`.
    """

    def __init__(
        self,
        extensions: Sequence[Any] = DEFAULT_EXTENSIONS,
        configs: Mapping[str, Mapping[str, Any]] | None = None,
        *,
        grammar: str = "github",
        locale: str = "ja",
        topics: TopicsFile = TopicsFile(),  # noqa: B008 (a value that never changes)
        site_url: str = "",
        keps_as_of: KepsAsOf | None = None,
    ) -> None:
        self._found = ScanResult()
        known = keps_as_of or KepsAsOf(Lock(topics=topics), load_releases())
        self._ours = NecoWeeklyExtension(
            keps_as_of=known, report=self._keep, site_url=site_url, grammar=grammar, locale=locale
        )
        self._markdown = Markdown(
            extensions=[*extensions, self._ours],
            extension_configs={name: dict(config) for name, config in (configs or {}).items()},
        )

    def _keep(self, scan_result: ScanResult) -> None:
        self._found = scan_result

    def scan(self, text: str, file: IssueFile | None = None) -> ScanResult:
        """Return the scan result of a text without front matter: mentions, cards, images, diagnostics, sections.

        `file` is the issue whose body the text is, which may give the text a title.
        """
        return self.draw(text, file)[1]

    def draw(self, text: str, file: IssueFile | None = None) -> tuple[str, ScanResult]:
        """Return a text as HTML, with its scan result."""
        self._found = ScanResult()
        self._ours.scanned = file
        self._markdown.reset()
        html = self._markdown.convert(text)
        return html, self._found

"""The key of all that is generated: a digest of what a site is drawn from, but for the words that a page quotes.

A generated page may ask its site for anything: issues, lock, settings, addresses. So there is one key for all of them,
and none has to be told what it reads; but those of which there are hundreds say what they follow from, beside the
settings and the lock. See `docs/decisions/0055-generated-files-are-kept.md`.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files

from ...issues.issue_digest import issue_digest
from ...model.issues import Issue
from .page_cache import digest
from .render_key import programs_digest
from .setup import Setup
from .site_as_drawn import SiteAsDrawn
from .site_files import digest_of_places
from .template_inputs import NotTextError, described, described_configuration

_PICTURES = (".avif", ".gif", ".jpeg", ".jpg", ".png", ".webp")
"""The endings of files that are no generated ones, and that no generated page leads to."""


@dataclass(kw_only=True)
class SiteKey:
    """The key of one build, asked for as often as something is drawn, and made again where the build is another.

    `digests` are those of the issues as they are written, by path, `root` is the address of the site's root.
    """

    setup: Setup
    config: MkDocsConfig
    files: Files
    drawn: SiteAsDrawn
    digests: Mapping[str, str]
    root: str
    _made: tuple[tuple[int, int], bytes] = field(default=((-1, -1), b""))
    _settings: bytes | None = None

    def __call__(self) -> bytes | None:
        """Return the key, 32 bytes; None where nobody can say what the site is drawn from.

        That is so where the lock has changed while it was read, or an option of a plugin holds what is no text.
        """
        if not self.setup.lock_digest or not self.of_settings():
            return None
        now = self.drawn.version, len(self.files)
        if self._made[0] != now:
            self._made = now, digest([self.of_settings(), self._of_issues(), self._of_files()])
        return self._made[1]

    def of_settings(self) -> bytes:
        """Return a digest of the program, the lock and the whole configuration; empty where there is none."""
        if self._settings is None:
            self._settings = b""
            with suppress(NotTextError, RecursionError):  # of which the finished pages tell
                told = (described(self.setup.settings), described_configuration(self.config), self.root)
                self._settings = digest([programs_digest(), self.setup.lock_digest, *told])
        return self._settings

    def of_issue(self, issue: Issue) -> str:
        """Return a digest of what the site draws of an issue."""
        known = None if issue.path in self.drawn.changed else self.digests.get(issue.path)
        return known or issue_digest(issue)

    def _of_issues(self) -> bytes:
        index = self.drawn.site.index
        issues = [(it.path, self.of_issue(it)) for it in index.issues]
        return digest([issues, index.held_back, sorted(self.digests.items())])

    def _of_files(self) -> bytes:
        """Return a digest of where everything lies: links lead there, and what a writer has written is not drawn."""
        return digest_of_places(it for it in self.files if not it.src_uri.lower().endswith(_PICTURES))

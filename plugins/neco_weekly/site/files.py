"""A file that the generator adds to the site: a page in Markdown or data."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class GeneratedPage:
    """A file that the generator adds to the site: Markdown (`keps/127.md`) or data (`api/keps.json`).

    A Markdown page is a `title`, a `body` of XHTML with relative `.md` links, and `words` for search; `content` holds
    title and body as a host reads them from a file.
    """

    path: str
    content: str
    title: str = ""
    body: str = ""
    words: str = ""

    @classmethod
    def named_by_content(cls, path: str, content: str) -> GeneratedPage:
        """Return a file whose name changes with its content, so that a browser may keep the file for ever."""
        stem, _, ending = path.rpartition(".")
        return cls(path=f"{stem}.{hashlib.sha256(content.encode()).hexdigest()[:8]}.{ending}", content=content)

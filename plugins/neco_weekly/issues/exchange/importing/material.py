"""What is imported and what comes of it: the files of a source, and pages, pictures and remarks for a site."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from ....model.issues import ScanResult
from ..front_matter_text import Value
from .decoded_text import UnknownEncodingError, decoded

LONGEST = 1_000_000
"""The number of bytes that a page may have: a hundred times a long issue, and still a page that browsers show."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """The files of a source, by their paths with slashes, each with its number of bytes.

    `read` returns a file's bytes, and raises a NecoError where that is not possible. `passed_over` are paths that are
    no files, with what they are: links, repositories inside of the repository.
    """

    name: str
    files: Mapping[str, int]
    read: Callable[[str], bytes]
    passed_over: Mapping[str, str] = field(default_factory=dict)

    def text(self, path: str) -> str:
        """Return a file's text, to look something up in it; empty where it is longer than a page, or no text.

        Raises:
            NecoError: the file cannot be read.
        """
        if self.files[path] > LONGEST:
            return ""
        try:
            return decoded(self.read(path))[0]
        except UnknownEncodingError:
            return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Destination:
    """Where pages are brought: a `folder` below that of the issues, both paths from the docs folder.

    `scan` reads the text of a page at such a path as the site does; it returns None for one that is no issue. `days`
    returns the day of a file of the source for an issue that gives itself none, where it is known.
    """

    folder: str
    issues: str = "issues"
    scan: Callable[[str, str], ScanResult | None] = lambda path, text: None
    days: Callable[[str], dt.date | None] = lambda path: None


@dataclass(frozen=True, slots=True, kw_only=True)
class PageToImport:
    """A page of a source: its path there, and the one that it gets in the docs folder.

    `aliases` are its old addresses, from the root of the old site; `title` is that of a list of contents, for a page
    that gives itself none. `entries` come into its front matter.
    """

    source: str
    target: str
    aliases: tuple[str, ...] = ()
    title: str = ""
    entries: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """What a person has to look at: what it is about, and what to do (`hint`).

    `target` is the page in the docs folder, and `line` (from 1) one of it; without, it is about the source at `source`.
    """

    source: str
    what: str
    hint: str
    target: str = ""
    line: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedPage:
    """A page as it is written into the site."""

    source: str
    target: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Import:
    """What is imported. Paths of the site are relative to its docs folder.

    `files` are pictures and other files of the site, each with its path in the source. `counts` are what was converted,
    by kind in words. `left` are paths of the source that no imported page names.
    """

    pages: tuple[ImportedPage, ...] = ()
    files: Mapping[str, str] = field(default_factory=dict)
    remarks: tuple[Remark, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    left: tuple[str, ...] = ()

"""Which issues of a build are public; the file of each is read and taken apart once."""

from __future__ import annotations

import datetime as dt
import hashlib
import posixpath
from collections.abc import Iterator
from pathlib import Path

from mkdocs.structure.files import File, Files, InclusionLevel

from ...grammar.front_matter import Parts, take_apart
from ...grammar.issue_files import UnreadableTextError, is_issue, read_issue_text
from ...issues.index import held_back, unreadable
from ...model.issues import HeldBack
from .setup import Setup

LookedAt = tuple[File, Parts, HeldBack | None]
"""The file of an issue, its parts, and why it is held back; None where it is public."""


class PublicIssues:
    """What is known of the files of a build's issues: looked at before other plugins see them, and once more behind.

    `held` are the paths of those that were taken out of the build.
    """

    def __init__(self, setup: Setup, today: dt.date) -> None:
        self.today, self.held = today, frozenset[str]()
        self._setup = setup
        self._read: dict[str, tuple[object, Parts, HeldBack | None]] = {}

    def hold_back(self, files: Files, *, is_preview: bool) -> list[LookedAt]:
        """Take issues that are not public out of the build; return what was looked at.

        A file of which another plugin has made a page already stays in the place that this plugin has for it.
        """
        looked_at = [(file, *self._known(file)) for file in self._issue_files(files)]
        for file, _, held in looked_at:
            if held or file.page is None:
                file.inclusion = _inclusion(held, is_preview=is_preview)
        self.held = frozenset(file.src_uri for file, _, held in looked_at if held)
        return looked_at

    def _issue_files(self, files: Files) -> Iterator[File]:
        """Yield the files of issues: those of the site, those held back before, and those another plugin has taken up.

        The blog of Material takes its posts out of the build until it has placed them.
        """
        for file in files.documentation_pages(inclusion=lambda _: True):
            is_wanted = not file.inclusion.is_excluded() or file.page is not None or file.src_uri in self.held
            if is_wanted and is_issue(file.src_uri, self._setup.settings.issues):
                yield file

    def _known(self, file: File) -> tuple[Parts, HeldBack | None]:
        """Return what an issue's file says, read again only where it is not the one that was read."""
        known = self._read.get(file.src_uri)
        return known[1:] if known and known[0] is not None and known[0] == _state(file) else self.look_at(file)

    def look_at(self, file: File) -> tuple[Parts, HeldBack | None]:
        """Return what an issue's file says now."""
        state, shown = _state(file), posixpath.join(self._setup.docs, file.src_uri)
        held: HeldBack | None
        try:
            text = read_issue_text(Path(file.abs_src_path), shown) if file.abs_src_path else file.content_string
        except UnreadableTextError as error:
            parts, held = Parts(body=""), unreadable(file.src_uri, error)
        else:
            parts = self._taken_apart(file.src_uri, text)
            held = held_back(file.src_uri, parts, self.today)
        self._read[file.src_uri] = state, parts, held
        return parts, held

    def parts(self, file: File, source: str | None) -> Parts:
        """Return the front matter and the body of an issue that was looked at; `source` is another plugin's text."""
        if source is None and file.abs_src_path and (known := self._read.get(file.src_uri)):
            return known[1]
        return self._taken_apart(file.src_uri, file.content_string if source is None else source)

    def _taken_apart(self, path: str, text: str) -> Parts:
        remembered = self._setup.remembered
        if not remembered.is_on:
            return take_apart(text)
        key = hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
        return remembered(("parts", path), key, lambda: take_apart(text))


def _state(file: File) -> object:
    """Return what tells a file on the disk from what was there before; None where the text is in memory."""
    if not file.abs_src_path:
        return None
    try:
        about = Path(file.abs_src_path).stat()
    except OSError:
        return None
    return file.abs_src_path, about.st_ino, about.st_size, about.st_mtime_ns


def _inclusion(held: HeldBack | None, *, is_preview: bool) -> InclusionLevel:
    """Return where an issue's file may go: everywhere but into the navigation, or nowhere."""
    if held is None or (is_preview and held.is_readable):
        return InclusionLevel.NOT_IN_NAV
    return InclusionLevel.EXCLUDED

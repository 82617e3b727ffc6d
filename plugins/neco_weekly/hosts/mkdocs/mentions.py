"""What all issues mention, before any is drawn; read again only where a text has changed since the last build."""

from __future__ import annotations

import json
import os
import pickle
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from pathlib import Path

from ...grammar.front_matter import take_apart
from ...grammar.issue_files import IssueFile, UnreadableTextError, read_issue_text
from ...issues.index import build_index, held_back, make_issue
from ...issues.scan import Scanner
from ...lock.whole_files import write_whole
from ...model.days import day_of_build
from ...model.program import program_digest
from ..preview import Mentioned
from ..project import Project
from .page_cache import digest
from .setup import UNCACHED_EXTENSIONS

FILE = "mentions.json"
"""The file of the cache folder that keeps what each text mentions, by a digest of the text and of what reads it."""


def read_mentions(project: Project, *, drafts: bool = False, keep: bool = True) -> Mentioned:
    """Return what the public issues of a project mention, and with `drafts` those that are held back and can be read.

    With `keep` what is read is kept for the next build. An issue that cannot be read mentions nothing here: the build
    says what is wrong with it.

    Raises:
        NecoError: a Markdown extension cannot be loaded, or SOURCE_DATE_EPOCH is no time.
    """
    reader = _Reader(project, drafts, _kept(project.cache / FILE) if keep else {})
    found = list(reader.read())
    if keep and reader.used != reader.known:
        with suppress(OSError):  # it is only read again
            write_whole(project.cache / FILE, json.dumps(reader.used))
    return Mentioned(
        **{name: tuple(dict.fromkeys(chain(*(getattr(it, name) for it in found)))) for name in Mentioned.__slots__}
    )


def _kept(path: Path) -> dict[str, str]:
    with suppress(OSError, ValueError):
        kept = json.loads(path.read_bytes())
        return kept if isinstance(kept, dict) else {}
    return {}


@dataclass
class _Reader:
    """A reader of the issues: `known` is what was kept of the last build, by digest, `used` what this one needs."""

    project: Project
    drafts: bool
    known: dict[str, str]
    used: dict[str, str] = field(default_factory=dict)

    def read(self) -> Iterator[Mentioned]:
        """Yield what each issue mentions."""
        today = day_of_build(os.environ)
        for path in self.project.issue_paths():
            file = self.project.docs / path
            with suppress(UnreadableTextError):
                parts = take_apart(text := read_issue_text(file, file.as_posix()))
                held = held_back(path, parts, today)
                if held is None or (self.drafts and held.is_readable):
                    yield self._looked_up(path, text)

    def _looked_up(self, path: str, text: str) -> Mentioned:
        key = digest([self._configuration, path, text]).hex() if self._configuration else ""
        with suppress(ValueError, TypeError, AttributeError, KeyError):
            mentioned = Mentioned.from_line(self.known[key])
            self.used[key] = self.known[key]
            return mentioned
        parts = take_apart(text)
        scanned = self._scanner.scan(parts.body, IssueFile(path=path, meta=parts.meta))
        mentioned = Mentioned.by(build_index([make_issue(path, parts, scanned)]))
        if key:
            self.used[key] = mentioned.to_line()
        return mentioned

    @cached_property
    def _scanner(self) -> Scanner:
        return self.project.scanner(self.project.grammar)

    @cached_property
    def _configuration(self) -> bytes | None:
        """Return a digest of all that decides what a text mentions; None where an extension reads other files, too."""
        project = self.project
        if UNCACHED_EXTENSIONS.intersection(project.extensions):
            return None
        try:
            options = pickle.dumps(dict(project.extension_configs))
        except (pickle.PicklingError, TypeError, AttributeError):  # an object that only lives in this process
            return None
        return digest([program_digest(), project.extensions, options, project.grammar, project.locale])

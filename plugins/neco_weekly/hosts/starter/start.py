"""A site begun: its files written where there are none, and an account of what was left as it is."""

from __future__ import annotations

import datetime as dt
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ...grammar.issue_files import is_issue
from ...lock.whole_files import ChangedError, write_new
from ...model.errors import NecoError
from ..project import load_project, read_config
from .joining import lines_for_config, lines_for_ignored, lines_for_required
from .new_files import CONFIG, IGNORED, REQUIRED, Place, new_files


@dataclass(frozen=True, slots=True)
class Begun:
    """What `neco init` did: paths relative to the site's folder, and the lines to add by hand, by file."""

    written: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    add: dict[str, str] = field(default_factory=dict)

    @property
    def document(self) -> dict[str, Any]:
        """The account as JSON has it."""
        return {"written": self.written, "left": self.left, "add": self.add}


def start(folder: Path, *, name: str, locale: str, day: dt.date, github: bool) -> Begun:
    """Write the files of a site into a folder, which is made if need be; what is there stays as it is.

    Raises:
        NecoError: the folder cannot be written, or has settings that cannot be read.
    """
    place = _place(folder)
    begun = Begun()
    texts = new_files(place, name=name, locale=locale, day=day, github=github)
    if _has_issues(folder, place):
        del texts[place.issue(day)]
        begun.left.append(f"{place.docs}/{place.issues}")
    for path, text in texts.items():
        if not _write_new(folder / path, text):
            begun.left.append(path)
        else:
            begun.written.append(path)
    for path, lines in _to_add(folder, place, begun, texts, github).items():
        if lines:
            begun.add[path] = lines
    return begun


def _place(folder: Path) -> Place:
    """Return where the files of a site lie that is in a folder, or of a new one."""
    config = folder / CONFIG
    if not config.exists():
        if (other := config.with_suffix(".yaml")).exists():
            raise NecoError(f"{other}: neco reads {CONFIG}; rename the file and run this again")
        return Place()
    project, document = load_project(config), read_config(config)
    docs = str(document.get("docs_dir", "docs"))
    ours = not lines_for_config(document, Place())
    metadata = os.path.relpath(project.metadata, project.root) if ours else f"{docs}/_metadata"
    return Place(docs=docs, metadata=metadata, issues=project.issues)


def _has_issues(folder: Path, place: Place) -> bool:
    docs = folder / place.docs
    return any(is_issue(it.relative_to(docs).as_posix(), place.issues) for it in (docs / place.issues).rglob("*.md"))


def _write_new(path: Path, text: str) -> bool:
    """Write a file where there is none; return False where there is one, or a folder, or a link to either."""
    try:
        write_new(path, text)
    except ChangedError:
        return False
    except OSError as error:
        raise NecoError(f"{path}: cannot be written ({error.strerror}); correct that and run this again") from error
    return True


def _to_add(folder: Path, place: Place, begun: Begun, texts: dict[str, str], github: bool) -> dict[str, str]:
    """Return the lines that files lack which were left as they are."""
    lines = {}
    if CONFIG in begun.left:
        lines[CONFIG] = lines_for_config(read_config(folder / CONFIG), place, github=github)
    if IGNORED in begun.left:
        lines[IGNORED] = lines_for_ignored(_text(folder / IGNORED), texts[IGNORED])
    if REQUIRED in begun.left:
        lines[REQUIRED] = lines_for_required(_text(folder / REQUIRED), texts[REQUIRED])
    return lines


def _text(path: Path) -> str:
    """Return the text of a file, empty where it is none that can be read."""
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return ""

"""What an export is made of and what comes of it: the issue, what stands around it, files, remarks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ...grammar.card_lines import CardLine


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """What of an issue the target cannot say, at a line of the issue's file (from 1), and what came of it.

    `is_lost`: something of it is not in what was exported; else it only looks otherwise there.
    """

    line: int
    what: str
    is_lost: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureFile:
    """A picture of the site: its path in the site, and the file; no `file` where there is none that may go out.

    `why` says why not.
    """

    path: str
    file: Path | None = None
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What an export asks for that is not in the text, each a function of what is written there.

    `link` returns where a relative link leads from outside of the site, and None with a reason where it leads nowhere.
    `picture` returns the file that a picture's address means, None for one of another host. `kep_words` are those of a
    KEP's badge by its number, None where nothing is known or, of a candidate, where it is no KEP. `card_title` is the
    title that a card shows, `link_title` that of the page of a link.
    """

    link: Callable[[str], tuple[str | None, str]]
    picture: Callable[[str], PictureFile | None]
    kep_words: Callable[[int], str | None]
    card_title: Callable[[CardLine], str]
    link_title: Callable[[str], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueToExport:
    """An issue as it goes out: `body` has no comments, and `line_of` has for each of its lines that of the file.

    `keeps_breaks`: the ends of its lines are breaks. `extensions` are the Markdown extensions of the site.
    `correction` is what the site calls a correction.
    """

    path: str
    title: str
    body: str
    line_of: tuple[int, ...]
    written_title: str = ""
    date: dt.date | None = None
    tags: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    meta: Mapping[str, object] = field(default_factory=dict)
    is_public: bool = True
    keeps_breaks: bool = False
    extensions: frozenset[str] = frozenset()
    correction: str = ""
    site_name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """What is written for a target: texts and pictures by their paths below the folder, and what could not be said."""

    texts: Mapping[str, str]
    pictures: Mapping[str, Path] = field(default_factory=dict)
    remarks: tuple[Remark, ...] = ()

"""An issue that is there, public or not, as far as the next one of its series follows from it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from ...grammar.front_matter import Parts, take_apart
from ...grammar.front_matter_values import key_form, written_title
from ...grammar.issue_dates import issue_date, issue_number
from ...model.text import one_line

_HEADING = re.compile(r"^#[ \t]++(.*[^ \t#\n])", re.MULTILINE)

_KEY = re.compile(r"""["']?(?P<key>[\w-]+)["']?[ \t]*[:=]""")

_MARKS = ("---", "...", "+++")


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontMatter:
    """Front matter as it is written: the mark above it and below it, empty where there is none, and the entries.

    Each entry is a key in the form of `key_form` with its lines, in order.
    """

    mark: str = ""
    end: str = ""
    entries: tuple[tuple[str, str], ...] = ()

    def text(self) -> str:
        """Return the front matter with the empty line below; empty without an entry."""
        lines = [it for it in (self.mark, *(text for _, text in self.entries), self.end) if it]
        return "\n".join((*lines, "", "")) if self.entries else ""

    @property
    def sign(self) -> str:
        """What stands between a key and its value."""
        return " = " if self.mark == "+++" else ": "


@dataclass(frozen=True, slots=True, kw_only=True)
class PastIssue:
    """An issue's file: `path` is relative to the docs folder, `heading` the title above the body, empty without one.

    `number` is the one that the issue gives itself.
    """

    path: str
    text: str
    parts: Parts
    title: str
    heading: str
    date: dt.date | None
    number: int | None

    @classmethod
    def of(cls, path: str, text: str) -> PastIssue:
        """Return an issue from the text of its file; of one that cannot be read the path tells what it can."""
        parts = take_apart(text)
        found = _HEADING.search(parts.body)
        heading = one_line(found[1]) if found else ""
        title = heading or written_title(parts.meta)
        return cls(
            path=path,
            text=text,
            parts=parts,
            title=title,
            heading=heading,
            date=issue_date(parts.meta, path, title),
            number=issue_number(parts.meta, title, parts.body),
        )

    @property
    def front_matter(self) -> FrontMatter:
        """The front matter of the file; empty where there is none, or none that can be read."""
        lines = [it for it in self.text.split("\n")[: self.parts.body_line - 1] if it.strip()]
        if not self.parts.meta or not lines or self.parts.flaw not in (None, "front-matter-not-first"):
            return FrontMatter()
        mark = lines[0].strip() if lines[0].strip() in _MARKS else ""
        return FrontMatter(
            mark=mark,
            end=lines[-1].strip() if mark else "",
            entries=tuple(_entries(lines[1:-1] if mark else lines)),
        )


def _entries(lines: list[str]) -> Iterator[tuple[str, str]]:
    key, taken = "", list[str]()
    for line in lines:
        if found := _KEY.match(line):
            if taken:
                yield key, "\n".join(taken)
            key, taken = key_form(found["key"]), [line]
        else:
            taken.append(line)
    if taken:
        yield key, "\n".join(taken)

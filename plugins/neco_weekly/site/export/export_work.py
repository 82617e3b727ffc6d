"""An export at work: the issue's text and its blocks, the changes that are collected, and what could not be said."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from ...extension.source_spans import SourceBlocks
from ...grammar.export_marks import marked
from .dialects import Dialect
from .export_values import Around, IssueToExport, Remark
from .text_edits import Edits

_PREFIX = re.compile(r"[ \t>]*")

_UNSAFE_IN_NAME = re.compile(r"[^\w.-]+")

_SCHEME = re.compile(r"(?i:[a-z][a-z0-9+.-]*:)")

_OF_ZENN, _MOST_BYTES_AT_ZENN = (".png", ".jpg", ".jpeg", ".gif", ".webp"), 3_000_000
"""What Zenn takes as pictures: https://zenn.dev/zenn/articles/deploy-github-images."""


@dataclass(kw_only=True)
class Work:
    """An export at work on one issue. `name` is that of its file at the target; lines of tokens count from 0.

    `pictures` are the files to copy by their places, `seen` the KEPs whose words the same heading has had, and
    `of_heading` those that the heading at work on names. `set_apart` are
    lines that an empty one will stand above, `html_links` where open `<a>` lead.
    """

    issue: IssueToExport
    dialect: Dialect
    around: Around
    name: str
    source: SourceBlocks = field(init=False)
    edits: Edits = field(init=False)
    remarks: dict[Remark, None] = field(default_factory=dict)
    pictures: dict[str, Path] = field(default_factory=dict)
    seen: set[int] = field(default_factory=set)
    of_heading: list[int] | None = None
    set_apart: set[int] = field(default_factory=set)
    html_links: list[str | None] = field(default_factory=list)
    _closing: dict[tuple[str, int], bool] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.source, self.edits = SourceBlocks(self.issue.body), Edits(self.issue.body)

    # --- what could not be said -----------------------------------------------------------------------------------

    def remark(self, line: int, what: str, *, is_lost: bool = False) -> None:
        """Tell of something at a line of the text, once for each line."""
        known = self.issue.line_of
        found = Remark(line=known[min(line, len(known) - 1)] if known else 1, what=what, is_lost=is_lost)
        self.remarks[found] = None

    def line_at(self, place: int) -> int:
        """Return the line (from 0) of a place in the text."""
        return self.source.text.count("\n", 0, place)

    # --- lines of the text ----------------------------------------------------------------------------------------

    def line_end(self, line: int) -> int:
        """Return the place where a line ends."""
        return self.source.starts[line] + len(self.source.lines[line])

    def below_line(self, line: int) -> int:
        """Return the place where the next line begins, or where the text ends."""
        return self.source.starts[line + 1] if line + 1 < len(self.source.starts) else len(self.source.text)

    def prefix(self, line: int, width: int) -> str:
        """Return what of a line belongs to what it stands in, of at most so many signs."""
        match = _PREFIX.match(self.source.lines[line])
        return match[0][:width] if match else ""

    def prefix_below(self, line: int, width: int) -> str:
        """Return what a new line below this one begins with, to stand in the same list or quote."""
        return re.sub(r"[^ \t>]", " ", self.source.lines[line][:width])

    def closes(self, tag: str, line: int) -> bool:
        """Whether each tag of a name has its end in the same line."""
        if (tag, line) not in self._closing:
            text = self.source.lines[line].lower()
            self._closing[tag, line] = text.count(f"</{tag}>") == len(re.findall(rf"<{tag}[\s>]", text))
        return self._closing[tag, line]

    # --- addresses ------------------------------------------------------------------------------------------------

    def link(self, written: str, line: int) -> str | None:
        """Return where a link leads from outside of the site; None, which is told, where it leads nowhere."""
        if written.startswith("#") or not written:
            return written
        address, why = self.around.link(written)
        if address is None:
            self.remark(line, f"link to {written}: {why}; only its text is left", is_lost=True)
        return address

    def picture(self, written: str, line: int) -> str | None:
        """Return the address of a picture from outside of the site; None, which is told, where it has none."""
        found = self.around.picture(written)
        if found is None:
            if not _SCHEME.match(written) or written.lower().startswith(("http:", "https:")):
                return written
            self.remark(line, f"picture {written[:40]}: no address of the web; only its text is left", is_lost=True)
            return None
        if found.file is None:
            self.remark(line, f"picture {written}: {found.why}; only its text is left", is_lost=True)
            return None
        if self.dialect.pictures == "to-site":
            address, why = self.around.link(written)
            if address is None:
                self.remark(line, f"picture {written}: {why}; only its text is left", is_lost=True)
            return address
        return self._copied(found.file, line)

    def _copied(self, file: Path, line: int) -> str:
        name = _UNSAFE_IN_NAME.sub("-", file.name)
        path, number = f"images/{self.name}/{name}", 1
        while self.pictures.get(path, file) != file:
            number += 1
            path = f"images/{self.name}/{PurePosixPath(name).stem}-{number}{PurePosixPath(name).suffix}"
        self.pictures[path] = file
        if self.dialect.pictures == "rooted":
            if file.suffix.lower() not in _OF_ZENN:
                self.remark(line, f"picture {file.name}: Zenn takes {', '.join(_OF_ZENN)} alone", is_lost=True)
            elif file.is_file() and file.stat().st_size > _MOST_BYTES_AT_ZENN:
                self.remark(line, f"picture {file.name}: Zenn takes pictures of up to 3 MB", is_lost=True)
            return f"/{path}"
        return path

    # --- KEPs -----------------------------------------------------------------------------------------------------

    def refer(self, number: int, place: int) -> None:
        """Put the words of a KEP's badge behind a reference to it, unless the same heading has had them.

        Those of a heading wait for the line below it.
        """
        if number in self.seen:
            return
        words = self.around.kep_words(number)
        if words is None:
            return
        self.seen.add(number)
        if self.of_heading is not None:
            self.of_heading.append(number)
        else:
            self.edits.insert(place, marked(f"（{words}）"))

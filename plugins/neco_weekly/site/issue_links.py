"""Links to earlier issues in a draft that a person goes on writing: each to the heading under which a KEP stands."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Sequence
from urllib.parse import quote

from ..display.words import Strings
from ..issues.index import Index
from ..model.issues import Heading, Issue, Mention
from .markdown_text import as_markdown

_UNSAFE = re.compile(r"[\s()<>\\\"'%]")


def issue_link(issue: Issue, mentions: Sequence[Mention], number: int, path: str, words: Strings) -> str:
    """Return a Markdown link from the file at `path` to where an issue wrote of a KEP.

    Its text names no other KEP, as the heading might. Both files are in the docs folder.
    """
    heading = best_heading(issue, mentions, number)
    relative = posixpath.relpath(issue.path, posixpath.dirname(path) or ".")
    address = f"{relative}#{heading.anchor}" if heading else relative
    return f"[{issue_name(issue, words)}]({_UNSAFE.sub(lambda sign: quote(sign[0], safe=''), address)})"


def issue_name(issue: Issue, words: Strings) -> str:
    """Return what a draft calls an issue, as Markdown: by its day, else by its title."""
    return words("draft.issue", day=issue.date) if issue.date else as_markdown(issue.title)


def earlier_links(index: Index, number: int, path: str, words: Strings) -> Iterator[str]:
    """Yield a Markdown link from the file at `path` to each issue that wrote of a KEP, the newest first."""
    for issue, mentions in index.by_kep.get(number, ()):
        yield issue_link(issue, mentions, number, path, words)


def earlier_headings(index: Index, number: int, words: Strings) -> Iterator[str]:
    """Yield a line for each heading under which an issue wrote of a KEP, the newest issue first."""
    for issue, mentions in index.by_kep.get(number, ()):
        day = str(issue.date) if issue.date else issue.title
        for heading in dict.fromkeys(it.heading.text if it.heading else issue.title for it in mentions):
            yield words("draft.before", day=day, heading=heading)


def best_heading(issue: Issue, mentions: Sequence[Mention], number: int) -> Heading | None:
    """Return the heading under which an issue tells most of a KEP; None where none stands above its mentions."""
    return min(mentions, key=lambda it: (_remoteness(it, issue, number), it.line)).heading


def _remoteness(mention: Mention, issue: Issue, number: int) -> int:
    """Return 0 for a mention under a heading about the KEP, 1 under another one, 2 above all but the title."""
    if mention.heading is None or mention.heading.text == issue.title:
        return 2
    return 0 if re.search(rf"(?<!\d){number}(?!\d)", mention.heading.text) else 1

"""The text of an issue without what is no reader's business, with the lines of its file."""

from __future__ import annotations

from difflib import SequenceMatcher

from ...grammar.comments import without_comments
from ...model.text import without_credentials


def public_text(body: str, first_line: int, *, shown: int) -> tuple[str, tuple[int, ...]]:
    """Return a body without comments and credentials, and for each line of it the line of the file.

    `first_line` is the body's first line in the file, `shown` how many beginnings of comments its page shows as code.
    """
    written = without_credentials(body)
    public = without_comments(written, shown=shown)
    lines = public.split("\n")
    if public == written:
        return public, tuple(range(first_line, first_line + len(lines)))
    line_of, place = [0] * len(lines), first_line
    for block in SequenceMatcher(None, written.split("\n"), lines, autojunk=False).get_matching_blocks():
        for number in range(block.size):
            line_of[block.b + number] = first_line + block.a + number
    for number, known in enumerate(line_of):  # a line of which a part was a comment
        place = line_of[number] = known or place + 1
    return public, tuple(line_of)

"""Text for GitHub: lines of a report that stay text, and annotations of a workflow's run."""

from __future__ import annotations

import re

_MARKUP = re.compile(r"[\\`*_\[\]<>&!~|]")
_WORD = re.compile(r"\S+")
_CALL = re.compile(r"(?<![A-Za-z0-9])@(?=\w)|#(?=\d)|\bGH-(?=\d)", re.IGNORECASE)
"""A pattern for what GitHub makes a mention or a reference of.

See
https://docs.github.com/get-started/writing-on-github/working-with-advanced-formatting/autolinked-references-and-urls
"""


def as_text(line: str) -> str:
    """Return a line as Markdown of GitHub that shows the line as written: no markup, no mention, no `fixes #1`."""
    words = (it if it.startswith(("http://", "https://")) else _MARKUP.sub(r"\\\g<0>", it) for it in line.split(" "))
    return " ".join(it if "://" in it else _CALL.sub("\\g<0>\u200b", it) for it in words)


def without_effects(text: str) -> str:
    """Return a Markdown text whose words mention nobody, close no issue, and leave no trace in other repositories."""
    return _WORD.sub(_without_effects, text)


def annotation(level: str, message: str, **properties: str | int) -> str:
    """Return a workflow command that shows a message beside a run or a line: `::warning file=a.md,line=3::text`.

    The escapes are those of the runner
    (https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands).
    """
    written = ",".join(f"{name}={_escaped(str(value), more=',:')}" for name, value in properties.items())
    return f"::{level} {written}::{_escaped(message)}"


def _without_effects(match: re.Match[str]) -> str:
    word = match[0]
    if "://" in word:
        return word.replace("://github.com/", "://redirect.github.com/")
    return _CALL.sub("\\g<0>\u200b", word)


def _escaped(text: str, more: str = "") -> str:
    for character in "%\r\n" + more:
        text = text.replace(character, f"%{ord(character):02X}")
    return text

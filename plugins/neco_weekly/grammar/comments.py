"""Comments in Markdown: what writers note for themselves, which no reader of a page is shown.

A comment of HTML goes to its `-->`, and without one to the end of the text. What stands in code is no comment, for
readers are shown it. A definition of a link that leads nowhere is one, too: `[//]: # (a note)`, `[note]: <> (a note)`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

_OPEN, _CLOSE = "<!--", "-->"

_TOKEN = re.compile(
    r"^(?P<lead>[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*)(?P<fence>`{3,}(?=[^`\n]*$)|~{3,})"
    r"|(?P<ticks>(?<!`)`{1,32}(?!`))"
    r"|(?P<escaped>\\.)"
    r"|(?P<comment><!--)",
    re.MULTILINE,
)
"""A pattern for what begins code or a comment. A longer run of backquotes than this is text."""

_PARAGRAPH_END = re.compile(r"\n[ \t>]*(?:\n|\Z)")

_NOWHERE = re.compile(
    r"^ {0,3}\[[^\]\n]+\]:[ \t]*(?:#|<>)[ \t]*(?:\([^\n]*\)|\"[^\n]*\"|'[^'\n]*')?[ \t]*(?:\n|\Z)", re.MULTILINE
)

_EMPTIED = "\N{START OF TEXT}"
"""What stands for something that was taken away until the lines that it leaves empty are gone: no text holds it."""

_EMPTY_LINE = re.compile(rf"^[ \t]*(?:{_EMPTIED}[ \t]*)+(?:\n|\Z)", re.MULTILINE)


def without_comments(text: str, *, shown: int, change: Callable[[str], str] | None = None) -> str:
    """Return a text of Markdown without its comments, and without the lines on which nothing else stands.

    `shown` is how many beginnings of comments readers are shown, in code. Where more would stay, none does: what a
    writer hides is worth more than an example. `change` is done to what is no code.
    """
    if change is None and _OPEN not in text and "]:" not in text:
        return text
    parts = list(_parts(text))
    if sum(part.count(_OPEN) for part, is_code in parts if is_code) > shown:
        parts = [(part, False) for part in _outside(text)]
    drawn = "".join(part if is_code else _prose(part, change) for part, is_code in parts)
    return _EMPTY_LINE.sub("", drawn).replace(_EMPTIED, "")


def _prose(part: str, change: Callable[[str], str] | None) -> str:
    cleaned = _NOWHERE.sub(f"{_EMPTIED}\n", part)
    return change(cleaned) if change else cleaned


def _outside(text: str) -> Iterator[str]:
    """Yield what stands between comments, wherever these are."""
    place = 0
    while (found := text.find(_OPEN, place)) >= 0:
        yield text[place:found] + _EMPTIED
        place = _end_of_comment(text, found)
    yield text[place:]


def comment_places(text: str) -> Iterator[tuple[int, int]]:
    """Yield where comments of HTML begin and end; what stands in code is none."""
    return ((start, end) for start, end, is_code in _hidden(text) if not is_code)


def code_places(text: str) -> Iterator[tuple[int, int]]:
    """Yield where code between marks begins and ends, and where comments do: what no reader is shown as prose."""
    return ((start, end) for start, end, _ in _hidden(text))


def _parts(text: str) -> Iterator[tuple[str, bool]]:
    """Yield the parts of a text without its comments, each with whether it is code."""
    begin = 0
    for start, end, is_code in _hidden(text):
        yield text[begin:start] + ("" if is_code else _EMPTIED), False
        if is_code:
            yield text[start:end], True
        begin = end
    yield text[begin:], False


def _hidden(text: str) -> Iterator[tuple[int, int, bool]]:
    """Yield where code and comments begin and end, each with whether it is code."""
    place = limit = 0
    while token := _TOKEN.search(text, place):
        start, place = token.start(), token.end()
        if token["ticks"] and start >= limit:  # a paragraph with ten thousand spans is gone through once
            ended = _PARAGRAPH_END.search(text, start)
            limit = ended.start() if ended else len(text)
        if token["comment"]:
            place = _end_of_comment(text, start)
            yield start, place, False
        elif not token["escaped"] and (end := _end_of_code(text, token, limit)):
            place = end
            yield start, end, True


def _end_of_comment(text: str, start: int) -> int:
    found = text.find(_CLOSE, start + 2)  # `<!-->` is a whole one, as HTML reads it
    return found + len(_CLOSE) if found >= 0 else len(text)


def _end_of_code(text: str, token: re.Match[str], limit: int) -> int | None:
    """Return where code ends that a token begins; None where the token is text after all.

    What stands in a line ends with its paragraph, at `limit`.
    """
    if mark := token["fence"]:
        closed = re.compile(rf"^[ \t>]*{re.escape(mark[0])}{{{len(mark)},}}[ \t]*$", re.MULTILINE)
        found = closed.search(text, token.end())
        return found.end() if found else len(text)
    found = re.compile(rf"(?<!`){token['ticks']}(?!`)").search(text, token.end(), limit)
    return found.end() if found else None

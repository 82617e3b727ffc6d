"""The text of an issue with everything hidden that no mend may touch; places stay.

Hidden are code and comments, and by what a mend looks for, also addresses, tags, formulas, and the words of links and
quotes, which are another's.
"""

from __future__ import annotations

import re

from ...grammar.comments import code_places

HIDDEN = "\ufffc"
"""What stands for a hidden character; ends of lines stay."""

_INDENTED = re.compile(r"^(?: {4}|\t).*", re.MULTILINE)

_FORMULA = re.compile(r"\$\$.*?\$\$|\$[^$\n]+\$", re.DOTALL)

_TAG = re.compile(r"<(?!https?:)[/!?A-Za-z](?:[^<>\"']|\"[^\"]*\"|'[^']*')*>", re.DOTALL)

_SHOWN = re.compile(r"<(pre|script|style|textarea|svg|math|code|kbd|samp)\b", re.IGNORECASE)
"""A pattern for the beginning of an element whose text is no prose."""

_ADDRESS = re.compile(r"(?i:https?)://[^\s<>]+")

_LINK = re.compile(
    r"!?\[(?:[^\[\]\n]|\[[^\[\]\n]*\]){0,500}\](?:\([^\n]*?\)|\[[^\[\]\n]*\])|^ {0,3}\[[^\]\n]+\]:.*|@\[.*",
    re.MULTILINE,
)

_QUOTE = re.compile(r"^[ \t]*>.*|^ {0,3}#.*|「[^」\n]*」|『[^』\n]*』|“[^”\n]*”|\"[^\"\n]*\"", re.MULTILINE)

_UNDERLINE = re.compile(r"[ \t]*(?:=+|-+)[ \t]*")


def open_text(text: str) -> str:
    """Return a text in which code, comments, formulas and what stands in elements of code are hidden."""
    covered = list(text)
    for start, end in code_places(text):
        covered[start:end] = _cover(text[start:end])
    return _hide(_without_elements("".join(covered)), _INDENTED, _FORMULA)


def prose_of(opened: str) -> str:
    """Return an open text in which addresses, tags, links, headings and quotes are hidden, too."""
    return _without_underlined(_hide(opened, _TAG, _LINK, _ADDRESS, _QUOTE))


def without_tags(opened: str) -> str:
    """Return an open text in which tags are hidden, with the addresses in them."""
    return _hide(opened, _TAG)


def _without_elements(text: str) -> str:
    """Return a text without the elements whose text is no prose; one that never ends is none."""
    pieces, end, endless = [], 0, set[str]()
    for begun in _SHOWN.finditer(text):
        name = begun[1].lower()
        if begun.start() < end or name in endless:
            continue
        closed = re.compile(rf"</{name}\s*>", re.IGNORECASE).search(text, begun.end())
        if closed is None:
            endless.add(name)
        else:
            pieces += [text[end : begun.start()], _cover(text[begun.start() : closed.end()])]
            end = closed.end()
    return "".join((*pieces, text[end:]))


def _without_underlined(text: str) -> str:
    """Return a text without the headings that are lines above a line of `=` or `-`."""
    lines, is_heading = text.split("\n"), False
    for place in range(len(lines) - 1, -1, -1):
        is_heading = bool(_UNDERLINE.fullmatch(lines[place])) or (is_heading and bool(lines[place].strip()))
        lines[place] = _cover(lines[place]) if is_heading else lines[place]
    return "\n".join(lines)


def _hide(text: str, *patterns: re.Pattern[str]) -> str:
    for pattern in patterns:
        text = pattern.sub(lambda match: _cover(match[0]), text)
    return text


def _cover(text: str) -> str:
    return re.sub(r"[^\n]", HIDDEN, text)

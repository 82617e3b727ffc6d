"""Abbreviations in brackets: `SSA` of `Server-Side Apply (SSA)`, in a name that people write down and in a text."""

from __future__ import annotations

import re

_SHORT = r"[A-Z][A-Za-z0-9]{1,9}"

_BEHIND = re.compile(rf"\s?[(（]\s?({_SHORT})\s?[)）]", re.ASCII)

_BEFORE = re.compile(rf"(?<![A-Za-z0-9])({_SHORT})\s?[(（]\s?\Z", re.ASCII)

_IN_NAME = re.compile(r"(?P<name>[^()（）]+?)\s?[(（]\s?(?P<inside>[^()（）]+?)\s?[)）](?P<rest> [^()（）]+)?")

_FAR = 16
"""The number of characters in front of a name among which its abbreviation is."""


def names_beside_brackets(name: str) -> tuple[str, ...]:
    """Return what a name with brackets is called in a text: without them, and by an abbreviation that they hold.

    `Just-in-Time (JIT) routing` is just-in-time routing and JIT routing; `Flux (GitOps)`, which only explains what is
    meant, is Flux. A name without brackets has none.
    """
    match = _IN_NAME.fullmatch(name)
    if match is None:
        return ()
    rest, short = match["rest"] or "", match["inside"]
    is_short = re.fullmatch(_SHORT, short, re.ASCII) and _abbreviates(short, match["name"])
    return (match["name"] + rest, short + rest) if is_short else (match["name"] + rest,)


def abbreviation_beside(text: str, start: int, end: int) -> str:
    """Return the abbreviation of the name `text[start:end]` that brackets hold behind it, or that has it in brackets.

    It is empty where there is none.
    """
    name = text[start:end]
    if (behind := _BEHIND.match(text, end)) and _abbreviates(behind[1], name):
        return behind[1]
    before = _BEFORE.search(text[max(0, start - _FAR) : start]) if text[end : end + 1] in (")", "）") else None
    return before[1] if before and _abbreviates(before[1], name) else ""


def _abbreviates(short: str, name: str) -> bool:
    """Whether a word with two capitals or more, or its plural, has letters of a name in their order."""
    letters, whole = short.removesuffix("s"), iter(name.casefold())
    return sum(map(str.isupper, letters)) > 1 and all(it in whole for it in letters.casefold())

"""What looks like a KEP reference and is none (`KEP_127`, `KEP-127a`), for authors to be told of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .kep_references import TextReference, find_text_references, narrowed

_SPACE = r"[ \u00a0\u3000]"

_DASH = r"[-\u2010-\u2015\u2212\u30fc\uff0d]"  # also the em dash, and the long vowel sign of a Japanese keyboard

_SHAPE = re.compile(
    rf"""
    (?<![A-Za-z0-9_/\\.-])KEPs?
    (?:
        (?:{_SPACE}?{_DASH}{{1,2}}|{_DASH}{{1,2}}{_SPACE}|[_.=~/\uff3f]{{1,2}}|{_SPACE}?\#|{_SPACE}{{2,3}})\#?[0-9]+
      | (?:[0-9]|{_SPACE}[0-9])[0-9]+(?=[A-Za-z](?![0-9A-Za-z])|[_-](?<!{_SPACE}[0-9]{{4}}-)[0-9A-Za-z])
    )
    (?P<tail>(?:[0-9A-Za-z_]|[-.\u2010\u2011](?=[0-9A-Za-z_]))*)
    """,
    re.VERBOSE,
)

_FILE = re.compile(r"\.[A-Za-z]|\A[NXx]{2}")
"""What a name of a file has in it, and a placeholder such as `KEP-1NNN` at the beginning."""

_COUNTED = re.compile(rf"{_SPACE}?[年月日件個つ倍%％本種人円章節版回]|[/\\(]")
"""What stands behind a number that counts, and behind a name in a path."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lookalike:
    """A part of a text, `text[start:end]`, that looks like a KEP reference and is none."""

    start: int
    end: int


def read_text(text: str) -> list[TextReference | Lookalike]:
    """Return the KEP references of a run of plain text and what looks like one, in the order of the text."""
    references = list(find_text_references(text))
    found: list[TextReference | Lookalike] = [*references, *_lookalikes(narrowed(text), references)]
    return sorted(found, key=lambda it: it.start)


def _lookalikes(text: str, references: list[TextReference]) -> Iterator[Lookalike]:
    if "KEP" not in text:
        return
    taken = {reference.start for reference in references}
    for match in _SHAPE.finditer(text):
        is_name = _FILE.search(match["tail"]) or _COUNTED.match(text, match.end())
        if match.start() not in taken and not is_name:
            yield Lookalike(start=match.start(), end=match.end())

"""Words of Japanese that no line of a title ends within: a name in katakana and what it is in kanji, or the reverse.

Browsers that know phrases (`word-break: auto-phrase`) end a line between the two scripts. What holds a word together is
an element, so that the characters stay as they are.
"""

from __future__ import annotations

import re

from markupsafe import Markup, escape

WORD = "neco-word"
"""The class of such a word. In the first heading of a page on a phone it may end a line: three lines are all it has."""

LONGEST = 10
"""The number of signs of the longest word that is held: 240 px of a phone's 328 in a title."""

_KATAKANA, _KANJI = r"[\u30a1-\u30fa\u30fc]", r"[\u3005\u4e00-\u9fff]"
_RUN = re.compile(rf"(?:{_KATAKANA}|{_KANJI}){{3,}}")
_BOTH = re.compile(rf"{_KATAKANA}{{2}}{_KANJI}|{_KANJI}{_KATAKANA}{{2}}")
_TAG = re.compile(r"(<[^>]*>)")


def with_whole_words(html: str) -> str:
    """Return the HTML of a title with each such word as an element that stays on one line."""
    parts = _TAG.split(html)
    return "".join(part if place % 2 else _RUN.sub(_held, part) for place, part in enumerate(parts))


def whole(text: str) -> Markup:
    """Return a title that is plain text as HTML, with such words held together."""
    return Markup(with_whole_words(escape(text)))  # noqa: S704 (escaped, and only elements of ours were added)


def _held(run: re.Match[str]) -> str:
    word = run[0]
    return f'<span class="{WORD}">{word}</span>' if len(word) <= LONGEST and _BOTH.search(word) else word

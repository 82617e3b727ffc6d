"""Where a line of a title may end: between phrases of Japanese, which BudouX knows, and between words of English.

No line begins with what may not begin one, or ends with what opens something (JIS X 4051).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache

Phrases = Callable[[str], list[str]]
"""A function from a text to its phrases, which together are the text."""

_NEVER_FIRST = frozenset(
    "、。，．・：；？！ー々ゝゞヽヾ〻）］｝〉》」』】〕〙〗〟’”»ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ〜～…‥ヶ%％‰℃!?,.:;)]}"
)
_NEVER_LAST = frozenset("（［｛〈《「『【〔〘〖〝‘“«([{#＃¥￥$＄№")


@cache
def japanese_phrases() -> Phrases | None:
    """Return what finds the phrases of Japanese: BudouX, whose model is of Japanese news; None where it is missing."""
    with suppress(ImportError, OSError, ValueError):  # a model that is damaged or not there
        import budoux  # noqa: PLC0415 (only who draws loads it)

        return budoux.load_default_japanese_parser().parse
    return None


def pieces(text: str, phrases: Phrases | None) -> Iterator[str]:
    """Yield the parts of a text between which a line may end, each with the spaces behind it."""
    start = 0
    for end in sorted({*_ends(text, phrases), len(text)}):
        if end > start:
            yield text[start:end]
            start = end


def letters(piece: str) -> Iterator[str]:
    """Yield the least parts of what is longer than a line: signs, with those that may not stand apart from them."""
    part = ""
    for place, sign in enumerate(piece):
        if part and _may_break(piece, place):
            yield part
            part = ""
        part += sign
    if part:
        yield part


def _ends(text: str, phrases: Phrases | None) -> Iterator[int]:
    """Yield the places of a text at which a line may begin."""
    between = _behind(text, phrases) if phrases else (it for it in range(len(text)) if not text[it - 1].isspace())
    yield from (it for it in between if _may_break(text, it) and not _is_inside_word(text, it))
    yield from (it for it in range(1, len(text)) if text[it - 1].isspace() and _parts_words(text, it))


def _behind(text: str, phrases: Phrases) -> Iterator[int]:
    """Yield the end of each phrase, behind the spaces there: at the end of a line nobody sees them."""
    end = 0
    for phrase in phrases(text):
        end += len(phrase)
        yield len(text) - len(text[end:].lstrip())


def _may_break(text: str, place: int) -> bool:
    before, after = text[:place].rstrip()[-1:], text[place : place + 1]
    return bool(before and after) and after not in _NEVER_FIRST and before not in _NEVER_LAST and not after.isspace()


def _is_inside_word(text: str, place: int) -> bool:
    """Whether a place is in the middle of a word of English, of a number or of an address."""
    return not (text[place - 1].isspace() or is_wide(text[place - 1]) or is_wide(text[place]))


def _parts_words(text: str, place: int) -> bool:
    """Whether the space before a place stands between words, and not between a word and its Japanese particle."""
    before, after = text[:place].rstrip()[-1:], text[place]
    between_words = text[place - 1] == "\u3000" or not (before and (is_wide(before) or is_wide(after)))
    return between_words and _may_break(text, place)


def is_wide(sign: str) -> bool:
    """Whether a sign takes the width of a Japanese character (Unicode Standard Annex 11)."""
    return unicodedata.east_asian_width(sign) in ("W", "F")

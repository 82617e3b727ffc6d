"""Where a text may be cut: between what readers see as characters, not inside 👩‍💻, が (か and a mark), or 🇯🇵.

A small form of UAX #29 (https://www.unicode.org/reports/tr29/) over the standard library's tables: marks, joiners,
modifiers and tags stay with what they follow, regional indicators stay in pairs, Hangul letters in syllables.
"""

from __future__ import annotations

import unicodedata

_JOINER = "\u200d"

_EXTENDING_CATEGORIES = frozenset({"Mn", "Me", "Mc"})

# Joiners, half-width voicing marks, skin tones and tags, which Unicode files elsewhere.
_EXTENDING = frozenset("\u200c\u200d\uff9e\uff9f") | {
    chr(it) for it in (*range(0x1F3FB, 0x1F400), *range(0xE0020, 0xE0080))
}

_HANGUL = (("L", "\u1100", "\u115f"), ("V", "\u1160", "\u11a7"), ("T", "\u11a8", "\u11ff"), ("S", "\uac00", "\ud7a3"))

_LONGEST = 64


def clipped(text: str, limit: int) -> str:
    """Return a text of at most `limit` code points, the last `…` where cut; what readers see as one stays whole."""
    if len(text) <= limit:
        return text
    end = limit - 1
    while not _is_boundary(text, end):
        end -= 1
        if limit - end > _LONGEST:  # letters drowned in marks have no good place
            end = limit - 1
            break
    return f"{text[:end].rstrip()}…"


def _is_boundary(text: str, place: int) -> bool:
    if not 0 < place < len(text):
        return True
    before, after = text[place - 1], text[place]
    if after in _EXTENDING or unicodedata.category(after) in _EXTENDING_CATEGORIES:
        return False
    if before == _JOINER:
        return unicodedata.category(after) != "So"
    if _is_regional(before) and _is_regional(after):
        return _regional_run(text, place) % 2 == 0
    return not _is_one_syllable(before, after)


def _is_regional(letter: str) -> bool:
    return "\U0001f1e6" <= letter <= "\U0001f1ff"


def _regional_run(text: str, end: int) -> int:
    """Return how many regional indicators of a text end at a place."""
    start = end
    while start and _is_regional(text[start - 1]):
        start -= 1
    return end - start


def _is_one_syllable(before: str, after: str) -> bool:
    pairs = {"L": "LVS", "V": "VT", "T": "T", "S": "VT"}
    return _hangul(after) in pairs.get(_hangul(before), "") if _hangul(after) else False


def _hangul(letter: str) -> str:
    """Return the kind of a Hangul letter: leading, vowel, trailing, a whole syllable; empty for other letters."""
    return next((kind for kind, first, last in _HANGUL if first <= letter <= last), "")

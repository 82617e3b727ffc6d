"""Terms that one text writes in two ways: `サーバ` and `サーバー`, `GitHub` and `Github`.

The rules know no list of words. Katakana differs in its long vowels and in `ヴ` (文化審議会「外来語の表記」, 1991,
leaves both open), Latin letters in capitals within a word and in full width. Whether a word begins with a capital, or
is all of capitals, says nothing of how it is spelt.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

_WORD = re.compile(r"[ァ-ヺー]{3,40}|(?<![\w./@#-])[A-Za-zＡ-Ｚａ-ｚ][A-Za-zＡ-Ｚａ-ｚ0-9]{2,39}(?![\w/@-])")

_V = re.compile("ヴ([ァィェォ]?)")

_V_AS_B = {"ァ": "バ", "ィ": "ビ", "": "ブ", "ェ": "ベ", "ォ": "ボ"}

_LONG = "ー"

_SHORTEST_WITHOUT_LONG = 5
"""The number of letters from which on two words that differ in a long vowel within them are one."""


def terms_in(text: str) -> Iterator[tuple[str, str]]:
    """Yield the words of a text that may be spelt in two ways, each with the form by which spellings are one."""
    for match in _WORD.finditer(text):
        word = match[0]
        yield word, _katakana(word) if "ァ" <= word[0] <= "ヺ" else unicodedata.normalize("NFKC", word).lower()


def differ(one: str, other: str) -> bool:
    """Whether two words of one form are two spellings, and not one at the beginning of a sentence or in capitals."""
    if one == other:
        return False
    if not (one.isascii() and other.isascii()):
        return True
    return one[1:] != other[1:] and not any(word.islower() or word.isupper() for word in (one, other))


def _katakana(word: str) -> str:
    plain = _V.sub(lambda match: _V_AS_B[match[1]], word)
    if len(short := plain.replace(_LONG, "").replace("ェイ", "ェ")) >= _SHORTEST_WITHOUT_LONG:
        return short
    return plain.rstrip(_LONG) if len(plain) > len(_LONG) + 2 else plain

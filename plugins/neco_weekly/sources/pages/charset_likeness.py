"""How much a text, read by one of several codecs, is like text that people write: for pages whose label is no help.

A wrong codec shows in what it makes of the bytes: rare kanji, capitals within words, letters that no one language has
together. Chinese and Korean have their usual characters in their own rows of the double-byte standards (GB 2312, KS X
1001, Big5: the first level, by frequency of use), the others their alphabets.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import islice

_JUDGED, _FEW = 2_000, 8

LIKELY = 0.6
"""The likeness from which on a reading is believed without a label."""

_BETTER = 0.03

KANA = re.compile("[ぁ-んァ-ヶー]")

_PRIVATE = re.compile("[\ue000-\uf8ff]")

_HANGUL_RUN = re.compile(r"[^\x00-\x7f]+")

# By codec: the standard in whose rows the usual characters are, and the first byte of the first and the last such row.
_ROWS = {"cp949": ("euc_kr", 0xB0, 0xC8), "gb18030": ("gb2312", 0xB0, 0xD7), "big5hkscs": ("big5", 0xA4, 0xC6)}

_THAI_MARK = re.compile("[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]")

_SIGNS = (0xA1, 0xA3)

# Signs that pages in any language have, and how much one counts: a text is not likely by signs alone.
_NEUTRAL = frozenset("\xa0«»“”„‘’‚–—…·•©®™°€£§´¿¡×№")

_SIGN = 0.62

_LATIN = {
    "cp1252": (
        "àâæçéèêëîïôœùûüÿ", "äöüß", "áéíñóúüªº", "àáâãçéêíóôõúªº", "àèéìíîòóùú", "åäöé", "æøåéòâ", "áðéíóúýþæö",
        "àéèíïóòúüç", "éëèïóöü",
    ),
    "iso8859_2": ("áčďéěíňóřšťúůýž", "áäčďéíĺľňóôŕšťúýž", "ąćęłńóśźż", "áéíóöőúüű", "čćđšž", "ăâîșțşţ"),
    "cp1254": ("çğıöşüâîû", "çğıöşüi̇âîû"),
}  # fmt: skip

_ALPHABETS: Mapping[str, tuple[frozenset[str], ...]] = {
    **{codec: tuple(map(frozenset, alphabets)) for codec, alphabets in _LATIN.items()},
    "cp1250": tuple(map(frozenset, _LATIN["iso8859_2"])),
    "cp1255": (frozenset(map(chr, range(0x5D0, 0x5EB))),),
    "cp1251": (frozenset("абвгдеёжзийклмнопрстуфхцчшщъыьэюя"), frozenset("абвгґдеєжзиіїйклмнопрстуфхцчшщьюя")),
    "koi8_r": (frozenset("абвгдеёжзийклмнопрстуфхцчшщъыьэюя"),),
    "cp1253": (frozenset("αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋΐΰ"),),
    "cp1256": (frozenset([*map(chr, (*range(0x621, 0x63B), *range(0x640, 0x653))), *"،؛؟پچژگ"]),),
    "cp874": (frozenset(map(chr, range(0xE01, 0xE5C))),),
}

CODECS = ("euc_jp", "cp932", *_ROWS, *_ALPHABETS)
"""Codecs of which the likeness of what they read can be said, those preferred first where two are alike."""


def most_like_text(readings: Iterable[tuple[str, str]]) -> str | None:
    """Return the codec whose reading, of codec and text, is most like text; None where none is likely.

    U+FFFD in a text is a broken place. Of readings that are about equally likely the first is taken.
    """
    best, most = None, LIKELY
    for codec, text in readings:
        likeness = _likeness(codec, text)
        if likeness > most + (_BETTER if best else 0):
            best, most = codec, likeness
    return best


def like_japanese(text: str, *, rare: float = 0.5) -> float:
    """Return how usual a text's non-ASCII letters are in Japanese, 0 to 1; a longer text without kana has 0.

    `rare` is what half-width kana and rare kanji count.
    """
    letters = _letters(text)
    kana = sum(bool(KANA.match(it)) for it in letters)
    if not letters or (len(letters) > 60 and kana * 20 < len(letters)):
        return 0
    return sum(_usual(it, rare) for it in letters) / len(letters)


def _likeness(codec: str, text: str) -> float:
    if codec in _ROWS:
        return _in_rows(text, *_ROWS[codec]) + (_BETTER * 2 if codec == "cp949" and _is_spaced(text) else 0)
    if codec in _ALPHABETS:
        alphabets, latin = _ALPHABETS[codec], codec in ("cp1250", *_LATIN)
        several = _in_alphabet(text, frozenset().union(*alphabets), latin=latin) - 0.1
        likeness = max(several, *(_in_alphabet(text, it, latin=latin) for it in alphabets))
        return likeness * _marked(text) if codec == "cp874" else likeness
    return like_japanese(text, rare=0)


def _letters(text: str) -> list[str]:
    return list(islice((it for it in text if not it.isascii()), _JUDGED))


def _usual(letter: str, rare: float) -> float:
    """Return how usual a letter is in Japanese: 1 for signs, kana, kanji of level 1 and Microsoft's, else `rare` or 0.

    In JIS X 0208 the usual ones are rows 1 to 5 and 16 to 47. Text of other languages, or EUC-JP, reads in cp932 mostly
    as rare ones.
    """
    written = letter.encode("euc_jp", "ignore")
    if len(written) == 2:
        return 1 if 0xA1 <= written[0] <= 0xA5 or 0xB0 <= written[0] <= 0xCF else rare
    return 1 if letter.encode("cp932", "ignore") and not _PRIVATE.match(letter) else 0


def _in_rows(text: str, standard: str, first: int, last: int) -> float:
    """Return the share of a text's non-ASCII characters that are signs or in the usual rows of a standard."""
    letters = _letters(text)
    rows = [it.encode(standard, "ignore")[:1] for it in letters]
    usual = sum(bool(it) and (first <= it[0] <= last or _SIGNS[0] <= it[0] <= _SIGNS[1]) for it in rows)
    return usual / len(letters) if letters else 0


def _is_spaced(text: str) -> bool:
    """Whether a text has spaces between short words, as Korean has: kanji without kana read as Korean have none."""
    runs = _HANGUL_RUN.findall(text[:_JUDGED])
    return sum(map(len, runs)) >= _FEW and sum(map(len, runs)) <= 5 * len(runs)


def _in_alphabet(text: str, alphabet: frozenset[str], *, latin: bool) -> float:
    """Return the share of a text's non-ASCII characters that are in an alphabet and stand where such letters stand."""
    places = zip(f" {text}", text, f"{text[1:]} ", strict=False)
    judged = list(islice((it for it in places if not it[1].isascii()), _JUDGED))
    return sum(_fit(*it, alphabet, latin=latin) for it in judged) / len(judged) if judged else 0


def _fit(before: str, letter: str, after: str, alphabet: frozenset[str], *, latin: bool) -> float:
    """Return how well a letter stands between two others in a text of an alphabet, 0 to 1."""
    if letter in _NEUTRAL:
        return _SIGN
    if letter.lower()[0] not in alphabet or (not latin and before.isascii() and before.isalpha()):
        return 0
    if letter.isupper() and before.isalpha():
        return 0.5 if before.isupper() else 0
    return 0 if letter.islower() and before.isupper() and after.isupper() else 1


def _marked(text: str) -> float:
    """Return 1 where a text has vowels and tones above and below its letters as Thai has, less where it has fewer."""
    marks = len(_THAI_MARK.findall(text))
    return min(1, marks * 10 / (len(_letters(text)) or 1))

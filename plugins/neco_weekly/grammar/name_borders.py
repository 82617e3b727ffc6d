"""Where a name in a text begins and ends: what may stand beside it, in the scripts of Japanese and in English."""

from __future__ import annotations

import re

_KATAKANA = "\u30a1-\u30fa\u30fc-\u30fe\u31f0-\u31ff"

_KANA_AND_KANJI = "\u3040-\u309f々〆\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"

WORD = re.compile(rf"[^\W{_KATAKANA}{_KANA_AND_KANJI}]+|[{_KATAKANA}]+")
"""A word that has borders: letters and digits of any alphabet, or katakana. `_` is a letter, as in programs."""

WITHOUT_BORDERS = re.compile(rf"[{_KANA_AND_KANJI}]")
"""A sign of a script whose words have no borders: hiragana, kanji."""

_TWO_KANJI = re.compile(r"[々\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]{1,2}")

_KANJI = re.compile(r"[々\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")

_NAME_BEFORE = re.compile(r"(?:[\w.][./@:]|[.@\\$%]|(?:^|[\s(])/)\Z", re.ASCII)
"""What stands before a word that is part of an address, a path, an account or a variable."""

_NAME_AFTER = re.compile(r"\.[a-z0-9]|[:=@/][/\w]|\(\)", re.ASCII)

_PREFIX = re.compile(r"(?:^|[\s(])(?:anti|non|post|pre|multi|self|semi)-\Z", re.IGNORECASE)

_SUFFIX = re.compile(
    r"-(?:aware|backed|based|compatible|driven|enabled|free|managed|like|native|only|powered|ready|related|specific"
    r"|style|supported)(?![\w-])",
    re.IGNORECASE | re.ASCII,
)


def stands_alone(text: str, start: int, end: int) -> bool:
    """Whether a name is no part of a longer one, of a path or of an address.

    People write `Prometheus/Grafana` and `Cilium-CNI` of two things; in small letters that is what one thing is called.
    """
    before, behind = text[max(0, start - 8) : start], text[end : end + 16]
    if _DOT_BEHIND.match(behind) or before.endswith(("@", "\\", "$")):
        return False
    if not text[start:end].isascii() or any(map(str.isupper, text[start:end])):
        return True
    if before.endswith("-") and not _PREFIX.search(before):
        return False
    if behind.startswith("-") and _HYPHENED.match(behind) and not _SUFFIX.match(behind):
        return False
    return not (_NAME_BEFORE.search(before) or _NAME_AFTER.match(behind))


_DOT_BEHIND = re.compile(r"\.[a-z0-9]", re.IGNORECASE | re.ASCII)

_HYPHENED = re.compile(r"-\w", re.ASCII)


def ends_freely(folded: str, start: int, end: int, name: str) -> bool:
    """Whether a name with kanji or hiragana goes on no word at its ends that has borders, nor one of few kanji."""
    before, behind = folded[start - 1 : start], folded[end : end + 1]
    if any(WORD.fullmatch(near) and _same_script(near, own) for near, own in ((before, name[0]), (behind, name[-1]))):
        return False
    return not (_TWO_KANJI.fullmatch(name) and (_KANJI.match(before) or _KANJI.match(behind)))


def _same_script(sign: str, other: str) -> bool:
    return bool(WORD.fullmatch(sign + other))

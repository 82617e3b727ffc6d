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

_IN_ADDRESS = re.compile(r"[\w.+:/-]*\Z", re.ASCII)

_ADDRESS = re.compile(r"[\w.+:/-]*", re.ASCII)

_SHORTEST_PATH = 2
"""The number of slashes from which on words between them are a path, and no list of two."""

_PREFIX = re.compile(
    r"(?:^|[\s(])(?:anti|cross|full|half|multi|new|non|old|post|pre|pseudo|self|semi)-\Z", re.IGNORECASE
)

_SUFFIX = re.compile(
    r"-(?:\w+(?:able|ed|ful|ible|ing|less)|aware|compliant|driven|free|friendly|like|native|only|ready|specific|style"
    r"|type|wide)(?![\w-])",
    re.IGNORECASE | re.ASCII,
)
"""What makes another word of a name and no other name: participles and the like, an open class in English."""


def stands_alone(text: str, start: int, end: int) -> bool:
    """Whether a name is no part of a longer one, of a path or of an address.

    People write `Prometheus/Grafana` and `Cilium-CNI` of two things; in small letters that is what one thing is called.
    """
    before, behind = text[max(0, start - _FAR) : start], text[end : end + _FAR]
    if _DOT_BEHIND.match(behind) or before.endswith(("@", "\\", "$")):
        return False
    if not text[start:end].isascii() or any(map(str.isupper, text[start:end])):
        return True
    if before.endswith("-") and not _PREFIX.search(before):
        return False
    if _HYPHENED.match(behind) and not _SUFFIX.match(behind):
        return False
    return not (_is_address(before, behind) or _CALLED.match(behind))


def _is_address(before: str, behind: str) -> bool:
    """Whether what stands around a name without a space is of a path, a host or an image; `signet/testnet` is none."""
    left, right = _IN_ADDRESS.search(before), _ADDRESS.match(behind)
    written = f"{left[0] if left else ''} {right[0].rstrip('.:') if right else ''}"
    return written.startswith("/") or "." in written or ":" in written or written.count("/") >= _SHORTEST_PATH


_FAR = 40

_CALLED = re.compile(r"\(\)|[=@]\w", re.ASCII)

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

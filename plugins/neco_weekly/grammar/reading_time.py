"""How long an issue takes to read."""

from __future__ import annotations

import math
import re

SIGNS_A_MINUTE = 500
"""Japanese characters that a reader reads in a minute."""

WORDS_A_MINUTE = 265
"""Words of other scripts that a reader reads in a minute."""

CODE_COUNTS = 0.25
"""What code counts against prose: it is looked at, and read where the text says so."""

_SIGNS = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+")
_WORD = re.compile(r"[^\W\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff_]+(?:['’.-][^\W\u3040-\u30ff\u3400-\u9fff]+)*")
_FENCE = re.compile(r"^[ >]*(`{3,}|~{3,})[^\n]*\n(.*?)(?:^[ >]*\1|\Z)", re.MULTILINE | re.DOTALL)


def minutes_to_read(text: str, body: str) -> int:
    """Return the minutes that a text takes to read, at least 1. `text` is all that is shown, `body` its Markdown.

    Kana and kanji are counted, and words of other scripts, at the rates that Medium publishes (help centre, “Read
    time”: 265 words a minute, 500 characters of Chinese, Japanese and Korean). What the body has in fences is code, and
    counts a quarter.
    """
    code = " ".join(found[2] for found in _FENCE.finditer(body))
    prose = max(0.0, _time_of(text) - _time_of(code))
    return max(1, math.floor(prose + _time_of(code) * CODE_COUNTS + 0.5))


def _time_of(text: str) -> float:
    return sum(map(len, _SIGNS.findall(text))) / SIGNS_A_MINUTE + len(_WORD.findall(text)) / WORDS_A_MINUTE

"""Cutting texts between what readers see as characters."""

from __future__ import annotations

import time

import pytest
from neco_weekly.sources.pages.graphemes import clipped


@pytest.mark.parametrize(
    ("text", "limit", "cut"),
    [
        ("abc", 3, "abc"),
        ("abcd", 3, "ab…"),
        ("ab  cd", 4, "ab…"),
        ("①㈱髙～ｶﾅ", 4, "①㈱髙…"),
        ("aか\u3099き", 3, "a…"),
        ("aｶﾞキ", 3, "a…"),
        ("a👩\u200d💻b", 3, "a…"),
        ("a👩\u200d💻b", 4, "a…"),
        ("a👩\u200d💻bc", 5, "a👩\u200d💻…"),
        ("a👍🏽b", 3, "a…"),
        ("a❤\ufe0fb", 3, "a…"),
        ("a🇯🇵🇺🇸", 3, "a…"),
        ("a🇯🇵🇺🇸", 4, "a🇯🇵…"),
        ("a葛\U000e0100飾", 3, "a…"),
        ("a\u1112\u1161\u11ab글", 4, "a…"),
        ("a각글b", 3, "a각…"),
        ("a" + "\u0301" * 200, 100, "a" + "\u0301" * 98 + "…"),
    ],
)
def test_clipped(text: str, limit: int, cut: str) -> None:
    assert clipped(text, limit) == cut


def test_many_marks_take_no_long_time() -> None:
    started = time.monotonic()
    for text in ("\u0301" * 1_000_000, "🇯" * 1_000_000, "👩\u200d" * 500_000):
        assert len(clipped(text, 900_000)) <= 900_000
    assert time.monotonic() - started < 5

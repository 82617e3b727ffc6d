"""Cutting texts between what readers see as characters."""

from __future__ import annotations

import pytest
from neco_weekly.sources.pages.graphemes import clipped

from tests.guards import coming_to_an_end
from tests.lengthy import GRAPHEMES, LONG, Lengthy


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


@pytest.mark.parametrize("hostile", [pytest.param(it, id=it.name) for it in GRAPHEMES])
def test_many_marks_come_to_an_end(hostile: Lengthy) -> None:
    with coming_to_an_end(hostile.name):
        text = hostile.text(LONG)
        assert len(clipped(text, LONG * 9 // 10)) <= LONG * 9 // 10

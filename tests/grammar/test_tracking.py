"""Tracking parameters: what of an address only tells who sent a reader."""

from __future__ import annotations

import pytest
from neco_weekly.grammar.tracking import without_tracking

HOST = "https://example.com/a"


@pytest.mark.parametrize(
    ("behind", "left"),
    [
        ("?utm_source=x", ""),
        ("?utm_source=x&id=1", "?id=1"),
        ("?id=1&utm_source=x&utm_medium=y", "?id=1"),
        ("?id=1&utm_source=x&b=2#c", "?id=1&b=2#c"),
        ("?id=1&amp;fbclid=x&amp;b=2", "?id=1&amp;b=2"),
        ("?fbclid=x#c", "#c"),
        ("?UTM_Source=x", ""),
        ("?utm_source=x&", ""),
        ("?gclid=1&msclkid=2&mc_eid=3&_hsenc=4&yclid=5", ""),
    ],
)
def test_what_tracks_goes(behind: str, left: str) -> None:
    assert without_tracking(f"{HOST}{behind}") == f"{HOST}{left}"


@pytest.mark.parametrize(
    "behind",
    [
        "",
        "?",
        "?id=1",
        "?ref=x",
        "?source=utm_source",
        "?x=utm_source=1",
        "#?utm_source=x",
        "/utm_source=1",
        "?a&b&",
        "?autm_source=1",
    ],
)
def test_what_does_not_stays(behind: str) -> None:
    assert without_tracking(f"{HOST}{behind}") == f"{HOST}{behind}"

"""What the sections of an issue say in short is the same when it comes out of a cache."""

from __future__ import annotations

import pytest
from neco_weekly.issues.outline import Outline, outline_of
from neco_weekly.model.issues import Heading, ScanResult, Section

SECTIONS = (
    Section(anchor="go", title="号", text="はじめの言葉", level=1),
    Section(anchor="a", title="#127 ユーザー名前空間", text="話", level=2),
    Section(anchor="b", title="あとがき", text="また来週", level=2),
)
BODY = "# 号\n\n<!-- neco: ignore card-not-fetched -->\n\n話\n"


def test_an_outline_says_what_the_sections_say() -> None:
    assert outline_of(ScanResult(sections=SECTIONS), BODY) == Outline(
        topics=("#127 ユーザー名前空間",),
        headings=("#127 ユーザー名前空間", "あとがき"),
        news=(Heading(text="ユーザー名前空間", anchor="a"),),
        opening="はじめの言葉",
        minutes=1,
        ignored=((5, "card-not-fetched"),),
    )


@pytest.mark.parametrize("sections", [SECTIONS, ()])
def test_an_outline_that_was_told_is_the_same(sections: tuple[Section, ...]) -> None:
    outline = outline_of(ScanResult(sections=sections), BODY)
    assert Outline.read(outline.told()) == outline


@pytest.mark.parametrize("text", ["", "1", "[]", "[1,2,3,4,5,6]", "{"])
def test_what_is_no_outline_is_refused(text: str) -> None:
    with pytest.raises((ValueError, TypeError)):
        Outline.read(text)

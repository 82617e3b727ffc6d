"""Marks in writers' pages: filled where they stand alone, and left where a text shows them."""

from __future__ import annotations

import pytest
from neco_weekly.site.pages.page_marks import with_marks_filled

FILLED = {
    "alone": "# 家\n\n<!-- neco:home -->\n\n文",
    "of the archive": "<!-- neco:archive -->",
    "indented": "  <!-- neco:home -->  ",
    "behind code": "```\na\n```\n<!-- neco:home -->",
    "behind code that shows a fence": "````\n```\n````\n<!-- neco:home -->",
}
LEFT = {
    "in a sentence": "文の中の <!-- neco:home --> は残る",
    "code in a sentence": "`<!-- neco:home -->` と書く",
    "in a fence": "```html\n<!-- neco:home -->\n```",
    "in a fence of tildes": "~~~\n<!-- neco:home -->\n```\n<!-- neco:archive -->\n~~~",
    "in a fence in a quote": "> ```\n> a\n<!-- neco:home -->\n> ```",
    "in a fence that is not closed": "```\n<!-- neco:home -->",
    "indented as code": "    <!-- neco:home -->",
    "another word": "<!-- neco:house -->",
}


@pytest.mark.parametrize("text", FILLED.values(), ids=FILLED)
def test_a_mark_alone_on_its_line_is_filled(text: str) -> None:
    filled = with_marks_filled(text, lambda mark: f"[{mark[10:-4]}]")
    assert "neco:" not in filled
    assert filled.count("[home]") + filled.count("[archive]") == 1


@pytest.mark.parametrize("text", LEFT.values(), ids=LEFT)
def test_a_mark_that_a_text_shows_stays(text: str) -> None:
    assert with_marks_filled(text, lambda _: "filled") == text

"""Marks that silence problems: of which line each is, and what of the text is left."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from neco_weekly.grammar.ignore_marks import ignored_in, without_marks

from tests.any_speed import at_any_speed

MARK = "<!-- neco: ignore bare-number -->"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        pytest.param(f"文 {MARK}\n次", 1, id="behind the line"),
        pytest.param(f"{MARK}\n文", 2, id="before the line"),
        pytest.param(f"一\n\n{MARK}\n\n文", 5, id="an empty line between"),
        pytest.param(f"{MARK}\n<!-- neco: ignore too-deep -->\n文", 3, id="two marks before one line"),
        pytest.param(f"> {MARK}\n> 文", 2, id="in a quote"),
        pytest.param(f"文\n{MARK}", 2, id="nothing below"),
        pytest.param(f"| 1 | {MARK}\n", 1, id="in a row"),
        pytest.param("<!--neco:ignore bare-number-->\n文", 2, id="no spaces"),
    ],
)
def test_a_mark_is_of_a_line(text: str, line: int) -> None:
    assert (line, "bare-number") in ignored_in(text)


def test_a_mark_may_name_several_codes_or_none() -> None:
    assert ignored_in("文 <!-- neco: ignore a-b, c-d e-f、g-h -->") == tuple(
        (1, it) for it in ("a-b", "c-d", "e-f", "g-h")
    )
    assert ignored_in("文 <!-- neco: ignore -->") == ((1, ""),)


@pytest.mark.parametrize(
    "text",
    [
        f"`{MARK}`",
        f"```\n{MARK}\n```",
        f"~~~\n文 {MARK}\n~~~",
        "<!-- neco: ignored bare-number -->",
        "<!-- neco:home -->",
        "<!-- neco: ignore a\n-->",
        f"\\{MARK}",
    ],
    ids=["code", "fence", "tildes", "another word", "a mark of pages", "two lines", "escaped"],
)
def test_what_is_no_mark_stays(text: str) -> None:
    assert ignored_in(text) == ()
    assert without_marks(text) == text


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (f"文 {MARK}", "文"),
        (f"文 {MARK} と文", "文  と文"),
        (f"## 題 {MARK}\n文", "## 題\n文"),
        (f"| 1 | 2 | {MARK}\n| 3 | 4 |", "| 1 | 2 |\n| 3 | 4 |"),
        (f"https://example.com/ {MARK}\n", "https://example.com/\n"),
        (f"{MARK}\n文", "<!---->\n文"),
        (f"  {MARK}\n", "  <!---->\n"),
        (f"文 <!-- 注 --> {MARK}", "文 <!-- 注 -->"),
    ],
)
def test_a_line_is_as_without_its_mark(text: str, left: str) -> None:
    assert without_marks(text) == left


PIECES = st.sampled_from(["文", MARK, "`", "```", "\n", "\n\n", "<!--", "-->", " ", "> ", "- ", "| ", "\\"])


@at_any_speed()
@given(st.lists(PIECES, max_size=14).map("".join))
def test_lines_stay_and_nothing_is_left_of_a_mark(text: str) -> None:
    left = without_marks(text)
    assert left.count("\n") == text.count("\n")
    assert without_marks(left) == left
    assert ignored_in(left) == ()

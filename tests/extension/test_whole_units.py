"""What no end of a line may part: what a writer writes, and which elements hold it together."""

from __future__ import annotations

import re

import pytest
from bs4 import BeautifulSoup
from markdown import markdown
from neco_weekly.extension.python_markdown import NecoWeeklyExtension

from tests.lock_fixture import LOCK, as_of_today

ISSUES = "https://github.com/kubernetes/enhancements/issues"
LONG = "x" * 28


@pytest.mark.parametrize(
    ("written", "units"),
    [
        pytest.param("まず KEP-127、次に", ["KEP-127、"], id="a mention and the comma behind it"),
        pytest.param("（KEP-127）。次に", ["KEP-127）。"], id="all closing signs, and no opening one"),
        pytest.param("KEP-127 の次", [], id="a link alone is a unit by itself"),
        pytest.param(f"[#127]({ISSUES}/127)、次", ["#127、"], id="a short link with its badge"),
        pytest.param(f"[長い題の記事]({ISSUES}/127)。次", ["。"], id="the badge alone behind a long link"),
        pytest.param("**KEP-127。**", ["KEP-127。"], id="inside emphasis"),
        pytest.param("## KEP-127。", [], id="nothing in a heading"),
        pytest.param("KEP-9999。", ["KEP-9999。"], id="a KEP of which nothing is known"),
        pytest.param("| 日 |\\n|---|\\n| 2026-07-10 まで |", ["2026-07-10"], id="a date in a cell"),
        pytest.param("| 日 |\\n|---|\\n| 6月12日 |", ["6月12日"], id="a Japanese date in a cell"),
        pytest.param("| 日 |\\n|---|\\n| v1.36 まで |", [], id="no date"),
        pytest.param("2026-07-10 まで", [], id="no date outside of cells"),
        pytest.param("| 形 |\\n|---|\\n| `neco --dry-run x` |", ["--dry-run"], id="an option in a cell"),
        pytest.param("| 形 |\\n|---|\\n| `--max-age 30d` と `-h` |", ["--max-age", "-h"], id="options in a cell"),
        pytest.param("| 形 |\\n|---|\\n| `pull-request-of-keps` |", [], id="a name that a phone has no room for"),
        pytest.param("`--dry-run` と", [], id="code outside of cells, which is whole"),
    ],
)
def test_units_stay_on_one_line(written: str, units: list[str]) -> None:
    page = drawn(written.replace("\\n", "\n"))
    for ours in page.select(".neco-hidden, .neco-kep__stage, .neco-kep__plan, .neco-kep__then, .neco-kep__stale"):
        ours.decompose()
    assert [unit.get_text().strip() for unit in page.select(".neco-unit")] == units


def test_no_character_is_changed() -> None:
    page = drawn("（KEP-127）。次に #127、 KEP-127")
    for ours in page.select("[data-search-exclude]"):
        ours.decompose()
    assert re.sub(r"\s+", " ", page.get_text()).strip() == "（KEP-127）。次に #127、 KEP-127"


@pytest.mark.parametrize(("code", "is_long"), [(LONG[:-1], False), (LONG, True)], ids=["27 signs", "28 signs"])
def test_long_code_may_be_broken(code: str, is_long: bool) -> None:
    found = drawn(f"この `{code}` は").select_one("code")
    assert found is not None
    assert ("neco-long" in (found.get("class") or [])) is is_long


def test_code_with_an_option_says_what_was_written_and_is_read_once() -> None:
    text = "| 形 |\n|---|\n| `a --dry-run *b* -c` |"
    code = drawn(text).select_one("td code")
    assert code is not None
    assert code.get_text() == "a --dry-run *b* -c"
    assert code.select("em") == []


def test_the_third_reference_of_a_paragraph_is_quieter() -> None:
    text = f"KEP-127 と **KEP-128**、[#129]({ISSUES}/129)、KEP-666\n\nKEP-130\n\n- KEP-127\n- KEP-128\n- KEP-129"
    crowd = [link["data-kep"] for link in drawn(text).select(".neco-kep--crowd")]
    assert crowd == ["129", "666"]


def drawn(text: str) -> BeautifulSoup:
    html = markdown(text, extensions=["tables", NecoWeeklyExtension(keps_as_of=as_of_today(LOCK))])
    return BeautifulSoup(html, "html.parser")

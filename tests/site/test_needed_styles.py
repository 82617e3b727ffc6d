"""Which style sheets a page loads beside those of every page."""

from __future__ import annotations

import re

import pytest
from neco_weekly.site.needed_styles import common_sheets, groups, needed_sheets

from tests.test_house import PACKAGE

TEXT, ISSUE = {"dialect", "card"}, {"issue", "later", "topics"}
SHEETS = {path.stem: path.read_text("utf-8") for path in (PACKAGE / "site/assets").glob("*.css")}
OF_SCRIPTS = {"--neco-natural", "--neco-natural-height", "--neco-room"}
"""Values that a script gives to what it draws."""
_USED = re.compile(r"var\((--neco-[\w-]+)\)")  # without a value in its place
_DEFINED = re.compile(r"(--neco-[\w-]+):")


@pytest.mark.parametrize(
    ("html", "has", "lacks"),
    [
        pytest.param("<p>text</p>", set(), {*TEXT, "kep", "releases", "home"}, id="words"),
        pytest.param('<svg class="neco-timeline">', {"timeline", "kep"}, TEXT, id="a timeline"),
        pytest.param('<table class="neco-kep-table">', {"filter", "kep_table"}, {*TEXT, "timeline"}, id="rows"),
        pytest.param('<ul class="neco-rows">', {"releases", "upgrade"}, {*TEXT, "filter"}, id="a release"),
        pytest.param('<div class="neco-card">', TEXT, {"kep"}, id="a card in what we draw"),
        pytest.param('<div class="neco-end">', ISSUE, TEXT, id="an issue's end"),
        pytest.param('<div class="admonition correction">', ISSUE, TEXT, id="a correction"),
        pytest.param('<div class="neco-home">', {"home"}, {*TEXT, "releases"}, id="the home"),
    ],
)
def test_a_page_has_the_sheets_of_what_stands_on_it(html: str, has: set[str], lacks: set[str]) -> None:
    needed = set(needed_sheets(html, design=True, is_written=False))
    assert has <= needed
    assert not lacks & needed


def test_a_page_of_a_writer_has_all_that_writers_may_need() -> None:
    assert set(needed_sheets("<p>text</p>", design=True, is_written=True)) >= TEXT
    assert "home" not in set(needed_sheets('<div class="neco-home">', design=False, is_written=True))


def test_every_sheet_is_in_one_group_and_has_the_values_that_it_uses() -> None:
    common = common_sheets(design=True)
    named = [*common, *(it for group in groups(design=True) for it in group.sheets)]
    assert sorted(named) == sorted(SHEETS.keys() - {"live"})  # a preview alone has that
    known = {name for sheet in common for name in _DEFINED.findall(SHEETS[sheet])}
    missing = [
        f"{sheet}.css: {name}"
        for sheets in (common, *(group.sheets for group in groups(design=True)))
        for sheet in sheets
        for name in set(_USED.findall(SHEETS[sheet])) - OF_SCRIPTS
        if name not in known | {it for other in sheets for it in _DEFINED.findall(SHEETS[other])}
    ]
    assert missing == []

"""The list of what went back, narrowed down: by words, SIG, stage and what we covered, kept in the address."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.chromium import KINDS, Served, visit
from tests.browser.waiting import becomes

pytestmark = pytest.mark.browser

ROWS = """() => [...document.querySelectorAll(".neco-setbacks > li")].filter(row => row.checkVisibility())
  .map(row => ({ ...row.dataset, text: row.textContent }))"""
EMPTY = """() => [...document.querySelectorAll(".neco-setback-kind, .neco-setback-kind section")]
  .filter(part => part.checkVisibility())
  .filter(part => ![...part.querySelectorAll("li")].some(row => row.checkVisibility()))
  .map(part => part.textContent.slice(0, 40))"""


def test_the_list_is_narrowed_down_and_no_heading_stands_over_nothing(browser: Browser, site: Served) -> None:
    with visit(browser, site) as reader:
        page = reader.open(KINDS["setbacks"])
        whole = page.evaluate(ROWS)
        page.get_by_label("担当 SIG").select_option("sig-network")
        becomes(page, lambda it: {row["sig"] for row in it.evaluate(ROWS)}, {"sig-network"})
        found = page.evaluate(ROWS)
        assert len(found) == sum(row["sig"] == "sig-network" for row in whole)
        assert page.evaluate(EMPTY) == []
        page.get_by_label("掲載").select_option("yes")
        covered = page.evaluate(ROWS)
        assert all(row.get("covered") == "yes" for row in covered)
        assert 0 < len(covered) < len(found)
        page.get_by_label("キーワード").fill("MultiCIDR")
        expected = [row for row in covered if "MultiCIDRRangeAllocator" in row["text"]]
        becomes(page, lambda it: it.evaluate(ROWS), expected)
        expect(page).to_have_url(re.compile("sig=sig-network"))
        page.get_by_label("キーワード").fill("どこにもない")
        expect(page.locator("output")).to_have_text("条件に合うものはありません。")
        assert page.evaluate(EMPTY) == []
        page.get_by_role("button", name="条件を外す").click()
        becomes(page, lambda it: it.evaluate(ROWS), whole)
    assert not reader.troubles, "\n".join(reader.troubles)

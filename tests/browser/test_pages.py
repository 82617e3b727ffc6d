"""Every page of the sample site, as a reader on a phone meets it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.chromium import PHONE, Served, visit

pytestmark = pytest.mark.browser

LOOK = """async () => {
  const seen = { shift: 0, widths: {} }
  const measure = () => {
    seen.widths[document.body.dataset.mdColorScheme] = document.scrollingElement.scrollWidth
  }
  new PerformanceObserver(list => { for (const entry of list.getEntries()) seen.shift += entry.value })
    .observe({ type: "layout-shift", buffered: true })
  await new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)))
  measure()
  document.querySelector("label[for^=__palette_]:not([hidden])").click()
  measure()
  return seen
}"""
"""How far a page moved while it was loading, and its width in either scheme: the theme keeps the choice."""


def test_every_page_loads_quietly_and_fits_a_phone_in_light_and_dark(browser: Browser, site: Served) -> None:
    found: list[str] = []
    with visit(browser, site) as reader:
        for path in site.pages:
            seen = reader.open(path).evaluate(LOOK)
            if seen["shift"] > 0.01:
                found.append(f"{path}: moves while it loads, by {seen['shift']:.3f}")
            if seen["widths"] != {"default": PHONE, "slate": PHONE}:
                found.append(f"{path}: is as wide as {seen['widths']}")
    assert not (troubles := found + reader.troubles), "\n".join(troubles)


def test_search_answers_quietly(browser: Browser, site: Served) -> None:
    with visit(browser, site) as reader:
        page = reader.open("")
        page.locator("label[for=__search]:visible").first.click()
        page.locator("input.md-search__input").press_sequentially("Pod")
        expect(page.locator("a.md-search-result__link").first).to_be_visible()
    assert not reader.troubles, "\n".join(reader.troubles)

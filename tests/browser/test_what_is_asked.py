"""A page of each kind is light, asks for nothing that it does not need, and has targets for a finger."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.browser.chromium import DESKTOP, KINDS, Served, visit
from tests.browser.what_is_asked import FINGER, MOST, SMALL, UNDRAWN, asked_by, left_out

pytestmark = pytest.mark.browser

NEEDS = {
    "filter.js": "form.neco-filter",
    "compare.js": "form.neco-compare",
    "follow.js": ".neco-follow",
    "following.js": "[data-neco-following]",
    "diagram.js": ".neco-diagram, .mermaid",
}
"""Scripts of some pages, and what they look for there."""
VAIN = ("sitemap.xml", "search_index.json")
TO_THE_END = """() => new Promise(seen => {
  scrollTo(0, document.body.scrollHeight)
  requestAnimationFrame(() => requestAnimationFrame(seen))
})"""


def test_a_page_of_each_kind_asks_for_little_and_for_nothing_in_vain(browser: Browser, site: Served) -> None:
    found: list[str] = []
    with visit(browser, site) as reader:
        for kind, path in KINDS.items():
            with asked_by(reader) as asked:
                page = reader.open(path)
                page.evaluate(TO_THE_END)
            if asked.travels > MOST:
                found.append(f"{kind}: {asked.travels} bytes, more than {MOST}")
            found += [f"{kind}: undrawn: {it}" for it in page.evaluate(UNDRAWN, left_out(asked))]
            for script, place in NEEDS.items():
                if asked.has(script) != (is_there := page.locator(place).count() > 0):
                    found.append(f"{kind}: {place} {is_there}, {script} {asked.has(script)}")
            found += [f"{kind}: {it} in vain" for it in asked.paths if it.endswith(VAIN)]
            found += [f"{kind}: smaller than a finger: {it}" for it in page.evaluate(SMALL, FINGER)[:5]]
    assert not (troubles := found + reader.troubles), "\n".join(troubles)


def test_reading_and_clicking_through_asks_for_no_list_of_pages(browser: Browser, site: Served) -> None:
    with visit(browser, site, width=DESKTOP) as reader, asked_by(reader) as asked:
        page = reader.open("")
        for link in ("article a[href*='issues/2']", "article a[href*='keps/']", ".md-tabs a[href$='links/']"):
            page.evaluate(TO_THE_END)
            with page.expect_navigation():
                page.locator(link).first.evaluate("link => link.click()")
    assert len({it for it in asked.paths if it.endswith("index.html")}) == 4
    assert [it for it in asked.paths if it.endswith(VAIN)] == []
    assert not reader.troubles, "\n".join(reader.troubles)

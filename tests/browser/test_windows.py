"""A window that a reader has left is used again: whoever comes next must not be able to tell."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.chromium import DESKTOP, KINDS, Served, visit

pytestmark = pytest.mark.browser

LEAVE = """async () => {
  for (const kept of [localStorage, sessionStorage]) kept.setItem("left", "here")
  document.cookie = "left=here"
  await (await caches.open("left")).put("/left", new Response("here"))
  addEventListener("pagehide", () => localStorage.setItem("left at last", "here"))
}"""
FIND = """async () => ({
  kept: [localStorage.length, sessionStorage.length, document.cookie, await caches.keys()],
  history: history.length,
  hovered: document.querySelectorAll(":hover").length,
  wide: innerWidth,
  likes: ["(prefers-color-scheme: dark)", "(forced-colors: active)", "print", "(prefers-reduced-motion)"]
    .filter(query => matchMedia(query).matches),
})"""


def use(page: Page) -> None:
    """All that tests do to a window they have not asked for as their own."""
    page.evaluate(LEAVE)
    page.route("**/*", lambda route: route.fulfill(body="not the page"))
    page.goto(page.url + "?elsewhere")
    page.mouse.move(180, 300)
    page.emulate_media(media="print", forced_colors="active")


def test_the_next_reader_finds_nothing_of_the_one_before(browser: Browser, site: Served) -> None:
    found, pages = [], []
    for own in (True, False, False):
        with visit(browser, site, own=own) as reader:
            pages.append(reader.page)
            found.append(reader.open(KINDS["home"]).evaluate(FIND))
            assert reader.page.title() != ""
        with visit(browser, site, width=DESKTOP, scheme="dark") as reader:
            use(reader.open(KINDS["home"]))
    assert pages[1] is pages[2]
    assert found == [found[0]] * 3
    assert reader.troubles == []
    assert found[0]["likes"] == ["(prefers-reduced-motion)"]

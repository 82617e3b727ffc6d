"""A card is one link over a box whose words can still be selected."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.browser.chromium import DESKTOP, KINDS, PHONE, Served, visit

pytestmark = pytest.mark.browser

HIT = """([card, selector]) => {
  const target = selector ? card.querySelector(selector) : card
  const box = target.getBoundingClientRect()
  const found = document.elementFromPoint(selector ? box.left + 5 : box.right - 5, box.top + box.height / 2)
  return found.closest("a")?.getAttribute("href") ?? (found.closest(".neco-card__text") && "the words")
}"""


def test_every_card_has_one_link_to_its_address(browser: Browser, site: Served) -> None:
    with visit(browser, site) as reader:
        for path in (path for path in site.pages if path.startswith("issues/2")):
            for card in reader.open(path).locator(".neco-card").all():
                assert card.locator("a, button, input, [tabindex]").count() == 1
                assert card.locator("a").get_attribute("href") == card.get_attribute("data-url")


@pytest.mark.parametrize(("width", "touch"), [(PHONE, True), (DESKTOP, False)])
def test_the_link_covers_the_box_and_a_mouse_reaches_the_words(
    browser: Browser, site: Served, width: int, touch: bool
) -> None:
    with visit(browser, site, width=width, touch=touch) as reader:
        page = reader.open(KINDS["issue"])
        for card in page.locator(".neco-card:has(.neco-card__text)").all():
            card.scroll_into_view_if_needed()
            handle, url = card.element_handle(), card.get_attribute("data-url")
            assert page.evaluate(HIT, [handle, None]) == url
            words = page.evaluate(HIT, [handle, ".neco-card__text"])
            assert words == (url if touch else "the words")

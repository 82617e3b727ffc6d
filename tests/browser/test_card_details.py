"""What a card has beside words and a site: facts of a file stand beside its picture, code is as wide as the card."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Locator

from tests.browser.chromium import DESKTOP, PHONE, Served, visit
from tests.link_cards import CODE, PAGE, PAPER, WANTED_PAGE

pytestmark = pytest.mark.browser


def box_of(card: Locator, part: str) -> tuple[int, ...]:
    """Left, top, right and bottom of a part of a card, whole pixels."""
    found = card.locator(part).evaluate(
        "it => (box => [box.left, box.top, box.right, box.bottom])(it.getBoundingClientRect())"
    )
    return tuple(map(round, found))


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_code_is_as_wide_as_its_card_and_below_the_picture(browser: Browser, more: Served, width: int) -> None:
    with visit(browser, more, width=width) as reader:
        card = reader.open(PAGE).locator(f".neco-card[data-url='{CODE}']")
        code, picture = (box_of(card, f".neco-card__{part}") for part in ("code", "image"))
        padding = "it => it.clientWidth - parseFloat(getComputedStyle(it).paddingLeft) * 2"
        assert code[2] - code[0] == round(card.evaluate(padding))
        assert picture[3] <= code[1]


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_facts_of_a_file_stand_right_below_its_name_beside_the_picture(
    browser: Browser, more: Served, width: int
) -> None:
    with visit(browser, more, width=width) as reader:
        card = reader.open(WANTED_PAGE).locator(f".neco-card[data-url='{PAPER}']")
        name, facts, picture = (box_of(card, f".neco-card__{part}") for part in ("link", "facts", "image"))
        assert facts[1] - name[3] < 10
        assert facts[2] <= picture[0]

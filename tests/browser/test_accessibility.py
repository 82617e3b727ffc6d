"""What axe, a keyboard and a reader with large type find."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser

from tests.browser.axe import ALL_RULES, SHORTEN, violations
from tests.browser.chromium import DESKTOP, KINDS, PHONE, VIEWS, Scheme, Served, visit

pytestmark = pytest.mark.browser

OTHER_SCHEME = "document.querySelector('label[for^=__palette_]:not([hidden])').click()"
STOP = """() => {
  const focused = document.activeElement
  const element = focused.matches(".md-option") ? focused.nextElementSibling : focused
  const box = element.getBoundingClientRect()
  const ring = style => style.outlineStyle === "solid" && parseFloat(style.outlineWidth) >= 2
  return {
    name: (element.className + " " + element.textContent).replace(/\\s+/g, " ").trim().slice(0, 60),
    card: element.closest(".neco-card")?.dataset.url,
    end: element === document.body,
    ring: ring(getComputedStyle(element)) || ring(getComputedStyle(element, "::after")),
    seen: box.right > 0 && box.left < innerWidth && box.bottom > 0 && box.top < innerHeight,
  }
}"""
HEADING = ":is(h1, h2, h3, h4, h5, h6)"
MARKS = f".neco-kep:not({HEADING} *, th *, td *) > *, .neco-kep--quiet > *, {HEADING} .neco-kep__then"
"""What shows the form of a stage and no words: those are for who listens, and in the popover."""
CLIPPED = """() => [...document.querySelectorAll(".md-content__inner *:not(.neco-hidden)")]
  .filter(element => element.checkVisibility() && /hidden|clip/.test(getComputedStyle(element).overflowX))
  .filter(element => !element.matches("%MARKS%"))
  .filter(element => element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 2)
  .map(element => element.className + ": " + element.textContent.slice(0, 60))""".replace("%MARKS%", MARKS)


@pytest.mark.parametrize(("width", "scheme"), VIEWS)
def test_axe_finds_nothing_in_light_and_dark(browser: Browser, site: Served, width: int, scheme: Scheme) -> None:
    found: list[str] = []
    with visit(browser, site, width=width, scheme=scheme) as reader:
        for kind, path in KINDS.items():
            page = reader.open(path)
            page.evaluate(SHORTEN)
            found += [f"{kind}: {violation}" for violation in violations(page, ALL_RULES)]
    assert not (troubles := found + reader.troubles), "\n".join(troubles)


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_tab_stops_at_every_card_and_always_shows_where_it_is(browser: Browser, site: Served, width: int) -> None:
    stops = []
    with visit(browser, site, width=width) as reader:
        page = reader.open(KINDS["issue"])
        cards = page.locator(".neco-card").evaluate_all("cards => cards.map(card => card.dataset.url)")
        for _ in range(200):
            page.keyboard.press("Tab")
            stop = page.evaluate(STOP)
            if stop["end"]:
                break
            stops.append(stop)
    assert [stop["card"] for stop in stops if stop["card"]] == cards
    assert [stop["name"] for stop in stops if not (stop["ring"] and stop["seen"])] == []


def test_a_badge_is_called_what_it_shows(browser: Browser, site: Served) -> None:
    with visit(browser, site) as reader:
        page = reader.open(KINDS["issue"])
        for badge in page.locator(".neco-kep").all():
            shown = badge.evaluate(
                "badge => [...badge.childNodes].filter(node => node.className !== 'neco-hidden')"
                ".map(node => node.textContent).join('').trim()"
            )
            name = re.search(r'"(.+)"', badge.aria_snapshot())
            assert name, f"{shown}: has no name"
            assert shown in name[1]


def test_type_of_twice_the_size_loses_nothing_on_a_phone(large_type: Browser, site: Served) -> None:
    found: list[str] = []
    with visit(large_type, site) as reader:
        for kind, path in KINDS.items():
            page = reader.open(path)
            assert page.evaluate("parseFloat(getComputedStyle(document.querySelector('article')).fontSize)") == 32
            if (width := page.evaluate("document.scrollingElement.scrollWidth")) != PHONE:
                found.append(f"{kind} is {width} px wide")
            found += [f"{kind} clips {it}" for it in page.evaluate(CLIPPED)]
    assert not found, "\n".join(found)

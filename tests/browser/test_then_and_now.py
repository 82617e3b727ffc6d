"""Then and now, side by side: in the badges of an issue, in the list under its title, and on paper."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.chromium import DESKTOP, KINDS, PHONE, SCHEMES, Scheme, Served, visit

pytestmark = pytest.mark.browser

ISSUE = KINDS["then-and-now"]
INK = "element => getComputedStyle(element).color"
WHITE = 255 * 3

OUTSIDE = """width => [...document.querySelectorAll(
    ".neco-issue-keps :is(li, li > a, .neco-then-now > *), :is(h2, h3, p) a.neco-kep > *:not(.neco-hidden)")]
  .filter(element => [...element.getClientRects()].some(box => box.left < 0 || box.right > width))
  .map(element => element.textContent)"""
OVERLAPPING = """() => [...document.querySelectorAll(".neco-issue-keps li")].filter(entry => {
  const boxes = [entry.querySelector("a"), ...entry.querySelectorAll(".neco-then-now > *")]
    .map(element => element.getBoundingClientRect())
  const covers = (one, other) => one.left < other.right - 1 && one.top < other.bottom - 6
  return boxes.some((one, place) => boxes.slice(place + 1).some(other => covers(one, other) && covers(other, one)))
}).map(entry => entry.textContent)"""


@pytest.mark.parametrize("width", [320, PHONE, 800, DESKTOP])
def test_both_stages_are_told_below_a_heading_and_in_the_list(browser: Browser, site: Served, width: int) -> None:
    with visit(browser, site, width=width) as reader:
        page = reader.open(ISSUE)
        told = page.locator("h3:has(a.neco-kep[data-kep='127']) ~ .neco-since").first
        expect(told).to_contain_text("KEP-127 は alpha v1.25 から stable v1.36 に")
        expect(page.locator("h3 a.neco-kep[data-kep='127'] .neco-kep__stage")).to_be_visible()
        if width == DESKTOP:
            entry = page.locator(".neco-beside li", has_text="#127")
        else:
            page.locator(".neco-issue-keps summary").click()
            entry = page.locator(".neco-issue-keps li[data-kep='127']")
        expect(entry.locator(".neco-kep__then")).to_be_visible()
        expect(entry.locator(".neco-kep__then")).to_have_text("alpha v1.25 →")
        expect(entry.locator(".neco-stage")).to_have_text("stable v1.36")
        assert page.evaluate(OUTSIDE, width) == []
        assert page.evaluate(OVERLAPPING) == []
        assert page.evaluate("document.scrollingElement.scrollWidth") == width
    assert not reader.troubles, "\n".join(reader.troubles)


def test_the_past_is_quieter_than_the_present(browser: Browser, site: Served) -> None:
    with visit(browser, site) as reader:
        badge = reader.open(ISSUE).locator("h3 a.neco-kep[data-kep='127']")
        then, now = badge.locator(".neco-kep__then"), badge.locator(".neco-kep__stage")
        weight = "element => Number(getComputedStyle(element).fontWeight)"
        assert then.evaluate(weight) < now.evaluate(weight)
        assert then.evaluate(INK) != now.evaluate(INK)


def test_doubts_can_be_seen(browser: Browser, site: Served) -> None:
    with visit(browser, site, width=PHONE) as reader:
        page = reader.open(ISSUE)
        page.locator(".neco-issue-keps summary").click()
        expect(page.locator(".neco-issue-keps li[data-kep='3327'] .neco-remark")).to_be_visible()
        expect(page.locator("h3 .neco-kep-behind .neco-kep__stale")).to_be_visible()
        expect(reader.open(KINDS["kep-stale"]).locator(".neco-lead .neco-remark")).to_be_visible()


@pytest.mark.parametrize("scheme", SCHEMES)
def test_paper_is_white_and_shows_both(browser: Browser, site: Served, scheme: Scheme) -> None:
    with visit(browser, site, width=720, scheme=scheme) as reader:
        page = reader.open(ISSUE)
        page.emulate_media(media="print")
        ink = page.locator("article").evaluate("() => getComputedStyle(document.querySelector('h1')).color")
        badge = page.locator("h3 a.neco-kep[data-kep='127']")
        then, now = badge.locator(".neco-kep__then"), badge.locator(".neco-kep__stage")
        expect(then).to_be_visible()
        expect(now).to_be_visible()
        assert then.evaluate(INK) == ink
        # What is stable is solid on paper too, which a browser prints only where it is told that grounds matter.
        ground, exact = now.evaluate(
            "it => [getComputedStyle(it).backgroundColor, getComputedStyle(it).printColorAdjust]"
        )
        assert exact == "exact"
        assert brightness(now.evaluate(INK)) - brightness(ground) > WHITE / 2
        assert brightness(ink) < WHITE / 4
        assert brightness(page.locator("body").evaluate("body => getComputedStyle(body).backgroundColor")) == WHITE


def brightness(colour: str) -> float:
    """Of `rgb(r, g, b)`, the sum."""
    return sum(float(part) for part in colour.removeprefix("rgb(").removesuffix(")").split(","))


def test_nothing_scrolls_sideways_on_the_smallest_phone(browser: Browser, site: Served) -> None:
    kinds = ("then-and-now", "kep-history", "kep-stale", "kep-table", "sig", "sig-table")
    with visit(browser, site, width=320) as reader:
        widths = {kind: reader.open(KINDS[kind]).evaluate("document.scrollingElement.scrollWidth") for kind in kinds}
    assert widths == dict.fromkeys(kinds, 320)

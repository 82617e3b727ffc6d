"""Previews of links to issues, their headings, KEPs and topics, for a mouse, a keyboard and a finger."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from tests.browser.axe import ALL_RULES, violations
from tests.browser.chromium import DESKTOP, KINDS, PHONE, Served, visit
from tests.browser.test_popover import OUT_OF_SIGHT
from tests.browser.waiting import timers_ring

pytestmark = pytest.mark.browser

ISSUE = "issues/2026/07/2026-07-10/"
TO_HEADING = "article a[href$='2025-12-05/#kueue-v0150']"
TO_ISSUE = "article a[data-neco-preview=''][href$='2025/09/2025-09-05/']"
TOPIC = "article a[data-neco-preview='tap'][href$='topics/kueue/']"
BADGE = "article p a.neco-kep"


@pytest.fixture
def page(browser: Browser, site: Served) -> Iterator[Page]:
    with visit(browser, site, width=DESKTOP) as reader:
        yield reader.open(ISSUE)
        assert not reader.troubles, "\n".join(reader.troubles)


@pytest.fixture
def phone(browser: Browser, site: Served) -> Iterator[Page]:
    with visit(browser, site, touch=True) as reader:
        yield reader.open(ISSUE)
        assert not reader.troubles, "\n".join(reader.troubles)


def preview(page: Page) -> Locator:
    return page.locator(".neco-more")


def asked(page: Page) -> list[str]:
    """The previews that are asked for from now on."""
    found: list[str] = []
    page.on("request", lambda request: found.append(request.url) if "preview.json" in request.url else None)
    return found


def by_keyboard(page: Page, selector: str) -> Locator:
    page.keyboard.press("Tab")
    page.locator(selector).first.evaluate("link => link.focus()")
    return page.locator(selector).first


def test_a_link_to_a_heading_shows_its_beginning(page: Page, site: Served) -> None:
    requests = asked(page)
    link = page.locator(TO_HEADING).first
    link.hover()
    expect(preview(page).locator(".neco-more__title")).to_have_text("Kueue v0.15.0")
    whole, beginning = preview(page).locator(".neco-more__line").all_text_contents()
    assert "2025-12-05" in whole
    assert len(beginning) > 20
    target = page.get_by_role("link", name="この見出しから読む")
    expect(target).to_have_attribute("href", link.evaluate("link => link.href"))
    page.mouse.move(5, 5)
    expect(preview(page)).to_have_count(0)
    link.hover()
    expect(preview(page)).to_be_visible()
    assert requests == [f"{site.url}issues/2025/12/2025-12-05/preview.json"]  # once for an issue


def test_links_to_issues_and_topics_have_one_too(page: Page) -> None:
    page.locator(TO_ISSUE).first.hover()
    expect(page.get_by_role("link", name="この号を開く")).to_be_visible()
    expect(preview(page).locator(".neco-more__line").last).to_be_visible()
    page.mouse.move(5, 5)
    by_keyboard(page, TOPIC)
    expect(preview(page).locator(".neco-more__title")).to_have_text("Kueue")
    expect(page.get_by_role("link", name="トピックのページを開く")).to_be_visible()


def test_references_outside_of_issues_say_where_the_kep_stands(browser: Browser, site: Served) -> None:
    with visit(browser, site, width=DESKTOP) as reader:
        page = reader.open(KINDS["guide"])
        page.locator(BADGE).first.hover()
        expect(preview(page).locator(".neco-more__line").first).to_contain_text("現在:")
        expect(page.get_by_role("link", name="KEP のページを開く")).to_be_visible()
    assert not reader.troubles, "\n".join(reader.troubles)


def test_it_can_be_dismissed_hovered_and_stays(page: Page) -> None:
    """WCAG 2.2, 1.4.13."""
    page.locator(TO_HEADING).first.hover()
    preview(page).get_by_role("link").hover()
    timers_ring(page, 500)
    expect(preview(page)).to_be_visible()
    page.keyboard.press("Escape")
    expect(preview(page)).to_have_count(0)
    page.mouse.move(5, 5)
    link = by_keyboard(page, TO_HEADING)
    expect(preview(page)).to_be_visible()
    page.keyboard.press("Tab")
    expect(preview(page).get_by_role("link")).to_be_focused()
    page.keyboard.press("Escape")
    expect(preview(page)).to_have_count(0)
    expect(link).to_be_focused()


def test_who_passes_by_asks_for_nothing(page: Page) -> None:
    requests = asked(page)
    page.locator(TO_HEADING).first.scroll_into_view_if_needed()
    page.evaluate(
        """selector => {
          for (const element of [document.querySelector(selector), document.body])
            element.dispatchEvent(new PointerEvent("pointerover", { bubbles: true, pointerType: "mouse" }))
        }""",
        TO_HEADING,
    )
    by_keyboard(page, TO_HEADING)
    page.keyboard.press("Tab")
    timers_ring(page, 500)
    assert requests == []
    expect(preview(page)).to_have_count(0)


def test_the_first_tap_shows_it_and_the_second_follows(phone: Page, site: Served) -> None:
    phone.locator(TO_HEADING).first.tap()
    expect(preview(phone)).to_be_visible()
    assert phone.url == site.url + ISSUE
    assert not preview(phone).evaluate(OUT_OF_SIGHT)
    assert phone.evaluate("document.scrollingElement.scrollWidth") == PHONE
    phone.locator(TO_HEADING).first.tap()
    phone.wait_for_url("**/2025-12-05/#kueue-v0150")


def test_a_finger_that_gets_no_preview_follows_the_link(browser: Browser, site: Served) -> None:
    with visit(browser, site, touch=True) as reader:
        page = reader.open(ISSUE)
        page.route("**/preview.json", lambda route: route.abort())
        page.locator(TO_HEADING).first.tap()
        page.wait_for_url("**/2025-12-05/#kueue-v0150")


def test_a_second_tap_does_not_wait_for_the_preview(browser: Browser, site: Served) -> None:
    held: list[Route] = []
    with visit(browser, site, touch=True) as reader:
        page = reader.open(ISSUE)

        def hold(route: Route) -> None:
            held.append(route)  # and never answer

        page.route("**/preview.json", hold)
        page.locator(TO_HEADING).first.tap()
        expect(page.locator(TO_HEADING).first).to_have_attribute("aria-busy", "true")
        page.locator(TO_HEADING).first.tap()
        page.wait_for_url("**/2025-12-05/#kueue-v0150")
        for route in held:
            route.abort()


def test_what_comes_is_text_and_nothing_else(browser: Browser, site: Served) -> None:
    hostile = "<img src=x onerror=\\\"document.title='run'\\\">"
    with visit(browser, site, width=DESKTOP) as reader:
        page = reader.open(ISSUE)
        body = f'{{"kind":"issue","title":"{hostile}","day":"","parts":[["","","{hostile}"]]}}'
        page.route("**/preview.json", lambda route: route.fulfill(body=body, content_type="application/json"))
        page.locator(TO_ISSUE).first.hover()
        expect(preview(page).locator(".neco-more__title")).to_have_text(hostile.replace("\\", ""))
        assert preview(page).locator("img").count() == 0
        assert page.title() != "run"


def test_axe_finds_nothing(page: Page) -> None:
    by_keyboard(page, TO_HEADING)
    expect(preview(page)).to_be_visible()
    assert list(violations(page, ALL_RULES)) == []


def test_without_scripts_a_link_is_just_a_link(browser: Browser, site: Served) -> None:
    with visit(browser, site, javascript=False) as reader:
        page = reader.open(ISSUE)
        page.locator(TO_HEADING).first.click()
        page.wait_for_url("**/2025-12-05/#kueue-v0150")

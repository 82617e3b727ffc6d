"""Details of a badge, for a mouse, a keyboard and a finger; and where there are none, a link that is just a link."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.axe import ALL_RULES, violations
from tests.browser.chromium import DESKTOP, KINDS, PHONE, VIEWS, Scheme, Served, visit
from tests.browser.waiting import timers_ring

pytestmark = pytest.mark.browser

ISSUE = KINDS["then-and-now"]
IN_HEADING = "h3 a.neco-kep[data-kep='127']"
BADGES = ".md-content a.neco-kep:not(.neco-card__link)"
DETAILS = ".neco-more"
OUT_OF_SIGHT = """details => {
  const box = details.getBoundingClientRect()
  const header = document.querySelector(".md-header").getBoundingClientRect()
  const targets = [...details.querySelectorAll("a")].map(link => link.getBoundingClientRect())
  const small = targets.some(target => target.height < 24 || target.width < 24)
  return box.left < 0 || box.top < header.bottom || box.right > innerWidth || box.bottom > innerHeight || small
}"""


@pytest.fixture
def page(browser: Browser, site: Served) -> Iterator[Page]:
    with visit(browser, site, width=DESKTOP) as reader:
        yield reader.open(ISSUE)
        assert not reader.troubles, "\n".join(reader.troubles)


def details(page: Page) -> Locator:
    return page.locator(DETAILS)


def by_keyboard(page: Page, selector: str = IN_HEADING) -> Locator:
    """The badge, once a reader has tabbed to it."""
    page.keyboard.press("Tab")
    page.locator(selector).first.evaluate("badge => badge.focus()")
    return page.locator(selector).first


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.textContent")).strip()


# --- what they say ------------------------------------------------------------------------------------------------


def test_they_tell_then_and_now_and_where_that_is_written(page: Page, site: Served) -> None:
    page.locator(IN_HEADING).hover()
    expect(details(page).locator(".neco-more__title")).to_have_text("#127 Support User Namespaces")
    lines = details(page).locator(".neco-more__line").all_text_contents()
    assert "alpha v1.25" in lines[0]
    assert "stable v1.36" in lines[1]
    links = details(page).get_by_role("link").evaluate_all("links => links.map(link => [link.textContent, link.href])")
    assert links == [
        ["KEP のページを開く", f"{site.url}keps/127/"],
        ["PR #5847", "https://github.com/kubernetes/enhancements/pull/5847"],
    ]


def test_a_reported_release_tells_what_came_since(browser: Browser, site: Served) -> None:
    with visit(browser, site, width=PHONE) as reader:
        page = reader.open(KINDS["released"])
        by_keyboard(page, "h3#argo-cd-v320 + .neco-releases-now .neco-release")
        expect(details(page).locator(".neco-more__title")).to_have_text("Argo CD のリリース")
        reported, now, between, source = details(page).locator(".neco-more__line").all_text_contents()
        assert reported == "この号で紹介: v3.2.0（2025-11-04 公開）"
        assert now.startswith("現在: v3.")
        assert re.fullmatch(r"あいだのリリース: \d\d 件", between)
        assert "2026-" in source
        link = details(page).get_by_role("link", name="トピックのページを開く")
        expect(link).to_have_attribute("href", f"{site.url}topics/argo-cd/")
        assert list(violations(page, ALL_RULES)) == []


def test_what_was_fetched_is_text_and_nothing_else(page: Page) -> None:
    hostile = "<img src=x onerror=\"document.title='run'\"><script>document.title='run'</script>"
    page.evaluate(
        """hostile => {
          const entry = document.querySelector(".neco-issue-keps li[data-kep='127']")
          entry.dataset.more = hostile
          entry.dataset.pull = "1/../../evil"
          entry.querySelector("a").textContent = hostile
        }""",
        hostile,
    )
    page.locator(IN_HEADING).hover()
    expect(details(page).locator(".neco-more__line")).to_have_text(hostile)
    expect(details(page).locator(".neco-more__title")).to_have_text(hostile)
    assert details(page).locator("img, script").count() == 0
    assert details(page).get_by_role("link").count() == 1


def test_a_group_with_a_name_belongs_to_the_badge(page: Page) -> None:
    badge = by_keyboard(page)
    expect(page.get_by_role("group", name="#127 Support User Namespaces")).to_be_visible()
    assert badge.get_attribute("aria-details") == details(page).get_attribute("id")
    assert badge.get_attribute("title") is None  # the browser's own tip would cover ours
    page.keyboard.press("Escape")
    expect(badge).to_have_attribute("title", "Support User Namespaces")
    assert badge.get_attribute("aria-details") is None


@pytest.mark.parametrize(("width", "scheme"), VIEWS)
def test_axe_finds_nothing(browser: Browser, site: Served, width: int, scheme: Scheme) -> None:
    with visit(browser, site, width=width, scheme=scheme) as reader:
        page = reader.open(ISSUE)
        by_keyboard(page)
        expect(details(page)).to_be_visible()
        assert list(violations(page, ALL_RULES)) == []


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
@pytest.mark.parametrize("block", ["start", "end"])
def test_they_are_always_in_sight(browser: Browser, site: Served, width: int, block: str) -> None:
    with visit(browser, site, width=width) as reader:
        page = reader.open(ISSUE)
        page.keyboard.press("Tab")
        lost = []
        for badge in page.locator(BADGES).all():
            badge.evaluate(
                "(badge, block) => { badge.scrollIntoView({ block }); "
                "scrollBy(0, block === 'start' ? -80 : 20); badge.focus({ preventScroll: true }) }",
                block,
            )
            if details(page).evaluate(OUT_OF_SIGHT):
                lost.append(badge.get_attribute("data-kep"))
        assert lost == []
        assert page.evaluate("document.scrollingElement.scrollWidth") == width


def test_they_scroll_with_their_badge(page: Page) -> None:
    page.locator(IN_HEADING).hover()
    gap = "details => details.getBoundingClientRect().top - details.previousElementSibling.getBoundingClientRect().top"
    before = details(page).evaluate(gap)
    page.evaluate("scrollBy(0, 60)")
    assert details(page).evaluate(gap) == pytest.approx(before, abs=1)


# --- a mouse ------------------------------------------------------------------------------------------------------


def test_a_mouse_may_go_from_the_badge_into_its_details(page: Page) -> None:
    page.locator(IN_HEADING).hover()
    expect(details(page)).to_be_visible()
    details(page).get_by_role("link").last.hover()
    timers_ring(page, 500)
    expect(details(page)).to_be_visible()
    page.mouse.move(5, 5)
    expect(details(page)).to_have_count(0)


def test_a_mouse_that_passes_by_asks_nothing(page: Page) -> None:
    page.locator(IN_HEADING).scroll_into_view_if_needed()
    page.evaluate(
        """selector => {
          for (const element of [document.querySelector(selector), document.body])
            element.dispatchEvent(new PointerEvent("pointerover", { bubbles: true, pointerType: "mouse" }))
        }""",
        IN_HEADING,
    )
    timers_ring(page, 400)
    expect(details(page)).to_have_count(0)


def test_a_click_follows_the_link_at_once(page: Page, site: Served) -> None:
    page.locator(IN_HEADING).click()
    page.wait_for_url(f"{site.url}keps/127/")


def test_escape_closes_them_under_a_resting_mouse(page: Page) -> None:
    page.locator(IN_HEADING).hover()
    expect(details(page)).to_be_visible()
    page.keyboard.press("Escape")
    expect(details(page)).to_have_count(0)
    page.locator(f"{IN_HEADING} b").hover()  # still on the badge
    timers_ring(page, 400)
    expect(details(page)).to_have_count(0)


# --- a keyboard ---------------------------------------------------------------------------------------------------


def test_tab_goes_through_the_details_and_on_in_the_text(page: Page) -> None:
    page.keyboard.press("Tab")
    page.locator("h3 a[href$='issues/127']").evaluate("link => link.focus()")
    stops = []
    for _ in range(4):
        page.keyboard.press("Tab")
        stops.append(focused(page))
    assert stops[0].endswith("stable v1.36")
    assert stops[1:] == ["KEP のページを開く", "PR #5847", "¶"]
    expect(details(page)).to_have_count(0)
    page.keyboard.press("Shift+Tab")
    assert focused(page).endswith("stable v1.36")
    expect(details(page)).to_be_visible()


def test_escape_returns_to_the_badge_and_goes_nowhere(page: Page, site: Served) -> None:
    badge = by_keyboard(page)
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(details(page)).to_have_count(0)
    expect(badge).to_be_focused()
    assert page.url == site.url + ISSUE
    page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    expect(details(page)).to_be_visible()


def test_enter_follows_the_link(page: Page, site: Served) -> None:
    by_keyboard(page)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{site.url}keps/127/")


# --- a finger -----------------------------------------------------------------------------------------------------


@pytest.fixture
def touched(browser: Browser, site: Served) -> Iterator[Page]:
    with visit(browser, site, touch=True) as reader:
        yield reader.open(ISSUE)
        assert not reader.troubles, "\n".join(reader.troubles)


def test_the_first_tap_opens_and_one_elsewhere_closes(touched: Page, site: Served) -> None:
    touched.locator(IN_HEADING).tap()
    expect(details(touched)).to_be_visible()
    assert touched.url == site.url + ISSUE
    touched.touchscreen.tap(PHONE - 4, 300)
    expect(details(touched)).to_have_count(0)
    assert touched.url == site.url + ISSUE


@pytest.mark.parametrize("again", [f"{DETAILS} a:first-child", IN_HEADING], ids=["its link", "the badge again"])
def test_the_second_tap_leads_to_the_page(touched: Page, site: Served, again: str) -> None:
    touched.locator(IN_HEADING).tap()
    touched.locator(again).tap()
    touched.wait_for_url(f"{site.url}keps/127/")


def test_another_badge_opens_its_own(touched: Page) -> None:
    touched.locator(IN_HEADING).tap()
    touched.locator("a.neco-kep[data-kep='277'] b").first.tap()
    expect(details(touched)).to_have_count(1)
    expect(details(touched).locator("b").first).to_have_text("#277 Ephemeral Containers")


# --- just links ---------------------------------------------------------------------------------------------------


def test_what_a_generated_page_links_to_opens_at_the_first_tap(browser: Browser, site: Served) -> None:
    with visit(browser, site, touch=True) as reader:
        page = reader.open(KINDS["kep"])
        link = page.locator("article a[data-neco-preview='']").first
        target = link.evaluate("link => link.href")
        link.tap()
        page.wait_for_url(target)
    assert not reader.troubles, "\n".join(reader.troubles)


def test_a_card_is_left_alone(browser: Browser, site: Served) -> None:
    path = next(path for path in site.pages if path.startswith("issues/2") and "neco-card--kep" in read(site, path))
    with visit(browser, site, width=DESKTOP) as reader:
        page = reader.open(path)
        page.locator(".neco-card--kep").first.hover()
        timers_ring(page, 400)
        expect(details(page)).to_have_count(0)


def read(site: Served, path: str) -> str:
    return Path(site.folder, path, "index.html").read_text(encoding="utf-8")


def test_without_scripts_a_badge_is_just_a_link(browser: Browser, site: Served) -> None:
    with visit(browser, site, javascript=False) as reader:
        page = reader.open(ISSUE)
        page.locator(IN_HEADING).click()
        page.wait_for_url(f"{site.url}keps/127/")


def test_paper_shows_no_details(page: Page) -> None:
    by_keyboard(page)
    page.emulate_media(media="print")
    expect(details(page)).to_be_hidden()


def test_a_page_that_was_exchanged_has_them_too(page: Page) -> None:
    """As Material does with `navigation.instant`."""
    page.locator(IN_HEADING).hover()
    expect(details(page)).to_be_visible()
    page.evaluate(
        """() => {
          const container = document.querySelector("[data-md-component=container]")
          const next = container.cloneNode(true)
          next.querySelector(".neco-more").remove()
          container.replaceWith(next)
        }"""
    )
    expect(details(page)).to_have_count(0)
    page.mouse.move(5, 5)
    page.locator(IN_HEADING).hover()
    expect(details(page)).to_have_count(1)

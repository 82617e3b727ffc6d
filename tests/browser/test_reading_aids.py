"""While reading: pictures that open large, tables that scroll, a focus that is never hidden, wrong addresses."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, FloatRect, Locator, Page, expect

from tests.browser.axe import ALL_RULES, violations
from tests.browser.chromium import DESKTOP, KINDS, PHONE, Served, sample_site, visit
from tests.browser.test_search import box, complete
from tests.browser.test_search_opening import in_english
from tests.browser.waiting import comes_to_rest, until

pytestmark = pytest.mark.browser

GUIDE = KINDS["guide-markdown"]
PICTURE = "a.neco-zoom:has(img[src$='cards-github.webp'])"
DRAWING = "a.neco-zoom:has(img[src$='.svg'])"
HIDDEN = """() => {
  const focused = document.activeElement.getBoundingClientRect()
  const header = document.querySelector(".md-header").getBoundingClientRect()
  return document.activeElement.closest("article") !== null && focused.top < header.bottom
}"""
BELOW_HEADER = """() => document.querySelector(":target").getBoundingClientRect().top
  - document.querySelector(".md-header").getBoundingClientRect().bottom"""
SHIFT = """() => {
  window.shifts = []
  new PerformanceObserver(list => window.shifts.push(...list.getEntries().map(it => it.value)))
    .observe({ type: "layout-shift", buffered: false })
}"""


@pytest.fixture
def page(browser: Browser, site: Served) -> Iterator[Page]:
    with visit(browser, site, width=DESKTOP) as reader:
        yield reader.open(GUIDE)
        assert not reader.troubles, "\n".join(reader.troubles)


def dialog(page: Page) -> Locator:
    return page.get_by_role("dialog").locator("visible=true").and_(page.locator(".neco-large"))


def box_of_large(page: Page) -> FloatRect | None:
    picture = dialog(page).get_by_role("img")
    picture.evaluate("it => it.decode()")  # before that it takes no room
    return picture.bounding_box()


# --- pictures -----------------------------------------------------------------------------------------------------


def test_a_click_opens_a_picture_large_and_escape_closes_it(page: Page) -> None:
    picture = page.locator(PICTURE)
    picture.scroll_into_view_if_needed()
    comes_to_rest(picture)
    page.evaluate(SHIFT)
    before = page.evaluate("scrollY")
    picture.click()
    expect(dialog(page).get_by_role("img")).to_have_attribute("alt", str(picture.locator("img").get_attribute("alt")))
    page.keyboard.press("Escape")
    expect(page.locator("dialog")).to_have_count(0)
    expect(picture).to_be_focused()
    assert page.evaluate("[scrollY, window.shifts]") == [before, []]
    assert page.url.endswith(GUIDE)


def test_enter_opens_it_and_its_button_closes_it(page: Page) -> None:
    page.keyboard.press("Tab")
    page.locator(PICTURE).evaluate("link => link.focus()")
    page.keyboard.press("Enter")
    expect(dialog(page)).to_be_visible()
    expect(dialog(page).get_by_role("button", name="閉じる")).to_be_focused()
    assert list(violations(page, ALL_RULES)) == []
    page.keyboard.press("Enter")
    expect(page.locator("dialog")).to_have_count(0)
    expect(page.locator(PICTURE)).to_be_focused()


def test_a_finger_sees_more_of_it_and_closes_it_beside(browser: Browser, site: Served) -> None:
    with visit(browser, site, touch=True) as reader:
        page = reader.open(GUIDE)
        small = page.locator(PICTURE).bounding_box()
        page.locator(PICTURE).tap()
        large = box_of_large(page)
        assert small
        assert large
        assert large["width"] > 1.5 * small["width"]
        page.touchscreen.tap(PHONE / 2, 735)
        expect(page.locator("dialog")).to_have_count(0)
        assert page.evaluate("document.scrollingElement.scrollWidth") == PHONE
        assert not reader.troubles, "\n".join(reader.troubles)


def test_a_drawing_is_as_large_as_the_window(page: Page) -> None:
    page.locator(DRAWING).first.click()
    drawn = box_of_large(page)
    assert drawn
    assert drawn["width"] > 0.9 * DESKTOP


def test_who_wants_no_motion_sees_none(page: Page) -> None:
    page.locator(PICTURE).click()
    animation = "dialog => getComputedStyle(dialog).animationName"
    assert dialog(page).evaluate(animation) == "none"
    page.emulate_media(reduced_motion="no-preference")
    assert dialog(page).evaluate(animation) == "neco-large"


def test_a_link_around_a_picture_stays_its_writers(page: Page, site: Served) -> None:
    page.goto(f"{site.url}{KINDS['guide-zenn']}")
    linked = page.locator("article a:not(.neco-zoom):has(> img[alt='リンクにした図'])")
    expect(linked).to_have_count(1)
    assert page.locator("a a, a.neco-card a.neco-zoom, .neco-zoom:has(.neco-card__image)").count() == 0


def test_without_scripts_a_picture_leads_to_its_file(browser: Browser, site: Served) -> None:
    with visit(browser, site, javascript=False) as reader:
        page = reader.open(GUIDE)
        page.locator(PICTURE).click()
        page.wait_for_url("**/cards-github.webp")


def test_only_pages_with_a_picture_load_the_script(browser: Browser, site: Served) -> None:
    with visit(browser, site) as reader:
        assert reader.open(GUIDE).locator("script[src*='zoom.']").count() == 1
        for kind in ("home", "issue", "kep", "kep-table", "not-found"):
            assert reader.open(KINDS[kind]).locator("script[src*='zoom.']").count() == 0, kind


# --- tables -------------------------------------------------------------------------------------------------------


def test_a_table_that_scrolls_shows_it_and_has_a_name(browser: Browser, site: Served) -> None:
    with visit(browser, site) as reader:
        page = reader.open(GUIDE)
        table = page.get_by_role("group", name="横にスクロールできる表: 記号が残ったとき")
        expect(table).to_have_attribute("tabindex", "0")
        assert "gradient" in table.evaluate("box => getComputedStyle(box).backgroundImage")
        assert (
            table.evaluate("box => getComputedStyle(box.querySelector('table')).backgroundColor") == "rgba(0, 0, 0, 0)"
        )
        table.focus()
        page.keyboard.press("ArrowRight")
        until(page, lambda: page.evaluate("document.activeElement.scrollLeft > 0"), "the key scrolls nothing")
        page.set_viewport_size({"width": DESKTOP, "height": 800})
        expect(page.locator(".md-typeset__scrollwrap[tabindex]")).to_have_count(0)
        expect(page.locator(".md-typeset__scrollwrap[role]")).to_have_count(0)


# --- focus --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_shift_tab_never_comes_to_stand_below_the_header(browser: Browser, site: Served, width: int) -> None:
    with visit(browser, site, width=width) as reader:
        page = reader.open(KINDS["issue"])
        page.locator("article a[href]:visible").last.focus()
        hidden = []
        for _ in range(60):
            page.keyboard.press("Shift+Tab")
            if page.evaluate(HIDDEN):
                hidden.append(page.evaluate("document.activeElement.outerHTML.slice(0, 100)"))
        assert hidden == []


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_what_a_link_names_stands_near_the_header(browser: Browser, site: Served, width: int) -> None:
    with visit(browser, site, width=width) as reader:
        page = reader.open(f"{GUIDE}#表")
        until(page, lambda: 0 <= page.evaluate(BELOW_HEADER) <= 40, "it stands elsewhere")


# --- addresses that lead nowhere ----------------------------------------------------------------------------------


def test_it_says_so_in_both_languages_and_leads_on(browser: Browser, site: Served) -> None:
    with visit(browser, site, width=DESKTOP) as reader:
        page = reader.open(KINDS["not-found"])
        expect(page.get_by_role("heading", level=1)).to_have_text("ページが見つかりません")
        english = page.locator("section[lang=en]")
        expect(english.get_by_role("heading", name="Page not found")).to_be_visible()
        for part in (page.locator("section[lang=ja]"), english):
            addresses = part.get_by_role("link").evaluate_all("all => all.map(it => it.getAttribute('href'))")
            assert len(addresses) == 7
            assert [it for it in addresses if not it.startswith("/")] == []  # it is shown at any address
            assert [it for it in addresses if not (site.folder / it[1:] / "index.html").is_file()] == []
        assert not reader.troubles, "\n".join(reader.troubles)


def test_its_search_finds_what_was_looked_for(browser: Browser, site: Served) -> None:
    with visit(browser, site, width=DESKTOP) as reader:
        page = reader.open(KINDS["not-found"])
        page.get_by_role("searchbox").fill("スワップ")
        page.keyboard.press("Enter")
        page.wait_for_url("**/?q=*")
        complete(page)
        expect(box(page)).to_have_value("スワップ")
        assert not reader.troubles, "\n".join(reader.troubles)


def test_without_scripts_it_has_the_ways_alone(browser: Browser, site: Served) -> None:
    with visit(browser, site, javascript=False) as reader:
        page = reader.open(KINDS["not-found"])
        expect(page.locator(".neco-lost__search")).to_be_hidden()
        page.get_by_role("link", name="KEP 一覧").click()
        page.wait_for_url("**/keps/")


def test_an_english_site_says_it_in_english_first(browser: Browser) -> None:
    with sample_site(in_english) as site, visit(browser, site, width=DESKTOP) as reader:
        page = reader.open(KINDS["not-found"])
        expect(page.get_by_role("heading", level=1)).to_have_text("Page not found")
        expect(page.locator("section[lang=ja]").get_by_role("heading")).to_have_text("ページが見つかりません")
        page.goto(site.url + GUIDE)
        page.locator(PICTURE).click()
        expect(dialog(page).get_by_role("button", name="Close")).to_be_focused()

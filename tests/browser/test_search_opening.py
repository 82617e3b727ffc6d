"""How the search opens, and what it shows before anything is typed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.axe import ALL_RULES, violations
from tests.browser.chromium import DESKTOP, KINDS, PHONE, Served, sample_site, visit
from tests.browser.test_search import A_MOMENT, box, complete, facet, found, query, rows, search
from tests.browser.waiting import timers_ring
from tests.sites import Folder

pytestmark = pytest.mark.browser

START = KINDS["issue"]
NOBODY_KEEPS = """for (const name of ["getItem", "setItem", "removeItem"]) {
  const kept = Storage.prototype[name]
  Storage.prototype[name] = function (key, ...others) {
    if (key.startsWith("neco")) throw new DOMException("refused", "QuotaExceededError")
    return kept.call(this, key, ...others)
  }
}"""
"""Refuses what is ours: the theme's own program ends where a browser has no storage at all."""
FOCUSED = "[document.activeElement.tagName, document.activeElement.textContent.trim()]"


@pytest.fixture
def page(browser: Browser, site: Served) -> Iterator[Page]:
    with visit(browser, site, width=DESKTOP) as reader:
        yield reader.open(START)
        assert not reader.troubles, "\n".join(reader.troubles)


def is_open(page: Page) -> bool:
    return page.locator("#__search").is_checked()


def tab_to_box(page: Page) -> int:
    """Press Tab until the box has the focus; how often that was."""
    for times in range(1, 8):
        page.keyboard.press("Tab")
        timers_ring(page, A_MOMENT)
        if box(page).evaluate("box => box === document.activeElement"):
            return times
    raise AssertionError("Tab does not come to the box")


def panel(page: Page) -> Locator:
    return page.locator(".neco-start")


def group(page: Page, name: str) -> Locator:
    return panel(page).get_by_role("group", name=name)


def of_panel(page: Page, name: str) -> list[str]:
    return group(page, name).get_by_role("link").all_inner_texts()


# --- opening ------------------------------------------------------------------------------------------------------


def test_tab_passes_by_and_comes_to_the_navigation_soon(page: Page) -> None:
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    times = tab_to_box(page)
    assert not is_open(page)
    expect(box(page)).to_have_css("outline-style", "solid")
    page.keyboard.press("Tab")
    timers_ring(page, A_MOMENT)
    assert page.evaluate(FOCUSED) == ["A", "ホーム"]
    assert times + 1 <= 6
    page.keyboard.press("Shift+Tab")
    timers_ring(page, A_MOMENT)
    expect(box(page)).to_be_focused()
    assert not is_open(page)
    assert requests == []  # the index is for those who search


@pytest.mark.parametrize("key", ["Enter", "ArrowDown", "k"])
def test_in_the_box_a_key_that_means_it_opens(page: Page, key: str) -> None:
    tab_to_box(page)
    page.keyboard.press(key)
    expect(page.locator("#__search")).to_be_checked()
    expect(box(page)).to_be_focused()
    expect(box(page)).to_have_value("k" if key == "k" else "")


def test_an_input_method_opens_it_too(page: Page) -> None:
    tab_to_box(page)
    keyboard = page.context.new_cdp_session(page)
    keyboard.send("Input.imeSetComposition", {"text": "す", "selectionStart": 1, "selectionEnd": 1})
    expect(page.locator("#__search")).to_be_checked()


def test_a_focus_that_no_key_gave_opens_nothing(page: Page) -> None:
    """As a screen reader moves it, and as a window gives it back."""
    box(page).evaluate("box => box.focus()")
    timers_ring(page, A_MOMENT)
    assert not is_open(page)
    box(page).click()
    expect(page.locator("#__search")).to_be_checked()


def test_a_program_of_the_site_may_open_it(page: Page) -> None:
    page.evaluate("document.querySelector('#__search').click()")
    assert is_open(page)
    page.evaluate("document.querySelector('#__search').click()")
    assert not is_open(page)
    page.evaluate("document.querySelector('label.md-header__button[for=__search]').click()")
    assert is_open(page)


def test_on_a_phone_its_button_shows_where_the_focus_passes(browser: Browser, site: Served) -> None:
    with visit(browser, site) as reader:
        page = reader.open(START)
        tab_to_box(page)
        assert not is_open(page)
        expect(page.locator("label.md-header__button[for=__search]")).to_have_css("outline-style", "solid")
        page.keyboard.press("Enter")
        expect(box(page)).to_be_visible()
        assert not reader.troubles, "\n".join(reader.troubles)


# --- filters are one stop -----------------------------------------------------------------------------------------


def test_filters_are_one_stop_and_arrows_go_through_them(page: Page) -> None:
    search(page, "スワップ")
    page.keyboard.press("Tab")
    expect(facet(page, "2026")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(facet(page, "2025")).to_be_focused()
    page.keyboard.press("Space")
    expect(box(page)).to_have_value("スワップ year:2025")
    complete(page)
    page.keyboard.press("Home")
    expect(page.get_by_role("button", name="year:2025 を外す")).to_be_focused()
    page.keyboard.press("ArrowLeft")
    last = page.locator(".neco-search__facets button").last
    expect(last).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(box(page)).to_be_focused()
    page.keyboard.press("Tab")
    expect(last).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("#__search")).not_to_be_checked()


def test_the_filters_are_a_toolbar_with_a_name(page: Page) -> None:
    page.keyboard.press("/")
    bar = page.get_by_role("toolbar", name="絞り込み")
    expect(bar.get_by_role("button", name="2026")).to_be_visible()
    assert bar.locator("button").evaluate_all("all => all.filter(it => it.tabIndex === 0).length") == 1


# --- before anything is typed -------------------------------------------------------------------------------------


def test_the_last_issues_and_examples_are_there_and_go_when_something_is_typed(page: Page) -> None:
    page.keyboard.press("/")
    expect(group(page, "新しい号").get_by_role("link")).to_have_count(5)
    first = group(page, "新しい号").get_by_role("link").first
    expect(first).to_contain_text("Neco Weekly (2026-07-10号)")
    expect(first).to_have_attribute("href", page.url.partition("issues/")[0] + "issues/2026/07/2026-07-10/")
    page.keyboard.press("Enter")  # nothing is the best result
    assert is_open(page)
    page.keyboard.type("s")
    expect(panel(page)).to_have_count(0)
    page.keyboard.press("Backspace")
    expect(panel(page)).to_be_visible()


def test_every_example_finds_something(page: Page) -> None:
    page.keyboard.press("/")
    expect(group(page, "検索の例").get_by_role("link").nth(1)).to_be_visible()
    examples = of_panel(page, "検索の例")
    assert len(examples) == 4
    for example in examples:
        box(page).fill("")
        group(page, "検索の例").get_by_role("link", name=example, exact=True).click()
        expect(box(page)).to_have_value(example)
        expect(box(page)).to_be_focused()
        complete(page)
        assert found(page) > 0
    assert is_open(page)


def test_tab_and_arrows_come_to_what_is_there(page: Page) -> None:
    page.keyboard.press("/")
    expect(group(page, "新しい号").get_by_role("link")).to_have_count(5)
    first = group(page, "新しい号").get_by_role("link").first
    page.keyboard.press("ArrowDown")
    expect(first).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(facet(page, "2026")).to_be_focused()
    page.keyboard.press("Tab")
    expect(first).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/issues/2026/07/2026-07-10/")


def test_what_led_somewhere_is_offered_again_until_it_is_to_be_forgotten(page: Page, site: Served) -> None:
    search(page, "ゆきだるま")  # leads nowhere
    box(page).fill("UnlimitedSwap")
    expect(rows(page).first).to_be_visible()
    page.keyboard.press("Enter")
    page.wait_for_url("**/2024-05-10/?h=*")
    page.goto(site.url + START)
    page.keyboard.press("/")
    expect(group(page, "最近の検索").get_by_role("link")).to_have_text(["UnlimitedSwap"])
    group(page, "最近の検索").get_by_role("link").click()
    expect(box(page)).to_have_value("UnlimitedSwap")
    page.wait_for_url("**/?q=UnlimitedSwap")
    assert query(page) == "UnlimitedSwap"
    box(page).fill("")
    group(page, "最近の検索").get_by_role("button", name="忘れる").click()
    expect(group(page, "最近の検索")).to_have_count(0)
    assert page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('neco-searches'))") == []
    expect(box(page)).to_be_focused()


def test_a_browser_that_keeps_nothing_searches_all_the_same(browser: Browser, site: Served) -> None:
    with visit(browser, site, width=DESKTOP, own=True) as reader:
        reader.page.add_init_script(NOBODY_KEEPS)
        page = reader.open(START)
        search(page, "UnlimitedSwap")
        rows(page).first.evaluate("row => row.addEventListener('click', event => event.preventDefault())")
        rows(page).first.click()
        timers_ring(page, A_MOMENT)
        page.keyboard.press("/")
        box(page).fill("")
        expect(group(page, "最近の検索").get_by_role("link")).to_have_text(["UnlimitedSwap"])  # as long as the page
        expect(group(page, "新しい号").get_by_role("link")).to_have_count(5)
        assert not reader.troubles, "\n".join(reader.troubles)


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_axe_finds_nothing_before_anything_is_typed(browser: Browser, site: Served, width: int) -> None:
    with visit(browser, site, width=width) as reader:
        page = reader.open(KINDS["not-found"])
        page.keyboard.press("/")
        expect(group(page, "新しい号").get_by_role("link")).to_have_count(5)
        small = (
            panel(page)
            .locator("a, button")
            .evaluate_all("all => all.filter(it => it.getBoundingClientRect().height < 24).length")
        )
        assert small == 0
        assert list(violations(page, ALL_RULES)) == []


def test_in_english_it_speaks_english(browser: Browser) -> None:
    with sample_site(in_english) as site, visit(browser, site, width=DESKTOP) as reader:
        page = reader.open(START)
        page.keyboard.press("/")
        expect(group(page, "Latest issues").get_by_role("link")).to_have_count(5)
        expect(group(page, "Examples").get_by_role("link").first).to_be_visible()
        expect(page.get_by_role("toolbar", name="Filters")).to_be_visible()


def in_english(folder: Folder) -> None:
    config = folder.root / "mkdocs.yml"
    text = config.read_text(encoding="utf-8")
    config.write_text(text.replace("language: ja", "language: en"), encoding="utf-8")


# --- results ------------------------------------------------------------------------------------------------------


def test_headings_that_were_found_come_first_and_large_and_their_page_behind_them(page: Page) -> None:
    search(page, "スワップ")
    small = ".md-search-result__item > .neco-search__page"
    assert page.locator(".md-search-result__item:has(> a h2) > a:first-child h1").count() == 0
    sizes = page.locator(f"{small} h1, .md-search-result__item h2").evaluate_all(
        "it => it.map(heading => [heading.tagName, parseFloat(getComputedStyle(heading).fontSize)])"
    )
    assert min(size for tag, size in sizes if tag == "H2") > max(size for tag, size in sizes if tag == "H1")
    page.get_by_role("button", name="クリア").click()
    page.keyboard.type("KEP-2400")
    complete(page)
    expect(rows(page).first.get_by_role("heading", level=1)).to_be_visible()  # the page itself is what was found

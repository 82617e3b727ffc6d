"""The search box: what a keyboard, a finger, an input method, an address and a screen reader do with it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import parse_qs, quote, unquote, urlsplit

import pytest
from playwright.sync_api import Browser, Locator, Page, Request, expect

from tests.browser.axe import ALL_RULES, violations
from tests.browser.chromium import DESKTOP, KINDS, PHONE, VIEWS, Scheme, Served, Visit, sample_site, visit
from tests.browser.waiting import becomes, comes_to_rest, has_leisure, timers_ring, until
from tests.previews import eventually
from tests.sites import Folder

pytestmark = pytest.mark.browser

START = KINDS["issue"]
COMPLETE = "[data-md-component=search-result][data-neco-search=complete]"
A_MOMENT = 5
"""Milliseconds, of which the theme looks at the focus one after it has come or gone: two keys within count as one."""
ASKED = """() => {
  window.asked = []
  document.necoSearch.addEventListener("message", ({ data: { type, data } }) => {
    if (type === 3 && window.asked.at(-1) !== data.neco.query) window.asked.push(data.neco.query)
  })
}"""


@pytest.fixture
def page(browser: Browser, site: Served) -> Iterator[Page]:
    with visit(browser, site, width=DESKTOP) as reader:
        yield reader.open(START)
        assert not reader.troubles, "\n".join(reader.troubles)


@pytest.fixture
def phone(browser: Browser, site: Served) -> Iterator[Page]:
    with visit(browser, site, touch=True) as reader:
        yield reader.open(START)
        assert not reader.troubles, "\n".join(reader.troubles)


def box(page: Page) -> Locator:
    return page.locator("input.md-search__input")


def status(page: Page) -> Locator:
    return page.locator(".md-search").get_by_role("status")


def rows(page: Page) -> Locator:
    return page.locator("a.md-search-result__link:visible")


def facet(page: Page, name: str) -> Locator:
    return page.locator(".neco-search__facets").get_by_role("button", name=name, exact=True)


def chips(page: Page) -> Locator:
    return page.locator(".neco-search__chips").get_by_role("button")


def search(page: Page, words: str) -> None:
    """Type it with a keyboard, and wait for all of the answer."""
    timers_ring(page, A_MOMENT)
    page.keyboard.press("/")
    expect(box(page)).to_be_focused()
    page.keyboard.type(words)
    complete(page)


def complete(page: Page) -> None:
    page.locator(COMPLETE).wait_for()


def shown(page: Page) -> list[str]:
    """Addresses of the rows from the site's root, without what is to be marked there."""
    links = rows(page).evaluate_all("links => links.map(link => link.pathname + link.hash)")
    return [unquote(link)[1:] for link in links]


def found(page: Page) -> int:
    """How many the search says that it has found."""
    return int(status(page).inner_text().split()[0])


def days(page: Page) -> list[str]:
    """The days of the pages, which their titles say."""
    titles = page.locator(".md-search-result__item h1").all_text_contents()
    return [day for title in titles for day in re.findall(r"\d{4}-\d\d-\d\d", title)]


def query(page: Page) -> str | None:
    """`q` of the address."""
    return parse_qs(urlsplit(page.url).query).get("q", [None])[0]


# --- what is shown ------------------------------------------------------------------------------------------------


def test_a_result_says_when_it_was_written_and_what_became_of_its_kep(page: Page) -> None:
    search(page, "スワップ")
    of_page = page.locator("a", has=page.get_by_role("heading", name="Neco Weekly (2026-06-05号)"))
    expect(of_page.locator(".neco-search__facts")).to_have_text("第6回")  # its title says the day
    expect(of_page.locator("time")).to_have_count(0)
    of_section = page.locator("a", has=page.get_by_role("heading", name="#2400 Node system swap support"))
    expect(of_section.locator(".neco-search__facts")).to_have_text("2026-06-05 第6回 KEP-2400 stable v1.34")
    expect(of_section.locator("[data-stage=stable]")).to_be_visible()
    expect(of_section.locator(".neco-hidden")).to_have_css("width", "1px")  # the page says it to those who see
    expect(of_section.locator("time")).to_have_attribute("datetime", "2026-06-05")


def test_the_number_of_a_kep_shows_its_page_then_the_issues_newest_first(page: Page) -> None:
    search(page, "KEP-127")
    assert shown(page)[0] == "keps/127/"
    expect(rows(page).first.locator(".neco-search__facts")).to_have_text("KEP-127 stable v1.36")
    dates = days(page)
    assert len(dates) > 2
    assert dates == sorted(dates, reverse=True)


def test_what_shipped_and_what_is_only_planned_look_different(page: Page) -> None:
    def told(number: int) -> tuple[list[str], list[str], list[str]]:
        """Words of the pill, words of the plan, and how the proposal ended, on the row of a KEP's page."""
        box(page).fill(f"KEP-{number}")
        complete(page)
        facts = rows(page).first.locator(".neco-search__facts")
        expect(facts).to_contain_text(f"KEP-{number}")
        pills, plans = facts.locator(".neco-stage"), facts.locator(".neco-planned")
        ended = facts.locator("[data-ended]").evaluate_all("pills => pills.map(pill => pill.dataset.ended)")
        # Not `innerText`, which is empty for as long as a new row is not laid out (`content-visibility`).
        return pills.all_text_contents(), plans.all_text_contents(), ended

    search(page, "KEP-127")
    assert told(2570) == (["alpha v1.22"], ["予定 beta v1.37"], [])
    assert told(5343) == ([], ["予定 alpha v1.37"], [])
    assert told(3063) == (["取り下げ・alpha v1.26"], [], ["withdrawn"])
    assert told(2593) == (["取り下げ・alpha v1.25"], [], ["withdrawn"])


def test_how_much_was_found_is_announced(page: Page) -> None:
    search(page, "スワップ")
    expect(status(page)).to_have_text(re.compile(r"^\d+ 件$"))
    box(page).fill("ゆきだるま")
    expect(status(page)).to_have_text("「ゆきだるま」は見つかりませんでした。")


def test_large_numbers_are_grouped(page: Page) -> None:
    search(page, "スワップ")
    page.evaluate("""() => {
      const neco = { query: "スワップ", complete: true, shards: { loaded: 1, failed: 0, total: 1 }, total: 1234567 }
      const data = { type: 3, data: { items: [], neco: { ...neco, filters: [], unknown: [], near: null } } }
      document.necoSearch.dispatchEvent(new MessageEvent("message", { data }))
    }""")
    expect(status(page)).to_have_text("1,234,567 件")


def test_rows_that_are_drawn_later_say_as_much(page: Page) -> None:
    search(page, "kep")
    expect(page.locator(".md-search-result__item")).to_have_count(10)
    page.locator(".md-search__scrollwrap").evaluate("wrap => wrap.scrollTo(0, wrap.scrollHeight)")
    page.locator(".md-search-result__item").nth(11).wait_for()
    bare = page.locator(".md-search-result__item > a:not(:has(.neco-search__facts))")
    expect(bare).to_have_count(0)


def test_nothing_found_offers_the_nearest_spelling(page: Page) -> None:
    search(page, "snwapp")
    expect(status(page)).to_have_text("「snwapp」は見つかりませんでした。 もしかして: swap")
    page.locator(".neco-search__facets button").last.focus()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="swap")).to_be_focused()
    page.keyboard.press("Enter")
    expect(box(page)).to_be_focused()
    expect(box(page)).to_have_value("swap")
    complete(page)
    expect(rows(page).first).to_be_visible()


# --- keyboard -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", ["f", "s", "/"])
def test_the_keys_of_the_theme_open_and_close_it(page: Page, key: str) -> None:
    page.keyboard.press(key)
    expect(box(page)).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#__search")).not_to_be_checked()


def test_arrows_go_through_the_results_and_enter_follows_one(page: Page, site: Served) -> None:
    search(page, "スワップ")
    for _ in range(2):
        page.keyboard.press("ArrowDown")
    second = shown(page)[1]
    active = page.evaluate("document.activeElement.pathname + document.activeElement.hash")
    assert unquote(active) == f"/{second}"
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(re.escape(site.url + second.partition("#")[0])))


def test_enter_in_the_box_follows_the_first_result(page: Page, site: Served) -> None:
    search(page, "KEP-2400")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(re.escape(f"{site.url}keps/2400/")))


def test_tab_goes_to_the_filters_and_back_and_space_presses_them(page: Page) -> None:
    search(page, "スワップ")
    page.keyboard.press("Tab")
    expect(facet(page, "2026")).to_be_focused()
    page.keyboard.press("Space")
    expect(box(page)).to_have_value("スワップ year:2026")
    expect(facet(page, "2026")).to_have_attribute("aria-pressed", "true")
    expect(facet(page, "2026")).to_be_focused()
    page.keyboard.press("Enter")
    expect(box(page)).to_have_value("スワップ")
    page.keyboard.press("Shift+Tab")
    expect(box(page)).to_be_focused()


def test_from_a_filter_arrows_lead_to_the_results_and_letters_to_the_box(page: Page) -> None:
    search(page, "スワップ")
    facet(page, "2025").focus()
    page.keyboard.press("ArrowDown")
    expect(rows(page).first).to_be_focused()
    facet(page, "2025").focus()
    page.keyboard.type("x")
    expect(box(page)).to_have_value("スワップx")
    facet(page, "2025").focus()
    page.keyboard.press("Escape")
    expect(page.locator("#__search")).not_to_be_checked()


def test_tab_behind_the_last_filter_leaves_the_search(page: Page) -> None:
    search(page, "スワップ")
    page.locator(".neco-search__facets button").last.focus()
    page.keyboard.press("Tab")
    expect(page.locator("#__search")).not_to_be_checked()


# --- filters ------------------------------------------------------------------------------------------------------


def test_filters_of_the_query_are_chips_that_can_be_taken_away(page: Page) -> None:
    search(page, "スワップ ＹＥＡＲ:2024 SIG:Node")
    expect(chips(page)).to_have_text(["year:2024", "sig:sig-node"])
    assert {address.partition("#")[0] for address in shown(page)} == {KINDS_2024}
    expect(facet(page, "2024")).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name="year:2024 を外す").click()
    expect(box(page)).to_have_value("スワップ SIG:Node")
    complete(page)
    expect(chips(page)).to_have_text(["sig:sig-node"])
    eventually(lambda: len({address.partition("#")[0] for address in shown(page)}) > 1, "only one page is left")


KINDS_2024 = "issues/2024/05/2024-05-10/"


def test_what_is_planned_for_a_release_is_a_filter(page: Page) -> None:
    search(page, "nftables")
    facet(page, "1.37").click()
    expect(box(page)).to_have_value("nftables planned:1.37")
    complete(page)
    expect(chips(page)).to_have_text(["planned:1.37"])
    assert "keps/5343/" in shown(page)
    box(page).fill("nftables planned:v1.99")
    expect(status(page)).to_contain_text("planned:v1.99 に当てはまるものはありません。")


def test_filters_alone_list_the_newest_first(page: Page) -> None:
    search(page, "sig:node")
    dates = days(page)
    assert dates == sorted(dates, reverse=True)
    assert len(set(dates)) > 2


def test_buttons_of_one_kind_widen_and_of_another_narrow_down(page: Page) -> None:
    page.keyboard.press("/")
    facet(page, "2022").click()
    facet(page, "2024").click()
    expect(box(page)).to_have_value("year:2022 year:2024")
    complete(page)
    years = {"issues/2022", "issues/2024"}
    eventually(lambda: {address[:11] for address in shown(page)} == years, "one year is missing")
    before = found(page)
    facet(page, "alpha").click()
    complete(page)
    eventually(lambda: 0 < found(page) < before, "it does not narrow down")


def test_a_filter_for_nothing_says_so(page: Page) -> None:
    search(page, "スワップ sig:katzen")
    expect(status(page)).to_contain_text("sig:katzen に当てはまるものはありません。")
    expect(page.locator(".neco-search__chip--unknown")).to_have_text("sig:sig-katzen")


def test_a_malformed_filter_is_a_word(page: Page) -> None:
    search(page, "year:zwanzig")
    expect(chips(page)).to_have_count(0)


def tap(place: Locator) -> None:
    """A finger comes after scrolling has ended; the browser complains about Playwright's listeners otherwise."""
    place.scroll_into_view_if_needed()
    comes_to_rest(place)
    place.tap()


def test_a_finger_presses_buttons_that_are_large_enough(phone: Page) -> None:
    tap(phone.locator("label.md-header__button[for=__search]"))
    tap(facet(phone, "2026"))
    expect(box(phone)).to_have_value("year:2026")
    complete(phone)
    tap(chips(phone).first)
    expect(box(phone)).to_have_value("")
    tap(facet(phone, "2025"))
    buttons = phone.locator(".neco-search button")
    boxes = buttons.evaluate_all("buttons => buttons.map(it => it.getBoundingClientRect().toJSON())")
    assert boxes
    assert all(it["width"] >= 24 and it["height"] >= 24 for it in boxes)
    tap(rows(phone).first)
    phone.wait_for_url(re.compile("issues/2025"))


def test_on_a_phone_the_filters_are_one_row_that_scrolls_by_itself(phone: Page) -> None:
    phone.locator("label.md-header__button[for=__search]").tap()
    row = phone.locator(".neco-search__facets")
    facet(phone, "2026").wait_for()
    assert row.evaluate("row => row.scrollWidth > row.clientWidth && row.clientHeight < 48")
    assert phone.locator(".md-search__scrollwrap").evaluate("wrap => wrap.scrollWidth <= wrap.clientWidth")
    for _ in range(8):
        draw_left(phone, row)
    expect(row.get_by_role("button").last).to_be_in_viewport(ratio=0.9)


def draw_left(page: Page, element: Locator) -> None:
    """Draw a finger over an element, from its right to its left."""
    place, screen = element.bounding_box(), page.context.new_cdp_session(page)
    assert place
    y = place["y"] + place["height"] / 2
    for part in range(12):
        x = place["x"] + place["width"] * (0.9 - 0.07 * part)
        kind = "touchMove" if part else "touchStart"
        screen.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y}]})
    screen.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


# --- Japanese input -----------------------------------------------------------------------------------------------


def test_an_input_method_searches_on_the_way_and_not_for_half_a_syllable(page: Page) -> None:
    page.keyboard.press("/")
    page.keyboard.type("swap")  # the theme asks of its own accord what stands in the box once its worker is ready
    complete(page)
    box(page).fill("")
    page.evaluate(ASKED)
    keyboard = page.context.new_cdp_session(page)
    for text in ("ｓ", "す", "すｗ", "すわ", "すわｐ", "すわっｐ", "すわっぷ"):
        keyboard.send("Input.imeSetComposition", {"text": text, "selectionStart": len(text), "selectionEnd": len(text)})
        key_up(page)
        expect(box(page)).to_have_value(text)
    complete(page)
    expect(rows(page).first).to_contain_text("#2400")  # the answer to its beginning was complete too
    page.keyboard.insert_text("スワップ")
    becomes(page, lambda it: it.evaluate("window.asked.at(-1)"), "スワップ")
    expect(box(page)).to_have_value("スワップ")
    asked = page.evaluate("window.asked")
    assert [text for text in asked if text.endswith(("ｓ", "ｗ", "ｐ"))] == []
    assert "すわっぷ" in asked


def test_english_through_an_input_method_is_searched_letter_by_letter(page: Page) -> None:
    """As keyboards of phones write it."""
    page.keyboard.press("/")
    page.evaluate(ASKED)
    keyboard = page.context.new_cdp_session(page)
    for text in ("sw", "swa", "swap"):
        keyboard.send("Input.imeSetComposition", {"text": text, "selectionStart": len(text), "selectionEnd": len(text)})
        complete(page)
    assert page.evaluate("window.asked")[-1] == "swap"


def key_up(page: Page) -> None:
    """The end of a key as browsers tell it while an input method has the letters."""
    page.evaluate("""() => {
      const key = { key: "Process", isComposing: true, bubbles: true }
      document.activeElement.dispatchEvent(new KeyboardEvent("keyup", key))
    }""")


@pytest.mark.parametrize("init", ["isComposing: true", "keyCode: 229"], ids=["most browsers", "Safari"])
def test_the_enter_that_ends_a_composition_follows_nothing(page: Page, site: Served, init: str) -> None:
    search(page, "スワップ")
    page.evaluate(
        f"document.activeElement.dispatchEvent(new KeyboardEvent('keydown', {{ key: 'Enter', {init}, bubbles: true }}))"
    )
    timers_ring(page, 200)
    assert urlsplit(page.url).path == f"/{START}"
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: urlsplit(url).path != f"/{START}")


def test_what_comes_without_a_key_is_searched_too(page: Page) -> None:
    """A paste by mouse, a candidate chosen by mouse, a voice."""
    page.keyboard.press("/")
    page.keyboard.insert_text("スワップ")
    complete(page)
    assert shown(page)


def test_emptying_the_box_empties_the_results(page: Page) -> None:
    search(page, "スワップ year:2024")
    page.get_by_role("button", name="クリア").click()
    complete(page)
    expect(rows(page)).to_have_count(0)
    expect(chips(page)).to_have_count(0)
    expect(facet(page, "2024")).to_have_attribute("aria-pressed", "false")


# --- address ------------------------------------------------------------------------------------------------------


def test_the_address_follows_the_query_while_the_search_is_open(page: Page) -> None:
    search(page, "スワップ & 100%")
    page.wait_for_url(re.compile(r"\?q="))
    assert query(page) == "スワップ & 100%"
    facet(page, "2026").click()
    page.wait_for_url(re.compile("2026$"))
    assert query(page) == "スワップ & 100% year:2026"
    page.keyboard.press("Escape")
    page.wait_for_url(lambda url: "?" not in url)


def test_an_address_with_a_query_opens_its_results(page: Page, site: Served) -> None:
    page.goto(f"{site.url}{START}?q={quote('#2400 year:2024')}")
    complete(page)
    expect(box(page)).to_have_value("#2400 year:2024")
    expect(chips(page)).to_have_text(["year:2024"])
    assert shown(page)[0].startswith(KINDS_2024)
    expect(facet(page, "2026")).to_be_visible()


def test_back_from_a_result_is_back_at_the_search(page: Page) -> None:
    search(page, "スワップ")
    rows(page).first.click()
    page.wait_for_url(re.compile("[?&]h="))
    page.go_back()
    complete(page)
    expect(box(page)).to_have_value("スワップ")
    expect(rows(page).first).to_be_visible()


def test_a_form_of_the_page_keeps_its_own_words_in_the_address(page: Page, site: Served) -> None:
    page.goto(f"{site.url}keps/?q=swap&stage=stable")
    # The theme opens the search for every `q`, and takes it away; then the form has closed it and writes its own again.
    expect(page).to_have_url(f"{site.url}keps/?stage=stable&q=swap")
    search(page, "スワップ")
    timers_ring(page, 600)
    assert query(page) == "swap"
    page.keyboard.press("Escape")
    expect(page.locator("#__search")).not_to_be_checked()
    assert query(page) == "swap"


def test_a_result_leads_to_its_heading_and_marks_the_words(page: Page) -> None:
    search(page, "UnlimitedSwap")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("[?&]h="))
    expect(page.locator("article mark", has_text="UnlimitedSwap").first).to_be_visible()
    assert page.evaluate("decodeURIComponent(location.hash)") == "#2400-スワップ"
    expect(page.locator(":target")).to_be_in_viewport()


# --- loading ------------------------------------------------------------------------------------------------------


FILES = 9
"""The worker, its engine, the list of shards and six shards."""


def loaded(page: Page) -> list[str]:
    """Files of the index and its engine, in the order in which they were asked for."""
    paths: list[str] = []

    def note(request: Request) -> None:
        path = urlsplit(request.url).path
        if "/search/neco/" in path:
            paths.append(path)

    page.on("request", note)
    return paths


def test_nothing_is_loaded_until_the_box_has_the_focus(page: Page, site: Served) -> None:
    paths = loaded(page)
    page.goto(site.url + START)
    has_leisure(page)
    assert [path.rpartition("/")[2].partition(".")[0] for path in paths] == ["worker"]
    page.keyboard.press("/")
    until(page, lambda: len(paths) == FILES, "not all files are asked for")
    names = [path.rpartition("/")[2].partition(".")[0] for path in paths]
    assert names[0] == "worker"
    assert set(names[1:4]) == {"engine", "index", "2026"}  # at once
    assert set(names[4:]) == {"keps", "pages", "2025", "2024", "2022"}
    page.keyboard.press("Escape")
    search(page, "スワップ")
    assert len(paths) == FILES


# --- everybody ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("width", "scheme"), VIEWS)
def test_axe_finds_nothing_in_the_open_search(browser: Browser, site: Served, width: int, scheme: Scheme) -> None:
    found: list[str] = []
    with visit(browser, site, width=width, scheme=scheme) as reader:
        # A page without links below the box, which would cover one by half.
        page = reader.open(f"{KINDS['not-found']}?q={quote('スワップ year:2024 year:2026 sig:katzen')}")
        complete(page)
        found += violations(page, ALL_RULES)
        box(page).fill("スワップ year:2024 year:2026")
        complete(page)
        found += violations(page, ALL_RULES)
        # On a phone the theme's ground is wider until the page behind the box is held, half a second after it opened.
        becomes(page, lambda it: it.evaluate("document.scrollingElement.scrollWidth"), width)
    assert not (troubles := found + reader.troubles), "\n".join(troubles)


def test_type_of_twice_the_size_fits_a_phone(large_type: Browser, site: Served) -> None:
    with visit(large_type, site) as reader:
        page = reader.open(f"{START}?q={quote('スワップ year:2024')}")
        complete(page)
        wrap = page.locator(".md-search__scrollwrap")
        assert wrap.evaluate("wrap => wrap.scrollWidth <= wrap.clientWidth")


def test_colours_of_the_reader_tell_a_pressed_button(page: Page) -> None:
    page.emulate_media(forced_colors="active")
    search(page, "スワップ year:2024")
    colour = "button => getComputedStyle(button).backgroundColor"
    assert facet(page, "2024").evaluate(colour) != facet(page, "2026").evaluate(colour)


def test_without_scripts_there_is_no_box_and_the_archive_leads_everywhere(browser: Browser, site: Served) -> None:
    for width in (PHONE, DESKTOP):
        with visit(browser, site, width=width, javascript=False) as reader:
            page = reader.open("")
            expect(box(page)).to_be_hidden()
            expect(page.locator("label[for=__search]").first).to_be_hidden()
            page.goto(f"{site.url}issues/")
            expect(page.locator("article a[href*='2022-09-02']").first).to_be_visible()


def test_pages_that_are_exchanged_keep_the_search(browser: Browser) -> None:
    with sample_site(instantly) as site, visit(browser, site, width=DESKTOP) as reader:
        sitemap = (site.folder / "sitemap.xml").read_text(encoding="utf-8").replace(PUBLIC, site.url)
        reader.page.route("**/sitemap.xml", lambda route: route.fulfill(body=sitemap, content_type="text/xml"))
        page = reader.open(START)
        search(page, "UnlimitedSwap")
        page.evaluate("window.stayed = true")
        rows(page).first.click()
        page.wait_for_url(re.compile(KINDS_2024))
        html = (site.folder / KINDS_2024.strip("/") / "index.html").read_text(encoding="utf-8")
        expect(page).to_have_title(unescape(html.partition("<title>")[2].partition("</title>")[0]))  # it is exchanged
        expect(page.locator("#__search")).not_to_be_checked()  # the theme closes the search that led here
        search(page, "KEP-127 year:2024")
        assert page.evaluate("window.stayed")
        expect(chips(page)).to_have_text(["year:2024"])
        expect(rows(page).first.locator(".neco-search__facts")).to_contain_text("2024-05-10")
        assert not reader.troubles, "\n".join(reader.troubles)


PUBLIC = "https://neco-weekly.example/"


def instantly(folder: Folder) -> None:
    config = folder.root / "mkdocs.yml"
    text = config.read_text(encoding="utf-8")
    config.write_text(text.replace("features:\n", "features:\n    - navigation.instant\n"), encoding="utf-8")


def test_a_visit_meets_no_trouble_anywhere(browser: Browser, site: Served) -> None:
    with visit(browser, site, width=DESKTOP) as reader:
        for path in (KINDS["home"], KINDS["kep-table"], KINDS["links"], KINDS["not-found"]):
            found_on(reader, path)
    assert not reader.troubles, "\n".join(reader.troubles)


def found_on(reader: Visit, path: str) -> None:
    page = reader.open(path)
    search(page, "KEP-127")
    assert shown(page)[0] == "keps/127/"

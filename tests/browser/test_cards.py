"""A card is one link over a box whose words can still be selected, and whose place is kept for its picture."""

from __future__ import annotations

import itertools
import re

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.axe import ALL_RULES, violations
from tests.browser.chromium import DESKTOP, PHONE, VIEWS, Scheme, Served, visit
from tests.browser.test_accessibility import CLIPPED
from tests.browser.waiting import open_details
from tests.link_cards import PAGE, WANTED_PAGE

pytestmark = pytest.mark.browser

WIDE = "https://blog.example.jp/entry/2026/07/30/memory-qos"
LIKEWISE = ("https://example.com/posts/user-namespaces-in-production", "https://hostile.example/word")
"""A card with the longest title and description and an image, and others that have as much."""
BANNER = "https://example.com/banner"
DEAD, PENDING, ECHO = "https://old.example.com/2019/gone", "https://www.example.net/", "https://kep.k8s.io/127"

HIT = """([card, selector]) => {
  const target = selector ? card.querySelector(selector) : card
  const box = target.getBoundingClientRect()
  const found = document.elementFromPoint(selector ? box.left + 5 : box.right - 5, box.top + box.height / 2)
  return found.closest("a")?.getAttribute("href") ?? (found.closest(".neco-card__text") && "the words")
}"""
SCROLL = """async () => {
  const seen = { moved: [] }
  const name = ({ node }) => `${node?.nodeName} ${node?.className ?? ""} ${node?.textContent.trim().slice(0, 40)}`
  // The theme's script fills the header once the page is drawn, which on a busy machine is a frame later.
  const isOurs = ({ node }) => !(node?.parentElement ?? node)?.closest?.(".md-header")
  new PerformanceObserver(list => {
    for (const { value, sources } of list.getEntries())
      if (sources.some(isOurs)) seen.moved.push(`${value}: ${sources.map(name).join(", ")}`)
  }).observe({ type: "layout-shift", buffered: true })
  const drawn = () => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))
  for (let place = 0; place < document.scrollingElement.scrollHeight; place += innerHeight / 2) {
    scrollTo(0, place)
    await drawn()
  }
  const images = [...document.querySelectorAll(".neco-card img")].filter(image => image.checkVisibility())
  await Promise.all(images.map(image => image.decode()))
  await drawn()
  return { ...seen, pictures: images.filter(image => image.naturalWidth > 0).length }
}"""
"""What moved of the page while its reader went to its end, and how far; and how many pictures came."""
SIZES = "cards => cards.map(card => [card.dataset.url, card.offsetTop, card.offsetWidth, card.offsetHeight])"
LINES = """cards => cards.map(card => [".neco-card__link", ".neco-card__text"]
  .map(selector => card.querySelector(selector)).filter(part => part)
  .map(part => Math.round(part.offsetHeight / parseFloat(getComputedStyle(part).lineHeight) * 10) / 10))"""
"""How many lines high title and description of each card are."""
ENLARGED = """() => [...document.querySelectorAll(".neco-card__image")].filter(it =>
  it.offsetWidth > it.naturalWidth + 1 || it.offsetHeight > it.naturalHeight + 1).map(it => it.src)"""
OUTSIDE = """() => [...document.querySelectorAll(".neco-card > *")].filter(part => {
  const card = part.parentElement.getBoundingClientRect(), box = part.getBoundingClientRect()
  return box.left < card.left || box.right > card.right || box.top < card.top || box.bottom > card.bottom
}).map(part => part.className)"""


def card_of(page: Page, url: str) -> Locator:
    return page.locator(f".neco-card[data-url='{url}']").first


# --- one link, and words ------------------------------------------------------------------------------------------


def test_every_card_has_one_link_to_its_address(browser: Browser, more: Served) -> None:
    with visit(browser, more) as reader:
        for path in (path for path in more.pages if path.startswith("issues/2")):
            for card in reader.open(path).locator(".neco-card").all():
                assert card.locator("a, button, input, [tabindex]").count() == 1
                assert card.locator("a").get_attribute("href") == card.get_attribute("data-url")


@pytest.mark.parametrize(("width", "touch"), [(PHONE, True), (DESKTOP, False)])
def test_the_link_covers_the_box_and_a_mouse_reaches_the_description(
    browser: Browser, more: Served, width: int, touch: bool
) -> None:
    with visit(browser, more, width=width, touch=touch) as reader:
        page = reader.open(PAGE)
        for card in page.locator(".neco-card:visible").all():
            card.scroll_into_view_if_needed()
            handle, url = card.element_handle(), card.get_attribute("data-url")
            parts = (None, ".neco-card__link", ".neco-card__site", ".neco-card__image")
            for part in parts:
                if part is None or card.locator(part).count():
                    assert page.evaluate(HIT, [handle, part]) == url, part
            if card.locator(".neco-card__text").count():
                assert page.evaluate(HIT, [handle, ".neco-card__text"]) == (url if touch else "the words")


def drag(page: Page, start: tuple[float, float], end: tuple[float, float]) -> str:
    """The words that a mouse selects on its way. What is selected already would be dragged along."""
    page.evaluate("getSelection().removeAllRanges()")
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move(*end, steps=8)
    page.mouse.up()
    return str(page.evaluate("getSelection().toString()"))


def test_a_mouse_selects_words_of_a_description_and_leads_nowhere(browser: Browser, more: Served) -> None:
    with visit(browser, more, width=DESKTOP) as reader:
        page = reader.open(PAGE)
        words = card_of(page, WIDE).locator(".neco-card__text")
        words.scroll_into_view_if_needed()
        box = words.bounding_box()
        assert box
        top, middle = box["y"] + 8, box["y"] + box["height"] * 0.75
        assert drag(page, (box["x"] + 1, top), (box["x"] + 110, top)).startswith("Memory QoS")
        assert len(drag(page, (box["x"] + 1, top), (box["x"] + 150, middle))) > 30
        page.mouse.dblclick(box["x"] + 20, top)
        assert page.evaluate("getSelection().toString()").strip() == "Memory"
        assert page.url == more.url + PAGE


def test_a_selection_that_goes_through_a_card_has_all_its_words(browser: Browser, more: Served) -> None:
    with visit(browser, more, width=DESKTOP) as reader:
        page = reader.open(PAGE)
        card = card_of(page, WIDE)
        card.evaluate("card => scrollTo(0, card.offsetTop - 200)")
        above, below = card.bounding_box(), page.get_by_text("長い題と長い説明は").bounding_box()
        assert above
        assert below
        selected = drag(page, (above["x"] + 2, above["y"] - 40), (below["x"] + 60, below["y"] + 10))
        in_order = ("メモリが足りない", "まったく違いました", "ねこ技術ブログ", "長い題")
        told = [selected.index(words) for words in in_order]
        assert told == sorted(told)


@pytest.mark.parametrize("part", [".neco-card__link", ".neco-card__image", ".neco-card__site"])
def test_a_click_follows_the_link(browser: Browser, more: Served, part: str) -> None:
    with visit(browser, more, width=DESKTOP, javascript=False) as reader:
        reader.page.route(re.compile("^https:"), lambda route: route.fulfill(body="there"))
        page = reader.open(PAGE)
        card = card_of(page, WIDE)
        card.scroll_into_view_if_needed()
        box = card.locator(part).bounding_box()
        assert box
        page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        page.wait_for_url(WIDE)


def test_the_name_of_a_link_is_the_title_and_says_when_it_is_dead(browser: Browser, more: Served) -> None:
    with visit(browser, more) as reader:
        page = reader.open(PAGE)
        for url, name in (
            (WIDE, re.compile("^メモリが足りない.*確かめてみた$")),
            (PENDING, "example.net"),
            (DEAD, "リンク切れ 2019 年に書いた、いまはもうない記事"),
        ):
            expect(card_of(page, url).get_by_role("link")).to_have_accessible_name(name)
        expect(card_of(page, DEAD).get_by_text("リンク切れ")).to_be_visible()


def test_the_way_to_a_copy_is_large_enough_for_a_finger_and_out_of_the_box(browser: Browser, more: Served) -> None:
    with visit(browser, more, touch=True) as reader:
        page = reader.open(PAGE)
        copy = page.locator(".neco-card-archive").first
        expect(copy).to_have_accessible_name("2022-08-26 に保存されたコピー 2019 年に書いた、いまはもうない記事")
        copy.scroll_into_view_if_needed()
        box, card = copy.bounding_box(), card_of(page, DEAD).bounding_box()
        assert box
        assert card
        assert box["height"] >= 24
        assert box["y"] >= card["y"] + card["height"]
        address = page.evaluate("([x, y]) => document.elementFromPoint(x, y).href", [box["x"] + 30, box["y"] + 12])
        assert address.startswith("https://web.archive.org/")


# --- a place that stays -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", [PAGE, WANTED_PAGE])
@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_nothing_moves_and_no_other_host_is_asked(browser: Browser, more: Served, width: int, path: str) -> None:
    with visit(browser, more, width=width) as reader:
        page = reader.open(path)
        assert page.locator(".neco-card").count() >= 14
        seen = page.evaluate(SCROLL)
        assert seen["moved"] == []
        assert seen["pictures"] == page.locator(".neco-card img:visible").count() > 15
        assert page.evaluate("document.scrollingElement.scrollWidth") == width
    assert not reader.troubles, "\n".join(reader.troubles)


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_a_card_is_as_large_before_its_picture_is_there_and_without_scripts(
    browser: Browser, more: Served, width: int
) -> None:
    sizes = []
    for pictures, javascript in ((True, True), (False, True), (True, False)):
        with visit(browser, more, width=width, javascript=javascript) as reader:
            if not pictures:
                reader.page.route(re.compile(r"/assets/cards/|/own\.png"), lambda route: route.abort())
            for path in (PAGE, WANTED_PAGE):
                page = reader.open(path)
                sizes.append(page.locator(".neco-card").evaluate_all(SIZES))
    assert sizes[:2] == sizes[2:4] == sizes[4:]


@pytest.mark.parametrize("path", [PAGE, WANTED_PAGE])
@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_no_picture_is_enlarged_or_leaves_its_card(browser: Browser, more: Served, width: int, path: str) -> None:
    with visit(browser, more, width=width) as reader:
        page = reader.open(path)
        page.evaluate(SCROLL)
        assert page.evaluate(ENLARGED) == []
        assert page.evaluate(OUTSIDE) == []
        assert page.evaluate("document.scrollingElement.scrollWidth") == width


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_a_picture_is_cut_a_little_and_one_that_would_lose_too_much_is_whole(
    browser: Browser, more: Served, width: int
) -> None:
    shapes = "images => images.map(it => it.offsetWidth / it.offsetHeight)"
    with visit(browser, more, width=width) as reader:
        ratios = reader.open(PAGE).locator(".neco-card__image:visible").evaluate_all(shapes)
        assert {round(it, 1) for it in ratios} == {1.9, 1.0, 0.6}
        wanted = reader.open(WANTED_PAGE)
        ratios = wanted.locator(f".neco-card[data-url='{BANNER}'] .neco-card__image").evaluate_all(shapes)
        assert {round(it) for it in ratios} == {6}


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_a_large_card_has_its_picture_above_its_words_as_wide_as_they_are(
    browser: Browser, more: Served, width: int
) -> None:
    places = """card => [".neco-card__image", ".neco-card__link", ".neco-card__text", ".neco-card__site"]
      .map(selector => card.querySelector(selector).getBoundingClientRect())
      .map(box => [Math.round(box.top), Math.round(box.bottom), Math.round(box.width)])"""
    with visit(browser, more, width=width, javascript=False) as reader:
        found = reader.open(WANTED_PAGE).locator(".neco-card--large")
        assert found.count() == 3
        for parts in (card.evaluate(places) for card in found.all()):
            assert all(above[1] <= below[0] for above, below in itertools.pairwise(parts))
            assert len({width for _, _, width in parts}) == 1


@pytest.mark.parametrize(("width", "most"), [(PHONE, [7, 3]), (DESKTOP, [4, 2])])
def test_titles_and_descriptions_end_after_whole_lines(
    browser: Browser, more: Served, width: int, most: list[int]
) -> None:
    with visit(browser, more, width=width) as reader:
        lines = reader.open(PAGE).locator(".neco-card:visible").evaluate_all(LINES)
    assert all(count == int(count) for parts in lines for count in parts)
    assert [max(parts) for parts in zip(*(it for it in lines if len(it) == 2), strict=True)] == most


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_a_title_of_eighty_letters_is_whole(browser: Browser, more: Served, width: int) -> None:
    cut = "it => it.scrollHeight > it.clientHeight + 1"
    with visit(browser, more, width=width) as reader:
        links = reader.open(WANTED_PAGE).locator(".neco-card__link")
        assert [link.inner_text() for link in links.all() if link.evaluate(cut)] == []


def test_a_long_word_leaves_no_hole_before_it(browser: Browser, more: Served) -> None:
    """It begins in the line of the words before it, and ends lines where a reader would cut it."""
    with visit(browser, more, width=PHONE) as reader:
        link = card_of(reader.open(WANTED_PAGE), "https://example.net/long").locator("a")
        first = link.evaluate("""it => {
          const range = document.createRange()
          range.selectNodeContents(it)
          const pieces = [...range.getClientRects()].filter(box => box.width > 0)
          return pieces.filter(box => box.top === pieces[0].top).reduce((sum, box) => sum + box.width, 0)
        }""")
        room = link.evaluate("it => it.clientWidth")
    assert first > 0.5 * room


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_long_words_leave_no_card(browser: Browser, more: Served, width: int) -> None:
    with visit(browser, more, width=width) as reader:
        page = reader.open(PAGE)
        heights = {url: card_of(page, url).evaluate("card => card.offsetHeight") for url in (WIDE, *LIKEWISE)}
        assert max(heights.values()) < 300
        assert page.evaluate(OUTSIDE) == []


# --- how it looks -------------------------------------------------------------------------------------------------


def test_a_card_that_repeats_its_heading_is_quieter_than_others(browser: Browser, more: Served) -> None:
    with visit(browser, more) as reader:
        page = reader.open(PAGE)
        style = "it => (style => [+style.fontWeight, parseFloat(style.fontSize)])(getComputedStyle(it))"
        loud, quiet = (card_of(page, url).locator("a").evaluate(style) for url in (WIDE, ECHO))
        assert quiet[0] < loud[0]
        assert quiet[1] < loud[1]


@pytest.mark.parametrize(("width", "scheme"), VIEWS)
def test_axe_finds_nothing_among_cards(browser: Browser, more: Served, width: int, scheme: Scheme) -> None:
    with visit(browser, more, width=width, scheme=scheme) as reader:
        page = reader.open(PAGE)
        open_details(page)
        found = list(violations(page, ALL_RULES))
        assert not found, "\n".join(found)


def test_type_of_twice_the_size_cuts_no_card_on_a_phone(large_type: Browser, more: Served) -> None:
    with visit(large_type, more) as reader:
        page = reader.open(PAGE)
        assert page.evaluate("document.scrollingElement.scrollWidth") == PHONE
        too_wide = "neco-card__text: ﷽"  # one letter of this size is wider than the screen
        assert [it for it in page.evaluate(CLIPPED) if not it.startswith(too_wide)] == []


def test_colours_of_the_readers_own_leave_frames_and_focus(browser: Browser, more: Served) -> None:
    with visit(browser, more) as reader:
        page = reader.open(PAGE)
        page.emulate_media(forced_colors="active")
        frame = "it => getComputedStyle(it).borderTopStyle"
        assert card_of(page, PENDING).evaluate(frame) == "dashed"
        assert page.locator(".neco-card__dead").first.evaluate(frame) == "solid"
        link = card_of(page, WIDE).get_by_role("link")
        page.keyboard.press("Tab")
        link.focus()
        ring = "it => (style => [style.outlineStyle, style.outlineWidth])(getComputedStyle(it, '::after'))"
        assert link.evaluate(ring) == ["solid", "2px"]


def test_paper_has_the_whole_words_the_addresses_and_the_pictures(browser: Browser, more: Served) -> None:
    with visit(browser, more, width=DESKTOP) as reader:
        page = reader.open(PAGE)
        page.evaluate(SCROLL)
        page.emulate_media(media="print")
        assert [it for it in page.evaluate(CLIPPED) if it.startswith(("neco-card__link", "neco-card__text"))] == []
        expect(card_of(page, WIDE).locator(".neco-card__image")).to_be_visible()
        copies = page.locator(".neco-card-archive").evaluate_all(
            "links => links.map(it => getComputedStyle(it, '::after').content.includes(it.href))"
        )
        assert copies
        assert all(copies)

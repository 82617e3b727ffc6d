"""The chooser: any two releases, in the form or in the address, drawn as the pages of upgrades have them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.axe import ALL_RULES, RULES_OF_COLOUR, violations
from tests.browser.chromium import DESKTOP, KINDS, PHONE, SCHEMES, Served, Visit, visit
from tests.browser.waiting import timers_ring, until

pytestmark = pytest.mark.browser

CHOOSER = KINDS["compare"]
DATA = "releases/compare/changes.json"
DRAWN = """() => [...document.querySelectorAll(".neco-upgrade > *")].map(it => it.textContent.replace(/\\s/g, ""))"""
"""The texts of what is drawn, without white space."""

LINKS = """() => [...document.querySelectorAll(".neco-upgrade tbody a")].map(link => link.href)"""


@pytest.fixture
def reader(browser: Browser, site: Served) -> Iterator[Visit]:
    with visit(browser, site, width=DESKTOP) as reader:
        yield reader
        assert not reader.troubles, "\n".join(reader.troubles)


def said(page: Page) -> Any:
    return expect(page.locator(".neco-compare output"))


def all_is_drawn(page: Page) -> None:
    """Wait until a comparison is whole: it comes some rows at a time."""
    page.locator(".neco-upgrade:not([aria-busy])").wait_for()


def test_address_chooses_and_the_page_of_the_pair_has_the_same(reader: Visit) -> None:
    page = reader.open(KINDS["upgrade"])
    expected, links = page.evaluate(DRAWN), page.evaluate(LINKS)
    sentence = page.locator(".neco-upgrade > p").first.inner_text()
    page = reader.open(f"{CHOOSER}?from=1.34&to=1.36")
    said(page).to_have_text(sentence)
    all_is_drawn(page)
    _, *drawn = page.evaluate(DRAWN)
    assert (drawn, page.evaluate(LINKS)) == (expected[1:], links)
    page.get_by_role("link", name="v1.34 → v1.36 のページ").click()
    expect(page.locator("h1")).to_have_text("v1.34 → v1.36 で変わること")


def test_form_compares_and_the_address_follows(reader: Visit) -> None:
    page = reader.open(CHOOSER)
    said(page).to_have_text("リリースを 2 つ選んでください。")
    page.get_by_label("今のリリース").select_option("v1.21")
    said(page).to_have_text("リリースを 2 つ選んでください。")
    page.get_by_label("上げる先のリリース").select_option("v1.26")
    said(page).to_contain_text("v1.21 から v1.26 へのアップグレードで")
    expect(page).to_have_url(f"{reader.site.url}{CHOOSER}?from=1.21&to=1.26")
    page.get_by_label("上げる先のリリース").select_option("v1.22")
    expect(page.get_by_role("link", name="v1.22 のページ")).to_have_attribute("href", re.compile(r"/releases/1\.22\b"))
    page.get_by_label("上げる先のリリース").select_option("v1.20")
    said(page).to_have_text(
        "v1.20 は v1.21 より新しくありません。「上げる先」には、より新しいリリースを選んでください。"
    )
    assert page.evaluate(DRAWN) == []


def test_what_is_drawn_is_busy_until_it_is_whole_however_late_its_data_come(reader: Visit) -> None:
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    reader.page.route(f"**/{DATA}", hold)
    page = reader.open(f"{CHOOSER}?from=1.34&to=1.36")
    until(page, lambda: held, "no data are asked for")
    timers_ring(page, 500)
    expect(page.locator(".neco-upgrade")).to_have_attribute("aria-busy", "true")
    held[0].continue_()
    all_is_drawn(page)
    expect(page.locator(".neco-upgrade tbody tr").first).to_be_attached()


SENTENCES = {
    "?from=1.33&to=1.99": "「1.99」というリリースはここにありません。v1.20 から v1.36 までのリリースを選べます。",
    "?from=1.33&to=1.37": "v1.37 はまだリリースされていないので、何が変わるかは分かりません。",
    "?from=1.33&to=1.33": "v1.33 は v1.33 より新しくありません。「上げる先」には、より新しいリリースを選んでください。",
    "?from=1.33": "リリースを 2 つ選んでください。",
    f"?from={quote('<img src=x onerror=alert(1)>')}&to=1.36": (
        "「<img src=x onerror=a…」というリリースはここにありません。v1.20 から v1.36 までのリリースを選べます。"
    ),
}


def test_what_cannot_be_compared_is_told_in_a_sentence(reader: Visit) -> None:
    for asked, sentence in SENTENCES.items():
        page = reader.open(f"{CHOOSER}{asked}")
        said(page).to_have_text(sentence)
        assert page.evaluate(DRAWN) == []


def test_data_is_loaded_once_two_releases_are_asked_for_and_nowhere_else(reader: Visit) -> None:
    loaded: list[str] = []
    reader.page.on("request", lambda request: loaded.append(request.url.removeprefix(reader.site.url)))
    for path in (CHOOSER, KINDS["upgrade"], KINDS["kep-table"]):
        reader.open(path)
    assert DATA not in loaded
    scripts = [path for path in loaded if path.startswith("assets/compare.")]
    assert len(scripts) == 1
    page = reader.open(f"{CHOOSER}?from=1.33&to=1.36")
    page.get_by_label("今のリリース").select_option("v1.32")
    said(page).to_contain_text("v1.32 から v1.36 へ")
    assert loaded.count(DATA) == 1


def test_data_that_does_not_come_is_told(browser: Browser, site: Served) -> None:
    with visit(browser, site) as reader:
        reader.page.route(f"**/{DATA}", lambda route: route.abort())
        page = reader.open(f"{CHOOSER}?from=1.33&to=1.36")
        said(page).to_have_text("データを読み込めませんでした。下の一覧にあるページをご覧ください。")
        page.unroute_all()
        page.get_by_label("今のリリース").select_option("v1.32")
        said(page).to_contain_text("v1.32 から v1.36 へ")


@pytest.mark.parametrize("scheme", SCHEMES)
def test_axe_finds_nothing_in_what_is_drawn(browser: Browser, site: Served, scheme: Any) -> None:
    with visit(browser, site, width=PHONE, scheme=scheme) as reader:
        page = reader.open(f"{CHOOSER}?from=1.21&to=1.26")
        said(page).to_contain_text("v1.21")
        all_is_drawn(page)
        assert list(violations(page, ALL_RULES if scheme == "light" else RULES_OF_COLOUR)) == []
        assert page.evaluate("document.scrollingElement.scrollWidth") == PHONE
    assert not reader.troubles, "\n".join(reader.troubles)

"""The list of all links: narrowed down by words, site, year and state, sorted within years, kept in the address."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.axe import ALL_RULES, SHORTEN, violations
from tests.browser.chromium import DESKTOP, KINDS, PHONE, VIEWS, Scheme, Served, unseen, visit
from tests.browser.long_pages import IN_A_YEAR, ROWS_OF_LIST, lengthen
from tests.browser.more_issues import CHANNEL
from tests.browser.test_accessibility import CLIPPED
from tests.browser.waiting import becomes
from tests.previews import eventually

pytestmark = pytest.mark.browser

LINKS = KINDS["links"]
ROWS = """() => [...document.querySelectorAll(".neco-links > li")].filter(row => row.checkVisibility()).map(row => ({
  url: row.querySelector("a").getAttribute("href"), title: row.querySelector("a").textContent,
  year: row.parentElement.dataset.years, years: row.parentElement.dataset.years, state: "alive", ...row.dataset,
}))"""
LAID_OUT = """() => [...document.querySelectorAll(".neco-links > li")]
  .filter(row => row.firstElementChild.checkVisibility({ contentVisibilityAuto: true })).length"""
HEADINGS = (
    """() => [...document.querySelectorAll("section h2")].filter(it => it.checkVisibility()).map(it => it.innerText)"""
)


@pytest.fixture(scope="module")
def site(more: Served) -> Served:
    return more


@pytest.fixture
def page(browser: Browser, site: Served) -> Iterator[Page]:
    with visit(browser, site, width=DESKTOP) as reader:
        yield reader.open(LINKS)
        assert not reader.troubles, "\n".join(reader.troubles)


def rows(page: Page) -> list[dict[str, Any]]:
    return list(page.evaluate(ROWS))


def urls(page: Page) -> list[str]:
    return [str(row["url"]) for row in rows(page)]


def headings(page: Page) -> list[str]:
    return list(page.evaluate(HEADINGS))


def words(page: Page) -> Locator:
    return page.get_by_role("searchbox", name="キーワード")


def pick(page: Page, host: str) -> Locator:
    """The button of a site that is often linked to."""
    return page.get_by_role("list", name="よく紹介するサイト").get_by_role("button", name=re.compile(rf"^{host} \d+$"))


def asked(page: Page, site: Served) -> str:
    return page.url.removeprefix(site.url + LINKS)


# --- narrowed down ------------------------------------------------------------------------------------------------


CHOICES = [
    ("site", "kubernetes.io", "site"),
    ("site", "v8.example", "site"),
    ("year", "2024", "years"),
    ("state", "dead", "state"),
    ("state", "alive", "state"),
]
"""The name of a choice, what is chosen, and where a row says it."""


def test_a_choice_shows_what_has_it(page: Page) -> None:
    everything = rows(page)
    for name, value, data in CHOICES:
        expected = [row["url"] for row in everything if value in row[data].split()]
        choice = page.locator(f"select[name={name}]")
        choice.select_option(value)
        becomes(page, urls, expected, value)
        label = choice.evaluate("select => select.selectedOptions[0].textContent")
        assert label.endswith(f" · {len(expected)}")
        expect(page.get_by_role("status")).to_contain_text(f" {len(expected)} 件")
        choice.select_option("")


DIARY, ALPHA = "https://diary.example/1999/k8s-1.36", "https://v8.example/alpha"
WORDS = {
    "kubelet 日記": DIARY,  # a title, whatever its width
    "ＫＵＢＥＬＥＴ": DIARY,
    "the v8 blog": ALPHA,  # a site's name
    "1999": DIARY,  # in an address
    "1.36 diary": DIARY,
    "ビデオ 2025-03-03": CHANNEL,  # an issue's day, also a folded one
    "見出し 日記": DIARY,  # the heading
}


def test_words_are_looked_for_in_all_that_a_row_says(page: Page) -> None:
    for written, found in WORDS.items():
        words(page).fill("")
        words(page).fill(written)
        becomes(page, urls, [found], written)


def test_words_and_choices_come_together(page: Page) -> None:
    page.locator("select[name=site]").select_option("v8.example")
    words(page).fill("zeta")
    becomes(page, urls, ["https://v8.example/alpha"])


def test_where_nothing_fits_a_sentence_says_so_and_a_button_shows_all(page: Page) -> None:
    everything = urls(page)
    words(page).fill("no such thing")
    becomes(page, urls, [])
    becomes(page, headings, [])
    expect(page.get_by_role("status")).to_have_text("条件に合うリンクはありません。")
    page.get_by_role("button", name="条件を外す").click()
    becomes(page, urls, everything)
    expect(words(page)).to_have_value("")


def test_years_tell_how_many_fit_and_go_where_none_does(page: Page) -> None:
    before = page.evaluate(HEADINGS)
    counts = Counter(row["year"] for row in rows(page))
    assert before == [f"{year}年 {counts[year]} 件" for year in sorted(counts, reverse=True)]
    page.locator("select[name=site]").select_option("v8.example")
    becomes(page, headings, ["2024年 1 件", "2023年 1 件"])
    page.locator("select[name=site]").select_option("")
    becomes(page, headings, before)


def test_a_year_finds_also_what_was_linked_again_later(page: Page) -> None:
    page.locator("select[name=year]").select_option("2023")
    becomes(page, headings, ["2025年 1 件", "2024年 1 件", "2023年 2 件"])
    assert {"https://v8.example/beta", CHANNEL} <= set(urls(page))


def test_a_site_that_is_often_linked_to_is_one_press_away(page: Page, site: Served) -> None:
    everything, button = urls(page), pick(page, "kubernetes.io")
    expect(button).to_have_attribute("aria-pressed", "false")
    button.press("Enter")
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(button).to_be_focused()
    becomes(page, lambda it: {row["site"] for row in rows(it)}, {"kubernetes.io"})
    becomes(page, lambda it: asked(it, site), "?site=kubernetes.io")
    names = page.get_by_role("list", name="よく紹介するサイト").get_by_role("button").all_inner_texts()
    other = next(host for host in (it.split()[0] for it in names) if host != "kubernetes.io")
    pick(page, other).click()
    expect(button).to_have_attribute("aria-pressed", "false")
    expect(page.locator("select[name=site]")).to_have_value(other)
    pick(page, other).press("Space")
    becomes(page, urls, everything)
    becomes(page, lambda it: asked(it, site), "")


# --- sorted -------------------------------------------------------------------------------------------------------


def test_a_year_is_sorted_by_site_or_by_title(page: Page, site: Served) -> None:
    before, order = rows(page), page.get_by_label("並べ替え")
    order.select_option("site")
    becomes(page, lambda it: asked(it, site), "?sort=site")
    by_site = sorted(before, key=lambda row: (-int(row["year"]), row["site"]))  # stable, as sorted() is
    becomes(page, urls, [row["url"] for row in by_site])
    order.select_option("title")
    titles = ["ｋｕｂｅｌｅｔ の日記", "Zeta"]
    becomes(page, lambda it: [row["title"] for row in rows(it) if row["year"] == "2023"], titles)
    order.select_option("mention")
    becomes(page, lambda it: [rows(it), asked(it, site)], [before, ""])


# --- in the address -----------------------------------------------------------------------------------------------


def test_the_address_follows_the_form_and_the_form_the_address(page: Page, site: Served) -> None:
    page.locator("select[name=site]").select_option("v8.example")
    page.locator("select[name=year]").select_option("2023")
    page.locator("select[name=state]").select_option("alive")
    words(page).fill("Zeta")
    page.get_by_label("並べ替え").select_option("title")
    becomes(page, lambda it: asked(it, site), "?site=v8.example&year=2023&state=alive&q=Zeta&sort=title")
    page.reload()
    becomes(page, urls, ["https://v8.example/alpha"])
    expect(page).to_have_url(f"{site.url}{LINKS}?site=v8.example&year=2023&state=alive&sort=title&q=Zeta")
    expect(page.locator("#__search")).not_to_be_checked()  # the theme opened it for `q`, and took that away
    expect(words(page)).to_have_value("Zeta")


@pytest.mark.parametrize("query", ["site=nobody.example&year=1999&state=unwell&sort=-site", "site=__proto__&sort=%00"])
def test_what_the_address_makes_up_is_ignored(page: Page, site: Served, query: str) -> None:
    everything = urls(page)
    page.goto(f"{site.url}{LINKS}?{query}")
    becomes(page, urls, everything)


def test_an_address_leads_to_a_year(browser: Browser, site: Served) -> None:
    with visit(browser, site, width=DESKTOP) as reader:
        page = reader.open(f"{LINKS}#2022")
        expect(page.get_by_role("heading", name="2022年")).to_be_in_viewport()


# --- for everyone -------------------------------------------------------------------------------------------------


def test_without_scripts_the_list_is_complete_and_nothing_is_dead(browser: Browser, site: Served) -> None:
    with visit(browser, site, javascript=False) as reader:
        page = reader.open(LINKS)
        expect(page.locator(".neco-filter")).to_be_hidden()
        expect(page.locator(".neco-picks li").first).to_be_visible()
        assert page.locator(".md-content").get_by_role("button").count() == 0
        assert unseen(page, ".neco-links > li") == []
        page.get_by_role("link", name="2023-02-03").first.click()
        expect(page.get_by_role("heading", name="見出し", level=2)).to_be_in_viewport()
    assert not reader.troubles


def test_what_many_issues_linked_to_unfolds(page: Page) -> None:
    row = page.get_by_role("listitem").filter(has_text="配信のチャンネル")
    last = row.get_by_role("link", name="2023-02-03")
    expect(last).to_be_hidden()
    row.get_by_text("ほか 4 か所").press("Enter")
    expect(last).to_be_visible()


def test_a_dead_link_says_so_and_has_its_copy_beside_it(page: Page) -> None:
    page.locator("select[name=state]").select_option("dead")
    row = page.get_by_role("listitem").filter(has=page.get_by_role("link", name="2019 年に書いた", exact=False))
    expect(row.get_by_text("リンク切れ")).to_be_visible()
    expect(row.get_by_role("link", name="2022-08-26 に保存されたコピー 2019 年に書いた")).to_be_visible()


@pytest.mark.parametrize(("width", "scheme"), VIEWS)
@pytest.mark.parametrize("query", ["", "?site=kubernetes.io&sort=site", "?q=nothing+at+all"])
def test_axe_finds_nothing(browser: Browser, site: Served, width: int, scheme: Scheme, query: str) -> None:
    with visit(browser, site, width=width, scheme=scheme) as reader:
        page = reader.open(LINKS + query)
        assert page.evaluate("document.scrollingElement.scrollWidth") == width
        page.evaluate(SHORTEN)
        assert list(violations(page, ALL_RULES)) == []
    assert not reader.troubles


def test_type_of_twice_the_size_loses_nothing_on_a_phone(large_type: Browser, site: Served) -> None:
    with visit(large_type, site) as reader:
        page = reader.open(LINKS)
        assert page.evaluate("document.scrollingElement.scrollWidth") == PHONE
        assert page.evaluate(CLIPPED) == []


def test_paper_has_all_links_with_their_addresses_and_no_form(page: Page) -> None:
    page.emulate_media(media="print")
    expect(page.locator(".neco-filter")).to_be_hidden()
    expect(page.locator(".neco-picks")).to_be_hidden()
    shown = page.locator(".neco-links p > a:first-child").evaluate_all(
        "links => links.map(link => getComputedStyle(link, '::after').content)"
    )
    assert shown == [f'"{url}"' for url in urls(page)]


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_of_five_thousand_rows_only_those_in_sight_are_laid_out(browser: Browser, site: Served, width: int) -> None:
    with visit(browser, site, width=width, own=True) as reader:
        lengthen(reader.page, site)
        reader.page.clock.install(time="2026-01-01")
        page = reader.open(LINKS)
        page.clock.pause_at("2026-01-02")  # the list stays busy until the test lets time go on
        assert page.locator(".neco-links > li").count() == ROWS_OF_LIST
        eventually(lambda: 0 < page.evaluate(LAID_OUT) <= 2 * IN_A_YEAR, "more years are laid out than are in sight")
        for written in ("node", "127", ""):
            words(page).fill(written)
        assert len(urls(page)) == ROWS_OF_LIST
        eventually(lambda: 0 < page.evaluate(LAID_OUT) <= 60, "more rows are laid out than are in sight")
        page.clock.run_for(10_000)
        eventually(lambda: 60 < page.evaluate(LAID_OUT) <= 2 * IN_A_YEAR, "then the years in sight are laid out")
        words(page).fill("zeta")
        becomes(page, lambda it: set(urls(it)), {"https://v8.example/alpha"})

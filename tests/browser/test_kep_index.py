"""The table of all KEPs: narrowed down, sorted, and kept in the address."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.axe import ALL_RULES, SHORTEN, violations
from tests.browser.chromium import DESKTOP, KINDS, PHONE, VIEWS, Scheme, Served, unseen, visit
from tests.browser.long_pages import ROWS_OF_TABLE, lengthen
from tests.browser.waiting import becomes
from tests.previews import eventually

pytestmark = pytest.mark.browser

INDEX = KINDS["kep-table"]
STAGES = ["alpha", "beta", "stable", "deprecated", "disabled", "removed", "none"]
ROWS = """() => [...document.querySelectorAll(".neco-kep-table tbody tr:not([hidden])")].map(row => ({
  number: Number(row.cells[0].textContent), title: row.cells[1].querySelector("a").textContent, ...row.dataset,
}))"""


@pytest.fixture
def page(browser: Browser, site: Served) -> Iterator[Page]:
    with visit(browser, site, width=DESKTOP) as reader:
        yield reader.open(INDEX)
        assert not reader.troubles, "\n".join(reader.troubles)


def rows(page: Page) -> list[dict[str, Any]]:
    return list(page.evaluate(ROWS))


def numbers(page: Page) -> list[int]:
    return [int(row["number"]) for row in rows(page)]


def words(page: Page) -> Locator:
    return page.get_by_role("searchbox", name="キーワード")


def asked(page: Page, site: Served) -> str:
    return page.url.removeprefix(site.url + INDEX)


# --- narrowed down ------------------------------------------------------------------------------------------------


CHOICES = {
    "sig": ("sig-node", "sig"),
    "stage": ("beta", "stage"),
    "status": ("withdrawn", "status"),
    "release": ("1.36", "releases"),
    "planned": ("1.37", "planned"),
    "year": ("2022", "years"),
}
"""By the name of a choice what is chosen, and where a row says it."""


def test_a_choice_shows_what_has_it(page: Page) -> None:
    everything = rows(page)
    for name, (value, data) in CHOICES.items():
        written = f"v{value}" if name in ("release", "planned") else value
        expected = [row["number"] for row in everything if written in row[data].split()]
        choice = page.locator(f"select[name={name}]")
        choice.select_option(value)
        becomes(page, numbers, expected, name)
        assert expected, name
        label = choice.evaluate("select => select.selectedOptions[0].textContent")
        assert label.endswith(f" · {len(expected)}")
        expect(page.get_by_role("status")).to_contain_text(str(len(expected)))
        choice.select_option("")


def each_finds(page: Page, written: Iterable[str], expected: list[int]) -> None:
    """The box is emptied before each, so that all rows are there."""
    everything = numbers(page)
    for text in written:
        words(page).fill("")
        becomes(page, numbers, everything)
        words(page).fill(text)
        becomes(page, numbers, expected, text)


def test_a_number_is_found_however_it_is_written(page: Page) -> None:
    written = ["127", "#127", "KEP-127", "kep 127", "KEP127", "１２７", "＃１２７", "ＫＥＰ－１２７", " 127 "]
    each_finds(page, written, [127])


def test_the_beginning_of_a_number_finds_those_that_go_on(page: Page) -> None:
    expected = [number for number in numbers(page) if str(number).startswith("48")]
    words(page).fill("48")
    becomes(page, numbers, expected)
    assert len(expected) > 1


def test_a_release_is_found_however_it_is_written(page: Page) -> None:
    expected = [row["number"] for row in rows(page) if "v1.35" in row["releases"].split()]
    each_finds(page, ["1.35", "v1.35", "V1.35", "１．３５"], expected)
    assert expected


def test_a_release_that_is_not_out_finds_what_is_planned_for_it(page: Page) -> None:
    expected = [row["number"] for row in rows(page) if row["planned"] == "v1.37"]
    words(page).fill("v1.37")
    becomes(page, numbers, expected)
    assert expected


def test_all_words_must_be_there(page: Page) -> None:
    written = ["support user", "NAMESPACES　Support", "ｓｕｐｐｏｒｔ namesp", "sig-node support user"]
    each_finds(page, written, [127])


def test_words_and_choices_come_together(page: Page) -> None:
    expected = [row["number"] for row in rows(page) if row["sig"] == "sig-node" and "v1.36" in row["releases"].split()]
    words(page).fill("sig-node")
    page.locator("select[name=release]").select_option("1.36")
    becomes(page, numbers, expected)


def test_where_nothing_fits_a_sentence_says_so_and_a_button_shows_all(page: Page) -> None:
    everything = numbers(page)
    words(page).fill("no such thing")
    becomes(page, numbers, [])
    expect(page.get_by_role("status")).to_have_text("条件に合う KEP はありません。")
    page.get_by_role("button", name="条件を外す").click()
    becomes(page, numbers, everything)
    expect(words(page)).to_have_value("")
    expect(page.get_by_role("status")).to_contain_text(str(len(everything)))


def test_japanese_is_looked_for_once_it_is_composed(page: Page) -> None:
    everything = numbers(page)
    words(page).focus()
    keyboard = page.context.new_cdp_session(page)
    for unfinished in ("h", "は", "はい", "はいし"):
        keyboard.send("Input.imeSetComposition", {"text": unfinished, "selectionStart": 0, "selectionEnd": 0})
        becomes(page, numbers, everything)
    keyboard.send("Input.insertText", {"text": "廃止"})
    becomes(page, lambda it: [row["stage"] for row in rows(it)], ["removed"])


# --- sorted -------------------------------------------------------------------------------------------------------


KEYS: dict[str, Callable[[Any], Any]] = {
    "番号": lambda row: row["number"],
    "段階": lambda row: STAGES.index(row["stage"]) if row["stage"] else None,
    "担当 SIG": lambda row: row["sig"],
    "最新の掲載": lambda row: row["mentioned"],
    "最後の変化": lambda row: row["changed"] or None,
}


def test_a_header_sorts_and_sorts_the_other_way(page: Page) -> None:
    before = rows(page)
    changed = page.get_by_role("columnheader", name="最後の変化")  # by which the page comes, backwards
    for label, key in KEYS.items():
        expect(changed).to_have_attribute("aria-sort", "descending")
        header = page.get_by_role("columnheader", name=label)
        header.get_by_role("button").click()
        expect(header).to_have_attribute("aria-sort", "ascending")
        has, lacks = ([row for row in before if (key(row) is None) is lacking] for lacking in (False, True))
        becomes(page, numbers, [row["number"] for row in [*sorted(has, key=key), *lacks]])  # stable, as sorted() is
        header.get_by_role("button").click()
        expect(header).to_have_attribute("aria-sort", "descending")
        becomes(page, numbers, [row["number"] for row in [*sorted(has, key=key, reverse=True), *lacks]])
        assert page.locator("th[aria-sort]").count() == 1
        page.get_by_role("button", name="条件を外す").click()


def press(page: Page, label: str) -> None:
    header = page.get_by_role("columnheader", name=label)
    header.get_by_role("button").click()
    expect(header).to_have_attribute("aria-sort", "ascending")


def test_titles_and_statuses_are_sorted_too(page: Page) -> None:
    press(page, "タイトル")
    titles = [row["title"] for row in rows(page)]
    assert titles != sorted(titles)
    assert titles == page.evaluate("titles => titles.sort(new Intl.Collator('ja', { numeric: true }).compare)", titles)
    press(page, "状態")
    statuses = [row["status"] for row in rows(page)]
    order = ["provisional", "implementable", "implemented", "deferred", "rejected", "withdrawn", "replaced", ""]
    assert statuses == sorted(statuses, key=order.index)  # what has none comes last


def test_a_phone_sorts_by_a_choice(browser: Browser, site: Served) -> None:
    with visit(browser, site, touch=True) as reader:
        page = reader.open(INDEX)
        everything = sorted(numbers(page))
        expect(page.locator("thead button").first).to_be_hidden()
        page.get_by_label("並べ替え").select_option("-number")
        becomes(page, numbers, everything[::-1])
        becomes(page, lambda it: asked(it, site), "?sort=-number")
        assert page.evaluate("document.scrollingElement.scrollWidth") == PHONE
    assert not reader.troubles


def test_a_desk_sorts_by_headers(page: Page) -> None:
    expect(page.get_by_label("並べ替え")).to_be_hidden()
    button = page.get_by_role("columnheader", name="段階").get_by_role("button")
    button.press("Enter")
    expect(button).to_be_focused()
    expect(page.get_by_role("columnheader", name="段階")).to_have_attribute("aria-sort", "ascending")


# --- a list says itself -------------------------------------------------------------------------------------------


def test_a_narrowed_list_says_itself_in_a_sentence_and_in_the_title(page: Page) -> None:
    title = page.title()
    total = len(numbers(page))
    page.locator("select[name=sig]").select_option("sig-node")
    page.locator("select[name=stage]").select_option("beta")
    words(page).fill("pod $&{count}")
    expect(page.get_by_role("status")).to_have_text("条件に合う KEP はありません。")
    words(page).fill("pod")
    said = f"KEP（担当 SIG: sig-node、段階: beta、「pod」）は {total} 件のうち {len(numbers(page))} 件です。"
    expect(page.get_by_role("status")).to_have_text(said)
    expect(page).to_have_title(f"{said} - {title}")
    page.get_by_role("button", name="条件を外す").click()
    expect(page.get_by_role("status")).to_have_text(f"{total} 件のうち {total} 件")
    expect(page).to_have_title(title)


COPIED = "navigator.clipboard.writeText = text => { globalThis.copied = text; return Promise.resolve() }"


def test_what_is_shown_is_copied_as_a_table_in_markdown(page: Page, site: Served) -> None:
    page.evaluate(COPIED)
    words(page).fill("127")
    page.get_by_role("button", name="Markdown の表をコピー").click()
    expect(page.get_by_role("button", name="コピーしました")).to_be_visible()
    head, rule, row, end = page.evaluate("copied").split("\n")
    assert head == "| 番号 | タイトル | 段階 | 状態 | 担当 SIG | 最後の変化 | 最新の掲載 |"
    assert (rule, end) == ("| --- | --- | --- | --- | --- | --- | --- |", "")
    assert row.startswith(f"| 127 | [Support User Namespaces]({site.url}keps/127/) | stable v1.36 | implemented |")
    words(page).fill("")
    expect(page.get_by_role("button", name="Markdown の表をコピー")).to_be_visible()


# --- in the address -----------------------------------------------------------------------------------------------


def test_the_address_follows_the_form(page: Page, site: Served) -> None:
    page.locator("select[name=sig]").select_option("sig-node")
    page.locator("select[name=release]").select_option("1.34")
    page.locator("select[name=planned]").select_option("1.37")
    words(page).fill("Pod")
    page.get_by_role("columnheader", name="段階").get_by_role("button").dblclick()
    becomes(page, lambda it: asked(it, site), "?sig=sig-node&release=1.34&planned=1.37&q=Pod&sort=-stage")
    found = numbers(page)
    page.reload()
    becomes(page, numbers, found)
    page.get_by_role("button", name="条件を外す").click()
    becomes(page, lambda it: asked(it, site), "")


def test_the_search_of_the_site_leaves_the_words_to_the_table(page: Page, site: Served) -> None:
    page.goto(f"{site.url}{INDEX}?q=127&stage=stable")
    # `q` comes last once the theme, which opens the search for it, has taken it away and the form has written it again.
    expect(page).to_have_url(f"{site.url}{INDEX}?stage=stable&q=127")
    expect(page.locator("#__search")).not_to_be_checked()
    becomes(page, numbers, [127])
    page.goto(f"{site.url}?q=127")
    expect(page.locator("#__search")).to_be_checked()
    expect(page.locator("input.md-search__input")).to_have_value("127")


@pytest.mark.parametrize("v", ["", "v"])
def test_the_form_follows_the_address(page: Page, site: Served, v: str) -> None:
    expected = [
        row["number"]
        for row in rows(page)
        if row["stage"] == "beta" and "v1.36" in row["releases"].split() and row["planned"] == "v1.37"
    ]
    page.goto(f"{site.url}{INDEX}?stage=beta&release={v}1.36&planned={v}1.37&sort=-number")
    becomes(page, numbers, sorted(expected, reverse=True))
    assert expected
    expect(page.locator("select[name=release]")).to_have_value("1.36")
    expect(page.locator("select[name=planned]")).to_have_value("1.37")


def test_the_page_of_a_sig_leads_to_its_rows(page: Page, site: Served) -> None:
    expected = [row["number"] for row in rows(page) if row["sig"] == "sig-node"]
    page.goto(f"{site.url}sigs/sig-node/")
    page.get_by_role("link", name="リリースされた段階や予定で絞り込む").click()
    page.wait_for_url(f"{site.url}{INDEX}?sig=sig-node")
    becomes(page, numbers, expected)


def test_going_back_brings_the_form_along(page: Page, site: Served) -> None:
    page.goto(f"{site.url}{INDEX}?stage=beta")
    found = numbers(page)
    page.evaluate("history.pushState(null, '', '?stage=alpha')")
    page.evaluate("dispatchEvent(new PopStateEvent('popstate'))")
    becomes(page, lambda it: {row["stage"] for row in rows(it)}, {"alpha"})
    page.go_back()
    becomes(page, numbers, found)


@pytest.mark.parametrize(
    "query",
    [
        "sig=sig-nobody&stage=omega&status=&release=9.99&year=1999&sort=colour",
        "sig=__proto__&sort=-constructor&stage=%00",
        f"sort={quote('<img src=x onerror=alert(1)>')}&sig=%22%5D&release=vv1.37",
    ],
)
def test_what_the_address_makes_up_is_ignored(page: Page, site: Served, query: str) -> None:
    everything = numbers(page)
    page.goto(f"{site.url}{INDEX}?{query}")
    becomes(page, numbers, everything)
    expect(page.get_by_role("columnheader", name="最後の変化")).to_have_attribute("aria-sort", "descending")


def test_hostile_words_are_only_words(page: Page, site: Served) -> None:
    hostile = "<img src=x onerror=\"document.title='run'\">\"'(((\\"
    page.goto(f"{site.url}{INDEX}?q={quote(hostile)}")
    expect(words(page)).to_have_value(hostile)
    becomes(page, numbers, [])
    assert page.locator(".md-content img").count() == 0
    assert page.title() != "run"


def test_what_others_put_into_the_address_stays(page: Page, site: Served) -> None:
    page.goto(f"{site.url}{INDEX}?h=word#anchor")
    page.locator("select[name=stage]").select_option("beta")
    becomes(page, lambda it: asked(it, site), "?h=word&stage=beta#anchor")


# --- for everyone -------------------------------------------------------------------------------------------------


def test_without_scripts_the_table_is_complete_and_nothing_is_dead(browser: Browser, site: Served) -> None:
    with visit(browser, site, width=DESKTOP, javascript=False) as reader:
        page = reader.open(INDEX)
        expect(page.locator(".neco-filter")).to_be_hidden()
        assert page.locator(".neco-kep-table button").count() == 0
        assert unseen(page, ".neco-kep-table tbody tr") == []
        page.locator(".neco-kep-table a[href='../sigs/sig-node/']").first.click()
        page.wait_for_url(f"{site.url}sigs/sig-node/")


@pytest.mark.parametrize(("width", "scheme"), VIEWS)
@pytest.mark.parametrize("query", ["?sig=sig-node&planned=1.37&sort=-stage", "?q=nothing+at+all"])
def test_axe_finds_nothing(browser: Browser, site: Served, width: int, scheme: Scheme, query: str) -> None:
    with visit(browser, site, width=width, scheme=scheme) as reader:
        page = reader.open(INDEX + query)
        page.evaluate(SHORTEN)
        assert list(violations(page, ALL_RULES)) == []
    assert not reader.troubles


LAID_OUT = """() => [...document.querySelectorAll(".neco-kep-table tbody tr:not([hidden])")]
  .filter(row => row.firstElementChild.checkVisibility({ contentVisibilityAuto: true })).length"""


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_of_seven_hundred_rows_only_those_in_sight_are_laid_out_while_somebody_types(
    browser: Browser, site: Served, width: int
) -> None:
    with visit(browser, site, width=width, own=True) as reader:
        lengthen(reader.page, site)
        reader.page.clock.install(time="2026-01-01")
        page = reader.open(INDEX)
        page.clock.pause_at("2026-01-02")  # the table stays busy until the test lets time go on
        body = page.locator("tbody")
        assert len(numbers(page)) == page.evaluate(LAID_OUT) == ROWS_OF_TABLE
        for written in ("node", "127", ""):
            words(page).fill(written)
        expect(body).to_have_attribute("aria-busy", "true")
        assert len(numbers(page)) == ROWS_OF_TABLE
        eventually(lambda: 0 < page.evaluate(LAID_OUT) <= 60, "more rows are laid out than are in sight")
        page.clock.run_for(10_000)
        expect(body).not_to_have_attribute("aria-busy", "true")
        eventually(lambda: page.evaluate(LAID_OUT) == ROWS_OF_TABLE, "then all rows are laid out")

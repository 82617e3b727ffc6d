"""What the search finds, asked in the box of the real interface; and that nothing typed or lost breaks it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.chromium import DESKTOP, KINDS, Served, Visit, sample_site, visit
from tests.browser.searching import Answer, ask
from tests.browser.waiting import until
from tests.site.search.queries import SYNONYMS, Query, load_queries
from tests.sites import Folder

pytestmark = pytest.mark.browser

QUERIES = load_queries()
COMPLETE = "[data-md-component=search-result][data-neco-search=complete]"
INDEX = "**/search/neco/"


@pytest.fixture(scope="module")
def searched(site: Served) -> Iterator[Served]:
    """The sample site with the synonyms that the queries count on."""
    if (site.folder.parent / "docs/_metadata/synonyms.yml").exists():
        yield site
    else:
        with sample_site(with_synonyms) as other:
            yield other


def with_synonyms(folder: Folder) -> None:
    shutil.copy(SYNONYMS, folder.docs / "_metadata/synonyms.yml")


@pytest.fixture(scope="module")
def answers(browser: Browser, searched: Served) -> dict[str, Answer]:
    texts = list(dict.fromkeys(query.text for query in QUERIES))
    with visit(browser, searched, width=DESKTOP) as reader:
        page = reader.open(KINDS["issue"])
        found = ask(page, texts, site=searched.url)
        assert not reader.troubles, "\n".join(reader.troubles)
    return dict(zip(texts, found, strict=True))


@pytest.fixture
def reader(browser: Browser, site: Served) -> Iterator[Visit]:
    with visit(browser, site, width=DESKTOP) as reader:
        reader.open(KINDS["issue"])
        yield reader


def of(*categories: str) -> list[Query]:
    return [query for query in QUERIES if query.category in categories]


BY_HAND = [query for query in QUERIES if query.category not in ("synonyms", "nothing")]


# --- found --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("queries", "within", "least"),
    [
        pytest.param(BY_HAND, 1, 97, id="written by hand, first page"),
        pytest.param(BY_HAND, 5, 100, id="written by hand, first five"),
        pytest.param(of("synonyms"), 5, 90, id="synonyms, first five"),
        pytest.param(of("kep-numbers"), 1, 100, id="numbers of KEPs, first page"),
    ],
)
def test_readers_find_what_they_look_for(
    answers: dict[str, Answer], queries: Sequence[Query], within: int, least: float
) -> None:
    missed = [query.text for query in queries if not answers[query.text].has(query.targets, within)]
    per_cent = 100 * (1 - len(missed) / len(queries))
    assert per_cent >= least, f"{per_cent:.1f} % found; not {', '.join(missed)}"


def test_no_query_with_an_answer_finds_nothing(answers: dict[str, Answer]) -> None:
    assert [query.text for query in QUERIES if query.targets and not answers[query.text].groups] == []


def test_what_is_nowhere_is_not_found(answers: dict[str, Answer]) -> None:
    assert [query.text for query in of("nothing") if answers[query.text].groups] == []


def test_every_answer_comes_to_an_end(answers: dict[str, Answer]) -> None:
    assert {answer.state for answer in answers.values()} == {"complete"}


# --- bad input ----------------------------------------------------------------------------------------------------

BAD = {
    "blank": "   　 ",
    "one letter": "k",
    "one kana": "は",
    "10,000 letters": "x" * 10_000,
    "10,000 characters without a space": "あ漢ア" * 3_333,
    "many words": "swap スワップ 127 " * 600,
    "punctuation": "!?。、…「」『』・〜/#:;.,'\"",
    "dashes": "---- ーーーー ‐‑–—―",
    "regular expression": r"(.*)+[a-z]{2,}\d$ ^(?=x) \\ | ((((",
    "Lucene": "+swap -スワップ title:foo^10 ~2 *",
    "emoji": "🐈‍⬛ 👩🏽‍💻 🇯🇵 ☃️",
    "half of an emoji": "\ud83d swap",
    "right to left": "\u202eשלום\u202c مرحبا \u200f",
    "control characters": "\x00\x01\x1b[31m swap \x7f\u2028",
    "markup": "<script>document.title='run'</script><img src=x onerror=\"document.title='run'\">",
    "entities": "&lt;b&gt; &#60; &amp;",
    "attributes": "\" onmouseover=\"document.title='run'\" x='",
    "names of objects": "__proto__ constructor toString hasOwnProperty",
    "malformed filters": "year: year:20 sig: :node release:x.y kep:abc site:http:// stage:<b> year:2022:2023 YEAR：",
    "filters of objects": "__proto__:x constructor:y toString:2022",
    "numbers": "0 00000 -1 1e9 ٣ ⅣⅡ 99999999999999999999 KEP-0",
    "combining": "か\u3099\u3099\u0301\u0301 e\u0301",
}


@pytest.fixture(scope="module")
def visited(browser: Browser, site: Served) -> Iterator[Visit]:
    with visit(browser, site, width=DESKTOP) as reader:
        reader.open(KINDS["issue"]).keyboard.press("/")
        yield reader


@pytest.mark.parametrize("text", BAD.values(), ids=BAD.keys())
def test_whatever_is_typed_is_answered_and_never_markup(visited: Visit, text: str) -> None:
    page = visited.page
    page.locator("input.md-search__input").evaluate(
        "(input, text) => { input.value = text; input.dispatchEvent(new InputEvent('input')) }", text
    )
    page.locator(COMPLETE).wait_for()
    result = page.locator(".md-search-result")
    assert result.evaluate("it => [...it.querySelectorAll('script, img, b, [onerror], [onmouseover]')].length") == 0
    assert page.title() != "run"
    assert visited.troubles == []
    told = page.locator(".md-search-result__meta").inner_text()
    assert told
    assert len(told) < 250


def test_after_all_that_it_still_finds(visited: Visit) -> None:
    page = visited.page
    page.locator("input.md-search__input").fill("KEP-2400")
    page.locator(COMPLETE).wait_for()
    expect(page.locator(".md-search-result__item").first).to_contain_text("Node system swap support")


# --- what gets lost on the way ------------------------------------------------------------------------------------


def search(page: Page, words: str) -> None:
    page.keyboard.press("/")
    page.keyboard.type(words)
    page.locator(COMPLETE).wait_for()


def status(page: Page) -> str:
    return page.locator(".md-search-result__meta").inner_text()


def lost(route: Route) -> None:
    route.abort()


def cut(route: Route) -> None:
    """Half of what was sent."""
    text = route.fetch().text()
    route.fulfill(body=text[: len(text) // 2], content_type="application/json")


def another(route: Route) -> None:
    route.fulfill(body='{"version": 2}', content_type="application/json")


def page_of_errors(route: Route) -> None:
    """As some servers answer for what is gone."""
    route.fulfill(body="<!doctype html><title>404</title>", content_type="text/html")


@pytest.mark.parametrize("happens", [lost, cut, another, page_of_errors])
def test_a_part_that_does_not_come_is_told_and_can_be_asked_for_again(
    reader: Visit, happens: Callable[[Route], None]
) -> None:
    page = reader.page
    part = re.compile(r"/search/neco/2022\.\w+\.json")
    page.route(part, happens)
    search(page, "スワップ")
    assert re.fullmatch(r"\d+ 件 読み込めなかったデータがあります。 もう一度読み込む", status(page))
    before = int(status(page).split()[0])
    page.unroute(part)
    page.get_by_role("button", name="もう一度読み込む").click()
    expect(page.locator(".md-search-result__meta")).to_have_text(re.compile(r"^\d+ 件$"))
    assert int(status(page).split()[0]) >= before
    assert scripts_that_failed(reader) == []


def scripts_that_failed(reader: Visit) -> list[str]:
    """Errors of scripts; of a file that did not come the browser tells by itself."""
    return [trouble for trouble in reader.troubles if "error in a script" in trouble]


LOST = [("engine", lost), *(("index", happens) for happens in (lost, cut, another, page_of_errors))]
"""Of a script that is broken the browser tells by itself."""


@pytest.mark.parametrize(("file", "happens"), LOST)
def test_where_nothing_can_be_searched_the_reader_is_told(
    reader: Visit, file: str, happens: Callable[[Route], None]
) -> None:
    page = reader.page
    files = re.compile(rf"/search/neco/{file}\.")
    page.route(files, happens)
    search(page, "スワップ")
    assert status(page) == "検索用のデータを読み込めませんでした。 もう一度読み込む"
    expect(page.locator(".md-search-result__item")).to_have_count(0)
    page.unroute(files)
    page.get_by_role("button", name="もう一度読み込む").click()
    expect(page.locator(".md-search-result__item").first).to_be_visible()
    assert scripts_that_failed(reader) == []


def test_a_page_of_a_build_before_searches_in_the_newest_index(reader: Visit) -> None:
    """Its index and its shards are gone from the server."""
    page = reader.page
    page.route(re.compile(r"/search/neco/index\.\w{8}\.json"), lambda route: route.fulfill(status=404))
    search(page, "スワップ")
    assert re.fullmatch(r"\d+ 件", status(page))
    assert scripts_that_failed(reader) == []


def test_shards_of_another_build_are_replaced_by_those_of_the_newest(reader: Visit) -> None:
    """The browser has kept an index whose shards are gone."""
    page = reader.page
    page.route(re.compile(r"/search/neco/index\.\w{8}\.json"), renamed)
    search(page, "スワップ")
    assert re.fullmatch(r"\d+ 件", status(page))
    assert scripts_that_failed(reader) == []


def renamed(route: Route) -> None:
    catalogue = re.sub(r"\.\w{8}\.json", ".00000000.json", route.fetch().text())
    route.fulfill(body=catalogue, content_type="application/json")


# --- on the way ---------------------------------------------------------------------------------------------------


def test_rows_come_with_the_first_part_and_whoever_is_on_one_stays_there(reader: Visit) -> None:
    page = reader.page
    held: list[Route] = []

    def hold(route: Route) -> None:  # a list's own method is none that Playwright can look into
        held.append(route)

    page.route(re.compile(r"/search/neco/(2025|2024|2022)\."), hold)
    page.keyboard.press("/")
    page.keyboard.type("スワップ")
    expect(page.locator("[data-neco-search=partial] .md-search-result__item").first).to_be_visible()
    expect(page.locator(".md-search-result__meta")).to_have_text(re.compile(r"^\d+ 件（さらに読み込み中）$"))
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    row = page.evaluate("document.activeElement.pathname + document.activeElement.hash")
    assert "/issues/2026" in row

    def is_complete() -> int:
        while held:
            held.pop().continue_()
        return page.locator(COMPLETE).count()

    until(page, is_complete, "parts that have come complete no answer")
    assert page.evaluate("document.activeElement.pathname + document.activeElement.hash") == row
    assert page.locator(".md-search-result__item").count() > 2
    assert urlsplit(page.url).path == f"/{KINDS['issue']}"
    assert reader.troubles == []

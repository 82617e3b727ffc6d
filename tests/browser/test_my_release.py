"""The reader's own release: chosen once, kept, said on pages of KEPs, in their table and in previews; nothing moves."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from neco_weekly.display.release_states import state_text
from neco_weekly.display.words import load_strings
from neco_weekly.lock.kep_as_of import KepsAsOf
from neco_weekly.lock.kep_at_releases import kep_at, shown_releases
from neco_weekly.lock.store import load_lock
from neco_weekly.model.releases import load_releases
from playwright.sync_api import Browser, Locator, Page, Route, expect

from tests.browser.axe import ALL_RULES, SHORTEN, violations
from tests.browser.chromium import DESKTOP, KINDS, PHONE, VIEWS, Scheme, Served, sample_site, visit
from tests.sites import Folder, squeezed

pytestmark = pytest.mark.browser

KEP, INDEX, ISSUE = "keps/127/", KINDS["kep-table"], KINDS["then-and-now"]
HEAD = ".neco-head ~ .neco-at"
SHIFT = """() => new Promise(done => {
  let shift = 0
  new PerformanceObserver(list => { for (const entry of list.getEntries()) shift += entry.value })
    .observe({ type: "layout-shift", buffered: true })
  requestAnimationFrame(() => requestAnimationFrame(() => done(shift)))
})"""
PAINTED = """() => new Promise(done => {
  const look = () => {
    const isThere = document.querySelector("footer") && performance.getEntriesByType("paint").length
    if (isThere) done()
    else requestAnimationFrame(look)
  }
  look()
})"""
"""All of a page's text is there, and something of it was drawn."""
NO_STORAGE = """for (const name of ["localStorage", "sessionStorage"])
  Object.defineProperty(window, name, { get() { throw new DOMException("no storage", "SecurityError") } })"""


@pytest.fixture
def page(browser: Browser, site: Served) -> Iterator[Page]:
    with visit(browser, site, width=DESKTOP) as reader:
        yield reader.open(KEP)
        assert not reader.troubles, "\n".join(reader.troubles)


def chooser(page: Page) -> Locator:
    return page.get_by_role("combobox", name="自分のリリース")


def lines(page: Page) -> list[str]:
    return [squeezed(it) for it in page.locator(".neco-kep-table .neco-at").all_text_contents()]


def hold(route: Route, held: list[Route]) -> None:
    held.append(route)


def test_a_release_is_chosen_once(page: Page, site: Served) -> None:
    expect(page.locator(HEAD)).to_be_hidden()
    chooser(page).select_option("1.33")
    expect(page.locator(HEAD)).to_have_text("v1.33 では: beta、既定で有効")
    mine = page.locator(".neco-at-table [data-mine]").evaluate_all("cells => cells.map(it => it.dataset.release)")
    assert set(mine) == {"v1.33"}
    page.goto(site.url + INDEX)
    expect(chooser(page)).to_have_value("1.33")
    assert all(line.startswith("v1.33 では: ") for line in lines(page))
    page.goto(site.url + ISSUE)
    page.locator("h3 a.neco-kep[data-kep='127']").hover()
    expect(page.locator(".neco-more__line").first).to_have_text("v1.33 では: beta、既定で有効")
    page.goto(site.url + KEP)
    chooser(page).select_option("")
    expect(page.locator(HEAD)).to_be_hidden()


def test_the_script_says_what_the_table_says(page: Page, site: Served) -> None:
    lock = load_lock(Path(__file__).parents[2] / "docs/_metadata")
    keps, words = KepsAsOf(lock, load_releases()), load_strings("ja")
    page.goto(site.url + INDEX)
    numbers = [int(it) for it in page.locator(".neco-kep-table tbody .neco-number").all_text_contents()]
    differing = []
    for release in shown_releases(keps.releases, keps.now):
        chooser(page).select_option(release.removeprefix("v"))
        known = [(keps.of(number), number) for number in numbers]
        expected = [
            words("mine.at", release=release, state=state_text(kep_at(it, release, keps), words))
            for it, _ in known
            if it
        ]
        found = zip(numbers, lines(page), expected, strict=True)
        differing += [f"KEP-{number}: {line}, not {said}" for number, line, said in found if line != said]
    assert differing == []


def test_what_is_only_planned_has_a_form_of_its_own(page: Page) -> None:
    page.goto(page.url.replace(KEP, f"{INDEX}?at=1.37"))
    lines = page.locator(".neco-kep-table .neco-at")
    planned = [it for it in lines.all_text_contents() if it.endswith("の予定")]
    assert "v1.37 では: stable の予定" in planned
    assert lines.locator(".neco-planned").all_text_contents() == planned


def test_an_address_wins_for_a_visit(page: Page, site: Served) -> None:
    chooser(page).select_option("1.33")
    page.goto(f"{site.url}{KEP}?at=v1.31")
    expect(page.locator(HEAD)).to_have_text("v1.31 では: beta、既定で無効")
    page.goto(site.url + INDEX)
    expect(chooser(page)).to_have_value("1.31")
    page.goto(f"{site.url}{KEP}?at=1.31")
    chooser(page).select_option("1.35")
    expect(page).to_have_url(f"{site.url}{KEP}?at=1.35")


@pytest.mark.parametrize("asked", ["1.99", "x", "%3Cb%3E1.33%3C/b%3E"])
def test_what_is_no_release_is_left_aside_and_told(page: Page, site: Served, asked: str) -> None:
    chooser(page).select_option("1.33")
    page.goto(f"{site.url}{INDEX}?at={asked}")
    expect(page.locator(".neco-my-release small")).to_contain_text("使いませんでした")
    expect(chooser(page)).to_have_value("1.33")
    assert page.locator(".neco-my-release b").count() == 0
    chooser(page).select_option("1.34")
    expect(page.locator(".neco-my-release small")).to_be_empty()


def test_without_storage_a_page_works(browser: Browser, site: Served) -> None:
    with visit(browser, site, own=True) as reader:
        reader.page.add_init_script(NO_STORAGE)
        page = reader.open(KEP)
        ours: list[str] = []
        page.on("pageerror", lambda error: ours.append(str(error.stack)))
        chooser(page).select_option("1.33")
        expect(page.locator(HEAD)).to_have_text("v1.33 では: beta、既定で有効")
        page.goto(f"{site.url}{INDEX}?at=1.33")
        assert {line.split(":")[0] for line in lines(page)} == {"v1.33 では"}
        assert [it for it in ours if "my-release" in it] == []


def test_words_of_the_reader_s_release_are_none_of_a_row(page: Page, site: Served) -> None:
    page.goto(f"{site.url}{INDEX}?at=1.33")
    page.get_by_role("searchbox", name="キーワード").fill("既定で")
    expect(page.locator(".neco-kep-table tbody tr:visible")).to_have_count(0)


def test_choosing_asks_nobody(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for release in ("1.33", "1.36", ""):
        chooser(page).select_option(release)
    assert asked == []


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
@pytest.mark.parametrize("path", [KEP, INDEX, f"{INDEX}?at=1.37", f"{INDEX}?at=1.99"])
def test_nothing_moves_when_lines_come_after_the_first_paint(
    browser: Browser, site: Served, width: int, path: str
) -> None:
    late: list[Route] = []
    with visit(browser, site, width=width) as reader:
        page = reader.open(KEP)
        chooser(page).select_option("1.33")
        page.route("**/popover.*.js", lambda route: hold(route, late))  # lines wait for what is deferred
        with page.expect_request("**/popover.*.js"):
            page.goto(site.url + path, wait_until="commit")
        page.evaluate(PAINTED)
        assert page.locator(".neco-at").first.text_content() == ""
        before = page.evaluate(SHIFT)
        late[0].continue_()
        expect(page.locator(".neco-at").first).to_contain_text(" では: ")
        assert page.evaluate(SHIFT) - before < 0.001


@pytest.mark.parametrize(("width", "scheme"), VIEWS)
def test_axe_finds_nothing_in_what_is_said(browser: Browser, site: Served, width: int, scheme: Scheme) -> None:
    found: list[str] = []
    with visit(browser, site, width=width, scheme=scheme) as reader:
        for path in (f"{KEP}?at=1.33", f"{INDEX}?at=1.37", f"{INDEX}?at=x"):
            page = reader.open(path)
            box = chooser(page).bounding_box()
            assert box
            assert min(box["width"], box["height"]) >= 24
            assert page.evaluate("document.scrollingElement.scrollWidth") == width
            page.evaluate(SHORTEN)
            found += violations(page, ALL_RULES)
    assert not (troubles := found + reader.troubles), "\n".join(troubles)


def test_paper_has_the_table_and_nothing_to_choose(page: Page) -> None:
    page.emulate_media(media="print")
    expect(page.locator(".neco-at-table")).to_be_visible()
    expect(chooser(page)).to_be_hidden()


def test_without_a_script_the_table_says_all(browser: Browser, site: Served) -> None:
    with visit(browser, site, width=DESKTOP, javascript=False) as reader:
        page = reader.open(f"{KEP}?at=1.33")
        cell = page.locator(".neco-at-table tbody tr").first.locator("[data-release='v1.33']")
        assert squeezed(cell.inner_text()) == "beta 既定で有効"
        expect(page.locator(".neco-my-release")).to_be_hidden()
        expect(page.locator(HEAD)).to_be_hidden()


def test_a_choice_lasts_where_the_theme_exchanges_pages(browser: Browser) -> None:
    with sample_site(instantly) as site, visit(browser, site, width=DESKTOP) as reader:
        sitemap = (site.folder / "sitemap.xml").read_text(encoding="utf-8").replace(PUBLIC, site.url)
        reader.page.route("**/sitemap.xml", lambda route: route.fulfill(body=sitemap, content_type="text/xml"))
        page = reader.open(KINDS["sig-table"])
        page.evaluate("window.stayed = true")
        page.locator("nav.md-tabs").get_by_role("link", name="KEP", exact=True).click()
        chooser(page).select_option("1.33")
        page.locator(".neco-kep-table a[href$='127/']").click()
        expect(page.locator(HEAD)).to_have_text("v1.33 では: beta、既定で有効")
        expect(chooser(page)).to_have_value("1.33")
        assert page.evaluate("window.stayed")
    assert not reader.troubles, "\n".join(reader.troubles)


PUBLIC = "https://neco-weekly.example/"


def instantly(folder: Folder) -> None:
    config = folder.root / "mkdocs.yml"
    text = config.read_text(encoding="utf-8")
    config.write_text(text.replace("features:\n", "features:\n    - navigation.instant\n"), encoding="utf-8")

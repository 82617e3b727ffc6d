"""Every form of Markdown that writers write, as readers meet it; diagrams above all, which are drawn in the browser."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.axe import ALL_RULES, violations
from tests.browser.chromium import DESKTOP, PHONE, SCHEMES, VIEWS, Scheme, Served, sample_site, visit
from tests.browser.test_accessibility import OTHER_SCHEME
from tests.browser.waiting import has_leisure
from tests.forms import DRAWN, HOSTILE, PAGE, PLAIN, THEIRS, write_forms
from tests.sites import Folder

pytestmark = pytest.mark.browser

CONFIGURED = "https://neco-weekly.example/"
SOURCES = "pre.neco-diagram"
CAN_BE_DRAWN = 3
"""Diagrams of the page, which come first."""
FOREIGN = "ほかのサイトの画像を読み込む図なので、描かずにソースを示します。"
LOADED = "performance.getEntriesByType('resource').map(it => it.name).filter(it => /mermaid|diagram/.test(it))"
SMALL = """() => [...document.querySelectorAll(".footnote-backref, summary")]
  .map(it => it.getBoundingClientRect()).filter(it => it.width < 24 || it.height < 24).length"""
NAMES = """() => [...document.querySelectorAll(".neco-diagram__drawing")].filter(it => it.checkVisibility())
  .map(it => it.querySelector("svg")).map(it => it.getAttribute("aria-label") ??
    document.getElementById(it.getAttribute("aria-labelledby")).textContent)"""
INKS = """() => [...document.querySelectorAll(".neco-diagram__drawing")].filter(it => it.checkVisibility())
  .map(it => getComputedStyle(it.querySelector(".label-container, rect.actor, .pieCircle")).fill)"""

IN_FRAME = "div.neco-diagram:not(.neco-diagram--drawing)"
HEIGHT = "it => it.getBoundingClientRect().height"
WATCH_SHIFTS = """() => {
  const seen = []
  const note = list => seen.push(...list.filter(it => !it.hadRecentInput).map(it => it.value))
  const watch = new PerformanceObserver(list => note(list.getEntries()))
  watch.observe({ type: "layout-shift" })
  globalThis.shifts = () => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => {
    note(watch.takeRecords())
    done(seen)
  })))
}"""
"""From now on `shifts()` has each shift of the layout that no click or key of the reader explains."""

ALONE = """() => {
  for (const it of [...document.querySelectorAll("pre.neco-diagram")].slice(1)) it.remove()
  document.querySelector("div.footnote").style.minHeight = "200vh"
}"""
"""Leaves one diagram, and much behind it: another that is drawn late, or says why it is not, moves what is seen."""


@pytest.fixture(scope="module")
def forms() -> Iterator[Served]:
    with sample_site(write_forms) as served:
        yield served


def drawn_to_the_end(page: Page) -> None:
    """Scroll until every diagram was drawn, or was found to be none."""
    for source in page.locator(SOURCES).all():
        source.evaluate("it => it.scrollIntoView()")
    expect(page.locator("div.neco-diagram:not(.neco-diagram--drawing)")).to_have_count(CAN_BE_DRAWN)
    expect(page.locator(".neco-diagram__failed")).to_have_count(2)


@pytest.mark.parametrize(("width", "scheme"), VIEWS)
def test_axe_finds_nothing_in_any_form(browser: Browser, forms: Served, width: int, scheme: Scheme) -> None:
    with visit(browser, forms, width=width, scheme=scheme) as reader:
        page = reader.open(PAGE)
        drawn_to_the_end(page)
        found = list(violations(page, ALL_RULES))
    assert not (troubles := found + reader.troubles), "\n".join(troubles)


@pytest.mark.parametrize("javascript", [True, False])
def test_every_form_fits_a_phone(browser: Browser, forms: Served, javascript: bool) -> None:
    with visit(browser, forms, javascript=javascript) as reader:
        page = reader.open(PAGE)
        if javascript:
            drawn_to_the_end(page)
        assert page.evaluate("document.scrollingElement.scrollWidth") == PHONE
        assert page.evaluate(SMALL) == 0
    assert not reader.troubles, "\n".join(reader.troubles)


def test_type_of_twice_the_size_loses_nothing_on_a_phone(large_type: Browser, forms: Served) -> None:
    with visit(large_type, forms) as reader:
        page = reader.open(PAGE)
        drawn_to_the_end(page)
        assert page.evaluate("document.scrollingElement.scrollWidth") == PHONE


def test_without_scripts_a_diagram_is_its_source(browser: Browser, forms: Served) -> None:
    with visit(browser, forms, javascript=False) as reader:
        for source in reader.open(PAGE).locator(SOURCES).all():
            expect(source).to_be_visible()


# --- diagrams ---


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_diagram_is_drawn_in_the_colours_of_the_page(browser: Browser, forms: Served, scheme: Scheme) -> None:
    with visit(browser, forms, scheme=scheme) as reader:
        page = reader.open(PAGE)
        drawn_to_the_end(page)
        before = page.evaluate(INKS)
        page.evaluate(OTHER_SCHEME)
        after = page.evaluate(INKS)
    assert len(before) == len(after) == CAN_BE_DRAWN
    assert all(one != other for one, other in zip(before, after, strict=True))
    assert not reader.troubles, "\n".join(reader.troubles)  # such as a request to another host


def test_a_diagram_keeps_its_colours_where_a_reader_has_colours_of_her_own(browser: Browser, forms: Served) -> None:
    with visit(browser, forms) as reader:
        drawn_to_the_end(reader.open(PAGE))
        usual = reader.page.evaluate(INKS)
        reader.page.emulate_media(forced_colors="active")
        drawn_to_the_end(reader.open(PAGE))
        assert reader.page.evaluate(INKS) == usual


def test_a_diagram_has_a_name_and_its_source(browser: Browser, forms: Served) -> None:
    with visit(browser, forms) as reader:
        page = reader.open(PAGE)
        drawn_to_the_end(page)
        assert page.evaluate(NAMES) == ["図", "利用者から kubelet まで", "図"]
        source = page.locator(SOURCES).first
        expect(source).to_be_hidden()
        page.get_by_text("図のソース").first.click()
        expect(source).to_be_visible()
        expect(source).to_contain_text("A[設定を読む KEP-127] -->|はい、そのとおり| B{Podは動く？}")


def test_mermaid_is_loaded_when_a_diagram_comes_near_and_only_what_is_needed(browser: Browser, forms: Served) -> None:
    with visit(browser, forms) as reader:
        page = reader.open(PAGE)
        has_leisure(page)
        assert [name.rpartition("/")[2].split(".")[0] for name in page.evaluate(LOADED)] == ["diagram"]
        page.locator(SOURCES).first.evaluate("it => it.scrollIntoView()")
        expect(page.locator("div.neco-diagram:not(.neco-diagram--drawing) svg").first).to_be_visible()
        loaded = page.evaluate(LOADED)
    assert any("flowDiagram" in name for name in loaded)
    assert [name for name in loaded if "ganttDiagram" in name or "katex" in name] == []


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_kind_of_diagram_is_drawn(browser: Browser, forms: Served, scheme: Scheme) -> None:
    with visit(browser, forms, width=DESKTOP, scheme=scheme) as reader:
        page = reader.open(DRAWN)
        left = page.locator(f"{SOURCES}:not(details > *)")
        while (count := left.count()) > 0:
            page.evaluate(
                "selector => document.querySelector(selector)?.scrollIntoView()", f"{SOURCES}:not(details > *)"
            )
            expect(left).not_to_have_count(count)  # another may have been drawn since it was counted
            assert page.locator(".neco-diagram__failed").all_text_contents() == []
    assert not reader.troubles, "\n".join(reader.troubles)


def test_a_diagram_that_is_drawn_in_view_moves_nothing(browser: Browser, forms: Served) -> None:
    """It has the room of its source until its reader asks for more."""
    with visit(browser, forms, width=DESKTOP) as reader:
        page = reader.open(PAGE)
        page.evaluate(ALONE)
        page.evaluate(WATCH_SHIFTS)
        source = page.locator(SOURCES).first
        room = source.evaluate(HEIGHT)
        source.evaluate("it => it.scrollIntoView({ block: 'center' })")
        frame = page.locator(IN_FRAME).first
        expect(frame).to_be_visible()
        assert frame.evaluate(HEIGHT) == room
        page.get_by_role("button", name="図の全体を見る").first.click()
        expect(page.get_by_role("button", name="図の全体を見る")).to_have_count(0)
        assert frame.evaluate(HEIGHT) > room
        assert page.evaluate("shifts()") == []


@pytest.mark.parametrize("block", ["start", "end"])
def test_a_diagram_has_all_its_room_once_nobody_sees_what_follows_move(
    browser: Browser, forms: Served, block: str
) -> None:
    """What follows has gone out of view, or the diagram has."""
    with visit(browser, forms, width=DESKTOP) as reader:
        page = reader.open(PAGE)
        page.evaluate(ALONE)
        page.evaluate(WATCH_SHIFTS)
        source = page.locator(SOURCES).first
        source.evaluate("it => it.scrollIntoView({ block: 'center' })")
        expect(page.locator(IN_FRAME).first).to_have_class(re.compile("neco-diagram--held"))
        page.locator("#diagrams" if block == "end" else "div.footnote").evaluate(
            "(it, block) => it.scrollIntoView({ block })", block
        )
        expect(page.locator(IN_FRAME).first).not_to_have_class(re.compile("neco-diagram--held"))
        assert page.evaluate("shifts()") == []


def test_no_diagram_asks_another_host(browser: Browser, forms: Served) -> None:
    with visit(browser, forms) as reader:
        page = reader.open(HOSTILE)
        sources = page.locator(SOURCES).all()
        for source in sources:
            source.evaluate("it => it.scrollIntoView()")
        told = page.locator(".neco-diagram__failed")
        expect(told).to_have_count(len(sources))
        assert set(told.all_text_contents()) == {FOREIGN}
    assert not reader.troubles, "\n".join(reader.troubles)


def test_what_cannot_be_drawn_stays_its_source_and_says_why(browser: Browser, forms: Served) -> None:
    with visit(browser, forms) as reader:
        page = reader.open(PAGE)
        drawn_to_the_end(page)
        told = page.locator(".neco-diagram__failed").all_text_contents()
        for source in page.locator(SOURCES).all()[CAN_BE_DRAWN:]:
            expect(source).to_be_visible()
        assert page.locator("body > [id*=neco-diagram]").count() == 0
    assert told[0].startswith("図を描けなかったので、ソースをそのまま示します（Parse error on line ")
    assert told[1] == FOREIGN
    assert not reader.troubles, "\n".join(reader.troubles)


def without_policies(folder: Folder) -> None:
    """Let the theme exchange pages of which one has a diagram and the other none: under policies it loads them anew."""
    shutil.rmtree(folder.docs / "issues")  # whose KEPs have most of the pages
    write_forms(folder)
    settings = (folder.root / "mkdocs.yml").read_text(encoding="utf-8")
    folder.write("mkdocs.yml", settings.replace("csp: true", "csp: false"))


def test_a_page_without_a_diagram_loads_nothing_until_a_link_leads_to_one(browser: Browser) -> None:
    with sample_site(without_policies) as forms, visit(browser, forms) as reader:
        # The theme exchanges only pages of the site's own list, which has the address where the site is to be.
        pages = (forms.folder / "sitemap.xml").read_text(encoding="utf-8").replace(CONFIGURED, forms.url)
        reader.page.route("**/sitemap.xml", lambda route: route.fulfill(body=pages, content_type="text/xml"))
        page = reader.open(PLAIN)
        has_leisure(page)
        assert page.evaluate(LOADED) == []
        page.evaluate("globalThis.stays = true")
        page.get_by_role("link", name="見本").click()
        expect(page.locator(SOURCES).first).to_be_attached()
        drawn_to_the_end(page)
        assert page.evaluate("globalThis.stays"), "the theme did not exchange the page"
    assert not reader.troubles, "\n".join(reader.troubles)


def test_what_the_theme_draws_comes_from_this_site_too(browser: Browser, forms: Served) -> None:
    with visit(browser, forms) as reader:
        page = reader.open(THEIRS)
        expect(page.locator("div.mermaid")).to_be_visible()  # in place of the source
        assert any("flowDiagram" in name for name in page.evaluate(LOADED))
    assert not reader.troubles, "\n".join(reader.troubles)


def test_on_paper_diagrams_are_drawn_for_white(browser: Browser, forms: Served) -> None:
    with visit(browser, forms, width=DESKTOP, scheme="dark") as reader:
        page = reader.open(PAGE)
        drawn_to_the_end(page)
        page.emulate_media(media="print")
        expect(page.locator(".neco-diagram__drawing--default").first).to_be_visible()
        for hidden in page.locator(".neco-diagram__drawing--slate, .neco-diagram__source").all():
            expect(hidden).to_be_hidden()
        expect(page.get_by_text("もっと中。")).to_be_visible()  # of details that are closed

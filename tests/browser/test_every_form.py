"""An issue with every form of our Markdown, as its readers see it: on a phone, in the dark, on paper, in large type."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.axe import ALL_RULES, violations
from tests.browser.chromium import DESKTOP, PHONE, VIEWS, Scheme, Served, sample_site, visit
from tests.browser.waiting import open_details
from tests.forms import ISSUE, LATER, LATER_ISSUE, write_forms

pytestmark = pytest.mark.browser

TABLET, SHEET = 768, 720
"""Pixels of a small tablet, and of what is printed on a sheet of A4."""
DRAWN = "div.neco-diagram:not(.neco-diagram--drawing)"
WIDTH = "document.scrollingElement.scrollWidth"
BEYOND = """() => [...document.querySelectorAll(".md-content :is(p, li, table, td, th, img, svg, pre, summary)")]
  .filter(it => it.checkVisibility() && it.getBoundingClientRect().right > innerWidth)
  .map(it => it.tagName + ": " + it.textContent.slice(0, 40))"""
LINES = (
    "it => { const text = document.createRange(); text.selectNodeContents(it); return text.getClientRects().length }"
)
BEGINS_A_LINE = """() => {
  const found = []
  const paragraph = document.querySelector(".footnote-ref").closest("p")
  for (let width = 150; width < 330; width += 3) {
    paragraph.style.width = width + "px"
    for (const note of paragraph.querySelectorAll("sup:has(.footnote-ref)")) {
      const before = document.createRange()
      before.setStart(note.previousSibling, note.previousSibling.length - 1)
      before.setEnd(note.previousSibling, note.previousSibling.length)
      const [end, begin] = [before.getBoundingClientRect().right, note.getBoundingClientRect().left]
      if (begin < end - 1) found.push([width, end, begin])
    }
  }
  return found
}"""


PARTED_KEYS = """() => {
  const found = []
  const keys = [...document.querySelectorAll("article kbd:has(+ kbd)")].filter(it => it.nextSibling.data === "+")
  if (!keys.length) return ["nowhere"]
  for (const key of keys) {
    const paragraph = key.closest("p")
    for (let width = 150; width < 330; width += 3) {
      paragraph.style.width = width + "px"
      const [one, other] = [key, key.nextElementSibling].map(it => it.getBoundingClientRect().top)
      if (other > one + 8) found.push(width)
    }
  }
  return found
}"""


@pytest.fixture(scope="module")
def forms() -> Iterator[Served]:
    with sample_site(write_forms) as served:
        yield served


def with_diagrams(page: Page) -> None:
    """Scroll until every diagram of the issue is drawn."""
    page.evaluate("document.querySelectorAll('pre.neco-diagram').forEach(it => it.scrollIntoView())")
    for place in range(3):
        page.evaluate(
            f"document.querySelectorAll('.neco-diagram:not(pre), pre.neco-diagram')[{place}].scrollIntoView()"
        )
        expect(page.locator(DRAWN).nth(place)).to_be_visible()


@pytest.mark.parametrize(("width", "scheme"), VIEWS)
def test_axe_finds_nothing_and_no_other_host_is_asked(
    browser: Browser, forms: Served, width: int, scheme: Scheme
) -> None:
    with visit(browser, forms, width=width, scheme=scheme) as reader:
        page = reader.open(ISSUE)
        with_diagrams(page)
        open_details(page)
        found = list(violations(page, ALL_RULES))
    assert not (troubles := found + reader.troubles), "\n".join(troubles)


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_who_follows_a_link_to_a_section_sees_that_it_is_corrected(browser: Browser, forms: Served, width: int) -> None:
    with visit(browser, forms, width=width) as reader:
        page = reader.open(LATER_ISSUE)
        found = list(violations(page, ALL_RULES))
        assert page.evaluate(WIDTH) == width
        page.get_by_role("link", name="先の号の表").click()
        line = page.locator("#表 + .neco-correction")
        expect(line).to_be_in_viewport(ratio=1)
        expect(line).to_have_text(
            f"訂正 {LATER}号：先の号の表に UserNamespacesSupport は beta と書きましたが、正しくは alpha です。"
        )
        quiet = page.locator(".neco-follow-up").first
        sizes = [float(it.evaluate("it => parseFloat(getComputedStyle(it).fontSize)")) for it in (quiet, line)]
        assert sizes[0] < sizes[1]
        line.get_by_role("link").click()
        expect(page.locator(".admonition.correction").first).to_be_in_viewport()
    assert not (troubles := found + reader.troubles), "\n".join(troubles)


@pytest.mark.parametrize("width", [PHONE, TABLET, DESKTOP])
@pytest.mark.parametrize("javascript", [True, False])
def test_nothing_is_wider_than_the_window(browser: Browser, forms: Served, width: int, javascript: bool) -> None:
    with visit(browser, forms, width=width, javascript=javascript) as reader:
        page = reader.open(ISSUE)
        if javascript:
            with_diagrams(page)
        open_details(page)
        assert page.evaluate(WIDTH) == width
    assert not reader.troubles, "\n".join(reader.troubles)


def test_type_of_twice_the_size_loses_nothing_on_a_phone(large_type: Browser, forms: Served) -> None:
    with visit(large_type, forms) as reader:
        page = reader.open(ISSUE)
        with_diagrams(page)
        assert page.evaluate(WIDTH) == PHONE


def test_on_paper_everything_is_there(browser: Browser, forms: Served) -> None:
    with visit(browser, forms, width=SHEET, scheme="dark") as reader:
        page = reader.open(ISSUE)
        with_diagrams(page)
        page.emulate_media(media="print")
        assert page.evaluate(BEYOND) == []
        for cell in page.get_by_role("cell", name="stable", exact=True).all():
            assert cell.evaluate(LINES) == 1
        for words in ("入れ子のメッセージ。", "リストの中の詳細", "文だけ。", "ls -la", '{"kind": "Pod"}'):
            expect(page.get_by_text(words).first).to_be_visible()


def test_code_in_a_table_is_not_broken_inside_a_word(browser: Browser, forms: Served) -> None:
    with visit(browser, forms) as reader:
        code = reader.open(ISSUE).locator("td code", has_text="UserNamespacesSupport")
        assert code.evaluate("it => it.getClientRects().length") == 1


def test_a_picture_is_as_high_as_its_writer_says(browser: Browser, forms: Served) -> None:
    with visit(browser, forms) as reader:
        page = reader.open(ISSUE)
        boxes = [page.get_by_role("img", name=name, exact=True).bounding_box() for name in ("高さ", "両方", "猫の印")]
    assert [(box["width"], box["height"]) for box in boxes if box] == [(60, 60), (40, 40), (120, 120)]


def test_the_number_of_a_footnote_never_begins_a_line(browser: Browser, forms: Served) -> None:
    with visit(browser, forms) as reader:
        assert reader.open(ISSUE).evaluate(BEGINS_A_LINE) == []


def test_no_line_ends_within_a_combination_of_keys(browser: Browser, forms: Served) -> None:
    with visit(browser, forms) as reader:
        assert reader.open(ISSUE).evaluate(PARTED_KEYS) == []


def test_headings_keep_their_letters_and_captions_stand_upright(browser: Browser, forms: Served) -> None:
    with visit(browser, forms) as reader:
        page = reader.open(ISSUE)
        assert page.get_by_role("heading", level=5).inner_text().startswith("h5")
        for caption in page.locator("figcaption").all():
            assert caption.evaluate("it => getComputedStyle(it).fontStyle") == "normal"

"""The home and the head of issues, measured: the first view, where the text begins, what stands beside it."""

from __future__ import annotations

import re

import pytest
from neco_weekly.display.words import load_strings
from neco_weekly.hosts.project import load_project
from neco_weekly.issues.index import Index
from neco_weekly.lock.store import load_lock
from neco_weekly.site.pages import Site
from playwright.sync_api import Browser, expect

from tests.browser.chromium import DESKTOP, KINDS, PHONE, SCHEMES, Scheme, Served, visit
from tests.browser.what_is_asked import FINGER
from tests.lock_fixture import as_of_today
from tests.sites import PROJECT

pytestmark = pytest.mark.browser

HEAD = """() => {
  const article = document.querySelector("article"), title = article.querySelector("h1")
  const first = [...article.querySelectorAll(":scope > p")].find(it => !it.className)
  const height = parseFloat(getComputedStyle(title).lineHeight)
  return {
    text: first.getBoundingClientRect().top,
    lines: Math.round(title.getBoundingClientRect().height / height),
    width: document.scrollingElement.scrollWidth,
  }
}"""


def test_the_text_of_an_issue_begins_in_the_first_view(browser: Browser, site: Served) -> None:
    issues = [it for it in site.pages if re.fullmatch(r"issues/\d{4}/\d\d/[\d-]+/", it)]
    offenders = []
    with visit(browser, site) as reader:
        for path in issues:
            page = reader.open(path)
            for width, height, lowest, most_lines in ((DESKTOP, 800, 420, 3), (PHONE, 740, 480, 3)):
                page.set_viewport_size({"width": width, "height": height})
                found = page.evaluate(HEAD)
                if found["text"] > lowest or found["lines"] > most_lines or found["width"] > width:
                    offenders.append(f"{path} at {width}: {found}")
    assert len(issues) >= 7
    assert not offenders, "\n".join(offenders)


FRONT = """body => {
  document.querySelector("article").innerHTML = body
  const seen = selector => [...document.querySelectorAll(selector)]
    .filter(it => it.checkVisibility() && it.getBoundingClientRect().bottom <= innerHeight)
    .map(it => it.textContent)
  return {prose: seen(".neco-front__lead").join(""), topics: seen(".neco-front__news a").length}
}"""


def homes() -> dict[str, str]:
    """The home as it was with each of the samples as the latest issue, by its day."""
    project = load_project(PROJECT / "mkdocs.yml")
    issues = project.read_index().issues
    keps, words = as_of_today(load_lock(PROJECT / "docs/_metadata")), load_strings("ja")
    found = {}
    for place, issue in enumerate(issues):
        site = Site(Index(issues[place:]), keps, words, name="Neco Weekly", design=True)
        found[str(issue.date)] = next(site.deferred_pages("Neco Weekly")).draw()
    return found


def test_the_home_says_in_the_first_view_what_the_latest_issue_is_about(browser: Browser, site: Served) -> None:
    offenders = []
    with visit(browser, site) as reader:
        page = reader.open(KINDS["home"])
        for width, height in ((DESKTOP, 800), (PHONE, 740)):
            page.set_viewport_size({"width": width, "height": height})
            for day, body in homes().items():
                found = page.evaluate(FRONT, body)
                if len(found["prose"]) < 80 or found["topics"] < 3:
                    offenders.append(f"{day} at {width}: {found}")
    assert not offenders, "\n".join(offenders)


def test_the_home_has_two_columns_where_there_is_room_and_nothing_of_pages_in_a_row(
    browser: Browser, site: Served
) -> None:
    with visit(browser, site) as reader:
        page = reader.open(KINDS["home"])
        front, moves = page.locator(".neco-front"), page.locator(".neco-home__moves")
        for width, beside in ((DESKTOP, True), (PHONE, False)):
            page.set_viewport_size({"width": width, "height": 800})
            one, other = front.bounding_box(), moves.bounding_box()
            assert one
            assert other
            assert (other["x"] >= one["x"] + one["width"]) is beside, width
            assert (other["y"] >= one["y"] + one["height"]) is not beside, width
        for gone in (".md-sidebar--secondary", ".md-footer__inner"):
            expect(page.locator(gone)).not_to_be_visible()


CLIPBOARD = "() => { navigator.clipboard.writeText = text => { globalThis.copied = text; return Promise.resolve() } }"


def test_the_sign_behind_a_heading_copies_its_address(browser: Browser, site: Served) -> None:
    with visit(browser, site, width=DESKTOP) as reader:
        page = reader.open(KINDS["issue"])
        page.evaluate(CLIPBOARD)  # a window that waits beside others may not write to the real one
        page.locator("article h2 .headerlink").first.focus()
        page.keyboard.press("Enter")
        expect(page.locator(".md-dialog")).to_contain_text("コピーしました")
        assert page.evaluate("copied") == page.url
        assert "#" in page.url
    assert not reader.troubles, "\n".join(reader.troubles)


SIGNS = """finger => [...document.querySelectorAll("article :is(h1, h2, h3, h4, h5, h6)")].flatMap(heading => {
  const sign = heading.querySelector(".headerlink")
  if (!sign || getComputedStyle(sign).opacity != "1") return [`${heading.textContent}: no sign to be seen`]
  const { left, right, top, bottom, width, height } = sign.getBoundingClientRect(), words = []
  const meets = it => it.left < right && left < it.right && it.top + 4 < bottom && top + 4 < it.bottom
  const texts = document.createTreeWalker(heading, NodeFilter.SHOW_TEXT)
  while (texts.nextNode()) {
    if (texts.currentNode.parentElement.closest(".headerlink, .neco-hidden, .neco-kep__then")) continue
    const around = document.createRange()
    around.selectNodeContents(texts.currentNode)
    words.push(...around.getClientRects())
  }
  const others = [...document.querySelectorAll("article a")].filter(it => !heading.contains(it) && it.checkVisibility())
  return [
    ...(Math.min(width, height) < finger ? ["small"] : []),
    ...(words.some(meets) ? ["over its words"] : []),
    ...(others.some(it => [...it.getClientRects()].some(meets)) ? ["over another target"] : []),
    ...(right > innerWidth ? ["out of sight"] : []),
  ].map(it => `${heading.textContent}: ${it}`)
})"""
"""What is wrong with the signs behind the headings of a page, for a finger of that width in pixels."""


def test_on_a_phone_each_heading_of_an_issue_has_its_sign(browser: Browser, site: Served) -> None:
    issues = [it for it in site.pages if it.startswith("issues/2")]
    with visit(browser, site, width=PHONE) as reader:
        wrong = [f"{it}: {sign}" for it in issues for sign in reader.open(it).evaluate(SIGNS, FINGER)]
    assert issues
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_list_of_keps_is_folded_or_stands_beside_the_text(browser: Browser, site: Served, scheme: Scheme) -> None:
    with visit(browser, site, width=DESKTOP, scheme=scheme) as reader:
        page = reader.open(KINDS["then-and-now"])
        folded, beside = page.locator(".neco-issue-keps summary"), page.locator(".neco-beside")
        expect(beside).to_be_visible()
        expect(folded).not_to_be_visible()
        column, contents = beside.bounding_box(), page.locator(".md-nav--secondary").first.bounding_box()
        assert column
        assert contents
        assert column["y"] >= contents["y"] + contents["height"] - 1
        page.set_viewport_size({"width": PHONE, "height": 740})
        expect(beside).not_to_be_visible()
        expect(page.locator(".neco-issue-keps li").first).not_to_be_visible()
        folded.click()
        expect(page.locator(".neco-issue-keps li").first).to_be_visible()

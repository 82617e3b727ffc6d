"""Stars, and the page of what a reader follows: kept in the browser, told once, fetched there alone."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from neco_weekly.model.kep_events import EventKind
from playwright.sync_api import Browser, Locator, Page, Route, expect

from tests.browser.axe import ALL_RULES, violations
from tests.browser.chromium import DESKTOP, KINDS, VIEWS, Served, Visit, visit
from tests.browser.test_my_release import NO_STORAGE
from tests.site.followed import replay

pytestmark = pytest.mark.browser

FOLLOWING, DATA = KINDS["following"], "**/api/changes.json"
SHIPPED = {it for it in EventKind if it.category == "shipped"}
STARRED = ("kep-history", "sig", "topic")
HOSTILE = "<img src=x onerror=document.title='hacked'>"
LONG_AGO = """() => Object.entries(localStorage).filter(([key]) => key.startsWith("neco-following"))
  .forEach(([key, text]) => {
    const long = text.replaceAll(/"day":"[^"]*"/g, '"day":"2026-01-01"')
    localStorage.setItem(key, JSON.stringify({ ...JSON.parse(long), seen: {} }))
  })"""
"""Has everything followed since then, when nothing had happened."""
AS_OF = """([day, known]) => {
  necoFollowing.day = day
  document.querySelector("[data-neco-follow]").dataset.known = known
}"""
"""Has a page of a KEP know no more than on a day."""


@pytest.fixture
def reader(browser: Browser, site: Served) -> Iterator[Visit]:
    with visit(browser, site, width=DESKTOP) as reader:
        yield reader
        assert not reader.troubles, "\n".join(reader.troubles)


def star(page: Page) -> Locator:
    return page.locator(".neco-follow button")


def follow(reader: Visit, *kinds: str) -> Page:
    for kind in kinds:
        star(reader.open(KINDS[kind])).click()
    return reader.page


def tell(page: Page, document: Any) -> None:
    """Have the page find other data."""
    page.unroute_all()
    page.route(DATA, lambda route: answer(route, document))


def answer(route: Route, document: Any) -> None:
    route.fulfill(json=document)


def known(page: Page) -> Any:
    return json.loads(page.evaluate("fetch('../api/changes.json').then(it => it.text())"))


def test_stars_are_buttons_that_keys_press_and_the_browser_keeps(reader: Visit) -> None:
    for kind in STARRED:
        page = reader.open(KINDS[kind])
        button = star(page)
        expect(button).to_have_attribute("aria-pressed", "false")
        box = button.bounding_box()
        assert box
        assert min(box["width"], box["height"]) >= 24
        button.focus()
        page.keyboard.press("Space")
        expect(button).to_have_attribute("aria-pressed", "true")
        page.keyboard.press("Enter")
        expect(button).to_have_attribute("aria-pressed", "false")
        page.keyboard.press("Enter")
        page.reload()
        expect(star(page)).to_have_attribute("aria-pressed", "true")
    page = reader.open(FOLLOWING)
    links = page.locator(".neco-followed a")
    expect(links).to_have_text([re.compile("^KEP-127: "), "sig-node", "Gateway API"])  # drawn when data have come
    for name in links.all_text_contents():
        page.locator(".neco-followed a", has_text=name).click()
        expect(star(page)).to_have_attribute("aria-pressed", "true")
        page.go_back()


def test_five_keps_and_ten_refreshes_are_told_as_history_has_them(reader: Visit) -> None:
    told = replay()
    page = reader.page
    for number in told.keps:
        reader.open(f"keps/{number}/")
        page.evaluate(AS_OF, [told.documents[0]["generated"], " ".join(told.known(number))])
        star(page).click()
    for document, added in zip(told.documents, (frozenset[str](), *told.history), strict=True):
        tell(page, document)
        reader.open(FOLLOWING)
        expect(page.locator("#followed")).to_be_visible()
        texts = [it["text"] for it in document["changes"] if it["id"] in added]
        expect(page.locator(".neco-changes p")).to_have_text(texts)
        shipped = [it["text"] for it in document["changes"] if it["id"] in added and it["kind"] in SHIPPED]
        expect(page.locator(".neco-changes [data-shipped] p")).to_have_text(shipped)
        page.reload()
        expect(page.locator(".neco-changes p")).to_have_text(texts)


def test_data_are_loaded_on_that_page_alone(reader: Visit) -> None:
    asked: list[str] = []
    reader.page.on("request", lambda request: asked.append(request.url))
    reader.open(FOLLOWING)
    follow(reader, *STARRED)
    assert [it for it in asked if "changes.json" in it] == []
    reader.open(FOLLOWING)
    expect(reader.page.locator("#news")).to_be_visible()
    assert len([it for it in asked if "changes.json" in it]) == 1


def test_chosen_feeds_are_a_list_whose_feeds_are_there(reader: Visit, site: Served) -> None:
    page = follow(reader, *STARRED)
    reader.open(FOLLOWING)
    with page.expect_download() as download:
        page.get_by_role("button", name="OPML").click()
    root = ElementTree.parse(Path(download.value.path())).getroot()
    feeds = [it.attrib["xmlUrl"].removeprefix(site.url) for it in root.iter("outline")]
    assert feeds == ["keps/127/feed.xml", "sigs/sig-node/feed.xml", "topics/gateway-api/feed.xml"]
    assert all((site.folder / it).is_file() for it in feeds)
    assert download.value.suggested_filename == "following.opml"


def test_leaving_takes_things_off_the_list(reader: Visit) -> None:
    page = follow(reader, "kep-history")
    reader.open(FOLLOWING)
    page.get_by_role("button", name="フォローをやめる: KEP-127").click()
    expect(page.locator(".neco-following")).to_contain_text("まだ何もフォローしていません")
    expect(star(reader.open(KINDS["kep-history"]))).to_have_attribute("aria-pressed", "false")


def test_fetched_words_are_no_markup(reader: Visit) -> None:
    page = follow(reader, "kep-history")
    reader.open(FOLLOWING)
    document = known(page)
    day = "2999-01-01"
    document["generated"] = day
    document["keps"]["127"] = {"title": HOSTILE, "sig": "sig-node", "url": "javascript:alert(1)"}
    document["changes"] = [{"id": "kep/127/x", "day": day, "kind": "plan", "keps": [127], "text": HOSTILE}]
    tell(page, document)
    page.reload()
    expect(page.locator(".neco-changes p")).to_have_text(HOSTILE)
    assert page.locator(".neco-following img, .neco-changes a").count() == 0
    assert "hacked" not in page.title()


def test_data_that_do_not_come_are_told_of_and_nothing_is_lost(browser: Browser, site: Served) -> None:
    with visit(browser, site) as reader:
        page = follow(reader, "kep-history")
        page.route(DATA, lambda route: route.abort())
        reader.open(FOLLOWING)
        expect(page.get_by_role("alert")).to_contain_text("読み込めませんでした")
        expect(page.locator(".neco-followed li")).to_have_count(1)


def test_without_storage_pages_work_and_say_that_nothing_is_kept(browser: Browser, site: Served) -> None:
    with visit(browser, site, own=True) as reader:
        reader.page.add_init_script(NO_STORAGE)
        ours: list[str] = []
        reader.page.on("pageerror", lambda error: ours.append(str(error.stack)))
        page = follow(reader, "kep-history")
        expect(star(page)).to_have_attribute("aria-pressed", "true")
        expect(page.locator(".neco-follow [role=status]")).to_contain_text("保存できない")
        reader.open(FOLLOWING)
        expect(page.locator(".neco-following")).to_contain_text("覚えておけません")
        assert [it for it in ours if "follow" in it] == []


def test_without_javascript_there_is_no_star_and_feeds_are_explained(browser: Browser, site: Served) -> None:
    with visit(browser, site, javascript=False) as reader:
        page = reader.open(KINDS["kep-history"])
        expect(page.locator(".neco-follow")).to_be_hidden()
        page = reader.open(FOLLOWING)
        expect(page.locator(".neco-following")).to_contain_text("JavaScript が必要です")
        expect(page.locator(".md-content a[href$='feeds.opml']")).to_be_visible()
        assert not reader.troubles


@pytest.mark.parametrize(("width", "scheme"), VIEWS)
def test_axe_finds_nothing(browser: Browser, site: Served, scheme: Any, width: int) -> None:
    with visit(browser, site, width=width, scheme=scheme) as reader:
        page = follow(reader, *STARRED)
        found = list(violations(page, ALL_RULES))
        told = replay()
        page.evaluate(LONG_AGO)
        tell(page, told.documents[-1])
        reader.open(FOLLOWING)
        expect(page.locator(".neco-changes li").first).to_be_visible()
        assert [*found, *violations(page, ALL_RULES), *reader.troubles] == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

"""The site on paper, and without scripts."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.chromium import DESKTOP, KINDS, Served, unseen, visit

pytestmark = pytest.mark.browser

SHOWN = {
    "home": [".neco-front a:not(.headerlink)", ".neco-front__lead", ".neco-moves a", ".neco-earlier a", ".neco-ways a"],
    "archive": [".neco-issues a"],
    "issue": [
        ".neco-issue-keps summary",
        ".neco-kep__stage",
        ".neco-card__link",
        ".neco-card__text",
        "table td",
        "pre",
    ],
    "then-and-now": [".neco-issue-keps__sum", ".neco-since", "td .neco-kep__then", "h3 .neco-kep__stale"],
    "kep": [".neco-lead .neco-stage", ".neco-facts td", ".neco-milestone", ".neco-mentions a"],
    "kep-history": [
        ".neco-timeline svg",
        ".neco-at-table td",
        ".neco-history[start] time",
        "li > .neco-quote",
        ".neco-then",
    ],
    "kep-stale": [".neco-lead .neco-remark"],
    "kep-table": [".neco-kep-table .neco-number", ".neco-kep-table a", ".neco-kep-table .neco-stage"],
    "sig": [".neco-kep-rows a", ".neco-kep-rows .neco-stage", ".neco-issue a"],
    "sig-table": [".neco-sig-table th a", ".neco-sig-table td"],
    "topic": [".neco-lead", ".neco-what", ".neco-facts td", ".neco-releases td", ".neco-quote", ".neco-chips a"],
    "topic-table": [".neco-topic-table th a", ".neco-topic-table td"],
    "release": [".neco-facts td", ".neco-totals td", ".neco-row__ours a", "#failed ~ .neco-rows .neco-row__fate"],
    "release-planned": [".neco-lead .neco-kind", ".admonition p", ".neco-issues a", ".neco-facts .neco-day"],
    "release-table": [".neco-release-table th", ".neco-release-table td"],
    "setbacks": [".neco-setbacks > li", ".neco-setbacks p", ".neco-setbacks small", ".neco-setbacks div a"],
    "changes": [".neco-changes time", ".neco-changes a", ".neco-changes p"],
    "following": ["h1", "#feeds", ".neco-following p"],
    "upgrade": [".neco-upgrade > p", ".neco-upgrade h2", ".neco-upgrade summary", ".neco-walk a"],
    "compare": [".neco-upgrade__pages a"],
    "released": [".neco-issue-topics a", "h3 + .neco-releases-now .neco-release", ".neco-related a"],
    "links": [".neco-picks li", ".neco-links p > a", ".neco-links i", ".neco-links div a"],
    "guide": ["table td", ".neco-kep__stage"],
    "guide-markdown": [".neco-example > .highlight", ".neco-example > div:last-child", "math", "pre.neco-diagram"],
    "guide-zenn": [".neco-example > .highlight", ".neco-example > div:last-child", ".neco-card__link"],
    "not-found": ["h1"],
}
"""What each kind of page is for: every element that these find must be there to be seen."""

FURNITURE = ".md-header, .md-tabs, .md-sidebar, .md-footer"
BUTTONS = ".md-top, .headerlink, .md-code__nav"


def test_pages_are_complete_without_scripts(browser: Browser, site: Served) -> None:
    assert {*SHOWN} == {*KINDS}
    found: list[str] = []
    with visit(browser, site, javascript=False) as reader:
        for kind, path in KINDS.items():
            page = reader.open(path)
            for selector in SHOWN[kind]:
                found += [f"{kind}: {it}" for it in unseen(page, f".md-content {selector}")]
    assert not (troubles := found + reader.troubles), "\n".join(troubles)


def test_paper_shows_text_and_addresses_and_nothing_to_press(browser: Browser, site: Served) -> None:
    with visit(browser, site, width=DESKTOP) as reader:
        page = reader.open(KINDS["issue"])
        page.emulate_media(media="print")
        for element in page.locator(f"{FURNITURE}, {BUTTONS}").all():
            expect(element).to_be_hidden()
        expect(page.locator(".neco-paper span")).to_have_text(
            ["Neco Weekly", "2026-06-05", re.compile("https://.*/2026-06-05/")]
        )
        assert not page.locator("article :is(h1, h2, h3)").evaluate_all(
            "headings => headings.filter(it => getComputedStyle(it).breakAfter != 'avoid').map(it => it.textContent)"
        )
        whole = page.locator("article :is(.neco-card, .neco-timeline, figure, tr)").evaluate_all(
            "things => things.map(it => getComputedStyle(it).breakInside)"
        )
        assert set(whole) == {"avoid"}
        addresses = page.locator(".neco-card__link").evaluate_all(
            "links => links.map(link => getComputedStyle(link, '::after').content)"
        )
        urls = page.locator(".neco-card").evaluate_all("cards => cards.map(card => card.dataset.url)")
        assert addresses == [f'"{url}"' for url in urls]
        assert len(page.screenshot()) > 50_000  # an empty page of this size compresses to a tenth


def test_screens_do_not_show_what_paper_has_in_its_head(browser: Browser, site: Served) -> None:
    with visit(browser, site) as reader:
        expect(reader.open(KINDS["issue"]).locator(".neco-paper")).to_be_hidden()

"""The link that begins the next issue leads to the next day from today on, written as Python writes it."""

from __future__ import annotations

import datetime as dt
from importlib.resources import files
from itertools import product

import pytest
from neco_weekly.display.words import load_strings
from neco_weekly.site.new_issue_link import NewIssueLink
from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

EDITED = "issues/2026/07/2026-07-10.md"
EDIT = f"https://github.com/team/site/edit/trunk/docs/{EDITED}"
SCRIPT = files("neco_weekly.site").joinpath("assets/new-issue.js").read_text(encoding="utf-8")
PATHS = ("issues/2026/07/2026-07-17.md", "issues/26/7/17-(5)'!.md", "issues/260717 号.md")
TEXTS = (
    "# Neco Weekly (2026-07-17号)\n",
    "# #5 7月17日（金） <b>&amp; '\"\n",
    "---\ndate: 20260717\n---\n\nJuly 17, 2026 / Friday, 17 Jul 2026\n",
    "猫" * 900,
)
TODAYS = ("2026-07-10", "2026-07-17", "2026-07-18", "2026-12-31", "2027-02-01")


def shown(page: Page, link: NewIssueLink, today: str) -> str:
    """Where the link leads a reader of a day."""
    page.clock.set_fixed_time(dt.datetime.fromisoformat(f"{today}T12:00"))
    page.set_content(link.html(load_strings("ja")))
    page.add_script_tag(content=SCRIPT)
    return str(page.locator("a").evaluate("it => it.href"))


def test_the_script_writes_every_form_as_python_does(browser: Browser) -> None:
    with browser.new_context() as context:
        page, wrong = context.new_page(), []
        for path, text, today in product(PATHS, TEXTS, TODAYS):
            days = [dt.date(2026, 7, 3), dt.date(2026, 7, 10)]
            link = NewIssueLink.of(EDIT, EDITED, path, text, number=5, days=days)
            assert link
            day = next(it for it in link.days if it >= dt.date.fromisoformat(today))
            if (found := shown(page, link, today)) != link.address(day):
                wrong.append((path, text, today, found))
        assert wrong == []


def test_where_the_rhythm_has_ended_the_link_stays(browser: Browser) -> None:
    with browser.new_context() as context:
        link = NewIssueLink.of(EDIT, EDITED, PATHS[0], TEXTS[0], number=None, days=[dt.date(2026, 7, 10)])
        assert link
        assert shown(context.new_page(), link, "2036-01-01") == link.address(link.days[0])

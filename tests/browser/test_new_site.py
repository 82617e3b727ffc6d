"""A site as `neco init` begins it, under the name of a project: no request to another host, and nothing goes wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from click.testing import CliRunner
from neco_weekly.hosts.cli import commands
from playwright.sync_api import Browser, expect

from tests.browser.chromium import DESKTOP, Served, served_below, visit
from tests.browser.waiting import has_leisure
from tests.sites import succeeds

DAY = "issues/2026/11/2026-11-30/"


@pytest.fixture(scope="module", params=["ja", "en"])
def new_site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("new")
    told = {"SOURCE_DATE_EPOCH": "1796000000", "NECO_SITE_URL": "https://team.github.io/weekly/"}
    result = CliRunner().invoke(commands, ["init", str(folder), "--locale", str(request.param)], env=told)
    assert result.exit_code == 0, result.output
    succeeds("mkdocs", "build", "--quiet", "--strict", "--site-dir", "public/weekly", cwd=folder, environment=told)
    with served_below(folder / "public", "weekly/") as served:
        yield served


def test_every_page_of_a_new_site_asks_only_its_own_host(browser: Browser, new_site: Served) -> None:
    assert {"", DAY, "issues/", "keps/", "sigs/", "links/", "404.html"} <= {*new_site.pages}
    with visit(browser, new_site) as reader:
        for path in new_site.pages:
            expect(reader.open(path).locator("meta[http-equiv='Content-Security-Policy']")).to_have_count(1)
        has_leisure(reader.open(""))
        assert reader.troubles == []


def test_its_page_of_errors_finds_its_styles_below_the_name_of_the_project(browser: Browser, new_site: Served) -> None:
    with visit(browser, new_site, width=DESKTOP) as reader:
        page = reader.open("404.html")
        page.locator("a.md-tabs__link", has_text="KEP").click()
        expect(page).to_have_url(f"{new_site.url}keps/")
        assert reader.troubles == []


def test_its_search_finds_the_first_issue(browser: Browser, new_site: Served) -> None:
    with visit(browser, new_site, width=DESKTOP) as reader:
        page = reader.open("")
        page.locator("input.md-search__input").fill("neco refresh")
        first = page.locator("a.md-search-result__link").first
        expect(first).to_have_attribute("href", re.compile(DAY))  # rows of other parts may come before it
        expect(first).to_be_visible()
        assert reader.troubles == []

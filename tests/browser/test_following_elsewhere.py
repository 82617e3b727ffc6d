"""Stars and their page where a site is another: below a path, as files, in English, pages exchanged, a page gone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.chromium import DESKTOP, KINDS, PHONE, Served, sample_site, served_below, visit
from tests.browser.test_following import DATA, LONG_AGO, answer, star
from tests.browser.test_my_release import PUBLIC, instantly
from tests.hosts.test_feeds import write
from tests.sites import ENGLISH, new_folder

pytestmark = pytest.mark.browser

FILES = {**ENGLISH, "use_directory_urls": False, "site_url": "https://neco.test/a/b/"}


@pytest.fixture(scope="module")
def english(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("files")
    write(new_folder(folder, **FILES)).build(to="public/a/b")
    with served_below(folder / "public", "a/b/") as served:
        yield served


def chosen(page: Page) -> list[str]:
    links: list[str] = page.locator(".neco-followed a").evaluate_all("links => links.map(it => it.href)")
    return links


def test_below_a_path_as_files_and_in_english(browser: Browser, english: Served) -> None:
    with visit(browser, english, width=PHONE) as reader:
        for path in ("keps/127.html", "sigs/sig-node.html", "topics/argo-cd.html"):
            star(reader.open(path)).click()
        page = reader.page
        page.evaluate(LONG_AGO)
        page.locator(".neco-follow a").click()
        expect(page.locator(".neco-following")).to_contain_text("since you began to follow")
        links = page.locator(".neco-changes a").evaluate_all("links => links.map(it => it.href)")
        ours = {it.removeprefix(english.url) for it in links if it.startswith(english.url)}
        assert ours == {"keps/127.html", *(f"issues/2026/{it}.html" for it in ("06/2026-06-05", "07/2026-07-10"))}
        assert [it for it in links if not it.startswith((english.url, "https://github.com/"))] == []
        pages = ("keps/127.html", "sigs/sig-node.html", "topics/argo-cd.html")
        assert chosen(page) == [english.url + it for it in pages]
        with page.expect_download() as download:
            page.get_by_role("button", name="OPML").click()
        outlines = [*ElementTree.parse(Path(download.value.path())).getroot().iter("outline")]
        named = [it.attrib[name].removeprefix(english.url) for it in outlines for name in ("xmlUrl", "htmlUrl")]
        assert all((english.folder / it).is_file() for it in named)
        assert len(named) == 6
    assert not reader.troubles, "\n".join(reader.troubles)


def test_what_has_no_page_any_more_says_so_and_leads_to_none(browser: Browser, english: Served) -> None:
    with visit(browser, english, width=PHONE) as reader:
        for path in ("keps/127.html", "keps/666.html", "sigs/sig-node.html", "topics/argo-cd.html"):
            star(reader.open(path)).click()
        page = reader.page
        document = json.loads((english.folder / "api/changes.json").read_text(encoding="utf-8"))
        document["pages"] = {"keps": [666], "sigs": [], "topics": []}
        page.route(DATA, lambda route: answer(route, document))
        page.locator(".neco-follow a").click()
        expect(page.locator(".neco-followed small")).to_have_text(["It has no page here any more."] * 3)
        assert chosen(page) == ["https://github.com/kubernetes/enhancements/issues/127", f"{english.url}keps/666.html"]
        with page.expect_download() as download:
            page.get_by_role("button", name="OPML").click()
        assert Path(download.value.path()).read_text(encoding="utf-8").count("<outline ") == 1
    assert not reader.troubles, "\n".join(reader.troubles)


def test_where_the_theme_exchanges_pages(browser: Browser) -> None:
    with sample_site(instantly) as site, visit(browser, site, width=DESKTOP) as reader:
        sitemap = (site.folder / "sitemap.xml").read_text(encoding="utf-8").replace(PUBLIC, site.url)
        reader.page.route("**/sitemap.xml", lambda route: route.fulfill(body=sitemap, content_type="text/xml"))
        page = reader.open(KINDS["kep-table"])
        page.evaluate("window.stayed = true")
        for number in (127, 1287):
            page.locator(f".neco-kep-table a[href$='{number}/']").first.click()
            star(page).click()
            expect(star(page)).to_have_attribute("aria-pressed", "true")
            page.locator(".neco-follow a").click()
            expect(page.locator(".neco-followed a").last).to_contain_text(f"KEP-{number}: ")
            page.get_by_role("button", name=f"フォローをやめる: KEP-{number}").click()
            page.locator("a.neco-to-keps").click()
        page.go_back()
        expect(page.locator(".neco-following")).to_contain_text("まだ何もフォローしていません")
        assert page.evaluate("window.stayed")
    assert not reader.troubles, "\n".join(reader.troubles)

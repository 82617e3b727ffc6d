"""What later issues say, on the pages of earlier ones: in builds, in the feed, in search, after the next issue."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from xml.etree import ElementTree

import pytest
from neco_weekly.site.feeds.issue_entries import NEWEST_ISSUES as NEWEST

from tests.sites import ENGLISH, Built, Folder, issue_page, issue_path, kep, links, new_folder

OLD, MIDDLE, NEW = "2026-01-02", "2026-01-09", "2026-01-16"
ATOM = {"a": "http://www.w3.org/2005/Atom"}
TEXT = "はじめ\n\n## KEP-127 の話\n\n文\n\n## 資源 の話\n\n文"
CORRECTION = f":::correction\n[資源]({OLD}.md#資源-の話)は v1.36 です。ほかは正しいです。\n:::"


def write(folder: Folder) -> Folder:
    """An issue, one that follows it up, and one that corrects it."""
    folder.lock(kep(127))
    folder.issue(OLD, TEXT, title="古い号")
    folder.issue(MIDDLE, f"## KEP-127 の続き\n\n[先週]({OLD}.md)の話", title="中の号")
    folder.issue(NEW, f"[初めの号]({OLD}.md#古い号)から二週\n\n## お詫び\n\n{CORRECTION}", title="新しい号")
    return folder


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return write(new_folder(tmp_path_factory.mktemp("later"))).build(strict=True)


def lines(built: Built, date: str = OLD) -> list[str]:
    """The headings of an issue, and the lines of later ones below them."""
    article = built.issue(date).article
    assert article
    return [it.get_text() for it in article.select("h1, h2, .neco-later")]


def test_lines_stand_below_the_headings_of_their_sections(built: Built) -> None:
    assert lines(built) == [
        "古い号",
        "続報 2026-01-16号：新しい号",
        "KEP-127 の話 stable v1.36",
        "続報 2026-01-09号：KEP-127 の続き",
        "資源 の話",
        "訂正 2026-01-16号：資源は v1.36 です。",
    ]
    assert [it for date in (MIDDLE, NEW) for it in lines(built, date) if "号：" in it] == []


def test_a_line_leads_to_the_later_section(built: Built) -> None:
    page = issue_page(OLD)
    addresses = links(built.issue(OLD), ".neco-later a")
    assert [built.target(page, it) for it in addresses] == [issue_page(it) for it in (NEW, MIDDLE, NEW)]
    assert all(built.leads_somewhere(page, it) for it in addresses)
    assert [it.partition("#")[2] for it in addresses] == ["", "kep-127-の続き", "neco-correction-1"]


def test_title_and_contents_stay_the_author_s(built: Built) -> None:
    page = built.issue(OLD)
    assert [it.get_text() for it in page.select("title")] == ["古い号 - Neco"]
    assert [it.get_text() for it in page.select("#toc a")] == ["古い号", "KEP-127 の話", "資源 の話"]


def test_search_finds_a_correction_only_where_it_was_written(built: Built) -> None:
    found = built.json("search/search_index.json")["docs"]
    pages = {it["location"].partition("#")[0] for it in found if "ほかは正しい" in it["text"]}
    assert pages == {issue_page(NEW).removesuffix("index.html")}
    assert [it["location"] for it in found if "続報" in it["text"] or "2026-01-09号" in it["text"]] == []


def test_the_feed_renews_what_is_corrected_and_nothing_else(built: Built) -> None:
    root = ElementTree.fromstring(built.text("feed.xml"))
    days = {
        str(it.findtext("a:title", namespaces=ATOM)): [
            str(it.findtext(f"a:{name}", namespaces=ATOM))[:10] for name in ("published", "updated")
        ]
        for it in root.findall("a:entry", ATOM)
    }
    assert days == {"新しい号": [NEW, NEW], "中の号": [MIDDLE, MIDDLE], "古い号": [OLD, NEW]}
    assert str(root.findtext("a:updated", namespaces=ATOM))[:10] == NEW
    addresses = [it.get("href") for it in root.findall("a:entry/a:link", ATOM)]
    assert f"https://neco.test/{issue_page(OLD)[:-10]}" in addresses


def test_a_correction_brings_an_old_entry_back_into_the_feed(tmp_path: Path) -> None:
    folder = new_folder(tmp_path)
    days = [dt.date(2025, 1, 3) + dt.timedelta(weeks=week) for week in range(NEWEST + 4)]
    for day in days:
        folder.issue(day.isoformat(), "話", title=f"{day}")
    first, second, early, last = (days[it].isoformat() for it in (0, 1, 2, -1))
    folder.issue(last, f"訂正：[前](/{issue_path(first)[5:]}) [前](/{issue_path(early)[5:]})", title=last)
    folder.issue(early, f"訂正：[前](/{issue_path(second)[5:]})", title=early)
    entries = ElementTree.fromstring(folder.build().text("feed.xml")).findall("a:entry", ATOM)
    titles = [it.findtext("a:title", namespaces=ATOM) for it in entries]
    assert titles == [*(it.isoformat() for it in reversed(days[4:])), first]
    assert str(entries[-1].findtext("a:updated", namespaces=ATOM))[:10] == last


# --- builds -------------------------------------------------------------------------------------------------------


def test_an_issue_that_comes_later_shows_as_in_a_build_from_nothing(tmp_path: Path) -> None:
    folder = write(new_folder(tmp_path))
    before = folder.build(to="before").contents()
    folder.issue("2026-01-23", f"## また\n\n[初めの号]({OLD}.md#資源-の話)", title="次の号")
    after = folder.build(to="after").contents()
    assert '続報</span> <a href="../2026-01-23/#また">2026-01-23号：また</a>'.encode() in after[issue_page(OLD)]
    cached, again = folder.build(to="again").contents(), folder.build(to="fresh", plugins=_without_cache())
    assert cached == after
    assert again.contents() == after
    folder.write(issue_path("2026-01-23"), "---\ndraft: true\n---\n# 次の号\n\n" + CORRECTION)
    held = folder.build(to="held")
    assert held.contents()[issue_page(OLD)] == before[issue_page(OLD)]


def _without_cache() -> list[object]:
    return ["search", {"neco-weekly": {"issues": "issues", "cache": False}}]


def test_a_preview_shows_them_too_and_none_of_drafts(tmp_path: Path) -> None:
    folder = write(new_folder(tmp_path))
    folder.issue(MIDDLE, f"## 続き\n\n<https://neco.test/{issue_page(OLD)[:-10]}>", title="中の号")
    folder.write(issue_path("2026-01-23"), f"---\ndraft: true\n---\n# 次\n\n{CORRECTION}\n\n## 節\n\n[前]({OLD}.md)")
    built = folder.build(command="serve", site_url="http://127.0.0.1:8000/")
    assert [it for it in lines(built) if "号：" in it] == [
        "続報 2026-01-09号：続き",
        "続報 2026-01-16号：新しい号",
        "訂正 2026-01-16号：資源は v1.36 です。",
    ]


def test_what_is_wrong_stops_a_strict_build_with_its_line(tmp_path: Path) -> None:
    folder = new_folder(tmp_path, **ENGLISH)
    folder.issue(OLD, TEXT)
    folder.issue(MIDDLE, f"[先週]({OLD}.md#gone)\n\n:::correction\n文\n:::")
    path = issue_path(MIDDLE)
    assert [it.partition("; ")[0] for it in folder.build().warnings] == [
        f"neco-weekly: {path}:3: the link {OLD}.md#gone leads to no place of {issue_path(OLD)}",
        f"neco-weekly: {path}:5: the box of a correction links to no issue, so that no issue shows the correction",
    ]

"""What helps while reading, in a build: previews of public pages alone, and the page of wrong addresses."""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from tests.sites import MATERIAL, Built, attribute, issue_page, kep, new_folder

FIRST, SECOND, HELD = "2026-01-09", "2026-01-16", "2026-01-23"
LINKS = f"KEP-127\n\n## 話\n\n[前の節]({FIRST}.md#話)、[前の号]({FIRST}.md)、[次の号]({HELD}.md)。"
DESIGN = {"plugins": ["search", {"neco-weekly": {"issues": "issues", "design": True}}]}


def built(folder: Path, **settings: object) -> Built:
    site = new_folder(folder, validation={"links": {"not_found": "info", "anchors": "info"}}, **settings)
    site.lock(kep(127, "Support User Namespaces"))
    site.issue(FIRST, "書き出しの一文です。\n\n## 話\n\n節の初めの一文です。KEP-127")
    site.issue(SECOND, LINKS)
    site.write(f"docs/issues/2026/01/{HELD}.md", f"---\ndraft: true\n---\n# 秘密\n\n{LINKS}")
    site.write("docs/hidden.md", "---\nsearch:\n  exclude: true\n---\n# 頁\n")
    return site.build()


def test_public_issues_and_keps_have_a_preview_and_links_say_so(tmp_path: Path) -> None:
    site = built(tmp_path)
    first, second = (issue_page(day).replace("index.html", "preview.json") for day in (FIRST, SECOND))
    assert site.paths("**/*preview.json") == {first, second, "keps/127/preview.json"}
    assert site.json(first)["parts"] == [["", "", "書き出しの一文です。"], ["話", "話", "節の初めの一文です。KEP-127"]]
    assert site.json("keps/127/preview.json")["title"] == "#127 Support User Namespaces"
    marked = site.issue(SECOND).select("article p a[data-neco-preview]")
    assert [(it.text, attribute(it, "data-neco-preview")) for it in marked] == [("前の節", "tap"), ("前の号", "")]


def test_an_address_without_a_folder_has_its_preview_beside_it(tmp_path: Path) -> None:
    site = built(tmp_path, use_directory_urls=False)
    page = issue_page(FIRST).replace("/index.html", ".html")
    assert page.replace(".html", ".preview.json") in site.paths()
    marked = site.page(issue_page(SECOND).replace("/index.html", ".html")).select("article p a[data-neco-preview]")
    assert len(marked) == 2


def test_what_its_writer_keeps_from_the_search_has_no_preview(tmp_path: Path) -> None:
    folder = new_folder(tmp_path)
    folder.write(f"docs/issues/2026/01/{FIRST}.md", "---\nsearch: {exclude: true}\n---\n# 号\n\n文\n")
    assert folder.build().paths("**/*preview.json") == set()


def test_links_of_a_kept_page_follow_the_page_to_which_they_lead(tmp_path: Path) -> None:
    folder = new_folder(tmp_path)
    folder.write("docs/about.md", f"# 頁\n\n[号](issues/2026/01/{FIRST}.md)\n")
    found = []
    for front_matter in ("", "---\nsearch: {exclude: true}\n---\n", ""):
        folder.write(f"docs/issues/2026/01/{FIRST}.md", f"{front_matter}# 号\n\n文\n")
        found.append(len(folder.build().page("about/index.html").select("a[data-neco-preview]")))
    assert found == [1, 0, 1]


# --- wrong addresses ----------------------------------------------------------------------------------------------


def lost(site: Built) -> BeautifulSoup:
    return site.page("404.html")


def test_with_the_design_wrong_addresses_have_ways_in(tmp_path: Path) -> None:
    site = built(tmp_path, theme=MATERIAL, site_url="https://neco.test/weekly/", **DESIGN)
    page = lost(site)
    assert [attribute(part, "lang") for part in page.select("article section")] == ["ja", "en"]
    assert [it.text for it in page.select("article h1")] == ["ページが見つかりません"]
    assert attribute(page.find("form", class_="neco-lost__search"), "action") == "/weekly/"
    addresses = {attribute(it, "href") for it in page.select("article a")}
    assert {"/weekly/", f"/weekly/{issue_page(SECOND).removesuffix('index.html')}", "/weekly/keps/"} <= addresses
    assert HELD not in str(page)


@pytest.mark.parametrize("own", [False, True], ids=["without the design", "a page of the site's own"])
def test_else_they_stay_as_the_theme_or_the_site_has_them(tmp_path: Path, own: bool) -> None:
    text = '{% extends "main.html" %}{% block content %}<h1>迷子</h1>{% endblock %}'
    theme = {**MATERIAL, "custom_dir": "mine"} if own else MATERIAL
    Path(tmp_path, "mine").mkdir()
    if own:
        Path(tmp_path, "mine/404.html").write_text(text, encoding="utf-8")
    page = lost(built(tmp_path, theme=theme, **(DESIGN if own else {})))
    assert [it.text for it in page.select("article h1")] == ["迷子" if own else "404 - Not found"]
    assert page.select(".neco-lost") == []

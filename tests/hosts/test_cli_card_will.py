"""`neco card` in the folder of a site: what its people have said of a link comes first, and what that passes over."""

from __future__ import annotations

import pytest

from tests.hosts.test_cli import neco
from tests.hosts.test_cli_card import LOOPBACK, URL, saved
from tests.pictures import drawn
from tests.sites import Folder, new_folder
from tests.sources.sites import Serve

PAGE = """<title>題 | 猫の部屋</title><meta property="og:site_name" content="猫の部屋">
<meta name=description content=猫の話><meta property=og:image content=/a.png>
<meta property=article:published_time content=2026-08-01>"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    folder = new_folder(tmp_path_factory.mktemp("will") / "project")
    folder.issue("2026-07-03", f'@[card]({URL}){{title="古い題" desc="古い説明"}}')
    folder.issue("2026-07-10", f'文\n\n@[card]({URL}){{title="筆者の題" image=a.png hide=date large}}\n\n{URL}')
    folder.issue("2026-07-17", f"{URL}\n\n[{URL}:title]")
    return folder


def test_the_newest_author_s_words_come_first(folder: Folder) -> None:
    found = saved(folder, PAGE, "--json").json()
    assert found["title"] == {"value": "筆者の題", "origin": "author"}
    assert found["image"] == {"value": "a.png", "origin": "author"}
    assert found["description"] == {"value": "猫の話", "origin": "html"}
    assert found["published"] is None
    assert found["passed_over"] == [
        {"field": "title", "value": "題", "origin": "html", "reason": "person"},
        {"field": "image", "value": "https://blog.example.jp/a.png", "origin": "og", "reason": "person"},
    ]
    assert [(it["path"], it["line"], it["title"], it["hidden"], it["size"]) for it in found["written"]] == [
        ("docs/issues/2026/07/2026-07-10.md", 5, "筆者の題", ["date"], "large"),
        ("docs/issues/2026/07/2026-07-03.md", 3, "古い題", [], None),
    ]


def test_for_a_person(folder: Folder) -> None:
    lines = saved(folder, PAGE).out.splitlines()
    assert lines[0] == "筆者の題"
    assert "title        筆者の題  (author)" in lines
    assert lines[lines.index("Passed over:") :] == [
        "Passed over:",
        "title        題  (html: what a person wrote comes first)",
        "image        https://blog.example.jp/a.png  (og: what a person wrote comes first)",
        "",
        "Written by people:",
        "docs/issues/2026/07/2026-07-10.md:5: title=筆者の題, image=a.png, size=large, hide=date",
        "docs/issues/2026/07/2026-07-03.md:3: title=古い題, desc=古い説明",
    ]


def test_a_rule_of_the_host_and_embedly_s_words(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = new_folder(tmp_path_factory.mktemp("rule") / "project")
    folder.write("docs/_metadata/overrides.yml", "cards: {example.jp: {image: none, hide: [site, description]}}\n")
    quote = f'<blockquote class="embedly-card"><h4><a href="{URL}">古い</a></h4><p>抜き書き</p></blockquote>'
    folder.issue("2026-07-03", quote)
    found = saved(folder, "<title>題</title><meta property=og:image content=/a.png>", "--json").json()
    assert (found["title"]["value"], found["site"], found["image"], found["icon"]) == ("題", None, None, None)
    assert found["rule"] == {"hide": ["description", "image", "site"], "size": None}
    assert [(it["field"], it["reason"]) for it in found["passed_over"]][-2:] == [
        ("image", "person"),
        ("site", "person"),
    ]
    assert "overrides.yml: hide=description,image,site" in saved(folder, "<title>題</title>").out
    folder.issue("2026-07-03", f'@[card]({URL}){{desc="筆者の説明" image=a.png}}')
    found = saved(folder, PAGE, "--json").json()
    assert (found["description"]["value"], found["image"]["value"], found["site"]) == ("筆者の説明", "a.png", None)


def test_a_project_that_cannot_be_read_is_told_and_the_page_is_shown(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = new_folder(tmp_path_factory.mktemp("broken") / "project")
    folder.write("docs/_metadata/overrides.yml", "cards: {example.jp: {picture: none}}\n")
    found = saved(folder, PAGE, "--json")
    assert (found.status, found.json()["title"]["value"]) == (0, "題")
    assert found.error.startswith("Left out, what is known of it here: docs/_metadata/overrides.yml:1: unknown key")


def test_outside_of_a_site_the_page_alone_is_shown(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = Folder(tmp_path_factory.mktemp("nowhere") / "a")
    folder.root.mkdir()
    found = saved(folder, PAGE, "--json")
    assert (found.error, found.json()["title"]["value"], found.json()["written"]) == ("", "題", [])


def test_pictures_that_are_not_kept_say_why_and_nothing_is_written(folder: Folder, serve: Serve) -> None:
    page = (
        "<title>題</title><meta property=og:image content=/tiny.png><meta property=og:image content=/none.png>"
        "<meta property=og:image content=/a.png><meta property=og:image content=/b.png>"
    )
    html = {"Content-Type": "text/html"}
    site = serve(
        {"/p": (200, html, page.encode()), "/tiny.png": (200, {}, drawn(8, 8)), "/a.png": (200, {}, drawn(90, 90))}
    )
    before = sorted(folder.root.rglob("*"))
    found = neco(folder, "card", f"{site.url}/p", "--json", "--pictures", *LOOPBACK).json()
    assert found["image"]["value"] == f"{site.url}/a.png"
    assert [(it["value"], it["reason"], it["detail"].partition(": ")[2]) for it in found["passed_over"]] == [
        (f"{site.url}/tiny.png", "not-kept", "a picture of 8×8 pixels is too small to show"),
        (f"{site.url}/none.png", "not-kept", ""),
    ]
    assert sorted(folder.root.rglob("*")) == before
    assert len(neco(folder, "card", f"{site.url}/p", "--json", *LOOPBACK).json()["passed_over"]) == 0

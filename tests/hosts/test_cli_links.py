"""`neco check` and the links between pages: written, generated, held back."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from neco_weekly.model.keps import Stage

from tests.hosts.test_cli import neco
from tests.sites import Folder, issue_path, kep, new_folder

DATE, OTHER = "2026-01-09", "2026-01-16"


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    folder = new_folder(tmp_path / "project")
    folder.lock(kep(127, stage=Stage.ALPHA), kep(128, stage=Stage.BETA))
    folder.issue(OTHER, "## 話題\n\nKEP-127")
    folder.write("docs/about.md", "# わたしたち\n\n## 連絡先\n\n<!-- KEP-9999 -->\n")
    folder.write("docs/index.md", "# トップ\n\n<!-- neco:home -->\n")
    folder.write(issue_path("2026-01-23"), "---\ndraft: true\n---\n# 下書き\n")
    return folder


def told(folder: Folder, link: str) -> list[str]:
    folder.write(issue_path(DATE), f"# 号\n\n## 節\n\n[題]({link})\n")
    return [f"{it['line']} {it['code']}" for it in neco(folder, "check", "--json").json()]


@pytest.mark.parametrize(
    "link",
    [
        f"{OTHER}.md#話題",
        "#節",
        "../../../about.md#連絡先",
        "../../../keps/127.md",
        "../../../keps/index.md",
        "../../../links/index.md",
        "../../../sigs/sig-node.md",
        "../../../index.md#what-the-home-has",
        "../../index.md",
        "../../../../keps/127/",
    ],
)
def test_a_link_to_a_page_that_is_written_or_generated_is_no_problem(folder: Folder, link: str) -> None:
    assert told(folder, link) == []


@pytest.mark.parametrize(
    ("link", "code"),
    [
        (f"{OTHER}.md#別の話題", "missing-anchor"),
        ("../../../about.md#住所", "missing-anchor"),
        ("../../../keps/127.md#nowhere", "missing-anchor"),
        ("../../../sigs/sig-storage.md", "missing-page"),
        ("2026-01-23.md", "link-to-held-back"),
        ("/articles/slug", "missing-page"),
        ("/about/", "absolute-link"),
    ],
)
def test_a_link_that_leads_nowhere_is_told_with_its_line(folder: Folder, link: str, code: str) -> None:
    assert told(folder, link) == [f"5 {code}"]


def test_a_generated_page_has_the_places_that_it_is_drawn_with(folder: Folder) -> None:
    built = folder.build()
    (anchor, *_) = re.findall(r'<h2 id="([^"]+)"', built.text("keps/127/index.html"))
    assert told(folder, f"../../../keps/127.md#{anchor}") == []


def test_a_build_leaves_links_to_mkdocs(folder: Folder) -> None:
    told(folder, "nowhere.md")
    assert [it for it in folder.build().warnings if it.startswith("neco-weekly:")] == []


def test_problems_of_links_stand_among_the_others_in_the_order_of_lines(folder: Folder) -> None:
    folder.write(issue_path(DATE), "# 号\n\n[題](nowhere.md)\n\n![図](a.png)\n\n[題](#x) と KEP-0\n")
    found = neco(folder, "check", "--json").json()
    assert [(it["line"], it["code"]) for it in found] == [
        (3, "missing-page"),
        (5, "missing-image"),
        (7, "bad-kep-number"),
        (7, "missing-anchor"),
    ]


def test_what_is_told_is_in_the_language_of_the_site(folder: Folder) -> None:
    folder.write(issue_path(DATE), "# 号\n\n[題](nowhere.md) と KEP-7777\n")
    done = neco(folder, "check")
    file = issue_path(DATE)
    assert done.out.splitlines() == [
        f"{file}:3: KEP-7777 はまだ取得していません。`neco refresh` を実行してください（お知らせ）",
        f"{file}:3: リンク nowhere.md の先に、このサイトのページもファイルもありません。直してください。ページへは、"
        "リンクを書くファイルから見た `.md` のパスでリンクします",
    ]
    assert done.error == "問題 1 件、お知らせ 1 件\n"
    assert neco(folder, "check", "--format", "github").out.startswith(
        f"::notice file={file},line=3,title=kep-not-fetched::KEP"
    )
    built = [it for it in folder.build().infos if "KEP-7777" in it]
    assert built == [f"neco-weekly: {file}:3: KEP-7777 はまだ取得していません。`neco refresh` を実行してください"]

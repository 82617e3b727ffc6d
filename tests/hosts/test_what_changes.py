"""What a change to one text changes of the site: what says it, and not a byte of any other file."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.sites import MATERIAL, Folder, issue_page, kep, new_folder

FIRST, SECOND, THIRD = "2026-01-02", "2026-01-09", "2025-12-26"
FEEDS = {"feed.json", "feed.xml"}
SHARD = re.compile(r"(search/neco/\d{4})\.\w{8}\.json")


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    folder = new_folder(tmp_path, theme=MATERIAL, site_url="https://neco.example/")
    folder.lock(kep(127), kep(2254))
    folder.issue(FIRST, "## 一\n\nKEP-127 の話。\n\n## 二\n\n最後の話。")
    folder.issue(SECOND, "## 節\n\nKEP-2254")
    folder.issue(THIRD, "話")
    folder.write("docs/about.md", "# このサイト\n\n本文\n")
    return folder


def changed(folder: Folder, path: Path, old: str, new: str) -> set[str]:
    """The files that differ after a change to a text; a shard goes by its year."""
    before = folder.build().contents()
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    after = folder.build().contents()
    paths = {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}
    return {SHARD.sub(r"\1", path) for path in paths}


def test_a_paragraph_that_nobody_quotes_changes_its_own_page(folder: Folder) -> None:
    page = issue_page(FIRST)
    beside = {page.replace("index.html", name) for name in ("index.md", "preview.json")}
    own = {page, *beside, "search/neco/2026", "search/neco/index.json"}
    assert (
        changed(folder, folder.issue(FIRST, "## 一\n\nKEP-127 の話。\n\n## 二\n\n最後の話。"), "最後", "別")
        == own | FEEDS
    )


def test_a_paragraph_about_a_kep_changes_the_page_of_the_kep_as_well(folder: Folder) -> None:
    found = changed(folder, folder.issue(FIRST, "## 一\n\n前。\n\n## 二\n\nKEP-127 の話。"), "の話", "の別の話")
    assert {path for path in found if path.endswith(".html")} == {issue_page(FIRST), "keps/127/index.html"}


def test_a_page_beside_the_issues_changes_alone(folder: Folder) -> None:
    found = changed(folder, folder.docs / "about.md", "本文", "別の文")
    assert {path for path in found if not path.startswith("search/")} == {"about/index.html"}

"""Whose page lies at an address: a writer's page stays, whatever its file is called, and ours lead to it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.hosts.test_cli import neco
from tests.sites import Built, Folder, attribute, issue_page, kep, links, new_folder

FIRST = "2026-09-04"

ADDRESSES = [
    ("README.md", "index.html"),
    ("index.html", "index.html"),
    ("keps/README.md", "keps/index.html"),
    ("keps.md", "keps/index.html"),
    ("sigs/README.md", "sigs/index.html"),
    ("topics.md", "topics/index.html"),
    ("releases.md", "releases/index.html"),
    ("releases/1.36/index.md", "releases/1.36/index.html"),
    ("links/README.md", "links/index.html"),
    ("links.md", "links/index.html"),
    ("issues/README.md", "issues/index.html"),
    ("keps/127/README.md", "keps/127/index.html"),
    ("keps/127/index.md", "keps/127/index.html"),
    ("sigs/sig-node/index.md", "sigs/sig-node/index.html"),
]


MOVED = """
from pathlib import Path


def on_files(files, config):
    file = files.src_uris["own.md"]
    file.dest_uri, file.url = "keps/index.html", "keps/"
    file.abs_dest_path = str(Path(config.site_dir, file.dest_uri))
"""
"""A hook that gives a page another address, as a blog and languages do."""


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    folder = new_folder(tmp_path)
    folder.lock(kep(127))
    folder.issue(FIRST, "## 話題\n\nKEP-127")
    return folder


def dead_links(built: Built) -> Iterator[str]:
    for path in sorted(built.paths("**/*.html")):
        for href in links(built.page(path), "article a"):
            without_query = re.sub(r"\?[^#]*", "", href)
            if not href.startswith(("http:", "https:")) and not built.leads_somewhere(path, without_query):
                yield f"{path}: {href}"


@pytest.mark.parametrize(("path", "page"), ADDRESSES)
def test_a_writers_page_stays_whatever_its_file_is_called(path: str, page: str, folder: Folder) -> None:
    folder.write(f"docs/{path}", "# わたしのページ\n\nほんぶん\n")
    built = folder.build(strict=True)
    assert "わたしのページ" in built.text(page)
    assert list(dead_links(built)) == []


@pytest.mark.parametrize("name", ["README.md", "index.md"])
def test_a_home_of_either_name_is_filled(name: str, folder: Folder) -> None:
    folder.write(f"docs/{name}", "# わたしのトップ\n\n<!-- neco:home -->\n\nおわり\n")
    folder.write("docs/issues/README.md", "# 号\n\n<!-- neco:archive -->\n")
    built = folder.build(strict=True)
    text = built.text("index.html")
    assert text.index("わたしのトップ") < text.index(f"issues/2026/09/{FIRST}/") < text.index("おわり")
    assert f"2026/09/{FIRST}/" in built.text("issues/index.html")
    assert list(dead_links(built)) == []


def test_a_badge_leads_to_a_writers_page_of_its_kep(folder: Folder) -> None:
    folder.write("docs/keps/127/README.md", "# わたしの KEP-127\n")
    built = folder.build(strict=True)
    (badge,) = built.issue(FIRST).select("article a.neco-kep")
    assert built.target(issue_page(FIRST), attribute(badge, "href")) == "keps/127/index.html"
    assert built.json("api/keps.json")["keps"][0]["url"] == "keps/127/"


def test_an_issue_belongs_to_a_writers_archive(folder: Folder) -> None:
    folder.write("docs/issues/README.md", "# わたしの書庫\n")
    assert "わたしの書庫" in str(folder.build().issue(FIRST).select_one("#parent"))


def test_a_page_of_another_name_without_folders_in_addresses_is_another(folder: Folder) -> None:
    folder.configure(use_directory_urls=False)
    folder.write("docs/keps/127/README.md", "# わたしのページ\n")
    built = folder.build(strict=True)
    assert "わたしのページ" in built.text("keps/127/index.html")
    assert "Title of 127" in built.text("keps/127.html")


def test_a_page_that_is_kept_out_of_the_site_is_in_nobodys_way(folder: Folder) -> None:
    folder.configure(exclude_docs="/_metadata/\n/keps/README.md\n")
    folder.write("docs/keps/README.md", "# わたしのページ\n")
    assert "Title of 127" in folder.build(strict=True).text("keps/index.html")


def test_a_page_that_another_plugin_has_moved_is_where_it_was_moved_to(folder: Folder) -> None:
    folder.write("docs/own.md", "# わたしのページ\n")

    folder.write("hook.py", MOVED)
    folder.configure(hooks=["hook.py"])
    built = folder.build(strict=True)
    assert "わたしのページ" in built.text("keps/index.html")
    assert list(dead_links(built)) == []


def test_written_pages_for_other_hosts_are_asked_by_their_address_too(folder: Folder) -> None:
    folder.write("docs/README.md", "# わたしのトップ\n\n<!-- neco:home -->\n")
    folder.write("docs/keps/README.md", "# わたしのページ\n")
    done = neco(folder, "pages", "--write", "out")
    assert done.status == 0, done.error
    written = {path.relative_to(folder.root / "out").as_posix() for path in (folder.root / "out").rglob("*.md")}
    assert "index.md" not in written
    assert "keps/index.md" not in written
    assert "@neco-page{" in (folder.root / "out/README.md").read_text(encoding="utf-8")


def test_links_to_a_writers_page_under_the_name_of_ours_are_told(folder: Folder) -> None:
    folder.write("docs/keps/README.md", "# わたしのページ\n")
    folder.issue("2026-09-11", "[表](../../../keps/index.md) [これ](../../../keps/README.md)")
    done = neco(folder, "check")
    assert "keps/index.md" in done.out
    assert "keps/README.md" not in done.out

"""A link to a pull request is a reference to the KEP it is about, wherever references are told."""

from __future__ import annotations

from pathlib import Path

import pytest
from neco_weekly.lock.store import load_lock

from tests.hosts.test_cli import neco
from tests.searched import search_index
from tests.sites import MATERIAL, Built, Folder, attribute, issue_page, new_folder
from tests.sources.repositories import KEP_127, GitFolder, kep

PULL = "https://github.com/kubernetes/enhancements/pull"
DATE, OTHER = "2026-01-02", "2026-01-09"
PATH = f"docs/issues/2026/01/{DATE}.md"
TEXT = f"""
[実装の計画]({PULL}/6092)が入りました。

## 二つ

[まとめて]({PULL}/6093)と、まだのもの（{PULL}/7000）です。
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    """A site whose lock was refreshed from a repository; nothing but a pull request leads to KEP-127."""
    root = tmp_path_factory.mktemp("pulls")
    readme = KEP_127.replace("kep.yaml", "README.md")
    other = "keps/sig-node/2254-cgroup-v2/kep.yaml"
    upstream = GitFolder(root / "enhancements")
    upstream.commit({KEP_127: kep(title="User Namespaces", stage="beta"), other: kep(2254)})
    upstream.commit({readme: "one"}, subject="Explain user namespaces (#6092)")
    upstream.commit({readme: "two", other: kep(2254, stage="beta")}, subject="Merge pull request #6093 from me/two")
    folder = new_folder(root / "site", theme=MATERIAL)
    folder.issue(DATE, TEXT)
    folder.issue(OTHER, "話")
    neco(folder, "refresh", "--only", "keps", "--source", upstream.path)
    return folder


@pytest.fixture(scope="module")
def site(folder: Folder) -> Built:
    return folder.build(strict=True)


def test_the_lock_keeps_the_requests_and_the_kep(folder: Folder) -> None:
    lock = load_lock(folder.docs / "_metadata")
    assert lock.pulls == {6092: (127,), 6093: (127, 2254)}
    assert list(lock.fetched) == [127]


def test_the_page_has_one_reference_beside_the_author_s_link(site: Built) -> None:
    (badge,) = site.issue(DATE).select("article a.neco-kep")
    assert attribute(badge, "data-kep") == "127"
    assert site.target(issue_page(DATE), attribute(badge, "href")) == "keps/127/index.html"
    link = badge.find_previous_sibling("a")
    assert link
    assert (link.text, link.attrs) == ("実装の計画", {"href": f"{PULL}/6092"})
    (listed,) = site.issue(DATE).select(".neco-issue-keps [data-kep]")
    assert attribute(listed, "data-kep") == "127"


def test_everything_else_of_the_site_agrees(site: Built) -> None:
    issues = {issue["date"]: issue["keps"] for issue in site.json("api/issues.json")["issues"]}
    assert issues == {DATE: [127], OTHER: []}
    (known,) = (it for it in site.json("api/keps.json")["keps"] if it["url"])
    assert [mention["issue"] for mention in known["mentions"]] == [DATE]
    (mentions,) = site.page("keps/127/index.html").select(".neco-mentions")
    assert "実装の計画が入りました。" in mentions.text
    sections = search_index(site).page(f"issues/2026/01/{DATE}/")["s"]
    assert [section.get("q") for section in sections] == [[127], None]


def test_a_request_of_several_keps_is_told(folder: Folder) -> None:
    checked = neco(folder, "check")
    assert (checked.status, checked.out) == (
        0,
        f"{PATH}:8: {PULL}/6093 は複数の KEP（KEP-127, KEP-2254）の Pull Request なので、"
        "どの KEP への参照にもなりません。"
        "ひとつの KEP の話なら、リンクの文字に KEP の番号を書いてください（お知らせ）\n",
    )


def test_the_terminal_tells_the_issue(folder: Folder) -> None:
    assert f"Our issues\n  {DATE}  Neco Weekly ({DATE}号)" in neco(folder, "kep", "127").out


def test_what_is_known_of_requests_is_no_news(folder: Folder, tmp_path: Path) -> None:
    before = (folder.docs / "_metadata/keps.json").read_bytes()
    upstream = folder.root.parent / "enhancements"
    refreshed = neco(folder, "refresh", "--only", "keps", "--source", upstream)
    assert refreshed.out.splitlines()[-1] == "The lock is unchanged."
    assert (folder.docs / "_metadata/keps.json").read_bytes() == before

"""An alias of a KEP through the whole house: a site that writes 5109 of the KEP with number 4800, in every host."""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from neco_weekly.lock.store import load_lock

from tests.hosts.test_cli import neco
from tests.searched import search_index
from tests.sites import MATERIAL, Built, Folder, attribute, issue_page, kep, links, new_folder, squeezed
from tests.sources.repositories import GitFolder

FIRST, SECOND = "2026-01-09", "2026-01-16"
BODY = """\
## KEP-5109 と KEP-4800

本文の [KEP-4800](https://github.com/kubernetes/enhancements/issues/5109) です。

KEP-127 も [ページ](../../../keps/5109.md) もあります。
"""


def written(folder: Folder) -> Folder:
    folder.lock(kep(4800, "Unset"), kep(127), missing={5109: "not-found"})
    folder.write("docs/_metadata/overrides.yml", "keps: {5109: {same_as: 4800}, 5110: {same_as: 4801}}\n")
    folder.issue(FIRST, BODY)
    folder.issue(SECOND, "KEP-5109")
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return written(new_folder(tmp_path))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return written(new_folder(tmp_path_factory.mktemp("site"), theme=MATERIAL)).build(strict=True)


# --- the site -----------------------------------------------------------------------------------------------------


def test_the_text_stays_and_everything_else_is_of_the_kep(site: Built) -> None:
    page = site.page(issue_page(FIRST))
    assert page.select_one("h2")
    found = page.select("article .neco-kep")
    assert [tag["data-kep"] for tag in found] == ["4800", "4800", "4800", "127", "4800"]
    assert [tag.find(string=True, recursive=False) for tag in found[:2]] == ["KEP-5109", "KEP-4800"]
    assert ["neco-kep--quiet" in tag["class"] for tag in found] == [False, True, True, False, True]
    assert {site.target(issue_page(FIRST), href) for href in links(page, "a.neco-kep")} == {
        "keps/4800/index.html",
        "keps/127/index.html",
    }
    assert page.select_one('a[href="https://github.com/kubernetes/enhancements/issues/5109"]')
    assert [tag["data-kep"] for tag in page.select(".neco-issue-keps [data-kep]")] == ["4800", "127"]


def test_mentions_are_of_the_kep(site: Built) -> None:
    (about,) = (it for it in site.json("api/keps.json")["keps"] if it["number"] == 4800)
    assert [it["issue"] for it in about["mentions"]] == [SECOND, *[FIRST] * 4]
    assert [it["keps"] for it in site.json("api/issues.json")["issues"]] == [[4800], [4800, 127]]
    assert site.paths("api/keps/*") == {"api/keps/127.json", "api/keps/4800.json"}
    page = site.page("keps/4800/index.html")
    assert [squeezed(it.text) for it in page.select(".neco-mentions__issue > a")] == [
        f"Neco Weekly ({date}号)" for date in (SECOND, FIRST)
    ]
    assert "KEP-5109" in squeezed(page.select_one(".neco-facts").text)  # type: ignore[union-attr]


def test_the_page_of_the_alias_leads_on_without_javascript(site: Built) -> None:
    page = site.page("keps/5109/index.html")
    assert attribute(page.select_one('head meta[http-equiv="refresh"]'), "content") == "0; url=../4800/"
    assert [it["href"] for it in page.select("head link[rel=canonical]")] == ["https://neco.test/keps/4800/"]
    article = page.select_one("article")
    assert article
    assert "KEP-5109 は KEP-4800 です。" in article.text
    assert "keps/4800/index.html" in [site.target("keps/5109/index.html", href) for href in links(article)]


def test_only_the_page_of_an_alias_leads_on(site: Built) -> None:
    for path in ("index.html", "keps/4800/index.html", "keps/index.html", issue_page(FIRST)):
        assert not site.page(path).select('meta[http-equiv="refresh"]')


def test_the_alias_of_a_kep_without_a_page_has_none(site: Built) -> None:
    assert site.paths("keps/**/*.html") == {f"keps/{it}index.html" for it in ("", "127/", "4800/", "5109/")}


def test_the_page_of_the_alias_is_no_result_of_search_and_not_in_the_sitemap(site: Built) -> None:
    assert "keps/4800/" in site.text("sitemap.xml")
    assert "5109" not in site.text("sitemap.xml")
    assert "keps/5109" not in site.text("keps/index.html")
    index = search_index(site)
    assert "keps/5109/" not in {page["u"] for shard in index.shards.values() for page in shard["pages"]}


def test_search_finds_the_kep_by_both_numbers(site: Built) -> None:
    index = search_index(site)
    (about,) = index.page("keps/4800/")["s"]
    assert about["q"] == [4800, 5109]
    assert "KEP-5109" in about["x"]
    assert [section.get("q") for section in index.page(f"issues/2026/01/{FIRST}/")["s"]] == [None, [4800, 5109, 127]]


def test_a_writers_own_page_of_the_number_stays(folder: Folder) -> None:
    folder.write("docs/keps/5109.md", "# 手で書いたページ\n")
    built = folder.build(strict=True)
    assert "手で書いた" in built.text("keps/5109/index.html")
    assert "refresh" not in built.text("keps/5109/index.html")
    assert "keps/5109/" in built.text("sitemap.xml")


def test_an_alias_that_comes_later_draws_cached_pages_anew(folder: Folder) -> None:
    folder.build()
    folder.write("docs/_metadata/overrides.yml", "keps: {5109: {same_as: 127}}\n")
    page = folder.build().page(issue_page(SECOND))
    assert [tag["data-kep"] for tag in page.select("article .neco-kep")] == ["127"]
    folder.write("docs/_metadata/overrides.yml", "")
    page = folder.build().page(issue_page(SECOND))
    assert [tag["data-kep"] for tag in page.select("article .neco-kep")] == ["5109"]


# --- the command line ---------------------------------------------------------------------------------------------


def test_nothing_is_wrong_with_an_alias(folder: Folder) -> None:
    done = neco(folder, "check")
    assert (done.status, done.out) == (0, "")


@pytest.mark.parametrize(
    "written", ["5109: {same_as: 5109}", "5109: {same_as: 1}\n  1: {same_as: 5109}"], ids=["itself", "circle"]
)
def test_an_alias_that_leads_nowhere_is_one_sentence(folder: Folder, written: str) -> None:
    folder.write("docs/_metadata/overrides.yml", f"keps:\n  {written}\n")
    for command in (["check"], ["kep", "5109"]):
        done = neco(folder, *command)
        assert done.status == 2
        assert "overrides.yml:2: KEP 5109 is an alias of" in done.error
        assert done.error.count("\n") == 1


def test_neco_kep_answers_about_the_kep_and_says_so(folder: Folder) -> None:
    done = neco(folder, "kep", "5109")
    assert done.status == 0
    assert done.out.startswith("KEP-5109 is KEP-4800.\nKEP-4800  Unset\n")
    assert SECOND in done.out
    told = neco(folder, "kep", "5109", "--json")
    assert (told.status, told.json()["number"], len(told.json()["mentions"])) == (0, 4800, 5)
    assert "KEP-5109 is" not in neco(folder, "kep", "4800").out


def test_neco_kep_of_an_alias_of_which_nothing_is_known(folder: Folder) -> None:
    done = neco(folder, "kep", "5110")
    assert (done.status, done.out) == (1, "KEP-5110 is KEP-4801.\n")
    assert done.error.startswith("KEP-4801 is not in the lock")


def test_pages_as_markdown_have_the_way_to_the_kep(folder: Folder, tmp_path: Path) -> None:
    neco(folder, "pages", "--write", tmp_path / "out")
    text = (tmp_path / "out/keps/5109.md").read_text(encoding="utf-8")
    assert BeautifulSoup(text, "html.parser").select('a[href="4800.md"]')
    assert "KEP-5109 は KEP-4800 です。" in text
    folder.write("docs/keps/5109.md", "# 手で書いたページ\n")
    neco(folder, "pages", "--write", tmp_path / "again")
    assert not (tmp_path / "again/keps/5109.md").exists()


@pytest.mark.parametrize("asked", [(), ("KEP-5109",), ("--missing",)], ids=["all", "the alias", "what is missing"])
def test_a_refresh_asks_for_the_kep_in_place_of_the_alias(tmp_path: Path, asked: tuple[str, ...]) -> None:
    upstream = GitFolder(tmp_path / "enhancements")
    upstream.commit({"keps/sig-a/4800-x/kep.yaml": "title: Unset\nkep-number: 4800\n"}, at="2026-01-01T00:00:00Z")
    folder = new_folder(tmp_path / "project")
    folder.write("docs/_metadata/overrides.yml", "keps: {5109: {same_as: 4800}}\n")
    folder.issue(FIRST, "KEP-5109")
    done = neco(folder, "refresh", *asked, "--source", upstream.path, "--strict")
    assert (done.status, "5109" in done.out) == (0, False)
    lock = load_lock(folder.root / "docs/_metadata")
    assert (list(lock.fetched), dict(lock.missing)) == ([4800], {})

"""The pages of releases in a real build: their places, links to them, and a writer's own page in the place of one."""

from __future__ import annotations

import pytest

from tests.sites import Built, attribute, issue_page, kep, links, new_folder

FIRST = "2026-06-05"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = new_folder(tmp_path_factory.mktemp("releases"))
    folder.lock(kep(1, milestone="v1.33"), kep(2, milestone="v1.35"), kep(3, milestone="v1.36"))
    folder.issue(FIRST, "KEP-1、KEP-2、KEP-3。[v1.36](../../../releases/1.36.md)、[v1.30](../../../releases/1.30.md)")
    folder.write("docs/releases/1.35.md", "# わたしたちの v1.35\n")
    return folder.build()


def test_a_release_of_which_something_is_known_has_a_page(built: Built) -> None:
    names = ("1.33", "1.35", "1.36")
    assert built.paths("releases/1.*/index.html") == {f"releases/{it}/index.html" for it in names}
    assert "わたしたちの" in built.text("releases/1.35/index.html")


def test_releases_lead_to_their_neighbours_and_stand_below_their_list(built: Built) -> None:
    def target(page: str, selector: str) -> str | None:
        return built.target(page, attribute(built.page(page).select_one(selector), "href"))

    page = "releases/1.36/index.html"
    assert target(page, "#parent") == "releases/index.html"
    assert target(page, "#previous") == target(page, ".neco-lead a") == "releases/1.35/index.html"
    assert built.page(page).select("#next") == []


def test_every_link_to_and_from_these_pages_leads_somewhere(built: Built) -> None:
    pages = ("releases/index.html", "releases/1.33/index.html", "releases/1.36/index.html", "keps/1/index.html")
    dead = [
        (page, it)
        for page in pages
        for it in links(built.page(page), "article a")
        if not it.startswith("http") and not built.leads_somewhere(page, it)
    ]
    assert dead == []
    href = links(built.issue(FIRST), 'article a[href*="releases"]')[0]
    assert built.target(issue_page(FIRST), href) == "releases/1.36/index.html"


def test_a_link_to_a_release_without_a_page_is_told(built: Built) -> None:
    assert [it for it in built.warnings if "1.30.md" in it]
    assert not [it for it in built.warnings if "1.36.md" in it]

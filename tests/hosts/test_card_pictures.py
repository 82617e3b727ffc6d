"""A picture of the author's own on a card: found where every picture of the page is, measured, and checked."""

from __future__ import annotations

import pytest
from neco_weekly.model.cards import Card

from tests.hosts.test_cli import neco
from tests.lock_fixture import kep
from tests.pictures import drawn
from tests.sites import Folder, attribute, issue_page, new_folder

URL = "https://blog.example.com/a"
KEP = "https://kep.k8s.io/127"
DATE = "2026-08-07"


@pytest.fixture
def folder(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    folder = new_folder(tmp_path_factory.mktemp("own"))
    folder.write("docs/issues/2026/08/絵 1.png", drawn(640, 480))
    folder.write("docs/a.png", drawn(300, 100))
    folder.write("images/b.png", drawn(40, 60))
    folder.write("docs/c.svg", b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10"/>')
    folder.lock(kep(127, "User Namespaces"), cards=[Card(url=URL, title="題")])
    return folder


PICTURES = {
    '"絵 1.png"': ("issues/2026/08/絵 1.png", "640", "480", "square"),
    "../../../a.png": ("a.png", "300", "100", "banner"),
    "/a.png": ("a.png", "300", "100", "banner"),
    "/images/b.png": ("images/b.png", "40", "60", "tall"),
    "../../../c.svg": ("c.svg", "20", "10", ""),
}
"""What authors write, and the file that is shown for it with its width, height and form."""


def test_it_is_found_as_any_picture_and_has_its_size(folder: Folder) -> None:
    lines = [f"@[card]({url}){{image={name}}}" for name in PICTURES for url in (URL, KEP)]
    folder.issue(DATE, "\n\n".join([*lines, f"@[card]({URL}){{image=none hide=image}}"]))
    built, page = folder.build(strict=True), issue_page(DATE)
    shown = [
        (
            built.target(page, attribute(it, "src")),
            attribute(it, "width"),
            attribute(it, "height"),
            attribute(it, "class").partition("--")[2],
        )
        for it in built.page(page).select("img.neco-card__image")
    ]
    assert shown == [it for it in PICTURES.values() for _ in (URL, KEP)]


def test_one_that_is_not_there_is_told_with_its_line_and_not_drawn(folder: Folder) -> None:
    folder.issue(DATE, f"@[card]({URL}){{image=../../../a.png}}\n\n- @[card]({URL}){{image=no.png}}")
    told = neco(folder, "check", "--json").json()
    assert [(it["line"], it["code"]) for it in told] == [(5, "missing-image"), (5, "repeated-link")]
    assert len(folder.build().issue(DATE).select("img.neco-card__image")) == 1


def test_a_picture_of_another_size_is_drawn_anew(folder: Folder) -> None:
    folder.issue(DATE, f"@[card]({URL}){{image=/a.png}}")
    first = folder.build(strict=True).issue(DATE).select_one("img.neco-card__image")
    folder.write("docs/a.png", drawn(200, 200))
    second = folder.build(strict=True).issue(DATE).select_one("img.neco-card__image")
    assert [attribute(it, "width") for it in (first, second)] == ["300", "200"]


def test_a_rule_that_is_new_draws_the_page_anew(folder: Folder) -> None:
    folder.issue(DATE, f"@[card]({URL})")
    assert folder.build(strict=True).issue(DATE).select_one(".neco-card__site")
    folder.write("docs/_metadata/overrides.yml", "cards:\n  example.com: {hide: site}\n")
    assert folder.build(strict=True).issue(DATE).select_one(".neco-card__site") is None

"""Old addresses of pages, `aliases:`: a page at each that leads on, and nothing that is there gives way."""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from neco_weekly.display.words import load_strings
from neco_weekly.grammar.alias_addresses import alias_place, aliases_of
from neco_weekly.site.moved_page import moved_page

from tests.hosts.test_cli import neco
from tests.sites import ENGLISH, Built, Folder, attribute, new_folder

PLUGINS = {"plugins": ["search", {"neco-weekly": {"issues": "issues", "csp": True, "locale": "en"}}]}

AUGUST = "docs/issues/2022/08/2022-08-26.md"


def with_aliases(*aliases: str, title: str = '"Pods" & <b>🐈</b>') -> str:
    return "\n".join(("---", "aliases:", *(f"  - {it}" for it in aliases), "---", "", f"# {title}", "", "Text.", ""))


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return new_folder(tmp_path, **PLUGINS)


def warned(built: Built) -> list[str]:
    return [it.removeprefix("neco-weekly: ") for it in built.warnings]


def test_an_old_address_leads_on_without_a_script(folder: Folder) -> None:
    folder.write(AUGUST, with_aliases("2022/08/2022-08-26.html", "/2022/pods/", "日本/号.html"))
    folder.write("docs/about.md", "---\naliases: old/about.html\n---\n\n# About\n")
    built = folder.build(strict=True)
    expected = {
        "2022/08/2022-08-26.html": "../../issues/2022/08/2022-08-26/",
        "2022/pods/index.html": "../../issues/2022/08/2022-08-26/",
        "日本/号.html": "../issues/2022/08/2022-08-26/",
        "old/about.html": "../about/",
    }
    for path, address in expected.items():
        page = built.page(path)
        assert attribute(page.select_one("meta[http-equiv=refresh]"), "content") == f"0; url={address}"
        assert attribute(page.select_one("a"), "href") == address
        assert built.target(path, address)
        assert page.select("script, style, [style]") == []
        policy = attribute(page.select_one("meta[http-equiv=Content-Security-Policy]"), "content")
        assert "script-src 'self'" in policy
    page = built.page("2022/pods/index.html")
    assert attribute(page.select_one("link[rel=canonical]"), "href") == "https://neco.test/issues/2022/08/2022-08-26/"
    assert page.select("b, meta[name=robots]") == []
    assert "Pods" in page.get_text()
    assert folder.build(to="again").contents() == built.contents()


def test_what_is_there_stays_and_is_told(folder: Folder) -> None:
    taken = ("issues/2022/08/2022-08-26/", "keps", "about/", "404.html", "issues", "a.html", "a.html/b", "api")
    folder.write(AUGUST, with_aliases(*taken))
    folder.write("docs/about.md", with_aliases("a.html", title="About"))
    built = folder.build()
    said = [it.removeprefix("neco-weekly: ") for it in built.warnings if "the alias" in it]
    assert {it.split("the alias ")[1].split(" is")[0] for it in said} == set(taken) - {"api"}
    assert {it.split(": ")[0] for it in said} == {f"{AUGUST}:2"}
    assert next(it for it in said if "a.html is" in it).endswith(
        "for docs/about.md has that address; remove it here or there"
    )
    moved = [it for it in built.paths("**/*.html") if 'http-equiv="refresh"' in built.text(it)]
    assert sorted(moved) == ["a.html", "api/index.html"]
    assert built.target("a.html", "about/") == "about/index.html"


def test_a_title_is_no_markup_on_the_page_that_leads_on() -> None:
    html = moved_page('</title><script>"&amp;', 'a/?b&c"', "https://a/", load_strings("ja"))
    page = BeautifulSoup(html, "lxml")
    assert page.title is not None
    assert page.title.get_text() == '</title><script>"&amp;'
    assert page.select("script") == []
    assert [it["href"] for it in page.select("a")] == ['a/?b&c"']
    assert "0; url=a/?b&amp;c&quot;" in html


@pytest.mark.parametrize(
    ("alias", "place"),
    [
        ("2022/08/2022-08-26.html", "2022/08/2022-08-26.html"),
        ("/2022/08/pods/", "2022/08/pods/index.html"),
        ("v1.25", "v1.25/index.html"),
        ("%E6%97%A5.html", "日.html"),
        ("../etc/passwd", None),
        ("a/../../b", None),
        ("a/%2e%2e/b", None),
        ("https://example.org/a", None),
        ("//example.org/a", None),
        ("a?b", None),
        ("a\\b", None),
        (".hidden/a", None),
        ("/", None),
        ("a\0b", None),
        ("あ" * 90, None),
    ],
)
def test_what_can_be_an_old_address(alias: str, place: str | None) -> None:
    assert alias_place(alias) == place


def test_aliases_are_a_list_or_one() -> None:
    assert aliases_of({"Aliases": ["a", "a", {"b": 1}, None, 1]}) == ["a", "1"]
    assert aliases_of({"aliases": "a"}) == ["a"]
    assert aliases_of({}) == []


def test_check_tells_before_a_build_does(tmp_path: Path) -> None:
    folder = new_folder(tmp_path, **ENGLISH)
    folder.write(AUGUST, with_aliases("../a", "same.html", "about"))
    folder.write("docs/about.md", "# About\n")
    folder.write("docs/issues/2022/09/2022-09-01.md", with_aliases("same.html"))
    said = [it for it in neco(folder, "check").out.splitlines() if "alias" in it]
    assert said == [
        f"{AUGUST}:2: the alias about is not drawn, for about/index.html has that address; remove it here or there",
        f"{AUGUST}:2: the alias '../a' is no address of the site; write the path of the old page from the site's root, "
        "`2022/08/2022-08-26.html` or `2022/08/pods/`",
        f"docs/issues/2022/09/2022-09-01.md:2: the alias same.html is not drawn, for {AUGUST} has that address; "
        "remove it here or there",
    ]

"""One extension, four hosts: the same references and cards, and nothing of ours in anchors, contents or titles."""

from __future__ import annotations

import contextlib
import copy
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from markdown import Markdown
from mkdocs.config import load_config

from tests.link_cards import add_pictures
from tests.sites import (
    EVERY_FORM,
    MATERIAL,
    Built,
    attribute,
    copied,
    issue_page,
    issue_path,
    kep,
    links,
    new_folder,
    squeezed,
    succeeds,
)

DATE = "2026-09-04"
SITES = ["mkdocs", "properdocs", "zensical"]
REFERENCES = "a.neco-kep:not(.neco-card__link)"
LISTED = ".neco-issue-keps [data-kep]"
PICTURES = ".neco-card__image, .neco-card__icon"


@dataclass(frozen=True)
class Drawn:
    """An issue as a host has drawn it, with the entries of its table of contents; plain Markdown makes no page."""

    content: Tag
    contents: list[tuple[str, str]]
    title: str = ""
    built: Built | None = None


Draw = Callable[[Path, str], Drawn]


def plain(root: Path, config: str) -> Drawn:
    settings: Any = load_config(str(root / config))
    with contextlib.chdir(root):
        markdown = Markdown(extensions=settings.markdown_extensions, extension_configs=settings.mdx_configs)
        html = markdown.convert((root / issue_path(DATE)).read_text(encoding="utf-8"))
    return Drawn(BeautifulSoup(html, "lxml"), list(_tokens(markdown.toc_tokens)))  # type: ignore[attr-defined]


def _tokens(tokens: list[Any]) -> list[tuple[str, str]]:
    found = []
    for token in tokens:
        found += [(f"#{token['id']}", token["name"]), *_tokens(token["children"])]
    return found


def mkdocs(root: Path, config: str) -> Drawn:
    succeeds("mkdocs", "build", "-q", "-f", config, "-d", "mkdocs", cwd=root)
    return page_of(Built(root / "mkdocs"))


def properdocs(root: Path, config: str) -> Drawn:
    succeeds("properdocs", "build", "-q", "-f", config, "-d", "properdocs", cwd=root)
    return page_of(Built(root / "properdocs"))


def zensical(root: Path, config: str) -> Drawn:
    """Zensical runs no plugins: the generated pages are written into a copy of the docs folder."""
    site = copied(root, root / "zensical").root
    (site / config).write_text((root / config).read_text(encoding="utf-8"), encoding="utf-8")
    if config == "mkdocs.yml":
        succeeds("neco", "pages", "--write", site / "docs", cwd=root)
    succeeds("zensical", "build", "-f", config, cwd=site, environment={"PYTHONWARNINGS": "default"})
    return page_of(Built(site / "site"))


HOSTS: dict[str, Draw] = {"plain": plain, "mkdocs": mkdocs, "properdocs": properdocs, "zensical": zensical}


def page_of(built: Built) -> Drawn:
    page = built.issue(DATE)
    content = page.select_one(".md-content")
    assert content is not None
    assert page.title is not None
    contents = [
        (attribute(link, "href"), squeezed(link.text)) for link in page.select(".md-sidebar--secondary a.md-nav__link")
    ]
    return Drawn(content, contents, page.title.text, built)


@pytest.fixture(scope="session")
def draw(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Drawn]:
    """The issue as a host draws it, once; with `ours=False` with neither extension nor plugin."""
    drawn: dict[tuple[str, bool], Drawn] = {}

    def once(host: str, *, ours: bool = True) -> Drawn:
        if (host, ours) not in drawn:
            folder = copied(EVERY_FORM, tmp_path_factory.mktemp(host))
            add_pictures(folder)
            with_us = (folder.root / "mkdocs.yml").read_text(encoding="utf-8")
            without = with_us.replace("  - neco_weekly:\n      metadata: docs/_metadata\n", "")
            without = without.replace("  - neco-weekly:\n      issues: issues\n", "")
            assert "neco" not in without.replace("neco.test", "")
            folder.write("bare.yml", without)
            drawn[host, ours] = HOSTS[host](folder.root, "mkdocs.yml" if ours else "bare.yml")
        return drawn[host, ours]

    return once


def hooks(drawn: Drawn, selector: str) -> list[str]:
    """Elements as the page has them, without what differs: addresses of our pages, pictures, and notes to search.

    Material removes the notes from a page once its search has read them.
    """
    content = copy.copy(drawn.content)
    for picture in content.select(PICTURES):
        picture.extract()
    for link in content.select(f"{REFERENCES}, {LISTED} a"):
        link["href"] = "(page of the KEP)"
    for noted in content.select("[data-search-exclude]"):
        del noted["data-search-exclude"]
    return [squeezed(str(element)) for element in content.select(selector)]


# --- references and cards -----------------------------------------------------------------------------------------


def test_every_form_is_drawn(draw: Callable[..., Drawn]) -> None:
    found = [
        f"{attribute(element, 'data-kep')} {attribute(element, 'data-stage') or '?'}"
        if "neco-kep" in attribute(element, "class").split()
        else attribute(element, "data-url")
        for element in draw("plain").content.select(".neco-kep, .neco-card")
    ]
    assert found == (EVERY_FORM / "drawn.txt").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("host", SITES)
def test_every_host_draws_the_same_references_and_cards(host: str, draw: Callable[..., Drawn]) -> None:
    selector = ".neco-kep, .neco-card"
    assert hooks(draw(host), selector) == hooks(draw("plain"), selector)


@pytest.mark.parametrize("host", SITES)
def test_pictures_of_cards_are_there(host: str, draw: Callable[..., Drawn]) -> None:
    drawn = draw(host)
    assert drawn.built
    sources = [attribute(image, "src") for image in drawn.content.select("img:is(.neco-card__image, .neco-card__icon)")]
    assert len(sources) == 4
    for source in sources:
        target = drawn.built.target(issue_page(DATE), source)
        assert target
        assert target.startswith("assets/cards/")


def test_in_plain_markdown_cards_have_no_pictures(draw: Callable[..., Drawn]) -> None:
    assert [icon.name for icon in draw("plain").content.select(PICTURES) if icon.name != "i"] == []


def test_an_issue_begins_with_the_list_of_its_keps(draw: Callable[..., Drawn]) -> None:
    listed = hooks(draw("mkdocs"), LISTED)
    assert [attribute(entry, "data-kep") for entry in draw("mkdocs").content.select(LISTED)] == [
        "127", "2254", "2091", "8888", "9999", "5", "2579", "4242"
    ]  # fmt: skip
    assert hooks(draw("properdocs"), LISTED) == listed
    assert hooks(draw("zensical"), LISTED) == listed


def test_plain_markdown_does_not_know_that_a_text_is_an_issue(draw: Callable[..., Drawn]) -> None:
    assert hooks(draw("plain"), LISTED) == []


@pytest.mark.parametrize("host", SITES)
def test_references_lead_to_the_keps_page(host: str, draw: Callable[..., Drawn]) -> None:
    drawn = draw(host)
    assert drawn.built
    for link in drawn.content.select(f"{REFERENCES}, {LISTED} a"):
        number = attribute(link, "data-kep") or attribute(link.parent, "data-kep")
        assert drawn.built.target(issue_page(DATE), attribute(link, "href")) == f"keps/{number}/index.html"


def test_in_plain_markdown_references_lead_to_github(draw: Callable[..., Drawn]) -> None:
    for link in draw("plain").content.select(REFERENCES):
        number = attribute(link, "data-kep")
        assert attribute(link, "href") == f"https://github.com/kubernetes/enhancements/issues/{number}"


# --- what we add enters nothing -----------------------------------------------------------------------------------


@pytest.mark.parametrize("host", HOSTS)
def test_nothing_we_add_enters_the_anchors(host: str, draw: Callable[..., Drawn]) -> None:
    def anchors(drawn: Drawn) -> list[str]:
        return [attribute(heading, "id") for heading in drawn.content.select(":is(h1, h2, h3, h4, h5, h6)[id]")]

    assert anchors(draw(host)) == anchors(draw(host, ours=False))
    assert "5-podsecuritypolicy--2579-podsecurity-admission" in anchors(draw(host))


@pytest.mark.parametrize("host", HOSTS)
def test_nothing_we_add_enters_the_table_of_contents(host: str, draw: Callable[..., Drawn]) -> None:
    assert draw(host).contents == draw(host, ours=False).contents
    assert ("#カード-kep-2579", "カード KEP-2579") in draw(host).contents


@pytest.mark.parametrize("host", SITES)
def test_nothing_we_add_enters_the_title_of_a_page(host: str, draw: Callable[..., Drawn]) -> None:
    assert draw(host).title == draw(host, ours=False).title
    assert draw(host).title == "Neco Weekly (2026-09-04号) KEP-127 と cgroup v2 - Neco"


# --- wherever a host is started -----------------------------------------------------------------------------------


@pytest.mark.parametrize("host", SITES)
def test_metadata_lies_beside_the_settings_wherever_a_host_is_started(host: str, tmp_path: Path) -> None:
    folder = new_folder(tmp_path / "project", theme=MATERIAL, plugins=[])
    folder.lock(kep(127))
    folder.issue(DATE, "KEP-127")
    succeeds(host, "build", "-f", "project/mkdocs.yml", cwd=tmp_path, environment={"PYTHONWARNINGS": "default"})
    reference = Built(folder.root / "site").issue(DATE).select_one(".neco-kep")
    assert attribute(reference, "data-stage") == "stable"


# --- generated pages ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("host", SITES)
@pytest.mark.parametrize("page", ["index.html", "issues/index.html", "keps/index.html", "keps/127/index.html"])
def test_generated_pages_say_the_same_under_every_host(host: str, page: str, draw: Callable[..., Drawn]) -> None:
    def words(built: Built | None) -> str:
        assert built
        content = built.page(page).select_one(".md-content")
        assert content
        for other in content.select(".headerlink, .neco-feeds"):  # feeds are made where a plugin makes them
            other.decompose()
        return squeezed(content.get_text(" "))

    assert words(draw(host).built) == words(draw("mkdocs").built)


@pytest.mark.parametrize("host", SITES)
@pytest.mark.parametrize("page", ["index.html", "issues/index.html", "keps/index.html", "keps/127/index.html"])
def test_links_of_generated_pages_lead_to_pages_and_headings(host: str, page: str, draw: Callable[..., Drawn]) -> None:
    built = draw(host).built
    assert built
    content = built.page(page).select_one(".md-content")
    assert content
    ours = [href for href in links(content) if "://" not in href]
    assert ours
    assert [href for href in ours if not built.leads_somewhere(page, href)] == []

"""Links between pages that lead nowhere: told with their line, whatever kind of page they would lead to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import pytest
from neco_weekly.grammar.front_matter import take_apart
from neco_weekly.hosts.project import load_project
from neco_weekly.issues.index import build_index, make_issue
from neco_weekly.issues.link_checks import check_links
from neco_weekly.issues.problems import Problem
from neco_weekly.issues.scan import Scanner

from tests.sites import PROJECT

_SITE = load_project(PROJECT / "mkdocs.yml")
SCANNER = Scanner(_SITE.extensions, _SITE.extension_configs)
HERE, OTHER, DRAFT = "issues/2026/2026-01-09.md", "issues/2026/2026-01-02.md", "issues/2026/2026-01-16.md"
OTHER_TEXT = '# 前の号\n\n## 話題 その一\n\n文[^1] と <a id="inline"></a>\n\n<div id="raw">x</div>\n\n[^1]: 注\n'


@dataclass(frozen=True)
class Site:
    """A site of a few pages, whose places are known, except for those of its home."""

    pages: dict[str, Iterable[str] | None] = field(
        default_factory=lambda: {
            "index.md": None,
            "guide/index.md": ("書き方",),
            "keps/127.md": ("history",),
            "assets/a.pdf": (),
            OTHER: SCANNER.scan(OTHER_TEXT).anchors,
        }
    )
    held_back: frozenset[str] = frozenset({DRAFT})

    def has(self, path: str) -> bool:
        return path in self.pages

    def anchors(self, path: str) -> Iterable[str] | None:
        return self.pages[path]


def problems(text: str, path: str = HERE) -> list[Problem]:
    parts = take_apart(text)
    issue = make_issue(path, parts, SCANNER.scan(parts.body))
    site = Site()
    site.pages[path] = issue.anchors
    return check_links(build_index([issue]), site)


@pytest.mark.parametrize(
    "link",
    [
        "2026-01-02.md",
        "./2026-01-02.md",
        "2026-01-02.md#話題-その一",
        "2026-01-02.md#%E8%A9%B1%E9%A1%8C-%E3%81%9D%E3%81%AE%E4%B8%80",
        "2026-01-02.md#raw",
        "2026-01-02.md#inline",
        "2026-01-02.md#fn:1",
        "2026-01-02.md?a=1#raw",
        "../../guide/index.md#書き方",
        "../../index.md#what-nobody-knows",
        "../../keps/127.md#history",
        "../../assets/a.pdf",
        "../2026-01-02/",
        "../2026-01-02/#raw",
        "../../../guide/",
        "../../../keps/127",
        "../../..",
        "#ここ",
        "#",
        "#top",
        "#__comments",
        "2026-01-02.md#:~:text=前",
        "mailto:a@example.org",
        "<mailto:a@example.org>",
        "tel:1",
        "https://example.org/nowhere.md#x",
        "//example.org/nowhere.md",
        "https://[",
    ],
)
def test_a_link_that_leads_somewhere(link: str) -> None:
    assert problems(f"# 号\n\n## ここ\n\n[題]({link})") == []


@pytest.mark.parametrize(
    ("link", "said"),
    [
        ("2026-01-03.md", "missing-page: the link 2026-01-03.md leads to no page or file of the site"),
        ("../keps/127.md", "missing-page: the link ../keps/127.md leads to no page or file of the site"),
        ("../../keps/128.md", "missing-page: the link ../../keps/128.md leads to no page or file of the site"),
        ("a.pdf#x", "missing-page: the link a.pdf#x leads to no page or file of the site"),
        ("../2026-01-03/", "missing-page: the link ../2026-01-03/ leads to no page or file of the site"),
        ("/articles/slug", "missing-page: the link /articles/slug leads to no page or file of the site"),
        (
            "../../../../../etc/hosts.md",
            "missing-page: the link ../../../../../etc/hosts.md leads to no page or file of the site",
        ),
        (
            "2026-01-16.md",
            "link-to-held-back: the link 2026-01-16.md leads to an issue that is held back, so it is drawn as text",
        ),
        (
            "../2026-01-16/",
            "link-to-held-back: the link ../2026-01-16/ leads to an issue that is held back, so it is drawn as text",
        ),
        ("#どこか", "missing-anchor: the link #どこか leads to no place of docs/issues/2026/2026-01-09.md"),
        ("#ここに", "missing-anchor: the link #ここに leads to no place of docs/issues/2026/2026-01-09.md (#ここ ?)"),
        (
            "2026-01-02.md#話題-その二",
            "missing-anchor: the link 2026-01-02.md#話題-その二 leads to no place of docs/issues/2026/2026-01-02.md "
            "(#話題-その一 ?)",
        ),
        ("../../keps/127.md#x", "missing-anchor: the link ../../keps/127.md#x leads to no place of docs/keps/127.md"),
        ("/guide/", "absolute-link: the link /guide/ begins at the root of the host, where the site need not be"),
    ],
)
def test_a_link_that_leads_nowhere_is_told_with_its_line(link: str, said: str) -> None:
    (found,) = problems(f"---\ndate: 2026-01-09\n---\n# 号\n\n## ここ\n\n[題]({link})")
    assert f"{found.code}: {found.message}" == said
    assert (found.path, found.line) == (f"docs/{HERE}", 8)


def test_the_hint_of_an_absolute_link_is_the_relative_one() -> None:
    (found,) = problems("[書き方](/guide/)")
    assert (found.hint, found.severity) == ("write ../../guide/index.md", "info")


def test_only_what_a_writer_wrote_is_a_link() -> None:
    text = "# 号\n\n[TOC]\n\n## KEP-127 の話\n\n文[^1] KEP-127\n\nhttps://kep.k8s.io/127\n\n[^1]: 注"
    assert SCANNER.scan(text).site_links == ()


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        pytest.param("[a](x.md) と [b](x.md)\n\n[c](x.md)", [1, 3], id="equal links"),
        pytest.param("[題][r]\n\n文\n\n[r]: x.md", [1], id="a definition"),
        pytest.param("`[a](x.md)`\n\n- 一\n- [a](x.md)", [4], id="code before it"),
        pytest.param("文[^1]\n\n[^1]: [a](x.md)\n\n[b](y.md)", [3, 5], id="a footnote"),
        pytest.param("| a |\n| --- |\n| [![絵](../../assets/a.pdf)](x.md) |", [3], id="a picture in a table"),
        pytest.param("## [a](x.md)", [1], id="a heading"),
    ],
)
def test_each_link_has_its_own_line(text: str, lines: list[int]) -> None:
    assert [(it.code, it.line) for it in problems(text)] == [("missing-page", line) for line in lines]

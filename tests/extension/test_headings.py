"""The headings of an issue: Markdown with its front matter in, titles and levels out; other pages stay as they are."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from neco_weekly.extension.python_markdown import NecoWeeklyExtension
from neco_weekly.model.issues import ScanResult

from tests.extension.test_markdown import CONFIGS, EXTENSIONS
from tests.lock_fixture import LOCK, as_of_today

ISSUE = "issues/2026/02/2026-02-05.md"


class Page(Extension):
    """What MkDocs leaves on a Markdown instance: the page's path and front matter."""

    def __init__(self, path: str, meta: dict[str, Any]) -> None:
        super().__init__()
        self.file = SimpleNamespace(src_uri=path, page=SimpleNamespace(meta=meta))

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (Python-Markdown's name)
        processor = Treeprocessor(md)
        processor.file = self.file  # type: ignore[attr-defined]
        md.treeprocessors.register(processor, "relpath", 0)


class Drawn:
    """A text as a host draws the page: its headings, the entries of its contents, and what was found."""

    def __init__(self, text: str, meta: dict[str, Any], path: str | None = ISSUE, **options: Any) -> None:
        found: list[ScanResult] = []
        ours = NecoWeeklyExtension(keps_as_of=as_of_today(LOCK), report=found.append, **options)
        host = [Page(path, meta)] if path else []
        markdown = Markdown(extensions=[*EXTENSIONS, *host, ours], extension_configs=CONFIGS)
        self.html = markdown.convert(text)
        self.contents = list(_entries(markdown.toc_tokens))  # type: ignore[attr-defined]
        self.scan_result = found[0]

    @property
    def headings(self) -> list[str]:
        """The headings in order, as `h2 words`."""
        soup = BeautifulSoup(self.html, "html.parser")
        return [f"{it.name} {_words(it)}" for it in soup.select("h1, h2, h3, h4, h5, h6")]

    @property
    def told(self) -> list[tuple[str, str, str, int]]:
        return [(it.code, it.written, it.detail, it.line) for it in self.scan_result.diagnostics]


def _words(heading: Tag) -> str:
    for badge in heading.select(".neco-kep__stage, .neco-kep__now"):
        badge.extract()
    return heading.get_text().strip()


def _entries(tokens: list[Any]) -> list[tuple[int, str]]:
    found = []
    for token in tokens:
        found += [(token["level"], token["id"]), *_entries(token["children"])]
    return found


CASES: dict[str, tuple[dict[str, Any], str, list[str]]] = {
    "a title in the body": ({}, "# 題\n\n文\n\n## 節", ["h1 題", "h2 節"]),
    "the same title in front matter": ({"title": "題 (一)"}, "# 題（一）\n\n## 節", ["h1 題（一）", "h2 節"]),
    "front matter and sections": (
        {"title": "題"},
        "文\n\n# 一\n\n## 細目\n\n# 二\n\n###### 小さい",
        ["h1 題", "h2 一", "h3 細目", "h2 二", "h6 小さい"],
    ),
    "front matter and one section": ({"title": "題"}, "# はじめに\n\n## 節", ["h1 題", "h2 はじめに", "h3 節"]),
    "front matter and another title": ({"title": "題"}, "# 別の題\n\n## 節", ["h1 題", "h2 別の題", "h3 節"]),
    "front matter and lower headings": (
        {"title": "題"},
        "## 一\n\n### 細目\n\n## 二",
        ["h1 題", "h2 一", "h3 細目", "h2 二"],
    ),
    "front matter and no heading": ({"title": "題"}, "文", ["h1 題"]),
    "the same title, and sections": ({"title": "題"}, "# 題\n\n# 一\n\n## 細目", ["h1 題", "h2 一", "h3 細目"]),
    "several headings": ({}, "# 題\n\n# 一\n\n## 細目\n\n# 二", ["h1 題", "h2 一", "h3 細目", "h2 二"]),
    "several headings below a picture": ({}, "![](a.png)\n\n# 題\n\n# 一", ["h1 題", "h2 一"]),
    "several headings below a comment": ({}, "<!-- a -->\n\n# 題\n\n# 一", ["h1 題", "h2 一"]),
    "several sections below words": ({}, "文\n\n# 一\n\n# 二", ["h1 2026-02-05号", "h2 一", "h2 二"]),
    "one heading below words": ({}, "文\n\n# 題\n\n## 節", ["h1 題", "h2 節"]),
    "no heading": ({}, "文", ["h1 2026-02-05号"]),
    "lower headings alone": ({}, "## 一\n\n## 二", ["h1 2026-02-05号", "h2 一", "h2 二"]),
    "headings in boxes": (
        {"title": "題"},
        "# 一\n\n> ## 引用\n\n!!! note\n    # 枠",
        ["h1 題", "h2 一", "h3 引用", "h2 枠"],
    ),
    "a setext heading": ({"title": "題"}, "一\n===\n\n二\n---", ["h1 題", "h2 一", "h3 二"]),
    "a title that says something to Markdown": (
        {"title": "`a` <b> &amp; *c* [d](e)"},
        "# 一\n\n# 二",
        ["h1 `a` <b> &amp; *c* [d](e)", "h2 一", "h2 二"],
    ),
    "a title that is no text": ({"title": ["題"]}, "# 一", ["h1 一"]),
    "a number": ({"title": 5}, "文", ["h1 5"]),
}


@pytest.mark.parametrize(("meta", "text", "headings"), CASES.values(), ids=CASES)
def test_an_issue_has_one_title_and_everything_below_it(meta: dict[str, Any], text: str, headings: list[str]) -> None:
    drawn = Drawn(text, meta)
    assert drawn.headings == headings
    assert drawn.scan_result.title == headings[0].removeprefix("h1 ")


@pytest.mark.parametrize(("meta", "text", "headings"), CASES.values(), ids=CASES)
def test_contents_are_complete_and_anchors_do_not_change(meta: dict[str, Any], text: str, headings: list[str]) -> None:
    contents = Drawn(text, meta).contents
    assert [f"h{level}" for level, _ in contents] == [it[:2] for it in headings]
    elsewhere = [anchor for _, anchor in Drawn(text, meta, "about.md").contents]
    assert [anchor for _, anchor in contents if anchor != "neco-title"] == elsewhere


def test_an_anchor_does_not_change_for_a_heading_that_says_the_same_as_the_title() -> None:
    assert Drawn("# 一\n\n# 題", {"title": "題"}).contents == [(1, "neco-title"), (2, "一"), (2, "題")]


def test_a_reference_in_a_title_is_one() -> None:
    drawn = Drawn("# 一\n\nKEP-128", {"title": "KEP-127 の話"})
    assert '<h1 id="neco-title"><a' in drawn.html
    assert [(it.kep, it.heading and it.heading.text) for it in drawn.scan_result.mentions] == [
        (127, "KEP-127 の話"),
        (128, "一"),
    ]


@pytest.mark.parametrize("path", ["about.md", "issues/index.md"])
def test_other_pages_stay_as_they_are(path: str) -> None:
    assert Drawn("# 一\n\n# 二", {"title": "題"}, path).headings == ["h1 一", "h1 二"]


def test_a_text_of_which_no_host_knows_anything_has_one_title_too() -> None:
    assert Drawn("# 題\n\n# 一", {}, None).headings == ["h1 題", "h2 一"]
    assert Drawn("文\n\n# 一\n\n# 二", {}, None).headings == ["h1 一", "h1 二"]
    assert Drawn("文", {}, None).headings == []


def test_the_day_is_a_title_in_the_language_of_the_site() -> None:
    assert Drawn("文", {}, locale="en").headings == ["h1 Issue of 2026-02-05"]


def test_without_a_day_the_file_s_name_is_the_title_and_never_a_path() -> None:
    assert Drawn("文", {}, "issues/special/第一号.md").headings == ["h1 第一号"]


@pytest.mark.parametrize(
    ("meta", "text", "told"),
    [
        ({"title": "題"}, "# 別の題\n\n文", [("titles-differ", "別の題", "題", 1)]),
        ({"title": "題"}, "![](a.png)\n\n# 別の題\n\n文", [("titles-differ", "別の題", "題", 3)]),
        ({"title": "題"}, "# はじめに\n\n文", []),
        ({"title": "題"}, "# 一\n\n# 二", []),
        ({"title": "題"}, "文\n\n# 一", []),
        ({"title": "題"}, "文", []),
        ({}, "文", [("issue-without-title", "", "", 1)]),
    ],
)
def test_what_is_told_of_titles(meta: dict[str, Any], text: str, told: list[tuple[str, str, str, int]]) -> None:
    assert Drawn(text, meta).told == told

"""The home and the pages of issues in our design, as MkDocs writes them; and what stays where it is off."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from bs4 import Tag
from neco_weekly.site.issue_front import with_list_beside

from tests.histories import USER_NAMESPACES
from tests.sites import Built, attribute, issue_page, issue_path, kep, links, new_folder, squeezed

OLD, MIDDLE, NEW = "2022-08-26", "2022-09-02", "2026-07-03"
LEAD = "ポッドの権限と、その先の話。"
PROSE = "この号では、ひと夏のあいだに動いたものを、いちど全部並べてから、残ったものだけを読みます。" * 2
OWN = f"""---
description: {LEAD}
authors: [佐藤, {{name: 鈴木}}]
tags: [Kubernetes, C#]
also: [https://zenn.example/a, "javascript:alert(1)", https://blog.example/b]
---
# Neco Weekly ({OLD}号)

{PROSE}

## ✨ News

### [#127](https://github.com/kubernetes/enhancements/issues/127) 名前空間 `<b>`

文 KEP-127

### Argo CD v2

### KEP-5 の終わり

## あとがき
"""


def plugins(*, design: bool, **more: Any) -> list[Any]:
    return ["search", {"neco-weekly": {"issues": "issues", "design": design, **more}}]


def build(root: Path, *, design: bool, also: str = "") -> Built:
    others = [also] if also else []
    folder = new_folder(
        root, plugins=[*plugins(design=design), *others], edit_uri_template="https://edit.example/{path}"
    )
    folder.lock(USER_NAMESPACES, kep(5))
    folder.write(issue_path(OLD), OWN)
    folder.issue(MIDDLE, "KEP-5\n\n## 題名のある号の話\n\n文", title="cgroup v2 を読む")
    folder.issue(NEW, f"{PROSE}\n\n## 一つ目\n\nKEP-127\n\n## 二つ目\n\n## 三つ目")
    return folder.build()


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return build(tmp_path_factory.mktemp("design"), design=True)


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return build(tmp_path_factory.mktemp("plain"), design=False)


def article(built: Built, date: str) -> Tag:
    found = built.issue(date).article
    assert found
    return found


def text_of(root: Tag, selector: str) -> list[str]:
    return [squeezed(it.get_text().replace("¶", "")) for it in root.select(selector)]


def test_the_head_of_an_issue(built: Built) -> None:
    found = article(built, OLD)
    top = [it for it in found.find_all(recursive=False) if it.name != "div"][
        :3
    ]  # what other scripts need stands before
    assert [it.name if it.name != "nav" else attribute(it, "class") for it in top] == ["header", "neco-issue-keps", "p"]
    assert text_of(found, ".neco-eyebrow > *") == [
        f"Neco Weekly ({OLD}号)",
        "第1回",
        "約 1 分",
        "sig-node",
        "佐藤、鈴木",
        "v1.25 のころ（2023-10-28 までサポート）",
    ]
    assert text_of(found, "h1") == ["名前空間 <b>、Argo CD v2、KEP-5 の終わり"]
    assert text_of(found, ".neco-head__lead") == [LEAD]
    assert attribute(found.h1, "id") == "neco-weekly-2022-08-26号"


def test_a_title_that_says_something_is_the_heading(built: Built) -> None:
    found = article(built, MIDDLE)
    assert text_of(found, "h1") == ["cgroup v2 を読む"]
    assert text_of(found, ".neco-eyebrow b") == []
    assert text_of(found, ".neco-eyebrow time") == [MIDDLE]


def test_every_heading_has_a_link_to_itself(built: Built, plain: Built) -> None:
    headings = article(built, OLD).select("h1, h2, h3")
    assert [attribute(it.select_one("a.headerlink"), "href") for it in headings] == [f"#{it['id']}" for it in headings]
    assert len(headings) == 6
    assert not article(plain, OLD).select("a.headerlink")


def test_one_sentence_and_a_folded_list(built: Built) -> None:
    keps = article(built, OLD).select_one(".neco-issue-keps")
    assert keps
    assert [it.name for it in keps.find_all(recursive=False)] == ["p", "details"]
    assert [attribute(it, "data-kep") for it in keps.select("details li")] == ["127", "5"]
    assert not keps.select("details[open], .neco-kep")


def test_the_end_of_an_issue(built: Built) -> None:
    page, found = issue_page(OLD), article(built, OLD)
    moved = ["#5 Title of 5", *["#127 Support User Namespaces"] * 2]
    assert sorted(text_of(found, ".neco-end .neco-moves li > a"), reverse=True) == moved
    assert len(found.select(".neco-end .neco-related li")) == 2
    assert [attribute(it, "rel") for it in found.select(".neco-neighbours a")] == ["next"]
    assert text_of(article(built, MIDDLE), ".neco-neighbours a")[0].startswith("前の号 2022-08-26 名前空間 <b>、Argo")
    assert links(found, ".neco-end__also a") == ["https://zenn.example/a", "https://blog.example/b"]
    assert links(found, ".neco-end__edit a") == [f"https://edit.example/issues/2022/08/{OLD}.md"]
    within = links(found, ".neco-moves a, .neco-related a, .neco-neighbours a, .neco-end__tags a, .neco-feeds a")
    assert [it for it in within if built.target(page, it) is None] == []


def test_tags_have_pages_and_feeds(built: Built) -> None:
    assert text_of(article(built, OLD), ".neco-end__tags a") == ["Kubernetes", "C#"]
    assert {"tags/kubernetes/index.html", "tags/c-sharp/index.html", "tags/index.html"} <= built.paths()
    page = built.page("tags/kubernetes/index.html")
    assert links(page, ".neco-earlier a") == [f"../../issues/2022/08/{OLD}/"]
    feed = built.text("tags/kubernetes/feed.xml")
    assert feed.count("<entry>") == 1
    assert f"Neco Weekly ({OLD}号)" in feed
    assert "tags/kubernetes/feed.xml" in built.text("feeds.opml")


def test_where_another_plugin_has_tags_there_are_none_of_ours(tmp_path: Path) -> None:
    assert not build(tmp_path, design=True, also="material/tags").paths("tags/*/*")


def test_data_feeds_and_search_keep_the_author_s_title(built: Built) -> None:
    title = f"Neco Weekly ({OLD}号)"
    (issue,) = [it for it in built.json("api/issues.json")["issues"] if it["date"] == OLD]
    assert (issue["title"], issue["news"]) == (title, ["名前空間 <b>", "Argo CD v2", "KEP-5 の終わり"])
    assert f"<title>{title}</title>" in built.text("feed.xml")
    assert [it for it in ("約 1 分", "この号のあと、", "次の号") if it in built.text("feed.xml")] == []
    searched = built.text("search/search_index.json")
    assert title in searched
    assert "この号のあと、" not in searched


def test_the_home(built: Built) -> None:
    home = built.page("index.html")
    front = home.select_one(".neco-front")
    assert front
    assert text_of(front, "h2") == ["一つ目、二つ目、三つ目"]
    assert text_of(front, ".neco-front__news a") == ["一つ目", "二つ目", "三つ目"]
    assert len(text_of(front, ".neco-front__lead")[0]) >= 80
    assert text_of(home, ".neco-earlier a") == ["cgroup v2 を読む", "名前空間 <b>、Argo CD v2、KEP-5 の終わり"]
    assert text_of(home, ".neco-earlier time") == [MIDDLE, OLD]
    assert text_of(home, ".neco-moves li > a") == ["#5 Title of 5", "#127 Support User Namespaces"]
    assert text_of(home, ".neco-ways dt") == ["リリース", "SIG", "タグ", "年"]
    assert [it for it in links(home, ".neco-home a") if built.target("index.html", it) is None] == []


def test_without_our_design_all_stays(plain: Built) -> None:
    found = article(plain, OLD)
    assert text_of(found, "h1") == [f"Neco Weekly ({OLD}号)"]
    assert not found.select(".neco-head, .neco-end")
    assert text_of(plain.page("index.html"), ".neco-home, .neco-front") == []
    assert plain.page("index.html").select(".neco-latest")
    assert not plain.paths("tags/*/*")
    assert found.select(".neco-issue-keps details li[data-kep]")


SIDEBAR = (
    '<div class="md-sidebar md-sidebar--secondary"{}><div>'
    '<nav class="md-nav md-nav--secondary"><ul><li><nav class="md-nav"></nav></li></ul></nav></div></div>'
)
NAV = (
    '<nav class="neco-issue-keps"><p>文</p><details><summary>3</summary>'
    '<ul><li data-kep="5" data-more="x">a</li></ul></details></nav>'
)


@pytest.mark.parametrize(
    ("html", "beside"),
    [
        (SIDEBAR.format("") + NAV, '<div class="neco-beside md-typeset"><p>3</p><ul><li>a</li></ul></div>'),
        (SIDEBAR.format(" hidden") + NAV, ""),
        (SIDEBAR.format(""), ""),
        (NAV, ""),
    ],
)
def test_the_list_stands_beside_the_text_where_there_is_a_column(html: str, beside: str) -> None:
    drawn = with_list_beside(html)
    assert beside in drawn
    assert ("neco-issue-keps--beside" in drawn) == bool(beside)
    assert drawn.count("data-kep") == html.count("data-kep")
    assert beside or drawn == html

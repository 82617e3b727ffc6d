"""A built site cut at its headings: the words of people, each under the heading where readers see it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.site.search.sections import PageSection, Place, sections_of, written

PAGE = """\
<!doctype html>
<title>Not in the article</title>
<body>
<nav>これは本文ではない</nav>
<article>
<p>題の前</p>
<h1 id="title">今週の<em>ノート</em><a class="headerlink" href="#title">¶</a></h1>
<nav>この号の KEP</nav><div class="neco-latest">最新号</div><ul class="neco-issues"><li>最近の号</li></ul>
<p>はじめに<b>太字</b>が
続き、<!-- 注 -->終わる。</p>
<h2 id="ポッド">#127<a class="neco-kep"><span class="neco-hidden">段階: </span><b class="neco-kep__stage">stable</b></a>
ポッド</h2>
<table><tr><td>左</td><td>右<sup>1</sup></td></tr></table>
<div data-search-exclude>隠す</div><i aria-hidden="true">K</i>
<p>KEP-5<b class="neco-kep__stage"> 廃止</b>の後</p>
<h1 id="second">二つ目の題</h1>
<script>var x</script><style>p {}</style>
</article>記事の外
<p>もっと外</p>
"""


@pytest.fixture
def site(tmp_path: Path) -> Path:
    for path in ("index.html", "issues/index.html", "issues/a/index.html", "keps/index.html", "keps/5/index.html"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(PAGE, encoding="utf-8")
    (tmp_path / "plain.html").write_text(PAGE, encoding="utf-8")
    (tmp_path / "404.html").write_text(PAGE, encoding="utf-8")
    return tmp_path


def test_a_page_is_cut_at_its_headings_and_keeps_only_what_was_written(site: Path) -> None:
    assert [section for section in sections_of(site) if section.place.page == "issues/a/"] == [
        PageSection(place=Place(page="issues/a/"), heading="今週のノート", text="題の前 はじめに太字が 続き、終わる。"),
        PageSection(place=Place(page="issues/a/", anchor="ポッド"), heading="#127 ポッド", text="左 右 KEP-5の後"),
        PageSection(place=Place(page="issues/a/", anchor="second"), heading="二つ目の題", text=""),
    ]


def test_pages_have_the_addresses_of_the_search_index(site: Path) -> None:
    pages = dict.fromkeys(section.place.page for section in sections_of(site))
    assert list(pages) == ["", "issues/a/", "issues/", "keps/5/", "keps/", "plain.html"]


def test_of_generated_pages_only_titles_are_written(site: Path) -> None:
    found = list(written(sections_of(site)))
    assert {section.place.page for section in found} == {"", "issues/a/", "keps/5/", "plain.html"}
    (title,) = [section for section in found if section.place.page == "keps/5/"]
    assert title == PageSection(place=Place(page="keps/5/"), heading="今週のノート", text="")


@pytest.mark.parametrize("address", ["", "a/", "a/#b", "guide/#号の-ファイル"])
def test_a_place_is_written_as_its_address(address: str) -> None:
    assert str(Place.at(address)) == address


def test_a_place_has_a_page_and_an_anchor() -> None:
    assert Place.at("a/#b") == Place(page="a/", anchor="b")

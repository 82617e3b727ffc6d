"""What search looks through: the words that people wrote, under the headings where they stand."""

from __future__ import annotations

import gzip
import html
import json
from pathlib import Path
from typing import Any

import pytest
from neco_weekly.model.cards import Card
from neco_weekly.model.keps import Stage
from neco_weekly.site.search import without_marks

from tests.searched import FOLDER, search_index, worker_of
from tests.sites import CONFIG, EVERY_FORM, MATERIAL, Built, Folder, copied, issue_page, kep, new_folder

DATE = "2026-01-09"
PAGE = f"issues/2026/01/{DATE}/"
BODY = """\
今日は [#127](https://github.com/kubernetes/enhancements/issues/127) と KEP-2254 の話です。

## ネットワークの KEP-127

- 箇条書き **強調** `code_block()`
- `a < b & c`

| 見出し | セル |
| --- | --- |
| KEP-2254 | 表の中 |

### 細かい話

```yaml
replicas: 6
```

https://example.org/a

<div>生の HTML</div>

## 空の節
"""


ABOUT = """\
---
tags: [猫, ねこ]
search:
  boost: 2
---
# このサイト

私たちのこと、KEP-127

https://example.org/a

## 連絡先 KEP-2254

猫へ
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Built:
    ours = {"neco-weekly": {"issues": "issues", "pages": True}}
    folder = new_folder(tmp_path_factory.mktemp("search"), theme=MATERIAL, plugins=["search", ours])
    gates = ("UserNamespacesSupport",)
    folder.lock(
        kep(127, "Support <b>User</b> Namespaces", gates=gates),
        kep(2254, stage=Stage.ALPHA, milestone="v1.25"),
        cards=[Card(url="https://example.org/a", title="取得した題", description="取得した説明", site="例")],
    )
    folder.write("docs/_metadata/synonyms.yml", "- [名前空間, namespace]\n")
    folder.issue(DATE, BODY)
    folder.write("docs/issues/2026/01/2026-01-16.md", "---\nsearch:\n  exclude: true\n---\n# 秘密の号\n\nKEP-127\n")
    folder.write("docs/issues/2026/01/2026-01-23.md", "---\ndraft: true\n---\n# 下書きの号\n\nKEP-127\n")
    folder.write("docs/draft.md", "---\ndraft: true\n---\n# 下書きのページ\n")
    folder.write("docs/about.md", ABOUT)
    return folder.build()


CARD = "取得した題\nexample.org\n例\n取得した説明"


def test_an_issue_is_found_by_its_own_words_under_each_heading(site: Built) -> None:
    assert search_index(site).page(PAGE) == {
        "u": PAGE,
        "t": f"Neco Weekly ({DATE}号)",
        "d": DATE,
        "n": 1,
        "k": "issue",
        "s": [
            {"a": "", "x": "今日は #127 と KEP-2254 の話です。", "q": [127, 2254]},
            {
                "a": "ネットワークの-kep-127",
                "h": "ネットワークの KEP-127",
                "l": 2,
                "x": "箇条書き 強調 code_block() a < b & c 見出し セル KEP-2254 表の中",
                "q": [127, 2254],
            },
            {"a": "細かい話", "h": "細かい話", "l": 3, "x": "replicas: 6 生の HTML", "c": [CARD]},
            {"a": "空の節", "h": "空の節", "l": 2},
        ],
    }


def test_a_page_that_is_not_ours_is_found_in_the_same_way(site: Built) -> None:
    assert search_index(site).page("about/") == {
        "u": "about/",
        "t": "このサイト",
        "k": "page",
        "b": 2,
        "s": [
            {"a": "", "x": "私たちのこと、KEP-127 猫 ねこ", "c": [CARD], "q": [127]},
            {"a": "連絡先-kep-2254", "h": "連絡先 KEP-2254", "l": 2, "x": "猫へ", "q": [2254]},
        ],
    }


def test_a_kep_page_is_found_by_what_is_known_of_the_kep(site: Built) -> None:
    known = {
        "title": "Support <b>User</b> Namespaces",
        "sig": "sig-node",
        "stage": "stable",
        "milestone": "v1.36",
        "gates": ["UserNamespacesSupport"],
    }
    index = search_index(site)
    assert index.page("keps/127/") == {
        "u": "keps/127/",
        "t": "KEP-127: Support <b>User</b> Namespaces",
        "k": "kep",
        "e": {"n": 127, **known},
        "s": [{"a": "", "x": "stable v1.36 implemented sig-node UserNamespacesSupport", "q": [127]}],
    }
    assert [shard["keps"]["127"] for shard in index.shards.values()] == [known] * 3
    assert index.page("sigs/sig-node/") == {
        "u": "sigs/sig-node/",
        "t": "sig-node",
        "k": "sig",
        "s": [{"a": "", "x": "sig-node"}],
    }


def test_the_list_says_what_there_is(site: Built) -> None:
    listed = search_index(site).listed
    assert listed["version"] == 1
    assert [(it["name"], it["sections"]) for it in listed["shards"]] == [("2026", 4), ("keps", 5), ("pages", 6)]
    assert listed["synonyms"] == [["名前空間", "namespace"]]
    assert listed["facets"] == {
        "year": ["2026"],
        "sig": ["sig-node"],
        "stage": ["alpha", "stable"],
        "release": ["1.36", "1.25"],
        "planned": [],
        "topic": [],
        "site": ["example.org"],
    }
    assert site.json(f"{FOLDER}/index.json") == listed


def test_every_place_in_the_index_is_there(site: Built) -> None:
    found = search_index(site).sections()
    assert len(found) == 15
    assert [place for place in found if place and not site.leads_somewhere("index.html", place)] == []


def test_nothing_that_we_add_to_a_text_is_found(tmp_path: Path) -> None:
    folder = copied(EVERY_FORM, tmp_path / "site")
    issue = next(folder.docs.glob("issues/**/*.md"))
    folder.write("docs/copy.md", issue.read_text(encoding="utf-8"))
    index = search_index(folder.build())
    for url in ("issues/", "copy/"):
        texts = index.texts(url)
        assert len(texts) > 6
        for ours in (
            "現在の段階",
            "stable v1.36",
            "beta v1.25",
            "廃止",
            "段階未定",
            "情報なし",
            "この号で取り上げた",
            "sig-node",
            "リンク切れ",
            "保存されたコピー",
            "2026-07-19",
            "↩",
        ):
            assert [text for text in texts if ours in text] == []


def test_a_page_read_from_its_html_says_what_its_tree_says(tmp_path: Path) -> None:
    folder = copied(EVERY_FORM, tmp_path / "site")
    issue = next(folder.docs.glob("issues/**/*.md"))
    path = issue.relative_to(folder.docs).with_suffix("").as_posix()
    settings = folder.root / "mkdocs.yml"
    settings.write_text(
        f"{settings.read_text(encoding='utf-8')}      grammar_for: all\n      pages: true\n", encoding="utf-8"
    )
    folder.write(f"docs/pages/{path.removeprefix('issues/')}.md", issue.read_text(encoding="utf-8"))
    index = search_index(folder.build())
    tree, read = (index.page(f"{prefix}/{path.removeprefix('issues/')}/")["s"] for prefix in ("issues", "pages"))
    assert len(tree) == 4
    assert read == tree


def test_an_issue_may_keep_itself_out_of_search(site: Built) -> None:
    assert "秘密の号" in site.text(issue_page("2026-01-16"))
    assert [text for text in search_index(site).texts() if "秘密の号" in text] == []


def test_drafts_are_not_found(site: Built) -> None:
    assert "下書きのページ" in site.text("draft/index.html")
    assert [text for text in search_index(site).texts() if "下書き" in text] == []


def test_lists_of_what_stands_elsewhere_are_not_in_the_index(site: Built) -> None:
    assert {page["u"] for page in search_index(site).pages}.isdisjoint({"issues/", "keps/", "sigs/", "links/"})


# --- what is loaded -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "page", ["index.html", issue_page(DATE), "keps/127/index.html", "about/index.html", "404.html"]
)
def test_every_page_leads_to_the_worker_and_tells_it_what_belongs_to_it(site: Built, page: str) -> None:
    worker = worker_of(site, page)
    path = worker["path"].lstrip("/") if page == "404.html" else site.target(page, worker["path"])
    assert path in site.paths(f"{FOLDER}/worker.*.js")
    assert f"{FOLDER}/engine.{worker['engine']}.js" in site.paths()
    assert f"{FOLDER}/index.json" in site.paths()
    assert worker.keys() == {"path", "engine"}
    assert "assets/javascripts/workers" not in site.text(page)


def test_a_page_view_loads_a_stub_and_a_worker_and_no_index(site: Built) -> None:
    loaded = ["search/search_index.json", worker_of(site)["path"]]
    assert sum(len(gzip.compress((site.site / path).read_bytes())) for path in loaded) < 1000
    assert site.json("search/search_index.json")["docs"] == []


def test_nothing_of_the_themes_index_is_left(site: Built) -> None:
    paths = site.paths("search/**/*")
    others = {path for path in paths if not path.startswith(f"{FOLDER}/")}
    assert others == {"search/search_index.json"}
    assert len(paths) == 1 + len(["worker", "engine", "index", "2026", "keps", "pages"])


def test_the_same_site_has_the_same_bytes(tmp_path: Path) -> None:
    def files(name: str) -> dict[str, bytes]:
        built = copied(EVERY_FORM, tmp_path / name).build()
        return {path: content for path, content in built.contents().items() if path.startswith("search/")}

    first = files("one")
    assert len(first) > 5
    assert files("two") == first


def test_words_of_one_build_are_not_in_the_next(tmp_path: Path) -> None:
    folder = new_folder(tmp_path, theme=MATERIAL)
    before: set[str] = set()
    for words in ("前の話", "後の話"):
        folder.issue(DATE, words)
        index = search_index(built := folder.build())
        assert index.page(PAGE)["s"] == [{"a": "", "x": words}]
        shards = built.paths(f"{FOLDER}/2026.*")
        assert len(shards) == 1
        assert not shards & before
        before = shards


# --- other sites --------------------------------------------------------------------------------------------------


def test_a_site_without_issues_is_one_of_pages(tmp_path: Path) -> None:
    folder = new_folder(tmp_path, theme=MATERIAL, nav=[{"はじめ": "index.md"}])
    folder.write("docs/index.md", "文\n\n## 節\n")
    folder.write("docs/b.md", "# 二\n")  # in no navigation
    index = search_index(folder.build(strict=True))
    assert list(index.shards) == ["1"]
    assert [(page["u"], page["t"], page["k"]) for page in index.pages] == [("", "はじめ", "page"), ("b/", "二", "page")]
    assert list(index.sections()) == ["", "#節", "b/"]


def test_issues_without_a_day_are_found_in_the_sites_order(tmp_path: Path) -> None:
    folder = new_folder(tmp_path, theme=MATERIAL)
    folder.lock(kep(127))
    for name in ("b", "a"):
        folder.write(f"docs/issues/{name}.md", f"# {name}\n\nKEP-127\n")
    index = search_index(folder.build())
    assert list(index.shards) == ["1"]
    assert [page["u"] for page in index.pages if page["k"] == "issue"] == ["issues/a/", "issues/b/"]
    assert index.listed["facets"]["year"] == []


def test_a_page_may_have_a_day_that_is_no_issue(tmp_path: Path) -> None:
    folder = new_folder(tmp_path, theme=MATERIAL)
    folder.write("docs/blog/a.md", "---\ndate: 2024-05-10\n---\n# 記事\n")
    folder.write("docs/blog/2023-01-02-b.md", "# 記事\n")
    index = search_index(folder.build())
    assert [(page["u"], page["d"]) for page in index.pages if "d" in page] == [
        ("blog/a/", "2024-05-10"),
        ("blog/2023-01-02-b/", "2023-01-02"),
    ]


def test_addresses_without_directories(tmp_path: Path) -> None:
    folder = new_folder(tmp_path, theme=MATERIAL, use_directory_urls=False)
    folder.lock(kep(127))
    folder.issue(DATE, "KEP-127")
    built = folder.build()
    found = search_index(built).sections()
    assert {f"issues/2026/01/{DATE}.html", "keps/127.html"} <= found.keys()
    assert [place for place in found if place and not built.leads_somewhere("index.html", place)] == []


@pytest.mark.parametrize(
    ("written", "boost"),
    [("2", 2), ("0.5", 0.5), ("0", None), ("-1", None), (".inf", None), (".nan", None), ("true", None), ("x", None)],
)
def test_a_boost_is_a_number_to_multiply_by(tmp_path: Path, written: str, boost: float | None) -> None:
    folder = new_folder(tmp_path, theme=MATERIAL)
    folder.write("docs/a.md", f"---\nsearch:\n  boost: {written}\n---\n# 題\n")
    assert search_index(folder.build()).page("a/").get("b") == boost


@pytest.mark.parametrize("search", ["false", "[]", "exclude", "{exclude: false}"])
def test_what_means_nothing_keeps_no_page_out(tmp_path: Path, search: str) -> None:
    folder = new_folder(tmp_path, theme=MATERIAL)
    folder.write("docs/a.md", f"---\nsearch: {search}\n---\n# 題\n")
    assert search_index(folder.build()).page("a/")["t"] == "題"


HOSTILE = ["</script><script>alert(1)</script>", '"}],"x":[', "\u202e題\u2028", "\\ud83d", "{{ page }} &lt;b&gt; &amp;"]


@pytest.mark.parametrize("title", HOSTILE)
def test_a_hostile_title_is_text(tmp_path: Path, title: str) -> None:
    folder = new_folder(tmp_path, theme=MATERIAL)
    folder.issue(DATE, f"文\n\n## {html.escape(title)}\n", title=html.escape(title))
    index = search_index(built := folder.build())
    page = index.page(PAGE)
    assert page["t"] == " ".join(title.split())
    assert page["s"][1]["h"] == page["t"]
    assert len(built.page(issue_page(DATE)).select("script")) == len(built.page("index.html").select("script"))


def test_a_site_with_templates_of_its_own_has_our_search_too(tmp_path: Path) -> None:
    folder = new_folder(tmp_path, theme={**MATERIAL, "custom_dir": "own"})
    folder.write("own/main.html", '{% extends "base.html" %}{% block content %}<i>own</i>{{ super() }}{% endblock %}')
    folder.issue(DATE, "話")
    built = folder.build()
    assert "<i>own</i>" in built.text(issue_page(DATE))
    assert search_index(built).page(PAGE)["s"][0]["x"] == "話"


def test_what_another_plugin_draws_is_found(tmp_path: Path) -> None:
    folder = new_folder(tmp_path, theme=MATERIAL, hooks=["hook.py"])
    folder.write(
        "hook.py", "def on_page_content(html, **_):\n    return html + '<h2 id=\"x\">足した節</h2><p>足した文</p>'\n"
    )
    folder.write("docs/a.md", "# 題\n")
    assert search_index(folder.build()).sections("a/")["a/#x"] == {
        "a": "x",
        "h": "足した節",
        "l": 2,
        "x": "足した文",
    }


# --- where the search is not ours ---------------------------------------------------------------------------------

OFFLINE: list[dict[str, Any]] = [{"search": {}}, {"offline": {}}, {"neco-weekly": {}}]
DISABLED: list[dict[str, Any]] = [{"search": {"enabled": False}}, {"neco-weekly": {}}]


def entries(site: Built) -> dict[str, tuple[str, str]]:
    """Title and text by location in the index of MkDocs."""
    found: list[dict[str, Any]] = site.json("search/search_index.json")["docs"]
    by_location = {entry["location"]: (entry["title"], entry["text"]) for entry in found}
    assert len(by_location) == len(found), "a place is in the index twice"
    return by_location


@pytest.mark.parametrize(
    "settings",
    [
        pytest.param({}, id="another theme"),
        pytest.param({"theme": MATERIAL, "plugins": OFFLINE, "use_directory_urls": True}, id="a site for a disk"),
    ],
)
def test_the_index_of_mkdocs_has_everything_once(tmp_path: Path, settings: dict[str, Any]) -> None:
    folder = new_folder(tmp_path, **settings)
    folder.lock(kep(127), cards=[Card(url="https://example.org/a", title="題 & 名")])
    folder.issue(DATE, "KEP-127 の話\n\nhttps://example.org/a\n\n## a < b")
    folder.write("docs/about.md", "# このサイト\n\n私たち\n")
    built = folder.build()
    found = {place.replace(".html", "/"): words for place, words in entries(built).items()}
    assert found[PAGE] == (f"Neco Weekly ({DATE}号)", "KEP-127 の話 題 &amp; 名 example.org")
    assert found[f"{PAGE}#a--b"] == ("a &lt; b", "")
    assert "keps/127/" in found
    assert "私たち" in found["about/"][1]
    assert not built.paths(f"{FOLDER}/*")
    assert FOLDER not in built.text("index.html")
    assert "\\u" not in built.text("search/search_index.json")


def test_the_index_of_mkdocs_has_no_page_that_is_kept_out(tmp_path: Path) -> None:
    folder = new_folder(tmp_path)
    folder.write("docs/draft.md", "---\ndraft: true\n---\n# 下書き\n\nKEP-127\n")
    folder.write("docs/excluded.md", "---\nsearch: {exclude: true}\n---\n# 秘密\n")
    assert not [place for place in entries(folder.build()) if place.startswith(("draft", "excluded"))]


@pytest.mark.parametrize(
    ("written", "boost"), [("2", 2), ("0", None), ("-1", None), (".inf", None), (".nan", None), ("true", None)]
)
def test_a_boost_of_a_page_of_ours_for_mkdocs(tmp_path: Path, written: str, boost: float | None) -> None:
    folder = new_folder(tmp_path)
    folder.write(f"docs/issues/{DATE}.md", f"---\ntags: [猫]\nsearch:\n  boost: {written}\n---\n# 題\n")
    index = json.loads(folder.build().text("search/search_index.json"), parse_constant=pytest.fail)
    (entry,) = [it for it in index["docs"] if it["location"].startswith(f"issues/{DATE}")]
    assert (entry.get("boost"), entry["tags"]) == (boost, ["猫"])


def test_words_of_one_build_are_not_in_the_next_of_another_theme(tmp_path: Path) -> None:
    folder = new_folder(tmp_path)
    for words in ("前の話", "後の話"):
        folder.issue(DATE, words)
        assert entries(folder.build())[PAGE][1] == words


NO_SEARCH = [plugin for plugin in CONFIG["plugins"] if plugin != "search"]


@pytest.mark.parametrize(
    "settings",
    [
        pytest.param({"theme": MATERIAL, "plugins": NO_SEARCH}, id="none"),
        pytest.param({"plugins": NO_SEARCH}, id="none, and another theme"),
        pytest.param({"theme": MATERIAL, "plugins": DISABLED}, id="disabled"),
    ],
)
def test_a_site_without_search(tmp_path: Path, settings: dict[str, Any]) -> None:
    folder = new_folder(tmp_path, **settings)
    folder.issue(DATE)
    assert not folder.build(strict=True).paths("search/**/*")


def test_the_title_of_an_issue_in_its_front_matter_is_found(tmp_path: Path) -> None:
    folder: Folder = new_folder(tmp_path, theme=MATERIAL)
    folder.write(f"docs/issues/{DATE}.md", "---\ntitle: 題は & ここ\n---\n\n本文だけ\n\n## 節\n\n続き\n")
    page = search_index(folder.build()).page(f"issues/{DATE}/")
    assert (page["t"], page["s"][0]["x"]) == ("題は & ここ", "本文だけ")
    assert page["s"][1] == {"a": "節", "h": "節", "l": 2, "x": "続き"}


@pytest.mark.parametrize("theme", [MATERIAL, CONFIG["theme"]], ids=["our own search", "that of MkDocs"])
def test_an_issue_is_found_by_its_lead_which_may_change_alone(tmp_path: Path, theme: dict[str, Any]) -> None:
    folder = new_folder(tmp_path, theme=theme)
    for lead in ("猫のための一行", "犬のための一行"):
        folder.write(f"docs/issues/2026/01/{DATE}.md", f"---\ndescription: {lead}\n---\n# 題\n\n本文です。\n\n## 節\n")
        built = folder.build()
        found = built.json("search/search_index.json")["docs"]
        texts = [it["text"] for it in found if it["location"] == PAGE]
        if theme is MATERIAL:
            texts = [it.get("x", "") for it in search_index(built).page(PAGE)["s"]]
        assert texts[0] == f"{lead} 本文です。"


@pytest.mark.parametrize(
    ("html", "without"),
    [
        ('<p data-search-exclude="1">話</p>', "<p>話</p>"),
        ('<p class="a" data-search-exclude="1" id="b">話</p>', '<p class="a" id="b">話</p>'),
        ('<p\ndata-search-boost="2" data-search-exclude="1">話</p>', "<p>話</p>"),
        ('<p data-search-exclude="1">a</p><p data-search-exclude="1">b</p>', "<p>a</p><p>b</p>"),
        ('<code>data-search-exclude="1"</code>', '<code>data-search-exclude="1"</code>'),
        ('<p>書くのは data-search-exclude="1" です</p>', '<p>書くのは data-search-exclude="1" です</p>'),
        ('data-search-exclude="1"', 'data-search-exclude="1"'),
        ('<annotation data-search-exclude="">n</annotation>', '<annotation data-search-exclude="">n</annotation>'),
        ("<p>話</p>", "<p>話</p>"),
    ],
)
def test_what_only_a_search_reads_is_in_no_page(html: str, without: str) -> None:
    assert without_marks(html) == without


def test_a_text_about_such_marks_reaches_its_readers(tmp_path: Path) -> None:
    folder = new_folder(tmp_path)
    folder.lock()
    folder.issue("2026-01-02", 'コードは `data-search-exclude="1"` です。')
    built = folder.build(theme=MATERIAL)
    page = built.text(issue_page("2026-01-02"))
    assert 'コードは <code>data-search-exclude="1"</code> です。' in page
    assert page.count("data-search-exclude") == 1

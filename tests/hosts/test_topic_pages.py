"""Topics in a real build: their pages, what stands around issues about them, feed, data, navigation, second builds."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.hosts.test_cli import neco
from tests.sites import ENGLISH, Built, Folder, attribute, issue_page, issue_path, kep, links, new_folder

FIRST, SECOND, THIRD = "2026-06-05", "2026-06-12", "2026-06-19"
ATOM = {"a": "http://www.w3.org/2005/Atom"}
TOPICS = """\
argo-cd:
  name: Argo CD
  aliases: [アルゴCD]
  repo: argoproj/argo-cd
  docs: https://argo-cd.example/docs/
  about: "`git` に書いたとおりにします。<b>強い</b>権限を持ちます。"
  see_also: [cel, nobody]
  sources:
    - { title: 手引き, url: "https://argo-cd.example/docs/guide/" }
cel: { name: CEL, kind: standard }
nobody: { name: だれも書かない話 }
taken: { name: 先に書いた話 }
"""
WATCHED = {
    "schema": 1,
    "watched": {
        "argoproj/argo-cd": {
            "releases": {"v2.5.*": "2026-06-01 06-03", "v2.6.*": "2026-06-20", "v2.7.0-rc1": "2026-07-01"}
        },
        "cilium/cilium": {"releases": {"v1.14.*": "2026-05-01"}},
        "owner/tool": {"releases": {"v1.0.*": "2026-05-01", "v9.0.*": "2026-07-23", "v9.1.*": "2027-01-01"}},
    },
}
ISSUES = {
    FIRST: "CVE-2025-1974 のこと。\n\n## Argo CD v2.5.0\n\nKEP-127 と Argo CD。\n\n"
    "[パッチ](https://github.com/argoproj/argo-cd/releases/tag/v2.5.1)も。\n\n## 道具\n\n"
    "[これ](https://github.com/owner/tool)と先に書いた話。Argo CD にも。",
    SECOND: "## アルゴCDの続き\n\n[道具](https://github.com/owner/tool/releases/tag/v1.0.0)とアルゴCD、CEL。\n\n"
    "[網](https://github.com/cilium/cilium/releases/tag/v1.14.0)",
    THIRD: "## CEL\n\nKEP-5 に CEL。",
}


def write(folder: Folder) -> Folder:
    folder.lock(kep(127), kep(5))
    folder.write("docs/_metadata/topics.yml", TOPICS)
    folder.write("docs/_metadata/topics.json", json.dumps(WATCHED))
    folder.write("docs/topics/taken.md", "# わたしたちの話\n")
    for date, body in ISSUES.items():
        folder.issue(date, body)
    return folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    return write(new_folder(tmp_path_factory.mktemp("topics")))


@pytest.fixture(scope="module")
def built(folder: Folder) -> Built:
    return folder.build()


def text(built: Built, path: str, selector: str) -> list[str]:
    return [" ".join(it.get_text(" ").split()) for it in built.page(path).select(selector)]


# --- pages ------------------------------------------------------------------------------------------------------------


def test_a_topic_that_an_issue_names_has_a_page_and_no_other(built: Built) -> None:
    pages = built.paths("topics/**/index.html")
    names = ("argo-cd", "cel", "cve-2025-1974", "taken", "tool")
    assert pages == {"topics/index.html", *(f"topics/{it}/index.html" for it in names)}
    assert "わたしたちの話" in built.text("topics/taken/index.html")
    assert [it for it in built.infos if "topics/taken.md" in it]


def test_the_table_of_topics_goes_by_kind_and_name(built: Built) -> None:
    assert text(built, "topics/index.html", "tbody tr") == [
        f"プロジェクト Argo CD アルゴCD {SECOND} 2",
        f"プロジェクト tool {SECOND} 2",
        f"標準 CEL {THIRD} 2",
        f"技術 先に書いた話 {FIRST} 1",
        f"脆弱性 CVE-2025-1974 {FIRST} 1",
    ]
    row = built.page("topics/index.html").select("tbody tr")[0]
    assert [attribute(row, f"data-{it}") for it in ("kind", "years", "mentioned", "count")] == [
        "project",
        "2026",
        SECOND,
        "2",
    ]
    assert text(built, "topics/index.html", "select[name=kind] option") == [
        "すべて",
        "プロジェクト · 2",
        "標準 · 1",
        "技術 · 1",
        "脆弱性 · 1",
    ]


def test_the_page_of_a_topic(built: Built) -> None:
    page = "topics/argo-cd/index.html"
    assert text(built, page, ".neco-head > *, h2") == [
        "プロジェクト 別の呼び名 アルゴCD",
        "Argo CD",
        "git に書いたとおりにします。<b>強い</b>権限を持ちます。",
        "現在 v2.6.0 （2026-06-20 公開）",
        f"2 号で取り上げました（のべ 3 回） {SECOND} アルゴCDの続き {FIRST} Argo CD v2.5.0",
        "このトピックに触れた号",
        "紹介したリリース",
        "基本情報",
        "一緒に取り上げた話題",
    ]
    assert text(built, page, ".neco-facts tr") == [
        "リポジトリー argoproj/argo-cd",
        "ドキュメント https://argo-cd.example/docs/",
        "公式の情報 手引き",
        "あわせて読む CEL",
    ]
    assert text(built, page, ".neco-releases tbody tr") == [
        f"v2.5.1 2026-06-03 {FIRST}",
        f"v2.5.0 2026-06-01 {FIRST}",
    ]
    assert text(built, page, ".neco-mentions > li > ul > li") == [
        "アルゴCDの続き 道具とアルゴCD、CEL。",
        "Argo CD v2.5.0 KEP-127 と Argo CD。",
        "道具 これと先に書いた話。Argo CD にも。",
    ]
    assert text(built, page, ".neco-chips a")[:2] == ["tool", "CEL"]
    assert "#127 Title of 127" in text(built, page, ".neco-chips a")
    assert "#5 Title of 5" not in text(built, page, ".neco-chips a")


def test_a_topic_that_nobody_described_says_what_is_known(built: Built) -> None:
    assert text(built, "topics/cve-2025-1974/index.html", ".neco-facts tr") == ["公式の情報 CVE-2025-1974"]
    assert links(built.page("topics/cve-2025-1974/index.html"), ".neco-facts a") == [
        "https://www.cve.org/CVERecord?id=CVE-2025-1974"
    ]
    assert text(built, "topics/tool/index.html", ".neco-lead") == ["現在 v9.0.0 （2026-07-23 公開）"]


def test_every_link_of_these_pages_leads_somewhere(built: Built) -> None:
    pages = [*built.paths("topics/**/index.html"), *(issue_page(date) for date in ISSUES), "index.html"]
    dead = [
        (page, it)
        for page in pages
        for it in links(built.page(page), "article a")
        if not it.startswith("http") and not built.leads_somewhere(page, it)
    ]
    assert dead == []


def test_a_page_of_a_topic_stands_below_their_table(built: Built) -> None:
    page = built.page("topics/argo-cd/index.html")
    assert text(built, "topics/argo-cd/index.html", "#parent") == ["トピック一覧"]
    assert "topics/" in links(built.page("index.html"), "#tree a")
    assert built.target("topics/argo-cd/index.html", links(page, "#parent")[0]) == "topics/index.html"


# --- around issues ----------------------------------------------------------------------------------------------------


def test_an_issue_says_which_topics_it_is_about(built: Built) -> None:
    page = issue_page(FIRST)
    assert text(built, page, ".neco-issue-topics a") == ["Argo CD", "CVE-2025-1974", "tool", "先に書いた話"]
    assert [built.target(page, it) for it in links(built.page(page), ".neco-issue-topics a")] == [
        f"topics/{it}/index.html" for it in ("argo-cd", "cve-2025-1974", "tool", "taken")
    ]
    below = built.page(page).select_one(".neco-issue-keps + .neco-issue-topics")
    assert below is not None
    assert built.page(issue_page(SECOND)).select_one("h1 + .neco-issue-topics") is not None


def test_sections_that_report_a_release_say_which_is_current(built: Built) -> None:
    first, second = built.page(issue_page(FIRST)), built.page(issue_page(SECOND))
    (now,) = first.select(".neco-release")
    assert first.select_one("h2#argo-cd-v250 + .neco-releases-now .neco-release") is now
    assert [it.get_text() for it in now.select(".neco-hidden")] == ["Argo CD: "]
    assert now.get_text() == "Argo CD: 現在 v2.6.0"
    assert attribute(now, "data-more").split("\n") == [
        "この号で紹介: v2.5.0（2026-06-01 公開）",
        "現在: v2.6.0（2026-06-20 公開）",
        "あいだのリリース: 1 件",
        "出典: GitHub のリリース（2026-07-24 時点）",
    ]
    assert built.target(issue_page(FIRST), attribute(now, "href")) == "topics/argo-cd/index.html"
    others = second.select(".neco-releases-now .neco-release")
    assert [it.get_text() for it in others] == ["tool: 現在 v9.0.0", "cilium: 現在も v1.14.0"]
    assert attribute(others[1], "href") == "https://github.com/cilium/cilium/releases"
    assert second.select(".neco-release .neco-hidden") == []


def test_that_is_in_nothing_of_the_author_s(built: Built) -> None:
    page = built.page(issue_page(FIRST))
    assert [it.get_text() for it in page.select("#toc a")] == [f"Neco Weekly ({FIRST}号)", "Argo CD v2.5.0", "道具"]
    found = json.dumps([built.json("search/search_index.json"), built.text("feed.xml")], ensure_ascii=False)
    assert "v2.5.0" in found
    assert [it for it in ("v2.6.0", "関連する号", "共通の話題", "この号のトピック") if it in found] == []


def test_search_finds_a_topic_by_its_names_however_they_are_spelt(built: Built) -> None:
    docs = built.json("search/search_index.json")["docs"]
    (found,) = [f"{it['title']} {it['text']}" for it in docs if it["location"] == "topics/argo-cd/"]
    assert found == "Argo CD アルゴCD プロジェクト argoproj/argo-cd argocd"


def test_an_issue_ends_with_related_ones_and_why(built: Built) -> None:
    assert text(built, issue_page(FIRST), ".neco-related li") == [f"Neco Weekly ({SECOND}号) 共通の話題: Argo CD、tool"]
    assert text(built, issue_page(THIRD), ".neco-related li") == [f"Neco Weekly ({SECOND}号) 共通の話題: CEL"]


def test_the_home_names_the_topics_of_the_latest_issue(built: Built) -> None:
    assert text(built, "index.html", ".neco-latest__topics a") == ["CEL"]


def test_home_and_archive_say_how_many_topics_an_issue_has(built: Built) -> None:
    counts = ["第3回 · KEP 1 件 · トピック 1 件", "第2回 · トピック 3 件", "第1回 · KEP 1 件 · トピック 4 件"]
    assert text(built, "index.html", ".neco-issue__facts") == counts
    assert text(built, "issues/index.html", ".neco-issue__facts") == counts


def test_it_can_be_turned_off(tmp_path: Path) -> None:
    folder = write(new_folder(tmp_path, plugins=["search", {"neco-weekly": {"issues": "issues", "now": False}}]))
    page = folder.build().page(issue_page(FIRST))
    assert (len(page.select(".neco-releases-now")), len(page.select(".neco-issue-topics"))) == (0, 1)


# --- feed, data, caches -----------------------------------------------------------------------------------------------


def test_entries_of_the_feed_have_topics_and_keps_as_categories(built: Built) -> None:
    entries = ElementTree.fromstring(built.text("feed.xml")).findall("a:entry", ATOM)
    found = [[(it.get("term"), it.get("label")) for it in entry.findall("a:category", ATOM)] for entry in entries]
    assert found[0] == [("cel", "CEL"), ("kep-5", "KEP-5")]
    assert found[2] == [
        ("cve-2025-1974", "CVE-2025-1974"),
        ("argo-cd", "Argo CD"),
        ("tool", "tool"),
        ("taken", "先に書いた話"),
        ("kep-127", "KEP-127"),
    ]


def test_the_data_of_topics(built: Built) -> None:
    document = built.json("api/topics.json")
    assert document["generated"] == "2026-07-24"
    assert [it["slug"] for it in document["topics"]] == ["argo-cd", "tool", "cel", "taken", "cve-2025-1974"]
    argo = document["topics"][0]
    place = {"issue": FIRST, "heading": "Argo CD v2.5.0", "url": f"issues/2026/06/{FIRST}/#argo-cd-v250"}
    assert argo["mentions"][1] == place
    assert argo["releases"] == [
        {"version": "v2.5.1", "release": {"tag": "v2.5.1", "day": "2026-06-03"}, "mentions": [place]},
        {"version": "v2.5.0", "release": {"tag": "v2.5.0", "day": "2026-06-01"}, "mentions": [place]},
    ]
    assert {name: argo[name] for name in ("name", "kind", "aliases", "repo", "url", "current")} == {
        "name": "Argo CD",
        "kind": "project",
        "aliases": ["アルゴCD"],
        "repo": "argoproj/argo-cd",
        "url": "topics/argo-cd/",
        "current": {"tag": "v2.6.0", "day": "2026-06-20"},
    }
    issues = built.json("api/issues.json")["issues"]
    assert [it["topics"] for it in issues] == [
        ["cel"],
        ["argo-cd", "tool", "cel"],
        ["cve-2025-1974", "argo-cd", "tool", "taken"],
    ]


def test_a_second_build_is_the_same_and_a_new_release_is_seen_by_it(tmp_path: Path) -> None:
    folder = write(new_folder(tmp_path))
    page = issue_page(FIRST)
    first = folder.build().text(page)
    assert folder.build().text(page) == first
    newer = json.dumps(WATCHED).replace("2026-06-20", "2026-06-20 07-01")
    folder.write("docs/_metadata/topics.json", newer)
    assert "現在 v2.6.1" in folder.build().text(page)


def test_a_preview_shows_them_around_drafts_and_has_the_pages_of_what_only_these_name(tmp_path: Path) -> None:
    folder = write(new_folder(tmp_path))
    draft = "2026-06-26"
    body = "## Argo CD v2.5.1\n\nCVE-2026-1000 と CEL。\n\n[網](https://github.com/cilium/cilium/releases/tag/v1.14.0)"
    folder.write(issue_path(draft), f"---\ndraft: true\n---\n# 下書き\n\n{body}\n")
    built = folder.build(command="serve")
    assert text(built, issue_page(draft), ".neco-issue-topics a") == ["Argo CD", "CVE-2026-1000", "CEL", "cilium"]
    assert text(built, issue_page(draft), ".neco-release") == ["Argo CD: 現在 v2.6.0", "cilium: 現在も v1.14.0"]
    assert built.page(issue_page(draft)).select(".neco-related") == []
    assert "下書き" in built.text("topics/cel/index.html")
    assert "下書き" not in built.text("issues/index.html")
    assert "topics/cve-2026-1000/index.html" in built.paths()
    public = folder.build(to="public")
    assert "下書き" not in public.text("topics/cel/index.html") + public.text("api/topics.json")
    assert "topics/cve-2026-1000/index.html" not in public.paths()


def test_whatever_a_name_holds_is_shown_as_text(tmp_path: Path) -> None:
    folder = new_folder(tmp_path)
    hostile = '<img src=x onerror=alert(1)>&amp;"{{ 7*7 }}'
    folder.write(
        "docs/_metadata/topics.yml", f"bad:\n  name: '{hostile}'\n  repo: a/b\n  about: '`{hostile}` {hostile}'\n"
    )
    released = {"schema": 1, "watched": {"a/b": {"releases": {"v1.0.*": "2026-01-01"}}}}
    folder.write("docs/_metadata/topics.json", json.dumps(released))
    for date in (FIRST, SECOND):
        folder.issue(date, "## 節\n\n[x](https://github.com/a/b/releases/tag/v1.0.0)")
    built = folder.build()
    pages = ("topics/index.html", "topics/bad/index.html", "index.html", issue_page(FIRST))
    assert [built.page(it).select("img") for it in pages] == [[]] * len(pages)
    assert text(built, "topics/bad/index.html", "h1, .neco-what") == [hostile, f"{hostile} {hostile}"]
    assert text(built, issue_page(FIRST), ".neco-issue-topics a") == [hostile]
    assert text(built, issue_page(FIRST), ".neco-related .neco-issue__topics") == [f"共通の話題: {hostile}"]
    assert text(built, issue_page(FIRST), ".neco-release") == [f"{hostile}: 現在も v1.0.0"]


def test_check_and_builds_know_the_places_of_these_pages(tmp_path: Path) -> None:
    folder = write(new_folder(tmp_path, **ENGLISH))
    page = "../../../topics/argo-cd.md"
    folder.issue("2026-07-03", f"[a]({page}#releases) [b]({page}#nowhere) [c](../../../topics/nobody.md)")
    told = neco(folder, "check").out.splitlines()
    found = [it.partition(": ")[2] for it in told if "2026-07-03" in it and "topics/" in it]
    assert [it for it in found if "#releases" in it] == []
    assert [it for it in found if f"{page}#nowhere" in it]
    assert [it for it in found if "topics/nobody.md" in it]
    built = folder.build()
    addresses = links(built.page(issue_page("2026-07-03")), "article p a")
    assert built.leads_somewhere(issue_page("2026-07-03"), addresses[0])


def test_in_english(tmp_path: Path) -> None:
    built = write(new_folder(tmp_path, **ENGLISH)).build()
    assert text(built, issue_page(FIRST), ".neco-release") == ["Argo CD: now v2.6.0"]
    assert text(built, issue_page(THIRD), ".neco-related li") == [f"Neco Weekly ({SECOND}号) In common: CEL"]
    assert text(built, "topics/index.html", "h1") == ["Topics"]

"""The feeds of a real build: which there are, what a reader's library makes of them, and where pages tell of them."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import fromstring

import pytest
from bs4 import BeautifulSoup
from jsonschema import Draft202012Validator

from tests.feed_rules import broken_rules, read
from tests.histories import ALPHA, BETA, STABLE, enhancement, record, state
from tests.lock_fixture import HOSTILE
from tests.sites import ENGLISH, MATERIAL, Built, Folder, attribute, issue_page, issue_path, links, new_folder

DATES = ("2026-06-05", "2026-07-10")
HISTORY = enhancement(
    record("2025-06-10", state(ALPHA, alpha="v1.34"), pull=1),
    record("2026-01-10", state(BETA, alpha="v1.34", beta="v1.36"), pull=2),
    record("2026-06-10", state(STABLE, alpha="v1.34", beta="v1.36", stable="v1.37"), pull=3),
)
OTHER = enhancement(
    record("2026-06-12", state(ALPHA, title=HOSTILE, sig="sig-apps", alpha="v1.37"), pull=4), number=666
)
NOBODY_WROTE_OF = replace(HISTORY, number=999)
TOPICS = 'argo-cd: { name: "Argo <b>CD</b>", repo: argoproj/argo-cd, aliases: [アルゴ] }\n'
WATCHED = {"argoproj/argo-cd": {"releases": {"v2.5.*": "2026-06-01 06-03", "v2.6.*": "2026-06-20 2026-12-31"}}}
SITE = "https://neco.test/weekly/"
PATHS = {
    *("feed.xml", "changes.xml", "changes-plans.xml", "changes-shipped.xml", "topics/argo-cd/feed.xml"),
    *("keps/127/feed.xml", "keps/666/feed.xml", "sigs/sig-node/feed.xml", "sigs/sig-apps/feed.xml"),
}


def write(folder: Folder) -> Folder:
    folder.lock(HISTORY, OTHER, others=[NOBODY_WROTE_OF])
    folder.write("docs/_metadata/topics.yml", TOPICS)
    folder.write("docs/_metadata/topics.json", json.dumps({"schema": 1, "watched": WATCHED}))
    folder.write("docs/issues/2026/06/cat.png", b"x")
    folder.issue(DATES[0], "## 眠る猫\n\nKEP-127 の話。\n\n![猫](cat.png)\n\nhttps://a.jp/")
    folder.issue(DATES[1], "## アルゴ\n\nアルゴと KEP-127 と KEP-666。")
    folder.write("docs/issues/undated.md", "# 日付のない号\n\nKEP-127\n")
    return folder


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return write(new_folder(tmp_path_factory.mktemp("feeds"), site_url=SITE)).build()


def feeds(built: Built) -> dict[str, Any]:
    return {path: read(built.text(path)) for path in sorted(built.paths("**/*.xml") - {"sitemap.xml"})}


def identifiers(built: Built) -> dict[str, list[str]]:
    return {path: [it.id for it in found.entries] for path, found in feeds(built).items()}


def contents(built: Built, path: str) -> dict[str, str]:
    """The HTML of each entry, which feedparser would clean."""
    entries = fromstring(built.text(path)).iter("{http://www.w3.org/2005/Atom}entry")
    return {it.findtext("{*}id") or "": it.findtext("{*}content") or "" for it in entries}


def titles(built: Built, path: str) -> list[str]:
    return [it.title for it in read(built.text(path)).entries]


# --- what feeds there are -----------------------------------------------------------------------------------------


def test_a_reader_finds_nothing_wrong_with_any_feed(built: Built) -> None:
    assert feeds(built).keys() == PATHS
    assert {path: found for path in PATHS if (found := broken_rules(built.text(path)))} == {}
    assert [path for path, found in feeds(built).items() if not found.entries] == []
    addresses = {path: [it.href for it in found.feed.links if it.rel == "self"] for path, found in feeds(built).items()}
    assert addresses == {path: [SITE + path] for path in PATHS}


def test_every_address_is_whole_and_leads_to_a_page_of_the_site_or_elsewhere(built: Built) -> None:
    wrong = []
    for path, found in feeds(built).items():
        for entry in found.entries:
            addresses = [entry.link, *_addresses(entry.content[0].value)]
            wrong += [f"{path}: {it}" for it in addresses if not _leads(built, it)]
    assert wrong == []


def _addresses(html: str) -> list[str]:
    soup = BeautifulSoup(html, "lxml")
    return [*links(soup), *(attribute(it, "src") for it in soup.select("img"))]


def _leads(built: Built, address: str) -> bool:
    if not address.startswith(SITE):
        return address.startswith("https://")
    return built.leads_somewhere("index.html", address.removeprefix(SITE) or "./")


def test_issues_are_whole_with_plain_cards_and_pictures_from_anywhere(built: Built) -> None:
    newest, first = read(built.text("feed.xml")).entries
    assert (newest.link, newest.published) == (f"{SITE}issues/2026/07/2026-07-10/", "2026-07-10T00:00:00+09:00")
    html = contents(built, "feed.xml")[first.id]
    assert f'<p><img alt="猫" src="{SITE}issues/2026/06/cat.png"></p>' in html
    assert '<p><a href="https://a.jp/">' in html
    assert not {"neco-", "<script", "style=", "class="} & {
        it for it in ("neco-", "<script", "style=", "class=") if it in html
    }
    assert [it.term for it in newest.tags] == ["argo-cd", "kep-127", "kep-666"]


def test_the_json_feed_has_the_same_issues_and_is_of_its_schema(built: Built) -> None:
    document, entries = built.json("feed.json"), read(built.text("feed.xml")).entries
    validator = Draft202012Validator(built.json("api/feed.schema.json"))
    assert [it.message for it in validator.iter_errors(document)] == []
    assert (document["feed_url"], document["home_page_url"]) == (f"{SITE}feed.json", SITE)
    same = [(it["id"], it["url"], it["title"], it["date_published"]) for it in document["items"]]
    assert same == [(it.id, it.link, it.title, it.published) for it in entries]
    assert {it["id"]: it["content_html"] for it in document["items"]} == contents(built, "feed.xml")


def test_plans_and_what_shipped_are_two_categories_and_two_feeds(built: Built) -> None:
    every = read(built.text("changes.xml")).entries
    kinds = {it.id: it.tags[0].term for it in every}
    assert set(kinds.values()) == {"plan", "shipped"}
    for path, kind in (("changes-plans.xml", "plan"), ("changes-shipped.xml", "shipped")):
        assert identifiers(built)[path] == [it.id for it in every if kinds[it.id] == kind]
    assert [it.published[:10] for it in every] == sorted((it.published[:10] for it in every), reverse=True)
    (beta,) = (it for it in every if kinds[it.id] == "shipped" and "v1.36" in it.title)
    assert (beta.published, beta.link) == ("2026-04-22T00:00:00+09:00", f"{SITE}keps/127/")
    assert all("KEP-999" not in it.title for it in every)


def test_what_is_only_planned_says_so(built: Built) -> None:
    (planned,) = (it for it in read(built.text("changes-plans.xml")).entries if it.published.startswith("2026-06-10"))
    assert planned.title == "KEP-127: Support User Namespaces: 予定 stable v1.37（これまで beta v1.36）"
    html = planned.content[0].value
    assert "stable のマイルストーン: — → <b>予定 v1.37</b>" in html
    assert "最新のマイルストーン: v1.36 → <b>予定 v1.37</b>" in html
    assert '<a href="https://github.com/kubernetes/enhancements/pull/3">PR #3</a>' in html
    assert f'<a href="{SITE}issues/2026/07/2026-07-10/">' in html


def test_a_kep_a_sig_and_a_topic_have_what_happened_and_what_was_written(built: Built) -> None:
    of_kep, of_sig = read(built.text("keps/127/feed.xml")), read(built.text("sigs/sig-node/feed.xml"))
    assert of_kep.feed.title == "KEP-127: Support User Namespaces – Neco"
    written = {it.link: it.content[0].value for it in of_kep.entries if it.tags[0].term == "issue"}
    assert list(written) == [
        f"{SITE}issues/2026/07/2026-07-10/#%E3%82%A2%E3%83%AB%E3%82%B4",
        f"{SITE}issues/2026/06/2026-06-05/#%E7%9C%A0%E3%82%8B%E7%8C%AB",
    ]
    assert "<blockquote><p>KEP-127 の話。</p></blockquote>" in written[list(written)[1]]
    changes = [it for it in identifiers(built)["changes.xml"] if it in identifiers(built)["keps/127/feed.xml"]]
    assert (len(changes), len(of_kep.entries)) == (4, 7)  # what shipped stays for a year there
    assert {it.tags[0].term for it in of_sig.entries} == {"issue", "plan", "shipped"}
    assert titles(built, "topics/argo-cd/feed.xml") == [
        "Argo <b>CD</b>: Neco Weekly (2026-07-10号)",
        *(f"Argo <b>CD</b> {tag}" for tag in ("v2.6.0", "v2.5.1", "v2.5.0")),
    ]


def test_hostile_titles_are_text(built: Built) -> None:
    assert [path for path in sorted(PATHS | {"feeds.opml"}) if "<script" in built.text(path)] == []
    for html in (html for path in PATHS for html in contents(built, path).values()):
        soup = BeautifulSoup(html, "lxml")
        assert soup.select("script, b b, [onclick], [style], [class]") == []
    assert f"KEP-666: {HOSTILE}" in titles(built, "changes-plans.xml")[0]


def test_the_list_has_every_feed_once(built: Built) -> None:
    outlines = [it.attrib for it in fromstring(built.text("feeds.opml")).iter("outline") if "xmlUrl" in it.attrib]
    assert sorted(it["xmlUrl"] for it in outlines) == sorted(SITE + path for path in {*PATHS, "feed.json"})
    assert [it for it in outlines if not _leads(built, it["htmlUrl"])] == []


# --- where pages tell of them -------------------------------------------------------------------------------------

FOLLOWING = "following/index.html"
OF_ALL = ["feed.xml", "feed.json"]
TOLD = {
    "index.html": [*OF_ALL, "changes.xml", "changes-plans.xml", "changes-shipped.xml"],
    "issues/index.html": OF_ALL,
    issue_page(DATES[0]): OF_ALL,
    "keps/index.html": ["changes.xml", "changes-plans.xml", "changes-shipped.xml", *OF_ALL],
    "changes/index.html": ["changes.xml", "changes-plans.xml", "changes-shipped.xml", *OF_ALL],
    "keps/127/index.html": ["keps/127/feed.xml", *OF_ALL],
    "sigs/sig-node/index.html": ["sigs/sig-node/feed.xml", *OF_ALL],
    "topics/argo-cd/index.html": ["topics/argo-cd/feed.xml", *OF_ALL],
    "links/index.html": OF_ALL,
}


def told(built: Built, page: str) -> list[str | None]:
    found = built.page(page).select("link[rel=alternate]:not([type='text/markdown'])")
    return [built.target(page, attribute(it, "href")) for it in found]


def test_pages_tell_of_their_feeds(built: Built) -> None:
    assert {page: told(built, page) for page in TOLD} == TOLD
    lines = {page: [built.target(page, it) for it in links(built.page(page), ".neco-feeds a")] for page in TOLD}
    own = {page: [it for it in paths if it not in OF_ALL] for page, paths in TOLD.items()}
    own |= {"index.html": [*TOLD["index.html"], "feeds.opml"], "issues/index.html": OF_ALL}
    assert lines == {page: [*paths, FOLLOWING] if paths else [] for page, paths in own.items()}
    types = {attribute(it, "type") for it in built.page("index.html").select("link[rel=alternate]")}
    assert types == {"application/atom+xml", "application/feed+json"}


def test_so_do_pages_of_material_and_a_writers_own_and_those_without_folders(tmp_path: Path) -> None:
    folder = write(new_folder(tmp_path, theme=MATERIAL, use_directory_urls=False))
    (folder.docs / "issues/undated.md").unlink()
    folder.write("docs/README.md", "# わたしたちのページ\n\n<!-- neco:home -->\n")
    built = folder.build()
    assert built.warnings == []
    assert told(built, "index.html") == TOLD["index.html"]
    assert told(built, "keps/127.html") == TOLD["keps/127/index.html"]
    assert [built.target("index.html", it) for it in links(built.page("index.html"), ".neco-feeds a")][-2:] == [
        "feeds.opml",
        FOLLOWING,
    ]
    assert [built.target("keps/127.html", it) for it in links(built.page("keps/127.html"), ".neco-feeds a")] == [
        "keps/127/feed.xml",
        "following/index.html",
    ]


# --- what makes an entry a new one --------------------------------------------------------------------------------


def test_another_address_name_language_folder_and_title_make_no_new_entry(built: Built, tmp_path: Path) -> None:
    other = {**ENGLISH, "plugins": ["search", {"neco-weekly": {"issues": "weekly", "locale": "en"}}]}
    folder = write(new_folder(tmp_path, site_url="https://other.test/", site_name="別の名前", **other))
    folder.write(issue := issue_path(DATES[0]), (folder.root / issue).read_text("utf-8").replace("号)", "号) を直した"))
    (folder.docs / "issues").rename(folder.docs / "weekly")
    assert identifiers(folder.build()) == identifiers(built)


def test_a_later_refresh_adds_what_happened_and_nothing_else(built: Built, tmp_path: Path) -> None:
    """Other records, a new day of the lock, and all KEPs of the source: readers are told of one thing."""
    folder = write(new_folder(tmp_path, site_url=SITE))
    later = record("2026-07-28", state(STABLE, alpha="v1.34", beta="v1.36", stable="v1.38"), pull=9)
    every = [replace(NOBODY_WROTE_OF, number=number) for number in range(1000, 1040)]
    folder.lock(enhancement(*HISTORY.history, later), OTHER, others=every, as_of=dt.date(2026, 7, 30))
    folder.write("docs/_metadata/topics.json", json.dumps({"schema": 1, "watched": WATCHED}))
    after, before = identifiers(folder.build()), identifiers(built)
    new = {path: [it for it in ids if it not in before[path]] for path, ids in after.items()}
    assert {path: len(it) for path, it in new.items() if it} == dict.fromkeys(
        ("changes.xml", "changes-plans.xml", "keps/127/feed.xml", "sigs/sig-node/feed.xml"), 1
    )
    assert [path for path in before if not set(before[path]) <= set(after[path])] == []


# --- what there is no feed for ------------------------------------------------------------------------------------


def test_without_an_address_feeds_say_so_and_are_left_out(tmp_path: Path) -> None:
    folder = write(new_folder(tmp_path, site_url="", **ENGLISH))
    built = folder.build()
    assert [it for it in built.infos if "feeds" in it] == [
        "neco-weekly: mkdocs.yml:1: without `site_url` there are no feeds and no pictures for sharing, for these need"
        " an address that leads there from anywhere; write the address at which readers find the site"
    ]
    assert built.paths() & {*PATHS, "feed.json", "feeds.opml", "api/feed.schema.json"} == set()
    assert [path for path in built.paths("**/*.html") if "neco-feeds" in built.text(path) or told(built, path)] == []


def test_without_an_issue_that_has_a_date_there_is_no_feed(tmp_path: Path) -> None:
    folder = new_folder(tmp_path)
    folder.write("docs/issues/undated.md", "# 日付のない号\n\nKEP-127\n")
    folder.lock(HISTORY)
    built = folder.build()
    assert [path for path in built.paths() if "feed" in path] == []
    assert "neco-feeds" not in built.text("index.html")


def test_an_entry_whose_kep_has_no_page_leads_to_the_keps_own_issue(tmp_path: Path) -> None:
    folder = write(new_folder(tmp_path, hooks=["gone.py"]))
    folder.write(
        "gone.py",
        "from mkdocs.plugins import event_priority\n\n\n@event_priority(-120)\ndef on_files(files, config):\n"
        "    files.remove(files.get_file_from_path('keps/127.md'))\n",
    )
    built = folder.build()
    entries = [it for it in read(built.text("changes.xml")).entries if "KEP-127" in it.title]
    assert {it.link for it in entries} == {"https://github.com/kubernetes/enhancements/issues/127"}


def test_a_writers_own_feed_stays(tmp_path: Path) -> None:
    folder = write(new_folder(tmp_path))
    folder.write("docs/changes.xml", "<mine/>")
    built = folder.build()
    assert built.text("changes.xml") == "<mine/>"
    assert len(read(built.text("changes-plans.xml")).entries) > 1

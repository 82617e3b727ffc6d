"""What is generated: pages of KEPs, their table, the archive, the home, and the data for machines."""

from __future__ import annotations

import datetime as dt
import json
import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest
import yaml
from bs4 import BeautifulSoup
from markdown import Markdown
from mkdocs.utils.meta import get_data
from neco_weekly.display.words import load_strings
from neco_weekly.extension.python_markdown import NecoWeeklyExtension
from neco_weekly.issues.index import Index, build_index
from neco_weekly.lock.kep_as_of import KepsAsOf, Standing
from neco_weekly.lock.overrides import Override
from neco_weekly.lock.store import Lock
from neco_weekly.model.cards import CardText
from neco_weekly.model.issues import CardMention, Heading, Issue, Mention
from neco_weekly.model.keps import Link, Source, Stage, Status
from neco_weekly.model.releases import load_releases
from neco_weekly.model.shipping import Shipped, ShippedSource
from neco_weekly.site.files import GeneratedPage
from neco_weekly.site.own_paths import OwnPage
from neco_weekly.site.pages import ARCHIVE_MARK, HOME_MARK, Site, directory_address
from neco_weekly.site.pages.kep_choices import stage_choice

from tests.lock_fixture import HOSTILE, LOCK, TODAY, Host, as_of_today, kep


def issue(
    day: str | None,
    *mentions: tuple[int, str],
    title: str | None = None,
    path: str | None = None,
    cards: tuple[str, ...] = (),
) -> Issue:
    """An issue that mentions KEPs, each under a heading."""
    date = dt.date.fromisoformat(day) if day else None
    return Issue(
        path=path or (f"issues/{day[:4]}/{day[5:7]}/{day}.md" if day else "issues/undated.md"),
        title=title or f"Weekly {day or 'undated'}",
        date=date,
        number=None,
        mentions=tuple(
            Mention(kep=number, written="", heading=Heading(text=text, anchor=text) if text else None, line=line)
            for line, (number, text) in enumerate(mentions, start=1)
        ),
        cards=tuple(CardMention(url=url, text=CardText()) for url in cards),
    )


KEP_NUMBER = re.compile(r"^KEP-\d+: ")
"""What stands before the title of a KEP, and on the KEP's page in the line above."""

WORDS = load_strings("ja")
INDEX = build_index(
    [
        issue("2022-08-26", (127, "名前空間"), (5, "PSP"), (127, "名前空間"), (127, "あとがき"), (9999, "")),
        issue(
            "2022-09-02", (127, ""), (661, "題"), cards=("https://example.com/", "https://a.jp", "https://example.com/")
        ),
        issue("2021-12-24"),
        issue(None, (127, "題")),
    ]
)


def site(index: Index = INDEX, lock: Lock = LOCK, locale: str = "ja") -> Site:
    return Site(index, KepsAsOf(lock, load_releases()), load_strings(locale))


def tree(page: GeneratedPage) -> Element:
    """The body, which must be well-formed."""
    return ElementTree.fromstring(f"<div>{page.body}</div>")


def text_of(page: GeneratedPage) -> str:
    return " ".join("".join(tree(page).itertext()).split())


def links_of(page: GeneratedPage) -> Iterator[tuple[str, str]]:
    for link in tree(page).iter("a"):
        yield "".join(link.itertext()), link.attrib["href"]


def drawn(page: GeneratedPage) -> BeautifulSoup:
    """The page as a host draws it."""
    text, _ = get_data(page.content)
    md = Markdown(extensions=["toc", "tables", Host(page.path), NecoWeeklyExtension(keps_as_of=as_of_today(LOCK))])
    return BeautifulSoup(md.convert(text), "html.parser")


def page_of(found: Site, path: str) -> GeneratedPage:
    (page,) = [page for page in found.pages("Neco Weekly", "説明") if page.path == path]
    return page


def data_of(found: Site, path: str) -> dict[str, Any]:
    (page,) = [page for page in found.data() if page.path == path]
    document: dict[str, Any] = json.loads(page.content)
    return document


# --- which pages --------------------------------------------------------------------------------------------------


def paths_of(found: Site) -> list[str]:
    """The paths of all pages but those that compare releases."""
    return [it.path for it in found.pages("N") if not it.path.startswith("releases/compare/")]


def test_a_page_for_every_kep_that_is_mentioned_and_known() -> None:
    assert paths_of(site()) == [
        "index.md",
        "issues/index.md",
        "keps/index.md",
        "sigs/index.md",
        "topics/index.md",
        "releases/index.md",
        "links/index.md",
        "releases/setbacks.md",
        "changes/index.md",
        "following/index.md",
        "keps/5.md",
        "keps/127.md",
        "keps/661.md",
        "sigs/sig-apps.md",
        "sigs/sig-auth.md",
        "sigs/sig-node.md",
        "keps/5127.md",
        "releases/1.36.md",
        "releases/1.37.md",
    ]


def test_without_a_lock_no_kep_has_a_page() -> None:
    found = site(lock=Lock())
    assert paths_of(found) == [
        "index.md",
        "issues/index.md",
        "keps/index.md",
        "sigs/index.md",
        "topics/index.md",
        "releases/index.md",
        "links/index.md",
        "releases/setbacks.md",
        "changes/index.md",
        "following/index.md",
    ]
    data = [page.path for page in found.data() if not page.path.endswith(".schema.json")]
    assert data == ["api/keps.json", "api/issues.json", "api/topics.json"]


def test_an_override_alone_gives_a_kep_a_page() -> None:
    found = site(lock=Lock(overrides={9999: Override(number=9999, title="書いた題")}))
    assert "書いた題" in text_of(page_of(found, "keps/9999.md"))


@pytest.mark.parametrize("locale", ["ja", "en"])
@pytest.mark.parametrize("index", [INDEX, build_index([])], ids=["issues", "no issues"])
@pytest.mark.parametrize("lock", [LOCK, Lock()], ids=["lock", "no lock"])
def test_every_page_is_well_formed_and_says_its_title(index: Index, lock: Lock, locale: str) -> None:
    for page in site(index, lock, locale).pages("Neco & Weekly", 'a "description" <b>'):
        _, meta = get_data(page.content)
        assert meta["title"] == page.title
        assert ["".join(heading.itertext()) for heading in tree(page).iter("h1")] == [KEP_NUMBER.sub("", page.title)]
        assert page.body.count("\n") == 0
        assert "None" not in text_of(page)


def test_a_host_reads_the_same_title_and_the_same_words_from_the_file() -> None:
    for page in site().pages("Neco Weekly", "説明"):
        assert "".join(drawn(page).get_text().split()) == "".join(text_of(page).split())


# --- a KEP --------------------------------------------------------------------------------------------------------


def test_a_kep_page_says_what_is_known() -> None:
    everything = replace(
        kep(127, "Support User Namespaces", Stage.STABLE, "v1.36", gates=("GateA", "GateB")),
        note="覚え書き",
        links=(Link(title="公式", url="https://example.com/?a=1&b=2"),),
    )
    page = page_of(site(lock=Lock(fetched={127: everything})), "keps/127.md")
    text = text_of(page)
    assert page.title == "KEP-127: Support User Namespaces"
    for said in ("stable v1.36", WORDS("status.implementable"), "sig-node", "v1.36", "GateA", "GateB", "覚え書き"):
        assert said in text
    assert WORDS("source.dated", source="kep.yaml", day="2026-07-01") in text
    assert [href for _, href in links_of(page) if "enhancements" in href] == [
        "https://github.com/kubernetes/enhancements/issues/127",
        "https://github.com/kubernetes/enhancements/tree/master/keps/sig-node/127-x",
    ]


def test_people_s_words_about_a_kep_are_shown() -> None:
    page = page_of(site(), "keps/5.md")
    assert "v1.25 で削除されました。" in text_of(page)
    assert ("公式ドキュメント", "https://example.com/psp") in links_of(page)
    assert WORDS("source.undated", source=WORDS("source.override")) in text_of(page)


def test_a_commit_is_linked_only_where_a_reader_can_follow_it() -> None:
    there = kep(127, "x", source=Source(kind="git", date=TODAY, path="keps/sig-node/127-x/kep.yaml", commit="abc"))
    hrefs = [href for _, href in links_of(page_of(site(lock=Lock(fetched={127: there})), "keps/127.md"))]
    assert "https://github.com/kubernetes/enhancements/tree/abc/keps/sig-node/127-x" in hrefs


def test_mentions_are_listed_newest_first_and_once_for_each_heading() -> None:
    page = page_of(site(), "keps/127.md")
    found = [(text, unquote(href)) for text, href in links_of(page) if "/issues/" in href and ".md" in href]
    assert found[:2] == [  # in the head
        ("Weekly 2022-09-02", "../issues/2022/09/2022-09-02.md"),
        ("名前空間", "../issues/2022/08/2022-08-26.md#名前空間"),
    ]
    assert found[2:] == [
        ("Weekly 2022-09-02", "../issues/2022/09/2022-09-02.md"),
        (WORDS("kep.under_title"), "../issues/2022/09/2022-09-02.md"),
        ("Weekly 2022-08-26", "../issues/2022/08/2022-08-26.md"),
        ("名前空間", "../issues/2022/08/2022-08-26.md#名前空間"),
        ("あとがき", "../issues/2022/08/2022-08-26.md#あとがき"),
        ("Weekly undated", "../issues/undated.md"),
        ("題", "../issues/undated.md#題"),
    ]
    assert WORDS("about.wrote", issues=3, mentions=5) in text_of(page)


# --- table, archive, home -----------------------------------------------------------------------------------------


def test_the_table_has_a_row_for_every_kep_that_has_a_page() -> None:
    page = page_of(site(), "keps/index.md")
    rows = [["".join(cell.itertext()) for cell in row] for row in tree(page).iter("tr")][1:]
    assert [row[:6] for row in rows] == [  # what changed last first, and last of which nobody knows when
        ["127", "Support User Namespaces", "stable v1.36", "implemented", "sig-node", "2026-04-22"],
        ["5", "Pod Security Policy", WORDS("stage.removed"), "—", "sig-auth", "—"],
        ["661", "StatefulSet Volume Expansion", "予定 alpha v1.37", "implementable", "sig-apps", "—"],
    ]
    assert rows[0][6].startswith("2022-09-02")
    assert "2026-07-24" in text_of(page)
    assert ("Support User Namespaces", "127.md") in links_of(page)


def test_the_archive_goes_by_year_and_ends_with_what_has_no_date() -> None:
    page = page_of(site(), "issues/index.md")
    headings = [element.text for element in tree(page).iter() if element.tag in ("h2", "h3")]
    assert headings == ["2022年", "2021年", WORDS("site.undated")]
    assert [unquote(href) for _, href in links_of(page)] == [
        "2022/09/2022-09-02.md",
        "2022/08/2022-08-26.md",
        "2021/12/2021-12-24.md",
        "undated.md",
    ]


def test_the_home_shows_the_latest_issue_and_the_recent_ones() -> None:
    issues = [issue(f"2022-01-{day:02}") for day in range(1, 21)]
    page = page_of(site(build_index(issues)), "index.md")
    hrefs = list(dict.fromkeys(href for _, href in links_of(page)))
    assert hrefs == [f"issues/2022/01/2022-01-{day:02}.md" for day in range(20, 9, -1)] + ["issues/index.md"]
    assert page.title == "Neco Weekly"


def test_without_issues_the_pages_say_so() -> None:
    empty = site(build_index([]))
    assert WORDS("site.archive_empty") in text_of(page_of(empty, "index.md"))
    assert WORDS("site.archive_empty") in text_of(page_of(empty, "issues/index.md"))
    assert WORDS("kep.index_empty") in text_of(page_of(empty, "keps/index.md"))
    assert WORDS("links.empty") in text_of(page_of(empty, "links/index.md"))


# --- links --------------------------------------------------------------------------------------------------------


def test_every_link_within_the_site_leads_to_a_page_of_it() -> None:
    found = site()
    there = {page.path for page in found.pages("N")} | {each.path for each in INDEX.issues}
    for page in found.pages("N"):
        for _, href in links_of(page):
            parts = urlsplit(href)
            assert parts.scheme in ("", "https")
            if not parts.scheme and parts.path:
                assert not href.startswith("/")
                assert posixpath.normpath(posixpath.join(posixpath.dirname(page.path), unquote(parts.path))) in there


def test_a_heading_without_an_anchor_is_linked_by_its_page() -> None:
    bare = issue("2022-08-26", (127, "題"))
    mention = replace(bare.mentions[0], heading=Heading(text="題", anchor=""))
    found = site(build_index([replace(bare, mentions=(mention,))]))
    assert ("題", "../issues/2022/08/2022-08-26.md") in links_of(page_of(found, "keps/127.md"))
    (kep,) = (it for it in data_of(found, "api/keps.json")["keps"] if it["mentions"])
    assert kep["mentions"][0]["url"] == "issues/2022/08/2022-08-26/"


def test_search_leaves_out_pages_that_only_list_what_stands_elsewhere() -> None:
    excluded = [page.path for page in site().pages("N") if "search" in get_data(page.content)[1]]
    assert [it for it in excluded if not it.startswith("releases/compare/")] == [
        "issues/index.md",
        "keps/index.md",
        "sigs/index.md",
        "topics/index.md",
        "releases/index.md",
        "links/index.md",
        "releases/setbacks.md",
        "changes/index.md",
        "following/index.md",
        "keps/5127.md",
    ]


def test_the_page_of_an_alias_says_of_which_kep() -> None:
    page = page_of(site(locale="en"), "keps/5127.md")
    assert "KEP-5127 is KEP-127." in text_of(page)
    assert list(links_of(page)) == [("KEP-127: Support User Namespaces", "127.md")]


@pytest.mark.parametrize("name", ["日本 語.md", "a'b\"c.md", "50%.md", "a#b.md", "a?b.md", "a&b.md"])
def test_odd_file_names_are_linked(name: str) -> None:
    index = build_index([issue("2022-08-26", (127, "題"), path=f"issues/{name}")])
    for path in ("index.md", "issues/index.md", "keps/index.md", "keps/127.md"):
        page = page_of(site(index), path)
        targets = {unquote(urlsplit(href).path) for _, href in links_of(page)}
        assert posixpath.relpath(f"issues/{name}", posixpath.dirname(path) or ".") in targets


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("index.md", ""),
        ("keps/index.md", "keps/"),
        ("issues/README.md", "issues/"),
        ("keps/127.md", "keps/127/"),
        ("issues/2022/08/2022-08-26.md", "issues/2022/08/2022-08-26/"),
    ],
)
def test_directory_address(path: str, address: str) -> None:
    assert directory_address(path) == address


# --- writers' own pages -------------------------------------------------------------------------------------------


def named(own: Mapping[str, str]) -> OwnPage:
    """What a host says of writers' pages that are called like ours."""
    return lambda path: (path, own[path]) if path in own else None


def test_a_writer_s_page_is_filled_where_it_asks() -> None:
    own = {"index.md": f"# 自分の題\n\n{HOME_MARK}\n\n終わり\n", "issues/index.md": f"# 一覧\n\n{ARCHIVE_MARK}\n"}
    files = {page.path: page.content for page in site().files_for(named(own), "N")}
    for path, said in (("index.md", WORDS("site.latest")), ("issues/index.md", ">2022年</h2>")):
        html = Markdown(extensions=[NecoWeeklyExtension(keps_as_of=as_of_today(LOCK))]).convert(files[path])
        assert said in html
        assert "neco-page" not in html
    assert files["index.md"].startswith("# 自分の題\n\n")


def test_links_lead_to_a_writer_s_page_of_another_name() -> None:
    def own_page(path: str) -> tuple[str, str] | None:
        return ("keps/README.md", f"# 表\n\n{ARCHIVE_MARK}\n") if path == "keps/index.md" else None

    files = {page.path: page.content for page in site().files_for(own_page, "N")}
    assert "keps/index.md" not in files
    assert ">2022年</h2>" in files["keps/README.md"]
    assert 'href="../keps/index.md' not in files["sigs/index.md"] + files["keps/127.md"]
    assert 'href="../keps/README.md' in "".join(content for path, content in files.items() if path.startswith("sigs/"))


def test_a_writer_s_page_that_asks_for_nothing_is_left_alone() -> None:
    files = [page.path for page in site().files_for(named({"keps/127.md": "# 自分で書いた\n"}), "N")]
    assert "keps/127.md" not in files
    assert {"index.md", "keps/5.md", "api/keps.json", "api/keps/127.json"} <= set(files)


# --- hostile words ------------------------------------------------------------------------------------------------

CONTROL = "a\x00\x07\x08\x0b\x1b\x7f\x9b\ufffe\uffff\ud800\x02wzxhzdk:0\x03b"


@pytest.mark.parametrize("words", [HOSTILE, CONTROL, "}neco-page@", "{{ 7*7 }}", "a\r\nb", "</div>"], ids=repr)
def test_whatever_a_title_or_a_heading_holds_is_shown_as_text(words: str) -> None:
    entry = replace(kep(127, words, Stage.BETA, "v1.30", sig=words, gates=(words,)), note=words)
    entry = replace(
        entry,
        state=replace(entry.state, raw={"stage": words, "status": words, "latest-milestone": words}),
        links=(Link(title=words, url="https://example.com/"),),
        source=replace(entry.source, path=f"{words}/kep.yaml".replace("\ud800", "")),
    )
    named = [issue("2022-08-26", (127, words), title=words), issue("2022-09-02", (127, words), title=words)]
    found = site(build_index(named), Lock(fetched={127: entry}))
    for page in found.pages(words, words):
        body = tree(page)
        assert {element.tag for element in body.iter()} & {"script", "strong"} == set()
        assert "49" not in text_of(page)
        html = drawn(page)
        assert html.select("script, strong, em, a[href^=javascript], .neco-kep") == []
        assert not set(CONTROL) & set("\x00\x02\x07\x1b\x7f\x9b\uffff\ud800") & set(page.content)
    for data in found.data():
        json.loads(data.content)


def test_a_title_with_entities_is_shown_with_them() -> None:
    words = "&lt;b&gt; & &amp; 5 < 6"
    html = drawn(page_of(site(lock=Lock(fetched={127: kep(127, words)})), "keps/127.md"))
    assert [heading.get_text() for heading in html.select("h1")] == [words]


def test_a_title_is_front_matter_that_yaml_can_read() -> None:
    for words in (HOSTILE, "a: b", "# a", "'", '"', "\\", "---", "日本語", "😅"):
        page = page_of(site(lock=Lock(fetched={127: kep(127, words)})), "keps/127.md")
        front = page.content.split("---\n")[1]
        assert yaml.safe_load(front)["title"] == f"KEP-127: {words}"


# --- data ---------------------------------------------------------------------------------------------------------


def test_the_data_of_keps() -> None:
    document = data_of(site(), "api/keps.json")
    assert document["generated"] == "2026-07-24"
    assert [entry["number"] for entry in document["keps"] if entry["url"]] == [5, 127, 661]
    assert document["keps"][0] == {
        "number": 5,
        "title": "Pod Security Policy",
        "sig": "sig-auth",
        "stage": "removed",
        "status": None,
        "latest_milestone": None,
        "shipped": {
            "stage": "removed",
            "release": None,
            "since": None,
            "default": None,
            "source": {"kind": "override", "name": "overrides.yml", "day": None},
        },
        "planned": None,
        "url": "keps/5/",
        "mention_count": 1,
        "mentions": [{"issue": "2022-08-26", "heading": "PSP", "url": "issues/2022/08/2022-08-26/#PSP"}],
    }
    assert document["keps"][1]["mentions"] == [
        {"issue": "2022-09-02", "heading": None, "url": "issues/2022/09/2022-09-02/"},
        {"issue": "2022-08-26", "heading": "名前空間", "url": "issues/2022/08/2022-08-26/#名前空間"},
        {"issue": "2022-08-26", "heading": "名前空間", "url": "issues/2022/08/2022-08-26/#名前空間"},
        {"issue": "2022-08-26", "heading": "あとがき", "url": "issues/2022/08/2022-08-26/#あとがき"},
        {"issue": "issues/undated.md", "heading": "題", "url": "issues/undated/#題"},
    ]


def test_the_data_of_one_kep_has_more() -> None:
    found = site()
    document = data_of(found, "api/keps/127.json")
    summary = data_of(found, "api/keps.json")["keps"][1]
    assert document.items() >= summary.items()
    assert document["generated"] == "2026-07-24"
    assert document["milestones"] == {"stable": "v1.36"}
    assert document["source"]["kind"] == "git"


def test_the_data_of_issues() -> None:
    document = data_of(site(), "api/issues.json")
    assert [entry["date"] for entry in document["issues"]] == ["2022-09-02", "2022-08-26", "2021-12-24", None]
    assert document["issues"][0] == {
        "number": 3,
        "date": "2022-09-02",
        "title": "Weekly 2022-09-02",
        "headings": [],
        "news": [],
        "url": "issues/2022/09/2022-09-02/",
        "markdown": None,
        "keps": [127, 661],
        "topics": [],
        "cards": ["https://example.com/", "https://a.jp"],
    }
    assert document["issues"][1]["keps"] == [127, 5, 9999]


def test_the_data_have_the_addresses_of_the_host() -> None:
    (page, *_) = site().data(lambda path: f"https://example.com/{path}")
    entry = json.loads(page.content)["keps"][0]
    assert entry["url"] == "https://example.com/keps/5.md"
    assert entry["mentions"][0]["url"] == "https://example.com/issues/2022/08/2022-08-26.md#PSP"


def test_the_data_list_a_candidate_only_if_the_lock_knows_the_kep() -> None:
    read = issue("2022-08-26", (127, ""), (128, ""), (4242, ""))
    candidates = replace(read, mentions=tuple(replace(it, candidate=it.kep != 127) for it in read.mentions))
    found = site(build_index([candidates]))
    assert [it["keps"] for it in data_of(found, "api/issues.json")["issues"]] == [[127, 128]]
    assert [it["number"] for it in data_of(found, "api/keps.json")["keps"] if it["url"]] == [127, 128]


def test_the_data_have_every_kep_and_pages_only_those_that_issues_mention() -> None:
    other = kep(4800, "Nobody's", Stage.BETA, "v1.35")
    found = site(lock=replace(site().lock, others={4800: other, 127: other}))
    listed = data_of(found, "api/keps.json")["keps"]
    assert [it["number"] for it in listed] == [5, 127, 128, 129, 661, 666, 4800]
    assert [it["number"] for it in listed if it["url"] is None and it["mentions"] == []] == [128, 129, 666, 4800]
    (row,) = (it for it in listed if it["number"] == 4800)
    assert (row["title"], row["shipped"]["release"]) == ("Nobody's", "v1.35")
    assert row.keys() == listed[1].keys()
    pages = {page.path for page in (*found.pages("x"), *found.data())}
    assert {path for path in pages if re.search(r"\b(4800|666)\b", path)} == set()
    naming = {page.path for page in found.pages("x") if "4800" in page.content and "compare" not in page.path}
    assert naming == {"releases/1.35.md"}  # where it links to kubernetes/enhancements


def test_the_data_without_a_lock() -> None:
    assert data_of(site(lock=Lock()), "api/keps.json") == {"generated": None, "keps": []}


def test_the_data_are_readable_and_end_with_a_line() -> None:
    for page in site().data():
        assert page.content.endswith("}\n")
        assert "\\u" not in page.content


# --- by which stage a KEP is found --------------------------------------------------------------------------------

SHIPPED = Shipped(
    stage=Stage.ALPHA, release="v1.25", since=None, source=ShippedSource(kind="milestone", name="milestone.alpha")
)


@pytest.mark.parametrize(
    ("standing", "choice"),
    [
        pytest.param(Standing(shipped=SHIPPED), "alpha", id="what shipped"),
        pytest.param(Standing(), "none", id="nothing shipped"),
        pytest.param(Standing(shipped=SHIPPED, ended=Status.WITHDRAWN), None, id="ended: of no living stage"),
        pytest.param(Standing(ended=Status.REJECTED), None, id="ended before anything shipped"),
    ],
)
def test_the_stage_by_which_the_table_finds_a_kep(standing: Standing, choice: str | None) -> None:
    assert stage_choice(standing) == choice

"""What is not public is nowhere: not in a built site, not in its data, feed, search and map; a preview shows it."""

from __future__ import annotations

import contextlib
import datetime as dt
import gzip
from collections.abc import Callable, Mapping
from pathlib import Path
from urllib.request import urlopen

import pytest
from bs4 import BeautifulSoup
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort

from tests.hosts.test_cli import neco
from tests.previews import preview
from tests.sites import ENGLISH, MATERIAL, Built, Folder, attribute, issue_page, issue_path, kep, links, new_folder

PUBLIC, HELD = "2026-01-09", "2026-01-16"
WORD, SECRET = "ミケネコ", "秘密の号"
BODY = f"# {SECRET}\n\n## {SECRET}の話\n\nKEP-8677 {WORD}\n\nhttps://example.org/{WORD}\n"

TEXTS: dict[str, str | bytes] = {
    "draft": f"---\ndraft: true\n---\n{BODY}",
    "Draft, and its title": f"---\nDraft: True\ntitle: {SECRET}\n---\n{BODY}",
    "published": f"---\npublished: false\ntags: [{SECRET}]\ntopics: [{WORD}]\n---\n{BODY}",
    "nobody can tell": f"---\ndraft: yes please\n---\n{BODY}",
    "broken": f"---\ndescription: {WORD}: a\ndraft: true\n---\n{BODY}",
    "not closed": f"---\ndraft: true\n\n{BODY}",
    "to come": f"---\npublished_at: 2999-01-01 09:00\n---\n{BODY}",
    "TOML": f"+++\ndraft = true\n+++\n{BODY}",
    "below an empty line": f"\n---\ndraft: true\n---\n{BODY}",
    "too much": f"---\ntitle: {WORD * 20_000}\n---\n{BODY}",
    "not UTF-8": BODY.encode("euc_jp"),
    "NUL": f"{BODY}\0".encode(),
    "lone surrogates": f"{BODY}\ud800".encode("utf-8", "surrogatepass"),
    "no text": f"---\ntitle: {SECRET}\n---\n\n<!-- {WORD} -->\n",
}


def site_with(folder: Folder, text: str | bytes, **settings: object) -> Folder:
    """A public issue that links to one with this text, which a navigation names, and a page that links to that, too."""
    return site_with_all(folder, {HELD: text}, **settings)


def site_with_all(folder: Folder, texts: Mapping[str, str | bytes], **settings: object) -> Folder:
    """The same with several texts, by the days of their issues."""
    paths = {day: issue_path(day).removeprefix("docs/") for day in texts}
    nav = [{"家": "index.md"}, *({SECRET: path} for path in paths.values()), {"頁": "about.md"}]
    folder.configure(nav=nav, validation={"links": {"not_found": "info"}, "omitted_files": "info"}, **settings)
    folder.lock(kep(127), kep(8677, "Min Domains"))
    to_each = "\n".join(f"[前の話]({day}.md) と [その節](./{day}.md#x)。" for day in texts)
    folder.issue(PUBLIC, f"KEP-127、{to_each}")
    for day, text in texts.items():
        folder.write(issue_path(day), text)
    folder.write("docs/about.md", "# 頁\n\n" + "".join(f"[次の号]({path})\n" for path in paths.values()))
    return folder


def mentions_of(built: Built, *words: str) -> list[str]:
    """The files of a site that have one of some words, in their name or in their text."""
    found = []
    for path, content in built.contents().items():
        plain = gzip.decompress(content) if path.endswith(".gz") else content
        if any(word.encode() in plain or word in path for word in words):
            found.append(path)
    return found


@pytest.mark.parametrize("theme", [pytest.param(None, id="a theme"), pytest.param(MATERIAL, id="Material")])
def test_what_is_held_back_is_nowhere(theme: object, tmp_path: Path) -> None:
    days = dict(zip((f"2026-01-{day}" for day in range(10, 32)), TEXTS.values(), strict=False))
    assert len(days) == len(TEXTS)
    folder = site_with_all(new_folder(tmp_path), days, **({"theme": theme} if theme else {}))
    for _ in range(2):  # the second time with pages that were kept
        built = folder.build()
        assert mentions_of(built, WORD, SECRET, *days, "8677", "Min Domains") == []
        assert built.paths("issues/2026/**/*.html") == {issue_page(PUBLIC)}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_one_problem_says_so_in_build_and_check(text: str | bytes, tmp_path: Path) -> None:
    folder = site_with(new_folder(tmp_path), text, **ENGLISH)
    built = folder.build()
    said = [it.removeprefix("neco-weekly: ") for it in (*built.warnings, *built.infos)]
    assert sum("held back" in it and "leads to" not in it for it in said) == 1
    done = neco(folder, "check")
    assert sorted(line.removesuffix(" (information)") for line in done.out.splitlines()) == sorted(set(said))
    assert done.status == 1  # the links that lead nowhere


def test_a_link_to_it_is_text(tmp_path: Path) -> None:
    built = site_with(new_folder(tmp_path), TEXTS["draft"], **ENGLISH).build()
    issue = built.issue(PUBLIC)
    assert "前の話 と その節。" in issue.text
    assert [href for href in links(issue.select_one("article") or issue) if HELD in href] == []
    assert "次の号" in built.page("about/index.html").text
    assert built.page("about/index.html").select("article a") == []
    assert [line for line in built.warnings if "leads to an issue that is held back" in line] == [
        f"neco-weekly: {issue_path(PUBLIC)}:3: the link {link} leads to an issue that is held back, "
        "so it is drawn as text; publish that issue, or remove the link"
        for link in (f"./{HELD}.md#x", f"{HELD}.md")
    ]


def test_neighbours_in_the_navigation_are_each_other_s(tmp_path: Path) -> None:
    built = site_with(new_folder(tmp_path), TEXTS["draft"]).build()
    assert [it.text for it in built.page("index.html").select("#tree a")] == ["家", "頁"]
    assert attribute(built.page("index.html").select_one("#next"), "href") == "about/"
    assert attribute(built.page("about/index.html").select_one("#previous"), "href") == ".."


def test_with_every_kep_of_the_source_its_kep_is_told_as_any_other(tmp_path: Path) -> None:
    folder = site_with(new_folder(tmp_path), TEXTS["draft"])
    folder.lock(kep(127), kep(8677), others=[kep(8678)])
    built = folder.build()
    keps = {it["number"]: it for it in built.json("api/keps.json")["keps"]}
    assert (keps[127]["url"], set(keps)) == ("keps/127/", {127, 8677, 8678})
    assert keps[8677] == {**keps[8678], "number": 8677, "title": "Title of 8677"}
    assert (keps[8677]["url"], keps[8677]["mentions"]) == (None, [])
    told = {number: sorted(it.replace(number, "N") for it in mentions_of(built, number)) for number in ("8677", "8678")}
    assert told["8677"] == told["8678"]
    of_all = ("api/keps.json", "api/changes.json", "api/releases/", "releases/", "badge/N.svg")
    assert [it for it in told["8677"] if not it.startswith(of_all)] == []


# --- the day of the build -----------------------------------------------------------------------------------------


def epoch(*moment: int) -> str:
    return str(int(dt.datetime(*moment, tzinfo=dt.UTC).timestamp()))  # type: ignore[arg-type, misc]


def test_an_issue_becomes_public_on_its_day_in_japan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = site_with(new_folder(tmp_path), f"---\npublished_at: 2026-12-01 09:00\n---\n{BODY}", **ENGLISH)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch(2026, 11, 30, 14, 59))
    assert mentions_of(folder.build(), WORD) == []
    assert "held back until 2026-12-01" in neco(folder, "check").out
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch(2026, 11, 30, 15))
    built = folder.build()
    assert WORD in built.issue(HELD).text
    assert links(built.issue(PUBLIC), "article p a").count(f"../{HELD}/") == 1
    assert "held back" not in neco(folder, "check").out
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch(2026, 11, 30, 14, 59))
    assert mentions_of(folder.build(), WORD) == []  # whatever was kept meanwhile


def test_a_day_of_the_build_that_is_none_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = site_with(new_folder(tmp_path), BODY)
    sentence = "SOURCE_DATE_EPOCH: expected seconds since 1970, found 'soon'; correct the variable, or unset it"
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "soon")
    done = neco(folder, "check")
    assert (done.status, done.error) == (2, f"Error: {sentence}\n")
    with pytest.raises(Abort) as end:
        folder.build()
    assert str(end.value.__context__) == sentence


# --- the other commands -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["not UTF-8", "NUL", "lone surrogates", "too much", "nobody can tell"])
def test_pages_for_other_hosts_go_on_and_say_so(name: str, tmp_path: Path) -> None:
    folder = site_with(new_folder(tmp_path / "project"), TEXTS[name])
    done = neco(folder, "pages", "--write", tmp_path / "out")
    assert done.status == 0
    assert [line for line in done.error.splitlines() if line.startswith(f"Warning: {issue_path(HELD)}:")]
    assert mentions_of(Built(tmp_path / "out"), WORD, HELD, "8677") == []


def test_neco_kep_knows_nothing_of_it(tmp_path: Path) -> None:
    folder = site_with(new_folder(tmp_path), TEXTS["draft"])
    assert HELD not in neco(folder, "kep", "8677").out


# --- previews -----------------------------------------------------------------------------------------------------


def served(folder: Folder) -> Built:
    """The site as `mkdocs serve` builds it."""
    with contextlib.chdir(folder.root):
        config = load_config("mkdocs.yml", site_dir=str(folder.root / "served"))
        config.plugins.on_startup(command="serve", dirty=False)
        build(config, serve_url="http://127.0.0.1:8000/")
        config.plugins.on_shutdown()
    return Built(folder.root / "served")


REASONS = {
    "draft": "フロントマターに「draft: true」とあるため、公開されません。",
    "nobody can tell": "フロントマターの「draft: yes please」の意味がわからないため、公開されません。",
    "broken": "フロントマターを読めないため、公開されません（mapping values are not allowed in this context）。",
    "to come": "2999-01-01 まで公開されません。",
    "no text": "本文がないため、公開されません。",
}


@pytest.mark.parametrize("name", REASONS)
def test_a_preview_shows_it_with_the_reason(name: str, tmp_path: Path) -> None:
    folder = site_with(new_folder(tmp_path), TEXTS[name])
    for _ in range(2):
        built = served(folder)
        note = built.issue(HELD).select_one(".neco-held")
        assert note
        assert note.get_text(" ", strip=True) == f"下書き {REASONS[name]}"
        home = built.page("index.html")
        (listed,) = [it for it in home.select(".neco-issue") if HELD in links(it)[0]]
        assert listed.select_one("a").text == SECRET  # type: ignore[union-attr]
        assert REASONS[name] in listed.text
        assert built.leads_somewhere("index.html", links(listed)[0])
        assert links(built.issue(PUBLIC).select_one("article") or home)[-2:] == [f"../{HELD}/", f"../{HELD}/#x"]
    assert mentions_of(folder.build(), WORD, HELD) == []


def test_what_only_a_draft_mentions_has_its_page_in_a_preview_and_nowhere_else(tmp_path: Path) -> None:
    folder = new_folder(tmp_path)
    folder.lock(kep(300))
    folder.issue(PUBLIC, "話。")
    card, topic = "https://example.com/only-here", "CVE-2026-12345"
    body = f"KEP-300 と {topic}\n\n{card}\n"
    folder.write(issue_path(HELD), f"---\ndraft: true\n---\n# 公開されない号\n\n{body}")
    pages = {"keps/300/index.html", "sigs/sig-node/index.html", "topics/cve-2026-12345/index.html"}
    built = served(folder)
    assert pages <= built.paths()
    own = issue_page(HELD)
    kept = [it for it in links(built.page(own).select_one("article") or built.page(own)) if "keps/300" in it]
    assert kept
    assert all(built.leads_somewhere(own, it) for it in kept)
    mentions = built.page("keps/300/index.html").select_one(f'article a[href*="{HELD}"]')
    assert mentions
    assert mentions.get_text().startswith("下書き ")
    assert card in built.text("links/index.html")
    assert HELD not in built.text("issues/index.html")
    public = folder.build(to="public")
    assert not pages & public.paths()
    assert card not in public.text("links/index.html")


def test_a_preview_lists_what_has_no_page(tmp_path: Path) -> None:
    built = served(site_with(new_folder(tmp_path), TEXTS["not UTF-8"]))
    (listed,) = [it for it in built.page("index.html").select(".neco-issue") if HELD in it.text]
    assert links(listed) == []
    assert "ファイルを読めないため、公開されません（is not UTF-8" in listed.text
    assert not built.paths(f"**/{HELD}/*")


def test_neco_serve_shows_it(tmp_path: Path) -> None:
    folder = site_with(new_folder(tmp_path), TEXTS["draft"])
    with preview(folder) as shown:
        assert shown.issue(HELD).select_one(".neco-held")
        with urlopen(shown.url) as answer:
            assert "公開されない号" in BeautifulSoup(answer.read(), "lxml").text


# --- where a page has its title, day and tags ---------------------------------------------------------------------

Check = Callable[[Built], None]


def test_toml_is_no_text_of_the_page(tmp_path: Path) -> None:
    folder = new_folder(tmp_path)
    folder.write(
        "docs/issues/a.md", "+++\ntitle = '題'\ndate = 2026-02-05T20:00:00Z\ntags = ['猫']\n+++\n\n# 一\n\n# 二\n"
    )
    built = folder.build(strict=True)
    article = built.page("issues/a/index.html").select_one("article")
    assert article
    assert [it.text for it in article.select("h1, h2")] == ["題", "一", "二"]
    assert "+++" not in article.text
    assert built.json("api/issues.json")["issues"][0]["date"] == "2026-02-06"
    assert built.json("api/issues.json")["issues"][0]["title"] == "題"
    assert built.page("issues/a/index.html").title
    assert built.page("issues/a/index.html").title.text == "題 - Neco"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("本文だけ", f"{PUBLIC}号"),
        ("![](a.png)\n\n# &lt;b> & 題\n\n文", "<b> & 題"),
        ("---\ntitle: 題\n---\n\n# 一\n\n# 二", "題"),
        ("---\ntitle: [題]\n---\n\n文\n\n# 一", "一"),
    ],
)
def test_a_page_s_title_is_that_of_the_issue(text: str, title: str, tmp_path: Path) -> None:
    folder = new_folder(tmp_path)
    folder.write(issue_path(PUBLIC), text)
    folder.write("docs/issues/2026/01/a.png", b"")
    for _ in range(2):
        built = folder.build()
        page = built.issue(PUBLIC)
        assert page.title
        assert page.title.text == f"{title} - Neco"
        assert [it.text for it in page.select("article h1")] == [title]
        assert built.page("index.html").select_one(".neco-latest__title a").text == title  # type: ignore[union-attr]
        assert f"<title>{title}</title>" in built.text("feed.xml").replace("&lt;", "<").replace("&gt;", ">").replace(
            "&amp;", "&"
        )


def test_a_changed_title_in_front_matter_is_drawn_anew(tmp_path: Path) -> None:
    folder = new_folder(tmp_path)
    for title in ("前の題", "今の題"):
        folder.write(issue_path(PUBLIC), f"---\ntitle: {title}\n---\n\n文\n")
        assert folder.build().issue(PUBLIC).select_one("h1").text == title  # type: ignore[union-attr]


def test_home_archive_and_feed_say_what_an_issue_is_about(tmp_path: Path) -> None:
    folder = new_folder(tmp_path)
    topics = [f"話題{number}" for number in range(1, 8)]
    folder.issue(PUBLIC, "## はじめに\n\n" + "\n\n".join(f"## {it}\n\n### 細目" for it in topics) + "\n\n## あとがき")
    folder.write(issue_path(HELD), f"---\ndescription: 何の話か\n---\n# 号 {HELD}\n\n## 一\n")
    built = folder.build()
    home = built.page("index.html")
    summary = " / ".join(topics)
    assert [it.text for it in home.select(".neco-latest__summary")] == ["何の話か"]
    assert [it.text for it in home.select(".neco-issue__topics")] == [summary]
    archive = built.page("issues/index.html")
    assert [it.text for it in archive.select(".neco-issue__topics")] == ["何の話か", summary]
    assert f"<summary>{summary}</summary>" in built.text("feed.xml")
    assert "<summary>何の話か</summary>" in built.text("feed.xml")


def test_topics_are_tags_of_the_page_s_search(tmp_path: Path) -> None:
    folder = new_folder(tmp_path)
    folder.write(issue_path(PUBLIC), "---\ntitle: 題\ntopics: [kubernetes]\n---\n\n文\n")
    entries = folder.build().json("search/search_index.json")["docs"]
    assert next(it["tags"] for it in entries if PUBLIC in it["location"]) == ["kubernetes"]

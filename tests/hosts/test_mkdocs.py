"""The MkDocs host: which pages a site has, what leads where, and that nothing around it disturbs that."""

from __future__ import annotations

import datetime as dt
import os
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from neco_weekly.model.cards import Card

from tests.sites import (
    CONFIG,
    MATERIAL,
    Built,
    Folder,
    attribute,
    issue_page,
    kep,
    links,
    new_folder,
    run,
    squeezed,
    succeeds,
)

FIRST, SECOND, THIRD = "2025-12-26", "2026-01-09", "2026-01-16"
CARD = Card(url="https://example.org/a", title="A page", fetched=dt.date(2026, 7, 1))


def filled(folder: Folder) -> Folder:
    """Three issues and a draft; of the lock's KEPs 127, 2254 and 5 are mentioned, 3022 is not, 9999 exists nowhere."""
    folder.lock(kep(127, "User namespaces"), kep(2254), kep(3022), missing={9999: "not-found"}, cards=[CARD])
    folder.write("docs/_metadata/overrides.yml", "keps: {5: {title: Pod Security Policy, stage: removed}}\n")
    folder.issue(FIRST, "## 最初の話\n\nKEP-127 と KEP-5。\n\nhttps://example.org/a")
    folder.issue(SECOND, "## 次の話\n\nKEP-127、KEP-2254。\n\n### もう一度\n\nKEP-127")
    folder.issue(THIRD, "KEP-127、KEP-7777。")
    folder.write("docs/issues/draft.md", "---\ndraft: true\ndate: 2026-02-06\n---\n# 下書き\n\nKEP-3022\n")
    folder.write("docs/about.md", "# このサイト\n\nKEP-2254 のことも書きます。\n")
    return folder


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return filled(new_folder(tmp_path_factory.mktemp("site"))).build()


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return new_folder(tmp_path)


# --- KEP pages ----------------------------------------------------------------------------------------------------


def test_each_mentioned_kep_that_is_known_has_a_page_and_no_other(site: Built) -> None:
    assert site.paths("keps/**/*.html") == {
        "keps/index.html",
        "keps/5/index.html",
        "keps/127/index.html",
        "keps/2254/index.html",
    }


def test_pages_that_were_only_thinkable_leave_no_trace(site: Built) -> None:
    for path in ("sitemap.xml", "search/search_index.json", "keps/index.html", "feed.xml", "api/issues.json"):
        assert "3022" not in site.text(path)


def test_a_kep_page_lists_every_mention_newest_first(site: Built) -> None:
    page = "keps/127/index.html"
    mentions = site.page(page).select_one(".neco-mentions")
    assert mentions
    assert [squeezed(item.text) for item in mentions.select(".neco-mentions__issue a")] == [
        f"Neco Weekly ({date}号)" for date in (THIRD, SECOND, FIRST)
    ]
    headings = mentions.select(":scope > li:nth-of-type(2) li > a")
    assert [heading.text for heading in headings] == ["次の話", "もう一度"]
    assert [href for href in links(mentions) if not site.leads_somewhere(page, href)] == []


def test_a_kep_page_belongs_to_the_table(site: Built) -> None:
    parent = site.page("keps/127/index.html").select_one("#parent")
    assert site.target("keps/127/index.html", attribute(parent, "href")) == "keps/index.html"


def test_the_table_lists_the_keps_that_have_a_page(site: Built) -> None:
    table = site.page("keps/index.html").select("tbody tr > :first-child")
    assert [cell.text for cell in table] == ["127", "2254", "5"]  # what changed last, first


def test_a_reference_to_an_unknown_kep_is_no_link(site: Built) -> None:
    reference = site.issue(THIRD).select_one('article .neco-kep[data-kep="7777"]')
    assert reference
    assert reference.name == "span"


def test_references_on_other_pages_are_drawn_but_make_no_kep_page(folder: Folder) -> None:
    folder.lock(kep(127), kep(2254))
    folder.issue(FIRST, "KEP-127")
    folder.write("docs/about.md", "# このサイト\n\nKEP-127 と KEP-2254。\n")
    built = folder.build(strict=True)
    drawn = built.page("about/index.html").select("article .neco-kep")
    assert [attribute(reference, "data-kep") for reference in drawn] == ["127", "2254"]
    assert built.target("about/index.html", attribute(drawn[0], "href")) == "keps/127/index.html"
    assert attribute(drawn[1], "href") == "https://github.com/kubernetes/enhancements/issues/2254"
    assert not built.page("about/index.html").select(".neco-issue-keps")


# --- issues among themselves --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("date", "older", "newer"), [(FIRST, None, SECOND), (SECOND, FIRST, THIRD), (THIRD, SECOND, None)]
)
def test_an_issue_leads_to_the_one_before_and_the_one_after(
    date: str, older: str | None, newer: str | None, site: Built
) -> None:
    page = site.issue(date)
    for name, neighbour in (("#previous", older), ("#next", newer)):
        link = page.select_one(name)
        assert (link is None) == (neighbour is None)
        if neighbour:
            assert site.target(issue_page(date), attribute(link, "href")) == issue_page(neighbour)


def test_an_issue_belongs_to_the_archive(site: Built) -> None:
    parent = site.issue(FIRST).select_one("#parent")
    assert site.target(issue_page(FIRST), attribute(parent, "href")) == "issues/index.html"


def test_issues_and_kep_pages_are_not_in_the_drawn_navigation(site: Built) -> None:
    tree = site.page("about/index.html").select("nav#tree a")
    assert [site.target("about/index.html", attribute(link, "href")) for link in tree] == [
        "index.html",
        "about/index.html",
        "issues/index.html",
        "keps/index.html",
        "links/index.html",
        "releases/index.html",
        "sigs/index.html",
        "topics/index.html",
    ]


def test_a_page_does_not_grow_with_the_number_of_issues(tmp_path: Path) -> None:
    def built(count: int) -> Built:
        folder = new_folder(
            tmp_path / str(count), theme=MATERIAL, nav=[{"号": "issues/index.md"}, {"KEP": "keps/index.md"}]
        )
        folder.lock(*(kep(number) for number in range(1, count + 1)))
        for number in range(1, count + 1):
            folder.issue(f"2026-{(number - 1) // 28 + 1:02}-{(number - 1) % 28 + 1:02}", f"KEP-{number}")
        return folder.build()

    few, many = built(20), built(40)
    issue, page = issue_page("2026-01-02"), "keps/2/index.html"
    named = re.compile(r"(?<=[?&])(index|first)=[\w.]+")  # files of the search, by their content
    assert named.sub("", few.text(issue)) == named.sub("", many.text(issue))
    assert len(few.text(page)) == len(many.text(page)), "as many related KEPs, though other ones"


# --- archive, home, and pages that writers write themselves -------------------------------------------------------


def test_the_archive_lists_all_issues_by_year(site: Built) -> None:
    archive = site.page("issues/index.html").select_one("article")
    assert archive
    assert [heading.text for heading in archive.select("h2, h3")] == ["2026年", "2025年"]
    listed = [site.target("issues/index.html", href) for href in links(archive, ".neco-issues a")]
    assert listed == [issue_page(THIRD), issue_page(SECOND), issue_page(FIRST)]


def test_a_site_without_a_home_gets_one(site: Built) -> None:
    home = site.page("index.html").select_one("article")
    assert home
    assert home.h1
    assert home.h1.text == "Neco"
    listed = [site.target("index.html", href) for href in links(home)]
    assert listed[0] == issue_page(THIRD)
    assert {issue_page(SECOND), issue_page(FIRST), "issues/index.html", "keps/127/index.html"} <= set(listed)


def test_a_writers_home_stays_and_its_mark_is_filled(folder: Folder) -> None:
    folder.issue(FIRST)
    folder.write("docs/index.md", "# 私たちのノート\n\n前の文。\n\n<!-- neco:home -->\n\n後の文。\n")
    built = folder.build()
    home = built.page("index.html").select_one("article")
    assert home
    words = squeezed(home.text)
    assert words.startswith("私たちのノート 前の文。")
    assert words.endswith("後の文。")
    assert built.target("index.html", links(home)[0]) == issue_page(FIRST)


def test_a_writers_home_without_a_mark_stays_as_it_is(folder: Folder) -> None:
    folder.issue(FIRST)
    folder.write("docs/index.md", "# 私たちのノート\n")
    assert squeezed(str(folder.build().page("index.html").article)) == (
        '<article><h1 id="私たちのノート">私たちのノート</h1></article>'
    )


def test_a_writers_archive_stays_and_its_mark_is_filled(folder: Folder) -> None:
    folder.issue(FIRST)
    folder.write("docs/issues/index.md", "# 全部\n\n<!-- neco:archive -->\n")
    built = folder.build()
    archive = built.page("issues/index.html").select_one("article")
    assert archive
    assert squeezed(archive.text).startswith("全部")
    assert issue_page(FIRST) in [built.target("issues/index.html", href) for href in links(archive)]


@pytest.mark.parametrize("path", ["keps/index.md", "keps/127.md"])
def test_a_writers_own_page_wins(path: str, folder: Folder) -> None:
    folder.lock(kep(127))
    folder.issue(FIRST, "KEP-127")
    folder.write(f"docs/{path}", "# 手で書いた KEP のページ\n")
    built = folder.build(strict=True)
    assert "手で書いた" in built.text(path.removesuffix("index.md").removesuffix(".md") + "/index.html")


def test_a_draft_is_nowhere(site: Built) -> None:
    assert not {path for path in site.paths() if "draft" in path}
    assert not {path for path in site.paths() if "下書き".encode() in (site.site / path).read_bytes()}


def test_index_and_readme_in_the_issues_folder_are_pages_and_no_issues(folder: Folder) -> None:
    folder.issue(FIRST)
    folder.write("docs/issues/2025/index.md", "# 2025年のまとめ\n")
    folder.write("docs/issues/2024/README.md", "# 2024年のまとめ\n")
    built = folder.build()
    assert "2025年のまとめ" in built.text("issues/2025/index.html")
    assert [issue["date"] for issue in built.json("api/issues.json")["issues"]] == [FIRST]


def test_a_project_without_any_issue_is_a_site(folder: Folder) -> None:
    built = folder.build(strict=True)
    assert {"index.html", "issues/index.html", "keps/index.html", "api/keps.json", "api/issues.json"} <= built.paths()
    assert built.json("api/keps.json") == {"generated": None, "keps": []}


# --- data ---------------------------------------------------------------------------------------------------------


def test_api_of_keps(site: Built) -> None:
    document = site.json("api/keps.json")
    assert document.keys() == {"generated", "keps"}
    assert document["generated"] == "2026-07-24"
    assert [entry["number"] for entry in document["keps"]] == [5, 127, 2254]
    assert document["keps"][2] == {
        "number": 2254,
        "title": "Title of 2254",
        "sig": "sig-node",
        "stage": "stable",
        "status": "implemented",
        "latest_milestone": "v1.36",
        "shipped": {
            "stage": "stable",
            "release": "v1.36",
            "since": "2026-04-22",
            "default": None,
            "source": {"kind": "milestone", "name": "milestone.stable", "day": "2026-07-01"},
        },
        "planned": None,
        "url": "keps/2254/",
        "mention_count": 1,
        "mentions": [{"issue": SECOND, "heading": "次の話", "url": f"issues/2026/01/{SECOND}/#次の話"}],
    }


def test_api_of_one_kep(site: Built) -> None:
    (listed,) = (entry for entry in site.json("api/keps.json")["keps"] if entry["number"] == 127)
    document = site.json("api/keps/127.json")
    assert document.items() >= {**listed, "generated": "2026-07-24"}.items()
    assert document["milestones"] == {"stable": "v1.36"}
    assert document["source"] == {"kind": "git", "date": "2026-07-01", "path": "keps/sig-node/127-x/kep.yaml"}
    assert site.paths("api/keps/*") == {f"api/keps/{number}.json" for number in (5, 127, 2254)}


def test_api_of_issues(site: Built) -> None:
    document = site.json("api/issues.json")
    assert document.keys() == {"issues"}
    assert [entry["date"] for entry in document["issues"]] == [THIRD, SECOND, FIRST]
    assert document["issues"][2] == {
        "number": 1,
        "date": FIRST,
        "title": f"Neco Weekly ({FIRST}号)",
        "headings": ["最初の話"],
        "news": ["最初の話"],
        "url": f"issues/2025/12/{FIRST}/",
        "markdown": f"issues/2025/12/{FIRST}/index.md",
        "keps": [127, 5],
        "topics": [],
        "cards": ["https://example.org/a"],
    }


def test_addresses_in_the_data_lead_to_pages_and_headings(site: Built) -> None:
    keps = site.json("api/keps.json")["keps"]
    addresses = [it["url"] for it in [*keps, *site.json("api/issues.json")["issues"]] if it["url"]]
    addresses += [mention["url"] for entry in keps for mention in entry["mentions"]]
    assert [address for address in addresses if not site.leads_somewhere("index.html", address)] == []


def test_nothing_of_the_metadata_is_published(site: Built) -> None:
    assert not {path for path in site.paths() if "_metadata" in path or "overrides" in path}


# --- assets -------------------------------------------------------------------------------------------------------


def test_pages_have_our_styles_before_those_of_the_site(folder: Folder) -> None:
    folder.configure(extra_css=["own.css"])
    folder.write("docs/own.css", "")
    folder.issue(FIRST)
    built = folder.build()
    styles = [built.target(issue_page(FIRST), href) for href in links(built.issue(FIRST), "link[rel=stylesheet]")]
    names = [re.sub(r"\.\w{8}\.", ".", it or "") for it in styles]
    assert names == ["assets/neco.css", "assets/neco-page.css", "own.css"]


def test_a_theme_that_exchanges_pages_has_all_styles_in_one_file(folder: Folder) -> None:
    folder.configure(theme={**MATERIAL, "features": ["navigation.instant"]})
    folder.issue(FIRST)
    built = folder.build()
    styles = [href for href in links(built.issue(FIRST), "link[rel=stylesheet]") if "neco" in href]
    assert len(styles) == 1
    assert ".neco-timeline" in (built.site / (built.target(issue_page(FIRST), styles[0]) or "")).read_text("utf-8")


def test_styles_come_last_in_a_head_that_does_not_name_ours(folder: Folder) -> None:
    folder.write("theme/main.html", "<html><head><title>x</title></head><body>{{ page.content }}</body></html>")
    folder.issue(FIRST)
    (style,) = links(folder.build().issue(FIRST), "link[rel=stylesheet]")
    assert style.startswith("../../../../assets/neco-page.")


def test_the_theme_still_has_its_page_for_addresses_that_lead_nowhere(folder: Folder) -> None:
    folder.configure(theme=MATERIAL)
    folder.issue(FIRST)
    styles = [href for href in links(folder.build().page("404.html"), "link[rel=stylesheet]") if "neco" in href]
    assert [href.startswith("/assets/neco.") for href in styles] == [True]


# --- settings -----------------------------------------------------------------------------------------------------


def test_addresses_without_directories(folder: Folder) -> None:
    filled(folder).configure(use_directory_urls=False)
    built = folder.build()
    assert {"keps/127.html", f"issues/2026/01/{SECOND}.html", "issues/index.html"} <= built.paths()
    for page in ("keps/127.html", f"issues/2026/01/{SECOND}.html", "issues/index.html", "index.html"):
        article = built.page(page).article
        assert article
        inner = [href for href in links(article) if "://" not in href]
        assert inner
        assert [href for href in inner if not built.leads_somewhere(page, href)] == []
    keps = built.json("api/keps.json")["keps"]
    assert keps[1]["url"] == "keps/127.html"
    assert all(built.leads_somewhere("index.html", mention["url"]) for mention in keps[1]["mentions"])
    entries = built.json("search/search_index.json")["docs"]
    assert all(built.leads_somewhere("index.html", entry["location"]) for entry in entries if entry["location"])


@pytest.mark.parametrize(
    "settings",
    [
        pytest.param({"theme": {**CONFIG["theme"], "language": "en"}}, id="the theme's language"),
        pytest.param({"plugins": ["search", {"neco-weekly": {"locale": "en"}}]}, id="the plugin's option"),
    ],
)
def test_a_site_in_english(settings: dict[str, Any], folder: Folder) -> None:
    filled(folder).configure(**settings)
    built = folder.build()
    titles = {path: built.page(f"{path}/index.html").h1 for path in ("issues", "keps")}
    assert {path: title.text for path, title in titles.items() if title} == {"issues": "Archive", "keps": "KEPs"}
    assert "KEPs in this issue" in squeezed(built.issue(THIRD).text)
    ours = [built.text(path) for path in ("keps/index.html", "issues/index.html")]
    assert not any(word in text for text in ours for word in ("号を", "段階", "年"))


def test_an_unknown_language_ends_with_one_sentence(folder: Folder) -> None:
    folder.configure(plugins=[{"neco-weekly": {"locale": "fr"}}])
    done = run("mkdocs", "build", "-q", cwd=folder.root)
    assert done.returncode == 1
    assert "locale: 'fr' is not a language of this site; use one of ja, en" in done.stderr
    assert "Traceback" not in done.stderr


def test_issues_in_another_folder(folder: Folder) -> None:
    folder.configure(plugins=["search", {"neco-weekly": {"issues": "notes"}}])
    folder.lock(kep(127))
    folder.write(f"docs/notes/{FIRST}.md", "# 号\n\nKEP-127\n")
    folder.issue(SECOND, "KEP-127")
    built = folder.build()
    assert [issue["url"] for issue in built.json("api/issues.json")["issues"]] == [f"notes/{FIRST}/"]
    assert "notes/index.html" in built.paths()
    assert built.page(f"notes/{FIRST}/index.html").select(".neco-issue-keps")
    assert not built.issue(SECOND).select(".neco-issue-keps")


def test_metadata_in_another_folder(folder: Folder) -> None:
    folder.configure(markdown_extensions=[{"neco_weekly": {"metadata": "data"}}])
    folder.lock(kep(127))
    shutil.move(folder.docs / "_metadata", folder.root / "data")
    folder.issue(FIRST, "KEP-127")
    assert "keps/127/index.html" in folder.build(strict=True).paths()


def test_the_plugin_brings_the_extension_along(folder: Folder) -> None:
    folder.configure(markdown_extensions=["tables"])
    folder.lock(kep(127))
    folder.issue(FIRST, "KEP-127")
    built = folder.build(strict=True)
    assert len(built.issue(FIRST).select("article a.neco-kep")) == 1


def test_the_extension_works_without_the_plugin(folder: Folder) -> None:
    folder.configure(plugins=[])
    folder.lock(kep(127))
    folder.issue(FIRST, "KEP-127\n\nhttps://example.org/a")
    folder.write("docs/keps/127.md", "# KEP-127\n")
    done = succeeds("mkdocs", "build", "-q", "--strict", cwd=folder.root)
    assert done.stderr == ""
    built = Built(folder.root / "site")
    reference = built.issue(FIRST).select_one("article a.neco-kep")
    assert built.target(issue_page(FIRST), attribute(reference, "href")) == "keps/127/index.html"
    assert built.issue(FIRST).select("article .neco-issue-keps, article .neco-card")


def test_a_project_without_metadata(folder: Folder) -> None:
    shutil.rmtree(folder.docs / "_metadata")
    folder.issue(FIRST, "KEP-127\n\nhttps://example.org/a")
    built = folder.build(strict=True)
    assert built.paths("keps/**/*") == {"keps/index.html"}
    assert [message.split(": ", 2)[2].split(";")[0] for message in built.infos] == [
        "KEP-127 はまだ取得していません。`neco refresh` を実行してください",
        "https://example.org/a のカードには、まだタイトルがありません。"
        "`neco refresh` を実行するか、タイトルを書いてください",
    ]


def test_an_issue_may_be_named_in_the_navigation(folder: Folder) -> None:
    folder.issue(FIRST)
    folder.issue(SECOND)
    folder.configure(nav=[{"家": "index.md"}, {"おすすめの号": f"issues/2025/12/{FIRST}.md"}])
    built = folder.build(strict=True)
    tree = {link.text: attribute(link, "href") for link in built.page("index.html").select("nav#tree a")}
    assert built.target("index.html", tree["おすすめの号"]) == issue_page(FIRST)


# --- neighbours and surroundings ----------------------------------------------------------------------------------


def test_another_plugin_may_change_the_text_of_a_page(folder: Folder) -> None:
    folder.write(
        "hook.py",
        "def on_page_markdown(markdown, **_):\n    return markdown.replace('%release%', 'v1.36 と KEP-2254')\n",
    )
    folder.configure(hooks=["hook.py"])
    folder.lock(kep(127), kep(2254))
    folder.issue(FIRST, "KEP-127 は %release% です。")
    folder.issue(SECOND, "KEP-2254")
    for _ in range(2):
        built = folder.build(strict=True)
        page = built.issue(FIRST)
        assert page.article
        assert "%release%" not in page.text
        assert [attribute(link, "data-kep") for link in page.select("p a.neco-kep")] == ["127", "2254"]
        assert "KEP-127 は v1.36 と KEP-2254 です。" in [
            entry["text"] for entry in built.json("search/search_index.json")["docs"]
        ]


def test_another_plugin_may_change_the_html_of_a_page(folder: Folder) -> None:
    folder.write("hook.py", "def on_page_content(html, **_):\n    return html.replace('話', 'はなし')\n")
    folder.configure(hooks=["hook.py"])
    folder.issue(FIRST, "今日の話")
    for _ in range(2):
        assert "今日のはなし" in folder.build().issue(FIRST).text


@pytest.mark.parametrize("name", ["第 1 号", "R&D", "100%", "a#b", "a'b", 'a"b', "a?b"])
def test_names_of_files_may_hold_any_character(name: str, folder: Folder) -> None:
    folder.lock(kep(127))
    folder.write(f"docs/issues/{name}.md", "---\ndate: 2026-01-09\n---\n# 号\n\n## 話\n\nKEP-127\n")
    built = folder.build(strict=True)
    for page, selector in (
        ("issues/index.html", ".neco-issues a"),
        ("index.html", ".neco-latest a"),
        ("keps/127/index.html", ".neco-mentions a"),
        ("keps/index.html", "tbody td:last-child a"),
    ):
        found = links(built.page(page), selector)
        assert found
        assert [href for href in found if not built.leads_somewhere(page, href)] == []


def test_a_site_in_a_folder_with_blanks_and_japanese_characters(tmp_path: Path) -> None:
    folder = filled(new_folder(tmp_path / "私の サイト"))
    built = folder.build()
    assert [href for href in links(built.page("keps/127/index.html")) if href.endswith(".md")] == []
    again = folder.build(to="again")
    assert again.contents() == built.contents()


def test_a_build_may_be_started_from_another_folder(folder: Folder) -> None:
    filled(folder)
    arguments = ("build", "-q", "-f", f"{folder.root.name}/mkdocs.yml")
    done = run("mkdocs", *arguments, cwd=folder.root.parent)
    assert f"WARNING -  neco-weekly: {folder.root.name}/docs/issues/" not in done.stderr
    assert "keps/127/index.html" in Built(folder.root / "site").paths()
    assert (folder.root / ".cache").exists()


def test_a_build_writes_the_site_and_its_cache_and_nothing_else(folder: Folder) -> None:
    """A preview would build again and again."""
    filled(folder)
    before = Built(folder.root).contents()
    folder.build()
    after = Built(folder.root).contents()
    written = {path.split("/")[0] for path in after if before.get(path) != after[path]}
    assert written == {"site", ".cache"}


FORBIDDEN = """\
import socket

def refuse(*_, **__):
    raise AssertionError("the network was asked")

socket.getaddrinfo = socket.create_connection = refuse
socket.socket.connect = socket.socket.connect_ex = refuse
"""


def test_a_build_never_asks_the_network(folder: Folder) -> None:
    filled(folder).configure(theme=MATERIAL)
    folder.write("guard/sitecustomize.py", FORBIDDEN)
    guarded = {"PYTHONPATH": os.pathsep.join([str(folder.root / "guard"), os.environ.get("PYTHONPATH", "")])}
    control = run(
        "python",
        "-c",
        "import socket; socket.create_connection(('127.0.0.1', 9))",
        cwd=folder.root,
        environment=guarded,
    )
    assert "the network was asked" in control.stderr
    succeeds("mkdocs", "build", "-q", cwd=folder.root, environment=guarded)
    assert "keps/127/index.html" in Built(folder.root / "site").paths()


def test_a_build_is_a_function_of_the_folder_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither the place nor the clock counts: "now" is the lock's date."""
    here = filled(new_folder(tmp_path / "here", theme=MATERIAL)).build()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1000000000")
    there = filled(new_folder(tmp_path / "elsewhere/deep", theme=MATERIAL)).build()
    assert [path for path, content in here.contents().items() if there.contents()[path] != content] == []


def test_links_without_an_address_and_pictures_without_a_file_end_no_build(folder: Folder) -> None:
    """MkDocs takes for granted that neither is in a page's tree."""
    folder.issue(FIRST, '[先へ](#ここ)\n\n<a name="ここ"></a>\n\n文 <a id="そこ">錨</a> <img alt="絵"> [そこ](#そこ)')
    page = folder.build(strict=True).issue(FIRST)
    assert [attribute(it, "id") for it in page.select("article span[id]")] == ["ここ", "そこ"]

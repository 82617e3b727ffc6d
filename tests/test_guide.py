"""The writers' guide: every example is what its rendering is made of, and every table says what happens."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag
from markdown import Markdown
from neco_weekly.extension import NecoWeeklyExtension
from neco_weekly.grammar.front_matter import take_apart
from neco_weekly.grammar.issue_dates import issue_date
from neco_weekly.grammar.issue_files import IssueFile
from neco_weekly.grammar.publication import why_held_back
from neco_weekly.hosts.project import Project, load_project
from neco_weekly.issues.problem_kinds import KINDS

from tests.pictures import drawn as drawn_picture
from tests.sites import PROJECT, attribute, built_sample, new_folder, run

GUIDE = PROJECT / "docs/guide"
PAGES = {path.name: path.read_text(encoding="utf-8") for path in sorted(GUIDE.glob("*.md"))}
TODAY = dt.date(2026, 10, 4)

EXAMPLE = re.compile(
    r'^<div class="neco-example">\n\n(?P<marks>`{3,})markdown\n(?P<source>.*?)\n(?P=marks)\n\n'
    r"<div>\n\n(?P<drawn>.*?)\n\n</div>\n</div>$",
    re.DOTALL | re.MULTILINE,
)
"""An example of the guide: its source as code, and below that again, to be drawn."""

EXAMPLES = [
    pytest.param(name, found["source"], found["drawn"], id=f"{name}:{text.count(chr(10), 0, found.start()) + 1}")
    for name, text in PAGES.items()
    for found in EXAMPLE.finditer(text)
]


def rows(page: str, heading: str, table: int = 0) -> list[list[str]]:
    """The cells of a table below a heading of a page, as they are written."""
    section = PAGES[page].partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    found = re.findall(r"^\| --- .*\n((?:\|.*\n)+)", section, re.MULTILINE)[table]
    return [re.split(r" (?<!\\)\| ", row[2:-2]) for row in found.splitlines()]


def code(cell: str) -> str:
    """What stands between the backticks of a cell."""
    return re.sub(r"^`+|`+$", "", cell)


@pytest.fixture(scope="module")
def project() -> Iterator[Project]:
    with contextlib.chdir(PROJECT):
        yield load_project()


# --- examples -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("page", "source", "drawn"), EXAMPLES)
def test_an_example_is_drawn_from_what_is_shown(page: str, source: str, drawn: str) -> None:
    assert drawn == source, page


def test_no_example_lacks_its_rendering() -> None:
    of_form = {name: len(EXAMPLE.findall(text)) for name, text in PAGES.items()}
    begun = {name: text.count('<div class="neco-example">') for name, text in PAGES.items()}
    assert of_form == begun
    assert of_form["markdown.md"] > 15
    assert of_form["zenn.md"] > 5
    for name in ("markdown.md", "zenn.md"):
        assert re.findall(r"^`{3,}(?!yaml\n)\S.*", EXAMPLE.sub("", PAGES[name]), re.MULTILINE) == []


@pytest.mark.parametrize(("page", "source", "drawn"), EXAMPLES)
def test_an_example_has_no_problem(page: str, source: str, drawn: str, project: Project) -> None:
    assert project.scanner("github").scan(source).diagnostics == (), f"{page}: {drawn}"


@pytest.mark.parametrize("name", ["markdown", "zenn"])
def test_the_page_shows_each_example_as_it_is_drawn_alone(name: str, project: Project) -> None:
    """What stands around an example, such as the box that it is in, changes nothing in it."""
    boxes = built_sample().page(f"guide/{name}/index.html").select(".neco-example")
    sources = [found["source"] for found in EXAMPLE.finditer(PAGES[f"{name}.md"])]
    assert len(boxes) == len(sources)
    for picture in [link for box in boxes for link in box.select(".neco-zoom")]:
        picture.unwrap()  # what the finished page puts around a picture
    for box, source in zip(boxes, sources, strict=True):
        written, drawn = box.find_all(recursive=False)
        assert written.get_text().strip() == source
        assert forms(drawn) == forms(alone(source, project))


def alone(source: str, project: Project) -> Tag:
    """A text as it is drawn by itself, with the site's extensions, and without what ends a page."""
    ours = NecoWeeklyExtension(metadata=str(PROJECT / "docs/_metadata"))
    md = Markdown(extensions=[*project.extensions, ours], extension_configs=dict(project.extension_configs))
    soup = BeautifulSoup(f"<div>{md.convert(source)}</div>", "lxml")
    for notes in soup.select(".footnote"):
        notes.decompose()
    assert soup.div
    return soup.div


def forms(root: Tag) -> list[tuple[str, str]]:
    """The elements below another one with their classes; a KEP's depend on what the page has said of it before."""
    for kep in root.select(".neco-kep"):
        kep.decompose()
    return [(it.name, attribute(it, "class")) for it in root.find_all(True)]


def test_an_article_of_zenn_is_moved_as_the_guide_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(dt.datetime(2026, 10, 4, 12, tzinfo=dt.UTC).timestamp())))
    front = re.findall(r"^```yaml\n(---\n.*?\n---\n)```", PAGES["zenn.md"], re.DOTALL | re.MULTILINE)[0]
    folder = new_folder(tmp_path)
    folder.write("docs/issues/slug.md", f"{front}\n# はじめに\n一行目\n二行目\n\n## 中\n![図](/images/a.png)\n")
    folder.write("images/a.png", drawn_picture(4, 3))
    built = folder.build(strict=True)
    article = built.page("issues/slug/index.html").article
    assert article
    assert [(it.name, it.get_text()) for it in article.find_all(["h1", "h2", "h3"])] == [
        ("h1", "今週の Kubernetes"),
        ("h2", "はじめに"),
        ("h3", "中"),
    ]
    assert article.br
    assert built.target("issues/slug/index.html", attribute(article.img, "src")) == "images/a.png"
    (issue,) = built.json("api/issues.json")["issues"]
    assert issue["date"] == "2026-10-04"


# --- tables -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("front", "body", "shown"), rows("markdown.md", "見出しとタイトル"))
def test_the_table_of_titles_is_right(front: str, body: str, shown: str) -> None:
    ours = NecoWeeklyExtension(metadata=str(PROJECT / "docs/_metadata"))
    ours.scanned = IssueFile(
        path="issues/2026-10-04.md", meta={} if front == "なし" else {"title": code(front).removeprefix("title: ")}
    )
    html = Markdown(extensions=[ours]).convert("\n\n".join(re.findall("`([^`]+)`", body)))
    headings = BeautifulSoup(html, "lxml").find_all(re.compile("h[1-6]"))
    assert [f"{'#' * int(it.name[1])} {it.get_text()}" for it in headings] == re.findall("`([^`]+)`", shown)


@pytest.mark.parametrize(("written", "day"), [row[:2] for row in rows("markdown.md", "日付と公開")])
def test_the_table_of_dates_is_right(written: str, day: str) -> None:
    said = code(written)
    if said.endswith(".md"):
        assert str(issue_date({}, f"issues/{said}", "")) == day
    elif said.startswith("#"):
        assert str(issue_date({}, "issues/a.md", said)) == day
    else:
        assert str(issue_date(take_apart(f"---\n{said}\n---\n文\n").meta, "issues/a.md", "")) == day


@pytest.mark.parametrize(("written", "what"), rows("markdown.md", "日付と公開", 1))
def test_the_table_of_what_is_public_is_right(written: str, what: str) -> None:
    hold = why_held_back(take_apart(f"---\n{code(written)}\n---\n文\n"), TODAY)
    told = re.findall(r"`([a-z-]+)`", what)
    assert told == ([hold.code] if hold else ["future-date"])


@pytest.mark.parametrize(("written", "kind"), [row[:2] for row in rows("markdown.md", "記号が残ったとき")])
def test_the_table_of_what_is_left_is_right(written: str, kind: str, project: Project) -> None:
    told = {it.code for it in project.scanner("github").scan(code(written)).diagnostics}
    assert told == {code(kind)}


@pytest.mark.parametrize(
    ("page", "heading", "mark"),
    [("checks.md", "報告の一覧", "（お知らせ）"), ("checks-en.md", "All codes", " (to know)")],
)
def test_the_list_of_problems_has_every_kind_once_and_says_which_stop_nothing(
    page: str, heading: str, mark: str
) -> None:
    tables = PAGES[page].partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    listed = re.findall(r"^\| `([a-z-]+)` \| (.*) \|$", tables, re.MULTILINE)
    assert sorted(code for code, _ in listed) == sorted(KINDS)
    assert {code for code, meaning in listed if meaning.endswith(mark)} == {
        code for code, kind in KINDS.items() if kind.severity == "info"
    }
    behind = tables[re.search(r"^\*\*(?:書き方|Style)", tables, re.MULTILINE).start() :]  # type: ignore[union-attr]
    assert {code for code, _ in listed if f"| `{code}` |" in behind} == {
        code for code, kind in KINDS.items() if kind.only_check
    }


def test_the_pages_of_checks_name_the_same_codes_in_one_order() -> None:
    first, second = (re.findall(r"^\| `([a-z-]+)`", PAGES[it], re.MULTILINE) for it in ("checks.md", "checks-en.md"))
    assert first == second


# --- the pages as issues ------------------------------------------------------------------------------------------


def test_the_pages_of_the_guide_would_be_issues_without_a_problem(tmp_path: Path) -> None:
    settings = (PROJECT / "mkdocs.yml").read_text(encoding="utf-8").replace("issues: issues", "issues: guide")
    (tmp_path / "mkdocs.yml").write_text(settings, encoding="utf-8")
    (tmp_path / "docs").symlink_to(PROJECT / "docs")
    told = json.loads(run("neco", "check", "--json", cwd=tmp_path).stdout)
    of_text = [it for it in told if not KINDS[it["code"]].only_check]  # examples say the same again and again
    found = [(it["path"], it["code"]) for it in of_text if Path(it["path"]).name in ("markdown.md", "zenn.md")]
    assert found == [(f"docs/guide/{name}.md", "issue-without-date") for name in ("markdown", "zenn")]

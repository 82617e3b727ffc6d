"""Which pages of a built site say something else than before, and which only stand beside others now."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from neco_weekly.hosts.cli import commands
from neco_weekly.hosts.publish.changed_pages import MOST, changed_pages

PAGE = "<nav>{nav}</nav><article><h1>{title}<a class=headerlink>¶</a></h1><p>{text}</p>{end}</article>"


def page(text: str = "Text.", *, title: str = "Naps", nav: str = "", end: str = "") -> str:
    return PAGE.format(nav=nav, title=title, text=text, end=f'<div class="neco-end">{end}</div>')


def site(folder: Path, files: dict[str, str]) -> Path:
    for path, text in {"index.html": page(title="Home"), **files}.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ({"a/index.html": page()}, {"a/index.html": page()}, ([], [], [], 0)),
        ({}, {"a/index.html": page()}, (["a/"], [], [], 0)),
        ({"a/index.html": page()}, {}, ([], [], ["a/"], 0)),
        ({"a/index.html": page()}, {"a/index.html": page("Other.")}, ([], ["a/"], [], 0)),
        ({"a/index.html": page()}, {"a/index.html": page(title="Beds")}, ([], ["a/"], [], 0)),
        ({"a/index.html": page()}, {"a/index.html": page('<a href="x">Text.</a>')}, ([], ["a/"], [], 0)),
        ({"a/index.html": page()}, {"a/index.html": page(nav="more")}, ([], [], [], 0)),
        ({"a/index.html": page()}, {"a/index.html": page(end="related")}, ([], [], [], 0)),
        ({"index.html": page()}, {"index.html": page("Other.")}, ([], ["/"], [], 0)),
        ({"a.html": "<p>1</p>"}, {"a.html": "<p>2</p>"}, ([], ["a.html"], [], 0)),
        ({"feed.xml": "1", "gone.png": "1"}, {"feed.xml": "2", "new.css": "1"}, ([], [], [], 3)),
    ],
    ids=["same", "new", "gone", "words", "title", "link", "around", "end", "home", "no article", "files"],
)
def test_a_page_is_another_where_its_article_says_something_else(
    tmp_path: Path, before: dict[str, str], after: dict[str, str], expected: object
) -> None:
    found = changed_pages(site(tmp_path / "before", before), site(tmp_path / "after", after))
    paths = [[it.path for it in pages] for pages in (found.new, found.other, found.gone)]
    assert (*paths, found.files) == expected


def told(tmp_path: Path, before: dict[str, str], after: dict[str, str]) -> str:
    folders = [str(site(tmp_path / name, files)) for name, files in (("before", before), ("after", after))]
    result = CliRunner().invoke(commands, ["publish", "changed-pages", *folders])
    assert result.exit_code == 0, result.output
    return result.stdout


def test_people_read_it_by_titles_that_stay_text(tmp_path: Path) -> None:
    title = "&lt;b&gt;*Naps*&lt;/b&gt; @team #1"
    assert told(tmp_path, {"f": "1"}, {"a/index.html": page(title=title), "f": "2"}) == (
        "## Pages that this changes\n\n### New pages (1)\n\n"
        "- \\<b\\>\\*Naps\\*\\</b\\> @\u200bteam #\u200b1 (a/)\n\nBeside pages 1 file differs.\n"
    )


def test_where_nothing_changes_one_sentence_says_so(tmp_path: Path) -> None:
    assert told(tmp_path, {}, {}) == "## Pages that this changes\n\nNo page says anything else.\n"


def test_a_long_list_ends_with_a_count(tmp_path: Path) -> None:
    text = told(tmp_path, {}, {f"{number}/index.html": page() for number in range(MOST + 2)})
    assert f"### New pages ({MOST + 2})" in text
    assert text.count("- Naps (") == MOST
    assert text.endswith("- and 2 more\n")


def test_a_folder_without_a_site_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(Exception, match="empty: there is no site; build one there before"):
        changed_pages(tmp_path / "empty", site(tmp_path / "after", {}))

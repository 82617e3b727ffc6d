"""`llms.txt`: what the site has, for programs that read texts."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from pathlib import Path

from neco_weekly.display.words import load_strings
from neco_weekly.site.llms import LISTED, llms_text

from tests.lock_fixture import HOSTILE
from tests.release_files import ISSUE
from tests.sites import kep, new_folder

WORDS = load_strings("en")


def links(text: str) -> list[str]:
    return re.findall(r"^- \[.*\]\((\S+)\)(?:: .*)?$", text, re.MULTILINE)


def test_it_leads_to_the_markdown_of_issues_and_to_data(tmp_path: Path) -> None:
    folder = new_folder(tmp_path, site_url="https://neco.test/weekly/", site_description="週刊の記録")
    folder.lock(kep(127))
    folder.issue("2026-09-04", "## 話題\n\nKEP-127")
    built = folder.build()
    text = built.text("llms.txt")
    assert text.startswith("# Neco\n\n> 週刊の記録\n\n## 最近の号\n")
    root = "https://neco.test/weekly/"
    assert f"- [Neco Weekly (2026-09-04号)]({root}issues/2026/09/2026-09-04/index.md): 話題" in text
    assert links(text)
    assert all(it.startswith(root) for it in links(text))
    for it in links(text):
        path = it.removeprefix(root)
        assert (built.site / path).exists(), path


def test_without_an_address_its_links_are_relative(tmp_path: Path) -> None:
    folder = new_folder(tmp_path, site_url="", use_directory_urls=False)
    folder.lock(kep(127))
    folder.issue("2026-09-04", "KEP-127")
    built = folder.build()
    found = links(built.text("llms.txt"))
    assert {"issues/2026/09/2026-09-04.md", "keps/index.html", "api/keps.json"} <= set(found)
    assert built.page("keps/127.html").find(id="badge") is None


def test_it_lists_the_newest_and_hostile_titles_stay_text() -> None:
    days = [dt.date(2026, 1, 2) - dt.timedelta(weeks=week) for week in range(LISTED + 5)]
    issues = [replace(ISSUE, path=f"i/{day}.md", date=day, title=f"{HOSTILE}\n# {day}") for day in days]
    text = llms_text(issues, "a](b)\n# c", "d\n\n# e", lambda path: f"x y/{path})", WORDS).content
    assert [line for line in text.splitlines() if line.startswith("#")] == [
        r"# a\](b) \# c",
        "## Latest issues",
        "## Data (JSON)",
        "## Optional",
    ]
    listed = [line for line in text.splitlines() if "y/i/" in line]
    assert len(listed) == LISTED
    assert listed[0].endswith(f"\\# {days[0]}](x%20y/i/{days[0]}.md%29)")
    assert "<script>" not in text


def test_a_writers_own_file_stays(tmp_path: Path) -> None:
    folder = new_folder(tmp_path)
    folder.write("docs/llms.txt", "mine\n")
    folder.issue("2026-09-04", "本文")
    assert folder.build().text("llms.txt") == "mine\n"

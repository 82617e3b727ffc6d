"""The link that begins the next issue, in a build: after the pattern, of what is public, where pages are edited."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from tests.sites import Built, Folder, attribute, issue_path, new_folder

EDIT = "https://github.com/team/site/edit/trunk/docs/{path}"
PATTERN = "docs/_templates/issue.md"


@pytest.fixture
def desk(tmp_path: Path) -> Folder:
    folder = new_folder(tmp_path, edit_uri_template=EDIT)
    for day in ("2026-07-03", "2026-07-10"):
        folder.issue(day, "Text.", title=f"便り ({day})")
    return folder


def begun(built: Built) -> dict[str, list[str]]:
    """What the link of the archive fills in; empty without a link."""
    found = built.page("issues/index.html").select_one(".neco-write a")
    return parse_qs(urlsplit(attribute(found, "href")).query, strict_parsing=True) if found else {}


def test_the_archive_leads_to_the_editor_with_the_next_issue(desk: Folder) -> None:
    built = desk.build(strict=True)
    assert begun(built) == {"filename": ["issues/2026/07/2026-07-17.md"], "value": ["# 便り (2026-07-17)\n"]}
    page = built.page("issues/index.html")
    assert [it for it in page.select("script[src]") if "new-issue." in attribute(it, "src")]
    assert not [it for it in built.page("index.html").select("script[src]") if "new-issue." in attribute(it, "src")]


def test_it_is_written_after_the_pattern_of_the_team(desk: Folder) -> None:
    desk.write(PATTERN, "# {{ title }}\n\n## {{ date.month }}月の話\n")
    assert begun(desk.build())["value"] == ["# 便り (2026-07-17)\n\n## 7月の話\n"]


def test_what_is_held_back_leaves_no_trace(desk: Folder) -> None:
    desk.write(issue_path("2026-07-17"), "---\ndraft: true\nsecret: plan\n---\n\n# 秘密 (2026-07-17)\n")
    told = begun(desk.build())
    assert told == {"filename": ["issues/2026/07/2026-07-17.md"], "value": ["# 便り (2026-07-17)\n"]}


PRIVATE = "---\nreviewer: 秘密の人  # 秘密\n# 秘密\ntags: [k8s]  # 秘密\ndraft: true\n---\n\n"


def test_what_readers_may_not_see_is_not_in_the_address(desk: Folder) -> None:
    desk.write(PATTERN, f"{PRIVATE}# {{{{ title }}}}\n\n<!-- 秘密 -->\n\n## 今週\n\n[//]: # (秘密)\n")
    built = desk.build(strict=True)
    assert "秘密" not in unquote(built.text("issues/index.html"))
    (text,) = begun(built)["value"]
    assert text.endswith("# 便り (2026-07-17)\n\n## 今週\n")
    desk.write(issue_path("2026-07-17"), text)
    again = desk.build()
    assert [path for path in again.paths() if "2026-07-17" in path] == []


def test_what_two_issues_have_in_front_matter_is_not_in_the_address(desk: Folder) -> None:
    for day in ("2026-07-03", "2026-07-10"):
        private = PRIVATE.replace("draft: true\n", "")
        desk.write(issue_path(day), f"{private}# 便り ({day})\n\nText.\n")
    built = desk.build(strict=True)
    assert "秘密" not in unquote(built.text("issues/index.html"))
    assert begun(built)["value"] == ["---\ntags:\n  - k8s\n---\n\n# 便り (2026-07-17)\n"]


@pytest.mark.parametrize(
    "change",
    [
        lambda it: it.write(PATTERN, "{% if %}"),
        lambda it: it.write(PATTERN, b"\xff\xfe"),
        lambda it: it.configure(edit_uri_template=None),
        lambda it: it.configure(edit_uri_template="https://gitlab.com/team/site/-/edit/trunk/docs/{path}"),
    ],
    ids=["a pattern that is none", "no text", "no edit links", "another editor"],
)
def test_without_what_it_needs_there_is_no_link_and_no_problem(desk: Folder, change: object) -> None:
    change(desk)  # type: ignore[operator]
    assert begun(desk.build(strict=True)) == {}

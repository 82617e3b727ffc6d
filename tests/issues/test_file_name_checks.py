"""What is wrong with the names of files, whatever they hold."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from neco_weekly.issues.file_name_checks import file_name_problems

from tests.hosts.test_cli import neco
from tests.sites import ENGLISH, new_folder

GA = "ガ"


def found(*paths: str) -> list[tuple[str, str]]:
    return [(it.code, it.path) for it in file_name_problems(paths, "issues", "docs")]


@pytest.mark.parametrize("name", ["2024-05-19.MD", "a.Md", "a.markdown", "a.mkd", "2024/a.MARKDOWN"])
def test_what_people_take_for_an_issue_and_is_none(name: str) -> None:
    assert found(f"issues/{name}") == [("no-issue-by-name", f"docs/issues/{name}")]


@pytest.mark.parametrize(
    "path", ["issues/a.md", "issues/a.txt", "issues/a.png", "notes/a.MD", "issues.MD", "issues/md"]
)
def test_a_name_that_is_right(path: str) -> None:
    assert found(path) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("issues/A.md", "issues/a.md"),
        ("Issues/b.png", "issues/b.png"),
        (f"a/{unicodedata.normalize('NFD', GA)}.md", f"a/{GA}.md"),
        ("STRASSE.md", "straße.md"),
    ],
)
def test_two_names_that_are_one_elsewhere(one: str, other: str) -> None:
    first, second = sorted([one, other])
    assert found(other, one, "c.md") == [("names-differ-in-case", f"docs/{second}")]
    assert first != second


def test_check_and_build_say_the_same(tmp_path: Path) -> None:
    folder = new_folder(tmp_path, **ENGLISH)
    folder.issue("2026-01-09")
    folder.write("docs/issues/2024-05-19.MD", "# 題")
    folder.write("docs/pictures/A.png", b"")
    folder.write("docs/pictures/a.png", b"")
    folder.write("docs/.hidden/A.md", "")
    folder.write("docs/.hidden/a.md", "")
    said = [
        "docs/issues/2024-05-19.MD:1: the file 2024-05-19.MD is no issue, for its name does not end in `.md`; "
        "call it 2024-05-19.md",
        "docs/pictures/a.png:1: docs/pictures/a.png and docs/pictures/A.png are one file where case does not count, "
        "as on macOS and Windows; give one of the two another name",
    ]
    assert [it.removeprefix("neco-weekly: ") for it in folder.build().warnings] == said
    assert neco(folder, "check").out.splitlines() == said

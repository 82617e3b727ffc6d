"""The folder of the issues: one sentence where it holds none, which names the folder that may be meant."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from mkdocs.exceptions import Abort

from tests.hosts.test_cli import neco
from tests.sites import Folder, kep, new_folder

FIRST = "2026-09-04"


def a_site(root: Path, issues: Any, **files: str) -> Folder:
    folder = new_folder(root, plugins=["search", {"neco-weekly": {"issues": issues, "locale": "en"}}])
    folder.lock(kep(127))
    folder.issue(FIRST, "KEP-127")
    return folder


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("docs/issues", "issues"),
        ("Issues", "issues"),
        ("isues", "issues"),
        ("issue", "issues"),
        ("issues/2025", "issues/2026"),
        ("/docs/issues/", "issues"),
    ],
)
def test_a_folder_without_issues_is_told_with_the_nearest_that_has_some(
    written: str, meant: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = a_site(tmp_path, written)
    monkeypatch.chdir(tmp_path)
    looked_in = f"docs/{written.strip('/')}"
    line = next(n for n, it in enumerate((tmp_path / "mkdocs.yml").read_text().splitlines(), 1) if "issues:" in it)
    said = f"mkdocs.yml:{line}: the folder {looked_in} holds no issue; write `issues: {meant}`, if that folder is meant"
    assert [it for it in folder.build().warnings if "holds no issue" in it] == [f"neco-weekly: {said}"]
    with pytest.raises(Abort):
        folder.build(strict=True)
    done = neco(folder, "check")
    assert said in done.out
    assert done.status == 1


def test_a_folder_without_issues_that_no_other_is_near(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = a_site(tmp_path, "weekly")
    monkeypatch.chdir(tmp_path)
    (told,) = [it for it in folder.build().warnings if "holds no issue" in it]
    assert told.endswith(
        "the folder docs/weekly holds no issue; write under `issues` a folder that does, as it is called below docs"
    )


def test_a_site_that_has_not_begun_is_told_and_not_warned(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = a_site(tmp_path, "issues")
    (tmp_path / f"docs/issues/2026/09/{FIRST}.md").unlink()
    monkeypatch.chdir(tmp_path)
    built = folder.build(strict=True)
    assert [it for it in built.infos if "docs/issues holds no issue yet" in it]
    assert neco(folder, "check").status == 0


def test_an_issue_that_is_held_back_is_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = a_site(tmp_path, "notes")
    folder.write(f"docs/notes/{FIRST}.md", "---\ndraft: true\n---\n# a\n")
    monkeypatch.chdir(tmp_path)
    assert [it for it in folder.build().warnings if "holds no issue" in it] == []


@pytest.mark.parametrize("written", ["./issues", "issues/", "/issues", " issues "])
def test_a_folder_may_be_written_in_any_way(written: str, tmp_path: Path) -> None:
    built = a_site(tmp_path, written).build(strict=True)
    assert [it["keps"] for it in built.json("api/issues.json")["issues"]] == [[127]]
    assert "issues/index.html" in built.paths()


@pytest.mark.parametrize("written", [".", "./", "/", "..", "../issues", "issues/.."])
def test_the_docs_folder_itself_is_refused_in_one_sentence(
    written: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    folder = a_site(tmp_path, written)
    said = f"issues: `{written}` is no folder below the docs folder; name one there, such as `issues`"
    with pytest.raises(Abort), caplog.at_level("ERROR", logger="mkdocs"):
        folder.build()
    assert [it.getMessage() for it in caplog.records if said in it.getMessage()]
    done = neco(folder, "check")
    assert done.status == 2
    assert said in done.error
    assert "Traceback" not in done.error

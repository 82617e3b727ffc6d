"""`neco refresh --only releases`: from two small repositories into the lock, and from there onto pages."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from neco_weekly.sources.announcements.guide_page import PATH as GUIDE_PATH

from tests.hosts.test_cli import neco
from tests.sites import Folder, kep, new_folder
from tests.sources.repositories import GitFolder

README = """
| What | When |
| --- | --- |
| **Begin [Enhancements Freeze]** | Thursday 11th February 2027 (AoE) |
| **Begin [Code Freeze]** | Wednesday 17th March 2027 (AoE) |
| **v1.39.0 released** | Wednesday 21st April 2027 |
"""

EXCEPTIONS = """
codeFreeze:
- name: User namespaces
  issue: 127
  date_requested: 2027-03-18
  date_reviewed: 2027-03-19
  thread: https://groups.example.com/g/a
  status: denied
- {name: X, issue: soon, status: denied}
"""

EOL = 'branches:\n- {release: "1.36", endOfLifeDate: "2027-06-28"}\n'


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    folder = new_folder(tmp_path / "site")
    folder.lock(kep(127))
    folder.issue("2024-07-26", "## 見出し\n\nKEP-127")
    return folder


@pytest.fixture
def sources(tmp_path: Path) -> list[str | Path]:
    team, website = GitFolder(tmp_path / "team"), GitFolder(tmp_path / "website")
    team.commit({"releases/release-1.39/README.md": README, "releases/release-1.39/exceptions.yaml": EXCEPTIONS})
    website.commit({"data/releases/eol.yaml": EOL})
    return ["--sig-release", team.path, "--release-days", website.path]


def test_days_and_exceptions_go_into_the_lock_and_onto_pages(folder: Folder, sources: list[str | Path]) -> None:
    done = neco(folder, "refresh", "--only", "releases", *sources)
    assert done.status == 0
    assert done.out.splitlines() == [
        "v1.36: end of support 2027-06-28",
        "v1.39: enhancements freeze 2027-02-12",
        "v1.39: code freeze 2027-03-18",
        "v1.39: planned release 2027-04-21",
        "v1.39: KEP-127 asked for an exception from the code freeze: rejected",
        "to know: releases/release-1.39/exceptions.yaml:9: the request of 'X' names no KEP but 'soon'; it is left out",
        "to know: data/releases/schedule.yaml: there is no such file that can be read",
        f"to know: {sources[-1]} has no {GUIDE_PATH}; name another source",
        "The lock was updated.",
    ]
    lock = json.loads((folder.root / "docs/_metadata/releases.json").read_text(encoding="utf-8"))
    assert lock["releases"]["1.36"] == {"end_of_support": "2027-06-28"}
    assert neco(folder, "refresh", "--only", "releases", *sources).out.endswith("The lock is unchanged.\n")
    assert (
        "  v1.39, exception from the code freeze: asked 2027-03-18, rejected 2027-03-19 https://groups.example.com/g/a\n"
        in neco(folder, "kep", "127").out
    )
    built = folder.build(strict=True)
    assert "UID:kubernetes-v1.39-code-freeze@neco-weekly" in built.text("releases.ics")
    told = built.page("keps/127/index.html").text
    assert "v1.39 の Code Freeze の例外を 2027-03-18 に申請、2027-03-19 に却下" in told
    assert not any(path.endswith("releases.json") for path in built.paths())


def test_a_source_that_is_none_is_one_sentence_and_changes_nothing(folder: Folder, tmp_path: Path) -> None:
    done = neco(folder, "refresh", "--only", "releases", "--sig-release", tmp_path / "nowhere")
    assert done.status == 2
    assert "nowhere does not exist; --sig-release takes a URL, or the path of a clone or bundle" in done.error
    assert not (folder.root / "docs/_metadata/releases.json").exists()


def test_an_old_lock_is_told_by_check_and_build_and_ends_neither(folder: Folder) -> None:
    folder.lock(kep(127), as_of=dt.date(2020, 1, 9))
    folder.issue("2999-01-01", "KEP-127")  # what is to come says nothing of today
    (problem,) = [it for it in neco(folder, "check", "--json").json() if it["code"] == "old-lock"]
    assert (problem["path"].rpartition("/")[2], problem["severity"]) == ("2024-07-26.md", "info")
    assert "2020-01-09" in problem["message"]
    (told,) = [it for it in folder.build(strict=True).infos if "2020-01-09" in it]
    assert told.startswith("neco-weekly: docs/issues/2024/07/2024-07-26.md:1: ")

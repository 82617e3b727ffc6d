"""What no reader needs is in no site, whatever `exclude_docs` says."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.sites import Folder, kep, new_folder

LOCK = ("keps.json", "cards.json", "releases.json", "topics.json", "overrides.yml", "synonyms.yml", "topics.yml")


def built(folder: Folder) -> set[str]:
    folder.write("docs/_templates/issue.md", "# 今週\n\nKEP-127\n")
    folder.issue("2026-09-04", "KEP-127")
    return folder.build(strict=True).paths()


def names(paths: set[str]) -> set[str]:
    """Names of files, but those of the site's own `api/`."""
    return {path.rpartition("/")[2] for path in paths if not path.startswith("api/")}


@pytest.mark.parametrize("said", [None, "/drafts/", "!/_metadata/\n!_templates/\n!*.json", "/_metadata/"])
def test_the_lock_and_patterns_are_in_no_site(tmp_path: Path, said: str | None) -> None:
    folder = new_folder(tmp_path, exclude_docs=said)
    folder.lock(kep(127))
    paths = built(folder)
    assert not names(paths) & set(LOCK)
    assert [path for path in paths if path.startswith(("_metadata/", "_templates/"))] == []
    assert "keps/127/index.html" in paths


@pytest.mark.parametrize("name", ["data", "a [b]!", "."])
def test_beside_a_lock_in_a_folder_of_pages_the_pages_stay(tmp_path: Path, name: str) -> None:
    options = {"markdown_extensions": [{"neco_weekly": {"metadata": f"docs/{name}"}}]}
    folder = new_folder(tmp_path, exclude_docs=None, **options)
    for file in ("topics.json", "releases.json"):
        folder.write(f"docs/{name}/{file}", '{"schema": 1}')
    for file in LOCK[4:]:
        folder.write(f"docs/{name}/{file}", "")
    folder.write(f"docs/{name}/about.md", "# About\n")
    paths = built(folder)
    assert not names({path for path in paths if not path.startswith("_metadata/")}) & set(LOCK)
    assert f"{name}/about/index.html".removeprefix("./") in paths


def test_a_lock_outside_of_the_pages_changes_nothing(tmp_path: Path) -> None:
    folder = new_folder(tmp_path, markdown_extensions=[{"neco_weekly": {"metadata": "lock"}}])
    assert "issues/2026/09/2026-09-04/index.html" in built(folder)

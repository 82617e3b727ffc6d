"""A cache folder that another version of the program has left: the site is right, and nobody is told of anything."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import jinja2
import pytest
from neco_weekly.hosts.mkdocs.kept_entries import with_check

from tests.previews import preview
from tests.sites import MATERIAL, Folder, kep, new_folder

DATE = "2026-01-09"
FOLDERS = {"drawn", "finished", "pages", "social"}
"""What a build of a site with our design has in its cache folder."""


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    plugins = ["search", {"neco-weekly": {"issues": "issues", "design": True}}]
    folder = new_folder(tmp_path, theme=MATERIAL, plugins=plugins)
    folder.lock(kep(127))
    folder.issue(DATE, "## 節\n\nKEP-127 の話。")
    folder.write("docs/about.md", "# このサイト\n\n本文\n")
    return folder


def cache(folder: Folder) -> Path:
    return folder.root / ".cache/neco-weekly"


def in_a_folder(file: Path) -> None:
    """Turn a file into a folder of its name with a file inside."""
    content = file.read_bytes()
    file.unlink()
    file.mkdir()
    (file / "0").write_bytes(content)


FORMS: dict[str, Callable[[Path], object]] = {
    "without a check sum": lambda file: file.write_bytes(file.read_bytes()[32:]),
    "a later form": lambda file: file.write_bytes(with_check(b'{"form": 9, "key": "x", "page": {"scan_result": {}}}')),
    "a later form of what grows": lambda file: file.write_bytes(b"neco-kept-9\n" + file.read_bytes()[12:]),
    "nothing yet": lambda file: file.write_bytes(b""),
    "a folder": in_a_folder,
}
"""What another version may have had in the place of each file."""


@pytest.mark.parametrize("form", FORMS)
def test_files_of_another_form_are_none(form: str, folder: Folder) -> None:
    expected = folder.build()
    assert {it.name for it in cache(folder).iterdir()} == FOLDERS
    for file in [it for it in cache(folder).rglob("*") if it.is_file()]:
        FORMS[form](file)
    for _ in range(2):
        found = folder.build()
        assert found.contents() == expected.contents()
        assert (found.warnings, found.infos) == (expected.warnings, expected.infos)


def test_files_in_the_places_of_folders_only_cost_speed(folder: Folder) -> None:
    expected = folder.build()
    for name in (*FOLDERS, "last-site"):
        shutil.rmtree(cache(folder) / name, ignore_errors=True)
        (cache(folder) / name).write_bytes(b"x")
    found = folder.build()
    assert found.contents() == expected.contents()
    assert (found.warnings, found.infos) == (expected.warnings, expected.infos)


def test_nothing_is_shown_that_another_program_has_drawn(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    draw = jinja2.Template.render
    with monkeypatch.context() as other:
        for place in ("render_key", "site_key", "finished_pages"):
            other.setattr(f"neco_weekly.hosts.mkdocs.{place}.programs_digest", lambda: b"another")
        other.setattr(jinja2.Template, "render", lambda *about, **more: f"{draw(*about, **more)}古い")
        assert "古い" in folder.build().text("keps/127/index.html")
    found = folder.build()
    assert "古い" not in found.text("keps/127/index.html")
    shutil.rmtree(cache(folder))
    assert found.contents() == folder.build(to="fresh").contents()


def test_a_preview_begins_with_it_and_goes_on(folder: Folder) -> None:
    folder.build()
    files = [it for it in cache(folder).rglob("*") if it.is_file()]
    for file, form in zip(files, [*FORMS.values()] * len(files), strict=False):
        form(file)
    with preview(folder) as shown:
        assert "の話。" in shown.issue(DATE).get_text()
        folder.issue(DATE, "別の話。")
        shown.until(lambda: shown.builds == 2)
        assert "別の話。" in shown.issue(DATE).get_text()
        assert shown.times("Traceback") == shown.times("Error") == shown.times("WARNING") == 0

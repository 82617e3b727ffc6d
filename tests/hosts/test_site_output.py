"""A file of ours that is as in the last site is that file, by a second name; all others are written anew."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from neco_weekly.hosts.mkdocs.site_output import SiteOutput

from tests.sites import Built, Folder, new_folder

DATE, LATER = "2026-01-09", "2026-01-16"


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    folder = new_folder(tmp_path)
    folder.issue(DATE, "KEP-127 の話。")
    folder.issue(LATER, "別の話。")
    folder.build()
    return folder


def places(folder: Folder) -> dict[str, tuple[int, int]]:
    """What tells each file of a site from one with the same content: its number there, and when it was written."""
    files = (path for path in (folder.root / "site").rglob("*") if path.is_file())
    return {path.relative_to(folder.root / "site").as_posix(): told(path) for path in files}


def told(path: Path) -> tuple[int, int]:
    about = path.stat()
    return about.st_ino, about.st_mtime_ns


PREVIEW, MARKDOWN, DATA = f"issues/2026/01/{DATE}/preview.json", f"issues/2026/01/{DATE}/index.md", "api/keps.json"
"""A file of each kind: written at once, beside its page, by MkDocs."""


def test_what_is_as_before_is_the_file_of_before(folder: Folder) -> None:
    before = places(folder)
    folder.issue(LATER, "ちがう話。")
    built, after = folder.build(), places(folder)
    same = {path for path, place in after.items() if before.get(path) == place}
    assert {PREVIEW, MARKDOWN, DATA} <= same
    assert not [path for path in same if LATER in path and path.endswith((".md", "preview.json"))]
    folder.root.joinpath("site").rename(folder.root / "kept")
    assert Built(folder.root / "kept").contents() == folder.build().contents()
    assert built.paths()


def test_each_file_has_one_name_when_the_build_is_over(folder: Folder) -> None:
    folder.build()
    assert {path.stat().st_nlink for path in (folder.root / "site").rglob("*") if path.is_file()} == {1}


@pytest.mark.parametrize("path", [PREVIEW, MARKDOWN, DATA])
def test_what_somebody_has_changed_there_is_written_again(folder: Folder, path: str) -> None:
    file = folder.root / "site" / path
    content = file.read_bytes()
    file.write_bytes(content[:-1] + b"?")
    folder.build()
    assert file.read_bytes() == content


def test_a_file_that_has_another_name_stays_somebody_elses(folder: Folder) -> None:
    theirs = folder.root / "copy"
    os.link(folder.root / "site" / DATA, theirs)
    folder.build()
    assert theirs.stat().st_nlink == 1


def test_a_file_that_readers_were_kept_from_is_written_again(folder: Folder) -> None:
    """Somebody built with a mask that let nobody else read; the next build has another one."""
    files = [path for path in (folder.root / "site").rglob("*") if path.is_file()]
    modes = {path: path.stat().st_mode for path in files}
    for path in files:
        path.chmod(0o600)
    folder.build()
    assert {path: path.stat().st_mode for path in files} == modes


def test_a_link_to_elsewhere_is_not_followed(folder: Folder) -> None:
    file, elsewhere = folder.root / "site" / DATA, folder.root / "elsewhere"
    file.rename(elsewhere)
    file.symlink_to(elsewhere)
    folder.build()
    assert not file.is_symlink()
    assert elsewhere.stat().st_nlink == 1


def test_what_is_written_twice_leaves_the_last_site_as_it_was(tmp_path: Path) -> None:
    site, last = tmp_path / "site", tmp_path / "last"
    last.mkdir()
    (last / "a.json").write_bytes(b"1")
    output = SiteOutput()
    output.begin((site, last))
    path = site / "a.json"
    for content in (b"1", b"2"):
        output.write(str(path), content)
        assert path.read_bytes() == content
    assert (last / "a.json").read_bytes() == b"1"
    output.write(str(path), b"1")
    assert path.samefile(last / "a.json")


def test_without_a_last_site_all_is_written(tmp_path: Path) -> None:
    output, path = SiteOutput(), tmp_path / "site/deep/a.json"
    for folders in (None, (tmp_path / "site", tmp_path / "gone"), (tmp_path / "other", tmp_path / "site")):
        output.begin(folders)
        output.write(str(path), b"1")
        assert path.read_bytes() == b"1"


def test_where_the_disk_knows_no_second_names_all_is_written(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Path, target: str) -> None:
        raise PermissionError(1, "not permitted", str(self))

    before = Built(folder.root / "site").contents()
    monkeypatch.setattr(Path, "hardlink_to", refuse)
    assert folder.build().contents() == before

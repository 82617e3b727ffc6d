"""Files that are written whole: what a dead writer leaves goes, what a living one is about to write stays."""

from __future__ import annotations

import errno
import fcntl
import os
import tempfile
import time
from pathlib import Path

import pytest
from neco_weekly.lock import folder_locks, whole_files
from neco_weekly.lock.folder_locks import only_writer
from neco_weekly.lock.whole_files import ChangedError, sweep, write_new, write_together, write_whole

LEFT = ".keps.json.abcd_123.neco"


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


# --- leftovers ----------------------------------------------------------------------------------------------------


def test_a_dead_writer_s_file_goes_and_any_other_stays(tmp_path: Path) -> None:
    others = [".keps.json.swp", ".neco", "a.abcd_123.neco", ".a.abcd_12.neco", ".keps.json.abcd_123"]
    for name in (LEFT, *others):
        (tmp_path / name).write_text("x")
    (tmp_path / ".a.abcd_124.neco").mkdir()
    sweep(tmp_path)
    assert names(tmp_path) == sorted([*others, ".a.abcd_124.neco"])


def test_a_link_by_such_a_name_stays(tmp_path: Path) -> None:
    (tmp_path / LEFT).symlink_to(tmp_path / "nothing")
    sweep(tmp_path)
    assert names(tmp_path) == [LEFT]


def test_a_living_writer_s_file_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Just before it is renamed another process sweeps."""
    seen: list[list[str]] = []
    replace = Path.replace

    def swept_before(self: Path, target: Path) -> Path:
        sweep(tmp_path)
        seen.append(names(tmp_path))
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", swept_before)
    write_whole(tmp_path / "a.txt", "new")
    assert [len(it) for it in seen] == [1]
    assert (tmp_path / "a.txt").read_text() == "new"


def test_a_file_that_is_swept_before_its_writer_has_locked_it_is_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make, made = tempfile.mkstemp, []

    def swept_at_once(prefix: str, suffix: str, dir: Path) -> tuple[int, str]:
        descriptor, name = make(prefix=prefix, suffix=suffix, dir=dir)
        made.append(name)
        if len(made) == 1:
            sweep(tmp_path)
        return descriptor, name

    monkeypatch.setattr(tempfile, "mkstemp", swept_at_once)
    write_whole(tmp_path / "a.txt", "new")
    assert (len(made), names(tmp_path)) == (2, ["a.txt"])


def test_the_first_write_to_a_folder_sweeps_it(tmp_path: Path) -> None:
    (tmp_path / LEFT).write_text("half")
    write_whole(tmp_path / "a.txt", "new")
    assert names(tmp_path) == ["a.txt"]


@pytest.mark.parametrize(("age", "stays"), [(0, True), (100_000, False)])
def test_where_there_are_no_locks_a_day_tells(
    age: int, stays: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folder_locks, "CAN_LOCK", False)
    monkeypatch.setattr(whole_files, "CAN_LOCK", False)
    (tmp_path / LEFT).write_text("half")
    os.utime(tmp_path / LEFT, (time.time() - age,) * 2)
    write_whole(tmp_path / "a.txt", "new")
    assert (LEFT in names(tmp_path)) is stays


# --- in place of what was read ------------------------------------------------------------------------------------


def test_what_is_not_as_it_was_read_stays(tmp_path: Path) -> None:
    first, second = tmp_path / "a", tmp_path / "b"
    first.write_text("old")
    second.write_text("theirs")
    with pytest.raises(ChangedError):
        write_together({first: "new", second: "new"}, instead_of={first: b"old", second: None})
    assert (first.read_text(), second.read_text(), names(tmp_path)) == ("new", "theirs", ["a", "b"])


@pytest.mark.parametrize("kind", ["file", "folder", "link", "link that leads nowhere"])
def test_a_new_file_takes_no_place(kind: str, tmp_path: Path) -> None:
    path, other = tmp_path / "a.md", tmp_path / "other"
    other.write_text("Mine.")
    if kind == "file":
        path.write_text("Mine.")
    elif kind == "folder":
        path.mkdir()
    else:
        path.symlink_to(other if kind == "link" else tmp_path / "nowhere")
    with pytest.raises(ChangedError):
        write_new(path, "New.")
    assert (path.is_symlink(), path.is_dir()) == (kind.startswith("link"), kind == "folder")
    assert {it.read_text() for it in tmp_path.iterdir() if it.is_file()} == {"Mine."}


# --- one writer ---------------------------------------------------------------------------------------------------


def test_a_folder_is_made_and_goes_again_if_it_stays_empty(tmp_path: Path) -> None:
    with only_writer(tmp_path / "a/b") as alone:
        assert (alone, (tmp_path / "a/b").is_dir()) == (True, True)
    assert not (tmp_path / "a/b").exists()
    with only_writer(tmp_path / "a/b"):
        (tmp_path / "a/b/file").touch()
    assert names(tmp_path / "a/b") == ["file"]


def test_a_folder_that_was_taken_away_meanwhile_is_no_lock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As git does: whoever waited for the old folder would be alone with it."""
    folder, flock, waited = tmp_path / "a", fcntl.flock, []

    def taken_away(descriptor: int, how: int) -> None:
        flock(descriptor, how)
        waited.append(os.fstat(descriptor).st_ino)
        if len(waited) == 1:
            folder.rename(tmp_path / "old")

    monkeypatch.setattr(fcntl, "flock", taken_away)
    with only_writer(folder):
        assert waited[1:] == [folder.stat().st_ino]


def test_a_file_system_without_locks_keeps_nobody_waiting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(descriptor: int, how: int) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(fcntl, "flock", refuse)
    with only_writer(tmp_path) as alone:
        assert not alone

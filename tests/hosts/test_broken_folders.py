"""A refresh where files cannot be read or written: one sentence with the place, and nothing is lost."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from neco_weekly.lock.store import load_lock
from neco_weekly.model.cards import Card

from tests.file_operations import Operations, watched
from tests.hosts.test_cli import LOOPBACK, Outcome, neco
from tests.hosts.test_cli_cards import HTML, IMAGE, page, picture, refresh
from tests.sites import Built, Folder, kep, new_folder
from tests.sources.repositories import KEP_127, GitFolder
from tests.sources.repositories import kep as kep_file
from tests.sources.sites import Serve

DATE = "2026-01-09"
OLD = Card(url="https://example.org/", title="Nobody mentions it")
UNUSED = "docs/assets/cards/0123456789abcdef0123.png"


@pytest.fixture
def folder(tmp_path: Path, serve: Serve) -> Folder:
    folder = new_folder(tmp_path / "project")
    site = serve({"/a": (200, {**HTML, "ETag": "1"}, page("A", IMAGE)), "/image.png": (200, {}, picture("red"))})
    folder.lock(kep(1), cards=[OLD])
    folder.write(UNUSED, b"x")
    folder.issue(DATE, f"KEP-127\n\n{site.url}/a")
    return folder


def last_words(done: Outcome) -> str:
    return [line for line in done.error.splitlines() if not line.startswith("asked: ")][-1]


# --- a full disk --------------------------------------------------------------------------------------------------


class Full:
    """A disk that is full from one operation on."""

    def __init__(self, operation: int) -> None:
        self.operation, self.met = operation, ""

    def __call__(self, number: int, name: str) -> None:
        if number >= self.operation:
            self.met = self.met or name
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), name.partition(" ")[2])


def test_a_disk_that_is_full_from_any_operation_on(folder: Folder, tmp_path: Path) -> None:
    upstream = GitFolder(tmp_path / "enhancements")
    upstream.commit({KEP_127: kep_file(title="User Namespaces", stage="beta")})
    upstream.git("bundle", "create", "--quiet", str(tmp_path / "keps.bundle"), "HEAD", "master")
    asked = ("refresh", "--prune", "--source", tmp_path / "keps.bundle", "--report", "report.md", *LOOPBACK)
    before, pristine = load_lock(folder.docs / "_metadata"), shutil.copytree(folder.root, tmp_path / "pristine")
    number, seen = 0, []
    while True:
        number += 1
        shutil.rmtree(folder.root)
        shutil.copytree(pristine, folder.root)
        full = Full(number)
        with watched(Operations(folder.root, full)):
            done = neco(folder, *asked)
        if done.status == 0:  # all is done by then
            break
        said = last_words(done).replace(f"{folder.root}/", "")
        lock = load_lock(folder.docs / "_metadata")
        seen.append(said.partition(":")[0] + said.partition(":")[2].partition(":")[0])
        assert (done.status, "No space left on device" in said) == (2, True), full.met
        assert ("nothing was changed" in said) <= (lock == before), full.met
        assert lock == before or not said.startswith("Error: docs/_metadata: cannot") or "only keps.json" in said
    assert number > 30
    assert {it.partition("cards/")[0] for it in seen} == {
        "Error the cache folder .cache/neco-weekly cannot be written to",
        "Error docs/assets/",
        "Error docs/_metadata",
        "Error report.md",
    }


# --- what is no file ----------------------------------------------------------------------------------------------


def loop(path: Path) -> None:
    path.symlink_to(path.name)


def taken_away(path: Path) -> None:
    """Nothing is there."""


@pytest.mark.parametrize(
    ("path", "damage", "said"),
    [
        ("docs/_metadata/keps.json", loop, "docs/_metadata/keps.json: cannot be read (Too many levels of symb"),
        ("docs/_metadata/keps.json", Path.mkdir, "docs/_metadata/keps.json: cannot be read (Is a directory); "),
        ("docs/_metadata/overrides.yml", loop, "docs/_metadata/overrides.yml: cannot be read (Too many levels of symb"),
        ("docs/_metadata", Path.touch, "docs/_metadata/keps.json: cannot be read (Not a directory); "),
        ("docs/assets/cards", loop, "docs/assets/cards: is a link to another place; make it a folder"),
        ("docs/assets/cards", Path.touch, "docs/assets/cards/"),
        ("docs/assets", loop, "docs/assets/cards/"),
        ("docs/note.md", loop, "docs/note.md: cannot be read (Too many levels of symbolic links); "),
        ("docs/note.md", Path.mkdir, None),
        ("docs/issues", loop, "docs/issues: cannot be listed (Too many levels of symbolic links), so nobody knows "),
        ("docs/issues", Path.touch, "docs/issues: cannot be listed (Not a directory), so nobody knows which "),
        ("docs/issues", taken_away, "docs/issues: cannot be listed (No such file or directory), so nobody knows "),
        ("mkdocs.yml", loop, "mkdocs.yml: cannot be read (Too many levels of symbolic links); "),
        (".cache", loop, None),
        (".cache", Path.touch, None),
    ],
)  # fmt: skip
def test_what_is_no_file_or_folder(
    path: str, damage: Callable[[Path], object], said: str | None, folder: Folder
) -> None:
    damaged = folder.root / path
    if damaged.is_dir():
        shutil.rmtree(damaged)
    damaged.unlink(missing_ok=True)
    damage(damaged)
    before = Built(folder.docs).contents()
    done = refresh(folder, "--prune")
    assert "Traceback" not in done.error
    if said is None:
        assert done.status == 0, done.error
    else:
        assert (done.status, last_words(done).startswith(f"Error: {said}")) == (2, True), done.error
        assert Built(folder.docs).contents() == before


def test_a_folder_of_pages_that_cannot_be_listed(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    """What its pages mention is not removed. Those who test as root may read anything, so the system refuses here."""
    closed, scandir = folder.docs / "notes", os.scandir

    def refuse(path: str | Path) -> object:
        if Path(path).resolve() == closed:
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return scandir(path)

    closed.mkdir()
    monkeypatch.setattr(os, "scandir", refuse)
    done = refresh(folder, "--prune")
    assert (done.status, last_words(done)) == (
        2,
        "Error: docs/notes: cannot be listed (Permission denied), so nobody knows which cards its pages mention; "
        "nothing was removed",
    )
    assert OLD.url in load_lock(folder.docs / "_metadata").cards

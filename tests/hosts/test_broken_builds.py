"""A build on a machine that refuses something: one sentence with the place, wherever it happens."""

from __future__ import annotations

import errno
import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from mkdocs.exceptions import Abort
from neco_weekly.model.cards import Card

from tests.file_operations import Operations, watched
from tests.hosts.test_cli import neco
from tests.sites import Folder, kep, log_of_mkdocs, new_folder

DATE = "2026-01-09"
SENTENCE = re.compile(r"Error: [^:]+: [^;]+; .+")


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    folder = new_folder(tmp_path / "project")
    folder.lock(kep(127), cards=[Card(url="https://example.org/", title="A")])
    folder.issue(DATE, "KEP-127\n\nhttps://example.org/\n\n![](a.png)\n\n```mermaid\ngraph LR\n```")
    folder.write("docs/issues/2026/01/a.png", b"x")
    return folder


EVERY = 1 if "NECO_EVERY_KILL" in os.environ else 7
"""Of how many operations one is refused, a prime, for a file is written in a few: each takes a build.

`scripts/fuzz` refuses all."""


def last_words(folder: Folder) -> str:
    """Build, and return the sentence with which that ended; the empty string where it did not end early."""
    try:
        folder.build()
    except Abort as error:
        return str(error)
    return ""


class Refusing:
    """A machine that refuses one operation, and tells which that was."""

    def __init__(self, operation: int, number: int, *, names: bool = True) -> None:
        self.operation, self.number, self.names, self.met = operation, number, names, ""

    def __call__(self, number: int, name: str) -> None:
        if number == self.operation and not name.endswith("mkdocs.yml"):  # MkDocs reads it before there is a plugin
            self.met = name
            path = name.partition(" ")[2]
            raise OSError(self.number, os.strerror(self.number), *([path] if self.names else []))


@pytest.mark.parametrize(
    ("number", "names", "reads"),
    [
        pytest.param(errno.ENOSPC, False, False, id="a full disk, which names no file"),
        pytest.param(errno.EACCES, True, True, id="a closed folder"),
    ],
)
def test_whatever_the_machine_refuses_is_one_sentence(number: int, names: bool, reads: bool, folder: Folder) -> None:
    operation, told = 1 - EVERY, 0
    while True:
        operation += EVERY
        refusing = Refusing(operation, number, names=names)
        shutil.rmtree(folder.root / "site", ignore_errors=True)  # else most files need not be written
        with watched(Operations(folder.root, refusing, reads=reads)) as watcher, log_of_mkdocs():
            said = last_words(folder)
        if watcher.count < operation:
            break
        if said:
            told += 1
            assert SENTENCE.fullmatch(said), (refusing.met, said)
            assert os.strerror(number) in said
    assert (operation > 10, told > 5) == (True, True)


def test_too_little_memory_is_one_sentence(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> object:
        raise MemoryError

    monkeypatch.setattr("neco_weekly.hosts.mkdocs.build.build_index", full)
    with pytest.raises(Abort, match=r"Error: site: there is not enough memory; close other programs"):
        folder.build()


def test_an_error_of_a_program_keeps_its_trace(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    def wrong(*_: object) -> object:
        raise ConnectionRefusedError(errno.ECONNREFUSED, "Connection refused")

    monkeypatch.setattr("neco_weekly.hosts.mkdocs.build.build_index", wrong)
    with pytest.raises(ConnectionRefusedError):
        folder.build()


def loop(path: Path) -> None:
    path.symlink_to(path.name)


@pytest.mark.parametrize(
    ("path", "damage"),
    [
        ("site", loop),
        ("site", Path.touch),
        ("docs/issues", loop),
        (f"docs/issues/2026/01/{DATE}.md", loop),
        ("docs/note.md", loop),
        ("docs/a.png", loop),
        ("docs/_metadata/keps.json", loop),
        ("docs/_metadata", loop),
        ("docs", loop),
        (".cache", loop),
    ],
)
@pytest.mark.parametrize("command", [("mkdocs", "build"), ("neco", "check"), ("neco", "check", "docs/issues")])
def test_a_circle_of_links_has_no_trace(
    command: tuple[str, ...], path: str, damage: Callable[[Path], object], folder: Folder
) -> None:
    damaged = folder.root / path
    if damaged.is_dir():
        damaged.rename(folder.root / "away")
    damaged.unlink(missing_ok=True)
    damage(damaged)
    if command[0] == "neco":
        done = neco(folder, *command[1:])
        assert "Traceback" not in done.error
    else:
        with log_of_mkdocs() as records:
            last_words(folder)  # any other error than MkDocs' own would come out here
        assert [it.getMessage() for it in records if it.exc_info] == []

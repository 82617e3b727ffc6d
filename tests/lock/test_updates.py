"""The one way in which a program changes the lock, and what others may do at each moment of it."""

from __future__ import annotations

import ast
import multiprocessing
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import neco_weekly
import pytest
from neco_weekly.lock import updates
from neco_weekly.lock.store import CARDS_FILE, KEPS_FILE, Lock, cards_json, load_lock, save_lock
from neco_weekly.lock.updates import update_lock, writing
from neco_weekly.model.cards import Card
from neco_weekly.model.errors import NecoError

from tests.file_operations import Operations, watched
from tests.sites import TODAY, kep

A, B, C = (Card(url=f"https://{name}.jp/", title=name) for name in "abc")
KNOWN = Lock(as_of=TODAY, fetched={127: kep(127)}, cards={A.url: A})


def with_card(card: Card) -> Callable[[Lock], Lock]:
    return lambda lock: replace(lock, cards={**lock.cards, card.url: card})


@pytest.fixture
def metadata(tmp_path: Path) -> Path:
    save_lock(KNOWN, tmp_path / "_metadata")
    return tmp_path / "_metadata"


def test_what_stands_there_is_what_is_changed(metadata: Path) -> None:
    load_lock(metadata)
    save_lock(with_card(C)(KNOWN), metadata)
    with writing(metadata):
        update = update_lock(metadata, with_card(B))
    assert (update.before, update.after, update.changed) == (with_card(C)(KNOWN), load_lock(metadata), True)
    assert set(update.after.cards) == {A.url, B.url, C.url}


def test_a_file_that_holds_the_same_afterwards_is_not_touched(metadata: Path) -> None:
    written = (metadata / KEPS_FILE).read_text(encoding="utf-8").replace("\n", "\n\n")
    (metadata / KEPS_FILE).write_text(written, encoding="utf-8")
    with writing(metadata):
        update_lock(metadata, with_card(B))
    assert (metadata / KEPS_FILE).read_text(encoding="utf-8") == written
    assert list(load_lock(metadata).cards) == [A.url, B.url]


@pytest.mark.parametrize("name", [KEPS_FILE, CARDS_FILE])
def test_merge_markers_stop_it(name: str, metadata: Path) -> None:
    text = (metadata / name).read_text(encoding="utf-8")
    (metadata / name).write_text(f"{{\n<<<<<<< HEAD\n{text[1:]}", encoding="utf-8")
    before = {path.name: path.read_bytes() for path in metadata.iterdir()}
    prepared: list[object] = []
    with pytest.raises(NecoError, match=rf"{name}:2: holds merge markers; "), writing(metadata):
        update_lock(metadata, with_card(B), prepared.append)
    assert {path.name: path.read_bytes() for path in metadata.iterdir()} == before
    assert prepared == []


def edited_before(operation: int, metadata: Path) -> list[str]:
    """Update the lock; before that operation on its files, all of which are returned, somebody adds a card."""
    save_lock(KNOWN, metadata)

    def edit(number: int, name: str) -> None:
        if number == operation:
            save_lock(with_card(C)(load_lock(metadata)), metadata)

    with watched(Operations(metadata, edit, reads=True)) as seen, writing(metadata):
        update_lock(metadata, lambda lock: replace(with_card(B)(lock), as_of=None))
    return seen.names


def test_the_lock_is_edited_at_each_moment(metadata: Path) -> None:
    """By somebody who asks for no lock. Only from the last look at the file to its renaming nothing can be done."""
    operations = edited_before(0, metadata)
    for number, name in enumerate(operations, start=1):
        if not name.startswith(f"os.rename {metadata}/.{CARDS_FILE}"):
            edited_before(number, metadata)
            assert set(load_lock(metadata).cards) == {A.url, B.url, C.url}, name
            assert load_lock(metadata).as_of is None
    assert len(operations) > 10


def test_an_editor_that_has_written_half_of_a_file_is_waited_for(
    metadata: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = cards_json(with_card(C)(KNOWN))
    (metadata / CARDS_FILE).write_text(text[:40], encoding="utf-8")
    monkeypatch.setattr(time, "sleep", lambda _: (metadata / CARDS_FILE).write_text(text, encoding="utf-8"))
    with writing(metadata):
        update_lock(metadata, with_card(B))
    assert set(load_lock(metadata).cards) == {A.url, B.url, C.url}


def test_who_never_stops_writing_is_told_of(metadata: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(updates, "ATTEMPTS", 3)
    asked: list[int] = []

    def edited(lock: Lock) -> Lock:
        asked.append(1)
        (metadata / CARDS_FILE).write_text((metadata / CARDS_FILE).read_text() + "\n")
        return with_card(B)(lock)

    with pytest.raises(NecoError, match="somebody else writes the lock all the time"), writing(metadata):
        update_lock(metadata, edited)
    assert len(asked) == 3


def add(metadata: Path, number: int, barrier: multiprocessing.synchronize.Barrier) -> None:
    barrier.wait()
    for card in (Card(url=f"https://{number}.jp/{count}") for count in range(5)):
        with writing(metadata):
            update_lock(metadata, with_card(card))


def test_eight_processes_at_once_lose_nothing(metadata: Path) -> None:
    spawn = multiprocessing.get_context("spawn")
    barrier = spawn.Barrier(8)
    processes = [spawn.Process(target=add, args=(metadata, number, barrier)) for number in range(8)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0] * 8
    assert len(load_lock(metadata).cards) == 1 + 8 * 5


@pytest.mark.parametrize("damage", ["a file", "a loop"])
def test_a_folder_that_is_none_is_one_sentence(damage: str, tmp_path: Path) -> None:
    metadata = tmp_path / "_metadata"
    metadata.write_text("x") if damage == "a file" else metadata.symlink_to(metadata)
    with (
        pytest.raises(NecoError, match=r"_metadata: cannot write the lock \([^)]+\); nothing was changed$"),
        writing(metadata),
    ):
        pass


def test_nothing_in_the_package_writes_the_lock_in_another_way() -> None:
    package = Path(neco_weekly.__file__).parent
    writers = {"save_lock", "write_together"}
    users = {
        path.relative_to(package).as_posix()
        for path in package.rglob("*.py")
        if writers & {it.id for it in ast.walk(ast.parse(path.read_bytes())) if isinstance(it, ast.Name)}
    }
    assert users == {"lock/store.py", "lock/updates.py", "lock/whole_files.py"}

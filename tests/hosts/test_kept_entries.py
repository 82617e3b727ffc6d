"""What is kept between builds in one file: whole or not at all, whatever happens to the file."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest
from neco_weekly.hosts.mkdocs import kept_entries
from neco_weekly.hosts.mkdocs.kept_entries import KeptEntries
from neco_weekly.lock.whole_files import GrowingFile

KEY, OTHER = bytes(32), bytes([1]) * 32
TEXTS = ["猫", "", "a\ud800b\r\n"]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file with the entries `a` and `b`."""
    path = tmp_path / "drawn/kept"
    entries = KeptEntries(path)
    entries.put("a", KEY, TEXTS)
    entries.put("b", KEY, ["b"])
    entries.save()
    return path


def kept(path: Path, name: str = "a", key: bytes = KEY) -> list[str] | None:
    entries = KeptEntries(path)
    found = entries.get(name, key)
    entries.close()
    return found


def test_an_entry_is_there_under_its_name_and_key(path: Path) -> None:
    found = [kept(path), kept(path, "b"), kept(path, "c"), kept(path, key=OTHER)]
    assert found == [TEXTS, ["b"], None, None]


def test_what_nobody_asks_for_any_more_goes_when_something_new_comes(path: Path) -> None:
    entries = KeptEntries(path)
    assert entries.get("b", KEY) == ["b"]
    entries.save()
    assert kept(path) == TEXTS
    entries = KeptEntries(path)
    assert entries.get("b", KEY) == ["b"]
    entries.put("c", OTHER, ["c"])
    entries.save()
    assert [kept(path), kept(path, "b"), kept(path, "c", OTHER)] == [None, ["b"], ["c"]]


def test_an_entry_that_somebody_knows_stays_unread(path: Path) -> None:
    entries = KeptEntries(path)
    assert [entries.has("a", KEY), entries.has("a", OTHER), entries.has("c", KEY)] == [True, False, False]
    entries.put("c", OTHER, ["c"])
    assert entries.has("c", OTHER)
    entries.save()
    assert [kept(path), kept(path, "b"), kept(path, "c", OTHER)] == [TEXTS, None, ["c"]]


def test_an_entry_of_another_key_takes_the_place_of_the_one_before(path: Path) -> None:
    entries = KeptEntries(path)
    assert entries.get("a", OTHER) is None
    entries.put("a", OTHER, ["new"])
    entries.put("a", OTHER, ["newer"])
    entries.save()
    assert [kept(path), kept(path, key=OTHER)] == [None, ["newer"]]


def test_what_ends_without_a_word_leaves_what_was_there(path: Path) -> None:
    entries = KeptEntries(path)
    entries.put("a", OTHER, ["half"])
    entries.close()
    assert kept(path) == TEXTS
    assert list(path.parent.iterdir()) == [path]


def test_no_damage_is_taken_for_an_entry(path: Path) -> None:
    whole, wrong = path.read_bytes(), []
    damaged = [whole[:end] for end in range(len(whole))]
    damaged += [whole[:at] + bytes([whole[at] ^ bit]) + whole[at + 1 :] for at in range(len(whole)) for bit in (1, 128)]
    damaged += [b"\0" * len(whole), whole[5:], whole.replace(b"neco-kept-1", b"neco-kept-0"), b"{}", b""]
    for content in damaged:
        path.write_bytes(content)
        if kept(path) not in (TEXTS, None) or kept(path, "b") not in (["b"], None):
            wrong.append(content)
    assert wrong == []


# --- a large file, and what is new beside it ----------------------------------------------------------------------

LARGE = ["猫" * 1_000]


@pytest.fixture
def large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file that is large enough to stay, with ten entries."""
    monkeypatch.setattr(kept_entries, "_SMALL", 1_000)
    path = tmp_path / "drawn/kept"
    entries = KeptEntries(path)
    for number in range(10):
        entries.put(f"{number}", KEY, LARGE)
    entries.save()
    return path


def build(path: Path, new: str, key: bytes = OTHER, asked: int = 10, word: str = "new") -> None:
    """A build that asks for the first entries of the large file, and for all that are beside it."""
    entries = KeptEntries(path)
    for name in [f"{number}" for number in range(asked)] + ["a", "b", "c"]:
        assert entries.get(name, KEY if name.isdigit() else OTHER) != []
    entries.put(new, key, [word])
    entries.save()


def test_what_is_new_goes_beside_a_large_file(large: Path) -> None:
    before = large.read_bytes()
    build(large, "a")
    build(large, "b")
    assert large.read_bytes() == before
    assert [kept(large, "a", OTHER), kept(large, "b", OTHER), kept(large, "9")] == [["new"], ["new"], LARGE]


def test_what_is_new_takes_the_place_of_what_is_in_the_large_file(large: Path) -> None:
    build(large, "1", word="other")
    assert [kept(large, "1", OTHER), kept(large, "1")] == [["other"], LARGE]  # whoever has the text of before, has it


@pytest.mark.parametrize(
    ("asked", "word", "is_one"),
    [(10, "a", False), (10, "a" * 9_000, True), (8, "a", False), (7, "a", True)],
    ids=["little is new", "much is new", "little is out of date", "much is out of date"],
)
def test_where_much_is_another_all_is_one_file_again(asked: int, word: str, is_one: bool, large: Path) -> None:
    build(large, "a")
    build(large, "b", asked=asked, word=word)
    assert (len(list(large.parent.iterdir())) == 1) is is_one
    assert [kept(large, "a", OTHER), kept(large, "b", OTHER), kept(large, "0")] == [["new"], [word], LARGE]
    assert kept(large, "9") == (None if is_one and asked < 10 else LARGE)


def test_damage_beside_a_large_file_costs_only_what_is_there(large: Path) -> None:
    build(large, "a")
    [beside] = [it for it in large.parent.iterdir() if it != large]
    whole = beside.read_bytes()
    for content in (b"", whole[:-1], whole[1:], b"\0" * len(whole)):
        beside.write_bytes(content)
        assert [kept(large, "a", OTHER), kept(large, "9")] == [None, LARGE]
    beside.write_bytes(whole)
    large.write_bytes(b"")
    assert [kept(large, "a", OTHER), kept(large, "9")] == [["new"], None]
    build(large, "b")
    assert [kept(large, "a", OTHER), kept(large, "b", OTHER)] == [["new"], ["new"]]
    assert list(large.parent.iterdir()) == [large]


def test_two_builds_at_once_do_not_meet(path: Path) -> None:
    first, second = KeptEntries(path), KeptEntries(path)
    for entries, word in ((first, "first"), (second, "second")):
        assert entries.get("b", KEY) == ["b"]
        entries.put("a", OTHER, [word])
    first.save()
    assert second.get("b", KEY) == ["b"]
    second.save()
    assert [kept(path, key=OTHER), kept(path, "b")] == [["second"], ["b"]]


@pytest.mark.parametrize("operation", ["write", "finish"])
def test_a_full_disk_only_costs_speed(operation: str, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(GrowingFile, operation, full)
    entries = KeptEntries(path)
    entries.put("a", OTHER, ["new"])
    assert entries.get("b", KEY) == ["b"]
    entries.put("c", OTHER, ["new"])
    entries.save()
    assert [kept(path), kept(path, "b")] == [TEXTS, ["b"]]
    assert list(path.parent.iterdir()) == [path]


def test_where_there_can_be_no_file_nothing_is_kept(tmp_path: Path) -> None:
    (tmp_path / "drawn").write_text("no folder")
    for place in (tmp_path / "drawn/kept", None):
        entries = KeptEntries(place)
        assert entries.get("a", KEY) is None
        entries.put("a", KEY, ["a"])
        entries.save()
    (tmp_path / "folder").mkdir()
    assert kept(tmp_path / "folder") is None

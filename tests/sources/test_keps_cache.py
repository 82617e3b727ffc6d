"""What was read from a repository is kept until it has new commits; a cache never stands in the way."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from neco_weekly.model.errors import NecoError
from neco_weekly.model.keps import Enhancement, EnhancementState, Snapshot, Source
from neco_weekly.sources.keps.cache import HistoryCache
from neco_weekly.sources.keps.repository import open_repository

from .repositories import KEP_127, GitFolder, kep, titles

STATE = EnhancementState(title="A title")
SOURCE = Source(kind="git", date=dt.date(2024, 1, 1), path=KEP_127)
SNAPSHOT = Snapshot(
    date=dt.date(2024, 1, 2),
    enhancements={127: Enhancement(number=127, state=STATE, source=SOURCE)},
    irregular={"keps/x/kep.yaml": "it has no kep-number"},
    since=dt.date(2024, 1, 1),
    pulls={6092: (127,), 6093: (5, 127)},
)


class Reading:
    """A reading that counts how often it was needed."""

    def __init__(self, snapshot: Snapshot = SNAPSHOT) -> None:
        self.snapshot, self.count = snapshot, 0

    def __call__(self) -> Snapshot:
        self.count += 1
        return self.snapshot


def files(cache: Path) -> list[Path]:
    return sorted(cache.glob("history-*.json"))


def test_a_reading_is_kept(cache: Path) -> None:
    reading = Reading()
    assert [HistoryCache(cache, "key").snapshot(reading) for _ in range(3)] == [SNAPSHOT] * 3
    assert reading.count == 1


def test_one_kep_is_found_without_the_others(cache: Path) -> None:
    reading = Reading()
    for _ in range(2):
        assert HistoryCache(cache, "key").enhancement(127, reading) == (SNAPSHOT.date, SNAPSHOT.enhancements[127])
        assert HistoryCache(cache, "key").enhancement(5, reading) == (SNAPSHOT.date, None)
    assert reading.count == 1


def test_another_state_of_the_repository_is_read_anew(cache: Path) -> None:
    reading = Reading()
    for key in ("one", "two", "one"):
        HistoryCache(cache, key).snapshot(reading)
    assert reading.count == 2


def cut(text: str) -> str:
    return text[:-30]


def without_date(text: str) -> str:
    return json.dumps({name: value for name, value in json.loads(text).items() if name != "date"})


def with_a_wrong_stage(text: str) -> str:
    document = json.loads(text)
    document["keps"]["127"]["stage"] = "GA"
    return json.dumps(document)


@pytest.mark.parametrize(
    "damage",
    [cut, without_date, with_a_wrong_stage, lambda _: "", lambda _: "[]", lambda _: "[" * 100_000, lambda _: "\udcff"],
    ids=["cut", "a field lost", "another vocabulary", "emptied", "no object", "nested too deeply", "no text"],
)
def test_a_damaged_file_is_no_file(damage: Callable[[str], str], cache: Path) -> None:
    reading = Reading()
    HistoryCache(cache, "key").snapshot(reading)
    (file,) = files(cache)
    file.write_text(damage(file.read_text(encoding="utf-8")), encoding="utf-8", errors="surrogateescape")
    assert HistoryCache(cache, "key").enhancement(127, reading)[1] == SNAPSHOT.enhancements[127]
    assert HistoryCache(cache, "key").snapshot(reading) == SNAPSHOT
    assert reading.count == 2


def test_a_folder_that_cannot_be_written_only_costs_time(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    reading = Reading()
    for _ in range(2):
        assert HistoryCache(tmp_path / "file" / "cache", "key").snapshot(reading) == SNAPSHOT
    assert reading.count == 2


def test_old_readings_make_room(cache: Path) -> None:
    for number in range(12):
        HistoryCache(cache, f"key {number}").snapshot(Reading())
    assert len(files(cache)) == 8
    reading = Reading()
    HistoryCache(cache, "key 11").snapshot(reading)
    assert reading.count == 0


def test_a_reading_that_fails_leaves_nothing(cache: Path) -> None:
    def fail() -> Snapshot:
        raise NecoError("no repository")

    with pytest.raises(NecoError, match="no repository"):
        HistoryCache(cache, "key").snapshot(fail)
    assert not cache.exists()


# --- of a repository ----------------------------------------------------------------------------------------------


def test_a_new_commit_is_seen(upstream: GitFolder, cache: Path) -> None:
    for title in ("One", "Two"):
        upstream.commit({KEP_127: kep(title=title)})
        assert titles(open_repository(str(upstream.path), cache_dir=cache)) == {127: title}


def test_a_rewritten_branch_is_seen(upstream: GitFolder, cache: Path) -> None:
    upstream.commit({KEP_127: kep(title="One")})
    assert titles(open_repository(str(upstream.path), cache_dir=cache)) == {127: "One"}
    upstream.commit({KEP_127: kep(title="Two")})
    upstream.git("reset", "--quiet", "--hard", "HEAD~1")
    assert titles(open_repository(str(upstream.path), cache_dir=cache)) == {127: "One"}


def test_commits_are_told_or_not_by_where_the_clone_is_from(upstream: GitFolder, cache: Path) -> None:
    """The origin is no part of a commit, but of what is read."""
    upstream.commit({KEP_127: kep()})
    found = [open_repository(str(upstream.path), cache_dir=cache).enhancement(127)[1]]
    upstream.git("remote", "add", "origin", "https://github.com/kubernetes/enhancements.git")
    found.append(open_repository(str(upstream.path), cache_dir=cache).enhancement(127)[1])
    assert [bool(it and it.source.commit) for it in found] == [False, True]


def test_the_real_thing_comes_back_as_it_was_read(kep_history: Path, cache: Path) -> None:
    repository = open_repository(str(kep_history), cache_dir=cache)
    read, kept = repository.snapshot(), repository.snapshot()
    assert kept == read
    assert repository.enhancement(127) == (read.date, read.enhancements[127])
    assert repository.enhancement(5) == (read.date, None)

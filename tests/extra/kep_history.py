"""The history of every KEP: what the tests see in that of a few holds for all of them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from neco_weekly.lock.store import Lock, keps_json, load_lock, save_lock
from neco_weekly.model.history import changes
from neco_weekly.model.keps import Snapshot
from neco_weekly.sources.keps.repository import open_repository

from tests.extra.shared import BUNDLE
from tests.kep_sample import kep_bundle
from tests.sources.git_finds import cloned, compare


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return cloned(BUNDLE, tmp_path_factory.mktemp("bundle") / "keps.git")


@pytest.fixture(scope="module")
def history(clone: Path, tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    return open_repository(str(clone), cache_dir=tmp_path_factory.mktemp("cache")).snapshot()


def test_every_kep_yaml_is_read(history: Snapshot) -> None:
    gone = {it.history[-1].gap for it in history.enhancements.values() if it.history[-1].gap}
    assert (len(history.enhancements), gone, history.date) == (661, {"deleted"}, dt.date(2026, 7, 22))
    assert {5, 2043} & history.enhancements.keys() == set()
    assert len(history.irregular) == 6


def test_the_few_have_the_same_history_in_the_project(history: Snapshot, tmp_path: Path) -> None:
    few = open_repository(str(kep_bundle()), cache_dir=tmp_path).snapshot()
    every = history.enhancements
    assert {number: it.history for number, it in few.enhancements.items()} == {
        number: every[number].history for number in few.enhancements
    }
    assert few.irregular == history.irregular


@pytest.mark.parametrize("day", ["2021-02-10", "2022-08-26", "2023-05-17", "2024-10-10", "2026-07-24"])
def test_every_kep_on_a_day_is_where_git_finds_it(day: str, clone: Path, history: Snapshot) -> None:
    compared = compare(dt.date.fromisoformat(day), clone, history, each=20)
    assert compared.wrong == []
    assert compared.files > 100


def test_it_comes_back_from_the_cache_as_it_was_read(tmp_path: Path) -> None:
    repository = open_repository(str(BUNDLE), cache_dir=tmp_path)
    read, kept = repository.snapshot(), repository.snapshot()
    assert kept == read


def test_the_histories_of_two_hundred_keps_are_no_large_file(history: Snapshot, tmp_path: Path) -> None:
    most_changed = sorted(history.enhancements.values(), key=lambda it: (-len(list(changes(it))), it.number))[:200]
    lock = Lock(as_of=history.date, fetched={it.number: it for it in most_changed}, irregular=history.irregular)
    assert sum(len(it.history) for it in most_changed) > 1000
    assert len(keps_json(lock).encode()) <= 400_000
    save_lock(lock, tmp_path)
    assert load_lock(tmp_path) == lock


def test_every_record_has_its_pull_request(history: Snapshot) -> None:
    records = [record for it in history.enhancements.values() for record in it.history]
    assert len(records) == 2150
    assert sum(record.source.pull is not None for record in records) >= 2149


def test_most_pull_requests_that_touch_a_kep_yaml_are_about_one_kep(history: Snapshot) -> None:
    """The bundle has kep.yaml alone; in the repository itself, with READMEs, it is 2,321 of 2,448."""
    counts = [len(keps) for keps in history.pulls.values()]
    assert (len(counts), counts.count(1)) == (1851, 1748)

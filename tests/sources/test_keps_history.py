"""The history of a KEP, from the commits of kubernetes/enhancements: what was true from which day on."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Mapping
from pathlib import Path

import pytest
from neco_weekly.model.keps import Record, Snapshot, Stage
from neco_weekly.sources.keps.repository import open_repository

from .git_finds import cloned, commit_of, compare, git
from .repositories import KEP_127, GitFolder, kep, merge_a_branch, snapshot

OTHER = "keps/sig-auth/127-moved/kep.yaml"
ROOT = "keps/sig-a/1-root/kep.yaml"


def days(folder: GitFolder, cache: Path, number: int = 127) -> list[str]:
    """The history of a number, a line for each record: `2024-01-01 alpha`, a gap in brackets."""
    found = snapshot(folder, cache).enhancements.get(number)
    return [line(record) for record in found.history] if found else []


def line(record: Record) -> str:
    said = (record.state.stage or "no stage") if record.state else f"({record.gap})"
    return f"{record.date} {said}{' observed' if record.observed else ''}"


def write(folder: GitFolder, *steps: tuple[str, Mapping[str, str | None]]) -> None:
    """Commit after commit: `2024-01-01` stands for that day's noon in Tokyo."""
    for day, files in steps:
        folder.commit(files, at=f"{day}T12:00:00+0900")


# --- what a record is ---------------------------------------------------------------------------------------------

ALPHA, BETA, STABLE = kep(stage="alpha"), kep(stage="beta"), kep(stage="stable")
REPLACED = kep(stage="alpha", status="replaced")

STORIES: dict[str, tuple[list[tuple[str, Mapping[str, str | None]]], list[str]]] = {
    "stage by stage": (
        [("2024-01-01", {KEP_127: ALPHA}), ("2024-02-01", {KEP_127: BETA}), ("2024-03-01", {KEP_127: STABLE})],
        ["2024-01-01 alpha", "2024-02-01 beta", "2024-03-01 stable"],
    ),
    "commits that change nothing it says": (
        [("2024-01-01", {KEP_127: ALPHA}), ("2024-02-01", {KEP_127: f"{ALPHA}# a comment\n"})],
        ["2024-01-01 alpha"],
    ),
    "there and back again": (
        [("2024-01-01", {KEP_127: ALPHA}), ("2024-02-01", {KEP_127: BETA}), ("2024-03-01", {KEP_127: ALPHA})],
        ["2024-01-01 alpha", "2024-02-01 beta", "2024-03-01 alpha"],
    ),
    "a renamed folder": (
        [("2024-01-01", {KEP_127: ALPHA}), ("2024-02-01", {KEP_127: None, OTHER: ALPHA})],
        ["2024-01-01 alpha", "2024-02-01 alpha"],
    ),
    "a number that goes to another file": (
        [
            ("2024-01-01", {KEP_127: ALPHA, OTHER: kep(7, stage="stable")}),
            ("2024-02-01", {KEP_127: kep(7), OTHER: BETA}),
        ],
        ["2024-01-01 alpha", "2024-02-01 beta"],
    ),
    "a number that the file gets later": (
        [("2024-01-01", {KEP_127: kep("NNNN", stage="alpha")}), ("2024-02-01", {KEP_127: ALPHA})],
        ["2024-02-01 alpha"],
    ),
    "a number that the file loses": (
        [("2024-01-01", {KEP_127: ALPHA}), ("2024-02-01", {KEP_127: kep("NNNN")})],
        ["2024-01-01 alpha", "2024-02-01 (deleted)"],
    ),
    "a file that is deleted": (
        [("2024-01-01", {KEP_127: ALPHA}), ("2024-02-01", {KEP_127: None})],
        ["2024-01-01 alpha", "2024-02-01 (deleted)"],
    ),
    "a file that comes back": (
        [("2024-01-01", {KEP_127: ALPHA}), ("2024-02-01", {KEP_127: None}), ("2024-03-01", {KEP_127: ALPHA})],
        ["2024-01-01 alpha", "2024-02-01 (deleted)", "2024-03-01 alpha"],
    ),
    "two files for a while": (
        [("2024-01-01", {KEP_127: ALPHA}), ("2024-02-01", {OTHER: BETA}), ("2024-03-01", {KEP_127: None})],
        ["2024-01-01 alpha", "2024-02-01 (ambiguous)", "2024-03-01 beta"],
    ),
    "of two files one replaced": (
        [("2024-01-01", {KEP_127: ALPHA}), ("2024-02-01", {KEP_127: REPLACED, OTHER: BETA})],
        ["2024-01-01 alpha", "2024-02-01 beta"],
    ),
    "two files, both replaced": (
        [("2024-01-01", {KEP_127: ALPHA}), ("2024-02-01", {KEP_127: REPLACED, OTHER: REPLACED})],
        ["2024-01-01 alpha", "2024-02-01 (ambiguous)"],
    ),
    "two files from the first day on": ([("2024-01-01", {KEP_127: ALPHA, OTHER: BETA})], []),
    "a file that becomes a symbolic link": (
        [("2024-01-01", {KEP_127: ALPHA, "keps/real.yaml": ALPHA}), ("2024-02-01", {KEP_127: "->../../real.yaml"})],
        ["2024-01-01 alpha", "2024-02-01 (deleted)"],
    ),
    "YAML that is broken for a while": (
        [
            ("2024-01-01", {KEP_127: ALPHA}),
            ("2024-02-01", {KEP_127: f"{BETA}x: a: b\n"}),
            ("2024-03-01", {KEP_127: STABLE}),
        ],
        ["2024-01-01 alpha", "2024-02-01 beta", "2024-03-01 stable"],
    ),
    "a space before the first line": ([("2024-01-01", {KEP_127: f" {BETA}"})], ["2024-01-01 beta"]),
    "several documents in the file": (
        [("2024-01-01", {KEP_127: f"---\n{ALPHA}---\n{STABLE}"})],
        ["2024-01-01 alpha"],
    ),
    "two changes on one day": (
        [("2024-01-01", {KEP_127: ALPHA}), ("2024-01-01", {KEP_127: BETA})],
        ["2024-01-01 alpha", "2024-01-01 beta"],
    ),
    "the template": ([("2024-01-01", {"keps/NNNN-kep-template/kep.yaml": ALPHA})], []),
    "files of other names": ([("2024-01-01", {"keps/sig-a/127-x/not-kep.yaml": ALPHA, "pkg/x/kep.yaml": ALPHA})], []),
}


@pytest.mark.parametrize(("steps", "expected"), STORIES.values(), ids=STORIES)
def test_a_history(
    steps: list[tuple[str, Mapping[str, str | None]]], expected: list[str], upstream: GitFolder, cache: Path
) -> None:
    write(upstream, ("2023-12-31", {ROOT: kep(1)}))
    for day, files in steps:
        for path, text in files.items():
            if text and text.startswith("->"):
                (upstream.path / path).unlink()
                (upstream.path / path).symlink_to(text.removeprefix("->"))
        real = {path: text for path, text in files.items() if not (text or "").startswith("->")}
        write(upstream, (day, real))
    assert days(upstream, cache) == expected


def test_a_renamed_folder_is_told_by_the_path(upstream: GitFolder, cache: Path) -> None:
    write(upstream, ("2024-01-01", {KEP_127: ALPHA}), ("2024-02-01", {KEP_127: None, OTHER: ALPHA}))
    found = snapshot(upstream, cache).enhancements[127]
    assert [record.source.path for record in found.history] == [KEP_127, OTHER]
    assert found.source.path == OTHER


def test_today_is_the_last_state_there_was(upstream: GitFolder, cache: Path) -> None:
    write(upstream, ("2024-01-01", {KEP_127: BETA, ROOT: kep(1)}), ("2024-02-01", {KEP_127: None}))
    found = snapshot(upstream, cache).enhancements[127]
    assert (found.state.stage, found.source.date) == (Stage.BETA, dt.date(2024, 1, 1))


def test_what_is_no_yaml_tells_why(upstream: GitFolder, cache: Path) -> None:
    write(upstream, ("2024-01-01", {KEP_127: f"{BETA}milestone:\n  beta: v1.30\nx: a: b\n"}))
    state = snapshot(upstream, cache).enhancements[127].state
    assert (state.stage, state.milestones) == (Stage.BETA, {Stage.BETA: "v1.30"})
    assert state.raw["kep.yaml"] == "it cannot be read as YAML: mapping values are not allowed in this context"


def test_only_first_parents_are_history(upstream: GitFolder, cache: Path) -> None:
    merge_a_branch(upstream)
    assert days(upstream, cache) == ["2024-01-01 no stage", "2024-04-01 beta"]
    found = snapshot(upstream, cache).enhancements[127]
    assert [record.source.pull for record in found.history] == [None, 9]


def test_a_number_that_never_was_usable_is_no_kep(upstream: GitFolder, cache: Path) -> None:
    write(upstream, ("2024-01-01", {KEP_127: ALPHA, OTHER: ALPHA, ROOT: kep(1)}))
    found = snapshot(upstream, cache)
    assert list(found.enhancements) == [1]
    assert found.irregular == dict.fromkeys(sorted((KEP_127, OTHER)), f"KEP-127 is ambiguous: {OTHER}, {KEP_127}")


# --- clones that lack something -----------------------------------------------------------------------------------

LONG = f"{BETA}# {'x' * 5000}\n"


def test_a_blob_that_a_partial_clone_lacks_is_a_gap(upstream: GitFolder, cache: Path) -> None:
    write(
        upstream,
        ("2024-01-01", {KEP_127: ALPHA, ROOT: kep(1)}),
        ("2024-02-01", {KEP_127: LONG}),
        ("2024-03-01", {KEP_127: STABLE}),
    )
    found = open_repository(f"file://{upstream.path}", cache_dir=cache).snapshot()
    assert [line(it) for it in found.enhancements[127].history] == [
        "2024-01-01 alpha",
        "2024-02-01 (unreadable)",
        "2024-03-01 stable",
    ]
    assert found.irregular == {}


def test_a_file_that_is_deleted_while_it_cannot_be_read_is_deleted(upstream: GitFolder, cache: Path) -> None:
    write(
        upstream,
        ("2024-01-01", {KEP_127: ALPHA, ROOT: kep(1)}),
        ("2024-02-01", {KEP_127: LONG}),
        ("2024-03-01", {KEP_127: None}),
    )
    found = open_repository(f"file://{upstream.path}", cache_dir=cache).snapshot()
    assert [line(it) for it in found.enhancements[127].history][1:] == [
        "2024-02-01 (unreadable)",
        "2024-03-01 (deleted)",
    ]


@pytest.fixture
def shallow(upstream: GitFolder, tmp_path: Path) -> GitFolder:
    """A clone of the last two of three commits."""
    write(
        upstream,
        ("2024-01-01", {KEP_127: ALPHA, ROOT: kep(1)}),
        ("2024-02-01", {KEP_127: BETA}),
        ("2024-03-01", {KEP_127: STABLE}),
    )
    upstream.git("clone", "--quiet", "--depth=2", f"file://{upstream.path}", str(tmp_path / "shallow"))
    clone = GitFolder.__new__(GitFolder)
    clone.path = tmp_path / "shallow"
    return clone


def test_a_shallow_clone_only_saw_its_first_states(shallow: GitFolder, cache: Path) -> None:
    assert days(shallow, cache) == ["2024-02-01 beta observed", "2024-03-01 stable"]
    assert snapshot(shallow, cache).since == dt.date(2024, 2, 1)


def test_a_work_tree_of_a_shallow_clone_is_as_shallow(shallow: GitFolder, cache: Path, tmp_path: Path) -> None:
    shallow.git("worktree", "add", "--quiet", str(tmp_path / "linked"))
    found = open_repository(str(tmp_path / "linked"), cache_dir=cache).snapshot()
    assert found.since == dt.date(2024, 2, 1)


def test_a_whole_clone_tells_all_there_ever_was(upstream: GitFolder, cache: Path) -> None:
    write(upstream, ("2024-01-01", {KEP_127: ALPHA}))
    assert snapshot(upstream, cache).since is None


def test_a_clone_that_is_deepened_is_read_again(shallow: GitFolder, cache: Path) -> None:
    days(shallow, cache)
    shallow.git("fetch", "--quiet", "--unshallow")
    assert days(shallow, cache) == ["2024-01-01 alpha", "2024-02-01 beta", "2024-03-01 stable"]


# --- the definition: what git itself says of a day ----------------------------------------------------------------


@pytest.mark.parametrize("seed", range(4))
def test_dates_in_disorder_are_read_as_git_reads_them(seed: int, upstream: GitFolder, cache: Path) -> None:
    """Every commit changes the title, so the title of a day names the commit that answers for it."""
    chance = random.Random(seed)
    start = dt.datetime(2024, 1, 1, tzinfo=dt.UTC)
    for number in range(15):
        moment = start + dt.timedelta(hours=chance.randrange(24 * 30), seconds=chance.choice((0, 3599)))
        upstream.commit({KEP_127: kep(title=f"{moment.timestamp():.0f}-{number}")}, at=moment.isoformat())
    found = snapshot(upstream, cache).enhancements[127]
    for day in (dt.date(2023, 12, 30) + dt.timedelta(days=after) for after in range(35)):
        commit, record = commit_of(upstream.path, day), found.at(day)
        expected = git(upstream.path, "show", f"{commit}:{KEP_127}") if commit else None
        said = record.state.title if record and record.state else None
        assert (kep(title=said) if said else None) == expected, day


@pytest.mark.parametrize(
    ("moment", "day"),
    [("2024-03-01T23:59:59+0900", "2024-03-01"), ("2024-03-01T15:00:00+0000", "2024-03-02")],
    ids=["the last second of a day", "the first of the next"],
)
def test_a_day_ends_in_tokyo(moment: str, day: str, upstream: GitFolder, cache: Path) -> None:
    upstream.commit({KEP_127: ALPHA}, at=moment)
    assert days(upstream, cache) == [f"{day} alpha"]


@pytest.fixture(scope="module")
def clone(kep_history: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return cloned(kep_history, tmp_path_factory.mktemp("bundle") / "keps.git")


@pytest.fixture(scope="module")
def history(clone: Path, tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    return open_repository(str(clone), cache_dir=tmp_path_factory.mktemp("cache")).snapshot()


@pytest.mark.parametrize("day", ["2021-02-10", "2022-08-26", "2023-05-17", "2024-10-10", "2026-07-24"])
def test_every_kep_on_a_day_is_where_git_finds_it(day: str, clone: Path, history: Snapshot) -> None:
    compared = compare(dt.date.fromisoformat(day), clone, history)
    assert compared.wrong == []
    assert compared.files >= 6

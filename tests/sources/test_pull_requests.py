"""The KEPs that a pull request is about, by the folders that its change touched."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from neco_weekly.sources.keps.repository import open_repository

from .repositories import KEP_127, GitFolder, kep, snapshot

FOLDER = KEP_127.removesuffix("/kep.yaml")
KEP_2 = "keps/sig-a/2-other/kep.yaml"
MOVED = "keps/sig-auth/127-userns"


def merge(upstream: GitFolder, pull: int, files: Mapping[str, str | None]) -> None:
    """Merge a pull request as GitHub does; the commits of its branch are in nobody's first line."""
    branch = f"branch-{pull}"
    upstream.git("checkout", "--quiet", "-b", branch)
    upstream.commit(files, subject="work")
    upstream.git("checkout", "--quiet", "master")
    upstream.git("merge", "--quiet", "--no-ff", "-m", f"Merge pull request #{pull} from me/{branch}", branch)


@pytest.fixture
def two_keps(upstream: GitFolder) -> GitFolder:
    upstream.commit({KEP_127: kep(), KEP_2: kep(2), f"{FOLDER}/README.md": "one"})
    return upstream


@pytest.mark.parametrize(
    ("files", "keps"),
    [
        pytest.param({KEP_127: kep(stage="beta")}, (127,), id="a kep.yaml"),
        pytest.param({f"{FOLDER}/README.md": "two"}, (127,), id="a README only"),
        pytest.param({f"{FOLDER}/pictures/1.svg": "<svg/>"}, (127,), id="a file further below"),
        pytest.param({f"{FOLDER}/README.md": "two", "keps/sig-a/2-other/README.md": "x"}, (2, 127), id="two folders"),
        pytest.param({f"{FOLDER}/README.md": None}, (127,), id="a file that is gone"),
        pytest.param({"keps/prod-readiness/sig-node/127.yaml": "x"}, (127,), id="a review"),
        pytest.param(
            {KEP_127: kep(stage="beta"), "keps/prod-readiness/sig-node/127.yaml": "x"},
            (127,),
            id="with its review",
        ),
        pytest.param(
            {KEP_127: kep(stage="beta"), "keps/prod-readiness/sig-a/2.yaml": "x"}, (2, 127), id="another's review"
        ),
        pytest.param({KEP_127: kep(stage="beta"), "OWNERS_ALIASES": "x"}, (127,), id="a file outside of keps/"),
        pytest.param(
            {KEP_127: kep(stage="beta"), "keps/README.md": "x", "keps/NNNN-kep-template/kep.yaml": kep("NNNN")},
            (127,),
            id="files that belong to no KEP",
        ),
        pytest.param({"keps/sig-a/3-new/README.md": "x"}, None, id="a folder without a kep.yaml"),
        pytest.param({"keps/sig-a/0017-old.md": "x"}, None, id="the old numbering"),
        pytest.param({"keps/prod-readiness/sig-a/9.yaml": "x"}, None, id="a review of no KEP"),
        pytest.param({"README.md": "x"}, None, id="nothing of KEPs"),
    ],
)
def test_a_request_is_about_the_keps_whose_folders_it_touched(
    files: Mapping[str, str | None], keps: tuple[int, ...] | None, two_keps: GitFolder, cache: Path
) -> None:
    merge(two_keps, 6092, files)
    assert snapshot(two_keps, cache).pulls == ({6092: keps} if keps else {})


def test_a_squash_is_a_request_and_a_commit_is_none(two_keps: GitFolder, cache: Path) -> None:
    two_keps.commit({f"{FOLDER}/README.md": "two"}, subject="Explain it (#6092)")
    two_keps.commit({f"{FOLDER}/README.md": "three"}, subject="Explain it again")
    found = snapshot(two_keps, cache)
    assert found.pulls == {6092: (127,)}
    assert len(found.enhancements[127].history) == 1


def test_a_renamed_folder_is_one_kep_s(two_keps: GitFolder, cache: Path) -> None:
    merge(two_keps, 1, {f"{FOLDER}/README.md": "two"})
    merge(two_keps, 2, {KEP_127: None, f"{FOLDER}/README.md": None, f"{MOVED}/kep.yaml": kep()})
    merge(two_keps, 3, {f"{MOVED}/README.md": "three"})
    assert snapshot(two_keps, cache).pulls == {1: (127,), 2: (127,), 3: (127,)}


def test_a_folder_that_gets_its_number_later_is_that_kep_s(two_keps: GitFolder, cache: Path) -> None:
    merge(two_keps, 1, {"keps/sig-a/3-new/README.md": "x"})
    merge(two_keps, 2, {"keps/sig-a/3-new/kep.yaml": kep("NNNN")})
    merge(two_keps, 3, {"keps/sig-a/3-new/kep.yaml": kep(3)})
    assert snapshot(two_keps, cache).pulls == {1: (3,), 2: (3,), 3: (3,)}


def test_a_kep_that_is_gone_was_one(two_keps: GitFolder, cache: Path) -> None:
    merge(two_keps, 1, {KEP_2: None})
    assert snapshot(two_keps, cache).pulls == {1: (2,)}


def test_a_request_merged_in_two_parts_is_about_both(two_keps: GitFolder, cache: Path) -> None:
    two_keps.commit({f"{FOLDER}/README.md": "two"}, subject="One (#7)")
    two_keps.commit({"keps/sig-a/2-other/README.md": "x"}, subject="Two (#7)")
    assert snapshot(two_keps, cache).pulls == {7: (2, 127)}


def test_the_end_of_a_shallow_clone_says_nothing_of_its_request(two_keps: GitFolder, tmp_path: Path) -> None:
    two_keps.commit({f"{FOLDER}/README.md": "two"}, subject="One (#1)")
    two_keps.commit({f"{FOLDER}/README.md": "three"}, subject="Two (#2)")
    two_keps.git("clone", "--quiet", "--bare", "--depth=2", f"file://{two_keps.path}", str(tmp_path / "shallow.git"))
    found = open_repository(str(tmp_path / "shallow.git"), cache_dir=tmp_path / "cache").snapshot()
    assert found.pulls == {2: (127,)}


def test_files_that_a_partial_clone_lacks_are_not_asked_for(two_keps: GitFolder, cache: Path) -> None:
    merge(two_keps, 1, {f"{FOLDER}/README.md": "x" * 9000})
    url = f"file://{two_keps.path}"
    repository = open_repository(url, cache_dir=cache)
    two_keps.path.rename(two_keps.path.with_name("gone"))
    assert repository.snapshot().pulls == {1: (127,)}


def test_they_come_back_from_the_cache(two_keps: GitFolder, cache: Path) -> None:
    merge(two_keps, 1, {f"{FOLDER}/README.md": "two", KEP_2: kep(2, stage="beta")})
    assert [snapshot(two_keps, cache).pulls for _ in range(2)] == [{1: (2, 127)}] * 2

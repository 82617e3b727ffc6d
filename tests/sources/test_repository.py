"""A repository of kubernetes/enhancements: every KEP's state, and where it was read."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from neco_weekly.model.keps import EnhancementState, Snapshot, Source, Stage, Status
from neco_weekly.sources.keps.repository import open_repository

from .repositories import KEP_127, GitFolder, kep, merge_a_branch, snapshot


class TestSnapshot:
    def test_has_every_kep_with_its_state_and_source(self, upstream: GitFolder, cache: Path) -> None:
        upstream.commit({KEP_127: kep(**{"owning-sig": "sig-node", "status": "implemented", "stage": "GA"})})
        upstream.commit({"keps/sig-auth/provider/5-psp/kep.yaml": kep(5, title="PSP")})
        found = snapshot(upstream, cache)
        assert found.date == dt.date(2024, 1, 1)
        assert list(found.enhancements) == [5, 127]
        assert found.irregular == {}
        assert found.enhancements[127].state == EnhancementState(
            title="A title", sig="sig-node", status=Status.IMPLEMENTED, stage=Stage.STABLE, raw={"stage": "GA"}
        )
        assert found.enhancements[127].source == Source(kind="git", path=KEP_127, date=dt.date(2024, 1, 1))

    def test_knows_the_pull_request_and_the_day_in_tokyo(self, upstream: GitFolder, cache: Path) -> None:
        upstream.commit(
            {KEP_127: kep()}, subject="Merge pull request #6234 from someone/branch", at="2024-03-01T15:30:00Z"
        )
        found = snapshot(upstream, cache)
        assert found.date == dt.date(2024, 3, 2)
        assert found.enhancements[127].source == Source(kind="git", path=KEP_127, date=dt.date(2024, 3, 2), pull=6234)

    @pytest.mark.parametrize(
        ("subject", "pull"),
        [
            pytest.param("Merge pull request #6234 from someone/branch", 6234, id="a merge"),
            pytest.param("KEP-5732: beta in v1.37 (#6134)", 6134, id="a squash"),
            pytest.param('Revert "Promote it (#5109)" (#5868)', 5868, id="a squash that reverts one"),
            pytest.param("KEP-127: follow up on (#99) with words", None, id="a request that is only spoken of"),
            pytest.param("Describe #6134", None, id="a number without parentheses"),
            pytest.param("Promote it (#5868) ", 5868, id="a space at the end"),
        ],
    )
    def test_reads_the_pull_request_from_the_subject(
        self, subject: str, pull: int | None, upstream: GitFolder, cache: Path
    ) -> None:
        upstream.commit({KEP_127: kep()}, subject=subject)
        assert snapshot(upstream, cache).enhancements[127].source.pull == pull

    def test_counts_the_day_of_the_merge_not_of_the_commit(self, upstream: GitFolder, cache: Path) -> None:
        merge_a_branch(upstream)
        found = snapshot(upstream, cache).enhancements
        assert (found[127].source.date, found[127].source.pull) == (dt.date(2024, 4, 1), 9)
        assert found[127].state.stage is Stage.BETA
        assert (found[2].source.date, found[2].source.pull) == (dt.date(2024, 3, 1), None)

    def test_takes_the_newest_change_though_its_date_is_older(self, upstream: GitFolder, cache: Path) -> None:
        upstream.commit({KEP_127: kep()}, subject="Merge pull request #1 from a/b", at="2024-05-01T00:00:00Z")
        upstream.commit(
            {KEP_127: kep(stage="beta")}, subject="Merge pull request #2 from a/b", at="2024-04-01T00:00:00Z"
        )
        source = snapshot(upstream, cache).enhancements[127].source
        assert (source.date, source.pull) == (dt.date(2024, 4, 1), 2)

    def test_counts_a_renamed_directory_as_a_change(self, upstream: GitFolder, cache: Path) -> None:
        upstream.commit({KEP_127: kep()}, at="2024-01-01T00:00:00Z")
        moved = "keps/sig-auth/127-user-namespaces/kep.yaml"
        upstream.commit({KEP_127: None, moved: kep()}, at="2024-02-01T00:00:00Z")
        assert snapshot(upstream, cache).enhancements[127].source == Source(
            kind="git", path=moved, date=dt.date(2024, 2, 1)
        )

    def test_believes_the_number_in_the_file_not_the_directory(self, upstream: GitFolder, cache: Path) -> None:
        upstream.commit({"keps/sig-node/2043-pod-resource/kep.yaml": kep(1884)})
        assert list(snapshot(upstream, cache).enhancements) == [1884]

    def test_has_no_kep_of_templates_and_fixtures(self, upstream: GitFolder, cache: Path) -> None:
        files = {
            "keps/NNNN-kep-template/kep.yaml": kep("NNNN"),
            "pkg/kepval/testdata/kep.yaml": kep(1),
            "keps/sig-node/2-other/README.md": kep(2),
            "keps/sig-node/3-other/not-kep.yaml": kep(3),
            KEP_127: kep(),
        }
        upstream.commit(files)
        found = snapshot(upstream, cache)
        assert (list(found.enhancements), found.irregular) == ([127], {})

    def test_says_why_a_file_could_not_be_used(self, upstream: GitFolder, cache: Path) -> None:
        upstream.commit(
            {
                KEP_127: kep(),
                "keps/sig-a/0000-x/kep.yaml": kep("0000"),
                "keps/sig-a/2-y/kep.yaml": "title: x",
                "keps/sig-a/3-z/kep.yaml": "a: b: c",
            }
        )
        found = snapshot(upstream, cache)
        assert list(found.enhancements) == [127]
        assert found.irregular == {
            "keps/sig-a/0000-x/kep.yaml": "its kep-number is '0000'",
            "keps/sig-a/2-y/kep.yaml": "it has no kep-number",
            "keps/sig-a/3-z/kep.yaml": "it has no kep-number",
        }

    @pytest.mark.parametrize(
        ("first", "second", "answer"),
        [
            ("implemented", "replaced", "first"),
            ("superseded", "implemented", "second"),
            ("implemented", "provisional", None),
            ("replaced", "replaced", None),
        ],
    )
    def test_of_two_files_the_one_that_is_not_replaced_answers(
        self, upstream: GitFolder, cache: Path, first: str, second: str, answer: str | None
    ) -> None:
        paths = "keps/sig-a/9-one/kep.yaml", "keps/sig-b/9-two/kep.yaml"
        files = {paths[0]: kep(9, title="first", status=first), paths[1]: kep(9, title="second", status=second)}
        upstream.commit(files | {KEP_127: kep()})
        found = snapshot(upstream, cache)
        nine = found.enhancements.get(9)
        assert (nine and nine.state.title) == answer
        what = "stands in several files, of which one is not replaced" if answer else "is ambiguous"
        assert found.irregular == dict.fromkeys(paths, f"KEP-9 {what}: {paths[0]}, {paths[1]}")

    def test_one_replaced_file_is_a_kep(self, upstream: GitFolder, cache: Path) -> None:
        upstream.commit({KEP_127: kep(status="replaced")})
        assert snapshot(upstream, cache).enhancements[127].state.status is Status.REPLACED

    def test_has_no_symbolic_links(self, upstream: GitFolder, cache: Path) -> None:
        upstream.commit({KEP_127: kep()})
        (upstream.path / "keps/sig-node/1-link").mkdir()
        (upstream.path / "keps/sig-node/1-link/kep.yaml").symlink_to("../127-user-namespaces/kep.yaml")
        upstream.commit({})
        found = snapshot(upstream, cache)
        assert (list(found.enhancements), found.irregular) == ([127], {})

    def test_reads_paths_that_git_would_quote(self, upstream: GitFolder, cache: Path) -> None:
        path = 'keps/sig-node/1-猫 "x"/kep.yaml'
        upstream.commit({path: kep(1)}, subject='Merge pull request #7 from a/"b"')
        assert snapshot(upstream, cache).enhancements[1].source.pull == 7
        assert snapshot(upstream, cache).enhancements[1].source.path == path


class TestCommit:
    """A commit is told only where a reader can follow it: at GitHub's kubernetes/enhancements itself."""

    @pytest.mark.parametrize(
        ("origin", "told"),
        [
            ("https://github.com/kubernetes/enhancements.git", True),
            ("https://github.com/Kubernetes/Enhancements/", True),
            ("git@github.com:kubernetes/enhancements.git", True),
            ("ssh://git@github.com/kubernetes/enhancements", True),
            ("https://token@github.com/kubernetes/enhancements", True),
            ("https://github.com/someone/enhancements.git", False),
            ("https://github.com/kubernetes/enhancements-fork", False),
            ("https://github.com.example/kubernetes/enhancements", False),
            ("https://example.org/github.com/kubernetes/enhancements", False),
            ("/somewhere/kep-history.bundle", False),
            (None, False),
        ],
    )
    def test_by_the_origin_of_a_clone(self, upstream: GitFolder, cache: Path, origin: str | None, told: bool) -> None:
        upstream.commit({KEP_127: kep()})
        commit = upstream.git("rev-parse", "HEAD")
        if origin:
            upstream.git("remote", "add", "origin", origin)
        assert snapshot(upstream, cache).enhancements[127].source.commit == (commit if told else None)


@pytest.fixture(scope="module")
def history(kep_history: Path, tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    return open_repository(str(kep_history), cache_dir=tmp_path_factory.mktemp("cache")).snapshot()


class TestHistory:
    """The real thing: what `kep_history` has of it."""

    def test_every_kep_yaml_is_read(self, history: Snapshot) -> None:
        numbers = [127, 1495, 1884, 2004, 2030, 2133, 2254, 2579, 2763, 3022, 3094, 3243, 3327, 5008]
        assert (sorted(history.enhancements), history.date) == (numbers, dt.date(2026, 7, 22))
        gone = {number: it.history[-1].gap for number, it in history.enhancements.items() if it.history[-1].gap}
        assert gone == {2004: "deleted", 2030: "deleted"}
        no_number = "its kep-number is '0000'"
        twice = "KEP-2133 stands in several files, of which one is not replaced"
        assert {path: why.partition(":")[0] for path, why in history.irregular.items()} == {
            "keps/sig-architecture/0000-kep-process/kep.yaml": no_number,
            "keps/sig-cloud-provider/2133-out-of-tree-credential-provider/kep.yaml": twice,
            "keps/sig-cloud-provider/providers/0000-cloud-provider-template/kep.yaml": no_number,
            "keps/sig-contributor-experience/0000-community-forum/kep.yaml": no_number,
            "keps/sig-node/2133-kubelet-credential-providers/kep.yaml": twice,
            "keps/sig-release/0000-anago-to-krel-migration/kep.yaml": no_number,
        }

    @pytest.mark.parametrize(
        ("number", "status", "stage", "latest", "milestones"),
        [
            (127, "implemented", "stable", "v1.36", ("v1.25", "v1.35", "v1.36")),
            (2579, "implemented", "stable", "v1.25", ("v1.22", "v1.23", "v1.25")),
            (3327, "implementable", "alpha", "v1.25", ("v1.25", "v1.27", "v1.28")),
            (2254, "implementable", "stable", "v1.25", ("v1.18", "v1.22", "v1.25")),
            (3094, "implemented", "stable", "v1.33", ("v1.25", "v1.26", "v1.33")),
            (3243, "implementable", "beta", "v1.34", ("v1.25", "v1.27", "v1.36")),
            (3022, "implemented", "stable", "v1.30", ("v1.24", "v1.25", "v1.30")),
        ],
    )
    def test_states_at_the_newest_commit(
        self, history: Snapshot, number: int, status: str, stage: str, latest: str, milestones: tuple[str, ...]
    ) -> None:
        state = history.enhancements[number].state
        assert (state.status, state.stage, state.latest_milestone) == (status, stage, latest)
        assert tuple(state.milestones.get(stage) for stage in (Stage.ALPHA, Stage.BETA, Stage.STABLE)) == milestones

    def test_what_is_special(self, history: Snapshot) -> None:
        found = history.enhancements
        assert 5 not in found
        assert 2043 not in found
        assert found[1884].source.path == "keps/sig-node/2043-pod-resource-concrete-assigments/kep.yaml"
        assert found[2133].state.status is Status.IMPLEMENTED
        assert found[2763].state.title == "Ambient capabilities"
        assert found[2763].state.raw["title"] == "KEP Template"
        assert found[127].source == Source(
            kind="git", path="keps/sig-node/127-user-namespaces/kep.yaml", date=dt.date(2026, 3, 25), pull=5968
        )

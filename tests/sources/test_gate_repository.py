"""A repository of kubernetes/website: every gate with its day, and a clone that has little else."""

from __future__ import annotations

import datetime as dt
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from neco_weekly.model.errors import FetchError, NecoError
from neco_weekly.model.gates import GateSnapshot
from neco_weekly.sources.gates.website import FOLDER, GateRepository, open_gates

from .gates import commit_pages, entry, page, path_of, told
from .repositories import GitFolder


def read(folder: GitFolder, cache: Path) -> GateSnapshot:
    return open_gates(str(folder.path), cache_dir=cache).snapshot()


class TestSnapshot:
    def test_has_every_gate_with_its_day_and_path(self, upstream: GitFolder, cache: Path) -> None:
        commit_pages(upstream, "GateA", "GateB")
        beta = page("GateB", entry("beta", "1.31", "1.32"), removed=True)
        upstream.commit({path_of("GateB"): beta}, at="2024-02-01T15:30:00Z")
        upstream.commit({"README.md": "x"}, at="2024-03-01T00:00:00Z")
        found = read(upstream, cache)
        assert (found.kind, found.date, found.since, found.irregular) == ("website", dt.date(2024, 3, 1), None, {})
        a, b = found.gates["GateA"], found.gates["GateB"]
        assert (a.date, a.path, told(a.stages)) == (dt.date(2024, 1, 1), path_of("GateA"), ["alpha v1.30… off"])
        assert (b.date, b.removed, told(b.stages)) == (dt.date(2024, 2, 2), True, ["beta v1.31 to v1.32 on"])

    def test_counts_the_day_of_the_merge(self, upstream: GitFolder, cache: Path) -> None:
        commit_pages(upstream, "GateA")
        upstream.git("checkout", "--quiet", "-b", "branch")
        commit_pages(upstream, "GateB", at="2024-02-01T00:00:00Z")
        upstream.git("checkout", "--quiet", "master")
        upstream.commit({"README.md": "x"}, at="2024-03-01T00:00:00Z")
        upstream.git("merge", "--quiet", "--no-ff", "-m", "merged", "branch", at="2024-04-01T00:00:00Z")
        days = {name: it.date for name, it in read(upstream, cache).gates.items()}
        assert days == {"GateA": dt.date(2024, 1, 1), "GateB": dt.date(2024, 4, 1)}

    def test_of_a_shallow_clone_knows_days_from_its_end_on(
        self, upstream: GitFolder, cache: Path, tmp_path: Path
    ) -> None:
        commit_pages(upstream, "GateA", "GateB", at="2024-01-01T00:00:00Z")
        upstream.commit({"README.md": "x"}, at="2024-02-01T00:00:00Z")
        commit_pages(upstream, "GateC", at="2024-03-01T00:00:00Z")
        shallow = tmp_path / "shallow"
        upstream.git("clone", "--quiet", "--depth=2", f"file://{upstream.path}", str(shallow))
        found = open_gates(str(shallow), cache_dir=cache).snapshot()
        end = dt.date(2024, 2, 1)
        assert found.since == end
        assert {it.date for it in found.gates.values()} == {end, dt.date(2024, 3, 1)}
        assert found.gates["GateA"].date == end

    def test_has_no_gate_of_other_files(self, upstream: GitFolder, cache: Path) -> None:
        commit_pages(upstream, "GateA")
        index = "---\ntitle: Feature Gates\n---\n"
        others = [f"{FOLDER}/sub/GateB.md", f"{FOLDER}/GateC.txt", "content/ja/GateD.md", f"{FOLDER}2/GateE.md"]
        upstream.commit({path: page("GateB") for path in others} | {path_of("_index"): index, path_of("index"): index})
        (upstream.path / path_of("GateF")).symlink_to("GateA.md")
        upstream.commit({})
        found = read(upstream, cache)
        assert (list(found.gates), found.irregular) == (["GateA"], {})

    def test_says_what_is_wrong_with_a_file(self, upstream: GitFolder, cache: Path) -> None:
        commit_pages(upstream, "GateA")
        bad = {
            path_of("GateB"): "---\ntitle: GateB\n---\n",
            path_of("GateC"): page("GateD"),
            path_of("GateE"): page("GateE", entry("alpha", "x"), entry("beta", "1.30")),
            path_of("GateF"): "x" * 70_000,
        }
        upstream.commit(bad)
        found = read(upstream, cache)
        assert list(found.gates) == ["GateA", "GateD", "GateE"]
        assert found.irregular == {
            path_of("GateB"): "it has no stages",
            path_of("GateC"): "its title GateD is not the file's name",
            path_of("GateE"): "its fromVersion of alpha is 'x'",
            path_of("GateF"): "its content is not in this partial clone, or far too long",
        }

    def test_of_several_files_with_one_title_that_of_its_name_counts(self, upstream: GitFolder, cache: Path) -> None:
        upstream.commit(
            {path_of("GateA"): page("GateA", entry("beta", "1.31")), path_of("GateA2"): page("GateA")}
            | {path_of(name): page("GateB") for name in ("GateB1", "GateB2")}
        )
        found = read(upstream, cache)
        assert {name: told(it.stages) for name, it in found.gates.items()} == {"GateA": ["beta v1.31… on"]}
        several = f"GateA is the title of several files, of which {path_of('GateA')} counts: "
        assert found.irregular[path_of("GateA2")].startswith(several)
        none = "GateB is the title of several files, of which none has its name: "
        assert found.irregular[path_of("GateB1")].startswith(none)
        assert len(found.irregular) == 4

    @pytest.mark.parametrize(
        ("files", "message"),
        [
            pytest.param({"README.md": "x"}, r"has no feature-gates/\*\.md that can be used; --gates names", id="none"),
            pytest.param(
                {path_of("GateA"): "---\nstages:\n---\n"},
                r"can be used \(.*GateA\.md: it has no list of stages\); --gates names another source",
                id="none that can be used",
            ),
        ],
    )
    def test_without_gates(self, files: dict[str, str], message: str, upstream: GitFolder, cache: Path) -> None:
        upstream.commit(files)
        with pytest.raises(NecoError, match=message):
            read(upstream, cache)


class TestSource:
    def test_may_be_a_bundle_a_bare_clone_or_a_work_tree(
        self, upstream: GitFolder, cache: Path, tmp_path: Path
    ) -> None:
        commit_pages(upstream, "GateA")
        bare, bundle = tmp_path / "bare.git", tmp_path / "gates.bundle"
        upstream.git("clone", "--quiet", "--bare", str(upstream.path), str(bare))
        upstream.git("bundle", "create", str(bundle), "HEAD", "master")
        for path in (upstream.path, bare, bundle):
            assert list(open_gates(str(path), cache_dir=cache).snapshot().gates) == ["GateA"]

    @pytest.mark.parametrize(
        ("source", "message"),
        [
            ("ext::sh -c 'touch x'", "is no source of feature gates"),
            ("--upload-pack=x", "is no source of feature gates"),
            ("nowhere", "nowhere does not exist; --gates takes a URL"),
        ],
    )
    def test_that_is_none_says_so(self, source: str, message: str, cache: Path) -> None:
        with pytest.raises(NecoError, match=re.escape(message)):
            open_gates(source, cache_dir=cache)

    def test_may_lack_some_pages(self, upstream: GitFolder, cache: Path, tmp_path: Path) -> None:
        upstream.commit({path_of("GateA"): page("GateA"), path_of("GateB"): page("GateB") + "x" * 3000})
        partial = tmp_path / "partial.git"
        upstream.git("clone", "--quiet", "--bare", "--filter=blob:limit=1k", f"file://{upstream.path}", str(partial))
        found = open_gates(str(partial), cache_dir=cache).snapshot()
        assert list(found.gates) == ["GateA"]
        assert found.irregular == {path_of("GateB"): "its content is not in this partial clone, or far too long"}


class TestClone:
    @pytest.fixture
    def url(self, upstream: GitFolder) -> str:
        upstream.commit({"content/en/blog.md": "before"}, at="2023-01-01T00:00:00Z")
        commit_pages(upstream, "GateA", "GateB")
        upstream.commit({"content/en/blog.md": "a post", "README.md": "x"}, at="2024-02-01T00:00:00Z")
        return f"file://{upstream.path}"

    def test_has_the_newest_commit_and_only_the_pages_of_gates(self, url: str, cache: Path) -> None:
        repository = open_gates(url, cache_dir=cache)
        assert blobs(repository) == {page("GateA"), page("GateB")}
        assert git(repository, "rev-list", "--count", "HEAD") == "1"
        assert git(repository, "for-each-ref", "--format=%(refname:short)").split() == ["fetched", "newest"]

    def test_knows_no_day_but_its_own(self, url: str, cache: Path) -> None:
        found = open_gates(url, cache_dir=cache).snapshot()
        day = dt.date(2024, 2, 1)
        assert (found.date, found.since, {it.date for it in found.gates.values()}) == (day, day, {day})

    def test_fetches_all_pages_at_once(
        self, url: str, cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The first request brings commit and folders, the second all pages; without news the first is all."""
        log, hook = tmp_path / "log", tmp_path / "hook"
        hook.write_text(f'#!/bin/sh\necho asked >> {log}\nexec "$@"\n')
        hook.chmod(0o755)
        settings = tmp_path / "gitconfig"
        settings.write_text(f"[uploadpack]\n\tpackObjectsHook = {hook}\n")
        monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(settings))
        open_gates(url, cache_dir=cache)
        assert log.read_text().split() == ["asked"] * 2
        open_gates(url, cache_dir=cache)
        assert log.read_text().split() == ["asked"] * 3

    def test_is_brought_up_to_date_with_what_is_new(self, upstream: GitFolder, url: str, cache: Path) -> None:
        first = open_gates(url, cache_dir=cache)
        beta = page("GateB", entry("beta", "1.31"))
        upstream.commit({path_of("GateB"): beta, "content/en/blog.md": "another"}, at="2024-03-01T00:00:00Z")
        again = open_gates(url, cache_dir=cache)
        found = again.snapshot()
        assert again.git_dir == first.git_dir
        assert (found.date, told(found.gates["GateB"].stages)) == (dt.date(2024, 3, 1), ["beta v1.31… on"])
        assert blobs(again) == {page("GateA"), page("GateB"), beta}

    def test_stays_where_it_is_when_pages_cannot_be_fetched(self, upstream: GitFolder, url: str, cache: Path) -> None:
        """The commit comes, and its pages do not: the clone is read at the commit that is whole."""
        repository = open_gates(url, cache_dir=cache)
        beta = page("GateB", entry("beta", "1.31"))
        upstream.commit({path_of("GateB"): beta}, at="2024-03-01T00:00:00Z")
        lost = upstream.git("rev-parse", f"HEAD:{path_of('GateB')}")
        blob = upstream.path / ".git/objects" / lost[:2] / lost[2:]
        content = blob.read_bytes()
        blob.unlink()
        with pytest.raises(FetchError, match=rf"^{re.escape(url)} could not be fetched: "):
            open_gates(url, cache_dir=cache)
        found = repository.snapshot()
        assert (found.date, found.irregular, len(found.gates)) == (dt.date(2024, 2, 1), {}, 2)
        blob.write_bytes(content)
        assert told(open_gates(url, cache_dir=cache).snapshot().gates["GateB"].stages) == ["beta v1.31… on"]

    def test_stays_when_its_upstream_is_gone(self, upstream: GitFolder, url: str, cache: Path) -> None:
        repository = open_gates(url, cache_dir=cache)
        shutil.rmtree(upstream.path)
        with pytest.raises(FetchError, match="could not be fetched"):
            open_gates(url, cache_dir=cache)
        assert list(repository.snapshot().gates) == ["GateA", "GateB"]

    def test_that_was_never_made_leaves_nothing(self, tmp_path: Path, cache: Path) -> None:
        with pytest.raises(FetchError):
            open_gates(f"file://{tmp_path}/nothing", cache_dir=cache)
        assert not cache.exists()

    def test_of_an_upstream_without_gates_says_so(self, upstream: GitFolder, cache: Path) -> None:
        upstream.commit({"README.md": "x"})
        with pytest.raises(NecoError, match="has no feature-gates"):
            open_gates(f"file://{upstream.path}", cache_dir=cache).snapshot()

    def test_of_an_upstream_that_filters_nothing_is_one_all_the_same(
        self, upstream: GitFolder, url: str, cache: Path
    ) -> None:
        upstream.git("config", "uploadpack.allowFilter", "false")
        assert list(open_gates(url, cache_dir=cache).snapshot().gates) == ["GateA", "GateB"]


def git(repository: GateRepository, *arguments: str) -> str:
    command = ["git", f"--git-dir={repository.git_dir}", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def blobs(repository: GateRepository) -> set[str]:
    """The contents of all blobs that are in a clone."""
    listed = git(repository, "cat-file", "--batch-all-objects", "--batch-check=%(objecttype) %(objectname)")
    found = [line.split() for line in listed.splitlines()]
    return {git(repository, "cat-file", "blob", blob) + "\n" for kind, blob in found if kind == "blob"}

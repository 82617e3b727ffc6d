"""Where a repository of kubernetes/enhancements may lie, and what can be wrong with it there."""

from __future__ import annotations

import datetime as dt
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from neco_weekly.lock import folder_locks
from neco_weekly.model.errors import FetchError, NecoError
from neco_weekly.sources.git import read
from neco_weekly.sources.keps.repository import KepRepository, open_repository

from .repositories import KEP_127, GitFolder, kep, merge_a_branch, snapshot, titles


class TestPath:
    def test_of_a_bare_clone_or_a_work_tree(self, upstream: GitFolder, cache: Path, tmp_path: Path) -> None:
        upstream.commit({KEP_127: kep()})
        bare, linked = tmp_path / "bare.git", tmp_path / "linked"
        upstream.git("clone", "--quiet", "--bare", str(upstream.path), str(bare))
        upstream.git("worktree", "add", "--quiet", str(linked))
        for path in (upstream.path, upstream.path / ".git", bare, linked):
            assert titles(open_repository(str(path), cache_dir=cache)) == {127: "A title"}

    def test_is_read_at_its_commit_not_its_files(self, upstream: GitFolder, cache: Path) -> None:
        upstream.commit({KEP_127: kep(title="committed")})
        (upstream.path / KEP_127).write_text(kep(title="being written"))
        assert titles(open_repository(str(upstream.path), cache_dir=cache)) == {127: "committed"}

    def test_is_never_written_to(self, upstream: GitFolder, cache: Path) -> None:
        upstream.commit({KEP_127: kep()})

        def files() -> dict[str, tuple[int, int]]:
            return {str(it): (it.stat().st_size, it.stat().st_mtime_ns) for it in upstream.path.rglob("*")}

        before = files()
        snapshot(upstream, cache)
        assert files() == before
        assert clones(cache) == []

    @pytest.mark.parametrize(
        ("make", "message"),
        [
            (lambda path: None, "does not exist"),
            (lambda path: path.mkdir(), "not a git repository"),
            (lambda path: path.write_text("text"), "is neither a git repository nor a git bundle"),
            (lambda path: path.write_text("# v2 git bundle\nnonsense\n"), "cannot be cloned: "),
            (GitFolder, "it has no commits"),
            (lambda path: GitFolder(path).commit({"README.md": "x"}), r"has no keps/\*\*/kep\.yaml"),
            (
                lambda path: GitFolder(path).commit({"keps/x/1-y/kep.yaml": "x"}),
                r"\(keps/x/1-y/kep\.yaml: it has no kep-number\)",
            ),
        ],
        ids=["nothing", "folder", "file", "broken bundle", "empty", "no kep.yaml", "no usable kep.yaml"],
    )
    def test_without_keps(self, tmp_path: Path, cache: Path, make: object, message: str) -> None:
        path = tmp_path / "source"
        assert callable(make)
        make(path)
        with pytest.raises(NecoError, match=rf"{re.escape(str(path))} .*{message}") as caught:
            open_repository(str(path), cache_dir=cache).snapshot()
        assert str(caught.value).isprintable()

    def test_inside_another_repository_is_not_that_repository(self, upstream: GitFolder, cache: Path) -> None:
        upstream.commit({KEP_127: kep()})
        with pytest.raises(NecoError, match="not a git repository"):
            open_repository(str(upstream.path / "keps"), cache_dir=cache)


LONG_FILE = "keps/sig-node/127-user-namespaces/story.md"


class TestUrl:
    @pytest.fixture
    def url(self, upstream: GitFolder) -> str:
        upstream.commit({KEP_127: kep(), LONG_FILE: os.urandom(5000).hex()})
        return f"file://{upstream.path}"

    def test_is_cloned_without_the_long_files(self, upstream: GitFolder, url: str, cache: Path) -> None:
        repository = open_repository(url, cache_dir=cache)
        long = upstream.git("rev-parse", f"HEAD:{LONG_FILE}")
        assert titles(repository) == {127: "A title"}
        assert f"?{long}" in missing(repository)

    def test_is_read_without_going_there_again(self, upstream: GitFolder, url: str, cache: Path) -> None:
        repository = open_repository(url, cache_dir=cache)
        shutil.rmtree(upstream.path)
        assert titles(repository) == {127: "A title"}

    def test_reading_never_fetches(self, upstream: GitFolder, url: str, cache: Path) -> None:
        repository = open_repository(url, cache_dir=cache)
        long = upstream.git("rev-parse", f"HEAD:{LONG_FILE}")
        with pytest.raises(NecoError):
            read(repository.git_dir, "cat-file", "--batch", stdin=f"{long}\n".encode())
        assert f"?{long}" in missing(repository)

    def test_a_long_kep_yaml_is_irregular_and_not_fetched(self, upstream: GitFolder, url: str, cache: Path) -> None:
        path = "keps/sig-node/1-long/kep.yaml"
        upstream.commit({path: kep(1) + "#" + os.urandom(5000).hex()})
        repository = open_repository(url, cache_dir=cache)
        for _ in range(2):
            found = repository.snapshot()
            assert (list(found.enhancements), list(found.irregular)) == ([127], [path])
        assert found.irregular[path] == "its content is not in this partial clone"

    def test_is_brought_up_to_date_the_next_time(self, upstream: GitFolder, url: str, cache: Path) -> None:
        first = open_repository(url, cache_dir=cache)
        upstream.commit({KEP_127: kep(title="Another title")})
        assert titles(first) == {127: "A title"}
        again = open_repository(url, cache_dir=cache)
        assert again.git_dir == first.git_dir
        assert titles(again) == {127: "Another title"}

    def test_follows_a_default_branch_that_was_rewritten_or_renamed(
        self, upstream: GitFolder, url: str, cache: Path
    ) -> None:
        open_repository(url, cache_dir=cache)
        upstream.git("checkout", "--quiet", "--orphan", "main")
        upstream.commit({KEP_127: kep(title="Anew")})
        assert titles(open_repository(url, cache_dir=cache)) == {127: "Anew"}

    def test_takes_no_tags_and_no_other_branches(self, upstream: GitFolder, url: str, cache: Path) -> None:
        upstream.git("tag", "v1")
        upstream.git("branch", "other")
        repository = open_repository(url, cache_dir=cache)
        assert git(repository.git_dir, "for-each-ref", "--format=%(refname)") == "refs/heads/newest"

    def test_that_cannot_be_reached_is_an_error_and_the_clone_stays(
        self, upstream: GitFolder, url: str, cache: Path
    ) -> None:
        repository = open_repository(url, cache_dir=cache)
        shutil.rmtree(upstream.path)
        with pytest.raises(FetchError, match=rf"^{re.escape(url)} could not be fetched: .*; check the address"):
            open_repository(url, cache_dir=cache)
        assert titles(repository) == {127: "A title"}

    def test_that_was_never_reached_leaves_nothing(self, tmp_path: Path, cache: Path) -> None:
        with pytest.raises(FetchError, match=r"could not be fetched: .*does not appear to be a git repository"):
            open_repository(f"file://{tmp_path}/nothing", cache_dir=cache)
        assert not cache.exists()

    @pytest.mark.parametrize("damage", ["HEAD", "config", "objects/pack", "refs"])
    def test_a_broken_clone_is_made_anew(self, url: str, cache: Path, damage: str) -> None:
        repository = open_repository(url, cache_dir=cache)
        broken = repository.git_dir / damage
        if broken.is_dir():
            shutil.rmtree(broken)
        else:
            broken.write_text("nonsense")
        assert titles(open_repository(url, cache_dir=cache)) == {127: "A title"}
        assert len(clones(cache)) == 1

    def test_an_interrupted_clone_does_not_pose_as_a_whole_one(self, url: str, cache: Path, tmp_path: Path) -> None:
        stall, settings = tmp_path / "stall", tmp_path / "gitconfig"
        stall.write_text("#!/bin/sh\nsleep 30\n")
        stall.chmod(0o755)
        settings.write_text(f"[uploadpack]\npackObjectsHook = {stall}\n")
        program = (
            "import pathlib, sys; from neco_weekly.sources.keps.repository import open_repository;"
            "open_repository(sys.argv[1], cache_dir=pathlib.Path(sys.argv[2]))"
        )
        command = [sys.executable, "-c", program, url, str(cache)]
        environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path), "GIT_CONFIG_GLOBAL": str(settings)}
        process = subprocess.Popen(command, env=environment, start_new_session=True)
        while not list(cache.glob("*/*/config")):
            time.sleep(0.01)
        os.killpg(process.pid, 9)
        process.wait()
        assert [path.name.startswith("unfinished-") for path in cache.iterdir()] == [True]
        assert titles(open_repository(url, cache_dir=cache)) == {127: "A title"}

    @pytest.mark.parametrize("sound", [False, True], ids=["while a clone is made", "while there is one"])
    def test_leftovers_of_killed_processes_go(self, sound: bool, url: str, cache: Path) -> None:
        if sound:
            open_repository(url, cache_dir=cache)
        (cache / "unfinished-old" / "clone.git").mkdir(parents=True)
        open_repository(url, cache_dir=cache)
        assert not list(cache.glob("unfinished-*"))

    def test_leftovers_go_after_a_day_where_there_are_no_locks(
        self, url: str, cache: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(folder_locks, "CAN_LOCK", False)
        old, young = cache / "unfinished-old", cache / "unfinished-young"
        for folder in (old, young):
            (folder / "clone.git").mkdir(parents=True)
        os.utime(old, (time.time() - 100_000,) * 2)
        open_repository(url, cache_dir=cache)
        assert (old.exists(), young.exists()) == (False, True)

    @pytest.mark.parametrize(
        "source",
        ["", "--upload-pack=touch x", "-u", "ext::sh -c 'touch x'", "fd::7", "git://example.org/x", "ftp://example.org/x",
         "ssh://-oProxyCommand=touch/x", "https://", "-oProxyCommand=x@host:path"],
    )  # fmt: skip
    def test_that_could_do_more_than_be_read_is_refused(self, source: str, cache: Path) -> None:
        with pytest.raises(NecoError, match="is no source of KEPs"):
            open_repository(source, cache_dir=cache)

    def test_with_a_password_is_not_printed(self, cache: Path) -> None:
        with pytest.raises(FetchError) as caught:
            open_repository("https://me:s3cret@127.0.0.1:1/x.git", cache_dir=cache)
        assert str(caught.value).startswith("https://127.0.0.1:1/x.git could not be fetched: ")
        assert "s3cret" not in str(caught.value)


def clones(cache: Path) -> list[str]:
    """What is in the cache folder beside the readings of histories."""
    return [path.name for path in cache.iterdir() if not path.name.startswith("history-")]


def git(git_dir: Path, *arguments: str) -> str:
    """The output of git in a clone of ours, which is not to fetch what it lacks."""
    environment = os.environ | {"GIT_NO_LAZY_FETCH": "1"}
    command = ["git", "-c", "protocol.allow=never", f"--git-dir={git_dir}", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout.strip()


def missing(repository: KepRepository) -> list[str]:
    """Objects that a partial clone lacks, each with a question mark."""
    return git(repository.git_dir, "rev-list", "--objects", "--missing=print", "HEAD").splitlines()


class TestBundle:
    @pytest.fixture
    def bundle(self, upstream: GitFolder) -> Path:
        upstream.commit({KEP_127: kep()})
        return self.write(upstream, "HEAD", "master")

    @staticmethod
    def write(upstream: GitFolder, *refs: str) -> Path:
        bundle = upstream.path.with_suffix(".bundle")
        upstream.git("bundle", "create", "--quiet", str(bundle), *refs)
        return bundle

    def test_is_cloned_once(self, bundle: Path, cache: Path) -> None:
        first = open_repository(str(bundle), cache_dir=cache)
        assert titles(first) == {127: "A title"}
        made = (first.git_dir / "HEAD").stat().st_mtime_ns
        again = open_repository(str(bundle), cache_dir=cache)
        assert (again.git_dir, (again.git_dir / "HEAD").stat().st_mtime_ns) == (first.git_dir, made)

    def test_is_cloned_anew_when_it_changes(self, upstream: GitFolder, bundle: Path, cache: Path) -> None:
        open_repository(str(bundle), cache_dir=cache)
        upstream.commit({KEP_127: kep(title="Another title")})
        self.write(upstream, "HEAD", "master")
        assert titles(open_repository(str(bundle), cache_dir=cache)) == {127: "Another title"}
        assert len(clones(cache)) == 1

    @pytest.mark.parametrize("branch", ["main", "master"])
    def test_of_a_branch_alone_has_no_head(
        self, upstream: GitFolder, bundle: Path, cache: Path, branch: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        settings = upstream.path / "gitconfig"
        settings.write_text("[init]\ndefaultBranch = trunk\n")
        monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(settings))
        upstream.git("branch", "--move", branch)
        self.write(upstream, branch)
        repository = open_repository(str(bundle), cache_dir=cache)
        made = (repository.git_dir / "HEAD").stat().st_mtime_ns
        assert titles(open_repository(str(bundle), cache_dir=cache)) == {127: "A title"}
        assert (repository.git_dir / "HEAD").stat().st_mtime_ns == made

    def test_that_was_cut_says_so(self, bundle: Path, cache: Path) -> None:
        bundle.write_bytes(bundle.read_bytes()[:-30])
        with pytest.raises(NecoError, match=r"the bundle .* cannot be cloned: "):
            open_repository(str(bundle), cache_dir=cache)
        assert not cache.exists()

    def test_that_needs_another_one_says_so(self, upstream: GitFolder, bundle: Path, cache: Path) -> None:
        upstream.commit({KEP_127: kep(title="Another title")})
        self.write(upstream, "HEAD~1..master")
        with pytest.raises(NecoError, match="cannot be cloned: Repository lacks these prerequisite commits"):
            open_repository(str(bundle), cache_dir=cache)

    def test_a_broken_clone_is_made_anew(self, bundle: Path, cache: Path) -> None:
        shutil.rmtree(open_repository(str(bundle), cache_dir=cache).git_dir / "objects")
        assert titles(open_repository(str(bundle), cache_dir=cache)) == {127: "A title"}


class TestMachine:
    def test_without_git(self, upstream: GitFolder, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("PATH", str(cache))
        for source in (str(upstream.path), "https://example.org/x.git"):
            with pytest.raises(NecoError, match="git is not installed, or not on PATH"):
                open_repository(source, cache_dir=cache)

    def test_with_a_cache_that_cannot_be_written(self, tmp_path: Path) -> None:
        (tmp_path / "file").touch()
        with pytest.raises(NecoError, match=r"the cache folder .* cannot be written to"):
            open_repository("https://example.org/x.git", cache_dir=tmp_path / "file" / "cache")

    def test_with_git_variables_of_another_repository(
        self, upstream: GitFolder, tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        upstream.commit({KEP_127: kep()})
        other = GitFolder(tmp_path / "other")
        for name in ("GIT_DIR", "GIT_OBJECT_DIRECTORY", "GIT_WORK_TREE", "GIT_INDEX_FILE"):
            monkeypatch.setenv(name, str(other.path / ".git"))
        monkeypatch.setenv("GIT_LITERAL_PATHSPECS", "1")
        for source in (str(upstream.path), f"file://{upstream.path}"):
            found = open_repository(source, cache_dir=cache).snapshot().enhancements[127]
            assert found.source.date == dt.date(2024, 1, 1)

    def test_with_unusual_settings_of_git(
        self, upstream: GitFolder, tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        settings = tmp_path / "gitconfig"
        settings.write_text(
            "[color]\nui = always\n[log]\nshowRoot = false\nshowSignature = true\ndiffMerges = combined\n"
            "[diff]\nrenames = copies\nnoprefix = true\n[core]\nquotePath = true\nabbrev = 5\n[format]\npretty = full\n"
        )
        monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(settings))
        merge_a_branch(upstream)
        found = snapshot(upstream, cache).enhancements[127]
        assert (found.source.date, found.source.pull) == (dt.date(2024, 4, 1), 9)
        first = snapshot(upstream, cache).enhancements[1]
        assert first.source.date == dt.date(2024, 1, 1)

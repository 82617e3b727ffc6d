"""A repository of kubernetes/enhancements: where it may lie, what is read from it, and what can be wrong with it."""

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
from neco_weekly.model import EnhancementState, FetchError, NecoError, Snapshot, Source, Stage, Status
from neco_weekly.sources.git import read
from neco_weekly.sources.kep_repository import KepRepository, open_repository

from .conftest import GitFolder


def kep(number: object = 127, *, title: str = "A title", **fields: str) -> str:
    lines = [f"title: {title}", f"kep-number: {number}", *(f"{name}: {value}" for name, value in fields.items())]
    return "\n".join(lines) + "\n"


KEP_127 = "keps/sig-node/127-user-namespaces/kep.yaml"


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache"


def snapshot(folder: GitFolder, cache: Path) -> Snapshot:
    return open_repository(str(folder.path), cache_dir=cache).snapshot()


def titles(repository: KepRepository) -> dict[int, str]:
    return {number: it.state.title for number, it in repository.snapshot().enhancements.items()}


def merge_a_branch(upstream: GitFolder) -> None:
    """A KEP of January is changed on a branch in February, which is merged in April; KEP-2 comes in March."""
    upstream.commit({KEP_127: kep(), "keps/sig-a/1-root/kep.yaml": kep(1)}, at="2024-01-01T00:00:00Z")
    upstream.git("checkout", "--quiet", "-b", "branch")
    upstream.commit({KEP_127: kep(stage="beta")}, subject="work", at="2024-02-01T00:00:00Z")
    upstream.git("checkout", "--quiet", "master")
    upstream.commit({"keps/sig-a/2-other/kep.yaml": kep(2)}, at="2024-03-01T00:00:00Z")
    subject = "Merge pull request #9 from me/branch"
    upstream.git("merge", "--quiet", "--no-ff", "-m", subject, "branch", at="2024-04-01T00:00:00Z")


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
            "keps/sig-a/3-z/kep.yaml": "it cannot be read as YAML: mapping values are not allowed in this context",
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
        why = f"KEP-9 is ambiguous: {paths[0]}, {paths[1]}"
        assert found.irregular == ({} if answer else dict.fromkeys(paths, why))

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
        assert not cache.exists()

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
                "\\(keps/x/1-y/kep\\.yaml: it holds no YAML mapping\\)",
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


class TestUrl:
    @pytest.fixture
    def url(self, upstream: GitFolder) -> str:
        upstream.commit({KEP_127: kep(), "keps/sig-node/127-user-namespaces/README.md": os.urandom(5000).hex()})
        return f"file://{upstream.path}"

    def test_is_cloned_without_the_long_files(self, upstream: GitFolder, url: str, cache: Path) -> None:
        repository = open_repository(url, cache_dir=cache)
        readme = upstream.git("rev-parse", "HEAD:keps/sig-node/127-user-namespaces/README.md")
        assert titles(repository) == {127: "A title"}
        assert f"?{readme}" in missing(repository)

    def test_is_read_without_going_there_again(self, upstream: GitFolder, url: str, cache: Path) -> None:
        repository = open_repository(url, cache_dir=cache)
        shutil.rmtree(upstream.path)
        assert titles(repository) == {127: "A title"}

    def test_reading_never_fetches(self, upstream: GitFolder, url: str, cache: Path) -> None:
        repository = open_repository(url, cache_dir=cache)
        readme = upstream.git("rev-parse", "HEAD:keps/sig-node/127-user-namespaces/README.md")
        with pytest.raises(NecoError):
            read(repository.git_dir, "cat-file", "--batch", stdin=f"{readme}\n".encode())
        assert f"?{readme}" in missing(repository)

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
        assert list(cache.iterdir()) == []

    @pytest.mark.parametrize("damage", ["HEAD", "config", "objects/pack", "refs"])
    def test_a_broken_clone_is_made_anew(self, url: str, cache: Path, damage: str) -> None:
        repository = open_repository(url, cache_dir=cache)
        broken = repository.git_dir / damage
        if broken.is_dir():
            shutil.rmtree(broken)
        else:
            broken.write_text("nonsense")
        assert titles(open_repository(url, cache_dir=cache)) == {127: "A title"}
        assert len(list(cache.iterdir())) == 1

    def test_an_interrupted_clone_does_not_pose_as_a_whole_one(self, url: str, cache: Path, tmp_path: Path) -> None:
        stall, settings = tmp_path / "stall", tmp_path / "gitconfig"
        stall.write_text("#!/bin/sh\nsleep 30\n")
        stall.chmod(0o755)
        settings.write_text(f"[uploadpack]\npackObjectsHook = {stall}\n")
        program = (
            "import pathlib, sys; from neco_weekly.sources.kep_repository import open_repository;"
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

    def test_leftovers_of_killed_processes_go_after_a_day(self, url: str, cache: Path) -> None:
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
        assert len(list(cache.iterdir())) == 1

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
        assert list(cache.iterdir()) == []

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


@pytest.fixture(scope="module")
def history(kep_history: Path, tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    return open_repository(str(kep_history), cache_dir=tmp_path_factory.mktemp("cache")).snapshot()


class TestHistory:
    """The real thing, from the bundle that lies beside the project."""

    def test_every_kep_yaml_is_read(self, history: Snapshot) -> None:
        assert (len(history.enhancements), history.date) == (650, dt.date(2026, 7, 22))
        assert (
            [path for path, why in history.irregular.items() if why == "its kep-number is '0000'"]
            == [
                "keps/sig-architecture/0000-kep-process/kep.yaml",
                "keps/sig-cloud-provider/providers/0000-cloud-provider-template/kep.yaml",
                "keps/sig-contributor-experience/0000-community-forum/kep.yaml",
                "keps/sig-release/0000-anago-to-krel-migration/kep.yaml",
            ]
            == list(history.irregular)
        )

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

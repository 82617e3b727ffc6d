"""Publishing a refreshed lock, against real git repositories on disk and an executable that answers like gh."""

from __future__ import annotations

import base64
import io
import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from neco_weekly.lock import Lock, load_lock, save_lock
from neco_weekly.model import Card
from neco_weekly.publish.__main__ import main
from neco_weekly.publish.pull_request import body, title

TOKEN = "a-secret"
BOT = "github-actions[bot] <41898282+github-actions[bot]@users.noreply.github.com>"
WRITER = "Writer <writer@example.org>"
REPORT = "## Changes\n\n- KEP-1287: beta → stable in v1.35\n- https://example.org/b: new: B\n"
KEPS, CARDS, IMAGE = "docs/_metadata/keps.json", "docs/_metadata/cards.json", "docs/assets/cards/old.webp"

GH = """#!{python}
# Answers `gh api` for the repository team/site, keeps its pull requests, and notes down what it was asked.
import json, os, sys, urllib.parse
from pathlib import Path

here = Path(__file__).parent
method, url = sys.argv[3:5]
document = json.load(sys.stdin) if "--input" in sys.argv else None
with (here / "asked").open("a") as asked:
    asked.write(json.dumps([method, url, document, os.environ["GH_TOKEN"]]) + "\\n")
if (here / "refuses").exists() and method != "GET":
    sys.exit("gh: " + (here / "refuses").read_text())

path, _, question = url.removeprefix("https://api.test/repos/team/site/").partition("?")
pulls = json.loads((here / "pulls").read_text()) if (here / "pulls").exists() else []
if method == "GET":
    wanted = dict(urllib.parse.parse_qsl(question))
    answer = [pull for pull in pulls if all(pull[key] == value for key, value in wanted.items())]
elif path == "pulls":
    number = len(pulls) + 1
    answer = document | {{"number": number, "state": "open", "html_url": f"https://github.test/team/site/pull/{{number}}"}}
    answer["head"] = "team:" + answer["head"]
    pulls.append(answer)
elif path.startswith("pulls/"):
    answer = pulls[int(path.removeprefix("pulls/")) - 1]
    answer.update(document)
else:
    answer = document
(here / "pulls").write_text(json.dumps(pulls))
print(json.dumps(answer))
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    status: int
    out: str
    error: str
    step_outputs: str
    summary: str


@dataclass(frozen=True, slots=True)
class World:
    """A remote repository with a site on its main branch, checkouts of it, and GitHub."""

    folder: Path
    environment: dict[str, str]

    @property
    def remote(self) -> Path:
        return self.folder / "remote.git"

    def git(self, *arguments: str, at: Path | None = None) -> str:
        command = ["git", "-C", str(at or self.remote), *arguments]
        return subprocess.run(command, env=self.environment, capture_output=True, text=True, check=True).stdout.strip()

    def checkout(self, name: str, *options: str) -> Path:
        self.git("clone", "--quiet", *options, self.remote.as_uri(), str(self.folder / name), at=self.folder)
        return self.folder / name

    def write(self, files: dict[str, str | bytes | None], *, branch: str, author: str = WRITER) -> str:
        """A commit, pushed."""
        place = self.folder / "writer"
        if not place.exists():
            self.checkout("writer")
        self.git("fetch", "--quiet", "origin", at=place)
        self.git(
            "checkout", "--quiet", "-B", branch, f"origin/{branch}" if self.has(branch) else "origin/main", at=place
        )
        put(place, files)
        self.git("add", "--all", at=place)
        self.git("commit", "--quiet", "--message", "By hand", "--author", author, at=place)
        self.git("push", "--quiet", "origin", branch, at=place)
        return self.git("rev-parse", "HEAD", at=place)

    def has(self, branch: str) -> bool:
        return branch in self.git("branch", "--format=%(refname:short)").splitlines()

    def changed(self, branch: str) -> list[str]:
        """What the last commit of a branch changed: `M path`."""
        listing = self.git("diff-tree", "-r", "--name-status", "--no-commit-id", branch).splitlines()
        return [line.replace("\t", " ") for line in listing]

    def history(self, branch: str) -> list[str]:
        """Who wrote the commits of a branch since the first one, newest first."""
        return self.git("log", "--format=%an <%ae>", f"first..{branch}").splitlines()

    def publish(self, *arguments: str, at: Path, **environment: str) -> Outcome:
        told = {name: self.folder / name for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}
        for file in told.values():
            file.write_text("", encoding="utf-8")
        names = {name: str(file) for name, file in told.items()}
        with (
            surroundings(at, {**self.environment, **names, **environment}),
            redirect_stdout(io.StringIO()) as out,
            redirect_stderr(io.StringIO()) as error,
            pytest.raises(SystemExit) as end,
        ):
            main(arguments)
        assert TOKEN not in out.getvalue() + error.getvalue()
        texts = {name: file.read_text(encoding="utf-8") for name, file in told.items()}
        return Outcome(
            status=int(str(end.value.code)),
            out=out.getvalue().strip(),
            error=error.getvalue().strip(),
            step_outputs=texts["GITHUB_OUTPUT"],
            summary=texts["GITHUB_STEP_SUMMARY"],
        )

    @property
    def asked(self) -> list[tuple[str, str, Any]]:
        """What GitHub was asked: method, path, document."""
        file = self.folder / "bin/asked"
        lines = [json.loads(line) for line in file.read_text().splitlines()] if file.exists() else []
        assert all(token == TOKEN for *_, token in lines)
        return [(method, url.removeprefix("https://api.test/repos/team/site/"), it) for method, url, it, _ in lines]

    @property
    def pulls(self) -> list[dict[str, Any]]:
        file = self.folder / "bin/pulls"
        return json.loads(file.read_text()) if file.exists() else []


def put(place: Path, files: dict[str, str | bytes | None]) -> None:
    for name, content in files.items():
        path = place / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if content is None:
            path.unlink()
        else:
            path.write_bytes(content if isinstance(content, bytes) else content.encode())


def refresh(place: Path, *hosts: str, **titles: str) -> Path:
    """Do to a checkout what `neco refresh` does: put cards into the lock and write the report."""
    metadata = place / "docs/_metadata"
    lock = load_lock(metadata)
    urls = {f"https://{host}.example/": titles.get(host, host) for host in hosts}
    save_lock(Lock(cards={**lock.cards, **{url: Card(url=url, title=name) for url, name in urls.items()}}), metadata)
    report = place.parent / "report.md"
    report.write_text(REPORT, encoding="utf-8")
    return report


@contextmanager
def surroundings(folder: Path, environment: dict[str, str]) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        for name in os.environ.keys() - environment.keys():
            patch.delenv(name)
        for name, value in environment.items():
            patch.setenv(name, value)
        yield


@pytest.fixture(scope="session")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    config = tmp_path_factory.mktemp("git") / "config"
    config.write_text("[core]\n\tfsync = none\n[gc]\n\tauto = 0\n", encoding="utf-8")  # for speed
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "GITHUB_", "GH_"))}
    return {
        **kept,
        "GIT_AUTHOR_NAME": "Writer",
        "GIT_AUTHOR_EMAIL": "writer@example.org",
        "GIT_COMMITTER_NAME": "Writer",
        "GIT_COMMITTER_EMAIL": "writer@example.org",
        "GIT_CONFIG_GLOBAL": str(config),
        "GIT_CONFIG_NOSYSTEM": "1",
        "GITHUB_REPOSITORY": "team/site",
        "GITHUB_TOKEN": TOKEN,
        "GITHUB_API_URL": "https://api.test",
        "GITHUB_SERVER_URL": "https://github.test",
    }


@pytest.fixture(scope="session")
def first(tmp_path_factory: pytest.TempPathFactory, environment: dict[str, str]) -> Path:
    """The remote as every test finds it: one commit on main, which the tag `first` names."""
    world = World(tmp_path_factory.mktemp("first"), environment)
    site = world.folder / "site"
    world.git("init", "--quiet", "--bare", "--initial-branch=main", str(world.remote), at=world.folder)
    world.git("init", "--quiet", "--initial-branch=main", str(site), at=world.folder)
    put(site, {"mkdocs.yml": "site_name: Test\n", "docs/issues/one.md": "# One\n", IMAGE: bytes(range(256))})
    put(site, {"docs/_metadata/overrides.yml": "keps: {}\n", ".gitignore": "/site/\n"})
    refresh(site, "a", "m", "z")
    world.git("add", "--all", at=site)
    world.git("commit", "--quiet", "--message", "First", at=site)
    world.git("push", "--quiet", world.remote.as_uri(), "main", "main:refs/tags/first", at=site)
    return world.remote


@pytest.fixture
def world(tmp_path: Path, first: Path, environment: dict[str, str]) -> World:
    tools = tmp_path / "bin"
    tools.mkdir()
    (tools / "gh").write_text(GH.format(python=sys.executable), encoding="utf-8")
    (tools / "gh").chmod(0o755)
    (tmp_path / "report.md").write_text(REPORT, encoding="utf-8")
    world = World(tmp_path, {**environment, "PATH": f"{tools}:{environment['PATH']}"})
    shutil.copytree(first, world.remote)
    return world


# --- the scheduled refresh ----------------------------------------------------------------------------------------


def request(world: World, place: Path, *options: str, **environment: str) -> Outcome:
    report = str(world.folder / "report.md")
    return world.publish("refresh-request", "--report", report, *options, at=place, **environment)


def test_nothing_changed_means_no_branch_and_no_request(world: World) -> None:
    outcome = request(world, world.checkout("main"))
    assert (outcome.status, outcome.out) == (0, "Nothing changed in the lock: there is nothing to request.")
    assert not world.has("neco/refresh")
    assert world.asked == []


def test_a_changed_lock_becomes_one_commit_and_a_request_with_the_report(world: World) -> None:
    main = world.checkout("main")
    refresh(main, "b")
    put(main, {IMAGE: None, "docs/assets/cards/new.webp": bytes(reversed(range(256)))})
    outcome = request(world, main)
    assert (outcome.status, outcome.out) == (0, "Opened https://github.test/team/site/pull/1")
    assert world.history("neco/refresh") == [BOT]
    assert world.changed("neco/refresh") == [f"M {CARDS}", "A docs/assets/cards/new.webp", f"D {IMAGE}"]
    [pull] = world.pulls
    assert pull["head"], pull["base"] == ("team:neco/refresh", "main")
    assert pull["title"] == "Refresh: KEP-1287: beta → stable in v1.35 (and 1 more)"
    assert pull["body"].startswith(REPORT)


def test_nothing_but_the_lock_is_committed_and_the_checkout_stays_as_it_is(world: World) -> None:
    main = world.checkout("main")
    refresh(main, "b")
    put(main, {"docs/_metadata/overrides.yml": "keps: {1: {}}\n", "docs/issues/one.md": "# Other\n", "notes": "mine"})
    world.git("add", "docs/issues/one.md", at=main)
    before = world.git("status", "--porcelain", at=main)
    assert request(world, main).status == 0
    assert world.changed("neco/refresh") == [f"M {CARDS}"]
    assert world.git("status", "--porcelain", at=main) == before
    assert world.git("log", "--format=%s", at=main) == "First"


def test_the_lock_is_where_the_configuration_says(world: World) -> None:
    main = world.checkout("main")
    config = "site_name: Test\ndocs_dir: text\nmarkdown_extensions: [{neco_weekly: {metadata: known}}]\n"
    world.write({"mkdocs.yml": config}, branch="main")
    world.git("pull", "--quiet", at=main)
    refresh(main, "b")
    put(main, {"known/keps.json": "{}\n", "known/other.json": "{}\n", "text/assets/cards/a.webp": b"a"})
    assert request(world, main).status == 0
    assert world.changed("neco/refresh") == ["A known/keps.json", "A text/assets/cards/a.webp"]


def test_the_first_lock_of_all_is_published_too(world: World) -> None:
    world.write({CARDS: None, KEPS: None, IMAGE: None}, branch="main")
    main = world.checkout("main")
    refresh(main, "b")
    assert request(world, main).status == 0
    assert world.changed("neco/refresh") == [f"A {CARDS}", f"A {KEPS}"]


def test_the_same_again_pushes_nothing_and_keeps_the_request(world: World) -> None:
    main = world.checkout("main")
    refresh(main, "b")
    request(world, main)
    before = world.git("rev-parse", "neco/refresh")
    outcome = request(world, main)
    assert (outcome.status, outcome.out) == (0, "Updated https://github.test/team/site/pull/1")
    assert world.git("rev-parse", "neco/refresh") == before
    assert len(world.pulls) == 1


def test_a_later_refresh_writes_branch_and_request_anew(world: World) -> None:
    refresh(main := world.checkout("main"), "b")
    request(world, main)
    world.write({"docs/issues/two.md": "# Two\n"}, branch="main")
    refresh(later := world.checkout("later"), "b", "c")
    (world.folder / "report.md").write_text("## Changes\n\n- c: new\n", encoding="utf-8")
    outcome = request(world, later)
    assert (outcome.status, outcome.out) == (0, "Updated https://github.test/team/site/pull/1")
    assert world.git("log", "--format=%s", "first..neco/refresh").splitlines() == ["Refresh the lock", "By hand"]
    assert [pull["title"] for pull in world.pulls] == ["Refresh: c: new"]
    assert world.pulls[0]["body"].startswith("## Changes\n\n- c: new\n")


def test_main_may_move_while_pages_are_fetched(world: World) -> None:
    refresh(main := world.checkout("main"), "b")
    world.write({"docs/issues/two.md": "# Two\n"}, branch="main")
    assert request(world, main).status == 0
    assert world.changed("neco/refresh") == [f"M {CARDS}"]
    assert world.git("merge-base", "main", "neco/refresh") == world.git("rev-parse", "first")


def test_a_left_over_branch_without_a_request_is_used_again(world: World) -> None:
    refresh(main := world.checkout("main"), "b")
    request(world, main)
    (world.folder / "bin/pulls").write_text(json.dumps([{**world.pulls[0], "state": "closed"}]))
    refresh(main, "c")
    assert request(world, main).out == "Opened https://github.test/team/site/pull/2"
    assert world.history("neco/refresh") == [BOT]


def test_a_request_of_a_fork_with_the_same_branch_name_is_not_ours(world: World) -> None:
    strangers = {"number": 1, "state": "open", "head": "stranger:neco/refresh", "base": "main", "title": "Mine"}
    (world.folder / "bin/pulls").write_text(json.dumps([strangers]))
    refresh(main := world.checkout("main"), "b")
    assert request(world, main).out == "Opened https://github.test/team/site/pull/2"
    assert world.pulls[0] == strangers


def test_commits_of_people_on_the_branch_are_not_thrown_away(world: World) -> None:
    refresh(main := world.checkout("main"), "b")
    request(world, main)
    theirs = world.write({"docs/_metadata/overrides.yml": "keps: {1: {}}\n"}, branch="neco/refresh")
    refresh(main, "c")
    outcome = request(world, main)
    assert outcome.status == 1
    assert "the branch neco/refresh has commits of people" in outcome.error
    assert world.git("rev-parse", "neco/refresh") == theirs


def test_commits_that_people_push_at_the_same_moment_are_not_thrown_away(world: World) -> None:
    refresh(main := world.checkout("main"), "b")
    request(world, main)
    before = world.git("rev-parse", "neco/refresh")
    theirs = world.write({"docs/_metadata/overrides.yml": "keps: {1: {}}\n"}, branch="neco/refresh")
    world.git("update-ref", "refs/heads/neco/refresh", before)
    before_pushing(world, f"git update-ref refs/heads/neco/refresh {theirs}")
    refresh(main, "c")
    outcome = request(world, main)
    assert (outcome.status, "pushed to neco/refresh at the same moment" in outcome.error) == (1, True)
    assert world.git("rev-parse", "neco/refresh") == theirs


def test_the_button_update_branch_does_not_stop_the_next_refresh(world: World) -> None:
    refresh(main := world.checkout("main"), "b")
    request(world, main)
    world.write({"docs/issues/two.md": "# Two\n"}, branch="main")
    button = world.checkout("button", "--branch", "neco/refresh")
    world.git("merge", "--quiet", "--no-edit", "origin/main", at=button)
    world.git("push", "--quiet", at=button)
    refresh(later := world.checkout("later"), "c")
    assert request(world, later).status == 0
    assert world.git("log", "-1", "--format=%s", "neco/refresh") == "Refresh the lock"


def test_the_commit_shows_how_its_build_ended(world: World) -> None:
    refresh(main := world.checkout("main"), "b")
    assert request(world, main, "--built", "failure", GITHUB_RUN_ID="7").status == 0
    method, path, status = world.asked[-1]
    assert (method, path) == ("POST", f"statuses/{world.git('rev-parse', 'neco/refresh')}")
    assert (status["context"], status["state"]) == ("build", "failure")
    assert status["target_url"] == "https://github.test/team/site/actions/runs/7"


@pytest.mark.parametrize("built", ["skipped", "cancelled", ""])
def test_without_a_result_no_status_is_given(world: World, built: str) -> None:
    refresh(main := world.checkout("main"), "b")
    assert request(world, main, "--built", built).status == 0
    assert [path for _, path, _ in world.asked if path.startswith("statuses")] == []


def test_a_refused_push_is_said_with_the_words_of_the_remote(world: World) -> None:
    protect(world)
    refresh(main := world.checkout("main"), "b")
    outcome = request(world, main, GITHUB_ACTIONS="true")
    assert outcome.status == 1
    assert "the remote did not take the branch neco/refresh: GH006: Protected branch update failed" in outcome.error
    assert outcome.out.startswith("::error title=Not published::the remote did not take")
    assert world.pulls == []


def protect(world: World) -> None:
    hook = world.remote / "hooks/pre-receive"
    hook.write_text("#!/bin/sh\necho 'error: GH006: Protected branch update failed' >&2\nexit 1\n")
    hook.chmod(0o755)


def test_actions_that_may_not_open_requests_are_told_where_to_allow_it(world: World) -> None:
    (world.folder / "bin/refuses").write_text("GitHub Actions is not permitted to create pull requests. (HTTP 403)")
    refresh(main := world.checkout("main"), "b")
    outcome = request(world, main)
    assert outcome.status == 1
    assert "is in the branch neco/refresh" in outcome.error
    assert "GitHub Actions is not permitted" in outcome.error
    assert "Settings, Actions, General" in outcome.error


def test_a_checkout_without_history_is_refused(world: World) -> None:
    refresh(main := world.checkout("main", "--depth=1"), "b")
    outcome = request(world, main)
    assert outcome.status == 1
    assert "fetch-depth: 0" in outcome.error
    assert not world.has("neco/refresh")


def test_a_checkout_that_is_not_of_main_is_refused(world: World) -> None:
    world.write({"draft": "mine"}, branch="feature")
    refresh(feature := world.checkout("feature", "--branch=feature"), "b")
    outcome = request(world, feature)
    assert (outcome.status, "run this on main itself" in outcome.error) == (1, True)
    assert not world.has("neco/refresh")


def test_a_base_that_does_not_exist_is_refused(world: World) -> None:
    refresh(main := world.checkout("main"), "b")
    outcome = request(world, main, "--base", "trunk")
    assert (outcome.status, "run this on trunk itself" in outcome.error) == (1, True)
    assert not world.has("neco/refresh")


@pytest.mark.parametrize(
    ("missing", "message"),
    [
        ("GITHUB_TOKEN", "GITHUB_REPOSITORY and GITHUB_TOKEN must be set"),
        ("GITHUB_REPOSITORY", "GITHUB_REPOSITORY and GITHUB_TOKEN must be set"),
        ("gh", "gh, GitHub's command line, is not on PATH"),
    ],
)
def test_what_is_missing_is_said_before_anything_is_pushed(world: World, missing: str, message: str) -> None:
    refresh(place := world.checkout("main"), "b")
    (world.folder / "bin/git").symlink_to(shutil.which("git") or "git")
    if missing == "gh":
        (world.folder / "bin/gh").unlink()
    else:
        world.environment[missing] = ""
    outcome = request(world, place, PATH=str(world.folder / "bin"))
    assert (outcome.status, message in outcome.error) == (2, True)
    assert not world.has("neco/refresh")


def test_a_request_needs_a_report(world: World) -> None:
    outcome = world.publish("refresh-request", at=world.checkout("main"))
    assert (outcome.status, "--report FILE" in outcome.error) == (2, True)


# --- what a request says ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("report", "expected"),
    [
        ("## Changes\n\n- KEP-1: new\n", "Refresh: KEP-1: new"),
        ("## Changes\n\n- one\n- two\n- three\n", "Refresh: one (and 2 more)"),
        ("## Changes\n\n- one\n\n## Could not be fetched\n\n- two: 404\n", "Refresh: one"),
        (f"## Changes\n\n- {'語' * 100}\n", f"Refresh: {'語' * 79}…"),
        ("", "Refresh the lock"),
    ],
    ids=["one", "several", "failures do not count", "long", "none"],
)
def test_title(report: str, expected: str) -> None:
    assert title(report) == expected


@pytest.mark.parametrize(
    ("foreign", "expected"),
    [
        ("by @somebody", "by @\u200bsomebody"),
        ("fixes #12 and kubernetes/website#34", "fixes #\u200b12 and kubernetes/website#\u200b34"),
        ("closes GH-12", "closes GH-\u200b12"),
        ("https://github.com/a/b/issues/1", "https://redirect.github.com/a/b/issues/1"),
        ("https://medium.com/@somebody/post#2", "https://medium.com/@somebody/post#2"),
        ("C# と @ と #kubernetes", "C# と @ と #kubernetes"),
    ],
)
def test_foreign_titles_have_no_effect_on_others(foreign: str, expected: str) -> None:
    assert body(f"- {foreign}\n", "neco/refresh").startswith(f"- {expected}\n\n---\n")


def test_a_report_longer_than_github_takes_is_cut_at_a_line(world: World) -> None:
    text = body("- 二十文字ほどある一行の報告です\n" * 10_000, "neco/refresh")
    assert len(text) < 65_536
    assert "です\n\nThe rest is in the summary" in text


# --- a pull request of a writer -----------------------------------------------------------------------------------


@pytest.fixture
def feature(world: World) -> Path:
    """The workflow's checkout of a writer's branch: one commit, detached, with a refreshed lock."""
    world.write({"docs/issues/two.md": "# Two\n"}, branch="feature")
    place = world.checkout("feature", "--depth=1", "--branch=feature")
    world.git("checkout", "--quiet", "--detach", at=place)
    refresh(place, "b")
    return place


def lock_of(world: World, place: Path, *options: str, **environment: str) -> Outcome:
    return world.publish("request-lock", "--branch", "feature", *options, at=place, **environment)


def titles(world: World, branch: str) -> dict[str, str]:
    cards = json.loads(world.git("show", f"{branch}:{CARDS}"))["cards"]
    return {url.removeprefix("https://").removesuffix(".example/"): card["title"] for url, card in cards.items()}


def test_what_is_new_is_committed_to_the_branch(world: World, feature: Path) -> None:
    put(feature, {"notes": "mine", "docs/issues/two.md": "# Other\n"})
    outcome = lock_of(world, feature, "--built", "success")
    assert (outcome.status, outcome.out) == (
        0,
        f"The lock is in feature, commit {world.git('rev-parse', 'feature')[:10]}.",
    )
    assert world.history("feature") == [BOT, WRITER]
    assert world.changed("feature") == [f"M {CARDS}"]
    assert [path for _, path, _ in world.asked] == [f"statuses/{world.git('rev-parse', 'feature')}"]


def test_nothing_new_means_no_commit(world: World) -> None:
    before = world.write({"docs/issues/two.md": "# Two\n"}, branch="feature")
    outcome = lock_of(world, world.checkout("feature", "--branch=feature"), "--built", "success")
    assert (outcome.status, outcome.out) == (0, "Nothing changed in the lock: there is nothing to commit.")
    assert world.git("rev-parse", "feature") == before


def test_without_a_build_no_gh_is_needed(world: World, feature: Path) -> None:
    (world.folder / "bin/gh").unlink()
    assert lock_of(world, feature).status == 0
    assert world.history("feature") == [BOT, WRITER]


def test_the_writers_newer_commit_stays_below_and_nobody_claims_to_have_built_it(world: World, feature: Path) -> None:
    newer = world.write({"docs/issues/two.md": "# Two, corrected\n"}, branch="feature")
    assert lock_of(world, feature, "--built", "success").status == 0
    assert world.git("rev-parse", "feature^") == newer
    assert world.changed("feature") == [f"M {CARDS}"]
    assert world.asked == []


def test_the_writers_newer_lock_elsewhere_is_kept(world: World, feature: Path) -> None:
    refresh(theirs := world.checkout("theirs", "--branch=feature"), "y")
    world.write({CARDS: (theirs / CARDS).read_bytes()}, branch="feature")
    assert lock_of(world, feature).status == 0
    assert sorted(titles(world, "feature")) == ["a", "b", "m", "y", "z"]


def test_the_writers_newer_lock_at_the_same_place_is_left_alone(world: World, feature: Path) -> None:
    refresh(theirs := world.checkout("theirs", "--branch=feature"), "b", b="Theirs")
    newer = world.write({CARDS: (theirs / CARDS).read_bytes()}, branch="feature")
    outcome = lock_of(world, feature)
    assert outcome.status == 1
    assert "the lock of feature was changed meanwhile" in outcome.error
    assert "neco refresh --missing" in outcome.error
    assert world.git("rev-parse", "feature") == newer


def test_an_earlier_runs_lock_is_replaced_without_rewriting_history(world: World, feature: Path) -> None:
    lock_of(world, feature)
    earlier = world.git("rev-parse", "feature")
    refresh(feature, "b", "c", b="Newer")
    assert lock_of(world, feature, "--built", "success").status == 0
    assert world.git("rev-parse", "feature^") == earlier
    assert titles(world, "feature") == {"a": "a", "b": "Newer", "c": "c", "m": "m", "z": "z"}
    assert world.asked[-1][1] == f"statuses/{world.git('rev-parse', 'feature')}"


def test_running_the_job_again_commits_nothing_twice(world: World, feature: Path) -> None:
    lock_of(world, feature)
    assert lock_of(world, feature).status == 0
    assert world.history("feature") == [BOT, WRITER]


def test_a_rewritten_branch_gets_the_lock_on_its_new_commits(world: World, feature: Path) -> None:
    writer = world.folder / "writer"
    world.git("commit", "--quiet", "--amend", "--message", "Better words", at=writer)
    world.git("push", "--quiet", "--force", "origin", "feature", at=writer)
    assert lock_of(world, feature).status == 0
    assert world.git("log", "--format=%s", "first..feature").splitlines() == [
        "Add to the lock what is new",
        "Better words",
    ]


def test_what_another_workflow_changed_is_kept(world: World, feature: Path) -> None:
    formatted = world.write({"docs/issues/two.md": "# Two, formatted\n"}, branch="feature", author=BOT)
    assert lock_of(world, feature).status == 0
    assert world.git("rev-parse", "feature^") == formatted
    assert world.changed("feature") == [f"M {CARDS}"]


def test_a_branch_that_moves_before_the_push_is_tried_once_more(world: World, feature: Path) -> None:
    newer = world.write({"docs/issues/two.md": "# Two, corrected\n"}, branch="newer")
    before_pushing(world, f"[ -e moved ] || {{ touch moved; git update-ref refs/heads/feature {newer}; }}")
    assert lock_of(world, feature).status == 0
    assert world.git("rev-parse", "feature^") == newer
    assert world.changed("feature") == [f"M {CARDS}"]


def test_a_branch_that_moves_before_every_push_is_given_up(world: World, feature: Path) -> None:
    before_pushing(world, "git update-ref refs/heads/feature $(git commit-tree feature^{tree} -p feature -m Moved)")
    outcome = lock_of(world, feature)
    assert (outcome.status, "feature moved twice" in outcome.error) == (1, True)
    assert world.git("log", "-1", "--format=%s", "feature") == "Moved"


def test_a_branch_deleted_before_the_push_does_not_come_back(world: World, feature: Path) -> None:
    before_pushing(world, "git update-ref -d refs/heads/feature")
    outcome = lock_of(world, feature)
    assert (outcome.status, "the branch feature is gone" in outcome.error) == (1, True)
    assert not world.has("feature")


def before_pushing(world: World, command: str) -> None:
    """Let something happen in the remote between looking at a branch and pushing to it."""
    git = shutil.which("git")
    wrapper = world.folder / "bin/git"
    happens = f'(cd {world.remote}; git() {{ {git} "$@"; }}; {command})'
    wrapper.write_text(f'#!/bin/sh\ncase "$*" in *" push "*) {happens};; esac\nexec {git} "$@"\n')
    wrapper.chmod(0o755)


def test_a_deleted_branch_does_not_come_back(world: World, feature: Path) -> None:
    world.git("branch", "--delete", "--force", "feature")
    outcome = lock_of(world, feature)
    assert (outcome.status, "the branch feature is gone" in outcome.error) == (1, True)
    assert not world.has("feature")


def test_a_protected_branch_is_said_with_the_words_of_the_remote(world: World, feature: Path) -> None:
    protect(world)
    outcome = lock_of(world, feature)
    assert (outcome.status, "GH006: Protected branch update failed" in outcome.error) == (1, True)


def test_a_status_that_github_refuses_is_an_error_after_the_commit(world: World, feature: Path) -> None:
    (world.folder / "bin/refuses").write_text("Resource not accessible by integration (HTTP 403)")
    outcome = lock_of(world, feature, "--built", "success")
    assert (outcome.status, "Resource not accessible by integration" in outcome.error) == (1, True)
    assert world.history("feature") == [BOT, WRITER]


# --- from one job to the other ------------------------------------------------------------------------------------


def pack(world: World, place: Path, *options: str, **environment: str) -> Outcome:
    report = str(world.folder / "report.md")
    return world.publish("pack", str(world.folder / "lock"), "--report", report, *options, at=place, **environment)


def test_a_pack_carries_the_change_to_a_job_that_fetched_nothing(world: World, feature: Path) -> None:
    put(feature, {IMAGE: None, "docs/assets/cards/new.webp": bytes(reversed(range(256))), "notes": "mine"})
    packed = pack(world, feature, GITHUB_TOKEN="")
    assert (packed.status, packed.step_outputs) == (0, "changed=true\n")
    assert packed.summary == REPORT
    other = world.checkout("other", "--depth=1", "--branch=feature")
    assert lock_of(world, other, "--from", str(world.folder / "lock")).status == 0
    assert world.changed("feature") == [f"M {CARDS}", "A docs/assets/cards/new.webp", f"D {IMAGE}"]
    assert sorted(titles(world, "feature")) == ["a", "b", "m", "z"]


def test_a_pack_is_the_text_of_the_scheduled_request(world: World) -> None:
    refresh(main := world.checkout("main"), "b")
    assert pack(world, main).status == 0
    outcome = world.publish("refresh-request", "--from", str(world.folder / "lock"), at=world.checkout("other"))
    assert (outcome.status, outcome.out) == (0, "Opened https://github.test/team/site/pull/1")
    assert world.pulls[0]["body"].startswith(REPORT)


def test_a_pack_of_nothing_is_no_folder(world: World) -> None:
    outcome = pack(world, world.checkout("main"))
    assert (outcome.status, outcome.step_outputs) == (0, "changed=false\n")
    assert not (world.folder / "lock").exists()


def test_a_refresh_that_ended_before_its_report_is_packed_without(world: World) -> None:
    main = world.checkout("main")
    (world.folder / "report.md").unlink()
    outcome = pack(world, main)
    assert (outcome.status, outcome.step_outputs, outcome.summary) == (0, "changed=false\n", "")


def test_a_fork_is_told_what_to_do_with_the_files(world: World, feature: Path) -> None:
    put(feature, {"docs/assets/cards/new.webp": b"new"})
    outcome = pack(world, feature, "--head-repository", "stranger/site")
    assert outcome.status == 0
    [_, notice] = outcome.out.splitlines()
    assert notice.startswith("::notice title=The lock of this pull request::This pull request comes from a fork")
    assert "the artifact `lock` of this run" in outcome.summary
    files = world.folder / "lock/files"
    assert sorted(path.relative_to(files).as_posix() for path in files.rglob("*") if path.is_file()) == [
        CARDS,
        "docs/assets/cards/new.webp",
    ]
    assert (files / CARDS).read_bytes() == (feature / CARDS).read_bytes()


def test_a_branch_of_the_repository_itself_is_no_fork(world: World, feature: Path) -> None:
    assert "::notice" not in pack(world, feature, "--head-repository", "team/site").out


def test_a_pack_goes_into_a_new_folder(world: World, feature: Path) -> None:
    pack(world, feature)
    outcome = pack(world, feature)
    assert (outcome.status, "is not empty; name a new folder" in outcome.error) == (2, True)


@pytest.mark.parametrize("path", ["mkdocs.yml", "docs/_metadata/overrides.yml", "docs/assets/cards-of-mine/a.webp"])
def test_a_pack_with_other_files_is_refused(world: World, feature: Path, path: str) -> None:
    outcome = smuggle(world, feature, path, "100644")
    assert outcome.status == 2
    assert f"the change holds {path}, which is no file of the lock" in outcome.error
    assert world.history("feature") == [WRITER]


@pytest.mark.parametrize("mode", ["120000", "100755", "160000"], ids=["symbolic link", "program", "submodule"])
def test_a_pack_with_unusual_files_is_refused(world: World, feature: Path, mode: str) -> None:
    assert smuggle(world, feature, "docs/assets/cards/a.webp", mode).status == 2
    assert world.history("feature") == [WRITER]


def smuggle(world: World, feature: Path, path: str, mode: str) -> Outcome:
    """Publish a pack whose patch somebody wrote by hand."""
    pack(world, feature)
    blob = world.git("rev-parse", "HEAD" if mode == "160000" else "HEAD:mkdocs.yml", at=feature)
    world.git("update-index", "--add", "--cacheinfo", f"{mode},{blob},{path}", at=feature)
    if path == "mkdocs.yml":
        other = world.git("rev-parse", f"HEAD:{CARDS}", at=feature)
        world.git("update-index", "--add", "--cacheinfo", f"{mode},{other},{path}", at=feature)
    patch = world.git("diff-index", "--cached", "--patch", "--binary", "--full-index", "HEAD", at=feature)
    (world.folder / "lock/lock.patch").write_text(patch + "\n", encoding="utf-8")
    return lock_of(world, feature, "--from", str(world.folder / "lock"))


def test_a_folder_that_is_no_pack_is_refused(world: World, feature: Path) -> None:
    (world.folder / "empty").mkdir()
    outcome = lock_of(world, feature, "--from", str(world.folder / "empty"))
    assert (outcome.status, "is not what scripts/publish pack wrote" in outcome.error) == (2, True)


def test_a_folder_without_a_site_is_refused(world: World, feature: Path) -> None:
    outcome = lock_of(world, feature / "docs")
    assert (outcome.status, "mkdocs.yml: not found" in outcome.error) == (2, True)


def test_the_door_leads_here(world: World) -> None:
    command = [sys.executable, "-W", "error", "-m", "neco_weekly.publish", "--help"]
    done = subprocess.run(command, env=world.environment, capture_output=True, text=True, check=True)
    assert "refresh-request" in done.stdout
    assert "python -m" not in done.stdout


# --- the token ----------------------------------------------------------------------------------------------------


@pytest.fixture
def server() -> Iterator[tuple[str, list[list[str]]]]:
    """A server that refuses everything, with the Authorization headers that it was sent."""
    seen: list[list[str]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            seen.append(self.headers.get_all("Authorization") or [])
            self.send_error(403)

        def log_message(self, format: str, *args: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}", seen
        server.shutdown()
        thread.join()


def test_the_token_goes_to_the_server_and_into_no_file(
    world: World, feature: Path, server: tuple[str, list[list[str]]]
) -> None:
    url, seen = server
    world.git("remote", "set-url", "origin", f"{url}/team/site", at=feature)
    world.git("config", f"http.{url}/.extraheader", "Authorization: Basic left-over", at=feature)
    outcome = lock_of(world, feature, GITHUB_SERVER_URL=url, NO_PROXY="127.0.0.1", no_proxy="127.0.0.1")
    assert (outcome.status, "403" in outcome.error) == (1, True)
    expected = base64.b64encode(f"x-access-token:{TOKEN}".encode()).decode()
    assert seen == [[f"Basic {expected}"]]
    assert expected not in (feature / ".git/config").read_text()


def test_the_token_does_not_go_to_another_server(
    world: World, feature: Path, server: tuple[str, list[list[str]]]
) -> None:
    url, seen = server
    world.git("remote", "set-url", "origin", f"{url}/team/site", at=feature)
    assert lock_of(world, feature, NO_PROXY="127.0.0.1", no_proxy="127.0.0.1").status == 1
    assert seen == [[]]

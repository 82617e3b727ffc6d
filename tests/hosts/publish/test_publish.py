"""Publishing a refreshed lock, against real git repositories on disk and an executable that answers like gh."""

from __future__ import annotations

import base64
import json
import shutil
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from neco_weekly.hosts.publish.pull_request import body, title

from .world import (
    BOT,
    CARDS,
    ICON,
    KEPS,
    NEW,
    OLD,
    PICTURES,
    REPORT,
    TOKEN,
    WRITER,
    Outcome,
    World,
    lock_of,
    path_of,
    put,
    refresh,
    titles,
)

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
    put(main, {path_of(OLD): None, path_of(NEW): NEW.content, path_of(ICON): ICON.content})
    outcome = request(world, main)
    assert (outcome.status, outcome.out) == (0, "Opened https://github.test/team/site/pull/1")
    assert world.history("neco/refresh") == [BOT]
    assert set(world.changed("neco/refresh")) == {
        f"M {CARDS}",
        f"A {path_of(NEW)}",
        f"A {path_of(ICON)}",
        f"D {path_of(OLD)}",
    }
    assert world.content("neco/refresh", path_of(NEW)) == NEW.content
    [pull] = world.pulls
    assert (pull["head"], pull["base"]) == ("team:neco/refresh", "main")
    assert pull["title"] == "Refresh: KEP-1287: beta → stable in v1.35 (and 1 more)"
    assert pull["body"].startswith(REPORT)


def test_nothing_but_the_lock_is_committed_and_the_checkout_stays_as_it_is(world: World) -> None:
    main = world.checkout("main")
    refresh(main, "b")
    put(main, {"docs/_metadata/overrides.yml": "keps: {1: {}}\n", "docs/issues/one.md": "# Other\n", "notes": "mine"})
    put(main, {f"{PICTURES}/logo.png": "mine", f"{PICTURES}/more/{NEW.name}": "mine", f"docs/{NEW.name}": "mine"})
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
    put(main, {"known/topics.json": "{}\n", "known/topics.yml": "{}\n", "known/releases.json": "{}\n"})
    put(main, {"known/keps.json": "{}\n", "known/other.json": "{}\n", f"text/assets/cards/{NEW.name}": NEW.content})
    assert request(world, main).status == 0
    known = ["A known/keps.json", "A known/releases.json", "A known/topics.json"]
    assert world.changed("neco/refresh") == [*known, f"A text/assets/cards/{NEW.name}"]


def test_the_first_lock_of_all_is_published_too(world: World) -> None:
    world.write({CARDS: None, KEPS: None, path_of(OLD): None}, branch="main")
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

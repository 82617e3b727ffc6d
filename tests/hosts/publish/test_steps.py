"""The workflows of a new site, each `run:` step in a shell: from the first push to a fork's pull request."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from neco_weekly.hosts.cli import commands

from tests.hosts.test_cli import LOOPBACK
from tests.sites import Built
from tests.sources.repositories import KEP_127, GitFolder, kep
from tests.sources.sites import PAGE, Serve, Site

from .runner import Event, Run, tools
from .world import BOT, CARDS, KEPS, World, put

EPOCH = "1796000000"
FIRST = "docs/issues/2026/11/2026-11-30.md"
PAGES = {"html_url": "https://team.github.io/site/", "build_type": "workflow"}
SCHEDULE: Event = {"event_name": "schedule", "ref": "refs/heads/trunk"}
PUSH: Event = {"event_name": "push", "ref": "refs/heads/trunk"}


@pytest.fixture
def web(serve: Serve) -> Site:
    return serve({"/one": PAGE, "/two": PAGE})


@pytest.fixture
def quick(world: World) -> None:
    """Builds succeed at once and make a page: for tests of what comes before and after."""
    program = world.folder / "bin/mkdocs"
    program.write_text(
        '#!/bin/sh\n[ "$*" = "build --strict --site-dir site" ] && mkdir -p site && echo built > site/index.html\n'
    )
    program.chmod(0o755)


@pytest.fixture
def team(world: World, tmp_path: Path, web: Site) -> World:
    """A repository as `neco init --github` makes it, with a first issue that a machine without network can refresh."""
    upstream = GitFolder(tmp_path / "enhancements")
    upstream.commit({KEP_127: kep(127, title="User namespaces", status="implementable", stage="alpha")})
    site = tmp_path / "new"
    result = CliRunner().invoke(commands, ["init", str(site), "--github"], env={"SOURCE_DATE_EPOCH": EPOCH})
    assert result.exit_code == 0, result.output
    put(site, {FIRST: f"# 一\n\nKEP-127\n\n{web.url}/one\n"})
    world.git("init", "--quiet", "--initial-branch=trunk", at=site)
    world.git("add", "--all", at=site)
    world.git("commit", "--quiet", "--message", "First", at=site)
    world.git("push", "--quiet", "--force", world.remote.as_uri(), "trunk", "trunk:refs/tags/first", at=site)
    world.git("symbolic-ref", "HEAD", "refs/heads/trunk")
    world.git("branch", "--quiet", "-D", "main")
    (tmp_path / "bin/branch").write_text("trunk")
    asked = ("--source", upstream.path.as_uri(), "--github-api", web.url, *LOOPBACK)
    path = tools(tmp_path / "bin", Path(sys.executable).parent, *map(str, asked))
    environment = {**world.environment, "PATH": f"{tmp_path / 'bin'}:{path}", "SOURCE_DATE_EPOCH": EPOCH}
    return World(tmp_path, environment)


def switch_on(team: World, **pages: str) -> None:
    (team.folder / "bin/pages").write_text(json.dumps({**PAGES, **pages}))


def outcomes(run: Run) -> dict[str, str]:
    return {name: job.outcome for name, job in run.jobs.items()}


# --- the site -----------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("quick")
def test_the_first_push_is_green_and_says_which_switch_is_missing(team: World) -> None:
    run = Run(team, PUSH, "trunk").of("site")
    assert outcomes(run) == {"build": "success", "deploy": "skipped"}, run.jobs["build"].said
    assert "::notice title=Not published::" in run.jobs["build"].said


@pytest.mark.usefixtures("quick")
def test_by_hand_it_is_deployed_as_after_a_push(team: World) -> None:
    switch_on(team)
    run = Run(team, {**PUSH, "event_name": "workflow_dispatch"}, "trunk").of("site")
    assert outcomes(run) == {"build": "success", "deploy": "success"}, run.jobs["build"].said
    assert (team.folder / "pages/index.html").read_text(encoding="utf-8") == "built\n"


def test_with_pages_on_the_site_is_right_below_the_name_of_the_project(team: World) -> None:
    switch_on(team)
    run = Run(team, PUSH, "trunk").of("site")
    assert outcomes(run) == {"build": "success", "deploy": "success"}, run.jobs["build"].said
    assert "example-site-url" not in run.jobs["build"].said
    site = Built(team.folder / "pages")
    url = "https://team.github.io/site/"
    page = site.page("issues/2026/11/2026-11-30/index.html")
    assert page.select_one(f'link[rel=canonical][href="{url}issues/2026/11/2026-11-30/"]')
    edit = f"https://github.test/team/site/edit/trunk/{FIRST}"
    assert page.select_one(f'a[href="{edit}"]')
    assert f"<loc>{url}" in site.text("sitemap.xml")
    assert f'href="{url}feed.xml"' in site.text("feed.xml")
    styles = [str(it["href"]) for it in site.page("404.html").select("link[rel=stylesheet]")]
    assert styles
    assert all(it.startswith("/site/") and (site.site / it.removeprefix("/site/")).exists() for it in styles)


def test_under_a_domain_of_its_own_it_is_at_the_root(team: World) -> None:
    switch_on(team, html_url="https://weekly.test/", cname="weekly.test")
    Run(team, PUSH, "trunk").of("site")
    site = Built(team.folder / "pages")
    assert site.page("index.html").select_one('link[rel=canonical][href="https://weekly.test/"]')
    assert all(str(it["href"]).startswith("/assets/") for it in site.page("404.html").select("link[rel=stylesheet]"))


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize(
    "event",
    [
        {"event_name": "push", "ref": "refs/heads/feature"},
        {"event_name": "pull_request", "ref": "refs/pull/1/merge"},
    ],
    ids=["another branch", "a pull request"],
)
def test_what_is_not_on_the_default_branch_is_built_and_not_deployed(team: World, event: Event) -> None:
    switch_on(team)
    assert outcomes(Run(team, event, "trunk").of("site")) == {"build": "success", "deploy": "skipped"}


def test_a_pull_request_has_its_site_and_the_list_of_pages_that_it_changes(team: World) -> None:
    base = team.git("rev-parse", "trunk")
    changed: dict[str, str | bytes | None] = {
        FIRST: "# 一\n\n寝床の話\n",
        "docs/issues/2026/11/2026-11-23.md": "# 二\n\n短い話\n",
    }
    team.write(changed, branch="feature")
    event: Event = {"event_name": "pull_request", "event": {"pull_request": {"base": {"sha": base}}}}
    run = Run(team, event, "feature").of("site")
    assert outcomes(run) == {"build": "success", "deploy": "skipped"}, run.jobs["build"].said
    assert Built(run.artifacts / "site").page("issues/2026/11/2026-11-23/index.html").h1
    new, other = run.jobs["build"].summary.split("### Changed pages")
    assert "### New pages (1)\n\n- 二 (issues/2026/11/2026-11-23/)\n" in new
    assert "(issues/2026/11/2026-11-30/)" in other
    assert "- バックナンバー (issues/)\n" in other
    assert "404.html" not in other


def test_a_pull_request_whose_base_does_not_build_is_compared_with_nothing(team: World) -> None:
    team.write({"mkdocs.yml": "site_name: [\n"}, branch="broken")
    base = team.git("rev-parse", "broken")
    event: Event = {"event_name": "pull_request", "event": {"pull_request": {"base": {"sha": base}}}}
    run = Run(team, event, "trunk").of("site")
    assert outcomes(run)["build"] == "success"
    assert (run.artifacts / "site/index.html").exists()
    assert "Pages that this changes" not in run.jobs["build"].summary


def test_a_site_that_does_not_build_is_not_deployed(team: World) -> None:
    switch_on(team)
    team.write({FIRST: "# 一\n\n![](gone.png)\n"}, branch="broken")
    run = Run(team, PUSH, "broken").of("site")
    assert outcomes(run) == {"build": "failure", "deploy": "skipped"}
    assert "::warning file=docs/issues/2026/11/2026-11-30.md,line=3,title=missing-image::" in run.jobs["build"].said


# --- the scheduled refresh ----------------------------------------------------------------------------------------


def test_a_scheduled_refresh_becomes_a_pull_request_and_the_next_one_has_nothing_new(team: World) -> None:
    run = Run(team, SCHEDULE, "trunk").of("refresh")
    assert outcomes(run) == {"refresh": "success", "request": "success"}, run.jobs["refresh"].said
    [pull] = team.pulls
    assert (pull["head"], pull["base"]) == ("team:neco/refresh", "trunk")
    assert "KEP-127" in pull["title"]
    assert {KEPS, CARDS} <= {line.partition(" ")[2] for line in team.changed("neco/refresh")}
    assert team.history("neco/refresh") == [BOT]
    [status] = [it for method, path, it in team.asked if path.startswith("statuses/")]
    assert (status["state"], status["context"]) == ("success", "build")

    team.git("update-ref", "refs/heads/trunk", "neco/refresh")  # somebody merges it
    again = Run(team, SCHEDULE, "trunk").of("refresh")
    assert outcomes(again) == {"refresh": "success", "request": "skipped"}
    assert again.jobs["refresh"].outputs["changed"] == "false"


def test_a_refresh_by_hand_runs_on_the_default_branch_only(team: World) -> None:
    by_hand = {"event_name": "workflow_dispatch", "ref": "refs/heads/feature"}
    assert outcomes(Run(team, by_hand, "trunk").of("refresh")) == {"refresh": "skipped", "request": "skipped"}


@pytest.mark.usefixtures("quick")
def test_what_people_put_on_the_branch_of_the_refresh_stays(team: World) -> None:
    Run(team, SCHEDULE, "trunk").of("refresh")
    mine = team.write({"docs/mine.md": "# Mine\n"}, branch="neco/refresh")
    run = Run(team, SCHEDULE, "trunk").of("refresh")
    assert outcomes(run) == {"refresh": "success", "request": "failure"}
    assert "::error title=Not published::the branch neco/refresh has commits of people" in run.jobs["request"].said
    assert team.git("rev-parse", "neco/refresh") == mine


# --- a writer's pull request --------------------------------------------------------------------------------------


def pull_request(commit: str, *, base: str = "trunk", head: str = "team/site") -> Event:
    pull = {
        "number": 1,
        "base": {"ref": base},
        "head": {"ref": "feature", "sha": commit, "repo": {"full_name": head}},
        "user": {"login": "writer"},
    }
    return {"event_name": "pull_request", "ref": "refs/pull/1/merge", "event": {"pull_request": pull}}


def issue(web: Site, name: str = "two") -> dict[str, str | bytes | None]:
    return {"docs/issues/2026/11/2026-11-23.md": f"# 二\n\n{web.url}/{name}\n"}


@pytest.mark.usefixtures("quick")
def test_what_a_writer_mentions_is_committed_to_the_branch(team: World, web: Site) -> None:
    commit = team.write(issue(web), branch="feature")
    run = Run(team, pull_request(commit), "feature").of("pull-request")
    assert outcomes(run) == {"refresh": "success", "commit": "success"}, run.jobs["refresh"].said
    assert team.history("feature")[0] == BOT
    assert f'"{web.url}/two"' in team.content("feature", CARDS).decode()
    assert [it["state"] for _, path, it in team.asked if path.startswith("statuses/")] == ["success"]

    again = Run(team, pull_request(team.git("rev-parse", "feature")), "feature").of("pull-request")
    assert outcomes(again) == {"refresh": "success", "commit": "skipped"}
    assert len(team.history("feature")) == 2


def test_what_cannot_be_fetched_is_annotated_and_stops_nobody(team: World, web: Site) -> None:
    switch_on(team)
    commit = team.write(issue(web, "gone"), branch="feature")
    run = Run(team, pull_request(commit), "feature").of("pull-request")
    assert run.jobs["refresh"].outcome == "success"
    assert "title=card-not-fetched::" in run.jobs["refresh"].said
    assert "example-site-url" not in run.jobs["refresh"].said


@pytest.mark.usefixtures("quick")
def test_a_fork_is_told_where_what_was_fetched_lies(team: World, web: Site) -> None:
    commit = team.write(issue(web), branch="feature")
    run = Run(team, pull_request(commit, head="stranger/site"), "feature").of("pull-request")
    assert outcomes(run) == {"refresh": "success", "commit": "skipped"}
    assert "This pull request comes from a fork" in run.jobs["refresh"].summary
    assert (run.artifacts / "lock/files" / CARDS).exists()
    assert team.git("rev-parse", "feature") == commit


def test_a_request_to_another_branch_is_left_alone(team: World, web: Site) -> None:
    commit = team.write(issue(web), branch="feature")
    run = Run(team, pull_request(commit, base="old"), "feature").of("pull-request")
    assert outcomes(run) == {"refresh": "skipped", "commit": "skipped"}


@pytest.mark.usefixtures("quick")
def test_a_lock_that_somebody_changed_at_the_same_place_is_a_conflict_and_is_left(team: World, web: Site) -> None:
    commit = team.write(issue(web), branch="feature")
    theirs: list[str] = []
    lock: dict[str, str | bytes | None] = {CARDS: '{"schema": 1, "cards": {}}\n'}
    run = Run(team, pull_request(commit), "feature")
    run.before["commit"] = lambda: theirs.append(team.write(lock, branch="feature"))
    run.of("pull-request")
    assert outcomes(run) == {"refresh": "success", "commit": "failure"}
    assert "the lock of feature was changed meanwhile" in run.jobs["commit"].said
    assert [team.git("rev-parse", "feature")] == theirs

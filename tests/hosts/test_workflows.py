"""What the workflows promise: when they run, what they may do, and that nobody's text becomes a command."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from neco_weekly.hosts.publish.pull_request import BUILD as STATUS

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / ".github/workflows"
NAMES = ["pull-request.yml", "refresh.yml", "site.yml"]

WORKFLOWS: dict[str, dict[str, Any]] = {
    # YAML 1.1 reads the key `on` as true.
    name: {str(key).replace("True", "on"): value for key, value in yaml.safe_load((FOLDER / name).read_text()).items()}
    for name in NAMES
}
JOBS = {(name, job): content for name, workflow in WORKFLOWS.items() for job, content in workflow["jobs"].items()}

READING = {"contents": "read"}
PERMISSIONS = {
    ("site.yml", "build"): READING,
    ("site.yml", "deploy"): {"pages": "write", "id-token": "write"},
    ("refresh.yml", "refresh"): READING,
    ("refresh.yml", "request"): {"contents": "write", "pull-requests": "write", "statuses": "write"},
    ("pull-request.yml", "refresh"): READING,
    ("pull-request.yml", "commit"): {"contents": "write", "statuses": "write"},
}


def steps(*jobs: tuple[str, str]) -> Iterator[dict[str, Any]]:
    for job in jobs or JOBS:
        yield from JOBS[job]["steps"]


def commands(*jobs: tuple[str, str]) -> list[str]:
    return [step["run"] for step in steps(*jobs) if "run" in step]


def uses(action: str, *jobs: tuple[str, str]) -> list[dict[str, Any]]:
    """The inputs of every use of an action."""
    return [step.get("with", {}) for step in steps(*jobs) if step.get("uses", "").startswith(f"{action}@")]


def condition(*job: str) -> str:
    return " ".join(JOBS[job[0], job[1]].get("if", "").split())


# --- all of them --------------------------------------------------------------------------------------------------


def test_these_are_all_workflows() -> None:
    assert sorted(path.name for path in FOLDER.iterdir()) == NAMES


@pytest.mark.parametrize(
    ("schema", "files"),
    [
        ("vendor.github-workflows", sorted(FOLDER.glob("*.yml"))),
        ("vendor.dependabot", [ROOT / ".github/dependabot.yml"]),
    ],
    ids=["workflows", "dependabot"],
)
def test_they_are_valid(schema: str, files: list[Path]) -> None:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_permissions_are_exactly_these() -> None:
    assert {job: content["permissions"] for job, content in JOBS.items()} == PERMISSIONS
    assert {name: workflow["permissions"] for name, workflow in WORKFLOWS.items()} == {name: {} for name in NAMES}


@pytest.mark.parametrize("name", NAMES)
def test_no_trigger_gives_foreign_code_a_token_or_a_secret(name: str) -> None:
    assert WORKFLOWS[name]["on"].keys() <= {"push", "pull_request", "schedule", "workflow_dispatch"}
    assert "secrets." not in (FOLDER / name).read_text()


def test_no_expression_is_written_into_a_command() -> None:
    assert [command for command in commands() if "${{" in command] == []


@pytest.mark.parametrize("job", JOBS, ids="/".join)
def test_what_people_choose_reaches_commands_as_a_quoted_variable(job: tuple[str, str]) -> None:
    for step in steps(job):
        for variable in step.get("env", {}):
            for used in re.findall(rf".?\$\{{?{variable}\b.?", step.get("run", "")):
                assert used.startswith('"')


def test_actions_are_githubs_own_at_a_major_version() -> None:
    used = [step["uses"] for step in steps() if "uses" in step]
    assert [action for action in used if not re.fullmatch(r"actions/[a-z-]+(/restore)?@v[1-9]\d?", action)] == []


def test_an_action_has_the_same_version_everywhere() -> None:
    used = {step["uses"].replace("/restore", "") for step in steps() if "uses" in step}
    assert len({action.partition("@")[0] for action in used}) == len(used)


def test_a_checkout_leaves_no_token_behind() -> None:
    checkouts = uses("actions/checkout")
    assert checkouts
    assert [inputs["persist-credentials"] for inputs in checkouts] == [False] * len(checkouts)


def test_every_command_begins_with_a_door_of_the_project() -> None:
    for command in commands():
        words = command.split()
        door = ROOT / (words[1] if words[0] == "source" else words[0])
        if words[0] != ".venv/bin/neco":
            assert door.is_file(), command
            assert words[0] == "source" or os.access(door, os.X_OK), command


@pytest.mark.parametrize("job", [job for job in JOBS if job != ("site.yml", "deploy")], ids="/".join)
def test_the_environment_is_made_before_a_token_is_near(job: tuple[str, str]) -> None:
    first = next(step for step in steps(job) if "run" in step)
    assert first["run"] == "source scripts/environment.sh build"
    assert "env" not in first


def test_jobs_end_some_day_and_errors_in_pipes_count() -> None:
    assert all(0 < job["timeout-minutes"] <= 60 for job in JOBS.values())
    with_commands = {
        name for name, workflow in WORKFLOWS.items() if commands(*((name, job) for job in workflow["jobs"]))
    }
    assert all(WORKFLOWS[name]["defaults"] == {"run": {"shell": "bash"}} for name in with_commands)


def test_a_job_that_may_write_takes_nothing_from_a_cache() -> None:
    writing = [job for job, permissions in PERMISSIONS.items() if "write" in permissions.values()]
    assert uses("actions/cache", *writing) == []
    assert [inputs for inputs in uses("actions/setup-python", *writing) if "cache" in inputs] == []


# --- the site -----------------------------------------------------------------------------------------------------

BUILD, DEPLOY = ("site.yml", "build"), ("site.yml", "deploy")


def test_every_push_and_pull_request_is_built() -> None:
    assert WORKFLOWS["site.yml"]["on"] == {"push": {"branches": ["**"]}, "pull_request": None}
    assert "if" not in JOBS[BUILD]
    assert commands(BUILD)[-1] == "scripts/build"


def test_problems_are_annotated_whether_or_not_the_build_succeeds() -> None:
    check, build = (step for step in steps(BUILD) if step.get("name") in {"Annotate problems", "Build"})
    assert check["run"].startswith(".venv/bin/neco check --format github")
    assert build["if"] == "${{ !cancelled() }}"


@pytest.mark.parametrize(("status", "expected"), [(0, 0), (1, 0), (2, 1)])
def test_problems_alone_do_not_fail_the_check(tmp_path: Path, status: int, expected: int) -> None:
    neco = tmp_path / ".venv/bin/neco"
    neco.parent.mkdir(parents=True)
    neco.write_text(f"#!/bin/sh\nexit {status}\n")
    neco.chmod(0o755)
    checks = [command for command in commands() if "neco check" in command]
    assert len(checks) == 2
    for command in checks:
        # As the runner starts `shell: bash`.
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", command], cwd=tmp_path, check=False
        )
        assert done.returncode == expected


def test_only_a_push_to_main_is_deployed() -> None:
    main = "github.event_name == 'push' && github.ref == 'refs/heads/main'"
    assert condition(*DEPLOY) == main
    assert [step["if"] for step in steps(BUILD) if "pages" in step.get("uses", "")] == [main]
    assert JOBS[DEPLOY]["needs"] == "build"
    assert JOBS[DEPLOY]["environment"]["name"] == "github-pages"
    assert uses("actions/configure-pages", DEPLOY)
    assert uses("actions/deploy-pages", DEPLOY)


def test_a_newer_push_cancels_older_builds_but_no_deployment() -> None:
    assert WORKFLOWS["site.yml"]["concurrency"] == {
        "group": "site-${{ github.ref }}",
        "cancel-in-progress": "${{ github.ref != 'refs/heads/main' }}",
    }
    assert JOBS[DEPLOY]["concurrency"] == {"group": "pages", "cancel-in-progress": False}


def test_the_statuses_that_publish_gives_have_the_name_of_this_job() -> None:
    assert BUILD[1] == STATUS
    assert "name" not in JOBS[BUILD]


# --- refreshing ---------------------------------------------------------------------------------------------------

REFRESH, REQUEST = ("refresh.yml", "refresh"), ("refresh.yml", "request")
NEW, COMMIT = ("pull-request.yml", "refresh"), ("pull-request.yml", "commit")


def test_the_refresh_is_scheduled_when_few_others_are() -> None:
    assert WORKFLOWS["refresh.yml"]["on"].keys() == {"schedule", "workflow_dispatch"}
    [schedule] = WORKFLOWS["refresh.yml"]["on"]["schedule"]
    assert int(schedule["cron"].split()[0]) % 2 == 1


def test_a_refresh_by_hand_is_one_of_main() -> None:
    assert condition(*REFRESH) == "github.ref == 'refs/heads/main'"
    assert uses("actions/checkout", REFRESH, REQUEST) == [
        {"persist-credentials": False},
        {"persist-credentials": False, "fetch-depth": 0},
    ]


def test_a_pull_request_is_refreshed_when_it_may_hold_something_new() -> None:
    trigger = WORKFLOWS["pull-request.yml"]["on"]["pull_request"]
    assert trigger == {"branches": ["main"], "paths": ["docs/**", "mkdocs.yml"]}
    assert "if" not in JOBS[NEW]


def test_a_pull_request_fetches_what_is_new_and_only_the_schedule_removes_or_asks_again() -> None:
    fetching = {job: [it for it in commands(job) if "neco refresh" in it] for job in JOBS}
    assert {job: found for job, found in fetching.items() if found} == {
        REFRESH: ['.venv/bin/neco refresh --prune --max-age 30d --report "$RUNNER_TEMP/report.md"'],
        NEW: ['.venv/bin/neco refresh --missing --report "$RUNNER_TEMP/report.md" || [[ $? == 1 ]]'],
    }  # what cannot be fetched for a pull request is annotated and stops nobody


def test_nothing_is_fetched_where_a_token_may_write() -> None:
    for job in (REQUEST, COMMIT):
        [_, command] = commands(job)
        assert command.startswith("scripts/publish re")
        assert '--from "$RUNNER_TEMP/lock"' in command


@pytest.mark.parametrize(("first", "second"), [(REFRESH, REQUEST), (NEW, COMMIT)], ids=["scheduled", "pull request"])
def test_the_second_job_takes_what_the_first_packed_of_the_same_commit(
    first: tuple[str, str], second: tuple[str, str]
) -> None:
    assert JOBS[second]["needs"] == first[1]
    assert condition(*second).startswith("needs.refresh.outputs.changed == 'true'")
    [uploaded], [downloaded] = uses("actions/upload-artifact", first), uses("actions/download-artifact", second)
    assert (uploaded["name"], uploaded["path"]) == (downloaded["name"], downloaded["path"])
    [checkout], [again] = uses("actions/checkout", first), uses("actions/checkout", second)
    assert checkout.get("ref") == again.get("ref")


@pytest.mark.parametrize("job", [REFRESH, NEW], ids="/".join)
def test_a_refresh_that_fetched_nothing_fails_and_a_build_that_fails_is_shown(job: tuple[str, str]) -> None:
    fetch = next(step for step in steps(job) if "neco refresh" in step.get("run", ""))
    build = next(step for step in steps(job) if step.get("run") == "scripts/build")
    assert not fetch.keys() & {"if", "continue-on-error"}
    assert build["continue-on-error"] is True
    assert JOBS[job]["outputs"] == {
        "changed": "${{ steps.pack.outputs.changed }}",
        "built": "${{ steps.build.outcome }}",
    }


def test_nothing_is_committed_for_a_fork() -> None:
    assert condition(*COMMIT) == (
        "needs.refresh.outputs.changed == 'true' "
        "&& github.event.pull_request.head.repo.full_name == github.repository "
        "&& github.event.pull_request.user.login != 'dependabot[bot]'"
    )


def test_a_newer_push_cancels_the_older_refresh_of_the_same_pull_request() -> None:
    assert JOBS[NEW]["concurrency"] == {
        "group": "pull-request-${{ github.event.pull_request.number }}",
        "cancel-in-progress": True,
    }


def test_a_pull_request_saves_no_cache_of_the_web() -> None:
    assert uses("actions/cache", NEW) == []
    [restored], [saved] = uses("actions/cache/restore", NEW), uses("actions/cache", REFRESH)
    assert restored["restore-keys"].split()[-1] == saved["restore-keys"].split()[-1]

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
STARTER = ROOT / "plugins/neco_weekly/hosts/starter/templates/github"
SHARED = ["pull-request.yml", "refresh.yml", "site.yml"]
"""The workflows of every site."""
NAMES = sorted([*SHARED, "audit.yml", "fuzz.yml", "release.yml"])

WORKFLOWS: dict[str, dict[str, Any]] = {
    # YAML 1.1 reads the key `on` as true.
    name: {str(key).replace("True", "on"): value for key, value in yaml.safe_load((FOLDER / name).read_text()).items()}
    for name in NAMES
}
JOBS = {(name, job): content for name, workflow in WORKFLOWS.items() for job, content in workflow["jobs"].items()}
ACTIONS = [ROOT / ".github/actions/neco/action.yml", STARTER / "action.yml"]
"""The step that every job begins with, as this repository and as a new site has it."""
HERE, THERE = (yaml.safe_load(path.read_text())["runs"]["steps"] for path in ACTIONS)

READING = {"contents": "read"}
PERMISSIONS = {
    ("site.yml", "build"): {**READING, "pages": "read"},
    ("site.yml", "deploy"): {"pages": "write", "id-token": "write"},
    ("refresh.yml", "refresh"): READING,
    ("refresh.yml", "request"): {"contents": "write", "pull-requests": "write", "statuses": "write"},
    ("pull-request.yml", "refresh"): {**READING, "pages": "read"},
    ("pull-request.yml", "commit"): {"contents": "write", "statuses": "write"},
    ("audit.yml", "python"): READING,
    ("fuzz.yml", "python"): READING,
    ("release.yml", "build"): READING,
    ("release.yml", "attest"): {"id-token": "write", "attestations": "write"},
    ("release.yml", "pypi"): {**READING, "id-token": "write"},
    ("release.yml", "github"): {"contents": "write"},
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


@pytest.mark.parametrize("name", SHARED)
def test_a_new_site_has_the_workflows_that_are_tested_here(name: str) -> None:
    theirs, ours = STARTER / "workflows" / name, FOLDER / name
    assert theirs.read_bytes() == ours.read_bytes(), f"cp {ours.relative_to(ROOT)} {theirs.relative_to(ROOT)}"


@pytest.mark.parametrize(
    ("schema", "files"),
    [
        ("vendor.github-workflows", sorted(FOLDER.glob("*.yml"))),
        ("vendor.github-actions", ACTIONS),
        ("vendor.dependabot", [ROOT / ".github/dependabot.yml", STARTER / "dependabot.yml"]),
    ],
    ids=["workflows", "actions", "dependabot"],
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


OWN = "./.github/actions/neco"
PINNED = re.compile(
    r"^ *(?:- )?uses: (?P<action>[\w./-]+)@(?P<commit>[0-9a-f]{40}) # v(?P<version>\d+\.\d+\.\d+)$", re.M
)


def pins() -> set[tuple[str, str, str]]:
    """The actions of all workflows, each with its commit and the version that a comment names."""
    found = set()
    for path in (*FOLDER.glob("*.yml"), *ACTIONS):
        lines = [line for line in path.read_text().splitlines() if "- uses:" in line and OWN not in line]
        matches = list(PINNED.finditer("\n".join(lines)))
        assert len(matches) == len(lines), path
        found |= {(it["action"].removesuffix("/restore"), it["commit"], it["version"]) for it in matches}
    return found


def test_actions_are_githubs_own_at_a_commit_with_its_version() -> None:
    assert {action.partition("/")[0] for action, *_ in pins()} == {"actions"}


def test_an_action_has_the_same_version_everywhere() -> None:
    assert len({action for action, *_ in pins()}) == len(pins())


def test_a_checkout_leaves_no_token_behind() -> None:
    checkouts = uses("actions/checkout")
    assert checkouts
    assert [inputs["persist-credentials"] for inputs in checkouts] == [False] * len(checkouts)


def test_every_command_of_every_site_is_one_of_the_installed_package() -> None:
    shared = [job for job in JOBS if job[0] in SHARED]
    assert {command.split()[0] for command in commands(*shared)} == {"neco", "mkdocs"}


@pytest.mark.parametrize("job", [job for job in JOBS if job[0] in SHARED and job[1] != "deploy"], ids="/".join)
def test_the_environment_is_made_before_a_token_is_near(job: tuple[str, str]) -> None:
    [checkout, environment, *_] = steps(job)
    assert checkout["uses"].startswith("actions/checkout@")
    assert environment["uses"] == OWN
    assert not {*checkout, *environment} & {"env"}


def test_the_environment_is_the_same_step_here_and_there_but_for_what_is_installed() -> None:
    assert [step.get("uses") for step in HERE] == [step.get("uses") for step in THERE]
    here, there = (yaml.safe_load(path.read_text()) for path in ACTIONS)  # a newer action goes into both
    assert here["inputs"] == there["inputs"]


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
    assert [step for step in steps(*writing) if step.get("uses") == OWN and "with" in step] == []


# --- the site -----------------------------------------------------------------------------------------------------

BUILD, DEPLOY = ("site.yml", "build"), ("site.yml", "deploy")


def test_every_push_and_pull_request_is_built() -> None:
    assert WORKFLOWS["site.yml"]["on"] == {
        "push": {"branches": ["**"]},
        "pull_request": None,
        "workflow_dispatch": None,
    }
    assert "if" not in JOBS[BUILD]
    builds = [it for it in commands(BUILD) if it.startswith("mkdocs ")]
    assert builds[0] == "mkdocs build --strict --site-dir site"
    assert [it.split()[2:4] for it in builds[1:]] == [["--config-file", "base/mkdocs.yml"]]  # of a pull request's base


def test_problems_are_annotated_whether_or_not_the_build_succeeds() -> None:
    check, build = (step for step in steps(BUILD) if step.get("name") in {"Annotate problems", "Build"})
    assert check["run"].startswith("neco check --format github")
    assert build["if"] == "${{ !cancelled() }}"


@pytest.mark.parametrize(("status", "expected"), [(0, 0), (1, 0), (2, 1)])
def test_problems_alone_do_not_fail_the_check(tmp_path: Path, status: int, expected: int) -> None:
    neco = tmp_path / "neco"
    neco.write_text(f"#!/bin/sh\nexit {status}\n")
    neco.chmod(0o755)
    checks = [command for command in commands() if "neco check" in command]
    assert len(checks) == 2
    for command in checks:
        # As the runner starts `shell: bash`.
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", command],
            env={**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}"},
            check=False,
        )
        assert done.returncode == expected


ON_DEFAULT = "github.ref == format('refs/heads/{0}', github.event.repository.default_branch)"


def test_only_what_is_on_the_default_branch_is_deployed_and_only_where_pages_takes_it() -> None:
    asked = "outputs.pages == 'true' && github.event_name != 'pull_request' && " + ON_DEFAULT
    assert condition(*DEPLOY) == f"needs.build.{asked}"
    [packed] = [step["if"] for step in steps(BUILD) if "pages" in step.get("uses", "")]
    assert packed == f"steps.address.{asked}"
    assert JOBS[BUILD]["outputs"] == {"pages": "${{ steps.address.outputs.pages }}"}
    assert JOBS[DEPLOY]["needs"] == "build"
    assert JOBS[DEPLOY]["environment"]["name"] == "github-pages"
    assert uses("actions/deploy-pages", DEPLOY)


def test_the_site_is_built_with_the_address_that_pages_gives_it() -> None:
    build = next(step for step in steps(BUILD) if step.get("name") == "Build")
    assert build["env"] == {
        "NECO_SITE_URL": "${{ steps.address.outputs.url }}",
        "NECO_EDIT_URL": "${{ steps.address.outputs.edit }}",
    }
    for config in (ROOT / "mkdocs.yml", *STARTER.parent.glob("*/mkdocs.yml")):
        assert all(f"!ENV [{name}, " in config.read_text(encoding="utf-8") for name in build["env"])


def test_an_address_that_the_workflows_fill_in_is_no_problem() -> None:
    for step in (step for step in steps() if "neco check" in step.get("run", "")):
        assert step["env"] == {"NECO_SITE_URL": "${{ steps.address.outputs.url }}"}


def test_only_what_needs_the_world_or_an_hour_runs_in_no_test() -> None:
    """The others do in publish/test_steps.py and in tests/test_package.py."""
    worldly = [
        *commands(("release.yml", "pypi")),
        *commands(("release.yml", "github")),
        *commands(("audit.yml", "python")),
        *commands(("fuzz.yml", "python")),
    ]
    in_tests = {job for job in JOBS if job[0] in SHARED} | {("release.yml", "build")}
    assert {command.split()[0] for command in worldly} == {"pip", "uv", "gh", "pip-audit", "scripts/fuzz"}
    assert {*commands()} == {*commands(*in_tests), *worldly}


def test_no_workflow_names_a_branch() -> None:
    assert [name for name in SHARED if re.search(r"\bmain\b|\bmaster\b", (FOLDER / name).read_text())] == []


def test_a_newer_push_cancels_older_builds_but_no_deployment() -> None:
    assert WORKFLOWS["site.yml"]["concurrency"] == {
        "group": "site-${{ github.ref }}",
        "cancel-in-progress": f"${{{{ {ON_DEFAULT.replace('==', '!=')} }}}}",
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


def test_a_refresh_by_hand_is_one_of_the_default_branch() -> None:
    assert condition(*REFRESH) == f"github.event_name == 'schedule' || {ON_DEFAULT}"
    whole_history = {"persist-credentials": False, "fetch-depth": 0}
    assert uses("actions/checkout", REFRESH, REQUEST) == [whole_history, whole_history]


def test_a_pull_request_is_refreshed_when_it_may_hold_something_new() -> None:
    trigger = WORKFLOWS["pull-request.yml"]["on"]["pull_request"]
    assert trigger == {"paths": ["docs/**", "mkdocs.yml"]}
    assert condition(*NEW) == "github.event.pull_request.base.ref == github.event.repository.default_branch"


def test_a_pull_request_fetches_what_is_new_and_only_the_schedule_removes_or_asks_again() -> None:
    fetching = {job: [it for it in commands(job) if "neco refresh" in it] for job in JOBS}
    assert {job: found for job, found in fetching.items() if found} == {
        REFRESH: ['neco refresh --prune --max-age 30d --report "$RUNNER_TEMP/report.md"'],
        NEW: ['neco refresh --missing --report "$RUNNER_TEMP/report.md" || [[ $? == 1 ]]'],
    }  # what cannot be fetched for a pull request is annotated and stops nobody


def test_nothing_is_fetched_where_a_token_may_write() -> None:
    for job in (REQUEST, COMMIT):
        [command] = commands(job)
        assert command.startswith("neco publish re")
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
    build = next(step for step in steps(job) if step.get("run", "").startswith("mkdocs build"))
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
    assert saved["restore-keys"].split() == [restored["key"]]
    assert saved["key"].startswith(restored["key"])


# --- a release ----------------------------------------------------------------------------------------------------


def test_a_tag_is_published_after_it_was_tried_and_attested() -> None:
    assert WORKFLOWS["release.yml"]["on"] == {"push": {"tags": ["v*"]}}
    needs = {job: JOBS["release.yml", job].get("needs") for job in WORKFLOWS["release.yml"]["jobs"]}
    assert needs == {"build": None, "attest": "build", "pypi": "attest", "github": "pypi"}
    assert commands(("release.yml", "build"))[-1] == "scripts/try-wheel release/dist/*.whl"
    assert uses("actions/attest-build-provenance", ("release.yml", "attest")) == [{"subject-path": "release/dist/*"}]
    [bill] = uses("actions/attest-sbom", ("release.yml", "attest"))
    assert bill["sbom-path"] == "release/neco-weekly.cdx.json"


def test_what_is_released_comes_from_no_cache() -> None:
    jobs = [job for job in JOBS if job[0] == "release.yml"]
    assert uses("actions/cache", *jobs) == []
    assert [inputs for inputs in uses("actions/setup-python", *jobs) if "cache" in inputs] == []


def test_pins_are_asked_about_every_week_and_when_they_change() -> None:
    asked = WORKFLOWS["audit.yml"]["on"]
    assert asked.keys() == {"schedule", "pull_request", "workflow_dispatch"}
    assert "requirements/*.txt" in asked["pull_request"]["paths"]
    [_, command] = commands(("audit.yml", "python"))
    assert {it for it in command.split() if it.endswith(".txt")} == {"requirements/build.txt", "requirements/test.txt"}


def test_every_update_waits_a_week() -> None:
    for path in (ROOT / ".github/dependabot.yml", STARTER / "dependabot.yml"):
        updates = yaml.safe_load(path.read_text())["updates"]
        assert {it["package-ecosystem"] for it in updates} >= {"github-actions", "pip"}
        assert {it["cooldown"]["default-days"] for it in updates} == {7}

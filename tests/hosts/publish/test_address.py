"""The address of a site before it is built, as Pages has it: a project's path, a domain, a fork, any default branch."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from neco_weekly.hosts.publish.address import by_rule
from neco_weekly.hosts.publish.github import GitHub

from .world import Outcome, World, put, surroundings

OFF = "::notice title=Not published::GitHub Pages does not take what workflows deploy"


def address(world: World, pages: dict[str, Any] | None, *, at: Path | None = None, **environment: str) -> Outcome:
    if pages is not None:
        (world.folder / "bin/pages").write_text(json.dumps(pages))
    return world.publish("address", at=at or world.checkout("site"), **environment)


def outputs(outcome: Outcome) -> dict[str, str]:
    assert outcome.status == 0, outcome.error
    return dict(line.split("=", 1) for line in outcome.step_outputs.splitlines())


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("https://team.github.io/site/", "https://team.github.io/site/"),
        ("https://weekly.test", "https://weekly.test/"),
        ("http://weekly.test/", "http://weekly.test/"),
    ],
    ids=["a project's path", "a domain of its own", "without a certificate yet"],
)
def test_it_is_what_pages_says(world: World, said: str, expected: str) -> None:
    outcome = address(world, {"html_url": said, "build_type": "workflow"})
    assert outcome.out == expected
    assert outputs(outcome) == {
        "url": expected,
        "edit": "https://github.test/team/site/edit/main/docs/{path}",
        "pages": "true",
    }


def test_before_pages_is_on_it_is_what_it_will_be_and_nothing_is_deployed(world: World) -> None:
    outcome = address(world, None, GITHUB_SERVER_URL="https://github.com")
    assert outcome.out.splitlines()[0] == "https://team.github.io/site/"
    assert outcome.out.splitlines()[1].startswith(OFF)
    assert outputs(outcome)["pages"] == "false"


def test_where_no_rule_is_known_there_is_none(world: World) -> None:
    assert outputs(address(world, None))["url"] == ""


def test_pages_that_take_a_branch_take_nothing_of_a_workflow(world: World) -> None:
    outcome = address(world, {"html_url": "https://team.github.io/site/", "build_type": "legacy"})
    assert outputs(outcome)["pages"] == "false"
    assert OFF in outcome.out


def test_a_page_is_edited_on_the_default_branch_in_the_folder_of_the_texts(world: World) -> None:
    (world.folder / "bin/branch").write_text("release/1 ä")
    site = world.checkout("site")
    put(site, {"a b/mkdocs.yml": "site_name: A\ndocs_dir: texts\n"})
    found = outputs(address(world, None, at=site / "a b"))
    assert found["edit"] == "https://github.test/team/site/edit/release/1%20%C3%A4/a%20b/texts/{path}"


def test_texts_outside_of_the_repository_are_an_error(world: World) -> None:
    site = world.checkout("site")
    put(site, {"mkdocs.yml": "site_name: A\ndocs_dir: ../elsewhere\n"})
    outcome = address(world, None, at=site)
    assert (outcome.status, "correct `docs_dir` in mkdocs.yml" in outcome.error) == (2, True)


@pytest.mark.parametrize(
    ("repository", "expected"),
    [
        ("Team/Site", "https://team.github.io/Site/"),
        ("Team/team.GitHub.io", "https://team.github.io/"),
    ],
)
def test_the_rule_of_pages(world: World, repository: str, expected: str) -> None:
    with surroundings(world.folder, world.environment):
        github = GitHub(repository=repository, token="a", api="https://api.test")
        assert by_rule(github, "https://github.com/") == expected


def test_github_that_cannot_be_asked_is_an_error_and_an_annotation(world: World) -> None:
    (world.folder / "bin/gh").write_text("#!/bin/sh\necho 'gh: Server Error (HTTP 502)' >&2\nexit 1\n")
    outcome = address(world, None, GITHUB_ACTIONS="true")
    assert (outcome.status, outcome.error) == (1, "Error: GitHub refused GET pages: Server Error (HTTP 502)")
    assert outcome.out == "::error title=Not published::GitHub refused GET pages: Server Error (HTTP 502)"

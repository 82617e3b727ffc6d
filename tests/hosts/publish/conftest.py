"""What the tests of publishing stand on: a repository as each of them finds it."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest

from .world import GH, OLD, REPORT, TOKEN, World, path_of, put, refresh


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
    put(site, {"mkdocs.yml": "site_name: Test\n", "docs/issues/one.md": "# One\n", path_of(OLD): OLD.content})
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


@pytest.fixture
def feature(world: World) -> Path:
    """The workflow's checkout of a writer's branch: one commit, detached, with a refreshed lock."""
    world.write({"docs/issues/two.md": "# Two\n"}, branch="feature")
    place = world.checkout("feature", "--depth=1", "--branch=feature")
    world.git("checkout", "--quiet", "--detach", at=place)
    refresh(place, "b")
    return place

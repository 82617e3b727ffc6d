"""What the README, CONTRIBUTING and the guides promise: their commands exist and run, their links lead somewhere."""

from __future__ import annotations

import os
import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from neco_weekly.hosts.cli import commands

from tests.sites import succeeds

ROOT = Path(__file__).parents[1]
GUIDE = ("docs/guide/index.md", "docs/guide/refresh.md", "docs/guide/en.md")
PAGES = ("README.md", "CONTRIBUTING.md", "SECURITY.md", *GUIDE)


def shell_lines() -> Iterator[tuple[str, str]]:
    for page in PAGES:
        text = (ROOT / page).read_text(encoding="utf-8")
        for block in re.findall(r"```sh\n(.*?)```", text, re.DOTALL):
            for line in block.splitlines():
                if command := line.split("#")[0].strip():
                    yield page, command


def links() -> Iterator[tuple[str, str]]:
    for page in PAGES:
        text = (ROOT / page).read_text(encoding="utf-8")
        text = re.sub(r"^```.*?^```|`[^`\n]*`", "", text, flags=re.DOTALL | re.MULTILINE)
        for target in re.findall(r"\]\(([^)#]+)", text):
            if "://" not in target:
                yield page, target


LINES = list(shell_lines())
GENERATED = {
    ROOT / f"docs/{folder}/index.md" for folder in ("changes", "following", "issues", "keps", "links", "sigs", "topics")
}
"""Pages that a build adds."""
NECO = re.compile(r"^(?:\.venv/bin/)?neco ")
INSTALLED = ("neco", "mkdocs", "pip")
"""Programs of whoever has installed the package."""


@pytest.mark.parametrize(("page", "line"), LINES)
def test_each_command_is_a_door_or_a_tool_of_the_environment(page: str, line: str) -> None:
    program = shlex.split(line)[0]
    assert program.startswith((".venv/bin/", "scripts/", ".ci/")) or program in INSTALLED
    if "/" in program and not program.startswith(".venv/"):
        assert os.access(ROOT / program, os.X_OK)


@pytest.mark.parametrize(("page", "line"), [pair for pair in LINES if NECO.match(pair[1])])
def test_each_neco_command_is_understood(page: str, line: str) -> None:
    name, *arguments = shlex.split(line)[1:]
    parent = commands.make_context("neco", [name])
    command = commands.get_command(parent, name)
    assert command
    with command.make_context(name, arguments, parent=parent) as context:
        assert isinstance(context, click.Context)


WITHOUT_NETWORK = re.compile(rf"{NECO.pattern}(?:check|pages)\b")


@pytest.mark.parametrize("line", [line for _, line in LINES if WITHOUT_NETWORK.match(line)])
def test_what_needs_no_network_runs(line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    shutil.copytree(ROOT / "docs", tmp_path / "docs")
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(commands, shlex.split(line)[1:])
    assert result.exit_code == 0, result.output


def test_a_newcomer_who_follows_the_readme_gets_a_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """tests/test_package.py does so with the wheel, `neco serve` included; `neco refresh` would ask the world."""
    lines = [line for page, line in LINES if page == "README.md"]
    assert lines[:3] == ["pip install neco-weekly", "neco init", "neco serve"]
    assert lines[3:7] == ["neco refresh", "neco check", "mkdocs build --strict", "neco init --github"]
    monkeypatch.chdir(tmp_path)
    for line in ("neco init", "neco check", "neco init --github"):
        result = CliRunner().invoke(commands, shlex.split(line)[1:])
        assert result.exit_code == 0, result.output
    succeeds(*shlex.split("mkdocs build --strict"), cwd=tmp_path)
    assert (tmp_path / "site/index.html").exists()


@pytest.mark.parametrize(("page", "target"), list(links()))
def test_each_link_leads_to_a_file(page: str, target: str) -> None:
    path = (ROOT / page).parent.joinpath(target).resolve()
    assert path.exists() or path in GENERATED


def test_the_readme_shows_each_users_path_in_order() -> None:
    headings = re.findall(r"^## (.+)$", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert headings[:4] == ["Begin", "Write", "Read", "Publish"]

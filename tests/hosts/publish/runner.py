"""GitHub's runner, as far as our workflows need one: `run:` steps in a shell, actions as what they do to a disk."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from .world import World

Event = dict[str, Any]

_NAME = re.compile(r"'[^']*'|[a-z_]+(?:\.[\w-]+)+")
_EXPRESSION = re.compile(r"\$\{\{(.*?)\}\}")


@dataclass
class Step:
    """A step that ran, with what it said."""

    name: str
    outcome: str
    said: str = ""


@dataclass
class Job:
    """A job that ran, or was skipped, and what it left for others."""

    outcome: str = "skipped"
    outputs: dict[str, str] = field(default_factory=dict)
    steps: list[Step] = field(default_factory=list)
    summary: str = ""

    @property
    def said(self) -> str:
        return "\n".join(step.said for step in self.steps)


@dataclass
class Run:
    """One run of a workflow: `repository` asks for it, with `event` as GitHub tells it, at a branch or commit.

    `before` is what somebody does just before a job begins.
    """

    world: World
    event: Event
    at: str
    repository: str = "team/site"
    jobs: dict[str, Job] = field(default_factory=dict)
    before: dict[str, Callable[[], object]] = field(default_factory=dict)

    @property
    def artifacts(self) -> Path:
        return self.world.folder / "artifacts"

    def of(self, workflow: str) -> Run:
        """Run all jobs of a workflow as it is in the remote, in their order; the work of a run before is swept."""
        shutil.rmtree(self.artifacts, ignore_errors=True)
        document = yaml.safe_load(self.world.content(self.at, f".github/workflows/{workflow}.yml"))
        for name, job in document["jobs"].items():
            needs = [job["needs"]] if isinstance(job.get("needs"), str) else []
            context = {"github": self._github(), "needs": {it: {"outputs": self.jobs[it].outputs} for it in needs}}
            self.jobs[name] = Job()
            if all(self.jobs[it].outcome == "success" for it in needs) and _is_true(job.get("if"), context):
                self.before.get(name, lambda: None)()
                self._run_job(name, job, context, document["env"])
        return self

    def _github(self) -> Event:
        default = {"repository": {"default_branch": self.world.git("symbolic-ref", "--short", "HEAD")}}
        event = {**default, **self.event.get("event", {})}
        return {"token": "a-secret", "run_id": "1", "repository": self.repository, **self.event, "event": event}

    def _run_job(self, name: str, job: Event, context: Event, environment: dict[str, str]) -> None:
        done = self.jobs[name]
        temporary = self.world.folder / f"temporary-{name}"
        shutil.rmtree(temporary, ignore_errors=True)
        temporary.mkdir()
        files = {it: temporary / it for it in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}
        context |= {"steps": {}, "runner": {"temp": str(temporary)}}
        told = {**self.world.environment, **environment, **{key: str(file) for key, file in files.items()}}
        told |= {"RUNNER_TEMP": str(temporary), "GITHUB_ACTIONS": "true", "GITHUB_REPOSITORY": self.repository}
        done.outcome = "success"
        for number, step in enumerate(job["steps"]):
            if not _is_true(step.get("if", f"'{done.outcome}' == 'success'"), context):
                continue
            files["GITHUB_OUTPUT"].write_text("")
            made = self._run_step(step, context, {**told, **_filled(step.get("env", {}), context)}, temporary / "site")
            done.steps.append(made)
            context["steps"][step.get("id", f"-{number}")] = {
                "outcome": made.outcome,
                "outputs": _lines(files["GITHUB_OUTPUT"].read_text()),
            }
            if made.outcome == "failure" and not step.get("continue-on-error"):
                done.outcome = "failure"
        done.outputs = _filled(job.get("outputs", {}), context)
        if files["GITHUB_STEP_SUMMARY"].exists():
            done.summary = files["GITHUB_STEP_SUMMARY"].read_text(encoding="utf-8")

    def _run_step(self, step: Event, context: Event, environment: dict[str, str], work: Path) -> Step:
        if "run" in step:
            return _shell(
                step, {k: v for k, v in environment.items() if k != "GITHUB_TOKEN" or k in step.get("env", {})}, work
            )
        action, inputs = step["uses"].partition("@")[0], _filled(step.get("with", {}), context)
        match action:
            case "actions/checkout":
                place = work / inputs.get("path", "")
                self.world.git("clone", "--quiet", self.world.remote.as_uri(), str(place), at=self.world.folder)
                commit = inputs.get("ref") or self.world.git("rev-parse", self.at)
                self.world.git("checkout", "--quiet", "--detach", commit, at=place)
            case "actions/upload-artifact" | "actions/upload-pages-artifact":
                name = inputs.get("name", "github-pages")
                shutil.copytree(work / inputs["path"], self.artifacts / name)
            case "actions/download-artifact":
                shutil.copytree(self.artifacts / inputs["name"], inputs["path"])
            case "actions/deploy-pages":
                shutil.rmtree(self.world.folder / "pages", ignore_errors=True)
                shutil.copytree(self.artifacts / "github-pages", self.world.folder / "pages")
            case "actions/cache" | "actions/cache/restore" | "./.github/actions/neco":
                pass  # nothing is kept, and `neco` is on PATH
            case _:
                raise AssertionError(action)
        return Step(action, "success")


def _shell(step: Event, environment: dict[str, str], work: Path) -> Step:
    """As the runner starts `shell: bash`."""
    done = subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
        cwd=work,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    return Step(step["name"], "success" if done.returncode == 0 else "failure", done.stdout + done.stderr)


# --- expressions --------------------------------------------------------------------------------------------------


def _value(expression: str, context: Event) -> Any:
    """What an expression of ours is: names, text, `==`, `&&`, `||`, `format`; `hashFiles` is any text."""

    def look(path: str) -> Any:
        found: Any = context
        for name in path.split("."):
            found = found.get(name, "") if isinstance(found, dict) else ""
        return found

    python = _NAME.sub(lambda it: it[0] if it[0][0] == "'" else f"look('{it[0]}')", " ".join(expression.split()))
    python = python.replace("&&", " and ").replace("||", " or ").replace("!cancelled()", "True")
    names = {"look": look, "format": lambda text, *words: text.format(*words), "hashFiles": lambda *_: "digest"}
    return eval(python, {"__builtins__": {}}, names)


def _is_true(condition: str | None, context: Event) -> bool:
    return condition is None or bool(_value(condition.strip().removeprefix("${{").removesuffix("}}"), context))


def _filled(texts: dict[str, Any], context: Event) -> dict[str, str]:
    return {key: _EXPRESSION.sub(lambda it: str(_value(it[1], context)), str(text)) for key, text in texts.items()}


def _lines(text: str) -> dict[str, str]:
    return dict(line.split("=", 1) for line in text.splitlines())


def tools(folder: Path, programs: Path, *for_refresh: str) -> str:
    """A PATH whose `neco` asks nobody but what `for_refresh` names, and whose `mkdocs` is that of the tests."""
    folder.mkdir(exist_ok=True)
    neco = folder / "neco"
    neco.write_text(
        f'#!/bin/bash\nif [[ $1 == refresh ]]; then set -- "$@" {" ".join(for_refresh)}; fi\n'
        f'exec {programs / "neco"} "$@"\n'
    )
    neco.chmod(0o755)
    if not (folder / "mkdocs").exists():
        (folder / "mkdocs").symlink_to(programs / "mkdocs")
    return f"{folder}:{os.environ['PATH']}"

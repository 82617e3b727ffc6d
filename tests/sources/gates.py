"""Pages of feature gates and feature lists under construction."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import yaml
from neco_weekly.model.gates import GateStage
from neco_weekly.sources.gates.website import FOLDER

from .repositories import GitFolder


def path_of(name: str) -> str:
    return f"{FOLDER}/{name}.md"


def entry(stage: str, since: object, until: object = None, **more: object) -> dict[str, Any]:
    """An entry of a page's stages: `entry("beta", "1.30", defaultValue=True)`."""
    ended = {} if until is None else {"toVersion": until}
    return {"stage": stage, "defaultValue": stage != "alpha", "fromVersion": since, **ended, **more}


ALPHA = entry("alpha", "1.30")


def page(title: str = "SomeGate", *stages: Mapping[str, Any], **more: object) -> str:
    """A page as the website has it; without stages the gate is alpha since v1.30."""
    meta = {"title": title, "content_type": "feature_gate", "stages": list(stages) or [ALPHA], **more}
    return f"---\n{yaml.safe_dump(meta, sort_keys=False)}---\nWhat the gate does.\n"


def spec(stage: str, version: str, *, default: bool = False, locked: bool = False) -> dict[str, object]:
    """An entry of a feature list's `versionedSpecs`."""
    return {"default": default, "lockToDefault": locked, "preRelease": stage, "version": version}


def feature_list(**gates: list[dict[str, object]]) -> str:
    """A feature list as kubernetes/kubernetes has it."""
    entries = [{"name": name, "versionedSpecs": specs} for name, specs in gates.items()]
    return "# This file is generated.\n\n" + yaml.safe_dump(entries, sort_keys=False)


def told(stages: tuple[GateStage, ...]) -> list[str]:
    """Stages in short: `beta v1.30 to v1.32 off`, `stable from v1.33 on, locked`."""
    switch = {True: " on", False: " off", None: ""}
    return [
        f"{it.stage} {it.since}{f' to {it.until}' if it.until else '…'}{switch[it.default]}"
        f"{', locked' if it.locked else ''}{' or earlier' if it.earlier else ''}"
        for it in stages
    ]


def commit_pages(upstream: GitFolder, *titles: str, at: str = "2024-01-01T00:00:00Z") -> None:
    upstream.commit({path_of(title): page(title) for title in titles}, at=at)

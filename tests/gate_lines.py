"""Gates, written as one reads them: `gate("Nap", "alpha 1.25-1.27 off", "beta 1.28 on")`."""

from __future__ import annotations

import datetime as dt

from neco_weekly.model.gates import FeatureGate, GateRecord, Gates, GateSource, GateStage
from neco_weekly.model.keps import Stage

READ = dt.date(2026, 7, 24)
"""The day on which the website was read."""


def gate(name: str, *stages: str, keps: tuple[int, ...] = (127,), removed: bool = False) -> FeatureGate:
    """A gate as the website tells of it."""
    said = GateRecord(date=READ, path=f"{name}.md", stages=tuple(map(_stage, stages)), removed=removed)
    return FeatureGate(name=name, keps=keps, records={"website": said})


def gates(*known: FeatureGate, through: str | None = "v1.36") -> Gates:
    """All gates that are known, as far as the website tells of releases."""
    return Gates(by_name={it.name: it for it in known}, sources={"website": GateSource(date=READ, through=through)})


def _stage(line: str) -> GateStage:
    word, versions, *default = line.split()
    since, _, until = versions.partition("-")
    return GateStage(
        stage=Stage(word),
        since=f"v{since}",
        until=f"v{until}" if until else None,
        default={"on": True, "off": False}[default[0]] if default else None,
    )

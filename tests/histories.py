"""Enhancements with a history, written as one reads it."""

from __future__ import annotations

import datetime as dt

from neco_weekly.model.keps import (
    Claim,
    Details,
    Enhancement,
    EnhancementState,
    Gap,
    Record,
    Source,
    SourceKind,
    Stage,
    Status,
)

ALPHA, BETA, STABLE = Stage.ALPHA, Stage.BETA, Stage.STABLE


def state(
    stage: Stage | None = None,
    status: Status | None = Status.IMPLEMENTABLE,
    *,
    title: str = "Support User Namespaces",
    sig: str | None = "sig-node",
    latest: str | None = None,
    gates: tuple[str, ...] = (),
    raw: dict[str, str] | None = None,
    **milestones: str,
) -> EnhancementState:
    """`state(BETA, alpha="v1.25", beta="v1.30")`; the latest milestone is that of the stage unless it is given."""
    plans = {Stage(name): release for name, release in milestones.items()}
    return EnhancementState(
        title=title,
        sig=sig,
        status=status,
        stage=stage,
        latest_milestone=latest or (plans.get(stage) if stage else None),
        milestones=plans,
        feature_gates=gates,
        raw=raw or {},
    )


def record(
    day: str,
    said: EnhancementState | Gap,
    *,
    pull: int | None = None,
    number: int = 127,
    kind: SourceKind = "git",
    path: str | None = None,
    observed: bool = False,
) -> Record:
    """What a source said from a day on, or why it said nothing."""
    date = dt.date.fromisoformat(day)
    if isinstance(said, str):
        return Record(gap=said, source=Source(kind=kind, date=date, pull=pull))
    place = path or (f"keps/sig-node/{number}-x/kep.yaml" if kind == "git" else None)
    return Record(state=said, observed=observed, source=Source(kind=kind, date=date, path=place, pull=pull))


def enhancement(
    *records: Record, number: int = 127, details: Details | None = None, claims: tuple[Claim, ...] = ()
) -> Enhancement:
    """A KEP whose state is that of the last record that has one."""
    last = next(it for it in reversed(records) if it.state)
    assert last.state
    return Enhancement(
        number=number,
        state=last.state,
        source=last.source,
        history=records,
        details=details or Details(),
        claims=claims,
    )


USER_NAMESPACES = enhancement(
    record("2022-03-09", state(status=Status.PROVISIONAL)),
    record("2022-06-09", state(ALPHA, alpha="v1.25"), pull=3275),
    record("2024-02-09", state(BETA, alpha="v1.25", beta="v1.30"), pull=4439),
    record("2025-02-04", state(BETA, alpha="v1.25", beta="v1.33"), pull=5118),
    record("2026-02-05", state(STABLE, alpha="v1.25", beta="v1.35", stable="v1.36"), pull=5847),
    record("2026-03-25", state(STABLE, Status.IMPLEMENTED, alpha="v1.25", beta="v1.35", stable="v1.36"), pull=5968),
)
"""KEP-127, in short."""

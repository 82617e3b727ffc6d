"""What shipped and what was planned: the rules of model/shipping.py, a table each, on the real calendar of releases."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import pytest
from neco_weekly.model.gates import FeatureGate, GateRecord, Gates, GateSource, GateStage
from neco_weekly.model.keps import Enhancement, Source, Stage, Status
from neco_weekly.model.releases import Releases, load_releases
from neco_weekly.model.shipping import Shipped, ShippedSource, planned_on, shipping_of

from tests.histories import ALPHA, BETA, STABLE, enhancement, record, state

RELEASES = load_releases()
NOW = dt.date(2026, 7, 24)
"""v1.36 came out on 2026-04-22; v1.37 is only scheduled, v1.38 has no day."""

READ = dt.date(2026, 1, 22)
"""The witnesses speak for v1.35."""


def gate(name: str, *stages: str, keps: tuple[int, ...] = (127,), **listed: tuple[str, ...]) -> FeatureGate:
    """`gate("A", "alpha 1.25-1.27 off", "beta 1.28 on")`, by the website; `feature_list=(…)` by the programs."""
    records = {"website": stages, **{kind.replace("_", "-"): lines for kind, lines in listed.items()}}
    return FeatureGate(
        name=name,
        keps=keps,
        records={
            kind: GateRecord(date=READ, path=f"{name}.md", stages=tuple(map(stage, lines)))  # type: ignore[misc]
            for kind, lines in records.items()
            if lines
        },
    )


def stage(line: str) -> GateStage:
    word, versions, *default = line.split()
    since, _, until = versions.partition("-")
    return GateStage(
        stage=Stage(word),
        since=f"v{since}",
        until=f"v{until}" if until else None,
        default={"on": True, "off": False}[default[0]] if default else None,
    )


def gates(*known: FeatureGate, through: str | None = "v1.35") -> Gates:
    return Gates(by_name={it.name: it for it in known}, sources={"website": GateSource(date=READ, through=through)})


def kep(
    said: Stage | None = None,
    *,
    status: Status = Status.IMPLEMENTABLE,
    latest: str | None = None,
    **milestones: str,
) -> Enhancement:
    return enhancement(record("2020-04-01", state(said, status, latest=latest, **milestones)))  # type: ignore[arg-type]


def told(known: Enhancement, on: str, *feature_gates: FeatureGate, releases: Releases = RELEASES) -> str | None:
    """What had shipped of a KEP by the end of a day, in one line."""
    shipped = shipping_of(known, gates(*feature_gates), releases).on(dt.date.fromisoformat(on))
    return f"{shipped.stage} {shipped.release}" if shipped else None


# --- by milestones ------------------------------------------------------------------------------------------------

MATURE = kep(STABLE, alpha="v1.25", beta="v1.30", stable="v1.36")


@pytest.mark.parametrize(
    ("known", "day", "expected"),
    [
        pytest.param(MATURE, "2022-08-22", None, id="the day before the first release"),
        pytest.param(MATURE, "2022-08-23", "alpha v1.25", id="the day of a release"),
        pytest.param(MATURE, "2024-04-17", "beta v1.30", id="the next stage"),
        pytest.param(MATURE, "2026-04-21", "beta v1.30", id="kep.yaml is ahead of the release"),
        pytest.param(MATURE, "2026-04-22", "stable v1.36", id="until it is out"),
        pytest.param(MATURE, "1999-01-01", None, id="before there was Kubernetes"),
        pytest.param(kep(BETA, beta="v1.30", stable="v1.33"), "2026-07-24", "beta v1.30", id="a plan that went by"),
        pytest.param(kep(ALPHA, alpha="v1.37"), "2026-11-29", None, id="a day that was only scheduled"),
        pytest.param(kep(ALPHA, alpha="v1.99"), "2040-01-01", None, id="a release without a day is never out"),
        pytest.param(kep(STABLE, latest="v1.33"), "2026-07-24", "stable v1.33", id="the latest milestone of its stage"),
        pytest.param(kep(BETA, status=Status.PROVISIONAL, beta="v1.30"), "2026-07-24", None, id="provisional"),
        pytest.param(kep(alpha="v1.30"), "2026-07-24", None, id="no stage"),
        pytest.param(
            kep(status=Status.IMPLEMENTED, stable="v1.30"), "2026-07-24", "stable v1.30", id="no stage, implemented"
        ),
        pytest.param(kep(STABLE, beta="v1.30", stable="v1.30"), "2026-07-24", "stable v1.30", id="two at once"),
        pytest.param(kep(STABLE, beta="v1.31", stable="v1.30"), "2026-07-24", "stable v1.30", id="in a wrong order"),
        pytest.param(
            kep(Stage.REMOVED, stable="v1.20", deprecated="v1.25", removed="v1.29"),
            "2026-07-24",
            "removed v1.29",
            id="ways to end are stages too",
        ),
    ],
)
def test_milestones_whose_release_was_out(known: Enhancement, day: str, expected: str | None) -> None:
    assert told(known, day) == expected


def closed(day: str) -> Enhancement:
    return enhancement(
        record("2020-04-01", state(ALPHA, alpha="v1.25")),
        record(day, state(ALPHA, Status.WITHDRAWN, alpha="v1.25")),
    )


@pytest.mark.parametrize(
    ("ended", "expected"), [("2022-08-22", None), ("2022-08-23", "alpha v1.25"), ("2023-01-01", "alpha v1.25")]
)
def test_a_closed_proposal_keeps_what_shipped_before_the_end(ended: str, expected: str | None) -> None:
    assert told(closed(ended), "2026-07-24") == expected


@pytest.mark.parametrize(("day", "expected"), [("2022-08-22", None), ("2022-08-23", "alpha v1.25")])
def test_a_file_that_was_deleted_claims_nothing_of_what_came_out_later(day: str, expected: str | None) -> None:
    known = enhancement(record("2020-04-01", state(ALPHA, alpha="v1.25")), record(day, "deleted"))
    assert told(known, "2026-07-24") == expected


def test_a_proposal_that_was_never_open_shipped_nothing() -> None:
    assert told(kep(ALPHA, status=Status.REJECTED, alpha="v1.25"), "2026-07-24") is None


def test_an_old_implemented_proposal_without_milestones_shipped_with_a_release_nobody_recorded() -> None:
    known = enhancement(
        record("2020-04-01", state(STABLE)),
        record("2020-06-01", state(BETA, Status.IMPLEMENTED)),
        record("2021-04-01", state(STABLE, Status.IMPLEMENTED)),
        record("2022-04-01", state(STABLE, Status.IMPLEMENTED, title="Other")),
    )
    shipping = shipping_of(known, Gates(), RELEASES)
    day = dt.date(2021, 4, 1)
    source = ShippedSource(kind="milestone", name="stage", day=day)
    assert shipping.on(day) == Shipped(stage=STABLE, release=None, since=None, source=source)
    assert shipping.on(dt.date(2021, 3, 31)) is None


def test_the_source_of_a_milestone_is_its_place_in_the_file() -> None:
    shipped = shipping_of(MATURE, Gates(), RELEASES).on(NOW)
    assert shipped
    assert shipped.source == ShippedSource(kind="milestone", name="milestone.stable", day=dt.date(2020, 4, 1))
    assert shipped.since == dt.date(2026, 4, 22)


# --- by gates -----------------------------------------------------------------------------------------------------

LATE = gate("Late", "alpha 1.28-1.29 off", "beta 1.30-1.32 off", "beta 1.33 on")


@pytest.mark.parametrize(
    ("known", "day", "known_gates", "expected"),
    [
        pytest.param(MATURE, "2022-08-26", (LATE,), None, id="its own gate: the plan of kep.yaml failed"),
        pytest.param(MATURE, "2023-08-15", (LATE,), "alpha v1.28", id="the first release of a stage"),
        pytest.param(MATURE, "2025-05-01", (LATE,), "beta v1.30", id="another default is no other stage"),
        pytest.param(MATURE, "2026-07-24", (LATE,), "stable v1.36", id="what no witness covers is kep.yaml's"),
        pytest.param(
            kep(STABLE, beta="v1.30", stable="v1.34"), "2026-07-24", (LATE,), "beta v1.30", id="covered: the gate's"
        ),
        pytest.param(
            kep(STABLE, stable="v1.34"), "2026-07-24", (gate("Back", "beta 1.30-1.31 on", "alpha 1.32 off"),),
            "alpha v1.32", id="a step back",
        ),
        pytest.param(
            kep(Stage.REMOVED, stable="v1.20", removed="v1.34"), "2026-07-24", (gate("G", "stable 1.20-1.33 on"),),
            "removed v1.34", id="how a feature ended is kep.yaml's",
        ),
        pytest.param(
            kep(STABLE, stable="v1.33"), "2026-07-24", (gate("Off", "deprecated 1.33 on"),), "stable v1.33",
            id="a gate that is only a way back tells no stage",
        ),
        pytest.param(
            kep(STABLE, alpha="v1.30", beta="v1.32", stable="v1.34"), "2024-12-11",
            (gate("Shared", "alpha 1.26-1.31 off", "beta 1.32 off", keps=(3063, 127)),),
            "beta v1.32", id="a shared gate confirms",
        ),
        pytest.param(
            kep(STABLE, alpha="v1.30", beta="v1.32", stable="v1.34"), "2023-01-01",
            (gate("Shared", "alpha 1.26-1.31 off", keps=(3063, 127)),),
            None, id="but tells nothing of its own",
        ),
        pytest.param(
            kep(STABLE, alpha="v1.25", beta="v1.35", stable="v1.36"), "2024-04-17",
            (gate("First", "alpha 1.25-1.27 off"), gate("Second", "alpha 1.28-1.29 off", "beta 1.30 off")),
            "beta v1.30", id="one gate after the other: the earlier release",
        ),
        pytest.param(
            kep(BETA, alpha="v1.25", beta="v1.28"), "2023-08-15",
            (gate("One", "alpha 1.25-1.29", "beta 1.30"), gate("Two", "alpha 1.25-1.30", "beta 1.31")),
            "alpha v1.25", id="all its own came later: the milestone failed",
        ),
        pytest.param(
            kep(STABLE, stable="v1.34"), "2026-07-24",
            (gate("Main", "stable 1.34 on", keps=(1, 127)), gate("Part", "alpha 1.34 off")),
            "stable v1.34", id="a part that is younger",
        ),
        pytest.param(
            kep(BETA, beta="v1.30"), "2026-07-24",
            (gate("One", "beta 1.30-1.32", "stable 1.33"), gate("Two", "beta 1.31-1.33", "stable 1.34")),
            "stable v1.34", id="all its own gates are there, whatever kep.yaml says",
        ),
        pytest.param(
            kep(BETA, beta="v1.30"), "2026-07-24",
            (gate("One", "beta 1.30-1.32", "stable 1.33"), gate("Two", "beta 1.31")),
            "beta v1.30", id="one of them is not enough",
        ),
        pytest.param(
            kep(BETA, beta="v1.30"), "2026-07-24",
            (gate("Own", "beta 1.30-1.32", "stable 1.33"), gate("Shared", "beta 1.30", keps=(9, 127))),
            "beta v1.30", id="nor are its own, where another is shared",
        ),
        pytest.param(
            kep(ALPHA, alpha="v1.27"), "2022-08-23",
            (gate("One", "alpha 1.25"), gate("Two", "alpha 1.27")), None, id="a milestone that a gate confirms stands",
        ),
        pytest.param(
            kep(STABLE, beta="v1.32", stable="v1.34"), "2025-09-01",
            (gate("Main", "beta 1.32 on", keps=(9, 127)), gate("Part", "beta 1.33-1.34", "stable 1.35")),
            "stable v1.34", id="a part of it that was later does not hold it back",
        ),
    ],
)  # fmt: skip
def test_gates_and_milestones_together(
    known: Enhancement, day: str, known_gates: tuple[FeatureGate, ...], expected: str | None
) -> None:
    assert told(known, day, *known_gates) == expected


def test_either_witness_confirms_a_milestone() -> None:
    both = gate("Shared", "alpha 1.30 off", keps=(3063, 127), feature_list=("alpha 1.26 off",))
    assert told(kep(ALPHA, alpha="v1.30"), "2026-07-24", both) == "alpha v1.30"
    assert told(kep(ALPHA, alpha="v1.26"), "2026-07-24", both) == "alpha v1.26"


@pytest.mark.parametrize(
    ("day", "default"), [("2024-04-17", False), ("2025-04-22", False), ("2025-04-23", True), ("2026-01-22", True)]
)
def test_whether_it_is_on_by_default_is_as_of_the_newest_release(day: str, default: bool) -> None:
    shipped = shipping_of(MATURE, gates(LATE), RELEASES).on(dt.date.fromisoformat(day))
    assert shipped
    assert (shipped.stage, shipped.default) == (BETA, default)
    assert shipped.since == dt.date(2024, 4, 17), "the stage is as old as it was"


def test_a_gate_that_confirms_is_the_source() -> None:
    shared = gate("Shared", "alpha 1.30 off", keps=(3063, 127))
    shipped = shipping_of(kep(ALPHA, alpha="v1.30"), gates(shared), RELEASES).on(NOW)
    assert shipped
    assert shipped.source == ShippedSource(kind="gate", name="Shared", day=READ)


def test_only_gates_of_the_very_stage_say_whether_it_is_on() -> None:
    known = (gate("One", "beta 1.30 on"), gate("Part", "alpha 1.30 off"))
    shipped = shipping_of(kep(BETA, beta="v1.30"), gates(*known), RELEASES).on(NOW)
    assert shipped
    assert shipped.default is True


def test_no_gate_tells_the_default_of_a_stage_that_came_after_its_record() -> None:
    shared = gate("Other", "beta 1.30 on", keps=(9, 127))
    shipped = shipping_of(kep(BETA, alpha="v1.30", beta="v1.36"), gates(shared), RELEASES).on(NOW)
    assert shipped
    assert (shipped.release, shipped.default) == ("v1.36", None)


def test_a_record_that_only_begins_with_the_first_release_is_no_stage_of_the_kep() -> None:
    listed = FeatureGate(
        name="Driver",
        keps=(127,),
        records={
            "feature-list": GateRecord(
                date=READ,
                path="list",
                stages=(
                    GateStage(stage=STABLE, since="v1.0", until="v1.32", default=True, earlier=True),
                    GateStage(stage=Stage.DEPRECATED, since="v1.33", default=False),
                ),
            )
        },
    )
    known = kep(Stage.DISABLED, disabled="v1.36")
    assert told(known, "2025-04-01", listed) is None
    assert told(known, "2025-06-01", listed) is None, "what was deprecated is what the proposal ends, no stage of it"
    assert told(known, "2026-07-24", listed) == "disabled v1.36"


def test_gates_that_differ_have_no_default_together() -> None:
    known = (gate("One", "beta 1.30 on"), gate("Two", "beta 1.30 off"), gate("Three", "alpha 1.30 off"))
    shipped = shipping_of(kep(BETA, beta="v1.30"), gates(*known), RELEASES).on(NOW)
    assert shipped
    assert (shipped.stage, shipped.default) == (BETA, None)


# --- plans --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "shipped", "day", "expected"),
    [
        pytest.param(kep(ALPHA, alpha="v1.38"), None, NOW, "alpha v1.38", id="a release without a day"),
        pytest.param(kep(ALPHA, alpha="v1.37"), None, NOW, "alpha v1.37", id="a scheduled one"),
        pytest.param(kep(ALPHA, alpha="v1.37"), None, dt.date(2026, 11, 29), "alpha v1.37", id="whose day went by"),
        pytest.param(kep(ALPHA, alpha="v1.36"), None, NOW, None, id="one that is out is no plan any more"),
        pytest.param(kep(STABLE, beta="v1.30", stable="v1.38"), BETA, NOW, "stable v1.38", id="the stage named"),
        pytest.param(kep(BETA, beta="v1.30", stable="v1.38"), BETA, NOW, "stable v1.38", id="else the next milestone"),
        pytest.param(
            kep(ALPHA, alpha="v1.30", stable="v1.40", beta="v1.38"), ALPHA, NOW, "beta v1.38", id="the nearest of them"
        ),
        pytest.param(kep(BETA, beta="v1.38"), BETA, NOW, None, id="a stage that shipped"),
        pytest.param(kep(STABLE, latest="v1.38"), BETA, NOW, "stable v1.38", id="the latest milestone of its stage"),
        pytest.param(kep(STABLE, status=Status.WITHDRAWN, stable="v1.38"), BETA, NOW, None, id="a closed proposal"),
        pytest.param(kep(ALPHA, status=Status.PROVISIONAL, alpha="v1.38"), None, NOW, "alpha v1.38", id="provisional"),
        pytest.param(
            kep(STABLE, stable="v1.36"), BETA, dt.date(2026, 4, 21), "stable v1.36", id="on a day of the past"
        ),
        pytest.param(kep(STABLE), BETA, NOW, None, id="no release"),
    ],
)
def test_what_is_planned(said: Enhancement, shipped: Stage | None, day: dt.date, expected: str | None) -> None:
    source = ShippedSource(kind="milestone", name="x")
    reached = Shipped(stage=shipped, release="v1.30", since=NOW, source=source) if shipped else None
    plan = planned_on(said.state, said.source, reached, RELEASES, day)
    assert (f"{plan.stage} {plan.release}" if plan else None) == expected


def test_nothing_is_planned_where_nothing_is_recorded() -> None:
    assert planned_on(None, Source(kind="git"), None, RELEASES, NOW) is None


def test_releases_that_lack_the_planned_one_leave_it_planned() -> None:
    known: Mapping[str, dt.date] = {"v1.25": dt.date(2022, 8, 23)}
    assert told(MATURE, "2026-07-24", releases=Releases(known)) == "alpha v1.25"
    plan = planned_on(MATURE.state, MATURE.source, None, Releases(known), NOW)
    assert plan
    assert plan.release == "v1.36"

"""What shipped and what was planned, of every KEP: how often the rules are right, as measured against the world.

The figures that must be reached are those of the issue that asked for them; what is measured stands beside them.
"""

from __future__ import annotations

import contextlib
import csv
import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import NoReturn

import pytest
from neco_weekly.hosts.project import load_project
from neco_weekly.lock.kep_as_of import KepsAsOf
from neco_weekly.lock.store import Lock
from neco_weekly.model.gates import FeatureGate, Gates, GateSnapshot, GateStage
from neco_weekly.model.keps import Enhancement, Snapshot, Stage, Status
from neco_weekly.model.official_lists import OfficialList
from neco_weekly.model.releases import load_releases
from neco_weekly.model.shipping import MATURING, Shipping, planned_on, shipping_of
from neco_weekly.refresh import Fetchers, Plan, refresh
from neco_weekly.sources.gates.website import open_gates
from neco_weekly.sources.keps.repository import open_repository

from tests.extra.shared import BUNDLE, GATES, GRADUATED
from tests.sites import PROJECT

RELEASES = load_releases()
FROM, UNTIL = dt.date(2021, 1, 1), dt.date(2026, 1, 22)
"""The days that are looked at, one in three weeks: the gates end with v1.35."""

POSTS = [f"v1.{minor}" for minor in range(30, 36)]
"""The releases whose announcements were read for what they call stable."""


@pytest.fixture(scope="module")
def posts() -> Mapping[str, OfficialList]:
    """What each announcement calls stable, by release."""
    numbers: dict[str, list[int]] = defaultdict(list)
    with GRADUATED.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            numbers[row["release"]].append(int(row["kep"]))
    return {it: OfficialList(stages={Stage.STABLE: tuple(found)}, source=it) for it, found in numbers.items()}


@pytest.fixture(scope="module")
def keps(tmp_path_factory: pytest.TempPathFactory) -> Mapping[int, Enhancement]:
    return open_repository(str(BUNDLE), cache_dir=tmp_path_factory.mktemp("keps")).snapshot().enhancements


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> GateSnapshot:
    return open_gates(str(GATES), cache_dir=tmp_path_factory.mktemp("gates")).snapshot()


def nobody(*_: object) -> NoReturn:
    raise AssertionError("nobody is to be asked")


@pytest.fixture(scope="module")
def gates(keps: Mapping[int, Enhancement], read: GateSnapshot) -> Gates:
    """The gates as a refresh joins them with every KEP."""
    fetchers = Fetchers(
        repository=lambda: Snapshot(date=UNTIL, enhancements=keps),
        gates=lambda: read,
        issue=nobody,
        card=nobody,
        picture=nobody,
        archive=nobody,
        today=lambda: UNTIL,
    )
    return refresh(Lock(fetched=keps), Plan(gates=True), fetchers)[0].gates


@pytest.fixture(scope="module")
def by_milestones(keps: Mapping[int, Enhancement]) -> Mapping[int, Shipping]:
    return {number: shipping_of(kep, Gates(), RELEASES) for number, kep in keps.items()}


@pytest.fixture(scope="module")
def joined(keps: Mapping[int, Enhancement], gates: Gates) -> Mapping[int, Shipping]:
    return {number: shipping_of(kep, gates, RELEASES) for number, kep in keps.items()}


@pytest.fixture(scope="module")
def own(keps: Mapping[int, Enhancement], gates: Gates) -> Mapping[int, FeatureGate]:
    """The gate of each KEP that has exactly one, which no other KEP ever named."""
    found = {number: gates.of(number) for number in keps}
    return {number: it[0] for number, it in found.items() if len(it) == 1 and it[0].keps == (number,)}


def days() -> Iterator[dt.date]:
    yield from (FROM + dt.timedelta(21 * step) for step in range((UNTIL - FROM).days // 21 + 1))


def stage_by(gate: FeatureGate, day: dt.date) -> GateStage | None:
    """The stage of a gate in the newest release of a day: the last one that had begun."""
    begun = [it for it in gate.stages if RELEASES.is_out(it.since, day)]
    return begun[-1] if begun else None


def share_right(
    shippings: Mapping[int, Shipping], keps: Mapping[int, Enhancement], own: Mapping[int, FeatureGate]
) -> float:
    right = total = 0
    for number, gate in own.items():
        for day in days():
            if keps[number].at(day) is None:
                continue
            shipped, said = shippings[number].on(day), stage_by(gate, day)
            total += 1
            right += (shipped and shipped.stage) is (said and said.stage)
    assert (len(own), total) == (207, 11_943)
    return right / total


def test_milestones_alone_against_gates(
    by_milestones: Mapping[int, Shipping], keps: Mapping[int, Enhancement], own: Mapping[int, FeatureGate]
) -> None:
    assert share_right(by_milestones, keps, own) >= 0.94  # 0.960


def test_with_gates_joined(
    joined: Mapping[int, Shipping], keps: Mapping[int, Enhancement], own: Mapping[int, FeatureGate]
) -> None:
    assert share_right(joined, keps, own) >= 0.99  # 0.992


def test_what_was_reached_is_reached_with_the_gate_s_first_release(
    joined: Mapping[int, Shipping], own: Mapping[int, FeatureGate]
) -> None:
    stages = [(number, gate, stage) for number, gate in own.items() for stage in MATURING if gate.first(stage)]
    told = ((gate.first(stage), joined[number].reached(stage)) for number, gate, stage in stages)
    right = sum(reached is not None and reached.release == first for first, reached in told)
    assert (len(stages), right >= 476) == (486, True)  # 485


# --- what release posts call stable -------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def graduated() -> Mapping[str, set[int]]:
    found: dict[str, set[int]] = defaultdict(set)
    with GRADUATED.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            found[row["release"]].add(int(row["kep"]))
    return found


def scores(named: Callable[[str], Iterable[int]], graduated: Mapping[str, set[int]]) -> tuple[float, float]:
    """Precision and recall over all six releases."""
    found = {(release, number) for release in POSTS for number in named(release)}
    wanted = {(release, number) for release in POSTS for number in graduated[release]}
    return len(found & wanted) / len(found), len(found & wanted) / len(wanted)


def stable_with(shippings: Mapping[int, Shipping], release: str) -> Iterator[int]:
    for number, shipping in shippings.items():
        shipped = shipping.reached(Stage.STABLE)
        if shipped and shipped.release == release:
            yield number


def test_stable_as_known_now(joined: Mapping[int, Shipping], graduated: Mapping[str, set[int]]) -> None:
    precision, recall = scores(partial(stable_with, joined), graduated)
    assert (precision >= 0.92, recall >= 0.90) == (True, True)  # 0.926, 0.906


def expected_stable(keps: Mapping[int, Enhancement], release: str) -> Iterator[int]:
    """KEPs that kep.yaml alone expects to be stable with a release, on the day of its enhancements freeze."""
    day = RELEASES.freezes[release].enhancements
    for number, kep in keps.items():
        record = kep.at(day)
        if record is None or record.state is None or record.state.status is Status.PROVISIONAL:
            continue
        plan = planned_on(record.state, record.source, None, RELEASES, day)
        if plan and (plan.stage, plan.release, record.state.latest_milestone) == (Stage.STABLE, release, release):
            yield number


def test_stable_as_expected_at_the_freeze(keps: Mapping[int, Enhancement], graduated: Mapping[str, set[int]]) -> None:
    precision, recall = scores(partial(expected_stable, keps), graduated)
    assert (precision >= 0.87, recall >= 0.89) == (True, True)  # 0.873, 0.927


# --- issues -------------------------------------------------------------------------------------------------------


def test_no_issue_calls_unchanged_what_changed(
    keps: Mapping[int, Enhancement], gates: Gates, own: Mapping[int, FeatureGate]
) -> None:
    """Over the samples, the real issue, and the examples below: "the same" is told where a gate says so, too."""
    as_of = keps_as_of(keps, gates)
    dated = [(number, dt.date.fromisoformat(day)) for number, day, _ in EXAMPLES]
    with contextlib.chdir(PROJECT):
        issues = load_project().read_index().issues
    dated += [(number, issue.date) for issue in issues for number in issue.keps if issue.date]
    dated += [(number, dt.date(2022, 8, 26)) for number in (127, 2579, 3327, 2254, 3094, 3243, 3022)]
    same = [(number, day) for number, day in dated if number in own and told_same(as_of, number, day)]
    assert len(same) > 20
    assert [it for it in same if name_of(own[it[0]], it[1]) != name_of(own[it[0]], UNTIL)] == []


def keps_as_of(keps: Mapping[int, Enhancement], gates: Gates) -> KepsAsOf:
    return KepsAsOf(Lock(as_of=UNTIL, fetched=keps, gates=gates), RELEASES)


def told_same(as_of: KepsAsOf, number: int, day: dt.date) -> bool:
    kep = as_of.of(number, day)
    return kep is not None and kep.movement == "same"


def name_of(gate: FeatureGate, day: dt.date) -> str | None:
    stage = stage_by(gate, day)
    return stage.stage if stage else None


# --- single KEPs --------------------------------------------------------------------------------------------------


EXAMPLES = [
    (127, "2022-08-22", None),
    (127, "2022-08-26", "alpha v1.25"),
    (127, "2024-04-16", "alpha v1.25"),
    (127, "2024-04-17", "beta v1.30"),
    (127, "2026-03-06", "beta v1.30"),
    (127, "2026-04-22", "stable v1.36"),
    (2400, "2022-08-26", "alpha v1.22"),
    (2400, "2023-08-14", "alpha v1.22"),
    (2400, "2023-08-15", "beta v1.28"),
    (1880, "2022-08-26", None),
    (1880, "2023-04-11", "alpha v1.27"),
    (753, "2023-05-12", None),
    (753, "2023-08-15", "alpha v1.28"),
    (4381, "2024-04-16", None),
    (4381, "2024-04-17", "alpha v1.30"),
    (4381, "2025-08-26", "beta v1.32"),
    (4381, "2025-08-27", "stable v1.34"),
    (3063, "2022-12-09", "alpha v1.26"),
]


@pytest.mark.parametrize(("number", "day", "expected"), EXAMPLES)
def test_dated_examples(joined: Mapping[int, Shipping], number: int, day: str, expected: str | None) -> None:
    shipped = joined[number].on(dt.date.fromisoformat(day))
    assert (f"{shipped.stage} {shipped.release}" if shipped else None) == expected

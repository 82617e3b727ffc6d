"""What changes between two releases: net changes, what passes in between, removed APIs, ends of gates."""

from __future__ import annotations

import datetime as dt

import pytest
from neco_weekly.model.gate_ends import gate_ends
from neco_weekly.model.gates import FeatureGate
from neco_weekly.model.keps import Enhancement, Stage, Status
from neco_weekly.model.release_changes import KepChange, NetChange, ReleaseChanges, changes_between, jumps
from neco_weekly.model.releases import load_releases
from neco_weekly.model.removed_apis import RemovedApi, removed_between

from tests.gate_lines import gate, gates
from tests.histories import ALPHA, BETA, STABLE, enhancement, record, state
from tests.lives import lives_of

RELEASES = load_releases()
NOW = dt.date(2026, 7, 24)
IDLE = enhancement(record("2024-01-01", state()))


def between(kep: Enhancement, *known: FeatureGate, old: str = "v1.33", new: str = "v1.36") -> ReleaseChanges:
    found = gates(*known)
    return changes_between(old, new, lives_of([kep], found, RELEASES), found, RELEASES, NOW)


def told(changes: ReleaseChanges) -> str:
    return "; ".join(map(_line, changes.changes))


def _line(change: KepChange) -> str:
    passing = [f"{name} {it.stage} {it.default}" for name, it in change.passing]
    return ", ".join([str(change.kind), *passing])


GATES = {
    ("beta 1.30 on",): "",
    ("alpha 1.30-1.34 off", "beta 1.35 on"): "on-by-default",
    ("alpha 1.30-1.34 off", "beta 1.35 off"): "beta",
    ("beta 1.30-1.35 off", "beta 1.36 on"): "on-by-default",
    ("beta 1.30-1.34 on", "beta 1.35 off"): "off-by-default",
    ("beta 1.30-1.34 on", "stable 1.35 on"): "stable",
    ("alpha 1.34-1.34 off", "beta 1.35-1.35 on", "stable 1.36 on"): "stable",
    ("alpha 1.34 off",): "alpha",
    ("beta 1.30-1.33 on", "deprecated 1.34 off"): "deprecated",
    ("beta 1.30-1.33 off", "beta 1.34-1.34 on", "beta 1.35 off"): "None, v1.34 beta True",
    ("beta 1.30-1.33 on", "beta 1.34-1.34 off", "stable 1.35 on"): "stable, v1.34 beta False",
    ("beta 1.30-1.33 on", "alpha 1.34-1.35 off", "beta 1.36 on"): "None, v1.34 alpha False",
    ("stable 1.30 on",): "",
    ("beta 1.30-1.34", "beta 1.35 on"): "",
    ("alpha 1.37 off",): "",
}


def test_net_changes_and_what_passes_in_between() -> None:
    assert {lines: told(between(IDLE, gate("Nap", *lines))) for lines in GATES} == GATES


GONE = {
    ("alpha 1.30-1.34 off",): "removed",
    ("alpha 1.34-1.34 off",): "None, v1.34 alpha False",
    ("alpha 1.28-1.30 off",): "",
    ("beta 1.28-1.33 on", "stable 1.34-1.34 on"): "stable",
}


def test_gates_that_went() -> None:
    assert {lines: told(between(IDLE, gate("Nap", *lines, removed=True))) for lines in GONE} == GONE


def test_a_kep_without_a_gate_has_no_default() -> None:
    found = between(enhancement(record("2024-01-01", state(BETA, alpha="v1.33", beta="v1.35"))))
    (change,) = found.of(NetChange.BETA)
    assert (change.before and change.before.default, change.after and change.after.default) == (None, None)
    assert found.of(NetChange.ON_BY_DEFAULT) == ()


def test_a_stage_that_came_with_nobody_knows_which_release_is_no_change() -> None:
    """An old kep.yaml without milestones was written years after: the day of its words is no release's."""
    implemented = state(STABLE, status=Status.IMPLEMENTED)
    undated = enhancement(record("2023-01-01", state()), record("2024-06-01", implemented))
    assert between(undated, old="v1.26", new="v1.36").changes == ()


def test_what_no_source_reaches_is_not_known() -> None:
    ahead = between(IDLE, gate("Nap", "alpha 1.34 off"), old="v1.35", new="v1.38")
    assert (ahead.is_known, ahead.changes) == (False, ())
    known = gates(gate("Nap", "beta 1.30 on"), through="v1.35")
    late = changes_between("v1.33", "v1.36", lives_of([IDLE], known, RELEASES), known, RELEASES, NOW)
    assert (late.is_known, late.defaults_are_known, late.gates_until) == (True, False, "v1.35")
    assert between(IDLE).defaults_are_known is True


@pytest.mark.parametrize(("old", "new"), [("v1.36", "v1.33"), ("v1.36", "v1.36")])
def test_a_jump_back_is_refused(old: str, new: str) -> None:
    with pytest.raises(ValueError, match=f"{new} is not newer than {old}"):
        between(IDLE, old=old, new=new)


def test_jumps_of_two_to_four_into_a_supported_release_that_is_out() -> None:
    assert list(jumps(RELEASES, {"v1.35", "v1.37"}, NOW)) == [
        ("v1.31", "v1.35"),
        ("v1.32", "v1.35"),
        ("v1.33", "v1.35"),
    ]


def test_removed_apis_are_those_after_the_old_and_up_to_the_new_release() -> None:
    removals = [RemovedApi(release=f"v1.{it}", kinds=("Nap",), versions=("a/v1",)) for it in (26, 25, 22, 21, 16, 27)]
    assert [it.release for it in removed_between(removals, "v1.21", "v1.26")] == ["v1.22", "v1.25", "v1.26"]
    assert removed_between(removals, "v1.9", "v1.10") == ()


def test_gates_that_a_release_deprecates_or_no_longer_has() -> None:
    known = gates(
        gate("Done", "beta 1.28-1.33 on", "stable 1.34-1.35 on", removed=True),
        gate("Failed", "alpha 1.30-1.35 off", removed=True),
        gate("Old", "deprecated 1.30-1.35 off", "deprecated 1.36 on"),
        gate("Retired", "stable 1.30-1.35 on", "deprecated 1.36 off", keps=()),
        gate("Stays", "beta 1.30-1.35 on"),
    )
    found = [(it.name, it.is_gone, it.is_routine, it.last and it.last.stage) for it in gate_ends(known, "v1.36")]
    assert found == [
        ("Done", True, True, STABLE),
        ("Failed", True, False, ALPHA),
        ("Retired", False, False, STABLE),
    ]
    assert [it.name for it in gate_ends(known, "v1.30")] == ["Old"]
    assert Stage.DEPRECATED not in {it.last.stage for it in gate_ends(known, "v1.36") if it.last}

"""What went back and what stands still: a table of gates, of moved milestones, of how long a KEP is of a stage."""

from __future__ import annotations

import datetime as dt

from neco_weekly.model.gates import FeatureGate
from neco_weekly.model.keps import Enhancement, EnhancementState, Stage, Status
from neco_weekly.model.releases import load_releases
from neco_weekly.model.setbacks import MovedTo, Setback, SetbackRow, Standing, medians, moved_to, setbacks, standing

from tests.gate_lines import gate, gates
from tests.histories import ALPHA, BETA, STABLE, enhancement, record, state
from tests.lives import lives_of

RELEASES = load_releases()
NOW = dt.date(2026, 7, 24)

GATES = {
    ("alpha 1.30-1.31 off", "beta 1.32 on"): [],
    ("beta 1.30-1.33 on", "alpha 1.34 off"): ["stage-back v1.34"],
    ("beta 1.30-1.33 on", "beta 1.34 off"): ["default-back v1.34"],
    ("alpha 1.29-1.30 on", "beta 1.31 off"): ["default-back v1.31"],
    ("beta 1.30-1.33 on", "deprecated 1.34 off"): [],
    ("beta 1.30-1.31 on", "beta 1.32-1.33 off", "beta 1.34 on"): ["default-back v1.32"],
    ("beta 1.30-1.31 on", "alpha 1.32-1.33 off", "beta 1.34-1.34 on", "alpha 1.35 off"): [
        "stage-back v1.35",
        "stage-back v1.32",
    ],
}

GONE = {
    ("alpha 1.30-1.33 off",): ["gate-gone v1.34"],
    ("beta 1.30-1.31 on", "stable 1.32-1.33 on"): [],
    ("beta 1.30-1.31 on", "deprecated 1.32-1.33 off"): [],
    ("alpha 1.30 off",): [],
    (): [],
}


def told(*lines: str, removed: bool = False) -> list[str]:
    return [f"{it.kind} {it.release}" for it in setbacks((), gates(gate("Nap", *lines, removed=removed)))]


def test_stages_and_defaults_taken_back_and_gates_that_went_before_they_were_stable() -> None:
    assert {lines: told(*lines) for lines in GATES} == GATES
    assert {lines: told(*lines, removed=True) for lines in GONE} == GONE


def test_a_gate_that_was_renamed_or_whose_feature_is_stable_is_no_setback() -> None:
    old = gate("Old", "alpha 1.30-1.33 off", removed=True)
    others = {
        "renamed": gate("New", "alpha 1.34 off"),
        "stable": gate("Part", "beta 1.29-1.29 on", "stable 1.30-1.32 on", removed=True),
        "over": gate("Past", "alpha 1.28-1.29 off", removed=True),
        "of another": gate("Other", "alpha 1.34 off", keps=(128,)),
        "later": gate("Late", "alpha 1.35 off"),
    }
    found = {name: [it.gate for it in setbacks((), gates(old, other))] for name, other in others.items()}
    assert found == {"renamed": [], "stable": [], "over": ["Old"], "of another": ["Old"], "later": ["Old"]}


AGAIN = {
    ("beta 1.30-1.31 on", "beta 1.32-1.33 off", "beta 1.34 on"): [("v1.32", "v1.34")],
    ("beta 1.30-1.31 on", "beta 1.32-1.33 off", "beta 1.34 off"): [("v1.32", None)],
    ("beta 1.30-1.31 on", "alpha 1.32-1.33 off", "alpha 1.34 on"): [("v1.32", None)],
    ("beta 1.30-1.31 off", "alpha 1.32-1.33 off", "stable 1.34 off"): [("v1.32", "v1.34")],
    ("beta 1.30-1.31 on", "beta 1.32-1.33 off", "deprecated 1.34 on"): [("v1.32", None)],
}


def test_a_setback_is_over_with_the_release_in_which_the_gate_is_as_far_as_before() -> None:
    found = {lines: [(it.release, it.again) for it in setbacks((), gates(gate("Nap", *lines)))] for lines in AGAIN}
    assert found == AGAIN


def moved(*releases: str | None) -> Enhancement:
    days = (f"2025-{month:02}-01" for month in range(1, 13))
    states = (state(BETA, beta=it) if it else state(BETA) for it in releases)
    return enhancement(*(record(day, it) for day, it in zip(days, states, strict=False)))


MOVED = {
    ("v1.33", "v1.34"): [],
    ("v1.33", "v1.34", "v1.35"): ["v1.35"],
    ("v1.33", "v1.35", "v1.34"): [],
    ("v1.33", None, "v1.34", None, "v1.36"): ["v1.36"],
    ("v1.9", "v1.10", "v1.11"): ["v1.11"],
}


def test_milestones_that_were_moved_later_twice_and_more() -> None:
    found = {}
    for releases in MOVED:
        rows = setbacks(lives_of([moved(*releases)], gates(), RELEASES), gates())
        found[releases] = [it.release for it in rows]
    assert found == MOVED


def test_each_stage_that_was_moved_is_told() -> None:
    days = ("2025-01-01", "2025-02-01", "2025-03-01")
    said = [state(ALPHA, alpha=f"v1.{it}", beta=f"v1.{it + 1}", stable=f"v1.{it + 2}") for it in (30, 31, 32)]
    kep = enhancement(*(record(day, it) for day, it in zip(days, said, strict=True)))
    found = [(it.before, it.release) for it in setbacks(lives_of([kep], gates(), RELEASES), gates())]
    assert found == [(STABLE, "v1.34"), (BETA, "v1.33"), (ALPHA, "v1.32")]


def became(
    *plans: EnhancementState, gate: FeatureGate | None = None
) -> list[tuple[Stage | None, int, tuple[str, ...], MovedTo]]:
    days = ("2025-01-01", "2025-02-01", "2025-03-01", "2025-04-01")
    kep = enhancement(*(record(day, it) for day, it in zip(days, plans, strict=False)))
    (life,) = lives_of([kep], known := gates(*filter(None, (gate,))), RELEASES)
    rows = [it for it in setbacks((life,), known) if it.releases]
    return [(it.before, it.moves, it.releases, moved_to(it, life, RELEASES, NOW)) for it in rows]


def test_what_became_of_a_milestone_that_was_moved_is_what_shipped_not_what_was_planned() -> None:
    v30, v31, v35, v40 = (state(BETA, beta=f"v1.{it}") for it in (30, 31, 35, 40))
    ahead = state(ALPHA, beta="v1.35")
    nap = {
        "as planned": gate("Nap", "beta 1.35 on"),
        "early": gate("Nap", "beta 1.30 on"),
        "never": gate("Nap", "alpha 1.29 off"),
        "beyond": gate("Nap", "stable 1.33 on"),
        "given up": gate("Nap", "alpha 1.29-1.32 off", "deprecated 1.33 off"),
    }
    moved = {name: became(v30, v31, v35, gate=it)[0][3] for name, it in nap.items()}
    assert moved == {
        "as planned": MovedTo(ending="reached", release="v1.35"),
        "early": MovedTo(ending="reached", release="v1.30"),
        "never": MovedTo(ending="missed", release="v1.35"),
        "beyond": MovedTo(ending="reached", release="v1.33"),
        "given up": MovedTo(ending="missed", release="v1.35"),
    }
    ends = {
        "ahead": (v30, v31, v40),
        "closed": (v30, v31, state(BETA, Status.WITHDRAWN, beta="v1.40")),
        "cleared": (v30, v31, v40, state(ALPHA)),
        "not there yet": (v30, v31, ahead),
    }
    assert {name: became(*plans)[0][3] for name, plans in ends.items()} == {
        "ahead": MovedTo(ending="planned", release="v1.40"),
        "closed": MovedTo(ending="dropped", release="v1.40"),
        "cleared": MovedTo(ending="cleared", release=None),
        "not there yet": MovedTo(ending="missed", release="v1.35"),
    }
    (life,) = lives_of([enhancement(record("2025-01-01", v35))], gates(), RELEASES)
    row = SetbackRow(
        kind=Setback.MOVED, keps=(127,), release="v1.35", before=BETA, releases=("v1.33", "v1.34", "v1.35")
    )
    assert [moved_to(row, life, RELEASES, day).ending for day in (dt.date(2025, 12, 16), NOW)] == ["planned", "reached"]
    assert became(v30, v35, v31, v40)[0][1:3] == (2, ("v1.30", "v1.35", "v1.31", "v1.40"))


# --- how long in a stage ------------------------------------------------------------------------------------------


def test_how_long_a_kep_has_been_of_its_stage() -> None:
    lives = {
        "alpha": state(ALPHA, alpha="v1.34"),
        "beta": state(BETA, alpha="v1.26", beta="v1.28"),
        "stable": state(STABLE, beta="v1.28", stable="v1.30"),
        "nothing": state(BETA, beta="v1.37"),
        "closed": state(BETA, Status.WITHDRAWN, beta="v1.28"),
    }
    found = {
        name: standing(lives_of([enhancement(record("2023-08-20", it))], gates(), RELEASES)[0], RELEASES, NOW)
        for name, it in lives.items()
    }
    assert found == {
        "alpha": Standing(stage=ALPHA, since="v1.34", releases=3),
        "beta": Standing(stage=BETA, since="v1.28", releases=9),
        "stable": None,
        "nothing": None,
        "closed": None,
    }


def test_what_is_gone_stands_no_more() -> None:
    kept = record("2023-08-20", state(ALPHA, gates=("Nap",), alpha="v1.28"))
    nap = gate("Nap", "alpha 1.28-1.30 off", removed=True)
    other = gate("Rest", "alpha 1.28 off")

    def stands(kep: Enhancement, *known: FeatureGate) -> bool:
        found = gates(*known)
        return standing(lives_of([kep], found, RELEASES)[0], RELEASES, NOW) is not None

    here, deleted = enhancement(kept), enhancement(kept, record("2026-01-01", "deleted"))
    back = enhancement(kept, record("2024-01-01", "deleted"), record("2025-01-01", state(ALPHA, alpha="v1.28")))
    assert [stands(it) for it in (here, deleted, back)] == [True, False, True]
    assert [stands(here, *known) for known in ((other,), (nap,), (nap, other))] == [True, False, True]


def test_what_was_gone_and_came_back_stands_since_then() -> None:
    kep = enhancement(record("2023-08-20", state(ALPHA, gates=("Nap", "Rest"), alpha="v1.28")))
    found = gates(gate("Nap", "alpha 1.28-1.30 off", removed=True), gate("Rest", "alpha 1.34 off"))
    (life,) = lives_of([kep], found, RELEASES)
    told = {day: standing(life, RELEASES, dt.date.fromisoformat(day)) for day in ("2024-06-01", "2025-01-01", str(NOW))}
    assert told == {
        "2024-06-01": Standing(stage=ALPHA, since="v1.28", releases=3),
        "2025-01-01": None,
        str(NOW): Standing(stage=ALPHA, since="v1.34", releases=3),
    }


def graduated(number: int, until: str, sig: str = "sig-node") -> Enhancement:
    said = state(STABLE, sig=sig, beta="v1.28", stable=until)
    return enhancement(record("2023-01-01", said), number=number)


def test_the_median_of_a_sig_is_hidden_below_five_keps() -> None:
    releases = ["v1.29", "v1.30", "v1.31", "v1.33", "v1.36"]
    node = [graduated(number, until) for number, until in enumerate(releases, 1)]
    few = [graduated(number, until, "sig-apps") for number, until in enumerate(releases[:4], 10)]
    still = enhancement(record("2023-01-01", state(BETA, sig="sig-apps", beta="v1.28")), number=20)
    found = medians(lives_of([*node, *few, still], gates(), RELEASES), RELEASES, NOW)
    assert found == {("sig-node", BETA): 3}
    assert medians(lives_of(node, gates(), RELEASES), RELEASES, dt.date(2025, 1, 1)) == {}

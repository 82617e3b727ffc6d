"""What a KEP, or a gate of it, is in each release that readers may run."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from neco_weekly.display.release_states import release_states
from neco_weekly.lock.kep_as_of import KepsAsOf
from neco_weekly.lock.kep_at_releases import gate_at, kep_at, shown_releases, told_shipping
from neco_weekly.lock.overrides import Override
from neco_weekly.lock.releases_as_of import ReleasesAsOf
from neco_weekly.lock.store import Lock
from neco_weekly.model.gates import FeatureGate
from neco_weekly.model.keps import Enhancement, EnhancementState, Stage, Status
from neco_weekly.model.releases import Releases, load_releases

from tests.gate_lines import gate, gates
from tests.histories import ALPHA, BETA, STABLE, enhancement, record, state

NOW = dt.date(2026, 5, 10)
"""A day after v1.36 (2026-04-22) and before the freeze of v1.37."""

NO_ENDS = replace(load_releases(), ends={})


def kep(said: EnhancementState, day: str = "2026-01-10") -> Enhancement:
    return enhancement(record(day, said))


def keps_as_of(said: Enhancement, *known: FeatureGate, by_hand: Override | None = None, **how: Any) -> KepsAsOf:
    lock = Lock(
        as_of=NOW,
        fetched={127: said},
        gates=gates(*known, **how).with_ends(),
        overrides={127: by_hand} if by_hand else {},
    )
    return KepsAsOf(lock, NO_ENDS)


def told(keps: KepsAsOf) -> str:
    found = keps.of(127)
    assert found
    return release_states(found, keps)


GROWN = state(STABLE, alpha="v1.31", beta="v1.34", stable="v1.36")

LIVES: dict[str, tuple[EnhancementState, tuple[FeatureGate, ...], str]] = {
    "no gate is known": (GROWN, (), "1.31:alpha:unknown 1.34:beta:unknown 1.36:stable:unknown 1.37:planned"),
    "its gate tells": (
        GROWN,
        (gate("Nap", "alpha 1.32-1.33 off", "beta 1.34-1.34 off", "beta 1.35-1.35 on", "stable 1.36 on"),),
        "1.31:absent 1.32:alpha:off 1.34:beta:off 1.35:beta:on 1.36:stable:on 1.37:planned",
    ),
    "gates differ": (
        state(BETA, beta="v1.34"),
        (gate("Nap", "beta 1.34 on"), gate("Doze", "beta 1.34 off")),
        "1.31:absent 1.34:beta:mixed 1.37:planned",
    ),
    "a gate of another stage": (
        state(BETA, beta="v1.34"),
        (gate("Nap", "beta 1.34 on"), gate("Doze", "alpha 1.34 off")),
        "1.31:absent 1.34:beta:on 1.37:planned",
    ),
    "a gate is no longer needed": (
        state(STABLE, stable="v1.31"),
        (gate("Nap", "stable 1.31-1.33 on", removed=True),),
        "1.31:stable:on 1.34:stable 1.37:planned",
    ),
    "a gate went before it was stable": (
        state(ALPHA, alpha="v1.31"),
        (gate("Nap", "alpha 1.31-1.33 off", removed=True),),
        "1.31:alpha:off 1.34:gone 1.37:planned",
    ),
    "a stage is planned for the next release": (
        state(STABLE, beta="v1.34", stable="v1.37"),
        (),
        "1.31:absent 1.34:beta:unknown 1.37:planned:stable",
    ),
    "a stage is planned for a later one": (
        state(BETA, beta="v1.38"),
        (),
        "1.31:absent 1.37:planned",
    ),
    "the feature was removed": (state(Stage.REMOVED, removed="v1.35"), (), "1.31:absent 1.35:removed 1.37:planned"),
    "nobody says with which release it came": (
        state(STABLE, Status.IMPLEMENTED),
        (),
        "1.31:unknown 1.36:stable:unknown 1.37:planned",
    ),
}


@pytest.mark.parametrize("name", LIVES)
def test_what_a_kep_is_in_each_release(name: str) -> None:
    said, known, expected = LIVES[name]
    assert told(keps_as_of(kep(said), *known)) == expected


def test_the_default_of_a_release_that_no_witness_speaks_of_is_not_known() -> None:
    nap = gate("Nap", "beta 1.34 on")
    keps = keps_as_of(kep(state(BETA, beta="v1.34")), nap, through="v1.35")
    assert told(keps) == "1.31:absent 1.34:beta:on 1.36:beta:unknown 1.37:planned"


BY_HAND: dict[str, tuple[Override, str]] = {
    "it slipped": (
        Override(number=127, stage=STABLE, latest_milestone="v1.37"),
        "1.31:alpha:unknown 1.34:beta:unknown 1.37:planned:stable",
    ),
    "it came earlier": (
        Override(number=127, stage=STABLE, latest_milestone="v1.35"),
        "1.31:alpha:unknown 1.34:beta:unknown 1.35:stable:unknown 1.37:planned",
    ),
    "it is gone, since nobody says when": (
        Override(number=127, stage=Stage.REMOVED),
        "1.31:unknown 1.36:removed 1.37:planned",
    ),
}


@pytest.mark.parametrize("name", BY_HAND)
def test_a_person_s_word_counts(name: str) -> None:
    by_hand, expected = BY_HAND[name]
    assert told(keps_as_of(kep(GROWN), by_hand=by_hand)) == expected


SLIPPED = {"stable": GROWN, "alpha": state(ALPHA, alpha="v1.36")}


@pytest.mark.parametrize("stage", SLIPPED)
def test_what_slipped_by_a_person_s_word_is_no_row_of_the_release(stage: str) -> None:
    by_hand = Override(number=127, stage=Stage(stage), latest_milestone="v1.37")
    slipped, came = (ReleasesAsOf(keps_as_of(kep(SLIPPED[stage]), by_hand=it)).rows("v1.36") for it in (by_hand, None))
    assert (slipped.shipped_numbers[Stage(stage)], came.shipped_numbers[Stage(stage)]) == ((), (127,))


def test_what_had_shipped_before_a_slip_is_told_as_it_was() -> None:
    nap = gate("Nap", "beta 1.34-1.34 off", "beta 1.35 on")
    by_hand = Override(number=127, stage=STABLE, latest_milestone="v1.37")
    found = keps_as_of(kep(GROWN), nap, by_hand=by_hand, through="v1.35").of(127)
    assert found
    assert [(it.stage, it.default) for _, it in told_shipping(found, NOW).entries] == [(BETA, False), (BETA, True)]


def test_a_gate_in_each_release() -> None:
    nap = gate("Nap", "alpha 1.32-1.33 off", "beta 1.34-1.34", removed=True)
    keps = keps_as_of(kep(state(STABLE, alpha="v1.32", stable="v1.37")), nap, through="v1.35")
    found, known = keps.of(127), keps.lock.gates.by_name["Nap"]
    assert found
    cells = [gate_at(known, found, it, keps) for it in shown_releases(keps.releases, NOW)]
    assert [(it.kind, it.stage, it.default) for it in cells] == [
        ("absent", None, None),
        ("shipped", ALPHA, "off"),
        ("shipped", ALPHA, "off"),
        ("shipped", BETA, "unknown"),
        ("gone", None, None),
        ("unknown", None, None),
        ("planned", STABLE, None),
    ]


def test_a_release_without_a_day_is_only_planned() -> None:
    keps = keps_as_of(kep(state(ALPHA, alpha="v1.40")))
    found = keps.of(127)
    assert found
    assert kep_at(found, "v1.40", keps).kind == "planned"


SHOWN: dict[str, tuple[Releases, str, tuple[str, ...]]] = {
    "three supported, three before, and the next": (
        NO_ENDS,
        "2026-05-10",
        ("v1.31", "v1.32", "v1.33", "v1.34", "v1.35", "v1.36", "v1.37"),
    ),
    "one more is still supported": (
        replace(NO_ENDS, ends={"v1.33": dt.date(2026, 6, 28)}),
        "2026-05-10",
        ("v1.30", "v1.31", "v1.32", "v1.33", "v1.34", "v1.35", "v1.36", "v1.37"),
    ),
    "support of all has ended": (
        replace(NO_ENDS, ends=dict.fromkeys(NO_ENDS.names, NOW)),
        "2026-05-11",
        ("v1.31", "v1.32", "v1.33", "v1.34", "v1.35", "v1.36", "v1.37"),
    ),
    "there are not so many": (Releases({"v1.36": NOW}), "2026-05-10", ("v1.36", "v1.37")),
    "none is out": (Releases({"v1.36": NOW}), "2026-05-09", ()),
}


@pytest.mark.parametrize("name", SHOWN)
def test_releases_that_are_shown(name: str) -> None:
    releases, day, expected = SHOWN[name]
    assert shown_releases(releases, dt.date.fromisoformat(day)) == expected

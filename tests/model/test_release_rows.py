"""The rows of a release: what came with it, how sure that is, and what became of what was planned; tables of lives."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import replace

import pytest
from neco_weekly.model.gates import FeatureGate, GateRecord, Gates, GateSource, GateStage
from neco_weekly.model.keps import Enhancement, Stage, Status
from neco_weekly.model.official_lists import OfficialList, list_differences
from neco_weekly.model.release_rows import Outcome, ReleaseRow, ReleaseRows, rows_of
from neco_weekly.model.releases import load_releases

from tests.histories import ALPHA, BETA, STABLE, enhancement, record, state
from tests.lives import lives_of

RELEASES = load_releases()
NOW = dt.date(2026, 7, 24)
BEFORE, DURING, AFTER = "2026-01-10", "2026-03-10", "2026-05-10"
"""Days before the freeze of v1.36 (2026-02-12), between that and the release (2026-04-22), and after the release."""

ENDED = Status.WITHDRAWN
AT_FREEZE = record(BEFORE, state(BETA, alpha="v1.34", beta="v1.36"))


def told(row: ReleaseRow) -> str:
    """A row in one line: `beta slipped v1.37 exception-refused`."""
    words = (row.stage, row.outcome, row.moved_to, row.confidence, row.reason)
    return " ".join(filter(None, words))


def rows(
    *keps: Enhancement,
    release: str = "v1.36",
    gates: Gates | None = None,
    official: OfficialList | None = None,
    refused: Collection[int] = (),
    day: dt.date = NOW,
) -> ReleaseRows:
    known = gates or Gates()
    lives = lives_of(keps, known, RELEASES, lambda number: (release,) if number in refused else ())
    return rows_of(release, lives, known, RELEASES, day, official=official)


def beta(since: str, *, name: str = "Nap", default: bool = True, keps: tuple[int, ...] = (127,)) -> Gates:
    stages = (GateStage(stage=BETA, since=since, default=default),)
    said = GateRecord(date=NOW, path=f"{name}.md", stages=stages)
    gate = FeatureGate(name=name, keps=keps, records={"website": said})
    return Gates(by_name={name: gate}, sources={"website": GateSource(date=NOW, through="v1.36")})


LIVES = {
    "nothing was planned, nothing came": ([record(BEFORE, state(ALPHA, alpha="v1.34"))], None),
    "kep.yaml still says so": ([AT_FREEZE], "beta shipped expected"),
    "moved before the release": (
        [AT_FREEZE, record(DURING, state(BETA, alpha="v1.34", beta="v1.37"))],
        "beta slipped v1.37",
    ),
    "moved after the release": (
        [AT_FREEZE, record(AFTER, state(BETA, alpha="v1.34", beta="v1.38"))],
        "beta slipped v1.38",
    ),
    "moved, and moved back": (
        [AT_FREEZE, record(DURING, state(BETA, beta="v1.37")), record("2026-04-01", state(BETA, beta="v1.36"))],
        "beta shipped expected",
    ),
    "nobody says where to": (
        [AT_FREEZE, record(DURING, state(ALPHA, alpha="v1.34"))],
        "beta unknown",
    ),
    "withdrawn": (
        [AT_FREEZE, record(DURING, state(BETA, ENDED, alpha="v1.34", beta="v1.36"))],
        "beta withdrawn proposal-closed",
    ),
    "closed after the stage had come": (
        [AT_FREEZE, record(AFTER, state(BETA, ENDED, alpha="v1.34", beta="v1.36"))],
        "beta shipped expected",
    ),
    "its file is gone": ([AT_FREEZE, record(DURING, "deleted")], "beta withdrawn file-deleted"),
    "beta again": ([record(BEFORE, state(BETA, latest="v1.36", beta="v1.33"))], "beta again"),
    "back in alpha": (
        [AT_FREEZE, record(DURING, state(ALPHA, latest="v1.37", alpha="v1.37", beta="v1.38"))],
        "beta slipped v1.38",
    ),
    "another stage came than was planned": (
        [AT_FREEZE, record(DURING, state(STABLE, beta="v1.35", stable="v1.36"))],
        "stable shipped expected",
    ),
    "came without a plan": ([record(DURING, state(ALPHA, alpha="v1.36"))], "alpha shipped expected"),
    "was only provisional": ([record(BEFORE, state(ALPHA, Status.PROVISIONAL, alpha="v1.36"))], None),
    "the stage's milestone is later": ([record(BEFORE, state(BETA, latest="v1.36", beta="v1.37"))], None),
    "removed": ([record(BEFORE, state(Stage.REMOVED, beta="v1.30", removed="v1.36"))], "removed shipped expected"),
}


def test_what_became_of_what_was_planned_at_the_freeze() -> None:
    found = {name: [told(row) for row in rows(enhancement(*records)).rows] for name, (records, _) in LIVES.items()}
    assert found == {name: [it] if it else [] for name, (_, it) in LIVES.items()}


def test_a_plan_that_was_left_names_the_record_that_left_it() -> None:
    left = record(DURING, state(BETA, beta="v1.37"), pull=6092)
    (row,) = rows(enhancement(AT_FREEZE, left)).rows
    assert (row.source, row.plan and row.plan.source, row.reason) == (left.source, AT_FREEZE.source, None)


def test_a_stage_that_came_later_slipped_though_its_proposal_is_closed_today() -> None:
    planned = record("2025-10-01", state(BETA, beta="v1.35"))
    moved = record("2026-01-10", state(BETA, beta="v1.36"))
    closed = record("2026-06-10", state(BETA, ENDED, beta="v1.36"))
    assert [told(it) for it in rows(enhancement(planned, moved, closed), release="v1.35").rows] == [
        "beta slipped v1.36"
    ]


def test_what_kep_yaml_calls_a_continuation_is_one_though_no_gate_shows_it() -> None:
    kep = enhancement(record(BEFORE, state(BETA, latest="v1.36", beta="v1.33")))
    late = beta("v1.37")
    (row,) = rows(kep, gates=late).rows
    assert (told(row), row.plan and row.plan.again) == ("beta again", True)


AHEAD = dt.date(2026, 3, 12)


@pytest.mark.parametrize(
    ("records", "release", "day", "expected"),
    [
        ([AT_FREEZE], "v1.36", AHEAD, "beta planned"),
        ([AT_FREEZE, record(DURING, state(BETA, beta="v1.37"))], "v1.36", AHEAD, "beta slipped v1.37"),
        ([record(DURING, state(BETA, beta="v1.36"))], "v1.36", AHEAD, "beta planned"),
        ([AT_FREEZE], "v1.36", dt.date(2026, 1, 20), "beta planned"),
        ([record(BEFORE, state(ALPHA, alpha="v1.36", beta="v1.39"))], "v1.39", NOW, "beta planned"),
        ([record(BEFORE, state(BETA, beta="v1.37"))], "v1.37", dt.date(2027, 3, 1), "beta planned"),
        ([AT_FREEZE, record(DURING, "deleted")], "v1.36", AHEAD, "beta withdrawn file-deleted"),
    ],
    ids=["frozen", "left", "late", "before-the-freeze", "two-cycles-ahead", "a-day-that-passed", "deleted"],
)
def test_before_the_release_nothing_has_shipped(records: list, release: str, day: dt.date, expected: str) -> None:  # type: ignore[type-arg]
    found = rows(enhancement(*records), release=release, day=day)
    assert ([told(row) for row in found.rows], found.is_out) == ([expected], False)
    assert not any(row.shipped or row.confidence or row.gates for row in found.rows)


def test_the_freeze_is_known_from_its_day_on() -> None:
    freezes = {day: rows(enhancement(AT_FREEZE), day=dt.date(2026, 2, day)).freeze for day in (11, 12)}
    assert freezes == {11: None, 12: dt.date(2026, 2, 12)}


@pytest.mark.parametrize("release", ["v1.98", "v1.99"])
def test_a_release_without_days_has_no_freeze_and_is_not_out(release: str) -> None:
    found = rows(enhancement(AT_FREEZE), release=release)
    assert (found.rows, found.freeze, found.is_out) == ((), None, False)


# --- who says so --------------------------------------------------------------------------------------------------

SAID = OfficialList(stages={BETA: (127,)}, source="https://kubernetes.io/blog/x/", date=NOW)


def test_a_gate_an_official_list_and_a_person_confirm_and_kep_yaml_is_expected() -> None:
    by_hand = record(BEFORE, state(BETA, beta="v1.36"), kind="override")
    found = {
        "gate": rows(enhancement(AT_FREEZE), gates=beta("v1.36")),
        "list": rows(enhancement(AT_FREEZE), official=SAID),
        "both": rows(enhancement(AT_FREEZE), gates=beta("v1.36"), official=SAID),
        "hand": rows(enhancement(by_hand)),
        "file": rows(enhancement(AT_FREEZE)),
        "another stage": rows(enhancement(AT_FREEZE), official=OfficialList(stages={STABLE: (127,)}, source="x")),
    }
    assert {name: (it.rows[0].confidence, it.rows[0].witnesses) for name, it in found.items()} == {
        "gate": ("confirmed", ("gate",)),
        "list": ("confirmed", ("milestone", "official")),
        "both": ("confirmed", ("gate", "official")),
        "hand": ("confirmed", ("override",)),
        "file": ("expected", ("milestone",)),
        "another stage": ("expected", ("milestone",)),
    }


def test_a_gate_that_came_earlier_or_later_than_the_plan_counts() -> None:
    assert [told(it) for it in rows(enhancement(AT_FREEZE), gates=beta("v1.33")).rows] == ["beta again"]
    later = beta("v1.36")
    assert [told(it) for it in rows(enhancement(AT_FREEZE), gates=later, release="v1.35").rows] == []
    early = record("2025-10-01", state(BETA, beta="v1.35"))
    assert [told(it) for it in rows(enhancement(early), gates=later, release="v1.35").rows] == ["beta slipped v1.36"]


def test_an_official_list_never_adds_a_row() -> None:
    idle = enhancement(record(BEFORE, state(ALPHA, alpha="v1.34")))
    assert rows(idle, official=SAID).rows == ()


def test_a_refused_exception_is_never_told_as_shipped_on_kep_yamls_word_alone() -> None:
    assert [told(it) for it in rows(enhancement(AT_FREEZE), refused=[127]).rows] == ["beta slipped exception-refused"]
    proven = rows(enhancement(AT_FREEZE), refused=[127], gates=beta("v1.36"))
    assert [told(it) for it in proven.rows] == ["beta shipped confirmed"]
    moved = enhancement(AT_FREEZE, record(DURING, state(BETA, beta="v1.37")))
    assert [told(it) for it in rows(moved, refused=[127]).rows] == ["beta slipped v1.37 exception-refused"]
    late = enhancement(record(DURING, state(BETA, beta="v1.36")))
    assert rows(late, refused=[127]).rows == ()
    (ahead,) = rows(enhancement(AT_FREEZE), refused=[127], day=AHEAD).rows
    assert told(ahead) == "beta slipped exception-refused"


def test_gates_and_defaults_are_those_of_the_release() -> None:
    (row,) = rows(enhancement(AT_FREEZE), gates=beta("v1.36", default=False)).rows
    (cell,) = row.gates
    assert (row.default, cell.name, cell.stage and cell.stage.default) == (False, "Nap", False)
    until = replace(beta("v1.30"), sources={"website": GateSource(date=NOW, through="v1.35")})
    assert [it.gates for it in rows(enhancement(AT_FREEZE), gates=until).rows] == [()]
    (untold,) = rows(enhancement(AT_FREEZE)).rows
    assert (untold.default, untold.gates) == (None, ())


def test_two_keps_with_one_gate_have_a_row_each() -> None:
    other = enhancement(record(BEFORE, state(BETA, beta="v1.35")), number=128)
    found = rows(enhancement(AT_FREEZE), other, gates=beta("v1.36", keps=(127, 128)))
    assert [(row.number, told(row)) for row in found.rows] == [(127, "beta shipped confirmed")]


def test_totals_count_rows_by_stage_and_outcome() -> None:
    keps = [
        enhancement(*records, number=number)
        for number, (records, _) in enumerate(LIVES.values(), 1)
        if not any(it.gap for it in records)
    ]
    found = rows(*keps)
    assert found.totals[BETA, Outcome.SHIPPED] == len(found.of(Outcome.SHIPPED, stage=BETA)) == 3
    assert found.totals[ALPHA, Outcome.SLIPPED] == 0
    assert sum(found.totals.values()) == len(found.rows)
    assert found.planned_at_freeze[BETA] == 9
    assert found.shipped_numbers[ALPHA] == tuple(it.number for it in found.of(Outcome.SHIPPED, stage=ALPHA))


# --- official lists -----------------------------------------------------------------------------------------------


def test_the_differences_of_an_official_list_are_named() -> None:
    official = OfficialList(stages={STABLE: (24, 127, 99999)}, source="x", claimed={STABLE: 4})
    (found,) = list_differences(official, {STABLE: [127, 128], BETA: [5]}, known=[24, 127, 128])
    assert (found.only_official, found.only_ours, found.unknown, found.uncounted) == ((24,), (128,), (99999,), 1)
    assert list_differences(OfficialList(stages={STABLE: (127,)}, source="x"), {STABLE: [127]}, known=[127]) == ()


def test_a_persons_list_stands_in_place_of_the_announcements() -> None:
    post = OfficialList(stages={STABLE: (1, 2), BETA: (3,)}, source="https://x/", claimed={STABLE: 15, BETA: 1})
    both = post.under(OfficialList(stages={STABLE: (2,)}, source="overrides.yml"))
    assert (both.stages, both.claimed) == ({STABLE: (2,), BETA: (3,)}, {BETA: 1})
    assert post.under(None) is post

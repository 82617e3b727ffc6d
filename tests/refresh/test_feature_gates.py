"""Feature gates in a refresh: joined with every KEP that ever named them, by two witnesses, and nothing is lost."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

import pytest
from neco_weekly.issues.index import build_index
from neco_weekly.lock.store import Lock
from neco_weekly.model.errors import FetchError, NecoError
from neco_weekly.model.gates import GateRecord, GateSnapshot, GateSource, GateStage, WitnessKind
from neco_weekly.model.keps import Snapshot, Stage
from neco_weekly.refresh import Failure, Fetchers, Plan, Report, plan, refresh

from tests.histories import ALPHA, enhancement, record, state
from tests.lock_fixture import TODAY

READ = dt.date(2026, 1, 22)
"""v1.35 was out, v1.36 was not."""

GATES = Plan(gates=True)
SLEEP = enhancement(
    record("2022-01-01", state(ALPHA, alpha="v1.25", gates=("Sleep",))),
    record("2023-01-01", state(ALPHA, alpha="v1.25", gates=("DeepSleep",))),
    number=127,
)
OTHER = enhancement(record("2022-01-01", state(ALPHA, gates=("DeepSleep",))), number=9)
KNOWN = Lock(as_of=TODAY, fetched={127: SLEEP})


def stage(name: Stage, since: str, until: str | None = None, *, on: bool | None = None) -> GateStage:
    return GateStage(stage=name, since=since, until=until, default=on)


def said(*stages: GateStage, removed: bool = False, day: dt.date = READ) -> GateRecord:
    return GateRecord(date=day, path="a.md", stages=stages, removed=removed)


def snapshot(
    gates: Mapping[str, GateRecord], kind: WitnessKind = "website", day: dt.date = READ, **released: str
) -> GateSnapshot:
    days = {name.replace("_", "."): dt.date.fromisoformat(day) for name, day in released.items()}
    through = next(reversed(days), None)
    return GateSnapshot(kind=kind, date=day, gates=gates, released=days, through=through)


def fetchers(
    gates: GateSnapshot | NecoError | None, lists: GateSnapshot | NecoError | None = None, today: dt.date = TODAY
) -> Fetchers:
    def nobody(*_: object) -> object:
        raise AssertionError("nobody is to be asked")

    def answer(said: GateSnapshot | NecoError) -> GateSnapshot:
        if isinstance(said, NecoError):
            raise said
        return said

    return Fetchers(
        repository=lambda: Snapshot(date=TODAY, enhancements={127: SLEEP, 9: OTHER}),
        gates=(lambda: answer(gates)) if gates else None,
        feature_lists=(lambda _: answer(lists)) if lists else None,
        issue=nobody,  # type: ignore[arg-type]
        card=nobody,  # type: ignore[arg-type]
        picture=nobody,  # type: ignore[arg-type]
        archive=nobody,  # type: ignore[arg-type]
        today=lambda: today,
    )


WEBSITE = snapshot(
    {
        "Sleep": said(stage(Stage.ALPHA, "v1.25", "v1.27", on=False), removed=True),
        "DeepSleep": said(stage(Stage.ALPHA, "v1.28", on=False)),
        "Unnamed": said(stage(Stage.BETA, "v1.30", on=True)),
    }
)


def test_gates_are_joined_by_every_name_a_kep_ever_had_and_with_every_kep() -> None:
    lock, report = refresh(KNOWN, GATES, fetchers(WEBSITE))
    assert {name: gate.keps for name, gate in lock.gates.by_name.items()} == {"DeepSleep": (9, 127), "Sleep": (127,)}
    assert lock.gates.sources == {"website": GateSource(date=READ, through="v1.35")}
    assert report.changes[0] == "feature gates: new DeepSleep, Sleep"
    assert lock.fetched is KNOWN.fetched


def test_nothing_new_changes_nothing_however_often_it_is_read() -> None:
    lock, _ = refresh(KNOWN, GATES, fetchers(WEBSITE))
    later = replace(
        WEBSITE,
        date=dt.date(2026, 2, 20),
        gates={name: replace(it, date=dt.date(2026, 2, 20)) for name, it in WEBSITE.gates.items()},
    )
    again, report = refresh(lock, GATES, fetchers(later))
    assert again is lock
    assert report == Report(responses=2)


def test_a_release_since_makes_a_witness_speak_for_it() -> None:
    lock, _ = refresh(KNOWN, GATES, fetchers(WEBSITE))
    again, report = refresh(lock, GATES, fetchers(replace(WEBSITE, date=dt.date(2026, 5, 1))))
    assert again.gates.sources == {"website": GateSource(date=dt.date(2026, 5, 1), through="v1.36")}
    assert report.changes == ["feature gates: kubernetes/website speaks for v1.36 now"]


def test_a_change_of_a_gate_is_told_exactly() -> None:
    lock, _ = refresh(KNOWN, GATES, fetchers(WEBSITE))
    gates = {**WEBSITE.gates, "DeepSleep": said(stage(Stage.BETA, "v1.35", on=False))}
    _, report = refresh(lock, GATES, fetchers(replace(WEBSITE, gates=gates)))
    assert report.changes[0] == "feature gate DeepSleep: beta, off since v1.35"


def test_what_a_witness_no_longer_names_stays_and_is_told() -> None:
    lock, _ = refresh(KNOWN, GATES, fetchers(WEBSITE))
    again, report = refresh(lock, GATES, fetchers(snapshot({"Unnamed": WEBSITE.gates["Unnamed"]})))
    assert again is lock
    message = "kubernetes/website no longer names it; what was known stays"
    assert report.failures == [Failure(what="feature gate DeepSleep", message=message, code="source-gone")]


def test_a_witness_that_cannot_be_reached_keeps_what_was() -> None:
    lock, _ = refresh(KNOWN, GATES, fetchers(WEBSITE))
    again, report = refresh(lock, GATES, fetchers(FetchError("timed out")))
    assert again is lock
    assert [(it.what, it.message) for it in report.failures] == [("feature gates", "timed out")]


def test_a_source_that_is_none_ends_the_refresh() -> None:
    with pytest.raises(NecoError, match="no gates here"):
        refresh(KNOWN, GATES, fetchers(NecoError("no gates here")))


def test_where_the_witnesses_disagree_the_report_says_so_each_time() -> None:
    listed = snapshot({"DeepSleep": said(stage(Stage.ALPHA, "v1.26", on=False))}, "feature-list", v1_35="2025-12-17")
    lock, report = refresh(KNOWN, GATES, fetchers(WEBSITE, listed))
    website, programs = "no such gate in kubernetes/website", "alpha, off in kubernetes/kubernetes"
    told = f"feature gate DeepSleep, v1.26 to v1.27: {website}; {programs}"
    assert report.notes == [told]
    assert lock.gates.by_name["DeepSleep"].first(Stage.ALPHA) == "v1.26", "what the programs print counts"
    again, report = refresh(lock, GATES, fetchers(WEBSITE, listed))
    assert (again is lock, report.notes) == (True, [told])


def test_what_could_not_be_used_as_it_is_of_our_gates_is_told() -> None:
    odd = {
        "content/gates/DeepSleep.md": "its ranges overlap",
        "content/gates/Unnamed.md": "its version is none",
        "v1.34.0:test/list.yaml": "it is no list",
    }
    _, report = refresh(KNOWN, GATES, fetchers(replace(WEBSITE, irregular=odd)))
    assert report.notes == [
        "kubernetes/website, content/gates/DeepSleep.md: its ranges overlap",
        "kubernetes/website, v1.34.0:test/list.yaml: it is no list",
    ]


def test_a_tag_confirms_a_release_that_was_only_scheduled() -> None:
    listed = snapshot(
        {"DeepSleep": said(stage(Stage.ALPHA, "v1.28"))}, "feature-list", v1_36="2026-04-22", v1_37="2026-08-27"
    )
    both = Plan(keps=(127,), gates=True)
    lock, report = refresh(KNOWN, both, fetchers(None, listed, today=dt.date(2026, 9, 1)))
    assert lock.released == {"v1.37": dt.date(2026, 8, 27)}
    assert lock.gates.sources["feature-list"].through == "v1.37"
    assert "v1.37 came out on 2026-08-27" in report.changes
    assert lock.as_of == dt.date(2026, 8, 27), "the day on which it came out is the lock's"
    later = replace(listed, date=dt.date(2026, 9, 9), released={**listed.released, "v1.37": dt.date(2026, 9, 9)})
    again, _ = refresh(lock, both, fetchers(None, later, today=dt.date(2026, 9, 9)))
    assert again is lock, "a day once known stays"


def test_a_tag_of_a_day_to_come_proves_nothing() -> None:
    listed = snapshot({"DeepSleep": said(stage(Stage.ALPHA, "v1.28"))}, "feature-list", v1_40="2099-07-10")
    lock, _ = refresh(KNOWN, Plan(keps=(127,), gates=True), fetchers(None, listed, today=TODAY))
    assert lock.released == {}
    assert lock.as_of == TODAY


def test_a_list_speaks_as_far_as_it_was_read_whatever_tags_there_are() -> None:
    listed = snapshot(
        {"DeepSleep": said(stage(Stage.ALPHA, "v1.28"))}, "feature-list", v1_35="2025-12-17", v1_36="2026-04-22"
    )
    lock, _ = refresh(KNOWN, GATES, fetchers(None, replace(listed, through="v1.35")))
    assert lock.gates.sources["feature-list"].through == "v1.35"


# --- the day of the lock ------------------------------------------------------------------------------------------

STABLE_IN_36 = enhancement(record("2026-02-05", state(Stage.STABLE, beta="v1.30", stable="v1.36")), number=127)
BETA_IN_30 = state(Stage.BETA, beta="v1.30")
BEFORE_36 = Lock(as_of=dt.date(2026, 3, 6), fetched={127: STABLE_IN_36})


def only_keps(today: str) -> Fetchers:
    there = Snapshot(date=dt.date(2026, 4, 30), enhancements={127: STABLE_IN_36})
    return replace(fetchers(None, today=dt.date.fromisoformat(today)), repository=lambda: there)


@pytest.mark.parametrize(
    ("today", "day", "told"),
    [
        pytest.param("2026-03-26", "2026-03-06", [], id="before the release: nothing"),
        pytest.param("2026-04-21", "2026-04-21", [], id="after three quiet weeks the day moves, and that is all"),
        pytest.param("2026-04-22", "2026-04-22", ["KEP-127: stable in v1.36"], id="the day of the release"),
        pytest.param("2026-07-01", "2026-04-22", ["KEP-127: stable in v1.36"], id="a later day: the release's counts"),
    ],
)
def test_a_release_came_out_and_no_file_changed(today: str, day: str, told: list[str]) -> None:
    lock, report = refresh(BEFORE_36, Plan(keps=(127,)), only_keps(today))
    assert (lock.as_of, report.changes) == (dt.date.fromisoformat(day), told)
    assert refresh(lock, Plan(keps=(127,)), only_keps(today))[0] is lock, "and once is enough"


def test_what_is_known_otherwise_of_a_release_before_is_no_news() -> None:
    on_its_day = replace(BEFORE_36, as_of=dt.date(2026, 4, 22))
    corrected = enhancement(*STABLE_IN_36.history, record("2026-04-25", state(Stage.BETA, beta="v1.36")), number=127)
    there = Snapshot(date=dt.date(2026, 4, 30), enhancements={127: corrected})
    _, report = refresh(on_its_day, Plan(keps=(127,)), replace(only_keps("2026-04-30"), repository=lambda: there))
    assert report.changes[-1] == "KEP-127: released stage: stable v1.36 → beta v1.36"


OTHER_IN_36 = enhancement(record("2026-02-05", state(Stage.BETA, alpha="v1.30", beta="v1.36")), number=9)


@pytest.mark.parametrize(
    ("plan", "answers"),
    [
        pytest.param(Plan(keps=(127,)), True, id="one KEP of two"),
        pytest.param(Plan(keps=(9, 127)), False, id="no source answers"),
        pytest.param(Plan(gates=True), True, id="gates alone"),
    ],
)
def test_only_who_read_all_keps_again_goes_past_a_release(plan: Plan, answers: bool) -> None:
    before = replace(BEFORE_36, fetched={127: STABLE_IN_36, 9: OTHER_IN_36})
    slipped = enhancement(
        *OTHER_IN_36.history, record("2026-04-01", state(ALPHA, alpha="v1.30", beta="v1.37")), number=9
    )

    def ask() -> Snapshot:
        if not answers:
            raise FetchError("timed out")
        return Snapshot(date=dt.date(2026, 4, 30), enhancements={127: STABLE_IN_36, 9: slipped})

    lock, report = refresh(before, plan, replace(only_keps("2026-04-30"), repository=ask))
    assert (lock.as_of, report.changes) == (before.as_of, [])
    whole, report = (
        refresh(before, Plan(keps=(9, 127)), replace(only_keps("2026-04-30"), repository=ask))
        if answers
        else (None, report)
    )
    if whole:
        assert whole.as_of == dt.date(2026, 4, 30)
        assert report.changes[-1] == "KEP-127: stable in v1.36"


def test_an_alias_that_was_fetched_before_it_was_one_is_read_with_its_kep() -> None:
    before = replace(BEFORE_36, fetched={127: STABLE_IN_36, 9: OTHER_IN_36}, aliases={9: 127})
    index = build_index([])
    lock, report = refresh(before, plan(index, before, only="keps"), only_keps("2026-04-30"))
    assert (lock.as_of, report.changes) == (dt.date(2026, 4, 22), ["KEP-127: stable in v1.36"])


def test_a_change_of_one_kep_stays_before_a_release_that_nobody_read_for() -> None:
    before = replace(BEFORE_36, fetched={127: STABLE_IN_36, 9: OTHER_IN_36})
    changed = enhancement(
        *OTHER_IN_36.history, record("2026-05-01", state(Stage.BETA, alpha="v1.30", beta="v1.37")), number=9
    )
    there = Snapshot(date=dt.date(2026, 5, 2), enhancements={127: STABLE_IN_36, 9: changed})
    lock, report = refresh(before, Plan(keps=(9,)), replace(only_keps("2026-05-10"), repository=lambda: there))
    assert lock.as_of == dt.date(2026, 4, 21)
    assert [line.partition(":")[0] for line in report.changes] == ["KEP-9"]


def test_changes_are_told_as_of_the_day_that_the_lock_has_then() -> None:
    before = replace(BEFORE_36, fetched={127: replace(STABLE_IN_36, state=BETA_IN_30), 9: OTHER_IN_36})
    new = enhancement(record("2026-02-05", state(Stage.BETA, beta="v1.36")), number=10)
    there = Snapshot(date=dt.date(2026, 5, 2), enhancements={127: STABLE_IN_36, 9: OTHER_IN_36, 10: new})
    ask = replace(only_keps("2026-05-10"), repository=lambda: there)
    lock, report = refresh(before, Plan(keps=(10, 127)), ask)
    assert lock.as_of == dt.date(2026, 4, 21)
    assert report.changes == [
        "KEP-10: new: Support User Namespaces (planned: beta v1.36)",
        "KEP-127: stage beta → stable, planned for v1.36; latest milestone: v1.30 → v1.36; "
        "stable milestone: none → v1.36",
    ]
    lock, report = refresh(before, Plan(keps=(9, 10, 127)), ask)
    assert lock.as_of == dt.date(2026, 5, 2)
    assert [line.partition(";")[0] for line in report.changes] == [
        "KEP-10: new: Support User Namespaces (beta v1.36)",
        "KEP-127: stage beta → stable in v1.36",
        "KEP-9: beta in v1.36",
        "KEP-127: stable in v1.36",
    ]


def test_no_source_speaks_for_a_day_to_come() -> None:
    there = Snapshot(date=dt.date(2030, 1, 1), enhancements={127: STABLE_IN_36})
    fresh, _ = refresh(Lock(), Plan(keps=(127,)), replace(only_keps("2026-05-10"), repository=lambda: there))
    assert fresh.as_of == dt.date(2026, 5, 10)


def test_a_day_that_was_only_planned_moves_nothing() -> None:
    lock = replace(BEFORE_36, as_of=dt.date(2026, 4, 30))
    assert refresh(lock, Plan(keps=(127,)), only_keps("2026-11-29"))[0] is lock


def test_a_lock_of_before_there_were_gates_is_completed() -> None:
    lock, report = refresh(replace(KNOWN, as_of=TODAY), GATES, fetchers(WEBSITE))
    assert lock.gates.by_name.keys() == {"DeepSleep", "Sleep"}
    assert lock.as_of == TODAY
    assert "KEP-127: released stage" not in "".join(report.changes)

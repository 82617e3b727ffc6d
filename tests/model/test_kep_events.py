"""What happened to KEPs as events: tables of histories, and the ids, days and kinds of what they tell."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from neco_weekly.model.exceptions import Decision, ExceptionRequest
from neco_weekly.model.gates import Gates
from neco_weekly.model.kep_events import Event, EventKind, newest_first, numbered
from neco_weekly.model.keps import Record, Status
from neco_weekly.model.plan_events import plan_events
from neco_weekly.model.release_events import exception_events, gate_setback_events, missed_events, shipped_events
from neco_weekly.model.release_rows import Life, rows_of
from neco_weekly.model.releases import load_releases
from neco_weekly.model.setbacks import setbacks

from tests.gate_lines import gate, gates
from tests.histories import ALPHA, BETA, STABLE, USER_NAMESPACES, enhancement, record, state
from tests.lives import lives_of

RELEASES = load_releases()
NOW = dt.date(2026, 7, 24)
BEFORE, AFTER_FREEZE, OUT = "2026-01-10", "2026-03-10", "2026-05-10"
"""Days before the freeze of v1.36 (2026-02-12), between that and the release (2026-04-22), and after the release."""


def life(*records: Record, known: Gates | None = None) -> Life:
    (found,) = lives_of([enhancement(*records)], known or Gates(), RELEASES)
    return found


def plans(*records: Record) -> list[str]:
    """The events of a history after its first record, in short: `plan/beta/v1.36 slipped`."""
    found = [it for it in plan_events(life(*records), RELEASES) if it.kind is not EventKind.NEW]
    short = ((it.id.removeprefix("kep/127/"), it.kind) for it in found)
    return [word if word.startswith(kind) else f"{word} {kind}" for word, kind in short]


FIRST = record(BEFORE, state(BETA, alpha="v1.34", beta="v1.36"))

CHANGED = {
    "nothing but a spelling": (state(BETA, alpha="v1.34", beta="v1.36", raw={"stage": "Beta"}), []),
    "stage": (state(STABLE, alpha="v1.34", beta="v1.36", stable="v1.38"), ["plan/stable/v1.38"]),
    "its release": (state(BETA, alpha="v1.34", beta="v1.35", latest="v1.36"), ["plan/beta/v1.35"]),
    "only the latest": (state(BETA, alpha="v1.34", beta="v1.36", latest="v1.37"), ["again/beta/v1.37"]),
    "a later stage": (state(BETA, alpha="v1.34", beta="v1.36", stable="v1.38"), ["milestone/stable/v1.38"]),
    "a milestone went": (state(BETA, beta="v1.36"), ["milestone/alpha/none"]),
    "status": (state(BETA, Status.IMPLEMENTED, alpha="v1.34", beta="v1.36"), ["status/implemented"]),
    "status and stage": (state(STABLE, Status.IMPLEMENTED, beta="v1.36", stable="v1.38"), ["plan/stable/v1.38"]),
    "closed": (state(None, Status.WITHDRAWN), ["status/withdrawn"]),
    "another SIG": (state(BETA, alpha="v1.34", beta="v1.36", sig=None), ["sig/none other"]),
    "no stage": (state(None, alpha="v1.34", beta="v1.36", latest="v1.36"), ["plan/none/v1.36"]),
}


def test_each_record_is_one_event_told_by_its_greatest_news() -> None:
    found = {name: plans(FIRST, record("2026-02-01", said)) for name, (said, _) in CHANGED.items()}
    assert found == {name: expected for name, (_, expected) in CHANGED.items()}


def test_an_id_of_words_holds_none_of_them() -> None:
    (told,) = plans(FIRST, record("2026-02-01", state(BETA, alpha="v1.34", beta="v1.36", title="../</a>\x00")))
    word, digest, kind = told.replace(" ", "/").split("/")
    assert (word, kind, digest.isalnum(), len(digest)) == ("title", "other", True, 12)


SLIPS = {
    "moved after the freeze": (AFTER_FREEZE, state(BETA, alpha="v1.34", beta="v1.37"), "slipped"),
    "moved before the freeze": ("2026-02-12", state(BETA, alpha="v1.34", beta="v1.37"), "plan"),
    "no release any more": (AFTER_FREEZE, state(BETA, alpha="v1.34"), "slipped"),
    "moved long after the release": (OUT, state(BETA, alpha="v1.34", beta="v1.38"), "slipped"),
    "the next stage after the release": (OUT, state(STABLE, alpha="v1.34", beta="v1.36", stable="v1.38"), "plan"),
    "corrected to an earlier release": (OUT, state(BETA, alpha="v1.34", beta="v1.35"), "plan"),
    "closed": (AFTER_FREEZE, state(BETA, Status.WITHDRAWN, alpha="v1.34", beta="v1.37"), "status"),
}


def test_a_record_that_leaves_what_was_planned_at_the_freeze_is_a_slip() -> None:
    found = {
        name: list(plan_events(life(FIRST, record(day, said)), RELEASES))[-1] for name, (day, said, _) in SLIPS.items()
    }
    assert {name: it.kind for name, it in found.items()} == {name: kind for name, (*_, kind) in SLIPS.items()}
    slip = found["moved after the freeze"]
    assert (slip.stage, slip.release, slip.missed) == (BETA, "v1.37", "v1.36")
    assert found["no release any more"].release is None


def test_a_stage_that_came_after_all_did_not_slip() -> None:
    later = record(OUT, state(BETA, alpha="v1.34", beta="v1.37"))
    came = life(FIRST, later, known=gates(gate("Nap", "alpha 1.34-1.35 off", "beta 1.36 on")))
    assert list(plan_events(came, RELEASES))[-1].kind is EventKind.PLAN


def test_what_was_planned_only_after_the_freeze_does_not_slip() -> None:
    first = record(BEFORE, state(ALPHA, alpha="v1.34"))
    late = record("2026-02-20", state(BETA, alpha="v1.34", beta="v1.36"))
    assert plans(first, late, record(AFTER_FREEZE, state(BETA, alpha="v1.34", beta="v1.37"))) == [
        "plan/beta/v1.36",
        "plan/beta/v1.37",
    ]


def test_what_was_left_and_taken_up_again_before_the_freeze_does_not_slip() -> None:
    there, left = state(BETA, beta="v1.37"), state(BETA, beta="v1.38")
    days = ("2026-05-10", "2026-05-20", "2026-06-01")
    found = plans(*(record(day, said) for day, said in zip(days, (there, left, there), strict=True)))
    assert found == ["plan/beta/v1.38", "plan/beta/v1.37"]


def test_a_plan_slips_once() -> None:
    less = record(AFTER_FREEZE, state(ALPHA, alpha="v1.36"))
    found = plans(FIRST, less, record("2026-03-20", state(ALPHA, alpha="v1.37")))
    assert found == ["plan/alpha/v1.36 slipped", "plan/alpha/v1.37"]


def test_what_only_goes_on_does_not_slip() -> None:
    goes_on = record(BEFORE, state(BETA, beta="v1.33", latest="v1.36"))
    assert plans(goes_on, record(AFTER_FREEZE, state(BETA, latest="v1.37"))) == ["plan/beta/v1.37"]


def test_what_is_merely_seen_for_the_first_time_is_not_new() -> None:
    seen = record(BEFORE, state(ALPHA, alpha="v1.34"), observed=True)
    assert list(plan_events(life(seen), RELEASES)) == []
    (new,) = plan_events(life(FIRST), RELEASES)
    assert (new.id, new.kind, new.day.isoformat()) == ("kep/127/new", "new", BEFORE)


def test_gaps_are_passed_over_and_a_deleted_file_is_told() -> None:
    again = record("2026-03-01", state(BETA, alpha="v1.34", beta="v1.36"))
    moved = record("2026-03-01", state(STABLE, beta="v1.36", stable="v1.38"))
    assert plans(FIRST, record("2026-02-01", "ambiguous"), again) == []
    assert plans(FIRST, record("2026-02-01", "unreadable"), moved) == ["plan/stable/v1.38"]
    respelled = record("2026-03-02", state(BETA, alpha="v1.34", beta="v1.36", raw={"stage": "Beta"}))
    assert plans(FIRST, record("2026-02-01", "deleted"), again, respelled) == ["gone", "back"]
    assert plans(FIRST, record("2026-02-01", "deleted"), moved) == ["gone", "plan/stable/v1.38"]


def test_a_record_without_a_day_is_no_event() -> None:
    nowhen = replace(FIRST, source=replace(FIRST.source, date=None))
    assert list(plan_events(life(nowhen), RELEASES)) == []


# --- ids ----------------------------------------------------------------------------------------------------------


def test_ids_do_not_come_from_days_commits_or_paths() -> None:
    def elsewhere(it: Record) -> Record:
        day = dt.date.fromisoformat(str(it.date)) + dt.timedelta(days=1)
        return replace(it, source=replace(it.source, date=day, commit="f" * 40, pull=None, path="keps/other/kep.yaml"))

    before = [it.id for it in plan_events(life(*USER_NAMESPACES.history), RELEASES)]
    assert [it.id for it in plan_events(life(*map(elsewhere, USER_NAMESPACES.history)), RELEASES)] == before
    assert before[0:3] == ["kep/127/new", "kep/127/plan/alpha/v1.25", "kep/127/plan/beta/v1.30"]


def test_what_is_reached_a_second_time_has_a_number() -> None:
    there, back = state(BETA, beta="v1.40"), state(BETA, beta="v1.39")
    days = ("2026-05-01", "2026-05-02", "2026-05-03", "2026-05-04")
    found = numbered(plan_events(life(*(record(d, s) for d, s in zip(days, (there, back) * 2, strict=True))), RELEASES))
    assert [it.id.removeprefix("kep/127/") for it in found] == [
        "new",
        "plan/beta/v1.39",
        "plan/beta/v1.40",
        "plan/beta/v1.39/2",
    ]


def test_newest_first_has_one_order() -> None:
    events = list(plan_events(life(*USER_NAMESPACES.history), RELEASES))
    assert newest_first(reversed(events)) == newest_first(events)
    assert [it.day for it in newest_first(events)] == sorted((it.day for it in events), reverse=True)


# --- releases -----------------------------------------------------------------------------------------------------


def came(*lines: str) -> list[str]:
    found = shipped_events(life(record(BEFORE, state(ALPHA)), known=gates(gate("Nap", *lines))), RELEASES)
    return [f"{it.id.removeprefix('kep/127/')} {it.kind} {it.day}" for it in found]


def test_what_came_has_the_day_of_its_release() -> None:
    assert came("alpha 1.25-1.29 off", "beta 1.30-1.32 off", "beta 1.33 on") == [
        "shipped/alpha/v1.25 shipped 2022-08-23",
        "shipped/beta/v1.30 shipped 2024-04-17",
        "default/beta/on/v1.33 default 2025-04-23",
    ]


def test_what_went_back_is_a_setback() -> None:
    assert came("beta 1.30-1.32 on", "alpha 1.33-1.34 off", "alpha 1.35 on")[1:] == [
        "shipped/alpha/v1.33 setback 2025-04-23",
        "default/alpha/on/v1.35 default 2025-12-17",
    ]
    assert came("beta 1.30-1.32 on", "beta 1.33 off")[1:] == ["default/beta/off/v1.33 setback 2025-04-23"]


def test_stage_without_a_release_is_no_event_of_a_release() -> None:
    found = life(record(BEFORE, state(STABLE, Status.IMPLEMENTED)))
    assert found.shipping.entries
    assert list(shipped_events(found, RELEASES)) == []


def test_a_gates_setback_is_told_unless_its_kep_tells_of_it() -> None:
    rows = setbacks((), gates(gate("Nap", "beta 1.30-1.32 on", "alpha 1.33 off", keps=(127, 128))))
    (event,) = gate_setback_events(rows, set(), RELEASES)
    assert (event.id, event.keps, event.stage, event.before) == ("gate/Nap/stage-back/v1.33", (127, 128), ALPHA, BETA)
    assert list(gate_setback_events(rows, {(128, dt.date(2025, 4, 23))}, RELEASES)) == []


def test_what_did_not_come_is_told_with_the_release_once_that_is_out() -> None:
    known = gates(gate("Nap", "alpha 1.34 off"))
    left = record(AFTER_FREEZE, state(BETA, alpha="v1.34"))
    lives = lives_of([enhancement(FIRST, left)], known, RELEASES)
    out, before = dt.date(2026, 4, 22), dt.date(2026, 4, 21)
    (event,) = missed_events(rows_of("v1.36", lives, known, RELEASES, out), out)
    assert (event.id, event.day, event.missed) == ("kep/127/missed/beta/v1.36", out, "v1.36")
    assert list(missed_events(rows_of("v1.36", lives, known, RELEASES, before), out)) == []


REQUESTS: dict[str, tuple[tuple[str | None, str | None, Decision], list[str]]] = {
    "asked and granted": (("2026-02-14", "2026-02-16", "approved"), ["asked 2026-02-14", "approved 2026-02-16"]),
    "on one day": (("2026-02-14", "2026-02-14", "approved"), ["approved 2026-02-14"]),
    "pending": (("2026-02-14", None, "pending"), ["asked 2026-02-14"]),
    "a word that nobody knows": (("2026-02-14", "2026-02-16", "unknown"), ["asked 2026-02-14"]),
    "decided, nobody says when": (("2026-02-14", None, "rejected"), ["rejected 2026-02-14"]),
    "no day": ((None, None, "approved"), []),
}


def day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def exceptions(requested: str | None, reviewed: str | None, decision: Decision) -> list[str]:
    request = ExceptionRequest(
        kep=127,
        freeze="code",
        decision=decision,
        requested=day(requested),
        reviewed=day(reviewed),
    )
    found: list[Event] = list(exception_events("v1.36", [request]))
    assert all(it.id.startswith("kep/127/exception/v1.36/code/") for it in found)
    return [f"{it.id.rpartition('/')[2]} {it.day}" for it in found]


def test_exceptions_are_told_when_asked_for_and_when_decided() -> None:
    found = {name: exceptions(*said) for name, (said, _) in REQUESTS.items()}
    assert found == {name: expected for name, (_, expected) in REQUESTS.items()}


def test_categories() -> None:
    shipped = {it for it in EventKind if it.category == "shipped"}
    assert shipped == {EventKind.SHIPPED, EventKind.DEFAULT, EventKind.SETBACK, EventKind.MISSED}


def test_what_was_planned_on_its_day_is_told_from_what_was_written_later() -> None:
    later = record(OUT, state(BETA, alpha="v1.34", beta="v1.35"))
    found = list(plan_events(life(FIRST, record("2026-02-01", state(BETA, beta="v1.37")), later), RELEASES))
    assert [(it.release, it.is_ahead) for it in found] == [("v1.36", True), ("v1.37", True), ("v1.35", False)]

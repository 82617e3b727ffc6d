"""What happened to a KEP in words: a line for each kind of event, in both languages."""

from __future__ import annotations

import datetime as dt
from typing import Any

from neco_weekly.display.event_words import event_text
from neco_weekly.display.words import load_strings
from neco_weekly.model.exceptions import Decision, ExceptionRequest
from neco_weekly.model.history import Difference
from neco_weekly.model.kep_events import Event, EventKind
from neco_weekly.model.keps import Stage

JA, EN = load_strings("ja"), load_strings("en")

ALPHA, BETA, STABLE = Stage.ALPHA, Stage.BETA, Stage.STABLE


def event(kind: EventKind, **facts: Any) -> Event:
    return Event(id="kep/127/x", day=dt.date(2026, 2, 1), kind=kind, keps=(127,), **facts)


def changed(**fields: tuple[str | None, str | None]) -> tuple[Difference, ...]:
    names = {name: name.replace("__", ".") for name in fields}
    return tuple(Difference(field=names[name], before=old, after=new) for name, (old, new) in fields.items())


def request(decision: Decision) -> ExceptionRequest:
    return ExceptionRequest(kep=127, freeze="code", decision=decision)


TO_STABLE = changed(stage=("beta", "stable"), milestones__stable=(None, "v1.38"))
AFTER = changed(stage=("alpha", "beta"), milestones__alpha=("v1.34", None))
MOVED = changed(milestones__beta=("v1.36", "v1.37"))
SLIP = {"stage": BETA, "missed": "v1.36"}
GATE = {"gate": "Nap", "before": BETA, "release": "v1.33"}
ASKED, DECIDED = EventKind.ASKED, EventKind.DECIDED

TOLD = {
    "new KEP": event(EventKind.NEW),
    "new KEP, planned: alpha v1.38": event(EventKind.NEW, stage=ALPHA, release="v1.38", is_ahead=True),
    "planned: stable v1.38 (before: beta)": event(
        EventKind.PLAN, stage=STABLE, release="v1.38", is_ahead=True, differences=TO_STABLE
    ),
    "planned: beta v1.37 (before: v1.36)": event(
        EventKind.PLAN, stage=BETA, release="v1.37", is_ahead=True, differences=MOVED
    ),
    "kep.yaml now says beta v1.35 (before: alpha v1.34)": event(
        EventKind.PLAN, stage=BETA, release="v1.35", differences=AFTER
    ),
    "planned: beta, no release named": event(EventKind.PLAN, stage=BETA),
    "no stage planned (before: beta)": event(EventKind.PLAN, differences=changed(stage=("beta", None))),
    "planned to go on as beta in v1.37": event(EventKind.AGAIN, stage=BETA, release="v1.37", is_ahead=True),
    "kep.yaml now says that it went on as beta in v1.35": event(EventKind.AGAIN, stage=BETA, release="v1.35"),
    "planned for later: beta v1.37 (before: v1.36)": event(
        EventKind.MILESTONE, stage=BETA, release="v1.37", differences=MOVED
    ),
    "stable no longer planned": event(EventKind.MILESTONE, stage=STABLE),
    "status now withdrawn (before: provisional)": event(
        EventKind.STATUS, differences=changed(status=("provisional", "withdrawn"))
    ),
    "status now implementable": event(EventKind.STATUS, differences=changed(status=(None, "implementable"))),
    "no status any more": event(EventKind.STATUS, differences=changed(status=("provisional", None))),
    "beta slipped from v1.36, now planned for v1.37": event(EventKind.SLIPPED, release="v1.37", is_ahead=True, **SLIP),
    "beta had slipped from v1.36 to v1.37": event(EventKind.SLIPPED, release="v1.37", **SLIP),
    "beta slipped from v1.36, to no release named": event(EventKind.SLIPPED, **SLIP),
    "its kep.yaml is gone": event(EventKind.GONE),
    "its kep.yaml is back": event(EventKind.BACK),
    "title now <b>{x} (before: A)": event(EventKind.OTHER, differences=changed(title=("A", "<b>{x}"))),
    "exception from the code freeze of v1.36 asked for": event(ASKED, release="v1.36", request=request("approved")),
    "exception from the code freeze of v1.36 approved": event(DECIDED, release="v1.36", request=request("approved")),
    "exception from the code freeze of v1.36 rejected": event(DECIDED, release="v1.36", request=request("rejected")),
    "removed from v1.36 after the code freeze": event(DECIDED, release="v1.36", request=request("removed")),
    "stable in v1.36": event(EventKind.SHIPPED, stage=STABLE, release="v1.36"),
    "beta in v1.36, off by default": event(EventKind.SHIPPED, stage=BETA, release="v1.36", default=False),
    "on by default since v1.36, still beta": event(EventKind.DEFAULT, stage=BETA, release="v1.36", default=True),
    "off by default again since v1.36, still beta": event(
        EventKind.SETBACK, stage=BETA, before=BETA, release="v1.36", default=False
    ),
    "back from beta to alpha in v1.36": event(EventKind.SETBACK, stage=ALPHA, before=BETA, release="v1.36"),
    "gate Nap removed in v1.33, as beta": event(EventKind.SETBACK, **GATE),
    "gate Nap off by default again since v1.33": event(EventKind.SETBACK, stage=BETA, **GATE),
    "gate Nap back from beta to alpha in v1.33": event(EventKind.SETBACK, stage=ALPHA, **GATE),
    "planned as beta for v1.36, and no source says that it came": event(EventKind.MISSED, **SLIP),
}


def test_each_kind_is_told() -> None:
    assert [event_text(it, EN) for it in TOLD.values()] == list(TOLD)
    assert {it.kind for it in TOLD.values()} == set(EventKind)


def test_no_two_of_them_are_told_alike_in_japanese_either() -> None:
    told = [event_text(it, JA) for it in TOLD.values()]
    assert len(set(told)) == len(told)
    assert event_text(TOLD["stable in v1.36"], JA) == "v1.36 で stable"

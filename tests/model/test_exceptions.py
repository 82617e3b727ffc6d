"""Exceptions: decisions in several spellings, and which request says that a KEP did not come."""

from __future__ import annotations

import datetime as dt

from neco_weekly.model.exceptions import Decision, ExceptionRequest, Freeze, decision_of, freeze_of, refused
from neco_weekly.model.release_facts import KnownReleases, ReleaseFacts


def request(decision: Decision, day: int = 1, kep: int = 127, freeze: Freeze = "code") -> ExceptionRequest:
    return ExceptionRequest(kep=kep, freeze=freeze, decision=decision, requested=dt.date(2026, 3, day))


def test_spellings_of_a_decision() -> None:
    words = ("Approved", " denied ", "REJECTED", "not  approved", "removed", "Withdrawn.", "", "TBD", "aproved", "x")
    decided = "approved rejected rejected rejected removed removed pending pending unknown unknown"
    assert [decision_of(it) for it in words] == decided.split()


def test_names_of_freezes() -> None:
    names = ("enhancementFreeze", "Enhancements Freeze", "codeFreeze", "code_freeze_exceptions", "docsFreeze", "lunch")
    assert [freeze_of(it) for it in names] == ["enhancements", "enhancements", "code", "code", "docs", "other"]


def test_the_last_decision_counts_and_what_nobody_decided_does_not() -> None:
    rejected, later = request("rejected"), request("approved", 2)
    assert refused([rejected], 127) == rejected
    assert refused([later, rejected], 127) is None
    assert refused([request("approved"), request("removed", 2)], 127) == request("removed", 2)
    assert refused([rejected, request("pending", 3), request("unknown", 4)], 127) == rejected
    assert refused([rejected], 128) is None


def test_requests_under_several_numbers_are_one_list() -> None:
    own, under_alias = request("approved"), request("rejected", kep=5109)
    facts = {
        "v1.35": ReleaseFacts(exceptions=(own,)),
        "v1.36": ReleaseFacts(exceptions=(under_alias, request("removed", kep=9))),
    }
    found = KnownReleases(by_name=facts).exceptions_of((127, 5109))
    assert found == (("v1.36", under_alias), ("v1.35", own))

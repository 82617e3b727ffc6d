"""The releases of a lock on its day: which have a page, which are supported, and who counts for their rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import replace
from typing import Any

import pytest
from neco_weekly.lock.kep_as_of import KepsAsOf
from neco_weekly.lock.overrides import Override
from neco_weekly.lock.releases_as_of import ReleasesAsOf, releases_of
from neco_weekly.lock.store import Lock
from neco_weekly.model.exceptions import ExceptionRequest
from neco_weekly.model.keps import Enhancement, Stage
from neco_weekly.model.official_lists import OfficialList
from neco_weekly.model.release_facts import KnownReleases, ReleaseFacts
from neco_weekly.model.releases import load_releases

from tests.gate_lines import gate, gates
from tests.histories import ALPHA, BETA, STABLE, enhancement, record, state

NOW = dt.date(2026, 5, 10)
"""A day after v1.36 (2026-04-22) and before the freeze of v1.37."""


def kep(number: int, stage: Stage, **milestones: Any) -> Enhancement:
    return enhancement(record("2026-01-10", state(stage, **milestones)), number=number)


def releases(*keps: Enhancement, public: Collection[int] | None = None, **said: Any) -> ReleasesAsOf:
    lock = Lock(as_of=NOW, fetched={it.number: it for it in keps}, **said)
    return ReleasesAsOf(KepsAsOf(lock, replace(load_releases(), ends={})), public)


def test_a_release_has_a_page_where_its_freeze_is_known_or_a_plan_is_for_it() -> None:
    keps = kep(1, BETA, alpha="v1.12", beta="v1.36", stable="v1.40"), kep(2, ALPHA, alpha="v1.19")
    assert releases(*keps).names == ("v1.36", "v1.40")


def test_a_release_of_which_nothing_but_its_days_is_known_has_no_page() -> None:
    asked = ReleaseFacts(exceptions=(ExceptionRequest(kep=9, freeze="code", decision="pending"),))
    listed = ReleaseFacts(official=OfficialList(stages={STABLE: (9,)}, source="post.md"))
    known = {"v1.30": asked, "v1.31": listed, "v1.32": ReleaseFacts(exceptions=()), "v1.19": listed}
    assert releases(known_releases=KnownReleases(by_name=known)).names == ("v1.30", "v1.31")


def test_releases_are_worked_out_once_for_all_who_ask() -> None:
    keps = KepsAsOf(Lock(as_of=NOW, others={1: kep(1, BETA, beta="v1.36")}), load_releases())
    assert releases_of(keps) is releases_of(keps, [])
    assert releases_of(keps).names == ("v1.36",)


def test_of_a_lock_without_the_others_each_is_told_what_is_public_for_it() -> None:
    keps = KepsAsOf(Lock(as_of=NOW, fetched={1: kep(1, BETA, beta="v1.36")}), load_releases())
    assert releases_of(keps).names == ("v1.36",)
    assert releases_of(keps, []).names == ()


def test_kep_that_no_issue_mentions_counts_in_a_release() -> None:
    found = releases(kep(1, BETA, beta="v1.36"), others={2: kep(2, STABLE, stable="v1.36")}).rows("v1.36")
    assert found.shipped_numbers[BETA] == (1,)
    assert found.shipped_numbers[STABLE] == (2,)


def test_gate_that_went_back_is_told_where_one_of_its_keps_counts() -> None:
    """A lock without the others may hold a KEP, and its gates, for an issue that is not public yet."""
    back = ("beta 1.30-1.33 on", "alpha 1.34 off")
    known = gates(gate("Seen", *back, keps=(1, 2)), gate("Hidden", *back, keps=(2,)), gate("Alone", *back, keps=()))
    keps = (kep(1, ALPHA, alpha="v1.30"), kep(2, ALPHA, alpha="v1.30"))
    assert [it.gate for it in releases(*keps, public=(1,), gates=known).setbacks] == ["Alone", "Seen"]
    assert [it.gate for it in releases(*keps, gates=known).setbacks] == ["Alone", "Seen", "Hidden"]


def test_word_of_a_person_says_what_came_with_a_release() -> None:
    by_hand = Override(number=1, stage=STABLE, latest_milestone="v1.36")
    found = releases(kep(1, BETA, beta="v1.35"), overrides={1: by_hand}).rows("v1.36").rows
    assert [(it.stage, it.confidence, it.witnesses) for it in found] == [(STABLE, "confirmed", ("override",))]


ENDS: dict[str, tuple[dict[str, str], tuple[str, ...]]] = {
    "no end is named": ({}, ("v1.34", "v1.35", "v1.36")),
    "one has ended": ({"v1.34": "2026-05-09"}, ("v1.35", "v1.36")),
    "it ends today": ({"v1.34": "2026-05-10"}, ("v1.34", "v1.35", "v1.36")),
    "one lasts longer": ({"v1.33": "2026-06-28"}, ("v1.33", "v1.34", "v1.35", "v1.36")),
}


@pytest.mark.parametrize("name", ENDS)
def test_supported_are_the_newest_three_where_no_source_names_an_end(name: str) -> None:
    ends, expected = ENDS[name]
    facts = {release: ReleaseFacts(end_of_support=dt.date.fromisoformat(day)) for release, day in ends.items()}
    assert releases(known_releases=KnownReleases(by_name=facts)).supported == expected


def test_without_the_others_only_what_is_public_counts() -> None:
    keps = [kep(1, BETA, beta="v1.36"), kep(2, BETA, beta="v1.36")]
    others = {3: kep(3, BETA, beta="v1.36")}
    found = [releases(*keps, public=[1], **said).rows("v1.36") for said in ({}, {"others": others})]
    assert [it.shipped_numbers[BETA] for it in found] == [(1,), (1, 2, 3)]


def test_refusal_counts_under_any_number_and_not_for_documentation() -> None:
    asked = (
        ExceptionRequest(kep=1, freeze="docs", decision="rejected"),
        ExceptionRequest(kep=2, freeze="code", decision="rejected"),
    )
    known = KnownReleases(by_name={"v1.36": ReleaseFacts(exceptions=asked)})
    found = releases(kep(1, BETA), kep(3, BETA), aliases={2: 3}, known_releases=known)
    assert [found.refusal("v1.36", number) for number in (1, 2, 3)] == [None, asked[1], asked[1]]


def test_events_are_none_of_days_to_come_and_none_twice() -> None:
    """A release team may mistype a year; and a request may name a KEP by another number."""
    asked = [
        ExceptionRequest(kep=9, freeze="code", decision="pending", requested=day)
        for day in (dt.date(2026, 3, 20), dt.date(2026, 3, 21), dt.date(2027, 3, 20))
    ]
    hidden = ExceptionRequest(kep=3, freeze="code", decision="pending", requested=dt.date(2026, 3, 20))
    known = KnownReleases(by_name={"v1.36": ReleaseFacts(exceptions=(*asked, hidden))})
    found = releases(kep(1, BETA, alpha="v1.34", beta="v1.36"), known_releases=known, aliases={9: 1}).events
    assert [f"{it.id} {it.day}" for it in found] == [
        "kep/1/shipped/beta/v1.36 2026-04-22",
        "kep/1/exception/v1.36/code/asked/2 2026-03-21",
        "kep/1/exception/v1.36/code/asked 2026-03-20",
        "kep/1/new 2026-01-10",
        "kep/1/shipped/alpha/v1.34 2025-08-27",
    ]


def test_setback_of_a_kep_is_not_told_again_as_its_gates() -> None:
    known = gates(gate("Nap", "beta 1.30-1.33 on", "alpha 1.34 off", keps=(1,)))
    found = releases(kep(1, ALPHA, alpha="v1.30"), gates=known).events
    assert [it.id for it in found if it.kind == "setback"] == ["kep/1/shipped/alpha/v1.34"]

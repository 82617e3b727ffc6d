"""Official lists and removed APIs in a refresh: into the lock, beside ours, and what is told of the differences."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

import pytest
from neco_weekly.lock.overrides import Override
from neco_weekly.lock.releases_json import releases_from_dict, releases_to_dict
from neco_weekly.lock.store import Lock, load_lock, save_lock
from neco_weekly.model.errors import FetchError, NecoError
from neco_weekly.model.gates import FeatureGate, GateRecord, Gates, GateSource, GateStage
from neco_weekly.model.keps import Stage
from neco_weekly.model.official_lists import OfficialList, ReleasePost
from neco_weekly.model.release_facts import KnownReleases, ReleaseFacts
from neco_weekly.model.removed_apis import DeprecationGuide
from neco_weekly.refresh import Fetchers, Plan, Report, join, refresh
from neco_weekly.sources.announcements.guide import read_guide

from tests.announcements import GUIDE
from tests.histories import BETA, STABLE, enhancement, record, state

DAY = dt.date(2026, 7, 24)
KEPS = {
    127: enhancement(record("2026-01-01", state(STABLE, beta="v1.30", stable="v1.36"))),
    128: enhancement(record("2026-01-01", state(STABLE, beta="v1.30", stable="v1.36")), number=128),
    129: enhancement(record("2026-01-01", state(BETA, beta="v1.30")), number=129),
}
LOCK = Lock(as_of=DAY, fetched=KEPS)
LIST = OfficialList(stages={STABLE: (127, 129, 5109)}, claimed={STABLE: 4}, source="https://kubernetes.io/x/", date=DAY)
REMOVED = DeprecationGuide(date=DAY, removals=tuple(read_guide(GUIDE).removals))


def nobody(*_: object) -> NoReturn:
    raise AssertionError("nobody is to be asked")


def asked(lock: Lock, plan: Plan, **answers: object) -> tuple[Lock, Report]:
    ask = {"issue": nobody, "card": nobody, "picture": nobody, "archive": nobody, "today": lambda: DAY, **answers}
    return refresh(lock, plan, Fetchers(**ask))  # type: ignore[arg-type]


def read_post(lock: Lock, official: OfficialList = LIST) -> tuple[Lock, Report]:
    return asked(lock, Plan(posts=("post.md",)), post=lambda _: ReleasePost(release="v1.36", official=official))


def test_an_official_list_stands_in_the_lock_and_differences_are_named() -> None:
    lock, report = read_post(LOCK)
    assert lock.official("v1.36") == LIST
    assert lock.fetched == LOCK.fetched
    assert report.changes == ["v1.36: 3 KEPs stable by https://kubernetes.io/x/"]
    assert report.notes == [
        "v1.36, stable: the official list counts 1 more than it names",
        "v1.36, stable: the official list has what the lock does not know: KEP-5109",
        "v1.36, stable: only the official list has: KEP-129",
        "v1.36, stable: the official list does not have: KEP-128",
    ]
    again, repeated = read_post(lock)
    assert (again, repeated.changes) == (lock, [])


def test_an_alias_of_the_official_list_is_the_kep_it_stands_for() -> None:
    lock, report = read_post(replace(LOCK, aliases={5109: 128}))
    official = lock.official("v1.36")
    assert official
    assert official.stages == {STABLE: (127, 128, 129)}
    assert not any("does not know" in it for it in report.notes)


def test_a_persons_word_wins_and_stays_beside_what_was_read() -> None:
    by_hand = OfficialList(stages={STABLE: (127, 128)}, source="overrides.yml")
    lock, report = read_post(replace(LOCK, official_lists={"v1.36": by_hand}))
    official = lock.official("v1.36")
    assert official
    assert (official.stages, official.source, report.notes) == ({STABLE: (127, 128)}, "overrides.yml", [])
    assert lock.known_releases.by_name["v1.36"].official == LIST
    assert replace(LOCK, official_lists={"v1.30": by_hand}).official("v1.30") == by_hand
    assert LOCK.official("v1.30") is None


def test_differences_are_those_to_the_rows_that_pages_show() -> None:
    """A person's word stands above a gate there, so it does here."""
    off = GateStage(stage=BETA, since="v1.30", default=False)
    gate = FeatureGate(name="Nap", keps=(128,), records={"website": GateRecord(date=DAY, path="Nap.md", stages=(off,))})
    gates = Gates(by_name={"Nap": gate}, sources={"website": GateSource(date=DAY, through="v1.36")})
    by_hand = {128: Override(number=128, stage=STABLE, latest_milestone="v1.36")}
    _, gate_counts = read_post(replace(LOCK, gates=gates))
    _, person_counts = read_post(replace(LOCK, gates=gates, overrides=by_hand))
    only_ours = "v1.36, stable: the official list does not have: KEP-128"
    assert [only_ours in it.notes for it in (gate_counts, person_counts)] == [False, True]


def test_a_post_keeps_the_days_of_its_release() -> None:
    days = ReleaseFacts(release=DAY)
    lock, _ = read_post(replace(LOCK, known_releases=KnownReleases(by_name={"v1.36": days})))
    assert lock.known_releases.by_name == {"v1.36": replace(days, official=LIST)}


def test_a_post_that_cannot_be_reached_is_a_failure_and_one_that_is_none_an_error() -> None:
    def fail(error: NecoError) -> object:
        def post(_: str) -> NoReturn:
            raise error

        return post

    lock, report = asked(LOCK, Plan(posts=("x",)), post=fail(FetchError("https://x/: no answer")))
    assert (lock, [it.message for it in report.failures]) == (LOCK, ["https://x/: no answer"])
    with pytest.raises(NecoError, match="no list"):
        asked(LOCK, Plan(posts=("x",)), post=fail(NecoError("post.md: it has no list")))


# --- removed APIs -------------------------------------------------------------------------------------------------


def guided(lock: Lock, guide: DeprecationGuide = REMOVED) -> tuple[Lock, Report]:
    return asked(lock, Plan(releases=True), removed_apis=lambda: guide)


def test_removed_apis_go_into_the_lock_and_a_day_alone_is_no_change() -> None:
    lock, report = guided(LOCK)
    assert lock.known_releases.removed_apis == REMOVED
    assert report.changes == [f"removed APIs: 8 new or changed in the deprecation guide of {DAY}"]
    later, repeated = guided(lock, replace(REMOVED, date=DAY + dt.timedelta(days=1)))
    assert (later, repeated.changes) == (lock, [])


def test_guide_is_of_another_day_once_a_release_came_out_and_keeps_what_could_not_be_read() -> None:
    """A page says of a release that came out after that day that nothing is known."""
    before, _ = guided(LOCK, replace(REMOVED, date=dt.date(2025, 12, 16)))
    for told in (
        replace(REMOVED, date=dt.date(2025, 12, 17)),  # v1.35
        replace(REMOVED, date=dt.date(2025, 12, 16), irregular=(("v1.25 X", "why"),)),
    ):
        after, report = guided(before, told)
        assert after.known_releases.removed_apis == told
        assert report.changes == [f"removed APIs: 0 new or changed in the deprecation guide of {told.date}"]
        assert report.notes == [f"removed APIs, {place}: {why}" for place, why in told.irregular]


def test_a_repository_without_a_guide_is_told_and_what_was_known_stays() -> None:
    def none() -> NoReturn:
        raise NecoError("website has no guide")

    lock, _ = guided(LOCK)
    after, report = asked(lock, Plan(releases=True), removed_apis=none)
    assert (after, report.notes, report.failures) == (lock, ["website has no guide"], [])


# --- the file -----------------------------------------------------------------------------------------------------

FULL = guided(read_post(LOCK)[0])[0]


def test_the_lock_is_read_as_it_was_saved(tmp_path: Path) -> None:
    save_lock(FULL, tmp_path)
    assert load_lock(tmp_path).known_releases == FULL.known_releases
    assert releases_from_dict(releases_to_dict(FULL.known_releases)) == FULL.known_releases
    assert save_lock(load_lock(tmp_path), tmp_path) is False


def test_what_two_refreshes_read_at_once_is_joined() -> None:
    mine, _ = read_post(LOCK)
    theirs, _ = guided(LOCK)
    joined, kept = join(LOCK, mine, theirs)
    assert (joined.known_releases, kept) == (FULL.known_releases, [])
    other = replace(LIST, stages={Stage.STABLE: (128,)})
    both, told = join(LOCK, mine, read_post(LOCK, other)[0])
    assert both.official("v1.36") == other
    assert told == ["Kubernetes 1.36: official was also changed in the lock meanwhile, and stays as it is there"]

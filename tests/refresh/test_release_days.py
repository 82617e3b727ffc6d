"""Days of Kubernetes releases in a refresh: on top of our own table, and nothing known is lost."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from neco_weekly.lock.store import Lock
from neco_weekly.model.errors import FetchError, NecoError
from neco_weekly.model.exceptions import ExceptionRequest
from neco_weekly.model.release_facts import KnownReleases, ReleaseFacts, ReleaseReading
from neco_weekly.model.releases import Releases, load_releases
from neco_weekly.refresh import Fetchers, Plan, Report, join, refresh

from tests.lock_fixture import TODAY

DAYS = Plan(releases=True)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def request(kep: int = 127) -> ExceptionRequest:
    return ExceptionRequest(kep=kep, freeze="code", decision="rejected", requested=day("2027-03-18"))


TEAM = ReleaseReading(
    kind="sig-release",
    date=day("2027-03-20"),
    releases={
        "v1.39": ReleaseFacts(
            enhancements_freeze=day("2027-02-11"),
            code_freeze=day("2027-03-17"),
            planned=day("2027-04-21"),
            exceptions=(request(9), request()),
        )
    },
    irregular=("releases/release-1.39/README.md:3: docs freeze: 'TBD' names no day of the calendar",),
)

WEBSITE = ReleaseReading(
    kind="website",
    date=day("2027-04-23"),
    releases={"v1.39": ReleaseFacts(release=day("2027-04-22"), end_of_support=day("2028-06-28"))},
)


def fetchers(team: ReleaseReading | NecoError | None, website: ReleaseReading | NecoError | None = None) -> Fetchers:
    def answer(it: ReleaseReading | NecoError) -> ReleaseReading:
        if isinstance(it, NecoError):
            raise it
        return it

    def never(*_: object) -> None:
        raise AssertionError

    return Fetchers(
        sig_release=(lambda _: answer(team)) if team else None,
        release_days=(lambda: answer(website)) if website else None,
        issue=never,  # type: ignore[arg-type]
        card=never,  # type: ignore[arg-type]
        picture=never,  # type: ignore[arg-type]
        archive=never,
        today=lambda: TODAY,
    )


def read(team: ReleaseReading | NecoError | None, website: ReleaseReading | NecoError | None = None) -> Lock:
    return refresh(Lock(), DAYS, fetchers(team, website))[0]


def dated(lock: Lock) -> Releases:
    return lock.dated(load_releases())


def test_what_came_is_told_and_again_nothing_is_new() -> None:
    lock, report = refresh(Lock(), DAYS, fetchers(TEAM, WEBSITE))
    assert report.changes == [
        "v1.39: enhancements freeze 2027-02-11",
        "v1.39: code freeze 2027-03-17",
        "v1.39: planned release 2027-04-21",
        "v1.39: release 2027-04-22",
        "v1.39: end of support 2028-06-28",
        "v1.39: KEP-9 asked for an exception from the code freeze: rejected",
        "v1.39: KEP-127 asked for an exception from the code freeze: rejected",
    ]
    assert report.notes == [*TEAM.irregular]
    later = replace(TEAM, date=day("2027-05-01"))
    again, report = refresh(lock, DAYS, fetchers(later, replace(WEBSITE, date=day("2027-05-01"))))
    assert again is lock
    assert report.changes == []


def test_a_plan_is_no_release_and_the_websites_day_is_one_when_it_has_come() -> None:
    planned = dated(read(TEAM))
    assert (planned.day("v1.39"), planned.is_out("v1.39", None)) == (day("2027-04-21"), False)
    assert planned.freezes["v1.39"].code == day("2027-03-17")
    out = dated(read(TEAM, WEBSITE))
    assert (out.day("v1.39"), out.is_out("v1.39", day("2027-04-22"))) == (day("2027-04-22"), True)
    assert out.ends == {**load_releases().ends, "v1.39": day("2028-06-28")}
    early = dated(read(TEAM, replace(WEBSITE, date=day("2027-04-20"))))
    assert (early.day("v1.39"), early.is_out("v1.39", None)) == (day("2027-04-22"), False)


def test_a_day_that_our_table_has_seen_and_one_of_a_person_stay() -> None:
    wrong = replace(WEBSITE, releases={"v1.32": ReleaseFacts(release=day("2025-12-11"))})
    lock, report = refresh(Lock(), DAYS, fetchers(None, wrong))
    assert dated(lock).day("v1.32") == day("2024-12-11")
    assert report.notes == ["v1.32: the website says that it came out on 2025-12-11; 2024-12-11 of our table counts"]
    by_hand = load_releases({"1.39": "2027-04-23"})
    assert read(TEAM, WEBSITE).dated(by_hand).day("v1.39") == day("2027-04-23")


def test_without_sources_the_table_remains() -> None:
    lock, report = refresh(Lock(), DAYS, fetchers(FetchError("no network"), FetchError("no network")))
    assert (lock, dated(lock)) == (Lock(), load_releases())
    assert [it.what for it in report.failures] == ["schedules of releases", "days of releases"]
    assert report.nothing_fetched


def test_what_a_source_no_longer_says_stays() -> None:
    lock = read(TEAM, WEBSITE)
    half = ReleaseFacts(code_freeze=day("2027-03-18"), exceptions=(request(9),))
    reading = replace(TEAM, releases={"v1.39": half, "v1.40": ReleaseFacts()})
    changed, report = refresh(lock, DAYS, fetchers(replace(reading, partial=frozenset({"v1.39"}))))
    facts = changed.known_releases.by_name["v1.39"]
    assert report.changes == ["v1.39: code freeze 2027-03-18 (before: 2027-03-17)"]
    assert (facts.enhancements_freeze, facts.release) == (day("2027-02-11"), day("2027-04-22"))
    assert facts.exceptions is not None
    assert sorted(it.kep for it in facts.exceptions) == [9, 127]
    assert "v1.40" not in changed.known_releases.by_name
    # Read whole, a request is gone when it went: its number may have been wrong.
    corrected, _ = refresh(lock, DAYS, fetchers(reading))
    assert corrected.known_releases.by_name["v1.39"].exceptions == (request(9),)


def test_what_others_wrote_meanwhile_is_joined_day_by_day() -> None:
    base, mine = Lock(), read(TEAM)
    theirs = Lock(known_releases=KnownReleases(by_name={"v1.39": ReleaseFacts(code_freeze=day("2027-03-16"))}))
    lock, kept = join(base, mine, theirs)
    facts = lock.known_releases.by_name["v1.39"]
    assert (facts.code_freeze, facts.planned) == (day("2027-03-16"), day("2027-04-21"))
    assert kept == ["Kubernetes 1.39: code_freeze was also changed in the lock meanwhile, and stays as it is there"]
    assert join(base, mine, base) == (mine, [])


def test_nothing_is_asked_where_nothing_is_planned() -> None:
    assert refresh(Lock(), Plan(), fetchers(NecoError("asked"))) == (Lock(), Report())

"""What a refresh does with pictures that issues show from other hosts: copies kept, failures counted, nothing lost."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from neco_weekly.issues.index import build_index
from neco_weekly.lock.store import Lock
from neco_weekly.model.cards import CardPicture, Failures, RemotePicture
from neco_weekly.model.days import beginning_of
from neco_weekly.model.issues import Issue
from neco_weekly.refresh import Plan, Report, merge_answers, plan, refresh, unknown
from neco_weekly.refresh.visits import Visits

from tests.lock_fixture import TODAY
from tests.refresh.test_refresh import TOMORROW, Outside

A, B = "https://a.jp/1.png", "https://b.jp/1.png"


def copy(url: str = A, name: str = "a") -> CardPicture:
    return CardPicture(url=url, file=f"{name * 20}.webp", width=800, height=450)


KEPT = RemotePicture(url=A, copy=copy(), fetched=TODAY)
KNOWN = Lock(pictures={A: KEPT})
SHOWN = build_index(
    [
        Issue(
            path="issues/a.md",
            title="",
            date=TODAY,
            number=None,
            images=((A, 1), ("//B.jp:443/1.png#only-dark", 2), ("/images/a.png", 3), ("a.png", 4), (A + "#x", 5)),
        )
    ]
)


def refreshed(lock: Lock, *urls: str, **pictures: CardPicture) -> tuple[Lock, Report]:
    outside = Outside(pictures={A: pictures["a"]} if pictures else {})
    return refresh(lock, Plan(pictures=urls), outside.fetchers)


def test_pictures_of_other_hosts_are_asked_for_once_each() -> None:
    assert plan(SHOWN, Lock()).pictures == (A, B)
    assert plan(SHOWN, Lock(), only="cards").pictures == (A, B)
    assert plan(SHOWN, Lock(), only="keps").pictures == ()
    assert len(plan(SHOWN, Lock())) == 2


@pytest.mark.parametrize(
    ("known", "asked"),
    [
        pytest.param({}, (A, B), id="nothing known"),
        pytest.param({A: KEPT}, (B,), id="a copy"),
        pytest.param({A: replace(KEPT, failures=Failures(count=9, gone=9, last="404", date=TODAY))}, (B,), id="failed"),
        pytest.param(
            {B: RemotePicture(url=B, failures=Failures(count=3, gone=3, last="404", date=TODAY))}, (A,), id="gone"
        ),
        pytest.param(
            {B: RemotePicture(url=B, failures=Failures(count=3, gone=2, last="404", date=TODAY))}, (A, B), id="failing"
        ),
    ],
)
def test_what_has_a_copy_is_not_missing(known: dict[str, RemotePicture], asked: tuple[str, ...]) -> None:
    assert unknown(plan(SHOWN, Lock()), Lock(pictures=known)).pictures == asked


def test_a_new_picture() -> None:
    lock, report = refreshed(Lock(), A, a=copy())
    assert lock == Lock(pictures={A: replace(KEPT, fetched=TOMORROW)})
    assert report == Report(changes=[f"{A}: new: copy of the picture, 800×450 pixels"], responses=1)


def test_the_same_picture_changes_nothing_at_all() -> None:
    lock, report = refreshed(KNOWN, A, a=copy())
    assert lock is KNOWN
    assert report == Report(responses=1)


def test_another_picture_at_the_address() -> None:
    lock, report = refreshed(KNOWN, A, a=copy(name="b"))
    assert lock.pictures[A] == RemotePicture(url=A, copy=copy(name="b"), fetched=TOMORROW)
    assert report.changes == [f"{A}: another copy of the picture, 800×450 pixels"]


def test_one_that_fails_keeps_its_copy_and_is_noted_once() -> None:
    lock, _ = refreshed(KNOWN, A)
    lock, report = refreshed(lock, A)
    failures = Failures(count=1, last="unreadable", date=TOMORROW)
    assert lock.pictures[A] == replace(KEPT, failures=failures)
    (failure,) = report.failures
    assert (failure.what, failure.message) == (A, "this is no picture; the copy of before stays")
    lock, _ = refreshed(lock, A, a=copy())
    assert lock == KNOWN


def test_what_else_the_lock_knows_stays() -> None:
    lock, _ = refreshed(KNOWN, B)
    assert lock.pictures[A] == KEPT
    assert lock.pictures[B].failures == Failures(count=1, last="unreadable", date=TOMORROW)


def test_a_preview_takes_copies_and_no_failures() -> None:
    found = Lock(pictures={A: KEPT, B: RemotePicture(url=B, failures=Failures(count=1, last="404", date=TODAY))})
    assert merge_answers(Lock(), Plan(pictures=(A, B)), found) == KNOWN


def test_a_copy_is_fresh_for_a_while() -> None:
    before, after = beginning_of(TODAY) - dt.timedelta(days=1), beginning_of(TODAY) + dt.timedelta(days=1)
    failing = Lock(pictures={A: replace(KEPT, failures=Failures(count=1, last="404", date=TODAY))})
    later, now = after + dt.timedelta(days=1), after + dt.timedelta(days=2)
    assert Visits().is_fresh(A, KNOWN, since=before, now=now)
    assert not Visits().is_fresh(A, KNOWN, since=after, now=now)
    assert Visits({A: later}).is_fresh(A, KNOWN, since=after, now=now)
    assert not Visits().is_fresh(A, failing, since=before, now=now)
    assert not Visits().is_fresh(A, Lock(pictures={A: RemotePicture(url=A)}), since=before, now=now)


def test_a_visit_and_a_copy_of_a_day_to_come_count_as_none() -> None:
    """By a clock that was wrong: else such a page would not be read again for years."""
    now = beginning_of(TODAY) - dt.timedelta(days=1)
    since = now - dt.timedelta(days=30)
    assert not Visits({A: now + dt.timedelta(days=300)}).is_fresh(A, KNOWN, since=since, now=now)
    assert Visits({A: now}).is_fresh(A, KNOWN, since=since, now=now)

"""What a refresh does with cards that cannot be fetched: kept, and counted by days, no further than needed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import pytest
from neco_weekly.lock.store import Lock
from neco_weekly.model.cards import Card, CardPicture, Failures, RemotePicture
from neco_weekly.model.errors import FailureCode, FetchError, NecoError
from neco_weekly.refresh import Plan, Report, refresh

from tests.lock_fixture import TODAY
from tests.refresh.test_cards import BUSY, NO_HOST, NOT_FOUND, SLOW, WHOLE, failed, refreshed
from tests.refresh.test_refresh import KNOWN, TOMORROW, A, B, Outside, card, page

FORBIDDEN = FetchError("x", status=403)
GONE = FetchError("x", status=410)
STAND_IN = FetchError("x", code=FailureCode.STAND_IN)
Answer = tuple[int, NecoError]
"""The day of a refresh, counted from a first day, and what came instead of a page."""


def day(number: int) -> dt.date:
    return TODAY + dt.timedelta(days=number)


def failing(answers: Sequence[Answer]) -> tuple[Lock, Report]:
    """Refresh a known card so often; another page answers, so that the network is there."""
    lock, report = KNOWN, Report()
    for number, error in answers:
        fetchers = replace(Outside(pages={A: error, B: page(B, "新")}).fetchers, today=partial(day, number))
        lock, report = refresh(lock, Plan(cards=(A, B)), fetchers)
    return lock, report


def refreshed_on(number: int, lock: Lock, error: FetchError) -> tuple[Lock, Report]:
    fetchers = replace(Outside(pages={A: error, B: page(B, "新")}).fetchers, today=lambda: day(number))
    return refresh(lock, Plan(cards=(A, B)), fetchers)


def test_a_card_that_cannot_be_fetched_keeps_what_was_known() -> None:
    lock, report = refreshed(KNOWN, {A: BUSY, B: page(B, "新")}, A, B)
    assert lock.cards == {
        A: replace(card(A, "題"), failures=failed()),
        B: card(B, "新", fetched=TOMORROW),
    }
    assert [(it.what, it.message) for it in report.failures] == [(A, "answered 503")]
    assert report.changes == [f"{B}: new: 新"]
    assert not report.nothing_fetched


def test_a_page_that_never_answered_is_known_by_its_failures_alone() -> None:
    lock, report = refreshed(Lock(), {A: SLOW}, A)
    assert lock.cards == {A: Card(url=A, failures=failed(last="timeout"))}
    assert report.changes == []
    assert report.nothing_fetched


def test_a_run_in_which_everything_fails_leaves_all_that_is_shown() -> None:
    lock, _ = refreshed(Lock(cards={A: WHOLE}), {A: NOT_FOUND}, A)
    assert replace(lock.cards[A], failures=None) == WHOLE


CASES = {
    "three days": ([(1, NOT_FOUND), (2, NOT_FOUND), (3, NOT_FOUND)], (3, 3, 3, "404"), "; the link is dead"),
    "410": ([(1, GONE), (2, GONE), (3, GONE)], (3, 3, 3, "410"), "; the link is dead"),
    "no such host": ([(1, NO_HOST), (2, NO_HOST), (3, NO_HOST)], (3, 3, 3, "dns"), "; the link is dead"),
    "three runs in a minute": ([(1, NOT_FOUND)] * 3, (1, 1, 1, "404"), ""),
    "two days, often": ([(1, NOT_FOUND)] * 2 + [(2, GONE)] * 3, (2, 2, 2, "410"), "; so on 2 days, and dead after 3"),
    "after the third day": ([(at, NOT_FOUND) for at in range(1, 9)], (3, 3, 3, "404"), "; the link is dead"),
    "weeks between": ([(1, NOT_FOUND), (8, NOT_FOUND), (15, NOT_FOUND)], (3, 3, 15, "404"), "; the link is dead"),
    "a timeout behind a death": ([(1, GONE), (2, GONE), (3, GONE), (4, SLOW)], (3, 3, 3, "410"), "; the link is dead"),
    "busy once": ([(1, BUSY)], (1, 0, 1, "503"), ""),
    "busy for a week": ([(at, BUSY) for at in range(1, 9)], (1, 0, 1, "503"), f"; no good answer since {day(1)}"),
    "slow, then busy": ([(1, SLOW), (2, BUSY), (2, FORBIDDEN)], (1, 0, 1, "timeout"), f" since {day(1)}"),
    "a stand-in is no death": ([(at, STAND_IN) for at in range(1, 9)], (1, 0, 1, "stand-in"), f"since {day(1)}"),
    "gone between": ([(1, NOT_FOUND), (2, BUSY), (3, NOT_FOUND), (4, SLOW), (5, NO_HOST)], (3, 3, 5, "dns"), "is dead"),
    "noted, then gone on one day": ([(1, BUSY), (1, NOT_FOUND), (1, NOT_FOUND)], (2, 1, 1, "404"), ""),
    "the resolver has no answer": ([(at, FetchError("x", code=FailureCode.NO_DNS)) for at in (1, 2)],
                                   (1, 0, 1, "no-dns"), f"; no good answer since {day(1)}"),
}  # fmt: skip


def test_days_are_counted_and_no_further_than_a_decision_needs() -> None:
    wrong = {}
    for name, (answers, (count, gone, date, last), end) in CASES.items():
        lock, report = failing(answers)
        expected = Failures(count=count, gone=gone, last=last, date=day(date))
        if lock.cards[A].failures != expected or not report.failures[0].message.endswith(end):
            wrong[name] = lock.cards[A].failures, report.failures[0].message
    assert wrong == {}


@pytest.mark.parametrize("error", [NOT_FOUND, BUSY, SLOW, NO_HOST])
def test_a_second_refresh_of_the_day_changes_nothing_at_all(error: FetchError) -> None:
    once, _ = failing([(1, error)])
    again, report = refreshed_on(1, once, error)
    assert again is once
    assert len(report.failures) == 1


@pytest.mark.parametrize("error", [NOT_FOUND, BUSY])
def test_a_lock_of_an_older_version_is_no_further_counted(error: FetchError) -> None:
    known = Failures(count=9, gone=4, last="503", date=TODAY)
    dead = replace(KNOWN, cards={A: replace(card(A, "題"), archive=A, failures=known)})
    lock, report = refreshed(dead, {A: error}, A)
    assert lock is dead
    assert report.failures[0].message.endswith("; the link is dead")


def test_pictures_are_counted_as_cards_are() -> None:
    lock, seen = Lock(), []
    for number, error in [(1, NOT_FOUND), (1, NOT_FOUND), (2, BUSY), (3, NOT_FOUND), (4, NOT_FOUND), (5, NOT_FOUND)]:
        before = lock

        def picture(url: str, kind: str, error: FetchError = error) -> CardPicture:
            raise error

        fetchers = replace(Outside().fetchers, picture=picture, today=partial(day, number))
        lock, report = refresh(lock, Plan(pictures=(A,)), fetchers)
        seen.append((lock is before, report.failures[0].message))
    assert seen == [
        (False, "answered 404 Not Found"),
        (True, "answered 404 Not Found"),
        (True, f"{A} answered 503".removeprefix(f"{A} ") + f"; no good answer since {day(1)}"),
        (False, "answered 404 Not Found; so on 2 days, and dead after 3"),
        (False, "answered 404 Not Found; it is gone"),
        (True, "answered 404 Not Found; it is gone"),
    ]
    assert lock.pictures == {A: RemotePicture(url=A, failures=failed(count=3, gone=3, last="404", date=day(4)))}


def test_an_answer_ends_the_row_of_failures() -> None:
    known = replace(KNOWN, cards={A: replace(card(A, "題"), failures=failed(count=7, gone=7))})
    lock, report = refreshed(known, {A: page(A, "題")}, A)
    assert lock.cards == KNOWN.cards
    assert report.changes == []


@pytest.mark.parametrize("code", [FailureCode.DNS, FailureCode.NO_DNS])
def test_a_machine_without_a_network_is_no_news(code: FailureCode) -> None:
    lock, report = refreshed(KNOWN, {A: NO_HOST, B: FetchError("x", code=code)}, A, B)
    assert lock is KNOWN
    assert [it.what for it in report.failures] == [A, B]
    assert report.nothing_fetched


@pytest.mark.parametrize("other", [SLOW, FetchError("x", code=FailureCode.CONNECTION)])
def test_while_nothing_is_reachable_no_host_is_gone(other: FetchError) -> None:
    lock, _ = refreshed(KNOWN, {A: NO_HOST, B: other}, A, B)
    assert [it.failures and it.failures.gone for it in lock.cards.values()] == [0, 0]


@pytest.mark.parametrize(
    "answer", [BUSY, FetchError(f"{B} has no title"), FetchError("x", code=FailureCode.CERTIFICATE)]
)
def test_one_that_answers_in_any_way_shows_that_the_network_is_there(answer: FetchError) -> None:
    lock, _ = refreshed(KNOWN, {A: NO_HOST, B: answer}, A, B)
    assert [it.failures and it.failures.gone for it in lock.cards.values()] == [1, 0]

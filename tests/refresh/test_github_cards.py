"""What a refresh keeps of GitHub's pages: today's facts on top of what is known of the past, lines of code."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from neco_weekly.lock.store import Lock
from neco_weekly.model.extraction import Extraction
from neco_weekly.model.github import Code, GitHubFacts, GitHubState, Moment
from neco_weekly.refresh import join

from tests.refresh.test_cards import refreshed
from tests.refresh.test_refresh import KNOWN, TOMORROW, A, page

DAY = dt.date(2022, 8, 26)
OPEN = GitHubFacts(kind="issue", created=dt.date(2022, 8, 1), past={DAY: Moment(state=GitHubState.OPEN, labels=())})
CODE = Code(first=1, last=1, lines=("x",))


def known(facts: GitHubFacts, *, code: Code | None = None) -> Lock:
    return replace(KNOWN, cards={A: replace(KNOWN.cards[A], github=facts, code=code)})


def said(facts: GitHubFacts | None) -> dict[str, Extraction]:
    return {A: replace(page(A, "題"), github=facts)}


def test_what_became_of_it_is_told_and_the_past_stays() -> None:
    lock, report = refreshed(known(OPEN), said(replace(OPEN, closed=TOMORROW, past={})), A)
    assert lock.cards[A].github == replace(OPEN, closed=TOMORROW)
    assert lock.cards[A].fetched == TOMORROW
    assert lock.cards[A].changed is None
    assert report.changes == [f"{A}: 題 (open → closed)"]


def test_without_an_answer_everything_stays() -> None:
    before = known(OPEN, code=CODE)
    assert refreshed(before, said(None), A)[0] is before


def test_the_same_answer_is_no_change() -> None:
    before = known(replace(OPEN, kind="repository", seen_archived=DAY))
    lock, report = refreshed(
        before, said(GitHubFacts(kind="repository", created=OPEN.created, seen_archived=TOMORROW)), A
    )
    assert (lock, report.changes) == (before, [])


def test_two_refreshes_at_once_keep_what_each_has_found() -> None:
    early, late = dt.date(2022, 9, 2), dt.date(2022, 9, 9)
    mine = replace(OPEN, past={**OPEN.past, early: Moment(state=GitHubState.OPEN)})
    theirs = replace(OPEN, closed=late, past={**OPEN.past, late: Moment(state=GitHubState.CLOSED)})
    joined, kept = join(known(OPEN), known(mine), known(theirs))
    assert joined.cards[A].github == replace(theirs, past={**mine.past, **theirs.past})
    assert kept == []

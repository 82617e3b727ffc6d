"""Things of GitHub on a past day and today: what days tell, what only a moment tells, and what nobody knows."""

from __future__ import annotations

import datetime as dt
from typing import Any

from neco_weekly.model.github import GitHubFacts, GitHubState, Moment, Standing

DAY = dt.date(2022, 8, 26)
EVE, NEXT = DAY - dt.timedelta(days=1), DAY + dt.timedelta(days=1)
OLD, NEW = dt.date(2020, 1, 1), dt.date(2026, 3, 2)


def issue(**values: Any) -> GitHubFacts:
    return GitHubFacts(**{"kind": "issue", "created": OLD, **values})


def repository(**values: Any) -> GitHubFacts:
    return GitHubFacts(**{"kind": "repository", **values})


def told(facts: GitHubFacts) -> tuple[str | None, str]:
    """What a reader of the day's issue is told: then, where that differs, and now."""

    def words(standing: Standing) -> str:
        return " ".join(filter(None, (standing.state, standing.release, standing.milestone)))

    then = facts.before(DAY)
    return (words(then) if then else None), words(facts.today)


MOMENT = Moment(state=GitHubState.OPEN, labels=(), milestone="v1.25")
UNKNOWN = Moment(state=GitHubState.OPEN)
WAS_CLOSED = {DAY: Moment(state=GitHubState.CLOSED, labels=())}
V1, V131 = {DAY: Moment(release="v1")}, {DAY: Moment(release="v1.31")}

TOLD: list[tuple[str, GitHubFacts, tuple[str | None, str]]] = [
    ("open and open", issue(), (None, "open")),
    ("closed since", issue(closed=NEXT), ("open", "closed")),
    ("closed on the day itself", issue(closed=DAY), (None, "closed")),
    ("opened on the day itself", issue(created=DAY, closed=NEW), ("open", "closed")),
    ("not there yet", issue(created=NEXT, closed=NEW), (None, "closed")),
    ("not planned", issue(closed=NEW, not_planned=True), ("open", "not_planned")),
    ("merged since", issue(kind="pull", closed=NEW, merged=NEW), ("open", "merged")),
    ("merged before", issue(kind="pull", closed=EVE, merged=EVE), (None, "merged")),
    ("a draft today, by days alone", issue(kind="pull", draft=True), (None, "draft")),
    ("a draft then", issue(kind="pull", past={DAY: Moment(state=GitHubState.DRAFT, labels=())}), ("draft", "open")),
    ("closed then, and opened again", issue(past=WAS_CLOSED), ("closed", "open")),
    ("another milestone", issue(milestone="v1.26", past={DAY: MOMENT}), ("open v1.25", "open v1.26")),
    ("the same milestone", issue(milestone="v1.25", past={DAY: MOMENT}), (None, "open v1.25")),
    ("a milestone of today alone", issue(milestone="v1.26"), (None, "open v1.26")),
    ("too many events", issue(milestone="v1.26", past={DAY: UNKNOWN}), (None, "open v1.26")),
    ("another day's moment", issue(milestone="v1.26", past={EVE: MOMENT}), (None, "open v1.26")),
    ("a closed thing's milestone", issue(closed=EVE, milestone="v1.26", past=WAS_CLOSED), (None, "closed v1.26")),
    ("a newer release", repository(release="v1.36", past=V131), ("v1.31", "v1.36")),
    ("archived since", repository(archived=NEW, release="v1.31", past=V131), ("v1.31", "archived v1.31")),
    ("archived before", repository(archived=EVE, release="v1.31", past=V131), (None, "archived v1.31")),
    ("found archived since, nobody knows when", repository(seen_archived=NEW), (None, "archived")),
    ("releases nobody knows of then", repository(release="v1.36"), (None, "v1.36")),
    ("published after the day", repository(kind="release", created=NEXT, release="v2", past=V1), (None, "v2")),
    ("a release", repository(kind="release", created=OLD, prerelease=True), (None, "prerelease")),
]  # fmt: skip


def test_then_and_now() -> None:
    assert {name: told(facts) for name, facts, _ in TOLD} == {name: expected for name, _, expected in TOLD}


def test_without_a_day_there_is_no_then() -> None:
    assert issue(closed=NEXT).before(None) is None


def test_labels_are_those_of_the_day() -> None:
    then = issue(past={DAY: Moment(state=GitHubState.OPEN, labels=("kind/bug",))}).on(DAY)
    assert then
    assert then.labels == ("kind/bug",)
    unknown = issue(past={DAY: UNKNOWN}).on(DAY)
    assert unknown
    assert unknown.labels == ()


class TestJoining:
    """What is known of the past stays, what is so today is today's word."""

    def test_the_past_stays(self) -> None:
        new = issue(closed=NEW, past={NEXT: UNKNOWN})
        assert new.joined(issue(milestone="v1.25", past={DAY: MOMENT})) == issue(
            closed=NEW, past={DAY: MOMENT, NEXT: UNKNOWN}
        )

    def test_the_first_day_on_which_it_was_found_archived_stays(self) -> None:
        assert repository(seen_archived=NEW).joined(repository(seen_archived=EVE)).seen_archived == EVE

    def test_a_day_that_its_page_names_is_better(self) -> None:
        assert repository(archived=EVE).joined(repository(seen_archived=NEW)) == repository(archived=EVE)
        assert repository(seen_archived=NEW).joined(repository(archived=EVE)) == repository(archived=EVE)

    def test_a_release_that_today_could_not_be_asked_for_stays(self) -> None:
        old = repository(release="v1", released=EVE)
        assert repository().joined(old) == old
        assert repository(release="v2", released=NEW).joined(old).released == NEW

    def test_what_is_no_longer_archived(self) -> None:
        assert repository().joined(repository(archived=EVE)) == repository()

    def test_another_kind_of_thing_has_another_past(self) -> None:
        assert repository().joined(issue(past={DAY: MOMENT})) == repository()

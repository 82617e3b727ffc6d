"""The refresh of watched repositories: what is new, what moved or is gone, and a server that wants patience."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import NoReturn

import pytest
from neco_weekly.grammar.topics_file import TopicsFile
from neco_weekly.issues.index import Index
from neco_weekly.lock.store import Lock
from neco_weekly.model.cards import Failures
from neco_weekly.model.errors import FailureCode, FetchError
from neco_weekly.model.topics import Topic
from neco_weekly.model.watched import Release, ReleaseFeed, WatchedRepository, newest_first
from neco_weekly.refresh import Fetchers, Only, Plan, Report, plan, refresh

DAY = dt.date(2022, 9, 1)
NONE = FetchError("https://github.com/a/tool/releases.atom answered 404 Not Found", status=404)
SLOW = FetchError("https://github.com/a/tool/releases.atom answered 429 Too Many Requests", status=429)
TIMEOUT = FetchError("it took too long", code=FailureCode.TIMEOUT)


def feed(*tags: str, **more: object) -> ReleaseFeed:
    """A feed of releases, each a day before the one before it."""
    days = {tag: DAY - dt.timedelta(days=number) for number, tag in enumerate(tags)}
    found = newest_first(it for tag, day in days.items() if (it := Release.of(tag, day)))
    return replace(ReleaseFeed(releases=found), **more)  # type: ignore[arg-type]


@dataclass
class Feeds:
    """Feeds by repository, and whom a refresh asked."""

    answers: Mapping[str, ReleaseFeed | FetchError]
    today: dt.date = DAY
    asked: list[str] = field(default_factory=list)

    def _read(self, name: str) -> ReleaseFeed:
        self.asked.append(name)
        answer = self.answers[name]
        if isinstance(answer, FetchError):
            raise answer
        return answer

    def refresh(self, lock: Lock) -> tuple[Lock, Report]:
        def never(*_: object) -> NoReturn:
            pytest.fail("nobody else is asked")

        fetchers = Fetchers(
            issue=never, card=never, picture=never, archive=never, release_feed=self._read, today=lambda: self.today
        )
        return refresh(lock, Plan(watched=tuple(self.answers)), fetchers)


def lines(report: Report) -> list[str]:
    return list(report.lines())


def test_what_is_new_is_a_line_and_a_second_refresh_finds_nothing() -> None:
    first, report = Feeds({"a/tool": feed("v1.1.0", "v1.0.0"), "b/none": feed()}).refresh(Lock())
    assert lines(report) == [
        "a/tool: is watched now; v1.1.0 (2022-09-01), v1.0.0 (2022-08-31)",
        "b/none: is watched now, and has no release",
    ]
    feeds = Feeds({"A/Tool": feed("v1.2.0", "v1.1.1", "v1.0.9", "v1.0.8", "v1.1.0", "v1.0.0"), "b/none": feed()})
    second, report = feeds.refresh(first)
    assert lines(report) == ["a/tool: v1.2.0 (2022-09-01), v1.1.1 (2022-08-31), v1.0.9 (2022-08-30) and 1 more"]
    third, report = feeds.refresh(second)
    assert third is second
    assert lines(report) == []
    assert not report.nothing_fetched


def test_a_repository_that_has_moved_is_told_until_somebody_writes_it() -> None:
    moved = Feeds({"old/tool": feed("v1.0.0", moved_to="new/tool")})
    lock, report = moved.refresh(Lock())
    told = "to know: old/tool: its address leads to new/tool; write that as `repo` in topics.yml"
    assert lines(report)[1:] == ["old/tool: has moved to new/tool", told]
    again, report = moved.refresh(lock)
    assert (again, lines(report)) == (lock, [told])
    back, _ = Feeds({"old/tool": feed("v1.0.0")}).refresh(lock)
    assert back.watched["old/tool"].moved_to is None


def test_what_was_known_under_the_old_name_is_known_under_the_new_one() -> None:
    lock, _ = Feeds({"old/tool": feed("v1.0.0", moved_to="New/Tool")}).refresh(Lock())
    both, _ = Feeds({"old/tool": feed("v1.0.0", moved_to="New/Tool"), "new/tool": feed("v1.1.0")}).refresh(lock)
    assert sorted(both.watched) == ["new/tool", "old/tool"]
    alone, report = Feeds({"new/tool": feed("v1.1.0", "v1.0.0")}).refresh(lock)
    assert list(alone.watched) == ["new/tool"]
    assert [it.tag for it in alone.watched["new/tool"].releases] == ["v1.1.0", "v1.0.0"]
    assert lines(report) == ["new/tool: is watched now; v1.1.0 (2022-09-01), v1.0.0 (2022-09-01)"]


def test_one_that_is_gone_is_counted_by_days_and_keeps_its_releases() -> None:
    lock, _ = Feeds({"a/tool": feed("v1.0.0")}).refresh(Lock())
    told, failures = [], []
    for days in (0, 0, 1, 2, 3):
        lock, report = Feeds({"a/tool": NONE}, today=DAY + dt.timedelta(days=days)).refresh(lock)
        told += lines(report)
        known = lock.watched["a/tool"]
        failures.append((known.failures and known.failures.gone, known.is_dead))
    assert [it.tag for it in lock.watched["a/tool"].releases] == ["v1.0.0"]
    assert failures == [(1, False), (1, False), (2, False), (3, True), (3, True)]
    said = "not fetched: a/tool: https://github.com/a/tool/releases.atom answered 404 Not Found"
    gone = "; there is no such repository any more, correct `repo` in topics.yml; its releases stay"
    assert told == [said, said, said, said + gone, said + gone]
    lock, report = Feeds({"a/tool": feed("v1.0.0")}).refresh(lock)
    assert lock.watched["a/tool"].failures is None
    assert lines(report) == ["a/tool: can be read again"]


def test_what_may_pass_is_told_and_changes_nothing() -> None:
    lock, _ = Feeds({"a/tool": feed("v1.0.0")}).refresh(Lock())
    after, report = Feeds({"a/tool": TIMEOUT, "b/tool": TIMEOUT}).refresh(lock)
    assert after is lock
    assert lines(report) == ["not fetched: a/tool: it took too long", "not fetched: b/tool: it took too long"]
    assert report.nothing_fetched


def test_a_server_that_wants_patience_is_left_alone() -> None:
    """Whatever else was under way and was told so too, one failure says it."""
    feeds = Feeds(dict.fromkeys((f"a/tool-{number:03}" for number in range(300)), SLOW))
    lock, report = feeds.refresh(Lock())
    assert lock == Lock()
    assert len(report.failures) == 1
    assert len(feeds.asked) < 100
    (note,) = report.notes
    assert note == "the server asks for patience: 299 feeds of releases are left for another day"


def test_notes_of_a_feed_name_the_repository() -> None:
    _, report = Feeds({"a/tool": feed("v1.0.0", notes=("says so",))}).refresh(Lock())
    assert lines(report)[1:] == ["to know: a/tool: its feed says so"]


def test_a_feed_that_begins_after_what_was_known_may_lack_something() -> None:
    lock, _ = Feeds({"a/tool": feed("v1.0.0")}).refresh(Lock())
    second, report = Feeds({"a/tool": feed("v1.9.0", "v1.8.0")}).refresh(lock)
    between = "v1.0.0 (2022-09-01) and v1.8.0 (2022-08-31)"
    assert report.notes == [f"a/tool: its feed is too short to tell what came out between {between}"]
    assert [it.tag for it in second.watched["a/tool"].releases] == ["v1.9.0", "v1.0.0", "v1.8.0"]


# --- the plan -------------------------------------------------------------------------------------------------------

TOPICS = TopicsFile(
    topics=(
        Topic(slug="tool", name="Tool", repo="b/Tool"),
        Topic(slug="ssa", name="Server-Side Apply", kind="technique"),
        Topic(slug="other", name="Other", repo="a/other"),
    )
)
DEAD = Failures(count=3, gone=3, last="404", date=DAY)
KNOWN = {
    "b/tool": WatchedRepository(name="b/tool", failures=DEAD),
    "d/before": WatchedRepository(name="d/before"),
    "d/moved": WatchedRepository(name="d/moved", moved_to="e/moved"),
    "d/dead": WatchedRepository(name="d/dead", failures=DEAD),
}


@pytest.mark.parametrize(
    ("only", "missing", "watched"),
    [
        (None, False, ("a/other", "b/Tool", "c/more", "d/before")),
        ("topics", False, ("a/other", "b/Tool", "c/more", "d/before")),
        ("cards", False, ()),
        (None, True, ("a/other", "c/more")),
    ],
)
def test_repositories_of_topics_those_named_beside_and_those_of_before_are_watched(
    only: Only | None, missing: bool, watched: tuple[str, ...]
) -> None:
    lock = Lock(topics=TOPICS, watched=KNOWN)
    made = plan(Index(issues=()), lock, only=only, missing=missing, watched=["c/more", "A/Other"])
    assert (tuple(map(str.lower, made.watched)), len(made)) == (tuple(map(str.lower, watched)), len(watched))
    if only == "topics":
        assert made == Plan(watched=made.watched)

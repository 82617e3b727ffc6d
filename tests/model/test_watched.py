"""Watched repositories: what a feed adds to what was known, and what came out since a release that was reported."""

from __future__ import annotations

import datetime as dt

import pytest
from neco_weekly.model.cards import Failures
from neco_weekly.model.news import news_of
from neco_weekly.model.watched import (
    Release,
    ReleaseFeed,
    WatchedRepository,
    newest_first,
    releases_between,
    with_feed,
)

DAY = dt.date(2022, 8, 1)


def released(*tags: str, every: int = 1) -> tuple[Release, ...]:
    """Releases that came out one after another from the first of August 2022 on; `every` days."""
    days = {tag: DAY + dt.timedelta(days=every * number) for number, tag in enumerate(tags)}
    return newest_first(it for tag, day in days.items() if (it := Release.of(tag, day)))


def repository(*tags: str, name: str = "example/tool") -> WatchedRepository:
    return WatchedRepository(name=name, releases=released(*tags))


def tags(repository: WatchedRepository) -> list[str]:
    return [it.tag for it in repository.releases]


def test_the_newest_is_first_and_of_a_day_the_highest_version() -> None:
    assert [it.tag for it in released("v1.9.1", "v1.10.0", "v1.9.2", every=0)] == ["v1.10.0", "v1.9.2", "v1.9.1"]
    assert [it.tag for it in released("v1.10.0", "v1.9.2")] == ["v1.9.2", "v1.10.0"]


def test_a_day_that_is_known_stays_and_a_good_answer_ends_failures() -> None:
    failures = Failures(count=1, gone=1, last="404", date=DAY)
    known = WatchedRepository(
        name="example/tool", releases=released("v1.0.0"), moved_to="other/tool", failures=failures
    )
    later = Release.of("v1.0.0", DAY + dt.timedelta(days=300))
    assert later
    assert with_feed(known, ReleaseFeed(releases=(later,))) == repository("v1.0.0")


def test_what_a_feed_no_longer_names_stays() -> None:
    assert tags(with_feed(repository("v1.0.0"), ReleaseFeed(releases=released("v1.1.0")))) == ["v1.1.0", "v1.0.0"]


@pytest.mark.parametrize(
    ("read", "kept"),
    [
        pytest.param("v1.0.0 v1.1.0-rc.1 v1.1.0-rc.2", "v1.1.0-rc.2 v1.0.0", id="the newest before a release"),
        pytest.param("v1.1.0-rc.1 v1.1.0", "v1.1.0", id="until the release is out"),
        pytest.param("v1.1.0-rc.1 v1.2.0", "v1.2.0", id="or a newer one"),
        pytest.param("v2.0.0-beta.1 v2.0.0-beta.2 v1.2.0", "v1.2.0 v2.0.0-beta.2", id="an older one says nothing"),
        pytest.param("api/v9.0.0 v1.0.0 chart-3.0.0", "v1.0.0", id="other things than the project are not taken"),
        pytest.param("tool/v1.1.0-rc.1 tool-v1.0.0 api/v2.0.0", "tool-v1.0.0 tool/v1.1.0-rc.1", id="its own name"),
    ],
)
def test_of_a_feed_is_taken_what_people_name(read: str, kept: str) -> None:
    taken = with_feed(WatchedRepository(name="example/tool"), ReleaseFeed(releases=released(*read.split())))
    assert tags(taken) == kept.split()
    assert with_feed(taken, ReleaseFeed(releases=released(*read.split()))) == taken


def test_what_was_taken_for_the_project_stays_when_it_turns_out_to_be_another_thing() -> None:
    taken = with_feed(repository("other-v1.0.0"), ReleaseFeed(releases=released("v2.0.0", "other-v1.1.0")))
    assert tags(taken) == ["v2.0.0", "other-v1.0.0"]
    assert [it.tag for it in taken.own_releases] == ["v2.0.0"]


# --- then and now ---------------------------------------------------------------------------------------------------

TOOL = "v1.0.0 v1.1.0 v1.1.1 v1.2.0-rc.1 v1.2.0 v1.1.2 v2.0.0-rc.1"


@pytest.mark.parametrize(
    ("known", "reported", "expected"),
    [
        pytest.param(TOOL, "v1.0.0", ("v1.2.0", 4, False, 3), id="by versions, not by days"),
        pytest.param(TOOL, "1.1", ("v1.2.0", 3, False, 2), id="as people write it"),
        pytest.param(TOOL, "V1.2.0", ("v1.2.0", 0, False, 0), id="still the current one"),
        pytest.param(TOOL, "v1.2.0-rc.1", ("v1.2.0", 1, False, 0), id="from one before a release"),
        pytest.param(TOOL, "v1.0.5", ("v1.2.0", 4, False, 3), id="of which the lock knows no day"),
        pytest.param(TOOL, "v0.9.0", ("v1.2.0", 5, True, 4), id="from before the lock begins"),
        pytest.param(TOOL, "v2.0.0", None, id="newer than all that is known"),
        pytest.param(TOOL, "latest", None, id="no version"),
        pytest.param("v1.0.0-rc.1", "v0.9.0", None, id="nothing is out"),
        pytest.param("jq-1.6 jq-1.7", "1.6", ("jq-1.7", 1, False, 0), id="the only thing of a repository"),
        pytest.param("v1.6 tool-1.7", "v1.6", ("tool-1.7", 1, False, 0), id="without and with the own name"),
        pytest.param("one-1.0 two-5.0 one-1.1", "one-1.0", ("one-1.1", 1, False, 0), id="one of several things"),
        pytest.param("one-1.0 two-5.0", "v1.0", None, id="nobody knows of which"),
        pytest.param(
            "v2.0.0 helm-chart-4.5.2 helm-chart-4.6.0",
            "helm-chart-4.5.2",
            ("helm-chart-4.6.0", 1, False, 0),
            id="charts",
        ),
    ],
)
def test_what_came_out_since_a_release(known: str, reported: str, expected: tuple[object, ...] | None) -> None:
    since = releases_between(repository(*known.split()), reported)
    assert (since and (since.current.tag, since.newer, since.is_least, since.between)) == expected


def test_the_lock_s_day_bounds_what_is_out_and_the_reported_release_has_its_day() -> None:
    since = releases_between(repository(*TOOL.split()), "v1.0", on=DAY + dt.timedelta(days=2))
    assert since
    assert (since.current.tag, since.current.day) == ("v1.1.1", dt.date(2022, 8, 3))
    assert since.reported
    assert since.reported.day == DAY
    assert releases_between(repository(*TOOL.split()), "v1.0", on=DAY - dt.timedelta(days=1)) is None


def test_current_is_the_highest_version_that_is_out_and_not_the_last_patch_of_an_older_one() -> None:
    known = repository(*TOOL.split())
    found = [known.current(day) for day in (None, DAY + dt.timedelta(days=3), DAY, DAY - dt.timedelta(days=1))]
    assert [it and it.tag for it in found] == ["v1.2.0", "v1.1.1", "v1.0.0", None]


# --- news -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "came", "headlines", "patches"),
    [
        pytest.param("v1.12.0", "v1.13.0", "v1.13.0:minor", "", id="a minor version"),
        pytest.param("v1.12.0", "v2.0.0", "v2.0.0:major", "", id="a major version"),
        pytest.param("v0.12.0", "v0.13.0", "v0.13.0:minor", "", id="a minor version of 0"),
        pytest.param("v1.12.8 v1.13.4", "v1.12.9 v1.13.5", "", "v1.13.5 v1.12.9", id="patches"),
        pytest.param("v1.12.0", "v1.13.0 v1.13.1 v1.12.1", "v1.13.0:minor", "v1.12.1 v1.13.1", id="and patches"),
        pytest.param("v1.12.0", "v1.13.0-rc.1", "", "", id="before a release is no news"),
        pytest.param("v1.12.0", "v1.13.0-rc.1 v1.13.0", "v1.13.0:minor", "", id="nor beside it"),
        pytest.param("", "v1.13.0", "v1.13.0:minor", "", id="the first that is known"),
        pytest.param("", "v1.13.5", "", "v1.13.5", id="the first that is known is a patch"),
        pytest.param("v1.12.9", "v1.13.5", "", "v1.13.5", id="a feed that begins in the middle of a line"),
        pytest.param("2022.7.2", "2022.8.1", "2022.8.1:minor", "", id="a line that begins with 1"),
        pytest.param("v1.0.0", "v1.1.0 1.1.0", "v1.1.0:minor", "", id="two tags of one version"),
        pytest.param("v1.0.0", "api/v2.0.0 chart-3.0.0", "", "", id="other things than the project"),
        pytest.param("tool/v1.0.0 v0.9.0", "tool/v1.1.0 api/v1.0.0", "tool/v1.1.0:minor", "", id="by its own name"),
        pytest.param("one-1.0.0 two-5.0.0", "one-1.1.0", "one-1.1.0:minor", "", id="each thing after itself"),
    ],
)
def test_what_is_news(before: str, came: str, headlines: str, patches: str) -> None:
    known = repository(*before.split(), *came.split())
    since = DAY + dt.timedelta(days=len(before.split()) - 1)
    (news,) = news_of([known], since=since) or (None,)
    told = [f"{it.tag}:{step}" for it, step in zip(news.headlines, news.steps, strict=True)] if news else []
    assert (" ".join(told), " ".join(it.tag for it in news.patches) if news else "") == (headlines, patches)


def test_since_is_outside_and_until_inside() -> None:
    known = [repository("v1.0.0", "v1.1.0", "v1.2.0", "v1.3.0")]
    (news,) = news_of(known, since=DAY, until=DAY + dt.timedelta(days=2))
    assert [it.tag for it in news.headlines] == ["v1.2.0", "v1.1.0"]
    assert news_of(known, since=DAY + dt.timedelta(days=3)) == ()

"""Pages of GitHub by its API: facts and their days, what is private, and how many requests all that takes."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

import pytest
from neco_weekly.model.cards import Card
from neco_weekly.model.errors import FetchError
from neco_weekly.model.github import GitHubFacts, GitHubState, Moment
from neco_weekly.sources.http import Response, StatusError
from neco_weekly.sources.pages.github_api import PAST_REQUESTS
from neco_weekly.sources.pages.github_pages import GitHub, GitHubAnswer

from .webpages import Web


def event(name: str, day: str, **more: Any) -> dict[str, Any]:
    return {"event": name, "created_at": f"{day}T00:00:00Z", **more}


API = "https://api.github.com/repos/neko/box"
PULL, ISSUE = "https://github.com/neko/box/pull/7", "https://github.com/neko/box/issues/8"
RELEASE, BOX = "https://github.com/neko/box/releases/tag/v1.31.0", "https://github.com/neko/box"
DAY, EARLY = dt.date(2022, 8, 26), dt.date(2022, 1, 1)
CLOSED = event("closed", "2022-08-20")
EVENTS = "events?per_page=100&page={}"
LISTED = f"{API}/releases?per_page=100"
PUBLIC = {"private": False, "full_name": "neko/box", "created_at": "2020-01-01T00:00:00Z"}
ANSWER = {
    "url": f"{API}/pulls/7",
    "number": 7,
    "title": "T",
    "created_at": "2022-08-01T00:00:00Z",
    "closed_at": "2026-03-01T23:00:00Z",
    "merged_at": "2026-03-01T23:00:00Z",
    "milestone": {"title": "v1.26"},
    "labels": [{"name": "kind/bug"}, {"name": "lgtm"}],
}


HISTORY = [
    event("labeled", "2022-08-01", label={"name": "kind/bug"}),
    event("labeled", "2022-08-02", label={"name": "do-not-merge"}),
    event("milestoned", "2022-08-03", milestone={"title": "v1.25"}),
    event("unlabeled", "2022-09-01", label={"name": "do-not-merge"}),
    event("demilestoned", "2022-09-01", milestone={"title": "v1.25"}),
    event("milestoned", "2022-09-01", milestone={"title": "v1.26"}),
    event("labeled", "2022-09-02", label={"name": "lgtm"}),
    event("merged", "2026-03-01"),
    event("closed", "2026-03-01"),
]


def github(web: Web, *, days: Iterable[dt.date] = (), known: Callable[[str], Card | None] = lambda _: None) -> GitHub:
    return GitHub.of(web.get, token="secret", days=lambda _: days, known=known)


def facts(url: str, answers: Mapping[str, object], **more: Any) -> GitHubFacts | None:
    return github(Web({API: PUBLIC, **answers}), **more).ask(url).facts


# --- facts --------------------------------------------------------------------------------------------------------


def test_days_are_those_of_tokyo() -> None:
    assert facts(PULL, {f"{API}/pulls/7": ANSWER}) == GitHubFacts(
        kind="pull",
        created=dt.date(2022, 8, 1),
        closed=dt.date(2026, 3, 2),
        merged=dt.date(2026, 3, 2),
        milestone="v1.26",
    )


def test_a_pull_request_at_the_address_of_an_issue() -> None:
    answer = {**ANSWER, "merged_at": None, "pull_request": {"merged_at": "2026-03-01T23:00:00Z"}}
    found = facts(ISSUE, {f"{API}/issues/8": answer})
    assert found
    assert (found.kind, found.merged) == ("pull", dt.date(2026, 3, 2))


@pytest.mark.parametrize(
    ("reason", "state"),
    [(None, "closed"), ("completed", "closed"), ("not_planned", "not_planned"), ("duplicate", "not_planned")],
)
def test_why_an_issue_was_closed(reason: str | None, state: str) -> None:
    answer = {**ANSWER, "merged_at": None, "state_reason": reason}
    found = facts(ISSUE, {f"{API}/issues/8": answer})
    assert found
    assert found.today.state == state


@pytest.mark.parametrize("answer", [{}, {"created_at": 7}, {"created_at": "yesterday"}, {"created_at": []}])
def test_without_a_day_there_are_no_facts(answer: object) -> None:
    assert facts(ISSUE, {f"{API}/issues/8": answer}) is None


def test_a_release_without_a_day_has_no_facts() -> None:
    assert facts(RELEASE, {f"{API}/releases/tags/v1.31.0": {"tag_name": "v1.31.0", "published_at": None}}) is None


def test_labels_and_milestone_of_a_day_and_of_no_other() -> None:
    events = f"{API}/issues/7/{EVENTS.format(1)}"
    found = facts(
        PULL, {f"{API}/pulls/7": ANSWER, events: HISTORY}, days=[DAY, dt.date(2022, 7, 1), dt.date(9999, 1, 1)]
    )
    assert found
    assert found.past == {
        DAY: Moment(state=GitHubState.OPEN, labels=("do-not-merge", "kind/bug"), milestone="v1.25"),
    }


STATES = [
    ("nothing yet", [], ANSWER, "open"),
    ("closed and opened again after", [CLOSED, event("reopened", "2022-09-20")], ANSWER, "closed"),
    ("opened again before", [CLOSED, event("reopened", "2022-08-21")], ANSWER, "open"),
    ("merged and closed", [event("merged", "2022-08-20"), CLOSED], ANSWER, "merged"),
    ("not planned", [event("closed", "2022-08-20", state_reason="not_planned")], ANSWER, "not_planned"),
    ("on the day itself", [event("closed", "2022-08-26")], ANSWER, "closed"),
    ("on the next day in Tokyo", [{"event": "closed", "created_at": "2022-08-26T15:00:00Z"}], ANSWER, "open"),
    ("a draft until later", [event("ready_for_review", "2022-09-01")], ANSWER, "draft"),
    ("a draft until later, after a label", [event("labeled", "2022-08-30"), event("ready_for_review", "2022-09-01")],
     ANSWER, "draft"),
    ("a draft again, before a label", [event("ready_for_review", "2022-08-02"), event("convert_to_draft", "2022-08-03"),
                                       event("labeled", "2022-08-04")], ANSWER, "draft"),
    ("no draft any more", [event("ready_for_review", "2022-08-20")], ANSWER, "open"),
    ("a draft since later", [event("convert_to_draft", "2022-09-01")], {**ANSWER, "draft": True}, "open"),
    ("always a draft", [], {**ANSWER, "draft": True}, "draft"),
    ("of another shape", [7, {}, {**CLOSED, "event": []}, {"event": "closed"}], ANSWER, "open"),
]  # fmt: skip


def test_the_state_of_a_day_by_events() -> None:
    found = {}
    for name, events, answer, _ in STATES:
        answers = {f"{API}/pulls/7": answer, f"{API}/issues/7/{EVENTS.format(1)}": events}
        of_day = facts(PULL, answers, days=[DAY])
        found[name] = of_day.past[DAY].state if of_day else None
    assert found == {name: expected for name, _, _, expected in STATES}


RELEASES = [
    {"tag_name": "v1.30.9", "published_at": "2026-01-02T00:00:00Z"},
    {"tag_name": "v1.32.0-rc.0", "published_at": "2022-08-20T00:00:00Z", "prerelease": True},
    {"tag_name": "v1.31.0", "published_at": "2022-08-01T00:00:00Z"},
    {"tag_name": "v1.99.0", "published_at": "2022-08-01T00:00:00Z", "draft": True},
    {"tag_name": "v1.9.0", "published_at": "2021-08-01T00:00:00Z"},
    {"tag_name": None, "published_at": 7},
    "text",
]


def test_a_repository_has_the_release_of_the_day() -> None:
    found = (
        github(Web({API: {**PUBLIC, "archived": True}, LISTED: RELEASES}), days=[DAY, dt.date(2022, 1, 1)])
        .ask(BOX)
        .facts
    )
    assert found
    assert found.past == {DAY: Moment(release="v1.31.0"), EARLY: Moment(release="v1.9.0")}
    assert (found.release, found.released) == ("v1.31.0", dt.date(2022, 8, 1))
    assert found.today.state is GitHubState.ARCHIVED
    assert found.archived is None


def test_of_a_full_page_nobody_knows_what_was_before_its_oldest() -> None:
    full = [{"tag_name": f"v2.{minor}", "published_at": "2022-09-01T00:00:00Z"} for minor in range(100)]
    found = facts(BOX, {LISTED: full}, days=[DAY])
    assert found
    assert (found.past, found.release) == ({}, "v2.99")


def test_releases_of_several_things_are_told_apart_by_their_days() -> None:
    several = [
        {"tag_name": "client-v2.0", "published_at": "2022-08-01T00:00:00Z"},
        {"tag_name": "server-v1.0", "published_at": "2022-08-02T00:00:00Z"},
    ]
    found = facts(BOX, {LISTED: several})
    assert found
    assert found.release == "server-v1.0"


def test_a_release_knows_of_newer_ones() -> None:
    answer = {"tag_name": "v1.9.0", "published_at": "2021-08-01T00:00:00Z", "prerelease": True}
    url = RELEASE.replace("v1.31.0", "v1.9.0")
    assert facts(url, {f"{API}/releases/tags/v1.9.0": answer, LISTED: RELEASES}, days=[DAY]) == GitHubFacts(
        kind="release",
        created=dt.date(2021, 8, 1),
        prerelease=True,
        release="v1.31.0",
        released=dt.date(2022, 8, 1),
        past={DAY: Moment(release="v1.31.0")},
    )


def test_what_a_page_is_called() -> None:
    web = {API: PUBLIC, LISTED: RELEASES, f"{API}/issues/8": ANSWER, f"{API}/releases/tags/v1.31.0": RELEASES[2]}
    links = {
        BOX: "neko/box",
        f"{BOX}/tree/main": "main · neko/box",
        f"{BOX}/tree/main/docs#L1": "docs · neko/box",
        f"{BOX}/blob/main/a.py#L1-L2": "a.py#L1-L2 · neko/box",
        ISSUE: "T · Issue #8 · neko/box",
        RELEASE: "Release v1.31.0 · neko/box",
    }
    found = {url: account.titles[0] for url in links for account in github(Web(web)).ask(url).accounts}
    assert found == links
    named = {API: PUBLIC, f"{API}/releases/tags/v1.31.0": {"tag_name": "v1.31.0", "name": "Elli"}}
    (account,) = github(Web(named)).ask(RELEASE).accounts
    assert account.titles == ["Release Elli · neko/box"]


# --- what is private ----------------------------------------------------------------------------------------------

SECRET = "The secret plan"
PRIVATE_BOX = {**PUBLIC, "private": True, "description": SECRET}
SECRETS = {
    f"{API}/pulls/7": {**ANSWER, "title": SECRET},
    f"{API}/issues/8": {**ANSWER, "title": SECRET},
    f"{API}/releases/tags/v1.31.0": {"name": SECRET, "published_at": "2022-08-01T00:00:00Z"},
    LISTED: [{"tag_name": SECRET, "published_at": "2022-08-01T00:00:00Z"}],
    f"{API}/commits/0a1b2c3": {"sha": "0a1b2c3" + "0" * 33},
}
LINKS = [PULL, ISSUE, RELEASE, BOX, f"{BOX}/tree/main/x", f"{BOX}/blob/0a1b2c3/main.go#L1"]


@pytest.mark.parametrize(
    "box",
    [
        pytest.param(PRIVATE_BOX, id="private"),
        pytest.param({**PRIVATE_BOX, "private": False, "visibility": "internal"}, id="internal"),
        pytest.param({"description": SECRET}, id="of which nothing is said"),
        pytest.param({"private": "false", "description": SECRET}, id="said in another shape"),
        pytest.param(None, id="that cannot be asked"),
        pytest.param([SECRET], id="answered in another shape"),
    ],
)
def test_of_what_is_not_public_nothing_is_told(box: object) -> None:
    answers = {**SECRETS, API: box} if box is not None else SECRETS
    for url in LINKS:
        found = github(Web(answers), days=[DAY]).ask(url)
        assert replace(found, problems=()) == GitHubAnswer(), url
        assert SECRET not in str(found.problems)


def moved(answer: object, to: str) -> Response:
    return Response(url=to, status=200, body=json.dumps(answer).encode())


@pytest.mark.parametrize(
    ("private", "named", "told"), [(True, True, False), (False, True, True), (False, False, False)]
)
def test_what_moved_is_judged_by_where_it_is_now(private: bool, named: bool, told: bool) -> None:
    there = "https://api.github.com/repositories/99/issues/1"
    answer = {**ANSWER, "title": SECRET, "url": "https://api.github.com/repos/neko/den/issues/1" if named else None}
    den = {"https://api.github.com/repos/neko/den": {"private": private}}
    found = github(Web({API: PUBLIC, f"{API}/issues/8": moved(answer, there), **den})).ask(ISSUE)
    assert (SECRET in str(found.accounts)) is told
    assert (found.facts is not None) is told


def test_a_release_that_is_a_draft_is_for_those_who_write() -> None:
    draft = {"name": SECRET, "published_at": "2022-08-01T00:00:00Z", "draft": True}
    assert github(Web({API: PUBLIC, f"{API}/releases/tags/v1.31.0": draft})).ask(RELEASE) == GitHubAnswer()


# --- requests -----------------------------------------------------------------------------------------------------


def test_a_repository_is_asked_once() -> None:
    web = Web({API: PUBLIC, LISTED: RELEASES, **{f"{API}/issues/{n}": ANSWER for n in range(30)}})
    asked = github(web)
    links = [f"{BOX}/issues/{n}" for n in range(30)]
    for url in (*links, BOX, f"{BOX}/tree/main/x", RELEASE, BOX.replace("box", "Box")):
        asked.ask(url)
    assert len([it for it in web.addresses if it.lower() == API]) == 1
    assert len(web.asked) == 1 + 30 + 1 + 1


@pytest.mark.parametrize("link", ['<https://x?per_page=100&page=2>; rel="next", <https://x?page=4>; rel="last"', ""])
def test_events_are_bounded(link: str) -> None:
    page = Response(url="x", status=200, headers={"link": link}, body=json.dumps(HISTORY * 12).encode())
    pages = {f"{API}/issues/7/{EVENTS.format(n)}": page for n in (1, 2, 3)}
    web = Web({API: PUBLIC, f"{API}/pulls/7": ANSWER, **pages})
    found = github(web, days=[DAY]).ask(PULL).facts
    assert found
    assert len(web.asked) == (3 if link else 5)
    assert (found.past[DAY].labels is None) is bool(link)
    assert found.past[DAY].state is GitHubState.OPEN


def test_a_day_that_the_lock_knows_is_not_asked_for_again() -> None:
    facts_before = GitHubFacts(kind="pull", past={DAY: Moment(state=GitHubState.OPEN)})
    web = Web({API: PUBLIC, f"{API}/pulls/7": ANSWER})
    known = Card(url=PULL, github=facts_before)
    assert github(web, days=[DAY], known=lambda _: known).ask(PULL).facts == facts(PULL, {f"{API}/pulls/7": ANSWER})
    assert len(web.asked) == 2


def test_the_past_has_an_allowance_of_its_own() -> None:
    pulls = range(1, PAST_REQUESTS + 11)
    answers = {f"{API}/pulls/{n}": {**ANSWER, "number": n} for n in pulls}
    web = Web({API: PUBLIC, **answers, **{f"{API}/issues/{n}/{EVENTS.format(1)}": [] for n in pulls}})
    asked = github(web, days=[DAY])
    found = [asked.ask(f"{BOX}/pull/{n}").facts for n in pulls]
    assert [bool(it and it.past) for it in found].count(True) == PAST_REQUESTS
    assert all(found)


def test_what_is_left_of_the_allowance_is_for_today() -> None:
    few = Response(
        url=f"{API}/pulls/7", status=200, headers={"x-ratelimit-remaining": "199"}, body=json.dumps(ANSWER).encode()
    )
    web = Web({API: PUBLIC, f"{API}/pulls/7": few, f"{API}/issues/7/{EVENTS.format(1)}": HISTORY})
    found = github(web, days=[DAY]).ask(PULL).facts
    assert found
    assert found.past == {}


@pytest.mark.parametrize(
    ("status", "headers", "told"),
    [
        (401, {}, "GitHub does not accept the token"),
        (
            403,
            {"x-ratelimit-remaining": "0", "x-ratelimit-reset": "0"},
            "GitHub's rate limit is used up until 1970-01-01",
        ),
        (429, {"retry-after": "60"}, "GitHub's rate limit is used up for 60 s"),
    ],
)
def test_who_is_refused_is_told_once_and_asks_no_more(status: int, headers: Mapping[str, str], told: str) -> None:
    asked: list[str] = []

    def get(url: str, **_: object) -> Response:
        asked.append(url)
        raise StatusError("refused", status=status, headers=headers)

    pages = GitHub.of(get, token="secret")
    problems = [pages.ask(url).problems for url in (PULL, ISSUE, "https://github.com/neko/den", RELEASE)]
    assert len(asked) == 1
    assert told in problems[0][0]
    assert problems[1:] == [(), (), ()]


def test_an_event_that_cannot_be_asked_for_costs_nothing_else() -> None:
    found = github(Web({API: PUBLIC, f"{API}/pulls/7": ANSWER}), days=[DAY]).ask(PULL)
    assert found.accounts
    assert found.facts == facts(PULL, {f"{API}/pulls/7": ANSWER})
    assert found.problems == ()


def test_a_failure_that_is_no_refusal_stops_nothing() -> None:
    web = Web({API: PUBLIC, f"{API}/issues/8": ANSWER})
    asked = github(web)
    with pytest.raises(FetchError, match="404"):
        web.get(f"{API}/pulls/7")
    assert asked.ask(PULL).problems == (f"{API}/pulls/7 answered 404 Not Found",)
    assert asked.ask(ISSUE).accounts

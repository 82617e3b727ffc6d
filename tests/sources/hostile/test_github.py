"""Answers of GitHub's API, of raw files and of archives that mean harm: other shapes, endless ones, what is private."""

from __future__ import annotations

import datetime as dt
import itertools
import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import pytest
from neco_weekly.lock.cards_json import CardsDocument, cards_from_dict, cards_text
from neco_weekly.model.cards import Card
from neco_weekly.model.errors import FetchError
from neco_weekly.model.github import GitHubState
from neco_weekly.sources.http import Response, StatusError
from neco_weekly.sources.pages.github_pages import GitHub, GitHubAnswer
from neco_weekly.sources.pages.wayback import SavePageNow, find_snapshot

from tests.sources.test_github_pages import (
    ANSWER,
    API,
    BOX,
    DAY,
    EVENTS,
    HISTORY,
    ISSUE,
    LISTED,
    PUBLIC,
    PULL,
    RELEASE,
    facts,
    github,
)
from tests.sources.webpages import Web

EVIL = "<script>alert(1)</script>\x1b]0;x\x07\u202e\ud800\n猫"
ODD: tuple[Any, ...] = (
    None, True, 0, -1, 9e99, 10**400, "", EVIL, "x" * 100_000, [], [[]], ["x"], {}, {"name": []}, {"title": {}},
    {"name": EVIL, "title": EVIL, "merged_at": EVIL}, [{"name": it} for it in range(3)], [{"name": EVIL}] * 3,
    "2022-08-25", "2022-08-25T00:00:00", "9999-12-31T23:59:59Z", "0001-01-01T00:00:00+14:00", "2022-02-30T00:00:00Z",
)  # fmt: skip
ASKED = {
    "pull": (PULL, f"{API}/pulls/7", ANSWER),
    "issue": (ISSUE, f"{API}/issues/8", {**ANSWER, "url": f"{API}/issues/8", "state_reason": "x", "draft": False}),
    "release": (RELEASE, f"{API}/releases/tags/v1.31.0", {"tag_name": "v1", "published_at": "2022-08-01T00:00:00Z",
                                                        "name": "n", "body": "b", "prerelease": False, "draft": False}),
    "repository": (BOX, API, {**PUBLIC, "description": "d", "archived": False}),
}  # fmt: skip


def odd_answers() -> Iterator[tuple[str, GitHubAnswer]]:
    """What becomes of each answer with each of its fields of another shape."""
    for kind, (url, address, answer) in ASKED.items():
        for field, value in itertools.product(answer, ODD):
            if field in ("private", "visibility"):
                continue
            answers = {
                API: PUBLIC,
                LISTED: _body(LISTED, [answer, value]),
                address: _body(address, {**answer, field: value}),
            }
            answers |= {f"{API}/issues/{it}/{EVENTS.format(1)}": HISTORY for it in (7, 8)}
            yield f"{kind} with {field} {value!r:.60}", github(Web(answers), days=[DAY]).ask(url)
    for field, value in itertools.product(("event", "created_at", "label", "milestone", "state_reason"), ODD):
        events = [{**it, field: value} for it in (*HISTORY, {"event": "closed", "created_at": "2022-08-02T00:00:00Z"})]
        answers = {API: PUBLIC, f"{API}/pulls/7": ANSWER}
        answers[f"{API}/issues/7/{EVENTS.format(1)}"] = _body("x", [*events, value])
        yield f"event with {field} {value!r:.60}", github(Web(answers), days=[DAY]).ask(PULL)


def _body(address: str, answer: object) -> Response:
    return Response(url=address, status=200, body=json.dumps(answer).encode())


def flaws(found: GitHubAnswer) -> Iterator[str]:
    """What an answer could do to a lock and to a terminal."""
    card = Card(url=PULL, title="T", github=found.facts)
    text = cards_text(CardsDocument(cards={PULL: card}))
    if cards_from_dict({"cards": json.loads(text)["cards"]}).cards[PULL] != card:
        yield "the lock does not give it back"
    if len(text) > 5_000:
        yield f"{len(text)} characters in the lock"
    if any(sign in text for sign in ("\x1b", "\u202e", "\\u001b")):
        yield "signs for a terminal"
    yield from (f"a problem {it!r}" for it in found.problems if not it.isprintable())


def test_no_answer_of_another_shape_does_harm() -> None:
    assert {name: told for name, found in odd_answers() if (told := list(flaws(found)))} == {}


@pytest.mark.parametrize("header", ["link", "x-ratelimit-remaining"])
def test_headers_that_are_no_numbers(header: str) -> None:
    for value in ("9" * 5_000, "-1", "①", "&page=" + "9" * 5_000 + '>; rel="last"', "&page=1" * 9_000, EVIL):
        page = replace(_body(API, PUBLIC), headers={header: value})
        events = replace(_body("x", HISTORY), headers={header: value})
        answers = {API: page, f"{API}/pulls/7": ANSWER, f"{API}/issues/7/{EVENTS.format(1)}": events}
        assert github(Web(answers), days=[DAY]).ask(PULL).accounts, value[:20]


@pytest.mark.parametrize("reset", ["9" * 5_000, "99999999999999", "-99999999999999", "nan", ""])
def test_a_limit_that_is_over_at_no_time(reset: str) -> None:
    def get(url: str, **_: object) -> Response:
        raise StatusError("refused", status=403, headers={"x-ratelimit-remaining": "0", "x-ratelimit-reset": reset})

    (problem,) = GitHub.of(get, token="secret").ask(PULL).problems
    assert problem.startswith("GitHub's rate limit is used up")


def test_very_many_labels_and_events_are_few_in_the_lock() -> None:
    labels = [{"name": f"label-{it}"} for it in range(10_000)]
    gone = [{"event": "unlabeled", "created_at": "2022-09-01T00:00:00Z", "label": it} for it in labels[:99]]
    found = facts(PULL, {f"{API}/pulls/7": {**ANSWER, "labels": labels}, f"{API}/issues/7/{EVENTS.format(1)}": gone},
                  days=[DAY])  # fmt: skip
    assert found
    assert len(found.past[DAY].labels or ()) == 10


# --- what is private ----------------------------------------------------------------------------------------------

HIDDEN = {"full_name": "neko/den", "private": True}


@pytest.mark.parametrize(
    "nested",
    [
        {"repository": HIDDEN},
        {"base": {"repo": HIDDEN}},
        {"head": {"repo": HIDDEN}},
        {"a": [{"b": [[{"c": {"private": True}}]]}]},
        {"private": True},
        {"repository": {"visibility": "internal"}},
        {"repository": {"visibility": "private", "private": False}},
    ],
)
@pytest.mark.parametrize("kind", ["pull", "issue", "release"])
def test_what_is_called_private_anywhere_in_an_answer_is_not_told(kind: str, nested: Mapping[str, Any]) -> None:
    url, address, answer = ASKED[kind]
    assert github(Web({API: PUBLIC, address: answer})).ask(url).accounts
    assert github(Web({API: PUBLIC, address: {**answer, **nested}}), days=[DAY]).ask(url) == GitHubAnswer()


def test_an_answer_as_deep_as_its_reader_bears_is_read() -> None:
    deep: Any = {}
    for _ in range(900):
        deep = {"a": deep}
    assert github(Web({API: PUBLIC, f"{API}/pulls/7": {**ANSWER, "a": deep}})).ask(PULL).accounts


# --- days ---------------------------------------------------------------------------------------------------------


def test_days_to_come_are_none() -> None:
    """Whatever an answer says of them: nothing has happened on a day that is still to come."""
    later = "2999-01-01T00:00:00Z"
    changes = {"closed_at": later, "merged_at": later}
    found = facts(PULL, {f"{API}/pulls/7": {**ANSWER, **changes}})
    assert found
    assert (found.closed, found.merged, found.today.state) == (None, None, GitHubState.OPEN)
    assert facts(PULL, {f"{API}/pulls/7": {**ANSWER, "created_at": later}}) is None
    box = facts(BOX, {LISTED: [{"tag_name": "v9.0.0", "published_at": later}]})
    assert box
    assert (box.release, box.released) == (None, None)


def test_days_in_no_order_are_told_as_they_are() -> None:
    reversed_days = {**ANSWER, "created_at": "2022-08-20T00:00:00Z", "closed_at": "2021-01-01T00:00:00Z"}
    found = facts(PULL, {f"{API}/pulls/7": {**reversed_days, "merged_at": None}}, days=[DAY])
    assert found
    assert found.on(dt.date(2022, 1, 1)) is None
    assert found.today.state is GitHubState.CLOSED


def test_a_moment_without_a_zone_is_one_of_utc_on_every_machine() -> None:
    found = facts(PULL, {f"{API}/pulls/7": {**ANSWER, "created_at": "2022-08-25T16:00:00"}})
    assert found
    assert found.created == DAY


# --- lines of code, copies ----------------------------------------------------------------------------------------


def test_lines_far_down_in_a_long_file_are_read_and_no_others_cleaned(monkeypatch: pytest.MonkeyPatch) -> None:
    from neco_weekly.sources.pages import github_code  # noqa: PLC0415 (a name of the module's own)

    cleaned: list[str] = []
    clean = github_code._clean

    def counted(line: str) -> str:
        cleaned.append(line)
        return clean(line)

    monkeypatch.setattr(github_code, "_clean", counted)
    body = b"\n" * 900_000 + "a\u202eb".encode() + b"\x1b[31m" + b"x" * 90_000
    reader = GitHub.of(lambda url, **_: Response(url=url, status=200, body=body))
    code = reader.ask(f"{BOX}/blob/{'0' * 40}/main.go#L900000-L900001").code
    assert code
    assert code.lines[1].startswith("a\ufffdb\ufffd[31mxxx")
    assert len(code.lines[1]) == 200
    assert len(cleaned) == 2


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)", "https://web.archive.org/web/20220826\x1b/https://a.example/", "//[", "https://[x/", "ftp://a",
        "https://web.archive.org/web/20220826000000/\u202ehttps://a.example/", " https://a.example/\nX: y", "x" * 9_000,
    ],
)  # fmt: skip
def test_an_archive_s_address_that_is_none(address: str) -> None:
    closest = {"available": True, "status": "200", "url": address}
    answer = _body("https://archive.example/", {"archived_snapshots": {"closest": closest}})
    assert find_snapshot("https://a.example/", lambda *_, **__: answer, day=DAY) is None
    for kept in (
        Response(url="https://archive.example/", status=200, headers={"content-location": address}, body=b""),
        Response(url=f"https://archive.example/web/20220826000000/https:{address}", status=200, body=b""),
    ):
        named = SavePageNow(lambda *_, it=kept, **__: it, address="https://archive.example/save/").keep("https://a.jp/")
        assert named is None or named.isprintable()


@pytest.mark.parametrize(
    "answer", [b"", b"[]", b"[" * 50_000, b'{"archived_snapshots": [1]}', b'{"archived_snapshots": 1}']
)
def test_an_archive_s_answer_of_another_shape_is_one_sentence(answer: bytes) -> None:
    got = Response(url="https://archive.example/", status=200, body=answer)
    with pytest.raises(FetchError, match="gave no answer about copies"):
        find_snapshot("https://a.example/", lambda *_, **__: got, day=DAY)

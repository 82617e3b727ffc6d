"""An issue of kubernetes/enhancements, as GitHub's API tells it."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass, field

import pytest
from neco_weekly.model.errors import FailureCode, FetchError
from neco_weekly.model.keps import Enhancement, EnhancementState, Record, Source, Stage
from neco_weekly.sources.http import Http, Policy, Response, StatusError
from neco_weekly.sources.keps.github_issue import read_issue

from .sites import Serve

ISSUE: dict[str, object] = {
    "number": 5,
    "title": "PodSecurityPolicy",
    "state": "closed",
    "labels": [{"name": "sig/auth"}, {"name": "kind/feature"}, {"name": "stage/beta"}, {"name": "tracked/no"}],
    "milestone": {"title": "v1.25"},
    "updated_at": "2022-06-30T15:00:00Z",
}


@dataclass
class Api:
    """GitHub with one answer; it remembers what it was asked."""

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    asked: list[tuple[str, Mapping[str, str]]] = field(default_factory=list)

    def __call__(self, url: str, *, headers: Mapping[str, str] | None = None, max_bytes: int | None = None) -> Response:
        self.asked.append((url, headers or {}))
        if self.status != 200:
            raise StatusError(f"{url} answered {self.status}", status=self.status, headers=self.headers)
        return Response(url=url, status=200, headers=self.headers, body=self.body)


def answer(**changes: object) -> Api:
    return Api(body=json.dumps(ISSUE | changes).encode())


def test_an_issue() -> None:
    state = EnhancementState(
        title="PodSecurityPolicy", sig="sig-auth", stage=Stage.BETA, latest_milestone="v1.25", raw={"state": "closed"}
    )
    source = Source(kind="github-issue", date=dt.date(2022, 7, 1))
    seen = Record(state=state, source=source, observed=True)
    assert read_issue(5, answer()) == Enhancement(number=5, state=state, source=source, history=(seen,))


@pytest.mark.parametrize("api", ["https://api.github.com", "https://ghe.example/api/v3/"])
def test_what_is_asked(api: str) -> None:
    github = answer()
    read_issue(5, github, api=api, token="s3cret")
    ((url, headers),) = github.asked
    assert url == f"{api.rstrip('/')}/repos/kubernetes/enhancements/issues/5"
    assert headers["Accept"] == "application/vnd.github+json"
    assert headers["Authorization"] == "Bearer s3cret"


@pytest.mark.parametrize("token", [None, ""])
def test_without_a_token_nobody_is_named(token: str | None) -> None:
    github = answer()
    read_issue(5, github, token=token)
    assert "Authorization" not in github.asked[0][1]


def test_a_transferred_issue_is_followed_without_the_token(serve: Serve) -> None:
    issue = (200, {"Content-Type": "application/json"}, json.dumps(ISSUE).encode())
    elsewhere = serve({"/repositories/1/issues/2": issue})
    moved = (301, {"Location": f"{elsewhere.url}/repositories/1/issues/2"}, b"")
    api = serve({"/repos/kubernetes/enhancements/issues/5": moved})
    http = Http(Policy(per_host_delay=0, trusted=(api.url, elsewhere.url)))
    found = read_issue(5, http.get, api=api.url, token="s3cret")
    assert isinstance(found, Enhancement)
    assert api.asked[0].headers["authorization"] == "Bearer s3cret"
    assert "authorization" not in elsewhere.asked[0].headers


@pytest.mark.parametrize(
    ("github", "absence"),
    [
        (answer(pull_request={"url": "https://api.github.com/…"}), "pull-request"),
        (Api(status=404), "not-found"),
        (Api(status=410), "not-found"),
    ],
    ids=["pull request", "not found", "deleted"],
)
def test_a_number_that_is_no_issue(github: Api, absence: str) -> None:
    assert read_issue(5, github) == absence


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"title": " two\n lines\u202e "}, {"title": "two lines"}),
        ({"title": "KEP-5: PodSecurityPolicy"}, {"title": "KEP-5: PodSecurityPolicy"}),
        ({"labels": []}, {"sig": None, "stage": None}),
        ({"labels": None}, {"sig": None, "stage": None}),
        ({"labels": ["sig/contribex"]}, {"sig": "sig-contributor-experience"}),
        ({"labels": ["sig/node", "stage/GA"]}, {"sig": "sig-node", "stage": Stage.STABLE}),
        ({"labels": [{"name": "stage/beta"}, {"name": "stage/alpha"}]}, {"stage": Stage.BETA}),
        ({"labels": [{"name": "sig/apps"}, {"name": "sig/node"}]}, {"sig": "sig-apps"}),
        ({"labels": [{"name": "sig/../x"}, {"name": "sig/"}, {"name": None}, 7]}, {"sig": None, "stage": None}),
        ({"labels": [{"name": "alpha"}, {"name": "stage/unknown"}]}, {"stage": None}),
        ({"milestone": None}, {"latest_milestone": None}),
        ({"milestone": {"title": "next-milestone"}}, {"latest_milestone": None}),
        ({"milestone": "v1.25"}, {"latest_milestone": None}),
        ({"state": None}, {"raw": {}}),
    ],
)
def test_fields_that_are_missing_or_odd(changes: dict[str, object], expected: dict[str, object]) -> None:
    found = read_issue(5, answer(**changes))
    assert isinstance(found, Enhancement)
    assert {name: getattr(found.state, name) for name in expected} == expected


@pytest.mark.parametrize("written", [None, "yesterday", 7, "0001-01-01T00:00:00+23:59"])
def test_a_date_that_is_none(written: object) -> None:
    found = read_issue(5, answer(updated_at=written))
    assert isinstance(found, Enhancement)
    assert (found.source.date, found.history) == (None, ())


RESET = {"x-ratelimit-remaining": "0", "x-ratelimit-reset": "1767225600"}


@pytest.mark.parametrize(
    ("github", "token", "message"),
    [
        (
            Api(status=403, headers=RESET),
            None,
            "GitHub's rate limit is used up until 2026-01-01 09:00 Asia/Tokyo; set GITHUB_TOKEN to have a higher one",
        ),
        (
            Api(status=429, headers=RESET | {"retry-after": "60"}),
            "s3cret",
            "GitHub's rate limit is used up until 2026-01-01 09:00 Asia/Tokyo; wait, or use another GITHUB_TOKEN",
        ),
        (
            Api(status=403, headers={"retry-after": "60"}),
            None,
            "GitHub's rate limit is used up for 60 s; set GITHUB_TOKEN to have a higher one",
        ),
        (Api(status=429), None, "GitHub's rate limit is used up; set GITHUB_TOKEN to have a higher one"),
        (
            Api(status=403, headers={"x-ratelimit-remaining": "0", "x-ratelimit-reset": "soon"}),
            None,
            "GitHub's rate limit is used up; set GITHUB_TOKEN to have a higher one",
        ),
        (Api(status=401), "s3cret", "GitHub does not accept the token; check GITHUB_TOKEN"),
        (Api(status=403, headers={"x-ratelimit-remaining": "59"}), None, "…/issues/5 answered 403"),
        (Api(status=503), None, "…/issues/5 answered 503"),
    ],
    ids=["used up", "used up with a token", "a burst", "429", "odd reset", "bad token", "forbidden", "down"],
)
def test_trouble_is_told_plainly(github: Api, token: str | None, message: str) -> None:
    with pytest.raises(FetchError) as caught:
        read_issue(5, github, token=token)
    told = str(caught.value).replace("https://api.github.com/repos/kubernetes/enhancements", "…")
    assert (told, caught.value.status, caught.value.gone) == (message, github.status, False)


def test_no_network() -> None:
    def get(url: str, *, headers: Mapping[str, str] | None = None, max_bytes: int | None = None) -> Response:
        raise FetchError("the host name api.github.com cannot be resolved", code=FailureCode.DNS)

    with pytest.raises(FetchError, match="cannot be resolved"):
        read_issue(5, get)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>",
        b"\xff",
        b'{"title": "cut',
        b"[]",
        b"null",
        b"{}",
        b'{"title": 5}',
        b'{"title": " "}',
        b"[" * 100_000,
    ],
)
def test_an_answer_that_is_no_issue(body: bytes) -> None:
    with pytest.raises(FetchError, match=r"answered no JSON|answered JSON that is no issue"):
        read_issue(5, Api(body=body))

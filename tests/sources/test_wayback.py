"""Copies of pages that are gone: what the archive is asked, and which of its answers name a copy."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from neco_weekly.model.errors import FetchError
from neco_weekly.sources.http import Http, Response
from neco_weekly.sources.pages.wayback import WAYBACK_API, find_snapshot

from .sites import POLICY, Serve

PAGE = "https://gone.example/post?a=1&b=猫#part"
COPY = "http://web.archive.org/web/20220826000000/https://gone.example/post"
CLOSEST = {"available": True, "status": "200", "url": COPY, "timestamp": "20220826000000"}


def answering(answer: Any, asked: list[str] | None = None) -> Any:
    """An archive that has one answer: bytes as they are, anything else as JSON."""

    def get(url: str, *, headers: Mapping[str, str] | None = None, max_bytes: int | None = None) -> Response:
        if asked is not None:
            asked.append(url)
        assert max_bytes
        body = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
        return Response(url=url, status=200, body=body)

    return get


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (dt.date(2022, 8, 26), {"url": [PAGE], "timestamp": ["20220826"]}),
        (None, {"url": [PAGE]}),
    ],
)
def test_the_archive_is_asked_for_the_page_as_its_author_saw_it(
    day: dt.date | None, expected: Mapping[str, list[str]]
) -> None:
    asked: list[str] = []
    find_snapshot(PAGE, answering({"archived_snapshots": {}}, asked), day=day)
    (address,) = asked
    assert address.partition("?")[0] == WAYBACK_API
    assert parse_qs(urlsplit(address).query) == expected


def test_another_api_may_have_a_query_of_its_own() -> None:
    asked: list[str] = []
    get = answering({"archived_snapshots": {}}, asked)
    find_snapshot("https://gone.example/", get, day=None, api="https://archive.example/find?key=1")
    assert asked == ["https://archive.example/find?key=1&url=https%3A%2F%2Fgone.example%2F"]


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        pytest.param(COPY, COPY.replace("http:", "https:", 1), id="over https"),
        pytest.param(COPY.replace("http:", "https:", 1), COPY.replace("http:", "https:", 1), id="https already"),
        pytest.param("http://archive.example/1", "http://archive.example/1", id="elsewhere as it is"),
        pytest.param(
            "http://web.archive.org.evil.example/", "http://web.archive.org.evil.example/", id="no archive.org"
        ),
    ],
)
def test_the_address_of_a_copy(address: str, expected: str) -> None:
    answer = {"archived_snapshots": {"closest": CLOSEST | {"url": address}}}
    assert find_snapshot(PAGE, answering(answer), day=None) == expected


@pytest.mark.parametrize(
    "closest",
    [
        pytest.param(None, id="null"),
        pytest.param([], id="a list"),
        pytest.param("http://web.archive.org/x", id="text"),
        pytest.param(CLOSEST | {"available": False}, id="not available"),
        pytest.param(CLOSEST | {"available": "true"}, id="available as text"),
        pytest.param(CLOSEST | {"status": "404"}, id="a copy of an error"),
        pytest.param(CLOSEST | {"status": "302"}, id="a copy of a redirect"),
        pytest.param({"available": True, "url": COPY}, id="no status"),
        pytest.param(CLOSEST | {"url": None}, id="no address"),
        pytest.param(CLOSEST | {"url": "javascript:alert(1)"}, id="javascript"),
        pytest.param(CLOSEST | {"url": "data:text/html,x"}, id="data"),
        pytest.param(CLOSEST | {"url": "//web.archive.org/x"}, id="no scheme"),
        pytest.param(CLOSEST | {"url": f'{COPY}"><script>'}, id="markup"),
        pytest.param(CLOSEST | {"url": f"{COPY}\n"}, id="line break"),
        pytest.param(CLOSEST | {"url": COPY + "x" * 3_000}, id="too long"),
    ],
)
def test_what_names_no_copy(closest: Any) -> None:
    assert find_snapshot(PAGE, answering({"archived_snapshots": {"closest": closest}}), day=None) is None


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"<html>", id="HTML"),
        pytest.param(b"\xff\xfe", id="no text"),
        pytest.param(b"[" * 90_000, id="deep"),
        pytest.param([], id="a list"),
        pytest.param({}, id="empty"),
        pytest.param({"archived_snapshots": None}, id="no table"),
        pytest.param({"archived_snapshots": []}, id="a list in place of a table"),
    ],
)
def test_what_is_no_answer(answer: Any) -> None:
    with pytest.raises(FetchError, match=f"^{WAYBACK_API}.* gave no answer about copies$"):
        find_snapshot(PAGE, answering(answer), day=None)


def test_an_answer_that_never_ends_is_none(serve: Serve) -> None:
    body = json.dumps({"archived_snapshots": {"closest": CLOSEST, "more": "x" * 200_000}}).encode()
    site = serve({"/available?url=https%3A%2F%2Fgone.example%2F": (200, {}, body)})
    with pytest.raises(FetchError, match="gave no answer about copies"):
        find_snapshot("https://gone.example/", Http(POLICY).get, day=None, api=f"{site.url}/available")

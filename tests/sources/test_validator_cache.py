"""Answers of earlier runs: what is asked under a condition, what comes back for a 304, what is never kept."""

from __future__ import annotations

import errno
import os
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from neco_weekly.model.errors import FetchError
from neco_weekly.sources.http import Http, Response, StatusError
from neco_weekly.sources.http.validator_cache import FORGOTTEN_AFTER, ValidatorCache

from .sites import POLICY, Route, Serve, Site, redirect

URL = "https://page.example/"
TAGGED = {"etag": '"one"', "content-type": "text/html"}
DAY = "Wed, 25 Nov 2026 00:00:00 GMT"


@dataclass
class Web:
    """An outside with one answer, which it does not send to those who name its validators."""

    answer: Response = field(default_factory=lambda: page(TAGGED))
    asked: list[Mapping[str, str]] = field(default_factory=list)

    def get(self, url: str, *, headers: Mapping[str, str] | None = None, max_bytes: int | None = None) -> Response:
        sent = headers or {}
        self.asked.append(sent)
        known = (sent.get("If-None-Match"), sent.get("If-Modified-Since"))
        tag, day = self.answer.headers.get("etag"), self.answer.headers.get("last-modified")
        if (tag and known[0] == tag) or (day and known == (None, day)):
            raise StatusError(f"{url} answered 304", status=304, headers={}, url=self.answer.url)
        return self.answer

    @property
    def conditions(self) -> list[dict[str, str]]:
        """What was asked for only if it had changed, request by request."""
        return [{name: value for name, value in sent.items() if name.startswith("If-")} for sent in self.asked]


def page(
    headers: Mapping[str, str], body: bytes = b"<title>A page</title>", *, url: str = URL, complete: bool = True
) -> Response:
    return Response(url=url, status=200, headers=headers, body=body, complete=complete)


@pytest.fixture
def web() -> Web:
    return Web()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "cache/answers"


@pytest.fixture
def answers(web: Web, folder: Path) -> ValidatorCache:
    return ValidatorCache(web.get, folder)


# --- conditions ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("headers", "conditions"),
    [
        pytest.param({"etag": '"one"'}, {"If-None-Match": '"one"'}, id="etag"),
        pytest.param({"etag": 'W/"one"'}, {"If-None-Match": 'W/"one"'}, id="weak etag"),
        pytest.param({"last-modified": DAY}, {"If-Modified-Since": DAY}, id="day"),
        pytest.param(
            {"etag": '"one"', "last-modified": DAY}, {"If-None-Match": '"one"', "If-Modified-Since": DAY}, id="both"
        ),
        pytest.param({}, {}, id="neither"),
        pytest.param({"etag": ""}, {}, id="empty"),
        pytest.param({"etag": '"a\r\n X-Evil: 1"'}, {}, id="line break"),
        pytest.param({"etag": '"\x00"'}, {}, id="control character"),
        pytest.param({"etag": '"猫"'}, {}, id="not ASCII"),
        pytest.param({"etag": '"\x7f"', "last-modified": DAY}, {"If-Modified-Since": DAY}, id="one of them is odd"),
    ],
)
def test_validators_of_before_are_the_conditions_of_now(
    headers: Mapping[str, str], conditions: Mapping[str, str], web: Web, answers: ValidatorCache
) -> None:
    web.answer = page(headers)
    assert [answers.get(URL).body, answers.get(URL).body] == [b"<title>A page</title>"] * 2
    assert web.conditions == [{}, conditions]


def test_an_unchanged_answer_is_that_of_before(web: Web, answers: ValidatorCache) -> None:
    web.answer = page(
        {**TAGGED, "x-more": "a", "content-type": "text/html; charset=euc-jp"}, url="https://moved.example/"
    )
    first, second = answers.get(URL), answers.get(URL)
    assert (second.url, second.status, second.body, second.complete) == (first.url, 200, first.body, True)
    assert second.headers["content-type"] == "text/html; charset=euc-jp"


def test_a_changed_answer_takes_the_place_of_the_one_before(web: Web, answers: ValidatorCache) -> None:
    answers.get(URL)
    web.answer = page({"etag": '"two"'}, b"new")
    assert [answers.get(URL).body, answers.get(URL).body] == [b"new", b"new"]
    assert [it.get("If-None-Match") for it in web.conditions] == [None, '"one"', '"two"']


def test_a_failure_leaves_the_answer_of_before(web: Web, answers: ValidatorCache, folder: Path) -> None:
    answers.get(URL)

    def down(url: str, *, headers: Mapping[str, str] | None = None, max_bytes: int | None = None) -> Response:
        raise StatusError("503", status=503, headers={}, url=url)

    with pytest.raises(StatusError, match="503"):
        ValidatorCache(down, folder).get(URL)
    answers.get(URL)
    assert web.conditions[-1] == {"If-None-Match": '"one"'}


def test_a_304_that_nobody_asked_for_is_a_failure(folder: Path) -> None:
    def unasked(url: str, *, headers: Mapping[str, str] | None = None, max_bytes: int | None = None) -> Response:
        raise StatusError("answered 304", status=304, headers={}, url=url)

    with pytest.raises(StatusError) as caught:
        ValidatorCache(unasked, folder).get(URL)
    assert caught.value.code == "304"


def test_the_callers_headers_and_limit_are_passed_on(folder: Path) -> None:
    seen: list[tuple[Mapping[str, str] | None, int | None]] = []

    def get(url: str, *, headers: Mapping[str, str] | None = None, max_bytes: int | None = None) -> Response:
        seen.append((headers, max_bytes))
        return page(TAGGED)

    answers = ValidatorCache(get, folder)
    for _ in range(2):
        answers.get(URL, headers={"Accept": "text/html"}, max_bytes=77)
    assert seen == [({"Accept": "text/html"}, 77), ({"Accept": "text/html", "If-None-Match": '"one"'}, 77)]


# --- questions ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "another",
    [
        pytest.param(("https://page.example/other", "image", "*/*"), id="another address"),
        pytest.param((URL, "icon", "*/*"), id="another purpose"),
        pytest.param((URL, "image", "application/json"), id="another header"),
    ],
)
def test_another_question_has_another_answer(another: tuple[str, str, str], web: Web, answers: ValidatorCache) -> None:
    for url, purpose, accept in ((URL, "image", "*/*"), another, (URL, "image", "*/*")):
        answers.ask(url, keep=lambda _: b"kept", purpose=purpose, headers={"Accept": accept})
    assert web.conditions == [{}, {}, {"If-None-Match": '"one"'}]


def test_what_is_kept_is_what_was_made_of_the_answer(web: Web, answers: ValidatorCache) -> None:
    made: list[bytes] = []

    def keep(response: Response) -> bytes:
        made.append(response.body)
        return response.body[:7]

    assert [answers.ask(URL, keep=keep).body for _ in range(2)] == [b"<title>"] * 2
    assert made == [b"<title>A page</title>"]


def test_an_answer_that_is_of_no_use_is_not_kept(web: Web, answers: ValidatorCache) -> None:
    def refuse(response: Response) -> bytes:
        raise FetchError("no picture")

    for _ in range(2):
        with pytest.raises(FetchError, match="no picture"):
            answers.ask(URL, keep=refuse)
    assert web.conditions == [{}, {}]


# --- redirects ----------------------------------------------------------------------------------------------------


def tagged(body: bytes, *, tag: str = '"one"') -> Route:
    """A route that answers 304 to those who know its tag."""

    def route(asked: BaseHTTPRequestHandler) -> None:
        known = asked.headers.get("If-None-Match") == tag
        asked.send_response(304 if known else 200)
        asked.send_header("ETag", tag)
        asked.end_headers()
        asked.wfile.write(b"" if known else body)

    return route


def statuses_asked(site: Site) -> list[tuple[str, str | None]]:
    return [(asked.path, asked.headers.get("if-none-match")) for asked in site.asked]


def test_a_condition_goes_through_a_redirect(serve: Serve, folder: Path) -> None:
    site = serve({"/": redirect("/page"), "/page": tagged(b"text")})
    answers = ValidatorCache(Http(POLICY).get, folder)
    first, second = answers.get(site.url), answers.get(site.url)
    assert (second.body, second.url) == (b"text", f"{site.url}/page") == (first.body, first.url)
    assert statuses_asked(site)[-1] == ("/page", '"one"')
    assert len(site.asked) == 4


def test_a_redirect_that_leads_elsewhere_by_now_is_no_answer_of_before(serve: Serve, folder: Path) -> None:
    """Two pages with the same tag, which only has to tell the versions of one from each other."""
    routes: dict[str, Route] = {"/": redirect("/a"), "/a": tagged(b"page a"), "/b": tagged(b"page b")}
    site = serve(routes)
    answers = ValidatorCache(Http(POLICY).get, folder)
    assert answers.get(site.url).body == b"page a"
    routes["/"] = redirect("/b")
    again = answers.get(site.url)
    assert (again.body, again.url) == (b"page b", f"{site.url}/b")
    assert answers.get(site.url).body == b"page b"
    assert statuses_asked(site)[-1] == ("/b", '"one"')


# --- never kept ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["Authorization", "authorization", "AUTHORIZATION"])
def test_what_a_secret_was_sent_for_is_not_kept(name: str, web: Web, answers: ValidatorCache, folder: Path) -> None:
    for _ in range(2):
        answers.get(URL, headers={name: "Bearer s3cret"})
    assert web.conditions == [{}, {}]
    assert not folder.exists()


@pytest.mark.parametrize("control", ["no-store", "private, No-Store", "max-age=0,no-store"])
def test_what_a_site_wants_nobody_to_keep_is_not_kept(
    control: str, web: Web, answers: ValidatorCache, folder: Path
) -> None:
    web.answer = page({**TAGGED, "cache-control": control})
    answers.get(URL)
    assert not folder.exists()


def test_what_came_in_part_is_not_kept(web: Web, answers: ValidatorCache, folder: Path) -> None:
    web.answer = page(TAGGED, complete=False)
    assert not answers.get(URL).complete
    assert not folder.exists()


def test_no_secret_and_no_cookie_lies_in_the_folder(web: Web, answers: ValidatorCache, folder: Path) -> None:
    web.answer = page({**TAGGED, "set-cookie": "session=s3cret"})
    answers.get(URL, headers={"Accept": "*/*"})
    (file,) = folder.iterdir()
    assert b"s3cret" not in file.read_bytes()


# --- the folder ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda content: b"", id="empty"),
        pytest.param(lambda content: content[:-3], id="cut off"),
        pytest.param(lambda content: content[:-1] + b"\0", id="another checksum"),
        pytest.param(lambda content: content.partition(b"\n")[0] + b"\nnonsense", id="nothing compressed"),
        pytest.param(lambda content: b"[]\n" + content.partition(b"\n")[2], id="another shape"),
        pytest.param(lambda content: b"\xff" + content, id="no JSON"),
        pytest.param(lambda content: b"[" * 100_000 + content, id="nested too deeply"),
    ],
)
def test_a_damaged_file_is_none(
    damage: Callable[[bytes], bytes], web: Web, answers: ValidatorCache, folder: Path
) -> None:
    answers.get(URL)
    (file,) = folder.iterdir()
    file.write_bytes(damage(file.read_bytes()))
    assert answers.get(URL).body == b"<title>A page</title>"
    answers.get(URL)
    assert web.conditions == [{}, {}, {"If-None-Match": '"one"'}]


def test_a_folder_that_cannot_be_written_is_no_trouble(web: Web, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("a file where the cache must be")
    answers = ValidatorCache(web.get, tmp_path / "file/answers")
    for _ in range(2):
        assert answers.get(URL).body == b"<title>A page</title>"
    answers.tidy()
    assert web.conditions == [{}, {}]


def test_a_full_disk_leaves_nothing_half_written(
    answers: ValidatorCache, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    assert answers.get(URL).body == b"<title>A page</title>"
    assert list(folder.iterdir()) == []


def test_many_threads_may_ask_the_same(web: Web, folder: Path) -> None:
    web.answer = page(TAGGED, b"x" * 200_000)
    with ThreadPoolExecutor(8) as pool:
        bodies = list(pool.map(lambda _: ValidatorCache(web.get, folder).get(URL).body, range(64)))
    assert set(bodies) == {b"x" * 200_000}
    assert len(list(folder.iterdir())) == 1


def test_what_nobody_asked_for_in_a_long_time_is_forgotten(web: Web, answers: ValidatorCache, folder: Path) -> None:
    for name in ("a", "b", "c"):
        answers.get(f"{URL}{name}")
    (folder / "a folder").mkdir()
    long_ago = time.time() - FORGOTTEN_AFTER - 60
    for path in folder.iterdir():
        os.utime(path, (long_ago, long_ago))
    answers.get(f"{URL}b")  # is unchanged, and asked for again
    answers.tidy()
    assert len([path for path in folder.iterdir() if path.is_file()]) == 1
    answers.get(f"{URL}b")
    assert web.conditions[-1] == {"If-None-Match": '"one"'}


def test_there_may_be_nothing_to_tidy(answers: ValidatorCache) -> None:
    answers.tidy()


def test_a_secret_that_shows_only_what_is_public_is_no_reason_and_is_kept_nowhere(
    web: Web, answers: ValidatorCache, folder: Path
) -> None:
    web.answer = page(TAGGED)
    for secret in ("s3cret", "another"):
        answers.get_public(URL, headers={"Authorization": f"Bearer {secret}"})
    assert [bool(it) for it in web.conditions] == [False, True]
    assert all(b"s3cret" not in file.read_bytes() for file in folder.iterdir())


def test_where_a_redirect_led_nobody_knows_who_may_read(answers: ValidatorCache, web: Web, folder: Path) -> None:
    web.answer = page(TAGGED, url=f"{URL}elsewhere")
    answers.get_public(URL, headers={"Authorization": "Bearer s3cret"})
    assert not folder.exists()

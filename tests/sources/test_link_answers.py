"""Whether links lead anywhere: what each answer of a server says, what is kept of it, and when it is asked again."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from neco_weekly.model.link_status import LinkStatus
from neco_weekly.sources.http import Http
from neco_weekly.sources.link_answers import ASKED_AGAIN_AFTER, load_statuses, save_statuses, status_of

from tests.sources.sites import PAGE, POLICY, Route, Serve, Site

DAY = dt.date(2026, 7, 10)
LATER = DAY + ASKED_AGAIN_AFTER
TAGGED: Route = (200, {"ETag": '"a"', "Last-Modified": "Fri, 10 Jul 2026 00:00:00 GMT"}, b"<title>A page</title>")
UNCHANGED: Route = (304, {}, b"")


def ask(site: Site, path: str, known: LinkStatus | None = None, day: dt.date = DAY) -> LinkStatus:
    with Http(POLICY) as http:
        return status_of(f"{site.url}{path}", http.get, day, known)


@pytest.mark.parametrize(
    ("route", "life", "detail"),
    [
        (PAGE, "alive", ""),
        ((204, {}, b""), "alive", ""),
        ((404, {}, b""), "broken", "404"),
        ((410, {}, b""), "broken", "410"),
        ((403, {}, b""), "unreached", "403"),
        ((401, {}, b""), "unreached", "401"),
        ((429, {}, b""), "unreached", "429"),
        ((500, {}, b""), "unreached", "500"),
        ((302, {"Location": "/"}, b""), "unreached", "redirects"),
        ((302, {"Location": "http://10.0.0.1/"}, b""), "private", "private-address"),
        ((302, {"Location": "javascript:alert(1)"}, b""), "unreached", "address"),
        ((200, {"Content-Encoding": "br"}, b"x"), "unreached", "compression"),
    ],
)
def test_an_answer_says_whether_a_link_is_alive(serve: Serve, route: Route, life: str, detail: str) -> None:
    found = ask(serve({"/": route}), "/")
    assert (found.life, found.detail, found.day) == (life, detail, DAY)


def test_a_private_address_is_not_asked(serve: Serve) -> None:
    site = serve({"/": PAGE})
    with Http() as http:
        assert status_of(site.url, http.get, DAY).life == "private"
    assert site.asked == []


def test_a_page_of_any_length_is_alive_after_its_beginning(serve: Serve) -> None:
    assert ask(serve({"/": (200, {}, b"x" * 3_000_000)}), "/").life == "alive"


def test_what_was_alive_is_not_asked_for_some_days_and_then_only_whether_it_changed(serve: Serve) -> None:
    site = serve({"/": TAGGED, "/same": UNCHANGED})
    first = ask(site, "/")
    assert ask(site, "/", first, LATER - dt.timedelta(days=1)) == first
    assert len(site.asked) == 1
    again = ask(site, "/same", first, LATER)
    assert again == LinkStatus(life="alive", day=LATER, etag=first.etag, modified=first.modified)
    sent = site.asked[-1].headers
    assert (sent["if-none-match"], sent["if-modified-since"]) == ('"a"', "Fri, 10 Jul 2026 00:00:00 GMT")


def test_what_was_not_alive_is_asked_each_time(serve: Serve) -> None:
    site = serve({"/": PAGE})
    assert ask(site, "/", LinkStatus(life="broken", day=DAY, detail="404")).life == "alive"


@pytest.mark.parametrize("tag", ['"\x01"', '"あ"', '"' + "a" * 500 + '"'])
def test_a_validator_that_cannot_be_sent_back_is_none(serve: Serve, tag: str) -> None:
    site = serve({"/": (200, {"ETag": tag.encode().decode("latin-1")}, b"")})
    assert ask(site, "/").etag == ""


def test_what_is_known_is_kept(tmp_path: Path) -> None:
    known = {
        "https://a.jp/": LinkStatus(life="alive", day=DAY, etag='"a"'),
        "https://b.jp/": LinkStatus(life="broken", day=DAY, detail="404"),
    }
    save_statuses(tmp_path / "c/links.json", known)
    assert load_statuses(tmp_path / "c/links.json") == known


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{",
        '{"a": 1}',
        '{"a": {"life": "alive"}}',
        '{"a": {"life": "x", "day": "2026-07-10"}}',
        '{"a": {"life": "alive", "day": 1}}',
        '{"a": {"life": "alive", "day": "2026-07-10", "etag": 1}}',
        '{"a": {"life": ["alive"], "day": "2026-07-10"}}',
    ],
)
def test_a_damaged_cache_knows_nothing(tmp_path: Path, text: str) -> None:
    (tmp_path / "links.json").write_text(text, encoding="utf-8")
    assert load_statuses(tmp_path / "links.json") == {}
    assert load_statuses(tmp_path) == {}

"""Feeds of releases: read as GitHub writes them, found where a repository has moved to, and refused when hostile."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from neco_weekly.model.errors import FetchError
from neco_weekly.sources.http import Http
from neco_weekly.sources.http.validator_cache import ValidatorCache
from neco_weekly.sources.releases.atom import read_atom
from neco_weekly.sources.releases.github import read_release_feed

from tests.feeds import entry, feed

from .sites import POLICY, Route, Site, redirect

TODAY = dt.date(2022, 9, 1)
AUGUST = "2022-08-26T12:00:00Z"
URL = "https://github.com/example/tool/releases.atom"
ATOM = {"Content-Type": "application/atom+xml; charset=utf-8"}


def read(body: bytes) -> tuple[dict[str, str], tuple[str, ...]]:
    releases, notes = read_atom(body, url=URL, today=TODAY)
    return {it.tag: it.day.isoformat() for it in releases}, notes


def plain(**elements: str) -> str:
    """An entry of these elements and no others, without a namespace."""
    return f"<entry>{''.join(f'<{name}>{text}</{name}>' for name, text in elements.items())}</entry>"


def test_an_entry_is_a_tag_and_its_day_in_tokyo() -> None:
    tags = feed(entry("v1.1.0", "2022-08-25T15:00:00Z"), entry("tool/v1.0.0", "2022-08-25T14:59:59Z"))
    assert read(tags) == ({"v1.1.0": "2022-08-26", "tool/v1.0.0": "2022-08-25"}, ())


AN_ID, OF_1_0 = "tag:github.com,2008:Repository/17/v1.0.0", {"v1.0.0": "2022-08-26"}
TAKEN: dict[str, tuple[bytes, dict[str, str]]] = {
    "no namespace": (b"<feed>" + plain(id=AN_ID, updated=AUGUST).encode() + b"</feed>", OF_1_0),
    "another prefix": (
        f'<a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:entry><a:id>{AN_ID}</a:id>'
        f"<a:updated>{AUGUST}</a:updated></a:entry></a:feed>".encode(),
        OF_1_0,
    ),
    "a tag of which there is no release": (
        feed(f'<entry><link href="https://github.com/a/b/tree/v1.0.0"/><updated>{AUGUST}</updated></entry>'),
        OF_1_0,
    ),
    "the day of publishing": (feed(plain(id=AN_ID, updated="2022-08-30T00:00:00Z", published=AUGUST)), OF_1_0),
    "a tag twice": (feed(entry("v1.0.0", AUGUST), entry("v1.0.0", "2022-08-01T00:00:00Z")), OF_1_0),
    "names that move": (feed(*(entry(tag, AUGUST) for tag in ("latest", "nightly", "abcdef1", "v1.0.0"))), OF_1_0),
    "a number that moves": (feed(entry("v1", AUGUST), entry("v1.0.0", AUGUST)), OF_1_0),
    "numbers alone": (feed(entry("v251", AUGUST)), {"v251": "2022-08-26"}),
    "a hostile title": (
        feed(entry("v1.0.0", AUGUST, title="<script>x</script>\N{RIGHT-TO-LEFT OVERRIDE}" * 500)),
        OF_1_0,
    ),
    "a hostile tag": (feed(entry("v1.0.0<b>", AUGUST), entry("v1.0.0\u202e", AUGUST), entry("v1.0.0", AUGUST)), OF_1_0),
    "a day of Tokyo that is tomorrow": (feed(entry("v1.0.0", "2022-09-02T01:00:00Z")), {"v1.0.0": "2022-09-02"}),
    "nothing": (feed(), {}),
    "entries of nothing": (feed("<entry/>", "<entry><id/><link/><updated/></entry>", "<!-- x --><?x y?>"), {}),
    "UTF-16": (feed(entry("v1.0.0", AUGUST), head="").decode().encode("utf-16"), OF_1_0),
}


def test_what_is_taken() -> None:
    found = {name: read(body) for name, (body, _) in TAKEN.items()}
    assert found == {name: (expected, ()) for name, (_, expected) in TAKEN.items()}


def test_what_is_not_taken_is_told_in_one_sentence_each() -> None:
    later = [entry(f"v3.{minor}.0", "2122-01-01T00:00:00Z") for minor in range(3)]
    days = ("", "yesterday", "1970-01-01T00:00:00Z")
    without = [plain(id=f"{AN_ID}.{number}", updated=day) for number, day in enumerate(days)]
    tags, notes = read(feed(*later, *without, entry("v1.0.0", AUGUST)))
    assert tags == OF_1_0
    assert notes == (
        "dates into the future, and that is not taken: v3.0.0 (2122-01-01) and 2 others",
        "says no day that can be, and that is not taken: v1.0.0.0 and 2 others",
    )


def test_of_ten_thousand_releases_the_first_are_read() -> None:
    tags, notes = read(feed(*(entry(f"v1.{minor}.0", AUGUST) for minor in range(10_000))))
    assert (len(tags), "v1.999.0" in tags, "v1.1000.0" in tags) == (1000, True, False)
    assert notes == ("names 10,000 releases, of which the first 1,000 were read",)


BOMB = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "ha" * 100}">' for n in range(9))
REFUSED: dict[str, tuple[bytes, str]] = {
    "HTML": (b"<!DOCTYPE html><html><title>Sign in</title><br></html>", "is no feed of releases ("),
    "XHTML": (b"<html xmlns='http://www.w3.org/1999/xhtml'/>", "is no feed of releases but <html>"),
    "RSS": (b"<rss version='2.0'><channel/></rss>", "is no feed of releases but <rss>"),
    "JSON": (b'{"a": 1}', "is no feed of releases ("),
    "half of a feed": (feed(entry("v1.0.0", AUGUST))[:-40], "is no feed of releases ("),
    "an empty answer": (b"", "is no feed of releases ("),
    "a control character": (feed("<entry>\x01</entry>"), "is no feed of releases ("),
    "depth": (b"<feed>" * 5000, "is no feed of releases ("),
    "a document type": (feed(head="<!DOCTYPE feed>"), "declares a document type, which no feed needs"),
    "a file": (
        feed("<entry><id>&x;</id></entry>", head='<!DOCTYPE feed [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
        "declares a document type, which no feed needs",
    ),
    "a bomb": (feed("<entry><id>&a8;</id></entry>", head=f"<!DOCTYPE feed [{BOMB}]>"), "is no feed of releases ("),
    "entities": (
        feed("<entry><id>&a1;</id></entry>", head=f"<!DOCTYPE feed [{BOMB}]>"),
        "declares a document type, which no feed needs",
    ),
    "a bomb in an attribute": (feed('<entry a="&a8;"/>', head=f"<!DOCTYPE feed [{BOMB}]>"), "is no feed of releases ("),
}


def refusal(body: bytes) -> str:
    with pytest.raises(FetchError) as refused:
        read(body)
    return str(refused.value)


def test_what_is_no_feed_is_refused_in_one_sentence() -> None:
    told = {name: refusal(body) for name, (body, _) in REFUSED.items()}
    assert [name for name, (_, said) in REFUSED.items() if not told[name].startswith(f"{URL} {said}")] == []
    assert max(map(len, told.values())) < 200


# --- asking ---------------------------------------------------------------------------------------------------------

ROUTES: dict[str, Route] = {
    "/example/tool/releases.atom": (200, {**ATOM, "ETag": '"1"'}, feed(entry("v1.0.0", AUGUST))),
    "/old/tool/releases.atom": redirect("/example/tool/releases.atom", 301),
    "/Example/Tool/releases.atom": redirect("/example/tool/releases.atom", 301),
    "/private/tool/releases.atom": redirect("/login?return_to=x"),
    "/login?return_to=x": (200, {}, b"<html/>"),
    "/elsewhere/tool/releases.atom": redirect("/a/b/c/releases.atom"),
    "/a/b/c/releases.atom": (200, ATOM, feed(entry("v6.6.6", AUGUST))),
    "/slow/tool/releases.atom": (429, {"Retry-After": "3600"}, b""),
    "/long/tool/releases.atom": (200, ATOM, b"<feed>" + b" " * 5_000_001),
}


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    site = Site(ROUTES)
    yield site
    site.close()


def test_a_feed_is_asked_for_without_a_secret_and_not_sent_again(site: Site, tmp_path: Path) -> None:
    with Http(POLICY) as http:
        cache = ValidatorCache(http.get, tmp_path)
        for _ in range(2):
            found = read_release_feed("example/tool", cache.get, today=TODAY, web=f"{site.url}/")
            assert ([it.tag for it in found.releases], found.moved_to, found.notes) == (["v1.0.0"], None, ())
    headers = [it.headers for it in site.asked if it.path == "/example/tool/releases.atom"]
    assert [it.get("if-none-match") for it in headers] == [None, '"1"']
    assert {it["accept"] for it in headers} == {"application/atom+xml"}
    assert not any("authorization" in it or "cookie" in it for it in headers)


@pytest.mark.parametrize(("asked", "moved_to"), [("old/tool", "example/tool"), ("Example/Tool", None)])
def test_a_repository_that_has_moved_is_read_where_it_is(asked: str, moved_to: str | None, site: Site) -> None:
    with Http(POLICY) as http:
        found = read_release_feed(asked, http.get, today=TODAY, web=site.url)
    assert ([it.tag for it in found.releases], found.moved_to) == (["v1.0.0"], moved_to)


@pytest.mark.parametrize(
    ("asked", "said", "code", "gone"),
    [
        ("nobody/tool", "answered 404 Not Found", "404", True),
        ("slow/tool", "answered 429 Too Many Requests", "429", False),
        ("private/tool", "which is no feed of releases", "unreadable", False),
        ("elsewhere/tool", "which is no feed of releases", "unreadable", False),
        ("long/tool", "is too long", "too-long", False),
    ],
)
def test_what_cannot_be_read_is_a_failure(asked: str, said: str, code: str, gone: bool, site: Site) -> None:
    with Http(POLICY) as http, pytest.raises(FetchError) as failed:
        read_release_feed(asked, http.get, today=TODAY, web=site.url)
    assert str(failed.value).endswith(said)
    assert (failed.value.code, failed.value.gone) == (code, gone)

"""`neco refresh` of links that fail: dead after three days, and no change of the lock that says nothing new."""

from __future__ import annotations

import datetime as dt
import itertools
import json
from http.server import BaseHTTPRequestHandler

import pytest
from neco_weekly.hosts import fetchers
from neco_weekly.lock.store import load_lock

from tests.hosts.test_cli import lock_bytes
from tests.hosts.test_cli_cards import DATE, HTML, card, folder, page, picture, refresh
from tests.pdfs import pdf
from tests.sites import Folder
from tests.sources.sites import Route, Serve

__all__ = ["folder"]

FIRST = dt.date(2026, 11, 1)
"""The first day of a test; days of the clock are counted from there."""


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[dt.date]:
    """The day that a refresh takes for today, alone in a list."""
    now = [FIRST]
    monkeypatch.setattr(fetchers, "today", lambda: now[0])
    return now


def test_a_link_that_dies_keeps_its_card_and_gets_an_archive(
    folder: Folder, serve: Serve, clock: list[dt.date], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetchers, "is_public_web", lambda url, **_: True)  # as if loopback were
    routes: dict[str, Route] = {"/": (200, HTML, page("一つ目の頁"))}
    site = serve(routes)
    folder.issue(DATE, f"{site.url}/")
    copy = f"http://web.archive.org/web/20260109000000/{site.url}/"
    closest = {"available": True, "status": "200", "url": copy, "timestamp": "20260109000000"}
    question = f"/available?url={site.url.replace(':', '%3A').replace('/', '%2F')}%2F&timestamp=20260109"
    archive = serve({question: (200, {}, json.dumps({"archived_snapshots": {"closest": closest}}).encode())})
    api = ("--archive-api", f"{archive.url}/available")
    refresh(folder, *api)
    alive, there = card(folder, site.url), routes["/"]
    routes["/"] = (404, {}, b"")
    for clock[0] in (FIRST, FIRST, FIRST, FIRST + dt.timedelta(days=7)):
        refresh(folder, *api)
    assert archive.asked == []
    clock[0] += dt.timedelta(days=7)
    done = refresh(folder, *api)
    assert done.status == 1  # nothing else was asked for
    dead = card(folder, site.url)
    assert dead.is_dead
    assert dead.archive == f"https://web.archive.org/web/20260109000000/{site.url}/"
    assert done.out.splitlines()[:2] == [
        f"{site.url}/: is dead, archived at {dead.archive}",
        f"not fetched: {site.url}/: answered 404 Not Found; the link is dead",
    ]
    assert (dead.title, dead.image, dead.fetched) == (alive.title, alive.image, alive.fetched)
    routes["/"] = there
    refresh(folder, *api)
    assert card(folder, site.url).failures is None


def test_a_refresh_without_news_is_empty(folder: Folder, serve: Serve, clock: list[dt.date]) -> None:
    """The second of a day, and any after the third day, whatever the failures: then no pull request is opened."""
    site = serve({
        "/": (200, HTML, page("一つ目の頁")),
        "/gone": (404, {}, b""), "/gone.png": (410, {}, b""),
        "/busy": (503, {"Retry-After": "3600"}, b""), "/forbidden": (403, {}, b""), "/busy.png": (403, {}, b""),
        "/stand-in": (200, HTML, page("Just a moment...")), "/no-picture.png": (200, HTML, page("題")),
    })  # fmt: skip
    cards = [f"{site.url}/{path}" for path in ("", "gone", "busy", "forbidden", "stand-in")]
    images = [f"![図]({site.url}/{path}.png)" for path in ("gone", "busy", "no-picture")]
    folder.issue(DATE, "\n\n".join([*cards, *images]))
    seen = []
    for days in range(6):
        clock[0] = FIRST + dt.timedelta(days=days)
        done = refresh(folder), refresh(folder), lock_bytes(folder)
        seen.append([("is unchanged" in it.out, it.out.count("not fetched")) for it in done[:2]])
    assert seen == [[(False, 7), (True, 7)]] * 3 + [[(True, 7), (True, 7)]] * 3
    lock = load_lock(folder.root / "docs/_metadata")
    failures = {url: it.failures for url, it in lock.cards.items()}
    failures |= {url: it.failures for url, it in lock.pictures.items()}
    counts = {url.removeprefix(site.url): it and (it.count, it.gone, it.last) for url, it in failures.items()}
    assert counts == {
        "/": None, "/gone": (3, 3, "404"), "/gone.png": (3, 3, "410"),
        "/busy": (1, 0, "503"), "/forbidden": (1, 0, "403"), "/busy.png": (1, 0, "403"),
        "/stand-in": (1, 0, "stand-in"), "/no-picture.png": (1, 0, "no-picture"),
    }  # fmt: skip


EVENT = """<script type=application/ld+json>
{"@type": "Event", "name": "猫の会", "startDate": "2026-12-05T19:00:00+09:00", "location": "市民ホール"}</script>"""
REPOSITORY = {"full_name": "neko/box", "private": False, "archived": True, "created_at": "2019-01-01T00:00:00Z"}


def cookie_wall(asked: BaseHTTPRequestHandler) -> None:
    """The page for who brings a cookie; others are given one, another for each, and sent here again."""
    has_one = "seen=" in asked.headers.get("Cookie", "")
    body = page("壁の中の頁") if has_one else b""
    asked.send_response(200 if has_one else 302)
    for name, value in {**HTML, "Set-Cookie": f"seen={id(asked)}", "Location": asked.path}.items():
        asked.send_header(name, value)
    asked.send_header("Content-Length", str(len(body)))
    asked.end_headers()
    asked.wfile.write(body)


def test_a_refresh_of_every_kind_of_page_is_empty_when_nothing_changed(
    folder: Folder, serve: Serve, clock: list[dt.date], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_TOKEN", "s3cret")
    routes: dict[str, Route] = {
        "/book": (200, HTML, page("猫の本", "<meta name=description content=説明>")),
        "/paper.pdf": (200, {"Content-Type": "application/pdf"}, pdf()),
        "/values.yaml": (200, {"Content-Type": "text/plain"}, b"a: 1\n"),
        "/event": (200, HTML, page("猫の会", EVENT)),
        "/wall": cookie_wall,
        "/text": (200, HTML, page("絵のある頁", "<article><h1>絵</h1><img src=/image.png></article>")),
        "/image.png": (200, {"Content-Type": "image/png"}, picture("red")),
        "/gone": (404, {}, b""),
    }
    site = serve(routes)
    paths = ("book", "paper.pdf", "values.yaml", "event", "wall", "text", "gone")
    cards = [*(f"{site.url}/{path}" for path in paths), "https://github.com/neko/box"]
    folder.issue(DATE, "\n\n".join(cards))
    api = serve({"/repos/neko/box": (200, {}, json.dumps(REPOSITORY).encode())})
    options = ("--github-api", api.url, "--per-host-delay", "0")
    refresh(folder, *options)
    known = load_lock(folder.root / "docs/_metadata").cards
    assert {url.removeprefix(site.url) for url in known if known[url].title} == {
        *(f"/{path}" for path in paths if path != "gone"), "https://github.com/neko/box",
    }  # fmt: skip
    routes["/book"] = (200, HTML, page("Error", "<h4>Type the letters</h4>"))
    locks = []
    for days in range(5):
        clock[0] = FIRST + dt.timedelta(days=days)
        for _ in range(2):
            refresh(folder, *options)
            locks.append(lock_bytes(folder))
    same = [one == other for one, other in itertools.pairwise(locks)]
    assert same == [True, False, True, False, True, True, True, True, True]  # the lost page is counted on three days


def test_a_suspicious_answer_is_proposed_and_a_person_decides(folder: Folder, serve: Serve) -> None:
    more = "<meta name=description content=説明>"
    routes: dict[str, Route] = {"/book": (200, HTML, page("猫の本", more))}
    site = serve(routes)
    url = f"{site.url}/book"
    folder.issue(DATE, url)
    refresh(folder)
    good = card(folder, url)
    routes["/book"] = (200, HTML, page("Error", "<h4>Type the letters</h4>"))
    done, once = refresh(folder), lock_bytes(folder)
    assert done.out.startswith(
        f"proposed: {url}: the page speaks of an error, a log-in or the like, and says little else: "
    )
    assert card(folder, url).title == "猫の本"
    assert refresh(folder).out.endswith("The lock is unchanged.\n")
    assert lock_bytes(folder) == once
    routes["/book"] = (200, HTML, page("猫の本", more))
    refresh(folder)
    assert card(folder, url) == good
    routes["/book"] = (200, HTML, page("Oops, a book"))
    refresh(folder)
    refresh(folder, url, "--accept")
    assert (card(folder, url).title, card(folder, url).description) == ("Oops, a book", None)
    assert refresh(folder, "--accept").status == 2

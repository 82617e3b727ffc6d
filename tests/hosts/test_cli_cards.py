"""`neco refresh` and cards, against real sites on loopback: what is asked for, what is kept, what is removed."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler
from io import BytesIO
from pathlib import Path

import pytest
from neco_weekly.lock.store import load_lock
from neco_weekly.model.cards import Card
from PIL import Image

from tests.hosts.test_cli import LOOPBACK, Outcome, lock_bytes, neco
from tests.sites import Folder, issue_path, new_folder
from tests.sources.sites import Route, Serve, Site

DATE = "2026-01-09"
HTML = {"Content-Type": "text/html; charset=utf-8"}


def picture(colour: str, size: tuple[int, int] = (960, 504)) -> bytes:
    file = BytesIO()
    Image.new("RGB", size, colour).save(file, "PNG")
    return file.getvalue()


def page(title: str, *more: str) -> bytes:
    return f"<html lang=ja><title>{title}</title>{''.join(more)}".encode()


IMAGE = "<meta property=og:image content=/image.png>"


class Tagged:
    """A route that knows what its visitors have: it answers 304 to those who name its tag."""

    def __init__(self, headers: Mapping[str, str], body: bytes, tag: str = '"one"') -> None:
        self.headers, self.body, self.tag = headers, body, tag
        self.sent: list[int] = []

    def __call__(self, asked: BaseHTTPRequestHandler) -> None:
        status = 304 if asked.headers.get("If-None-Match") == self.tag else 200
        self.sent.append(status)
        asked.send_response(status)
        for name, value in {**self.headers, "ETag": self.tag}.items():
            asked.send_header(name, value)
        asked.end_headers()
        if status == 200:
            asked.wfile.write(self.body)


def refresh(folder: Folder, *arguments: str) -> Outcome:
    return neco(folder, "refresh", "--only", "cards", *LOOPBACK, *arguments)


def asked(site: Site) -> list[str]:
    return sorted(it.path for it in site.asked)


def files(folder: Folder) -> list[str]:
    return sorted(it.name for it in (folder.root / "docs/assets/cards").glob("*"))


def card(folder: Folder, url: str) -> Card:
    found = load_lock(folder.root / "docs/_metadata").card(url)
    assert found is not None
    return found


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return new_folder(tmp_path / "project")


@pytest.fixture
def routes() -> dict[str, Route]:
    return {
        "/": (200, HTML, page("一つ目の頁", IMAGE)),
        "/image.png": (200, {"Content-Type": "image/png"}, picture("tan")),
        "/favicon.ico": (200, {"Content-Type": "image/x-icon"}, picture("black", (64, 64))),
    }


@pytest.fixture
def site(routes: dict[str, Route], serve: Serve, folder: Folder) -> Site:
    opened = serve(routes)
    folder.issue(DATE, f"{opened.url}/")
    return opened


# --- pictures -----------------------------------------------------------------------------------------------------


def test_pictures_are_kept_small_beside_the_site(site: Site, folder: Folder) -> None:
    done = refresh(folder)
    assert (done.status, done.out.splitlines()) == (
        0,
        [f"{site.url}/: new: 一つ目の頁", "The lock was updated."],
    )
    kept = card(folder, site.url)
    assert kept.image
    assert kept.icon
    assert files(folder) == sorted([kept.image.file, kept.icon.file])
    with Image.open(folder.root / "docs/assets/cards" / kept.image.file) as shown:
        assert (shown.format, shown.size) == ("WEBP", (480, 252)) == ("WEBP", (kept.image.width, kept.image.height))
    assert kept.origins == {"title": "html", "site": "host", "image": "og", "icon": "host"}
    assert (kept.lang, kept.image.url) == ("ja", f"{site.url}/image.png")


def test_a_dry_run_keeps_no_picture(site: Site, folder: Folder) -> None:
    done = refresh(folder, "--dry-run")
    assert done.out.splitlines()[-1] == "The lock would change."
    assert files(folder) == []


def test_a_picture_whose_file_is_gone_comes_back(site: Site, folder: Folder) -> None:
    refresh(folder)
    before = files(folder)
    for name in before:
        (folder.root / "docs/assets/cards" / name).unlink()
    assert refresh(folder).out == "The lock is unchanged.\n"
    assert files(folder) == before


def test_an_image_that_is_none_is_told_and_the_card_stays_good(
    site: Site,
    folder: Folder,
    routes: dict[str, Route],
) -> None:
    routes["/image.png"] = (200, {"Content-Type": "image/png"}, b"<svg onload=alert(1)></svg>")
    done = refresh(folder, "--strict")
    assert done.status == 0
    assert done.out.splitlines()[1].startswith(f"to know: {site.url}/: its image is not kept: {site.url}/image.png: ")
    assert card(folder, site.url).image is None


def test_a_picture_that_cannot_be_written_leaves_the_lock(site: Site, folder: Folder) -> None:
    folder.write("docs/assets/cards", "a file where a folder must be")
    before = lock_bytes(folder)
    done = refresh(folder)
    assert done.status == 2
    assert "cannot write the picture" in done.error
    assert lock_bytes(folder) == before


# --- answers of before --------------------------------------------------------------------------------------------


def test_what_did_not_change_is_not_sent_again(site: Site, folder: Folder, routes: dict[str, Route]) -> None:
    tagged = {path: Tagged(answer[1], answer[2]) for path, answer in routes.items() if isinstance(answer, tuple)}
    routes.update(tagged)
    refresh(folder)
    before = lock_bytes(folder), files(folder)
    assert refresh(folder).out == "The lock is unchanged.\n"
    assert (lock_bytes(folder), files(folder)) == before
    assert {path: it.sent for path, it in tagged.items()} == {path: [200, 304] for path in routes}


def test_the_answer_of_before_makes_up_for_a_lock_that_was_lost(
    site: Site,
    folder: Folder,
    routes: dict[str, Route],
) -> None:
    routes["/"] = Tagged(HTML, page("一つ目の頁", IMAGE))
    refresh(folder)
    before = lock_bytes(folder)
    (folder.root / "docs/_metadata/cards.json").unlink()
    refresh(folder)
    assert lock_bytes(folder) == before


def test_another_tag_is_another_answer(site: Site, folder: Folder, routes: dict[str, Route]) -> None:
    routes["/"] = Tagged(HTML, page("前の題"))
    refresh(folder)
    routes["/"] = Tagged(HTML, page("今の題"), tag='"two"')
    assert refresh(folder).out.splitlines()[0] == f"{site.url}/: 今の題"


def test_the_day_of_the_last_change_is_a_condition_too(
    site: Site,
    folder: Folder,
    routes: dict[str, Route],
) -> None:
    day = "Wed, 25 Nov 2026 00:00:00 GMT"
    routes["/"] = (200, {**HTML, "Last-Modified": day}, page("題"))
    refresh(folder)
    refresh(folder)
    conditions = [it.headers.get("if-modified-since") for it in site.asked if it.path == "/"]
    assert conditions == [None, day]


@pytest.mark.parametrize("damage", [b"", b"{}\n", b"\0\1\2", b'{"url": 1, "headers": [], "length": 0}\nx'])
def test_a_damaged_answer_of_before_is_none(
    damage: bytes,
    site: Site,
    folder: Folder,
    routes: dict[str, Route],
) -> None:
    routes["/"] = tagged = Tagged(HTML, page("題"))
    refresh(folder)
    for path in (folder.root / ".cache/neco-weekly/answers").iterdir():
        path.write_bytes(damage)
    assert refresh(folder).out == "The lock is unchanged.\n"
    assert tagged.sent == [200, 200]


# --- --max-age ----------------------------------------------------------------------------------------------------


def test_a_card_that_was_read_lately_is_left_out(site: Site, folder: Folder) -> None:
    refresh(folder)
    site.asked.clear()
    assert refresh(folder, "--max-age", "30d").out == "The lock is unchanged.\n"
    assert site.asked == []
    refresh(folder)
    assert "/" in asked(site)


@pytest.mark.parametrize(("age", "is_asked"), [("1h", True), ("2d", False), ("3", False), ("1w", False)])
def test_ages(age: str, is_asked: bool, site: Site, folder: Folder) -> None:
    refresh(folder)
    visits = folder.root / ".cache/neco-weekly/visits.json"
    yesterday = dt.datetime.now(dt.UTC) - dt.timedelta(hours=25)
    visits.write_text(json.dumps({f"{site.url}/": yesterday.isoformat()}), encoding="utf-8")
    _date_back(folder, 2)
    site.asked.clear()
    refresh(folder, "--max-age", age)
    assert ("/" in asked(site)) is is_asked


@pytest.mark.parametrize(
    "damaged",
    [
        pytest.param("{{", id="no JSON"),
        pytest.param("[" * 100_000, id="nested too deeply"),
        pytest.param('{{"{url}/": "2099-01-01T00:00:00"}}', id="a moment without a zone"),
        pytest.param('{{"{url}/": "soon"}}', id="no moment"),
        pytest.param('{{"{url}/": "2999-01-01T00:00:00+09:00"}}', id="a visit that is still to come"),
    ],
)
def test_without_a_cache_the_day_of_the_card_counts(damaged: str, site: Site, folder: Folder) -> None:
    refresh(folder)
    _date_back(folder, 20)
    visits = folder.root / ".cache/neco-weekly/visits.json"
    visits.write_text(damaged.format(url=site.url), encoding="utf-8")
    site.asked.clear()
    refresh(folder, "--max-age", "30")
    assert site.asked == []
    refresh(folder, "--max-age", "10")
    assert "/" in asked(site)


def test_a_page_that_failed_is_never_fresh(site: Site, folder: Folder, routes: dict[str, Route]) -> None:
    refresh(folder)
    routes["/"] = (503, {"Retry-After": "3600"}, b"")
    refresh(folder)
    site.asked.clear()
    refresh(folder, "--max-age", "30d")
    assert "/" in asked(site)


def test_a_page_that_is_named_is_asked_at_any_age(site: Site, folder: Folder) -> None:
    refresh(folder)
    site.asked.clear()
    refresh(folder, f"{site.url}/", "--max-age", "30d")
    assert "/" in asked(site)


@pytest.mark.parametrize("age", ["soon", "-1", "1y", "1.5d", ""])
def test_what_is_no_age(age: str, folder: Folder) -> None:
    done = refresh(folder, "--max-age", age)
    assert done.status == 2
    assert "is no time like 30d, 12h or 2w" in done.error


def _date_back(folder: Folder, days: int) -> None:
    """Make all cards so many days older."""
    path = folder.root / "docs/_metadata/cards.json"
    document = json.loads(path.read_text(encoding="utf-8"))
    for entry in document["cards"].values():
        entry["fetched"] = (dt.date.fromisoformat(entry["fetched"]) - dt.timedelta(days=days)).isoformat()
    path.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")


# --- --prune ------------------------------------------------------------------------------------------------------


def test_pictures_and_cards_that_nobody_shows_are_removed(
    site: Site,
    folder: Folder,
    routes: dict[str, Route],
) -> None:
    routes["/two"] = (200, HTML, page("二つ目の頁", IMAGE.replace("image.png", "two.png")))
    routes["/two.png"] = (200, {}, picture("navy"))
    folder.issue(DATE, f"{site.url}/\n\n{site.url}/two")
    refresh(folder)
    folder.write("docs/assets/cards/mine.png", "not ours")
    two = card(folder, f"{site.url}/two").image
    assert two
    assert two.file in files(folder)
    folder.issue(DATE, f"{site.url}/")
    before = files(folder)
    told = refresh(folder, "--prune", "--dry-run")
    assert files(folder) == before
    done = refresh(folder, "--prune")
    lines = [
        f"{site.url}/two: no page mentions it; its card is removed",
        f"assets/cards/{two.file}: no card shows it; it is removed",
    ]
    assert [told.out.splitlines()[:2], done.out.splitlines()[:2]] == [lines, lines]
    assert files(folder) == sorted(set(before) - {two.file})
    assert list(load_lock(folder.root / "docs/_metadata").cards) == [f"{site.url}/"]
    assert refresh(folder, "--prune").out == "The lock is unchanged.\n"


def test_a_card_of_a_draft_or_of_another_page_is_not_pruned(site: Site, folder: Folder) -> None:
    refresh(folder)
    (folder.root / issue_path(DATE)).unlink()
    folder.write("docs/guide.md", f"# 案内\n\nリンクは（{site.url}/）です。")
    assert refresh(folder, "--prune").out == "The lock is unchanged.\n"
    folder.write("docs/guide.md", "# 案内")
    assert "no page mentions it" in refresh(folder, "--prune").out
    assert files(folder) == []

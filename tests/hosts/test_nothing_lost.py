"""Several refreshes at once, and people who edit the lock while one runs: all that was fetched and written is kept."""

from __future__ import annotations

import json
import subprocess
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from neco_weekly.lock.store import Lock, load_lock, save_lock
from neco_weekly.model.cards import Card

from tests.hosts.test_cli import LOOPBACK
from tests.hosts.test_cli_cards import HTML, IMAGE, files, page, picture, refresh
from tests.pictures import drawn
from tests.sites import Built, Folder, kep, new_folder, run
from tests.sources.repositories import GitFolder
from tests.sources.repositories import kep as kep_file
from tests.sources.sites import Route, Serve

DATE = "2026-01-09"
HAND = Card(url="https://example.org/", title="By hand")


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return new_folder(tmp_path / "project")


def edit(folder: Folder, change: Callable[[Lock], Lock]) -> None:
    """What an editor does that saves a file."""
    metadata = folder.docs / "_metadata"
    save_lock(change(load_lock(metadata)), metadata)


def lock_of(folder: Folder) -> Lock:
    return load_lock(folder.docs / "_metadata")


def answering(title: str, *more: str, when: Callable[[], object] = lambda: None) -> Route:
    """A page that answers when something has happened."""

    def route(asked: BaseHTTPRequestHandler) -> None:
        when()
        head = "".join(f"{name}: {value}\r\n" for name, value in HTML.items())
        asked.wfile.write(f"HTTP/1.0 200 OK\r\n{head}\r\n".encode() + page(title, *more))

    return route


# --- at once ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [2, 8])
def test_refreshes_at_once_keep_all(count: int, folder: Folder, serve: Serve, tmp_path: Path) -> None:
    """Each has loaded the lock before any writes it: every page waits until the pages of all have been asked for."""
    all_began = threading.Barrier(count)
    routes: dict[str, Route] = {"/icon.png": (200, {}, drawn(32, 32))}
    for it in range(count):
        routes[f"/{it}"] = answering(f"Page {it}", f"<meta property=og:image content=/{it}.png>", when=all_began.wait)
        routes[f"/{it}/more"] = answering(f"More {it}")
        routes[f"/{it}.png"] = (200, {}, drawn(100 + it, 100))
    site = serve(routes)
    upstream, bundle = GitFolder(tmp_path / "enhancements"), tmp_path / "keps.bundle"
    upstream.commit({f"keps/sig-node/{100 + it}-x/kep.yaml": kep_file(100 + it) for it in range(count)})
    upstream.git("bundle", "create", "--quiet", str(bundle), "HEAD", "master")

    def one(it: int) -> subprocess.CompletedProcess[str]:
        asked = (f"KEP-{100 + it}", f"{site.url}/{it}", f"{site.url}/{it}/more")
        return run("neco", "refresh", *asked, "--source", bundle, *LOOPBACK, cwd=folder.root)

    with ThreadPoolExecutor(count) as pool:
        done = list(pool.map(one, range(count)))
    assert [(it.returncode, it.stdout.splitlines()[-1]) for it in done] == [(0, "The lock was updated.")] * count, done
    lock = lock_of(folder)
    assert sorted(lock.fetched) == [100 + it for it in range(count)]
    assert {card.title for card in lock.cards.values()} == {
        f"{word} {it}" for it in range(count) for word in ("Page", "More")
    }
    named = sorted(card.image.file for card in lock.cards.values() if card.image)
    assert (len(named), files(folder)) == (count, named)
    visits = json.loads((folder.root / ".cache/neco-weekly/visits.json").read_text())
    assert sorted(visits) == sorted(lock.cards)
    assert not list(folder.root.rglob(".*.neco"))


def test_a_picture_of_another_refresh_is_not_pruned(folder: Folder, serve: Serve) -> None:
    """It is written and named while the one that prunes is still asking."""

    def other() -> None:
        assert run("neco", "refresh", f"{site.url}/theirs", *LOOPBACK, cwd=folder.root).returncode == 0

    site = serve(
        {
            "/mine": answering("Mine", when=other),
            "/theirs": answering("Theirs", IMAGE),
            "/image.png": (200, {}, picture("red")),
        }
    )
    folder.issue(DATE, f"{site.url}/mine")
    folder.write("docs/assets/cards/0123456789abcdef0123.png", b"nobody's")
    done = refresh(folder, "--prune")
    assert done.status == 0, done.error
    assert set(lock_of(folder).cards) == {f"{site.url}/mine", f"{site.url}/theirs"}
    assert len(files(folder)) == 1
    assert "0123456789abcdef0123.png: no card shows it; it is removed" in done.out


def test_a_card_that_was_edited_is_not_pruned(folder: Folder, serve: Serve) -> None:
    folder.lock(cards=[HAND])
    hand = replace(HAND, title="Edited")
    site = serve({"/": answering("Mine", when=lambda: edit(folder, lambda it: replace(it, cards={HAND.url: hand})))})
    folder.issue(DATE, f"{site.url}/")
    done = refresh(folder, "--prune")
    assert lock_of(folder).cards[HAND.url] == hand
    assert f"to know: {HAND.url} was also changed in the lock meanwhile, and stays as it is there" in done.out


# --- a person edits -----------------------------------------------------------------------------------------------


def test_edits_at_each_step_of_a_refresh_are_kept(folder: Folder, serve: Serve) -> None:
    """One for each page that is asked for: a card, a KEP, a word of a card that is being fetched."""

    def add(number: int) -> Callable[[], None]:
        card = Card(url=f"https://example.org/{number}", title="By hand")
        changed = lambda it: replace(  # noqa: E731
            it, cards={**it.cards, card.url: card}, fetched={**it.fetched, number: kep(number)}
        )
        return lambda: edit(folder, changed)

    site = serve({f"/{it}": answering(f"Page {it}", when=add(it)) for it in range(1, 13)})
    folder.issue(DATE, "\n\n".join(f"{site.url}/{it}" for it in range(1, 13)))
    assert refresh(folder, "--connections-per-host", "1").status == 0
    lock = lock_of(folder)
    assert sorted(lock.fetched) == list(range(1, 13))
    assert len(lock.cards) == 24


def test_the_hand_wins_and_that_is_told(folder: Folder, serve: Serve) -> None:
    def by_hand(lock: Lock) -> Lock:
        (old,) = lock.cards.values()
        return replace(lock, cards={old.url: replace(old, title="By hand")})

    words = "<meta property=og:description content=Words>"
    site = serve({"/": answering("New", words, when=lambda: edit(folder, by_hand))})
    folder.lock(cards=[Card(url=f"{site.url}/", title="Old")])
    folder.issue(DATE, f"{site.url}/")
    done = refresh(folder)
    (card,) = lock_of(folder).cards.values()
    assert (card.title, card.description) == ("By hand", "Words")
    stays = f"{site.url}/: title was also changed in the lock meanwhile, and stays as it is there"
    assert f"to know: {stays}" in done.out.splitlines()
    assert done.status == 0


def test_a_file_that_nothing_was_asked_for_stays_as_a_person_left_it(folder: Folder, serve: Serve) -> None:
    folder.lock(kep(127))
    keps = folder.docs / "_metadata/keps.json"
    edited = keps.read_text().replace("\n", "\n\n")
    site = serve({"/": answering("New", when=lambda: keps.write_text(edited))})
    folder.issue(DATE, f"{site.url}/")
    assert refresh(folder).out.endswith("The lock was updated.\n")
    assert keps.read_text() == edited


@pytest.mark.parametrize("command", ["refresh", "prune"])
@pytest.mark.parametrize("name", ["keps.json", "cards.json", "overrides.yml"])
def test_merge_markers_stop_it_and_nothing_is_written(name: str, command: str, folder: Folder, serve: Serve) -> None:
    """A branch is merged while a refresh asks, and the two do not fit."""
    file = folder.docs / "_metadata" / name

    def merge() -> None:
        file.write_text(f"{{\n<<<<<<< HEAD\n{file.read_text()}\n=======\n")

    site = serve({"/": answering("New", IMAGE, when=merge), "/image.png": (200, {}, picture("red"))})
    folder.lock(kep(127), cards=[HAND])
    folder.issue(DATE, f"{site.url}/")
    before = Built(folder.docs).contents()
    done = refresh(folder, *(["--prune"] if command == "prune" else []))
    assert (done.status, done.out) == (2, "")
    assert done.error.splitlines()[-1].startswith(f"Error: docs/_metadata/{name}:")
    after = Built(folder.docs).contents()
    assert after.pop(f"_metadata/{name}") != before.pop(f"_metadata/{name}")
    assert after == before

"""What a preview asks for and writes when a build has told it what the issues mention."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import click
import pytest
from neco_weekly.hosts.catching_up import AGAIN_AFTER, Asked
from neco_weekly.hosts.cli.fetch_while_serving import Fetching
from neco_weekly.hosts.cli.fetcher_options import fetcher_options
from neco_weekly.hosts.cli.printing import tell
from neco_weekly.hosts.fetchers import FetcherOptions, outside
from neco_weekly.hosts.preview import Mentioned, Turn
from neco_weekly.hosts.project import load_project
from neco_weekly.lock.store import load_lock
from neco_weekly.model.cards import Card, CardPicture
from neco_weekly.refresh import Plan

from tests.hosts.test_cli_cards import HTML, IMAGE, page, picture
from tests.sites import Built, Folder, kep, new_folder
from tests.sources.repositories import KEP_127, GitFolder
from tests.sources.repositories import kep as kep_file
from tests.sources.sites import PAGE, Serve, Site

NEVER = "http://127.0.0.1:9/"


@click.command()
@fetcher_options
def options(**named: Any) -> FetcherOptions:
    return FetcherOptions(**named)


OPTIONS: FetcherOptions = options.main(
    ["--allow-private", "127.0.0.0/8", "--per-host-delay", "0", "--github-api", NEVER], standalone_mode=False
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folder:
    monkeypatch.chdir(tmp_path)
    return new_folder(tmp_path)


@pytest.fixture
def upstream(tmp_path: Path) -> Path:
    repository = GitFolder(tmp_path / "enhancements")
    other = "keps/sig-node/2254-cgroup-v2/kep.yaml"
    repository.commit({KEP_127: kep_file(title="User Namespaces", stage="beta"), other: kep_file(2254)})
    return repository.path


@pytest.fixture
def site(serve: Serve) -> Site:
    return serve({"/a": PAGE, "/pictured": (200, HTML, page("B", IMAGE)), "/image.png": (200, {}, picture("red"))})


CatchUp = Callable[[Mentioned], None]


@pytest.fixture
def catch_up(folder: Folder, upstream: Path) -> Iterator[CatchUp]:
    """A preview's, while nothing is built."""
    turn = Turn.new()
    turn.give()
    project = load_project()
    with outside(replace(OPTIONS, source=str(upstream)), project, tell) as web:
        yield Fetching(project=project, web=web, turn=turn).catch_up


def in_lock(folder: Folder) -> tuple[set[int], set[str]]:
    lock = load_lock(folder.docs / "_metadata")
    return set(lock.fetched), set(lock.cards)


def test_what_is_mentioned_and_unknown_is_fetched_and_written(
    catch_up: CatchUp, folder: Folder, site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    catch_up(Mentioned(keps=(127,), cards=(f"{site.url}/a",)))
    assert in_lock(folder) == ({127}, {f"{site.url}/a"})
    out, error = capsys.readouterr()
    assert out == ""
    assert error.splitlines() == [
        f"Fetching KEP-127, {site.url}/a",
        f"Reading KEPs from {folder.root}/enhancements",
        "KEP-127: new: User Namespaces (not released)",
        f"{site.url}/a: new: A page",
    ]


def test_a_picture_of_another_host_is_fetched_once_and_written(
    catch_up: CatchUp, folder: Folder, site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    for _ in range(2):
        catch_up(Mentioned(pictures=(f"{site.url}/image.png", f"{site.url}/none.png")))
    pictures = load_lock(folder.docs / "_metadata").pictures
    assert list(pictures) == [f"{site.url}/image.png"]
    (name,) = (it.name for it in (folder.docs / "assets/cards").iterdir())
    assert pictures[f"{site.url}/image.png"].copy == CardPicture(
        url=f"{site.url}/image.png", file=name, width=960, height=504
    )
    assert capsys.readouterr().err.splitlines() == [
        f"Fetching {site.url}/image.png, {site.url}/none.png",
        f"{site.url}/image.png: new: copy of the picture, 960×504 pixels",
        f"not fetched: {site.url}/none.png: answered 404 Not Found",
    ]


def test_a_pull_request_is_fetched_with_its_kep(
    catch_up: CatchUp, folder: Folder, upstream: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Asked for once, whether the repository knows it or not."""
    repository = GitFolder(upstream)
    repository.commit({KEP_127.replace("kep.yaml", "README.md"): "x"}, subject="Explain it (#6092)")
    for _ in range(2):
        catch_up(Mentioned(pulls=(6092, 7000)))
    lock = load_lock(folder.docs / "_metadata")
    assert (list(lock.fetched), lock.pulls) == ([127], {6092: (127,)})
    assert capsys.readouterr().err.splitlines() == [
        "Fetching pull request #6092, pull request #7000",
        f"Reading KEPs from {folder.root}/enhancements",
        "KEP-127: new: User Namespaces (not released)",
        "pull request #6092 is about KEP-127",
    ]


def test_what_the_lock_knows_is_not_asked_for(
    catch_up: CatchUp, folder: Folder, site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    folder.lock(kep(1), cards=[Card(url=f"{site.url}/a", title="Known")], missing={2: "not-found"})
    before = Built(folder.docs).contents()
    catch_up(Mentioned(keps=(1, 2), cards=(f"{site.url}/a",)))
    assert Built(folder.docs).contents() == before
    assert site.asked == []
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    ("keps", "words"),
    [
        pytest.param((), "Fetching 6 cards", id="cards"),
        pytest.param((127,), "Fetching 1 KEP and 6 cards", id="a KEP and cards"),
        pytest.param((127, 2254), "Fetching 2 KEPs and 6 cards", id="both"),
    ],
)
def test_many_things_are_counted(
    keps: tuple[int, ...], words: str, catch_up: CatchUp, site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    catch_up(Mentioned(keps=keps, cards=tuple(f"{site.url}/{number}" for number in range(6))))
    assert capsys.readouterr().err.splitlines()[0] == words


def test_what_others_write_meanwhile_stays(catch_up: CatchUp, folder: Folder, serve: Serve) -> None:
    """Another refresh, or a branch that is checked out."""

    def route(asked: BaseHTTPRequestHandler) -> None:
        folder.lock(kep(5), cards=[Card(url="https://example.org/", title="Theirs")])
        asked.wfile.write(b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n<title>Ours</title>")

    site = serve({"/": route})
    catch_up(Mentioned(cards=(site.url,)))
    assert in_lock(folder) == ({5}, {"https://example.org/", f"{site.url}/"})


def test_merge_markers_that_come_meanwhile_stop_it_and_nothing_is_written(
    catch_up: CatchUp, folder: Folder, serve: Serve, capsys: pytest.CaptureFixture[str]
) -> None:
    folder.lock(kep(5))
    cards, held = folder.docs / "_metadata/cards.json", "<<<<<<< HEAD\n"

    def route(asked: BaseHTTPRequestHandler) -> None:
        cards.write_text(held)
        asked.wfile.write(b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n" + page("Ours", IMAGE))

    site = serve({"/": route, "/image.png": (200, {}, picture("red"))})
    before = Built(folder.docs).contents()
    catch_up(Mentioned(cards=(site.url,)))
    told = capsys.readouterr().err.splitlines()[-1]
    assert told.startswith("Error: docs/_metadata/cards.json:1: holds merge markers; ")
    assert Built(folder.docs).contents() == {**before, "_metadata/cards.json": held.encode()}


# --- what does not answer -----------------------------------------------------------------------------------------


def test_what_does_not_answer_is_told_once_and_nothing_is_written(
    catch_up: CatchUp, folder: Folder, site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    before = Built(folder.docs).contents()
    for _ in range(3):
        catch_up(Mentioned(cards=(f"{site.url}/none", NEVER)))
    assert Built(folder.docs).contents() == before
    assert [it.path for it in site.asked] == ["/none"]
    began, *failed = capsys.readouterr().err.splitlines()
    assert began == f"Fetching {site.url}/none, {NEVER}"
    refused, absent = sorted(failed, key=lambda line: NEVER not in line)
    assert refused.startswith(f"not fetched: {NEVER}: the connection failed: ")
    assert absent == f"not fetched: {site.url}/none: answered 404 Not Found"


def test_what_does_not_answer_does_not_hold_up_what_does(catch_up: CatchUp, folder: Folder, site: Site) -> None:
    catch_up(Mentioned(keps=(4242,), cards=(f"{site.url}/none", f"{site.url}/a")))
    assert in_lock(folder) == (set(), {f"{site.url}/a"})


def test_a_source_that_is_none_keeps_nobody_from_cards(
    folder: Folder, site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    turn, project = Turn.new(), load_project()
    turn.give()
    with outside(replace(OPTIONS, source="nowhere"), project, tell) as web:
        Fetching(project=project, web=web, turn=turn).catch_up(Mentioned(keps=(127,), cards=(f"{site.url}/a",)))
    assert in_lock(folder) == (set(), {f"{site.url}/a"})
    assert (
        "not fetched: nowhere does not exist; --source takes a URL, or the path of a clone or bundle"
        in capsys.readouterr().err.splitlines()
    )


def damage_the_lock(folder: Folder) -> Path:
    return folder.write("docs/_metadata/cards.json", "{")


def link_the_pictures(folder: Folder) -> Path:
    (folder.docs / "assets").mkdir()
    (folder.docs / "assets/cards").symlink_to(folder.root)
    return folder.docs / "assets/cards"


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        pytest.param(damage_the_lock, "Error: docs/_metadata/cards.json:1: ", id="a lock that cannot be read"),
        pytest.param(link_the_pictures, "Error: docs/assets/cards: is a link", id="pictures that cannot be written"),
    ],
)
def test_trouble_is_a_sentence_and_gives_the_turn_back(
    damage: Callable[[Folder], Path],
    words: str,
    catch_up: CatchUp,
    folder: Folder,
    site: Site,
    capsys: pytest.CaptureFixture[str],
) -> None:
    damaged = damage(folder)
    before = Built(folder.docs).contents()
    catch_up(Mentioned(cards=(f"{site.url}/pictured",)))
    assert capsys.readouterr().err.splitlines()[-1].startswith(words)
    assert Built(folder.docs).contents() == before
    damaged.unlink()
    catch_up(Mentioned(cards=(f"{site.url}/a",)))
    assert in_lock(folder) == (set(), {f"{site.url}/a"})


class Clock:
    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


A, B = Plan(keps=(1,), cards=("https://a.jp/",)), Plan(keps=(1, 2), cards=("https://a.jp/", "https://b.jp/"))


def test_the_same_is_due_once() -> None:
    asked = Asked()
    assert [asked.due(A), asked.due(A)] == [A, Plan()]


def test_of_a_plan_only_what_is_new_is_due() -> None:
    asked = Asked()
    asked.due(A)
    assert asked.due(B) == Plan(keps=(2,), cards=("https://b.jp/",))


def test_what_was_taken_out_and_is_there_again_is_due() -> None:
    asked = Asked()
    asked.due(B)
    assert asked.due(A) == Plan()
    assert asked.due(B) == Plan(keps=(2,), cards=("https://b.jp/",))


def test_after_a_while_it_is_due_again_and_then_not() -> None:
    clock = Clock()
    asked = Asked(clock)
    asked.due(A)
    clock.seconds = AGAIN_AFTER - 1
    assert asked.due(A) == Plan()
    clock.seconds = AGAIN_AFTER
    assert [asked.due(A), asked.due(A)] == [A, Plan()]

"""MkDocs' live reload beside somebody who writes: real looks at real files, and builds that are counted."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from mkdocs.livereload import LiveReloadServer
from neco_weekly.hosts.mkdocs.serving import take_turns
from neco_weekly.hosts.preview import Mentioned, Preview, Turn

from tests.previews import eventually, free_port
from tests.sites import PATIENCE

LOOK = 0.1
"""Seconds between two looks at the files."""


class Site:
    """A folder that is watched, and the builds it gives occasion to: what was in it at the end of each."""

    def __init__(self, docs: Path) -> None:
        self.docs, self.turn, self.builds = docs, Turn.new(), list[set[str]]()
        self.during: Callable[[], object] = lambda: None
        self.server = LiveReloadServer(
            self.build, "127.0.0.1", free_port(), str(docs), polling_interval=LOOK, shutdown_delay=0.05
        )
        self.server.watch(str(docs))
        take_turns(self.server, self.turn, docs, docs / "_metadata")

    def build(self) -> None:
        self.during()
        self.builds.append({path.name for path in self.docs.iterdir()})

    def until(self, builds: int) -> None:
        """Wait for as many builds, and for as long again as another would need to follow."""
        eventually(lambda: len(self.builds) >= builds, f"there were only {len(self.builds)} builds")
        time.sleep(5 * LOOK)


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    site = Site(tmp_path)
    thread = threading.Thread(target=site.server.serve)
    thread.start()
    with site.turn:
        """From here on the files are watched."""
    yield site
    site.server.shutdown(wait=True)
    thread.join()


def test_what_is_written_in_one_turn_is_one_build_however_long_it_takes(site: Site) -> None:
    with site.turn:
        for name in "abc":
            (site.docs / name).touch()
            time.sleep(3 * LOOK)  # there are looks in between
        assert site.builds == []
    site.until(1)
    assert site.builds == [{"a", "b", "c"}]


def test_what_comes_after_the_look_is_another_build(site: Site) -> None:
    def save() -> None:
        site.during = lambda: None
        (site.docs / "b").touch()

    site.during = save
    (site.docs / "a").touch()
    site.until(2)
    assert site.builds == [{"a", "b"}, {"a", "b"}]


def test_nobody_has_a_turn_during_a_build(site: Site) -> None:
    begun, go, order = threading.Event(), threading.Event(), list[str]()

    def work() -> None:
        begun.set()
        go.wait(PATIENCE)
        order.append("built")

    def write() -> None:
        with site.turn:
            order.append("written")

    site.during = work
    (site.docs / "a").touch()
    assert begun.wait(PATIENCE)
    writer = threading.Thread(target=write)
    writer.start()
    time.sleep(2 * LOOK)
    go.set()
    writer.join()
    assert order == ["built", "written"]


def test_a_build_that_fails_gives_the_turn_back(site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    def fail() -> None:
        raise ValueError("no")

    site.during = fail
    (site.docs / "a").touch()
    eventually(lambda: "ValueError: no" in capsys.readouterr().err, "it did not fail")
    with site.turn:
        site.during = lambda: None
        (site.docs / "b").touch()
    site.until(1)
    assert site.builds == [{"a", "b"}]


def test_a_lock_outside_of_the_docs_is_watched_as_well(tmp_path: Path) -> None:
    server = LiveReloadServer(lambda: None, "127.0.0.1", free_port(), str(tmp_path))
    (tmp_path / "docs").mkdir()
    server.watch(str(tmp_path / "docs"))
    take_turns(server, Turn.new(), tmp_path / "docs", tmp_path / "lock")
    assert (tmp_path / "lock").is_dir()
    assert len(server.observer.emitters) == 2
    server.server_close()


def test_the_turn_is_not_to_be_had_before_the_files_are_watched(tmp_path: Path) -> None:
    turn = Turn.new()
    server = LiveReloadServer(lambda: None, "127.0.0.1", free_port(), str(tmp_path))
    server.watch(str(tmp_path))
    take_turns(server, turn, tmp_path, tmp_path)
    watched = list[bool]()

    def write() -> None:
        with turn:
            watched.append(server.observer.is_alive())
            server.shutdown()

    writer = threading.Thread(target=write)
    writer.start()
    time.sleep(2 * LOOK)
    server.serve()
    writer.join()
    assert watched == [True]


# --- what is told -------------------------------------------------------------------------------------------------


def test_what_is_told_is_what_is_heard() -> None:
    mentioned = Mentioned(keps=(1, 127), cards=("https://a.jp/猫", "https://b.jp/\n"), pulls=(6092,))
    assert Mentioned.from_line(mentioned.to_line()) == mentioned
    assert mentioned.to_line().count("\n") == 1


def test_nobody_who_listens_is_no_trouble() -> None:
    reading, writing = os.pipe()
    preview = Preview(mentions=writing, turn=Turn.new())
    assert Preview.of(preview.argument) == preview
    os.close(reading)
    preview.tell(Mentioned(keps=(1,)))
    os.close(writing)

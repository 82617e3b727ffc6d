"""MkDocs' live reload as we have it beside a writer: real looks at real files, and builds that are counted."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from mkdocs.livereload import LiveReloadServer
from neco_weekly.display.words import load_strings
from neco_weekly.hosts.mkdocs import watching
from neco_weekly.hosts.mkdocs.serving import serve_live, system_events, take_turns, unnoticed
from neco_weekly.hosts.mkdocs.telling import Teller
from neco_weekly.hosts.mkdocs.watching import Watcher
from neco_weekly.hosts.preview import Mentioned, Preview, Turn, answer
from watchdog.observers.api import BaseObserver, EventEmitter

from tests.previews import eventually, free_port
from tests.sites import PATIENCE

LOOK = 0.1
"""Seconds between two looks at the files where no events come."""


def silent() -> BaseObserver:
    """An observer as on a folder that another machine shares: nothing ever comes."""
    return BaseObserver(EventEmitter)


class Site:
    """A folder that is watched, and the builds it gives occasion to: what was in it at the end of each."""

    def __init__(self, docs: Path, events: Callable[[], BaseObserver] | None = system_events) -> None:
        docs.mkdir(exist_ok=True)
        self.docs, self.turn, self.builds = docs, Turn.new(), list[set[str]]()
        self.drawn, self.rests = list[str](), list[tuple[int, Path]]()
        self.during: Callable[[], object] = lambda: None
        self.server = LiveReloadServer(self.build, "127.0.0.1", free_port(), str(docs.parent / "site"))
        self.server.shutdown_delay = 0.05
        self.server.watch(str(docs))
        config: Any = SimpleNamespace(docs_dir=str(docs), config_file_path=None)
        self.live = serve_live(self.server, config, self.draw, self.rest, Teller(), load_strings("en"), events)
        take_turns(self.server, self.live, Preview(mentions=-1, answers=-1, turn=self.turn), docs / "_metadata")

    @property
    def watcher(self) -> Watcher:
        return self.live.watcher

    def draw(self, path: str) -> bool:
        self.drawn.append(path)
        return True

    def rest(self) -> None:
        self.rests.append((len(self.builds), self.live.site.root))

    def build(self) -> None:
        self.during()
        self.builds.append({path.name for path in self.docs.iterdir() if not path.name.startswith(".")})

    def until(self, builds: int) -> None:
        """Wait for as many builds, and for as long again as another would need to follow."""
        eventually(lambda: len(self.builds) >= builds, f"there were only {len(self.builds)} builds")
        time.sleep(5 * LOOK)


@pytest.fixture
def serve(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Site]]:
    monkeypatch.setattr(watching, "POLLING", LOOK)
    monkeypatch.setattr("neco_weekly.hosts.mkdocs.serving.WITH_EVENTS", PATIENCE)
    running: list[tuple[Site, threading.Thread]] = []

    def begin(**options: Any) -> Site:
        site = Site(tmp_path / "docs", **options)
        thread = threading.Thread(target=site.server.serve)
        thread.start()
        running.append((site, thread))
        return site

    yield begin
    for site, thread in running:
        site.server.shutdown(wait=True)
        thread.join()


@pytest.fixture
def site(serve: Callable[..., Site]) -> Site:
    return serve()


def test_what_is_written_in_one_turn_is_one_build_however_long_it_takes(site: Site) -> None:
    with site.turn:
        for name in "abc":
            (site.docs / name).touch()
            time.sleep(3 * LOOK)  # there are looks in between
        assert site.builds == []
    site.until(1)
    assert site.builds == [{"a", "b", "c"}]


def test_what_can_wait_is_done_when_the_site_is_shown(site: Site) -> None:
    first, second = site.live.folders
    (first / "old.html").parent.mkdir(exist_ok=True)
    (first / "old.html").touch()
    (site.docs / "a").touch()
    eventually(lambda: site.rests != [], "nothing was done afterwards")
    assert site.rests == [(1, second)]
    eventually(lambda: not any(first.iterdir()), "the next build has no room")


def test_who_waits_for_another_page_does_not_wait_for_the_rest(site: Site) -> None:
    def save() -> None:
        site.during = lambda: None
        (site.docs / "b").touch()
        eventually(lambda: site.watcher.has_news, "nobody looked")

    site.during = save
    (site.docs / "a").touch()
    eventually(lambda: site.rests != [], "nothing was done afterwards")
    assert [count for count, _ in site.rests] == [2]


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


def test_a_build_that_fails_gives_the_turn_back_and_says_so_above_the_page(site: Site) -> None:
    def fail() -> None:
        raise ValueError("no")

    site.during = fail
    (site.docs / "a").touch()
    eventually(lambda: "ValueError: no" in site.live.site.trouble, "it did not fail")
    with site.turn:
        site.during = lambda: None
        (site.docs / "b").touch()
    site.until(1)
    assert site.builds == [{"a", "b"}]
    assert site.live.site.trouble == ""


def test_a_lock_outside_of_the_docs_is_watched_as_well(site: Site, tmp_path: Path) -> None:
    with site.turn:
        preview = Preview(mentions=-1, answers=-1, turn=Turn.new())
        take_turns(site.server, site.live, preview, tmp_path / "lock")
    assert (tmp_path / "lock").is_dir()
    (tmp_path / "lock/keps.json").touch()
    site.until(1)


# --- looks --------------------------------------------------------------------------------------------------------


def test_an_event_is_followed_by_a_look_and_reading_is_none(site: Site) -> None:
    eventually(lambda: site.watcher.brings_events, "the probe's event did not come")  # no other look comes for long
    eventually(lambda: [*site.docs.iterdir()] == [], "the probe is still there")
    (site.docs / "a").write_text("a")
    site.until(1)
    (site.docs / "a").read_text()
    site.until(1)
    assert site.builds == [{"a"}]


def test_where_no_event_comes_looks_follow_each_other(serve: Callable[..., Site]) -> None:
    site = serve(events=silent)
    (site.docs / "a").touch()
    site.until(1)
    assert (site.builds, site.watcher.brings_events) == ([{"a"}], False)


@pytest.mark.parametrize("events", [None, lambda: 1 / 0], ids=["none", "a module that cannot be used"])
def test_a_system_without_events_is_looked_at(events: Any, serve: Callable[..., Site]) -> None:
    site = serve(events=events)
    (site.docs / "a").touch()
    site.until(1)


def test_what_an_editor_does_to_replace_a_file_is_one_build(site: Site) -> None:
    (site.docs / "a.md").write_text("one")
    site.until(1)
    (site.docs / ".a.md.swp").write_text("swap")
    (site.docs / "a.md~").write_text("one")
    (site.docs / "4913").touch()
    (site.docs / "4913").unlink()
    (site.docs / "new").write_text("two")
    (site.docs / "new").replace(site.docs / "a.md")
    site.until(2)
    assert site.builds == [{"a.md"}, {"a.md", "a.md~"}]


def test_a_folder_that_comes_with_all_in_it_and_goes(site: Site, tmp_path: Path) -> None:
    (tmp_path / "new/below").mkdir(parents=True)
    (tmp_path / "new/below/a.md").touch()
    (tmp_path / "new").rename(site.docs / "new")
    site.until(1)
    (site.docs / "new").rename(tmp_path / "gone")
    site.until(2)
    assert site.builds == [{"new"}, set()]


def test_links_that_lead_back_are_followed_once(tmp_path: Path) -> None:
    (tmp_path / "docs/a").mkdir(parents=True)
    (tmp_path / "other").mkdir()
    (tmp_path / "docs/a/back").symlink_to(tmp_path / "docs")
    (tmp_path / "docs/other").symlink_to(tmp_path / "other")
    site = Site(tmp_path / "docs", events=None)
    (tmp_path / "other/b.md").touch()
    assert site.watcher.take() == (str(tmp_path / "docs/a/back/other/b.md"), str(tmp_path / "docs/other/b.md"))
    assert site.watcher.take() == ()
    site.server.server_close()


def test_what_a_build_writes_itself_is_no_change(site: Site) -> None:
    def fetch() -> None:
        site.during = lambda: None
        with unnoticed(site.server, str(site.docs)):
            (site.docs / "fetched").touch()

    site.during = fetch
    (site.docs / "a").touch()
    site.until(1)
    assert site.builds == [{"a", "fetched"}]


# --- the saved page first -----------------------------------------------------------------------------------------


def test_pages_are_drawn_before_the_whole_and_nothing_else_is(site: Site) -> None:
    def write(*names: str) -> None:
        count = len(site.builds)
        with site.turn:
            for name in names:
                (site.docs / name).write_text(f"{count}")
        site.until(count + 1)

    site.during = lambda: site.drawn.append("all")
    write("a.md")
    write("a.md", "b.md")
    write("a.md", "picture.png")
    write("c.md", "d.md", "e.md", "f.md")
    (site.docs / "a.md").unlink()
    site.until(5)
    assert site.drawn == ["a.md", "all", "a.md", "b.md", "all", "all", "all", "all"]


def test_a_save_during_the_whole_is_shown_before_it_goes_on_but_not_for_ever(site: Site) -> None:
    """Three builds give way; the fourth, in which something is saved as well, comes to its end."""

    def save() -> None:
        number = len(site.drawn)
        if number <= 5:
            (site.docs / f"{number}.md").touch()
            eventually(lambda: site.watcher.has_news, "nobody looked")
        site.live.give_way()

    site.during = save
    (site.docs / "0.md").touch()
    site.until(2)
    assert site.drawn == ["0.md", "1.md", "2.md", "3.md", "4.md", "5.md"]
    assert [len(names) for names in site.builds] == [5, 6]


# --- what is told -------------------------------------------------------------------------------------------------


def test_what_is_told_is_what_is_heard() -> None:
    mentioned = Mentioned(keps=(1, 127), cards=("https://a.jp/猫", "https://b.jp/\n"), pulls=(6092,))
    assert Mentioned.from_line(mentioned.to_line()) == mentioned
    assert mentioned.to_line().count("\n") == 1


def test_nobody_who_listens_is_no_trouble() -> None:
    reading, writing = os.pipe()
    preview = Preview(mentions=writing, answers=reading, turn=Turn.new())
    assert Preview.of(preview.argument) == preview
    os.close(reading)
    preview.tell(Mentioned(keps=(1,)))
    assert preview.unanswered == 0
    os.close(writing)


def test_a_build_waits_for_the_answers_to_all_reports_or_until_that_is_enough() -> None:
    (_, writing), (answers, answering) = os.pipe(), os.pipe()
    preview = Preview(mentions=writing, answers=answers, turn=Turn.new())
    looks = list[int]()

    def is_enough() -> bool:
        looks.append(preview.unanswered)
        if len(looks) == 2:
            answer(answering, 1)
        return len(looks) == 4

    preview.tell(Mentioned(keps=(1,)))
    preview.tell(Mentioned(keps=(2,)))
    preview.wait(is_enough)
    assert (looks, preview.unanswered) == ([2, 2, 1, 1], 1)
    answer(answering, 1)
    preview.wait(lambda: False)
    preview.tell(Mentioned())
    os.close(answering)  # neco has ended
    preview.wait(lambda: False)
    assert preview.unanswered == 0

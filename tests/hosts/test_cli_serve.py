"""`neco serve` as a process: what a writer sees of a link before and after it is fetched, and how it all ends."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from neco_weekly.lock.store import load_lock

from tests.hosts.test_cli import neco
from tests.hosts.test_cli_cards import HTML, IMAGE, page, picture
from tests.previews import free_port, preview, serving
from tests.sites import PATIENCE, QUIET, Built, Folder, new_folder
from tests.sources.repositories import KEP_127, GitFolder, kep
from tests.sources.sites import PAGE, Serve, Site

DATE = "2026-01-09"
FETCH = ("--fetch", "--allow-private", "127.0.0.0/8", "--per-host-delay", "0")


class Gate:
    """A page that answers once it is opened."""

    def __init__(self) -> None:
        self.opened = threading.Event()

    def __call__(self, asked: BaseHTTPRequestHandler) -> None:
        self.opened.wait(PATIENCE)
        asked.wfile.write(b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n<title>Late</title>")


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    folder = new_folder(tmp_path / "project")
    folder.issue(DATE, "Nothing yet.")
    return folder


@pytest.fixture
def gate() -> Iterator[Gate]:
    gate = Gate()
    yield gate
    gate.opened.set()


def asked(site: Site, *paths: str) -> list[str]:
    return [it.path for it in site.asked if it.path in paths]


# --- fetching -----------------------------------------------------------------------------------------------------


@contextlib.contextmanager
def versions_of(path: Path) -> Iterator[list[int]]:
    """The inodes a file has had, one after the other, looked at all the time."""
    inodes: list[int] = []
    end = threading.Event()

    def look() -> None:
        while not end.wait(0.001):
            with contextlib.suppress(FileNotFoundError):
                inode = path.stat().st_ino
                if inodes[-1:] != [inode]:
                    inodes.append(inode)

    thread = threading.Thread(target=look)
    thread.start()
    yield inodes
    end.set()
    thread.join()


def test_what_is_new_is_pending_at_once_and_then_there_by_one_write_one_build_and_one_reload(
    folder: Folder, gate: Gate, serve: Serve, tmp_path: Path
) -> None:
    upstream = GitFolder(tmp_path / "enhancements")
    upstream.commit({KEP_127: kep(title="User Namespaces", stage="beta")})
    site = serve(
        {
            "/a": (200, HTML, page("First page", IMAGE)),
            "/image.png": (200, {}, picture("red")),
            "/late": gate,
            "/gone": (404, {}, b""),
        }
    )
    with preview(folder, *FETCH, "--source", upstream.path) as shown:
        metadata = folder.docs / "_metadata"
        reloads = shown.reloads(DATE)
        with versions_of(metadata / "cards.json") as cards, versions_of(metadata / "keps.json") as keps:
            folder.issue(DATE, f"KEP-127\n\n{site.url}/a\n\n{site.url}/late\n\n{site.url}/gone")
            shown.until(lambda: len(reloads) == 1)
            assert [is_pending for _, is_pending in shown.cards(DATE)] == [True, True, True]
            assert shown.issue(DATE).select(".neco-kep--missing")
            assert not cards

            gate.opened.set()
            shown.until(lambda: len(reloads) == 2)
            first, late, gone = shown.cards(DATE)
            assert ("First page" in first[0], first[1]) == (True, False)
            assert ("Late" in late[0], late[1]) == (True, False)
            assert gone[1]
            assert shown.issue(DATE).select_one('a.neco-kep[data-kep="127"]')

            shown.until_quiet()
        assert (len(reloads), shown.builds) == (2, 2)
        assert (len(cards), len(keps)) == (1, 1)
        lock = load_lock(metadata)
        assert lock.fetched.keys() == {127}
        assert lock.cards.keys() == {f"{site.url}/a", f"{site.url}/late"}  # a failure is not counted
        image = lock.cards[f"{site.url}/a"].image
        assert image
        assert (folder.docs / "assets/cards" / image.file).is_file()
        assert shown.issue(DATE).select_one(f'.neco-card img[src$="{image.file}"]')

        folder.issue(DATE, f"Another text.\n\n{site.url}/a\n\n{site.url}/gone")
        shown.until(lambda: len(reloads) == 3)
        shown.until_quiet()
        assert (len(reloads), shown.builds) == (3, 3)
        assert sorted(asked(site, "/a", "/late", "/gone")) == ["/a", "/gone", "/late"]
        assert shown.times(f"not fetched: {site.url}/gone: answered 404 Not Found") == 1


SLOW_BUILD = """\
import pathlib, time

def on_env(env, config, files):
    pathlib.Path("building").touch()
    while not pathlib.Path("go").exists():
        time.sleep(0.01)
    pathlib.Path("building").unlink()
"""


def test_saves_while_something_is_fetched_are_drawn_and_asked_for_once_and_nothing_is_written_inside_a_build(
    folder: Folder, gate: Gate, serve: Serve
) -> None:
    site = serve({"/late": gate, "/b": PAGE, "/c": PAGE})
    folder.write("slow.py", SLOW_BUILD)
    folder.configure(hooks=["slow.py"])
    go, building = folder.write("go", ""), folder.root / "building"
    folder.issue(DATE, f"{site.url}/late")
    with preview(folder, *FETCH) as shown:
        shown.until(lambda: asked(site, "/late"))
        folder.issue(DATE, f"{site.url}/late\n\n{site.url}/b")
        shown.until(lambda: len(shown.cards(DATE)) == 2)
        assert asked(site, "/b") == []  # one refresh at a time

        go.unlink()
        folder.issue(DATE, f"{site.url}/late\n\n{site.url}/b\n\n{site.url}/c")
        shown.until(building.exists)
        gate.opened.set()
        shown.until(lambda: shown.times("Late"))
        time.sleep(0.3)  # in which it would be written
        assert not (folder.docs / "_metadata/cards.json").exists()

        go.touch()
        shown.until(lambda: [is_pending for _, is_pending in shown.cards(DATE)] == [False, False, False])
        assert asked(site, "/late", "/b", "/c")[0] == "/late"
        assert sorted(asked(site, "/late", "/b", "/c")) == ["/b", "/c", "/late"]


def test_a_draft_and_a_lock_that_lies_outside_of_the_docs(folder: Folder, serve: Serve) -> None:
    site = serve({"/a": (200, HTML, page("First page"))})
    folder.configure(markdown_extensions=["tables", {"neco_weekly": {"metadata": "lock"}}])
    with preview(folder, *FETCH) as shown:
        folder.write(f"docs/issues/{DATE[:4]}/01/{DATE}.md", f"---\ndraft: true\n---\n# 下書き\n\n{site.url}/a\n")
        shown.until(lambda: [is_pending for _, is_pending in shown.cards(DATE)] == [False])
        assert load_lock(folder.root / "lock").cards.keys() == {f"{site.url}/a"}


def test_without_fetch_nothing_is_asked_for(folder: Folder, serve: Serve) -> None:
    site = serve({"/a": PAGE})
    folder.issue(DATE, f"{site.url}/a\n\nKEP-127")
    with preview(folder, "--allow-private", "127.0.0.0/8", "--source", "/nowhere") as shown:
        assert [is_pending for _, is_pending in shown.cards(DATE)] == [True]
        shown.until_quiet()
        assert (shown.builds, site.asked) == (1, [])
        assert not (folder.docs / "_metadata/cards.json").exists()


# --- ending -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("end", "status"),
    [
        pytest.param(lambda process: os.killpg(process.pid, signal.SIGINT), 130, id="Ctrl-C"),
        pytest.param(lambda process: process.terminate(), 130, id="kill"),
        pytest.param(lambda process: process.kill(), -signal.SIGKILL, id="kill -9"),
    ],
)
def test_both_processes_end_at_once_and_leave_nothing_behind(
    end: Callable[[subprocess.Popen[str]], None], status: int, folder: Folder, gate: Gate, serve: Serve, tmp_path: Path
) -> None:
    site, temporary = serve({"/late": gate}), tmp_path / "temporary"
    temporary.mkdir()
    folder.issue(DATE, f"{site.url}/late")
    before = Built(folder.docs).contents()
    with preview(folder, *FETCH, "--timeout", "10000", temporary=temporary) as shown:
        shown.until(lambda: asked(site, "/late"))
        end(shown.process)
        shown.listener.join(PATIENCE)  # and no longer waits for the page, which never comes
        assert not shown.listener.is_alive()
    assert shown.process.returncode == status
    assert shown.times("Traceback") == 0
    assert list(temporary.iterdir()) == []
    assert Built(folder.docs).contents() == before


def test_mkdocs_ends_where_the_one_that_started_it_has_ended_before_it_began(folder: Folder, tmp_path: Path) -> None:
    (temporary := tmp_path / "temporary").mkdir()
    done = subprocess.run(
        [sys.executable, "-m", "neco_weekly.hosts.mkdocs", "", "--dev-addr", f"127.0.0.1:{free_port()}"],
        cwd=folder.root,
        env={**os.environ, **QUIET, "TMPDIR": str(temporary)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )
    assert done.returncode != 0
    assert "Traceback" not in done.stderr
    assert list(temporary.iterdir()) == []


def test_an_address_that_is_taken(folder: Folder, gate: Gate, serve: Serve) -> None:
    site = serve({"/late": gate})
    folder.issue(DATE, f"{site.url}/late")
    with serving(folder, *FETCH, port=site.port) as process:
        said, _ = process.communicate(timeout=PATIENCE)  # although the page is still asked for
    assert process.returncode == 1
    assert said.splitlines()[-1] == (
        "Error: the site cannot be served there (Address already in use); give another --dev-addr"
    )
    assert "Traceback" not in said


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        pytest.param(("--none-such",), 2, "No such option '--none-such'", id="an option that it does not know"),
        pytest.param(("--fetch", "-f", "other.yml"), 1, "Unrecognised theme name", id="settings that it refuses"),
    ],
)
def test_where_mkdocs_cannot_begin_its_message_and_status_are_ours(
    arguments: tuple[str, ...], status: int, words: str, folder: Folder
) -> None:
    folder.write("other.yml", "site_name: x\ntheme: none_such")
    with serving(folder, *arguments, port=free_port()) as process:
        said, _ = process.communicate(timeout=PATIENCE)
    assert (process.returncode, words in said) == (status, True), said
    assert "Traceback" not in said


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        pytest.param((), "Error: mkdocs.yml:1: is not YAML: ", id="a configuration that is none"),
        pytest.param(("--dirty",), "Error: --dirty does not go with --fetch: ", id="--dirty"),
        pytest.param(("--no-livereload",), "Error: --no-livereload does not go with --fetch: ", id="--no-livereload"),
    ],
)
def test_what_cannot_begin(arguments: tuple[str, ...], words: str, folder: Folder) -> None:
    folder.write("mkdocs.yml", "site_name: [")
    outcome = neco(folder, "serve", *FETCH, *arguments)
    assert (outcome.status, outcome.out) == (2, "")
    assert outcome.error.splitlines()[-1].startswith(words)

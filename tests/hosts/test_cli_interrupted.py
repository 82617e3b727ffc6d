"""What a person or a machine may do to a run: Ctrl-C, a full disk."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TextIO

import pytest
from neco_weekly.model.cards import Card

from tests.previews import eventually
from tests.sites import PATIENCE, Built, Folder, interruptible, kep, new_folder
from tests.sources.repositories import KEP_127, GitFolder
from tests.sources.sites import Site, drip

NECO = Path(sys.executable).with_name("neco")
DATE = "2026-01-09"
DRIP = drip(b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n<title>", b"x")
PATIENT = ("--allow-private", "127.0.0.0/8", "--timeout", "10000")
"""With which only an interrupt ends a refresh before the test gives up."""
REPOSITORY = "/k.git/info/refs?service=git-upload-pack"


@pytest.fixture
def slow() -> Iterator[Site]:
    """A page that answers at once, and a page and a repository that never end."""
    site = Site({"/quick": (200, {}, b"<title>new</title>"), "/slow": DRIP, REPOSITORY: DRIP})
    yield site
    site.close()


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    folder = new_folder(tmp_path / "project")
    folder.lock(kep(127), cards=[Card(url="https://example.org/a", title="A page")])
    return folder


@pytest.mark.parametrize(
    "interrupt",
    [
        pytest.param(lambda process: process.send_signal(signal.SIGINT), id="the process"),
        pytest.param(lambda process: os.killpg(process.pid, signal.SIGINT), id="the terminal's whole group"),
    ],
)
@pytest.mark.parametrize(
    ("only", "asked"),
    [pytest.param("cards", "/slow", id="a page"), pytest.param("keps", REPOSITORY, id="a repository")],
)
def test_ctrl_c_ends_a_refresh_at_once_and_changes_nothing(
    only: str, asked: str, interrupt: Callable[[subprocess.Popen[str]], None], folder: Folder, slow: Site
) -> None:
    folder.issue(DATE, f"KEP-127\n\n{slow.url}/quick\n\n{slow.url}/slow")
    before = Built(folder.docs).contents()
    process = subprocess.Popen(
        interruptible("neco", "refresh", "--only", only, *PATIENT, "--source", f"{slow.url}/k.git"),
        cwd=folder.root,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    eventually(lambda: any(it.path == asked for it in slow.asked), f"{asked} was never asked for")
    interrupt(process)
    out, error = process.communicate(timeout=PATIENCE)
    assert (process.returncode, out) == (130, "")
    assert error.splitlines()[-1] == "Interrupted: nothing was written."
    assert "Traceback" not in error
    assert Built(folder.docs).contents() == before


def with_small_files(
    limit: int, command: list[str | Path], folder: Folder, out: TextIO | int = subprocess.PIPE
) -> subprocess.CompletedProcess[str]:
    """Run where no file may grow beyond a limit: writing more fails as it does on a full disk."""
    program = f"resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit})); os.execv(sys.argv[1], sys.argv[1:])"
    return subprocess.run(
        [sys.executable, "-c", f"import os, resource, sys; {program}", *command],
        cwd=folder.root,
        stdout=out,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("limit", [0, 200])
def test_a_full_disk_while_the_lock_is_written(limit: int, folder: Folder, tmp_path: Path) -> None:
    upstream = GitFolder(tmp_path / "enhancements")
    upstream.commit({KEP_127: f"title: {'A long title ' * 10}\nkep-number: 127\nstage: beta\n"})
    folder.issue(DATE, "KEP-127")
    before = Built(folder.docs).contents()
    done = with_small_files(limit, [NECO, "refresh", "--source", upstream.path], folder)
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1] == (
        "Error: docs/_metadata: cannot write the lock (File too large); nothing was changed"
    )
    assert Built(folder.docs).contents() == before


def test_a_full_disk_while_pages_are_written(folder: Folder) -> None:
    folder.issue(DATE, "KEP-127")
    done = with_small_files(200, [NECO, "pages", "--write", "out"], folder)
    assert done.returncode == 2
    assert done.stderr == "Error: out/index.md: cannot be written (File too large); choose another place\n"


def test_a_full_disk_behind_the_standard_output(folder: Folder, tmp_path: Path) -> None:
    folder.issue(DATE, "KEP-4242")
    with (tmp_path / "out").open("w") as out:
        done = with_small_files(0, [NECO, "check"], folder, out)
    assert done.returncode == 2
    assert done.stderr.splitlines() == ["Error: the result cannot be written (File too large)"]


def test_a_reader_that_goes_away_is_no_error(folder: Folder) -> None:
    folder.issue(DATE, "\n\n".join(f"KEP-{number}" for number in range(1, 1500)))
    with subprocess.Popen(
        [NECO, "check", "--json"], cwd=folder.root, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        assert process.stderr.read() == b""

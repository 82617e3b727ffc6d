"""A run that is killed, at each of its operations on files: the lock is whole, and the next run leaves nothing."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from neco_weekly.model.cards import Card, CardPicture

from tests.hosts.test_cli import LOOPBACK
from tests.hosts.test_cli_cards import HTML, IMAGE, page, picture
from tests.sites import PATIENCE, PROJECT, Folder, kep, new_folder
from tests.sources.repositories import KEP_127, GitFolder
from tests.sources.repositories import kep as kep_file
from tests.sources.sites import Serve

DATE = "2026-01-09"
UNUSED = "0123456789abcdef0123.png"
CANDIDATES = ".cache/neco-weekly/passed-over.json"


@pytest.fixture
def folder(tmp_path: Path, serve: Serve) -> Folder:
    """A bit of everything that a refresh writes: a clone, KEPs, a card with a picture, things to prune."""
    folder = new_folder(tmp_path / "pristine")
    png = {"Content-Type": "image/png", "ETag": '"1"'}
    site = serve(
        {
            "/a": (200, {**HTML, "ETag": '"1"'}, page("A", IMAGE)),
            "/image.png": (200, png, picture("red")),
        }
    )
    old = CardPicture(url="https://example.org/i.png", file=UNUSED, width=1, height=1)
    folder.lock(kep(1), cards=[Card(url="https://example.org/", title="Nobody mentions it", image=old)])
    folder.write(f"docs/assets/cards/{UNUSED}", b"x")
    folder.issue(DATE, f"KEP-127\n\n{site.url}/a")
    upstream = GitFolder(tmp_path / "enhancements")
    upstream.commit({KEP_127: kep_file(title="User Namespaces", stage="beta")})
    upstream.git("bundle", "create", "--quiet", str(tmp_path / "keps.bundle"), "HEAD", "master")
    return folder


EVERY = 1 if "NECO_EVERY_KILL" in os.environ else 8
"""A build is made twice for each kill: only `scripts/fuzz` kills before each operation."""

REFRESH = ("refresh", "--prune", "--source", "../keps.bundle", *LOOPBACK)


def before_each_operation(way: str, folder: Path, tmp_path: Path, arguments: Sequence[str]) -> Any:
    done = subprocess.run(
        [
            *(sys.executable, "-m", "tests.file_operations", way, str(folder), str(tmp_path / "place")),
            *arguments,
        ],
        cwd=PROJECT,
        env={**os.environ, "SOURCE_DATE_EPOCH": "1796000000"},
        capture_output=True,
        text=True,
        check=False,
        timeout=2 * PATIENCE,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


LOCK_FILES = {f"docs/_metadata/{name}.json" for name in ("cards", "keps", "other-keps")}


@pytest.mark.parametrize(("more", "every"), [((), 1), (("--missing",), EVERY)], ids=["all", "missing"])
def test_a_run_that_is_killed(more: tuple[str, ...], every: int, folder: Folder, tmp_path: Path) -> None:
    found = before_each_operation(f"kills:{every}", folder.root, tmp_path, (*REFRESH, *more))
    assert found.pop("kills") > 30 // every
    if more:  # what is in the lock is not fetched again: its candidates in the cache, the last to be written, may lack
        lacking = ([CANDIDATES], ["docs/_metadata/other-keps.json"])  # the next whole refresh brings these
        found["left"] = {at: names for at, names in found["left"].items() if names not in lacking}
    found["wrong"] = set().union(*found["wrong"].values()) - LOCK_FILES
    assert found == {"status": 0, "damaged": 0, "left": {}, "wrong": set()}


def test_ctrl_c_writes_nothing_or_comes_too_late(folder: Folder, tmp_path: Path) -> None:
    """As long as nothing is written a run ends with "nothing was written"; then it comes to its end."""
    found = before_each_operation("interrupts", folder.root, tmp_path, REFRESH)
    assert found.pop("ended") > 20
    assert found == {"wrong": []}


def test_init_that_is_killed_is_completed_by_the_next(tmp_path: Path) -> None:
    """It never overwrites: half a file would stay for ever."""
    (tmp_path / "pristine").mkdir()
    found = before_each_operation(f"kills:{min(EVERY, 4)}", tmp_path / "pristine", tmp_path, ["init", "--github"])
    assert found.pop("kills") > 10
    assert found == {"status": 0, "damaged": 0, "left": {}, "wrong": {}}


def test_a_build_that_is_killed(folder: Folder, tmp_path: Path) -> None:
    found = before_each_operation(f"kills:{EVERY}", folder.root, tmp_path, ["build", "--quiet"])
    assert found.pop("kills") > 3
    assert found == {"status": 0, "damaged": 0, "left": {}, "wrong": {}}

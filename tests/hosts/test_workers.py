"""Worker processes do a part of a build, and nobody can tell by the site."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from mkdocs.exceptions import PluginError
from neco_weekly.hosts.mkdocs.kept_entries import KeptEntries
from neco_weekly.hosts.mkdocs.workers import VARIABLE, is_of, workers_wanted

from tests.sites import CONFIG, PATIENCE, QUIET, Folder, kep, new_folder

COUNT = 40
"""So many issues, each of its own KEP, are enough for workers to come to the issues, the KEPs and the pages."""

# A build in a process of its own, for pytest's has threads. It waits for its workers where they begin, so that they do
# all that they can, and writes what each row of things was: how many, and how many the build and the workers made.
PROGRAM = """
import json, multiprocessing, sys
from pathlib import Path
from mkdocs.__main__ import cli
from neco_weekly.hosts.mkdocs import workers

told, rows, begin = Path(sys.argv[1]), [], workers.Row._begin

def begin_and_wait(row, ends):
    count = ends.left
    begin(row, ends)
    for worker in row._workers:
        worker.join()
    rows.append({"left": count, "to do": ends.left, "workers": len(row._workers), "row": row})

workers.Row._begin = begin_and_wait

def counted(self, do, leave, context=workers.Workers.beside):
    beside.append(1)
    return context(self, do, leave)

beside = []
workers.Workers.beside = counted
try:
    cli(["build", *sys.argv[2:]], standalone_mode=False)
except BaseException as error:
    print(error)
found = [{"made": it.pop("row")._made, **it} for it in rows]
told.write_text(json.dumps({"rows": found, "alive": len(multiprocessing.active_children()), "beside": beside}))
"""


DRAWINGS = 4
"""Rows between KEPs and pages: the Markdown of issues, their previews, feeds, what stands around issues."""


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    folder = new_folder(tmp_path)
    folder.lock(*(kep(1000 + it) for it in range(COUNT)))
    for it in range(COUNT):
        folder.issue(f"20{10 + it // 12}-{it % 12 + 1:02}-01", f"## 話題 {it}\n\nKEP-{1000 + it} の話。\n")
    return folder


def build(folder: Folder, count: int, *, to: str, **settings: Any) -> tuple[dict[str, bytes], dict[str, Any]]:
    """Build a site with so many processes and an empty cache; its files, and what is told of rows and workers."""
    options = {**CONFIG["plugins"][1]["neco-weekly"], "cache_dir": f".cache-{to}"}
    folder.configure(**{"site_dir": to, "plugins": ["search", {"neco-weekly": options}], **settings})
    told = folder.root / f"{to}.json"
    run = subprocess.run(
        [sys.executable, "-c", PROGRAM, told],
        cwd=folder.root,
        env=os.environ | QUIET | {VARIABLE: str(count), "SOURCE_DATE_EPOCH": "1790000000"},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    root = folder.root / to
    files = {it.relative_to(root).as_posix(): it.read_bytes() for it in root.rglob("*") if it.is_file()}
    return files, {**json.loads(told.read_text()), "printed": run.stdout + run.stderr}


def test_a_site_is_the_same_with_workers_and_without(folder: Folder) -> None:
    alone, told = build(folder, 1, to="alone")
    assert told["rows"] == []
    helped, told = build(folder, 3, to="helped")
    assert helped == alone
    issues, keps, *drawings, pages = told["rows"]
    assert len(drawings) == DRAWINGS
    for row in (issues, keps, *drawings, pages):
        assert row["left"] > 20
        assert row["to do"] == 0
        assert row["made"] == 16  # the build has found all the others in the cache folder
    assert pages["workers"] == 2
    assert drawings[0]["workers"] == 1  # another one is at the data
    assert told["beside"] == [1]
    assert told["alive"] == 0


def test_what_is_in_the_cache_folder_needs_no_workers(folder: Folder) -> None:
    first, told = build(folder, 2, to="site")
    assert told["rows"]
    second, told = build(folder, 2, to="site")
    assert second == first
    assert told["rows"] == told["beside"] == []


def test_a_build_without_a_cache_folder_has_no_workers(folder: Folder) -> None:
    files, told = build(folder, 4, to="site", plugins=["search", {"neco-weekly": {"issues": "issues", "cache": False}}])
    assert f"keps/{1000 + COUNT - 1}/index.html" in files
    assert told["rows"] == []


HOOK = """
from pathlib import Path

def on_page_context(context, page, config, nav):
    with Path(config.config_file_path).with_name("seen").open("a") as file:
        file.write(page.url + "\\n")
"""


def test_a_hook_of_others_sees_each_page_once(folder: Folder) -> None:
    folder.write("hook.py", HOOK)
    _, told = build(folder, 3, to="site", hooks=["hook.py"])
    seen = (folder.root / "seen").read_text().splitlines()
    assert sorted(seen) == sorted(set(seen))
    assert len(told["rows"]) == 2 + DRAWINGS  # issues and KEPs, no pages


FAILING = """
def on_post_page(output, page, config):
    if page.url.endswith("1020/"):
        raise ValueError("no page for me")
"""


def test_a_build_that_fails_leaves_no_worker(folder: Folder) -> None:
    folder.write("hook.py", FAILING)
    _, told = build(folder, 3, to="site", hooks=["hook.py"])
    assert "no page for me" in told["printed"]
    assert told["rows"]
    assert told["alive"] == 0


def test_what_a_worker_meets_is_told_once_by_the_build(folder: Folder) -> None:
    folder.issue("2009-01-01", "KEP-9999")  # the oldest, with which the workers begin
    folder.configure()
    alone = build(folder, 1, to="alone")[1]["printed"]
    helped = build(folder, 2, to="helped")[1]["printed"]
    assert alone.count("KEP-9999") == helped.count("KEP-9999") == 1


ALONE = """
import os, sys
from pathlib import Path
from neco_weekly.hosts.mkdocs.workers import _Ends, _work

done = []
_work(_Ends(5), done.append, lambda: None, os.getppid() + int(sys.argv[2]))
Path(sys.argv[1]).write_text(repr(done))
"""


@pytest.mark.parametrize(("is_gone", "done"), [(False, "[4, 3, 2, 1, 0]"), (True, "[]")])
def test_a_worker_goes_from_the_end_to_the_beginning_as_long_as_its_build_is_there(
    is_gone: bool, done: str, tmp_path: Path
) -> None:
    told = tmp_path / "done"
    subprocess.run([sys.executable, "-c", ALONE, told, str(int(is_gone))], timeout=PATIENCE, check=True)
    assert told.read_text() == done


# --- how many -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("text", "count"), [("1", 0), ("2", 1), (" 8 ", 7), ("64", 63)])
def test_the_variable_counts_the_build_itself(text: str, count: int) -> None:
    assert workers_wanted({VARIABLE: text}) == count


@pytest.mark.parametrize("text", ["0", "-1", "65", "two", "2.5", "２"])
def test_what_is_no_number_of_processes_is_refused(text: str) -> None:
    with pytest.raises(PluginError, match=rf"^{VARIABLE} is '{text}'; set it to the number of processes"):
        workers_wanted({VARIABLE: text})


@pytest.mark.parametrize(("cores", "count"), [(1, 0), (2, 1), (4, 3), (64, 3)])
def test_without_it_there_are_as_many_processes_as_cores_but_four_at_most(
    cores: int, count: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(cores)), raising=False)
    assert workers_wanted({}) == workers_wanted({VARIABLE: ""}) == count


def test_where_a_process_cannot_be_copied_there_are_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    assert workers_wanted({VARIABLE: "4"}) == 0


@pytest.mark.parametrize(
    ("module", "packages", "is_so"),
    [
        ("neco_weekly.hosts.mkdocs.plugin", ("neco_weekly",), True),
        ("neco_weekly", ("material.plugins.search", "neco_weekly"), True),
        ("neco_weekly_more", ("neco_weekly",), False),
        (None, ("neco_weekly",), False),
    ],
)
def test_a_hook_is_of_a_package(module: str | None, packages: tuple[str, ...], is_so: bool) -> None:
    def hook() -> None:
        pass

    hook.__module__ = module  # type: ignore[assignment]  # a hook may be anything that can be called
    assert is_of(hook, *packages) == is_so


# --- beside the build -------------------------------------------------------------------------------------------------

BESIDE = """
import os, sys
from pathlib import Path
from neco_weekly.hosts.mkdocs.workers import Workers

told = Path(sys.argv[2])

def do():
    if sys.argv[3] == "never":
        os.kill(os.getpid(), 9)
    told.write_text(str(os.getpid()))

left = []
with Workers(int(sys.argv[1])).beside(do, lambda: left.append("left")) as wait:
    wait()
    made = told.read_text() if told.exists() else ""
print("elsewhere" if made not in ("", str(os.getpid())) else "nowhere", left)
"""
"""Has a worker leave the number of its process in a file, and tells whether it did."""


@pytest.mark.parametrize(
    ("count", "ends", "said"),
    [("1", "well", "elsewhere []"), ("0", "well", "nowhere []"), ("1", "never", "nowhere []")],
)
def test_a_worker_does_one_thing_beside_the_build(tmp_path: Path, count: str, ends: str, said: str) -> None:
    """A worker that died is not waited for; what it has left is in the folder of the cache, or nothing is."""
    command = [sys.executable, "-c", BESIDE, count, str(tmp_path / "told"), ends]
    run = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=True)
    assert run.stdout.strip() == said


# --- what is handed over ------------------------------------------------------------------------------------------


@pytest.fixture
def handed(tmp_path: Path) -> Path:
    """A folder in which a worker has left what it made."""
    (folder := tmp_path / "handed").mkdir()
    worker = KeptEntries(tmp_path / "drawn")
    worker.hand_over(folder)
    worker.leave()
    worker.put("page", b"key", ["頁", "", "\ud800 two\nlines"])
    worker.put("text", b"key", ["later"])
    worker.hand_over(None)
    return folder


def test_what_a_worker_has_made_is_found_and_kept(handed: Path, tmp_path: Path) -> None:
    entries = KeptEntries(tmp_path / "drawn")
    entries.hand_over(handed)
    assert entries.get("page", b"key") == ["頁", "", "\ud800 two\nlines"]
    entries.hand_over(None)
    entries.save()
    later = KeptEntries(tmp_path / "drawn")
    assert later.get("page", b"key") == ["頁", "", "\ud800 two\nlines"]
    later.close()


def test_a_worker_writes_into_no_file_of_the_build(handed: Path, tmp_path: Path) -> None:
    assert [it.name for it in tmp_path.iterdir()] == ["handed"]
    assert len(list(handed.iterdir())) == 1


def test_what_follows_from_something_else_is_not_found(handed: Path, tmp_path: Path) -> None:
    entries = KeptEntries(tmp_path / "drawn")
    assert entries.get("page", b"key") is None  # nobody hands anything over
    entries.hand_over(handed)
    assert entries.get("page", b"another") is None
    assert entries.get("another page", b"key") is None
    entries.hand_over(None)


def test_what_is_half_written_comes_later(handed: Path, tmp_path: Path) -> None:
    [file] = handed.iterdir()
    whole = file.read_bytes()
    entries = KeptEntries(tmp_path / "drawn")
    entries.hand_over(handed)
    known = set()
    for size in range(len(whole) + 1):
        file.write_bytes(whole[:size])
        known |= {(size == len(whole), name) for name in ("page", "text") if entries.get(name, b"key")}
    assert known == {(False, "page"), (True, "page"), (True, "text")}
    entries.close()


@pytest.mark.parametrize("place", [0, 9, 30, -1], ids=["a length", "a name", "a key", "a text"])
def test_what_is_damaged_is_not_found(handed: Path, tmp_path: Path, place: int) -> None:
    [file] = handed.iterdir()
    content = bytearray(file.read_bytes())
    content[place] ^= 0xFF
    file.write_bytes(content)
    entries = KeptEntries(tmp_path / "drawn")
    entries.hand_over(handed)
    assert entries.get("text" if place < 0 else "page", b"key") is None
    entries.hand_over(None)

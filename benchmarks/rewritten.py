"""`bench rewritten`: what a second build changes of a site, beside what it writes and what it draws.

MkDocs empties the folder of the site and writes each file again, whatever it says: no plugin may change that (decision
0043). So what is written says nothing; ours to keep low is what is drawn again, and what is another on the disk, which
is what a publisher sends. A page counts as drawn where its finished form in the cache folder is new.
"""

from __future__ import annotations

import argparse
import datetime as dt
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import builds
import generate
import locks
import measure
from measure import progress
from neco_weekly.hosts.mkdocs.finished_pages import file_name
from neco_weekly.lock.store import load_lock, save_lock
from neco_weekly.model.keps import Stage
from options import add_results, add_site, workplace
from report import Target, table, targets_table, write_results

RESULTS = Path(__file__).with_name("rewritten-results.json")
NEXT = generate.NEWEST + dt.timedelta(weeks=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rewritten:
    """What a second build did after one change: `files` are all of the site, `written` those that MkDocs wrote.

    `another` are those whose bytes differ, new ones and those that are gone among them, `pages` those of HTML;
    `drawn` are pages that were given to the theme's templates, and `in_vain` those of them that came out as before.
    """

    change: str
    files: int
    written: int
    another: int
    pages: int
    drawn: int
    in_vain: int


def add_options(parser: argparse.ArgumentParser) -> None:
    """The command line of `bench rewritten`."""
    parser.add_argument("--size", type=int, default=100, metavar="N", help="number of issues (default 100)")
    add_site(parser)
    add_results(parser, RESULTS)


def run(options: argparse.Namespace) -> int:
    """Measure, print the tables, write the results; the exit status."""
    with workplace(options.work) as work:
        results = list(_results(work, options.size, options.metadata))
    targets = list(_targets(results, options.size))
    print("\n\n".join((_table(results), targets_table(targets))))
    write_results(options.json, ("mkdocs", "mkdocs-material"), targets, rewritten=results)
    return 1 if options.strict and any(target.missed for target in targets) else 0


def _results(folder: Path, size: int, metadata: Path) -> Iterator[Rewritten]:
    numbers = locks.kep_numbers(metadata)
    builds.write_project(folder, size, {"ours": builds.SITES["ours"]}, metadata, numbers)
    changes: Mapping[str, Callable[[], object]] = {
        "nothing": lambda: None,
        "one paragraph": lambda: _add_paragraph(folder),
        "one new issue": lambda: _write(folder, NEXT, generate.issue_text(NEXT, numbers)),
        "one refresh": lambda: _refresh(folder / "docs/_metadata"),
    }
    _build(folder)
    for name, change in changes.items():
        progress(name)
        before, finished, began = _contents(folder / "site"), _times(folder), time.time_ns()
        change()
        _build(folder)
        yield _compared(name, folder, before, finished, began)


def _build(folder: Path) -> None:
    command = [sys.executable, "-m", "mkdocs", "build", "--config-file", "ours.yml"]
    measure.run(command, cwd=folder, environment={**builds.QUIET, "SOURCE_DATE_EPOCH": "1785000000"})


def _compared(
    name: str, folder: Path, before: Mapping[str, bytes], finished: Mapping[str, int], began: int
) -> Rewritten:
    site, times = folder / "site", _times(folder)
    after = _contents(site)
    another = {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}
    pages = {path for path in another if path.endswith(".html")}
    drawn = {path for path in after if times.get(kept := file_name(path), 0) != finished.get(kept, 0)}
    return Rewritten(
        change=name,
        files=len(after),
        written=sum((site / path).stat().st_mtime_ns >= began for path in after),
        another=len(another),
        pages=len(pages),
        drawn=len(drawn),
        in_vain=len(drawn - pages),
    )


def _contents(site: Path) -> dict[str, bytes]:
    return {it.relative_to(site).as_posix(): it.read_bytes() for it in site.rglob("*") if it.is_file()}


def _times(folder: Path) -> dict[str, int]:
    """When each finished page was drawn."""
    return {it.name: it.stat().st_mtime_ns for it in (folder / ".cache/neco-weekly/finished").glob("*.html")}


# --- changes ------------------------------------------------------------------------------------------------------


def _write(folder: Path, date: dt.date, text: str) -> None:
    file = folder / f"docs/issues/{date:%Y/%m}/{date}.md"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def _add_paragraph(folder: Path) -> None:
    """Add a paragraph to the newest issue, below a heading under which there is no KEP."""
    file = folder / f"docs/issues/{generate.NEWEST:%Y/%m}/{generate.NEWEST}.md"
    file.write_text(f"{file.read_text(encoding='utf-8')}\n段落をひとつ書き足しました。\n", encoding="utf-8")


def _refresh(metadata: Path) -> None:
    """Change the lock as a week does: its day, and the stage of the first KEP that was beta."""
    lock = load_lock(metadata)
    number, kep = next((it, kep) for it, kep in sorted(lock.fetched.items()) if kep.state.stage is Stage.BETA)
    moved = replace(kep, state=replace(kep.state, stage=Stage.STABLE))
    day = (lock.as_of or generate.NEWEST) + dt.timedelta(weeks=1)
    save_lock(replace(lock, as_of=day, fetched={**lock.fetched, number: moved}), metadata)


# --- told ---------------------------------------------------------------------------------------------------------


def _targets(results: Sequence[Rewritten], size: int) -> Iterator[Target]:
    """What is promised: that nothing is another where nothing was changed, and that what is drawn is another."""
    by_name = {it.change: it for it in results}
    yield Target(name="nothing changed, files that are another", measured=by_name["nothing"].another, at_most=0)
    yield Target(name="nothing changed, pages drawn", measured=by_name["nothing"].drawn, at_most=0)
    for it in results[1:]:
        name = f"{it.change}, {size} issues, pages drawn that came out as before"
        yield Target(name=name, measured=it.in_vain, at_most=0)


def _table(results: Sequence[Rewritten]) -> str:
    head = ("change", "files", "written by MkDocs", "another", "of these pages", "pages drawn", "drawn in vain")
    return table(
        head, ((it.change, it.files, it.written, it.another, it.pages, it.drawn, it.in_vain) for it in results)
    )

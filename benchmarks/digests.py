"""`bench digest`: the digests of a year, week by week from the history in a lock, and that none loses or repeats."""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from measure import BenchmarkError, progress
from neco_weekly.hosts.cli.digest_text import digest_draft
from neco_weekly.hosts.project import Project, load_project
from neco_weekly.lock.kep_as_of import KepsAsOf
from neco_weekly.lock.releases_as_of import ReleasesAsOf
from neco_weekly.lock.store import Lock, load_lock
from options import add_results
from report import Target, targets_table, write_results

from tests.weekly import WEEK, weekly_locks

RESULTS = Path(__file__).with_name("digest-results.json")
CONFIG = Path(__file__).resolve().parents[1] / "mkdocs.yml"
FEWEST = 300
"""How many events a year must have, or too little is measured."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    """The digests of 52 weeks: CPU seconds, the events told, how many of them twice, and how many were never told.

    `returned` are ids that were there, were gone, and came back; `future` events that lay after their lock's day.
    """

    seconds: float
    told: int
    twice: int
    lost: int
    returned: int
    future: int


def add_options(parser: argparse.ArgumentParser) -> None:
    """The command line of `bench digest`."""
    parser.add_argument("--config", type=Path, default=CONFIG, help="the mkdocs.yml of a site (default %(default)s)")
    parser.add_argument("--repeat", type=int, default=2, metavar="N", help="do it N times, the least counts")
    add_results(parser, RESULTS)


def run(options: argparse.Namespace) -> int:
    """Measure, print the table, write the results; the exit status."""
    project = load_project(options.config)
    lock = load_lock(project.metadata)
    if lock.as_of is None:
        raise BenchmarkError(f"the lock of {options.config} is empty; name another site with --config", status=2)
    progress("cut the locks of 53 weeks")
    locks = list(weekly_locks(lock, project.releases))
    years = []
    for _ in range(options.repeat):
        progress("52 digests")
        years.append(_year(project, locks))
    year = min(years, key=lambda it: it.seconds)
    if year.told < FEWEST:
        raise BenchmarkError(f"the year has {year.told} changes only")
    targets = list(_targets(year))
    print(targets_table(targets))
    write_results(options.json, (), targets, years=years)
    return 1 if options.strict and any(target.missed for target in targets) else 0


def _year(project: Project, locks: list[Lock]) -> Year:
    index, told = project.read_index(), []
    started = time.process_time()
    before = ReleasesAsOf(KepsAsOf(locks[0], project.releases))
    for lock in locks[1:]:
        assert lock.as_of
        since = lock.as_of - WEEK
        draft = digest_draft(project, lock, index, since=since, until=lock.as_of, before=before)
        before = draft.releases
        assert draft.markdown()
        assert draft.document()
        told += [it.id for it in draft.digest.events]
    seconds = time.process_time() - started
    known = [{it.id: it.day for it in ReleasesAsOf(KepsAsOf(it, project.releases)).events} for it in locks]
    seen: set[str] = set()
    returned = future = 0
    for lock, earlier, now in zip(locks[1:], known, known[1:], strict=False):
        seen |= earlier.keys()
        returned += len((now.keys() - earlier.keys()) & seen)
        future += sum(day > (lock.as_of or day) for day in now.values())
    return Year(
        seconds=seconds,
        told=len(told),
        twice=len(told) - len(set(told)),
        lost=len(known[-1].keys() - known[0].keys() - set(told)),
        returned=returned,
        future=future,
    )


def _targets(year: Year) -> Iterator[Target]:
    """What is promised, with what was measured."""
    yield Target(name=f"52 weekly digests, {year.told} changes, one process, CPU s", measured=year.seconds, at_most=10)
    yield Target(name="changes that none of them told", measured=year.lost, at_most=0)
    yield Target(name="changes told twice", measured=year.twice, at_most=0)
    yield Target(name="ids that came back", measured=year.returned, at_most=0)
    yield Target(name="changes dated after the lock's day", measured=year.future, at_most=0)

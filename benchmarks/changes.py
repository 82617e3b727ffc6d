"""`bench changes`: CPU of a build with feeds, data, badges and what happened to KEPs against one without, and sizes."""

from __future__ import annotations

import argparse
import datetime as dt
import random
import sys
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import builds
import generate
import measure
import releases
import topics
from measure import BenchmarkError, Cost, progress
from neco_weekly.lock.store import TOPICS_FILE, load_lock, save_lock
from neco_weekly.model.watched import Release, WatchedRepository
from options import add_results, add_site, workplace
from releases import KEPS, as_it_travels
from report import Target, table, targets_table, write_results

RESULTS = Path(__file__).with_name("changes-results.json")
FEWEST = {"api/changes.json": 1, "badge/*.svg": KEPS // 2, "keps/*/feed.xml": KEPS // 2, "topics/*/feed.xml": 200}
"""How many files of a kind there must be, or too little is measured."""

TAGS = 30
"""How many releases each watched project has, one in two weeks."""

PROGRAMS = {"without": [str(Path(__file__).with_name("without_changes.py"))], "with": ["-m", "mkdocs"]}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sizes:
    """What comes out, in kB: lists as they travel (gzip), feeds, badges and Markdown of issues as files.

    `largest_feed` is the largest one.
    """

    keps_list: float
    changes_list: float
    feeds: float
    largest_feed: float
    badges: float
    markdown: float


def add_options(parser: argparse.ArgumentParser) -> None:
    """The command line of `bench changes`."""
    parser.add_argument("--size", type=int, default=1000, metavar="N", help="number of issues (default 1000)")
    parser.add_argument("--repeat", type=int, default=2, metavar="N", help="build N times, the least counts")
    add_site(parser)
    add_results(parser, RESULTS)


def run(options: argparse.Namespace) -> int:
    """Measure, print the tables, write the results; the exit status."""
    with workplace(options.work) as folder:
        write_project(folder, options.size, options.metadata)
        costs = _time_builds(folder, options.repeat)
        sizes = _sizes(folder / "site")
    targets = list(_targets(costs, sizes, options.size))
    rows = [(name, cost.cpu, cost.wall, cost.peak_mb) for name, cost in costs.items()]
    tables = (table(("build", "CPU s", "wall s", "peak MB"), rows), table(("kB", ""), list(asdict(sizes).items())))
    print("\n\n".join((*tables, targets_table(targets))))
    write_results(options.json, ("mkdocs", "Markdown"), targets, costs=list(costs.values()), sizes=[sizes])
    return 1 if options.strict and any(target.missed for target in targets) else 0


def write_project(folder: Path, size: int, metadata: Path) -> None:
    """Write a site of so many issues that mention KEPS KEPs and name topics, each with a watched project."""
    releases.write_project(folder, size, metadata)
    place = folder / "docs/_metadata"
    topics.write_topics(folder, place / TOPICS_FILE, linked=0)
    lock = load_lock(place)
    repositories = [it.repo for it in lock.topics.topics if it.repo]
    save_lock(replace(lock, watched={name: _watched(name) for name in repositories}), place)


def _watched(name: str) -> WatchedRepository:
    """A project with a release every other week, one in four of them more than a patch."""
    rng = random.Random(f"neco-weekly {name}")
    newest = generate.NEWEST - dt.timedelta(days=rng.randrange(14))
    found = (
        Release.of(f"v1.{number // 4}.{number % 4}", newest - dt.timedelta(weeks=2 * (TAGS - number)))
        for number in reversed(range(TAGS))
    )
    return WatchedRepository(name=name, releases=tuple(filter(None, found)))


def _time_builds(folder: Path, repeat: int) -> dict[str, Cost]:
    """What a cold build costs without all this and with it, in turn; that with it comes last and stays."""
    costs: dict[str, list[Cost]] = {}
    for _ in range(repeat):
        for name, program in PROGRAMS.items():
            progress(f"{name}, cold")
            measure.set_aside(folder)
            command = [sys.executable, *program, "build", "--strict", "--config-file", "ours.yml"]
            costs.setdefault(name, []).append(measure.run(command, cwd=folder, environment=builds.QUIET))
            _expect_files(folder / "site", name)
    return {name: Cost.least(found) for name, found in costs.items()}


def _expect_files(site: Path, name: str) -> None:
    """A build that leaves something out is cheap, and what is compared."""
    for pattern, fewest in FEWEST.items():
        found = len(list(site.glob(pattern)))
        if (found >= fewest) is not (name == "with") or (found and name == "without"):
            raise BenchmarkError(f"the build {name} has {found} files of {pattern}")


def _sizes(site: Path) -> Sizes:
    feeds = [size for pattern in ("*.xml", "feed.json", "*/*/feed.xml") for size in _kilobytes(site, pattern)]
    return Sizes(
        keps_list=as_it_travels(site / "api/keps.json"),
        changes_list=as_it_travels(site / "api/changes.json"),
        feeds=sum(feeds),
        largest_feed=max(feeds),
        badges=sum(_kilobytes(site, "badge/*.svg")),
        markdown=sum(_kilobytes(site, "issues/**/index.md")),
    )


def _kilobytes(site: Path, pattern: str) -> Iterator[float]:
    """Yield the sizes of files, but for the map of the site."""
    return (it.stat().st_size / 1e3 for it in site.glob(pattern) if it.name != "sitemap.xml")


def _targets(costs: Mapping[str, Cost], sizes: Sizes, size: int) -> Iterator[Target]:
    """What is promised, with what was measured."""
    ratio = costs["with"].cpu / costs["without"].cpu
    yield Target(name=f"with / without all this, cold, {size} issues, CPU", measured=ratio, at_most=1.10)
    yield Target(name=f"api/keps.json, {KEPS} KEPs, gzip, kB", measured=sizes.keps_list, at_most=400)
    yield Target(name="api/changes.json, gzip, kB", measured=sizes.changes_list, at_most=40)

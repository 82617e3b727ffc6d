"""`bench releases`: CPU of a build with pages and data of releases against one without, and the files of all KEPs."""

from __future__ import annotations

import argparse
import gzip
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import builds
import generate
import measure
from measure import BenchmarkError, Cost, progress
from neco_weekly.lock.store import KEPS_FILE, OTHERS_FILE, Lock, load_lock, save_lock
from neco_weekly.model.keps import Enhancement
from options import add_results, add_site, workplace
from report import Target, table, targets_table, write_results

RESULTS = Path(__file__).with_name("releases-results.json")
KEPS = 700
"""How many KEPs the issues mention: those of the lock, and copies of them under other numbers."""

FEWEST = 18
"""How many releases must have data, or too little is measured."""

PROGRAMS = {"without": [str(Path(__file__).with_name("without_releases.py"))], "with": ["-m", "mkdocs"]}
READ = """
import pathlib, sys, time
from neco_weekly.lock.keps_json import read_keps
from neco_weekly.lock.other_keps_json import read_other_keps
folder = pathlib.Path(sys.argv[1])
started = time.process_time()
keps, others = read_keps(folder / "keps.json"), read_other_keps(folder / "other-keps.json")
print(time.process_time() - started, len(keps.keps) + len(others.keps))
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """The two files of KEPs in a lock: CPU seconds to read them, their size in MB (1,000,000 bytes), and the KEPs."""

    seconds: float
    megabytes: float
    keps: int


def add_options(parser: argparse.ArgumentParser) -> None:
    """The command line of `bench releases`."""
    parser.add_argument("--size", type=int, default=1000, metavar="N", help="number of issues (default 1000)")
    parser.add_argument("--repeat", type=int, default=2, metavar="N", help="build N times, the least counts")
    add_site(parser)
    add_results(parser, RESULTS)


def run(options: argparse.Namespace) -> int:
    """Measure, print the tables, write the results; the exit status."""
    with workplace(options.work) as folder:
        reading = time_reading(options.metadata, repeat=5)
        write_project(folder, options.size, options.metadata)
        costs = _time_builds(folder, options.repeat)
        sizes = {kind: _largest(folder / "site", *where) for kind, where in _PLACES.items()}
        listed = as_it_travels(folder / "site/api/keps.json")
    targets = list(_targets(costs, reading, sizes, options.size))
    targets.append(Target(name=f"api/keps.json, {KEPS} KEPs, gzip, kB", measured=listed, at_most=400))
    rows = [(name, cost.cpu, cost.wall, cost.peak_mb) for name, cost in costs.items()]
    files = [(kind, name, size / 1e3) for kind, (name, size) in sizes.items()]
    print(
        "\n\n".join(
            (
                table(("build", "CPU s", "wall s", "peak MB"), rows),
                table(("largest", "file", "kB"), files),
                targets_table(targets),
            )
        )
    )
    write_results(options.json, ("mkdocs", "Markdown"), targets, costs=list(costs.values()), reading=[reading])
    return 1 if options.strict and any(target.missed for target in targets) else 0


def write_project(folder: Path, size: int, metadata: Path) -> None:
    """Write a site of so many issues that mention KEPS KEPs, all of which the lock knows as mentioned."""
    shutil.rmtree(folder / "docs", ignore_errors=True)
    place = folder / "docs/_metadata"
    shutil.copytree(metadata, place)
    for name in ("topics.yml", "topics.json", KEPS_FILE, OTHERS_FILE):
        (place / name).unlink(missing_ok=True)
    lock = load_lock(metadata)
    keps = dict(sorted(_keps(lock).items())[:KEPS])
    save_lock(replace(lock, fetched=keps, others={}, cards={}, watched={}), place)
    generate.write_site(folder, size, list(keps))
    (folder / "ours.yml").write_text(builds.SITES["ours"], encoding="utf-8")


def _keps(lock: Lock) -> Mapping[int, Enhancement]:
    """All KEPs of a lock, and as many copies under numbers of nobody as are missing."""
    known = {**lock.fetched, **{number: lock.others[number] for number in lock.others}}
    if not known:
        raise BenchmarkError("the lock knows no KEP; name one with --metadata", status=2)
    numbers = sorted(known)
    copies = (known[numbers[place % len(numbers)]] for place in range(KEPS - len(known)))
    return {**known, **{90_001 + place: replace(it, number=90_001 + place) for place, it in enumerate(copies)}}


def time_reading(metadata: Path, *, repeat: int) -> Reading:
    """Read the files of KEPs in fresh processes, imports not counted; the least counts."""
    progress("read the files of all KEPs")
    files = [metadata / name for name in (KEPS_FILE, OTHERS_FILE)]
    told = [
        subprocess.run([sys.executable, "-c", READ, str(metadata)], check=True, capture_output=True, text=True).stdout
        for _ in range(repeat)
    ]
    return Reading(
        seconds=min(float(it.split()[0]) for it in told),
        megabytes=sum(path.stat().st_size for path in files if path.exists()) / 1e6,
        keps=int(told[0].split()[1]),
    )


def _time_builds(folder: Path, repeat: int) -> dict[str, Cost]:
    """What a cold build costs without releases and with them, in turn; that with them comes last and stays."""
    costs: dict[str, list[Cost]] = {}
    for _ in range(repeat):
        for name, program in PROGRAMS.items():
            progress(f"{name} releases, cold")
            measure.set_aside(folder)
            command = [sys.executable, *program, "build", "--strict", "--config-file", "ours.yml"]
            costs.setdefault(name, []).append(measure.run(command, cwd=folder, environment=builds.QUIET))
            _expect_releases(folder / "site", name)
    return {name: Cost.least(found) for name, found in costs.items()}


def _expect_releases(site: Path, name: str) -> None:
    """A build that tells of no release is cheap, and what is compared."""
    found = len(list((site / "api/releases").glob("*.json")))
    if (found >= FEWEST) is not (name == "with"):
        raise BenchmarkError(f"the build {name} releases has data of {found} of them")


_PLACES = {"page": ("releases", "*.html"), "data": ("api/releases", "*.json")}


def as_it_travels(path: Path) -> float:
    """How large a file is with gzip, in kB."""
    return len(gzip.compress(path.read_bytes(), 6)) / 1e3


def _largest(site: Path, folder: str, pattern: str) -> tuple[str | None, int]:
    """The largest file of a kind by its path in the site, and its bytes; without any file none and 0."""
    found = [(path.stat().st_size, path.relative_to(site).as_posix()) for path in (site / folder).rglob(pattern)]
    size, path = max(found, default=(0, None))
    return path, size


def _targets(
    costs: Mapping[str, Cost], reading: Reading, sizes: Mapping[str, tuple[str | None, int]], size: int
) -> Iterator[Target]:
    """What is promised, with what was measured."""
    ratio = costs["with"].cpu / costs["without"].cpu
    yield Target(name=f"with / without releases, cold, {size} issues, CPU", measured=ratio, at_most=1.15)
    page = sizes["page"][1] / 1e3 if sizes["page"][0] else None
    yield Target(name="largest page of releases, kB", measured=page, at_most=120)
    yield Target(name=f"both files of {reading.keps} KEPs, MB", measured=reading.megabytes, at_most=1.3)
    yield Target(name=f"read both files of {reading.keps} KEPs, s", measured=reading.seconds, at_most=0.1)

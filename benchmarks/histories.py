"""The history of all KEPs: read from a bundle, read again when nothing is new, kept in a lock, read from there."""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

import measure
from builds import BUNDLE, GATES
from measure import BenchmarkError, Cost, progress
from report import Target, targets_table

MOST_CHANGED = 200
_MAKE = """
import sys
from pathlib import Path
from neco_weekly.lock.store import Lock, save_lock
from neco_weekly.sources.keps.repository import open_repository
snapshot = open_repository(sys.argv[1], cache_dir=Path(sys.argv[2])).snapshot()
most = sorted(snapshot.enhancements.values(), key=lambda it: (-len(it.history), it.number))[:int(sys.argv[4])]
save_lock(Lock(as_of=snapshot.date, fetched={it.number: it for it in most}), Path(sys.argv[3]))
"""
_SHIPPED = """
import sys
from pathlib import Path
from neco_weekly.lock.store import Lock
from neco_weekly.model.days import today
from neco_weekly.model.releases import load_releases
from neco_weekly.model.shipping import shipping_of
from neco_weekly.refresh import Fetchers, Plan, refresh
from neco_weekly.sources.gates.website import open_gates
from neco_weekly.sources.keps.repository import open_repository
cache = Path(sys.argv[3])
keps = open_repository(sys.argv[1], cache_dir=cache).snapshot()
gates = open_gates(sys.argv[2], cache_dir=cache).snapshot()
nobody = None
fetchers = Fetchers(repository=lambda: keps, gates=lambda: gates, issue=nobody, card=nobody, picture=nobody,
                    archive=nobody, today=today)
lock, _ = refresh(Lock(fetched=keps.enhancements), Plan(gates=True), fetchers)
shipped = [shipping_of(it, lock.gates, load_releases()).on(today()) for it in lock.fetched.values()]
assert sum(map(bool, shipped)) > 100
"""
_READ = """
import sys, time
from pathlib import Path
from neco_weekly.lock.store import load_lock
started = time.process_time()
lock = load_lock(Path(sys.argv[1]))
print(time.process_time() - started, len(lock.numbers), sum(len(it.history) for it in lock.fetched.values()))
"""


def add_options(parser: argparse.ArgumentParser) -> None:
    """What can be chosen on the command line."""
    parser.add_argument("--source", type=Path, default=BUNDLE, help="a bundle of the KEP history (default %(default)s)")
    parser.add_argument("--gates", type=Path, default=GATES, help="a bundle of the gates (default %(default)s)")
    parser.add_argument("--repeat", type=int, default=3, metavar="N", help="do everything N times, the least counts")
    parser.add_argument("--strict", action="store_true", help="exit with status 1 when a target is missed")


def run(options: argparse.Namespace) -> int:
    """Measure and print the table; the exit status."""
    if not options.source.exists():
        raise BenchmarkError(f"{options.source} is not there; name a bundle of the KEP history with --source", status=2)
    if not options.gates.exists():
        raise BenchmarkError(f"{options.gates} is not there; name a bundle of the gates with --gates", status=2)
    source = str(options.source.resolve())
    cold, warm = [], []
    with tempfile.TemporaryDirectory(prefix="neco-bench-") as folder:
        for number in range(options.repeat):
            progress("neco kep 127, cold and again")
            cache = Path(folder) / f"cache-{number}"
            cold.append(_ask(source, cache))
            warm.append(_ask(source, cache))
        progress(f"a lock of the {MOST_CHANGED} most often changed KEPs")
        lock = Path(folder) / "lock"
        _python(_MAKE, source, str(cache), str(lock), str(MOST_CHANGED))
        size = (lock / "keps.json").stat().st_size / 1e3
        reading = min(_reading(lock) for _ in range(options.repeat))
        progress("what shipped of every KEP, from the histories and the gates, cold")
        shipped = Cost.least(
            [_shipped(source, str(options.gates.resolve()), Path(folder) / f"all-{it}") for it in range(options.repeat)]
        )
    first, again = Cost.least(cold), Cost.least(warm)
    targets = [
        Target(
            name="history of all KEPs from the bundle, with the start of neco, wall s", measured=first.wall, at_most=3
        ),
        Target(name="the same, largest process, peak MB", measured=first.peak_mb, at_most=300),
        Target(name="the same when nothing is new, wall s", measured=again.wall, at_most=0.3),
        Target(name=f"lock of the {MOST_CHANGED} most often changed KEPs, kB", measured=size, at_most=400),
        Target(name="reading it, s", measured=reading, at_most=0.05),
        Target(
            name="what shipped of every KEP, histories and gates read cold, wall s", measured=shipped.wall, at_most=4
        ),
    ]
    print(targets_table(targets))
    return 1 if options.strict and any(target.missed for target in targets) else 0


def _shipped(source: str, gates: str, cache: Path) -> Cost:
    """Every KEP and every gate read from their bundles, joined, and worked out."""
    cache.mkdir()
    return measure.run([sys.executable, "-c", _SHIPPED, source, gates, str(cache)], cwd=cache)


def _ask(source: str, cache: Path) -> Cost:
    """The command as a person runs it; it reads all histories before it tells of one."""
    neco = Path(sys.executable).with_name("neco")
    command = [str(neco), "kep", "127", "--json", "--source", source, "--cache-dir", str(cache)]
    return measure.run(command, cwd=cache.parent)


def _reading(lock: Path) -> float:
    seconds, keps, records = _python(_READ, str(lock)).split()
    if int(keps) != MOST_CHANGED or int(records) < MOST_CHANGED:
        raise BenchmarkError(f"the lock in {lock} came back with {keps} KEPs and {records} records")
    return float(seconds)


def _python(program: str, *arguments: str) -> str:
    done = subprocess.run([sys.executable, "-c", program, *arguments], check=True, capture_output=True, text=True)
    return done.stdout

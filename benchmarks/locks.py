"""Locks for the benchmarks: one made by `neco refresh` from the KEP history, and a large one to measure reading."""

from __future__ import annotations

import datetime as dt
import json
import random
import shutil
import subprocess
import sys
from pathlib import Path

import generate
import measure
from measure import BenchmarkError, Cost, progress
from neco_weekly.lock.store import KEPS_FILE, Lock, load_lock, save_lock
from neco_weekly.model.cards import Card, CardPicture
from neco_weekly.model.keps import Enhancement, EnhancementState, Source, Stage, Status

CONFIG = "site_name: Neco Weekly\nmarkdown_extensions:\n  - neco_weekly: {metadata: docs/_metadata}\n"
LARGE_CARDS, LARGE_KEPS = 5_000, 700
READ = """
import pathlib, sys, time
from neco_weekly.lock.store import load_lock
started = time.process_time()
lock = load_lock(pathlib.Path(sys.argv[1]))
print(time.process_time() - started, len(lock.cards), len(lock.numbers))
"""


def refresh(folder: Path, source: Path, *, repeat: int) -> tuple[Cost, Path]:
    """Make a lock of all KEPs of `source` in an empty project without a cache; its cost and the `_metadata` folder."""
    if not source.exists():
        raise BenchmarkError(f"{source} is not there; name a bundle of the KEP history with --source", status=2)
    neco = Path(sys.executable).with_name("neco")
    if not neco.exists():
        raise BenchmarkError(f"{neco} is not there; install the package, or name a lock with --metadata", status=2)
    costs = []
    for _ in range(repeat):
        progress("neco refresh --all-keps")
        shutil.rmtree(folder, ignore_errors=True)
        generate.write_site(folder, 0, ())
        (folder / "mkdocs.yml").write_text(CONFIG, encoding="utf-8")
        command = [str(neco), "refresh", "--all-keps", "--only", "keps", "--strict", "--source", str(source)]
        costs.append(measure.run(command, cwd=folder))
    metadata = folder / "docs/_metadata"
    save_lock(load_lock(metadata).with_others(), metadata)  # here no issue mentions one; those that are built will
    return Cost.least(costs), metadata


def kep_numbers(metadata: Path) -> list[int]:
    """The numbers of all KEPs in the lock, ascending."""
    try:
        keps = json.loads((metadata / KEPS_FILE).read_text(encoding="utf-8"))["keps"]
    except FileNotFoundError as error:
        raise BenchmarkError(f"{error.filename} is not there; make a lock first", status=2) from error
    return sorted(map(int, keps))


def time_reading(folder: Path, *, repeat: int) -> float:
    """CPU seconds for reading a lock of LARGE_CARDS and LARGE_KEPS in a fresh process, imports not counted."""
    progress(f"read a lock of {LARGE_CARDS} cards and {LARGE_KEPS} KEPs")
    save_lock(_large_lock(), folder)
    times = []
    for _ in range(repeat):
        told = subprocess.run([sys.executable, "-c", READ, str(folder)], check=True, capture_output=True, text=True)
        seconds, cards, keps = told.stdout.split()
        if (int(cards), int(keps)) != (LARGE_CARDS, LARGE_KEPS):
            raise BenchmarkError(f"the lock in {folder} came back with {cards} cards and {keps} KEPs")
        times.append(float(seconds))
    return min(times)


def _large_lock() -> Lock:
    """A lock of entries with every field that real ones have."""
    rng = random.Random("neco-weekly lock")
    cards = [_card(rng, number) for number in range(LARGE_CARDS)]
    enhancements = [_enhancement(rng, number) for number in range(1, LARGE_KEPS + 1)]
    return Lock(
        as_of=generate.NEWEST,
        cards={card.url: card for card in cards},
        fetched={enhancement.number: enhancement for enhancement in enhancements},
    )


def _card(rng: random.Random, number: int) -> Card:
    page = generate.card_words(rng)
    site = page.url.rsplit("/", 2)[0]
    return Card(
        url=f"{page.url}-{number}",
        title=page.title,
        description=f"{page.desc}{page.desc}",
        site="技術ブログ",
        image=CardPicture(url=f"{site}/images/{number}.png", file=f"{number:020x}.webp", width=480, height=252),
        icon=CardPicture(url=f"{site}/favicon.ico", file=f"{number % 100:020x}.png", width=32, height=32),
        lang="ja",
        published="2022-08-26T12:00:00+09:00",
        origins={"title": "og", "description": "og", "site": "og", "image": "twitter", "icon": "html"},
        fetched=generate.NEWEST,
    )


def _enhancement(rng: random.Random, number: int) -> Enhancement:
    first = rng.randint(18, 33)
    return Enhancement(
        number=number,
        state=EnhancementState(
            title=generate.fill(rng, "{part} for {part}"),
            sig=rng.choice(("sig-node", "sig-network", "sig-storage", "sig-auth")),
            status=rng.choice(tuple(Status)),
            stage=rng.choice((Stage.ALPHA, Stage.BETA, Stage.STABLE)),
            latest_milestone=f"v1.{first + 3}",
            milestones={Stage.ALPHA: f"v1.{first}", Stage.BETA: f"v1.{first + 1}", Stage.STABLE: f"v1.{first + 3}"},
            feature_gates=(f"BenchmarkGate{number}",),
        ),
        source=Source(
            kind="git",
            date=generate.NEWEST - dt.timedelta(days=rng.randint(0, 2000)),
            path=f"keps/sig-benchmark/{number}-generated/kep.yaml",
            pull=rng.randint(1000, 5999),
        ),
    )

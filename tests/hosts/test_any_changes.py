"""After any changes to a site, a build that keeps what it knows gives byte for byte what a build of nothing gives.

A round plays the changes of `tests.changes` in any order, one before each build: of two, the one that draws everything
anew would hide what the other leaves as it was. Both builds have one moment. `scripts/test` plays the beginning of the
same round each time; `scripts/fuzz` plays many whole ones, and other ones each time.
"""

from __future__ import annotations

import os
import random
import shutil
import sys
from pathlib import Path

import pytest
from mkdocs.config.config_options import Hooks
from neco_weekly.hosts.mkdocs import kept_entries

from tests.changes import CHANGES, ChangingSite, changing_site

MANY, SEED = int(os.environ.get("NECO_FUZZ", "0")), int(os.environ.get("NECO_SEED", "584"))
BUILDS = None if MANY else 14
"""After how many changes a round ends; None: when all were made."""


@pytest.fixture(autouse=True)
def one_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")  # each build sets its own, and this one is put back
    monkeypatch.setattr(sys, "dont_write_bytecode", True)  # two hooks of one length and one second are one to Python


@pytest.fixture(autouse=True)
def as_in_a_large_site(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is new is kept beside what is old wherever it is the smaller part."""
    monkeypatch.setattr(kept_entries, "_SMALL", 0)


@pytest.mark.parametrize("seed", range(SEED, SEED + (MANY // 50 or 1)))
def test_after_any_changes_a_build_is_a_full_build(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    site = changing_site(tmp_path, chance)
    built(site, "site")
    for change in chance.sample(CHANGES, len(CHANGES))[:BUILDS]:
        change(site)
        site.save()
        assert differences(built(site, "site"), full(site)) == {}, (seed, change.__name__)


Outcome = tuple[dict[str, bytes], list[str]]
"""The files of a build, and what it warned of."""


def built(site: ChangingSite, to: str) -> Outcome:
    """Build; of what ends in an error, the error is the outcome."""
    Hooks._load_hook.cache_clear()  # MkDocs reads a file of hooks once in a process
    os.environ["SOURCE_DATE_EPOCH"] = str(site.moment)
    try:
        done = site.folder.build(to=to)
    except Exception as error:  # whatever it is, both builds are to end in it
        return {}, [f"{type(error).__name__}: {error}"]
    return done.contents(), sorted(done.warnings)


def full(site: ChangingSite) -> Outcome:
    """What comes of a build of the site as it is that knows of none before."""
    cache, aside = site.folder.root / ".cache", site.folder.root / "aside"
    if cache.exists():
        cache.rename(aside)
    found = built(site, "fresh")
    shutil.rmtree(cache, ignore_errors=True)
    if aside.exists():
        aside.rename(cache)
    return found


def differences(found: Outcome, expected: Outcome) -> dict[str, object]:
    """What is another in two outcomes; of each file the first lines that differ."""
    (here, said), (there, told) = found, expected
    wrong: dict[str, object] = {
        path: first_difference(here.get(path), there.get(path))
        for path in sorted(here.keys() | there.keys())
        if here.get(path) != there.get(path)
    }
    return wrong if said == told else {**wrong, "what is told": (said, told)}


def first_difference(found: bytes | None, expected: bytes | None) -> object:
    if found is None or expected is None:
        return "is missing" if found is None else "is too much"
    lines = zip(found.splitlines(), expected.splitlines(), strict=False)
    return next(((one[:300], other[:300]) for one, other in lines if one != other), "length")

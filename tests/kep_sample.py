"""A small repository with the real history of a few KEPs; `tests/data/keps/README.md` tells where it is from."""

from __future__ import annotations

import subprocess
from pathlib import Path

from tests.once import made_once
from tests.sites import PROJECT

SAMPLE = PROJECT / "tests/data/keps/history.txt"


def kep_bundle() -> Path:
    """The repository as a bundle, made once in a run."""
    return made_once(SAMPLE.read_bytes(), _make) / "kep-history.bundle"


def _make(folder: Path) -> None:
    repository = folder / "keps.git"
    for command in (
        ("init", "--quiet", "--bare", "--initial-branch=master", "--template=", str(repository)),
        ("-C", str(repository), "fast-import", "--quiet"),
        ("-C", str(repository), "bundle", "create", "--quiet", str(folder / "kep-history.bundle"), "HEAD", "master"),
    ):
        subprocess.run(["git", *command], input=SAMPLE.read_bytes(), check=True, capture_output=True)

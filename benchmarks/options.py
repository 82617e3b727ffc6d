"""What the command lines of benchmarks have in common."""

from __future__ import annotations

import argparse
import contextlib
import tempfile
from collections.abc import Iterator
from pathlib import Path

METADATA = Path(__file__).resolve().parents[1] / "docs/_metadata"
"""The lock of our own site, which has all KEPs."""


def add_results(parser: argparse.ArgumentParser, results: Path) -> None:
    """Add where the results go, by default to the file `results`, and what a missed target means."""
    parser.add_argument("--json", type=Path, default=results, help="file for the results (default %(default)s)")
    parser.add_argument("--strict", action="store_true", help="exit with status 1 when a target is missed")


def add_site(parser: argparse.ArgumentParser) -> None:
    """Add the lock of the sites that are built, and where they are built."""
    parser.add_argument("--metadata", type=Path, default=METADATA, help="a lock of all KEPs (default %(default)s)")
    add_work(parser)


def add_work(parser: argparse.ArgumentParser) -> None:
    """Add where sites are built."""
    parser.add_argument("--work", type=Path, help="folder for the generated sites, kept (default: temporary)")


@contextlib.contextmanager
def workplace(work: Path | None) -> Iterator[Path]:
    """The folder in which sites are built, for as long as the block runs; one that was asked for stays."""
    with contextlib.ExitStack() as stack:
        asked = work or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="neco-bench-")))
        yield asked.resolve()

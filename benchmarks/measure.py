"""What a process costs, measured from outside."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

OUTPUT_LINES = 20


class BenchmarkError(Exception):
    """The benchmark cannot go on: a sentence for the person at the terminal, and the exit status (2: usage)."""

    def __init__(self, message: str, *, status: int = 1) -> None:
        super().__init__(message)
        self.status = status


def progress(message: str) -> None:
    """One line for the person waiting; results go to stdout, this does not."""
    print(f"bench: {message}", file=sys.stderr, flush=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What a process and the children it waited for cost.

    `cpu` is user and system time and `wall` elapsed time, both in seconds. `peak_mb` is the resident memory of the
    largest single process in units of 1,000,000 bytes: workers running beside each other are not added up.
    """

    cpu: float
    wall: float
    peak_mb: float

    @classmethod
    def least(cls, costs: Sequence[Cost]) -> Cost:
        """The least time of several runs of the same thing, because noise only adds, and the greatest memory."""
        return cls(
            cpu=min(cost.cpu for cost in costs),
            wall=min(cost.wall for cost in costs),
            peak_mb=max(cost.peak_mb for cost in costs),
        )


def set_aside(folder: Path, names: Sequence[str] = (".cache", "site")) -> None:
    """Move what a build has left in a folder out of the way of one that begins with nothing.

    It goes with the folder: ext4 without a journal looks for minutes past the numbers of files that were deleted, and
    thousands of them make each new file of the next build up to ten times as dear (`recently_deleted` in
    https://github.com/torvalds/linux/blob/master/fs/ext4/ialloc.c).
    """
    for name in names:
        if (old := folder / name).exists():
            aside = folder / "aside"
            aside.mkdir(exist_ok=True)
            old.rename(aside / f"{name} {len(list(aside.iterdir()))}")


def run(command: Sequence[str], *, cwd: Path, environment: Mapping[str, str] | None = None) -> Cost:
    """Run a command to its end and tell what it cost; its output is shown only if it fails.

    Linux lets a process inherit the peak memory of the one that started it, so a benchmark must stay smaller than what
    it measures.
    """
    with tempfile.TemporaryFile() as output:
        started = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=cwd, env={**os.environ, **(environment or {})}, stdout=output, stderr=subprocess.STDOUT
        )
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            output.seek(0)
            tail = output.read().decode(errors="replace").splitlines()[-OUTPUT_LINES:]
            told = "\n".join(f"  {line}" for line in tail)
            raise BenchmarkError(f"`{' '.join(command)}` in {cwd} ended with status {process.returncode}:\n{told}")
    return Cost(cpu=usage.ru_utime + usage.ru_stime, wall=wall, peak_mb=usage.ru_maxrss * 1024 / 1e6)

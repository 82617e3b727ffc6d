"""Guards against what never ends. How long something takes is no test's matter: `scripts/bench` measures that."""

from __future__ import annotations

import contextlib
import signal
from collections.abc import Iterator
from types import FrameType

MOST = 6
"""Seconds of this process's own work, several times what any test does behind it. Other programs do not count.

It goes with the lengths of `tests.lengthy`: half the length, and a quarter of the seconds, find the same squares.
"""


@contextlib.contextmanager
def coming_to_an_end(what: str) -> Iterator[None]:
    """Let a block work on something long, but not as one does whose work grows with the square of its length.

    Raises:
        AssertionError: the block has worked for so long that it counts as endless.
    """

    def stop(number: int, frame: FrameType | None) -> None:
        raise AssertionError(f"{what}: comes to no end")

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, MOST)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)

"""Bounded memory: work that takes much memory runs a piece at a time in one thread, so that all take as much as one.

A lock would not do: malloc keeps for each thread what that thread has freed, a large page's or picture's worth.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import TypeVar

from ..model.errors import NecoError, without_frames

_Made = TypeVar("_Made")

_M_MMAP_THRESHOLD, _LARGE = -3, 256 * 1024

_THREAD = ThreadPoolExecutor(1, thread_name_prefix="bounded-memory")


def one_at_a_time(work: Callable[[], _Made]) -> _Made:
    """Return what `work` returns, or raise what `work` raises, run while no other work runs in bounded memory.

    `work` must not call this function itself: it would wait for its own end.

    Raises:
        NecoError: `work` raised that error; its frames are dropped, for they hold on to memory.
    """
    made = _THREAD.submit(_made, work).result()
    if isinstance(made, _Failed):
        raise made.error
    return made


def give_large_blocks_back() -> None:
    """Have glibc return each block of 256 kB and more to the system as soon as the block is free.

    From the first that is freed glibc would learn to keep such blocks, for each of many threads that read bodies: 32
    pictures of 5 MB took 287 MB so, and 165 MB without. The setting is M_MMAP_THRESHOLD of mallopt(3).
    """
    with suppress(OSError, AttributeError, TypeError):  # systems with another malloc
        ctypes.CDLL(None).mallopt(_M_MMAP_THRESHOLD, _LARGE)


class _Failed:
    def __init__(self, error: NecoError) -> None:
        self.error = without_frames(error)


def _made(work: Callable[[], _Made]) -> _Made | _Failed:
    try:
        return work()
    except NecoError as error:
        return _Failed(error)

"""The memory of builds: what the collector of cycles looks through, and in a preview what waits on the disk.

What the last build of a preview has left is there until the next one is done, for a page that is saved meanwhile is
drawn from that. See `docs/decisions/0070-one-build-in-memory.md`.
"""

from __future__ import annotations

import atexit
import ctypes
import gc
import tempfile
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

_YOUNG, _MIDDLE, _OLD = 50_000, 20, 1_000
"""When the collector looks at objects while a site is built: what is old by then will be asked for until the end.

The garbage of a page is young when it dies. With Python's own numbers a fifth of a build was spent on looking.
"""


class Shelf:
    """Texts on the disk, in a file without a name: it goes with the last who can ask for one of them."""

    def __init__(self) -> None:
        self._last: tuple[str, Callable[[], str]] | None = None
        self._file = file = tempfile.TemporaryFile()  # noqa: SIM115 (it is open as long as somebody may ask)
        weakref.finalize(self, file.close)

    def put(self, text: str) -> Callable[[], str]:
        """Lay a text down, and return a function that returns it.

        Raises:
            OSError: the disk is full.
        """
        if self._last and self._last[0] is text:  # it was read here, and nobody has made another of it
            return self._last[1]
        content = text.encode("utf-8", "surrogatepass")
        start, size = self._file.seek(0, 2), len(content)  # the function must not hold the text itself
        self._file.write(content)

        def read() -> str:
            if self._last is None or self._last[1] is not read:  # who asks for a text often asks more than once
                self._file.seek(start)
                self._last = (self._file.read(size).decode("utf-8", "surrogatepass"), read)
            return self._last[0]

        return read


@contextmanager
def with_seldom_collections() -> Iterator[None]:
    """Have the collector of cycles look at young objects alone in the context: a build, or the builds of a preview."""
    before = gc.get_threshold()
    gc.set_threshold(_YOUNG, _MIDDLE, _OLD)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def end_quickly() -> None:
    """Have Python end this program without looking once more through all that a build has in memory."""
    atexit.unregister(gc.freeze)
    atexit.register(gc.freeze)


def settle() -> None:
    """Collect what nobody has any more and give its memory back; what stays is not looked through with each page."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()
    with suppress(OSError, AttributeError, TypeError):  # only glibc has this: others give back what they like
        ctypes.CDLL(None).malloc_trim(0)

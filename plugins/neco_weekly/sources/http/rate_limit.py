"""The rate limit of each host: a few connections at once, a pause between two starts, and when to ask again."""

from __future__ import annotations

import datetime as dt
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime

from ...model.errors import FailureCode, FetchError


@dataclass(slots=True)
class _Host:
    places: threading.Semaphore
    next_start: float = field(default_factory=time.monotonic)


class RateLimit:
    """Places of many threads at each host; a host is a name, whatever the port."""

    def __init__(self, *, delay: float, at_once: int) -> None:
        self._delay = delay
        self._at_once = at_once
        self._hosts: dict[str, _Host] = {}
        self._lock = threading.Lock()
        self._closed = threading.Event()

    @contextmanager
    def place(self, host: str) -> Iterator[None]:
        """Wait until it is polite to speak to the host, then hold one of its places.

        Raises:
            FetchError: `close` was called.
        """
        with self._host(host).places:
            if self._closed.wait(self._seconds_to_start(host)):
                raise FetchError(f"{host} was not asked, because the work was stopped", code=FailureCode.STOPPED)
            yield

    def rest(self, host: str, seconds: float) -> None:
        """Nobody starts to speak to the host for so long, for it asked for a rest or failed."""
        with self._lock:
            state = self._hosts[host]
            state.next_start = max(state.next_start, time.monotonic() + seconds)

    def close(self) -> None:
        """End all waiting, for good."""
        self._closed.set()

    def _host(self, host: str) -> _Host:
        with self._lock:
            return self._hosts.setdefault(host, _Host(threading.Semaphore(self._at_once)))

    def _seconds_to_start(self, host: str) -> float:
        """Take the next start, and say how far away it is."""
        with self._lock:
            state, now = self._hosts[host], time.monotonic()
            start = max(now, state.next_start)
            state.next_start = start + self._delay
            return start - now


class TimeBudget:
    """Seconds that one question may still cost; those spent behind others do not count."""

    def __init__(self, seconds: float) -> None:
        self.left = seconds

    def spend(self, seconds: float) -> None:
        """Take away seconds; there are never fewer than none."""
        self.left = max(0.0, self.left - seconds)

    @contextmanager
    def spent(self) -> Iterator[None]:
        """Take away what the context takes."""
        started = time.monotonic()
        try:
            yield
        finally:
            self.spend(time.monotonic() - started)


def seconds_until_again(status: int, headers: Mapping[str, str], *, otherwise: float) -> float | None:
    """When the same question may be asked again after such an answer; None where that would be no use, or not soon."""
    if status != 429 and status < 500:
        return None
    if headers.get("x-ratelimit-remaining") == "0":
        return None  # an hour's allowance is used up, not a second's
    asked = retry_after(headers.get("retry-after", ""))
    return otherwise if asked is None else asked


def retry_after(written: str) -> float | None:
    """Seconds that a Retry-After header asks for, a number or a date; None where it says nothing."""
    if written.isascii() and written.isdigit():
        return float(written)
    try:
        moment = parsedate_to_datetime(written)
    except ValueError:
        return None
    seconds = moment.replace(tzinfo=moment.tzinfo or dt.UTC) - dt.datetime.now(dt.UTC)
    return max(0.0, seconds.total_seconds())

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
    """The rate limits of all hosts, for many threads: each host has some places. A port makes no other host."""

    def __init__(self, *, delay: float, at_once: int) -> None:
        self._delay = delay
        self._at_once = at_once
        self._hosts: dict[str, _Host] = {}
        self._lock = threading.Lock()
        self._closed = threading.Event()

    @contextmanager
    def place(self, host: str) -> Iterator[None]:
        """Wait until the rate limit lets a request to the host start, then hold one of the host's places.

        Raises:
            FetchError: `close` was called.
        """
        with self._host(host).places:
            if self._closed.wait(self._seconds_to_start(host)):
                raise FetchError(f"{host} was not asked, because the work was stopped", code=FailureCode.STOPPED)
            yield

    def rest(self, host: str, seconds: float) -> None:
        """Let no request to the host start for so many seconds, because the host asked for that or failed."""
        with self._lock:
            state = self._hosts[host]
            state.next_start = max(state.next_start, time.monotonic() + seconds)

    def close(self) -> None:
        """End all waiting for places at hosts, for good."""
        self._closed.set()

    def _host(self, host: str) -> _Host:
        with self._lock:
            return self._hosts.setdefault(host, _Host(threading.Semaphore(self._at_once)))

    def _seconds_to_start(self, host: str) -> float:
        """Take the next start at a host, and return the seconds until then."""
        with self._lock:
            state, now = self._hosts[host], time.monotonic()
            start = max(now, state.next_start)
            state.next_start = start + self._delay
            return start - now


class TimeBudget:
    """The seconds that one request may still cost; those spent waiting behind other requests do not count."""

    def __init__(self, seconds: float) -> None:
        self.left = seconds

    def spend(self, seconds: float) -> None:
        """Take seconds from the budget, down to 0."""
        self.left = max(0.0, self.left - seconds)

    @contextmanager
    def spent(self) -> Iterator[None]:
        """Take from the budget the seconds that the context takes."""
        started = time.monotonic()
        try:
            yield
        finally:
            self.spend(time.monotonic() - started)


def seconds_until_again(status: int, headers: Mapping[str, str], *, otherwise: float) -> float | None:
    """Return in how many seconds a request may be sent again after such a response; None if not, or not soon."""
    if status != 429 and status < 500:
        return None
    if headers.get("x-ratelimit-remaining") == "0":
        return None  # an hour's allowance is used up, not a second's
    asked = retry_after(headers.get("retry-after", ""))
    return otherwise if asked is None else asked


def retry_after(written: str) -> float | None:
    """Return the seconds that a Retry-After header asks for (RFC 9110, 10.2.3: a number or a date), or None."""
    if written.isascii() and written.isdigit():
        return float(written)
    try:
        moment = parsedate_to_datetime(written)
    except (ValueError, OverflowError):  # the latter for a day or a zone of many digits
        return None
    seconds = moment.replace(tzinfo=moment.tzinfo or dt.UTC) - dt.datetime.now(dt.UTC)
    return max(0.0, seconds.total_seconds())

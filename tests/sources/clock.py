"""A clock that stands still: minutes pass at once, and always the same ones."""

from __future__ import annotations

import threading
import time

import pytest


class Clock:
    """What `time.monotonic` tells. Who waits for some seconds waits for none, and the clock has gone on by as many.

    `waits` are those seconds. With `passing = False` the clock stays where it is. Each look at the clock moves it by
    `tick` seconds: a drip, after each drop of which somebody looks, comes to its end however busy the machine is.
    """

    def __init__(self) -> None:
        self.passing = True
        self.tick = 0
        self.waits: list[float] = []
        self._now = 1000.0 + round(time.monotonic())  # later than anything that was told before

    def __call__(self) -> float:
        self._now += self.tick
        return self._now

    def pass_by(self, seconds: float) -> None:
        self._now += seconds

    def stop(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Be the clock of this process until the patch is undone; a wait without an end stays one."""
        wait_for_ever = threading.Event.wait

        def wait(event: threading.Event, timeout: float | None = None) -> bool:
            if timeout is None:
                return wait_for_ever(event)
            self.waits.append(timeout)
            if self.passing:
                self.pass_by(timeout)
            return event.is_set()

        monkeypatch.setattr(time, "monotonic", self)
        monkeypatch.setattr(threading.Event, "wait", wait)

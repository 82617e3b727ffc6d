"""Settings of tests with made-up input: how fast the machine is says nothing of what is tested."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, settings


def at_any_speed(**more: Any) -> settings:
    """Return settings under which no example is too slow and all are the same each time, with more of a test's own.

    What a new example would find is for `scripts/fuzz`, not for whoever changes something else.
    """
    return settings(
        derandomize=True, database=None, deadline=None, suppress_health_check=[HealthCheck.too_slow], **more
    )

"""Settings of tests with made-up input: how fast the machine is says nothing of what is tested."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, settings


def at_any_speed(**more: Any) -> settings:
    """Return settings under which no example is too slow, with more of hypothesis' own."""
    return settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], **more)

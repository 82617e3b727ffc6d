"""Days of the newsletter: the calendar of Asia/Tokyo, which knows no summer time and needs no tables."""

from __future__ import annotations

import datetime as dt

TOKYO = dt.timezone(dt.timedelta(hours=9), "Asia/Tokyo")


def moment_at(timestamp: int) -> dt.datetime:
    """Return a Unix timestamp (seconds since 1970) as a moment in Tokyo.

    Raises:
        ValueError: the timestamp lies in no year that Python can hold.
    """
    try:
        return dt.datetime.fromtimestamp(timestamp, TOKYO)
    except (OverflowError, OSError) as error:
        raise ValueError(f"{timestamp} is no time") from error


def beginning_of(day: dt.date) -> dt.datetime:
    """Return the first moment of a day in Tokyo."""
    return dt.datetime.combine(day, dt.time(), TOKYO)


def today() -> dt.date:
    """Return today's date in Tokyo."""
    return dt.datetime.now(TOKYO).date()

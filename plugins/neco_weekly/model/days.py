"""Days of the newsletter: the calendar of Asia/Tokyo, which knows no summer time and needs no tables."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from .errors import NecoError

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


def day_of_build(environment: Mapping[str, str]) -> dt.date:
    """Return the day of a build in Tokyo: that of SOURCE_DATE_EPOCH where the variable is set, else today's.

    The variable is that of https://reproducible-builds.org/specs/source-date-epoch/, seconds since 1970.

    Raises:
        NecoError: the variable is no such number.
    """
    written = environment.get("SOURCE_DATE_EPOCH")
    if not written:
        return today()
    try:
        return moment_at(int(written)).date()
    except ValueError as error:
        raise NecoError(
            f"SOURCE_DATE_EPOCH: expected seconds since 1970, found {written!r}; correct the variable, or unset it"
        ) from error

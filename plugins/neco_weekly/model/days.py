"""Days of the newsletter: the calendar of Asia/Tokyo, which knows no summer time and needs no tables."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from contextlib import suppress

from .errors import NecoError

OUTDATED_AFTER = dt.timedelta(weeks=3)
"""The time after which a lock no longer tells what is so on an issue's day: no release cycle has a week to spare."""

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


def day_of(moment: dt.datetime) -> dt.date:
    """Return the day in Tokyo of a moment; one without a time zone is a moment of Tokyo."""
    try:
        return moment.astimezone(TOKYO).date() if moment.tzinfo else moment.date()
    except OverflowError:  # the first and the last hours of all years
        return moment.date()


def day_in(text: str) -> dt.date | None:
    """Return the day in Tokyo with which a text in ISO 8601 begins, or None; where its moment is unclear, as written.

    `2022-08-25T23:30:00Z` is the 26th: readers of the newsletter see their own days.
    """
    for part, read in ((text, lambda it: day_of(dt.datetime.fromisoformat(it))), (text[:10], dt.date.fromisoformat)):
        with suppress(ValueError):
            return read(part)
    return None


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

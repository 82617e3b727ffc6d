"""A deadline as people write it -> its day in Tokyo.

`Wednesday 11th February 2026 (AoE) / Thursday 12th February 2026, 12:00 UTC` is 21:00 of the 12th in Tokyo. Anywhere on
Earth is UTC-12: such a day ends when it has ended everywhere (IEEE 802.16 calls that zone AOE).
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from ...model.days import day_of

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()

_MONTH = rf"(?P<month>{'|'.join(_MONTHS)})[a-z]*\.?"

_NUMBER = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?\b"

_YEAR = r"(?:,?\s+(?P<year>\d{4})\b)?"

_DAYS = tuple(
    re.compile(pattern, re.ASCII | re.IGNORECASE)
    for pattern in (
        r"\b(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)\b",
        rf"\b{_NUMBER}\s+(?:of\s+)?{_MONTH}{_YEAR}",
        rf"\b{_MONTH}\s+{_NUMBER}{_YEAR}",
    )
)

_OFFSETS: dict[str, float] = {
    "utc": 0,
    "gmt": 0,
    "z": 0,
    "pdt": -7,
    "pst": -8,
    "pt": -8,
    "edt": -4,
    "est": -5,
    "bst": 1,
}
_OFFSETS |= {"cet": 1, "cest": 2, "ist": 5.5, "jst": 9, "aoe": -12}
"""Hours east of UTC of the zones that deadlines are written in."""

_TIME = re.compile(rf"\b(?P<hour>\d\d?):(?P<minute>\d\d)\s*(?P<zone>{'|'.join(_OFFSETS)})\b", re.ASCII | re.IGNORECASE)

_END_OF_DAY = re.compile(
    r"\b(?:(?:EOD|end of day)\s+(?P<zone>[A-Z]{3})|(?P<aoe>AoE|Anywhere on Earth))\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """A deadline that was read: its day in Tokyo, None where it cannot be told; and what is wrong with the text."""

    day: dt.date | None = None
    complaint: str = ""


def names_a_day(text: str) -> bool:
    """Whether a text names a day, with a year or without."""
    return any(pattern.search(text) for pattern in _DAYS)


def read_deadline(text: str, before: dt.date | None = None) -> Deadline:
    """Return the deadline that a text names, in one zone or in several with `/` between them.

    A moment in UTC counts more than one in another zone, that more than a day without a time, which is taken as
    written. A day without a year is the last one `before` a day, where that is known.
    """
    times = _TIME.search(text), _END_OF_DAY.search(text)
    parts = [part for part in text.split(" / ") if names_a_day(part)] or [text]
    found = [it for part in parts if (it := _part(part, text if len(parts) == 1 and any(times) else part, before))]
    if not found:
        years = names_a_day(text) and "names a day without a year of four digits"
        return Deadline(complaint=years or "names no day of the calendar")
    found.sort(key=lambda it: it[0])
    days = [day for _, day in found]
    # A day without a time may be the eve of another zone's: only moments can contradict one another.
    moments = {day for rank, day in found if rank < _PLAIN}
    complaint = f"names moments on different days in Tokyo: {', '.join(sorted(map(str, moments)))}"
    return Deadline(day=days[0], complaint=complaint if len(moments) > 1 else "")


_PLAIN = 3


def _part(part: str, whole: str, before: dt.date | None) -> tuple[int, dt.date] | None:
    """Return the day in Tokyo of one part, with its rank: 0 for UTC, 1 another zone, 2 the end of a day, 3 no time."""
    day = _day(part, before)
    if day is None:
        return None
    if time := _TIME.search(part) or _TIME.search(whole):
        zone, hour, minute = time["zone"].lower(), int(time["hour"]), int(time["minute"])
        if hour < 24 and minute < 60:
            return (0 if _OFFSETS[zone] == 0 else 1), _in_tokyo(day, dt.time(hour, minute), _OFFSETS[zone])
    if end := _END_OF_DAY.search(part) or _END_OF_DAY.search(whole):
        zone = "aoe" if end["aoe"] else end["zone"].lower()
        if zone in _OFFSETS:
            return 2, _in_tokyo(day, dt.time(23, 59, 59), _OFFSETS[zone])
    return _PLAIN, day


def _in_tokyo(day: dt.date, time: dt.time, offset: float) -> dt.date:
    return day_of(dt.datetime.combine(day, time, dt.timezone(dt.timedelta(hours=offset))))


def _day(text: str, before: dt.date | None) -> dt.date | None:
    match = next((it for pattern in _DAYS if (it := pattern.search(text))), None)
    if match is None:
        return None
    name = match["month"].lower()
    month = int(name) if name.isdecimal() else _MONTHS.index(name) + 1
    if match["year"]:
        return _date(int(match["year"]), month, int(match["day"]))
    years = (before.year, before.year - 1) if before else ()
    days = (_date(year, month, int(match["day"])) for year in years)
    return next((it for it in days if before and it and it <= before), None)


def _date(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day) if year > 2000 else None
    except ValueError:
        return None

"""Days and moments as pages write them -> ISO 8601."""

from __future__ import annotations

import datetime as dt
import re
from email.utils import parsedate_to_datetime

_ISO = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d([.,]\d+)?)?(Z|[+-]\d\d:\d\d)?)?", re.ASCII)
_DAY = re.compile(r"(\d{4})\s?[-/.年]\s?(\d{1,2})\s?[-/.月]\s?(\d{1,2})(?!\d)日?", re.ASCII)
_ZONE = re.compile(r"\s*([+-]\d\d):?(\d\d)$", re.ASCII)
_LONGEST = 60


def iso_8601(written: str) -> str | None:
    """A day or a moment; what is ISO 8601 already stays as it is written. None for what is no date after the year 1."""
    text = written.strip()
    if len(text) > _LONGEST:
        return None
    try:
        return _standard(text) or _numbers(text) or _mail(text)
    except (ValueError, OverflowError):
        return None


def _standard(text: str) -> str | None:
    if _ISO.fullmatch(text):
        dt.datetime.fromisoformat(text)
        return text
    return None


def _numbers(text: str) -> str | None:
    """`2022/8/26`, `2022年8月26日 12:00`, `2022-08-26 12:00:00 +0900`: a day, and what follows where that is a time."""
    match = _DAY.match(text)
    if match is None:
        return None
    day = dt.date(*map(int, match.groups()))
    rest = _ZONE.sub(r"\1:\2", text[match.end() :].removesuffix(" UTC")).strip(" T\t")
    try:
        moment = dt.time.fromisoformat(rest) if rest else None
    except ValueError:
        moment = None
    if moment is None:
        return day.isoformat()
    if text.endswith(" UTC"):
        moment = moment.replace(tzinfo=dt.UTC)
    return dt.datetime.combine(day, moment).isoformat()


def _mail(text: str) -> str | None:
    """`Fri, 26 Aug 2022 03:00:00 GMT`, as in feeds and headers."""
    return parsedate_to_datetime(text).isoformat() if ":" in text else None

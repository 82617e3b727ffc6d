"""Days and moments as pages write them -> ISO 8601."""

from __future__ import annotations

import datetime as dt
import re
from email.utils import parsedate_to_datetime

_ISO = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d([.,]\d+)?)?(Z|[+-]\d\d:\d\d)?)?", re.ASCII)

_DAY = re.compile(r"(\d{4})\s?[-/.年]\s?(\d{1,2})\s?[-/.月]\s?(\d{1,2})(?!\d)日?", re.ASCII)

_BASIC = re.compile(r"\d{8}(T\d{4}(\d\d)?(Z|[+-]\d\d(:?\d\d)?)?)?", re.ASCII)

_SINCE_1970 = re.compile(r"(\d{10})(\d{3})?", re.ASCII)

_MONTHS = "jan|uary feb|ruary mar|ch apr|il may| jun|e jul|y aug|ust sep|t|tember oct|ober nov|ember dec|ember".split()

_MONTH = rf"(?P<month>{'|'.join(f'{it[:3]}(?:{it[4:]})?' for it in _MONTHS)})\.?"

_ENGLISH = re.compile(
    rf"(?:[a-z]{{3,9}},? )?(?:{_MONTH} (?P<day>\d{{1,2}})(?:st|nd|rd|th)?|(?P<day_first>\d{{1,2}})(?:st|nd|rd|th)? "
    rf"{_MONTH.replace('month', 'month_last')}),? (?P<year>\d{{4}})\b.*",
    re.ASCII | re.IGNORECASE,
)

_HALF_DAY = re.compile(r"\b[ap]\.?m\b", re.ASCII | re.IGNORECASE)

_ZONE = re.compile(r"\s*([+-]\d\d):?(\d\d)$", re.ASCII)

_LONGEST = 60


def iso_8601(written: str) -> str | None:
    """Return a day or a moment in ISO 8601, unchanged where written so already; None for what is no date.

    Neither is a date up to 1970, before all pages: templates write their zeros (0001-01-01, 1970-01-01) for no date.
    """
    text = written.strip()
    if len(text) > _LONGEST:
        return None
    try:
        found = _standard(text) or _basic(text) or _numbers(text) or _mail(text) or _english(text)
    except (ValueError, OverflowError):
        return None
    return found if found and int(found[:4]) > 1970 else None


def _standard(text: str) -> str | None:
    if _ISO.fullmatch(text):
        dt.datetime.fromisoformat(text)
        return text
    return None


def _basic(text: str) -> str | None:
    """Return the date of `20220826T120000+0900`, `20220826`, or of seconds or milliseconds since 1970 (Hatena Blog)."""
    if seconds := _SINCE_1970.fullmatch(text):
        return dt.datetime.fromtimestamp(int(seconds[1]), dt.UTC).isoformat()
    if not _BASIC.fullmatch(text):
        return None
    return dt.datetime.fromisoformat(text).isoformat() if "T" in text else dt.date.fromisoformat(text).isoformat()


def _numbers(text: str) -> str | None:
    """Return the date of `2022/8/26`, `2022年8月26日 12:00`, `2022-08-26 12:00:00 +0900`: a day, with a time if any."""
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
    """Return the date of `Fri, 26 Aug 2022 03:00:00 GMT`, as in feeds and headers (RFC 5322)."""
    try:
        return None if ":" not in text or _HALF_DAY.search(text) else parsedate_to_datetime(text).isoformat()
    except ValueError:
        return None


def _english(text: str) -> str | None:
    """Return the day of `Friday, August 26, 2022, 12:06 PM` or `26 Aug 2022`; times come in too many forms."""
    match = _ENGLISH.fullmatch(text)
    if match is None:
        return None
    name, day = match["month"] or match["month_last"], match["day"] or match["day_first"]
    month = next(place for place, it in enumerate(_MONTHS, 1) if name.lower().startswith(it[:3]))
    return dt.date(int(match["year"]), month, int(day)).isoformat()

"""The date and the number that an issue gives itself."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any

from ..model.days import TOKYO, day_of
from .front_matter_values import value_of

DAY_KEYS = ("date", "publishedat", "published", "publishdate", "pubdate", "createdat", "created")
"""Keys of an issue's day as `key_form` has them, the first that can be read counts: ours, Zenn's, Hugo's, Astro's."""

_DATE_IN_TEXT = re.compile(r"(?<!\d)(\d{4})(?:-|/|\.|年\s*)(\d{1,2})(?:-|/|\.|月\s*)(\d{1,2})(?!\d)", re.ASCII)

_DATE_IN_NAME = re.compile(
    r"(?<!\d)(?:(?P<y>\d{4})(?P<sign>[-_.])(?P<m>\d{1,2})(?P=sign)(?P<d>\d{1,2})"
    r"|(?P<y2>(?:19|20)\d\d)-?(?P<m2>\d\d)-?(?P<d2>\d\d)|(?P<y3>\d{4})年(?P<m3>\d{1,2})月(?P<d3>\d{1,2}))(?!\d)",
    re.ASCII,
)

_SIX_DIGITS = re.compile(r"(1\d|2\d|3\d)(\d\d)(\d\d)(?=[-_])", re.ASCII)
"""A day before a file's name, `230325-kubecon`: only there, and of our years, for six digits may be anything."""

_TIME = re.compile(
    r"日?(?:T|\s+)(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:\.\d+)?)?\s*"
    r"(?P<zone>Z|UTC|GMT|JST|[+-]\d\d:?(?:\d\d)?)?(?!\w)",
    re.ASCII | re.IGNORECASE,
)
"""A time of day behind a date, as ISO 8601 and RFC 822 have it, and the zone where one is named."""

_RFC_822 = re.compile(r"(?<!\d)(\d{1,2})\s+([A-Z][a-z]{2})[a-z]*\.?,?\s+(\d{4})(?!\d)", re.ASCII)

_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()

_HIGHEST = 99_999

_NUMBER_IN_TEXT = re.compile(r"第\s*(\d{1,5})\s*(?:回|号)")

_NUMBER_IN_TITLE = re.compile(
    r"\b(?:Vol(?:ume)?|No)\s*+[.．]?\s*+(?P<volume>\d{1,5})(?![\d.]\d|\d)"
    r"|(?<![\w#&])(?<!KEP )(?<!Issue )(?<!PR )#\s?(?P<hash>\d{1,4})(?=\s*(?:\Z|[:：(（|｜\]】)）」』—–-]))",
    re.IGNORECASE,
)
"""`Vol.5`, `No. 5`, and `#5` where nothing is said of it: at the end of a title or before its second part."""


def issue_date(meta: Mapping[str, Any], path: str, title: str) -> dt.date | None:
    """Return the issue's own date in Tokyo: of front matter, else the file's name, else the title; None without any."""
    written = (read_day(value_of(meta, key)) for key in DAY_KEYS)
    return (
        next((day for day in written if day), None)
        or _first_date(_DATE_IN_NAME, PurePosixPath(path).stem)
        or _day_before_name(PurePosixPath(path).stem)
        or _first_date(_DATE_IN_TEXT, title)
    )


def read_day(value: object) -> dt.date | None:
    """Return the day in Tokyo that a value of front matter means, or None; without a zone, a time is one of Tokyo.

    The value is one of YAML or TOML, words such as `2026年2月5日` or a moment of RFC 822 (5.1), or an object with
    `created` as the blog of Material has it.
    """
    if isinstance(value, dt.datetime):
        return day_of(value)
    if isinstance(value, dt.date):
        return value
    if isinstance(value, dict):
        return read_day(value_of(value, "created"))
    return _day_in_words(value) if isinstance(value, str) else None


def _day_in_words(text: str) -> dt.date | None:
    for match in _DATE_IN_TEXT.finditer(text):
        if day := _date(*match.groups()):
            return _at_time(day, text[match.end() :])
    for match in _RFC_822.finditer(text):
        if match[2] in _MONTHS and (day := _date(match[3], _MONTHS.index(match[2]) + 1, match[1])):
            return _at_time(day, text[match.end() :])
    return None


def _at_time(day: dt.date, behind: str) -> dt.date:
    """Return the day in Tokyo at the time that stands behind a day."""
    match = _TIME.match(behind)
    if match is None or not match["zone"]:
        return day
    try:
        time = dt.time(int(match["hour"]), int(match["minute"]), tzinfo=_zone(match["zone"].upper()))
    except ValueError:
        return day
    return day_of(dt.datetime.combine(day, time))


def _zone(name: str) -> dt.timezone:
    """Return the time zone of a name or an offset such as `+09:00`.

    Raises:
        ValueError: the offset is a day or more.
    """
    if name[0] not in "+-":
        return TOKYO if name == "JST" else dt.UTC
    minutes = int(name[1:3]) * 60 + int(name[3:].lstrip(":") or 0)
    return dt.timezone(dt.timedelta(minutes=minutes if name[0] == "+" else -minutes))


def _first_date(pattern: re.Pattern[str], text: str) -> dt.date | None:
    for match in pattern.finditer(text):
        if day := _date(*filter(None, (it for it in match.groups() if it not in ("-", "_", ".")))):
            return day
    return None


def _day_before_name(stem: str) -> dt.date | None:
    match = _SIX_DIGITS.match(stem)
    return _date(f"20{match[1]}", match[2], match[3]) if match else None


def _date(year: str | int, month: str | int, day: str | int) -> dt.date | None:
    try:
        return dt.date(int(year), int(month), int(day))
    except ValueError:
        return None


def issue_number(meta: Mapping[str, Any], title: str, body: str) -> int | None:
    """Return the number an issue gives itself; None without one.

    It stands in front matter, as 第5回, `#5` or `Vol.5` in the title, or as 第5回 before the first section.
    """
    written = value_of(meta, "number")
    if isinstance(written, int) and not isinstance(written, bool) and 0 <= written <= _HIGHEST:
        return written
    if isinstance(written, str) and written.isdecimal() and len(written) <= len(str(_HIGHEST)):
        return int(written)
    opening = re.split(r"^##", body, maxsplit=1, flags=re.MULTILINE)[0]
    if span := number_in_title(title):
        return int(title[slice(*span)])
    match = _NUMBER_IN_TEXT.search(opening)
    return int(match[1]) if match else None


def number_in_title(title: str) -> tuple[int, int] | None:
    """Return where in a title the digits of the issue's number begin and end: 第5回, `#5`, `Vol.5`; None without."""
    if match := _NUMBER_IN_TEXT.search(title):
        return match.span(1)
    match = _NUMBER_IN_TITLE.search(title)
    return match.span("volume" if match["volume"] else "hash") if match else None

"""Days and moments as pages write them -> ISO 8601."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from email.utils import parsedate_to_datetime

_ISO = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d([.,]\d+)?)?(Z|[+-]\d\d:\d\d)?)?", re.ASCII)

_YEAR_FIRST = r"(?P<year>\d{4})\s?[-/.年]\s?(?P<month>\d{1,2})\s?[-/.月]\s?(?P<day>\d{1,2})(?!\d)日?"

_DAY = re.compile(_YEAR_FIRST, re.ASCII)

_BASIC = re.compile(r"\d{8}(T\d{4}(\d\d)?(Z|[+-]\d\d(:?\d\d)?)?)?", re.ASCII)

_SINCE_1970 = re.compile(r"(\d{10})(\d{3})?", re.ASCII)

# Japanese eras, and the years before their first: 令和元年 is 2019 (Wikipedia, "Japanese era name").
_ERAS = {"令和": 2018, "R": 2018, "平成": 1988, "H": 1988, "昭和": 1925, "S": 1925}

_ERA = (
    r"(?:(?P<era>令和|平成|昭和)\s?|(?<![A-Za-z\d])(?P<letter>(?-i:[RHS]))\.?)"
    r"(?P<era_year>元|\d{1,2})\s?[年./-]\s?(?P<era_month>\d{1,2})\s?[月./-]\s?(?P<era_day>\d{1,2})(?!\d)日?"
)

_MONTHS = "jan|uary feb|ruary mar|ch apr|il may| jun|e jul|y aug|ust sep|t|tember oct|ober nov|ember dec|ember".split()

_MONTH = rf"(?:{'|'.join(f'{it[:3]}(?:{it[4:]})?' for it in _MONTHS)})\b\.?"

_TH = r"(?:st|nd|rd|th)?"

_ENGLISH = (
    rf"\b(?:(?P<month_first>{_MONTH})\s(?P<day_last>\d{{1,2}}){_TH}|"
    rf"(?P<day_first>\d{{1,2}}){_TH}[\s-](?:of\s)?(?P<month_last>{_MONTH})),?[\s-](?P<english_year>\d{{4}})\b"
)

_YEAR_LAST = r"(?<![\d/.-])(?P<one>\d{1,2})(?P<sign>[/.-])(?P<two>\d{1,2})(?P=sign)(?P<last_year>\d{4})(?![\d/.-])"

_SHOWN = re.compile(rf"(?<![\w/.-]){_YEAR_FIRST}|{_ERA}|{_ENGLISH}|{_YEAR_LAST}", re.ASCII | re.IGNORECASE)

_ENGLISH_ALONE = re.compile(rf"(?:[a-z]{{3,9}},? )?{_ENGLISH}.*", re.ASCII | re.IGNORECASE)

_ALONE = re.compile(rf"(?:{_ERA}|{_YEAR_LAST})(?:\s?\(\w\w?\))?")

_HALF_DAY = re.compile(r"\b[ap]\.?m\b", re.ASCII | re.IGNORECASE)

_ZONE = re.compile(r"\s*([+-]\d\d):?(\d\d)$", re.ASCII)

# What Go prints for a time zone without a name, as Hugo's templates do: `2016-10-23 02:45:17 +0900 +0900`.
_ZONE_TWICE = re.compile(r"(\s[+-]\d{4}) (?:[A-Z]{3,4}|[+-]\d{2,4})$", re.ASCII)

_LONGEST = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownDay:
    """A day in a text, in ISO 8601, and where in the text it stands."""

    day: str
    start: int
    end: int


def iso_8601(written: str) -> str | None:
    """Return a day or a moment in ISO 8601, unchanged where written so already; None for what is no date.

    Neither is a date up to 1970, before all pages: templates write their zeros (0001-01-01, 1970-01-01) for no date.
    """
    text = unicodedata.normalize("NFKC", written.strip()[: _LONGEST + 1])
    if len(text) > _LONGEST:
        return None
    try:
        found = _standard(text) or _basic(text) or _numbers(text) or _mail(text) or _words(text)
    except (ValueError, OverflowError):
        return None
    return found if found and int(found[:4]) > 1970 else None


def shown_days(text: str) -> Iterator[ShownDay]:
    """Yield the days of a text that people read: `公開日：令和4年8月26日`, `Posted on Aug 26, 2022`, `2022.8.26`.

    `8/26/2022` is one only because no month has that number; `8/9/2022` is two days, so none. Places count in the
    text's NFKC form.
    """
    for match in _SHOWN.finditer(unicodedata.normalize("NFKC", text)):
        with suppress(ValueError):
            if (day := _day_of(match)) and day.year > 1970:
                yield ShownDay(day=day.isoformat(), start=match.start(), end=match.end())


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
    after = _ZONE_TWICE.sub(r"\1", text[match.end() :])
    rest = _ZONE.sub(r"\1:\2", after.removesuffix(" UTC")).strip(" T\t")
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


def _words(text: str) -> str | None:
    """Return the day of `Friday, August 26, 2022, 12:06 PM` or `令和4年8月26日`; times come in too many forms."""
    match = _ENGLISH_ALONE.fullmatch(text) or _ALONE.fullmatch(text)
    day = match and _day_of(match)
    return day.isoformat() if day else None


def _day_of(match: re.Match[str]) -> dt.date | None:
    """Return the day that one of the forms above means; None where it may mean two.

    Raises:
        ValueError: there is no such day.
    """
    of = {name: it for name, it in match.groupdict().items() if it}
    if "year" in of:
        return dt.date(int(of["year"]), int(of["month"]), int(of["day"]))
    if "era_year" in of:
        first = _ERAS[(of.get("era") or of["letter"]).upper()]
        number = 1 if of["era_year"] == "元" else int(of["era_year"])
        return dt.date(first + number, int(of["era_month"]), int(of["era_day"]))
    if "english_year" in of:
        name = (of.get("month_first") or of["month_last"]).lower()
        month = next(place for place, it in enumerate(_MONTHS, 1) if name.startswith(it[:3]))
        return dt.date(int(of["english_year"]), month, int(of.get("day_last") or of["day_first"]))
    one, two = int(of["one"]), int(of["two"])
    if min(one, two) <= 12 < max(one, two) or one == two:
        return dt.date(int(of["last_year"]), min(one, two), max(one, two))
    return None

"""What titles and paths of issues have in common but for the day and the number of each: the form of a series.

A form is a sequence of tokens. A letter stands for itself; a token of more letters stands for a part of an issue's day
or number, written in a certain way: `Y4` is the year with four digits, `M2` the month with two, `N3` the number with
three at least.
"""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import PurePosixPath

from .issue_dates import number_in_title

Form = tuple[str, ...]
"""A text as tokens: letters, and names of parts of a day or a number."""

_SIGN = r"(?:[-/._\s]|年\s?|月\s?)"

_DAYS = tuple(
    re.compile(it, re.ASCII)
    for it in (
        rf"(?<!\d)(?P<year>\d{{4}}|\d\d)(?P<first>{_SIGN})(?P<month>\d{{1,2}})(?P<second>{_SIGN})(?P<day>\d{{1,2}})(?!\d)",
        r"(?<!\d)(?P<year>\d{4}|\d\d)(?P<first>)(?P<month>\d\d)(?P<second>)(?P<day>\d\d)(?!\d)",
        r"(?<![\d/.年-])(?<!年\s)(?P<year>)(?P<first>)(?P<month>\d{1,2})(?P<second>月\s?|/)(?P<day>\d{1,2})(?![\d/.-])",
    )
)
"""Days in digits: `2026-07-10`, `2026年7月10日`; `20260710`, `260710`; `7/10`, `7月10日`."""

_MONTHS = "January February March April May June July August September October November December".split()

_WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()

_KANJI = "月火水木金土日"

_NAMED_DAY = re.compile(
    rf"(?P<before>(?<!\d)\d{{1,2}}\s)?\b(?P<name>{'|'.join(f'{it}|{it[:3]}' for it in _MONTHS)})\b(?P<sign>\.?)"
    r"(?P<behind>\s\d{1,2}(?!\d))?(?:(?P<comma>,?\s)(?P<year>\d{4})(?!\d))?",
    re.ASCII,
)
"""A day with the name of its month: `July 10, 2026`, `10 Jul 2026`, `Jul 10`."""

_WEEKDAY = re.compile(
    rf"(?<=[(（])[{_KANJI}](?=(?:曜日?)?[)）])|[{_KANJI}](?=曜)"
    rf"|\b(?:{'|'.join(f'{it}|{it[:3]}' for it in _WEEKDAYS)})\b"
)
"""A day of the week beside a day: `7/10（金）`, `金曜日`, `Fri, 10 Jul 2026`."""


def _padded(width: int) -> Callable[[dt.date, int], str]:
    return lambda _, number: str(number).zfill(width)


_WRITTEN: Mapping[str, Callable[[dt.date, int], str]] = {
    "Y4": lambda day, _: f"{day.year:04}",
    "Y2": lambda day, _: f"{day.year % 100:02}",
    "M1": lambda day, _: str(day.month),
    "M2": lambda day, _: f"{day.month:02}",
    "D1": lambda day, _: str(day.day),
    "D2": lambda day, _: f"{day.day:02}",
    "Month": lambda day, _: _MONTHS[day.month - 1],
    "Mon": lambda day, _: _MONTHS[day.month - 1][:3],
    "Weekday": lambda day, _: _WEEKDAYS[day.weekday()],
    "Week": lambda day, _: _WEEKDAYS[day.weekday()][:3],
    "曜日": lambda day, _: _KANJI[day.weekday()],
    **{f"N{width}": _padded(width) for width in range(1, 6)},
}
"""How each token of several letters is written for a day and a number."""


def form_of(text: str, day: dt.date | None, number: int | None) -> Form:
    """Return the form of a text of an issue of a day with a number: a title, or a line of front matter."""
    spans = dict(_days_in(text, day)) if day else {}
    found = number_in_title(text) if number is not None else None
    if found and int(text[slice(*found)]) == number and not any(begin <= found[0] < end for begin, end in spans):
        spans[found] = (_number_token(text[slice(*found)]),)
    return _with_tokens(text, spans)


def form_of_path(path: str, day: dt.date | None, number: int | None) -> Form:
    """Return the form of a path, in whose folders a year, a month and a day may stand alone."""
    form: list[str] = []
    *folders, name = PurePosixPath(path).parts
    for part in (*folders, PurePosixPath(name).stem):
        is_below = any(it in _WRITTEN for it in form)
        form += [*_form_of_part(part, day if is_below or part in folders else None, day, number), "/"]
    return (*form[:-1], *PurePosixPath(name).suffix)


def filled(form: Form, day: dt.date, number: int) -> str:
    """Return the text of a form for a day and a number."""
    return "".join(_WRITTEN[it](day, number) if it in _WRITTEN else it for it in form)


def tells_apart(form: Form) -> bool:
    """Whether two issues have different texts of a form: it has the day, or the number."""
    return any(it[0] in "DN" for it in form if it in _WRITTEN)


def has_number(form: Form) -> bool:
    """Whether the number of an issue stands in a form."""
    return any(it[0] == "N" for it in form if it in _WRITTEN)


def common_form(forms: Sequence[Form]) -> Form | None:
    """Return the form of a series from the texts of its newest issues, the newest first; None where they share none.

    That is the form of the two newest, or that of most, or how the two newest begin: behind that each has a subject of
    its own.
    """
    able = [it for it in forms if tells_apart(it)]
    if not able:
        return None
    form, count = Counter(able).most_common(1)[0]
    if len(forms) == 1 or able[:2] == [forms[0]] * 2:
        return able[0]
    if count > 1:
        return form
    begins = _beginning(*forms[:2])
    return begins if tells_apart(begins) else None


def _beginning(one: Form, other: Form) -> Form:
    """Return the tokens with which two forms begin, up to the last of a day or number and the mark that closes it."""
    same = [a for a, _ in itertools.takewhile(lambda it: it[0] == it[1], zip(one, other, strict=False))]
    last = max((place for place, it in enumerate(same) if it in _WRITTEN), default=-1)
    end = last + 1
    while end < len(same) and same[end] in "日号回)]）】」』":
        end += 1
    return tuple(same[:end])


# --- what stands for what -----------------------------------------------------------------------------------------


def _with_tokens(text: str, spans: Mapping[tuple[int, int], Form]) -> Form:
    form: list[str] = []
    place = 0
    for (begin, end), tokens in sorted(spans.items()):
        form += [*text[place:begin], *tokens]
        place = end
    return (*form, *text[place:])


def _days_in(text: str, day: dt.date) -> Iterator[tuple[tuple[int, int], Form]]:
    """Yield where a day stands in a text, with the tokens of each place."""
    for pattern in _DAYS:
        for match in pattern.finditer(text):
            if tokens := _day_in_digits(match, day):
                yield match.span(), tokens
    for match in _NAMED_DAY.finditer(text):
        if tokens := _named_day(match, day):
            yield match.span(), tokens
    names = {_WRITTEN[it](day, 0): it for it in ("Weekday", "Week", "曜日")}
    for match in _WEEKDAY.finditer(text):
        if name := names.get(match[0]):
            yield match.span(), (name,)


def _day_in_digits(match: re.Match[str], day: dt.date) -> Form | None:
    year, month, date = match["year"], match["month"], match["day"]
    if (int(month), int(date)) != (day.month, day.day) or int(year or day.year) not in (day.year, day.year % 100):
        return None
    is_padded = "0" in (month[0], date[0]) or match["second"][:1] != "月"
    width = 2 if is_padded and len(month) == len(date) == 2 else 1
    return (*((f"Y{len(year)}",) if year else ()), *match["first"], f"M{width}", *match["second"], f"D{width}")


def _named_day(match: re.Match[str], day: dt.date) -> Form | None:
    month = _MONTHS[day.month - 1]
    date = match["before"] or match["behind"]
    is_it = match["name"] in (month, month[:3]) and date is not None and int(date) == day.day
    if not is_it or (match["year"] and int(match["year"]) != day.year):
        return None
    name = "Mon" if len(match["name"]) == 3 else "Month"
    before = ("D1", " ") if match["before"] else ()
    behind = (" ", "D1") if match["behind"] and not before else tuple(match["behind"] or "")
    year = (*match["comma"], "Y4") if match["year"] else ()
    return (*before, name, *match["sign"], *behind, *year)


def _form_of_part(part: str, alone: dt.date | None, day: dt.date | None, number: int | None) -> Form:
    """Return the form of a folder or a file's name; a part of the day `alone` may be all that it says."""
    if alone and (tokens := next((it for it in _ALONE if filled(it, alone, 0) == part), None)):
        return tokens
    spans = dict(_days_in(part, day)) if day else {}
    return _with_tokens(part, {**_numbers_in(part, number, spans), **spans})


_ALONE: Sequence[Form] = (
    ("Y4",),
    ("M2",),
    ("M1",),
    ("D2",),
    ("D1",),
    *(("Y4", *sign, "M2") for sign in ("-", "_", "")),
    *(("M2", *sign, "D2") for sign in ("-", "_", "")),
)
"""Parts of a day that may be all that a folder says, or the name of a file in such a folder."""


def _numbers_in(name: str, number: int | None, taken: Mapping[tuple[int, int], Form]) -> dict[tuple[int, int], Form]:
    """Return where a number stands in a name, but for what is taken by a day."""
    return {
        match.span(): (_number_token(match[0]),)
        for match in re.finditer(r"\d{1,5}", name, re.ASCII)
        if number is not None
        and int(match[0]) == number
        and not any(begin <= match.start() < end for begin, end in taken)
    }


def _number_token(digits: str) -> str:
    return f"N{len(digits) if digits[0] == '0' else 1}"

"""The date and the number that an issue gives itself."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any

_DATE_IN_TEXT = re.compile(r"(?<!\d)(\d{4})(?:-|/|\.|年\s*)(\d{1,2})(?:-|/|\.|月\s*)(\d{1,2})(?!\d)", re.ASCII)

_DATE_IN_NAME = re.compile(r"(?<!\d)(\d{4})-?(\d{2})-?(\d{2})(?!\d)", re.ASCII)

_NUMBER_IN_TEXT = re.compile(r"第\s*(\d{1,5})\s*(?:回|号)")


def issue_date(meta: Mapping[str, Any], path: str, title: str) -> dt.date | None:
    """Return the issue's own date: from front matter, else the file's name, else the title; None without any."""
    written = meta.get("date")
    if isinstance(written, dt.datetime):
        return written.date()
    if isinstance(written, dt.date):
        return written
    return (
        _first_date(_DATE_IN_TEXT, str(written or ""))
        or _first_date(_DATE_IN_NAME, PurePosixPath(path).stem)
        or _first_date(_DATE_IN_TEXT, title)
    )


def _first_date(pattern: re.Pattern[str], text: str) -> dt.date | None:
    for match in pattern.finditer(text):
        year, month, day = (int(part) for part in match.groups())
        try:
            return dt.date(year, month, day)
        except ValueError:
            continue
    return None


def issue_number(meta: Mapping[str, Any], title: str, body: str) -> int | None:
    """Return the number an issue gives itself, in front matter or as 第5回 in its title or before its first section."""
    written = meta.get("number")
    if isinstance(written, int) and not isinstance(written, bool):
        return written
    if isinstance(written, str) and written.isdecimal():
        return int(written)
    opening = re.split(r"^##", body, maxsplit=1, flags=re.MULTILINE)[0]
    match = _NUMBER_IN_TEXT.search(title) or _NUMBER_IN_TEXT.search(opening)
    return int(match[1]) if match else None

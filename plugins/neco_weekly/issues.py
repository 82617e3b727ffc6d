"""An issue's file: its text, its front matter, the date and the number it names."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any, Literal

import yaml

from .model import NecoError

NOT_ISSUES = ("index.md", "README.md")
"""Pages in the issues folder that are no issues."""


def is_issue(path: str, issues_dir: str) -> bool:
    """Whether `path` (relative to the docs folder, with slashes) is an issue of the weekly note."""
    pure = PurePosixPath(path)
    folder = PurePosixPath(issues_dir)
    return pure.suffix == ".md" and folder in pure.parents and pure.name not in NOT_ISSUES


def read_issue_text(path: Path, shown: str) -> str:
    """The text of an issue's file; `shown` is how messages name it.

    Raises:
        NecoError: the file cannot be read, is not UTF-8 or holds a NUL byte.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise NecoError(f"{shown}: cannot be read ({error.strerror}); check that it exists and is readable") from error
    if (nul := data.find(b"\0")) >= 0:
        raise NecoError(f"{shown}:{_line_at(data, nul)}: holds a NUL byte; remove it, the file must be plain text")
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        guess = _likely_encoding(data)
        raise NecoError(
            f"{shown}:{_line_at(data, error.start)}: is not UTF-8 (byte 0x{data[error.start]:02x}){guess}; "
            "save the file as UTF-8"
        ) from error


def _line_at(data: bytes, offset: int) -> int:
    return data.count(b"\n", 0, offset) + 1


def _likely_encoding(data: bytes) -> str:
    for name, codec in (("Shift_JIS", "cp932"), ("EUC-JP", "euc_jp")):
        try:
            data.decode(codec)
        except UnicodeDecodeError:
            continue
        return f", it looks like {name}"
    return ""


Flaw = Literal["broken-front-matter", "swallowed-first-line"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """An issue's file taken apart as MkDocs does it. `body` begins at line `body_line` of the file.

    `flaw` names what silently goes wrong in MkDocs: front matter that is printed as text, or a first line of text that
    is taken for metadata; `flaw_line` and `flaw_detail` say where and why.
    """

    meta: Mapping[str, Any] = field(default_factory=dict)
    body: str
    body_line: int = 1
    flaw: Flaw | None = None
    flaw_line: int = 1
    flaw_detail: str = ""


_FRONT_MATTER = re.compile(r"-{3}[ \t]*\n(?P<yaml>.*?\n)(?:-{3}|\.{3})[ \t]*\n", re.DOTALL)
_METADATA_LINE = re.compile(r" {0,3}(?P<key>[A-Za-z0-9_-]+):\s*(?P<value>.*)")
_KNOWN_KEYS = frozenset(
    "title date number draft description author authors tags template hide search status icon subtitle".split()
)


def take_apart(text: str) -> Parts:
    """Split front matter from body. Never raises: what MkDocs would print or swallow is named as a flaw."""
    if match := _FRONT_MATTER.match(text):
        return _with_front_matter(text, match)
    if re.match(r"-{3}[ \t]*\n(?:[^\n]*:[^\n]*\n)", text):
        return Parts(body=text, flaw="broken-front-matter", flaw_detail="the closing --- is missing")
    return _without_front_matter(text)


def _with_front_matter(text: str, match: re.Match[str]) -> Parts:
    try:
        meta = yaml.safe_load(match["yaml"])
    except (yaml.YAMLError, ValueError) as error:
        line, detail = _where(error)
        return Parts(body=text, flaw="broken-front-matter", flaw_line=line + 1, flaw_detail=detail)
    if meta is not None and not isinstance(meta, dict):
        return Parts(body=text, flaw="broken-front-matter", flaw_line=2, flaw_detail="it is not a list of `key: value`")
    body = text[match.end() :]
    stripped = body.lstrip("\n")
    line = text.count("\n", 0, match.end()) + len(body) - len(stripped) + 1
    return Parts(meta={str(key): value for key, value in (meta or {}).items()}, body=stripped, body_line=line)


def _where(error: yaml.YAMLError | ValueError) -> tuple[int, str]:
    """Line within the YAML text, from 1, and the parser's own words. A date like 2022-13-45 is a ValueError."""
    if isinstance(error, yaml.MarkedYAMLError) and error.problem_mark is not None:
        return error.problem_mark.line + 1, str(error.problem)
    return 1, str(error)


def _without_front_matter(text: str) -> Parts:
    """MkDocs takes leading `Key: value` lines for MultiMarkdown metadata; only keys people mean are welcome."""
    lines = text.split("\n")
    meta: dict[str, Any] = {}
    while len(meta) < len(lines) and (match := _METADATA_LINE.match(lines[len(meta)])):
        key = match["key"].lower()
        if key not in _KNOWN_KEYS:
            number = len(meta) + 1
            return Parts(
                meta=meta,
                body="\n".join(lines[len(meta) :]),
                body_line=number,
                flaw="swallowed-first-line",
                flaw_line=number,
                flaw_detail=lines[len(meta)].strip(),
            )
        meta[key] = match["value"].strip()
    return Parts(meta=meta, body="\n".join(lines[len(meta) :]), body_line=len(meta) + 1)


# --- date and number ----------------------------------------------------------------------------------------------

_DATE_IN_TEXT = re.compile(r"(?<!\d)(\d{4})(?:-|/|\.|年\s*)(\d{1,2})(?:-|/|\.|月\s*)(\d{1,2})(?!\d)", re.ASCII)
_DATE_IN_NAME = re.compile(r"(?<!\d)(\d{4})-?(\d{2})-?(\d{2})(?!\d)", re.ASCII)
_NUMBER_IN_TEXT = re.compile(r"第\s*(\d{1,5})\s*(?:回|号)")


def issue_date(meta: Mapping[str, Any], path: str, title: str) -> dt.date | None:
    """The issue's own date: from front matter, else from the file's name, else from the title."""
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
    """The number an issue gives itself, in front matter or as 第5回 in its title or before its first section."""
    written = meta.get("number")
    if isinstance(written, int) and not isinstance(written, bool):
        return written
    if isinstance(written, str) and written.isdecimal():
        return int(written)
    opening = re.split(r"^##", body, maxsplit=1, flags=re.MULTILINE)[0]
    match = _NUMBER_IN_TEXT.search(title) or _NUMBER_IN_TEXT.search(opening)
    return int(match[1]) if match else None


def is_draft(meta: Mapping[str, Any]) -> bool:
    """Whether front matter keeps the page out of builds."""
    return meta.get("draft") is True or str(meta.get("draft", "")).lower() == "true"

"""An issue's file: its text and front matter, and the date and number that the issue names."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any, Literal

import yaml

from ..model.errors import NecoError
from .yaml_files import yaml_problem

_Loader: type[yaml.SafeLoader | yaml.CSafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # MkDocs' loader

NOT_ISSUES = ("index.md", "README.md")
"""Names of pages in the issues folder that are no issues."""


def is_issue(path: str, issues_dir: str) -> bool:
    """Whether `path` (relative to the docs folder, with slashes) is an issue of the weekly note."""
    pure = PurePosixPath(path)
    folder = PurePosixPath(issues_dir)
    return pure.suffix == ".md" and folder in pure.parents and pure.name not in NOT_ISSUES


def read_issue_text(path: Path, shown: str) -> str:
    """Return the text of an issue's file; `shown` is the file's name in messages.

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
            f"{shown}:{_line_at(error.object, error.start)}: is not UTF-8 (byte 0x{error.object[error.start]:02x})"
            f"{guess}; save the file as UTF-8"
        ) from error


def _line_at(data: bytes, offset: int) -> int:
    return data.count(b"\n", 0, offset) + 1


def _likely_encoding(data: bytes) -> str:
    for name, codec in (("EUC-JP", "euc_jp"), ("Shift_JIS", "cp932")):  # EUC-JP is valid Shift_JIS, too
        try:
            data.decode(codec)
        except UnicodeDecodeError:
            continue
        return f", it looks like {name}"
    return ""


Flaw = Literal["broken-front-matter", "swallowed-first-line"]
"""What silently goes wrong with an issue's front matter in MkDocs; also the code of a problem."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """An issue's file taken apart as MkDocs does it: front matter and body, which begins at `body_line` of the file.

    `flaw` names what silently goes wrong in MkDocs: front matter that is printed as text, or a first line of text that
    is taken for metadata; `flaw_line` and `flaw_detail` say where and why. Lines count from 1.
    """

    meta: Mapping[str, Any] = field(default_factory=dict)
    body: str
    body_line: int = 1
    flaw: Flaw | None = None
    flaw_line: int = 1
    flaw_detail: str = ""


_FRONT_MATTER = re.compile(r"-{3}[ \t]*\n(?P<yaml>.*?\n)(?:-{3}|\.{3})[ \t]*\n", re.DOTALL)

_OPEN_FRONT_MATTER = re.compile(r"-{3}[ \t]*\n[^\n:]*:")

_METADATA_LINE = re.compile(r" {0,3}(?P<key>[A-Za-z0-9_-]+):(?P<value>.*)")

_METADATA_GOES_ON = re.compile(r"(?: {4}|\t)(?P<value>.*)")

_KNOWN_KEYS = frozenset(
    "title date number draft description author authors tags template hide search status icon subtitle".split()
)


def take_apart(text: str) -> Parts:
    """Split an issue's text into front matter and body; what MkDocs would print or swallow becomes a flaw, no error."""
    if match := _FRONT_MATTER.match(text):
        return _with_front_matter(text, match)
    if _OPEN_FRONT_MATTER.match(text):
        detail = "the closing --- is missing, or nothing follows it"
        return Parts(body=text, flaw="broken-front-matter", flaw_detail=detail)
    return _without_front_matter(text)


def _with_front_matter(text: str, match: re.Match[str]) -> Parts:
    try:
        meta = yaml.load(match["yaml"], _Loader)  # noqa: S506 (both are safe loaders)
    except Exception as error:  # MkDocs prints front matter whatever is wrong
        line, detail = yaml_problem(error, match["yaml"])
        return Parts(body=text, flaw="broken-front-matter", flaw_line=line + 1, flaw_detail=detail)
    if not isinstance(meta, dict):
        if match["yaml"].startswith("\n"):  # two thematic breaks and what stands between them
            return Parts(body=text)
        detail = "it is empty" if meta is None else "it is not a list of `key: value`"
        return Parts(body=text, flaw="broken-front-matter", flaw_line=2, flaw_detail=detail)
    body, line = _begun(text[match.end() :], text.count("\n", 0, match.end()) + 1)
    return Parts(meta={str(key): value for key, value in meta.items()}, body=body, body_line=line)


def _begun(body: str, line: int) -> tuple[str, int]:
    """Return an issue's body without the empty lines that begin it, and the line of the file where the rest begins."""
    stripped = body.lstrip("\n")
    return stripped, line + len(body) - len(stripped)


def _without_front_matter(text: str) -> Parts:
    """Return the parts of an issue without YAML: MkDocs reads leading `Key: value` lines as MultiMarkdown metadata.

    Only keys that people mean as metadata are welcome; the first other one is a flaw.
    """
    lines = text.split("\n")
    meta: dict[str, str] = {}
    key, taken, swallowed = "", 0, 0
    for line in lines:
        if match := _METADATA_LINE.match(line):
            key = match["key"].lower()
            if key not in _KNOWN_KEYS:
                swallowed = swallowed or taken + 1
        elif not (key and line.strip() and (match := _METADATA_GOES_ON.match(line))):
            break
        value = match["value"].strip()
        meta[key] = f"{meta[key]} {value}" if key in meta else value
        taken += 1
    if taken < len(lines) and not lines[taken].strip():
        taken += 1
    body, body_line = _begun("\n".join(lines[taken:]), taken + 1)
    if not swallowed:
        return Parts(meta=meta, body=body, body_line=body_line)
    return Parts(
        meta=meta,
        body=body,
        body_line=body_line,
        flaw="swallowed-first-line",
        flaw_line=swallowed,
        flaw_detail=lines[swallowed - 1].strip(),
    )


# --- date and number ----------------------------------------------------------------------------------------------


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


def is_draft(meta: Mapping[str, Any]) -> bool:
    """Whether front matter keeps the page out of builds (`draft: true`)."""
    return meta.get("draft") is True or str(meta.get("draft", "")).lower() == "true"

"""An issue's file: which files are issues, and the text of one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import Any

from ..model.errors import NecoError

NOT_ISSUES = ("index.md", "README.md")
"""Names of pages in the issues folder that are no issues."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueFile:
    """What decides about an issue beside its body: its path in the docs folder, and its front matter."""

    path: str = ""
    meta: Mapping[str, Any] = field(default_factory=dict)


class UnreadableTextError(NecoError):
    """A file is no text: `what` is wrong, at a `line` (from 1) of the file, and `hint` is what to do about it."""

    def __init__(self, shown: str, line: int | None, what: str, hint: str) -> None:
        super().__init__(f"{shown}{f':{line}' if line else ''}: {what}; {hint}")
        self.line, self.what, self.hint = line or 1, what, hint


@lru_cache(maxsize=1 << 14)  # asked many times of each page and of each destination of a link
def is_issue(path: str, issues_dir: str) -> bool:
    """Whether `path` (relative to the docs folder, with slashes) is an issue of the weekly note."""
    pure = PurePosixPath(path)
    folder = PurePosixPath(issues_dir)
    return pure.suffix == ".md" and folder in pure.parents and pure.name not in NOT_ISSUES


def read_issue_text(path: Path, shown: str) -> str:
    """Return the text of an issue's file; `shown` is the file's name in messages.

    Raises:
        UnreadableTextError: the file cannot be read, is not UTF-8 or holds a NUL byte.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        what, hint = f"cannot be read ({error.strerror})", "check that it exists and is readable"
        raise UnreadableTextError(shown, None, what, hint) from error
    if (nul := data.find(b"\0")) >= 0:
        hint = "remove it, the file must be plain text"
        raise UnreadableTextError(shown, _line_at(data, nul), "holds a NUL byte", hint)
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        what = f"is not UTF-8 (byte 0x{error.object[error.start]:02x}){_likely_encoding(data)}"
        raise UnreadableTextError(shown, _line_at(error.object, error.start), what, "save the file as UTF-8") from error


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

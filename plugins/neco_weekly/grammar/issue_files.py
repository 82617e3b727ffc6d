"""An issue's file: which files are issues, and the text of one."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from ..model.errors import NecoError

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

"""A problem of an issue: what an author should know of a file and a line, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Severity = Literal["warning", "info"]
"""How grave a problem is: a warning makes `neco check` fail, an information does not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """A problem that an author should know: what, where, and what to do. `code` is a stable kebab-case word."""

    path: str
    line: int
    code: str
    message: str
    hint: str
    severity: Severity = "warning"

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}; {self.hint}"


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Return problems sorted by file and line, each once."""
    return sorted(set(problems), key=lambda problem: (problem.path, problem.line, problem.code, problem.message))

"""A problem of an issue: what an author should know of a file and a line, and what to do about it; its kind."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Literal

from ..display.problem_words import filled, in_japanese
from ..display.words import Strings

Severity = Literal["warning", "info"]
"""How grave a problem is: a warning makes `neco check` fail, an information does not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of problem. `message` and `hint` are filled with the author's own words and the program's.

    `tried` is the hint where a refresh has asked and got nothing, so that another one would not help. `only_check`:
    builds, which are not to fail for style, do not tell of it.
    """

    message: str
    hint: str
    severity: Severity = "warning"
    tried: str = ""
    only_check: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """A problem that an author should know: what, where, and what to do. `code` is a stable kebab-case word.

    `fields` and `tried` are what message and hint were made of, so that another language can be made of them.
    `columns` are the first (from 1) and the one behind the last of what is wrong in the line, `suggestion` is the line
    as it is better written, where a program knows these.
    """

    path: str
    line: int
    code: str
    message: str
    hint: str
    severity: Severity = "warning"
    fields: tuple[tuple[str, object], ...] = field(default=(), compare=False, repr=False)
    tried: bool = field(default=False, compare=False, repr=False)
    columns: tuple[int, int] | None = field(default=None, compare=False, repr=False)
    suggestion: str | None = field(default=None, compare=False, repr=False)

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.said}"

    @property
    def said(self) -> str:
        """What the problem is, and what to do about it."""
        return f"{self.message}{'' if self.message.endswith('。') else '; '}{self.hint}"

    @property
    def document(self) -> dict[str, str | int]:
        """The problem as JSON values, for machines."""
        return {name: getattr(self, name) for name in ("path", "line", "code", "message", "hint", "severity")}


def in_words(problem: Problem, words: Strings) -> Problem:
    """Return a problem in the language of `words`; one that the language has no words for stays English."""
    said = in_japanese(problem.code) if words.locale == "ja" else {}
    if not said:
        return problem
    hint = said.get("tried", said["hint"]) if problem.tried else said["hint"]
    fields = dict(problem.fields)
    return replace(problem, message=filled(said["message"], fields, words), hint=filled(hint, fields, words))


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Return problems sorted by file and line, each once."""
    return sorted(set(problems), key=lambda problem: (problem.path, problem.line, problem.code, problem.message))

"""What GitHub says of its things, and lines of code, as JSON of a card in `cards.json`."""

from __future__ import annotations

import datetime as dt
from typing import Any, cast, get_args

from ..model.github import LONGEST_CODE_LINE, MOST_CODE_LINES, Code, GitHubFacts, GitHubKind, GitHubState, Moment
from . import json_values as read

_DAYS = ("created", "closed", "merged", "archived", "seen_archived", "released")

_FLAGS = ("not_planned", "draft", "prerelease")

_TEXTS = ("milestone", "release")

_FIELDS = frozenset(("kind", *_DAYS, *_FLAGS, *_TEXTS, "past"))

_STATES = tuple(GitHubState)


def read_facts(value: Any) -> GitHubFacts:
    """Return what a JSON object says that `facts_to_dict` made; raises WrongError for another one."""
    document = read.fields(value, _FIELDS)
    values: dict[str, Any] = {
        "kind": read.required(document, "kind", lambda it: read.choice(it, get_args(GitHubKind))),
        **{name: read.optional(document, name, read.date) for name in _DAYS},
        **{name: read.optional(document, name, read.flag) or False for name in _FLAGS},
        **{name: read.optional(document, name, read.text) for name in _TEXTS},
        "past": read.table(document, "past", lambda day, moment: (read.date(day), _moment(moment))),
    }
    return GitHubFacts(**values)


def facts_to_dict(facts: GitHubFacts | None) -> dict[str, Any]:
    """Return facts as a JSON object without what is empty, days of the past in their order; `{}` without facts."""
    if facts is None:
        return {}
    days = {name: _written(getattr(facts, name)) for name in _DAYS}
    flags = {name: getattr(facts, name) or None for name in _FLAGS}
    texts = {name: getattr(facts, name) for name in _TEXTS}
    past = {day.isoformat(): _moment_to_dict(facts.past[day]) for day in sorted(facts.past)}
    return read.without_empty({"kind": facts.kind, **days, **flags, **texts, "past": past})


def read_code(value: Any) -> Code:
    """Return what a JSON object says that `code_to_dict` made; raises WrongError for another one."""
    document = read.fields(value, frozenset({"first", "last", "lines", "language"}))
    first = read.required(document, "first", read.positive)
    last = read.required(document, "last", read.positive)
    lines = read.items(document, "lines", _code_line)
    if not 1 <= len(lines) <= min(MOST_CODE_LINES, last - first + 1):
        raise read.WrongError(f"expected one to {MOST_CODE_LINES} lines, from first to last at most", ".lines")
    return Code(first=first, last=last, lines=lines, language=read.optional(document, "language", read.text))


def code_to_dict(code: Code | None) -> dict[str, Any]:
    """Return lines of code as a JSON object; `{}` without any."""
    if code is None:
        return {}
    language = {"language": code.language} if code.language else {}
    return {"first": code.first, "last": code.last, "lines": list(code.lines), **language}


def _moment(value: Any) -> Moment:
    document = read.fields(value, frozenset({"state", "labels", "milestone", "release"}))
    state = read.optional(document, "state", lambda it: read.choice(it, _STATES))
    return Moment(
        state=GitHubState(state) if state else None,
        labels=read.optional(document, "labels", read.texts),
        milestone=read.optional(document, "milestone", read.text),
        release=read.optional(document, "release", read.text),
    )


def _moment_to_dict(moment: Moment) -> dict[str, Any]:
    """Return a moment as a JSON object; that a thing had no labels is knowledge, and is written."""
    labels = None if moment.labels is None else list(moment.labels)
    known = {"state": moment.state, "labels": labels, "milestone": moment.milestone, "release": moment.release}
    return {name: value for name, value in known.items() if value is not None}


def _code_line(value: Any) -> str:
    """Return a line of code, in which tabs may stand, and no other control character."""
    line = value.replace("\t", " ") if isinstance(value, str) else value
    if len(read.text(line)) > LONGEST_CODE_LINE:
        raise read.WrongError(f"expected at most {LONGEST_CODE_LINE} characters")
    return cast(str, value)


def _written(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None

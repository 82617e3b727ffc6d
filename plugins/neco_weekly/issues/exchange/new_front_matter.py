"""The front matter of the next issue: as the newest one has it, with the day, the number and the title of the next.

What else two issues say alike is of the series and stays: an author, a template. What only one says is of that issue.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ...grammar.bounded_front_matter import load_yaml
from ...grammar.front_matter import take_apart
from ...grammar.front_matter_values import key_form, value_of
from ...grammar.issue_dates import DAY_KEYS, issue_date, read_day
from ...grammar.issue_series import filled, form_of, tells_apart
from ...grammar.publication import draft_mark, is_draft
from .past_issue import FrontMatter, PastIssue

_UPDATED = re.compile(r"\n[ \t]+updated[ \t]*:[^\n]*")
"""The day of a change below `date:`, as the blog of Material has it: a new issue has none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Next:
    """What is known of the next issue; `draft` is a key and the word that holds an issue back, None without such."""

    title: str
    date: dt.date
    number: int | None
    draft: tuple[str, str] | None


def new_front_matter(
    newest: Sequence[PastIssue],
    *,
    path: str,
    title: str,
    date: dt.date,
    number: int | None,
    draft: tuple[str, str] | None,
) -> FrontMatter:
    """Return the front matter of an issue that follows the newest ones, the newest of all first.

    `draft` is a key and the word that holds an issue back, where the team has such. A day that nothing else would tell
    is written down.
    """
    coming = _Next(title=title, date=date, number=number, draft=draft)
    model = newest[0].front_matter if newest else FrontMatter()
    entries = dict(_entries(newest, model, coming))
    if not entries and not model.mark:
        model = FrontMatter(mark="---", end="---")
    if draft:
        entries.setdefault(key_form(draft[0]), f"{draft[0]}{model.sign}{draft[1]}")
    front = replace(model, entries=tuple(entries.items()))
    if issue_date(take_apart(f"{front.text()}\n-").meta, path, title) == date:
        return front
    dated = {"date": "", **entries} | {"date": f"date{model.sign}{date}"}
    return replace(model, entries=tuple(dated.items()))


def draft_mark_of(newest: Sequence[PastIssue], others: Sequence[PastIssue]) -> tuple[str, str] | None:
    """Return how a team marks a draft, the key and the word: as the newest issues say, or any draft that is there."""
    telling = (*newest, *(it for it in others if is_draft(it.parts.meta)))
    return next(filter(None, (draft_mark(it.parts.meta) for it in telling)), None)


def _entries(newest: Sequence[PastIssue], model: FrontMatter, coming: _Next) -> Iterator[tuple[str, str]]:
    before = dict(newest[1].front_matter.entries) if len(newest) > 1 else {}
    for key, text in model.entries:
        value = value_of(newest[0].parts.meta, key)
        if coming.draft and key == key_form(coming.draft[0]):
            yield key, f"{coming.draft[0]}{model.sign}{coming.draft[1]}"
        elif key in DAY_KEYS and (day := read_day(value)):
            yield key, _with_day(text, day, coming.date, model)
        elif key == "title":
            yield key, f"{_head(text)}{model.sign}{_quoted(coming.title, text, model)}"
        elif key == "number" and coming.number is not None:
            yield key, re.sub(r"\d+", str(coming.number), text, count=1)
        elif key in before and (kept := _kept(text, newest[0], before[key], newest[1], coming)):
            yield key, kept


def _with_day(text: str, day: dt.date, coming: dt.date, model: FrontMatter) -> str:
    """Return an entry with the day of the next issue, in the form of the one that stands there where that is known."""
    form = form_of(_UPDATED.sub("", text), day, None)
    return filled(form, coming, 0) if tells_apart(form) else f"{_head(text)}{model.sign}{coming}"


def _kept(text: str, newest: PastIssue, other: str, before: PastIssue, coming: _Next) -> str | None:
    """Return an entry that two issues have alike but for their days and numbers; None for another one."""
    form = form_of(text, newest.date, newest.number)
    if form != form_of(other, before.date, before.number):
        return None
    return filled(form, coming.date, coming.number or 0)


def _head(text: str) -> str:
    """Return the key of an entry as it is written."""
    return re.split(r"[ \t]*[:=]", text, maxsplit=1)[0]


def _quoted(title: str, text: str, model: FrontMatter) -> str:
    """Return a title as a value of front matter, in the quotation marks of the one that stands in an entry."""
    written = text[len(_head(text)) :].lstrip(" \t:=")
    if not model.mark:
        return title
    if model.mark == "---" and not written.startswith('"'):
        form = f"'{title.replace(chr(39), chr(39) * 2)}'" if written.startswith("'") else title
        if _reads_as(form, title):
            return form
    return json.dumps(title, ensure_ascii=False)


def _reads_as(form: str, title: str) -> bool:
    try:
        return bool(load_yaml(f"title: {form}\n") == {"title": title})
    except Exception:  # the reader of YAML raises whatever its constructors do
        return False

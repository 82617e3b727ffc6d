"""Whether an issue is public: what its front matter says of that is obeyed, and what nobody can read holds it back."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

from ..model.issues import Hold
from .front_matter import Parts
from .front_matter_values import key_form, text_of
from .issue_dates import read_day

_PUBLIC = {"draft": False, "published": True}
"""The marks of a draft, and the value of each that lets an issue be public: Hugo's and ours, and Zenn's."""

_MOMENTS = ("publishedat", "publishdate")
"""Keys of the day on which an issue becomes public, as `key_form` has them: Zenn's and Hugo's."""

_WORDS = {True: frozenset("true yes on y 1".split()), False: frozenset("false no off n 0".split())}

_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)


def why_held_back(parts: Parts, today: dt.date) -> Hold | None:
    """Return why an issue is not public, or None where it is. `today` is the day of the build, in Tokyo."""
    if parts.flaw == "broken-front-matter":
        return Hold(code="broken-front-matter", detail=parts.flaw_detail, line=parts.flaw_line)
    if hold := _by_mark(parts) or _by_day(parts, today):
        return hold
    is_empty = not has_text(parts.body) and parts.flaw != "swallowed-first-line"  # which told where the text is
    return Hold(code="empty-issue") if is_empty else None


def is_draft(meta: Mapping[str, Any]) -> bool:
    """Whether front matter says, or may say, that a page is a draft, whatever the day."""
    return _by_mark(Parts(meta=meta, body="")) is not None


def draft_mark(meta: Mapping[str, Any]) -> tuple[str, str] | None:
    """Return the key by which front matter says whether a page is a draft, and the word for one; None without such.

    A day behind `published` says when, and not whether.
    """
    for name, value in meta.items():
        public = _PUBLIC.get(key_form(name))
        if public is not None and not (public and read_day(value)):
            return name, "false" if public else "true"
    return None


def has_text(body: str) -> bool:
    """Whether a body has anything but white space and comments."""
    return bool(_COMMENT.sub("", body).strip("\ufeff \t\n\r\f\v\u3000"))


def _by_mark(parts: Parts) -> Hold | None:
    for name, value in parts.meta.items():
        public = _PUBLIC.get(key_form(name))
        if public is None:
            continue
        word, line = text_of(value).casefold(), parts.key_lines.get(key_form(name), 1)
        if word in _WORDS[not public]:
            return Hold(code="held-back", detail=f"{name}: {word}", line=line)
        if word not in _WORDS[public] and not (public and read_day(value)):
            return Hold(code="held-back-unclear", detail=f"{name}: {text_of(value)}".strip(), line=line)
    return None


def _by_day(parts: Parts, today: dt.date) -> Hold | None:
    for name, value in parts.meta.items():
        key = key_form(name)
        if key not in _MOMENTS and key not in _PUBLIC:
            continue
        day, line = read_day(value), parts.key_lines.get(key, 1)
        if day is None and key in _MOMENTS and value not in (None, ""):
            return Hold(code="held-back-unclear", detail=f"{name}: {text_of(value)}".strip(), line=line)
        if day is not None and day > today:
            return Hold(code="held-back-until", detail=day.isoformat(), line=line)
    return None

"""Front matter as text: entries put into that of a page, and all else stays as it is written."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Mapping, Sequence

from ...grammar.bounded_front_matter import load_yaml
from ...grammar.front_matter import Parts, take_apart
from ...grammar.front_matter_values import key_form

Value = str | dt.date | Sequence[str]
"""The value of an entry: a text, a day, or a list of texts."""

_EMPTY = re.compile(r"\A-{3}[ \t]*\n(?:[ \t]*\n)*-{3}[ \t]*(?:\n|\Z)")

_MARKS = {"---": ("---", "..."), "+++": ("+++",)}
"""The marks that open front matter, each with those that close it."""

_GOES_ON = re.compile(r"[ \t]|-[ \t]|#|$")
"""A pattern for a line that belongs to the entry above it."""

_PLAIN = re.compile(r"[^\s\"'#&*!|>%@`{}\[\],:?-][^\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]*")


def yaml_text(text: str) -> str:
    """Return a text as a value of YAML, without quotation marks where it needs none."""
    if _PLAIN.fullmatch(text):
        try:
            if load_yaml(f"it: {text}\n") == {"it": text}:
                return text
        except Exception:  # noqa: S110 (the reader of YAML raises whatever its constructors do)
            pass
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\x7f")


def with_entries(text: str, entries: Mapping[str, Value]) -> str | None:
    """Return a page's text with these entries in its front matter, in the place of those of the same keys.

    None where its front matter cannot be read. Without an entry the text stays as it is.
    """
    if not entries:
        return text
    text = _EMPTY.sub("", text, count=1)
    parts = take_apart(text)
    if parts.flaw == "broken-front-matter":
        return None
    lines = text.split("\n")
    begin = next((number for number, line in enumerate(lines) if line.strip(" \t\ufeff\u3000")), 0)
    mark = lines[begin].strip(" \t\ufeff\u3000")
    if mark in _MARKS and parts.meta:
        end = next(it for it in range(begin + 1, len(lines)) if lines[it].rstrip(" \t") in _MARKS[mark])
        kept = _without(lines, begin + 1, end, parts, {key_form(key) for key in entries})
        written = [line for key, value in entries.items() for line in _entry(key, value, mark)]
        return "\n".join((*lines[: begin + 1], *kept, *written, *lines[end:]))
    known: dict[str, Value] = {}
    if parts.meta and parts.flaw is None:  # lines of metadata without marks
        text, known = parts.body, {key: str(value) for key, value in parts.meta.items()}
    written = [line for key, value in {**known, **entries}.items() for line in _entry(key, value, "---")]
    return "\n".join(("---", *written, "---", "", text.lstrip("\n")))


def _without(lines: Sequence[str], begin: int, end: int, parts: Parts, keys: set[str]) -> list[str]:
    """Return the lines of front matter without the entries of some keys."""
    dropped: set[int] = set()
    for key in keys & set(parts.key_lines):
        line = parts.key_lines[key] - 1
        dropped.add(line)
        while line + 1 < end and _GOES_ON.match(lines[line + 1]):
            line += 1
            dropped.add(line)
    return [lines[it] for it in range(begin, end) if it not in dropped]


def _entry(key: str, value: Value, mark: str) -> list[str]:
    if isinstance(value, dt.date):
        return [f"{key}{' = ' if mark == '+++' else ': '}{value.isoformat()}"]
    if mark == "+++":
        return [f"{key} = {json.dumps(value if isinstance(value, str) else list(value), ensure_ascii=False)}"]
    if isinstance(value, str):
        return [f"{key}: {yaml_text(value)}"]
    return [f"{key}:", *(f"  - {yaml_text(it)}" for it in value)]

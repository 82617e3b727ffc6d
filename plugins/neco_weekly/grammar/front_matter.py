"""Front matter: what stands before the body of an issue, in YAML, in TOML or as lines, and what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from ..model.text import masked_addresses, without_credentials
from .bounded_front_matter import LONGEST, BoundsError, load_toml, load_yaml
from .front_matter_values import key_form
from .yaml_files import yaml_problem

Flaw = Literal["broken-front-matter", "swallowed-first-line", "front-matter-not-first"]
"""What is wrong with an issue's front matter; also the code of a problem."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """An issue's file taken apart: front matter and body, which begins at `body_line` of the file.

    `key_lines` has for each key of the front matter, in the form of `key_form`, the line where the key stands. `flaw`
    names what is wrong: front matter that cannot be read, and is part of the body; a first line of text that MkDocs
    takes for metadata; or front matter that no other program finds, because something stands before it. `flaw_line` and
    `flaw_detail` say where and why. `credentials` are addresses whose user names and passwords the front matter is
    without, each masked and with its line. Lines count from 1.
    """

    meta: Mapping[str, Any] = field(default_factory=dict)
    body: str
    body_line: int = 1
    key_lines: Mapping[str, int] = field(default_factory=dict)
    flaw: Flaw | None = None
    flaw_line: int = 1
    flaw_detail: str = ""
    credentials: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Form:
    """A form of front matter between two lines of marks: YAML as MkDocs reads it, and TOML as Hugo does."""

    closed: re.Pattern[str]
    opened: re.Pattern[str]
    load: Callable[[str], Any]


_FORMS = (
    _Form(
        closed=re.compile(r"-{3}[ \t]*\n(?P<text>.*?\n)(?:-{3}|\.{3})[ \t]*\n", re.DOTALL),
        opened=re.compile(r"-{3}[ \t]*\n[^\n:]*:"),
        load=load_yaml,
    ),
    _Form(
        closed=re.compile(r"\+{3}[ \t]*\n(?P<text>.*?\n|)\+{3}[ \t]*(?:\n|\Z)", re.DOTALL),
        opened=re.compile(r"\+{3}[ \t]*\n[^\n=]*="),
        load=load_toml,
    ),
)

_BEFORE = re.compile(r"(?:[ \t\u3000\ufeff]*\n)*+[ \t\u3000\ufeff]*+(?=(?:---|\+\+\+)[ \t]*\n\s*[\w\"'#-]+[ \t]*[:=])")
"""What stands before front matter and makes that text for others: empty lines, spaces, a second byte order mark."""

_METADATA_LINE = re.compile(r" {0,3}(?P<key>[A-Za-z0-9_-]+):(?P<value>.*)")

_METADATA_GOES_ON = re.compile(r"(?: {4}|\t)(?P<value>.*)")

_KEY = re.compile(r"""^["']?(?P<key>[\w-]+)["']?[ \t]*[:=]""", re.MULTILINE)

_KNOWN_KEYS = frozenset(
    "title date number draft published published_at description author authors tags template hide search status icon"
    " subtitle".split()
)


def take_apart(text: str) -> Parts:
    """Split an issue's text into front matter and body; what is wrong with them becomes a flaw, no error."""
    before = _BEFORE.match(text)
    if before and before.end():
        behind = text[before.end() :]
        if any(form.closed.match(behind) for form in _FORMS):
            return _told(_between_marks(behind), text.count("\n", 0, before.end()))
    return _between_marks(text)


def _told(parts: Parts, above: int) -> Parts:
    """Return parts that begin below some lines, and with the flaw that something stands before the front matter."""
    moved = replace(
        parts,
        body_line=parts.body_line + above,
        key_lines={key: line + above for key, line in parts.key_lines.items()},
        flaw_line=parts.flaw_line + above,
        credentials=tuple((it, line + above) for it, line in parts.credentials),
    )
    return moved if parts.flaw else replace(moved, flaw="front-matter-not-first")


def _between_marks(text: str) -> Parts:
    for form in _FORMS:
        if match := form.closed.match(text):
            return _with_front_matter(text, match, form)
        if form.opened.match(text):
            return _broken(text, 1, "its closing mark is missing, or nothing follows it")
    return _without_marks(text)


def _with_front_matter(text: str, match: re.Match[str], form: _Form) -> Parts:
    try:
        meta = form.load(without_credentials(match["text"]))
        repr(meta)  # a number may have more digits than Python writes, which nobody who looks at it later expects
    except Exception as error:  # the reader of YAML raises whatever its constructors do
        return _broken(text, *_problem(error, match["text"]))
    if not isinstance(meta, dict):
        if match["text"].startswith("\n"):  # two thematic breaks and what stands between them
            return Parts(body=text)
        return _broken(text, 2, "it is empty" if meta is None else "it is not a list of `key: value`")
    body, line = _begun(text[match.end() :], text.count("\n", 0, match.end()) + 1)
    lines = {
        key_form(key["key"]): match["text"].count("\n", 0, key.start()) + 2 for key in _KEY.finditer(match["text"])
    }
    return Parts(
        meta={str(key): value for key, value in meta.items()},
        body=body,
        body_line=line,
        key_lines=lines,
        credentials=tuple((it, number + 1) for it, number in masked_addresses(match["text"].split("\n"))),
    )


def _broken(text: str, line: int, detail: str) -> Parts:
    return Parts(body=text, flaw="broken-front-matter", flaw_line=line, flaw_detail=detail)


def _problem(error: Exception, text: str) -> tuple[int, str]:
    """Return the line of a mistake in the file, whose first line is the mark, and what is wrong."""
    if isinstance(error, BoundsError):
        return error.line + 1, str(error)
    if isinstance(error, RecursionError):
        return 2, "it is nested too deeply"
    if found := re.search(r" \(at line (\d+), column \d+\)", str(error)):  # as Python's reader of TOML says it
        return int(found[1]) + 1, str(error)[: found.start()]
    line, detail = yaml_problem(error, text)
    return line + 1, detail


def _begun(body: str, line: int) -> tuple[str, int]:
    """Return an issue's body without the empty lines that begin it, and the line of the file where the rest begins."""
    stripped = body.lstrip("\n")
    return stripped, line + len(body) - len(stripped)


def _without_marks(text: str) -> Parts:
    """Return the parts of an issue without marks: MkDocs reads leading `Key: value` lines as MultiMarkdown metadata.

    Only keys that people mean as metadata are welcome; the first other one is a flaw.
    """
    lines = text.split("\n")
    meta: dict[str, str] = {}
    key_lines: dict[str, int] = {}
    key, taken, swallowed, length = "", 0, 0, 0
    for line in lines:
        if match := _METADATA_LINE.match(line):
            key = match["key"].lower()
            key_lines.setdefault(key_form(key), taken + 1)
            if key not in _KNOWN_KEYS:
                swallowed = swallowed or taken + 1
        elif not (key and line.strip() and (match := _METADATA_GOES_ON.match(line))):
            break
        if (length := length + len(line)) > LONGEST:
            return _broken(text, taken + 1, f"it is longer than {LONGEST:,} characters")
        value = match["value"].strip()
        meta[key] = f"{meta[key]} {value}" if key in meta else value
        taken += 1
    if taken < len(lines) and not lines[taken].strip():
        taken += 1
    body, body_line = _begun("\n".join(lines[taken:]), taken + 1)
    found = Parts(meta=meta, body=body, body_line=body_line, key_lines=key_lines)
    if not swallowed:
        return found
    return replace(found, flaw="swallowed-first-line", flaw_line=swallowed, flaw_detail=lines[swallowed - 1].strip())

"""Front matter: what stands before the body of an issue, as MkDocs reads it, and what silently goes wrong with it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import yaml

from .yaml_files import yaml_problem

_Loader: type[yaml.SafeLoader | yaml.CSafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # MkDocs' loader

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


def is_draft(meta: Mapping[str, Any]) -> bool:
    """Whether front matter keeps the page out of builds (`draft: true`)."""
    return str(meta.get("draft", "")).lower() == "true"

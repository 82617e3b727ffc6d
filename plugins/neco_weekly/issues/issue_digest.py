"""What the site draws of an issue, as a digest: equal for two issues of which the same is drawn, wherever they stand.

The site shows no line of a file, nor what is wrong with a file. Which of two mentions comes first does count. The words
around a mention are left out, for only the pages that quote them need to know of them: `site` says which these are.
"""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Iterator

from ..model.issues import Issue

_NOT_DRAWN = frozenset({"diagnostics", "images"})
"""The fields of an issue that its own page, a problem or a refresh alone is made of."""

_APART = frozenset({"line", "paragraph"})
"""The fields of what is found in an issue that are left out: its line, whose rank counts, and the words around."""


def issue_digest(issue: Issue) -> str:
    """Return the SHA-256, in hexadecimal, of all that the site draws of an issue but words around mentions."""
    fields = [(it.name, getattr(issue, it.name)) for it in dataclasses.fields(issue) if it.name not in _NOT_DRAWN]
    found = [it for _, value in fields if isinstance(value, tuple) for it in value]
    lines = sorted({it.line for it in found if hasattr(it, "line")})
    ranks = {line: rank for rank, line in enumerate(lines)}
    said = [(name, list(map(_said, value)) if isinstance(value, tuple) else value) for name, value in fields]
    order = [ranks[it.line] for it in found if hasattr(it, "line")]
    return hashlib.sha256(repr((said, order)).encode("utf-8", "surrogatepass")).hexdigest()


def _said(value: object) -> object:
    return list(_fields(value)) if dataclasses.is_dataclass(value) else value


def _fields(value: object) -> Iterator[tuple[str, object]]:
    for name in (it.name for it in dataclasses.fields(value) if it.name not in _APART):  # type: ignore[arg-type]
        yield name, getattr(value, name)

"""`api/*.schema.json`: what the fields of `api/*.json` mean, as JSON Schema (https://json-schema.org/draft/2020-12).

Each schema is whole by itself, for a validator would have to be told how to fetch another. What several say the same
is written once, in `schemas/shared.json`, and put into each that asks for it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

from ..files import GeneratedPage

_NAMES = ("keps", "kep", "issues", "topics", "front-matter")
"""The schemas, by what their files are of; `kep` is that of `api/keps/127.json` and its like.

`front-matter` is of what writers write before an issue, for their editors.
"""

_ASKED = re.compile(r'"#/\$defs/(\w+)"')


def schemas() -> Iterator[GeneratedPage]:
    """Yield the schema of each file about KEPs, issues and topics, and of the front matter of issues."""
    return (GeneratedPage(path=f"api/{name}.schema.json", content=_whole(name)) for name in _NAMES)


@cache
def _whole(name: str) -> str:
    """Return the text of a schema with the shared definitions that it asks for, and those that these ask for."""
    schema, shared = _read(f"{name}.schema.json"), _read("shared.json")
    known = schema.setdefault("$defs", {})
    asked = _ASKED.findall(json.dumps(schema))
    while asked:
        if (one := asked.pop()) not in known:
            known[one] = shared[one]
            asked += _ASKED.findall(json.dumps(shared[one]))
    return json.dumps({**schema, "$defs": dict(sorted(known.items()))}, ensure_ascii=False, indent=2) + "\n"


def _read(name: str) -> dict[str, Any]:
    text = files("neco_weekly.site").joinpath("schemas", name).read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found

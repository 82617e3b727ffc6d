"""`also:` in the front matter of an issue: where it was published besides, as lines to add or written there."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from ...grammar.front_matter import take_apart
from ...grammar.front_matter_values import key_form, places_of, value_of

_FRONT_MATTER = re.compile(r"---[ \t]*\n(?P<text>.*?\n)(?P<end>(?:-{3}|\.{3})[ \t]*\n)", re.DOTALL)

_ALSO = re.compile(
    r"^(?P<key>[\"']?also[\"']?[ \t]*:)[^\n]*\n(?:(?:[ \t]+\S|-[ \t])[^\n]*\n|[ \t]*\n(?=[ \t]+\S|-[ \t]))*",
    re.IGNORECASE | re.MULTILINE,
)


def also_lines(places: list[str]) -> str:
    """Return the lines of front matter that name these addresses."""
    return "".join(("also:\n", *(f"  - {json.dumps(it)}\n" for it in places)))


def with_place(text: str, address: str) -> str | None:
    """Return the text of an issue whose front matter names one more address, and is else as it was.

    The same text where the address is there already; None where front matter of this form is a person's to change.
    """
    before = take_apart(text)
    places = places_of(before.meta)
    if address in places:
        return text
    said = value_of(before.meta, "also")
    if said is not None and len(said if isinstance(said, list) else [said]) != len(places):
        return None  # a program would lose what it cannot read
    lines = also_lines([*places, address])
    found = _FRONT_MATTER.match(text)
    if found is None:
        written = f"---\n{lines}---\n\n{text}" if not before.meta and before.flaw is None else None
    elif there := _ALSO.search(text, found.start("text"), found.start("end")):
        written = text[: there.start()] + lines + text[there.end() :]
    else:
        written = text[: found.start("end")] + lines + text[found.start("end") :]
    return written if written and _is_right(text, written, [*places, address]) else None


def _is_right(old: str, new: str, places: list[str]) -> bool:
    """Whether nothing but the addresses has changed, as a reader of the file finds it."""
    before, after = take_apart(old), take_apart(new)
    return (
        after.flaw == before.flaw
        and after.body == before.body
        and _others(after.meta) == _others(before.meta)
        and places_of(after.meta) == places
    )


def _others(meta: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in meta.items() if key_form(key) != "also"}

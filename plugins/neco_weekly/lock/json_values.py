"""Values of the lock's JSON, each checked, and its canonical text.

Errors grow the place they are about as they unwind, `keps["127"].stage: expected one of …`, and end as one sentence
with the file's name.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar, cast

from ..grammar.urls import is_web_url
from ..model.errors import NecoError
from ..model.keps import parse_release
from ..model.text import CONTROL

K = TypeVar("K")

V = TypeVar("V")

_RESTORE = "restore it from git, or delete it and run `neco refresh`"


class WrongError(ValueError):
    """Something unexpected in the lock; the place grows as the error unwinds: `["127"].stage`."""

    def __init__(self, message: str, place: str = "") -> None:
        super().__init__(message)
        self.message, self.place = message, place

    def inside(self, step: str) -> WrongError:
        """The same error, seen from one step further out."""
        return WrongError(self.message, step + self.place)


@contextmanager
def naming(path: Path) -> Iterator[None]:
    """Turns a WrongError into one sentence with the file's name."""
    try:
        yield
    except WrongError as wrong:
        place = f"{wrong.place.lstrip('.')}: " if wrong.place else ""
        raise NecoError(f"{path}: {place}{wrong.message}; {_RESTORE}") from wrong


# --- documents ----------------------------------------------------------------------------------------------------


def read_document(path: Path, *, schema: int) -> Mapping[str, Any]:
    """A JSON object of at most that schema; no file is an empty one. Raises NecoError."""
    try:
        written = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as error:
        raise NecoError(f"{path}: cannot be read ({error}); {_RESTORE}") from error
    try:
        with naming(path):
            document = json.loads(written, object_pairs_hook=_object)
    except (ValueError, RecursionError) as error:
        raise NecoError(_json_message(path, written, error)) from error
    return _checked_schema(path, document, schema)


def to_text(document: dict[str, Any]) -> str:
    """The canonical text of a document."""
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def without_empty(document: dict[str, Any]) -> dict[str, Any]:
    """What a document says: empty fields are left out."""
    return {key: value for key, value in document.items() if value not in (None, "", [], {})}


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A JSON object; `json` would take the last of two entries of one name, which a merge may leave behind."""
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        raise WrongError(f"holds {next(name for name in names if names.count(name) > 1)!r} twice")
    return found


def _json_message(path: Path, written: str, error: Exception) -> str:
    marker = re.search(r"^(<{7}|={7}|>{7})", written, re.MULTILINE)
    if marker:
        line = written.count("\n", 0, marker.start()) + 1
        return f"{path}:{line}: holds merge markers; take either side whole, then run `neco refresh`"
    if isinstance(error, json.JSONDecodeError):
        at_end = error.pos >= len(written.rstrip()) or error.msg.startswith("Unterminated")
        truncated = " (the file ends too early)" if at_end else ""
        return f"{path}:{error.lineno}: is not JSON: {error.msg}{truncated}; {_RESTORE}"
    return f"{path}: is not JSON: {error}; {_RESTORE}"


def _checked_schema(path: Path, document: object, newest: int) -> Mapping[str, Any]:
    schema = document.get("schema") if isinstance(document, dict) else None
    if not isinstance(schema, int) or isinstance(schema, bool) or not isinstance(document, dict):
        raise NecoError(f"{path}: expected an object with a number in `schema`; {_RESTORE}")
    if schema > newest:
        raise NecoError(
            f"{path}: was written by a newer neco-weekly (schema {schema}, this one reads up to {newest}); "
            "update neco-weekly"
        )
    return document


# --- containers ---------------------------------------------------------------------------------------------------


def table(document: Mapping[str, Any], name: str, read: Callable[[str, Any], tuple[K, V]]) -> dict[K, V]:
    """The entries of the object in a field; none if it is absent."""
    value = document.get(name, {})
    if not isinstance(value, dict):
        raise WrongError("expected an object", f".{name}")
    entries: dict[K, V] = {}
    for key, item in value.items():
        try:
            known, entry = read(key, item)
        except WrongError as wrong:
            raise wrong.inside(f".{name}[{json.dumps(key, ensure_ascii=False)}]") from None
        entries[known] = entry
    return entries


def items(document: Mapping[str, Any], name: str, read: Callable[[Any], V]) -> tuple[V, ...]:
    """The items of the list in a field; none if it is absent."""
    value = document.get(name)
    if value is None:
        return ()
    if not isinstance(value, list):
        raise WrongError(f"expected a list, found {value!r}", f".{name}")
    found: list[V] = []
    for place, item in enumerate(value):
        try:
            found.append(read(item))
        except WrongError as wrong:
            raise wrong.inside(f".{name}[{place}]") from None
    return tuple(found)


def optional(document: Mapping[str, Any], name: str, read: Callable[[Any], V]) -> V | None:
    """The value of a field, or None if it is absent."""
    value = document.get(name)
    if value is None:
        return None
    try:
        return read(value)
    except WrongError as wrong:
        raise wrong.inside(f".{name}") from None


def required(document: Mapping[str, Any], name: str, read: Callable[[Any], V]) -> V:
    """The value of a field that must not be absent."""
    try:
        return read(document.get(name))
    except WrongError as wrong:
        raise wrong.inside(f".{name}") from None


def fields(value: Any, known: frozenset[str]) -> Mapping[str, Any]:
    """An object that has no other fields than these."""
    if not isinstance(value, dict):
        raise WrongError("expected an object")
    if not value.keys() <= known:
        raise WrongError(f"unknown field {sorted(value.keys() - known)[0]!r}")
    return value


# --- values -------------------------------------------------------------------------------------------------------


def text(value: Any) -> str:
    """Text without control characters."""
    if not isinstance(value, str):
        raise WrongError(f"expected text, found {value!r}")
    if CONTROL.search(value):
        raise WrongError("holds a control character")
    return value


def url(value: Any) -> str:
    """An http(s) address."""
    if not is_web_url(text(value)):
        raise WrongError(f"expected an http(s) URL, found {value!r}")
    return cast(str, value)


def date(value: Any) -> dt.date:
    """A day."""
    try:
        return dt.date.fromisoformat(text(value))
    except ValueError:
        raise WrongError(f"expected a date like 2026-08-31, found {value!r}") from None


def integer(value: Any) -> int:
    """A whole number."""
    if not isinstance(value, int) or isinstance(value, bool):
        raise WrongError(f"expected a whole number, found {value!r}")
    return value


def positive(value: Any) -> int:
    """A whole number of at least 1."""
    if integer(value) < 1:
        raise WrongError(f"expected a number of at least 1, found {value!r}")
    return cast(int, value)


def flag(value: Any) -> bool:
    """True or false."""
    if not isinstance(value, bool):
        raise WrongError(f"expected true or false, found {value!r}")
    return value


def choice(value: Any, choices: tuple[str, ...]) -> str:
    """One of some words."""
    if value not in choices:
        raise WrongError(f"expected one of {', '.join(choices)}, found {value!r}")
    return cast(str, value)


def release(value: Any) -> str:
    """A release in its normal form."""
    if parse_release(text(value)) != value:
        raise WrongError(f"expected a release like v1.25, found {value!r}")
    return cast(str, value)


def texts(value: Any) -> tuple[str, ...]:
    """A list of texts."""
    if not isinstance(value, list):
        raise WrongError(f"expected a list of texts, found {value!r}")
    return tuple(map(text, value))

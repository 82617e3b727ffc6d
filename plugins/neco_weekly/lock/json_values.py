"""Values of the lock's JSON, each checked when read, and the canonical text of a lock file.

An error grows the place that it is about as it unwinds, `keps["127"].stage: expected one of …`, and ends as one
sentence with the file's name.
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
    """An unexpected value in a lock file; its `place` grows as the error unwinds: `["127"].stage`."""

    def __init__(self, message: str, place: str = "") -> None:
        super().__init__(message)
        self.message, self.place = message, place

    def inside(self, step: str) -> WrongError:
        """Return this error as seen from one step further out, with `step` put before its place."""
        return WrongError(self.message, step + self.place)


@contextmanager
def naming(path: Path) -> Iterator[None]:
    """Raise a WrongError of the context as one sentence with the name of the lock file `path`.

    Raises:
        NecoError: the context raised a WrongError.
    """
    try:
        yield
    except WrongError as wrong:
        place = f"{wrong.place.lstrip('.')}: " if wrong.place else ""
        raise NecoError(f"{path}: {place}{wrong.message}; {_RESTORE}") from wrong


# --- documents ----------------------------------------------------------------------------------------------------


def read_document(path: Path, *, schema: int) -> Mapping[str, Any]:
    """Return the JSON object in a lock file of at most that schema; a file that does not exist gives an empty object.

    Raises:
        NecoError: the file cannot be read, is not JSON, holds a name twice, or has no or a newer schema.
    """
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
    """Return the canonical text of a lock file's JSON object: one field a line, UTF-8."""
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def without_empty(document: dict[str, Any]) -> dict[str, Any]:
    """Return a JSON object without its empty fields: None, empty text, empty list, empty object."""
    return {key: value for key, value in document.items() if value not in (None, "", [], {})}


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return a JSON object from its pairs, refusing a name that stands twice, as a merge of the lock may leave behind.

    Python's `json` would take the last of the two.
    """
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
        rest = written[error.pos :].rstrip()
        begun = any(word.startswith(rest) for word in ("true", "false", "null"))  # also where nothing is left
        at_end = begun or error.msg.startswith("Unterminated")
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
    """Return the entries of the JSON object in a field, each made by `read`; none if the field is absent.

    Raises:
        WrongError: the field holds no object, or `read` refused an entry.
    """
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
    """Return the items of the JSON list in a field, each made by `read`; none if the field is absent.

    Raises:
        WrongError: the field holds no list, or `read` refused an item.
    """
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
    """Return the value of a JSON field, made by `read`, or None if the field is absent.

    Raises:
        WrongError: `read` refused the value.
    """
    value = document.get(name)
    if value is None:
        return None
    try:
        return read(value)
    except WrongError as wrong:
        raise wrong.inside(f".{name}") from None


def required(document: Mapping[str, Any], name: str, read: Callable[[Any], V]) -> V:
    """Return the value of a JSON field that must be there, made by `read`.

    Raises:
        WrongError: the field is absent, or `read` refused the value.
    """
    try:
        return read(document.get(name))
    except WrongError as wrong:
        raise wrong.inside(f".{name}") from None


def fields(value: Any, known: frozenset[str]) -> Mapping[str, Any]:
    """Return a JSON object that has no other fields than the `known` ones.

    Raises:
        WrongError: the value is no object, or has another field.
    """
    if not isinstance(value, dict):
        raise WrongError("expected an object")
    if not value.keys() <= known:
        raise WrongError(f"unknown field {sorted(value.keys() - known)[0]!r}")
    return value


# --- values -------------------------------------------------------------------------------------------------------


def text(value: Any) -> str:
    """Return a JSON value that is text without control characters.

    Raises:
        WrongError: the value is anything else.
    """
    if not isinstance(value, str):
        raise WrongError(f"expected text, found {value!r}")
    if CONTROL.search(value):
        raise WrongError("holds a control character")
    return value


def url(value: Any) -> str:
    """Return a JSON value that is an http(s) address.

    Raises:
        WrongError: the value is anything else.
    """
    if not is_web_url(text(value)):
        raise WrongError(f"expected an http(s) URL, found {value!r}")
    return cast(str, value)


def date(value: Any) -> dt.date:
    """Return the day that a JSON value holds in ISO 8601, such as `2026-08-31`.

    Raises:
        WrongError: the value is anything else.
    """
    try:
        return dt.date.fromisoformat(text(value))
    except ValueError:
        raise WrongError(f"expected a date like 2026-08-31, found {value!r}") from None


def integer(value: Any) -> int:
    """Return a JSON value that is a whole number.

    Raises:
        WrongError: the value is anything else.
    """
    if not isinstance(value, int) or isinstance(value, bool):
        raise WrongError(f"expected a whole number, found {value!r}")
    return value


def positive(value: Any) -> int:
    """Return a JSON value that is a whole number of at least 1.

    Raises:
        WrongError: the value is anything else.
    """
    if integer(value) < 1:
        raise WrongError(f"expected a number of at least 1, found {value!r}")
    return cast(int, value)


def flag(value: Any) -> bool:
    """Return a JSON value that is true or false.

    Raises:
        WrongError: the value is anything else.
    """
    if not isinstance(value, bool):
        raise WrongError(f"expected true or false, found {value!r}")
    return value


def choice(value: Any, choices: tuple[str, ...]) -> str:
    """Return a JSON value that is one of the words in `choices`.

    Raises:
        WrongError: the value is anything else.
    """
    if value not in choices:
        raise WrongError(f"expected one of {', '.join(choices)}, found {value!r}")
    return cast(str, value)


def release(value: Any) -> str:
    """Return a JSON value that is a release in its normal form, `v1.25`.

    Raises:
        WrongError: the value is anything else.
    """
    if parse_release(text(value)) != value:
        raise WrongError(f"expected a release like v1.25, found {value!r}")
    return cast(str, value)


def texts(value: Any) -> tuple[str, ...]:
    """Return a JSON value that is a list of texts.

    Raises:
        WrongError: the value is anything else.
    """
    if not isinstance(value, list):
        raise WrongError(f"expected a list of texts, found {value!r}")
    return tuple(map(text, value))

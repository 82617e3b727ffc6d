"""Values of the lock's JSON, each checked when read.

An error grows the place that it is about as it unwinds, `keps["127"].stage: expected one of …`, and ends as one
sentence with the file's name (`json_documents.naming`).
"""

from __future__ import annotations

import datetime as dt
import json
import reprlib
from collections.abc import Callable, Mapping
from typing import Any, TypeVar, cast

from ..grammar.urls import is_web_url
from ..model.keps import parse_release
from ..model.text import CONTROL

K = TypeVar("K")

V = TypeVar("V")


class WrongError(ValueError):
    """An unexpected value in a lock file; its `place` grows as the error unwinds: `["127"].stage`."""

    def __init__(self, message: str, place: str = "") -> None:
        super().__init__(message)
        self.message, self.place = message, place

    def inside(self, step: str) -> WrongError:
        """Return this error as seen from one step further out, with `step` put before its place."""
        return WrongError(self.message, step + self.place)


def without_empty(document: dict[str, Any]) -> dict[str, Any]:
    """Return a JSON object without its empty fields: None, empty text, empty list, empty object."""
    return {key: value for key, value in document.items() if value not in (None, "", [], {})}


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
        raise WrongError(f"expected a list, found {shown(value)}", f".{name}")
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


def shown(value: Any) -> str:
    """Return a JSON value as messages show it: of a long one, or one with much in it, only the beginning."""
    return _SHOWN.repr(value)


_SHOWN = reprlib.Repr()
_SHOWN.maxlevel, _SHOWN.maxstring, _SHOWN.maxother, _SHOWN.maxlong = 3, 100, 100, 100


# --- values -------------------------------------------------------------------------------------------------------


def text(value: Any) -> str:
    """Return a JSON value that is text without control characters.

    Raises:
        WrongError: the value is anything else.
    """
    if not isinstance(value, str):
        raise WrongError(f"expected text, found {shown(value)}")
    if CONTROL.search(value):
        raise WrongError("holds a control character")
    return value


def url(value: Any) -> str:
    """Return a JSON value that is an http(s) address.

    Raises:
        WrongError: the value is anything else.
    """
    if not is_web_url(text(value)):
        raise WrongError(f"expected an http(s) URL, found {shown(value)}")
    return cast(str, value)


def date(value: Any) -> dt.date:
    """Return the day that a JSON value holds in ISO 8601, such as `2026-08-31`.

    Raises:
        WrongError: the value is anything else.
    """
    try:
        return dt.date.fromisoformat(text(value))
    except ValueError:
        raise WrongError(f"expected a date like 2026-08-31, found {shown(value)}") from None


def integer(value: Any) -> int:
    """Return a JSON value that is a whole number.

    Raises:
        WrongError: the value is anything else.
    """
    if not isinstance(value, int) or isinstance(value, bool):
        raise WrongError(f"expected a whole number, found {shown(value)}")
    return value


def positive(value: Any) -> int:
    """Return a JSON value that is a whole number of at least 1.

    Raises:
        WrongError: the value is anything else.
    """
    if integer(value) < 1:
        raise WrongError(f"expected a number of at least 1, found {shown(value)}")
    return cast(int, value)


def flag(value: Any) -> bool:
    """Return a JSON value that is true or false.

    Raises:
        WrongError: the value is anything else.
    """
    if not isinstance(value, bool):
        raise WrongError(f"expected true or false, found {shown(value)}")
    return value


def choice(value: Any, choices: tuple[str, ...]) -> str:
    """Return a JSON value that is one of the words in `choices`.

    Raises:
        WrongError: the value is anything else.
    """
    if value not in choices:
        raise WrongError(f"expected one of {', '.join(choices)}, found {shown(value)}")
    return cast(str, value)


def release(value: Any) -> str:
    """Return a JSON value that is a release in its normal form, `v1.25`.

    Raises:
        WrongError: the value is anything else.
    """
    if parse_release(text(value)) != value:
        raise WrongError(f"expected a release like v1.25, found {shown(value)}")
    return cast(str, value)


def numbers(value: Any) -> tuple[int, ...]:
    """Return a JSON value that is a list of whole numbers of at least 1.

    Raises:
        WrongError: the value is anything else.
    """
    if not isinstance(value, list):
        raise WrongError(f"expected a list of numbers, found {shown(value)}")
    return tuple(map(positive, value))


def texts(value: Any) -> tuple[str, ...]:
    """Return a JSON value that is a list of texts.

    Raises:
        WrongError: the value is anything else.
    """
    if not isinstance(value, list):
        raise WrongError(f"expected a list of texts, found {shown(value)}")
    return tuple(map(text, value))

"""Enhancements and cards as the JSON documents of the lock: validated when read, canonical when written.

Errors grow the place they are about as they unwind, `keps["127"].stage: expected one of …`, and end as one sentence
with the file's name.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar, cast, get_args

from .model import (
    Absence,
    Card,
    Enhancement,
    EnhancementState,
    NecoError,
    Source,
    SourceKind,
    Stage,
    Status,
    parse_release,
)
from .syntax import CONTROL, is_web_url, normal_url

K = TypeVar("K")
V = TypeVar("V")

SCHEMA = 1
"""The version this program writes; it reads no newer one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KepsDocument:
    """What `keps.json` holds; `missing` are numbers that were looked for and found nowhere."""

    as_of: dt.date | None = None
    keps: Mapping[int, Enhancement] = field(default_factory=dict)
    missing: Mapping[int, Absence] = field(default_factory=dict)


def read_keps(path: Path) -> KepsDocument:
    """Read `keps.json`; no file is an empty one. Raises NecoError."""
    document = _read_document(path)
    with _naming(path):
        _fields(document, _KEPS_TABLES)
        missing = _table(document, "missing", lambda key, value: (_kep_number(key), _choice(value, get_args(Absence))))
        return KepsDocument(
            as_of=_optional(document, "as_of", _date),
            keps=_table(document, "keps", lambda key, value: (number := _kep_number(key), _enhancement(number, value))),
            missing=cast("dict[int, Absence]", missing),
        )


def read_cards(path: Path) -> dict[str, Card]:
    """Read `cards.json`, cards by normal URL; no file is an empty one. Raises NecoError."""
    document = _read_document(path)
    with _naming(path):
        _fields(document, _CARDS_TABLES)
        return _table(document, "cards", lambda key, value: (key, _card(key, value)))


def keps_text(document: KepsDocument) -> str:
    """The canonical text of `keps.json`."""
    return _to_text(
        {
            "schema": SCHEMA,
            "as_of": document.as_of.isoformat() if document.as_of else None,
            "keps": {str(number): enhancement_to_dict(document.keps[number]) for number in sorted(document.keps)},
            "missing": {str(number): document.missing[number] for number in sorted(document.missing)},
        }
    )


def cards_text(cards: Mapping[str, Card]) -> str:
    """The canonical text of `cards.json`."""
    return _to_text({"schema": SCHEMA, "cards": {url: _card_to_dict(cards[url]) for url in sorted(cards)}})


def _read_document(path: Path) -> Mapping[str, Any]:
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as error:
        raise NecoError(f"{path}: cannot be read ({error}); {_RESTORE}") from error
    try:
        with _naming(path):
            document = json.loads(text, object_pairs_hook=_object)
    except (ValueError, RecursionError) as error:
        raise NecoError(_json_message(path, text, error)) from error
    return _checked_schema(path, document)


_RESTORE = "restore it from git, or delete it and run `neco refresh`"


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A JSON object; `json` would take the last of two entries of one name, which a merge may leave behind."""
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        raise _WrongError(f"holds {next(name for name in names if names.count(name) > 1)!r} twice")
    return found


def _json_message(path: Path, text: str, error: Exception) -> str:
    marker = re.search(r"^(<{7}|={7}|>{7})", text, re.MULTILINE)
    if marker:
        line = text.count("\n", 0, marker.start()) + 1
        return f"{path}:{line}: holds merge markers; take either side whole, then run `neco refresh`"
    if isinstance(error, json.JSONDecodeError):
        at_end = error.pos >= len(text.rstrip()) or error.msg.startswith("Unterminated")
        truncated = " (the file ends too early)" if at_end else ""
        return f"{path}:{error.lineno}: is not JSON: {error.msg}{truncated}; {_RESTORE}"
    return f"{path}: is not JSON: {error}; {_RESTORE}"


def _checked_schema(path: Path, document: object) -> Mapping[str, Any]:
    schema = document.get("schema") if isinstance(document, dict) else None
    if not isinstance(schema, int) or isinstance(schema, bool) or not isinstance(document, dict):
        raise NecoError(f"{path}: expected an object with a number in `schema`; {_RESTORE}")
    if schema > SCHEMA:
        raise NecoError(
            f"{path}: was written by a newer neco-weekly (schema {schema}, this one reads up to {SCHEMA}); "
            "update neco-weekly"
        )
    return document


class _WrongError(ValueError):
    """Something unexpected in the lock; the place grows as the error unwinds: `["127"].stage`."""

    def __init__(self, message: str, place: str = "") -> None:
        super().__init__(message)
        self.message, self.place = message, place

    def inside(self, step: str) -> _WrongError:
        return _WrongError(self.message, step + self.place)


@contextmanager
def _naming(path: Path) -> Iterator[None]:
    """Turns a `_WrongError` into one sentence with the file's name."""
    try:
        yield
    except _WrongError as wrong:
        place = f"{wrong.place.lstrip('.')}: " if wrong.place else ""
        raise NecoError(f"{path}: {place}{wrong.message}; {_RESTORE}") from wrong


def _table(document: Mapping[str, Any], name: str, read: Callable[[str, Any], tuple[K, V]]) -> dict[K, V]:
    value = document.get(name, {})
    if not isinstance(value, dict):
        raise _WrongError("expected an object", f".{name}")
    table: dict[K, V] = {}
    for key, item in value.items():
        try:
            known, entry = read(key, item)
        except _WrongError as wrong:
            raise wrong.inside(f".{name}[{json.dumps(key, ensure_ascii=False)}]") from None
        table[known] = entry
    return table


def _optional(document: Mapping[str, Any], name: str, read: Callable[[Any], V]) -> V | None:
    value = document.get(name)
    if value is None:
        return None
    try:
        return read(value)
    except _WrongError as wrong:
        raise wrong.inside(f".{name}") from None


def _fields(value: Any, known: frozenset[str]) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise _WrongError("expected an object")
    if not value.keys() <= known:
        raise _WrongError(f"unknown field {sorted(value.keys() - known)[0]!r}")
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise _WrongError(f"expected text, found {value!r}")
    if CONTROL.search(value):
        raise _WrongError("holds a control character")
    return value


def _url(value: Any) -> str:
    if not is_web_url(_text(value)):
        raise _WrongError(f"expected an http(s) URL, found {value!r}")
    return cast(str, value)


def _date(value: Any) -> dt.date:
    try:
        return dt.date.fromisoformat(_text(value))
    except ValueError:
        raise _WrongError(f"expected a date like 2026-08-31, found {value!r}") from None


def _integer(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise _WrongError(f"expected a whole number, found {value!r}")
    return value


def _kep_number(key: str) -> int:
    if not re.fullmatch(r"[1-9]\d{0,4}", key, re.ASCII):
        raise _WrongError("expected a KEP number from 1 to 99999")
    return int(key)


def _choice(value: Any, choices: tuple[str, ...]) -> str:
    if value not in choices:
        raise _WrongError(f"expected one of {', '.join(choices)}, found {value!r}")
    return cast(str, value)


def _release(value: Any) -> str:
    if parse_release(_text(value)) != value:
        raise _WrongError(f"expected a release like v1.25, found {value!r}")
    return cast(str, value)


def _list(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise _WrongError(f"expected a list of texts, found {value!r}")
    return tuple(map(_text, value))


_KEPS_TABLES, _CARDS_TABLES = frozenset({"schema", "as_of", "keps", "missing"}), frozenset({"schema", "cards"})
_STAGES, _STATUSES = tuple(Stage), tuple(Status)
_ENHANCEMENT_FIELDS = frozenset("title sig status stage latest_milestone milestones feature_gates raw source".split())
_SOURCE_FIELDS = frozenset("kind date path pull commit".split())
_CARD_FIELDS = frozenset("title description site image icon origins fetched".split())


def _enhancement(number: int, value: Any) -> Enhancement:
    document = _fields(value, _ENHANCEMENT_FIELDS)
    state = EnhancementState(
        title=_optional(document, "title", _text) or f"KEP-{number}",
        sig=_optional(document, "sig", _text),
        status=_optional(document, "status", lambda word: Status(_choice(word, _STATUSES))),
        stage=_optional(document, "stage", lambda word: Stage(_choice(word, _STAGES))),
        latest_milestone=_optional(document, "latest_milestone", _release),
        milestones=_table(document, "milestones", lambda key, item: (Stage(_choice(key, _STAGES)), _release(item))),
        feature_gates=_optional(document, "feature_gates", _list) or (),
        raw=_table(document, "raw", lambda key, item: (key, _text(item))),
    )
    return Enhancement(number=number, state=state, source=_source(document.get("source")))


def _source(value: Any) -> Source:
    try:
        document = _fields(value, _SOURCE_FIELDS)
        return Source(
            kind=cast(SourceKind, _choice(document.get("kind"), get_args(SourceKind))),
            date=_optional(document, "date", _date),
            path=_optional(document, "path", _text),
            pull=_optional(document, "pull", _integer),
            commit=_optional(document, "commit", _text),
        )
    except _WrongError as wrong:
        raise wrong.inside(".source") from None


def _card(url: str, value: Any) -> Card:
    document = _fields(value, _CARD_FIELDS)
    if normal_url(_url(url)) != url:
        raise _WrongError(f"expected the address as {normal_url(url)}")
    return Card(
        url=url,
        title=_optional(document, "title", _text),
        description=_optional(document, "description", _text),
        site=_optional(document, "site", _text),
        image=_optional(document, "image", _url),
        icon=_optional(document, "icon", _url),
        origins=_table(document, "origins", lambda key, item: (key, _text(item))),
        fetched=_optional(document, "fetched", _date),
    )


def enhancement_to_dict(enhancement: Enhancement) -> dict[str, Any]:
    """An enhancement as the lock writes it, without its number; empty fields are left out."""
    state, source = enhancement.state, enhancement.source
    return _without_empty(
        {
            "title": state.title,
            "sig": state.sig,
            "status": state.status,
            "stage": state.stage,
            "latest_milestone": state.latest_milestone,
            "milestones": {stage: state.milestones[stage] for stage in Stage if stage in state.milestones},
            "feature_gates": list(state.feature_gates),
            "raw": dict(sorted(state.raw.items())),
            "source": _without_empty(
                {
                    "kind": source.kind,
                    "date": source.date.isoformat() if source.date else None,
                    "path": source.path,
                    "pull": source.pull,
                    "commit": source.commit,
                }
            ),
        }
    )


def _card_to_dict(card: Card) -> dict[str, Any]:
    return _without_empty(
        {
            "title": card.title,
            "description": card.description,
            "site": card.site,
            "image": card.image,
            "icon": card.icon,
            "origins": dict(sorted(card.origins.items())),
            "fetched": card.fetched.isoformat() if card.fetched else None,
        }
    )


def _without_empty(document: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in document.items() if value not in (None, "", [], {})}


def _to_text(document: dict[str, Any]) -> str:
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"

"""The public list of all KEPs, `keps.json`: every kep.yaml of today in one response, without its past.

Its fields are those of kep.yaml under other names; it misses folders that are no SIG's (`keps/provider-aws/`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from email.utils import parsedate_to_datetime

from ...model.days import TOKYO
from ...model.errors import FetchError
from ...model.kep_fields import DETAILS, STATE
from ...model.keps import Enhancement, Record, Snapshot, Source, Status
from ...model.text import one_line
from ..http import Get, Response
from .details import Folders, read_details
from .kep_yaml import IrregularError, read_fields

KEPS_JSON = "https://storage.googleapis.com/k8s-keps/keps.json"
"""The address of the public list, the one that https://www.kubernetes.dev/resources/keps/ shows."""

_MAX_BYTES = 20_000_000
"""The size of the largest list of KEPs that is read; all KEPs of 2026 have about one million bytes."""

_NAMES = ("kep-number", *(row.kep_yaml for row in (*STATE, *DETAILS)))
"""The fields that are taken of an entry of the list, as kep.yaml spells them."""


def read_keps_json(get: Get, *, url: str = KEPS_JSON, today: Callable[[], dt.date]) -> Snapshot:
    """Return every KEP of the public list as of the day on which the list was made.

    Where the server does not say that day, the list is of `today`.

    Raises:
        FetchError: no response, or one that is no list of KEPs.
    """
    response = get(url, headers={"Accept": "application/json"}, max_bytes=_MAX_BYTES)
    day = _day(response) or today()
    read: dict[int, list[tuple[Enhancement, Mapping[str, object]]]] = {}
    irregular: dict[str, str] = {}
    for fields in _entries(response):
        path = str(fields.get("path") or "")
        try:
            enhancement = _enhancement(fields, path, day)
        except IrregularError as error:
            irregular[path] = str(error)
            continue
        read.setdefault(enhancement.number, []).append((enhancement, fields))
    if not read:
        raise FetchError(f"{response.url} is no list of KEPs")
    folders = Folders({_folder(it): number for number, several in read.items() for it, _ in several})
    enhancements = {}
    for number, several in read.items():
        alive = [one for one in several if len(several) == 1 or one[0].state.status is not Status.REPLACED]
        if len(alive) == 1:
            enhancement, fields = alive[0]
            enhancements[number] = replace(enhancement, details=read_details(fields, folders, number=number))
        else:
            irregular[f"KEP-{number}"] = f"KEP-{number} is ambiguous"
    return Snapshot(date=day, enhancements=enhancements, irregular=irregular, kind="keps-json")


def _entries(response: Response) -> Iterator[Mapping[str, object]]:
    """Yield the KEPs of the public list, with their fields under the names of kep.yaml."""
    document = response.json()
    if not isinstance(document, list):
        raise FetchError(f"{response.url} is no list of KEPs")
    for entry in document:
        if isinstance(entry, dict):
            fields = {name: _as_text(entry.get(_in_camel_case(name))) for name in _NAMES}
            yield {**fields, "path": entry.get("path") if isinstance(entry.get("path"), str) else None}


def _in_camel_case(name: str) -> str:
    """Return the name of a field as the public list spells it: `owningSig` for `owning-sig`."""
    first, *others = name.split("-")
    return first + "".join(it.capitalize() for it in others)


def _as_text(value: object) -> object:
    """Return JSON with its scalars as text, as those of kep.yaml are read: a number may be written as one."""
    if isinstance(value, dict):
        return {str(key): _as_text(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_as_text(item) for item in value]
    return None if value is None else str(value)


def _enhancement(fields: Mapping[str, object], path: str, day: dt.date) -> Enhancement:
    file = one_line(path).strip("/")
    file = file if file.endswith("/kep.yaml") or not file else f"{file}/kep.yaml"
    number, state = read_fields(fields, path=file)
    source = Source(kind="keps-json", date=day, path=file if file.startswith("keps/") else None)
    seen = (Record(state=state, source=source, observed=True),)
    return Enhancement(number=number, state=state, source=source, history=seen)


def _folder(enhancement: Enhancement) -> str:
    return (enhancement.source.path or "").removeprefix("keps/").removesuffix("/kep.yaml")


def _day(response: Response) -> dt.date | None:
    """Return the day on which the public list was last made, else that of the response."""
    for name in ("last-modified", "date"):
        with suppress(ValueError, KeyError, OverflowError):
            return parsedate_to_datetime(response.headers[name]).astimezone(TOKYO).date()
    return None

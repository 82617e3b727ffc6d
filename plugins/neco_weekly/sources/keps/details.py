"""The details of a kep.yaml, beside its state: who wrote it, which SIGs take part, and what it refers to."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from ...grammar.kep_references import UrlMeaning, find_text_references, read_url
from ...grammar.urls import is_web_url
from ...model.kep_fields import DETAILS, DetailKind
from ...model.keps import Details, DetailValue, Reference
from ...model.sig_names import sig_name
from ...model.text import one_line, shortened


@dataclass(frozen=True, slots=True)
class Folders:
    """The numbers of KEPs by the folder below `keps/` that describes them, or once did."""

    numbers: Mapping[str, int]

    def kep_in(self, path: str) -> int | None:
        """Return the KEP that a path below `keps/` belongs to: a folder, or a file in it; None if there is none."""
        steps = path.strip("/").split("/")
        for length in range(len(steps), 0, -1):
            if number := self.numbers.get("/".join(steps[:length])):
                return number
        return None


_NOTHING = frozenset({"", "~", "null", "none", "n/a", "na", "tbd", "todo", "-"})

_MARKDOWN_LINK = re.compile(r"\[[^\[\]]*+\]\((?P<url>[^)\s]++)\)")

_FOLDER = re.compile(r"(?:^|/)keps/(?P<folder>[^?#]+)")

_PLACE_HOLDER = re.compile(r"/?keps/sig-(aaa|bbb|ccc)/")

_LONGEST = 200


def read_details(fields: Mapping[str, object], folders: Folders, *, number: int) -> Details:
    """Return the details that the fields of a kep.yaml hold; `n/a` and the template's examples are left out.

    A reference becomes a KEP where its folder is or was one, whatever number the folder's name bears.
    """
    readers: Mapping[DetailKind, Callable[[object], DetailValue | None]] = {
        "texts": lambda value: tuple(dict.fromkeys(_texts(value))),
        "sigs": lambda value: tuple(dict.fromkeys(_sigs(value))),
        "day": _day,
        "references": lambda value: tuple(_references(value, folders, number)),
    }
    return Details.of(**{row.name: readers[row.kind](fields.get(row.kep_yaml)) for row in DETAILS})


def _texts(value: object) -> Iterator[str]:
    for item in value if isinstance(value, list) else [value]:
        text = shortened(one_line(item), _LONGEST) if isinstance(item, str) else ""
        if text.lower() not in _NOTHING:
            yield text


def _sigs(value: object) -> Iterator[str]:
    for text in _texts(value):
        if sig := sig_name(text):
            yield sig


def _day(value: object) -> dt.date | None:
    with suppress(ValueError):
        return dt.date.fromisoformat(value.strip()[:10]) if isinstance(value, str) else None
    return None


def _references(value: object, folders: Folders, number: int) -> Iterator[Reference]:
    seen: set[Reference] = set()
    for text in _texts(value):
        reference = _reference(text, folders)
        if reference.kep != number and reference not in seen and not _PLACE_HOLDER.match(text):
            seen.add(reference)
            yield reference


def _reference(text: str, folders: Folders) -> Reference:
    """Return a reference: a KEP, else a web page, else the words as they stand: a dead path makes no link."""
    link = _MARKDOWN_LINK.search(text)
    address = link["url"] if link else text
    if number := _number(text, address, folders):
        return Reference(kep=number)
    return Reference(url=address) if is_web_url(address) else Reference(text=text)


def _number(text: str, address: str, folders: Folders) -> int | None:
    is_url = is_web_url(address)
    if folder := _FOLDER.search(unquote(urlsplit(address).path) if is_url else address):
        return folders.kep_in(folder["folder"])
    if is_url:
        named = read_url(address)
        return named.number if named.meaning is UrlMeaning.KEP else None
    # `KEP 0004` is of the old numbering: only a number that is in use names a KEP.
    numbers = [it.number for it in find_text_references(text) if it.number and not it.candidate]
    return numbers[0] if len(numbers) == 1 and numbers[0] in folders.numbers.values() else None

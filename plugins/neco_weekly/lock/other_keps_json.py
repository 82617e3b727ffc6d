"""`other-keps.json` of the lock: the KEPs of the source that no issue mentions, with their feature gates.

An entry is what it would be in `keps.json`, byte for byte, so that a KEP that an issue begins to mention moves there
with its whole history, and loses nothing when it moves back. What is in both files, as a merge of git may leave it,
counts as `keps.json` has it.

The file is checked in outline when the lock is loaded; an entry is made when it is asked for, since a build needs few.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..model.gates import FeatureGate, Gates
from ..model.keps import Enhancement
from . import json_values as read
from .gates_json import gates_to_dict, read_gates
from .json_documents import naming, read_document, to_text
from .keps_json import ENHANCEMENT_FIELDS, enhancement_from_dict, enhancement_to_dict, number_of

SCHEMA = 1
"""The schema version of `other-keps.json` that this program writes; a newer one is refused."""

_TABLES = frozenset({"schema", "keps", "gates"})


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherKepsDocument:
    """What `other-keps.json` holds: enhancements by KEP number, and the gates that only these ever named, by name."""

    keps: Mapping[int, Enhancement] = field(default_factory=dict)
    gates: Mapping[str, FeatureGate] = field(default_factory=dict)


def read_other_keps(path: Path) -> OtherKepsDocument:
    """Return what `other-keps.json` holds; a file that does not exist holds nothing.

    What is wrong inside of an entry is raised when that entry is asked for, as the same sentence.

    Raises:
        NecoError: the file is damaged, wrongly edited, or of a newer schema.
    """
    document = read_document(path, schema=SCHEMA)
    with naming(path):
        return other_keps_from_dict(document, path)


def other_keps_from_dict(document: Mapping[str, Any], path: Path = Path("other-keps.json")) -> OtherKepsDocument:
    """Return what a JSON object says that `other_keps_to_dict` made, `path` in messages; WrongError for another one."""
    read.fields(document, _TABLES)
    entries = read.table(document, "keps", lambda key, value: (number_of(key), read.fields(value, ENHANCEMENT_FIELDS)))
    return OtherKepsDocument(
        keps=_OtherKeps(entries, path), gates=read_gates({"gates": document.get("gates", {})}).by_name
    )


def other_keps_text(document: OtherKepsDocument) -> str:
    """Return the canonical text of `other-keps.json`, sorted by KEP number."""
    return to_text({"schema": SCHEMA, **other_keps_to_dict(document)})


def other_keps_to_dict(document: OtherKepsDocument) -> dict[str, Any]:
    """Return what `other-keps.json` holds as a JSON object without its schema, sorted by KEP number."""
    return {
        "keps": {str(number): enhancement_to_dict(document.keps[number]) for number in sorted(document.keps)},
        **gates_to_dict(Gates(by_name=document.gates)),
    }


class _OtherKeps(Mapping[int, Enhancement]):
    """KEPs that are made of their JSON when they are asked for; `path` is the file that messages name."""

    def __init__(self, entries: Mapping[int, Mapping[str, Any]], path: Path) -> None:
        self._entries, self._path = entries, path
        self._made: dict[int, Enhancement] = {}

    def __getitem__(self, number: int) -> Enhancement:
        if number not in self._made:
            entry = self._entries[number]
            with naming(self._path):
                self._made[number] = _enhancement(number, entry)
        return self._made[number]

    def __eq__(self, other: object) -> bool:
        """Whether another table has the same; those that were read from the same JSON need not be made for that."""
        return (isinstance(other, _OtherKeps) and self._entries == other._entries) or super().__eq__(other)

    __hash__ = None  # type: ignore[assignment]

    def __contains__(self, number: object) -> bool:
        return number in self._entries  # that of Mapping would make it

    def __iter__(self) -> Iterator[int]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    def without(self, numbers: Collection[int]) -> _OtherKeps:
        """Return the same table without the KEPs of some numbers."""
        return _OtherKeps({it: entry for it, entry in self._entries.items() if it not in numbers}, self._path)


def without_numbers(keps: Mapping[int, Enhancement], numbers: Iterable[int]) -> Mapping[int, Enhancement]:
    """Return KEPs without those of some numbers; none of them is made for that, and the same where none goes."""
    gone = {number for number in numbers if number in keps}
    if gone and isinstance(keps, _OtherKeps):
        return keps.without(gone)
    return {number: it for number, it in keps.items() if number not in gone} if gone else keps


def _enhancement(number: int, entry: Mapping[str, Any]) -> Enhancement:
    try:
        return enhancement_from_dict(number, entry)
    except read.WrongError as wrong:
        raise wrong.inside(f'.keps["{number}"]') from None

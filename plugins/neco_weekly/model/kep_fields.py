"""The fields of a KEP, a row each: the table that reader, lock, page, command line and JSON loop over.

A new field of kep.yaml that is not followed over time is one row of `DETAILS` and one row of words, `detail.<name>` in
`display/strings.toml`: with these two rows the field is read from kep.yaml and the public list, kept in the lock, shown
on the KEP's page and by `neco kep`, and part of the JSON. All fields of kep.yaml are in its template
(https://github.com/kubernetes/enhancements/blob/master/keps/NNNN-kep-template/kep.yaml).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

DetailKind = Literal["texts", "sigs", "day", "references"]
"""The kind of a detail's value: texts as written, names of SIGs, a day, or references to KEPs and web pages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A field of a KEP's state: `name` in our values, the lock and JSON, `kep_yaml` as kep.yaml spells the field."""

    name: str
    kep_yaml: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DetailField(Field):
    """A field of a KEP that is shown as of today and not followed over time; `kind` is that of the field's value."""

    kind: DetailKind


STATE = (
    Field(name="title", kep_yaml="title"),
    Field(name="sig", kep_yaml="owning-sig"),
    Field(name="status", kep_yaml="status"),
    Field(name="stage", kep_yaml="stage"),
    Field(name="latest_milestone", kep_yaml="latest-milestone"),
    Field(name="milestones", kep_yaml="milestone"),
    Field(name="feature_gates", kep_yaml="feature-gates"),
)
"""The fields of a KEP that are followed over time: those of `EnhancementState`, which rules know by name."""

DETAILS = (
    DetailField(name="authors", kep_yaml="authors", kind="texts"),
    DetailField(name="approvers", kep_yaml="approvers", kind="texts"),
    DetailField(name="participating_sigs", kep_yaml="participating-sigs", kind="sigs"),
    DetailField(name="created", kep_yaml="creation-date", kind="day"),
    DetailField(name="see_also", kep_yaml="see-also", kind="references"),
    DetailField(name="replaces", kep_yaml="replaces", kind="references"),
    DetailField(name="superseded_by", kep_yaml="superseded-by", kind="references"),
)
"""The fields of a KEP that kep.yaml has beside the state, known as of today only, in the order of the lock."""


def details_of_kinds(*kinds: DetailKind) -> Iterable[DetailField]:
    """Yield the detail fields of a KEP that are of the given kinds, in the order of the kinds."""
    return (row for kind in kinds for row in DETAILS if row.kind == kind)

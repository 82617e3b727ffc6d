"""On how many days something could not be fetched, as JSON of what it is about: a card, a picture, a repository."""

from __future__ import annotations

from typing import Any

from ..model.cards import Failures
from . import json_values as read


def read_failures(value: Any) -> Failures:
    """Return what a JSON object says of failures; raises WrongError for another one."""
    document = read.fields(value, frozenset({"count", "gone", "last", "date"}))
    return Failures(
        count=read.required(document, "count", read.positive),
        gone=read.optional(document, "gone", read.positive) or 0,
        last=read.required(document, "last", read.text),
        date=read.required(document, "date", read.date),
    )


def failures_to_dict(failures: Failures | None) -> dict[str, Any]:
    """Return failures as a JSON object, an empty one for none."""
    if failures is None:
        return {}
    counts = {"count": failures.count, **({"gone": failures.gone} if failures.gone else {})}
    return {**counts, "last": failures.last, "date": failures.date.isoformat()}

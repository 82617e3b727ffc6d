"""Candidates for the texts of a page that were not taken, each with the reason: for who asks why a card is as it is.

They are looked for when the extraction is made: what is judged here decides nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice

from ...model.extraction import Extraction, Found, PassedOver, Reason
from ...model.text import one_line
from .graphemes import clipped
from .titles import same_words

MOST_PASSED_OVER, _LOOKED_AT = 8, 100
"""The number of candidates of one field that are told of, and of those that are looked at."""

_LONGEST_VALUE, _READ_AT_MOST = 120, 1_000

Judge = Callable[[str], Reason | None]
"""A function that says why a text is no value of a field, whatever others there are; None for one that could be."""


def passed_over(
    candidates: Mapping[str, Iterable[Found]], taken: Extraction, judges: Mapping[str, Judge]
) -> tuple[PassedOver, ...]:
    """Return the candidates that an extraction did not take, field by field, in the order in which places count.

    `candidates` are all by field, as written, the best place first; what says the same as the value that was taken, or
    as a candidate before it, is no news.
    """
    return tuple(
        it
        for field, found in candidates.items()
        for it in _of_field(field, list(islice(found, _LOOKED_AT)), taken, judges.get(field))
    )


def _of_field(field: str, found: Sequence[Found], taken: Extraction, judge: Judge | None) -> Iterator[PassedOver]:
    chosen: Found | None = getattr(taken, field)
    judged = [(it, judge(it.value[:_READ_AT_MOST]) if judge else None) for it in found]
    told, count, place = [chosen.value] if chosen else [], 0, _place(judged, chosen)
    for number, (candidate, reason) in enumerate(judged):
        value = clipped(one_line(candidate.value[:_READ_AT_MOST]), _LONGEST_VALUE)
        if number == place or not value or any(value == it or it.startswith(value.removesuffix("…")) for it in told):
            continue
        if reason is None and chosen and same_words(value, chosen.value):
            continue  # in another width, or with other signs
        told.append(value)
        order: Reason = "judged-worse" if number < place else "later"
        yield PassedOver(field=field, value=value, origin=candidate.origin, reason=reason or order)
        count += 1
        if count == MOST_PASSED_OVER:
            return


def _place(found: Sequence[tuple[Found, Reason | None]], chosen: Found | None) -> int:
    """Return the place of the candidate that was taken, as it was written; that behind the last where none was."""
    if chosen is None:
        return len(found)
    usable = [
        number
        for number, (it, reason) in enumerate(found)
        if it.origin == chosen.origin and reason not in ("nothing", "undecodable")
    ]
    same = [number for number in usable if chosen.value.removesuffix("…") in one_line(found[number][0].value)]
    return next(iter([*same, *usable]), len(found))
